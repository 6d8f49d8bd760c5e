"""The formats: one file each, found by its name; a renderer gets a report and answers with text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from roadmap_cli.report import Column, Report, Row, Table


class Screen(NamedTuple):
    """Where the text goes: its width in columns, whether colour is wanted, whether it is limited to ASCII frames.

    `here` is the folder that a plan's path starts from, `root` the one that the paths in a report for CI start from.
    """

    width: int = 100
    color: bool = False
    encoding: str = "utf-8"
    here: str = ""
    root: str = ""


FORMATS = ("table", "plain", "json", "csv")
FINDING_FORMATS = ("github", "gitlab", "sarif", "junit", "rdjsonl")
"""Formats for reports of findings only, which CI and review tools read."""
CALENDAR_FORMATS = ("ics",)
"""Formats for reports of deadlines only, which calendars read."""


def render(report: Report, name: str, screen: Screen) -> Iterable[str]:
    """The report in one of the formats above, in pieces; every text of a plan is made safe to show."""
    shown = report if screen.encoding.startswith("utf") else _without_arrows(report)
    text: str | Iterator[str] = import_module(f"roadmap_cli.render.{name}").render(shown, screen)
    return (text,) if isinstance(text, str) else text


def marked(table: Table, row: Row) -> tuple[str, ...]:
    """The cells of a row, with its mark before the words of its mood."""
    if not row.mark:
        return row.cells
    columns = zip(table.columns, row.cells, strict=True)
    return tuple(f"{row.mark} {cell}" if column.mood else cell for column, cell in columns)


def named(column: Column, cell: str) -> str:
    """A cell that stands without its heading: «№ 3», «Всего: 7»."""
    if column.heading == "№" and cell:
        return "без №" if cell == "—" else f"№ {cell}"
    return f"{column.short or column.heading}: {cell}" if column.named and cell else cell


def _without_arrows(report: Report) -> Report:
    """The report for an encoding that has no «→»."""

    def plain(made: Callable[[], tuple[Table, ...]]) -> Callable[[], tuple[Table, ...]]:
        return lambda: tuple(map(_plain_table, made()))

    records = report.records and plain(report.records)
    return report._replace(tables=plain(report.tables), records=records, summary=_spelled(report.summary))


def _plain_table(table: Table) -> Table:
    rows = tuple(row._replace(cells=_spelled(row.cells)) for row in table.rows)
    return table._replace(heading=_spelled(table.heading), rows=rows, footer=_spelled(table.footer))


def _spelled(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.replace("→", "->") for line in lines)
