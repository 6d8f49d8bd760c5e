"""What is due to be said on a day: thresholds, missed runs, moved dates, keys that outlive an edit, and whose it is."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

import os
import shlex
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from roadmap_cli.config import settings_for
from roadmap_cli.dates import parse_due
from roadmap_cli.ledger import opened
from roadmap_cli.model import Activity, Deliverable, Owners, Person, Plan, Span
from roadmap_cli.project import find_files, load
from roadmap_cli.remind import Item, Letter, Memory, Recipient, Seen
from roadmap_cli.remind.digest import page, subject, text
from roadmap_cli.remind.events import due_words, signature
from roadmap_cli.remind.items import items
from roadmap_cli.remind.letters import Wanted, judge, letters
from roadmap_cli.remind.recipients import without_address
from roadmap_cli.settings import Reminders
from roadmap_cli.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadmap_cli.project import Project
    from roadmap_cli.remind import Mark, Notice
    from roadmap_cli.remind.letters import Channel

RULES = Reminders()
SPAN = Span("plan.yaml")


def named_items(project: Project, root: str) -> Iterator[Item]:
    """The items, with their plans called by the names of their files."""
    return items(project, root, {os.path.realpath(path): Path(path).stem for path in project.plans})


def day(words: str) -> date:
    number, month, year = words.split(".")
    return date(int(year), int(month), int(number))


def item(due: str, done: str = "", cancelled: str = "", key: str = "1") -> Item:
    reading = parse_due(due, "2022-2023") if due else None
    owners = Owners("Савина И.А.", (Person("Савина И.А."),))
    deliverable = Deliverable("Приказ", SPAN, reading, owners, parse_due(done, "2022-2023") if done else None)
    activity = Activity("1", "1", "Педсовет", (deliverable,), SPAN, cancelled=cancelled)
    plan = Plan("plan.yaml", "План", "Школа", "2022-2023", (activity,))
    return Item(plan, "plan.yaml", activity, deliverable, key, "plan 1", Seen(signature(reading), due_words(reading)))


class Diary:
    """Somebody who is told, run after run, and remembers."""

    def __init__(self) -> None:
        self.told: set[Mark] = set()
        self.seen: dict[tuple[str, str], Seen] = {}

    def run(self, today: date, found: Iterable[Item], rules: Reminders = RULES) -> list[Notice]:
        memory = Memory(frozenset(self.told), dict(self.seen))
        notices = []
        for one in found:
            for notice in judge(one, rules, today, memory):
                notices.append(notice)
                self.told |= set(notice.marks)
            self.seen[one.plan_key, one.key] = one.seen
        return notices

    def days(self, first: str, last: str, one: Item, rules: Reminders = RULES) -> list[tuple[str, str]]:
        """What is said day after day: «15.10: in 0»."""
        said = []
        today = day(first)
        while today <= day(last):
            said += [(f"{today:%d.%m}", notice.threshold) for notice in self.run(today, [one], rules)]
            today += timedelta(1)
        return said


# Thresholds, day after day


@pytest.mark.parametrize(
    ("due", "said"),
    [
        pytest.param("до 15.10.2022", ["01.10 in 14", "08.10 in 7", "12.10 in 3", "14.10 in 1", "15.10 in 0", "16.10 overdue"], id="a last day"),
        pytest.param("15.10.2022 - 18.10.2022", ["04.10 in 14", "11.10 in 7", "15.10 in 3", "17.10 in 1", "18.10 in 0", "19.10 overdue"], id="a beginning on the day of a threshold"),
        pytest.param("05.10.2022 - 18.10.2022", ["04.10 in 14", "05.10 begins", "11.10 in 7", "15.10 in 3", "17.10 in 1", "18.10 in 0", "19.10 overdue"], id="a period"),
        pytest.param("с 10.10.2022", ["10.10 begins"], id="a beginning alone"),
        pytest.param("12.10.2022, 20.10.2022", ["28.09 in 14", "05.10 in 7", "09.10 in 3", "11.10 in 1", "12.10 in 0", "13.10 in 7", "17.10 in 3", "19.10 in 1", "20.10 in 0", "21.10 overdue"], id="two days"),
        pytest.param("постоянно", [], id="always"),
        pytest.param("по отдельному графику", [], id="no date"),
    ],
)  # fmt: skip
def test_each_threshold_is_said_on_its_day(due: str, said: list[str]) -> None:
    assert [" ".join(one) for one in Diary().days("20.09.2022", "30.11.2022", item(due))] == said


def test_a_recurring_deadline_is_said_for_each_of_its_days() -> None:
    said = Diary().days("01.10.2022", "25.10.2022", item("ежемесячно до 5 числа", done="03.09.2022"))
    assert [" ".join(one) for one in said] == [
        "01.10 in 7", "02.10 in 3", "04.10 in 1", "05.10 in 0", "06.10 overdue", "22.10 in 14",
    ]  # fmt: skip


def test_thresholds_of_an_occurrence_do_not_reach_behind_the_one_before() -> None:
    said = Diary().days("03.10.2022", "16.10.2022", item("еженедельно по понедельникам"))
    assert ("04.10", "in 14") not in said
    assert [one for one in said if one[1].startswith("in ")] == [
        ("03.10", "in 0"), ("07.10", "in 3"), ("09.10", "in 1"), ("10.10", "in 0"), ("14.10", "in 3"), ("16.10", "in 1"),
    ]  # fmt: skip


def test_an_occurrence_that_is_done_before_its_day_is_silent() -> None:
    assert Diary().run(day("04.10.2022"), [item("ежемесячно до 5 числа", done="03.10.2022")]) == []
    late = item("ежемесячно до 5 числа", done="07.09.2022")
    assert [n.threshold for n in Diary().run(day("04.10.2022"), [late])] == ["in 1"]


@pytest.mark.parametrize("one", [item("до 15.10.2022", done="12.10.2022"), item("до 15.10.2022", cancelled="нет")])
def test_what_is_done_or_cancelled_is_silent(one: Item) -> None:
    assert Diary().days("20.09.2022", "30.10.2022", one) == []


def test_what_is_overdue_is_repeated_as_the_settings_say() -> None:
    one = item("до 12.10.2022")
    weekly = Diary().days("13.10.2022", "27.10.2022", one, RULES._replace(overdue="weekly"))
    assert weekly == [("13.10", "overdue"), ("17.10", "overdue 2022-10-17"), ("24.10", "overdue 2022-10-24")]
    assert len(Diary().days("13.10.2022", "22.10.2022", one, RULES._replace(overdue="daily"))) == 10


def test_other_days_are_counted_when_the_settings_name_them() -> None:
    rules = RULES._replace(days=(30, 5), begins=False)
    said = Diary().days("01.09.2022", "30.10.2022", item("10.10.2022 - 15.10.2022"), rules)
    assert said == [("15.09", "in 30"), ("10.10", "in 5"), ("16.10", "overdue")]


# Missed runs, the clock


def test_of_thresholds_missed_the_nearest_is_said_once_and_all_are_marked() -> None:
    diary = Diary()
    assert [(n.threshold, n.left) for n in diary.run(day("13.10.2022"), [item("до 15.10.2022")])] == [("in 3", 2)]
    assert {mark.threshold for mark in diary.told} == {"in 14", "in 7", "in 3"}


def test_an_overdue_time_is_not_lost_behind_the_next_one() -> None:
    diary, one = Diary(), item("ежемесячно до 5 числа", done="05.09.2022")
    diary.run(day("05.10.2022"), [one])
    found = [diary.run(day(at), [one]) for at in ("02.11.2022", "03.11.2022", "04.11.2022", "05.11.2022")]
    assert [[(n.group, n.day, n.left) for n in said] for said in found] == [
        [("overdue", day("05.10.2022"), -28), ("soon", day("05.11.2022"), 3)], [], [("soon", day("05.11.2022"), 1)],
        [("today", day("05.11.2022"), 0)],
    ]  # fmt: skip


def test_a_day_that_passed_without_a_run_is_said_to_those_who_know_the_row() -> None:
    parts = "12.10.2022, 30.11.2022"
    assert Diary().run(day("15.10.2022"), [item(parts)]) == []
    diary = Diary()
    diary.run(day("11.10.2022"), [item(parts)])
    assert [(n.group, n.left) for n in diary.run(day("15.10.2022"), [item(parts)])] == [("passed", -3)]


def test_nothing_is_caught_up_beyond_the_lookback_but_what_is_owed() -> None:
    rules = RULES._replace(days=(30,), lookback=5)
    assert Diary().run(day("25.10.2022"), [item("до 15.11.2022")], rules) == []
    assert [n.threshold for n in Diary().run(day("20.10.2022"), [item("до 15.11.2022")], rules)] == ["in 30"]
    assert [n.threshold for n in Diary().run(day("20.03.2023"), [item("до 15.11.2022")], rules)] == ["overdue"]


def test_a_new_beginning_is_not_called_a_deadline() -> None:
    diary = Diary()
    diary.run(day("01.09.2022"), [item("с 30.10.2022")])
    for at in ("05.09.2022", "01.12.2022"):
        diary.seen["plan.yaml", "1"] = Seen("2022-10-30/", "с 30.10.2022")
        found = diary.run(day(at), [item("с 10.10.2022")], RULES._replace(begins=False))
        assert [(n.group, n.day, n.left, n.was) for n in found] == [("moved", None, None, "с 30.10.2022")]


@pytest.mark.parametrize("overdue", ["once", "weekly", "daily"])
def test_a_clock_that_goes_back_says_nothing_again(overdue: Any) -> None:
    rules = RULES._replace(overdue=overdue)
    diary = Diary()
    diary.run(day("27.10.2022"), [item("до 12.10.2022"), item("до 01.11.2022", key="2")], rules)
    assert diary.days("20.09.2022", "27.10.2022", item("до 12.10.2022"), rules) == []
    assert diary.days("20.09.2022", "27.10.2022", item("до 01.11.2022", key="2"), rules) == []


FIRST = date(2022, 8, 1)
DUES = st.builds(
    lambda kind, at, length: (
        kind,
        FIRST + timedelta(30 + at),
        FIRST + timedelta(30 + at + (length if kind == "period" else 0)),
    ),
    st.sampled_from(["by", "on", "period"]),
    st.integers(0, 280),
    st.integers(1, 40),
)


def phrase(kind: str, start: date, end: date) -> str:
    return {"by": f"до {end:%d.%m.%Y}", "on": f"{end:%d.%m.%Y}", "period": f"{start:%d.%m.%Y} - {end:%d.%m.%Y}"}[kind]


THRESHOLDS = st.lists(st.integers(0, 30), max_size=5, unique=True).map(lambda days: tuple(sorted(days, reverse=True)))


class Kept(Diary):
    """The same with a ledger, opened anew for every run."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def run(self, today: date, found: Iterable[Item], rules: Reminders = RULES) -> list[Notice]:
        with opened(self._path) as ledger:
            memory = ledger.memory("smtp:a@example.org")
            notices = [notice for one in found for notice in judge(one, rules, today, memory)]
            seen = {(one.plan_key, one.key): one.seen for one in found}
            letter = Letter(Recipient("smtp:a@example.org", "А"), tuple(notices), seen)
            ledger.record([letter], today.isoformat())
        return notices


