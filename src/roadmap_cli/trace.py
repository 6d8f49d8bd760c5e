"""How one plan carries out another: every row of the parent, seen from the child, and what the child has besides."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadmap_cli.binding import Binding, binding, participant
from roadmap_cli.matching import THRESHOLD, share
from roadmap_cli.matching import suggest as matched
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, cut, fold
from roadmap_cli.timing import Verdict, compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from roadmap_cli.matching import Suggestion
    from roadmap_cli.model import Activity, Deliverable, Plan

State: TypeAlias = Literal["covered", "early", "late", "partial", "uncovered", "not-applicable", "suspect"]
Deep: TypeAlias = Literal["covered", "uncovered"]

COVERED = frozenset({"covered", "early", "late", "partial", "suspect"})
"""The states of a row that the child has taken into its plan; the coverage counts them, late ones too."""

_MISSING = 0.15  # a deliverable that shares fewer of its telling words with the child's row has no counterpart there
_REVISION = re.compile(r"(?P<id>.+)~[0-9]+")
_STAMP = re.compile(r"(?P<id>.+)@(?P<stamp>[0-9a-f]{6,64})")


class Child(NamedTuple):
    """A row of the child that stands for a row of the parent; `score` and `others` only when it was suggested."""

    activity: Activity
    link: Literal["explicit", "suggested"]
    score: float | None = None
    unsure: bool = False
    suspect: bool = False
    others: tuple[tuple[Activity, float], ...] = ()


class Row(NamedTuple):
    """A row of the parent as the child carries it out; `deep` is None when nothing has to be carried out."""

    activity: Activity
    state: State
    reason: str
    binding: Binding
    days_late: int | None = None
    children: tuple[Child, ...] = ()
    deep: Deep | None = None


class Extra(NamedTuple):
    """A row of the child that stands for nothing in the parent; `ids` are those it names in vain."""

    activity: Activity
    state: Literal["unlinked", "orphaned"]
    ids: tuple[str, ...] = ()


class Pair(NamedTuple):
    """A parent and a child traced; `bound` is None when the parent names nobody, `coverage` when nothing binds."""

    parent: Plan
    child: Plan
    bound: bool | None
    rows: tuple[Row, ...]
    extra: tuple[Extra, ...]
    coverage: int | None
    notes: tuple[str, ...] = ()


def trace(
    parent: Plan,
    child: Plan,
    *,
    suggest: bool = True,
    threshold: float = THRESHOLD,
    deep: Callable[[int], bool] | None = None,
    siblings: Sequence[Plan] = (),
) -> Pair:
    """How the child carries out the parent; `deep` tells whether the child's row of that place is covered below.

    `siblings` are the child's other parents: an id that one of them has is not orphaned here.
    """
    index = _index(parent)
    links, dangling = _links(parent, child, siblings, index)
    found = _suggested(parent, child, links, threshold) if suggest else {}
    notes, comparable = _school_years(parent, child)
    excuses = {i: reason for ident, reason in child.not_applicable.items() for i in _find(ident, parent, index)[0]}
    rows = []
    for i, activity in enumerate(parent.activities):
        children = links.get(i) or found.get(i, {})
        rows.append(
            _row(
                activity,
                binding(activity, parent, child),
                tuple(children.values()),
                excuse=excuses.get(i),
                comparable=comparable,
                deep=_deep(children, deep),
            )
        )
    linked = {j for children in (*links.values(), *found.values()) for j in children}
    return Pair(
        parent,
        child,
        participant(parent, child),
        tuple(rows),
        _extra(child, linked, dangling),
        _coverage(rows),
        notes,
    )


def trace_all(
    plans: Mapping[str, Plan], *, suggest: bool = True, thresholds: Mapping[str, float] | None = None
) -> tuple[Pair, ...]:
    """Every pair among the plans, by the paths that they follow, with coverage all the way down.

    `thresholds` holds, by the child's path, from which likeness on a link is suggested.

    In a circle of plans that follow one another nothing is covered to the bottom, for there is none.
    """
    above = {path: [other for other in dict.fromkeys(plan.follows) if other in plans] for path, plan in plans.items()}
    below: dict[str, list[str]] = {path: [] for path in plans}
    for path, others in above.items():
        for other in others:
            below[other].append(path)
    done: dict[tuple[str, str], Pair] = {}

    def deep(path: str, place: int) -> bool:
        lower = [done.get((path, other)) for other in below[path]]
        return all(found is not None and found.rows[place].deep != "uncovered" for found in lower)

    for path in _lowest_first(above, below):
        for other in above[path]:
            done[other, path] = trace(
                plans[other],
                plans[path],
                suggest=suggest,
                threshold=(thresholds or {}).get(path, THRESHOLD),
                deep=partial(deep, path) if below[path] else None,
                siblings=[plans[one] for one in above[path] if one != other],
            )
    return tuple(done[other, path] for path, others in above.items() for other in others)


def _lowest_first(above: Mapping[str, Sequence[str]], below: Mapping[str, Sequence[str]]) -> list[str]:
    """The paths with every plan after those that follow it; those in a circle come last."""
    waiting = {path: len(others) for path, others in below.items()}
    order = [path for path, count in waiting.items() if not count]
    for path in order:
        for other in above[path]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    known = set(order)
    return order + [path for path in above if path not in known]


def fingerprint(activity: Activity) -> str:
    """What a confirmed link remembers of a row: title, results, dates and owners as written, never the number."""
    from hashlib import sha256

    words = [activity.title]
    for deliverable in activity.deliverables:
        due, owners = deliverable.due, deliverable.owners
        words += [deliverable.text, due.text if due else "", owners.text if owners else ""]
    return sha256("\n".join(map(clean, words)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


# Links


def _key(ident: str) -> str:
    return fold(ident).rstrip(". ")


def _index(plan: Plan) -> dict[str, list[int]]:
    """The places of a plan's rows by id and, where no row has that id, by number."""
    index: dict[str, list[int]] = {}
    for i, activity in enumerate(plan.activities):
        if activity.id:
            index.setdefault(_key(activity.id), []).append(i)
    taken = frozenset(index)
    for i, activity in enumerate(plan.activities):
        if activity.no and (key := _key(activity.no)) not in taken:
            index.setdefault(key, []).append(i)
    return index


