"""Documents of plans and gaps, read back by the libraries that others read them with."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from roadmap_cli.errors import RoadmapError
from roadmap_cli.exporting import ENDINGS, written
from roadmap_cli.exporting.gaps import gaps_paper
from roadmap_cli.exporting.package import made_here, packed
from roadmap_cli.exporting.paper import Cell, Column, Line, Page, Paper, Table, banded, safe, word
from roadmap_cli.exporting.plans import plans_paper
from roadmap_cli.project import load
from roadmap_cli.report.material import material_of
from roadmap_cli.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conftest import Ran
    from roadmap_cli.report.material import Material

ROOT = Path(__file__).parents[1]
REAL = (ROOT / "plans" / "municipal.yaml", ROOT / "plans" / "schools" / "school-6.yaml")
DISTRICT = ROOT / "tests" / "district" / "plans"
DAY = date(2022, 10, 20)
FIVE = ["№ п/п", "Мероприятие", "Характеристика результата", "Сроки", "Ответственные"]


def material(*paths: Path | str) -> Material:
    root = str(ROOT if str(paths[0]).startswith(str(ROOT)) else Path(paths[0]).parent)
    return material_of(load([str(path) for path in paths], lambda _: Settings(root)), DAY)


def made(text: str, folder: Path, ending: str, *, marked: bool = False) -> bytes:
    """The document of a plan with this text."""
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return written(plans_paper(material(path), ending, marked=marked), ending)


def word_of(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def book_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def records_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def rows_of(plan: Any) -> list[list[str]]:
    """What the five columns of a plan must say, one row a result, in the plan's own words."""
    return [
        [
            safe(activity.no),
            safe(activity.title),
            safe(result.text),
            safe(result.due.text if result.due else ""),
            safe(result.owners.text if result.owners else ""),
        ]
        for activity in plan.activities
        for result in activity.deliverables
    ]


# A plan in each format


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_word_table_says_what_the_plan_says(path: Path) -> None:
    found = material(path)
    document = word_of(written(plans_paper(found, ".docx", marked=False), ".docx"))
    (table,) = document.tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [FIVE, *rows_of(found.plans[0])]


def test_a_word_document_looks_as_such_documents_look() -> None:
    document = word_of(written(plans_paper(material(REAL[1]), ".docx", marked=False), ".docx"))
    (section,) = document.sections
    size = (section.orientation, round(section.page_width.mm), round(section.page_height.mm))
    assert size == (WD_ORIENT.LANDSCAPE, 297, 210)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "УТВЕРЖДАЮ"
    assert "МБОУ «СОШ№6»" in texts
    xml = document.tables[0]._tbl.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == len(document.tables[0].rows)
    assert 'w:lang w:val="ru-RU"' in document.styles.element.xml


def test_a_row_of_several_results_is_one_cell_in_word(tmp_path: Path) -> None:
    text = (
        "title: План\nactivities:\n"
        "  - no: 1\n    title: Опрос\n    due: до 14.10.2022\n    deliverables:\n"
        "      - {text: Анкеты, owners: Савина И.А.}\n      - {text: Отчёт, owners: Савина И.А.}\n"
    )
    table = word_of(made(text, tmp_path, ".docx")).tables[0]
    first, second = table.rows[1].cells, table.rows[2].cells
    same = [one._tc is other._tc for one, other in zip(first, second, strict=True)]
    assert same == [True, True, False, True, False], "owners that the plan names twice are written twice"


