"""`roadmap move`: puts a deadline off and keeps the old one."""

from __future__ import annotations

import os
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
    from roadmap_cli.config import settings_for
    from roadmap_cli.project import load

    if reason is not None and not reason.strip():
        raise RoadmapError("--reason: причина пуста; напишите её или уберите --reason")
    editing = open_editing(plan, plans_dir, today, dry_run=dry_run, all_results=all_results)
    why = " ".join((reason or "").split())

    def deed(wanted: Wanted, place: Place) -> Deed:
        day = day_named(on, editing.today, wanted.plan.school_year)
        return move(wanted, place, Putting(to, day, why), editing.settings.calendar)

    def afterwards(before: Plan, after: Plan, places: Sequence[Place]) -> Sequence[str]:
        if not before.follows or not any(after.activities[place.activity].covers for place in places):
            return ()
        project = load([editing.path], lambda path: settings_for(path, os.getcwd(), [editing.path]))
        parents = [project.plans[path] for child in project.asked() for path in child.follows if path in project.plans]
        unread = len(parents) < len(before.follows)
        said = ["вышестоящий план не прочитан, срок с ним не сравнен; что с ним — roadmap check"] if unread else []
        return (*lateness(parents, before, after, places), *said)

    return editing.run(words, deed, afterwards)
