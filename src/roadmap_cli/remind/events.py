"""When a deliverable is to be spoken of: its due days, and the days on which thresholds before and after them pass."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words, plain_days
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.model import Due
    from roadmap_cli.settings import Reminders
    from roadmap_cli.status import StatusRow

BEGINS = "begins"
OVERDUE = "overdue"
_SILENT = frozenset(("done", "done-late", "cancelled"))
_DAY = timedelta(days=1)


class Term(NamedTuple):
    """One term of a deliverable, both days inclusive; `before` is the due day before it, `owed` whether it can be late.

    Thresholds count from the day after `before` on: what falls on the term before it is that one's.
    """

    start: date | None
    end: date | None
    before: date | None = None
    owed: bool = True


class Event(NamedTuple):
    """A threshold and the day on which it passes; `day` is the day that it is about."""

    threshold: str
    on: date
    day: date


def terms(row: StatusRow, today: date) -> tuple[Term, ...]:
    """The terms of a deliverable that may have to be spoken of on a day; none when it is done or cancelled.

    Of several terms only the last can be overdue, as in `status`; of a recurring one the last and the next count.
    """
    due = row.deliverable.due
    if due is None or row.state in _SILENT or due.kind == "ongoing":
        return ()
    if due.kind == "recurring":
        return tuple(_occurrences(row, due, today))
    parts = sorted((part.end, part.start) for part in due.parts if part.end)
    if due.unclear or not parts:
        return (Term(due.start, due.end),)
    ends = [None, *(end for end, _ in parts)]
    befores = [before for before, _ in pairwise(ends)]
    last = len(parts) - 1
    return tuple(Term(parts[i][1], parts[i][0], befores[i], i == last) for i in range(len(parts)))


def _occurrences(row: StatusRow, due: Due, today: date) -> Iterator[Term]:
    """The last occurrence, owed when the status says so, and the next; what is done already is left out."""
    from roadmap_cli.recurrence import occurrences

    last, before, upcoming = occurrences(due._replace(start=due.start or date(today.year - 1, 1, 1)), today)
    done = plain_days(row.deliverable.done)
    if last is not None and (row.state == OVERDUE or not _is_done(last, before, done)):
        yield Term(None, last, before, row.state == OVERDUE)
    if upcoming is not None and not _is_done(upcoming, last, done):
        yield Term(None, upcoming, last, False)


def _is_done(day: date, before: date | None, done: tuple[date, ...]) -> bool:
    """Whether a day of completion is this occurrence's: nearer to it than to the one before."""
    middle = before + (day - before) / 2 if before else date.min
    return any(middle < one for one in done)


def events(term: Term, rules: Reminders, today: date) -> Iterator[Event]:
    """The thresholds of a term, whether they have passed or not; of those that repeat only the last."""
    start, end = term.start, term.end
    if rules.begins and start is not None and start != end:
        yield Event(BEGINS, start, start)
    if end is None:
        return
    for number in rules.days:
        on = end - number * _DAY
        if term.before is None or on > term.before:
            yield Event(f"in {number}", on, end)
    if term.owed:
        first = end + _DAY
        yield Event(OVERDUE, first, end)
        again = today - today.weekday() * _DAY if rules.overdue == "weekly" else today
        if rules.overdue != "once" and again > first:
            yield Event(f"{OVERDUE} {again.isoformat()}", again, end)


def signature(due: Due | None) -> str:
    """The days of a deadline, in a form that is the same for the same days however they are written."""
    if due is None or due.kind == "unreadable":
        return ""
    stretches = [(part.start, part.end) for part in due.parts] or [(due.start, due.end)]
    days = ",".join(f"{start or ''}/{end or ''}" for start, end in stretches)
    return "" if days == "/" and not due.rule else f"{days} {due.rule}" if due.rule else days


def due_words(due: Due | None) -> str:
    """A deadline in words, «без срока» for none."""
    return in_words(due) if due else "без срока"
