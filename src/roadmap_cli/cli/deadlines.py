"""`roadmap deadlines`: warnings of what is overdue, due today, due soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.agenda import calendar_options, emit_with_calendar
from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import clock, days_ahead, open_project, paths_argument, tell_problems, today_option
from roadmap_cli.cli.russian import RussianCommand

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=RussianCommand)
@paths_argument
@today_option
@click.option("--within", callback=days_ahead, metavar="14d", help="За сколько дней предупреждать (иначе из настроек).")
@click.option("--all", "everything", is_flag=True, help="Показать и то, у чего нет даты, и почему.")
@click.option("--fail-on", type=click.Choice(("overdue", "due-soon")), help="Код выхода 1, если такое есть.")
@calendar_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    today: date | None,
    within: int | None,
    everything: bool,
    fail_on: str | None,
    todo: bool,
    format_name: str | None,
    color: str,
) -> int:
    """Предупреждения о сроках: просрочено, сегодня, скоро, скоро начнётся.

    \b
    roadmap deadlines --within 30d
    roadmap deadlines --all
    roadmap deadlines --fail-on overdue
    roadmap deadlines --format ics > сроки.ics
    """
    from roadmap_cli.report.deadlines import deadlines_report, warnings

    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    found = warnings(project, day, within, everything)
    report = deadlines_report(found, day, len(project.named) - len(project.asked()), project)
    emit_with_calendar(report, format_name, color, todo=todo)
    if unread:
        return EXIT_USAGE
    failing = {"overdue": ("overdue",), "due-soon": ("overdue", "today", "due-soon")}.get(fail_on or "", ())
    return EXIT_FINDINGS if any(w.group in failing for w in found) else 0
