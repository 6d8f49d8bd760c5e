"""When a recurring deadline falls due: the occurrences of its RRULE around a day, by dateutil."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmap_cli.model import Due


def occurrences(due: Due, today: date) -> tuple[date | None, date | None, date | None]:
    """The last occurrence before today, the one before it, and the next from today on; None where there is none.

    «Раз в месяц» without a day falls due at the month's end, «раз в неделю» on Sunday; what is done daily, yearly
    without a day, or without a rule has no due days. Without a known beginning only the next occurrence is told.
    """
    rule = _with_days(due.rule) if due.rule else None
    if rule is None:
        return None, None, None
    from dateutil.rrule import rrulestr

    start = due.start or date(today.year - 1, 1, 1)
    found = rrulestr(rule, dtstart=datetime.combine(start, time()))
    now = datetime.combine(today, time())
    upcoming = found.after(now, inc=True)
    last = found.before(now) if due.start else None
    before = found.before(last) if last else None
    after = upcoming.date() if upcoming and not (due.end and upcoming.date() > due.end) else None
    return last and last.date(), before and before.date(), after


def all_occurrences(due: Due, end: date | None = None) -> tuple[date, ...]:
    """Every day on which a recurring deadline falls due, until its own end or the one given.

    Without a beginning, an end or days there are none to tell.
    """
    rule = _with_days(due.rule) if due.rule else None
    last = due.end or end
    if rule is None or due.start is None or last is None:
        return ()
    from dateutil.rrule import rrulestr

    start, stop = datetime.combine(due.start, time()), datetime.combine(last, time())
    return tuple(day.date() for day in rrulestr(rule, dtstart=start).between(start, stop, inc=True))


def _with_days(rule: str) -> str | None:
    """The rule with the day on which its period ends, where it names none; None when no day is meant."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    frequency = parts["FREQ"]
    if "BYMONTHDAY" in parts or "BYDAY" in parts:
        return rule
    if frequency == "WEEKLY":
        return f"{rule};BYDAY=SU"
    if frequency == "MONTHLY" or (frequency == "YEARLY" and "BYMONTH" in parts):
        return f"{rule};BYMONTHDAY=-1"
    return None