@given(st.lists(DUES, min_size=1, max_size=4), THRESHOLDS, st.booleans())
@hypothesis_settings(deadline=None, max_examples=25)
def test_in_a_year_of_daily_runs_every_threshold_is_said_exactly_once(
    dues: list[tuple[str, date, date]], numbers: tuple[int, ...], begins: bool
) -> None:
    a_year(Diary(), dues, numbers, begins)


@given(st.lists(DUES, min_size=3, max_size=6), THRESHOLDS, st.booleans())
@hypothesis_settings(deadline=None, max_examples=3)
def test_in_a_year_of_daily_runs_with_a_ledger_too(
    dues: list[tuple[str, date, date]], numbers: tuple[int, ...], begins: bool
) -> None:
    with TemporaryDirectory() as folder:
        a_year(Kept(f"{folder}/ledger"), dues, numbers, begins)


def a_year(diary: Diary, dues: list[tuple[str, date, date]], numbers: tuple[int, ...], begins: bool) -> None:
    rules = RULES._replace(days=numbers, begins=begins)
    found = [item(phrase(*due), key=str(i)) for i, due in enumerate(dues)]
    said: dict[str, list[date]] = {one.key: [] for one in found}
    for number in range(400):
        today = FIRST + timedelta(number)
        for notice in diary.run(today, found, rules):
            assert notice.day is not None
            assert notice.left == (notice.day - today).days
            said[notice.item.key].append(today)
    for key, (kind, start, end) in zip(said, dues, strict=True):
        expected = {end - timedelta(n) for n in numbers} | {end + timedelta(1)}
        assert said[key] == sorted(expected | ({start} if begins and kind == "period" else set()))


