"""Tokens → days and years: 15.10.2022, 2022-10-15, «2014-2018 гг.», «2022-2023 учебный год», and times of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.scan import kind_at, skip_dots, words_at
from roadmap_cli.dates.values import Atom, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


# A year that the words point at without naming it («следующего года»): the day stays unknown.
NO_YEAR = -1


def _year(tokens: Sequence[Token], i: int) -> tuple[int | None, tuple[int, int] | None, str, int] | None:
    """The year written from here: (calendar year, school year, note, next place)."""
    start = i
    i = skip_dots(tokens, i)
    if (
        kind_at(tokens, i) == ","
        and len(getattr(tokens[i + 1], "text", "") if i + 1 < len(tokens) else "") == 4
        and kind_at(tokens, i + 1) == "num"
    ):
        i += 1
    if kind_at(tokens, i) in ("relative-year", "this", "next"):
        j = i
        while kind_at(tokens, j) in ("relative-year", "calendar", "school", "this", "next"):
            j += 1
        if kind_at(tokens, j) == "year":
            said = words_at(tokens, i, j + 1)
            other = NO_YEAR if tokens[i].kind == "next" else None
            return other, None, f"«{said}»: год не назван числом", j + 1
        return None
    if (
        kind_at(tokens, i) == "from"
        and kind_at(tokens, skip_dots(tokens, i + 1)) == "year"
        and tokens[i].text == "с"
        and kind_at(tokens, i + 1) == "."
    ):
        return None, None, "«с.г.»: год не назван числом", skip_dots(tokens, i + 1) + 1
    if kind_at(tokens, i) != "num":
        return None
    token = tokens[i]
    year = int(token.value)
    if len(token.text) == 2 and kind_at(tokens, i + 1) == "year" and start != i - 1:
        return 2000 + year, None, f"год из двух цифр: понято как {2000 + year}", i + 2
    if len(token.text) != 4 or not 1950 <= year <= 2100:
        return None
    school = _school_years(tokens, i)
    if school is not None:
        return None, school[0], "", school[1]
    if _bare_school_years(tokens, i):
        return None, (year, year + 1), f"«{year}-{year + 1}»: понято как учебный год", i + 3
    j = skip_dots(tokens, i + 1)
    if kind_at(tokens, j) == "year":
        j += 1
    else:
        j = i + 1
    return year, None, "", j


def _school_years(tokens: Sequence[Token], i: int) -> tuple[tuple[int, int], int] | None:
    """«2022-2023 учебный год», «2022/23 уч. г.»: the two years and the next place; «учебный» is required."""
    if kind_at(tokens, i + 1) not in ("-", "/") or kind_at(tokens, i + 2) != "num":
        return None
    first, second = int(tokens[i].value), int(tokens[i + 2].value)
    if len(tokens[i + 2].text) == 2:
        second += first // 100 * 100
    j = skip_dots(tokens, i + 3)
    if second != first + 1 or kind_at(tokens, j) != "school":
        return None
    j = skip_dots(tokens, j + 1)
    return (first, second), j + 1 if kind_at(tokens, j) == "year" else j


def _bare_school_years(tokens: Sequence[Token], i: int) -> bool:
    """«сентябрь-май 2015-2016»: two years in a row behind a month, and no «годы» behind them."""
    if kind_at(tokens, i + 1) != "-" or kind_at(tokens, i + 2) != "num" or kind_at(tokens, i - 1) != "month":
        return False
    end = kind_at(tokens, skip_dots(tokens, i + 3))
    return (
        tokens[i + 2].value == int(tokens[i].value) + 1 and len(tokens[i + 2].text) == 4 and end in ("", ",", ";", "¶")
    )


def with_year(point: Point, tokens: Sequence[Token], i: int) -> tuple[Point, int]:
    """The point with the year and the weekday that stand behind it."""
    year = _year(tokens, i)
    if year is not None:
        calendar, school, note, i = year
        point = point._replace(year=calendar, school=school, note=note or point.note)
    j = i
    while kind_at(tokens, j) in (",", "."):
        j += 1
    after = kind_at(tokens, skip_dots(tokens, j + 1))
    if point.unit == "day" and kind_at(tokens, j) == "weekday" and after not in ("-", "to", "and", "num", "weekday"):
        return point._replace(weekday=int(tokens[j].value)), j + 1
    return point, i


def read_years_span(tokens: Sequence[Token], i: int) -> Read:
    """«2014-2018 гг.», «2018 год», «2022-2023 учебный год»."""
    token = tokens[i]
    if token.kind != "num" or len(token.text) != 4 or not 1950 <= int(token.value) <= 2100:
        return None
    first = int(token.value)
    school = _school_years(tokens, i)
    if school is not None:
        years, j = school
        return [Atom("P", words_at(tokens, i, j), Point((9, 1), (8, 31), school=years, whole=True))], j
    if kind_at(tokens, i + 1) in ("-", "/") and kind_at(tokens, i + 2) == "num" and len(tokens[i + 2].text) == 4:
        second = int(tokens[i + 2].value)
        j = _years_tail(tokens, i + 3)
        if first < second <= first + 30:
            note = "" if j > i + 3 else "годы без слова «год» или «учебный»: понято как календарные"
            return [
                Atom("P", words_at(tokens, i, j), Point((1, 1), (12, 31), year=first, years=second - first, note=note))
            ], j
        return [Atom("b", words_at(tokens, i, j), note=f"годы не по порядку: «{words_at(tokens, i, j)}»")], j
    if kind_at(tokens, i + 1) == "-" and kind_at(tokens, i + 2) == "num" and len(tokens[i + 2].text) == 2:
        second, j = first // 100 * 100 + int(tokens[i + 2].value), _years_tail(tokens, i + 3)
        if first < second and j > i + 3:
            said, note = words_at(tokens, i, j), f"год из двух цифр: понято как {second}"
            return [Atom("P", said, Point((1, 1), (12, 31), year=first, years=second - first, note=note))], j
    j = _years_tail(tokens, i + 1)
    return [Atom("P", words_at(tokens, i, j), Point((1, 1), (12, 31), year=first))], j


def _years_tail(tokens: Sequence[Token], i: int) -> int:
    j = i
    while kind_at(tokens, j) in ("year", "."):
        j += 1
    return j if any(kind_at(tokens, k) == "year" for k in range(i, j)) else i


def read_iso(tokens: Sequence[Token], i: int) -> Read:
    """2022-10-15, and 2022.10.15."""
    if len(tokens[i].text) != 4 or i + 4 >= len(tokens):
        return None
    mark = tokens[i + 1].kind
    if mark not in "-./" or tokens[i + 3].kind != mark or tokens[i + 2].kind != "num" or tokens[i + 4].kind != "num":
        return None
    year, month, day = (int(tokens[k].value) for k in (i, i + 2, i + 4))
    if max(len(tokens[i + 2].text), len(tokens[i + 4].text)) > 2:
        return None
    return [day_atom(words_at(tokens, i, i + 5), day, month, year)], i + 5


def day_atom(said: str, day: int, month: int, year: int | None, note: str = "") -> Atom:
    """A day as an atom; a day or a month that does not exist becomes a «b» with the reason."""
    if not 1 <= month <= 12:
        return Atom("b", said, note=f"нет месяца {month}: «{said}»")
    if not 1 <= day <= 31 or (day > 30 and month in (4, 6, 9, 11)) or (day > 29 and month == 2):
        return Atom("b", said, note=f"нет такого дня: «{said}»")
    return Atom("P", said, Point((month, day), (month, day), "day", year, note=note))


def read_numeric(tokens: Sequence[Token], i: int) -> Read:
    """15.10.2022, 15.10, «22. 02», «01.03..2023», 15/10/2022, 26.09.14г — and a time of day such as 15.00."""
    if len(tokens[i].text) > 2:
        return None
    mark = kind_at(tokens, i + 1)
    if mark == ":" and kind_at(tokens, i + 2) == "num":
        return _time(tokens, i, i + 3)
    if (
        mark == "num"
        and kind_at(tokens, i + 2) == "num"
        and len(tokens[i + 2].text) == 4
        and len(tokens[i + 1].text) <= 2
    ):
        day, month, year = (int(tokens[k].value) for k in (i, i + 1, i + 2))
        return _finish_day(tokens, i, i + 3, day, month, year, "в дате нет точек")
    if mark not in (".", "/", ",", "-"):
        return None
    if mark == "-" and kind_at(tokens, i + 2) == "num" and tokens[i + 2].text == "00":
        return _time(tokens, i, i + 3)
    j = skip_dots(tokens, i + 1) if mark == "." else i + 2
    if kind_at(tokens, j) == "num" and len(tokens[j].text) == 4 and mark in "./" and tokens[j].glued:
        return _month_and_year(tokens, i, j)
    if kind_at(tokens, j) == "ordinal" and mark == "." and kind_at(tokens, j + 1) == "." and tokens[j].text.isalpha():
        return _roman_month(tokens, i, j)
    if kind_at(tokens, j) != "num" or len(tokens[j].text) > 2:
        return None
    month_at = j
    j += 1
    third = None if mark == "," and _is_list(tokens, j) else _third_number(tokens, j, mark)
    if third is None and mark != ".":
        return _day_with_wrong_mark(tokens, i, mark)
    day, month = int(tokens[i].value), int(tokens[month_at].value)
    if third is None:
        if _is_time(tokens, i, month_at) and kind_at(tokens, j) != "month":
            return _time(tokens, i, j, 1)
        if month_at > i + 2 and tokens[month_at].glued and kind_at(tokens, j) == "month":
            return None
        after = skip_dots(tokens, j)
        if kind_at(tokens, after) == "year":
            after += 1
        return _finish_day(tokens, i, after if after > j else j, day, month, None, "")
    year_at, repair = third
    text, j = tokens[year_at].text, year_at + 1
    year = int(tokens[year_at].value)
    if text in ("19", "20") and kind_at(tokens, j) == "num" and len(tokens[j].text) == 2:
        year, repair, j = year * 100 + int(tokens[j].value), "год разорван пробелом", j + 1
    elif len(text) == 2:
        year, repair = 2000 + year, repair or f"год из двух цифр: понято как {2000 + year}"
    elif len(text) != 4 or not 1950 <= year <= 2100:
        said = words_at(tokens, i, j)
        return [Atom("b", said, note=f"год «{text}» не похож на год: «{said}»")], j
    after = skip_dots(tokens, j)
    if kind_at(tokens, after) == "year":
        j = after + 1
    if mark != ".":
        repair = repair or f"«{words_at(tokens, i, year_at + 1)}» понято как день, месяц, год"
    return _finish_day(tokens, i, j, day, month, year, repair)


def _month_and_year(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«09.2022» is a month of a year."""
    month, year = int(tokens[i].value), int(tokens[j].value)
    if not 1 <= month <= 12 or not 1950 <= year <= 2100 or kind_at(tokens, j + 1) == ".":
        return None
    end = j + 2 if kind_at(tokens, j + 1) == "year" else j + 1
    return [Atom("P", words_at(tokens, i, end), Point((month, 1), (month, 31), year=year))], end


