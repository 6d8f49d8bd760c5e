"""States as of a day (DESIGN §5): the day before a border, the day, the day after; loads, filters, words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from roadmap_cli.dates import parse_due
from roadmap_cli.model import Activity, Deliverable, Due, Owners, Part, Person, Plan, Role, Span
from roadmap_cli.people import parse_owners
from roadmap_cli.project import Project
from roadmap_cli.report.status import SYMBOLS, Filters, load_report, status_report
from roadmap_cli.settings import Settings
from roadmap_cli.status import (
    STATE_NAMES,
    Load,
    StatusRow,
    is_owned_by,
    left_words,
    loads,
    row,
    rows,
    summary,
    target,
)

if TYPE_CHECKING:
    from roadmap_cli.report import Report
    from roadmap_cli.status import State

SPAN = Span("plan.yaml")
YEAR = "2022-2023"


def day(text: str) -> date:
    d, m, y = map(int, text.split("."))
    return date(y, m, d)


def read(text: str | None) -> Due | None:
    return parse_due(text, YEAR) if text is not None else None


def deliverable(due: str | None, done: str | None = None, owners: str | None = None) -> Deliverable:
    return Deliverable("Приказ", SPAN, read(due), parse_owners(owners) if owners else None, read(done))


def activity(*results: Deliverable, **more: Any) -> Activity:
    return Activity("1", "1", "Издать приказ", results, SPAN, **more)


def judged(due: str | None, today: str, done: str | None = None, cancelled: str = "", due_soon: int = 14) -> StatusRow:
    result = deliverable(due, done)
    return row(activity(result, cancelled=cancelled), result, day(today), due_soon)


def project(plan: Plan) -> Project:
    """A project of one plan, with the settings of DESIGN."""
    return Project({plan.path: plan}, (plan.path,), (), {plan.path: Settings("")})


def document(report: Report) -> dict[str, Any]:
    found = report.document()
    assert isinstance(found, dict)
    return found


def test_the_states_are_those_of_the_design() -> None:
    wanted = {
        "done",
        "done-late",
        "cancelled",
        "overdue",
        "due-soon",
        "in-progress",
        "upcoming",
        "ongoing",
        "unscheduled",
        "unreadable",
    }
    assert set(STATE_NAMES) == set(SYMBOLS) == wanted
    assert len(set(STATE_NAMES.values())) == len(wanted)


# (due, today, state, days left); the borders are the due day, the 14th day before it and the first day of a period.
BY_DAY: list[tuple[str, str, State, int | None]] = [
    ("До 15.10.2022", "14.10.2022", "due-soon", 1),
    ("До 15.10.2022", "15.10.2022", "due-soon", 0),
    ("До 15.10.2022", "16.10.2022", "overdue", -1),
    ("До 15.10.2022", "30.09.2022", "upcoming", 15),
    ("До 15.10.2022", "01.10.2022", "due-soon", 14),
    ("До 15.10.2022", "02.10.2022", "due-soon", 13),
    ("До 15.10.2022", "15.10.2023", "overdue", -365),
    ("14.10.2022", "13.10.2022", "due-soon", 1),
    ("14.10.2022", "14.10.2022", "due-soon", 0),
    ("14.10.2022", "15.10.2022", "overdue", -1),
    ("14.10.2022", "29.09.2022", "upcoming", 15),
    ("14.10.2022", "30.09.2022", "due-soon", 14),
    ("01.11.2022 - 20.12.2022", "31.10.2022", "upcoming", 50),
    ("01.11.2022 - 20.12.2022", "01.11.2022", "in-progress", 49),
    ("01.11.2022 - 20.12.2022", "02.11.2022", "in-progress", 48),
    ("01.11.2022 - 20.12.2022", "05.12.2022", "in-progress", 15),
    ("01.11.2022 - 20.12.2022", "06.12.2022", "due-soon", 14),
    ("01.11.2022 - 20.12.2022", "20.12.2022", "due-soon", 0),
    ("01.11.2022 - 20.12.2022", "21.12.2022", "overdue", -1),
    ("10.10.2022 - 15.10.2022", "30.09.2022", "upcoming", 15),
    ("10.10.2022 - 15.10.2022", "01.10.2022", "due-soon", 14),
    ("12.10.2022, 20.01.2023", "27.09.2022", "upcoming", 15),
    ("12.10.2022, 20.01.2023", "28.09.2022", "due-soon", 14),
    ("12.10.2022, 20.01.2023", "12.10.2022", "due-soon", 0),
    ("12.10.2022, 20.01.2023", "06.01.2023", "due-soon", 14),
    ("12.10.2022, 20.01.2023", "20.01.2023", "due-soon", 0),
    ("12.10.2022, 20.01.2023", "21.01.2023", "overdue", -1),
    ("20.10.2022 30.10.2022", "15.10.2022", "upcoming", 15),
    ("20.10.2022 30.10.2022", "21.10.2022", "due-soon", 9),
    ("20.10.2022 30.10.2022", "31.10.2022", "overdue", -1),
    ("с 01.11.2022", "31.10.2022", "upcoming", 1),
    ("с 01.11.2022", "01.11.2022", "ongoing", None),
    ("с 01.11.2022", "01.06.2023", "ongoing", None),
]


@pytest.mark.parametrize(("due", "today", "state", "left"), BY_DAY, ids=[f"{d} on {t}" for d, t, _, _ in BY_DAY])
def test_states_around_their_borders(due: str, today: str, state: State, left: int | None) -> None:
    found = judged(due, today)
    assert (found.state, found.left) == (state, left)


@pytest.mark.parametrize("today", ["01.09.2022", "15.01.2023", "31.08.2023", "01.09.2030"])
@pytest.mark.parametrize(
    ("due", "state"),
    [
        ("Постоянно", "ongoing"),
        ("Постоянно в течение года", "ongoing"),
        ("2 раза в год", "ongoing"),
        ("По мере поступления", "unscheduled"),
        ("По отдельному графику", "unscheduled"),
        ("Зимние каникулы", "unscheduled"),
        (None, "unscheduled"),
        ("31.02.2023", "unreadable"),
        ("когда-нибудь", "unreadable"),
    ],
)
def test_states_without_a_day(due: str | None, state: State, today: str) -> None:
    found = judged(due, today)
    assert (found.state, found.left) == (state, None)


def test_vacations_of_the_settings_give_a_season_its_days() -> None:
    due = Due("season", "Зимние каникулы", day("29.12.2022"), day("08.01.2023"))
    result = Deliverable("Смена", SPAN, due)
    states = {t: row(activity(result), result, day(t), 14).state for t in ("24.12.2022", "28.12.2022", "09.01.2023")}
    assert states == {"24.12.2022": "upcoming", "28.12.2022": "due-soon", "09.01.2023": "overdue"}


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [
        ("До 15.10.2022", "14.10.2022", "done"),
        ("До 15.10.2022", "15.10.2022", "done"),
        ("До 15.10.2022", "16.10.2022", "done-late"),
        ("14.10.2022", "14.10.2022", "done"),
        ("14.10.2022", "15.10.2022", "done-late"),
        ("10.10.2022 - 15.10.2022", "09.10.2022", "done"),
        ("10.10.2022 - 15.10.2022", "15.10.2022", "done"),
        ("10.10.2022 - 15.10.2022", "16.10.2022", "done-late"),
        ("По отдельному графику", "16.10.2022", "done"),
        ("31.02.2023", "16.10.2022", "done"),
        (None, "16.10.2022", "done"),
    ],
)
@pytest.mark.parametrize("today", ["17.10.2022", "01.06.2023"])
def test_done_in_time_or_late(due: str | None, done: str, state: State, today: str) -> None:
    found = judged(due, today, done)
    assert found.state == state
    assert left_words(found) == STATE_NAMES[state]


@pytest.mark.parametrize("done", ["да", "выполнено", "31.02.2022"])
def test_a_mark_that_is_not_read_does_not_finish_anything(done: str) -> None:
    assert judged("До 15.10.2022", "20.10.2022", done).state == "overdue"


@pytest.mark.parametrize("done", ["до 14.10.2022", "сентябрь 2022", "12.10.2022 14.10.2022"])
def test_a_mark_that_is_no_day_does_not_finish_anything(done: str) -> None:
    """RM211 says of such a mark: «непрочитанная отметка не считается исполнением»."""
    assert judged("До 15.10.2022", "20.10.2022", done).state == "overdue"


@pytest.mark.parametrize("due", ["До 15.10.2022", "Постоянно", "31.02.2023", None])
def test_cancelled_is_neither_overdue_nor_done(due: str | None) -> None:
    assert judged(due, "20.10.2022", cancelled="нет средств").state == "cancelled"
    assert judged(due, "20.10.2022", done="14.10.2022", cancelled="нет средств").state == "cancelled"


@pytest.mark.parametrize("due_soon", [0, 1, 7, 30, 366])
def test_the_border_of_soon_is_a_setting(due_soon: int) -> None:
    due = day("20.12.2022")
    result = Deliverable("Приказ", SPAN, Due("by", "", None, due))
    states = [row(activity(result), result, due - timedelta(days=n), due_soon).state for n in (due_soon + 1, due_soon)]
    assert states == ["upcoming", "due-soon"]


def test_fourteen_days_is_the_default() -> None:
    plan = Plan("plan.yaml", "План", "", YEAR, (activity(deliverable("До 15.10.2022")),))
    assert [rows(plan, day(t))[0].state for t in ("30.09.2022", "01.10.2022")] == ["upcoming", "due-soon"]


def test_every_deliverable_is_a_row() -> None:
    one = activity(deliverable("До 15.10.2022"), deliverable("До 20.10.2022"))
    two = activity(deliverable(None))
    found = rows(Plan("plan.yaml", "План", "", YEAR, (one, two)), day("17.10.2022"))
    assert [(r.activity is one, r.state) for r in found] == [
        (True, "overdue"),
        (True, "due-soon"),
        (False, "unscheduled"),
    ]


# -- several terms --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("01.09.2022", "31.10.2022"),
        ("31.10.2022", "31.10.2022"),
        ("01.11.2022", "31.01.2023"),
        ("31.01.2023", "31.01.2023"),
        ("01.02.2023", "30.04.2023"),
        ("30.04.2023", "30.04.2023"),
        ("01.05.2023", "30.04.2023"),
    ],
)
def test_of_several_terms_the_next_one_counts(today: str, expected: str) -> None:
    due = parse_due("октябрь, январь, апрель", YEAR)
    assert target(due, day(today)) == day(expected)


def test_terms_count_by_day_and_not_by_place() -> None:
    parts = tuple(Part(day(t), day(t)) for t in ("20.01.2023", "12.10.2022"))
    due = Due("dates", "20.01.2023, 12.10.2022", day("12.10.2022"), day("20.01.2023"), parts)
    assert target(due, day("10.10.2022")) == day("12.10.2022")
    assert target(due, day("13.10.2022")) == day("20.01.2023")


def test_of_two_unclear_days_the_last_counts() -> None:
    """Two days without a dash may be a period: nothing is overdue before its end."""
    due = parse_due("20.10.2022 30.10.2022", YEAR)
    assert target(due, day("15.10.2022")) == day("30.10.2022")


def test_one_term_is_its_own_target() -> None:
    assert target(parse_due("До 15.10.2022", YEAR), day("01.06.2023")) == day("15.10.2022")
    assert target(parse_due("Постоянно", YEAR), day("01.10.2022")) in (None, day("31.08.2023"))
    assert target(parse_due("По графику", YEAR), day("01.10.2022")) is None


# -- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 день"),
        (2, "2 дня"),
        (4, "4 дня"),
        (5, "5 дней"),
        (10, "10 дней"),
        (11, "11 дней"),
        (12, "12 дней"),
        (14, "14 дней"),
        (20, "20 дней"),
        (21, "21 день"),
        (22, "22 дня"),
        (25, "25 дней"),
        (100, "100 дней"),
        (101, "101 день"),
        (111, "111 дней"),
        (112, "112 дней"),
        (121, "121 день"),
    ],
)
def test_days_left_in_words(number: int, words: str) -> None:
    due = day("20.12.2022")
    result = Deliverable("Приказ", SPAN, Due("by", "", None, due))
    before, after = (row(activity(result), result, due + timedelta(days=n), 14) for n in (-number, number))
    assert left_words(before) == f"через {words}"
    assert left_words(after) == f"просрочено на {words}"


def test_the_day_itself_is_today() -> None:
    assert left_words(judged("До 15.10.2022", "15.10.2022")) == "сегодня"


@pytest.mark.parametrize(
    ("due", "words"),
    [("Постоянно", "постоянно"), ("По графику", "без даты"), ("31.02.2023", "срок не прочитан"), (None, "без даты")],
)
def test_the_state_stands_where_no_day_is_counted(due: str | None, words: str) -> None:
    assert left_words(judged(due, "15.10.2022")) == words


def test_what_is_closed_counts_no_days() -> None:
    assert left_words(judged("До 15.10.2022", "20.10.2022", cancelled="нет")) == "отменено"
    assert left_words(judged("До 15.10.2022", "20.10.2022", done="16.10.2022")) == "исполнено с опозданием"


def test_the_summary_counts_what_there_is_by_urgency() -> None:
    dues = ["31.02.2023", "До 15.10.2022", "Постоянно", "До 14.10.2022", "До 30.10.2022"]
    found = rows(Plan("p", "", "", YEAR, (activity(*map(deliverable, dues)),)), day("20.10.2022"))
    assert list(summary(found).items()) == [("overdue", 2), ("due-soon", 1), ("ongoing", 1), ("unreadable", 1)]
    assert summary([]) == {}


# -- people ---------------------------------------------------------------------------------------------------------


def load_of(*results: Deliverable, today: str = "20.10.2022") -> dict[str, Load]:
    plan = Plan("plan.yaml", "План", "", YEAR, (activity(*results),))
    return {load.owner: load for load in loads(rows(plan, day(today)), day(today))}


def test_the_load_of_an_owner() -> None:
    mine = [
        deliverable("До 15.10.2022", "14.10.2022", "Савина И.А."),
        deliverable("До 15.10.2022", "16.10.2022", "Савина И.А."),
        deliverable("До 15.10.2022", None, "Савина И.А."),
        deliverable("До 25.10.2022", None, "Савина И.А."),
        deliverable("До 25.12.2022", None, "Савина И.А."),
        deliverable("Постоянно", None, "Савина И.А."),
    ]
    assert load_of(*mine)["Савина И.А."] == Load("Савина И.А.", 6, 1, 1, 1, 1, 33)


@pytest.mark.parametrize(
    ("results", "discipline"),
    [
        ([("До 15.10.2022", "15.10.2022")], 100),
        ([("До 15.10.2022", "16.10.2022")], 0),
        ([("До 15.10.2022", None)], 0),
        ([("До 15.10.2022", "15.10.2022"), ("До 15.10.2022", None)], 50),
        ([("До 15.10.2022", "15.10.2022"), ("До 16.10.2022", "16.10.2022"), ("До 15.10.2022", None)], 67),
        ([("До 25.12.2022", None)], None),
        ([("До 25.12.2022", "10.10.2022")], None),
        ([("До 25.12.2022", "10.10.2022"), ("До 15.10.2022", None)], 0),
        ([("По графику", "10.10.2022")], None),
        ([("Постоянно", None)], None),
        ([("31.02.2023", None)], None),
        ([("До 20.10.2022", "20.10.2022")], 100),
    ],
)
def test_discipline_is_done_in_time_of_what_was_due_by_now(
    results: list[tuple[str, str | None]], discipline: int | None
) -> None:
    found = load_of(*(deliverable(due, done, "Савина И.А.") for due, done in results))
    assert found["Савина И.А."].discipline == discipline


def test_cancelled_work_is_nobodys_debt() -> None:
    result = deliverable("До 15.10.2022", None, "Савина И.А.")
    plan = Plan("plan.yaml", "План", "", YEAR, (activity(result, cancelled="нет средств"),))
    assert loads(rows(plan, day("20.10.2022")), day("20.10.2022"))[0].discipline is None


def test_every_owner_of_a_shared_result_answers_for_it() -> None:
    found = load_of(deliverable("До 15.10.2022", None, "Слепкова Н.А. Классные руководители"), deliverable(None))
    assert {name: (load.total, load.overdue) for name, load in found.items()} == {
        "Слепкова Н.А.": (1, 1),
        "Классные руководители": (1, 1),
        "—": (1, 0),
    }


def test_an_owner_named_twice_is_counted_once() -> None:
    people = (Person("Савина И.А."), Person("Савина И.А.", "координатор"))
    result = Deliverable("Приказ", SPAN, read("До 15.10.2022"), Owners("", people))
    assert load_of(result)["Савина И.А."].total == 1


def test_two_spellings_are_never_merged() -> None:
    found = load_of(deliverable(None, None, "Слепкова Н.А."), deliverable(None, None, "Сленкова Н.А."))
    assert set(found) == {"Слепкова Н.А.", "Сленкова Н.А."}


def test_the_most_overdue_stand_first() -> None:
    results = [
        deliverable("До 25.12.2022", None, "Давыденко О.С."),
        deliverable("До 25.12.2022", None, "Давыденко О.С."),
        deliverable("До 25.10.2022", None, "Коротких С.А."),
        deliverable("До 15.10.2022", None, "Слепкова Н.А."),
        deliverable("До 25.12.2022", None, "Савина И.А."),
    ]
    assert list(load_of(*results)) == ["Слепкова Н.А.", "Коротких С.А.", "Давыденко О.С.", "Савина И.А."]


def test_the_load_report_says_it_in_percent() -> None:
    plan = Plan("plan.yaml", "План", "", YEAR, (activity(*[deliverable("До 15.10.2022", None, "Савина И.А.")] * 2),))
    report = load_report(project(plan), day("20.10.2022"), Filters())
    owner = document(report)["owners"][0]
    assert (owner["discipline"], owner["total"]) == (0, 2)
    assert report.tables()[0].rows[0].cells == ("Савина И.А.", "2", "0", "0", "2", "0", "0 %")


# -- filters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "is_it"),
    [
        ("Савина", True),
        ("савина", True),
        ("САВИНА И.А.", True),
        ("авин", True),
        ("координатор", True),
        ("классные", True),
        ("Артем", True),
        ("Артём", True),
        ("Слепкова", False),
        ("завуч", False),
    ],
)
def test_an_owner_is_found_by_a_part_of_name_or_role(wanted: str, is_it: bool) -> None:
    people = (Person("Савина И.А.", "школьный координатор"), Role("Классные руководители", "кл. рук."), Person("Артём"))
    assert is_owned_by(Deliverable("", SPAN, owners=Owners("", people)), wanted) is is_it


def test_nobody_is_owned_by_no_one() -> None:
    assert not is_owned_by(Deliverable("", SPAN), "Савина")


PLAN = Plan(
    "plan.yaml",
    "План",
    "МБОУ «СОШ №6»",
    YEAR,
    (
        activity(deliverable("До 15.10.2022", None, "Савина И.А."), section="Организация"),
        activity(deliverable("До 20.10.2022", None, "Слепкова Н.А."), section="Мониторинг и отчёты"),
        activity(deliverable("До 27.10.2022", None, "Савина И.А., Слепкова Н.А."), section="Мониторинг и отчёты"),
        activity(deliverable("До 28.10.2022", None, "Давыденко О.С.")),
        activity(deliverable("Постоянно", None, "Савина И.А.")),
        activity(deliverable("До 15.10.2022", "15.10.2022", "Савина И.А.")),
        activity(deliverable("До 15.10.2022", "16.10.2022", "Савина И.А.")),
        activity(deliverable("До 15.10.2022", None, "Савина И.А."), cancelled="нет средств"),
        activity(deliverable("с 25.10.2022", None, "Давыденко О.С.")),
    ),
)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), list(range(9))),
        (Filters(owner="Слепкова"), [1, 2]),
        (Filters(owner="слепкова"), [1, 2]),
        (Filters(states=("overdue",)), [0]),
        (Filters(states=("done", "done-late")), [5, 6]),
        (Filters(states=("cancelled",)), [7]),
        (Filters(within=0), [0, 1]),
        (Filters(within=7), [0, 1, 2, 8]),
        (Filters(within=8), [0, 1, 2, 3, 8]),
        (Filters(section="мониторинг"), [1, 2]),
        (Filters(section="Организация"), [0]),
        (Filters(section="нет такого"), []),
        (Filters(owner="Савина", section="мониторинг"), [2]),
        (Filters(owner="Савина", states=("due-soon",), within=7), [2]),
        (Filters(owner="никто"), []),
    ],
    ids=lambda value: str(value) if isinstance(value, Filters) else "",
)
def test_filters(filters: Filters, expected: list[int]) -> None:
    found = rows(PLAN, day("20.10.2022"))
    assert [i for i, one in enumerate(found) if filters.keep(PLAN, one)] == expected


def test_the_report_counts_what_passed_the_filters() -> None:
    report = status_report(project(PLAN), day("20.10.2022"), Filters(owner="Слепкова"))
    plan = document(report)["plans"][0]
    assert document(report)["as_of"] == "2022-10-20"
    assert plan["summary"] == {"due-soon": 2}
    assert [one["days_left"] for one in plan["rows"]] == [0, 7]


def test_no_row_passes_and_it_is_said() -> None:
    report = status_report(project(PLAN), day("20.10.2022"), Filters(owner="никто"))
    assert document(report)["plans"][0]["rows"] == []
    assert report.tables()[0].empty


@pytest.mark.parametrize("count", [1, 39, 40, 41, 400])
def test_the_bar_shows_every_state_that_is_there(count: int) -> None:
    results = [deliverable("До 15.10.2022")] * count + [deliverable("Постоянно"), deliverable("31.02.2023")]
    plan = Plan("p", "", "", YEAR, (activity(*results),))
    report = status_report(project(plan), day("20.10.2022"), Filters())
    bar = next(line for line in report.tables()[0].footer if line.startswith("[")).strip("[]")
    assert {SYMBOLS["overdue"], SYMBOLS["ongoing"], SYMBOLS["unreadable"]} <= set(bar)
    assert len(bar) == count + 2 if count + 2 <= 40 else 40 <= len(bar) <= 43
