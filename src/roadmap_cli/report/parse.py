"""`roadmap parse`: how a phrase was read, what was mended, what is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.dates.words import MONTHS, in_words
from roadmap_cli.model import Person
from roadmap_cli.report import Column, Report, Row, Table, due_document, owner_documents
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.model import Due, Owners

KIND_NAMES = {
    "on": "в этот день",
    "by": "не позднее этого дня",
    "period": "период",
    "dates": "несколько сроков",
    "recurring": "повторяется",
    "ongoing": "постоянно",
    "season": "каникулы, четверть или время года",
    "event": "после события",
    "unscheduled": "день не назначен",
    "unreadable": "не прочитано",
}
_EVERY = {"DAILY": "каждый день", "WEEKLY": "каждую неделю", "MONTHLY": "каждый месяц", "YEARLY": "каждый год"}
_UNITS = {
    "DAILY": ("день", "дня", "дней"),
    "WEEKLY": ("неделю", "недели", "недель"),
    "MONTHLY": ("месяц", "месяца", "месяцев"),
    "YEARLY": ("год", "года", "лет"),
}
# The accusative, the dative of many, and the gender as a place in the lines of `_ORDER`.
_WEEKDAYS = {
    "MO": ("понедельник", "понедельникам", 0),
    "TU": ("вторник", "вторникам", 0),
    "WE": ("среду", "средам", 1),
    "TH": ("четверг", "четвергам", 0),
    "FR": ("пятницу", "пятницам", 1),
    "SA": ("субботу", "субботам", 1),
    "SU": ("воскресенье", "воскресеньям", 2),
}
_ORDER = {
    "1": ("в первый", "в первую", "в первое"),
    "2": ("во второй", "во вторую", "во второе"),
    "3": ("в третий", "в третью", "в третье"),
    "4": ("в четвёртый", "в четвёртую", "в четвёртое"),
    "-1": ("в последний", "в последнюю", "в последнее"),
}
_DUE_COLUMNS = (
    Column("Фраза", share=3),
    Column("Как понято", share=2, mood=True),
    Column("Дни", share=2),
    Column("Исправлено и сомнительно", fold=True, share=4),
)
_OWNER_COLUMNS = (
    Column("Ячейка", share=3),
    Column("Кто", fold=True, share=3),
    Column("Исправлено и сомнительно", fold=True, share=3),
)


def due_report(found: Sequence[Due]) -> Report:
    """One row and one JSON object a phrase."""
    shown = tuple(
        Row(
            (
                " ".join(due.text.split()) or "(пусто)",
                KIND_NAMES[due.kind],
                _days(due),
                "; ".join((*due.repairs, *due.notes)),
            ),
            mood="error" if due.kind == "unreadable" else "warning" if due.repairs or due.notes else "",
        )
        for due in found
    )
    return Report(lambda: [due_document(due) for due in found], lambda: (Table((), _DUE_COLUMNS, shown),))


def _days(due: Due) -> str:
    said = in_words(due) if due.start or due.end else "" if due.rule else "—"
    if due.kind in ("recurring", "ongoing") and (due.start or due.end):
        said = "–".join(f"{day:%d.%m.%Y}" for day in (due.start, due.end) if day)
    often = (rule_words(due.rule) or f"RRULE:{due.rule}") if due.rule else ""
    return "; ".join(filter(None, (often, said)))


def rule_words(rule: str) -> str:
    """An RRULE in words: «каждый месяц, 5-го числа»; "" where no words are at hand."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    frequency, number = parts.pop("FREQ", ""), int(parts.pop("INTERVAL", "1"))
    if frequency not in _EVERY or not set(parts) <= {"BYMONTH", "BYMONTHDAY", "BYDAY"}:
        return ""
    every = _EVERY[frequency] if number == 1 else f"раз в {plural(number, *_UNITS[frequency])}"
    when = _when(frequency, parts)
    return "" if when is None else ", ".join(filter(None, (every, when)))


def _when(frequency: str, parts: dict[str, str]) -> str | None:
    """On which days of its period: "" when the rule names none, None when there are no words for them."""
    if set(parts) == {"BYDAY"}:
        return _weekdays(parts["BYDAY"], within_month=frequency == "MONTHLY")
    if not parts:
        return ""
    if frequency == "MONTHLY" and set(parts) == {"BYMONTHDAY"}:
        return _month_days(parts["BYMONTHDAY"])
    if frequency != "YEARLY" or "BYDAY" in parts or "BYMONTH" not in parts:
        return None
    months = [int(month) - 1 for month in parts["BYMONTH"].split(",")]
    if "BYMONTHDAY" not in parts:
        return "в " + _joined([f"{MONTHS[month].rstrip('ьй')}е" for month in months])
    days = parts["BYMONTHDAY"].split(",")
    if not all(day.isdigit() for day in days):
        return None
    return _joined([f"{int(day):02}.{month + 1:02}" for month in months for day in days])


def _month_days(days: str) -> str | None:
    if days == "-1":
        return "в последний день"
    numbers = days.split(",")
    return f"{_joined([f'{day}-го' for day in numbers])} числа" if all(day.isdigit() for day in numbers) else None


def _weekdays(days: str, *, within_month: bool) -> str | None:
    """«MO,TH» → «по понедельникам и четвергам», «2TU» of a month → «во второй вторник»."""
    if days == "MO,TU,WE,TH,FR":
        return "с понедельника по пятницу"
    names = days.split(",")
    if all(name in _WEEKDAYS for name in names):
        return None if within_month else "по " + _joined([_WEEKDAYS[name][1] for name in names])
    order, name = days[:-2], days[-2:]
    if not within_month or order not in _ORDER or name not in _WEEKDAYS:
        return None
    day, _, gender = _WEEKDAYS[name]
    return f"{_ORDER[order][gender]} {day}"


def _joined(words: Sequence[str]) -> str:
    return " и ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def owners_report(found: Sequence[Owners]) -> Report:
    """One row and one JSON object a cell."""
    shown = tuple(
        Row(
            (" ".join(one.text.split()) or "(пусто)", _people(one), "; ".join((*one.repairs, *one.notes))),
            mood="error" if not one.owners else "warning" if one.repairs or one.notes else "",
        )
        for one in found
    )
    return Report(lambda: [_owners_document(one) for one in found], lambda: (Table((), _OWNER_COLUMNS, shown),))


def _owners_document(one: Owners) -> dict[str, Any]:
    owners = owner_documents(one)
    return {"text": one.text, "owners": owners, "repairs": list(one.repairs), "notes": list(one.notes)}


def _people(one: Owners) -> str:
    return (
        "; ".join(f"{o.name} ({o.role})" if isinstance(o, Person) and o.role else o.name for o in one.owners) or "никто"
    )