def test_an_order_is_the_stamp() -> None:
    document = word_of(written(plans_paper(material(REAL[0]), ".docx", marked=False), ".docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == ["УТВЕРЖДЕНО", "приказом от 05.10.2022 № 161-а", "________________ Мухамадиева Е.А."]
    assert "2022-2023 учебный год" in texts
    assert texts[-2:] == ["Педагогический кластер:", "1. МАОУ «СОШ №5» Находкинского городского округа"]


MARKED = """\
title: План
activities:
  - {no: 1, title: Приказ, due: до 14.10.2022, done: 12.10.2022, evidence: приказ № 87}
  - {no: 2, title: Выставка, due: до 15.10.2022, cancelled: нет средств}
  - no: 3
    title: Слёт
    due: до 20.10.2022
    moved: [{from: до 15.10.2022, to: до 20.10.2022, on: 14.10.2022, reason: карантин}]
  - no: 4
    title: Смотр
    deliverables:
      - {text: Приказ, due: до 21.10.2022}
      - {text: Отчёт, due: до 25.10.2022, moved: [{from: до 22.10.2022, to: до 25.10.2022}]}
"""


def test_marks_say_what_was_done_cancelled_and_moved(tmp_path: Path) -> None:
    table = word_of(made(MARKED, tmp_path, ".docx", marked=True)).tables[0]
    assert table.rows[0].cells[-1].text == "Отметка об исполнении"
    assert [row.cells[-1].text for row in table.rows[1:]] == [
        "12.10.2022; приказ № 87",
        "Отменено: нет средств",
        "Срок перенесён с «до 15.10.2022» на «до 20.10.2022», решение от 14.10.2022 (карантин)",
        "",
        "Срок перенесён с «до 22.10.2022» на «до 25.10.2022»",
    ]


def test_excel_says_which_deadlines_are_not_certain(tmp_path: Path) -> None:
    text = """
title: План
school_year: 2022-2023
activities:
  - {no: 1, title: Опрос, due: 12.10.2022 14.10.2022}
  - {no: 2, title: Отчёт, due: до14.10..2022}
  - {no: 3, title: Слёт, due: до 14 октября}
  - {no: 4, title: Смена, due: зимние каникулы}
"""
    data = made(text, tmp_path, ".xlsx")
    cells = [row[3] for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=4)]
    assert [cell.comment and cell.comment.text for cell in cells] == [
        "Сверьте с документом (две даты без тире: период или два срока?). Состояние — по дню 14.10.2022.",
        "Сверьте с документом (нет пробела после «до»; две точки подряд). Понято как «до 14.10.2022».",
        None,
        None,
    ]
    assert [cell.fill.fill_type for cell in cells] == ["solid", "solid", None, None]
    assert data == made(text, tmp_path, ".xlsx")


def test_a_note_is_no_longer_than_excel_shows() -> None:
    table = Table((Column("Сроки", 20),), ((Cell("до 15.10.2022", doubt="а" * 40_000),),))
    sheet = load_workbook(io.BytesIO(written(Paper("П", (Page("П", (table,)),)), ".xlsx"))).active
    assert len(sheet["A2"].comment.text) == 1000


SECTIONS = """\
title: План работы
activities:
  - {no: 1, title: Педсовет, period: Сентябрь, section: Раздел I, for: [МБОУ «СОШ №3»]}
  - {no: 2, title: Совещание, period: Сентябрь, section: Раздел I}
  - {no: 3, title: Линейка, period: Октябрь, section: Раздел I}
  - {no: 4, title: Слёт}
"""


def test_sections_and_periods_are_rows_in_word_and_columns_in_excel(tmp_path: Path) -> None:
    table = word_of(made(SECTIONS, tmp_path, ".docx")).tables[0]
    texts = [row.cells[0].text for row in table.rows]
    assert texts == ["№ п/п", "Сентябрь", "Раздел I", "1", "2", "Октябрь", "Раздел I", "3", "—", "4"]
    assert table.rows[1].cells[0]._tc is table.rows[1].cells[-1]._tc
    sheet = book_of(made(SECTIONS, tmp_path, ".xlsx")).worksheets[0]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=2, max_row=6)]
    assert rows[0] == ["Период", "Раздел", "№ п/п", "Мероприятие"]
    assert rows[1:] == [
        ["Сентябрь", "Раздел I", "1", "Педсовет"],
        ["Сентябрь", "Раздел I", "2", "Совещание"],
        ["Октябрь", "Раздел I", "3", "Линейка"],
        ["—", "—", "4", "Слёт"],
    ]


