"""How one plan carries out another: every row of the parent, seen from the child, and what the child has besides."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadmap_cli.binding import Binding, Bindings, participant
from roadmap_cli.links import Index, find_links
from roadmap_cli.matching import THRESHOLD, share, too_many
from roadmap_cli.matching import suggest as matched
from roadmap_cli.model import Activity, Deliverable, Plan
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, cut
from roadmap_cli.timing import Verdict, compare

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from roadmap_cli.matching import Suggestion

State: TypeAlias = Literal["covered", "early", "late", "partial", "uncovered", "not-applicable", "suspect"]
Deep: TypeAlias = Literal["covered", "uncovered"]

COVERED = frozenset({"covered", "early", "late", "partial", "suspect"})
"""The states of a row that the child has taken into its plan; the coverage counts them, late ones too."""

TOO_MANY = "в планах слишком много строк и текста: связи по словам не предложены, впишите «covers»"
_MISSING = 0.15  # a deliverable that shares fewer of its telling words with the child's row has no counterpart there


class Child(NamedTuple):
    """A row of the child, at a place, that stands for a row of the parent; `score` and `others` when suggested."""

    activity: Activity
    link: Literal["explicit", "suggested"]
    place: int
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
    siblings: Sequence[Plan] = (),
) -> Pair:
    """How the child carries out the parent, with the child as the lowest level.

    `siblings` are the child's other parents: an id that one of them has is not orphaned here.
    """
    return _trace(_Parent(parent), child, threshold if suggest else None, tuple(map(Index, siblings)))


def trace_all(
    plans: Iterable[Plan],
    parent_of: Callable[[str], Plan | None],
    threshold_of: Callable[[str], float | None] = lambda path: THRESHOLD,
) -> tuple[Pair, ...]:
    """Every plan traced to the parents that it follows, in order, with coverage all the way down."""
    return to_the_bottom(trace_each(plans, parent_of, threshold_of))


def trace_each(
    plans: Iterable[Plan],
    parent_of: Callable[[str], Plan | None],
    threshold_of: Callable[[str], float | None],
    *,
    brief: bool = False,
) -> list[Pair]:
    """Every plan traced to the parents that it follows, in order, as if there were nothing below it.

    `parent_of` is asked for a plan's parents while it is the last that `plans` gave; `threshold_of` for the likeness
    from which its links are suggested, None when they are not. With `brief` nothing of a child is kept but the numbers,
    titles and dates of its rows, so that any number of plans passes through little memory.
    """
    ready: dict[str, _Parent] = {}
    pairs: list[Pair] = []
    for child in plans:
        above = []
        for path in dict.fromkeys(child.follows):
            if path not in ready and (parent := parent_of(path)) is not None:
                ready[path] = _Parent(parent)
            above += [ready[path]] if path in ready else []
        for one in above:
            siblings = tuple(other.index for other in above if other is not one)
            pair = _trace(one, child, threshold_of(child.path), siblings)
            pairs.append(_brief(pair) if brief else pair)
    return pairs


class _Parent:
    """A parent with what all its children need of it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.index = Index(plan)
        self.bindings = Bindings(plan)


def _trace(ready: _Parent, child: Plan, threshold: float | None, siblings: Sequence[Index]) -> Pair:
    parent = ready.plan
    explicit, dangling = find_links(child, ready.index, siblings)
    links: dict[int, dict[int, Child]] = {}
    for j, i, suspect in explicit:
        links.setdefault(i, {})[j] = Child(child.activities[j], "explicit", j, suspect=suspect)
    notes, comparable = _school_years(parent.school_year, child.school_year)
    if threshold is not None and too_many(parent.activities, child.activities):
        notes, threshold = (*notes, TOO_MANY), None
    found = {} if threshold is None else _suggested(parent, child, links, threshold)
    excuses = {i: reason for ident, reason in child.not_applicable.items() for i in ready.index.find(ident)[0]}
    rows = []
    for i, (activity, bound) in enumerate(zip(parent.activities, ready.bindings.of(child), strict=True)):
        children = tuple(links[i].values()) if i in links else found.get(i, ())
        rows.append(_row(activity, bound, children, excuse=excuses.get(i), comparable=comparable))
    linked = {j for children in links.values() for j in children} | {one.place for (one,) in found.values()}
    return Pair(
        parent,
        child,
        participant(parent, child),
        tuple(rows),
        _extra(child, linked, dangling),
        _coverage(rows),
        notes,
    )


def _suggested(
    parent: Plan, child: Plan, links: Mapping[int, object], threshold: float
) -> dict[int, tuple[Child, ...]]:
    rows = [i for i, activity in enumerate(parent.activities) if i not in links and not activity.cancelled]
    free = [j for j, activity in enumerate(child.activities) if not activity.covers and not activity.cancelled]
    found = matched(parent.activities, child.activities, threshold, rows=rows, candidates=free)
    return {one.parent: (_as_child(one, child),) for one in found}


