"""`roadmap assign`: hands results over to other people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.complete import complete_target
from roadmap_cli.cli.editing import all_option, editing_options, open_editing, plan_argument
from roadmap_cli.cli.frame import today_option
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.amend.values import Deed, Wanted
    from roadmap_cli.model import Plan
    from roadmap_cli.targets import Place


@click.command(cls=RussianCommand)
@plan_argument
@click.argument("words", nargs=-1, metavar="ЦЕЛЬ...", shell_complete=complete_target)
@click.argument("name", metavar="ИМЯ")
@all_option
@editing_options
@today_option
@click.pass_obj
def command(
    plans_dir: str | None,
    plan: str,
    words: tuple[str, ...],
    name: str,
    all_results: bool,
    dry_run: bool,
    today: date | None,
) -> int:
    """Назначить ответственных вместо прежних.

    \b
    roadmap assign school-6 9.2 "Слепкова Н.А."
    roadmap assign school-6 9.2 11.1 "Савина И.А., классные руководители"
    ИМЯ — последнее слово команды, в кавычках; через запятую можно несколько.
    """
    from roadmap_cli.amend.rows import assign, doubts, owners_of

    if not words:
        raise RoadmapError('нужны и строка плана, и имя в кавычках: roadmap assign school-6 9.2 "Слепкова Н.А."')
    owners = owners_of(name)
    editing = open_editing(plan, plans_dir, today, dry_run=dry_run, all_results=all_results)

    def deed(wanted: Wanted, place: Place) -> Deed:
        return assign(wanted, place, owners)

    def afterwards(before: Plan, after: Plan, places: Sequence[Place]) -> Sequence[str]:
        return doubts(owners, before, editing.settings.different)

    return editing.run(words, deed, afterwards)
