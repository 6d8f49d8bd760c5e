"""The geometry of a plan's year: which days a deadline takes, and in which columns of a width they stand; pure."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadmap_cli.dates import parse_years
from roadmap_cli.record import NamedTuple
from roadmap_cli.recurrence import all_occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal, TypeAlias

    from roadmap_cli.model import Due

    Form: TypeAlias = Literal["point", "bar", "line", "unclear"]

MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_LAST = date(9999, 12, 31)


class Mark(NamedTuple):
    """Days that a deadline takes, both inclusive: a `point` is a last day, a `bar` a period, a `line` what goes on.

    The `end` of a line is None when the plan names none. Of `unclear` marks nobody knows which one is meant.
    """

    form: Form
    start: date
    end: date | None


class Window(NamedTuple):
    """The days that a picture shows, both inclusive; whole months."""

    first: date
    last: date


class Scale(NamedTuple):
    """A window cut into columns: the first day of each (None for a gap between months), and the heads above them.

    `starts` are the columns that have a day, by day. A head is a column and a word of at most four letters; `fine` says
    that a month has more than one column.
    """

    columns: tuple[date | None, ...]
    months: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, str], ...]
    fine: bool
    starts: tuple[tuple[date, int], ...]

    def column(self, day: date) -> int:
        """The column that a day of the window lies in."""
        return self.starts[max(bisect_right(self.starts, (day, len(self.columns))) - 1, 0)][1]

    def stretch(self, mark: Mark) -> tuple[int, int]:
        """The first and the last column of a mark; a line without an end goes to the edge."""
        first = self.column(mark.start)
        return first, self.column(mark.end) if mark.end else len(self.columns) - 1


def marks(due: Due | None, school_year: str = "") -> tuple[Mark, ...]:
    """The days of a reading, each term for itself; () for one that names no day."""
    if due is None:
        return ()
    if due.kind == "recurring":
        return tuple(Mark("point", day, day) for day in all_occurrences(due, _end_of(school_year)))
    terms = [(part.start, part.end) for part in due.parts] or [(due.start, due.end)]
    if due.kind == "ongoing":
        start = due.start or due.end
        return (Mark("line", start, due.end),) if start else ()
    found = [_mark(start, end) for start, end in terms]
    kept = tuple(mark for mark in found if mark is not None)
    return tuple(mark._replace(form="unclear") for mark in kept) if due.unclear else kept


def _mark(start: date | None, end: date | None) -> Mark | None:
    if start is None:
        return Mark("point", end, end) if end else None
    return Mark("line" if end is None else "point" if start == end else "bar", start, end)


def _end_of(school_year: str) -> date | None:
    years = parse_years(school_year)
    return date(years.second, 8, 31) if years and years.first != years.second else None


def window(school_year: str, found: Iterable[Mark], today: date | None = None) -> Window:
    """The school year, wider where marks lie outside it; without one the months of the marks, else of `today`."""
    days = [day for mark in found for day in (mark.start, mark.end) if day]
    years = parse_years(school_year)
    if years:
        calendar_year = years.first == years.second
        days += [date(years.first, 1 if calendar_year else 9, 1), date(years.second, 12 if calendar_year else 8, 31)]
    days = days or [today or date(2000, 1, 1)]
    first, last = min(days), max(days)
    return Window(first.replace(day=1), _next_month(last) - timedelta(1) if last < date(9999, 12, 1) else _LAST)


def scale(shown: Window, room: int) -> Scale:
    """The finest cut of a window that has place in `room` columns.

    Weeks of two columns or of one, thirds of months with a gap between months, halves, else whole months, or several.
    """
    thirds = _parts(shown, (1, 11, 21), (None,))[:-1]
    for columns in (_weeks(shown, 2), _weeks(shown, 1), thirds, _parts(shown, (1, 16), ())):
        if len(columns) <= room:
            return _headed(columns, shown, fine=True)
    months = _months(shown)
    step = next((n for n in (1, 2, 3, 6, 12) if -(-len(months) // n) <= room), -(-len(months) // max(room, 1)))
    return _headed(tuple(months[::step]), shown, fine=False)


def _months(shown: Window) -> list[date]:
    count = (shown.last.year - shown.first.year) * 12 + shown.last.month - shown.first.month + 1
    start = shown.first.year * 12 + shown.first.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, start + count)]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


def _weeks(shown: Window, wide: int) -> tuple[date | None, ...]:
    """Mondays; the first week may begin before the window. The second of two columns begins on Friday."""
    monday = shown.first.toordinal() - shown.first.weekday()
    steps = range(monday, shown.last.toordinal() + 1, 7)
    return tuple(date.fromordinal(max(n + half * 4, 1)) for n in steps for half in range(wide))


def _parts(shown: Window, days: tuple[int, ...], gap: tuple[None, ...]) -> tuple[date | None, ...]:
    return tuple(at for month in _months(shown) for at in (*(month.replace(day=day) for day in days), *gap))


def _headed(columns: tuple[date | None, ...], shown: Window, *, fine: bool) -> Scale:
    starts = tuple((first, column) for column, first in enumerate(columns) if first)
    bare = Scale(columns, (), (), fine, starts)
    months = [(bare.column(month), MONTHS[month.month - 1]) for month in _months(shown)] if fine else []
    years = {month.year: bare.column(month) for month in reversed(_months(shown))}
    heads = sorted((column, str(year)) for year, column in years.items())
    return bare._replace(months=_apart(months, len(columns)), years=_apart(heads, len(columns)))


def _apart(heads: Sequence[tuple[int, str]], width: int) -> tuple[tuple[int, str], ...]:
    """The heads that have place: one column at least between two of them."""
    kept: list[tuple[int, str]] = []
    for column, word in heads:
        free = kept[-1][0] + len(kept[-1][1]) + 1 if kept else 0
        if free <= column and column + len(word) <= width:
            kept.append((column, word))
    return tuple(kept)
