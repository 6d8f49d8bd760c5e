"""What the reports of deadlines share: the format `ics` with its `--todo`."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from roadmap_cli.cli.frame import emit, formats_wanted, remark, with_output
from roadmap_cli.errors import RoadmapError
from roadmap_cli.render import CALENDAR_FORMATS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap_cli.report import Report


def calendar_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a report of deadlines, which goes into a calendar too."""
    shown = "Вид вывода: table на экране, plain в файл и канал, ics для календаря."

    @click.option("--todo", is_flag=True, help="В ics — задачи (VTODO), а не события.")
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if kwargs["todo"] and "ics" not in formats_wanted(kwargs["format_name"]):
            raise RoadmapError("--todo меняет только календарь: добавьте --format ics или --output ics:план.ics")
        return command(*args, **kwargs)

    return with_output(wrapped, (*FORMATS, *CALENDAR_FORMATS), shown)


def emit_with_calendar(report: Report, format_name: str | None, color: str, *, todo: bool) -> None:
    """Write the report as `emit` does; a calendar tells on stderr how many rows have no day for it."""
    if todo:
        from roadmap_cli.report.agenda import with_tasks

        report = with_tasks(report)
    emit(report, format_name, color)
    left_out = report.agenda().left_out if report.agenda and "ics" in formats_wanted(format_name) else ""
    if left_out:
        remark(left_out)
