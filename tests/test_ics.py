"""Calendars: what `--format ics` gives, read by an outside reader; stable for the same plan, safe for any text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from roadmap_cli.render.ics import escaped, folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Run = Callable[..., Ran]

HEAD = "title: План музея\norganization: МБОУ «СОШ №3»\nschool_year: 2022-2023\nactivities:\n"


def write(folder: Path, rows: str, head: str = HEAD, name: str = "plans/plan.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + rows, encoding="utf-8")
    return path


def entries(ran: Ran, kind: str = "VEVENT") -> list[Any]:
    """What the reader finds; whatever it only mends or drops fails."""
    assert ran.code == 0, ran.err
    found = Calendar.from_ical(ran.out)
    assert found.errors == []
    assert [e for c in found.walk() for e in c.errors] == []
    return list(found.walk(kind))


@pytest.fixture
def shown(tmp_path: Path, roadmap: Run) -> Callable[..., list[Any]]:
    """The entries of a plan with these rows."""

    def of(rows: str, *args: str, kind: str = "VEVENT", head: str = HEAD) -> list[Any]:
        write(tmp_path, rows, head)
        return entries(roadmap("status", "--format", "ics", *args, cwd=tmp_path), kind)

    return of


def days(events: list[Any]) -> list[tuple[str, str]]:
    """The first and the last day of each, both inclusive."""
    last = [e["DTEND"].dt - timedelta(1) for e in events]
    assert all(type(e["DTSTART"].dt) is date for e in events)
    return [(e["DTSTART"].dt.isoformat(), day.isoformat()) for e, day in zip(events, last, strict=True)]


def due(text: str) -> str:
    return f"- {{no: '1', title: Выставка, due: '{text}'}}\n"


DUES = {
    "on": ("14.10.2022", [("2022-10-14", "2022-10-14")]),
    "by": ("До 15.10.2022", [("2022-10-15", "2022-10-15")]),
    "period": ("15.01.2023- 20.01.2023", [("2023-01-15", "2023-01-20")]),
    "period over the new year": ("25.12.2022-10.01.2023", [("2022-12-25", "2023-01-10")]),
    "month": ("февраль", [("2023-02-01", "2023-02-28")]),
    "dates": ("12.10.2022, 14.10.2022", [("2022-10-12", "2022-10-12"), ("2022-10-14", "2022-10-14")]),
    "several months": ("октябрь, январь", [("2022-10-01", "2022-10-31"), ("2023-01-01", "2023-01-31")]),
    "unclear: the day that status counts to": ("20.10.2022 30.10.2022", [("2022-10-30", "2022-10-30")]),
    "only a beginning": ("с 15 марта", [("2023-03-15", "2023-03-15")]),
    "leap day": ("29.02.2024", [("2024-02-29", "2024-02-29")]),
    "ongoing": ("Постоянно", []),
    "season without settings": ("Зимние каникулы", []),
    "event": ("по мере поступления", []),
    "unscheduled": ("по отдельному графику", []),
    "unreadable": ("31.02.2023", []),
    "recurring without days": ("ежедневно", []),
}


@pytest.mark.parametrize("name", DUES)
def test_every_kind_of_deadline(name: str, shown: Callable[..., list[Any]]) -> None:
    text, expected = DUES[name]
    assert days(shown(due(text))) == expected


def test_a_recurring_deadline_has_an_entry_for_each_day_until_the_year_ends(shown: Callable[..., list[Any]]) -> None:
    events = shown(due("ежемесячно до 5 числа"))
    assert [first for first, _ in days(events)] == [
        *(f"2022-{month:02}-05" for month in range(9, 13)),
        *(f"2023-{month:02}-05" for month in range(1, 9)),
    ]
    assert len({e["UID"] for e in events}) == 12
    assert len(shown(due("каждый понедельник"))) == 52


def test_a_recurring_deadline_is_done_day_by_day(shown: Callable[..., list[Any]]) -> None:
    rows = "- {no: '1', title: Сверка, due: ежемесячно до 5 числа, done: '04.10.2022, 07.11.2022'}\n"
    done = [e["DTSTART"].dt.month for e in shown(rows) if e["SUMMARY"].startswith("✓")]
    assert done == [10, 11]  # a day early, and two days late: each counts once


def test_what_has_no_day_is_told(tmp_path: Path, roadmap: Run) -> None:
    rows = due("Постоянно") + due("31.02.2023").replace("'1'", "'2'") + "- {no: '3', title: Без срока}\n"
    write(tmp_path, rows)
    ran = roadmap("status", "--format", "ics", cwd=tmp_path)
    assert entries(ran) == []
    said = (
        "в календарь не вошло без дня: 3 результата (постоянно — 1, срок не прочитан — 1, срок не указан — 1); "
        "их показывает roadmap status\n"
    )
    assert ran.err == said
    assert roadmap("status", "--format", "csv", cwd=tmp_path).err == ""
    assert roadmap("status", "--output", f"ics:{tmp_path}/o.ics", cwd=tmp_path).err == said


def test_what_is_doubtful_says_so(shown: Callable[..., list[Any]]) -> None:
    (event,) = shown(due("20.10.2022 30.10.2022"))
    assert event["SUMMARY"] == "? № 1 Выставка"
    assert event["STATUS"] == "TENTATIVE"
    assert "Понято: неоднозначно: 20.10.2022 30.10.2022; здесь стоит последний" in event["DESCRIPTION"]
    assert "две даты без тире" in event["DESCRIPTION"]
    (event,) = shown(due("с 15 марта"))
    assert event["SUMMARY"].startswith("начало: ")
    assert "конец не назван" in event["DESCRIPTION"]


def test_an_entry_tells_what_its_row_tells(shown: Callable[..., list[Any]]) -> None:
    rows = (
        "- no: '4'\n  title: Выставка\n  section: Музеи\n  deliverable: Фотоотчёт\n  due: до 15.. 10.2022\n"
        "  owners: Лапшина Г.С.; Юдин В.А.\n  note: зал занят\n"
    )
    (event,) = shown(rows)
    assert event["SUMMARY"] == "№ 4 Выставка — Фотоотчёт"
    assert event["CATEGORIES"].cats == ["МБОУ «СОШ №3»", "Музеи"]
    lines = event["DESCRIPTION"].split("\n")
    assert "Ответственные: Лапшина Г.С.; Юдин В.А." in lines
    assert "Срок в плане: «до 15.. 10.2022»" in lines
    assert "Понято: до 15.10.2022; сб — выходной" in lines
    assert any(line.startswith("Исправлено при чтении: ") for line in lines)
    assert "Примечание: зал занят" in lines


# Identity


def uids(events: list[Any]) -> list[str]:
    return [str(e["UID"]) for e in events]


def test_words_and_days_leave_the_identity(shown: Callable[..., list[Any]]) -> None:
    before = uids(shown(due("14.10.2022")))
    assert uids(shown("- {no: '1', title: Экскурсия, deliverable: Отчёт, due: до 20.05.2023}\n")) == before
    assert uids(shown(due("14.10.2022") + "- {no: '2', title: Слёт, due: 15.10.2022}\n"))[:1] == before
    assert uids(shown(due("14.10.2022") * 2))[:1] == before


def test_two_rows_of_one_number_are_two_entries(shown: Callable[..., list[Any]]) -> None:
    rows = (
        "- {no: '15', title: Слёт, due: 14.10.2022}\n- {no: '15', title: Сбор, due: 14.10.2022}\n"
        "- {title: А, due: 1.2.2023}\n- {title: Б, due: 1.2.2023}\n"
    )
    first = uids(shown(rows))
    assert len(set(first)) == 4
    assert uids(shown(rows, "--section", "", "--owner", "")) == first
    assert uids(shown(rows.replace("Сбор", "Поход").replace("14.10.2022", "до 20.12.2022"))) == first


def test_a_filter_leaves_the_identity(shown: Callable[..., list[Any]]) -> None:
    rows = (
        "- {no: '15', title: А, owners: Юдин В.А., due: 1.2.2023}\n"
        "- {no: '15', title: Б, owners: Лапшина Г.С., due: 1.2.2023}\n"
    )
    assert uids(shown(rows, "--owner", "Лапшина")) == uids(shown(rows))[1:]


def test_the_identity_goes_with_the_project(tmp_path: Path, roadmap: Run) -> None:
    found = []
    for place in ("a", "b/c"):
        write(tmp_path / place, due("14.10.2022"))
        for cwd, args in ((tmp_path / place, ()), (tmp_path, (f"{place}/plans",))):
            found.append(roadmap("status", *args, "--format", "ics", cwd=cwd).out)
    assert len(set(found)) == 1
    assert str(tmp_path) not in found[0]


def test_plans_of_two_projects_in_one_calendar_stay_two(tmp_path: Path, roadmap: Run) -> None:
    for place in ("a", "b"):
        write(tmp_path / place, due("14.10.2022"))
    ran = roadmap("status", "a/plans", "b/plans", "--format", "ics", cwd=tmp_path)
    assert len(set(uids(entries(ran)))) == 2


def test_the_sequence_grows_with_every_move_and_with_the_end(shown: Callable[..., list[Any]]) -> None:
    moves = [
        "{from: 1.10.2022, to: 10.10.2022, on: 30.09.2022, reason: карантин}",
        "{from: 10.10.2022, to: 14.10.2022}",
    ]
    found = []
    for number in range(3):
        rows = due("14.10.2022").replace("}\n", f", moved: [{', '.join(moves[:number])}]}}\n")
        (event,) = shown(rows if number else due("14.10.2022"))
        found.append((event["SEQUENCE"], event["STATUS"], str(event["UID"])))
    (event,) = shown(rows.replace("moved", "cancelled: нет средств, moved"))
    found.append((event["SEQUENCE"], event["STATUS"], str(event["UID"])))
    assert [one[:2] for one in found] == [(0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CONFIRMED"), (3, "CANCELLED")]
    assert len({uid for *_, uid in found}) == 1
    assert event["SUMMARY"].startswith("✗ отменено: ")
    assert "Срок перенесён: с «1.10.2022» на «10.10.2022», решение от 30.09.2022 (карантин)" in event["DESCRIPTION"]
    assert list(event.walk("VALARM")) == []


def test_a_move_of_one_result_is_of_its_own_event(shown: Callable[..., list[Any]]) -> None:
    rows = """\
