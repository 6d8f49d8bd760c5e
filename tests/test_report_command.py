"""«Справка об исполнении»: what was due in a period, what became of it, and the words that say so."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from roadmap_cli.exporting import written
from roadmap_cli.exporting.certificate import certificate
from roadmap_cli.model import Activity, Deliverable, Move, Plan, Span
from roadmap_cli.project import Project, load
from roadmap_cli.report.execution import doubt_words, execution, marks, outcome_words, totals_words
from roadmap_cli.report.material import Material, Period, material_of, school_year
from roadmap_cli.settings import Settings
from roadmap_cli.status import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran
    from roadmap_cli.report.execution import Execution

ROOT = Path(__file__).parents[1]
DISTRICT = ROOT / "tests" / "district" / "plans"
DAY = date(2022, 12, 1)

PLAN = """\
title: План работы
organization: МБОУ «СОШ №3»
school_year: 2022-2023
activities:
  - {no: 1, title: Приказ, deliverable: Приказ, due: до 16.09.2022, owners: Лапшина Г.С., done: 15.09.2022}
  - {no: 2, title: Опрос, deliverable: Анкеты, due: до 14.10.2022, owners: Юдин В.А., done: 19.10.2022}
  - {no: 3, title: Отчёт, deliverable: Отчёт, due: до 25.11.2022, owners: Юдин В.А.}
  - {no: 4, title: Слёт, deliverable: Слёт, due: до 20.12.2022, owners: Юдин В.А.}
  - {no: 5, title: Смотр, deliverable: Смотр, due: до 20.05.2023, owners: Юдин В.А., done: 30.11.2022}
  - {no: 6, title: Учёба, due: до 10.11.2022, cancelled: нет средств}
  - {no: 7, title: Новости, due: постоянно}
