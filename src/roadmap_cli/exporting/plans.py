"""Plans as they are printed: heading, «УТВЕРЖДАЮ» and the table with its five columns; the dates in their own words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import doubts, in_words
from roadmap_cli.exporting.gaps import matrix_pages
from roadmap_cli.exporting.paper import BLANK, Cell, Column, Line, Page, Paper, Table, left_out, lines, safe, word
from roadmap_cli.report.execution import marks
from roadmap_cli.status import STATE_NAMES, load_of, rows, summary
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.model import Cluster, Deliverable, Due, Owners, Plan
    from roadmap_cli.report.material import Material
    from roadmap_cli.status import StatusRow

_WHO = Column("Организация", 34)
_PERIOD = Column("Период", 14, band=True)
_SECTION = Column("Раздел", 22, band=True)
_NO = Column("№ п/п", 7, center=True)
_TITLE = Column("Мероприятие", 45)
_FOR = Column("Для кого", 18)
_RESULT = Column("Характеристика результата", 45)
_DUE = Column("Сроки", 20, center=True)
_START = Column("Начало", 12, extra=True, center=True)
_END = Column("Конец", 12, extra=True, center=True)
_OWNERS = Column("Ответственные", 25)
_STATE = "Состояние на {:%d.%m.%Y}"
_MARKS = Column("Отметка об исполнении", 25)
_FORM = (
    "УТВЕРЖДАЮ",
    "Руководитель __________________________",
    "________________ / ____________________ /",
    "«____» __________________ 20____ г.",
)
_NOTHING = "В плане нет ни одного мероприятия."


def plans_paper(material: Material, ending: str, *, marked: bool) -> Paper:
    """The plans in the order of their files, each on a new page, lying; with a column of marks where they are wanted.

    Several plans in a spreadsheet have a summary before them, and the schools × activities of the plans they follow.
    """
    several = len(material.plans) > 1
    named = several and ending == ".csv"
    pages = [_page(plan, material, ending, marked=marked, named=named) for plan in material.plans]
    if ending == ".xlsx" and several:
        pages[:0] = [_summary(material), *matrix_pages(material.pairs, ending)]
    title = "Планы мероприятий" if several else "".join(plan.title or plan.path for plan in material.plans)
    return Paper(" ".join(word(title).text.split()), tuple(pages))


def _page(plan: Plan, material: Material, ending: str, *, marked: bool, named: bool) -> Page:
    year = plan.school_year if fold(plan.school_year) not in fold(plan.title) else ""
    stamp = lines(*_stamp(plan, ending), style="approval")
    head = (
        *((*stamp, BLANK) if stamp else ()),
        *lines(plan.organization, style="center"),
        *((BLANK, *lines(f"{year} учебный год", style="center")) if year else ()),
        *lines(plan.title, style="title"),
    )
    participants = [line for cluster in plan.participants for line in _cluster(cluster)]
    return Page(safe(plan_name(plan)), (*head, _table(plan, material, marked=marked, named=named), *participants))


def plan_name(plan: Plan) -> str:
    """Whose plan this is, or its file where it names nobody."""
    return word(plan.organization).text or os.path.splitext(os.path.basename(plan.path))[0]


def _stamp(plan: Plan, ending: str) -> tuple[str, ...]:
    """The approval in its own words and the order, in a spreadsheet on one line; on paper else a form to fill in."""
    order = plan.order
    said = plan.approved.splitlines()
    if order is not None and (order.number or order.date) and not (order.number and order.number in plan.approved):
        day = f" от {order.date.text}" if order.date else ""
        said += ("УТВЕРЖДЕНО", f"приказом{day}{f' № {order.number}' if order.number else ''}")
        signed = f"________________ {order.signed}" if order.signed else ""
        if ending == ".xlsx":
            return (", ".join(filter(None, (" ".join(said), order.signed))),)
        return (*said, signed)
    if ending == ".xlsx":
        return (" ".join(said),) if said else ()
    return tuple(said) or _FORM


def _cluster(cluster: Cluster) -> Iterator[Line]:
    """«Технологический кластер:» and its schools, numbered."""
    name = cluster.name or "Участники"
    plain = any(part in fold(name) for part in ("кластер", "групп", "участник", "школ", "учрежден"))
    yield from lines(f"{name}:" if plain else f"{name} кластер:", style="heading")
    yield from lines(*(f"{number}. {school}" for number, school in enumerate(cluster.schools, 1)))


def _table(plan: Plan, material: Material, *, marked: bool, named: bool) -> Table:
    """The rows of a plan; `named` ones say whose they are, and all plans then have the same columns."""
    states = rows(plan, material.today, material.settings[plan.path].due_soon)
    alike = [row for one in (material.plans if named else (plan,)) for row in one.activities]
    with_period = any(activity.period for activity in alike)
    with_section = any(activity.section for activity in alike)
    addressed = any(activity.addressed for activity in alike)
    state = Column(_STATE.format(material.today), 16, extra=True, center=True, state=True)
    columns = (
        *([_WHO] if named else ()),
        *([_PERIOD] if with_period else ()),
        *([_SECTION] if with_section else ()),
        *(_NO, _TITLE),
        *([_FOR] if addressed else ()),
        *(_RESULT, _DUE, _START, _END, _OWNERS, state),
        *([_MARKS] if marked else ()),
    )
    made = []
    for before, row in zip((None, *states), states, strict=False):
        above = before.deliverable if before is not None and before.activity is row.activity else None
        own = {_WHO.heading: word(plan_name(plan)), state.heading: word(STATE_NAMES[row.state])}
        cells = {**own, **_cells(row, above)}
        made.append(tuple(cells[column.heading] for column in columns))
    return Table(columns, tuple(made), _NOTHING)


def _cells(row: StatusRow, above: Deliverable | None) -> dict[str, Cell]:
    """The cells of a result by the headings of their columns; `above` is the result of the activity before it."""
    activity, result = row.activity, row.deliverable
    below = above is not None
    due = result.due
    start, end = (due.start, due.end) if due and not due.unclear else (None, None)
    return {
        _PERIOD.heading: word(activity.period),
        _SECTION.heading: word(activity.section),
        _NO.heading: word(activity.no, joined=below),
        _TITLE.heading: word(activity.title, joined=below),
        _FOR.heading: word("; ".join(activity.addressed), joined=below),
        _RESULT.heading: word(result.text),
        _DUE.heading: word(_said(due), joined=_shared(result, above, "due"), doubt=_doubt(due)),
        _START.heading: Cell(day=start),
        _END.heading: Cell(day=end),
        _OWNERS.heading: word(_said(result.owners), joined=_shared(result, above, "owners")),
        _MARKS.heading: word("\n".join(marks(activity, result))),
    }


def _said(reading: Due | Owners | None) -> str:
    return reading.text if reading else ""


def _doubt(due: Due | None) -> str:
    """What to compare with the document where a day was read, but not for certain."""
    if due is None or not (due.start or due.end) or not (found := doubts(due)):
        return ""
    how = f"Состояние — по дню {due.end:%d.%m.%Y}" if due.unclear and due.end else f"Понято как «{in_words(due)}»"
    return f"Сверьте с документом ({'; '.join(found)}). {how}."


def _shared(result: Deliverable, above: Deliverable | None, key: str) -> bool:
    """Whether a value stands in the plan once for this result and the one above it."""
    place = result.spans.get(key)
    return above is not None and place is not None and place == above.spans.get(key)


def _summary(material: Material) -> Page:
    """A row a plan: how many results there are in each state, and the discipline."""
    found = {p.path: rows(p, material.today, material.settings[p.path].due_soon) for p in material.plans}
    present = [state for state in STATE_NAMES if any(state in summary(some) for some in found.values())]
    columns = (
        Column("Организация", 34),
        Column("План", 45),
        Column("Результатов", 12, center=True),
        *(Column(STATE_NAMES[state].capitalize(), 12, center=True) for state in present),
        Column("Дисциплина, %", 12, center=True),
    )
    made = []
    for plan in material.plans:
        counts, load = summary(found[plan.path]), load_of("", found[plan.path], material.today)
        figures = (len(found[plan.path]), *(counts.get(state, 0) for state in present), load.discipline)
        cells = (Cell("—") if figure is None else Cell(number=figure) for figure in figures)
        made.append((word(plan_name(plan)), word(plan.title), *cells))
    heading = (*lines("Состояние планов", style="title"), *lines(f"на {material.today:%d.%m.%Y}", style="center"))
    unread = left_out([path for path in material.project.named if path not in material.project.plans])
    return Page("Сводка", (*heading, Table(columns, tuple(made), "Ни одного плана."), *unread))
