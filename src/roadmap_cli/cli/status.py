"""`roadmap status`: what is done, overdue, soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.agenda import calendar_options, emit_with_calendar
from roadmap_cli.cli.exits import EXIT_USAGE
from roadmap_cli.cli.frame import clock, days_ahead, open_project, paths_argument, tell_problems, today_option
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError
from roadmap_cli.status import STATE_NAMES

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=RussianCommand)
@paths_argument
@today_option
@click.option("--owner", default="", metavar="ИМЯ", help="Только строки этого ответственного (часть имени или роли).")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(tuple(STATE_NAMES)), help="Только строки в этом состоянии."
)
@click.option(
    "--within", callback=days_ahead, metavar="14d", help="Только просроченное и то, что наступит за столько дней."
)
@click.option("--section", default="", metavar="РАЗДЕЛ", help="Только этот раздел плана.")
@click.option("--by", type=click.Choice(("owner",)), help="Нагрузка и исполнительская дисциплина по людям.")
@click.option("--history", is_flag=True, help="Показать каждый перенос срока.")
@calendar_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    today: date | None,
    owner: str,
    states: tuple[str, ...],
    within: int | None,
    section: str,
    by: str | None,
    history: bool,
    todo: bool,
    format_name: str | None,
    color: str,
) -> int:
    """Состояние планов: что исполнено, просрочено, скоро.

    \b
    roadmap status plans/schools/school-6.yaml --today 20.10.2022
    roadmap status --owner Савина --state overdue
    roadmap status --by owner
    roadmap status --format ics > план.ics
    """
    if by and history:
        raise RoadmapError("--by показывает людей, а не строки: переносы (--history) покажет status без --by")
    from roadmap_cli.report.status import Filters, load_report, status_report

    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    filters = Filters(owner, states, within, section)
    report = load_report(project, day, filters) if by else status_report(project, day, filters, history)
    emit_with_calendar(report, format_name, color, todo=todo)
    return EXIT_USAGE if unread else 0
