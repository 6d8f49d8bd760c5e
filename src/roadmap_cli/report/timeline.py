"""`roadmap timeline`: the year of a plan, or of a person in it, as bars; what has no day is listed underneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.dates.words import in_words
from roadmap_cli.people.directory import Directory
from roadmap_cli.record import NamedTuple
from roadmap_cli.report import NOBODY, Column, Report, Row, Table, due_document, owner_documents, owner_words
from roadmap_cli.report.status import NOTHING, SYMBOLS, Filters, totals
from roadmap_cli.status import STATE_NAMES, rows, summary
from roadmap_cli.timeline import marks, window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project
    from roadmap_cli.status import StatusRow
    from roadmap_cli.timeline import Form, Mark

COLUMNS = (Column("№"), Column("Мероприятие и результат"), Column("Срок"))
RECORD_COLUMNS = (
    Column("№"),
    Column("Мероприятие"),
    Column("Результат"),
    Column("Начало", named=True),
    Column("Последний день", named=True),
    Column("Дни", named=True),
    Column("Состояние", mood=True),
    Column("Вид"),
    Column("Срок в плане"),
    Column("Ответственные"),
)
FORM_NAMES: dict[Form, str] = {"point": "срок", "bar": "период", "line": "постоянно", "unclear": "неоднозначно"}
_REPEATED = "повторяется"


class Lane(NamedTuple):
    """A row of the picture: a deliverable with its state, its days, and the people it is counted to."""

    row: StatusRow
    marks: tuple[Mark, ...]
    people: tuple[str, ...]


class Chart(NamedTuple):
    """The lanes of a plan, all of them or those of one person."""

    plan: Plan
    lanes: tuple[Lane, ...]
    person: str = ""


def timeline_report(project: Project, today: date, owner: str, by_owner: bool) -> Report:
    """Every plan as a picture of its year, with the rows of an owner only, or one picture for each owner."""
    plans = [_chart(plan, project.settings[plan.path].due_soon, today, owner) for plan in project.asked()]
    charts = _by_owner(plans) if by_owner else plans
    shown = [chart for chart in charts if chart.lanes or not (owner or by_owner)]

    def document() -> dict[str, Any]:
        return {
            "version": 1,
            "report": "timeline",
            "as_of": today.isoformat(),
            "plans": [_plan_document(chart, today) for chart in plans],
        }

    if plans and not shown:
        nothing = Table((), RECORD_COLUMNS, (), empty=NOTHING)
        return Report(document, lambda: (nothing,), (), lambda: (nothing,))
    return Report(
        document,
        lambda: tuple(table for chart in shown for table in _tables(chart, today)),
        (),
        lambda: tuple(_records(chart) for chart in shown),
    )


def _chart(plan: Plan, due_soon: int, today: date, owner: str) -> Chart:
    directory, wanted = Directory(plan.people), Filters(owner)
    return Chart(
        plan,
        tuple(
            Lane(row, marks(row.deliverable.due, plan.school_year), directory.names(row.deliverable))
            for row in rows(plan, today, due_soon)
            if wanted.keep(plan, row)
        ),
    )


def _by_owner(charts: Sequence[Chart]) -> list[Chart]:
    """A chart for each person and plan, by name; what nobody answers for comes last."""
    people = sorted({name for chart in charts for lane in chart.lanes for name in lane.people})
    return [
        Chart(chart.plan, lanes, name or NOBODY)
        for name in (*people, "")
        for chart in charts
        if (lanes := tuple(lane for lane in chart.lanes if name in (lane.people or ("",))))
    ]


def _tables(chart: Chart, today: date) -> tuple[Table, ...]:
    plan = chart.plan
    heading = (
        chart.person or plan.title or plan.path,
        " · ".join(filter(None, (plan.organization, f"на {today:%d.%m.%Y}", plan.path))),
    )
    dated = tuple(lane for lane in chart.lanes if lane.marks)
    undated = tuple(lane for lane in chart.lanes if not lane.marks)
    footer = totals(summary(lane.row for lane in chart.lanes))
    found = window(plan.school_year, (mark for lane in dated for mark in lane.marks), today)
    empty = "Ни у одного результата нет дня." if undated else "В плане нет ни одного мероприятия."
    picture = Table(heading, COLUMNS, _drawn(dated), () if undated else footer, "timeline", empty, found, today)
    if not undated:
        return (picture,)
    return picture, Table((f"Без даты: {len(undated)}",), COLUMNS, _drawn(undated), footer, "timeline", "", found)


def _drawn(lanes: Sequence[Lane]) -> tuple[Row, ...]:
    """A row a lane; a further result of an activity is told by its own words."""
    drawn = []
    last = None
    for lane in lanes:
        activity, deliverable, state = lane.row.activity, lane.row.deliverable, lane.row.state
        name = " — ".join(filter(None, (activity.title, deliverable.text)))
        if activity is last:
            name = f"— {deliverable.text or '(результат не указан)'}"
        due = in_words(deliverable.due) if deliverable.due else "срок не указан"
        cells = (activity.no or "—", " ".join(name.split()), due)
        drawn.append(Row(cells, deliverable.span, state, SYMBOLS[state], marks=lane.marks))
        last = activity
    return tuple(drawn)


def _records(chart: Chart) -> Table:
    columns = (Column("Ответственный"), *RECORD_COLUMNS) if chart.person else RECORD_COLUMNS
    rows = tuple(_record(lane, (chart.person,) if chart.person else ()) for lane in chart.lanes)
    return Table((), columns, rows, empty=f"{chart.plan.path}: В плане нет ни одного мероприятия.")


def _record(lane: Lane, head: tuple[str, ...]) -> Row:
    activity, deliverable, state = lane.row.activity, lane.row.deliverable, lane.row.state
    due = deliverable.due
    start, end = _edges(lane.marks)
    only = lane.marks[0].form if len(lane.marks) == 1 else ""
    form = _form(lane)
    cells = (
        activity.no or "—",
        activity.title,
        deliverable.text,
        f"{start:%d.%m.%Y}" if start and only != "point" else "",
        f"{end:%d.%m.%Y}" if end else "",
        ", ".join(map(_days, lane.marks)) if len(lane.marks) > 1 and form != _REPEATED else "",
        STATE_NAMES[state],
        form,
        " ".join(due.text.split()) if due else "срок не указан",
        owner_words(deliverable.owners),
    )
    return Row((*head, *cells), deliverable.span, state, SYMBOLS[state])


def _form(lane: Lane) -> str:
    due = lane.row.deliverable.due
    if due is None or not lane.marks:
        return "без даты"
    if due.kind == "recurring":
        return _REPEATED
    return "без конца" if lane.marks[0].end is None and due.kind != "ongoing" else FORM_NAMES[lane.marks[0].form]


def _edges(found: Sequence[Mark]) -> tuple[date | None, date | None]:
    """The first and the last day of all marks; the last is None where one has no end."""
    ends = [mark.end for mark in found]
    last = None if None in ends else max((end for end in ends if end), default=None)
    return min((mark.start for mark in found), default=None), last


def _days(mark: Mark) -> str:
    if mark.start == mark.end:
        return f"{mark.start:%d.%m.%Y}"
    return f"{mark.start:%d.%m.%Y}–{mark.end:%d.%m.%Y}" if mark.end else f"с {mark.start:%d.%m.%Y}"


def _plan_document(chart: Chart, today: date) -> dict[str, Any]:
    plan = chart.plan
    shown = window(plan.school_year, (mark for lane in chart.lanes for mark in lane.marks), today)
    return {
        "path": plan.path,
        "title": plan.title,
        "organization": plan.organization,
        "school_year": plan.school_year,
        "first": shown.first.isoformat(),
        "last": shown.last.isoformat(),
        "summary": summary(lane.row for lane in chart.lanes),
        "rows": [_lane_document(lane) for lane in chart.lanes],
    }


def _lane_document(lane: Lane) -> dict[str, Any]:
    activity, deliverable = lane.row.activity, lane.row.deliverable
    start, end = _edges(lane.marks)
    return {
        "activity": {"id": activity.id, "no": activity.no, "title": activity.title},
        "deliverable": deliverable.text,
        "due": due_document(deliverable.due),
        "owners": owner_documents(deliverable.owners),
        "people": list(lane.people),
        "state": lane.row.state,
        "days_left": lane.row.left,
        "start": start and start.isoformat(),
        "end": end and end.isoformat(),
        "marks": [
            {"form": mark.form, "start": mark.start.isoformat(), "end": mark.end and mark.end.isoformat()}
            for mark in lane.marks
        ],
        "line": deliverable.span.line,
    }
