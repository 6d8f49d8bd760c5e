"""`roadmap deadlines`: what is overdue, due today, due soon and beginning soon, by day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from roadmap_cli.calendar import WEEKDAYS, effective
from roadmap_cli.dates.words import in_words
from roadmap_cli.record import NamedTuple
from roadmap_cli.report import (
    Column,
    Report,
    Row,
    Table,
    activity_words,
    day_words,
    due_document,
    owner_documents,
    owner_words,
)
from roadmap_cli.status import STATE_NAMES, rows
from roadmap_cli.text import days, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.calendar import Rule
    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project
    from roadmap_cli.report.events import Agenda
    from roadmap_cli.status import StatusRow

GROUPS = {
    "overdue": "Просрочено",
    "today": "Сегодня",
    "due-soon": "Скоро",
    "beginning": "Скоро начнётся",
    "undated": "Без даты",
}
COLUMNS = (
    Column("День", share=2, least=14),
    Column("Осталось", share=2, least=14, mood=True),
    Column("№"),
    Column("План", fold=True, share=2),
    Column("Мероприятие и результат", fold=True, share=5),
    Column("Ответственные", fold=True, share=2),
)
RECORD_COLUMNS = (
    Column("Группа"),
    Column("День"),
    Column("Осталось", mood=True),
    Column("№"),
    Column("План"),
    Column("Мероприятие"),
    Column("Результат"),
    Column("Ответственные"),
)


class Alert(NamedTuple):
    """A deliverable that is to be warned of: its group, the day that counts, and days from today (negative: past)."""

    group: str
    plan: Plan
    row: StatusRow
    rule: Rule
    day: date | None
    left: int | None


def warnings(project: Project, today: date, within: int | None, everything: bool) -> tuple[Alert, ...]:
    """All warnings as of a day, sorted by day; `within` days, or as many as each plan's settings say.

    With `everything` also what has no date.
    """
    found = []
    for plan in project.asked():
        ahead = project.settings[plan.path].due_soon if within is None else within
        for row in rows(plan, today, ahead):
            warning = _warning(plan, row, project.settings[plan.path].calendar.rule, today, ahead)
            if warning is not None and (everything or warning.group != "undated"):
                found.append(warning)
    order = list(GROUPS)
    return tuple(
        sorted(found, key=lambda w: (order.index(w.group), w.day or today, w.plan.path, w.row.deliverable.span))
    )


def _warning(plan: Plan, row: StatusRow, rule: Rule, today: date, within: int) -> Alert | None:
    due = row.deliverable.due
    if row.state in ("done", "done-late", "cancelled"):
        return None
    if row.state == "overdue":
        return Alert("overdue", plan, row, rule, row.day, row.left)
    if row.state == "due-soon":
        return Alert("today" if row.left == 0 else "due-soon", plan, row, rule, row.day, row.left)
    if due is not None and due.start is not None and due.kind not in ("ongoing", "recurring") and due.start > today:
        left = (due.start - today).days
        return Alert("beginning", plan, row, rule, due.start, left) if left <= within else None
    if row.state in ("unscheduled", "unreadable", "ongoing"):
        return Alert("undated", plan, row, rule, None, None)
    return None


def deadlines_report(found: Sequence[Alert], today: date, unread: int = 0, project: Project | None = None) -> Report:
    """The warnings by group; a due day that is a day off says so, with the rule of the settings.

    `unread` is the number of plans that nothing is known of: nobody may think that they hold no warnings. The calendar
    needs the `project` that the warnings are of.
    """

    def document() -> dict[str, Any]:
        from roadmap_cli.checks.clocked import CLOCKED

        codes = {name: code for code, (name, _, _) in CLOCKED.items()}
        return {
            "version": 1,
            "report": "deadlines",
            "as_of": today.isoformat(),
            "summary": {group: sum(w.group == group for w in found) for group in GROUPS},
            "rows": [_document(w, codes.get(w.group)) for w in found],
        }

    def tables() -> tuple[Table, ...]:
        groups = {group: tuple(_row(w) for w in found if w.group == group) for group in GROUPS}
        return tuple(
            Table((f"{GROUPS[group]}: {len(shown)}",), COLUMNS if group != "undated" else _UNDATED, shown)
            for group, shown in groups.items()
            if shown
        )

    unknown = (f"Не прочитано: {plural(unread, 'план', 'плана', 'планов')}, их сроки неизвестны.",) if unread else ()
    nothing = f"На {today:%d.%m.%Y} предупреждать не о чем."
    said = (_summary(found, today),) if found else () if unread else (nothing,)
    records = Table((), RECORD_COLUMNS, tuple(map(_record, found)))
    calendar = partial(_agenda, project, found) if project else None
    return Report(document, tables, said + unknown, lambda: (records,), agenda=calendar)


def _agenda(project: Project, found: Sequence[Alert]) -> Agenda:
    from roadmap_cli.report.agenda import agenda

    return agenda(project, ((warning.plan, warning.row) for warning in found))


def _summary(found: Sequence[Alert], today: date) -> str:
    number = sum(w.group == "overdue" for w in found)
    said = (
        plural(number, "результат просрочен", "результата просрочены", "результатов просрочено")
        if number
        else "ничего не просрочено"
    )
    counts = {group: sum(w.group == group for w in found) for group in ("today", "due-soon")}
    return f"На {today:%d.%m.%Y}: {said}, сегодня — {counts['today']}, скоро — {counts['due-soon']}."


_UNDATED = (Column("Почему без даты", share=3), *COLUMNS[2:])


def _document(warning: Alert, code: str | None) -> dict[str, Any]:
    row, day = warning.row, warning.day
    return {
        "code": code,
        "group": warning.group,
        "day": day and day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()] if day else None,
        "effective": effective(day, warning.rule).isoformat() if day else None,
        "days_left": warning.left,
        "path": warning.plan.path,
        "line": row.deliverable.span.line,
        "activity": {"id": row.activity.id, "no": row.activity.no, "title": row.activity.title},
        "deliverable": row.deliverable.text,
        "due": due_document(row.deliverable.due),
        "owners": owner_documents(row.deliverable.owners),
        "state": row.state,
        "reason": _why(row) if day is None else None,
    }


def _row(warning: Alert) -> Row:
    row = warning.row
    text = activity_words(row.activity, row.deliverable)
    tail = (row.activity.no or "—", _plan_name(warning.plan), text, owner_words(row.deliverable.owners))
    if warning.day is None:
        return Row((_why(row), *tail), row.deliverable.span, row.state)
    return Row((day_of(warning, warning.day), left_of(warning), *tail), row.deliverable.span, row.state)


def _record(warning: Alert) -> Row:
    """A warning that names its group and its activity, whatever stands above it."""
    activity, deliverable = warning.row.activity, warning.row.deliverable
    day, left = ("", _why(warning.row)) if warning.day is None else (day_of(warning, warning.day), left_of(warning))
    head = (GROUPS[warning.group].lower(), day, left, activity.no or "—", _plan_name(warning.plan))
    cells = (*head, activity.title, deliverable.text, owner_words(deliverable.owners))
    return Row(cells, deliverable.span, warning.row.state)


def _plan_name(plan: Plan) -> str:
    return plan.organization or plan.path


def day_of(warning: Alert, day: date) -> str:
    """The day with what it counts as; a day on which something begins counts as itself."""
    return day_words(day) if warning.group == "beginning" else day_words(day, warning.rule)


def left_of(warning: Alert) -> str:
    """«просрочено на 5 дней», «начнётся через 3 дня», «сегодня»."""
    left = warning.left or 0
    if warning.group == "overdue":
        return f"просрочено на {days(-left)}"
    if warning.group == "beginning":
        return f"начнётся через {days(left)}"
    return "сегодня" if left == 0 else f"через {days(left)}"


def _why(row: StatusRow) -> str:
    due = row.deliverable.due
    if due is None:
        return "срок не указан"
    said = in_words(due)
    return (
        f"{said} ({due.notes[0]})"
        if due.notes
        else f"{said} ({STATE_NAMES[row.state]})"
        if row.state != "ongoing"
        else said
    )
