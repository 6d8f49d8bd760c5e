"""Documents that are no plans, broken ones and traps: one plain sentence each, at once, and nothing is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from office import HEAD, docx_file, odt_file, odt_table, with_part, xlsx_file, zipped
from roadmap_cli.errors import RoadmapError
from roadmap_cli.importing import MAX_FILE, read_document
from roadmap_cli.importing.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROW = ["1.", "Издать приказ", "Приказ", "до 15.10.2022", "Савина И.А."]
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def word(path: Path) -> bytes:
    return docx_file(path / "good.docx", [HEAD, ROW]).read_bytes()


def book(path: Path) -> bytes:
    return xlsx_file(path / "good.xlsx", [HEAD, ROW]).read_bytes()


def locked(data: bytes) -> bytes:
    """A zip whose parts say that they are encrypted."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


CASES: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "empty": ("a.docx", lambda _: b"", "файл пуст"),
    "blank": ("a.txt", lambda _: b" \n\t\n", "файл пуст"),
    "old word": ("a.docx", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "старый формат (.doc, .xls)"),
    "rtf": ("a.doc", lambda _: b"{\\rtf1}", "это RTF"),
    "picture": ("scan.pdf", lambda _: b"\xff\xd8\xff\xe0" + bytes(99), "это картинка"),
    "archive of letters": ("a.docx", lambda _: zipped({"a.txt": "раз"}), "это архив zip, а не документ"),
    "slides": ("a.pptx", lambda _: zipped({"ppt/presentation.xml": "<a/>"}), "это презентация"),
    "binary workbook": ("a.xlsb", lambda _: zipped({"xl/workbook.bin": "a"}), "двоичная книга Excel"),
    "sheet of LibreOffice": (
        "a.ods",
        lambda _: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "таблица LibreOffice (.ods)",
    ),
    "truncated": ("a.docx", lambda path: word(path)[:9000], "файл повреждён или скачан не до конца"),
    "torn part": (
        "a.docx",
        lambda path: with_part(word(path), "word/document.xml", lambda xml: xml[:700]),
        "файл повреждён или скачан не до конца",
    ),
    "torn book": (
        "a.xlsx",
        lambda path: with_part(book(path), "xl/worksheets/sheet1.xml", lambda xml: xml[:300]),
        "файл повреждён или скачан не до конца",
    ),
    "merged to the end of the sheet": (
        "a.xlsx",
        lambda path: with_part(
            book(path),
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(
                b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
        ),
        "таблица слишком велика",
    ),
    "locked": ("a.docx", lambda path: locked(word(path)), "файл закрыт паролем"),
    "entities": (
        "a.docx",
        lambda path: with_part(word(path), "word/styles.xml", lambda _: BOMB),
        "объявления XML, каких не бывает",
    ),
    "zip bomb": (
        "a.docx",
        lambda path: with_part(word(path), "word/media/image1.png", lambda _: bytes(30_000_000)),
        "внутри файла столько данных",
    ),
    "many parts": (
        "a.xlsx",
        lambda path: zipped({"xl/workbook.xml": "", **{f"{i}": "" for i in range(5001)}}),
        "внутри файла столько данных",
    ),
    "large xml": (
        "a.docx",
        lambda path: with_part(word(path), "word/document.xml", lambda _: bytes(range(32, 127)) * 180_000),
        "столько данных",
    ),
    "repeated rows": (
        "a.odt",
        lambda path: odt_file(
            path / "a.odt",
            "<table:table>"
            + '<table:table-row table:number-rows-repeated="9999999"><table:table-cell/></table:table-row>' * 30
            + "</table:table>",
        ).read_bytes(),
        "таблица слишком велика",
    ),
    "wide cells": (
        "a.html",
        lambda _: b"<table>" + (b"<tr>" + b"<td colspan=999>a" * 4) * 2 + b"</table>",
        "таблица слишком велика",
    ),
    "no plan": ("a.docx", lambda path: docx_file(path / "b.docx", [["раз", "два"]]).read_bytes(), "нет граф плана"),
    "no table": ("a.docx", lambda path: docx_file(path / "b.docx", "Приказ").read_bytes(), "таблицы в файле нет"),
    "no rows": ("a.docx", lambda path: docx_file(path / "b.docx", [HEAD]).read_bytes(), "ни одного мероприятия"),
    "no words": ("a.odt", lambda path: odt_file(path / "b.odt", "").read_bytes(), "таблицы в файле нет"),
    "yaml": ("a.yaml", lambda _: b"title: x", "это уже план (YAML)"),
    "unknown": ("a.jpg2", lambda _: b"abc", "такой файл не читается"),
    "text named docx": ("a.docx", lambda _: b"abc", "это не .docx, хотя так назван"),
    "bytes named text": ("a.txt", lambda _: bytes(range(128, 256)) * 9, "это не текст"),
    "zeros": ("a.csv", lambda _: b"a\0b\0\0\0c" * 99, "это не текст"),
    "broken pdf": ("a.pdf", lambda _: b"%PDF-1.7\nnothing", "файл повреждён"),
    "open quote": (
        "a.csv",
        lambda _: '№;Мероприятие;Сроки\n1;Совет;05.10.2024\n2;"Опрос;06.10.2024\n3;Слёт;07.10.2024\n'.encode(),
        "строка 3: ячейка не закрыта кавычкой",
    ),
    "endless cell": ("a.csv", lambda _: ('№;"' + "а" * 200_000).encode(), "ячейка не закрыта кавычкой"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    file, make, said = CASES[name]
    data = make(tmp_path)
    path = tmp_path / file
    path.write_bytes(data)
    with pytest.raises(RoadmapError) as refused:
        plan_of(read_document(str(path)))
    message = str(refused.value)
    assert said in message
    assert file in message
    assert "\n" not in message


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RoadmapError, match="файл не найден"):
        read_document(str(tmp_path / "нет.docx"))
    with pytest.raises(RoadmapError, match="это папка"):
        read_document(str(tmp_path))


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(RoadmapError, match="больше 40 МБ"):
        read_document(str(path))


@pytest.mark.parametrize(
    ("ending", "library", "package"),
    [(".docx", "docx", "python-docx"), (".xlsx", "openpyxl", "openpyxl"), (".pdf", "pdfplumber", "pdfplumber")],
)
def test_a_missing_library_says_how_to_install_it(
    ending: str, library: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"%PDF-1.7" if ending == ".pdf" else word(tmp_path) if ending == ".docx" else book(tmp_path)
    path = tmp_path / f"a{ending}"
    path.write_bytes(data)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(RoadmapError, match=f"pip install {package}$"):
        read_document(str(path))


def test_macros_are_told_and_not_run(tmp_path: Path) -> None:
    for name, data in (("a.docm", word(tmp_path)), ("a.xlsm", book(tmp_path))):
        path = tmp_path / name
        part = f"{'word' if name.endswith('docm') else 'xl'}/vbaProject.bin"
        path.write_bytes(with_part(data, part, lambda _: b"macro"))
        assert any("макросы" in said for said in read_document(str(path)).remarks)


def test_odd_endings_are_read_by_what_is_inside(tmp_path: Path) -> None:
    (tmp_path / "plan.doc").write_bytes(word(tmp_path))
    (tmp_path / "plan.xls").write_bytes(
        f"<html><table><tr><td>{'<td>'.join(HEAD)}<tr><td>{'<td>'.join(ROW)}</table>".encode()
    )
    (tmp_path / "plan.docx").write_bytes(odt_file(tmp_path / "b.odt", odt_table([HEAD, ROW])).read_bytes())
    for name in ("plan.doc", "plan.xls", "plan.docx"):
        assert [a.title for a in plan_of(read_document(str(tmp_path / name))).draft.activities] == [ROW[1]]
