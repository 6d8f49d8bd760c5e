"""Tokens of a deadline phrase → atoms: days, months, quarters, weeks, «до», «с», how often, and what names no day.

Each reader looks at the tokens from one place and answers with atoms and the next place, or with None. To read a
new kind of piece, add a reader to the table `READERS` under the kind of its first token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.counted import read_counted
from roadmap_cli.dates.dateless import read_dateless, read_days_term
from roadmap_cli.dates.days import read_iso, read_numeric, read_years_span
from roadmap_cli.dates.often import (
    read_all_weekdays,
    read_every,
    read_every_other,
    read_frequency,
    read_next,
    read_numeral,
    read_times_alone,
    read_weekday,
)
from roadmap_cli.dates.parts import read_month, read_part, read_season, read_term, read_vacation
from roadmap_cli.dates.small import (
    read_about,
    read_after,
    read_before_event,
    read_during,
    read_filler,
    read_from,
    read_mark,
    read_month_of_next,
    read_not,
    read_not_later,
    read_nothing,
    read_number_sign,
    read_of,
    read_ongoing,
    read_onward,
    read_or,
    read_paragraph,
    read_school,
    read_thing,
    read_to,
    read_until,
    read_whole,
)
from roadmap_cli.dates.values import Atom, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


def to_atoms(tokens: Sequence[Token]) -> list[Atom]:
    """All atoms of a phrase; a token that nothing reads becomes an «x», and behind a «b» nothing more is read."""
    atoms: list[Atom] = []
    i = 0
    while i < len(tokens):
        read = _read(tokens, i, atoms)
        if read is None:
            atoms.append(Atom("x", tokens[i].text))
            i += 1
        else:
            found, i = read
            atoms += found
            if found and found[0].code == "b":
                break
    return _joined(atoms)


def _joined(atoms: list[Atom]) -> list[Atom]:
    """Put together what stands apart: «октябрь, 2 неделя», «октябрь, до 12 числа», «сентябрь 2022, 2023»."""
    result: list[Atom] = []
    month: Point | None = None
    dated: Point | None = None
    repeats = any(atom.code == "R" and atom.kind != "bare" and not _nth_of(atom) for atom in atoms)
    for atom in atoms:
        point = atom.point
        if month is not None and not repeats and (within := _within_month(atom, month)):
            _take_back(result, month)
            result += within
            continue
        if point is not None and atom.code == "P":
            if _is_year(point) and dated is not None and result[-1].code in (",", "-"):
                result += _each_year(atom, dated, result)
                continue
            month = point if _is_month(point) else None
            dated = point if point.year is not None and not _is_year(point) and point.years == 0 else dated
        result.append(atom)
    return result


def _is_month(point: Point) -> bool:
    return point.first == (point.last[0], 1) and point.last[1] == 31 and point.unit == "span" and point.first[0] > 0


def _nth_of(atom: Atom) -> tuple[tuple[int, int], ...]:
    found = atom.frequency
    return found.weekdays if found is not None and found.freq == "MONTHLY" and found.weekdays else ()


def _within_month(atom: Atom, month: Point) -> list[Atom]:
    """A week, a number or an n-th weekday as a part of the month named before it; nothing for any other atom."""
    point = atom.point
    if point is not None and atom.code == "P" and point.first[0] == 0 and point.first[1]:
        first, last = (month.first[0], point.first[1]), (month.first[0], point.last[1])
        return [atom._replace(point=point._replace(first=first, last=last, year=month.year, school=month.school))]
    if atom.code == "N" and atom.number > 0:
        day = (month.first[0], atom.number)
        return [Atom("P", atom.text, month._replace(first=day, last=day, unit="day"))]
    return [Atom("P", atom.text, month._replace(unit="day", nth=day)) for day in _nth_of(atom)[:1]]


def _take_back(result: list[Atom], month: Point) -> None:
    """Remove the month that a closer term replaces, with the comma behind it; «до» between them stays."""
    for k in range(len(result) - 1, -1, -1):
        if result[k].point is month:
            del result[k]
            while k < len(result) and result[k].code == ",":
                del result[k]
            return


def _each_year(atom: Atom, dated: Point, result: list[Atom]) -> list[Atom]:
    """«сентябрь 2022, 2023», «15 сентября 2022-2024 гг.»: the same term in each of the years."""
    first, last = dated.year or 0, (atom.point.year if atom.point else None) or 0
    if result[-1].code == ",":
        return [atom._replace(point=dated._replace(year=last))]
    result.pop()
    note = f"годы {first}–{last}: понято как каждый год"
    years = range(first + 1, min(last, first + 10) + 1)
    more = [Atom("P", atom.text, dated._replace(year=year, note=note)) for year in years]
    return [found for one in more for found in (Atom(",", ","), one)]


def _is_year(point: Point) -> bool:
    return point.first == (1, 1) and point.last == (12, 31) and point.years == 0 and point.year is not None


def _read(tokens: Sequence[Token], i: int, before: list[Atom]) -> Read:
    for reader in READERS.get(tokens[i].kind, ()):
        read = reader(tokens, i)
        if read is not None:
            return _day_or_time(read, tokens, i, before)
    if tokens[i].text[0].isalpha():
        return read_dateless(tokens, i)
    return None


def _day_or_time(read: tuple[list[Atom], int], tokens: Sequence[Token], i: int, before: list[Atom]) -> Read:
    """«07.12-19.20»: a slip in a day, not a time; «15 октября в 14.10»: a time, not a day."""
    atoms, after = read
    first = atoms[0] if atoms else None
    if first is None:
        return read
    if first.code == "T" and first.number and len(before) > 1 and before[-1].code == "-" and before[-2].code == "P":
        return [Atom("b", first.text, note=f"нет такого дня: «{first.text}»")], after
    short = first.point is not None and first.point.year is None and len(first.text) == 5 and "." in first.text
    worded = short and any(a.point is not None and a.point.unit == "day" and "." not in a.text for a in before)
    if worded and first.point is not None:
        note = f"«{first.text}»: понято как день, а не время"
        return [first._replace(point=first.point._replace(note=note)), *atoms[1:]], after
    hours = first.point is not None and first.point.unit == "day" and "." in first.text.rstrip(".")
    if hours and i and tokens[i - 1].text == "в" and len(first.text) == 5 and any(a.code == "P" for a in before):
        return [Atom("T", first.text)], after
    return read


READERS: dict[str, tuple[Callable[[Sequence[Token], int], Read], ...]] = {
    "num": (read_iso, read_years_span, read_numeric, read_counted),
    "ordinal": (read_counted,),
    "last": (read_counted,),
    "numeral": (read_numeral,),
    "month": (read_month,),
    "part": (read_part,),
    "season": (read_season,),
    "vacation": (read_vacation,),
    "term": (read_term,),
    "frequency": (read_frequency,),
    "every": (read_every,),
    "times": (read_times_alone,),
    "weekday": (read_weekday,),
    "until": (read_until,),
    "from": (read_from,),
    "to": (read_to,),
    "of": (read_of,),
    "after": (read_after,),
    "not": (read_not,),
    "not-later": (read_not_later,),
    "during": (read_during,),
    "ongoing": (read_ongoing,),
    "whole": (read_whole,),
    "school": (read_school,),
    "next": (read_next,),
    "and": (read_mark,),
    ",": (read_mark,),
    ";": (read_mark,),
    "/": (read_mark,),
    "¶": (read_mark,),
    "-": (read_mark,),
    ".": (read_nothing,),
    "year": (read_nothing,),
    "№": (read_number_sign,),
    "about": (read_about,),
    "through": (read_every_other,),
    "or": (read_or,),
    "onward": (read_onward,),
    "paragraph": (read_paragraph,),
    "thing": (read_thing,),
    "weekdays-all": (read_all_weekdays,),
    "filler": (read_filler,),
    "behind": (read_before_event,),
    "term-of-days": (read_days_term,),
    ":": (read_mark,),
    "month-unit": (read_month_of_next,),
}
