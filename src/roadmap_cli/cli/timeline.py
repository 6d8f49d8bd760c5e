"""`roadmap timeline`: the year of the plans as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_USAGE
from roadmap_cli.cli.frame import (
    clock,
    emit,
    open_project,
    output_options,
    paths_argument,
    tell_problems,
    today_option,
)
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=RussianCommand)
@paths_argument
@today_option
@click.option("--owner", default="", metavar="ИМЯ", help="Только строки этого ответственного (часть имени или роли).")
@click.option("--by", type=click.Choice(("owner",)), help="Отдельно по каждому ответственному.")
@output_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    today: date | None,
    owner: str,
    by: str | None,
    format_name: str | None,
    color: str,
) -> int:
    """Год плана полосами: недели или месяцы, сроки, периоды и сегодняшний день.

    \b
    roadmap timeline plans/schools/school-6.yaml
    roadmap timeline --owner Савина
    roadmap timeline --by owner
    """
    from roadmap_cli.report.timeline import timeline_report

    if owner and by:
        raise RoadmapError("--owner и --by owner вместе не показать: выберите что-то одно")
    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    emit(timeline_report(project, clock(today, settings), owner, by is not None), format_name, color)
    return EXIT_USAGE if unread else 0
