"""Tokens → months, beginnings, middles and ends, seasons, vacations and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.counted import TERMS, read_counted
from roadmap_cli.dates.days import read_years_span, with_year
from roadmap_cli.dates.often import read_every
from roadmap_cli.dates.scan import kind_at, skip_dots, words_at
from roadmap_cli.dates.values import Atom, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


_SEASON_MONTHS = {"осен": (9, 11), "зим": (12, 2), "весен": (3, 5), "лет": (6, 8)}


_SEASON_NAMES = {"осен": "осень", "зим": "зима", "весен": "весна", "лет": "лето"}


_VACATIONS = {
    "осен": "осенние каникулы",
    "зим": "зимние каникулы",
    "весен": "весенние каникулы",
    "лет": "летние каникулы",
}


def read_month(tokens: Sequence[Token], i: int) -> Read:
    """A month, and «октября 15», which some tables write."""
    month = int(tokens[i].value)
    point, j = with_year(
        Point((month, 1), (month, 31)), tokens, skip_dots(tokens, i + 1) if kind_at(tokens, i + 1) == "." else i + 1
    )
    if kind_at(tokens, j) == "-" and kind_at(tokens, j + 1) == "month-unit" and tokens[j + 1].glued:
        j += 1
    while kind_at(tokens, j) == "month-unit":
        j += 1
        point, j = with_year(point, tokens, j)
    return [Atom("P", words_at(tokens, i, j), point)], j


_PART_NAMES = {1: "начало", 2: "середина", 3: "конец"}


def read_part(tokens: Sequence[Token], i: int) -> Read:
    """Beginning, middle and end of a month, a year, a quarter or a school year."""
    part = int(tokens[i].value)
    j = skip_dots(tokens, i + 1)
    while kind_at(tokens, j) in ("filler", "month-unit") and kind_at(tokens, j + 1) in ("month", "filler"):
        j += 1
    kind = kind_at(tokens, j)
    if kind == "month":
        month = int(tokens[j].value)
        first, last = {1: (1, 10), 2: (11, 20), 3: (21, 31)}[part]
        note = f"{_PART_NAMES[part]} месяца: понято как {first}–{last if last < 31 else 'последнее'} числа"
        point, j = with_year(Point((month, first), (month, last)), tokens, j + 1)
        return [Atom("P", words_at(tokens, i, j), point._replace(note=point.note or note, closing=part == 3))], j
    if kind == "every":
        return _part_of_each(tokens, i, j)
    if kind in ("school", "year", "calendar", "working", "relative-year") or (
        kind == "num" and len(tokens[j].text) == 4
    ):
        return _part_of_year(tokens, i, j, part)
    if kind in ("season", "vacation"):
        read = read_season(tokens, j) if kind == "season" else read_vacation(tokens, j)
        if read and read[0][0].code == "S":
            return [read[0][0]._replace(text=words_at(tokens, i, read[1]), number=part)], read[1]
    if kind in ("term", "ordinal") or (kind == "num" and len(tokens[j].text) <= 2):
        read = (
            read_counted(tokens, j)
            if kind != "term"
            else ([Atom("S", tokens[j].text, kind=TERMS[str(tokens[j].value)])], j + 1)
        )
        if read and read[0][-1].code == "S":
            return [Atom("S", words_at(tokens, i, read[1]), kind=read[0][-1].kind, number=part)], read[1]
        if read and len(read[0]) == 1 and read[0][0].point:
            return [_part_of_span(read[0][0], part, words_at(tokens, i, read[1]))], read[1]
    if kind in ("month-unit", "week"):
        first, last = {1: (1, 10), 2: (11, 20), 3: (21, 31)}[part]
        return [Atom("P", words_at(tokens, i, j + 1), Point((0, first), (0, last), closing=part == 3))], j + 1
    return None


def _part_of_each(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«в конце каждой четверти»: how often is known, on which day is not."""
    read = read_every(tokens, j)
    if read is None or len(read[0]) != 1:
        return None
    said = words_at(tokens, i, read[1])
    return [read[0][0]._replace(text=said, note=f"«{said}»: день не назван")], read[1]


