"""A deadline as Russian documents write it → `Due`. No date library reads text here: each of them guesses."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.dates.forms import Reading, Term, is_bound, read_forms
from roadmap_cli.dates.lexer import LONGEST, lex
from roadmap_cli.dates.points import to_atoms
from roadmap_cli.dates.resolve import Context, Stretch, month_end, resolve
from roadmap_cli.dates.values import Atom, Point, Years, parse_years
from roadmap_cli.model import Due, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.model import Kind

__all__ = ["parse_due", "parse_years", "season_name"]


@lru_cache(maxsize=20000)
def parse_due(
    text: str, school_year: str | None = None, calendar: Calendar | None = None, period: str | None = None
) -> Due:
    """Read a deadline phrase; never raises on text, and says in `repairs` and `notes` what was mended or is doubtful.

    `school_year` («2022-2023») gives phrases without a year theirs: September to December belong to the first year,
    January to August to the second. `calendar` knows the vacations; `period` is the month of a monthly plan's row.
    Days are inclusive. Nothing depends on the day of the run.
    """
    plain = _plain(text)
    if plain is not None:
        return plain._replace(notes=_far_away(plain, parse_years(school_year)))
    if len(text) > LONGEST:
        return Due("unreadable", text, notes=(f"текст длиннее {LONGEST} знаков: это не срок",))
    lexed = lex(text)
    if not lexed.tokens or all(token.kind == "-" for token in lexed.tokens):
        return Due("unreadable", text, notes=("срок не назван",))
    context = Context(parse_years(school_year), _month_of(period, school_year) if period else None)
    atoms = _in_period(_without_times(to_atoms(lexed.tokens)), context.month)
    due = _counted_from_a_day(text, lexed.tokens, context) or _read(text, atoms, context, calendar)
    if due.kind == "unreadable":
        return due._replace(repairs=lexed.repairs)
    if due.start and due.end and due.start > due.end:
        return Due("unreadable", text, notes=(f"начало позже конца: {due.start:%d.%m.%Y} – {due.end:%d.%m.%Y}",))
    notes = dict.fromkeys((*due.notes, *_far_away(due, context.years)))
    return due._replace(repairs=tuple(dict.fromkeys(lexed.repairs + _mended(atoms))), notes=tuple(notes))


def _counted_from_a_day(text: str, tokens: Sequence[Token], context: Context) -> Due | None:
    """«в течение 5 рабочих дней после 10.10.2022»: the last day, and from which day it was counted."""
    if not any(token.kind in ("day-unit", "week", "month-unit") for token in tokens):
        return None
    from roadmap_cli.dates.anchored import last_day, read_anchored

    found = read_anchored(tokens)
    resolved = resolve([found.term], context) if found is not None else None
    if found is None or resolved is None or not resolved.stretches or resolved.stretches[0].start is None:
        return None
    day = resolved.stretches[0].start
    side = "назад от" if found.back else "после"
    note = f"«{found.said}» отсчитано {side} {day:%d.%m.%Y}"
    return Due("by", text, None, last_day(found, day), notes=(*resolved.notes, note))


def _plain(text: str) -> Due | None:
    """The commonest forms, letter for letter: «15.10.2022» and «До 15.10.2022» need no grammar."""
    by = text[:3] in ("до ", "До ")
    said = text[3:] if by else text
    if len(said) != 10 or said[2] != "." or said[5] != ".":
        return None
    digits = said[:2] + said[3:5] + said[6:]
    if not (digits.isdigit() and digits.isascii()) or not 1950 <= int(said[6:]) <= 2100:
        return None
    try:
        day = date(int(said[6:]), int(said[3:5]), int(said[:2]))
    except ValueError:
        return None
    return Due("by", text, None, day) if by else Due("on", text, day, day)


def season_name(text: str) -> str | None:
    """The name under which the calendar keeps a vacation or a term («зимние каникулы», «1 четверть»), or None."""
    atoms = to_atoms(lex(text).tokens)
    return atoms[0].kind if len(atoms) == 1 and atoms[0].code == "S" else None


def _month_of(period: str | None, school_year: str | None) -> tuple[int, int] | None:
    due = parse_due(period or "", school_year)
    if due.kind != "period" or due.start is None or due.end != month_end(due.start.year, due.start.month):
        return None
    return due.start.year, due.start.month


def _without_times(atoms: list[Atom]) -> list[Atom]:
    """Clock times, rooms and classes are not part of a date; a «с» or a dash before them goes too.

    «до 12.00 15.10» keeps its «до» for the day; in «с 9.00 до 12.00 15.10» it belongs to the hours.
    """
    kept: list[Atom] = []
    from_hour = False
    for i, atom in enumerate(atoms):
        if atom.code == "T":
            before_day = i + 1 < len(atoms) and atoms[i + 1].code == "P"
            while kept and kept[-1].code in ("u", "f", "p", "-"):
                if kept[-1].code == "u" and before_day and not from_hour:
                    break
                from_hour = from_hour or kept[-1].code == "f"
                kept.pop()
        elif atom.code and atom.code != "z":
            kept.append(atom)
    return kept


def _in_period(atoms: list[Atom], month: tuple[int, int] | None) -> list[Atom]:
    """In a row of a monthly plan a number («12 числа») and a weekday («последняя суббота») are days of its month."""
    if month is None or any(
        a.code == "R" and (a.frequency is None or not a.frequency.weekdays or a.kind) for a in atoms
    ):
        return atoms
    placed = []
    for atom in atoms:
        if atom.code == "N" and not 0 < atom.number <= month_end(*month).day:
            atom = Atom("b", atom.text, note=f"нет такого числа в месяце: «{atom.text}»")
        elif atom.code == "N":
            day = (month[1], atom.number)
            atom = Atom("P", atom.text, Point(day, day, "day", month[0]))
        elif atom.code == "R" and atom.frequency is not None and atom.frequency.freq == "MONTHLY":
            nth = atom.frequency.weekdays[0]
            atom = Atom("P", atom.text, Point((month[1], 1), (month[1], 31), "day", month[0], nth=nth))
        placed.append(atom)
    return placed


def _mended(atoms: list[Atom]) -> tuple[str, ...]:
    """Repairs inside numeric dates: doubled dots and lost or stray spaces."""
    repairs = []
    said = " ".join(atom.text for atom in atoms if atom.code == "P")
    if ".." in said:
        repairs.append("две точки подряд")
    if any(_has_stray_space(atom.text) for atom in atoms if atom.code == "P"):
        repairs.append("лишний пробел внутри даты")
    return tuple(repairs)


def _has_stray_space(text: str) -> bool:
    digits_only = all(c in "0123456789. г" for c in text)
    return digits_only and (". " in text.rstrip(" г.") or " ." in text)


def _read(text: str, atoms: list[Atom], context: Context, calendar: Calendar | None) -> Due:
    broken = next((a for a in atoms if a.code == "b"), None)
    if broken is not None:
        return Due("unreadable", text, notes=(broken.note,))
    reading = read_forms(atoms)
    if reading.failed or any(a.code == "x" and a.text in ("кроме", "исключая", "исключением") for a in atoms):
        return Due("unreadable", text, notes=(reading.failed or "оговорка «кроме» не разобрана",))
    codes = {atom.code for atom in reading.others}
    if "R" in codes and not _only_weekdays(reading):
        return _recurring(text, reading, context)
    if "S" in codes and all(is_bound(term) for term in reading.terms):
        return _dateless(text, reading, context, calendar)
    if "N" in codes and not reading.terms:
        return _day_number(text, reading)
    if reading.terms:
        return _dated(text, reading, context)
    return _dateless(text, reading, context, calendar)


def _only_weekdays(reading: Reading) -> bool:
    """«17-21.10 (пн-пт)»: weekdays beside days say nothing new."""
    repeats = [a for a in reading.others if a.code == "R"]
    days = [t for t in reading.terms if t.first.unit == "day"]
    return bool(days) and all(a.kind == "bare" for a in repeats)


def _dated(text: str, reading: Reading, context: Context) -> Due:
    reading = _school_years(reading, context)
    resolved = resolve(reading.terms, context)
    if resolved.failed:
        return Due("unreadable", text, notes=(resolved.failed,))
    notes = [*reading.notes, *resolved.notes]
    said = ", ".join(a.text for a in reading.others if a.code in "ROEUSNqo")
    notes += [f"кроме дня названо ещё: «{said}»"] if said else []
    notes += ["срок назван приблизительно"] if any(a.code == "~" for a in reading.others) else []
    notes = [note for note in (*notes, *(a.note for a in reading.others if a.code != "R")) if note]
    stretches = resolved.stretches
    if len(stretches) == 1:
        point = reading.terms[0].first
        if point.first[0] == 0 and stretches[0].end is None and stretches[0].shape != "by":
            return Due("unscheduled", text, notes=tuple(notes))
        whole = (
            reading.terms[0].first.whole
            and reading.terms[0].shape == "point"
            and reading.terms[0].first.first == (9, 1)
        )
        kind = "ongoing" if whole else _kind(stretches[0])
        return Due(kind, text, stretches[0].start, stretches[0].end, notes=tuple(notes))
    if all(term.first.first[0] == 0 and s.end is None for term, s in zip(reading.terms, stretches, strict=True)):
        return Due("unscheduled", text, notes=tuple(notes))
    if reading.bare:
        notes.insert(
            0,
            "две даты без тире: период или два срока?"
            if len(stretches) == 2
            else "даты без тире и запятых: период или отдельные сроки?",
        )
    parts = tuple(Part(s.start, s.end) for s in stretches)
    known = [day for part in parts for day in part if day]
    complete = all(part.end for part in parts)
    start, end = (min(known), max(p.end for p in parts if p.end)) if known and complete else (None, None)
    if all(s.shape == "by" for s in stretches) and start == min((p.end for p in parts if p.end), default=None):
        start = min((p.end for p in parts if p.end), default=None)
    return Due("dates", text, start, end, parts, notes=tuple(notes), unclear=reading.bare)


def _school_years(reading: Reading, context: Context) -> Reading:
    """«2022-2023» without a word, when it is the plan's own school year, is that school year."""
    term = reading.terms[0]
    point = term.first
    if len(reading.terms) > 1 or context.years is None or point.years != 1 or term.shape != "point":
        return reading
    if (point.year, (point.year or 0) + 1) != context.years:
        return reading
    if not point.note:
        note = "два календарных года: если это учебный год, напишите «учебный год»"
        noted = point._replace(note=note)
        return reading._replace(terms=(Term("point", noted, noted),))
    note = f"«{context.years.first}-{context.years.second}»: понято как учебный год"
    whole = point._replace(
        first=(9, 1),
        last=(8, 31),
        year=None,
        years=0,
        school=(context.years.first, context.years.second),
        whole=True,
        note=note,
    )
    return reading._replace(terms=(term._replace(first=whole, last=whole),))


