"""Documents → plans: what each format keeps, which column is which, and what belongs together in a row."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from office import HEAD, docx_file, html_table, odt_file, odt_table, xlsx_file
from roadmap_cli.importing import read_document
from roadmap_cli.importing.cuts import is_cut
from roadmap_cli.importing.plan import plan_of
from roadmap_cli.importing.spellings import role_of

if TYPE_CHECKING:
    from roadmap_cli.importing.draft import DraftActivity
    from roadmap_cli.importing.plan import Imported

ROW = ["1.", "Издать приказ", "Приказ", "до 15.10.2022", "Савина И.А."]
OTHER = ["2.", "Провести опрос", "Справка", "до 20.10.2022", "Слепкова Н.А."]


def imported(path: Path) -> Imported:
    return plan_of(read_document(str(path)))


def rows(path: Path) -> tuple[DraftActivity, ...]:
    return imported(path).draft.activities


def text_file(path: Path, table: list[list[str]], head: str = "План школы на 2022-2023 учебный год") -> Path:
    """A text with cells between tabs, paragraphs in `<p>`."""

    def cell(text: str) -> str:
        return " ".join(f"<p>{line}</p>" for line in text.split("\n")) if "\n" in text else text

    lines = ["\t".join(map(cell, row)) for row in table]
    path.write_text("\n".join([head, "", *lines, ""]), encoding="utf-8")
    return path


def made(tmp_path: Path, ending: str, table: list[list[str]]) -> Path:
    """The table in a document of this kind."""
    path = tmp_path / f"plan{ending}"
    if ending == ".docx":
        return docx_file(path, "План школы на 2022-2023 учебный год", table)
    if ending == ".xlsx":
        return xlsx_file(path, [["План школы на 2022-2023 учебный год"], [], *table])
    if ending == ".odt":
        return odt_file(path, "<text:h>План школы на 2022-2023 учебный год</text:h>" + odt_table(table))
    if ending == ".html":
        path.write_text(f"<h1>План школы на 2022-2023 учебный год</h1>{html_table(table)}", encoding="utf-8")
        return path
    if ending == ".csv":
        quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)
        path.write_text("План школы на 2022-2023 учебный год\n" + "\n".join(quoted) + "\n", encoding="cp1251")
        return path
    return text_file(path, table)


KINDS = (".docx", ".xlsx", ".odt", ".html", ".csv", ".txt")
TABLE = [
    HEAD,
    ROW,
    ["2.", "Провести опрос", "Анкеты\nСправка", "12.10.2022\nдо 20.10.2022", "Савина И.А."],
    ["", "", "Отчёт учредителю", "до 30.10.2022", "Слепкова Н.А."],
    ["3", "Обновить сайт", "Страница сайта", "в течение года", "Руководители ОО"],
]


@pytest.mark.parametrize("ending", KINDS)
def test_every_format_gives_the_same_plan(ending: str, tmp_path: Path) -> None:
    found = imported(made(tmp_path, ending, TABLE))
    assert found.unplaced == ()
    assert (found.draft.title, found.draft.school_year) == ("План школы на 2022-2023 учебный год", "2022-2023")
    assert [(a.no, a.title, [tuple(r[:3]) for r in a.results]) for a in found.draft.activities] == [
        ("1", "Издать приказ", [("Приказ", "до 15.10.2022", "Савина И.А.")]),
        (
            "2",
            "Провести опрос",
            [
                ("Анкеты", "12.10.2022", "Савина И.А."),
                ("Справка", "до 20.10.2022", "Савина И.А."),
                ("Отчёт учредителю", "до 30.10.2022", "Слепкова Н.А."),
            ],
        ),
        ("3", "Обновить сайт", [("Страница сайта", "в течение года", "Руководители ОО")]),
    ]
    assert all(not activity.note for activity in found.draft.activities)


# -- columns --------------------------------------------------------------------------------------------------------

SPELLINGS = {
    "no": ("№ п/п", "№", "N п/п", "№пп", "п/п", "№ п.п."),
    "title": (
        *("Мероприятие", "Мероприятия", "Наименование мероприятия", "Содержание работы", "Виды деятельности"),
        *("Планируемые мероприятия", "Тематика", "Что делать", "Mероприятия"),
    ),
    "result": ("Характеристика результата", "Ожидаемый результат", "Вид документа", "Показатели", "Итог"),
    "due": ("Сроки", "Срок исполнения", "Сроки проведения", "Дата", "Дата проведения", "Время проведения", "Когда"),
    "owners": (
        *("Ответственные", "Ответственный исполнитель", "Отв. лица", "Исполнители", "Ф.И.О. ответственного"),
        *("Ответственные (Ф.И.О., должность)", "Кто отвечает"),
    ),
    "done": ("Отметка об исполнении", "Отметка о выполнении", "Выполнение", "Информация об исполнении"),
    "start": ("Начало", "Дата начала", "Срок начала реализации", "с"),
    "end": ("Окончание", "Дата окончания", "по"),
    "section": ("Направление деятельности", "Раздел", "Задачи"),
    "period": ("Месяц", "Период"),
    "note": ("Примечание",),
    "": ("Участники", "Класс", "Место проведения", "Форма проведения", "до 15.10.2022", "Савина И.А.", ""),
}


@pytest.mark.parametrize(("role", "heading"), [(role, one) for role, some in SPELLINGS.items() for one in some])
def test_a_heading_names_its_column(role: str, heading: str) -> None:
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [("Мероприя тие", "title"), ("Ответ ственные исполнители", "owners"), ("Место проведения", ""), ("Класс", "")],
)
def test_a_heading_cut_by_a_narrow_column(heading: str, role: str) -> None:
    assert role_of(heading) == role


def test_columns_stand_in_any_order(tmp_path: Path) -> None:
    table = [[HEAD[i] for i in (4, 3, 1, 0, 2)], [ROW[i] for i in (4, 3, 1, 0, 2)]]
    (row,) = rows(text_file(tmp_path / "a.txt", table))
    assert (row.no, row.title, row.results[0][:3]) == ("1", ROW[1], tuple(ROW[2:]))


def test_columns_without_headings_are_known_by_what_stands_in_them(tmp_path: Path) -> None:
    found = imported(docx_file(tmp_path / "a.docx", "План", [ROW, OTHER]))
    assert [(a.no, a.title, a.results[0][:3]) for a in found.draft.activities] == [
        ("1", ROW[1], tuple(ROW[2:])),
        ("2", OTHER[1], tuple(OTHER[2:])),
    ]
    assert any("без заголовков" in said for said in found.remarks)


def merged(*areas: tuple[int, int, int, int]) -> Any:
    """Merges cells of the first table of a Word document: (row, column, row, column)."""

    def change(document: Any) -> None:
        table = document.tables[0]
        for top, left, bottom, right in areas:
            table.cell(top, left).merge(table.cell(bottom, right))

    return change


def test_headings_of_two_rows(tmp_path: Path) -> None:
    head = [["№", "Мероприятие", "Сроки", "", "Ответственные"], ["", "", "начало", "окончание", ""]]
    path = docx_file(
        tmp_path / "a.docx",
        [*head, ["1", "Опрос", "10.10.2022", "15.10.2022", "Савина И.А."]],
        change=merged((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)),
    )
    (row,) = rows(path)
    assert (row.no, row.title, row.results[0][:3]) == ("1", "Опрос", ("", "10.10.2022 - 15.10.2022", "Савина И.А."))


def test_headings_cut_into_two_rows(tmp_path: Path) -> None:
    table = [["№", "Мероприятие", "Сроки", "Ответственные"], ["п/п", "", "проведения", "исполнители"]]
    (row,) = rows(text_file(tmp_path / "a.txt", [*table, ["1", "Опрос", "10.10.2022", "Савина И.А."]]))
    assert (row.no, row.title, row.results[0].due) == ("1", "Опрос", "10.10.2022")


def test_a_heading_may_name_a_day(tmp_path: Path) -> None:
    head = ["№", "Мероприятие", "Сроки", "Отметка об исполнении на 01.12.2022"]
    found = rows(text_file(tmp_path / "a.txt", [head, ["1", "Слёт", "до 15.11.2022", "12.11.2022"]]))
    assert [one.results[0].done for one in found] == ["12.11.2022"]


def test_other_columns_go_into_the_note_and_are_told(tmp_path: Path) -> None:
    table = [["№", "Мероприятие", "Класс", "Сроки"], ["1", "Опрос", "5-11", "до 15.10.2022"]]
    found = imported(text_file(tmp_path / "a.txt", table))
    assert found.draft.activities[0].note == "Класс: 5-11."
    assert any("«Класс»" in said for said in found.remarks)


@pytest.mark.parametrize(
    ("headings", "due", "owner"),
    [
        (["Кто контролирует", "Ответственный", "Срок", "Класс"], 2, 1),
        (["Исполнители", "Время проведения", "Дата", "Ответственные"], 2, 3),
        (["Срок представления отчёта", "Срок реализации", "Ответственный исполнитель", "Соисполнители"], 1, 2),
        (["Дата подписания приказа", "Срок", "Ответственные", "Исполнители"], 1, 2),
        (["Дата", "Срок исполнения", "Исполнитель", "Организатор"], 0, 2),
    ],
)
def test_of_two_columns_for_one_thing_the_better_is_taken(
    headings: list[str], due: int, owner: int, tmp_path: Path
) -> None:
    cells = ["Савина И.А.", "Слепкова Н.А.", "Давыденко О.С.", "Коротких С.А."]
    cells[due] = "12.10.2022"
    found = imported(text_file(tmp_path / "a.txt", [["№", "Мероприятие", *headings], ["1", "Опрос", *cells]]))
    (row,) = found.draft.activities
    assert row.results[0][1:3] == ("12.10.2022", cells[owner])
    said = " ".join(found.remarks)
    assert all(heading in said for i, heading in enumerate(headings) if i not in (due, owner))


# -- rows -----------------------------------------------------------------------------------------------------------


def test_repeated_headings_and_numbered_columns_are_no_rows(tmp_path: Path) -> None:
    numbers = ["1", "2", "3", "4", "5"]
    found = imported(docx_file(tmp_path / "a.docx", [HEAD, numbers, ROW, HEAD, numbers, OTHER]))
    assert [a.title for a in found.draft.activities] == [ROW[1], OTHER[1]]
    assert found.unplaced == ()


def test_a_table_goes_on_without_its_headings(tmp_path: Path) -> None:
    found = imported(docx_file(tmp_path / "a.docx", [HEAD, ROW], "2", [OTHER]))
    assert [a.source for a in found.draft.activities] == [
        "a.docx, таблица 1, строка 2",
        "a.docx, таблица 2, строка 1",
    ]


def test_a_row_that_a_page_has_cut_is_one(tmp_path: Path) -> None:
    table = [
        HEAD,
        ["1.", "Смена на", "Проведена смена", "10.10.2022 -", "Савина И.А.,"],
        ["", "базе школы (корпус 2)", "", "", ""],
        ["", "", "и отчёт о ней", "", ""],
        ["", "", "", "15.10.2022", ""],
        ["", "", "", "", "Слепкова Н.А."],
    ]
    (row,) = rows(text_file(tmp_path / "a.txt", table))
    assert row.title == "Смена на базе школы (корпус 2)"
    assert [one[:3] for one in row.results] == [
        ("Проведена смена и отчёт о ней", "10.10.2022 - 15.10.2022", "Савина И.А., Слепкова Н.А.")
    ]


def test_merged_cells_serve_all_their_rows(tmp_path: Path) -> None:
    table = [
        HEAD,
        ["1.", "Опрос", "Анкеты", "12.10.2022", "Савина И.А."],
        ["", "", "Справка", "14.10.2022", ""],
        ["", "", "Отчёт", "", ""],
    ]
    areas = ((1, 0, 3, 0), (1, 1, 3, 1), (1, 4, 2, 4))
    (row,) = rows(docx_file(tmp_path / "a.docx", table, change=merged(*areas)))
    assert [one[:3] for one in row.results] == [
        ("Анкеты", "12.10.2022", "Савина И.А."),
        ("Справка", "14.10.2022", "Савина И.А."),
        ("Отчёт", "", ""),
    ]


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_merged_cell_beside_several_activities_serves_each(ending: str, tmp_path: Path) -> None:
    table = [
        HEAD,
        ["1.", "Опрос", "Анкеты", "12.10.2022", "Савина И.А."],
        ["2.", "Сайт", "Страница", "", ""],
        ["3.", "Слёт", "Отчёт", "", "Слепкова Н.А.\nДавыденко О.С."],
        ["4.", "Совет", "Протокол", "20.10.2022", ""],
    ]
    areas = ((1, 3, 3, 3), (1, 4, 2, 4), (3, 4, 4, 4))

    def change(book: Any) -> None:
        for top, left, bottom, right in areas:
            book.active.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)

    path = tmp_path / f"a{ending}"
    made_of = {".docx": (docx_file, merged(*areas)), ".xlsx": (xlsx_file, change)}[ending]
    found = rows(made_of[0](path, table, change=made_of[1]))
    both = "Слепкова Н.А., Давыденко О.С."
    assert [(a.no, a.results[0].due, a.results[0].owners) for a in found] == [
        ("1", "12.10.2022", "Савина И.А."),
        ("2", "12.10.2022", "Савина И.А."),
        ("3", "12.10.2022", both),
        ("4", "20.10.2022", both),
    ]
    assert ["одна у нескольких мероприятий: проверьте" in a.note for a in found] == [False, False, True, True]


def test_the_dates_of_a_merged_cell_are_lined_up_with_its_rows(tmp_path: Path) -> None:
    table = [
        HEAD,
        ["1.", "Опрос", "Анкеты", "12.10.2022\n14.10.2022", "Савина И.А."],
        ["", "", "Справка", "", ""],
    ]
    (row,) = rows(docx_file(tmp_path / "a.docx", table, change=merged(*((1, i, 2, i) for i in (0, 1, 3, 4)))))
    assert [one.due for one in row.results] == ["12.10.2022", "14.10.2022"]


@pytest.mark.parametrize(
    ("banner", "section", "period"),
    [
        ("Раздел II. Мониторинг", "Раздел II. Мониторинг", ""),
        ("ОКТЯБРЬ", "", "ОКТЯБРЬ"),
        ("Октябрь 2022 г.", "", "Октябрь 2022 г."),
        ("I четверть", "", "I четверть"),
        ("Работа с родителями в октябре", "Работа с родителями в октябре", "октябре"),
    ],
)
def test_a_row_across_the_table_is_a_heading(banner: str, section: str, period: str, tmp_path: Path) -> None:
    table = [HEAD, [banner, "", "", "", ""], ROW]
    (row,) = rows(docx_file(tmp_path / "a.docx", table, change=merged((1, 0, 1, 4))))
    assert (row.section, row.period) == (section, period)


def test_months_hold_their_sections(tmp_path: Path) -> None:
    table = [HEAD, ["Сентябрь"], ["I. Педсоветы"], ROW, ["II. Контроль"], OTHER, ["Октябрь"], ROW]
    found = rows(text_file(tmp_path / "a.txt", table))
    assert [(a.period, a.section) for a in found] == [
        ("Сентябрь", "I. Педсоветы"),
        ("Сентябрь", "II. Контроль"),
        ("Октябрь", ""),
    ]


def test_a_table_for_every_month(tmp_path: Path) -> None:
    blocks = ["ПЛАН РАБОТЫ ШКОЛЫ", "на 2022/2023 учебный год", "", "План на сентябрь месяц", [HEAD, ROW]]
    found = imported(docx_file(tmp_path / "a.docx", *blocks, "План на октябрь месяц", [HEAD, OTHER]))
    assert [a.period for a in found.draft.activities] == ["сентябрь", "октябрь"]
    assert found.draft.school_year == "2022-2023"


def test_a_numbered_heading_before_its_rows(tmp_path: Path) -> None:
    table = [HEAD, ["1.", "Организационная работа", "", "", ""], ["1.1.", *ROW[1:]], ["1.2.", *OTHER[1:]]]
    found = rows(text_file(tmp_path / "a.txt", table))
    assert [(a.no, a.section) for a in found] == [
        ("1.1", "1. Организационная работа"),
        ("1.2", "1. Организационная работа"),
    ]


def test_a_title_alone_is_the_heading_of_the_rows_below(tmp_path: Path) -> None:
    table = [
        ["Мероприятие", "Дата"],
        ["Работа с родителями", ""],
        ["Собрание", "15.10.2022"],
        ["Лекторий", "в течение года"],
    ]
    found = rows(docx_file(tmp_path / "a.docx", table))
    assert [(a.title, a.section) for a in found] == [
        ("Собрание", "Работа с родителями"),
        ("Лекторий", "Работа с родителями"),
    ]


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".csv"])
def test_rows_in_small_letters_stay_apart_where_nothing_is_numbered(ending: str, tmp_path: Path) -> None:
    table = [
        ["Мероприятие", "Срок", "Ответственный"],
        ["Учёба", "", ""],
        ["совещание", "05.10.2022", "Савина И.А."],
        ["педсовет", "", ""],
        ["собрание", "10.10.2022", "Слепкова Н.А."],
        ["выставка", "", ""],
    ]
    found = imported(made(tmp_path, ending, table))
    assert [a.title for a in found.draft.activities] == ["совещание", "педсовет", "собрание", "выставка"]
    assert {a.section for a in found.draft.activities} == {"Учёба"}
    assert any("приняты за разделы, проверьте: «Учёба»" in said for said in found.remarks)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["", "на базе школы", "", "", ""], "строка «на базе школы» без номера присоединена к названию: проверьте"),
        (["", "", "и список", "", ""], "результат «и список» присоединён к результату строкой выше: проверьте"),
    ],
)
def test_a_row_that_is_taken_for_the_rest_of_another_is_told(cells: list[str], told: str, tmp_path: Path) -> None:
    (row,) = rows(xlsx_file(tmp_path / "a.xlsx", [HEAD, ROW, cells]))
    assert told in row.note[:1].lower() + row.note[1:]


def test_a_month_beside_its_rows(tmp_path: Path) -> None:
    table = [["Месяц", "Мероприятие", "Срок"], ["Сентябрь", "Раз", "1 неделя"], ["", "Два", "2 неделя"]]
    assert [a.period for a in rows(docx_file(tmp_path / "a.docx", [*table, ["Октябрь", "Три", "5.10"]]))] == [
        "Сентябрь",
        "Сентябрь",
        "Октябрь",
    ]


# -- several results, deadlines and people in one row -----------------------------------------------------------------

Lined = list[tuple[str, str, str]]
LINED: dict[str, tuple[list[str], Lined, bool]] = {
    "as many of each": (
        ["Анкеты\nОтчёт", "12.10.2022\n14.10.2022", "Савина И.А.\nСлепкова Н.А."],
        [("Анкеты", "12.10.2022", "Савина И.А."), ("Отчёт", "14.10.2022", "Слепкова Н.А.")],
        False,
    ),
    "one person for all": (
        ["Анкеты\nОтчёт", "12.10.2022\n14.10.2022", "Савина И.А."],
        [("Анкеты", "12.10.2022", "Савина И.А."), ("Отчёт", "14.10.2022", "Савина И.А.")],
        False,
    ),
    "a list under its announcement is one result": (
        ["Рекомендации\nПисьма:\n1. Об опросе;\n2. О сайте", "до 11.10.2022\nпо мере поступления", "Савина И.А."],
        [
            ("Рекомендации", "до 11.10.2022", "Савина И.А."),
            ("Письма: 1. Об опросе; 2. О сайте", "по мере поступления", "Савина И.А."),
        ],
        False,
    ),
    "a period in two paragraphs is one deadline": (
        ["Анкеты", "10.10.2022 -\n15.10.2022", "Савина И.А."],
        [("Анкеты", "10.10.2022 - 15.10.2022", "Савина И.А.")],
        False,
    ),
    "с … по … in two paragraphs is one deadline": (
        ["Анкеты", "с 10.10.2022\nпо 15.10.2022", "Савина И.А."],
        [("Анкеты", "с 10.10.2022 по 15.10.2022", "Савина И.А.")],
        False,
    ),
    "paragraphs of one result with one deadline": (
        ["Анкеты\nОтчёт", "до 14.10.2022", "Савина И.А."],
        [("Анкеты Отчёт", "до 14.10.2022", "Савина И.А.")],
        False,
    ),
    "more deadlines than results": (
        ["Анкеты", "12.10.2022\n14.10.2022", "Савина И.А."],
        [("Анкеты", "12.10.2022 14.10.2022", "Савина И.А.")],
        True,
    ),
    "two results and three deadlines": (
        ["Анкеты\nОтчёт", "12.10.2022\n14.10.2022\n16.10.2022", "Савина И.А."],
        [("Анкеты Отчёт", "12.10.2022 14.10.2022 16.10.2022", "Савина И.А.")],
        True,
    ),
    "three people for two results": (
        ["Анкеты\nОтчёт", "12.10.2022\n14.10.2022", "Савина И.А.\nСлепкова Н.А.\nДавыденко О.С."],
        [
            ("Анкеты", "12.10.2022", "Савина И.А., Слепкова Н.А., Давыденко О.С."),
            ("Отчёт", "14.10.2022", "Савина И.А., Слепкова Н.А., Давыденко О.С."),
        ],
        True,
    ),
    "people in a column are one list": (
        ["Анкеты", "12.10.2022", "Савина И.А.,\nСлепкова Н.А."],
        [("Анкеты", "12.10.2022", "Савина И.А., Слепкова Н.А.")],
        False,
    ),
    "people a paragraph each": (
        ["Анкеты", "12.10.2022", "Савина И.А.\nСлепкова Н.А."],
        [("Анкеты", "12.10.2022", "Савина И.А., Слепкова Н.А.")],
        False,
    ),
    "a position above its name": (
        ["Анкеты", "12.10.2022", "Заместитель директора по УВР\nСавина И.А."],
        [("Анкеты", "12.10.2022", "Заместитель директора по УВР Савина И.А.")],
        False,
    ),
    "a position and a name in two paragraphs each are one person": (
        ["Анкеты\nОтчёт", "12.10.2022", "Заместитель директора\nпо УВР Савина\nИ.А."],
        [("Анкеты Отчёт", "12.10.2022", "Заместитель директора по УВР Савина И.А.")],
        False,
    ),
    "nothing but a deadline": (["", "12.10.2022", ""], [("", "12.10.2022", "")], False),
}


@pytest.mark.parametrize("name", LINED)
def test_a_row_is_lined_up(name: str, tmp_path: Path) -> None:
    cells, expected, noted = LINED[name]
    (row,) = rows(docx_file(tmp_path / "a.docx", [HEAD, ["1.", "Опрос", *cells]]))
    assert [one[:3] for one in row.results] == expected
    assert bool(row.note) == noted


def test_flat_text_is_lined_up_with_a_note(tmp_path: Path) -> None:
    cells = ["Проинформированы родители; Проведён опрос.", "01.05.2023 05.05.2023", "Савина И.А."]
    (row,) = rows(text_file(tmp_path / "a.txt", [HEAD, ["1.", "Опрос", *cells]]))
    assert [one.due for one in row.results] == ["01.05.2023", "05.05.2023"]
    assert "проверьте" in row.note


def test_a_list_within_the_title(tmp_path: Path) -> None:
    table = [
        ["№", "Содержание работы", "Дата", "Отв. лица"],
        ["I", "Контроль\n1. Дневники\n2.Журналы", "до 15.10\n\nв теч. месяца", "ЗУВР\n\nДиректор"],
    ]
    (row,) = rows(docx_file(tmp_path / "a.docx", table))
    assert (row.no, row.title) == ("I", "Контроль")
    assert [one[:3] for one in row.results] == [
        ("1. Дневники", "до 15.10", "ЗУВР"),
        ("2.Журналы", "в теч. месяца", "Директор"),
    ]


def test_a_list_below_a_heading_with_a_colon_is_the_results_of_one_activity(tmp_path: Path) -> None:
    head = ["№", "Мероприятия", "Сроки", "Ответственные"]
    cells = ["1", "Проведение:\n- педсовета\n- слёта", "10.10.2022\n15.10.2022", "Савина И.А.\nСлепкова Н.А."]
    (row,) = rows(docx_file(tmp_path / "a.docx", [head, cells]))
    assert (row.no, row.title, [one[:3] for one in row.results]) == (
        "1",
        "Проведение",
        [("- педсовета", "10.10.2022", "Савина И.А."), ("- слёта", "15.10.2022", "Слепкова Н.А.")],
    )


def test_words_in_a_column_that_is_not_theirs(tmp_path: Path) -> None:
    table = [
        HEAD,
        ["1.", "Опрос", "Анкеты", "", "до 15.10.2022"],
        ["2.", "Сайт", "Страница", "15.10.2022", "", "Савина И.А."],
    ]
    first, second = rows(text_file(tmp_path / "a.txt", table))
    assert (first.results[0][:3], "стоит в графе ответственных" in first.note) == (
        ("Анкеты", "до 15.10.2022", ""),
        True,
    )
    assert (second.results[0].owners, "правее своей графы" in second.note) == ("Савина И.А.", True)


@pytest.mark.parametrize(
    ("mark", "done", "evidence", "note"),
    [
        ("12.10.2022", "12.10.2022", "", ""),
        ("12.10.2022; приказ № 87", "12.10.2022", "приказ № 87", ""),
        ("05.10.2022; 05.11.2022; акт", "05.10.2022; 05.11.2022", "акт", ""),
        ("Исполнено 12.10.2022, приказ № 87", "12.10.2022", "Исполнено 12.10.2022, приказ № 87", ""),
        ("не исполнено", "", "", "Отметка об исполнении: не исполнено."),
        ("не исполнено 12.10.2022", "", "", "Отметка об исполнении: не исполнено 12.10.2022."),
    ],
)
def test_a_mark_of_completion(mark: str, done: str, evidence: str, note: str, tmp_path: Path) -> None:
    (row,) = rows(docx_file(tmp_path / "a.docx", [[*HEAD, "Отметка об исполнении"], [*ROW, mark]]))
    assert (row.results[0].done, row.results[0].evidence, row.note) == (done, evidence, note)


# -- formats ----------------------------------------------------------------------------------------------------------


def test_word_keeps_what_is_printed(tmp_path: Path) -> None:
    """Corrections, numbers that Word makes, text boxes, nested tables, breaks, soft hyphens, notes."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def change(document: Any) -> None:
        cells = document.tables[0].rows[1].cells
        names = nsdecls("w")
        cells[1].paragraphs[0]._p.append(
            parse_xml(f"<w:ins {names}><w:r><w:t xml:space='preserve'> вставлено</w:t></w:r></w:ins>")
        )
        cells[1].paragraphs[0]._p.append(parse_xml(f"<w:del {names}><w:r><w:delText>удалено</w:delText></w:r></w:del>"))
        cells[2].paragraphs[0].add_run("пер\u00adвый\u00a0раз").add_break()
        cells[2].paragraphs[0].add_run("второй")
        inner = cells[2].add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "внутри", "таблицы"
        inside = "<w:txbxContent><w:p><w:r><w:t>в рамке</w:t></w:r></w:p></w:txbxContent>"
        cells[4].paragraphs[0]._p.append(parse_xml(f"<w:r {names}><w:pict>{inside}</w:pict></w:r>"))
        for text in ("раз", "два"):
            document.tables[0].rows[2].cells[2].add_paragraph(text, style="List Number")

    table = [HEAD, ["1.", "Опрос", "", "до 15.10.2022", "Савина И.А."], ["2.", "Сайт", "", "", ""]]
    path = docx_file(tmp_path / "a.docx", table, change=change)
    found = imported(path)
    first, second = found.draft.activities
    assert first.title == "Опрос вставлено"
    assert first.results[0].text == "первый раз второй внутри таблицы"
    assert "в рамке" in first.results[0].owners
    assert second.results[0].text == "1. раз 2. два"
    assert any("удалённое" in said for said in found.remarks)
    assert found.unplaced == ()