@given(st.lists(DUES, min_size=1, max_size=3), st.lists(st.integers(0, 400), max_size=60), THRESHOLDS)
@hypothesis_settings(deadline=None, max_examples=40)
def test_whatever_days_the_runs_are_on_nothing_is_said_twice_and_nothing_owed_is_lost(
    dues: list[tuple[str, date, date]], runs: list[int], numbers: tuple[int, ...]
) -> None:
    rules = RULES._replace(days=numbers)
    found = [item(phrase(*due), key=str(i)) for i, due in enumerate(dues)]
    diary = Diary()
    said = []
    for number in runs:
        notices = diary.run(FIRST + timedelta(number), found, rules)
        assert len({notice.item.key for notice in notices}) == len(notices)
        said += [(n.item.key, n.threshold, n.day) for n in notices]
    assert len(set(said)) == len(said)
    last = FIRST + timedelta(max(runs, default=0))
    for one, (_, _, end) in zip(found, dues, strict=True):
        assert ((one.key, "overdue", end) in said) == (bool(runs) and last > end)


# Moved, unclear, unreadable


def test_a_moved_date_is_said_once_and_begins_anew() -> None:
    diary = Diary()
    diary.days("01.10.2022", "12.10.2022", item("до 15.10.2022"))
    moved = diary.run(day("13.10.2022"), [item("до 30.11.2022")])
    assert [(n.group, n.was, n.left) for n in moved] == [("moved", "до 15.10.2022", 48)]
    rest = diary.days("13.10.2022", "01.12.2022", item("до 30.11.2022"))
    assert [said for _, said in rest] == ["in 14", "in 7", "in 3", "in 1", "in 0", "overdue"]