def _kind(stretch: Stretch) -> Kind:
    if stretch.shape == "by":
        return "by"
    return "on" if stretch.shape == "point" and stretch.unit == "day" else "period"


def _recurring(text: str, reading: Reading, context: Context) -> Due:
    """A rule and its bounds; without bounds of its own it holds for the plan's school year."""
    resolved = resolve(reading.terms, context)
    if resolved.failed:
        return Due("unreadable", text, notes=(resolved.failed,))
    from roadmap_cli.dates.rules import read_rule

    found = read_rule(reading.others, reading.terms)
    notes = [*reading.notes, *(a.note for a in reading.others), *found.notes]
    start, end = _bounds(reading, resolved.stretches)
    if context.years is not None:
        start, end = _within_year(start, end, context.years)
    lasting = reading.others[0].code == "O" or any(
        a.frequency is not None and a.frequency.freq == "YEARLY" for a in reading.others
    )
    beside = [a.text for a in reading.others if a.code in "SEU" or (a.code == "O" and (lasting or a.kind != "year"))]
    beside += [a.text for a in reading.others if a.code == "q" and "дн" in a.text]
    rates = {
        (a.frequency.freq, a.frequency.interval)
        for a in reading.others
        if a.frequency and not a.frequency.shift and a.kind != "bare" and not a.note
    }
    if len(rates) > 1 and not any(a.code == "o" for a in reading.others):
        notes.append("названо несколько «как часто»: взято одно")
    if beside:
        notes.append(f"названо ещё: «{', '.join(beside)}»")
    if found.text is None and not found.notes:
        notes.append("как часто — понято, дни не названы")
    return Due("recurring", text, start, end, rule=found.text, notes=tuple(dict.fromkeys(n for n in notes if n)))