"""


def material(text: str, folder: Path, today: date = DAY, period: Period | None = None) -> Material:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return material_of(load([str(path)], lambda _: Settings(str(folder))), today, period)


def found(text: str, folder: Path, today: date = DAY, period: Period | None = None) -> Execution:
    made = material(text, folder, today, period)
    return execution(made.plans[0], made)


def numbers(rows: Any) -> list[str]:
    return [row.activity.no for row in rows]


def test_every_row_of_the_period_is_counted_once(tmp_path: Path) -> None:
    one = found(PLAN, tmp_path)
    groups = (one.owed, one.ahead, one.waiting, one.cancelled, one.undated)
    assert [numbers(rows) for rows in groups] == [["1", "2", "3"], ["5"], ["4"], ["6"], ["7"]]
    assert [row.state for row in one.owed] == ["done", "done-late", "overdue"]


@pytest.mark.parametrize(
    ("first", "last", "owed"),
    [
        pytest.param(date(2022, 9, 16), date(2022, 10, 14), ["1", "2"], id="both days are in the period"),
        pytest.param(date(2022, 9, 17), date(2022, 10, 13), [], id="a day later, a day earlier"),
        pytest.param(date(2022, 11, 1), date(2022, 11, 30), ["3"], id="a month"),
        pytest.param(date(2023, 1, 1), date(2023, 1, 31), [], id="a period that has not come"),
    ],
)
def test_the_period_takes_both_its_days(first: date, last: date, owed: list[str], tmp_path: Path) -> None:
    assert numbers(found(PLAN, tmp_path, period=Period(first, last)).owed) == owed


def test_the_discipline_is_that_of_status(tmp_path: Path) -> None:
    made = material(PLAN, tmp_path)
    one = execution(made.plans[0], made)
    assert (one.load.discipline, one.load.done, one.load.done_late, one.load.overdue) == (33, 1, 1, 1)
    by_status = {load.owner: load.discipline for load in loads([*one.owed], DAY)}
    assert {load.owner: load.discipline for load in one.loads} == by_status == {"Лапшина Г.С.": 100, "Юдин В.А.": 0}


def words(text: str, folder: Path, today: date = DAY) -> tuple[str, ...]:
    return totals_words(found(text, folder, today), today)


def plan(*rows: str) -> str:
    lines = "".join(f"  - {{no: {n}, title: Дело {n}, {row}}}\n" for n, row in enumerate(rows, 1))
    return f"title: План\nschool_year: 2022-2023\nactivities:\n{lines}"


LATE, DONE, UNDONE = ("due: 14.10.2022, done: 15.10.2022", "due: 14.10.2022, done: 14.10.2022", "due: 14.10.2022")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(
            (DONE,), "из 1 результата, который надо было исполнить в этом периоде, исполнено 1.", id="one done"
        ),
        pytest.param(
            (UNDONE,), "из 1 результата, который надо было исполнить в этом периоде, не исполнено 1.", id="one"
        ),
        pytest.param(
            (UNDONE, UNDONE),
            "из 2 результатов, которые надо было исполнить в этом периоде, не исполнено ни одного.",
            id="none",
        ),
        pytest.param(
            (LATE,),
            "из 1 результата, который надо было исполнить в этом периоде, исполнено 1, с опозданием.",
            id="one late",
        ),
        pytest.param(
            (LATE, LATE),
            "из 2 результатов, которые надо было исполнить в этом периоде, исполнено 2, все с опозданием.",
            id="all late",
        ),
        pytest.param(
            (*[DONE] * 7, LATE, LATE, *[UNDONE] * 3),
            "из 12 результатов, которые надо было исполнить в этом периоде, исполнено 9, из них 2 с опозданием; "
            "не исполнено 3.",
            id="twelve",
        ),
        pytest.param(
            [DONE] * 21,
            "из 21 результата, который надо было исполнить в этом периоде, исполнено 21.",
            id="twenty-one",
        ),
        pytest.param((), "в этом периоде срок не наступил ни у одного результата.", id="nothing due"),
    ],
)
def test_the_figures_are_said_in_russian(rows: tuple[str, ...], said: str, tmp_path: Path) -> None:
    text = plan(*rows) if rows else "title: План\nactivities: []\n"
    assert words(text, tmp_path)[0] == f"По состоянию на 01.12.2022 {said}"


def test_what_is_not_counted_is_said(tmp_path: Path) -> None:
    assert words(PLAN, tmp_path)[1:] == (
        "Исполнительская дисциплина: 33 % (исполнено в срок 1 из 3).",
        "Кроме того: срок ещё впереди — 1; исполнено раньше срока — 1; отменено — 1; "
        "без определённого срока (в дисциплину не входит) — 1.",
    )


def test_a_plan_without_any_mark_says_so(tmp_path: Path) -> None:
    assert "Отметок об исполнении в плане нет ни одной." in words(plan(UNDONE), tmp_path)
    assert "Отметок об исполнении в плане нет ни одной." not in words(plan(DONE), tmp_path)


def test_terms_that_passed_without_a_mark_are_told(tmp_path: Path) -> None:
    said = words(plan('due: "30 октября, 30 января, 30 апреля"'), tmp_path)
    assert said[-1] == "Промежуточные сроки прошли без отметки об исполнении: № 1 (30.10.2022)."


def test_what_is_done_before_its_last_term_stands_where_an_earlier_term_lies(tmp_path: Path) -> None:
    row = plan('due: "12.10.2022, 14.11.2022", done: 11.10.2022')
    october = found(row, tmp_path, period=Period(date(2022, 10, 1), date(2022, 10, 31)))
    november = found(row, tmp_path, period=Period(date(2022, 11, 1), date(2022, 11, 30)))
    assert (numbers(october.ahead), numbers(october.owed)) == (["1"], [])
    assert (numbers(november.ahead), numbers(november.owed)) == ([], ["1"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(
            "due: 10.10.2022 15.10.2022",
            "№ 1: срок «10.10.2022 15.10.2022» (две даты без тире: период или два срока?): учтён день 15.10.2022.",
            id="two days without a dash",
        ),
        pytest.param(
            "due: 25.10.2022 05.11.2022",
            "№ 1: срок «25.10.2022 05.11.2022» (две даты без тире: период или два срока?): учтён день 05.11.2022, "
            "он не в этом периоде.",
            id="only the other day is in the period",
        ),
        pytest.param(
            "due: до14.10..2022",
            "№ 1: срок «до14.10..2022» (нет пробела после «до»; две точки подряд): учтён день 14.10.2022.",
            id="mended",
        ),
        pytest.param(
            "due: 32.10.2022",
            "№ 1: срок «32.10.2022» не прочитан (нет такого дня: «32.10.2022») и не учтён.",
            id="not read",
        ),
        pytest.param("due: 14.10.2022, done: да", "№ 1: отметка «да» — не день, она не учтена.", id="no mark"),
        pytest.param(
            "due: 14.10.2022, done: 11..10.2022",
            "№ 1: отметка «11..10.2022» (две точки подряд): учтено 11.10.2022.",
            id="a mended mark",
        ),
        pytest.param(
            "due: 14.10.2022, done: 05.12.2022",
            "№ 1: отметка «05.12.2022» (позже дня справки): учтено 05.12.2022.",
            id="a mark in the future",
        ),
        pytest.param("due: до 14 октября", "", id="the year is that of the school year"),
        pytest.param("due: до 10 августа", "", id="a doubt about another month"),
        pytest.param("due: 25.11.2022 05.12.2022", "", id="unclear, but in no way in the period"),
        pytest.param('due: до14.10..2022, cancelled: "нет средств"', "", id="cancelled"),
    ],
)
def test_what_is_not_certain_is_told(row: str, said: str, tmp_path: Path) -> None:
    period = Period(date(2022, 10, 1), date(2022, 10, 31))
    assert doubt_words(found(plan(row), tmp_path, DAY, period)) == ((said,) if said else ())


def test_a_doubtful_deadline_is_marked_in_the_certificate(tmp_path: Path) -> None:
    rows = ("due: 10.10.2022 15.10.2022", "due: до 15.10.2022", "due: 15.10.2022, done: 14..10.2022")
    lines, (owed, _) = text_of(material(plan(*rows), tmp_path))
    assert [row[2] for row in owed[1:]] == ["10.10.2022 15.10.2022, сверить", "до 15.10.2022", "15.10.2022"]
    assert owed[3][4] == "исполнено 14.10.2022, сверить"
    at = lines.index("Сверьте с планом: прочитано с поправкой или с сомнением")
    assert lines[at + 1].startswith("№ 1: срок «10.10.2022 15.10.2022»")


def test_a_deadline_that_was_not_read_is_counted_apart(tmp_path: Path) -> None:
    said = words(plan("due: 32.10.2022", "due: постоянно"), tmp_path)
    assert said[1].startswith("Кроме того: без определённого срока (в дисциплину не входит) — 1; срок не прочитан")


@pytest.mark.parametrize(
    ("done", "said"),
    [
        pytest.param("", "не исполнено, просрочено на 26 дней", id="never done"),
        pytest.param("04.11.2022", "исполнено 04.11.2022", id="done in time"),
        pytest.param("[04.10.2022, 04.11.2022, 01.12.2022]", "исполнено 04.11.2022", id="marked every month"),
        pytest.param("09.11.2022", "исполнено 09.11.2022, позже на 4 дня", id="done late"),
        pytest.param("05.10.2022", "не исполнено, просрочено на 26 дней", id="done on the day before it"),
        pytest.param("04.09.2022", "не исполнено, просрочено на 26 дней", id="done two months ago"),
    ],
)
def test_of_a_recurring_deadline_the_last_time_counts(done: str, said: str, tmp_path: Path) -> None:
    one = found(plan(f"due: ежемесячно до 5 числа{done and f', done: {done}'}"), tmp_path)
    assert [(row.day, outcome_words(row, DAY)) for row in one.owed] == [(date(2022, 11, 5), said)]
    assert one.waiting == ()


def test_a_recurring_deadline_that_has_not_come_yet_waits(tmp_path: Path) -> None:
    one = found(plan("due: ежемесячно до 5 числа, done: 01.09.2022"), tmp_path, date(2022, 9, 3))
    assert (numbers(one.owed), numbers(one.waiting)) == ([], ["1"])


@pytest.mark.parametrize(
    ("done", "said"),
    [
        pytest.param("", "не исполнено, просрочено на 66 дней", id="never done"),
        pytest.param("[03.10.2022, 03.11.2022]", "исполнено 03.10.2022", id="done in time, and the next time too"),
        pytest.param("05.12.2022", "не исполнено, просрочено на 66 дней", id="done for a later time"),
    ],
)
def test_a_past_period_is_judged_by_its_own_last_time(done: str, said: str, tmp_path: Path) -> None:
    period, today = Period(date(2022, 10, 1), date(2022, 10, 31)), date(2022, 12, 10)
    one = found(plan(f"due: ежемесячно до 5 числа{done and f', done: {done}'}"), tmp_path, today, period)
    assert [(row.day, outcome_words(row, today)) for row in one.owed] == [(date(2022, 10, 5), said)]


@pytest.mark.parametrize(
    ("year", "period"),
    [
        pytest.param("2022-2023", Period(date(2022, 9, 1), date(2023, 8, 31)), id="the plan's school year"),
        pytest.param("2023", Period(date(2023, 1, 1), date(2023, 12, 31)), id="a calendar year"),
        pytest.param("", Period(date(2024, 9, 1), date(2025, 8, 31)), id="that of today"),
    ],
)
def test_without_words_the_period_is_the_school_year(year: str, period: Period) -> None:
    one = Plan("p.yaml", "", "", year, ())
    assert Material(Project({}, (), (), {}), (), date(2025, 2, 28)).period_of(one) == period


@pytest.mark.parametrize("day", [date(2022, 9, 1), date(2023, 8, 31), date(2023, 1, 1)])
def test_a_school_year_begins_in_september(day: date) -> None:
    assert school_year(day) == Period(date(2022, 9, 1), date(2023, 8, 31))


# The document


def text_of(made: Material) -> tuple[list[str], list[list[list[str]]]]:
    document = Document(io.BytesIO(written(certificate(made), ".docx")))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables


def test_the_certificate_says_all_of_it(tmp_path: Path) -> None:
    lines, (owed, people) = text_of(material(PLAN, tmp_path))
    assert lines[:4] == [
        "МБОУ «СОШ №3»",
        "Справка об исполнении",
        "«План работы»",
        "за период с 01.09.2022 по 31.08.2023",
    ]
    assert owed[1:] == [
        ["1", "Приказ\n— Приказ", "до 16.09.2022", "Лапшина Г.С.", "исполнено 15.09.2022"],
        ["2", "Опрос\n— Анкеты", "до 14.10.2022", "Юдин В.А.", "исполнено 19.10.2022, позже на 5 дней"],
        ["3", "Отчёт\n— Отчёт", "до 25.11.2022", "Юдин В.А.", "не исполнено, просрочено на 6 дней"],
    ]
    assert people[1:] == [["Юдин В.А.", "2", "0", "1", "1", "0 %"], ["Лапшина Г.С.", "1", "1", "0", "0", "100 %"]]
    assert [line.strip() for line in lines[-3:]] == ["Руководитель", "Справку составил", "01.12.2022"]


def test_the_gaps_to_the_parent_stand_in_the_certificate() -> None:
    paths = [str(DISTRICT / "schools" / "school-10.yaml")]
    made = material_of(load(paths, lambda _: Settings(str(DISTRICT))), DAY)
    lines, tables = text_of(made)
    assert "Расхождения с вышестоящим планом" in lines
    assert any("покрыто 60 % обязательных мероприятий (в срок: 1, позже: 2, нет в плане: 2" in line for line in lines)
    assert [row[0] for row in tables[-1][1:]] == ["1", "2", "3", "5"]
    assert tables[-1][2][2:] == [
        "до 14.10.2022",
        "№ 2 Паспорта на предметы музея (до 30.10.2022)",
        "срок 14.10.2022, у школы 30.10.2022: позже на 16 дней",
    ]


def test_every_plan_has_a_page_and_the_same_bytes() -> None:
    paths = sorted(str(path) for path in DISTRICT.rglob("*.yaml"))
    made = material_of(load(paths, lambda _: Settings(str(DISTRICT))), DAY)
    data = written(certificate(made), ".docx")
    assert data == written(certificate(made), ".docx")
    document = Document(io.BytesIO(data))
    assert len(document.sections) == 5
    assert all(section.page_width < section.page_height for section in document.sections)


# The command


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param(("--docx",), "spravka.docx", id="a flag alone"),
        pytest.param(("--docx", "a.docx"), "a.docx", id="with a name"),
        pytest.param(("--docx", "-o", "b.docx"), "b.docx", id="beside -o"),
        pytest.param(("-o", "c.docx"), "c.docx", id="by the ending"),
        pytest.param(("-o", "d.md"), "d.md", id="in Markdown"),
    ],
)
def test_the_file_is_named_in_every_way(
    words: tuple[str, ...], name: str, tmp_path: Path, roadmap: Callable[..., Ran]
) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    ran = roadmap("report", "plan.yaml", *words, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"записано: {name} (1 план)\n")
    assert (tmp_path / name).stat().st_size > 500


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("out.odt", "не понятно, какой документ нужен: «out.odt»", id="another document"),
        pytest.param("nope.yaml", "нет файла или папки «nope.yaml»", id="a plan that is not there"),
    ],
)
def test_a_wrong_word_behind_the_flag_is_told(
    name: str, said: str, tmp_path: Path, roadmap: Callable[..., Ran]
) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    ran = roadmap("report", "--docx", name, cwd=tmp_path)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert said in ran.err


def test_a_plan_behind_the_flag_is_a_plan(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    before = (tmp_path / "plan.yaml").read_bytes()
    assert roadmap("report", "--docx", "plan.yaml", cwd=tmp_path).code == 0
    assert (tmp_path / "spravka.docx").exists()
    assert (tmp_path / "plan.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "period"),
    [
        pytest.param(("--period", "октябрь"), "с 01.10.2022 по 31.10.2022", id="a month of this school year"),
        pytest.param(("--period", "I квартал 2023"), "с 01.01.2023 по 31.03.2023", id="a quarter"),
        pytest.param(("--period", "2022-2023"), "с 01.09.2022 по 31.08.2023", id="a school year"),
        pytest.param(("--from", "01.10.2022"), "с 01.10.2022 по 31.08.2023", id="from"),
        pytest.param(("--to", "2022-12-31"), "с 01.09.2022 по 31.12.2022", id="to"),
        pytest.param(("--from", "1.10.2022", "--to", "5.10.2022"), "с 01.10.2022 по 05.10.2022", id="both"),
    ],
)
def test_a_period_in_words(words: tuple[str, ...], period: str, tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    ran = roadmap("report", "plan.yaml", "-o", "a.md", *words, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert f"за период {period}" in (tmp_path / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["октябрь, январь", "до 5 мая", "12.10.2022 14.10.2022", "ежемесячно до 5 числа", ""])
def test_what_is_no_single_stretch_of_days_is_no_period(
    words: str, tmp_path: Path, roadmap: Callable[..., Ran]
) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    ran = roadmap("report", "plan.yaml", "-o", "a.md", "--period", words, cwd=tmp_path)
    assert (ran.code, (tmp_path / "a.md").exists()) == (2, False)
    assert "не период" in ran.err


def test_vacations_of_the_settings_are_a_period(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    settings = "vacations:\n  2022-2023:\n    осенние: с 29.10.2022 по 06.11.2022\n"
    (tmp_path / "roadmap.yaml").write_text(settings, encoding="utf-8")
    ran = roadmap("report", "plan.yaml", "-o", "a.md", "--period", "осенние каникулы", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "с 29.10.2022 по 06.11.2022" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_the_marks_of_a_result_tell_its_own_moves() -> None:
    move = Move("до 15.10.2022", "до 20.10.2022", "", "карантин")
    result = Deliverable("Приказ", Span("plan.yaml"), moved=(move,))
    activity = Activity("1", "1", "Педсовет", (result,), Span("plan.yaml"))
    assert marks(activity, result) == ("Срок перенесён с «до 15.10.2022» на «до 20.10.2022» (карантин)",)