def test_numbers_that_word_makes(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for row in document.tables[0].rows[1:]:
            row.cells[0].paragraphs[0].style = "List Number"

    path = docx_file(tmp_path / "a.docx", [HEAD, ["", *ROW[1:]], ["", *OTHER[1:]]], change=change)
    assert [row.no for row in rows(path)] == ["1", "2"]


def test_excel_says_what_its_cells_show(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        sheet["A3"].number_format = "0.00"
        sheet["F2"].number_format = sheet["F3"].number_format = "0%"
        sheet["D4"].number_format = "mmm yyyy"
        sheet["D5"].number_format = "d mmm"
        sheet.row_dimensions[5].hidden = True
        sheet["C3"] = "=1+1"
        book.create_sheet("Черновик").sheet_state = "hidden"

    table = [
        [*HEAD, "Готово"],
        [1, "Опрос", "Анкеты", datetime.date(2022, 10, 14), "Савина И.А.", 1],
        [3.1, "Сайт", "", datetime.date(2022, 10, 15), "Савина И.А.", 0.5],
        [4.0, "Совет", "Протокол", datetime.date(2022, 11, 1), "Савина И.А."],
        ["5", "Отчёт", "Отчёт", datetime.date(2022, 12, 1), "Савина И.А."],
    ]
    found = imported(xlsx_file(tmp_path / "a.xlsx", table, change))
    assert [(a.no, a.results[0].due) for a in found.draft.activities] == [
        ("1", "14.10.2022"),
        ("3.10", "15.10.2022"),
        ("4", "ноябрь 2022"),
        ("5", "01.12.2022"),
    ]
    assert [a.note for a in found.draft.activities[:2]] == ["Готово: 100%.", "Готово: 50%."]
    said = " ".join(found.remarks)
    assert "скрытые строки" in said
    assert "«Черновик» скрыт" in said
    assert "формула без сохранённого значения, они пусты: C3" in said
    assert "не показывает год" in said


def test_excel_merges(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for area in ("A2:A3", "B2:B3"):
            book.active.merge_cells(area)

    table = [HEAD, ["1", "Опрос", "Анкеты", "12.10.2022", "Савина И.А."], [None, None, "Отчёт", "14.10.2022", None]]
    (row,) = rows(xlsx_file(tmp_path / "a.xlsx", table, change))
    assert [one[:3] for one in row.results] == [("Анкеты", "12.10.2022", "Савина И.А."), ("Отчёт", "14.10.2022", "")]


def test_a_far_cell_is_told_and_does_no_harm(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.active["XFD1048576"] = "далеко"

    found = imported(xlsx_file(tmp_path / "a.xlsx", [HEAD, ROW], change))
    assert len(found.draft.activities) == 1
    assert [one[:] for one in found.unplaced] == [("a.xlsx, строка 1048576", "далеко")]


def test_a_page_with_spans_and_entities(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset=windows-1251><style>p {}</style></head><body><p>План&nbsp;школы<table>"
        "<tr><th rowspan=2>№<th rowspan=2>Мероприятие<th colspan=2>Сроки<tr><th>начало<th>окончание"
        "<tr><td rowspan=2>1<td rowspan=2>Опрос &laquo;А&raquo;<td>10.10.2022<td>12.10.2022"
        "<tr><td>14.10.2022<td>15.10.2022"
        "</table><script>alert('x')</script></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("cp1251"))
    found = imported(path)
    (row,) = found.draft.activities
    assert (found.draft.title, row.title) == ("План школы", "Опрос «А»")
    assert [one.due for one in row.results] == ["10.10.2022 - 12.10.2022", "14.10.2022 - 15.10.2022"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp1251", ";"), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ","), ("cp866", ";")]
)
def test_csv_in_any_of_its_shapes(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = (
        ("№", "Мероприятие", "Сроки", "Ответственные"),
        ("3.10", '"Опрос, ""А""; всё"', "до 15.10.2022", "'+Савина И.А."),
    )
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    (row,) = rows(path)
    assert (row.no, row.title, row.results[0].due) == ("3.10", 'Опрос, "А"; всё', "до 15.10.2022")
    assert row.results[0].owners == "+Савина И.А."


def test_a_document_of_libreoffice(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>удалено</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>План<text:s/>школы</text:p>"
        "<table:table><table:table-header-rows><table:table-row>"
        + "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in HEAD)
        + "</table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>1</text:p></table:table-cell>'
        '<table:table-cell table:number-rows-spanned="2"><text:p>Опрос</text:p></table:table-cell>'
        "<table:table-cell><text:list><text:list-item><text:p>Анкеты</text:p></text:list-item></text:list>"
        "</table:table-cell><table:table-cell><text:p>10.10.2022<text:line-break/>12.10.2022</text:p>"
        "</table:table-cell><table:table-cell><text:p>Савина<text:note><text:note-body><text:p>сноска</text:p>"
        "</text:note-body></text:note> И.А.</text:p></table:table-cell>"
        "</table:table-row><table:table-row><table:covered-table-cell/><table:covered-table-cell/>"
        "<table:table-cell><text:p>Отчёт</text:p></table:table-cell><table:table-cell/><table:table-cell/>"
        "</table:table-row></table:table>"
    )
    found = imported(odt_file(tmp_path / "a.odt", body))
    (row,) = found.draft.activities
    assert [one[:2] for one in row.results] == [("- Анкеты", "10.10.2022 12.10.2022"), ("Отчёт", "")]
    assert "сноска" in row.results[0].owners
    assert any("удалённое" in said for said in found.remarks)


CUT = [("Мероприяти", "е"), ("Характерист", "ика"), ("методическ", "их"), ("Анкетирова", "ние"), ("Руководител", "и")]
CUT += [
    ("общеобразо", "вательных"),
    ("Организова", "но"),
    ("самодиагно", "стика"),
    ("координатор", "а"),
    ("опровожден", "ие"),
    ("12.10.20", "22"),
]
WHOLE = [("Направлены", "рекомендации"), ("Направлены", "письма:"), ("поступления", "из"), ("Подготовить", "отчет")]
WHOLE += [("программы", "внеучебной"), ("количества", "и"), ("Проведение", "опроса"), ("12.10.2022", "14.10.2022")]


@pytest.mark.parametrize(("first", "second"), [*CUT, *WHOLE])
def test_words_cut_by_the_edge_of_a_cell(first: str, second: str) -> None:
    assert is_cut(first, second) == ((first, second) in CUT)


def test_a_row_that_goes_on_in_a_table_of_the_next_page(tmp_path: Path) -> None:
    more = [["", "на сайте школы", "и на стенде", "", "Слепкова Н.А."], OTHER]
    found = imported(docx_file(tmp_path / "a.docx", [HEAD, ROW], "- 2 -", more))
    first, second = found.draft.activities
    assert (first.title, first.results[0][:3]) == (
        "Издать приказ на сайте школы",
        ("Приказ и на стенде", "до 15.10.2022", "Савина И.А. Слепкова Н.А."),
    )
    assert second.title == OTHER[1]


def test_a_pdf_with_narrow_columns() -> None:
    """Printed from Word: words cut by the edges of cells, merged cells, a heading, a row cut by the end of the page."""
    found = imported(Path(__file__).parent / "documents" / "plan.pdf")
    survey, *others = found.draft.activities[1:]
    assert (found.draft.title, found.draft.school_year) == (
        "План мероприятий школы на 2022-2023 учебный год",
        "2022-2023",
    )
    assert (survey.no, survey.title) == ("2", "Анкетирование родителей")
    assert [one[:3] for one in survey.results] == [
        ("Справка о результатах", "12.10.2022 - 14.10.2022", "Руководители ОО"),
        ("Отчёт на сайте", "до 30.10.2022", "Слепкова Н.А."),
    ]
    assert [one.no for one in others] == ["3", "4", "5", "6", "7", "8"]
    for one in others:
        assert one.section == "Раздел II. Мониторинг"
        assert one.title == "Проведение мониторинга Проведение мониторинга Проведение мониторинга школы"
        assert [result[:3] for result in one.results] == [
            (
                "Чек-лист заполнен и отправлен в управление образования",
                "в течение года",
                "Савина И.А., Слепкова Н.А.",
            )
        ]
    assert found.unplaced == ()
    assert any("Мероприятие" in said for said in found.remarks)
