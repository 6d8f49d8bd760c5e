"""Markdown: headings, paragraphs and tables; nothing of a plan's text acts as markup."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from roadmap_cli.exporting.paper import Line, banded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmap_cli.exporting.paper import Page, Paper, Table

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]")
_BEGINNING = re.compile(r"^[#+=-]|(?<=^[0-9])[.)](?= )|(?<=^[0-9]{2})[.)](?= )", re.MULTILINE)
_LINES = {"title": "# {}", "heading": "## {}", "signature": "{}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"}


def write(paper: Paper) -> bytes:
    """The pages one after another."""
    return "\n".join(_page(page) for page in paper.pages).encode()


def _page(page: Page) -> str:
    """The blocks with blank lines between them; the lines of a stamp stand one under another."""
    stamp = [block for block in page.blocks if isinstance(block, Line) and block.style == "approval"]
    rest = [block for block in page.blocks if block not in stamp]
    said = [_line(block) if isinstance(block, Line) else "\n".join(_table(block)) for block in rest]
    return "\n\n".join(filter(None, ("  \n".join(map(_line, stamp)), *said))) + "\n"


def _line(line: Line) -> str:
    plain = _BEGINNING.sub(r"\\\g<0>", _plain(line.text))
    return _LINES.get(line.style, "{}").format(plain.replace("\n", "  \n"))


def _table(table: Table) -> Iterator[str]:
    """The heading row and the rows, a band as a row with one filled cell; of joined cells the first ones stay empty."""
    kept, rows = banded(table)
    if not rows:
        yield _plain(table.empty)
        return
    yield _row([column.heading for column in kept])
    yield f"|{'---|' * len(kept)}"
    for band, cells in rows:
        below = len(list(takewhile(lambda cell: cell.joined, cells)))
        said = [""] * below + [str(cell) for cell in cells[below:]]
        yield _row([band, *[""] * (len(kept) - 1)] if band else said)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_plain(cell).replace(chr(10), '<br>') for cell in cells)} |"


def _plain(text: str) -> str:
    """The text with a backslash before what Markdown would read as markup."""
    return _MARKUP.sub(r"\\\g<0>", text)
