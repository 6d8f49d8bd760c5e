"""Web pages: as Word, LibreOffice and site editors save them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from roadmap_cli.importing.decoding import text_of
from roadmap_cli.importing.values import MAX_COLUMNS, Document, Span, Table, grid
from roadmap_cli.text import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

_SILENT: Final = frozenset(("script", "style", "head", "title", "template", "noscript", "del"))
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "center"),
        *("hr", "section", "article", "header", "footer", "caption", "dt", "dd"),
    )
)
_MAX_ROWS_SPANNED: Final = 5_000
_DEPTH: Final = 20


def read(data: bytes, name: str) -> Document:
    """The paragraphs and tables of a page; a table within a cell becomes paragraphs of that cell."""
    parser = _Page()
    parser.feed(text_of(data, declared=True))
    parser.close()
    return Document(name, tuple(parser.finish()), tuple(parser.remarks))


class _Flow:
    """Paragraphs as they come: of the page, or of a cell."""

    def __init__(self, columns: int = 1, rows: int = 1) -> None:
        self.columns = columns
        self.rows = rows
        self.done: list[str] = []
        self.words: list[str] = []

    def end(self) -> None:
        text = tidy("".join(self.words))
        if text:
            self.done.append(text)
        self.words = []


class _Rows:
    """A table that is being read."""

    def __init__(self) -> None:
        self.rows: list[list[Span]] = []


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str | Table] = []
        self.remarks: list[str] = []
        self.silent = 0
        self.page = _Flow()
        self.cells: list[_Flow] = []
        self.tables: list[_Rows] = []
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens: a table, a row, a cell, a paragraph, or what is not shown."""
        if tag == "body":
            self.silent = 0
        elif tag in _SILENT:
            if tag == "del" and not self.remarks:
                self.remarks.append("зачёркнутое при правке (del) не перенесено")
            self.silent += 1
        elif tag == "table" and len(self.tables) < _DEPTH:
            self._flow().end()
            if not self.tables:
                self._flush()
            self.tables.append(_Rows())
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
            if not self.tables[-1].rows:
                self.tables[-1].rows.append([])
            said = dict(attrs)
            columns = _number(said.get("colspan"), MAX_COLUMNS)
            self.cells.append(_Flow(columns, _number(said.get("rowspan"), _MAX_ROWS_SPANNED)))
        elif tag in _BLOCKS:
            self._flow().end()
            if tag in ("ul", "ol"):
                self.lists.append(_number(dict(attrs).get("start"), 9999) if tag == "ol" else None)
            elif tag == "li":
                self._flow().words.append(self._label())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """«<br/>»: nothing stays open, whatever else is written so."""
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in ("td", "th", "tr") and self.tables:
            self._end_cell()
        elif tag == "table" and self.tables:
            self._end_cell()
            self._end_table()
        elif tag in _BLOCKS:
            self._flow().end()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        """Words, unless they are a script or a style."""
        if not self.silent:
            self._flow().words.append(data)

    def finish(self) -> Sequence[str | Table]:
        """What was read, with everything closed that the page left open."""
        while self.tables:
            self._end_cell()
            self._end_table()
        self._flush()
        return self.blocks

    def _flow(self) -> _Flow:
        return self.cells[-1] if self.cells and len(self.cells) >= len(self.tables) else self.page

    def _label(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "- " if self.lists else ""
        number = self.lists[-1]
        self.lists[-1] = number + 1
        return f"{number}. "

    def _flush(self) -> None:
        self.page.end()
        self.blocks += self.page.done
        self.page = _Flow()

    def _end_cell(self) -> None:
        if self.tables and len(self.cells) >= len(self.tables):
            cell = self.cells.pop()
            cell.end()
            self.tables[-1].rows[-1].append(Span(tuple(cell.done), cell.columns, cell.rows))

    def _end_table(self) -> None:
        table = self.tables.pop()
        rows = grid([row for row in table.rows if row])
        if self.tables:
            flow = self._flow()
            flow.done += (" ".join(filter(None, (cell.text() for cell in row.cells))) for row in rows)
        elif rows:
            number = sum(isinstance(block, Table) for block in self.blocks) + 1
            self.blocks.append(Table(f"таблица {number}", rows))


def _number(said: str | None, most: int) -> int:
    digits = (said or "").strip()
    return min(int(digits), most) or 1 if digits.isascii() and digits.isdigit() and len(digits) < 8 else 1
