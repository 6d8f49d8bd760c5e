"""PDF with text: its ruled tables by their lines, paragraphs and words by where they end in their cells."""

from __future__ import annotations

import itertools
import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.importing.archive import BROKEN
from roadmap_cli.importing.cuts import is_cut
from roadmap_cli.importing.values import MAX_CELLS, Cell, Document, Row, Table, too_large
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Box = tuple[float, float, float, float]

_MAX_PAGES: Final = 60
_MAX_CHARS: Final = 400_000
_CLOSING: Final = re.compile(r"[.,;:!?)»”]")
_COMPOUND: Final = re.compile(r"(?:[оеё]|\d)-$")
_NEAR: Final = 1.5  # points


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
    try:
        import pdfplumber
    except ImportError:
        raise RoadmapError("для PDF нужна библиотека pdfplumber: выполните pip install pdfplumber") from None
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    reader = _Reader()
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > _MAX_PAGES:
                raise RoadmapError(f"в файле больше {_MAX_PAGES} страниц: сохраните отдельно страницы с планом")
            for page in document.pages:
                reader.page(page)
                page.close()
    except RoadmapError:
        raise
    except Exception as error:  # whatever a broken file does to the library is the file's fault
        locked = "password" in type(error).__name__.lower() or "password" in str(error).lower()
        raise RoadmapError("файл закрыт паролем: снимите пароль и сохраните заново" if locked else BROKEN) from error
    if not reader.chars:
        raise RoadmapError("в файле нет текста, это картинки страниц: распознайте его (OCR) и сохраните как .docx")
    remarks = []
    if reader.joined:
        shown = ", ".join(dict.fromkeys(reader.joined))
        remarks.append(f"слова, разрезанные краем ячейки или переносом, соединены, проверьте: {cut(shown, 400)}")
    return Document(name, tuple(reader.blocks), tuple(remarks))


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[str | Table] = []
        self.joined: list[str] = []
        self.chars = 0
        self.cells = 0

    def page(self, page: Any) -> None:
        """The blocks of a page, from its top to its bottom."""
        self.chars += len(page.chars)
        if self.chars > _MAX_CHARS:
            raise too_large()
        found = page.find_tables()
        tables = [one for one in found if not any(_within(one.bbox, other.bbox) for other in found if other is not one)]
        words = page.extract_words(keep_blank_chars=False, extra_attrs=[], return_chars=True)
        free = [word for word in words if not any(_holds(table.bbox, word) for table in tables)]
        pieces: list[tuple[float, list[str | Table]]] = [(line.top, [line.text]) for line in _lines(free)]
        lines = _lines(free)
        for before, after in itertools.pairwise(lines):
            if after.top - before.bottom > 0.8 * (before.bottom - before.top):
                pieces.append((after.top - 0.01, [""]))
        number = sum(isinstance(block, Table) for block in self.blocks)
        for table in sorted(tables, key=lambda one: one.bbox[1]):
            number += 1
            rows = tuple(self._rows(table, words))
            pieces.append((table.bbox[1], [Table(f"таблица {number}", rows, marked=False)]))
        for _, blocks in sorted(pieces, key=lambda piece: piece[0]):
            self.blocks += blocks
        self.blocks.append("")

    def _rows(self, table: Any, words: Sequence[dict[str, Any]]) -> Iterator[Row]:
        """The rows on the grid of all borders of the table; places within a larger cell belong to it."""
        boxes: list[Box] = list(table.cells)
        lefts = _borders(box[0] for box in boxes)
        tops = _borders(box[1] for box in boxes)
        self.cells += len(lefts) * len(tops)
        if self.cells > MAX_CELLS:
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
        """The paragraphs of a cell: a line ends one when the next word would have had room in it."""
        found: list[str] = []
        margin = min((line.left - box[0] for line in lines), default=0)
        for number, line in enumerate(lines):
            before = lines[number - 1] if number else None
            if before is None:
                found.append(line.text)
                continue
            room = box[2] - margin - before.right
            if room > line.word + 0.35 * (line.bottom - line.top) and not _CLOSING.match(line.text):
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
            whole = said if _COMPOUND.search(said) or text[0].isdigit() else said[:-1]
            return self._joined(whole, text)
        small = text[0].islower() or text[0].isdigit()
        if small and " " not in before and room < line.letter and is_cut(said.split()[-1], text.split()[0]):
            return self._joined(said, text)
        return f"{said} {text}"

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
