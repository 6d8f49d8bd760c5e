"""Tokens → how often: «ежемесячно», «каждую среду», «раз в две недели», «следующего за отчётным»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.counted import UNIT_FREQUENCY, duration_at, read_counted, times_at
from roadmap_cli.dates.dateless import read_dateless
from roadmap_cli.dates.days import read_numeric
from roadmap_cli.dates.scan import kind_at, words_at
from roadmap_cli.dates.values import Atom, Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


_DAYS_OF_UNIT = ("day-unit", "working", "week", "month-unit", "hour-unit", "year", "quarter")


def read_frequency(tokens: Sequence[Token], i: int) -> Read:
    """«ежемесячно» and its like."""
    name = str(tokens[i].value)
    frequency = Frequency("MONTHLY", 3) if name == "QUARTERLY" else Frequency(name)
    return [Atom("R", tokens[i].text, frequency=frequency)], i + 1


def read_every(tokens: Sequence[Token], i: int) -> Read:
    """«каждый понедельник», «каждую 2-ю среду», «каждые две недели», «каждого месяца», «каждый учебный год»."""
    j = i + 1
    interval = 1
    of_month = kind_at(tokens, j + 1) == "week" and kind_at(tokens, j + 2) == "month-unit"
    counted = kind_at(tokens, j) == "num" and kind_at(tokens, j + 1) in UNIT_FREQUENCY and not of_month
    if counted or kind_at(tokens, j) == "numeral":
        interval, j = int(tokens[j].value), j + 1
    elif kind_at(tokens, j) in ("num", "ordinal", "last"):
        return _every_counted(tokens, i, j)
    while kind_at(tokens, j) in ("school", "calendar", "working", "."):
        j += 1
    if kind_at(tokens, j) == "weekday":
        days, j = weekdays_at(tokens, j)
        return [Atom("R", words_at(tokens, i, j), frequency=Frequency("WEEKLY", interval, weekdays=days))], j
    unit = UNIT_FREQUENCY.get(kind_at(tokens, j))
    if unit is None:
        return (
            ([Atom("R", words_at(tokens, i, j), frequency=Frequency("YEARLY"))], j)
            if kind_at(tokens, j) == "month"
            else None
        )
    return [Atom("R", words_at(tokens, i, j + 1), frequency=Frequency(unit[0], unit[1] * interval))], j + 1


def _every_counted(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«каждую 2-ю среду», «каждое 25 число», «каждая 1 неделя месяца»."""
    read = read_counted(tokens, j)
    if read is None:
        return None
    atoms, end = read
    said = words_at(tokens, i, end)
    if atoms[0].code == "N":
        return [*atoms, Atom("R", said, frequency=Frequency("MONTHLY"))], end
    if atoms[0].code == "R" and kind_at(tokens, end - 1) == "weekday":
        return [atoms[0]._replace(text=said, note=f"«{said}»: понято как такой день каждого месяца")], end
    if atoms[0].code == "R":
        return [atoms[0]._replace(text=said)], end
    return [*atoms, Atom("R", said, frequency=Frequency("MONTHLY"))], end


_LIST = (",", "and", ";", ".", "/")