def _part_of_span(atom: Atom, part: int, said: str) -> Atom:
    assert atom.point is not None
    edge = atom.point.first if part == 1 else atom.point.last
    note = f"«{said}»: понято как {'первый' if part == 1 else 'последний'} день"
    if part == 2 or not edge[0]:
        return Atom("S", said, kind=said)
    return Atom("P", said, atom.point._replace(first=edge, last=edge, unit="day", note=note, closing=part == 3))


def _part_of_year(tokens: Sequence[Token], i: int, j: int, part: int) -> Read:
    read = read_years_span(tokens, j) if kind_at(tokens, j) == "num" else None
    if read is not None:
        point, after = read[0][0].point, read[1]
        if point is None:
            return read
    elif kind_at(tokens, j) == "school" and kind_at(tokens, skip_dots(tokens, j + 1)) == "year":
        after = skip_dots(tokens, j + 1) + 1
        point = Point((9, 1), (8, 31), whole=True)
    else:
        relative = kind_at(tokens, j) == "relative-year"
        while kind_at(tokens, j) in ("relative-year", "calendar", "working"):
            j += 1
        if kind_at(tokens, j) != "year":
            return None
        said = words_at(tokens, i, j + 1)
        note = f"«{said}»: какой год — учебный или календарный — не сказано"
        closing = part == 3 and not relative
        return [Atom("P", said, Point((0, 0), (0, part), "day", note=note, closing=closing))], j + 1
    said = words_at(tokens, i, after)
    school = point.whole or point.school is not None
    day = {1: (9, 1), 3: (5, 31)}.get(part) if school else {1: (1, 1), 3: (12, 31)}.get(part)
    if day is None:
        return [Atom("S", said, kind=said)], after
    note = (
        f"«{said}»: понято как {day[1]:02}.{day[0]:02}"
        if not school
        else f"«{said}»: понято как {'1 сентября' if part == 1 else '31 мая'}"
    )
    closing = part == 3 and not school
    edge = point._replace(first=day, last=day, unit="day", whole=False, note=note, closing=closing)
    return [Atom("P", said, edge)], after


def read_season(tokens: Sequence[Token], i: int) -> Read:
    """«зимние каникулы», «каникулы», «весна 2023 года»."""
    name = str(tokens[i].value)
    if kind_at(tokens, i + 1) == "vacation":
        return [Atom("S", words_at(tokens, i, i + 2), kind=_VACATIONS[name])], i + 2
    if _vacation_follows(tokens, i):
        return [Atom("S", tokens[i].text, kind=_VACATIONS[name])], i + 1
    if kind_at(tokens, i + 1) in ("term", "unknown") and tokens[i].text[-1] in "йяе":
        return None
    first, last = _SEASON_MONTHS[name]
    point, j = with_year(Point((first, 1), (last, 31), note=f"{_SEASON_NAMES[name]}: понято по месяцам"), tokens, i + 1)
    return [Atom("S", words_at(tokens, i, j), point, kind=_SEASON_NAMES[name])], j


def _vacation_follows(tokens: Sequence[Token], i: int) -> bool:
    """«осенние, зимние и весенние каникулы»: one noun for several."""
    if not tokens[i].text.endswith(("ие", "их", "им", "ими")):
        return False
    j = i
    while kind_at(tokens, j) == "season" and kind_at(tokens, j + 1) in (",", "and", "-", "/"):
        j += 2
    return kind_at(tokens, j) == "season" and kind_at(tokens, j + 1) == "vacation"


def read_vacation(tokens: Sequence[Token], i: int) -> Read:
    """«каникулы» with no season."""
    return [Atom("S", tokens[i].text, kind="каникулы")], i + 1


def read_term(tokens: Sequence[Token], i: int) -> Read:
    """«четверть» with no number."""
    return [Atom("S", tokens[i].text, kind=TERMS[str(tokens[i].value)])], i + 1
