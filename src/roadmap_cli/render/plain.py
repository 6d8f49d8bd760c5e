"""One record a line, nothing cut, `path:line:column:` in front: for grep, logs and cron."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render import marked, named
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report, Row, Table


def render(report: Report, screen: Screen) -> str:
    """Every row of every table with what is said under it, then the summary."""
    lines = [line for table in (report.records or report.tables)() for line in _lines(table)]
    return "".join(line + "\n" for line in (*lines, *map(visible, report.summary)))


def _lines(table: Table) -> list[str]:
    rows = [_line(table, row) for row in table.rows]
    return rows + [visible(line) for line in ((table.empty,) if not rows and table.empty else table.footer)]


def _line(table: Table, row: Row) -> str:
    cells = [cell for cell in zip(table.columns, marked(table, row), strict=True) if not (row.span and cell[0].file)]
    said = " | ".join(visible(named(column, cell)) for column, cell in cells).rstrip(" |")
    return f"{visible(row.span.path)}:{row.span.line}:{row.span.column}: {said}" if row.span else said