def _roman_month(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«14.X.2022»."""
    if kind_at(tokens, j + 2) != "num" or len(tokens[j + 2].text) != 4:
        return None
    day, month, year = int(tokens[i].value), int(tokens[j].value), int(tokens[j + 2].value)
    return _finish_day(tokens, i, j + 3, day, month, year, "")


def _day_with_wrong_mark(tokens: Sequence[Token], i: int, mark: str) -> Read:
    """«07,09», «07/09» and «07,09-12,09» where nothing else is said: a day and a month, with a word about the mark."""
    if mark not in ",/" or len(tokens[i].text) != 2 or len(tokens[i + 2].text) != 2:
        return None
    if not (tokens[i + 1].glued and tokens[i + 2].glued and 1 <= int(tokens[i + 2].value) <= 12):
        return None
    start, end = int(kind_at(tokens, 0) == ","), skip_dots(tokens, i + 3)
    last = len(tokens) - int(kind_at(tokens, len(tokens) - 1) == ",")
    range_follows = i == start and kind_at(tokens, end) == "-" and last == end + 4
    alone = i == start or kind_at(tokens, i - 1) == "-"
    if not alone or (end < last and not range_follows):
        return None
    note = f"«{words_at(tokens, i, i + 3)}»: понято как день и месяц"
    return _finish_day(tokens, i, end, int(tokens[i].value), int(tokens[i + 2].value), None, note)


def _is_list(tokens: Sequence[Token], j: int) -> bool:
    """«3,10,17 сентября», «3,10,17.09»: days of a month and not a date with commas."""
    k = j + 2
    year = kind_at(tokens, j + 1) == "num" and len(tokens[j + 1].text) == 4
    return not year and (kind_at(tokens, k) not in ("", "year", "-") or kind_at(tokens, k + 1) == "num")


def _third_number(tokens: Sequence[Token], j: int, mark: str) -> tuple[int, str] | None:
    """Where the year of a numeric date stands, and what was mended to find it."""
    k = skip_dots(tokens, j) if mark == "." else j + 1 if kind_at(tokens, j) == mark else j
    if kind_at(tokens, k) == "num" and k > j:
        number = tokens[k]
        another_date = kind_at(tokens, k + 1) in (".", mark) and kind_at(tokens, k + 2) == "num" and tokens[k + 1].glued
        if len(number.text) == 4 or (number.glued and not (len(number.text) <= 2 and another_date)):
            return k, ""
    if mark != ".":
        return None
    if k == j and kind_at(tokens, j) == "num" and len(tokens[j].text) == 4 and not tokens[j].glued:
        return j, "перед годом потеряна точка"
    if (
        kind_at(tokens, j) in ("-", "/", ":")
        and kind_at(tokens, j + 1) == "num"
        and len(tokens[j + 1].text) == 4
        and kind_at(tokens, j + 2) not in (".", "-")
    ):
        return j + 1, "знак вместо точки перед годом"
    if (
        kind_at(tokens, j) == ","
        and tokens[j].glued
        and kind_at(tokens, j + 1) == "num"
        and len(tokens[j + 1].text) == 4
        and tokens[j + 1].glued
    ):
        return j + 1, "запятая вместо точки в дате"
    return None


def _time(tokens: Sequence[Token], i: int, j: int, number: int = 0) -> Read:
    """A time of day with the «ч.» behind it."""
    j = j + 1 if kind_at(tokens, j) == "hour-unit" else j
    return [Atom("T", words_at(tokens, i, j), number=number)], j


def _is_time(tokens: Sequence[Token], i: int, at: int) -> bool:
    day, minutes = int(tokens[i].value), int(tokens[at].value)
    after = kind_at(tokens, at + 1)
    if after == "hour-unit" and day <= 24:
        return True
    return len(tokens[at].text) == 2 and day <= 24 and (minutes == 0 or 12 < minutes < 60)


def _finish_day(tokens: Sequence[Token], i: int, j: int, day: int, month: int, year: int | None, note: str) -> Read:
    atom = day_atom(words_at(tokens, i, j), day, month, year)
    if atom.point is None:
        return [atom], j
    point, after = _with_weekday(atom.point, tokens, j)
    return [atom._replace(point=point._replace(note=note))], after


def _with_weekday(point: Point, tokens: Sequence[Token], i: int) -> tuple[Point, int]:
    j = i
    while kind_at(tokens, j) in (",", "."):
        j += 1
    after = kind_at(tokens, skip_dots(tokens, j + 1))
    if kind_at(tokens, j) == "weekday" and after not in ("-", "to", "and", "num", "weekday"):
        return point._replace(weekday=int(tokens[j].value)), j + 1
    return point, i
