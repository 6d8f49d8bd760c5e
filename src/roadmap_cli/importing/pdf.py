"""PDF with text: its ruled tables by their lines, paragraphs and words by where they end in their cells."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.extras import library
from roadmap_cli.importing.archive import BROKEN
from roadmap_cli.importing.cuts import is_compound, is_cut
from roadmap_cli.importing.values import MAX_CELLS, Cell, Document, Row, Table, too_large
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Box = tuple[float, float, float, float]

_MAX_PAGES: Final = 60
_MAX_CHARS: Final = 20_000  # on one page
_MAX_RULES: Final = 10_000
_CLOSING: Final = re.compile(r"[.,;:!?)»”]")
_NEAR: Final = 1.5  # points


class _Page(NamedTuple):
    """What the library finds on a page: words with their places, and tables as their box and those of their cells."""

    words: list[dict[str, Any]]
    tables: list[tuple[Box, list[Box]]]


class _Line(NamedTuple):
    """A line of print: its words, where it begins and ends, its height, the widths of its first word and letter."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    word: float
    letter: float


def read(data: bytes, name: str) -> Document:
    """The paragraphs and ruled tables of all pages; words that the borders of cells cut are joined, and told."""
    pdfplumber = library("pdfplumber")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[_Page] = []
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > _MAX_PAGES:
                raise RoadmapError(f"в файле больше {_MAX_PAGES} страниц: сохраните отдельно страницы с планом")
            for page in document.pages:
                if len(page.lines) + len(page.rects) + len(page.curves) > _MAX_RULES or len(page.chars) > _MAX_CHARS:
                    raise too_large()
                words = page.extract_words(return_chars=True)
                tables = [(table.bbox, list(table.cells)) for table in page.find_tables()]
                pages.append(_Page(words, tables))
                page.close()
    except RoadmapError:
        raise
    except Exception as error:  # whatever a broken file does to the library is the file's fault
        locked = "password" in type(error).__name__.lower() or "password" in str(error).lower()
        raise RoadmapError("файл закрыт паролем: снимите пароль и сохраните заново" if locked else BROKEN) from error
    if not any(page.words for page in pages):
        raise RoadmapError("в файле нет текста, это картинки страниц: распознайте его (OCR) и сохраните как .docx")
    reader = _Reader()
    for one in pages:
        reader.page(one)
    remarks = []
    if reader.joined:
        shown = ", ".join(dict.fromkeys(reader.joined))
        remarks.append(f"слова, разрезанные краем ячейки или переносом, соединены, проверьте: {cut(shown, 400)}")
    return Document(name, tuple(reader.blocks), tuple(remarks))


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[str | Table] = []
        self.joined: list[str] = []
        self.cells = 0

    def page(self, page: _Page) -> None:
        """The blocks of a page, from its top to its bottom."""
        boxes = [box for box, _ in page.tables]
        tables = [one for one in page.tables if not any(_within(one[0], other) for other in boxes)]
        cells = [cell for _, some in tables for cell in some]
        lines = _lines([word for word in page.words if not any(_holds(cell, word) for cell in cells)])
        pieces: list[tuple[float, str | Table]] = [(line.top, line.text) for line in lines]
        for before, after in pairwise(lines):
            if after.top - before.bottom > 2 * (before.bottom - before.top):
                pieces.append((after.top - 0.01, ""))
        number = sum(isinstance(block, Table) for block in self.blocks)
        for box, some in sorted(tables, key=lambda one: one[0][1]):
            number += 1
            pieces.append((box[1], Table(f"таблица {number}", tuple(self._rows(some, page.words)), marked=False)))
        self.blocks += (block for _, block in sorted(pieces, key=lambda piece: piece[0]))
        self.blocks.append("")

    def _rows(self, boxes: Sequence[Box], words: Sequence[dict[str, Any]]) -> Iterator[Row]:
        """The rows on the grid of all borders of the table; places within a larger cell belong to it."""
        lefts = _borders(box[0] for box in boxes)
        tops = _borders(box[1] for box in boxes)
        self.cells += len(lefts) * len(tops)
        if self.cells > MAX_CELLS // 10:
            raise too_large()
        held: dict[Box, list[dict[str, Any]]] = {box: [] for box in boxes}
        for word in words:
            own = next((box for box in boxes if _holds(box, word)), None)
            if own is not None:
                held[own].append(word)
        for number, top in enumerate(tops, 1):
            cells = []
            for left in lefts:
                box = next((b for b in boxes if _covers(b, left + 2 * _NEAR, top + 2 * _NEAR)), None)
                if box is None:
                    cells.append(Cell())
                elif abs(box[1] - top) > 2 * _NEAR:
                    cells.append(Cell(merged="above"))
                elif abs(box[0] - left) > 2 * _NEAR:
                    cells.append(Cell(merged="left"))
                else:
                    cells.append(Cell(self._paragraphs(_lines(held[box]), box)))
            yield Row(number, tuple(cells))

    def _paragraphs(self, lines: Sequence[_Line], box: Box) -> tuple[str, ...]:
        """The paragraphs of a cell: one ends where the next line is set apart, or its word would have had room."""
        found: list[str] = []
        margin = min((line.left - box[0] for line in lines), default=0)
        close = min((after.top - before.bottom for before, after in pairwise(lines)), default=0)
        for number, line in enumerate(lines):
            before = lines[number - 1] if number else None
            if before is None:
                found.append(line.text)
                continue
            room = box[2] - margin - before.right
            height = line.bottom - line.top
            apart = line.top - before.bottom > close + 0.3 * height or room > line.word + 0.35 * height
            if apart and not _CLOSING.match(line.text):
                found.append(line.text)
            else:
                found[-1] = self._continued(found[-1], before.text, line, room)
        return tuple(tidy(text) for text in found if tidy(text))

    def _continued(self, said: str, before: str, line: _Line, room: float) -> str:
        """The text with a line that goes on with it; a word that was cut between them is whole again."""
        text = line.text
        if _CLOSING.match(text):
            return said + text
        if before.endswith("-") and len(before) > 1 and before[-2] != " " and (text[0].islower() or text[0].isdigit()):
            return self._joined(said if text[0].isdigit() or is_compound(before) else said[:-1], text)
        small = text[0].islower() or text[0].isdigit()
        if small and " " not in before and room < line.letter and is_cut(said.split()[-1], text.split()[0]):
            return self._joined(said, text)
        return said + text if said.endswith("№") and text[0] == "№" else f"{said} {text}"

    def _joined(self, before: str, after: str) -> str:
        self.joined.append((re.split(r"\s", before)[-1] + re.split(r"\s", after)[0]).strip(".,;:"))
        return before + after


def _lines(words: Sequence[dict[str, Any]]) -> list[_Line]:
    """Words put into lines of print, from the top."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"], word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word["x0"])) for row in rows]


def _line(words: Sequence[dict[str, Any]]) -> _Line:
    first = words[0]
    letters = first.get("chars") or [first]
    return _Line(
        " ".join(word["text"] for word in words),
        first["x0"],
        max(word["x1"] for word in words),
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
        first["x1"] - first["x0"],
        letters[0]["x1"] - letters[0]["x0"],
    )


def _borders(values: Iterator[float]) -> list[float]:
    """Coordinates in their order, those that differ by the width of a line once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * _NEAR:
            found.append(value)
    return found


def _covers(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds(box: Box, word: dict[str, Any]) -> bool:
    return _covers(box, (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner != outer
        and inner[0] >= outer[0] - _NEAR
        and inner[1] >= outer[1] - _NEAR
        and inner[2] <= outer[2] + _NEAR
        and inner[3] <= outer[3] + _NEAR
    )