def weekdays_at(tokens: Sequence[Token], i: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The weekdays from here, listed («вт, чт») or as a range («пн-пт»), and the next place."""
    days: list[int] = []
    while kind_at(tokens, i) == "weekday":
        day = int(tokens[i].value)
        i += 1
        if kind_at(tokens, i) in ("-", "to") and kind_at(tokens, i + 1) == "weekday":
            days += [n % 7 for n in range(day, day + (int(tokens[i + 1].value) - day) % 7 + 1)]
            i += 2
        else:
            days.append(day)
        j = i
        while kind_at(tokens, j) in _LIST or (kind_at(tokens, j) == "to" and j > i):
            j += 1
        if kind_at(tokens, j) != "weekday":
            break
        i = j
    return tuple((0, day) for day in dict.fromkeys(days)), i


def read_weekday(tokens: Sequence[Token], i: int) -> Read:
    """Weekdays alone mean each week; before a date («среда, 19.04.2017») they belong to the date."""
    days, j = weekdays_at(tokens, i)
    k = j
    while kind_at(tokens, k) in (",", "."):
        k += 1
    if len(days) == 1 and kind_at(tokens, k) == "num":
        read = read_numeric(tokens, k) or read_counted(tokens, k)
        if read and len(read[0]) == 1 and read[0][0].point is not None and read[0][0].point.unit == "day":
            atom = read[0][0]
            assert atom.point is not None
            return [atom._replace(point=atom.point._replace(weekday=days[0][1]))], read[1]
    note = "день недели без «каждый»: понято как каждую неделю" if len(days) == 1 else ""
    found = Atom("R", words_at(tokens, i, j), frequency=Frequency("WEEKLY", weekdays=days), kind="bare", note=note)
    if kind_at(tokens, j) in ("num", "ordinal", "last") and kind_at(tokens, j + 1) == "week":
        return [found._replace(note=f"«{words_at(tokens, i, j + 2)}»: неделя месяца в правиле не учтена")], j + 2
    return [found], j


def read_all_weekdays(tokens: Sequence[Token], i: int) -> Read:
    """«по будням», «по рабочим дням», «по выходным»."""
    days = range(5, 7) if tokens[i].value == "SA-SU" else range(5)
    j = i + 1
    while kind_at(tokens, j) == "day-unit":
        j += 1
    weekdays = tuple((0, day) for day in days)
    return [Atom("R", words_at(tokens, i, j), frequency=Frequency("WEEKLY", weekdays=weekdays))], j


def read_times_alone(tokens: Sequence[Token], i: int) -> Read:
    """«раз в полугодие»."""
    return times_at(tokens, i, 1, i)


def read_every_other(tokens: Sequence[Token], i: int) -> Read:
    """«через день», «через неделю» alone mean every other one; with more words they name an event."""
    every_other = {"day-unit": ("DAILY", "каждый второй день"), "week": ("WEEKLY", "каждая вторая неделя")}
    unit = every_other.get(kind_at(tokens, i + 1))
    if unit is None or kind_at(tokens, i + 2) not in ("", ",", ";"):
        return read_dateless(tokens, i)
    said = words_at(tokens, i, i + 2)
    return [Atom("R", said, frequency=Frequency(unit[0], 2), note=f"«{said}»: понято как {unit[1]}")], i + 2


def read_numeral(tokens: Sequence[Token], i: int) -> Read:
    """Numbers in words: «один раз в год», «двух месяцев», «два раза»."""
    j = i + 1
    while kind_at(tokens, j) == "working":
        j += 1
    if kind_at(tokens, j) == "times":
        return times_at(tokens, i, int(tokens[i].value), j)
    if kind_at(tokens, j) in _DAYS_OF_UNIT:
        return duration_at(tokens, i, [("", int(tokens[i].value))], j)
    return None


def read_next(tokens: Sequence[Token], i: int) -> Read:
    """«года, следующего за отчётным»: again and again; «следующего года» alone is one year that is not named."""
    j = i + 1
    while kind_at(tokens, j) in ("behind", "relative-year", "calendar", "school"):
        j += 1
    after, reported = kind_at(tokens, j), kind_at(tokens, i + 1) == "behind"
    before = kind_at(tokens, i - 2) if kind_at(tokens, i - 1) == "," else kind_at(tokens, i - 1)
    if not reported:
        if after == "day-unit":
            return [Atom("E", words_at(tokens, i, j + 1), kind="event")], j + 1
        if after == "year":
            return [Atom("x", words_at(tokens, i, j + 1))], j + 1
        if after != "month-unit":
            return None
        note = "«следующего месяца»: понято как каждый месяц"
        return [Atom("R", words_at(tokens, i, j + 1), frequency=Frequency("MONTHLY"), note=note)], j + 1
    end = j + 1 if after in ("quarter", "year", "month-unit", "filler", "half") else j
    said = words_at(tokens, i, end)
    if after == "quarter":
        return [Atom("R", said, frequency=Frequency("MONTHLY", 3, shift=1))], end
    name = "YEARLY" if "year" in (after, before) else "MONTHLY"
    return [Atom("R", said, frequency=Frequency(name, shift=1 if name == "MONTHLY" else 0))], end
