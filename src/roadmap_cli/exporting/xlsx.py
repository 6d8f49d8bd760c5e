"""Excel: a sheet a page, with days as days, a filter, a frozen heading and colours for the states."""

from __future__ import annotations

import io
import re
from copy import copy
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from roadmap_cli.errors import RoadmapError
from roadmap_cli.exporting.package import APPLICATION, packed
from roadmap_cli.exporting.paper import BLANK, Line, Table, flat
from roadmap_cli.extras import library
from roadmap_cli.report.gaps.words import STATE_NAMES as GAP_NAMES
from roadmap_cli.report.gaps.words import UNCONFIRMED
from roadmap_cli.status import STATE_NAMES
from roadmap_cli.text import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.exporting.paper import Cell, Column, Page, Paper

_FONT = "Times New Roman"
_LONGEST = 32_767  # characters of a cell in Excel
_REMARK = 1000  # characters of a note at a cell
_NAME = 31  # characters of a sheet's name
_LINE, _HIGHEST = 14.5, 409  # points of a line, and of a row at most
_NARROW = 1.1  # letters of our font for a character of the width
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RED, _ORANGE, _YELLOW, _GREEN, _GREY = "FFC7CE", "FFD9B3", "FFF2CC", "C6EFCE", "E7E6E6"
_COLORS = {
    UNCONFIRMED: _YELLOW,
    STATE_NAMES["done-late"]: _ORANGE,
    STATE_NAMES["done"]: _GREEN,
    STATE_NAMES["overdue"]: _RED,
    STATE_NAMES["unreadable"]: _RED,
    STATE_NAMES["due-soon"]: _YELLOW,
    STATE_NAMES["cancelled"]: _GREY,
    GAP_NAMES["uncovered"]: _RED,
    GAP_NAMES["late"]: _ORANGE,
    GAP_NAMES["partial"]: _YELLOW,
    GAP_NAMES["suspect"]: _YELLOW,
    GAP_NAMES["covered"]: _GREEN,
    GAP_NAMES["early"]: _GREEN,
    GAP_NAMES["not-applicable"]: _GREY,
}
"""What a cell of states is coloured by: the first of these words that stands in it."""


def write(paper: Paper) -> bytes:
    """The workbook; raises RoadmapError for a text that no cell of Excel can hold."""
    book = library("openpyxl").Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    for page in paper.pages:
        _sheet(book.create_sheet(_sheet_name(page.name, taken)), page, paper.landscape)
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue(), paper.title, {"docProps/app.xml": APPLICATION})


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes: no longer than it allows, without its signs, and no other sheet's."""
    plain = " ".join(_FORBIDDEN.sub(" ", name).split()).strip("' ") or "План"
    number, found = 1, cut(plain, _NAME)
    while found.casefold() in taken:
        number += 1
        tail = f" ({number})"
        found = cut(plain, _NAME - len(tail)) + tail
    taken.add(found.casefold())
    return found


def _sheet(sheet: Any, page: Page, landscape: bool) -> None:
    """The lines and tables of a page one under another; filter and frozen heading are those of the first table."""
    from openpyxl.worksheet.properties import PageSetupProperties

    blocks = [block for block in page.blocks if block != BLANK]
    tables = [block for block in blocks if isinstance(block, Table)]
    widths = [
        max((t.columns[i].width for t in tables[:1] if i < len(t.columns)), default=12) for i in range(_wide(tables))
    ]
    for i, width in enumerate(widths, 1):
        sheet.column_dimensions[_letter(i)].width = width
    at = 1
    for block in blocks:
        if isinstance(block, Line):
            _line(sheet, at, block, widths)
            at += 1
        else:
            at = _table(sheet, at, block, first=block is tables[0])
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _wide(tables: Sequence[Table]) -> int:
    return max((len(table.columns) for table in tables), default=1)


