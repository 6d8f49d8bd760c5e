"""What a reader makes of a document: paragraphs and tables in their order, with the place of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Cell(NamedTuple):
    """A cell's paragraphs, blank ones as "", every one tidied.

    `merged` is "left" or "above" for a place that belongs to the cell there, which holds the words.
    """

    paragraphs: tuple[str, ...] = ()
    merged: str = ""

    def text(self) -> str:
        """All words of the cell on one line."""
        return " ".join(filter(None, self.paragraphs))


class Row(NamedTuple):
    """A row and its number in the document, counted from 1; rows of text files may differ in length."""

    number: int
    cells: tuple[Cell, ...]

    def filled(self) -> list[int]:
        """The columns that hold words."""
        return [i for i, cell in enumerate(self.cells) if cell.text()]


class Table(NamedTuple):
    """A table and what it is called in its document: «таблица 2», «лист «План»», or "" where there is but one.

    In a table that is not `marked`, as in the text of a scan, paragraphs and merged cells may have been lost: a blank
    cell may belong to the one above, and a line may hold several paragraphs.
    """

    name: str
    rows: tuple[Row, ...]
    marked: bool = True


class Document(NamedTuple):
    """A document as read: its paragraphs ("" is a blank line) and tables, and what has to be told about its reading."""

    name: str
    blocks: tuple[str | Table, ...]
    remarks: tuple[str, ...] = ()

    def place(self, table: Table, row: Row) -> str:
        """«plan.docx, таблица 1, строка 7»."""
        return ", ".join(filter(None, (self.name, table.name, f"строка {row.number}")))


class Span(NamedTuple):
    """A cell with the number of columns and rows that it covers."""

    paragraphs: tuple[str, ...]
    columns: int = 1
    rows: int = 1


MAX_COLUMNS = 200
MAX_CELLS = 300_000


def grid(rows: Sequence[Sequence[Span]]) -> tuple[Row, ...]:
    """The rows of a table whose merged cells are given once, by their spans, laid out on a grid.

    Raises RoadmapError for a table that is too large for a plan.
    """
    laid: list[Row] = []
    hanging: dict[int, int] = {}  # how many rows below a column still belongs to the cell above
    room = MAX_CELLS
    for number, spans in enumerate(rows, 1):
        cells: list[Cell] = []
        begun: dict[int, int] = {}
        for span in spans:
            while len(cells) in hanging:
                cells.append(Cell(merged="above"))
            start = len(cells)
            cells += [Cell(span.paragraphs), *[Cell(merged="left")] * (min(span.columns, MAX_COLUMNS) - 1)]
            begun.update(dict.fromkeys(range(start, len(cells)), span.rows - 1))
        last = max(hanging, default=-1)
        cells += [Cell(merged="above") if column in hanging else Cell() for column in range(len(cells), last + 1)]
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        hanging.update((column, left) for column, left in begun.items() if left > 0)
        room -= len(cells)
        if room < 0 or len(cells) > 2 * MAX_COLUMNS:
            raise too_large()
        laid.append(Row(number, tuple(cells)))
    return tuple(laid)


def too_large() -> RoadmapError:
    """The refusal of a table that no plan can be."""
    return RoadmapError("таблица слишком велика для плана: скопируйте из неё только план в новый файл")
