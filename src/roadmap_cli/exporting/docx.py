"""Word: pages of A4 with headings and bordered tables, as such documents look."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from roadmap_cli.exporting.package import APPLICATION, packed
from roadmap_cli.exporting.paper import Line, Table, banded
from roadmap_cli.extras import library
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmap_cli.exporting.paper import Cell, Column, Page, Paper, Style

# Lengths in twentieths of a point, font sizes in halves of a point.
_SHORT, _LONG = 11906, 16838  # A4
_TOP = _BOTTOM = _LEFT = 1134  # 20 mm
_RIGHT = 567  # 10 mm
_STAMP = 5100  # the width of «УТВЕРЖДАЮ»
_NAME_AT, _LINE_AT = 4800, 7600  # where the line for a signature begins and ends
_FONT = "Times New Roman"
_TEXT, _CELL = 24, 20


class _Look(NamedTuple):
    """How a paragraph looks; a `keep` one stays on the page of the next."""

    align: str = "left"
    bold: bool = False
    size: int = _TEXT
    before: int = 0
    after: int = 0
    keep: bool = False
    indent: int = 0


_LOOKS: dict[Style, _Look] = {
    "title": _Look("center", bold=True, size=28, before=120, keep=True),
    "heading": _Look(bold=True, before=160, after=60, keep=True),
    "center": _Look("center", keep=True),
    "text": _Look("both", before=60, after=60),
    "approval": _Look(keep=True),
    "signature": _Look(before=280, keep=True),
}
_HEADING = _Look("center", bold=True, size=_CELL)
_BAND = _Look("center", bold=True, size=_CELL, keep=True)


def write(paper: Paper) -> bytes:
    """The document, each page in a section of its own that counts its pages anew."""
    document = library("docx").Document()
    _dress(document)
    body = document.element.body
    body.clear()
    width = (_LONG if paper.landscape else _SHORT) - _LEFT - _RIGHT
    for page in paper.pages:
        if len(body):  # a section ends with its last paragraph
            body[-1].pPr.append(_section(paper.landscape))
        body.extend(_blocks(page, width))
    body.append(_section(paper.landscape))
    _number_pages(document)
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue(), paper.title, {"docProps/app.xml": APPLICATION})


def _element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """An element of the namespace «w»."""
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(_name(name), str(value))
    if children:
        made.extend(children)
    return made


@cache
def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))


def _dress(document: Any) -> None:
    """Russian, one font, no spacing between paragraphs; the template's picture goes."""
    defaults = document.styles.element.find(_name("docDefaults"))
    fonts = _element("rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_FONT)
    language = _element("lang", val="ru-RU", eastAsia="ru-RU", bidi="ar-SA")
    look = _element("rPr", fonts, _element("sz", val=_TEXT), _element("szCs", val=_TEXT), language)
    spacing = _element("pPr", _element("spacing", before=0, after=0, line=240, lineRule="auto"))
    defaults.clear()
    defaults.extend((_element("rPrDefault", look), _element("pPrDefault", spacing)))
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _section(landscape: bool) -> Any:
    size = {"w": _LONG, "h": _SHORT, "orient": "landscape"} if landscape else {"w": _SHORT, "h": _LONG}
    margins = {"top": _TOP, "right": _RIGHT, "bottom": _BOTTOM, "left": _LEFT, "header": 567, "footer": 567}
    return _element(
        "sectPr",
        _element("type", val="nextPage"),
        _element("pgSz", **size),
        _element("pgMar", **margins, gutter=0),
        _element("pgNumType", start=1),
        _element("titlePg"),
    )


def _number_pages(document: Any) -> None:
    """The number stands in the middle above every page but the first of a section."""
    if not len(document.sections):
        return
    header = document.sections[0].header
    header.is_linked_to_previous = False
    paragraph = header._element
    paragraph.clear()
    field = _element("fldSimple", _run("2", _TEXT), instr="PAGE")
    paragraph.append(_element("p", _look(_Look("center")), field))


def _blocks(page: Page, width: int) -> Iterator[Any]:
    """The lines and tables, with room before a table, and a paragraph between two tables and behind the last one."""
    for block, following in zip(page.blocks, (*page.blocks[1:], None), strict=True):
        if isinstance(block, Line):
            yield _line(block, width, before_table=isinstance(following, Table))
            continue
        yield from _table(block, width)
        if isinstance(following, Table):
            yield _paragraph("", _LOOKS["text"])
        elif following is None:  # Word wants a paragraph behind a table: one that takes no room
            yield _element("p", _element("pPr", _element("spacing", line=20, lineRule="exact")))


def _line(line: Line, width: int, *, before_table: bool) -> Any:
    look = _LOOKS[line.style]
    if before_table:
        look = look._replace(after=120, keep=True)
    if line.style == "approval":
        return _paragraph(line.text, look._replace(indent=width - _STAMP))
    if line.style == "signature":
        made = _paragraph(line.text, look)
        stops = (
            _element("tab", val="left", pos=_NAME_AT),
            _element("tab", val="left", leader="underscore", pos=_LINE_AT),
        )
        made.pPr.insert_element_before(_element("tabs", *stops), "w:spacing", "w:ind", "w:jc")
        made.append(_element("r", _element("tab"), _element("tab")))
        return made
    return _paragraph(line.text, look)


def _paragraph(text: str, look: _Look) -> Any:
    return _element("p", _look(look), *([_run(text, look.size, look.bold)] if text else ()))


def _look(look: _Look) -> Any:
    parts = [_element("keepNext")] if look.keep else []
    parts.append(_element("spacing", before=look.before, after=look.after))
    if look.indent:
        parts.append(_element("ind", left=look.indent))
    return _element("pPr", *parts, _element("jc", val=look.align))


def _run(text: str, size: int, bold: bool = False) -> Any:
    """A run of text; its line breaks are breaks, not paragraphs."""
    look = _element("rPr", *([_element("b")] if bold else ()), _element("sz", val=size), _element("szCs", val=size))
    made = _element("r", look)
    for i, part in enumerate(text.split("\n")):
        words = _element("t")
        words.text = part
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.extend((_element("br"), words) if i else (words,))
    return made


def _table(table: Table, width: int) -> Iterator[Any]:
    columns, rows = banded(table)
    if not rows:
        yield _paragraph(table.empty, _LOOKS["text"])
        return
    widths = _shares([column.width for column in columns], width)
    borders = (_element(side, val="single", sz=4, space=0, color="auto") for side in _SIDES)
    margins = (_element(side, w=70, type="dxa") for side in ("left", "right"))
    made = _element(
        "tbl",
        _element(
            "tblPr",
            _element("tblW", w=width, type="dxa"),
            _element("tblBorders", *borders),
            _element("tblLayout", type="fixed"),
            _element("tblCellMar", *margins),
        ),
        _element("tblGrid", *(_element("gridCol", w=one) for one in widths)),
        _heading(columns, widths),
    )
    for number, (band, cells) in enumerate(rows):
        below = rows[number + 1][1] if number + 1 < len(rows) else ()
        made.append(_band(band, len(columns), width) if band else _row(columns, cells, below, widths))
    yield made


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _shares(wanted: Sequence[int], width: int) -> list[int]:
    """The width in the proportion of the wanted ones, all of it."""
    whole = sum(wanted)
    ends = [width * sum(wanted[: i + 1]) // whole for i in range(len(wanted))]
    return [end - start for start, end in zip((0, *ends), ends, strict=False)]


def _heading(columns: Sequence[Column], widths: Sequence[int]) -> Any:
    cells = [
        _element("tc", _cell(one, align="center"), _paragraph(column.heading, _HEADING))
        for column, one in zip(columns, widths, strict=True)
    ]
    return _element("tr", _element("trPr", _element("cantSplit"), _element("tblHeader")), *cells)


def _band(text: str, columns: int, width: int) -> Any:
    cell = _element("tc", _cell(width, span=columns), _paragraph(text, _BAND))
    return _element("tr", _element("trPr", _element("cantSplit")), cell)


def _row(columns: Sequence[Column], cells: Sequence[Cell], below: Sequence[Cell], widths: Sequence[int]) -> Any:
    made = []
    for i, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        merge = "continue" if cell.joined else "restart" if below and below[i].joined else ""
        look = _Look("center" if column.center else "left", size=_CELL)
        text = "" if cell.joined else str(cell)
        made.append(_element("tc", _cell(widths[i], merge), _paragraph(text, look)))
    return _element("tr", _element("trPr", _element("cantSplit")), *made)


def _cell(width: int, merge: str = "", span: int = 1, align: str = "") -> Any:
    parts = [_element("tcW", w=width, type="dxa")]
    if span > 1:
        parts.append(_element("gridSpan", val=span))
    if merge:
        parts.append(_element("vMerge", **({"val": merge} if merge == "restart" else {})))
    if align:
        parts.append(_element("vAlign", val=align))
    return _element("tcPr", *parts)