def _find(link: str, plan: Plan, index: Mapping[str, list[int]]) -> tuple[list[int], str]:
    """The places that a link points at and the fingerprint it remembers («» when none): «5», «a.yaml#5», «5@a1b2c3»."""
    for ident, stamp in _stamped(link):
        if found := index.get(_key(ident)):
            return found, stamp
        path, mark, rest = ident.rpartition("#")
        if (
            mark
            and f"/{plan.path}".endswith(f"/{path.strip().removeprefix('./')}")
            and (found := index.get(_key(rest)))
        ):
            return found, stamp
    return [], ""


def _stamped(link: str) -> list[tuple[str, str]]:
    """The ways to read a link: whole, and with a fingerprint at its end."""
    match = _STAMP.fullmatch(link.strip())
    return [(link, ""), (match["id"], match["stamp"])] if match else [(link, "")]


def _links(
    parent: Plan, child: Plan, siblings: Sequence[Plan], index: Mapping[str, list[int]]
) -> tuple[dict[int, dict[int, Child]], dict[int, tuple[str, ...]]]:
    """The explicit links (parent's place → child's place → link) and the ids that the child's rows name in vain.

    A link is suspect when its fingerprint is not that of the row any more, or when the same row of the child still
    names another revision of the id («req~1» beside «req~2»), which the parent does not have.
    """
    elsewhere = [(plan, _index(plan)) for plan in siblings]
    links: dict[int, dict[int, Child]] = {}
    dangling: dict[int, tuple[str, ...]] = {}
    for j, activity in enumerate(child.activities):
        found = [(link, *_find(link, parent, index)) for link in activity.covers]
        vain = [link for link, places, _ in found if not places]
        old = {_without_revision(link) for link in vain}
        for link, places, stamp in found:
            for i in places:
                changed = stamp and not fingerprint(parent.activities[i]).startswith(stamp[:8])
                suspect = bool(changed) or _without_revision(link) in old
                links.setdefault(i, {})[j] = Child(activity, "explicit", suspect=suspect)
        if lost := [link for link in vain if not any(_find(link, plan, ids)[0] for plan, ids in elsewhere)]:
            dangling[j] = tuple(lost)
    return links, dangling


def orphans(parents: Sequence[Plan], child: Plan) -> dict[int, tuple[str, ...]]:
    """The ids that the child's rows name and no parent has: the row's place → its ids."""
    return _links(parents[0], child, parents[1:], _index(parents[0]))[1] if parents else {}


def _without_revision(link: str) -> str:
    match = _REVISION.fullmatch(link)
    return match["id"] if match else link


def _suggested(parent: Plan, child: Plan, links: Mapping[int, object], threshold: float) -> dict[int, dict[int, Child]]:
    rows = [i for i, activity in enumerate(parent.activities) if i not in links and not activity.cancelled]
    free = [j for j, activity in enumerate(child.activities) if not activity.covers and not activity.cancelled]
    found = matched(parent.activities, child.activities, threshold, rows=rows, candidates=free)
    return {one.parent: {one.child: _as_child(one, child)} for one in found}