- no: '1'
  title: Слёт
  deliverables:
    - {text: Приказ, due: 14.10.2022, moved: [{from: 1.10.2022, to: 14.10.2022, reason: карантин}]}
    - {text: Отчёт, due: 20.10.2022}
"""
    first, second = shown(rows)
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (1, 0)
    assert "Срок перенесён: с «1.10.2022» на «14.10.2022» (карантин)" in first["DESCRIPTION"]
    assert "перенесён" not in second["DESCRIPTION"]


# Tasks and alarms


def test_tasks(shown: Callable[..., list[Any]]) -> None:
    rows = (
        "- {no: '1', title: А, due: до 15.10.2022, done: 12.10.2022, evidence: приказ № 8}\n"
        "- {no: '2', title: Б, due: 15.01.2023-20.01.2023}\n"
        "- {no: '3', title: В, due: 1.3.2023, cancelled: нет средств}\n"
    )
    done, period, cancelled = shown(rows, "--todo", kind="VTODO")
    assert (done["STATUS"], done["COMPLETED"].dt) == ("COMPLETED", datetime(2022, 10, 12, tzinfo=UTC))
    assert "Исполнено: 12.10.2022, приказ № 8" in done["DESCRIPTION"]
    assert (period["STATUS"], period["DTSTART"].dt, period["DUE"].dt) == (
        "NEEDS-ACTION",
        date(2023, 1, 15),
        date(2023, 1, 20),
    )
    assert (cancelled["STATUS"], "COMPLETED" in cancelled) == ("CANCELLED", False)


def alarm_times(entry: Any) -> list[datetime]:
    """When the alarms of an entry go off, in the local time of its calendar."""
    at = []
    for alarm in entry.walk("VALARM"):
        end = alarm["TRIGGER"].params.get("RELATED") == "END"
        edge = entry["DUE" if "DUE" in entry else "DTEND"].dt if end else entry["DTSTART"].dt
        at.append(datetime.combine(edge, datetime.min.time()) + alarm["TRIGGER"].dt)
    return at


@pytest.mark.parametrize("kind", ["VEVENT", "VTODO"])
@pytest.mark.parametrize("text", ["20.01.2023", "до 20.01.2023", "15.01.2023-20.01.2023"])
@pytest.mark.parametrize(("due_soon", "before"), [(14, (14, 1)), (7, (7, 1)), (1, (1,)), (0, (1,))])
def test_alarms_go_off_in_the_morning_before_the_last_day(
    kind: str, text: str, due_soon: int, before: tuple[int, ...], shown: Callable[..., list[Any]], tmp_path: Path
) -> None:
    write(tmp_path, "", f"due_soon: {due_soon}\n", "plans/roadmap.yaml")
    (entry,) = shown(due(text), *(("--todo",) if kind == "VTODO" else ()), kind=kind)
    assert alarm_times(entry) == [datetime(2023, 1, 20 - n, 9) for n in before]  # noqa: DTZ001


# The file


def test_the_same_plan_gives_the_same_bytes_on_any_day(tmp_path: Path, roadmap: Run, process: Run) -> None:
    write(tmp_path, due("14.10.2022") + "- {no: '2', title: Слёт, due: ежемесячно до 5 числа, done: 4.10.2022}\n")
    first = process("status", "--format", "ics", cwd=tmp_path, PYTHONHASHSEED="1")
    for day in ("2020-01-01", "2022-10-14", "2030-12-31"):
        assert roadmap("status", "--format", "ics", "--today", day, cwd=tmp_path).out == first.out
    odd = process("status", "--format", "ics", cwd=tmp_path, PYTHONIOENCODING="cp1251", PYTHONHASHSEED="2")
    assert odd.out == first.out
    roadmap("status", "--output", f"ics:{tmp_path}/o.ics", cwd=tmp_path)
    assert (tmp_path / "o.ics").read_bytes() == first.out.encode()


@pytest.mark.parametrize(
    ("head", "stamp"),
    [
        (HEAD.replace("activities", "order: {date: 26.09.2022}\nactivities"), "20220926T000000Z"),
        (HEAD, "20220901T000000Z"),
        ("title: План\nactivities:\n", "20000101T000000Z"),
    ],
)
def test_the_stamp_is_a_day_of_the_plan(head: str, stamp: str, tmp_path: Path, roadmap: Run) -> None:
    write(tmp_path, due("14.10.2022"), head)
    assert f"\r\nDTSTAMP:{stamp}\r\n" in roadmap("status", "--format", "ics", cwd=tmp_path).out


def test_deadlines_give_the_entries_of_their_rows(roadmap: Run) -> None:
    some = entries(roadmap("deadlines", "--format", "ics"))
    whole = entries(roadmap("status", "--format", "ics"))
    assert 0 < len(some) < len(whole)
    assert {e.to_ical() for e in some} < {e.to_ical() for e in whole}


EVIL = (
    "A\\r\\nEND:VEVENT\\r\\nBEGIN:VEVENT\\r\\nUID:evil",
    "\\x1b[31mred\\x07",
    "\\u202egnp.exe",
    'a;b,c\\\\n\\\\;d:e\\"f',
    "\\x85BEGIN:VALARM\\u2028x",
    "я" * 200,
)


@pytest.mark.parametrize("text", EVIL)
def test_no_text_of_a_plan_acts(text: str, tmp_path: Path, roadmap: Run) -> None:
    words = ", ".join(f'{key}: "{text}"' for key in ("no", "title", "owners", "section", "note"))
    rows = f"- {{id: '1', {words}, due: 14.10.2022}}\n"
    write(tmp_path, rows, HEAD.replace("План музея", f'"{text}"'))
    ran = roadmap("status", "--format", "ics", cwd=tmp_path)
    (event,) = entries(ran)
    assert str(event["UID"]) != "evil"
    assert {e.name for e in Calendar.from_ical(ran.out).walk()} == {"VCALENDAR", "VEVENT", "VALARM"}
    assert not set(ran.out) & set("\x1b\x07\x85\u202e\u2028")
    lines = ran.out.split("\r\n")
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    pieces = folded(text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert folded(text).replace("\r\n ", "") == text


@given(st.text())
def test_escaped_text_is_read_as_it_was_shown(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    read = Calendar.from_ical(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    (event,) = read.walk("VEVENT")
    assert not set(line) & set("\x00\x07\x1b\x85\u202e\u2028")
    assert escaped(str(event["SUMMARY"])) == escaped(text)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("status", "--todo"), "--todo меняет только календарь"),
        (("status", "--by", "owner", "--format", "ics"), "в этом отчёте нет дней для календаря"),
        (("check", "--format", "ics"), "годится только table"),
    ],
)
def test_what_cannot_be_a_calendar_is_refused(args: tuple[str, ...], said: str, roadmap: Run) -> None:
    ran = roadmap(*args)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_todo_goes_before_the_format_too(roadmap: Run) -> None:
    assert entries(roadmap("status", "--todo", "--format", "ics"), "VTODO")


def test_the_file_is_the_expected_one(tmp_path: Path, roadmap: Run, update_golden: bool) -> None:
    rows = (
        "- {no: '1', title: Приказ о музее, deliverable: 'Приказ; копия, на сайте', due: до 15.10.2022,"
        " owners: Лапшина Г.С., done: 12.10.2022, evidence: приказ № 8}\n"
        "- {no: '2', title: Смотр, due: 15.01.2023 - 20.01.2023, section: Музеи,"
        " moved: [{from: декабрь, to: 15.01.2023 - 20.01.2023, on: 1.12.2022, reason: карантин}]}\n"
        "- {no: '3', title: Опрос, due: 20.02.2023 28.02.2023}\n"
        "- {no: '4', title: Поход, due: май, cancelled: нет средств}\n"
    )
    write(tmp_path, rows)
    ran = roadmap("status", "--format", "ics", cwd=tmp_path)
    assert len(entries(ran)) == 4
    golden = Path(__file__).with_name("calendar.ics")
    if update_golden:
        golden.write_text(ran.out, encoding="utf-8", newline="")
    assert ran.out.encode() == golden.read_bytes()
