"""`roadmap calendar`: a month or a year with its working days, holidays, vacations and what is due on each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from roadmap_cli.calendar import WEEKDAYS, is_day_off, is_holiday, transfers_known
from roadmap_cli.dates.resolve import month_end
from roadmap_cli.dates.words import MONTHS
from roadmap_cli.record import NamedTuple
from roadmap_cli.report import Column, Report, Row, Table, activity_words, day_words, transfers_words
from roadmap_cli.status import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project
    from roadmap_cli.status import StatusRow

_DAY_COLUMNS = tuple(Column(name, least=7) for name in WEEKDAYS)
_DUE_COLUMNS = (
    Column("День", share=2, least=14),
    Column("№"),
    Column("План", fold=True, share=2),
    Column("Что", fold=True, share=6),
)
_MONTH_COLUMNS = (
    Column("Месяц", share=2, least=14),
    Column("Рабочих дней"),
    Column("Нерабочих"),
    Column("Сроков"),
    Column("Каникулы и праздники", share=4),
)
RECORD_COLUMNS = (
    Column("День"),
    Column("Что"),
    Column("№"),
    Column("План"),
    Column("Мероприятие"),
    Column("Результат"),
)


class DueDay(NamedTuple):
    """A deliverable that falls due on a day."""

    day: date
    plan: Plan
    row: StatusRow


def calendar_report(project: Project, calendar: Calendar, start: date, end: date) -> Report:
    """The days from `start` to `end`: one month as a sheet, more of them as a line each."""
    due = _due(project, start, end)

    def document() -> dict[str, Any]:
        return {
            "version": 1,
            "report": "calendar",
            "start": start.isoformat(),
            "end": end.isoformat(),
            "days": [_day_document(day, calendar, due) for day in _days(start, end)],
        }

    def tables() -> tuple[Table, ...]:
        months = _months(start, end)
        sheet = _sheet(*months[0], calendar, due) if len(months) == 1 else _year(months, calendar, due)
        if not due:
            return (sheet,)
        return sheet, Table((f"Сроки: {len(due)}",), _DUE_COLUMNS, tuple(_due_row(one) for one in due))

    unknown = sorted({day.year for day in (start, end) if not transfers_known(day.year)})
    said = tuple(f"П{transfers_words(year)[1:]}: учтены только праздники, субботы и воскресенья." for year in unknown)
    return Report(document, tables, said, lambda: (_records(_days(start, end), calendar, due),))


def _records(days: Sequence[date], calendar: Calendar, due: Sequence[DueDay]) -> Table:
    """The days that have something: a line for what the calendar says of a day, and one for each deadline."""
    rows: list[Row] = []
    for day in days:
        said = _said_of(day, calendar)
        if said:
            rows.append(Row((f"{day:%d.%m.%Y}, {WEEKDAYS[day.weekday()]}", said, "", "", "", "")))
        rows += [_due_record(one) for one in due if one.day == day]
    working = sum(not is_day_off(day) for day in days)
    footer = f"{days[0]:%d.%m.%Y}–{days[-1]:%d.%m.%Y}: рабочих дней — {working}, сроков — {len(due)}."
    return Table((), RECORD_COLUMNS, tuple(rows), (footer,))


def _said_of(day: date, calendar: Calendar) -> str:
    """Holidays, transfers, and what begins or ends on a day."""
    weekend = day.weekday() >= 5
    said = ["праздник"] if is_holiday(day) else []
    if not said and weekend != is_day_off(day):
        said.append("рабочий день (перенос)" if weekend else "нерабочий день (перенос)")
    said += [f"{season.name}: начало" for season in calendar.seasons if season.start == day]
    said += [f"{season.name}: конец" for season in calendar.seasons if season.end == day]
    return "; ".join(said)


def _due(project: Project, start: date, end: date) -> list[DueDay]:
    """What falls due in the days, whatever became of it; a recurring deliverable by its next occurrence."""
    found = []
    for plan in project.asked():
        for row in rows(plan, start, 0):
            if row.day is not None and start <= row.day <= end and row.state != "cancelled":
                found.append(DueDay(row.day, plan, row))
    return sorted(found, key=lambda one: (one.day, one.plan.path, one.row.deliverable.span))


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range((end - start).days + 1)]


def _months(start: date, end: date) -> list[tuple[date, date]]:
    months = []
    while start <= end:
        last = month_end(start.year, start.month)
        months.append((start, min(last, end)))
        start = last + timedelta(1)
    return months


def _sheet(start: date, end: date, calendar: Calendar, due: Sequence[DueDay]) -> Table:
    """A month by weeks; a day off has a star, a day of vacation «к», and a number in brackets says how much is due."""
    cells = [""] * start.weekday() + [_cell(day, calendar, due) for day in _days(start, end)]
    cells += [""] * (-len(cells) % 7)
    weeks = tuple(Row(tuple(cells[i : i + 7])) for i in range(0, len(cells), 7))
    working = sum(not is_day_off(day) for day in _days(start, end))
    legend = f"Рабочих дней: {working}. * — нерабочий день, к — каникулы, (2) — сколько сроков в этот день."
    return Table((_name(start),), _DAY_COLUMNS, weeks, (legend,), layout="grid")


def _cell(day: date, calendar: Calendar, due: Sequence[DueDay]) -> str:
    number = sum(one.day == day for one in due)
    vacation = any("каникулы" in name for name in calendar.seasons_of(day))
    return f"{day.day}{'*' if is_day_off(day) else ''}{'к' if vacation else ''}{f' ({number})' if number else ''}"


def _year(months: Sequence[tuple[date, date]], calendar: Calendar, due: Sequence[DueDay]) -> Table:
    shown = []
    for start, end in months:
        days = _days(start, end)
        off = sum(map(is_day_off, days))
        number = sum(start <= one.day <= end for one in due)
        shown.append(Row((_name(start), str(len(days) - off), str(off), str(number or ""), _occasions(days, calendar))))
    heading = f"{months[0][0]:%d.%m.%Y}–{months[-1][1]:%d.%m.%Y}"
    return Table((heading,), _MONTH_COLUMNS, tuple(shown), layout="grid")


def _occasions(days: Sequence[date], calendar: Calendar) -> str:
    """Vacations that touch the days, and public holidays."""
    vacations = dict.fromkeys(name for day in days for name in calendar.seasons_of(day))
    said = [f"{name}: {_stretch([day for day in days if name in calendar.seasons_of(day)])}" for name in vacations]
    holidays = [day for day in days if is_holiday(day)]
    if holidays:
        said.append(f"праздники: {', '.join(map(_stretch, _runs(holidays)))}")
    return "; ".join(said)


def _runs(days: Sequence[date]) -> list[list[date]]:
    """The days in runs without a gap."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _stretch(days: Sequence[date]) -> str:
    return f"{days[0].day}–{days[-1].day}" if len(days) > 1 else str(days[0].day)


def _name(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _due_row(one: DueDay) -> Row:
    activity, deliverable = one.row.activity, one.row.deliverable
    text = activity_words(activity, deliverable)
    return Row((day_words(one.day), activity.no or "—", one.plan.organization or one.plan.path, text), deliverable.span)


def _due_record(one: DueDay) -> Row:
    activity, deliverable = one.row.activity, one.row.deliverable
    who = one.plan.organization or one.plan.path
    cells = (day_words(one.day), "срок", activity.no or "—", who, activity.title, deliverable.text)
    return Row(cells, deliverable.span)


def _day_document(day: date, calendar: Calendar, due: Sequence[DueDay]) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()],
        "working": not is_day_off(day),
        "holiday": is_holiday(day),
        "seasons": list(calendar.seasons_of(day)),
        "due": [
            {"path": one.plan.path, "no": one.row.activity.no, "title": one.row.activity.title, "state": one.row.state}
            for one in due
            if one.day == day
        ],
    }
