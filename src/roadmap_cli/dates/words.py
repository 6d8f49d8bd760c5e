"""A reading in words: the normal form that tables show, and that reads back to the same days."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.dates.resolve import YEAR_TAKEN, month_end

if TYPE_CHECKING:
    from datetime import date

    from roadmap_cli.model import Due, Owners

MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]


@lru_cache(maxsize=1024)
def in_words(due: Due) -> str:
    """«до 15.10.2022», «10–15.10.2022», «октябрь 2022», «весь учебный год»; the plan's words where no day is known."""
    if due.kind == "ongoing" and due.start and due.end and (due.start.month, due.start.day, due.end.month) == (9, 1, 8):
        return "весь учебный год"
    if due.kind == "dates" and due.parts and all(part.end for part in due.parts):
        return (" " if due.unclear else ", ").join(_stretch(part.start, part.end) for part in due.parts)
    if due.kind in ("recurring", "ongoing", "event", "unscheduled", "unreadable") or not (due.start or due.end):
        return " ".join(due.text.split())
    return _stretch(due.start, due.end)


def doubts(due: Due) -> tuple[str, ...]:
    """What a person should compare with the document: what was mended in the reading, and what is unclear in it.

    A year taken from the school year is no doubt.
    """
    return (*due.repairs, *unclear_notes(due))


def unclear_notes(read: Due | Owners) -> tuple[str, ...]:
    """What is unclear in a reading; a year taken from the school year is not."""
    return tuple(note for note in read.notes if not note.startswith(YEAR_TAKEN))


def plain_days(due: Due | None) -> tuple[date, ...]:
    """The days that a reading names one by one; a term, a period or two days without a dash name none."""
    if due is None or due.unclear or due.kind not in ("on", "dates"):
        return ()
    days = [part.end for part in due.parts if part.start == part.end] if due.parts else [due.end]
    return tuple(day for day in days if day)


def _stretch(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return f"до {_day(end)}" if end else f"с {_day(start)}" if start else ""
    if start == end:
        return _day(end)
    if start.day == 1 and end == month_end(start.year, start.month):
        return f"{MONTHS[start.month - 1]} {start.year}"
    if start.year != end.year:
        return f"{_day(start)}–{_day(end)}"
    if start.month != end.month:
        return f"{start.day:02}.{start.month:02}–{_day(end)}"
    return f"{start.day:02}–{_day(end)}"


def _day(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year}"
