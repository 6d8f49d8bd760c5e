"""Tokens → the small words between: «до», «с», «по», «не позднее», «в течение», marks and fillers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.counted import LIST_MARKS, UNIT_FREQUENCY, read_counted
from roadmap_cli.dates.dateless import read_dateless
from roadmap_cli.dates.days import read_numeric, read_years_span
from roadmap_cli.dates.often import read_all_weekdays, weekdays_at
from roadmap_cli.dates.parts import read_part
from roadmap_cli.dates.scan import end_of_segment, kind_at, skip_dots, words_at
from roadmap_cli.dates.values import Atom, Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


def read_until(tokens: Sequence[Token], i: int) -> Read:
    """«до», «к», unless the phrase is one that names no day («до начала проекта»)."""
    j = i + 1
    while kind_at(tokens, j) in ("filler", "."):
        j += 1
    if kind_at(tokens, j) in (
        "num",
        "month",
        "ordinal",
        "last",
        "season",
        "vacation",
        "relative-year",
        "school",
        "numeral",
        "weekday",
        "term",
        "not",
    ):
        if kind_at(tokens, j) == "num" and _is_jubilee(tokens, j):
            end = end_of_segment(tokens, j)
            return [Atom("E", words_at(tokens, i, end), kind="event")], end
        return [Atom("u", tokens[i].text)], i + 1
    if kind_at(tokens, j) == "part" and read_part(tokens, j) is not None:
        return [Atom("u", tokens[i].text)], i + 1
    if kind_at(tokens, j) in (":", "-") and kind_at(tokens, j + 1) == "num":
        return [Atom("u", tokens[i].text)], j + 1
    return read_dateless(tokens, i) or _until_something(tokens, i, j)


def _until_something(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«до обеда», «к линейке»: some event, if no day stands in the same stretch; the words themselves are not known."""
    if kind_at(tokens, j) != "unknown" or len(tokens[j].text) < 4:
        return None
    end = end_of_segment(tokens, j)
    if any(token.kind in ("num", "month") for token in tokens[j:end]):
        return None
    said = words_at(tokens, i, end)
    return [Atom("E", said, kind="event", note=f"«{said}»: понято как событие, день не назван")], end


def _is_jubilee(tokens: Sequence[Token], i: int) -> bool:
    """«к 70-летию Победы»."""
    k = i + 2 if kind_at(tokens, i + 1) == "-" else i + 1
    return kind_at(tokens, k) == "name-of-thing" and tokens[k].text.startswith("лети")


def read_not(tokens: Sequence[Token], i: int) -> Read:
    """«не позднее», «не позже», «не ранее», «не реже»."""
    kind = kind_at(tokens, i + 1)
    j = i + 2
    if kind == "later" or kind == "earlier":
        while kind_at(tokens, j) in ("than", "until", "filler", ".", ","):
            j += 1
        return [Atom("u" if kind == "later" else "f", words_at(tokens, i, j), kind="inclusive")], j
    return ([], i + 2) if kind == "rarely" else None


def read_not_later(tokens: Sequence[Token], i: int) -> Read:
    """«непозднее» in one word."""
    return [Atom("u", tokens[i].text, kind="inclusive")], skip_dots(tokens, i + 1)


def read_from(tokens: Sequence[Token], i: int) -> Read:
    """«с», unless the phrase is one that names no day («со дня подписания»)."""
    j = i + 1
    while kind_at(tokens, j) in ("filler", "."):
        j += 1
    if kind_at(tokens, j) == "weekday":
        days, end = weekdays_at(tokens, j)
        if len(days) > 1:
            return [Atom("R", words_at(tokens, i, end), frequency=Frequency("WEEKLY", weekdays=days))], end
    if kind_at(tokens, j) in ("num", "month", "ordinal", "part", "weekday", "numeral"):
        return [Atom("f", tokens[i].text)], i + 1
    return read_dateless(tokens, i)


def read_to(tokens: Sequence[Token], i: int) -> Read:
    """«по»: the end of a range, «по понедельникам», or «по плану»."""
    j = i + 1
    while kind_at(tokens, j) in ("filler", "."):
        j += 1
    if kind_at(tokens, j) == "weekday":
        days, j = weekdays_at(tokens, j)
        return [Atom("R", words_at(tokens, i, j), frequency=Frequency("WEEKLY", weekdays=days))], j
    if kind_at(tokens, j) == "weekdays-all" or (
        kind_at(tokens, j) == "working" and kind_at(tokens, j + 1) == "day-unit"
    ):
        return read_all_weekdays(tokens, j)
    if kind_at(tokens, j) == "last" and kind_at(tokens, j + 1) == "weekday":
        return read_counted(tokens, j)
    if kind_at(tokens, j) in UNIT_FREQUENCY and tokens[j].text.endswith(("ам", "ям")):
        return _by_turns(tokens, i, j)
    if kind_at(tokens, j) in ("num", "month", "ordinal", "until") or (
        kind_at(tokens, j) == "part"
        and read_part(tokens, j) is not None
        and tokens[j].text.startswith(("конец", "начал", "середин"))
    ):
        return [Atom("p", tokens[i].text)], i + 1
    return read_dateless(tokens, i)


