"""Documents of Word: paragraphs, tables and what hangs on them, from the XML that python-docx opens."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.extras import library
from roadmap_cli.importing.archive import BROKEN, opened
from roadmap_cli.importing.numbering import Numbering
from roadmap_cli.importing.values import MAX_CELLS, MAX_COLUMNS, Cell, Document, Row, Table, too_large
from roadmap_cli.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NO_TEXT: Final = frozenset(
    _W + tag
    for tag in (
        *("del", "moveFrom", "instrText", "delText", "delInstrText"),
        *("rPr", "pPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr"),
    )
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES: Final = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_MARKS: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}ptab": "\t",
}


def read(data: bytes, name: str) -> Document:
    """The paragraphs and tables of a document; text that was deleted stays out, and so do comments: both are told."""
    archive = opened(data)
    names = set(archive.namelist())
    docx = library("docx")
    try:
        document = docx.Document(BytesIO(data))
        body = document.element.body
    except Exception as error:  # whatever a broken package does to the library is the file's fault
        raise RoadmapError(BROKEN) from error
    reader = _Reader(document.part)
    blocks: list[str | Table] = []
    for item in reader.items(body):
        if isinstance(item, str):
            blocks.append(item)
        else:
            number = sum(isinstance(block, Table) for block in blocks) + 1
            blocks.append(Table(f"таблица {number}", tuple(reader.rows(item))))
    return Document(name, tuple(blocks), tuple(_remarks(body, names)))


def _remarks(body: Any, names: set[str]) -> Iterator[str]:
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "в файле есть макросы: они не выполнялись и не перенесены"
    if next(body.iter(f"{_W}del", f"{_W}moveFrom"), None) is not None:
        yield "удалённое при правке не перенесено: в документе есть непринятые исправления"
    if next(body.iter(f"{_W}commentReference"), None) is not None:
        yield "примечания на полях не перенесены"


class _Reader:
    def __init__(self, part: Any) -> None:
        related = {rel.reltype.rsplit("/", 1)[-1]: rel for rel in part.rels.values() if not rel.is_external}
        self.parts = {kind: related[kind].target_part for kind in ("footnotes", "endnotes") if kind in related}
        self.numbering = Numbering(*(_tree(related, kind) for kind in ("numbering", "styles")))
        self.cells = 0

    def items(self, parent: Any) -> Iterator[str | Any]:
        """The paragraphs of an element in their order, and its tables as they are."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _NO_TEXT or child.tag == _FALLBACK:
                continue
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield child
            else:
                yield from self.items(child)

    def rows(self, table: Any) -> Iterator[Row]:
        """The rows of a table on its grid; a merged cell has its words in its first place."""
        for number, row in enumerate(_within(table, f"{_W}tr"), 1):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [Cell()] * _value(row, f"{_W}trPr/{_W}gridBefore", 0)
            for cell in _within(row, f"{_W}tc"):
                width = min(max(_value(cell, f"{_W}tcPr/{_W}gridSpan", 1), 1), MAX_COLUMNS)
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                across = cell.find(f"{_W}tcPr/{_W}hMerge")
                above = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
                left = across is not None and across.get(f"{_W}val", "continue") == "continue"
                words = self.paragraphs(cell)
                merged = "" if any(words) else "above" if above else "left" if left else ""
                cells += [Cell(words, merged), *[Cell(merged=merged or "left")] * (width - 1)]
            self.cells += len(cells)
            if self.cells > MAX_CELLS or len(cells) > 2 * MAX_COLUMNS:
                raise too_large()
            yield Row(number, tuple(cells))

    def paragraphs(self, cell: Any) -> tuple[str, ...]:
        """The paragraphs of a cell; every row of a table within it is a paragraph too."""
        found: list[str] = []
        for item in self.items(cell):
            if isinstance(item, str):
                found.append(item)
            else:
                found += (" ".join(filter(None, (one.text() for one in row.cells))) for row in self.rows(item))
        return tuple(found)

    def _paragraph(self, paragraph: Any) -> Iterator[str | Any]:
        aside: list[Any] = []
        said = self._words(paragraph, aside)
        label = self.numbering.label(paragraph)
        if label == "-" and not said.strip():
            label = ""
        for number, line in enumerate(said.split("\n")):
            yield tidy(f"{label} {line}" if label and not number else line)
        for one in aside:
            yield from self.items(one)

    def _words(self, element: Any, aside: list[Any]) -> str:
        """The words of a paragraph; text boxes and notes are put `aside`."""
        said: list[str] = []
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _NO_TEXT or tag == _FALLBACK:
                continue
            if tag in (f"{_W}t", f"{_M}t"):
                said.append(child.text or "")
            elif tag in _MARKS:
                said.append(_MARKS[tag])
            elif tag == f"{_W}sym":
                said.append(_symbol(child.get(f"{_W}char", "")))
            elif tag in _NOTES:
                aside += self._note(_NOTES[tag], child.get(f"{_W}id"))
            elif tag == f"{_W}txbxContent":
                aside.append(child)
            else:
                said.append(self._words(child, aside))
        return "".join(said)

    def _note(self, kind: str, ident: str | None) -> list[Any]:
        part = self.parts.get(kind)
        root = _parsed(part) if part is not None else None
        notes = root.iter(f"{_W}{kind[:-1]}") if root is not None else ()
        return [note for note in notes if note.get(f"{_W}id") == ident]


def _within(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, content controls and corrections looked into."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NO_TEXT and child.tag != f"{_W}tbl":
            yield from _within(child, wanted)


def _tree(related: dict[str, Any], kind: str) -> Any:
    return _parsed(related[kind].target_part) if kind in related else None


def _parsed(part: Any) -> Any:
    from docx.oxml import parse_xml

    try:
        return part.element if hasattr(part, "element") else parse_xml(part.blob)
    except Exception as error:
        raise RoadmapError(BROKEN) from error


def _value(element: Any, path: str, default: int) -> int:
    found = element.find(path)
    said = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(said), MAX_COLUMNS) if said.isascii() and said.isdigit() and len(said) < 6 else default


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xE000 <= number < 0xF900 else chr(number) if number < 0x110000 else ""
