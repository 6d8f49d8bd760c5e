"""`roadmap undo`: takes back a mark of completion, a cancellation or a move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.editing import all_option, editing_options, open_editing, plan_argument, targets_argument
from roadmap_cli.cli.frame import today_option
from roadmap_cli.cli.russian import RussianCommand

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=RussianCommand)
@plan_argument
@targets_argument
@click.option("--move", "of_move", is_flag=True, help="Снять последний перенос срока: вернуть прежние слова.")
@all_option
@editing_options
@today_option
@click.pass_obj
def command(
    plans_dir: str | None,
    plan: str,
    words: tuple[str, ...],
    of_move: bool,
    all_results: bool,
    dry_run: bool,
    today: date | None,
) -> int:
    """Снять отметку об исполнении, отмену или (с --move) перенос.

    \b
    roadmap undo school-6 9.2           снять отметку и подтверждение; у отменённой строки — отмену
    roadmap undo school-6 9.2 --move    вернуть прежний срок
    У повторяющегося срока снимается последний из отмеченных дней.
    """
    from roadmap_cli.amend.marks import undo
    from roadmap_cli.amend.moves import undo_move

    editing = open_editing(plan, plans_dir, today, dry_run=dry_run, all_results=all_results)
    return editing.run(words, undo_move if of_move else undo)