def _within_year(start: date | None, end: date | None, years: Years) -> tuple[date | None, date | None]:
    """The bounds of a rule with the plan's school year in place of the one that is missing."""
    first, last = _whole_year(years)
    if start is None and (end is None or first <= end):
        start = first
    if end is None and start is not None and start <= last:
        end = last
    return start, end


def _bounds(reading: Reading, stretches: Sequence[Stretch]) -> tuple[date | None, date | None]:
    """From when to when a rule holds: years and «с …», a range beside «ежемесячно», or the first term and on."""
    yearly = any(a.frequency is not None and a.frequency.freq == "YEARLY" for a in reading.others)
    bounds = [s for t, s in zip(reading.terms, stretches, strict=True) if is_bound(t)]
    anchors = [(t, s) for t, s in zip(reading.terms, stretches, strict=True) if not is_bound(t)]
    ranges = [s for t, s in anchors if t.shape == "range"]
    if not yearly and ranges:
        bounds += ranges
    if not yearly and not any(a.code == "o" or (a.frequency and a.frequency.freq == "MONTHLY") for a in reading.others):
        bounds += [s for t, s in anchors if t.shape == "point" and t.first.unit == "span"]
    starts = [s.start for s in bounds if s.start]
    ends = [s.end for s in bounds if s.end]
    if starts or ends:
        return min(starts, default=None), max(ends, default=None)
    dated = [s.start or s.end for t, s in anchors if t.first.year is not None or not yearly]
    return min((day for day in dated if day), default=None), None