def test_a_date_moved_near_is_one_notice_that_says_both() -> None:
    diary = Diary()
    diary.run(day("12.10.2022"), [item("до 30.10.2022")])
    assert [(n.threshold, n.was) for n in diary.run(day("13.10.2022"), [item("до 15.10.2022")])] == [
        ("in 3", "до 30.10.2022")
    ]


@pytest.mark.parametrize(
    ("before", "after"), [("до 30.11.2022", ""), ("", "до 30.11.2022"), ("до 30.11.2022", "по плану")]
)
def test_a_deadline_that_is_taken_away_or_given_is_told(before: str, after: str) -> None:
    diary = Diary()
    diary.run(day("01.09.2022"), [item(before)])
    assert [(n.group, n.was) for n in diary.run(day("02.09.2022"), [item(after)])] == [("moved", before or "без срока")]


def test_the_same_day_in_other_words_is_not_moved() -> None:
    diary = Diary()
    diary.run(day("01.09.2022"), [item("до 15.10.2022")])
    assert diary.run(day("02.09.2022"), [item("не позднее 15 октября 2022 г.")]) == []


def test_a_first_run_does_not_say_what_has_moved() -> None:
    assert Diary().run(day("01.09.2022"), [item("до 15.10.2022")]) == []


def test_an_unreadable_deadline_is_said_once_without_a_day() -> None:
    diary = Diary()
    found = diary.run(day("01.10.2022"), [item("31.02.2023")])
    assert [(n.group, n.day) for n in found] == [("unreadable", None)]
    assert diary.run(day("02.10.2022"), [item("31.02.2023")]) == []


# Plans: keys, recipients, words

PLAN = """
title: План работы
organization: МБОУ «СОШ №6»
school_year: 2022-2023
people:
  - {name: Савина И.А., role: школьный координатор, email: savina@example.org, aliases: [Савина Ирина Александровна]}
  - {name: Орлова А.А., email: orlova@example.org}
activities:
"""


def read(folder: Path, rows: str, settings: str = "", head: str = PLAN, **others: str) -> Any:
    (folder / "plans").mkdir(exist_ok=True)
    (folder / "plans" / "roadmap.yaml").write_text(settings or "due_soon: 14\n", encoding="utf-8")
    (folder / "plans" / "school-6.yaml").write_text(head + rows, encoding="utf-8")
    for name, words in others.items():
        (folder / "plans" / f"{name}.yaml").write_text(words, encoding="utf-8")
    here = str(folder)
    project = load(find_files([str(folder / "plans")]), lambda path: settings_for(path, here))
    assert project.settings_findings() == ()
    return project


