"""CSV as a Russian Excel opens it: «;» between cells, a byte order mark in UTF, and no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from roadmap_cli.text import visible

if TYPE_CHECKING:
    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(report: Report, screen: Screen) -> str:
    """A header for the first table's columns and a line for each row; other columns get a header of their own."""
    out = io.StringIO()
    if screen.encoding.startswith("utf"):
        out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    header: tuple[str, ...] = ()
    for table in (report.records or report.tables)():
        whole = any(column.file for column in table.columns)
        headings = (*(() if whole else ("Файл", "Строка")), *(visible(column.heading) for column in table.columns))
        if headings != header:
            writer.writerow(headings)
            header = headings
        for row in table.rows:
            place = () if whole else (row.span.path, str(row.span.line)) if row.span else ("", "")
            writer.writerow([safe_cell(cell) for cell in (*place, *row.cells)])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """The text on one line, with an apostrophe before anything that a spreadsheet would run as a formula."""
    shown = visible(text).strip()
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