def _as_child(found: Suggestion, child: Plan) -> Child:
    others = tuple((child.activities[j], score) for j, score in found.others)
    return Child(child.activities[found.child], "suggested", found.child, found.score, found.unsure, others=others)


def _extra(child: Plan, linked: Container[int], dangling: Mapping[int, tuple[str, ...]]) -> tuple[Extra, ...]:
    found = []
    for j, activity in enumerate(child.activities):
        if j in dangling:
            found.append(Extra(activity, "orphaned", dangling[j]))
        elif j not in linked and not activity.covers:
            found.append(Extra(activity, "unlinked"))
    return tuple(found)


# Many plans


def to_the_bottom(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs with coverage counted down to the lowest level.

    In a circle of plans that follow one another nothing is covered to the bottom, for there is none.
    """
    below: dict[str, list[int]] = {}
    for k, pair in enumerate(pairs):
        below.setdefault(pair.parent.path, []).append(k)
    done = list(pairs)
    judged: set[int] = set()

    def deep(path: str, place: int) -> bool:
        return all(k in judged and done[k].rows[place].deep != "uncovered" for k in below[path])

    for k in _lowest_first(pairs, below):
        path = pairs[k].child.path
        if path in below:
            rows = tuple(_deepened(row, partial(deep, path)) for row in pairs[k].rows)
            done[k] = pairs[k]._replace(rows=rows)
        judged.add(k)
    return tuple(done)


def _lowest_first(pairs: Sequence[Pair], below: Mapping[str, Sequence[int]]) -> list[int]:
    """The places of the pairs, each after those one level down; those in a circle come last."""
    above: dict[str, list[int]] = {}
    for k, pair in enumerate(pairs):
        above.setdefault(pair.child.path, []).append(k)
    waiting = {k: len(below.get(pair.child.path, ())) for k, pair in enumerate(pairs)}
    order = [k for k, count in waiting.items() if not count]
    for k in order:
        for upper in above.get(pairs[k].parent.path, ()):
            waiting[upper] -= 1
            if not waiting[upper]:
                order.append(upper)
    known = set(order)
    return order + [k for k in waiting if k not in known]


def _deepened(row: Row, deep: Callable[[int], bool]) -> Row:
    if row.deep != "covered" or all(deep(child.place) for child in _firm(row.children)):
        return row
    return row._replace(deep="uncovered")


def _brief(pair: Pair) -> Pair:
    """The pair with nothing of the child but the numbers, titles, dates and places of its rows."""
    rows = tuple(map(_in_brief, pair.child.activities))
    by_row = {id(full): short for full, short in zip(pair.child.activities, rows, strict=True)}
    return pair._replace(
        child=Plan(pair.child.path, pair.child.title, pair.child.organization, pair.child.school_year, rows),
        rows=tuple(
            row._replace(children=tuple(_as_brief(one, by_row) for one in row.children)) if row.children else row
            for row in pair.rows
        ),
        extra=tuple(one._replace(activity=by_row[id(one.activity)]) for one in pair.extra),
    )


def _as_brief(child: Child, by_row: Mapping[int, Activity]) -> Child:
    others = tuple((by_row[id(activity)], score) for activity, score in child.others)
    return Child(by_row[id(child.activity)], *child[1:-1], others)


def _in_brief(activity: Activity) -> Activity:
    dates = tuple(Deliverable("", one.span, one.due) for one in activity.deliverables)
    return Activity(activity.no, activity.id, activity.title, dates, activity.span)


# States


def _row(
    activity: Activity,
    bound: Binding,
    children: tuple[Child, ...],
    *,
    excuse: str | None,
    comparable: bool,
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
    return Row(activity, state, text, bound, late, children, "covered" if _firm(children) else "uncovered")


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


def _firm(children: Iterable[Child]) -> list[Child]:
    """The rows of the child that can be relied upon."""
    return [child for child in children if not child.suspect and not child.activity.cancelled]


def _coverage(rows: Iterable[Row]) -> int | None:
    """The percentage of the binding rows that the child has taken up; 100 only when that is all of them."""
    states = [row.state for row in rows if row.binding.state != "not" and row.state != "not-applicable"]
    if not states:
        return None
    taken = sum(state in COVERED for state in states)
    return 100 if taken == len(states) else min(round(100 * taken / len(states)), 99)


@lru_cache(maxsize=64)
def _school_years(parent: str, child: str) -> tuple[tuple[str, ...], bool]:
    """A note when two plans have no school year in common: their dates are then not compared."""
    spans = [[int(year) for year in re.findall(r"[0-9]{4}", said)] for said in (parent, child)]
    if all(spans) and not (min(spans[0]) < max(spans[1]) and min(spans[1]) < max(spans[0])) and spans[0] != spans[1]:
        years = f"{clean(parent)} и {clean(child)}"
        return (f"у планов разные учебные годы ({years}): сроки не сравнивались",), False
    return (), True
