"""`roadmap move`: puts a deadline off and keeps the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.editing import (
    all_option,
    day_named,
    editing_options,
    open_editing,
    plan_argument,
    targets_argument,
)
from roadmap_cli.cli.frame import RussianCommand, open_project, today_option
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.amend.values import Deed, Wanted
    from roadmap_cli.model import Plan
    from roadmap_cli.targets import Place


@click.command(cls=RussianCommand)
@plan_argument
@targets_argument
@click.option("--to", required=True, metavar="СРОК", help="Новый срок, словами: «до 30.10.2022».")
@click.option("--reason", metavar="ТЕКСТ", help="Причина переноса.")
@click.option("--on", metavar="ДЕНЬ", help="Когда решено перенести (иначе сегодня).")
@all_option
@editing_options
@today_option
@click.pass_obj
def command(
    plans_dir: str | None,
    plan: str,
    words: tuple[str, ...],
    to: str,
    reason: str | None,
    on: str | None,
    all_results: bool,
    dry_run: bool,
    today: date | None,
) -> int:
    """Перенести срок; прежний останется в «moved».

    \b
    roadmap move school-6 9.2 --to "до 30.10.2022" --reason "карантин"
    roadmap undo school-6 9.2 --move    вернуть прежний срок
    roadmap status --history            все переносы
    """
    from roadmap_cli.amend.above import lateness
    from roadmap_cli.amend.moves import Putting, move

    if reason is not None and not reason.strip():
        raise RoadmapError("--reason: причина пуста; напишите её или уберите --reason")
    editing = open_editing(plan, plans_dir, today, dry_run=dry_run, all_results=all_results)
    why = " ".join((reason or "").split())

    def deed(wanted: Wanted, place: Place) -> Deed:
        day = day_named(on, editing.today, wanted.plan.school_year)
        return move(wanted, place, Putting(to, day, why), editing.settings.calendar)

    def afterwards(before: Plan, after: Plan, places: Sequence[Place]) -> Sequence[str]:
        if not before.follows:
            return ()
        project, _ = open_project([editing.path], plans_dir)
        child = project.plans.get(editing.path)
        parents = [project.plans[path] for path in (child.follows if child else ()) if path in project.plans]
        return lateness(parents, before, after, places)

    return editing.run(words, deed, afterwards)
