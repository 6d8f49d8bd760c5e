"""The rows of a report as entries of a calendar, the same on every day; no format, no clock."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from roadmap_cli.calendar import WEEKDAYS
from roadmap_cli.dates import parse_years
from roadmap_cli.dates.words import in_words, plain_days
from roadmap_cli.report import off_words, owner_words
from roadmap_cli.report.events import Agenda, Event
from roadmap_cli.status import moves
from roadmap_cli.text import cut, fold, plural
from roadmap_cli.timeline import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap_cli.model import Due, Move, Plan
    from roadmap_cli.project import Project
    from roadmap_cli.report import Report
    from roadmap_cli.report.events import Standing
    from roadmap_cli.settings import Settings
    from roadmap_cli.status import StatusRow
    from roadmap_cli.timeline import Mark

_TITLE = 60  # characters of a title, and of a result, in the summary
_NAME = 70  # characters of a plan's title in the calendar's name


def with_tasks(report: Report) -> Report:
    """The report with tasks in its calendar."""
    made = report.agenda
    return report if made is None else report._replace(agenda=lambda: made()._replace(tasks=True))


def agenda(project: Project, found: Iterable[tuple[Plan, StatusRow]]) -> Agenda:
    """The days of some rows of a project; each row has the same entries whichever others stand beside it."""
    plans, settings = project.asked(), project.settings
    identities = _numbered(_identity(plan, settings[plan.path]) for plan in plans)
    keys = {plan.path: (*identity, _keys(plan)) for plan, identity in zip(plans, identities, strict=True)}
    events: list[Event] = []
    dayless: Counter[str] = Counter()
    for plan, row in found:
        *identity, numbers = keys[plan.path]
        mine = _events(plan, row, (*identity, *numbers[id(row.deliverable)]), settings[plan.path])
        events += mine
        if not mine:
            dayless[_why_dayless(row.deliverable.due)] += 1
    zones = {settings[plan.path].timezone for plan in plans}
    return Agenda(_name(plans), zones.pop() if len(zones) == 1 else "", tuple(events), _left_out(dayless))


def _name(plans: Sequence[Plan]) -> str:
    if len(plans) != 1:
        return f"Дорожные карты: {plural(len(plans), 'план', 'плана', 'планов')}"
    return ": ".join(filter(None, (_line(plans[0].organization), cut(_line(plans[0].title or plans[0].path), _NAME))))


def _left_out(dayless: Counter[str]) -> str:
    if not dayless:
        return ""
    number = plural(sum(dayless.values()), "результат", "результата", "результатов")
    why = ", ".join(f"{reason} — {n}" for reason, n in dayless.items())
    return f"в календарь не вошло без дня: {number} ({why}); их показывает roadmap status"


def _why_dayless(due: Due | None) -> str:
    if due is None:
        return "срок не указан"
    if due.kind == "recurring":
        return "повторяется, дни не названы"
    return {"ongoing": "постоянно", "unreadable": "срок не прочитан"}.get(due.kind, "без даты")


def _identity(plan: Plan, settings: Settings) -> str:
    """What tells a plan from all others wherever its project lies: its place there, its year and whose it is."""
    place = os.path.relpath(os.path.realpath(plan.path), os.path.realpath(settings.root))
    whose = "".join(filter(str.isalnum, fold(plan.organization)))
    return "\n".join((place.replace(os.sep, "/"), fold(plan.school_year), whose))


def _keys(plan: Plan) -> dict[int, tuple[str, int, int]]:
    """By deliverable object: the activity's id or number, which one of those that have it, and which of its results."""
    labels = _numbered([activity.id or activity.no for activity in plan.activities])
    return {
        id(deliverable): (*label, number)
        for activity, label in zip(plan.activities, labels, strict=True)
        for number, deliverable in enumerate(activity.deliverables, 1)
    }


def _numbered(labels: Iterable[str]) -> list[tuple[str, int]]:
    """Each label with its number among its like."""
    seen: Counter[str] = Counter()
    numbered = []
    for label in labels:
        seen[label] += 1
        numbered.append((label, seen[label]))
    return numbered


def _uid(key: Iterable[object]) -> str:
    from hashlib import sha256

    return sha256("\0".join(map(str, key)).encode("utf-8", "surrogatepass")).hexdigest()[:32] + "@roadmap-cli"


def _revision(row: StatusRow) -> int:
    """How many times the deadline was moved, and one more when the activity is cancelled."""
    return len(moves(row)) + bool(row.activity.cancelled)


