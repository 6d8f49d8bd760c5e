"""Days off with the transfers of each year, effective days, working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.calendar import (
    RULES,
    Calendar,
    Season,
    add_working_days,
    effective,
    is_day_off,
    is_holiday,
    transfers_known,
    why_off,
)
from roadmap_cli.dates.values import Years

# The transfers of the decrees of the Government and of article 112 of the Labour Code.
DAYS = [
    pytest.param("2022-03-05", False, id="a Saturday that was worked in 2022"),
    pytest.param("2022-03-07", True, id="the Monday that it was moved to"),
    pytest.param("2022-05-03", True, id="a day off moved from January 2022"),
    pytest.param("2022-06-13", True, id="Monday after Russia Day on a Sunday"),
    pytest.param("2023-02-24", True, id="a day off moved from 1 January 2023"),
    pytest.param("2023-05-08", True, id="a day off moved from 8 January 2023"),
    pytest.param("2023-11-06", True, id="Monday after Unity Day on a Saturday"),
    pytest.param("2024-04-27", False, id="a Saturday that was worked in 2024"),
    pytest.param("2024-11-02", False, id="another one"),
    pytest.param("2024-12-31", True, id="the last day of 2024"),
    pytest.param("2025-05-02", True, id="moved in 2025"),
    pytest.param("2025-11-01", False, id="a Saturday that was worked in 2025"),
    pytest.param("2026-01-09", True, id="moved in 2026"),
    pytest.param("2027-02-20", False, id="a Saturday that is worked in 2027"),
    pytest.param("2022-10-15", True, id="a plain Saturday"),
    pytest.param("2022-10-17", False, id="a plain Monday"),
    pytest.param("2030-01-08", True, id="a holiday of a year without data"),
    pytest.param("2030-06-13", False, id="no transfer of a year without data"),
]


@pytest.mark.parametrize(("day", "off"), DAYS)
def test_a_day_is_off_or_worked(day: str, off: bool) -> None:
    assert is_day_off(date.fromisoformat(day)) is off


@pytest.mark.parametrize(
    ("day", "rule", "counted"),
    [
        pytest.param("2022-10-15", "as-is", "2022-10-15", id="as it is"),
        pytest.param("2022-10-15", "previous", "2022-10-14", id="Saturday to Friday"),
        pytest.param("2022-10-15", "next", "2022-10-17", id="Saturday to Monday"),
        pytest.param("2023-01-08", "next", "2023-01-09", id="the end of the New Year holidays"),
        pytest.param("2023-01-01", "previous", "2022-12-30", id="over the turn of the year"),
        pytest.param("2022-03-06", "previous", "2022-03-05", id="to a Saturday that is worked"),
        pytest.param("2022-10-17", "next", "2022-10-17", id="a working day stays"),
    ],
)
def test_the_day_that_counts(day: str, rule: str, counted: str) -> None:
    assert rule in RULES
    assert effective(date.fromisoformat(day), rule) == date.fromisoformat(counted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        pytest.param("2022-10-14", 5, "2022-10-21", id="over a weekend"),
        pytest.param("2022-12-30", 1, "2023-01-09", id="over the New Year holidays"),
        pytest.param("2022-10-14", 0, "2022-10-14", id="none"),
    ],
)
def test_working_days_are_counted_from_the_next_day(day: str, number: int, last: str) -> None:
    assert add_working_days(date.fromisoformat(day), number) == date.fromisoformat(last)


def test_why_a_day_is_off_is_said_and_an_unknown_year_says_so() -> None:
    assert why_off(date(2023, 5, 9)) == "праздник"
    assert why_off(date(2022, 10, 15)) == "выходной"
    assert why_off(date(2022, 10, 17)) == ""
    assert "2030" in why_off(date(2030, 10, 12))


def test_the_years_of_the_data() -> None:
    assert [year for year in range(2015, 2035) if transfers_known(year)] == list(range(2018, 2028))


def test_seasons_are_found_by_year_and_name() -> None:
    winter = Season(2022, "зимние каникулы", date(2022, 12, 29), date(2023, 1, 8))
    calendar = Calendar((winter,))
    assert calendar.season("зимние каникулы", Years(2022, 2023)) == (winter.start, winter.end)
    assert calendar.season("зимние каникулы", Years(2023, 2024)) is None
    assert calendar.seasons_of(date(2023, 1, 8)) == ("зимние каникулы",)
    assert calendar.seasons_of(date(2023, 1, 9)) == ()


@given(st.dates(date(2017, 1, 1), date(2031, 12, 31)))
def test_the_day_that_counts_is_near_and_worked(day: date) -> None:
    for rule in ("previous", "next"):
        counted = effective(day, rule)  # type: ignore[arg-type]
        assert not is_day_off(counted)
        assert abs(counted - day) <= timedelta(days=12)
    if is_holiday(day) and day.weekday() < 5:
        assert is_day_off(day)
