"""The JSON of `roadmap gaps`: every pair with all its rows, whatever is shown on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.report.gaps.words import STATE_NAMES, dues_in_words
from roadmap_cli.trace import Extra

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap_cli.model import Activity
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow


def gaps_document(pairs: Iterable[Pair]) -> dict[str, Any]:
    """The document of DESIGN §8, the pairs in the order of their files."""
    return {"version": 1, "report": "gaps", "pairs": [_pair_document(pair) for pair in pairs]}


def own_activities(pair: Pair) -> tuple[Extra, ...]:
    """The child's rows that carry out nothing of the parent's, in their order.

    One that was only suggested for rows which do not bind the school is its own all the same.
    """
    carried = {c.activity.span for r in pair.rows if r.state != "not-applicable" for c in r.children}
    known = carried | {extra.activity.span for extra in pair.extra}
    beside = {
        child.activity.span: Extra(child.activity, "unlinked")
        for row in pair.rows
        if row.state == "not-applicable"
        for child in row.children
        if child.link == "suggested" and child.activity.span not in known
    }
    if not beside:
        return pair.extra
    return tuple(sorted((*pair.extra, *beside.values()), key=lambda extra: extra.activity.span))


def _activity_document(activity: Activity) -> dict[str, Any]:
    return {"id": activity.id, "no": activity.no, "title": activity.title, "due": dues_in_words(activity)}


def _pair_document(pair: Pair) -> dict[str, Any]:
    counts = {state: sum(row.state == state for row in pair.rows) for state in STATE_NAMES}
    return {
        "parent": pair.parent.path,
        "child": pair.child.path,
        "bound": pair.bound,
        "coverage": pair.coverage,
        "summary": {state: number for state, number in counts.items() if number},
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
