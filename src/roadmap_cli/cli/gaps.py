"""`roadmap gaps`: what the parent plan asks and the school's plan lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import (
    RussianCommand,
    emit,
    open_project,
    output_options,
    paths_argument,
    tell_problems,
    today_option,
)
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=RussianCommand)
@paths_argument
@click.option("--no-suggest", is_flag=True, help="Только записанные связи («covers»), без предположений.")
@today_option
@output_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    no_suggest: bool,
    today: date | None,
    format_name: str | None,
    color: str,
) -> int:
    """Разрывы между планом школы и вышестоящим планом: чего нет и что позже.

    \b
    roadmap gaps                             все планы, у которых есть «follows»
    roadmap gaps plans/schools/school-6.yaml
    Код выхода 1: обязательного мероприятия нет в плане школы или оно позже.
    """
    from roadmap_cli.report.gaps import gaps_report
    from roadmap_cli.trace import trace_all

    project, _ = open_project(paths, plans_dir, below=True)
    unread = tell_problems(project)
    asked = set(project.named)
    thresholds = {path: None if no_suggest else found.match_threshold for path, found in project.settings.items()}
    pairs = trace_all(project.plans.values(), project.plans.get, thresholds.__getitem__)
    pairs = tuple(pair for pair in pairs if pair.child.path in asked)
    if not pairs and not unread:
        raise RoadmapError("сравнивать нечего: ни у одного плана нет «follows: …» — путь к вышестоящему плану")
    emit(gaps_report(pairs), format_name, color)
    if unread:
        return EXIT_USAGE
    return EXIT_FINDINGS if any(row.state in ("uncovered", "late") for pair in pairs for row in pair.rows) else 0
