"""`roadmap cancel`: calls an activity off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.editing import editing_options, open_editing, plan_argument, targets_argument
from roadmap_cli.cli.frame import today_option
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from datetime import date

    from roadmap_cli.amend.values import Deed, Wanted
    from roadmap_cli.targets import Place


@click.command(cls=RussianCommand)
@plan_argument
@targets_argument
@click.option("--reason", required=True, metavar="ТЕКСТ", help="Причина отмены; она останется в плане.")
@editing_options
@today_option
@click.pass_obj
def command(
    plans_dir: str | None, plan: str, words: tuple[str, ...], reason: str, dry_run: bool, today: date | None
) -> int:
    """Отменить мероприятие.

    \b
    roadmap cancel school-6 10 --reason "исключено приказом № 12"
    roadmap undo school-6 10             снять отмену
    """
    from roadmap_cli.amend.rows import cancel

    if not reason.strip():
        raise RoadmapError("--reason: причина пуста; напишите, почему отменено")
    editing = open_editing(plan, plans_dir, today, dry_run=dry_run)
    why = " ".join(reason.split())

    def deed(wanted: Wanted, place: Place) -> Deed:
        return cancel(wanted, place, why)

    return editing.run(words, deed)
