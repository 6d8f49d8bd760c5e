"""The calendar: days off with the transfers of each year, vacations and terms, and what a rule makes of a day off."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from roadmap_cli.dates.values import Years

    Rule: TypeAlias = Literal["as-is", "previous", "next"]

RULES: tuple[Rule, ...] = ("as-is", "previous", "next")
RULE_NAMES: dict[Rule, str] = {
    "as-is": "срок остаётся как есть",
    "previous": "считается последний рабочий день перед ним",
    "next": "считается первый рабочий день после него",
}
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

# Article 112 of the Labour Code; the transfers of each year stand in workdays.txt.
_FIXED = frozenset((1, day) for day in range(1, 9)) | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


class Season(NamedTuple):
    """A vacation or a term of a school year; both days inclusive."""

    first_year: int
    name: str
    start: date
    end: date


class Calendar(NamedTuple):
    """What the settings say of the school year; `rule` is what to do with a due day that is a day off."""

    seasons: tuple[Season, ...] = ()
    rule: Rule = "as-is"

    def season(self, name: str, years: Years) -> tuple[date, date] | None:
        """The days of a vacation or a term in a school year, or None when the settings do not give them."""
        return next(((s.start, s.end) for s in self.seasons if s.first_year == years.first and s.name == name), None)

    def seasons_of(self, day: date) -> tuple[str, ...]:
        """The names of the vacations and terms that a day lies in."""
        return tuple(s.name for s in self.seasons if s.start <= day <= s.end)


@cache
def _transfers() -> dict[int, tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]]:
    """By year: weekdays that are off and weekend days that are worked, as (month, day)."""
    found = {}
    with open(os.path.join(os.path.dirname(__file__), "workdays.txt"), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                year, _, rest = line.partition(" - ")
                off, _, on = rest.partition("+")
                found[int(year)] = (_days(off), _days(on))
    return found


def _days(text: str) -> frozenset[tuple[int, int]]:
    return frozenset((int(day[:2]), int(day[3:])) for day in text.split())


def transfers_known(year: int) -> bool:
    """Whether the transfers of days off in a year are in the data; otherwise only weekends and holidays are."""
    return year in _transfers()


def is_holiday(day: date) -> bool:
    """Whether the day is a public holiday by law, on whatever weekday it falls."""
    return (day.month, day.day) in _FIXED


def is_day_off(day: date) -> bool:
    """Whether nobody works on the day: weekends, holidays and the year's transfers."""
    known = _transfers().get(day.year)
    if known is None:
        return day.weekday() >= 5 or is_holiday(day)
    off, on = known
    key = (day.month, day.day)
    return key not in on if day.weekday() >= 5 else key in off


def why_off(day: date) -> str:
    """«праздник» or «выходной» for a day off, "" for a working day; a year without transfers says so."""
    if not is_day_off(day):
        return ""
    said = "праздник" if is_holiday(day) else "выходной"
    return said if transfers_known(day.year) else f"{said}, переносы {day.year} года ещё не известны"


def effective(day: date, rule: Rule) -> date:
    """The day on which a due day counts: itself, or the working day before or after it."""
    if rule == "as-is" or not is_day_off(day):
        return day
    step = timedelta(days=1 if rule == "next" else -1)
    while is_day_off(day):
        day += step
    return day


def add_working_days(day: date, number: int) -> date:
    """The day `number` working days after `day` (before it when negative); the count begins on the next day."""
    step = 1 if number > 0 else -1
    left = abs(number)
    while left > 0:
        day += timedelta(days=step)
        left -= not is_day_off(day)
    return day
