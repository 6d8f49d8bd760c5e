"""A plan out of an office document: what the file is, its reader, and what is made of its tables.

Nothing of a document is dropped: its words are in the plan, or in a list of what was not placed.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Final

from roadmap_cli.encoding import refusal
from roadmap_cli.errors import RoadmapError
from roadmap_cli.files import contents
from roadmap_cli.importing.archive import opened
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap_cli.importing.values import Document

MAX_FILE: Final = 40_000_000
READERS: Final[Mapping[str, str]] = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".odt": "odt",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv_",
    ".tsv": "csv_",
    ".txt": "text",
    ".md": "text",
}
"""The reader of each ending; what a file begins with decides where the two differ."""

_KNOWN: Final = "поддерживаются .docx, .xlsx, .odt, .pdf, .html, .csv, .tsv и .txt"
_OLD: Final = "старый формат (.doc, .xls) или файл с паролем: откройте его и сохраните как .docx или .xlsx без пароля"
_REFUSED: Final = (
    (b"\xd0\xcf\x11\xe0", _OLD),
    (b"{\\rtf", "это RTF: откройте его в Word или LibreOffice и сохраните как .docx"),
    (b"\x1f\x8b", "это сжатый файл (gzip): сначала распакуйте его"),
    (b"Rar!", "это архив RAR: сначала распакуйте его"),
    (b"7z\xbc\xaf", "это архив 7z: сначала распакуйте его"),
    (b"\x89PNG", "это картинка: нужен документ с текстом"),
    (b"\xff\xd8\xff", "это картинка: нужен документ с текстом"),
    (b"MIME-Version:", "это веб-страница в одном файле (.mht): сохраните её как .docx или .html"),
)
_PARTS: Final = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "двоичная книга Excel (.xlsb): сохраните её как .xlsx"),
    ("ppt/presentation.xml", "это презентация, а не документ с таблицей плана"),
)
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "таблица LibreOffice (.ods): сохраните её как .xlsx",
}


def read_document(path: str) -> Document:
    """The paragraphs and tables of an office document; raises RoadmapError with a sentence for anything else."""
    try:
        data = contents(path, MAX_FILE)
    except (OSError, ValueError) as error:
        raise RoadmapError(f"«{visible(path)}»: {refusal(error)}") from error
    name = os.path.basename(path)
    try:
        if len(data) > MAX_FILE:
            raise RoadmapError(f"файл больше {MAX_FILE // 1_000_000} МБ: скопируйте из него только план в новый файл")
        document: Document = import_module(f"roadmap_cli.importing.{reader_of(name, data)}").read(data, name)
    except RoadmapError as error:
        raise RoadmapError(f"«{visible(path)}»: {error}") from error
    return document


def reader_of(name: str, data: bytes) -> str:
    """The module that reads such a file; raises RoadmapError for what no module reads."""
    if not data.strip():
        raise RoadmapError("файл пуст")
    for beginning, why in _REFUSED:
        if data.startswith(beginning):
            raise RoadmapError(why)
    ending = os.path.splitext(name)[1].lower()
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK"):
        return _office(data)
    if ending in (".yaml", ".yml"):
        raise RoadmapError("это уже план (YAML): его проверяет roadmap check")
    if _looks_like_page(data):
        return "html"
    reader = READERS.get(ending, "")
    if reader in ("docx", "xlsx", "odt", "pdf"):
        raise RoadmapError(f"это не {ending}, хотя так назван, или файл повреждён: возьмите целый")
    if not reader:
        raise RoadmapError(f"такой файл не читается: {_KNOWN}")
    return reader


def _office(data: bytes) -> str:
    archive = opened(data)
    names = frozenset(archive.namelist())
    kind = next((kind for part, kind in _PARTS if part in names), "")
    if "mimetype" in names:
        kind = kind or _OPEN_DOCUMENT.get(archive.read("mimetype")[:100].strip(), "")
    if kind in ("docx", "xlsx", "odt"):
        return kind
    raise RoadmapError(kind or f"это архив zip, а не документ; {_KNOWN}")


def _looks_like_page(data: bytes) -> bool:
    start = data[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<body", b"<meta"))
