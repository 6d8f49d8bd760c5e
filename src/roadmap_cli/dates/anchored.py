"""Terms counted from a named day: «в течение 5 рабочих дней после 10.10.2022», «за неделю до 15 октября»."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadmap_cli.dates.forms import read_forms
from roadmap_cli.dates.points import to_atoms
from roadmap_cli.dates.resolve import month_end
from roadmap_cli.dates.scan import kind_at, words_at
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.forms import Term
    from roadmap_cli.dates.lexer import Token

_HEADS = ("filler", "not", "later", "than", "during", "behind", ".", ",")
_UNITS = {"day-unit": 1, "week": 7, "month-unit": 0}
_FROM_WORDS = ("дня", "даты", "момента")


class Anchored(NamedTuple):
    """So many days (or months, with `days` 0) after a day, or before it; `said` are the words of the length."""

    number: int
    days: int
    working: bool
    back: bool
    term: Term
    said: str


def read_anchored(tokens: Sequence[Token]) -> Anchored | None:
    """The length and the day of a phrase that is nothing but these two, or None."""
    i = 0
    while kind_at(tokens, i) in _HEADS or (i < len(tokens) and tokens[i].text == "через"):
        i += 1
    start, back = i, any(token.kind == "behind" for token in tokens[:i])
    number = 1
    if i and kind_at(tokens, i) in ("num", "numeral"):
        number, i = int(tokens[i].value), i + 1
    working = False
    while kind_at(tokens, i) == "working":
        working = working or tokens[i].text.startswith("рабоч")
        i += 1
    days = _UNITS.get(kind_at(tokens, i))
    if not i or days is None or (working and days != 1) or not 0 < number < 400:
        return None
    said, i = words_at(tokens, start, i + 1), i + 1
    if kind_at(tokens, i) not in (("until",) if back else ("after", "from")):
        return None
    i += 1
    if i < len(tokens) and tokens[i].text in _FROM_WORDS:
        i += 1
    term = _day(tokens[i:])
    return Anchored(number, days, working, back, term, said) if term is not None else None


def _day(tokens: Sequence[Token]) -> Term | None:
    if kind_at(tokens, 0) not in ("num", "ordinal"):
        return None
    reading = read_forms(to_atoms(tokens))
    if reading.failed or reading.others or reading.notes or len(reading.terms) != 1:
        return None
    term = reading.terms[0]
    return term if term.shape == "point" and term.first.unit == "day" else None


def last_day(found: Anchored, day: date) -> date:
    """The day on which the length is over; it begins on the day after the named one (Civil Code, art. 191)."""
    step = -1 if found.back else 1
    if found.working:
        from roadmap_cli.calendar import add_working_days

        return add_working_days(day, step * found.number)
    if found.days:
        return day + timedelta(days=step * found.number * found.days)
    months = day.year * 12 + day.month - 1 + step * found.number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))
