"""Points of a year → days, by the school year of the plan and by the years that stand in the phrase itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadmap_cli.dates.values import Point, Years
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.forms import Term

_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


# How a note begins that only says which year a day without one was given: no doubt, and no finding.
YEAR_TAKEN = "года нет: понято как"


class Context(NamedTuple):
    """What a phrase is read in: the plan's school year and the month that the row's `period` names (year, month)."""

    years: Years | None = None
    month: tuple[int, int] | None = None


class Stretch(NamedTuple):
    """A term with its days; None where the year is unknown or the side is open."""

    shape: str
    unit: str
    start: date | None
    end: date | None


class Resolved(NamedTuple):
    """All stretches of a phrase; `failed` says in Russian why there is no reading."""

    stretches: tuple[Stretch, ...] = ()
    notes: tuple[str, ...] = ()
    failed: str = ""


class _ImpossibleError(Exception):
    """A day that its year does not have."""


def resolve(terms: Sequence[Term], context: Context) -> Resolved:
    """Give every term its days; years pass from one term to its neighbours before the plan's school year is asked."""
    notes: list[str] = []
    points = [p for term in terms for p in ((term.first,) if term.first is term.last else (term.first, term.last))]
    points = _share_years(_place_in_period(points, context.month))
    stretches = []
    try:
        i = 0
        for term in terms:
            size = 1 if term.first is term.last else 2
            stretches.append(_stretch(term, points[i : i + size], context, notes))
            i += size
    except _ImpossibleError as wrong:
        return Resolved(failed=str(wrong))
    return Resolved(tuple(stretches), tuple(dict.fromkeys(notes)))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _place_in_period(points: list[Point], month: tuple[int, int] | None) -> list[Point]:
    """Weeks and decades without a month belong to the month that the row's `period` names."""
    if month is None:
        return points
    return [
        p._replace(first=(month[1], p.first[1]), last=(month[1], p.last[1]), year=month[0])
        if p.first[0] == 0 and p.first[1] != 0
        else p
        for p in points
    ]


def _dated(point: Point) -> bool:
    return point.year is not None or point.school is not None


def _share_years(points: list[Point]) -> list[Point]:
    """«октябрь, ноябрь 2022», «25.12 – 10.01.2023», «с 25.12.2022 по 10.01»: one written year serves its neighbours."""
    shared = list(points)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        if not _dated(here) and _dated(after) and not here.whole:
            shared[i] = _borrow(here, after, -1)
    for i in range(1, len(shared)):
        here, before = shared[i], shared[i - 1]
        if not _dated(here) and _dated(before) and not here.whole:
            shared[i] = _borrow(here, before, 1)
    return shared


def _borrow(here: Point, other: Point, step: int) -> Point:
    if other.school is not None or other.year is None:
        return here._replace(school=other.school)
    later = other.first < here.first if step < 0 else here.first < other.first
    if here.unit == other.unit == "day" and here.first[0] == other.first[0]:
        later = False
    return here._replace(year=other.year + step if later else other.year)


def _stretch(term: Term, points: Sequence[Point], context: Context, notes: list[str]) -> Stretch:
    first, last = points[0], points[-1]
    days_first, days_last = _days(first, context, notes), _days(last, context, notes) if len(points) == 2 else None
    if days_first is None or (len(points) == 2 and days_last is None):
        notes += [p.note for p in points if p.note and (p.first[0] > 0 or p.first == (0, 0))]
        return Stretch(term.shape, first.unit, None, None)
    start, end = days_first
    notes += [p.note for p in points if p.note and not (term.shape == "by" and p.closing)]
    if (
        days_last is not None
        and term.last.year
        and not _dated(term.first)
        and (days_last[1] - start).days > 183
        and start.year < days_last[1].year
    ):
        notes.append(f"год у начала не указан: понято как {start.year}")
    if days_last is not None:
        start, end = _in_order(days_first[0], days_last[1], first, notes)
    if term.shape == "by":
        return _by(start, end, last, term.inclusive, notes)
    if term.shape == "since":
        return Stretch("since", first.unit, start, None)
    if term.shape == "after":
        return Stretch("since", first.unit, end + timedelta(days=1), None)
    return Stretch(term.shape, first.unit if len(points) == 1 else "span", start, end)


