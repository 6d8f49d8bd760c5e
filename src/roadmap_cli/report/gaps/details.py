"""`roadmap gaps`: what the parent plan asks of a school and what the school's plan answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.dates.words import in_words
from roadmap_cli.report import Column, Report, Row, Table
from roadmap_cli.text import days
from roadmap_cli.trace import Extra

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.model import Activity
    from roadmap_cli.trace import Child, Pair
    from roadmap_cli.trace import Row as TraceRow

STATE_NAMES = {
    "covered": "в срок",
    "early": "раньше",
    "late": "позже",
    "partial": "частично",
    "uncovered": "нет в плане",
    "suspect": "перепроверить",
    "not-applicable": "не касается",
}
SYMBOLS = {
    "covered": "+",
    "early": "<",
    "late": "!",
    "partial": "±",
    "uncovered": "-",
    "suspect": "?",
    "not-applicable": "·",
}
ROW_COLUMNS = (
    Column("№"),
    Column("Вышестоящий план", fold=True, share=4),
    Column("Срок", share=2, least=13),
    Column("Состояние", share=2, least=12, mood=True),
    Column("План школы", fold=True, share=4),
    Column("Пояснение", fold=True, share=3),
)
RECORD_COLUMNS = (
    Column("План школы"),
    Column("№"),
    Column("Вышестоящий план"),
    Column("Срок"),
    Column("Состояние", mood=True),
    Column("Мероприятие школы"),
    Column("Пояснение"),
)
_EMPTY = "В вышестоящем плане нет ни одного мероприятия."
EXTRA_COLUMNS = (
    Column("№"),
    Column("Мероприятие школы", fold=True, share=5),
    Column("Срок", share=2),
    Column("Связь", share=3),
)


def gaps_report(pairs: Sequence[Pair]) -> Report:
    """Every pair of plans: the parent's rows with their state, then the school's own rows, then coverage."""

    def document() -> dict[str, Any]:
        return {"version": 1, "report": "gaps", "pairs": [_pair_document(pair) for pair in pairs]}

    tables = tuple(table for pair in pairs for table in _tables(pair))
    return Report(document, tables, (), (_records(pairs),))


def own_activities(pair: Pair) -> tuple[Extra, ...]:
    """The child's rows that carry out nothing of the parent's, in their order.

    One that was only suggested for rows which do not bind the school is its own all the same.
    """
    carried = {id(c.activity) for r in pair.rows if r.state != "not-applicable" for c in r.children}
    beside = {
        id(child.activity)
        for row in pair.rows
        if row.state == "not-applicable"
        for child in row.children
        if child.link == "suggested"
    }
    known = {id(extra.activity): extra for extra in pair.extra}
    known |= {id(a): Extra(a, "unlinked") for a in pair.child.activities if id(a) in beside - carried - known.keys()}
    return tuple(known[id(activity)] for activity in pair.child.activities if id(activity) in known)


def dues_in_words(activity: Activity) -> str:
    """The activity's deadlines in their normal form, each once."""
    said = dict.fromkeys(in_words(d.due) for d in activity.deliverables if d.due is not None)
    return ", ".join(said) or "—"


def _activity_document(activity: Activity) -> dict[str, Any]:
    return {"id": activity.id, "no": activity.no, "title": activity.title, "due": dues_in_words(activity)}


def _pair_document(pair: Pair) -> dict[str, Any]:
    return {
        "parent": pair.parent.path,
        "child": pair.child.path,
        "bound": pair.bound,
        "coverage": pair.coverage,
        "summary": _summary(pair),
        "rows": [_row_document(row) for row in pair.rows],
        "extra": [_extra_document(extra) for extra in own_activities(pair)],
    }


def _extra_document(extra: Extra) -> dict[str, Any]:
    activity = extra.activity
    return {"id": activity.id, "no": activity.no, "title": activity.title, "state": extra.state}


def _row_document(row: TraceRow) -> dict[str, Any]:
    return {
        "parent": _activity_document(row.activity),
        "state": row.state,
        "deep": row.deep,
        "days_late": row.days_late,
        "reason": row.reason,
        "children": [
            {**_activity_document(child.activity), "link": child.link, "score": _rounded(child.score)}
            for child in row.children
        ],
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 3)