def _line(sheet: Any, at: int, line: Line, widths: Sequence[int]) -> None:
    """A line over the whole width, high enough for its text: merged cells do not grow by themselves."""
    from openpyxl.styles import Alignment, Font

    bold = line.style in ("title", "heading")
    across = {"title": "center", "center": "center", "approval": "right"}.get(line.style, "left")
    cell = _put(sheet, at, 1, line.text)
    cell.font = Font(name=_FONT, size=14 if line.style == "title" else 11, bold=bold)
    cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=True)
    if len(widths) > 1:
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(widths))
    large = line.style == "title"
    _heighten(sheet, at, _high(line.text, int(sum(widths) * (0.75 if large else 1))) * (1.3 if large else 1))


def _high(text: str, width: int) -> int:
    """How many lines a text takes in a column of that many characters."""
    return sum(len(wrap(part, max(round(width * _NARROW), 1))) or 1 for part in text.split("\n"))


def _heighten(sheet: Any, at: int, number: float) -> None:
    """Make a row high enough for a number of lines, as far as Excel lets it grow."""
    sheet.row_dimensions[at].height = min(number * _LINE + 2, _HIGHEST)


def _table(sheet: Any, at: int, table: Table, *, first: bool) -> int:
    """The heading row and the rows under it; the number of the row that follows."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    edge = Side(style="thin", color="808080")
    border = Border(edge, edge, edge, edge)
    heading = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for i, column in enumerate(table.columns, 1):
        cell = _put(sheet, at, i, column.heading)
        cell.font, cell.border, cell.alignment = Font(name=_FONT, size=11, bold=True), border, heading
        cell.fill = PatternFill("solid", start_color=_GREY)
    looks: dict[tuple[int, bool, bool, bool], Any] = {}  # those of the first cell of a kind: to make one takes its time
    for number, row in enumerate(flat(table).rows, at + 1):
        for i, (cell, column) in enumerate(zip(row, table.columns, strict=True), 1):
            made = _put(sheet, number, i, cell)
            if cell.doubt:
                made.comment = Comment(cut(cell.doubt, _REMARK), "roadmap", height=120, width=300)
            kind = (i, cell.joined, cell.day is None, not cell.doubt)
            if kind in looks:
                made._style = copy(looks[kind])
                continue
            made.font, made.border = Font(name=_FONT, size=11, color="808080" if cell.joined else None), border
            across = "center" if column.center else "left"
            made.alignment = Alignment(horizontal=across, vertical="top", wrap_text=True)
            if cell.doubt:
                made.fill = PatternFill("solid", start_color=_YELLOW)
            looks[kind] = made._style
        _heighten(sheet, number, max(_high(str(c), t.width) for c, t in zip(row, table.columns, strict=True)))
    _heighten(sheet, at, max(_high(column.heading, column.width - 1) for column in table.columns))
    last = at + len(table.rows)
    if not table.rows:
        _put(sheet, last + 1, 1, table.empty)
        return last + 2
    _color(sheet, table.columns, at + 1, last)
    if first:
        sheet.freeze_panes = sheet.cell(at + 1, 1)
        sheet.auto_filter.ref = f"A{at}:{_letter(len(table.columns))}{last}"
        sheet.print_title_rows = f"{at}:{at}"
    return last + 1


def _put(sheet: Any, row: int, column: int, what: Cell | str) -> Any:
    """A value as what it is: a text is never a formula, a day is a day."""
    cell = sheet.cell(row, column)
    if not isinstance(what, str) and what.day is not None:
        cell.value, cell.number_format = what.day, "DD.MM.YYYY"
        return cell
    if not isinstance(what, str) and what.number is not None:
        cell.value = what.number
        return cell
    text = str(what)
    if len(text) > _LONGEST:
        raise RoadmapError(
            f"лист «{sheet.title}», строка {row}: в тексте {len(text)} знаков, а в ячейку Excel входит {_LONGEST}; "
            "запишите .docx или .csv"
        )
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def _color(sheet: Any, columns: Sequence[Column], first: int, last: int) -> None:
    """The colours of states, as rules that follow the words when somebody changes them."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for i, column in enumerate(columns, 1):
        if not column.state:
            continue
        letter = _letter(i)
        for words, color in _COLORS.items():
            look = DifferentialStyle(fill=PatternFill(bgColor=color))
            said = f'ISNUMBER(SEARCH("{words}",{letter}{first}))'
            rule = Rule("expression", dxf=look, stopIfTrue=True, formula=[said])
            sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