def told(
    folder: Path, project: Any, today: str, channel: Channel = "smtp", only: str = "", memory: Mapping[str, Memory] = {}
) -> dict[str, Letter]:
    found = tuple(named_items(project, str(folder / "plans")))
    written = letters(project, found, day(today), Wanted(channel, only), lambda key: memory.get(key, Memory()))
    return {one.recipient.key: one for one in written if one.notices}


def titles(letter: Letter) -> list[str]:
    return [one.item.activity.title for one in letter.notices]


WHO = """
  - {no: 1, title: А, due: до 15.10.2022, owners: Савина Ирина Александровна}
  - {no: 2, title: Б, due: до 15.10.2022, owners: Школьный координатор}
  - {no: 3, title: В, due: до 15.10.2022, owners: "Орлова А.А., Савина И.А."}
  - {no: 4, title: Г, due: до 15.10.2022, owners: Классные руководители}
  - {no: 5, title: Д, due: до 15.10.2022, owners: Слепкова Н.А.}
  - {no: 6, title: Е, due: до 15.10.2022}
"""
# fmt: off
ROUTES = {
    "nothing in the settings": ("", {"smtp:savina@example.org": "АБВ", "smtp:orlova@example.org": "В", "stdout:Классные руководители": "Г", "stdout:Слепкова Н.А.": "Д", "stdout:Ответственный не назван": "Е"}),
    "a default": ("reminders: {default: zavuch@example.org}", {"smtp:savina@example.org": "АБВ", "smtp:orlova@example.org": "В", "smtp:zavuch@example.org": "ГДЕ"}),
    "a default by name": ("reminders: {default: Орлова А.А.}", {"smtp:savina@example.org": "АБВ", "smtp:orlova@example.org": "ВГДЕ"}),
    "a role that a person has": ("reminders: {default: z@example.org, roles: {классные руководители: Орлова А.А.}}", {"smtp:savina@example.org": "АБВ", "smtp:orlova@example.org": "ВГ", "smtp:z@example.org": "ДЕ"}),
    "a role with an address": ("reminders: {default: z@example.org, roles: {Классные руководители: k@example.org}}", {"smtp:savina@example.org": "АБВ", "smtp:orlova@example.org": "В", "smtp:k@example.org": "Г", "smtp:z@example.org": "ДЕ"}),
    "a copy of all": ("reminders: {default: z@example.org, copies: [z@example.org]}", {"smtp:savina@example.org": "АБВ", "smtp:orlova@example.org": "В", "smtp:z@example.org": "АБВГДЕ"}),
}
# fmt: on


@pytest.mark.parametrize("case", ROUTES)
def test_every_row_reaches_somebody(case: str, tmp_path: Path) -> None:
    settings, expected = ROUTES[case]
    found = told(tmp_path, read(tmp_path, WHO, settings), "15.10.2022")
    assert {key: "".join(titles(letter)) for key, letter in found.items()} == expected


def test_only_one_person_is_told_when_asked_and_no_copy_goes_out(tmp_path: Path) -> None:
    project = read(tmp_path, WHO, "reminders: {copies: [z@example.org]}")
    assert list(told(tmp_path, project, "15.10.2022", only="орлова")) == ["smtp:orlova@example.org"]
    assert list(told(tmp_path, project, "15.10.2022", only="savina@example.org")) == ["smtp:savina@example.org"]


def test_a_plan_has_thresholds_of_its_own(tmp_path: Path) -> None:
    settings = (
        "reminders: {days: [1]}\nper_path: {school-6.yaml: {reminders: {days: [5], roles: {x: y@example.org}}}}\n"
    )
    rows = "  - {no: 1, title: А, due: до 15.10.2022}\n"
    other = f"title: Другой\nschool_year: 2022-2023\nactivities:\n{rows}"
    project = read(tmp_path, rows, settings, other=other)
    for today, plans in [("10.10.2022", ["school-6.yaml"]), ("14.10.2022", ["other.yaml", "school-6.yaml"])]:
        found = told(tmp_path, project, today, "stdout")["stdout:Ответственный не назван"]
        assert [one.item.plan_key for one in found.notices] == plans


