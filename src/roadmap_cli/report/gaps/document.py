"""The JSON of `roadmap gaps`: every pair with all its rows, whatever is shown on the screen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from roadmap_cli.report.gaps.words import STATE_NAMES, dues_in_words
from roadmap_cli.trace import Extra

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap_cli.model import Activity
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow


def gaps_document(pairs: Iterable[Pair]) -> dict[str, Any]:
    """The document of DESIGN §8, the pairs in the order of their files, made one after another."""
    shown = _Shown()
    return {"version": 1, "report": "gaps", "pairs": (_pair_document(pair, shown) for pair in pairs)}


class _Shown(dict[int, "dict[str, Any]"]):
    """The rows of parents as documents by identity: they are the same for all children."""

    def of(self, activity: Activity) -> dict[str, Any]:
        found = self.get(id(activity))
        if found is None:
            found = self[id(activity)] = _activity_document(activity)
        return found


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


def _pair_document(pair: Pair, shown: _Shown) -> dict[str, Any]:
    counts: Counter[str] = Counter(row.state for row in pair.rows)
    return {
        "parent": pair.parent.path,
        "child": pair.child.path,
        "bound": pair.bound,
        "coverage": pair.coverage,
        "summary": {state: counts[state] for state in STATE_NAMES if state in counts},
        "rows": [_row_document(row, shown) for row in pair.rows],
        "extra": [_extra_document(extra) for extra in own_activities(pair)],
    }


def _extra_document(extra: Extra) -> dict[str, Any]:
    activity = extra.activity
    return {"id": activity.id, "no": activity.no, "title": activity.title, "state": extra.state}


def _row_document(row: TraceRow, shown: _Shown) -> dict[str, Any]:
    return {
        "parent": shown.of(row.activity),
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
