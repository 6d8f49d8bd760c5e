"""Workbooks of Excel: the values that the cells show, dates and numbers as they are written."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.dates.words import MONTHS
from roadmap_cli.errors import RoadmapError
from roadmap_cli.extras import library
from roadmap_cli.importing.archive import BROKEN, content, opened
from roadmap_cli.importing.decoding import paragraphs
from roadmap_cli.importing.values import MAX_CELLS, MAX_COLUMNS, Cell, Document, Row, Table, too_large
from roadmap_cli.text import plural, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

_MAX_XML: Final = 8_000_000  # openpyxl takes fifty bytes for one
_MAX_MERGED: Final = 100_000
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([^\"']*)")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DECIMALS: Final = re.compile(r"[#0]*0\.(0+)")


def read(data: bytes, name: str) -> Document:
    """The sheets as tables; a formula gives the value that Excel has stored, and without one it is told."""
    archive = opened(data)
    names = archive.namelist()
    if sum(archive.getinfo(one).file_size for one in names if _has_cells(one)) > _MAX_XML:
        raise too_large()
    openpyxl = library("openpyxl")
    if _merged_cells(archive) > _MAX_MERGED:
        raise too_large()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), data_only=True)
            has_formulas = any(_FORMULA.search(sheet) for sheet in _sheets(archive))
            formulas = openpyxl.load_workbook(BytesIO(data)) if has_formulas else None
    except Exception as error:  # whatever a broken workbook does to the library is the file's fault
        raise RoadmapError(BROKEN) from error
    remarks: list[str] = []
    if any(one.endswith("vbaProject.bin") for one in names):
        remarks.append("в файле есть макросы: они не выполнялись и не перенесены")
    several = len(book.worksheets) > 1
    tables = []
    for sheet in book.worksheets:
        reader = _Sheet(sheet, formulas[sheet.title] if formulas else None)
        tables.append(Table(f"лист «{tidy(sheet.title)}»" if several else "", tuple(reader.rows())))
        remarks += reader.remarks()
    return Document(name, tuple(tables), tuple(remarks))


def _has_cells(name: str) -> bool:
    return name.endswith("sharedStrings.xml") or name.startswith("xl/worksheets/")


def _sheets(archive: ZipFile) -> Iterator[bytes]:
    """The XML of every sheet."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield content(archive, name)


def _merged_cells(archive: ZipFile) -> int:
    """How many cells are merged into others: openpyxl makes an object of each."""
    from openpyxl.utils import range_boundaries

    total = 0
    for sheet in _sheets(archive):
        for found in _MERGE.finditer(sheet):
            try:
                left, top, right, bottom = range_boundaries(found[1].decode("ascii", "replace"))
            except ValueError as error:
                raise RoadmapError(BROKEN) from error
            total += ((right or 1) - (left or 1) + 1) * ((bottom or 1) - (top or 1) + 1)
    return total


class _Sheet:
    """One sheet; only cells that are stored are looked at, however far the last of them stands."""

    def __init__(self, sheet: Any, formulas: Any) -> None:
        self.sheet = sheet
        self.formulas = formulas
        self.merged = self._merged()
        self.uncounted: list[str] = []
        self.yearless: list[str] = []

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything, blank places filled up to their last cell."""
        filled: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in self.sheet._cells.items():  # the public ways walk over all blank cells too
            words = paragraphs(self._text(cell))
            if words:
                filled.setdefault(row, {})[column] = Cell(words)
        for (row, column), merged in self.merged.items():
            if row in filled or merged == "above":
                filled.setdefault(row, {}).setdefault(column, Cell(merged=merged))
        left = MAX_CELLS
        used = sorted({column for cells in filled.values() for column in cells})
        columns = {column: place for place, column in enumerate(used)} if len(used) <= MAX_COLUMNS else {}
        if filled and not columns:
            raise too_large()
        for number in sorted(filled):
            cells = filled[number]
            left -= len(used)
            if left < 0:
                raise too_large()
            if any(cell.paragraphs for cell in cells.values()):
                yield Row(number, tuple(cells.get(column, Cell()) for column in columns))

    def remarks(self) -> Iterator[str]:
        """What has to be told of the sheet: what is hidden, and which cells do not say what they mean."""
        name = f"лист «{tidy(self.sheet.title)}»"
        if self.sheet.sheet_state != "visible":
            yield f"{name} скрыт в Excel: он перенесён вместе с остальными"
        rows = [n for n, one in self.sheet.row_dimensions.items() if one.hidden and self._holds(n)]
        if rows:
            shown = ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
            yield f"{name}: скрытые строки перенесены вместе с остальными: {shown}"
        if any(one.hidden for one in self.sheet.column_dimensions.values()):
            yield f"{name}: скрытые столбцы перенесены вместе с остальными"
        if self.uncounted:
            number = plural(len(self.uncounted), "ячейке", "ячейках", "ячейках")
            where = ", ".join(self.uncounted[:8]) + (" …" if len(self.uncounted) > 8 else "")
            yield f"{name}: в {number} формула без сохранённого значения, они пусты: {where}"
        if self.yearless:
            where = ", ".join(self.yearless[:8]) + (" …" if len(self.yearless) > 8 else "")
            yield f"{name}: Excel не показывает год этих дат, он взят из ячеек, проверьте: {where}"
        if any(cell.comment for cell in self.sheet._cells.values()):
            yield f"{name}: примечания к ячейкам не перенесены"

    def _holds(self, row: int) -> bool:
        return any(at == row and cell.value is not None for (at, _), cell in self.sheet._cells.items())

    def _merged(self) -> dict[tuple[int, int], str]:
        found: dict[tuple[int, int], str] = {}
        for area in list(self.sheet.merged_cells.ranges):
            for row in range(area.min_row, area.max_row + 1):
                for column in range(area.min_col, area.max_col + 1):
                    if (row, column) != (area.min_row, area.min_col):
                        found[row, column] = "above" if row > area.min_row else "left"
        return found

    def _text(self, cell: Any) -> str:
        value = cell.value
        if value is None:
            formula = self.formulas is not None and (cell.row, cell.column) in self.formulas._cells
            if formula and self.formulas._cells[cell.row, cell.column].data_type == "f":
                self.uncounted.append(cell.coordinate)
            return ""
        if isinstance(value, bool):
            return "да" if value else "нет"
        if isinstance(value, datetime | date | time):
            return self._day(cell, value)
        if isinstance(value, int | float):
            return _number(value, str(cell.number_format))
        return str(value)

    def _day(self, cell: Any, value: datetime | date | time) -> str:
        if isinstance(value, time):
            return f"{value:%H:%M}"
        form = _QUOTED.sub("", str(cell.number_format)).lower()
        if "d" not in form and "y" in form and "m" in form:
            return f"{MONTHS[value.month - 1]} {value.year}"
        if "y" not in form and "d" in form:
            self.yearless.append(cell.coordinate)
        clock = f" {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
        return f"{value:%d.%m.%Y}{clock}"


def _number(value: float, form: str) -> str:
    """A number as its cell shows it: «1» for 1.0, «3.10» where two decimals are wanted."""
    if form.endswith("%"):
        return f"{value * 100:.10g}%"
    if isinstance(value, int) or value.is_integer():
        decimals = _DECIMALS.fullmatch(form)
        return f"{value:.{len(decimals[1])}f}" if decimals else str(int(value))
    decimals = _DECIMALS.fullmatch(form)
    return f"{value:.{len(decimals[1])}f}" if decimals and len(decimals[1]) < 15 else f"{value:.15g}"
