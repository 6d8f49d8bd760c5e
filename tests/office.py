"""Office documents for the tests of import, made by their libraries, or by hand where it matters."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HEAD = ["№ п/п", "Мероприятие", "Характеристика результата", "Сроки", "Ответственные"]
Rows = "Sequence[Sequence[str]]"


def docx_file(path: Path, *blocks: Any, change: Callable[[Any], None] | None = None) -> Path:
    """A Word document of paragraphs (texts) and tables (lists of rows); line breaks in a cell are paragraphs."""
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=0, cols=max(map(len, block)))
        for row in block:
            cells = table.add_row().cells
            for place, text in enumerate(row):
                first, *more = text.split("\n")
                cells[place].text = first
                for line in more:
                    cells[place].add_paragraph(line)
    if change:
        change(document)
    document.save(str(path))
    return path


def xlsx_file(path: Path, rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> Path:
    """A workbook with one sheet of these rows."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book)
    book.save(path)
    return path


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def odt_file(path: Path, body: str) -> Path:
    """A text document of LibreOffice with this XML in its body; the usual prefixes are known."""
    names = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "table", "style"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    path.write_bytes(
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}),
    )
    return path


def odt_table(rows: Sequence[Sequence[str]]) -> str:
    """A table for `odt_file`; line breaks in a cell are paragraphs."""
    lines = []
    for row in rows:
        inner = ("".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) for text in row)
        cells = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in inner)
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    return f"<table:table>{''.join(lines)}</table:table>"


def html_table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a page; line breaks in a cell are paragraphs."""
    lines = (
        "".join(f"<td>{''.join(f'<p>{line}</p>' for line in text.split(chr(10)))}</td>" for text in row) for row in rows
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one of its parts changed, or added."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    old = parts.get(name, b"")
    parts[name] = change(old if isinstance(old, bytes) else old.encode())
    return zipped(parts)
