"""Tokens → what numbers count: days of a month, quarters, halves, weeks, decades, times, durations, classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.dateless import read_days_term
from roadmap_cli.dates.days import day_atom, read_numeric, with_year
from roadmap_cli.dates.scan import kind_at, skip_dots, words_at
from roadmap_cli.dates.values import Atom, Frequency, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


LIST_MARKS = {
    ":": ",",
    ",": ",",
    ";": ",",
    "/": ",",
    "¶": "¶",
    "and": ",",
    "or": ",",
    "-": "-",
    "to": "p",
    "until": "u",
}


UNIT_FREQUENCY = {
    "year": ("YEARLY", 1),
    "month-unit": ("MONTHLY", 1),
    "week": ("WEEKLY", 1),
    "day-unit": ("DAILY", 1),
    "quarter": ("MONTHLY", 3),
    "half": ("MONTHLY", 6),
    "term": ("TERMLY", 1),
    "decade": ("DAILY", 10),
}


TERMS = {"четверт": "четверть", "триместр": "триместр"}


def _is_small(tokens: Sequence[Token], i: int) -> bool:
    return kind_at(tokens, i) in ("ordinal", "last") or (kind_at(tokens, i) == "num" and len(tokens[i].text) <= 2)


def _numbers(tokens: Sequence[Token], i: int) -> tuple[list[tuple[str, int]], str, int]:
    """A run «25 -26», «1, 2 и 3», «II-III,IV», «1 по 15»: [(mark before, number)], the mark behind, the next place."""
    run: list[tuple[str, int]] = []
    mark = ""
    while _is_small(tokens, i) and not (tokens[i].kind == "num" and read_numeric(tokens, i) is not None):
        run.append((mark, -1 if tokens[i].kind == "last" else int(tokens[i].value)))
        i += 1
        if kind_at(tokens, i) == "-" and kind_at(tokens, i + 1) == "ordinal-letter":
            i += 1
        if kind_at(tokens, i) == "ordinal-letter":
            i += 1
        j = skip_dots(tokens, i)
        if j > i + 1 and _is_small(tokens, j):
            mark, i = "-", j
            continue
        if kind_at(tokens, j) not in LIST_MARKS:
            return run, "", i
        k = j + 1
        while kind_at(tokens, k) in ("filler", "and") or (kind_at(tokens, k) == "until" and tokens[j].kind == ","):
            k += 1
        if not _is_small(tokens, k):
            return run, "", i
        mark, i = LIST_MARKS[tokens[j].kind], k
    return run, mark, i


def read_counted(tokens: Sequence[Token], i: int) -> Read:
    """Numbers and what they count: days of a month, quarters, weeks, times, durations, classes."""
    run, mark, j = _numbers(tokens, i)
    if not run:
        return None
    if tokens[i].kind == "last" or tokens[i].text in ("первые", "первых"):
        ends = _edge_of_month(tokens, i, j)
        if ends is not None:
            return ends
    if mark:
        return _days_before_date(tokens, i, run, mark, j)
    k = j
    while kind_at(tokens, k) in (".", "filler", "school") and (
        kind_at(tokens, k + 1) in _UNITS or kind_at(tokens, k + 1) == "month"
    ):
        k += 1
    if (
        kind_at(tokens, k) == "month"
        and tokens[k].text == "дек"
        and kind_at(tokens, skip_dots(tokens, k + 1)) == "month"
    ):
        return _unit_decade(tokens, i, run, k)
    if kind_at(tokens, k) == "month":
        return _days_of_month(tokens, i, run, k)
    if kind_at(tokens, k + 1 if kind_at(tokens, k) == "-" else k) == "term-of-days":
        return read_days_term(tokens, i)
    if len(run) == 1 and kind_at(tokens, j) == "unknown" and len(tokens[j].text) == 1 and tokens[j].glued:
        return [Atom("z", words_at(tokens, i, j + 1))], j + 1
    unit = _UNITS.get(kind_at(tokens, k))
    if unit is None and len(run) > 3:
        return [Atom("x", words_at(tokens, i, j))], j
    return unit(tokens, i, run, k) if unit else None


def _edge_of_month(tokens: Sequence[Token], i: int, j: int) -> Read:
    """«последний день октября», «последние две недели мая», «первые числа октября», «последний день месяца»."""
    last = tokens[i].kind == "last"
    days = 1
    working = ""
    if kind_at(tokens, j) in ("num", "numeral") and kind_at(tokens, j + 1) in ("week", "day-unit"):
        days, j = int(tokens[j].value) * (7 if kind_at(tokens, j + 1) == "week" else 1), j + 2
    elif kind_at(tokens, j) == "number-word":
        days, j = 1 if tokens[j].text == "число" else 10, j + 1
    elif kind_at(tokens, j) in ("day-unit", "working"):
        while kind_at(tokens, j) in ("day-unit", "working"):
            working = "рабочий день: сам месяц не проверен" if tokens[j].kind == "working" else working
            j += 1
    else:
        return None
    if kind_at(tokens, j) == "month":
        month = int(tokens[j].value)
        first, until = ((month, -days), (month, 31)) if last else ((month, 1), (month, days))
        unit = "day" if days == 1 else "span"
        point, end = with_year(Point((month, 31) if unit == "day" else first, until, unit), tokens, j + 1)
        said = words_at(tokens, i, end)
        note = f"«{said}»: понято как {days} дней месяца" if days > 1 else working
        return [Atom("P", said, point._replace(note=point.note or note))], end
    while kind_at(tokens, j) in ("every", "month-unit", "."):
        j += 1
    if not last or days > 1:
        return None
    said = words_at(tokens, i, j)
    return [Atom("N", said, number=-1), Atom("R", said, frequency=Frequency("MONTHLY"), note=working)], j


def _marks(atoms: Sequence[tuple[str, Atom]]) -> list[Atom]:
    result = []
    for mark, atom in atoms:
        if mark:
            result.append(Atom(mark, mark))
        result.append(atom)
    return result


def _days_of_month(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    months, j = _months_of_one_day(tokens, k) if len(run) == 1 else ([int(tokens[k].value)], k + 1)
    while kind_at(tokens, j) == "month-unit":
        j += 1
    point, j = with_year(Point((months[0], 1), (months[0], 31), "day"), tokens, j)
    said = words_at(tokens, i, j)
    alone = len(run) == 1 and len(months) == 1
    days = [(mark, number, months[0]) for mark, number in run] + [(",", run[0][1], month) for month in months[1:]]
    atoms = _marks([(mark, _same_year(day_atom(said, n, month, None), point, alone)) for mark, n, month in days])
    if any(token.kind in ("or", "/") for token in tokens[i:k]):
        atoms.append(Atom("m", said, note=f"«{said}»: названо на выбор"))
    return atoms, j


def _months_of_one_day(tokens: Sequence[Token], k: int) -> tuple[list[int], int]:
    """«5 января, апреля, июля»: months in the genitive that share the day before the first of them."""
    months = [int(tokens[k].value)]
    k += 1
    while kind_at(tokens, k) in (",", "and") and kind_at(tokens, k + 1) == "month" and tokens[k + 1].text[-1] in "яа":
        months.append(int(tokens[k + 1].value))
        k += 2
    return months, k


def _same_year(atom: Atom, like: Point, alone: bool) -> Atom:
    if atom.point is None:
        return atom
    weekday = like.weekday if alone else None
    return atom._replace(point=atom.point._replace(year=like.year, school=like.school, note=like.note, weekday=weekday))


def _days_before_date(tokens: Sequence[Token], start: int, run: list[tuple[str, int]], mark: str, j: int) -> Read:
    """«20-24.11», «15 -19.02.2016»: bare days take the month and the year of the date behind them."""
    read = read_numeric(tokens, j)
    assert read is not None
    last, after = read
    point = last[0].point
    if point is None:
        return [Atom("b", last[0].text, note=last[0].note or f"не прочитано: «{last[0].text}»")], after
    days = [(m, _same_year(day_atom(str(n), n, point.first[0], None), point, False)) for m, n in run]
    slash = any(tokens[k].kind == "/" for k in range(start, j))
    either = [Atom("m", "/", note=f"«{words_at(tokens, start, after)}»: период или два срока?")] if slash else []
    return [*_marks(days), Atom(mark, mark), *last, *either], after


def _unit_quarter(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    if any(not 1 <= n <= 4 for _, n in run):
        return [
            Atom("b", words_at(tokens, i, k + 1), note=f"нет такого квартала: «{words_at(tokens, i, k + 1)}»")
        ], k + 1
    return _spans(tokens, i, run, k, lambda n: Point((3 * n - 2, 1), (3 * n, 31)))


def _unit_half(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    if any(n not in (1, 2) for _, n in run):
        return [
            Atom("b", words_at(tokens, i, k + 1), note=f"нет такого полугодия: «{words_at(tokens, i, k + 1)}»")
        ], k + 1
    return _spans(tokens, i, run, k, lambda n: Point((-1, n), (-1, n)))


def _spans(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int, build: Callable[[int], Point]) -> Read:
    points = [(mark, build(n)) for mark, n in run]
    j = k + 1
    if kind_at(tokens, j) == "school" and kind_at(tokens, skip_dots(tokens, j + 1)) == "year":
        j = skip_dots(tokens, j + 1) + 1
        points = [(mark, p._replace(whole=True)) for mark, p in points]
    dated = []
    for mark, point in points:
        after, end = with_year(point, tokens, j)
        dated.append((mark, Atom("P", words_at(tokens, i, end), after)))
    return _marks(dated), end


def _unit_decade(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    return _of_month(tokens, i, run, k, _decade)


def _decade(number: int, month: int) -> Point | None:
    number = 3 if number == -1 else number
    return Point((month, 10 * number - 9), (month, 10 * number if number < 3 else 31)) if 1 <= number <= 3 else None


def _unit_week(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    return _of_month(tokens, i, run, k, _week)


def _week(number: int, month: int) -> Point | None:
    if number == -1:
        return Point((month, -7), (month, 31), note="последняя неделя: понято как последние 7 дней месяца")
    if not 1 <= number <= 5:
        return None
    last = 7 * number if number < 4 else 28 if number == 4 else 31
    return Point(
        (month, 7 * number - 6), (month, last), note=f"{number}-я неделя: понято как {7 * number - 6}–{last} числа"
    )


def _unit_half_of(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    return _of_month(tokens, i, run, k, _half_of)


def _half_of(number: int, month: int) -> Point | None:
    return {1: Point((month, 1), (month, 15)), 2: Point((month, 16), (month, 31))}.get(number)


def _of_month(
    tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int, build: Callable[[int, int], Point | None]
) -> Read:
    """Weeks, decades and halves of a month; without a month they wait for the plan's `period` (month 0)."""
    j = k + 1
    while kind_at(tokens, j) in (".", "filler", "month-unit") and kind_at(tokens, j + 1) in (
        "month",
        "filler",
        "month-unit",
        ".",
    ):
        j += 1
    month = int(tokens[j].value) if kind_at(tokens, j) == "month" else 0
    if not month and build is _half_of and kind_at(tokens, k + 1) in ("num", "school", "year"):
        return _spans(tokens, i, run, k, lambda n: Point((-1, n), (-1, n)))
    j = j + 1 if month else k + 1
    atoms = []
    end = j
    for mark, number in run:
        point = build(number, month)
        if point is None:
            return [Atom("b", words_at(tokens, i, j), note=f"не бывает: «{words_at(tokens, i, j)}»")], j
        note = point.note
        dated, end = with_year(point, tokens, j) if month else (point, j)
        atoms.append((mark, Atom("P", words_at(tokens, i, end), dated._replace(note=dated.note or note))))
    return _marks(atoms), end