def _by(start: date, end: date, point: Point, inclusive: bool, notes: list[str]) -> Stretch:
    """«до» a day includes it; «до мая» ends before May, «не позднее мая» and «до конца мая» with it."""
    if point.unit == "day" or point.closing or inclusive:
        return Stretch("by", "day", None, end)
    if point.first[1] == 11 and point.last[1] == 20 and "середина" in point.note:
        return Stretch("by", "day", None, start.replace(day=15))
    day = start - timedelta(days=1)
    notes.append(f"«до» и не день: понято как до {day:%d.%m.%Y} включительно")
    return Stretch("by", "span", None, day)


def _in_order(start: date, end: date, first: Point, notes: list[str]) -> tuple[date, date]:
    if start <= end:
        return start, end
    if not first.year and not first.school and start.month != end.month:
        earlier = _year_before(start)
        if earlier <= end:
            notes.append(f"год не указан: начало понято как {earlier.year}, чтобы период не шёл назад")
            return earlier, end
    raise _ImpossibleError(f"начало позже конца: {start:%d.%m.%Y} – {end:%d.%m.%Y}")


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, month_end(day.year - 1, day.month).day))


def _days(point: Point, context: Context, notes: list[str]) -> tuple[date, date] | None:
    """The first and the last day of a point, or None when its year or its month is unknown."""
    years = Years(*point.school) if point.school else context.years
    if point.first == (0, 0):
        return _edge_of_year(point.last[1], years)
    if point.year is not None and point.year < 0:
        return None
    if point.first[0] == 0:
        notes.append("месяц не указан, а у строки нет «период»")
        return None
    if point.first[0] == -1:
        return _half(point, years, notes)
    if point.whole:
        if years is None:
            notes.append("учебный год плана не указан")
            return None
        return _span(point.first, point.last, years.first if point.first[0] >= 9 else years.second, point, notes)
    if point.year is not None:
        return _span(point.first, point.last, point.year, point, notes)
    if years is None:
        if not point.note or point.unit == "span":
            notes.append("год не указан, и учебного года у плана нет")
        return None
    year = years.of(point.first[0])
    if years.first != years.second and not point.school:
        if point.first[0] == 8 or (point.unit == "span" and point.first[0] == 7 and point.last[0] >= 8):
            notes.append(f"август без года: понято как {year}, но может быть и {years.first}")
        else:
            notes.append(f"{YEAR_TAKEN} {year}")
    return _span(point.first, point.last, year, point, notes)


def _edge_of_year(part: int, years: Years | None) -> tuple[date, date] | None:
    """«до конца года» in the plan of a calendar year; in a school's plan the year may be either."""
    if years is None or years.first != years.second or part == 2:
        return None
    day = date(years.first, 1, 1) if part == 1 else date(years.first, 12, 31)
    return day, day


def _half(point: Point, years: Years | None, notes: list[str]) -> tuple[date, date] | None:
    """Halves: of the calendar year when that is written, of the school year in a school's plan."""
    number = point.first[1]
    year = point.year if point.year is not None else years.first if years and years.first == years.second else None
    if year is not None:
        return (date(year, 1, 1), date(year, 6, 30)) if number == 1 else (date(year, 7, 1), date(year, 12, 31))
    if years is None:
        notes.append("год не указан, и учебного года у плана нет")
        return None
    if point.school is None and not point.whole:
        notes.append("полугодие понято как учебное")
    return (
        (date(years.first, 9, 1), date(years.first, 12, 31))
        if number == 1
        else (date(years.second, 1, 1), date(years.second, 5, 31))
    )


def _span(
    first: tuple[int, int], last: tuple[int, int], year: int, point: Point, notes: list[str]
) -> tuple[date, date]:
    if point.nth is not None:
        start = end = _nth(year, first[0], *point.nth)
        return start, end
    start = _day(year, *first)
    end_year = year + point.years + (1 if last < first and first[1] > 0 else 0)
    end = _day(end_year, *last)
    if point.weekday is not None and point.unit == "day" and start.weekday() != point.weekday:
        notes.append(f"{start:%d.%m.%Y} — это {_WEEKDAYS[start.weekday()]}, а написано «{_WEEKDAYS[point.weekday]}»")
    return start, end


def _nth(year: int, month: int, which: int, weekday: int) -> date:
    """The third Thursday, the last Friday of a month."""
    last = month_end(year, month)
    if which < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    if day > last:
        raise _ImpossibleError(f"в этом месяце нет {which}-го такого дня недели: {month:02}.{year}")
    return day


def _day(year: int, month: int, day: int) -> date:
    last = month_end(year, month)
    if day < 0:
        return last + timedelta(days=day + 1)
    if day == 31:
        return last
    if day > last.day:
        raise _ImpossibleError(f"нет такого дня: {day:02}.{month:02}.{year}")
    return date(year, month, day)
