"""`roadmap calendar`: a month or a year with its days off and deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_USAGE
from roadmap_cli.cli.frame import clock, emit, open_project, output_options, tell_problems, today_option
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=RussianCommand)
@click.argument("when", required=False, metavar="[МЕСЯЦ|ГОД]")
@today_option
@output_options
@click.pass_obj
def command(plans_dir: str | None, when: str | None, today: date | None, format_name: str | None, color: str) -> int:
    """Календарь месяца или года: рабочие дни, праздники, каникулы и сроки.

    \b
    roadmap calendar                   этот месяц
    roadmap calendar "октябрь 2022"
    roadmap calendar 2022-2023         учебный год
    """
    from roadmap_cli.dates import parse_due
    from roadmap_cli.dates.resolve import month_end
    from roadmap_cli.report.calendar import calendar_report

    project, settings = open_project((), plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    start, end = day.replace(day=1), month_end(day.year, day.month)
    if when is not None:
        school_year = (
            when if "-" in when else f"{day.year if day.month > 8 else day.year - 1}-{day.year + (day.month > 8)}"
        )
        due = parse_due(when, school_year)
        if due.start is None or due.end is None or (due.end - due.start).days > 366:
            raise RoadmapError(f"«{when}» — не месяц и не год; напишите «октябрь 2022», 2022 или 2022-2023")
        start, end = due.start, due.end
    emit(calendar_report(project, settings.calendar, start, end), format_name, color)
    return EXIT_USAGE if unread else 0