def _summary(pair: Pair) -> dict[str, int]:
    counts = {state: sum(row.state == state for row in pair.rows) for state in STATE_NAMES}
    return {state: number for state, number in counts.items() if number}


def _tables(pair: Pair) -> list[Table]:
    who = _name(pair)
    heading = (
        f"{who}: исполнение плана «{pair.parent.title or pair.parent.path}»",
        f"{pair.child.path} → {pair.parent.path}",
    )
    rows = tuple(_shown(row) for row in pair.rows)
    own, footer = own_activities(pair), _footer(pair)
    tables = [Table(heading, ROW_COLUMNS, rows, () if own else footer, empty=_EMPTY)]
    if own:
        extra = tuple(_shown_extra(x) for x in own)
        tables.append(Table(("Сверх вышестоящего плана — собственные мероприятия",), EXTRA_COLUMNS, extra, footer))
    return tables


def _records(pairs: Sequence[Pair]) -> Table:
    """All pairs in one table, where every row says whose it is."""
    rows: list[Row] = []
    said: list[str] = []
    for pair in pairs:
        rows += [_record(row, pair) for row in pair.rows]
        rows += [_extra_record(extra, pair) for extra in own_activities(pair)]
        said += [f"{pair.child.path} → {pair.parent.path}: {line}" for line in _footer(pair)]
    return Table((), RECORD_COLUMNS, tuple(rows), tuple(said))


def _record(row: TraceRow, pair: Pair) -> Row:
    shown = _shown(row)
    return shown._replace(cells=(_name(pair), *shown.cells))


def _extra_record(extra: Extra, pair: Pair) -> Row:
    shown = _shown_extra(extra)
    said = f"{_number(extra.activity)} {extra.activity.title} ({dues_in_words(extra.activity)})"
    return shown._replace(cells=(_name(pair), "", "", "", shown.cells[-1], said, ""))


def _name(pair: Pair) -> str:
    return pair.child.organization or pair.child.path


def _number(activity: Activity) -> str:
    return f"№ {activity.no or activity.id}" if activity.no or activity.id else "без №"


def _footer(pair: Pair) -> tuple[str, ...]:
    stranger = f"{_name(pair)}: нет среди участников, которых называет вышестоящий план; план сопоставлен всё равно."
    return (*pair.notes, *((stranger,) if pair.bound is False else ()), _coverage(pair))


def _coverage(pair: Pair) -> str:
    counts = ", ".join(f"{SYMBOLS[s]} {STATE_NAMES[s]}: {n}" for s, n in _summary(pair).items())
    said = (
        "обязательных мероприятий нет"
        if pair.coverage is None
        else f"покрыто {pair.coverage} % обязательных мероприятий"
    )
    return f"Итог: {said} ({counts})"


def _shown(row: TraceRow) -> Row:
    state = STATE_NAMES[row.state]
    if row.state == "late" and row.days_late:
        state = f"позже на {days(row.days_late)}"
    return Row(
        (
            row.activity.no or row.activity.id or "—",
            row.activity.title,
            dues_in_words(row.activity),
            state,
            "\n".join(_child(child) for child in row.children),
            row.reason,
        ),
        row.activity.span,
        row.state,
        SYMBOLS[row.state],
    )


def _child(child: Child) -> str:
    score = "" if child.score is None else f" [{child.score:.2f}{', неуверенно' if child.unsure else ''}]"
    link = "предположительно " if child.link == "suggested" else ""
    activity = child.activity
    said = f"{link}{_number(activity)} {activity.title} ({dues_in_words(activity)}){score}"
    others = ", ".join(f"{_number(a)} [{s:.2f}]" for a, s in child.others)
    return f"{said}; ещё похожи: {others}" if others else said


def _shown_extra(extra: Extra) -> Row:
    said = "своё мероприятие"
    if extra.state == "orphaned":
        said = f"ссылка на несуществующее: {', '.join(extra.ids)}"
    activity = extra.activity
    return Row(
        (activity.no or "—", activity.title, dues_in_words(activity), said), activity.span, "error" if extra.ids else ""
    )
