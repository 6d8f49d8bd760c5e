"""The year of a plan as bars: where days stand in columns, and what people see of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap_cli.dates import parse_due
from roadmap_cli.timeline import Mark, Window, marks, scale, window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

YEAR = Window(date(2022, 9, 1), date(2023, 8, 31))


def days(text: str, school_year: str = "2022-2023") -> list[tuple[str, str, str | None]]:
    found = marks(parse_due(text, school_year), school_year)
    return [(m.form, m.start.isoformat(), m.end.isoformat() if m.end else None) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14.10.2022", [("point", "2022-10-14", "2022-10-14")]),
        ("до 15.10.2022", [("point", "2022-10-15", "2022-10-15")]),
        ("15.01.2023- 20.01.2023", [("bar", "2023-01-15", "2023-01-20")]),
        ("октябрь, январь", [("bar", "2022-10-01", "2022-10-31"), ("bar", "2023-01-01", "2023-01-31")]),
        ("с 1 марта", [("line", "2023-03-01", None)]),
        ("постоянно", [("line", "2022-09-01", "2023-08-31")]),
        ("20.10.2022 30.10.2022", [("unclear", "2022-10-20", "2022-10-20"), ("unclear", "2022-10-30", "2022-10-30")]),
        ("по мере поступления", []),
        ("31.02.2023", []),
        ("ежедневно", []),
    ],
)
def test_the_days_of_a_deadline(text: str, expected: list[Any]) -> None:
    assert days(text) == expected


def test_a_recurring_deadline_is_a_point_each_time() -> None:
    assert [start for _, start, _ in days("ежеквартально")] == ["2022-09-30", "2022-12-31", "2023-03-31", "2023-06-30"]
    assert days("ежемесячно до 5 числа", "") == []  # nobody knows since when


def test_no_deadline_no_days() -> None:
    assert marks(None) == ()


# The window


@pytest.mark.parametrize(
    ("school_year", "found", "expected"),
    [
        ("2022-2023", [], YEAR),
        ("2022-2023", [date(2022, 10, 5)], YEAR),
        ("2022-2023", [date(2022, 8, 25), date(2024, 1, 9)], Window(date(2022, 8, 1), date(2024, 1, 31))),
        ("2023", [], Window(date(2023, 1, 1), date(2023, 12, 31))),
        ("", [date(2022, 10, 5), date(2023, 2, 7)], Window(date(2022, 10, 1), date(2023, 2, 28))),
        ("", [], Window(date(2022, 10, 1), date(2022, 10, 31))),
    ],
)
def test_the_window(school_year: str, found: list[date], expected: Window) -> None:
    assert window(school_year, [Mark("point", day, day) for day in found], date(2022, 10, 20)) == expected


# The columns


@pytest.mark.parametrize(
    ("room", "columns"),
    [(200, 106), (106, 106), (105, 53), (53, 53), (52, 47), (47, 47), (46, 24), (24, 24), (23, 12), (11, 6), (1, 1)],
)
def test_the_finest_cut_that_has_place(room: int, columns: int) -> None:
    assert len(scale(YEAR, room).columns) == columns


@pytest.mark.parametrize("room", [200, 100, 50, 30, 12, 5, 1])
def test_every_day_has_a_column_and_days_keep_their_order(room: int) -> None:
    cut = scale(YEAR, room)
    day, last = YEAR.first, -1
    while day <= YEAR.last:
        column = cut.column(day)
        start = cut.columns[column]
        assert column >= last
        assert start is not None
        assert start <= day
        following = [first for first in cut.columns[column + 1 :] if first]
        assert not following or day < following[0]
        day, last = day + timedelta(1), column


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 20_000), st.integers(1, 200))
def test_any_window_has_place_in_any_room(first: date, length: int, room: int) -> None:
    shown = window("", [Mark("bar", first, first + timedelta(length))])
    cut = scale(shown, room)
    assert 0 < len(cut.columns) <= room
    for heads in (cut.months, cut.years):
        assert all(column + len(word) <= len(cut.columns) for column, word in heads)
        assert all(one[0] + len(one[1]) < two[0] for one, two in pairwise(heads))


def test_a_head_stands_over_the_first_of_its_month() -> None:
    for room in (106, 53, 47):
        cut = scale(YEAR, room)
        assert [word for _, word in cut.months] == [word for _, word in months()]
        assert dict(cut.months) == {cut.column(date(2022 + (m < 9), m, 1)): word for m, word in months()}
        assert [word for _, word in cut.years] == ["2022", "2023"]


def months() -> list[tuple[int, str]]:
    names = ("сен", "окт", "ноя", "дек", "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг")
    return list(zip((9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8), names, strict=True))


# The picture

PLAN = """title: План музея
school_year: 2022-2023
activities:
- {no: 1, title: День, due: до 15.10.2022, owners: Юдин В.А., done: 14.10.2022}
- {no: 2, title: Период, due: 10.01.2023 - 25.01.2023, owners: Лапшина Г.С.}
- {no: 3, title: Два дня, due: 20.11.2022 30.11.2022, owners: 'Юдин В.А., Лапшина Г.С.'}
- {no: 4, title: Всегда, due: постоянно}
- {no: 5, title: Без конца, due: с 1 мая}
- {no: 6, title: Каждый месяц, due: ежемесячно до 5 числа}
- {no: 7, title: Конец года, due: 31.08.2023, cancelled: нет}
- {no: 8, title: Когда-нибудь, due: по мере поступления}
- {no: 9, title: Без срока}
"""


@pytest.fixture
def drawn(tmp_path: Path, roadmap: Run) -> Callable[..., list[str]]:
    """The lines of the picture of PLAN."""

    def of(*args: str, plan: str = PLAN, **env: str) -> list[str]:
        (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
        ran = roadmap("timeline", "plan.yaml", "--format", "table", *args, cwd=tmp_path, **env)
        assert ran.code == 0, ran.err
        return ran.out.splitlines()

    return of


def line_of(lines: list[str], name: str) -> str:
    return next(line for line in lines if name in line)


def test_each_kind_of_deadline_has_its_form(drawn: Callable[..., list[str]]) -> None:
    lines = drawn(COLUMNS="80")
    strips = {no: line_of(lines, f" {no} ")[33:] for no in range(1, 8)}
    assert strips[1] == "     ◆15"
    assert strips[2].replace("│", " ").strip() == "10━━━25"
    assert strips[3].replace("│", " ").strip() == "??20,30"
    assert strips[4] == "─" * 47
    assert strips[5].endswith("─›")
    assert strips[6].count("◆5") == 12
    assert strips[7].endswith("31◆")
    at = lines.index("Без даты: 2")
    assert [line[33:] for line in lines[at + 1 : at + 3]] == ["по мере поступления", "срок не указан"]
    assert "│ сегодня, 20.10.2022" in " ".join(lines[-2:])
    assert [line[0] for line in lines if line[2:3].isdigit()] == ["+", "·", "·", "=", "·", "!", "x", "?", "?"]


DAYS = {
    "an end and a beginning": (
        "01.10.2022 - 31.10.2022, 05.12.2022 - 25.12.2022",
        "1━━━31  5━━━25",
    ),
    "no place between two periods": ("01.10.2022 - 31.10.2022, 15.11.2022 - 25.12.2022", "1━━━31━━━━━━25"),
    "days of one column": ("12.10.2022, 14.10.2022", "◆12,14"),
    "a day inside a period stays": ("октябрь 2022, до 15.10.2022", "1━◆━15,31"),
}


@pytest.mark.parametrize("name", DAYS)
def test_days_stand_beside_their_marks_and_never_run_together(name: str, drawn: Callable[..., list[str]]) -> None:
    due, expected = DAYS[name]
    plan = f"title: П\nschool_year: 2022-2023\nactivities:\n- {{no: 1, title: А, due: '{due}'}}\n"
    line = line_of(drawn("--today", "2025-01-01", plan=plan, COLUMNS="80"), " 1 А")
    assert line[33:].strip() == expected


@pytest.mark.parametrize("width", [20, 30, 40, 60, 79, 80, 100, 119, 120, 160, 240])
def test_the_picture_keeps_to_the_screen(width: int, drawn: Callable[..., list[str]]) -> None:
    lines = drawn(COLUMNS=str(width))
    assert max(map(cell_len, lines)) <= width
    days = {line.index("│") for line in lines if "│" in line and "сегодня" not in line}
    assert len(days) <= 1


def test_today_outside_the_year_is_not_marked(drawn: Callable[..., list[str]]) -> None:
    assert "│" not in "".join(drawn("--today", "2025-01-01"))


def test_a_terminal_without_the_signs_gets_others(tmp_path: Path, process: Run) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    args = ("timeline", "plan.yaml", "--format", "table")
    ran = process(*args, cwd=tmp_path, PYTHONIOENCODING="cp1251", encoding="cp1251", COLUMNS="80")
    assert "     *15\n" in ran.out
    assert "\\u" not in ran.out
    assert "10===25" in ran.out


def test_colour_shows_the_state_of_the_mark_and_not_of_the_name(tmp_path: Path, roadmap: Run) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    ran = roadmap("timeline", "plan.yaml", "--format", "table", "--color", "always", cwd=tmp_path)
    assert "\x1b[32m+ 1 \x1b[0mДень" in ran.out


def test_per_person(drawn: Callable[..., list[str]]) -> None:
    lines = drawn("--by", "owner")
    assert [line for line in lines if line in ("Лапшина Г.С.", "Юдин В.А.", "ответственный не назван")] == [
        "Лапшина Г.С.",
        "Юдин В.А.",
        "ответственный не назван",
    ]
    assert sum(" 3 Два дня" in line for line in lines) == 2
    only = drawn("--owner", "Юдин")
    assert [line[2:3] for line in only if line[2:3].isdigit()] == ["1", "3"]
    assert drawn("--owner", "Никто") == ["Ни одна строка не подходит под условия."]


def test_json_has_the_same_keys_whatever_is_asked(tmp_path: Path, roadmap: Run) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    documents = [
        json.loads(roadmap("timeline", "plan.yaml", "--format", "json", *args, cwd=tmp_path).out)
        for args in ((), ("--by", "owner"), ("--owner", "Никто"))
    ]
    assert {tuple(document) for document in documents} == {("version", "report", "as_of", "plans")}
    assert documents[0] == documents[1]
    (plan,) = documents[0]["plans"]
    assert (plan["first"], plan["last"]) == ("2022-09-01", "2023-08-31")
    assert len({tuple(row) for row in plan["rows"]}) == 1
    found = {row["activity"]["no"]: (row["state"], row["start"], row["end"]) for row in plan["rows"]}
    assert found["1"] == ("done", "2022-10-15", "2022-10-15")
    assert found["5"] == ("upcoming", "2023-05-01", None)
    assert found["8"] == ("unscheduled", None, None)


def test_csv_has_a_line_for_each_row_of_each_person(tmp_path: Path, roadmap: Run) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    ran = roadmap("timeline", "plan.yaml", "--format", "csv", "--by", "owner", cwd=tmp_path)
    header, *rows = csv.reader(io.StringIO(ran.out.removeprefix("\ufeff")), delimiter=";")
    people = [row[header.index("Ответственный")] for row in rows]
    assert people == ["Лапшина Г.С."] * 2 + ["Юдин В.А."] * 2 + ["ответственный не назван"] * 6
    assert rows[0][header.index("Начало")] == "10.01.2023"


def test_a_person_and_all_people_are_not_shown_at_once(roadmap: Run) -> None:
    ran = roadmap("timeline", "--owner", "Юдин", "--by", "owner")
    assert (ran.code, ran.out) == (2, "")
    assert "выберите что-то одно" in ran.err