def _as_child(found: Suggestion, child: Plan) -> Child:
    others = tuple((child.activities[j], score) for j, score in found.others)
    return Child(child.activities[found.child], "suggested", found.score, found.unsure, others=others)


def _extra(child: Plan, linked: Iterable[int], dangling: Mapping[int, tuple[str, ...]]) -> tuple[Extra, ...]:
    known = set(linked)
    found = []
    for j, activity in enumerate(child.activities):
        if j in dangling:
            found.append(Extra(activity, "orphaned", dangling[j]))
        elif j not in known and not activity.covers:
            found.append(Extra(activity, "unlinked"))
    return tuple(found)


# States


def _row(
    activity: Activity,
    bound: Binding,
    children: tuple[Child, ...],
    *,
    excuse: str | None,
    comparable: bool,
    deep: bool,
) -> Row:
    linked = any(child.link == "explicit" for child in children)
    if activity.cancelled:
        return Row(activity, "not-applicable", f"мероприятие отменено: {activity.cancelled}", bound, None, children)
    if excuse is not None:
        return Row(activity, "not-applicable", excuse or "школа не указала причину", bound, None, children)
    if bound.state == "not" and not linked:
        return Row(activity, "not-applicable", bound.reason, bound, None, children)
    state, reason, late = _state(activity, bound, children, comparable=comparable)
    text = "; ".join(filter(None, (_doubt(bound), reason)))
    return Row(activity, state, text, bound, late, children, "covered" if deep else "uncovered")


def _doubt(bound: Binding) -> str:
    if bound.state == "doubtful":
        return f"под вопросом, обязательно ли оно для школы: {bound.reason}"
    return f"{bound.reason}; школа всё же ссылается на него" if bound.state == "not" else ""


def _state(
    activity: Activity, bound: Binding, children: tuple[Child, ...], *, comparable: bool
) -> tuple[State, str, int | None]:
    alive = [child for child in children if not child.activity.cancelled]
    if not alive:
        gone = [child.activity.cancelled for child in children]
        return "uncovered", f"мероприятие школы отменено: {gone[0]}" if gone else "", None
    owed = [activity.deliverables[i] for i in bound.deliverables] or list(activity.deliverables)
    offered = [result for child in alive for result in child.activity.deliverables]
    verdict = compare(owed, offered) if comparable else Verdict("covered", "сроки не сравнимы: разные учебные годы")
    if any(child.suspect for child in alive):
        text = "строка плана изменилась после того, как связь подтвердили"
        return "suspect", "; ".join(filter(None, (text, verdict.reason))), verdict.days_late
    if verdict.state == "late":
        return "late", verdict.reason, verdict.days_late
    if missing := _missing(owed, alive):
        return "partial", f"в плане школы не видно результата: {'; '.join(missing)}", None
    return verdict.state, verdict.reason, verdict.days_late


def _missing(owed: Sequence[Deliverable], children: Sequence[Child]) -> list[str]:
    """The results, of several owed, that share hardly a telling word with the child's rows."""
    if len(owed) < 2:
        return []
    rows = [child.activity for child in children]
    words = " ".join(part for row in rows for part in (row.title, *(result.text for result in row.deliverables)))
    found = [result.text for result in owed if (known := share(result.text, words)) is not None and known < _MISSING]
    return [f"«{cut(clean(text), 80)}»" for text in found]


def _deep(places: Mapping[int, Child], deep: Callable[[int], bool] | None) -> bool:
    """Whether the links that can be relied upon lead all the way down."""
    firm = [place for place, child in places.items() if not child.suspect and not child.activity.cancelled]
    return bool(firm) and (deep is None or all(deep(place) for place in firm))


def _coverage(rows: Iterable[Row]) -> int | None:
    """The percentage of the binding rows that the child has taken up; 100 only when that is all of them."""
    states = [row.state for row in rows if row.binding.state != "not" and row.state != "not-applicable"]
    if not states:
        return None
    taken = sum(state in COVERED for state in states)
    return 100 if taken == len(states) else min(round(100 * taken / len(states)), 99)


def _school_years(parent: Plan, child: Plan) -> tuple[tuple[str, ...], bool]:
    """A note when the two plans have no school year in common: their dates are then not compared."""
    spans = [[int(year) for year in re.findall(r"[0-9]{4}", plan.school_year)] for plan in (parent, child)]
    if all(spans) and not (min(spans[0]) < max(spans[1]) and min(spans[1]) < max(spans[0])) and spans[0] != spans[1]:
        years = f"{clean(parent.school_year)} и {clean(child.school_year)}"
        return (f"у планов разные учебные годы ({years}): сроки не сравнивались",), False
    return (), True
