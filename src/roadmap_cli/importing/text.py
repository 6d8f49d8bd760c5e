"""Plain text with cells between tabs, as tables are copied from Word and recognized from scans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.importing.decoding import paragraphs, text_of
from roadmap_cli.importing.values import Cell, Document, Row, Table
from roadmap_cli.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_RULE: Final = re.compile(r"[\s|:+=_-]*[-=_]{2,}[\s|:+=_-]*")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD: Final = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|^#{1,6}\s+")


def read(data: bytes, name: str) -> Document:
    """The lines of a text: those with tabs are rows of tables, and so are those between «|»; the others paragraphs."""
    text = text_of(data)
    if _quoted(text):
        from roadmap_cli.importing.csv_ import read as read_cells

        return read_cells(data, name)
    markdown = name.lower().endswith(".md")
    blocks: list[str | Table] = []
    rows: list[Row] = []
    waiting = 0
    for number, line in enumerate(text.split("\n"), 1):
        cells = _cells(line)
        if cells is None and line.strip() and not (rows and _RULE.fullmatch(line)):
            blocks += _table(rows, blocks, marked=markdown)
            blocks += [""] * waiting
            rows, waiting = [], 0
            blocks.append(tidy(_unescaped(_BOLD.sub("", line), markdown=markdown)))
        elif cells is None:
            waiting = 1
        elif not _RULE.fullmatch(line):
            if not rows:
                blocks += [""] * waiting
                waiting = 0
            plain = (tuple(_unescaped(one, markdown=markdown) for one in cell.paragraphs) for cell in cells)
            rows.append(Row(number, tuple(map(Cell, plain))))
    blocks += _table(rows, blocks, marked=markdown)
    return Document(name, tuple(blocks))


def _unescaped(text: str, *, markdown: bool) -> str:
    """The text without the backslashes that Markdown has before its signs."""
    return _ESCAPED.sub(r"\1", text) if markdown else text


def _quoted(text: str) -> bool:
    """Whether cells are quoted as spreadsheets do, with line breaks within the quotes."""
    return any(
        cell.startswith('"') and cell.count('"') % 2 and not cell.endswith('"')
        for line in text.split("\n")
        if "\t" in line
        for cell in line.split("\t")[-1:]
    )


def _cells(line: str) -> tuple[Cell, ...] | None:
    if "\t" in line:
        return tuple(Cell(paragraphs(cell)) for cell in line.split("\t"))
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
        inner = re.split(r"(?<!\\)\|", bare[1:-1])
        return tuple(Cell(paragraphs(cell.replace("\\|", "|"))) for cell in inner)
    return None


def _table(rows: list[Row], before: Iterable[str | Table], *, marked: bool) -> list[Table]:
    """The rows as a table; only those of Markdown are `marked`, where no page and no layout has torn them."""
    if not rows:
        return []
    number = sum(isinstance(block, Table) for block in before) + 1
    return [Table(f"таблица {number}", tuple(rows), marked)]
