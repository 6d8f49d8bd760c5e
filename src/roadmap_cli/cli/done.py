"""`roadmap done`: marks results of a plan as done."""

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
@click.option("--on", metavar="ДЕНЬ", help="Когда исполнено (иначе сегодня).")
@click.option("--evidence", metavar="ТЕКСТ", help="Чем подтверждено: «приказ № 87».")
@all_option
@editing_options
@today_option
@click.pass_obj
def command(
    plans_dir: str | None,
    plan: str,
    words: tuple[str, ...],
    on: str | None,
    evidence: str | None,
    all_results: bool,
    dry_run: bool,
    today: date | None,
) -> int:
    """Отметить в плане исполнение.

    \b
    roadmap done school-6 9.2                        исполнено сегодня
    roadmap done school-6 9.2 --on 14.10.2022        исполнено в этот день
    roadmap done school-6 1 2 --evidence "приказ № 87"
    ПЛАН — файл или имя файла без .yaml. ЦЕЛЬ — № или id мероприятия; 9.2 — второй результат № 9;
    15:2 — вторая из строк с № 15, 15:2.1 — её первый результат; @120 — то, что стоит в строке 120 файла.
    """
    from roadmap_cli.amend.marks import Mark, done

    if evidence is not None and not evidence.strip():
        raise RoadmapError("--evidence: подтверждение пусто; напишите, например, «приказ № 87»")
    editing = open_editing(plan, plans_dir, today, dry_run=dry_run, all_results=all_results)
    said = " ".join((evidence or "").split())

    def deed(wanted: Wanted, place: Place) -> Deed:
        day = day_named(on, editing.today, wanted.plan.school_year)
        return done(wanted, place, Mark(day, on is not None, said))

    return editing.run(words, deed)