def _events(plan: Plan, row: StatusRow, key: tuple[object, ...], settings: Settings) -> list[Event]:
    """An entry for each term; of unclear days only the one that the state is counted to."""
    due = row.deliverable.due
    if due is None or due.kind == "ongoing":
        return []
    terms = marks(due, plan.school_year)
    if due.unclear:
        terms = tuple(term for term in terms if term.end == due.end)[-1:]
    done = _completed(row, due, terms)
    stamp = _stamp(plan)
    events = []
    for number, (term, day) in enumerate(zip(terms, done, strict=True), 1):
        standing: Standing = (
            "cancelled" if row.activity.cancelled else "done" if day else "unclear" if due.unclear else "open"
        )
        alarms = () if standing in ("cancelled", "done") else sorted({settings.due_soon, 1} - {0}, reverse=True)
        events.append(
            Event(
                _uid((*key, number)),
                term.start,
                term.end or term.start,
                _summary(row, term, standing),
                _description(plan, row, term, day, settings, f"{number} из {len(terms)}" if len(terms) > 1 else ""),
                tuple(filter(None, (_line(plan.organization), _line(row.activity.section)))),
                stamp,
                _revision(row),
                standing,
                day,
                tuple(alarms),
            )
        )
    return events


def _completed(row: StatusRow, due: Due, terms: Sequence[Mark]) -> list[date | None]:
    """For each term the day on which it was done; a day counts for one term of a recurring deadline, the nearest."""
    days = sorted(plain_days(row.deliverable.done))
    if due.kind != "recurring":
        return [days[-1] if days else None] * len(terms)
    nearest = {min(terms, key=lambda term: abs(term.start - day)): day for day in days} if terms else {}
    return [nearest.get(term) for term in terms]


def _stamp(plan: Plan) -> date:
    """The day of the plan's order, else the first of its school year."""
    days = plain_days(plan.order.date) if plan.order else ()
    years = parse_years(plan.school_year)
    return days[0] if days else date(years.first, 9, 1) if years else date(2000, 1, 1)


def _line(text: str) -> str:
    return " ".join(text.split())


def _summary(row: StatusRow, term: Mark, standing: Standing) -> str:
    mark = {"done": "✓ ", "cancelled": "✗ отменено: ", "unclear": "? "}.get(standing, "")
    begins = "начало: " if term.end is None else ""
    number = f"№ {_line(row.activity.no)} " if row.activity.no else ""
    said = (cut(_line(row.activity.title), _TITLE), cut(_line(row.deliverable.text), _TITLE))
    return f"{mark}{begins}{number}{' — '.join(filter(None, said))}"


def _description(
    plan: Plan, row: StatusRow, term: Mark, done: date | None, settings: Settings, part: str
) -> tuple[str, ...]:
    activity, deliverable = row.activity, row.deliverable
    due = deliverable.due
    if due is None:
        return ()
    evidence = f", {_line(deliverable.evidence)}" if deliverable.evidence else ""
    told: list[tuple[str, str]] = [
        ("Отменено", _line(activity.cancelled)),
        ("Исполнено", f"{done:%d.%m.%Y}{evidence}" if done else ""),
        ("Мероприятие", _line(activity.title)),
        ("Результат", _line(deliverable.text)),
        ("Ответственные", owner_words(deliverable.owners) if deliverable.owners else "не названы"),
        ("Срок в плане", f"«{_line(due.text)}»"),
        ("Понято", _understood(due, term, settings, part)),
        ("Исправлено при чтении", "; ".join(due.repairs)),
        ("Замечания к сроку", "; ".join(due.notes)),
        *(("Срок перенесён", _move(move)) for move in moves(row)),
        ("Примечание", "; ".join(filter(None, (_line(deliverable.note), _line(activity.note))))),
        ("План", "; ".join(filter(None, (_line(plan.title), _line(plan.organization))))),
    ]
    return tuple(f"{name}: {said}" for name, said in told if said)


def _understood(due: Due, term: Mark, settings: Settings, part: str) -> str:
    """How the words were read, and what is to be known of this entry's day."""
    said = [in_words(due)]
    if due.unclear and term.end:
        said = [f"неоднозначно: {in_words(due)}; здесь стоит последний из этих дней, до него считает и roadmap status"]
    elif term.end is None:
        said.append("конец не назван, это день начала")
    elif part:
        said.append(f"здесь {term.end:%d.%m.%Y}, {WEEKDAYS[term.end.weekday()]} ({part})")
    off = off_words(term.end, settings.calendar.rule) if term.end else ""
    return "; ".join((*said, *((off,) if off else ())))


def _move(move: Move) -> str:
    reason = f" ({_line(move.reason)})" if move.reason else ""
    when = f", решение от {_line(move.on)}" if move.on else ""
    return f"с «{_line(move.before)}» на «{_line(move.after)}»{when}{reason}"