def test_rows_with_one_number_are_told_apart_and_keys_outlive_an_edit(tmp_path: Path) -> None:
    rows = """
  - {no: 15, title: Опрос, deliverables: [{due: до 10.10.2022}, {due: до 11.10.2022}]}
  - {no: 15, title: Отчёт, due: до 10.10.2022}
  - {no: 15, title: Отчёт, due: до 10.10.2022}
  - {no: 9, title: Мониторинг, deliverables: [{text: Приказ, due: до 10.10.2022}, {text: Сайт, due: до 10.10.2022}]}
"""
    before = list(named_items(read(tmp_path, rows), str(tmp_path / "plans")))
    assert [one.target for one in before] == [
        "school-6 15:1.1", "school-6 15:1.2", "school-6 15:2", "school-6 15:3", "school-6 9.1", "school-6 9.2",
    ]  # fmt: skip
    assert len({one.key for one in before}) == 6
    first = "  - {no: 1, title: Новая, due: до 01.10.2022}\n"
    swapped = rows.replace("{text: Приказ, due: до 10.10.2022}, ", "").replace(
        "{text: Сайт, due: до 10.10.2022}", "{text: Сайт, due: до 10.10.2022}, {text: Приказ, due: до 10.10.2022}"
    )
    after = list(named_items(read(tmp_path, first + swapped), str(tmp_path / "plans")))
    assert {one.key for one in before} < {one.key for one in after}


def test_a_row_that_gets_the_number_of_another_is_told_by_itself(tmp_path: Path) -> None:
    first = "  - {no: 1, title: А, due: до 15.10.2022, owners: Савина И.А.}\n"
    second = first.replace("no: 1, title: А", "no: 2, title: Б")
    key = "smtp:savina@example.org"
    letter = told(tmp_path, read(tmp_path, first), "12.10.2022")[key]
    memory = {key: Memory(letter.marks(), letter.seen)}
    renumbered = second.replace("no: 2", "no: 1") + first.replace("no: 1", "no: 2")
    assert titles(told(tmp_path, read(tmp_path, renumbered), "12.10.2022", memory=memory)[key]) == ["Б"]


def test_every_command_means_its_row_and_no_other(tmp_path: Path) -> None:
    rows = """
  - {no: 9.2, title: А, due: до 15.10.2022}
  - {no: 9, title: Б, deliverables: [{text: Приказ, due: до 15.10.2022}, {text: Сайт, due: до 15.10.2022}]}
  - {no: 8, id: сайт, title: В, due: до 15.10.2022}
  - {no: 8, title: Г, due: до 15.10.2022}
  - {no: 5., title: Д, due: до 15.10.2022}
  - {no: -4, title: Е, due: до 15.10.2022}
  - {title: Ж, due: до 15.10.2022}
"""
    project = read(tmp_path, rows)
    (plan,) = project.asked()
    found = [
        (one.item, shlex.split(one.item.target)[1:])
        for one in told(tmp_path, project, "15.10.2022", "stdout")["stdout:Ответственный не назван"].notices
    ]
    assert sorted(word for _, words in found for word in words) == ["5", "8:2", "9.1", "9.2:1", "9:1.2", "сайт"]
    for item, words in found:
        places = Targets(plan).find(words)
        assert [plan.activities[place.activity] for place in places] == [item.activity] * len(words)


@pytest.mark.parametrize(("no", "target"), [("3.1", "3.1"), ("'п. 4'", "'п. 4'"), ("'№ 2; rm'", "'№ 2; rm'")])
def test_a_command_can_be_copied(no: str, target: str, tmp_path: Path) -> None:
    rows = f"  - {{no: {no}, title: А, due: до 15.10.2022}}\n"
    assert [one.target for one in named_items(read(tmp_path, rows), str(tmp_path))] == [f"school-6 {target}"]


PARENT = """title: Город
activities:
  - {no: 5, title: Издать приказ, due: до 15.10.2022}
"""


