"""How often → RFC 5545 RRULE, where the phrase means one, and what the rule leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.forms import is_bound
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.forms import Term
    from roadmap_cli.dates.values import Atom, Frequency, Point

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Rule(NamedTuple):
    """A rule without its prefix (None when the days are not named), and notes on what it does not say."""

    text: str | None
    notes: tuple[str, ...] = ()


def read_rule(atoms: Sequence[Atom], terms: Sequence[Term]) -> Rule:
    """The RRULE that the words how often and the terms beside them mean together."""
    found = [a.frequency for a in atoms if a.code == "R" and a.frequency is not None]
    frequency = _main(found)
    numbers = [a.number for a in atoms if a.code == "N"]
    anchors = [term for term in terms if not is_bound(term)]
    if any(f.times > 1 for f in found) and not anchors:
        return Rule(None)
    if frequency.freq == "YEARLY" and anchors:
        return _yearly(frequency, anchors)
    if frequency.freq == "MONTHLY" and anchors:
        return _monthly(frequency, anchors)
    if frequency.freq == "MONTHLY" and frequency.interval == 3 and numbers and any(f.shift for f in found):
        first = 2 if any(a.code == "q" and a.number == 2 for a in atoms) else 1
        months = ",".join(str(month) for month in range(first, 13, 3))
        return Rule(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={_monthday(numbers[-1])}", _short_months(numbers))
    return _plain(frequency, numbers)


def _main(found: Sequence[Frequency]) -> Frequency:
    """Of several, the one that says most: weekdays, then an interval, then a year beside shorter ones."""
    return max(found, key=lambda f: (bool(f.weekdays), f.interval > 1, f.freq == "YEARLY" and len(found) > 1))


def _monthday(day: int) -> str:
    return "-1" if day == 31 else str(day)


def _short_months(days: Sequence[int]) -> tuple[str, ...]:
    return ("в коротких месяцах такого числа нет",) if any(day in (29, 30) for day in days) else ()


def _plain(frequency: Frequency, numbers: Sequence[int]) -> Rule:
    if frequency.freq == "TERMLY" or (frequency.freq == "YEARLY" and numbers):
        return Rule(None)
    parts = _head(frequency)
    if frequency.weekdays:
        parts.append("BYDAY=" + ",".join(f"{n or ''}{_DAYS[day]}" for n, day in frequency.weekdays))
    elif numbers and frequency.freq == "MONTHLY":
        parts.append("BYMONTHDAY=" + ",".join(_monthday(n) for n in dict.fromkeys(numbers)))
    return Rule(";".join(parts), _short_months(numbers) if frequency.freq == "MONTHLY" else ())


def _head(frequency: Frequency) -> list[str]:
    interval = [f"INTERVAL={frequency.interval}"] if frequency.interval > 1 else []
    return [f"FREQ={frequency.freq}", *interval]


def _yearly(frequency: Frequency, anchors: Sequence[Term]) -> Rule:
    """«ежегодно до 10 декабря», «2 раза в год: октябрь, апрель», «ежегодно с 1 по 15 октября»: by its last day."""
    head = _head(frequency)
    if all(_is_months(term) for term in anchors):
        months = sorted({month for term in anchors for month in _months(term)})
        return Rule(";".join([*head, "BYMONTH=" + ",".join(map(str, months))]))
    if any(term.last.last[0] < 1 for term in anchors):
        return Rule(None)
    lasts = [_last(term) for term in anchors]
    if len({day for _, day in lasts}) > 1:
        return Rule(None, ("дни разных месяцев: одним правилом не записать",))
    months = sorted({month for month, _ in lasts})
    stretched = any(term.shape in ("point", "range") and not _is_day(term) for term in anchors)
    notes = ("правило называет последний день срока",) if stretched else ()
    return Rule(
        ";".join([*head, "BYMONTH=" + ",".join(map(str, months)), f"BYMONTHDAY={_monthday(lasts[0][1])}"]), notes
    )


def _monthly(frequency: Frequency, anchors: Sequence[Term]) -> Rule:
    """«ежемесячно, последняя неделя», «до 15.10.2022, затем ежеквартально»; a range only bounds the rule."""
    if all(term.shape == "range" for term in anchors) or all(_is_months(term) for term in anchors):
        return _plain(frequency, ())
    days = {_last(term)[1] for term in anchors}
    months = sorted({_last(term)[0] for term in anchors})
    if len(days) > 1:
        return Rule(None, ("дни разных месяцев: одним правилом не записать",))
    day = _monthday(days.pop())
    if len(months) > 1:
        return Rule(f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}")
    part = any(term.first.first[0] == 0 for term in anchors)
    notes = ("правило называет последний день этой части месяца",) if part else ()
    return Rule(";".join([*_head(frequency), f"BYMONTHDAY={day}"]), notes)


def _is_day(term: Term) -> bool:
    return term.first is term.last and term.first.unit == "day"


def _is_months(term: Term) -> bool:
    return term.shape in ("point", "range") and _begins_month(term.first) and _ends_month(term.last)


def _begins_month(point: Point) -> bool:
    return point.unit == "span" and point.first[1] == 1 and point.first[0] > 0


def _ends_month(point: Point) -> bool:
    return point.unit == "span" and point.last[1] == 31 and point.last[0] > 0


def _last(term: Term) -> tuple[int, int]:
    """The month and the day by which a term is over; «до мая» is over on the last of April."""
    if term.shape == "by" and term.first.unit == "span" and not (term.inclusive or term.first.closing):
        return (term.first.first[0] - 2) % 12 + 1, 31
    return term.last.last


def _months(term: Term) -> list[int]:
    first, last = term.first.first[0], term.last.last[0]
    return [(month - 1) % 12 + 1 for month in range(first, last + 1 if last >= first else last + 13)]