def _day_number(text: str, reading: Reading) -> Due:
    """«до 5 числа» of a month that nobody names."""
    return Due("by", text, notes=(*reading.notes, "месяц не указан: день месяца есть, а какого — не сказано"))


def _dateless(text: str, reading: Reading, context: Context, calendar: Calendar | None) -> Due:
    others = [a for a in reading.others if a.code in "OEUSqm"]
    notes = tuple(note for note in (*reading.notes, *(a.note for a in others)) if note)
    if not others or all(a.code == "m" for a in others):
        return Due("unreadable", text, notes=("день не назван, слова не разобраны",))
    seasons = [a for a in others if a.code == "S"]
    ongoing = [a for a in others if a.code == "O"]
    if ongoing:
        return _ongoing(text, ongoing[0], notes, context)
    if seasons and others[0].code == "S":
        return _season(text, reading, notes, context, calendar)
    if any(a.code == "q" for a in others) and not any(a.code == "E" for a in others):
        return Due("event", text, notes=(*notes, "от чего считать, не сказано"))
    if any(a.code == "E" for a in others):
        return Due("event", text, notes=notes)
    return Due("unscheduled", text, notes=notes)


def _ongoing(text: str, atom: Atom, notes: tuple[str, ...], context: Context) -> Due:
    if atom.kind == "year" and context.years is not None:
        return Due("ongoing", text, *_whole_year(context.years), notes=notes)
    if atom.kind == "month-unit" and context.month is not None:
        return Due("ongoing", text, date(*context.month, 1), month_end(*context.month), notes=notes)
    if atom.kind in ("month-unit", "week", "decade", "quarter", "half"):
        notes = (*notes, "какой именно срок, видно только из документа: у строки нет «период»")
    return Due("ongoing", text, notes=notes)


def _whole_year(years: Years) -> tuple[date, date]:
    """The first and the last day of a school year, or of a calendar year."""
    if years.first == years.second:
        return date(years.first, 1, 1), date(years.first, 12, 31)
    return date(years.first, 9, 1), date(years.second, 8, 31)


def _season(text: str, reading: Reading, notes: tuple[str, ...], context: Context, calendar: Calendar | None) -> Due:
    """Vacations and terms by the calendar: all of them, their end («до конца …») or the day before them («до …»)."""
    atoms = [a for a in reading.others if a.code == "S"]
    years = context.years
    found = [calendar.season(a.kind, years) if calendar is not None and years is not None else None for a in atoms]
    unknown = [a.kind for a, days in zip(atoms, found, strict=True) if days is None]
    if unknown or any(term.first.year for term in reading.terms):
        return Due(
            "season", text, notes=(*notes, f"дни не заданы в настройках: {', '.join(unknown or [atoms[0].kind])}")
        )
    spans = [days for days in found if days is not None]
    start, end = spans[0][0], spans[-1][1]
    if len(spans) > 1:
        notes = (*notes, "названо несколько каникул или четвертей: понято от начала первых до конца последних")
    part = atoms[0].number
    if reading.until:
        day = end if part == 3 else start if part == 1 else start - timedelta(days=1)
        return Due("by", text, None, day, notes=notes)
    if part in (1, 3):
        day = start if part == 1 else end
        return Due("season", text, day, day, notes=(*notes, "начало или конец: понято как один день"))
    return Due("season", text, start, end, notes=notes)


def _far_away(due: Due, years: Years | None) -> tuple[str, ...]:
    """A note when no day of the reading lies near the plan's school year."""
    if years is None or due.kind in ("recurring", "ongoing"):
        return ()
    school = years.first < years.second
    first, last = date(years.first, 6 if school else 1, 1), date(years.second, *((9, 10) if school else (12, 31)))
    start, end = due.start or due.end, due.end or due.start
    if start is None or end is None or (start <= last and end >= first):
        return ()
    said = f"учебного года {years.first}-{years.second}" if school else f"{years.first} года"
    if school and start <= date(years.second, 12, 31) and start > last:
        return (f"{end:%d.%m.%Y} — уже после {said}",)
    return (f"{end:%d.%m.%Y} далеко от {said}",)