def _unit_term(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    said, name = words_at(tokens, i, k + 1), TERMS[str(tokens[k].value)]
    return _marks([(mark and ",", Atom("S", said, kind=f"{number} {name}")) for mark, number in run]), k + 1


def _unit_times(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    return times_at(tokens, i, run[-1][1], k)


def duration_at(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    """A length of time («5 рабочих дней») as an atom; «23 г.» is a year in two digits."""
    if kind_at(tokens, k) == "year" and tokens[k].text in ("г", "год", "году", "года") and run[0][1] >= 10:
        year = 2000 + run[0][1]
        note = f"год из двух цифр: понято как {year}"
        return [Atom("P", words_at(tokens, i, k + 1), Point((1, 1), (12, 31), year=year, note=note))], k + 1
    j = k + 1
    while kind_at(tokens, j) in ("day-unit", "working", "."):
        j += 1
    return [Atom("q", words_at(tokens, i, j), number=run[0][1])], j


def _unit_noise(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    return [Atom("z", words_at(tokens, i, k + 1))], k + 1


def _unit_hour(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    return [Atom("T", words_at(tokens, i, k + 1))], k + 1


def _unit_day_number(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    """«до 5 числа»; «5 числа октября» is read as a day."""
    if kind_at(tokens, k + 1) == "month":
        if run[-1][1] in (10, 20) and tokens[k - 1].text in ("е", "х", "ые", "ых"):
            return _tens(tokens, i, run[-1][1], k + 1)
        return _days_of_month(tokens, i, run, k + 1)
    return _marks([(mark, Atom("N", words_at(tokens, i, k + 1), number=n)) for mark, n in run]), k + 1


def _unit_every(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    """«до 25-го каждого месяца»: the number is a day of the month though nothing says «числа»."""
    if kind_at(tokens, k + 1) != "month-unit":
        return None
    return _marks([(mark, Atom("N", words_at(tokens, i, k), number=n)) for mark, n in run]), k


def _tens(tokens: Sequence[Token], i: int, ten: int, k: int) -> Read:
    """«20-е числа октября»."""
    month = int(tokens[k].value)
    note = f"{ten}-е числа: понято как {ten}–{ten + 9}"
    point, j = with_year(Point((month, ten), (month, ten + 9)), tokens, k + 1)
    return [Atom("P", words_at(tokens, i, j), point._replace(note=point.note or note))], j


def _unit_weekday(tokens: Sequence[Token], i: int, run: list[tuple[str, int]], k: int) -> Read:
    """«последняя пятница месяца», «1 и 3 среда каждого месяца»."""
    if tokens[i].kind == "num" and kind_at(tokens, i + 1) != "-" and run[0][1] > 5:
        return None
    days = tuple((n, int(tokens[k].value)) for _, n in run if n == -1 or 1 <= n <= 5)
    j = k + 1
    if kind_at(tokens, j) == "month":
        month = int(tokens[j].value)
        point, end = with_year(Point((month, 1), (month, 31), "day"), tokens, j + 1)
        said = words_at(tokens, i, end)
        marks = [mark for mark, _ in run]
        return _marks([(m, Atom("P", said, point._replace(nth=d))) for m, d in zip(marks, days, strict=False)]), end
    while kind_at(tokens, j) in ("every", "month-unit", "."):
        j += 1
    return [Atom("R", words_at(tokens, i, j), frequency=Frequency("MONTHLY", weekdays=days))], j


_UNITS: dict[str, Callable[[Sequence[Token], int, list[tuple[str, int]], int], Read]] = {
    "quarter": _unit_quarter,
    "half": _unit_half,
    "half-of": _unit_half_of,
    "decade": _unit_decade,
    "week": _unit_week,
    "term": _unit_term,
    "times": _unit_times,
    "day-unit": duration_at,
    "working": duration_at,
    "month-unit": duration_at,
    "year": duration_at,
    "hour-unit": _unit_hour,
    "name-of-thing": _unit_noise,
    "number-word": _unit_day_number,
    "weekday": _unit_weekday,
    "every": _unit_every,
}


def times_at(tokens: Sequence[Token], i: int, count: int, k: int) -> Read:
    """From «раз» on: «в год», «в две недели», «в 3 месяца»; how often is unread without it."""
    j = k + 1
    while kind_at(tokens, j) in ("filler", "every", "school", ".", "/"):
        j += 1
    interval = 1
    if kind_at(tokens, j) in ("num", "numeral") and kind_at(tokens, j + 1) in (*UNIT_FREQUENCY, "name-of-thing"):
        interval, j = int(tokens[j].value), j + 1
    while kind_at(tokens, j) in ("school", "calendar"):
        j += 1
    years = j < len(tokens) and tokens[j].text == "лет"
    unit = ("YEARLY", 1) if years else UNIT_FREQUENCY.get(kind_at(tokens, j))
    if unit is None:
        return None
    return [Atom("R", words_at(tokens, i, j + 1), frequency=Frequency(unit[0], unit[1] * interval, count))], j + 1
