"""Documents of LibreOffice: a zip with one XML of paragraphs and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from roadmap_cli.importing.archive import opened, tree
from roadmap_cli.importing.values import MAX_COLUMNS, Document, Span, Table, grid, too_large
from roadmap_cli.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_NAMES: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE = (_NAMES % name for name in ("text", "table", "office", "style"))
_SKIPPED: Final = frozenset(
    (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls", f"{_OFFICE}forms")
)
_PARAGRAPHS: Final = frozenset((f"{_TEXT}p", f"{_TEXT}h"))
_GROUPS: Final = frozenset(f"{_TABLE}table-{part}" for part in ("header-rows", "rows", "row-group"))
_MAX_REPEATED: Final = 1_000


def read(data: bytes, name: str) -> Document:
    """The paragraphs and tables of a text document; deleted text and comments stay out, and are told of."""
    archive = opened(data)
    root = tree(archive, "content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    reader = _Reader(root)
    blocks: list[str | Table] = []
    for item in reader.items(body) if body is not None else ():
        if isinstance(item, str):
            blocks.append(item)
        else:
            number = sum(isinstance(block, Table) for block in blocks) + 1
            blocks.append(Table(f"таблица {number}", grid(reader.rows(item))))
    remarks = []
    if root.find(f".//{_TEXT}changed-region/{_TEXT}deletion") is not None:
        remarks.append("удалённое при правке не перенесено: в документе есть непринятые исправления")
    if root.find(f".//{_OFFICE}annotation") is not None:
        remarks.append("примечания на полях не перенесены")
    return Document(name, tuple(blocks), tuple(remarks))


class _Reader:
    def __init__(self, root: Element) -> None:
        self.numbered = {
            str(style.get(f"{_STYLE}name")): style
            for style in root.iter(f"{_TEXT}list-style")
            if style.find(f"{_TEXT}list-level-style-number") is not None
        }
        self.counters: dict[str, int] = {}

    def items(self, parent: Element, label: str = "") -> list[str | Element]:
        """The paragraphs of an element, one after another, and its tables as they are."""
        found: list[str | Element] = []
        for child in parent:
            if child.tag in _SKIPPED:
                continue
            if child.tag in _PARAGRAPHS:
                aside: list[Element] = []
                lines = _words(child, aside).split("\n")
                found += [tidy(f"{label if not i else ''}{line}") for i, line in enumerate(lines)]
                label = ""
                for one in aside:
                    found += self.items(one)
            elif child.tag == f"{_TABLE}table":
                found.append(child)
            elif child.tag == f"{_TEXT}list":
                found += self._list(child)
            else:
                found += self.items(child)
        return found

    def rows(self, table: Element) -> list[list[Span]]:
        """The rows of a table with their cells."""
        found: list[list[Span]] = []
        for row in _own_rows(table):
            cells: list[Span] = []
            for cell in row:
                if cell.tag == f"{_TABLE}table-cell":
                    span = Span(
                        self.paragraphs(cell),
                        _number(cell, f"{_TABLE}number-columns-spanned"),
                        _number(cell, f"{_TABLE}number-rows-spanned"),
                    )
                    cells += [span] * min(_number(cell, f"{_TABLE}number-columns-repeated"), MAX_COLUMNS)
            found += [cells] * min(_number(row, f"{_TABLE}number-rows-repeated"), _MAX_REPEATED)
            if len(found) > 20 * _MAX_REPEATED:
                raise too_large()
        return found

    def paragraphs(self, cell: Element) -> tuple[str, ...]:
        """The paragraphs of a cell; the rows of a table within it are paragraphs too."""
        found: list[str] = []
        for item in self.items(cell):
            if isinstance(item, str):
                found.append(item)
            else:
                inner = ([" ".join(span.paragraphs) for span in row] for row in self.rows(item))
                found += (" ".join(filter(None, row)) for row in inner)
        return tuple(found)

    def _list(self, element: Element, name: str = "") -> list[str | Element]:
        name = element.get(f"{_TEXT}style-name") or name
        found: list[str | Element] = []
        if element.get(f"{_TEXT}continue-numbering") != "true" and element.get(f"{_TEXT}continue-list") is None:
            self.counters[name] = 0
        for item in element:
            if item.tag == f"{_TEXT}list-header":
                found += self.items(item)
            elif item.tag == f"{_TEXT}list-item":
                inner = item.find(f"{_TEXT}list")
                only_list = inner is not None and not any(child.tag in _PARAGRAPHS for child in item)
                self.counters[name] = self.counters.get(name, 0) + (not only_list)
                label = f"{self.counters[name]}. " if name in self.numbered else "- "
                found += self.items(item, "" if only_list else label)
        return found


def _words(element: Element, aside: list[Element]) -> str:
    """The words of a paragraph; notes and text boxes are put `aside`."""
    said = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag == f"{_TEXT}s":
            said.append(" ")
        elif tag == f"{_TEXT}tab":
            said.append("\t")
        elif tag == f"{_TEXT}line-break":
            said.append("\n")
        elif tag == f"{_TEXT}note":
            body = child.find(f"{_TEXT}note-body")
            aside += [body] if body is not None else []
        elif tag.endswith("}text-box") or tag == f"{_TABLE}table":
            aside.append(child)
        elif tag not in _SKIPPED:
            said.append(_words(child, aside))
        said.append(child.tail or "")
    return "".join(said)


def _own_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its header and groups among them, without those of tables in its cells."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _own_rows(child)


def _number(element: Element, name: str) -> int:
    said = element.get(name, "1")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 8 else 1
