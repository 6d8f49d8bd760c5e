"""`roadmap status`: a table a plan, or the load per owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.calendar import RULE_NAMES
from roadmap_cli.dates.words import in_words
from roadmap_cli.record import NamedTuple
from roadmap_cli.report import (
    NOBODY,
    Column,
    Report,
    Row,
    Table,
    activity_words,
    due_document,
    off_words,
    owner_documents,
    owner_words,
)
from roadmap_cli.status import STATE_NAMES, is_owned_by, lacks_evidence, left_words, loads_of, moves, rows, summary
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.calendar import Rule
    from roadmap_cli.model import Plan
    from roadmap_cli.people.directory import Directory
    from roadmap_cli.project import Project
    from roadmap_cli.report.events import Agenda
    from roadmap_cli.settings import Settings
    from roadmap_cli.status import State, StatusRow

SYMBOLS: dict[State, str] = {
    "overdue": "!",
    "due-soon": "•",
    "in-progress": "»",
    "upcoming": "·",
    "ongoing": "=",
    "unscheduled": "?",
    "unreadable": "?",
    "done": "+",
    "done-late": "±",
    "cancelled": "x",
}

COLUMNS = (
    Column("№"),
    Column("Мероприятие и результат", fold=True, share=5),
    Column("Срок", share=2, least=13),
    Column("Осталось", share=2, least=14, mood=True),
    Column("Ответственные", fold=True, share=2),
)
RECORD_COLUMNS = (
    Column("№"),
    Column("Мероприятие"),
    Column("Результат"),
    Column("Срок"),
    Column("Осталось", mood=True),
    Column("Ответственные"),
)
HISTORY_COLUMN = Column("Переносы")
LOAD_COLUMNS = (
    Column("Ответственный", share=4),
    Column("Всего", named=True),
    Column("Исполнено", named=True),
    Column("Поздно", named=True),
    Column("Просрочено", mood=True, named=True),
    Column("Скоро", named=True),
    Column("В срок", named=True),
)
LOAD_RECORD_COLUMNS = (
    Column("Ответственный"),
    Column("Всего", named=True),
    Column("Исполнено", named=True),
    Column("Исполнено с опозданием", named=True),
    Column("Просрочено", mood=True, named=True),
    Column("Скоро", named=True),
    Column("Исполнительская дисциплина", named=True),
)
NOTHING = "Ни одна строка не подходит под условия."


class Look(NamedTuple):
    """How the rows of a plan are shown: what is counted for a day off, whether what is done has to be confirmed.

    With `history` every move of a deadline is shown, not only their number.
    """

    rule: Rule
    evidence_required: bool = False
    history: bool = False

    @classmethod
    def of(cls, settings: Settings, history: bool = False) -> Look:
        """As the settings of the plan want it."""
        return cls(settings.calendar.rule, settings.evidence_required, history)


class Filters(NamedTuple):
    """Which rows of `status` are wanted; an empty filter wants all. `within` is in days from today."""

    owner: str = ""
    states: tuple[str, ...] = ()
    within: int | None = None
    section: str = ""

    def keep(self, plan: Plan, row: StatusRow) -> bool:
        """Whether a row of a plan passes every filter."""
        return (
            (not self.owner or is_owned_by(row.deliverable, self.owner, _directory(plan)))
            and (not self.states or row.state in self.states)
            and (
                self.within is None
                or (row.left is not None and row.state not in ("done", "done-late") and row.left <= self.within)
            )
            and (not self.section or self.section.casefold() in row.activity.section.casefold())
        )


def status_report(project: Project, today: date, filters: Filters, history: bool = False) -> Report:
    """Every plan with its rows, states and days left as of a day, by the settings that hold for the plan."""
    found = [(plan, _kept(plan, project, today, filters)) for plan in project.asked()]

    def calendar() -> Agenda:
        from roadmap_cli.report.agenda import agenda

        return agenda(project, ((plan, row) for plan, kept in found for row in kept))

    def document() -> dict[str, Any]:
        return {
            "version": 1,
            "report": "status",
            "as_of": today.isoformat(),
            "plans": [_plan_document(plan, kept, looks[plan.path]) for plan, kept in found],
        }

    looks = {plan.path: Look.of(project.settings[plan.path], history) for plan, _ in found}
    shown = [(plan, kept) for plan, kept in found if kept or filters == Filters()]
    if found and not shown:
        nothing = Table((), COLUMNS, (), empty=NOTHING)
        records = (nothing._replace(columns=RECORD_COLUMNS),)
        return Report(document, lambda: (nothing,), (), lambda: records, agenda=calendar)
    without = plural(len(found) - len(shown), "плане", "планах", "планах")
    said = (f"Ещё в {without} подходящих строк нет.",) if len(shown) < len(found) else ()
    return Report(
        document,
        lambda: tuple(_plan_table(plan, kept, today, looks[plan.path]) for plan, kept in shown),
        said,
        lambda: tuple(_plan_records(plan, kept, looks[plan.path]) for plan, kept in shown),
        agenda=calendar,
    )


def _kept(plan: Plan, project: Project, today: date, filters: Filters) -> list[StatusRow]:
    return [r for r in rows(plan, today, project.settings[plan.path].due_soon) if filters.keep(plan, r)]


def _directory(plan: Plan) -> Directory | None:
    from roadmap_cli.people.directory import Directory

    return Directory(plan.people) if plan.people else None


def _plan_document(plan: Plan, found: Sequence[StatusRow], look: Look) -> dict[str, Any]:
    return {
        "path": plan.path,
        "title": plan.title,
        "organization": plan.organization,
        "school_year": plan.school_year,
        "summary": summary(found),
        "rows": [
            {
                "activity": {"id": r.activity.id, "no": r.activity.no, "title": r.activity.title},
                "deliverable": r.deliverable.text,
                "due": due_document(r.deliverable.due),
                "owners": owner_documents(r.deliverable.owners),
                "state": r.state,
                "days_left": r.left,
                "line": r.deliverable.span.line,
                "evidence_missing": look.evidence_required and lacks_evidence(r),
                "moves": [
                    {"from": move.before, "to": move.after, "on": move.on, "reason": move.reason} for move in moves(r)
                ],
            }
            for r in found
        ],
    }


def _plan_table(plan: Plan, found: Sequence[StatusRow], today: date, look: Look) -> Table:
    heading = (
        plan.title or plan.path,
        " · ".join(filter(None, (plan.organization, f"на {today:%d.%m.%Y}", plan.path))),
    )
    shown = []
    last = None
    for one in found:
        shown.append(_row(one, one.activity is last, look))
        last = one.activity
    counts = summary(found)
    bar = (_bar(counts, len(found)),) if found else ()
    footer = (*totals(counts), *bar, *_on_days_off(found, look.rule))
    return Table(heading, COLUMNS, tuple(shown), footer, empty="В плане нет ни одного мероприятия.")


def _plan_records(plan: Plan, found: Sequence[StatusRow], look: Look) -> Table:
    footer = (*totals(summary(found)), *_on_days_off(found, look.rule))
    said = tuple(f"{plan.path}: {line}" for line in footer)
    empty = f"{plan.path}: В плане нет ни одного мероприятия."
    columns = (*RECORD_COLUMNS, HISTORY_COLUMN) if look.history else RECORD_COLUMNS
    return Table((), columns, tuple(_record(one, look) for one in found), said, empty=empty)


def rows_report(found: Sequence[StatusRow], look: Look) -> Report:
    """Some rows alone, without what is said of a plan."""
    last = [None, *(one.activity for one in found)]
    tables = (Table((), COLUMNS, tuple(_row(one, one.activity is last[i], look) for i, one in enumerate(found))),)
    records = (Table((), RECORD_COLUMNS, tuple(_record(one, look) for one in found)),)
    return Report(dict, lambda: tables, (), lambda: records)


def _row(one: StatusRow, repeated: bool, look: Look) -> Row:
    activity, deliverable = one.activity, one.deliverable
    text = activity_words(activity, deliverable)
    if repeated:
        text = f"— {deliverable.text or '(результат не указан)'}"
    if look.history:
        text = "\n".join((text, *_history(one)))
    cells = (activity.no or "—", text, _due(one, look.rule), _left(one, look), owner_words(deliverable.owners))
    return Row(cells, deliverable.span, one.state, SYMBOLS[one.state])


def _record(one: StatusRow, look: Look) -> Row:
    """A row that names its activity, whatever stands above it."""
    activity, deliverable = one.activity, one.deliverable
    said = (_due(one, look.rule), _left(one, look), owner_words(deliverable.owners))
    history = ("; ".join(_history(one)),) if look.history else ()
    cells = (activity.no or "—", activity.title, deliverable.text, *said, *history)
    return Row(cells, deliverable.span, one.state, SYMBOLS[one.state])


def _left(one: StatusRow, look: Look) -> str:
    """The state in words, and whether the evidence is missing that the settings ask for."""
    said = left_words(one)
    return f"{said}, подтверждения нет" if look.evidence_required and lacks_evidence(one) else said


def _history(one: StatusRow) -> tuple[str, ...]:
    """Each move: «перенос 14.10.2022: до 15.10.2022 → до 30.10.2022 — карантин»."""
    return tuple(
        f"перенос{f' {move.on}' if move.on else ''}: {move.before or '—'} → {move.after or '—'}"
        + (f" — {move.reason}" if move.reason else "")
        for move in moves(one)
    )


def _due(one: StatusRow, rule: Rule) -> str:
    """The deadline in words, and how often it was put off."""
    number = len(moves(one))
    said = _due_words(one, rule)
    return f"{said}; перенесено {plural(number, 'раз', 'раза', 'раз')}" if number else said


def _due_words(one: StatusRow, rule: Rule) -> str:
    """The deadline in words, the next day of a recurring one, and what to count for a day off that still lies ahead."""
    due = one.deliverable.due
    if due is None:
        return "срок не указан"
    said = in_words(due)
    if one.day is None or one.left is None:
        return said
    if due.kind == "recurring":
        said = f"{said} ({one.day:%d.%m.%Y})"
    off = off_of(one, rule)
    return f"{said} ({off})" if off else said


def off_of(one: StatusRow, rule: Rule) -> str:
    """What to say of a due day that is a day off; a day on which something only begins is no due day."""
    due = one.deliverable.due
    if due is None or one.day is None or one.left is None or one.day == due.start != due.end:
        return ""
    return off_words(one.day, rule)


def _on_days_off(found: Sequence[StatusRow], rule: Rule) -> tuple[str, ...]:
    if not any(off_of(one, rule) for one in found):
        return ()
    counted = "" if rule == "as-is" else "; «через» и «просрочено на» — от дня, названного в плане"
    return (f"Если срок выпал на нерабочий день: {RULE_NAMES[rule]} (настройка non_working){counted}.",)


def totals(counts: dict[State, int]) -> tuple[str, ...]:
    """How many results are in each state, with the states' symbols."""
    if not counts:
        return ()
    said = ", ".join(f"{SYMBOLS[state]} {STATE_NAMES[state]}: {number}" for state, number in counts.items())
    return (f"Всего {plural(sum(counts.values()), 'результат', 'результата', 'результатов')}: {said}",)