def test_a_link_that_becomes_suspect_is_said_once(tmp_path: Path) -> None:
    from roadmap_cli.fingerprint import fingerprint

    head = f"follows: city.yaml\n{PLAN}"
    rows = "  - {no: 1, title: А, due: до 15.03.2023, owners: Савина И.А., covers: ['5']}\n"
    parent = read(tmp_path, rows, head=head, city=PARENT).plans
    stamp = next(fingerprint(plan.activities[0]) for path, plan in parent.items() if path.endswith("city.yaml"))
    rows = rows.replace("'5'", f"'5@{stamp}'")
    key = "smtp:savina@example.org"
    memory: dict[str, Memory] = {}
    said = []
    for words in ("Издать приказ", "Издать два приказа", "Издать два приказа", "", "Издать два приказа", "Издать три"):
        city = PARENT.replace("Издать приказ", words) if words else "title: [\n"
        project = read(tmp_path, rows, head=head, city=city)
        found = tuple(named_items(project, str(tmp_path / "plans")))
        letter = next(
            one
            for one in letters(project, found, day("01.11.2022"), Wanted("smtp"), lambda k: memory.get(k, Memory()))
            if one.recipient.key == key
        )
        old = memory.get(key, Memory())
        memory[key] = Memory(old.told | letter.marks(), {**old.seen, **letter.seen})
        said.append([notice.group for notice in letter.notices])
    assert said == [[], ["suspect"], [], [], [], ["suspect"]]


def test_a_first_run_does_not_say_what_has_been_suspect_for_long(tmp_path: Path) -> None:
    rows = "  - {no: 1, title: А, due: до 15.03.2023, owners: Савина И.А., covers: ['5@0123456789abcdef']}\n"
    project = read(tmp_path, rows, head=f"follows: city.yaml\n{PLAN}", city=PARENT)
    assert "smtp:savina@example.org" not in told(tmp_path, project, "01.11.2022")


def test_words_of_a_plan_can_do_no_harm(tmp_path: Path) -> None:
    rows = '  - {no: "1\\e[31m", title: "<script>\\u202e\\nBcc: x@y", due: до 15.10.2022, owners: "Савина И.А."}\n'
    found = told(tmp_path, read(tmp_path, rows), "15.10.2022")["smtp:savina@example.org"]
    shown = page(found, day("15.10.2022"))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    said = text([found], day("15.10.2022"))
    assert not {"\x1b", "\u202e"} & set(said + shown)
    assert "\nBcc" not in said + shown + subject([found], day("15.10.2022"))


@pytest.mark.parametrize(
    ("due", "said"),
    [
        pytest.param("12.10.2022 15.10.2022", "срок понят не точно (две даты без тире", id="two days"),
        pytest.param("до15.10.2022", "срок прочитан с исправлением (", id="a lost space"),
        pytest.param("до 15 октября", "", id="no year"),
    ],
)
def test_a_doubtful_day_is_said_to_be_doubtful(due: str, said: str, tmp_path: Path) -> None:
    rows = f"  - {{no: 1, title: А, due: {due}, owners: Савина И.А.}}\n"
    found = told(tmp_path, read(tmp_path, rows), "15.10.2022")["smtp:savina@example.org"]
    shown = text([found], day("15.10.2022"))
    assert said in shown
    assert ("Внимание" in shown) == bool(said)


def test_each_row_says_what_to_do(tmp_path: Path) -> None:
    rows = """
  - {title: Без номера, due: до 15.10.2022, owners: Савина И.А.}
  - {no: 2, title: Б, due: 31.02.2023, owners: Савина И.А.}
  - {no: 3, title: В, due: до 15.10.2022, owners: Савина И.А.}
"""
    found = told(tmp_path, read(tmp_path, rows), "15.10.2022")["smtp:savina@example.org"]
    said = " ".join(text([found], day("15.10.2022")).split())
    path = tmp_path / "plans" / "school-6.yaml"
    assert f" Когда исполнено: впишите «done» с днём: {path}, строка 10 " in said
    assert f" Исправьте: {path}, строка 11: до тех пор об этой строке не напомнить " in f"{said} "
    assert " Если исполнено: roadmap done school-6 3 " in said


def test_lines_fit_a_letter_and_commands_stay_whole(tmp_path: Path) -> None:
    rows = f"  - {{no: {'длинный номер ' * 10}, title: {'слово ' * 200}, due: до 15.10.2022, owners: Савина И.А.}}\n"
    found = told(tmp_path, read(tmp_path, rows), "15.10.2022")["smtp:savina@example.org"]
    lines = text([found], day("15.10.2022")).splitlines()
    assert [line for line in lines if len(line) > 78 and "roadmap done" not in line] == []
    assert [line.count("длинный") for line in lines if "roadmap done" in line] == [10]