def heading_row(sheet: Any) -> int:
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == "Мероприятие" for cell in row))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_an_excel_sheet_says_what_the_plan_says(path: Path) -> None:
    found = material(path)
    (sheet,) = book_of(written(plans_paper(found, ".xlsx", marked=False), ".xlsx")).worksheets
    at = heading_row(sheet)
    headings = [cell.value for cell in sheet[at]]
    assert headings == [*FIVE[:4], "Начало", "Конец", FIVE[4], "Состояние на 20.10.2022"]
    wanted = rows_of(found.plans[0])
    rows = list(sheet.iter_rows(min_row=at + 1, max_row=at + len(wanted)))
    texts = [[row[i].value or "" for i in (0, 1, 2, 3, 6)] for row in rows]
    assert texts == wanted
    results = [result for activity in found.plans[0].activities for result in activity.deliverables]
    for row, result in zip(rows, results, strict=True):
        due = result.due
        ends = (due.start, due.end) if due and not due.unclear else (None, None)
        assert tuple(cell.value and cell.value.date() for cell in row[4:6]) == ends
        assert all(cell.number_format == "DD.MM.YYYY" for cell in row[4:6] if cell.value)


def test_an_excel_sheet_filters_freezes_and_colours() -> None:
    (sheet,) = book_of(written(plans_paper(material(REAL[1]), ".xlsx", marked=False), ".xlsx")).worksheets
    at = heading_row(sheet)
    last = at + len(rows_of(material(REAL[1]).plans[0]))
    assert sheet.auto_filter.ref == f"A{at}:H{last}"
    assert sheet.freeze_panes == f"A{at + 1}"
    assert at <= 4, "what is frozen must leave room for the rows"
    assert sheet.print_title_rows == f"${at}:${at}"
    (colored,) = sheet.conditional_formatting
    assert str(colored.sqref) == f"H{at + 1}:H{last}"
    assert {sheet.cell(row, 8).value for row in range(at + 1, last + 1)} >= {"просрочено", "скоро", "впереди"}
    assert all(sheet.cell(at + 1, column).alignment.wrap_text for column in range(1, 9))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_csv_says_what_the_plan_says(path: Path) -> None:
    found = material(path)
    data = written(plans_paper(found, ".csv", marked=False), ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    plain = [[" ".join(cell.split()) for cell in row] for row in rows_of(found.plans[0])]
    assert records_of(data) == [FIVE, *plain]


def test_markdown_has_the_heading_and_the_table() -> None:
    text = written(plans_paper(material(REAL[1]), ".md", marked=False), ".md").decode()
    assert "# «Дорожная карта» по организации работы образовательных кластеров" in text
    assert f"| {' | '.join(FIVE)} |\n|---|---|---|---|---|\n| 1 | Утверждение" in text
    assert text.count("\n|") >= 27


# Several plans


def test_several_plans_have_a_page_each_and_excel_a_summary() -> None:
    found = material(*sorted(DISTRICT.rglob("*.yaml")))
    document = word_of(written(plans_paper(found, ".docx", marked=False), ".docx"))
    assert (len(document.tables), len(document.sections)) == (5, 5)
    book = book_of(written(plans_paper(found, ".xlsx", marked=False), ".xlsx"))
    assert book.sheetnames == [
        "Сводка", "Школы × мероприятия", "Отдел образования Сосновского…", "МАОУ лицей «Сосны»", "МБОУ «СОШ № 10»",
        "МБОУ «СОШ № 2»", "МБОУ «СОШ № 7»",
    ]  # fmt: skip
    rows = [[cell.value for cell in row] for row in book["Сводка"].iter_rows(min_row=3)]
    assert rows[0][:3] == ["Организация", "План", "Результатов"]
    assert len(rows) == 6
    records = records_of(written(plans_paper(found, ".csv", marked=False), ".csv"))
    assert records[0] == ["Организация", *FIVE]
    assert all(len(record) == 6 and record[0] for record in records)


def test_a_hundred_schools_have_a_hundred_sheets(tmp_path: Path) -> None:
    names = []
    for number in range(100):
        path = tmp_path / f"{number:03}.yaml"
        title = "Муниципальное общеобразовательное учреждение [средняя/общая]: школа"
        path.write_text(
            f"title: План\norganization: '{title}'\nactivities: [{{no: 1, title: Дело}}]\n", encoding="utf-8"
        )
        names.append(path)
    data = written(plans_paper(material(*names), ".xlsx", marked=False), ".xlsx")
    sheets = book_of(data).sheetnames
    assert len({name.casefold() for name in sheets}) == len(sheets) == 101
    assert max(map(len, sheets)) <= 31
    assert not any(set(name) & set("[]:*?/\\") for name in sheets)


# Gaps


def gaps(ending: str) -> bytes:
    return written(gaps_paper(material(*sorted(DISTRICT.rglob("*.yaml"))).pairs, ending), ending)


def test_gaps_in_excel_have_a_summary_a_matrix_and_a_sheet_for_each_school() -> None:
    book = book_of(gaps(".xlsx"))
    assert book.sheetnames[:3] == ["Сводка", "Школы × мероприятия", "МБОУ «СОШ № 10»"]
    summary = [[cell.value for cell in row] for row in book["Сводка"].iter_rows(min_row=3, max_row=5)]
    assert summary[0][:4] == ["Школа", "Покрыто %", "Нет в плане", "Позже"]
    assert summary[1][:4] == ["МБОУ «СОШ № 10»", 60, 2, 2]
    matrix = [[cell.value for cell in row] for row in book["Школы × мероприятия"].iter_rows(min_row=3, max_row=5)]
    assert matrix[0][2] == "№ 1. Назначение руководителя музея (до 15.09.2022)"
    assert matrix[1][:4] == ["МБОУ «СОШ № 10»", 60, "позже на 1 день", "позже на 16 дней"]
    assert matrix[2][2] == "в срок, не подтверждено"
    school = [[cell.value for cell in row] for row in book["МБОУ «СОШ № 10»"].iter_rows(min_row=3, max_row=5)]
    assert school[0] == [
        "№ п/п", "Мероприятие вышестоящего плана", "Срок", "Срок в плане школы", "Состояние", "Позже на дней",
        "В плане школы", "Пояснение",
    ]  # fmt: skip
    unsure = [cell.value for cell in book["МБОУ «СОШ № 7»"][5]]
    assert unsure[4:6] == ["позже на 3 дня, не подтверждено", 3]
    assert school[2][2:6] == ["до 14.10.2022", "до 30.10.2022", "позже на 16 дней", 16]


def test_gaps_in_word_have_the_matrix_in_symbols() -> None:
    document = word_of(gaps(".docx"))
    _, matrix, school, *_ = document.tables
    assert [cell.text for cell in matrix.rows[1].cells] == ["СОШ № 10", "60", "!", "!", "-", "+", "-", "·"]
    assert [cell.text for cell in school.rows[3].cells][4] == "нет в плане"
    assert any(paragraph.text.startswith("Итог: покрыто 60 %") for paragraph in document.paragraphs)


def test_no_heading_of_the_summary_is_cut_on_paper() -> None:
    pages = gaps_paper(material(*sorted(DISTRICT.rglob("*.yaml"))).pairs, ".docx").pages
    (summary,) = (block for block in pages[0].blocks if isinstance(block, Table))
    page = 257 / sum(column.width for column in summary.columns)  # millimetres for a character of the width
    for column in summary.columns:
        longest = max(map(len, column.heading.split()))
        assert column.width * page > longest * 2 + 3.8, column.heading


def test_a_wide_matrix_is_laid_in_tables_one_under_another(tmp_path: Path) -> None:
    rows = "".join(f"  - {{no: {n}, title: Дело {n}}}\n" for n in range(1, 66))
    (tmp_path / "m.yaml").write_text(f"title: М\nactivities:\n{rows}", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(f"title: Ш\nfollows: m.yaml\nactivities:\n{rows}", encoding="utf-8")
    pairs = material(tmp_path / "m.yaml", tmp_path / "s.yaml").pairs
    document = word_of(written(gaps_paper(pairs, ".docx"), ".docx"))
    assert [len(table.columns) for table in document.tables[1:4]] == [32, 32, 7]


def test_gaps_in_csv_are_records_with_the_school_in_each() -> None:
    records = records_of(gaps(".csv"))
    assert records[0][:2] == ["Школа", "№ п/п"]
    assert ["МБОУ «СОШ № 10»", "2"] in [record[:2] for record in records]
    assert all(len(record) == 9 for record in records)


# What a plan may hold

EVIL = (
    '=HYPERLINK("http://example.org","нажмите")', "+7 999", "-1", "@SUM(A1)", "=1+1", "<script>alert(1)</script>",
    "a | b `c` *d* [e](f)", "\u202eобратно", "\x1b[31mкрасный", "&amp; <b>", "_x0041_", "{{ x }}", "\ufffeконец", "№ 5",
)  # fmt: skip


def plan_of(texts: Sequence[str]) -> str:
    said = [json.dumps(text) for text in texts]
    rows = "".join(f"  - {{no: {n}, title: {text}, deliverable: {text}}}\n" for n, text in enumerate(said))
    return f"title: {said[0]}\norganization: {said[0]}\nactivities:\n{rows}"


def test_no_text_acts_in_excel(tmp_path: Path) -> None:
    sheet = book_of(made(plan_of(EVIL), tmp_path, ".xlsx")).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "d"}
    at = heading_row(sheet)
    assert [sheet.cell(at + 1 + i, 2).value for i in range(len(EVIL))] == list(map(safe, EVIL))


def test_no_text_acts_in_csv(tmp_path: Path) -> None:
    records = records_of(made(plan_of(EVIL), tmp_path, ".csv"))[1:]
    assert not any(cell.startswith(("=", "+", "-", "@")) for record in records for cell in record)


def test_no_text_acts_in_markdown(tmp_path: Path) -> None:
    text = made(plan_of(EVIL), tmp_path, ".md").decode()
    assert "<script>" not in text.replace("\\<", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {6}


@pytest.mark.parametrize("ending", ENDINGS)
def test_hidden_characters_stay_away(ending: str, tmp_path: Path) -> None:
    data = made(plan_of(EVIL), tmp_path, ending)
    parts = [data]
    if ending in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [file.read(name) for name in file.namelist()]
    for part in parts:
        assert not any(mark.encode() in part for mark in ("\u202e", "\x1b", "\ufffe"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_hidden_characters_stay_away_from_headings(ending: str, tmp_path: Path) -> None:
    title, no = json.dumps("\u202eМузей\x1b"), json.dumps("\u202e1\x1b")
    text = f"title: {title}\norganization: {title}\nactivities:\n  - {{no: {no}, title: {title}}}\n"
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(f"follows: m.yaml\n{text}", encoding="utf-8")
    data = written(gaps_paper(material(tmp_path / "m.yaml", tmp_path / "s.yaml").pairs, ending), ending)
    parts = [data]
    if ending in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [file.read(name) for name in file.namelist()]
    assert not any(mark in part for part in parts for mark in ("\u202e".encode(), b"\x1b["))


TEXT = st.text(max_size=40).filter(lambda text: bool(safe(text)))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_any_text_comes_back(rows: list[tuple[str, str, str]], joined: list[bool]) -> None:
    columns = (Column("Один", 10), Column("Два", 20, band=True), Column("Три", 30, state=True))
    cells = [
        (word(one, joined=i > 0 and joined[i] and rows[i - 1][:2] == (one, two)), word(two), word(three))
        for i, (one, two, three) in enumerate(rows)
    ]
    table = Table(columns, tuple(cells))
    paper = Paper(safe(rows[0][0]), (Page(safe(rows[0][1]), (Line(safe(rows[0][2]), "title"), table)),))
    documents = {ending: written(paper, ending) for ending in ENDINGS}
    wanted = [[str(cell) for cell in row] for row in cells]
    sheet = book_of(documents[".xlsx"]).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=3)] == wanted
    found = [[cell.text for cell in row.cells] for row in word_of(documents[".docx"]).tables[0].rows[1:]]
    bands = [[band, band] if band else [str(cell) for cell in kept] for band, kept in banded(table)[1]]
    assert found == bands
    assert len(records_of(documents[".csv"])) == len(rows) + 1


def test_a_text_too_long_for_excel_is_refused_in_words(tmp_path: Path) -> None:
    text = plan_of(["слово " * 6000])
    with pytest.raises(RoadmapError, match="в ячейку Excel входит 32767; запишите"):
        made(text, tmp_path, ".xlsx")
    assert made(text, tmp_path, ".docx")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_plan_without_rows_says_so(ending: str, tmp_path: Path) -> None:
    data = made("title: План\nactivities: []\n", tmp_path, ending)
    texts = {
        ".docx": lambda: [paragraph.text for paragraph in word_of(data).paragraphs],
        ".xlsx": lambda: [row[0].value for row in book_of(data).worksheets[0].iter_rows()],
        ".csv": lambda: records_of(data)[0],
        ".md": lambda: data.decode().splitlines(),
    }[ending]()
    assert ("В плане нет ни одного мероприятия." in texts) == (ending != ".csv")


# The same input, the same bytes; nobody's name, nobody's clock


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_plan_gives_the_same_bytes(ending: str) -> None:
    first = written(plans_paper(material(*REAL), ending, marked=True), ending)
    assert first == written(plans_paper(material(*REAL), ending, marked=True), ending)


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_package_does_not_say_when_or_where(ending: str) -> None:
    data = written(plans_paper(material(REAL[1]), ending, marked=False), ending)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.testzip() is None
        core = file.read("docProps/core.xml").decode()
        assert "dcterms" not in core
        assert b"<Application>roadmap</Application>" in file.read("docProps/app.xml")
        assert not any("thumbnail" in name for name in file.namelist())
    properties = word_of(data).core_properties if ending == ".docx" else None
    if properties is not None:
        assert (properties.author, properties.title[:15]) == ("roadmap", "«Дорожная карта")


# The command


def test_the_command_writes_and_says_what(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    out = tmp_path / "plan.docx"
    ran = roadmap("export", str(REAL[1]), "-o", str(out), cwd=ROOT)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"записано: {out} (1 план, 16 мероприятий)\n"
    assert len(word_of(out.read_bytes()).tables) == 1


def test_a_calendar_is_that_of_status(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    out = tmp_path / "plan.ics"
    ran = roadmap("export", str(REAL[1]), "-o", str(out), "--today", "2022-10-20", cwd=ROOT)
    shown = roadmap("status", str(REAL[1]), "--format", "ics", "--today", "2022-10-20", cwd=ROOT)
    assert (ran.code, ran.out) == (0, "")
    assert out.read_bytes().decode().replace("\r\n", "\n") == shown.out.replace("\r\n", "\n")
    assert ran.err == f"{shown.err}записано: {out} (1 план, 16 мероприятий)\n"


def test_gaps_by_the_command(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    out = tmp_path / "gaps.xlsx"
    ran = roadmap("export", str(DISTRICT), "--gaps", "-o", str(out), cwd=ROOT)
    assert (ran.code, ran.err) == (0, f"записано: {out} (разрывы: 4 плана)\n")
    assert "Сводка" in book_of(out.read_bytes()).sheetnames


def test_a_file_made_here_is_replaced_and_no_other(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    out = tmp_path / "plan.docx"
    call = ("export", str(REAL[1]), "-o", str(out))
    for _ in range(2):
        assert roadmap(*call, cwd=ROOT).code == 0
    document = word_of(out.read_bytes())
    document.core_properties.last_modified_by = "Савина И.А."
    document.save(str(out))
    mine = out.read_bytes()
    ran = roadmap(*call, cwd=ROOT)
    assert (ran.code, out.read_bytes()) == (2, mine)
    assert "и никто не менял; назовите другой файл или добавьте --force" in ran.err
    assert roadmap(*call, "--force", cwd=ROOT).code == 0
    assert out.read_bytes() != mine


@pytest.mark.parametrize("call", [("export",), ("export", "--gaps")], ids=" ".join)
def test_a_summary_names_what_was_not_read(call: tuple[str, ...], tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    shutil.copytree(DISTRICT, tmp_path / "plans")
    (tmp_path / "plans" / "schools" / "torn.yaml").write_text("title: [", encoding="utf-8")
    assert roadmap(*call, "-o", "all.xlsx", cwd=tmp_path).code == 2
    said = [row[0] for row in load_workbook(tmp_path / "all.xlsx")["Сводка"].iter_rows(values_only=True)]
    assert said[-1] == "Не прочитано и сюда не вошло: torn.yaml."


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(("command", "name"), [("export", "a.docx"), ("export", "a.csv"), ("report", "a.html")])
def test_a_plan_behind_a_link_is_never_replaced(
    command: str, name: str, tmp_path: Path, roadmap: Callable[..., Ran]
) -> None:
    (tmp_path / "plan.yaml").write_text(MARKED, encoding="utf-8")
    (tmp_path / name).symlink_to("plan.yaml")
    ran = roadmap(command, "plan.yaml", "-o", name, "--force", cwd=tmp_path)
    assert (ran.code, (tmp_path / "plan.yaml").read_text(encoding="utf-8")) == (2, MARKED)
    assert f"«{name}» — ссылка на план" in ran.err


@pytest.mark.parametrize("name", ["notes.csv", "notes.md"])
def test_a_text_file_is_replaced_by_force_only(name: str, tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    out = tmp_path / name
    out.write_text("мои записи", encoding="utf-8")
    assert roadmap("export", str(REAL[1]), "-o", str(out), cwd=ROOT).code == 2
    assert out.read_text(encoding="utf-8") == "мои записи"
    assert roadmap("export", str(REAL[1]), "-o", str(out), "--force", cwd=ROOT).code == 0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK\x03\x04 torn", id="a torn archive"),
        pytest.param(b"title: \xff", id="another file"),
    ],
)
def test_other_bytes_were_not_made_here(data: bytes) -> None:
    assert not made_here(data)


def test_an_archive_without_properties_was_not_made_here() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "")
    assert not made_here(out.getvalue())
    assert not made_here(packed(out.getvalue(), "План")), "there was nothing to replace"


@pytest.mark.parametrize(("ending", "name"), [(".docx", "docx"), (".xlsx", "openpyxl")])
def test_a_missing_library_is_named(
    ending: str, name: str, tmp_path: Path, roadmap: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    ran = roadmap("export", str(REAL[1]), "-o", str(tmp_path / f"plan{ending}"), cwd=ROOT)
    assert ran.code == 2
    package = {".docx": "python-docx", ".xlsx": "openpyxl"}[ending]
    assert ran.err.endswith(f"{sys.executable} -m pip install {package}\n")


def test_a_command_brings_no_library_of_documents_before_it_is_needed() -> None:
    code = "import sys, roadmap_cli.cli.export, roadmap_cli.cli.report; print({'docx', 'openpyxl'} & {*sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout == "set()\n"


def test_a_cancelled_row_is_told_where_the_document_does_not_show_it(
    tmp_path: Path, roadmap: Callable[..., Ran]
) -> None:
    (tmp_path / "plan.yaml").write_text(MARKED, encoding="utf-8")
    ran = roadmap("export", "plan.yaml", "-o", "plan.md", cwd=tmp_path)
    assert "отменённых мероприятий: 1; в документе это видно только с --marks" in ran.err
    assert roadmap("export", "plan.yaml", "-o", "marked.md", "--marks", cwd=tmp_path).err.count("\n") == 1


def test_the_widths_of_columns_make_up_the_page() -> None:
    table = Table((Column("a", 1), Column("b", 2)), ((Cell("1"), Cell("2")),))
    document = word_of(written(Paper("", (Page("", (table,)),)), ".docx"))
    widths = [column.width.twips for column in document.tables[0].columns]
    assert sum(widths) == 16838 - 1134 - 567
    assert all(one < other for one, other in pairwise(widths))