def _bar(counts: dict[State, int], total: int, width: int = 40) -> str:
    """A bar of the states' symbols in proportion, each present state at least one symbol, at most `width` of them."""
    width = min(width, total)
    spare = width - len(counts)
    rest = max(total - len(counts), 1)
    exact = {state: (number - 1) * spare / rest for state, number in counts.items()}
    sizes = {state: 1 + int(size) for state, size in exact.items()}
    nearest = sorted(exact, key=lambda state: int(exact[state]) - exact[state])
    for state in nearest[: width - sum(sizes.values())]:
        sizes[state] += 1
    return "[" + "".join(SYMBOLS[state] * size for state, size in sizes.items()) + "]"


def load_report(project: Project, today: date, filters: Filters) -> Report:
    """Per owner, over all plans: total, done, done late, overdue, due soon and discipline in percent."""
    from roadmap_cli.people.directory import Directory

    named = [
        (row, directory.names(row.deliverable))
        for plan in project.asked()
        for directory in (Directory(plan.people),)
        for row in _kept(plan, project, today, filters)
    ]
    owners = loads_of(named, today)

    def document() -> dict[str, Any]:
        return {
            "version": 1,
            "report": "load",
            "as_of": today.isoformat(),
            "owners": [load._asdict() for load in owners],
        }

    shown = tuple(
        Row(
            (
                load.owner if load.owner != "—" else NOBODY,
                *map(str, (load.total, load.done, load.done_late, load.overdue, load.due_soon)),
                "—" if load.discipline is None else f"{load.discipline} %",
            ),
            mood="overdue" if load.overdue else "",
        )
        for load in owners
    )
    heading = (
        f"Нагрузка по ответственным на {today:%d.%m.%Y}",
        "Поздно — исполнено с опозданием. В срок — исполнительская дисциплина: сколько исполнено в срок "
        "из того, что уже пора было исполнить.",
    )
    table = Table(heading, LOAD_COLUMNS, shown, layout="grid", empty=NOTHING)
    return Report(document, lambda: (table,), (), lambda: (table._replace(heading=(), columns=LOAD_RECORD_COLUMNS),))
