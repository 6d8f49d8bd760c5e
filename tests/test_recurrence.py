"""Recurring deadlines: which occurrence counts, and when one is overdue."""

from __future__ import annotations

from datetime import date

import pytest

from roadmap_cli.dates import parse_due
from roadmap_cli.model import Activity, Deliverable, Span
from roadmap_cli.recurrence import occurrences
from roadmap_cli.status import row

SPAN = Span("plan.yaml")
YEAR = "2022-2023"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("phrase", "today", "last", "before", "upcoming"),
    [
        pytest.param("ежемесячно до 5 числа", "2022-11-10", "2022-11-05", "2022-10-05", "2022-12-05", id="by the 5th"),
        pytest.param("ежемесячно до 5 числа", "2022-10-05", "2022-09-05", None, "2022-10-05", id="today is next"),
        pytest.param("ежемесячно", "2022-10-20", "2022-09-30", None, "2022-10-31", id="monthly means the month's end"),
        pytest.param("еженедельно", "2022-09-14", "2022-09-11", "2022-09-04", "2022-09-18", id="weekly means Sunday"),
        pytest.param("каждый понедельник", "2022-09-14", "2022-09-12", "2022-09-05", "2022-09-19", id="each Monday"),
        pytest.param("1 раз в квартал", "2022-10-20", "2022-09-30", None, "2022-12-31", id="the quarter's end"),
        pytest.param("2 раза в год: октябрь, апрель", "2022-11-01", "2022-10-31", None, "2023-04-30", id="two months"),
        pytest.param("ежегодно к 1 февраля", "2023-03-01", "2023-02-01", None, None, id="once in the plan's year"),
        pytest.param("ежегодно", "2022-10-20", None, None, None, id="yearly without a day has no due day"),
        pytest.param("2 раза в год", "2022-10-20", None, None, None, id="no rule, no due day"),
        pytest.param("ежемесячно с октября по май", "2023-06-10", "2023-05-31", "2023-04-30", None, id="after its end"),
    ],
)
def test_the_occurrences_around_a_day(
    phrase: str, today: str, last: str | None, before: str | None, upcoming: str | None
) -> None:
    found = occurrences(parse_due(phrase, YEAR), day(today))
    assert found == tuple(text and day(text) for text in (last, before, upcoming))


@pytest.mark.parametrize(
    ("done", "today", "state", "left"),
    [
        pytest.param(None, "2022-10-20", "overdue", -15, id="nothing done"),
        pytest.param("05.10.2022", "2022-10-20", "upcoming", 16, id="done for the last one"),
        pytest.param("04.09.2022", "2022-10-20", "overdue", -15, id="done before the one before"),
        pytest.param("05.09.2022", "2022-10-20", "overdue", -15, id="done on the day of the one before"),
        pytest.param("06.09.2022", "2022-10-20", "upcoming", 16, id="done since the one before"),
        pytest.param("05.10.2022", "2022-10-05", "upcoming", 31, id="done today, on its day"),
        pytest.param(None, "2022-10-05", "overdue", -30, id="the day itself"),
        pytest.param("05.09.2022", "2022-10-05", "due-soon", 0, id="today, not yet done"),
        pytest.param("04.09.2022; 05.10.2022", "2022-10-20", "upcoming", 16, id="done twice"),
        pytest.param("05.10.2022", "2022-10-25", "due-soon", 11, id="the next one is near"),
        pytest.param(None, "2022-09-02", "due-soon", 3, id="the first one is still ahead"),
        pytest.param("до 5.10.2022", "2022-10-20", "overdue", -15, id="a mark that is no day"),
    ],
)
def test_the_state_of_a_recurring_deliverable(done: str | None, today: str, state: str, left: int) -> None:
    deliverable = Deliverable(
        "Отчёт", SPAN, parse_due("ежемесячно до 5 числа", YEAR), done=parse_due(done, YEAR) if done else None
    )
    found = row(Activity("1", "1", "Отчёт", (deliverable,), SPAN), deliverable, day(today), 14)
    assert (found.state, found.left) == (state, left)


def test_what_is_due_on_no_day_is_never_overdue() -> None:
    deliverable = Deliverable("Дежурство", SPAN, parse_due("ежегодно", YEAR))
    assert row(Activity("1", "1", "", (deliverable,), SPAN), deliverable, day("2023-05-01"), 14).state == "ongoing"