def test_the_reason_is_told_of_a_move_of_one_result(tmp_path: Path) -> None:
    moved = "moved: [{from: до 15.10.2022, to: до 20.11.2022, reason: карантин}]"
    key, old = "smtp:savina@example.org", {("school-6.yaml", "совет"): Seen("/2022-10-15", "до 15.10.2022")}
    rows = (
        "  - {no: 1, id: совет, title: А, deliverables: [{due: до 20.11.2022, owners: Савина И.А., MOVED}]}\n".replace(
            "MOVED", moved
        )
    )
    found = told(tmp_path, read(tmp_path, rows), "12.10.2022", memory={key: Memory(seen=old)})[key]
    assert "Был срок: до 15.10.2022 (карантин)" in text([found], day("12.10.2022"))


def test_the_reason_is_told_of_the_move_that_was_made(tmp_path: Path) -> None:
    moved = "moved: [{from: до 15.10.2022, to: до 20.11.2022, on: 10.10.2022, reason: карантин}]"
    key, old = "smtp:savina@example.org", {("school-6.yaml", "совет"): Seen("/2022-10-15", "до 15.10.2022")}
    for due, said in [
        ("до 20.11.2022", "Был срок: до 15.10.2022 (карантин)"),
        ("до 25.11.2022", "Был срок: до 15.10.2022\n"),
    ]:
        rows = f"  - {{no: 1, id: совет, title: А, due: {due}, owners: Савина И.А., {moved}}}\n"
        project = read(tmp_path, rows)
        found = told(tmp_path, project, "12.10.2022", memory={key: Memory(seen=old)})[key]
        assert said in text([found], day("12.10.2022"))


def test_a_move_taken_back_has_no_reason(tmp_path: Path) -> None:
    key, old = "smtp:savina@example.org", {("school-6.yaml", "совет"): Seen("/2022-12-30", "до 30.12.2022")}
    moved = "moved: [{from: до 15.10.2022, to: до 20.11.2022, reason: карантин}]"
    rows = f"  - {{no: 1, id: совет, title: А, due: до 20.11.2022, owners: Савина И.А., {moved}}}\n"
    found = told(tmp_path, read(tmp_path, rows), "12.10.2022", memory={key: Memory(seen=old)})[key]
    assert "Был срок: до 30.12.2022\n" in text([found], day("12.10.2022"))


OTHER = "title: Другой\npeople: [{name: Орлова А.А., email: %s}]\nactivities: [{no: 1, title: Х, due: по плану}]\n"


def test_the_settings_may_name_a_person_of_another_plan_but_no_namesake(tmp_path: Path) -> None:
    head = PLAN.replace("  - {name: Орлова А.А., email: orlova@example.org}\n", "")
    rows = "  - {no: 1, title: А, due: до 15.10.2022, owners: Слепкова Н.А.}\n"
    settings = "reminders: {default: Орлова А.А.}"
    project = read(tmp_path, rows, settings, head, other=OTHER % "orlova@example.org")
    assert list(told(tmp_path, project, "15.10.2022")) == ["smtp:orlova@example.org"]
    assert without_address(project) == ()
    (tmp_path / "plans" / "third.yaml").write_text(OTHER % "other@example.org", encoding="utf-8")
    project = read(tmp_path, rows, settings, head, other=OTHER % "orlova@example.org")
    assert list(told(tmp_path, project, "15.10.2022")) == ["stdout:Слепкова Н.А."]
    assert without_address(project) == (("default", "Орлова А.А."),)


def test_an_owner_is_not_taken_for_a_namesake_of_another_plan(tmp_path: Path) -> None:
    head = PLAN.replace("  - {name: Орлова А.А., email: orlova@example.org}\n", "")
    rows = "  - {no: 1, title: А, due: до 15.10.2022, owners: Орлова А.А.}\n"
    project = read(tmp_path, rows, "", head, other=OTHER % "orlova@example.org")
    assert list(told(tmp_path, project, "15.10.2022")) == ["stdout:Орлова А.А."]
