"""«Справка об исполнении»: a page for every plan, with what was due, what became of it, by whom, and the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words
from roadmap_cli.exporting.paper import Cell, Column, Line, Page, Paper, Table, lines, safe, word
from roadmap_cli.report import activity_words
from roadmap_cli.report import owner_words as owners_of
from roadmap_cli.report.execution import (
    changes,
    doubt_words,
    execution,
    outcome_words,
    owner_words,
    totals_words,
)
from roadmap_cli.report.gaps.details import child_words
from roadmap_cli.report.gaps.words import (
    counts_words,
    coverage_words,
    dues_in_words,
    number,
    standing,
    state_words,
    unconfirmed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from roadmap_cli.model import Plan
    from roadmap_cli.report.execution import Execution
    from roadmap_cli.report.material import Material
    from roadmap_cli.status import Load, StatusRow
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow

_TITLE = "Справка об исполнении плана мероприятий («дорожной карты»)"
_OWED = (
    Column("№ п/п", 6, center=True),
    Column("Мероприятие и результат", 44),
    Column("Срок", 15, center=True),
    Column("Ответственные", 18),
    Column("Исполнение", 22),
)
_PEOPLE = (
    Column("Ответственный", 34),
    Column("Надо было исполнить", 14, center=True),
    Column("Исполнено в срок", 14, center=True),
    Column("С опозданием", 15, center=True),
    Column("Не исполнено", 14, center=True),
    Column("Дисциплина", 15, center=True),
)
_GAPS = (
    Column("№ п/п", 6, center=True),
    Column("Мероприятие вышестоящего плана", 36),
    Column("Срок", 15, center=True),
    Column("В плане организации", 26),
    Column("Расхождение", 22),
)
_FINE = ("covered", "early", "not-applicable")


def certificate(material: Material) -> Paper:
    """The certificates of all plans, each on a new page, standing."""
    below: dict[str, list[Pair]] = {}
    for pair in material.pairs:
        below.setdefault(pair.child.path, []).append(pair)
    pages = [_page(execution(plan, material), below.get(plan.path, []), material.today) for plan in material.plans]
    return Paper(_TITLE, tuple(pages), landscape=False)


def _page(found: Execution, pairs: list[Pair], today: date) -> Page:
    plan, period = found.plan, found.period
    head = (
        *lines(plan.organization, style="center"),
        *lines("Справка об исполнении", style="title"),
        *lines(quoted(plan), style="center"),
        *lines(f"за период с {period.first:%d.%m.%Y} по {period.last:%d.%m.%Y}", style="center"),
    )
    said: list[Line | Table] = [*head, *lines(*totals_words(found, today))]
    if found.owed:
        said += (*lines("Что надо было исполнить", style="heading"), Table(_OWED, tuple(_owed(found, today))))
        said += (*lines("По ответственным", style="heading"), Table(_PEOPLE, tuple(map(_person, found.loads))))
    if found.doubtful:
        said += (*lines("Сверьте с планом: прочитано с поправкой или с сомнением", style="heading"),)
        said += lines(*doubt_words(found))
    for pair in pairs:
        said += _gaps(pair)
    said += lines("Руководитель", "Справку составил", style="signature")
    said += lines(f"{today:%d.%m.%Y}")
    return Page(safe(plan.organization or plan.path), tuple(said))


def quoted(plan: Plan) -> str:
    """The title of a plan in quotation marks, or its file where it has none."""
    if not plan.title:
        return plan.path
    return plan.title if plan.title.startswith("«") else f"«{plan.title}»"


def _owed(found: Execution, today: date) -> Iterator[tuple[Cell, ...]]:
    """The rows in the order of the plan; the results of one activity stand under its number and title."""
    doubts = {id(one.row): one for one in found.doubtful}
    for before, row in zip((None, *found.owed), found.owed, strict=False):
        below = before is not None and before.activity is row.activity
        _, due_doubt, done_doubt = doubts.get(id(row), (row, "", ""))
        outcome = outcome_words(row, today)
        text = f"— {row.deliverable.text or 'результат не указан'}"
        yield (
            word(row.activity.no or "—", joined=below),
            word(text if below else activity_words(row.activity, row.deliverable)),
            word(f"{_due(row)}, сверить" if due_doubt else _due(row)),
            word(owners_of(row.deliverable.owners)),
            word("\n".join((f"{outcome}, сверить" if done_doubt else outcome, *_remarks(row)))),
        )


def _due(row: StatusRow) -> str:
    due = row.deliverable.due
    if due is None:
        return "—"
    said = in_words(due)
    return f"{said} ({row.day:%d.%m.%Y})" if due.kind == "recurring" and row.day else said


def _remarks(row: StatusRow) -> list[str]:
    """What stands beside the outcome: by what it is confirmed, and how the deadline was moved."""
    evidence = row.deliverable.evidence
    return [*([f"Подтверждение: {evidence}"] if evidence else []), *changes(row.activity, row.deliverable)]


def _person(load: Load) -> tuple[Cell, ...]:
    discipline = "—" if load.discipline is None else f"{load.discipline} %"
    figures = (load.total, load.done, load.done_late, load.overdue)
    return (word(owner_words(load)), *(Cell(number=figure) for figure in figures), word(discipline))


def _gaps(pair: Pair) -> list[Line | Table]:
    """How the plan stands to the one that it follows, and the rows where they differ."""
    counts = counts_words(standing(pair).counts, marked=False)
    said: list[Line | Table] = [
        *lines("Расхождения с вышестоящим планом", style="heading"),
        *lines(f"{quoted(pair.parent)}: {coverage_words(pair)}{f' ({counts})' if counts else ''}.", *pair.notes),
    ]
    rows = [row for row in pair.rows if row.state not in _FINE]
    if rows:
        said.append(Table(_GAPS, tuple(map(_gap, rows))))
    unsure = sum(map(unconfirmed, pair.rows))
    return [*said, *lines(f"Связей, предположенных по словам и не подтверждённых: {unsure}." if unsure else "")]


def _gap(row: TraceRow) -> tuple[Cell, ...]:
    said = state_words(row)
    return (
        word(number(row.activity).removeprefix("№ ")),
        word(row.activity.title),
        word(dues_in_words(row.activity)),
        word("\n".join(map(child_words, row.children))),
        word(row.reason if said in row.reason else "\n".join(filter(None, (said, row.reason)))),
    )
