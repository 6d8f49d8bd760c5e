"""What stands in a document, without any format: pages of lines and tables; every text is safe to show anywhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadmap_cli.record import NamedTuple
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Style: TypeAlias = Literal["title", "heading", "center", "text", "approval", "signature"]


class Line(NamedTuple):
    """A paragraph; those of an `approval` stand one under another at the right edge."""

    text: str
    style: Style = "text"


BLANK = Line("")
"""A paragraph that keeps apart what stands before and behind it."""


class Column(NamedTuple):
    """A column of a table; `width` is in characters of a spreadsheet, in a document the columns share the page by it.

    A `band` is a heading over rows: in a document a row of the whole width wherever it changes, else a column. An
    `extra` column serves a spreadsheet only. `center` is for short words. `state` holds words of states, with colours.
    """

    heading: str
    width: int
    band: bool = False
    extra: bool = False
    center: bool = False
    state: bool = False


class Cell(NamedTuple):
    """What stands in a cell: a text, or a day or a number that a spreadsheet can reckon with.

    A `joined` cell says the same as the one above it: in a document both are one. A `doubt` says what to compare with
    the document: a spreadsheet, which reckons with the reading, shows it at the cell.
    """

    text: str = ""
    day: date | None = None
    number: int | None = None
    joined: bool = False
    doubt: str = ""

    def __str__(self) -> str:
        """The cell as text: a day as «15.10.2022»."""
        if self.day is not None:
            return f"{self.day:%d.%m.%Y}"
        return self.text if self.number is None else str(self.number)


class Table(NamedTuple):
    """Rows of cells, one for each column; `empty` is said instead of no rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


class Page(NamedTuple):
    """What begins on a new page, or stands on a sheet of its own with that name."""

    name: str
    blocks: tuple[Line | Table, ...]


class Paper(NamedTuple):
    """A document: its title for the file's properties, and its pages, lying or standing."""

    title: str
    pages: tuple[Page, ...]
    landscape: bool = True


def safe(text: str) -> str:
    """The text with its line breaks, every other control and bidi character made visible."""
    return "\n".join(filter(None, (visible(line).strip() for line in text.split("\n"))))


def lines(*texts: str, style: Style = "text") -> tuple[Line, ...]:
    """Paragraphs of one style, without the empty ones."""
    return tuple(Line(shown, style) for shown in map(safe, texts) if shown)


def left_out(files: Sequence[str]) -> tuple[Line, ...]:
    """The files that could not be read, without their folders: nobody may think that a total holds them."""
    names = ", ".join(os.path.basename(path) for path in files)
    return lines(f"Не прочитано и сюда не вошло: {names}." if names else "")


def word(text: str, *, joined: bool = False, doubt: str = "") -> Cell:
    """A cell of text."""
    return Cell(safe(text), joined=joined, doubt=safe(doubt))


def flat(table: Table) -> Table:
    """The table without bands: «—» where no heading stands over a row, since a blank cell may mean the one above."""
    rows = (
        tuple(
            Cell("—") if column.band and not cell.text else cell
            for column, cell in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    )
    return table._replace(rows=tuple(rows))


def banded(table: Table) -> tuple[tuple[Column, ...], list[tuple[str, tuple[Cell, ...]]]]:
    """The columns of a document, and its rows in order: a band with its text, or «» and the cells of those columns.

    Extra columns are left out. «—» ends all headings: where one has no successor, and where an outer one begins later.
    """
    bands = [i for i, column in enumerate(table.columns) if column.band]
    kept = [i for i, column in enumerate(table.columns) if not column.band and not column.extra]
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    above = [""] * len(bands)
    for row in table.rows:
        here = [row[i].text for i in bands]
        changed = next((i for i, old in enumerate(above) if old != here[i]), len(bands))
        begins_later = changed < len(bands) and not above[changed] and any(above[changed:])
        if begins_later or any(old and not new for old, new in zip(above, here, strict=True)):
            rows.append(("—", ()))
            changed = 0
        rows += [(text, ()) for text in here[changed:] if text]
        above = here
        rows.append(("", tuple(row[i] for i in kept)))
    return tuple(table.columns[i] for i in kept), rows