def _by_turns(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«по четвертям», «по полугодиям», «по месяцам»: once in each, most likely, and that is said."""
    freq, interval = UNIT_FREQUENCY[tokens[j].kind]
    said = words_at(tokens, i, j + 1)
    note = f"«{said}»: понято как один раз за каждый такой срок"
    return [Atom("R", said, frequency=Frequency(freq, interval), note=note)], j + 1


def read_after(tokens: Sequence[Token], i: int) -> Read:
    """«после» before a day; otherwise an event."""
    read = None
    if kind_at(tokens, i + 1) == "num":
        read = read_numeric(tokens, i + 1) or read_counted(tokens, i + 1)
    if read and read[0][0].code == "P":
        return [Atom("a", tokens[i].text)], i + 1
    return read_dateless(tokens, i)


def read_of(tokens: Sequence[Token], i: int) -> Read:
    """«от 26.09.2022 № 1064-а» is the date of a paper, not a deadline."""
    read = read_numeric(tokens, i + 1) or read_counted(tokens, i + 1) if kind_at(tokens, i + 1) == "num" else None
    if read is None:
        return None
    if "".join(a.code for a in read[0]) in ("PuP", "PpP") or kind_at(tokens, read[1]) in ("until", "to"):
        return [Atom("f", tokens[i].text), *read[0]], read[1]
    said = words_at(tokens, i, read[1])
    return [Atom("x", said)], read[1]


def read_during(tokens: Sequence[Token], i: int) -> Read:
    """«в течение» and a year, a month, a stretch with a name, or so many days of something."""
    j = i + 1
    while kind_at(tokens, j) in (".", "filler", "whole"):
        j += 1
    k = j
    while kind_at(tokens, k) in ("relative-year", "school", "calendar", ".", "next", "this"):
        k += 1
    kind = kind_at(tokens, k)
    if kind == "year":
        relative = any(kind_at(tokens, n) in ("relative-year", "calendar", "next") for n in range(j, k))
        said = "в " + words_at(tokens, i, k + 1)
        return [
            Atom("O", said, kind="" if relative else "year", note=f"«{said}»: год не назван числом" if relative else "")
        ], k + 1
    if kind in ("month-unit", "week") and kind_at(tokens, k + 1) in ("from", "behind", "after"):
        end = end_of_segment(tokens, k + 1)
        return [Atom("E", words_at(tokens, i, end), kind="event")], end
    if kind in ("month-unit", "week", "day-unit", "decade", "half", "quarter"):
        return [Atom("O", "в " + words_at(tokens, i, k + 1), kind=kind)], k + 1
    if kind in ("numeral",) or (kind == "num" and _duration(tokens, k)):
        end = end_of_segment(tokens, k)
        return [Atom("E", words_at(tokens, i, end), kind="event")], end
    if kind in ("num", "month", "ordinal", "part", "season", "vacation", "term"):
        return [], j
    end = end_of_segment(tokens, k)
    return [Atom("O", words_at(tokens, i, end))], end


def _duration(tokens: Sequence[Token], i: int) -> bool:
    read = read_counted(tokens, i)
    if read is None:
        return False
    if read[0][0].code == "q" or kind_at(tokens, i + 1) == "hour-unit":
        return True
    return kind_at(tokens, i + 1) == "week" and kind_at(tokens, i + 2) not in ("month",)


def read_ongoing(tokens: Sequence[Token], i: int) -> Read:
    """«постоянно» and its like."""
    return [Atom("O", tokens[i].text, kind="year")], i + 1


def read_whole(tokens: Sequence[Token], i: int) -> Read:
    """«весь учебный год», «весь год», «весь сентябрь», «весь период»."""
    j = i + 1
    while kind_at(tokens, j) in ("school", "calendar", "."):
        j += 1
    if kind_at(tokens, j) == "year":
        return [Atom("O", words_at(tokens, i, j + 1), kind="year")], j + 1
    if kind_at(tokens, j) in ("month", "num"):
        return [], i + 1
    if kind_at(tokens, j) in ("month-unit", "week", "quarter", "half"):
        return [Atom("O", words_at(tokens, i, j + 1), kind=tokens[j].kind)], j + 1
    if kind_at(tokens, j) == "filler" and kind_at(tokens, i + 1) == "school":
        return [Atom("O", words_at(tokens, i, j + 1), kind="year")], j + 1
    return read_dateless(tokens, i)


def read_school(tokens: Sequence[Token], i: int) -> Read:
    """«учебный год» alone."""
    j = skip_dots(tokens, i + 1)
    if kind_at(tokens, j) != "year":
        return None
    read = read_years_span(tokens, j + 1) if kind_at(tokens, j + 1) == "num" else None
    point = read[0][0].point if read else None
    if read is not None and point is not None and point.years == 1 and point.year is not None:
        school = point._replace(first=(9, 1), last=(8, 31), year=None, years=0, school=(point.year, point.year + 1))
        return [Atom("P", words_at(tokens, i, read[1]), school._replace(whole=True, note=""))], read[1]
    return [Atom("O", words_at(tokens, i, j + 1), kind="year")], j + 1


def read_mark(tokens: Sequence[Token], i: int) -> Read:
    """A comma, a dash, «и», a line break."""
    mark = Atom(LIST_MARKS[tokens[i].kind], tokens[i].text)
    if tokens[i].kind in ("/", ":") and kind_at(tokens, i - 1) in ("num", ".") and kind_at(tokens, i + 1) == "num":
        return [mark, Atom("m", tokens[i].text, note=f"«{tokens[i].text}» между датами: период или два срока?")], i + 1
    return [mark], i + 1


def read_nothing(tokens: Sequence[Token], i: int) -> Read:
    """A piece that says nothing here."""
    return [], i + 1


def read_number_sign(tokens: Sequence[Token], i: int) -> Read:
    """«№ 1064-а» counts papers, schools and classes."""
    j = i + 1
    while kind_at(tokens, j) == "num" or (
        kind_at(tokens, j) in ("-", "ordinal-letter", "unknown", "and") and tokens[j].glued
    ):
        j += 1
    return [Atom("z", words_at(tokens, i, j))], j


_HEADS = frozenset(("срок", "сроки", "дата", "даты"))
_HEAD_OF = frozenset(
    ("исполнения", "выполнения", "реализации", "проведения", "представления", "предоставления", "сдачи", "окончания")
)
_AFTER_FILLER = frozenset(
    ("", "unknown", "day-unit", "whole", "ongoing", "name-of-thing", "relative-year", "working", "school")
)


def read_filler(tokens: Sequence[Token], i: int) -> Read:
    """«в», «на», «в срок», «в период» before something that names a day say nothing; before other words they may."""
    j = i
    while kind_at(tokens, j) == "filler" and j < i + 8:
        j += 1
    if tokens[i].text in _HEADS and kind_at(tokens, i + 1) == "unknown" and tokens[i + 1].text in _HEAD_OF:
        return [], i + 2
    if kind_at(tokens, j) in _AFTER_FILLER:
        read = read_dateless(tokens, i)
        if read is not None:
            return read
    return [], i + 1


def read_before_event(tokens: Sequence[Token], i: int) -> Read:
    """«за 10 дней до начала …»."""
    j = i + 1
    if (
        kind_at(tokens, j) == "numeral"
        or (kind_at(tokens, j) == "num" and _duration(tokens, j))
        or kind_at(tokens, j) in ("day-unit", "week", "month-unit")
    ):
        end = end_of_segment(tokens, j)
        return [Atom("E", words_at(tokens, i, end), kind="event")], end
    return [], i + 1


def read_about(tokens: Sequence[Token], i: int) -> Read:
    """«ориентировочно» and its like: the term is approximate."""
    return [Atom("~", tokens[i].text)], i + 1


def read_or(tokens: Sequence[Token], i: int) -> Read:
    """«15 или 16 октября»: either will do, and that is said."""
    return [Atom(",", tokens[i].text), Atom("m", tokens[i].text, note="«или»: названо на выбор")], i + 1


def read_onward(tokens: Sequence[Token], i: int) -> Read:
    """«далее», «затем»: what follows begins where the first term stands."""
    return [Atom("o", tokens[i].text)], i + 1


def read_thing(tokens: Sequence[Token], i: int) -> Read:
    """«каб. 103», «приказ № 87»: a place or a paper, not a day."""
    j = skip_dots(tokens, i + 1)
    while kind_at(tokens, j) in ("№", "num"):
        j += 1
    return [Atom("z", words_at(tokens, i, j))], j


def read_paragraph(tokens: Sequence[Token], i: int) -> Read:
    """«п. 3.2», «ст. 28»: numbers of a paper."""
    j = skip_dots(tokens, i + 1)
    start = j
    while kind_at(tokens, j) == "num" and (j == start or tokens[j].glued):
        j += 1
        while kind_at(tokens, j) == "." and tokens[j].glued:
            j += 1
    return ([Atom("z", words_at(tokens, i, j))], j) if j > start else None


def read_month_of_next(tokens: Sequence[Token], i: int) -> Read:
    """«месяца», «числа каждого месяца»: says which number is meant, nothing more."""
    return [Atom("m", tokens[i].text)], i + 1
