"""What a new version of a plan means for a plan that follows it: links to look at, rows that become late or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from roadmap_cli.fingerprint import fingerprint
from roadmap_cli.links import Index
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, cut, days
from roadmap_cli.trace import COVERED, trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.changes import Difference
    from roadmap_cli.model import Activity, Plan
    from roadmap_cli.trace import Pair, Row, State

    Told: TypeAlias = "tuple[What, str]"

What: TypeAlias = Literal[
    "late", "orphaned", "redirected", "uncovered", "suspect", "unstamped", "partial", "binding", "released"
]
_WEIGHT: tuple[What, ...] = get_args(What)


class Effect(NamedTuple):
    """What becomes of a row of the parent in the child's plan; `before` and `after` are None where there was no row.

    `effects` are in the order of their weight; `days_late` is how late the child's row is for the new version.
    """

    activity: Activity
    effects: tuple[What, ...]
    before: State | None
    after: State | None
    days_late: int | None = None
    reasons: tuple[str, ...] = ()


class Consequences(NamedTuple):
    """The rows of a parent that a new version of it makes the child look at."""

    child: Plan
    effects: tuple[Effect, ...]


def consequences(found: Difference, child: Plan, siblings: Sequence[Plan], threshold: float) -> Consequences:
    """What the child has to look at; `siblings` are its other parents, `threshold` is that of suggested links.

    Both versions must bear the path by which the child follows the plan.
    """
    before, after = (trace(plan, child, threshold=threshold, siblings=siblings) for plan in (found.old, found.new))
    links = _links(found, child)
    old_of = {one.new: one.old for one in found.kept}
    effects = []
    for j, row in enumerate(after.rows):
        i = old_of.get(j)
        if effect := _kept_row(None if i is None else before.rows[i], row, [] if i is None else links.get(i, [])):
            effects.append(effect)
    effects += [_lost_row(before, i, links[i]) for i in found.removed if i in links]
    return Consequences(child, tuple(effects))


def _kept_row(was: Row | None, row: Row, told: Sequence[Told]) -> Effect | None:
    states = _states(was, row, broken=any(what in ("orphaned", "redirected") for what, _ in told))
    effects = [*states, *dict.fromkeys(what for what, _ in told)]
    if not effects:
        return None
    reasons = list(dict.fromkeys(text for _, text in told))
    if was is None:
        reasons.append("новое мероприятие")
    if states and row.reason:
        reasons.append(": ".join((*_stands_for(row), row.reason)))
    if "late" in states and was is not None and was.days_late:
        reasons.append(f"прежде было позже на {days(was.days_late)}")
    return Effect(
        row.activity,
        tuple(sorted(effects, key=_WEIGHT.index)),
        was.state if was else None,
        row.state,
        row.days_late,
        tuple(reasons),
    )


def _stands_for(row: Row) -> list[str]:
    """The rows of the child that stand for a row of the parent."""
    suggested = any(child.link == "suggested" for child in row.children)
    names = ", ".join(_name(child.activity) for child in row.children)
    return [f"{names} школы{' (предположительно)' if suggested else ''}"] if names else []


def _lost_row(before: Pair, place: int, told: Sequence[Told]) -> Effect:
    row = before.rows[place]
    effects = tuple(sorted(dict.fromkeys(what for what, _ in told), key=_WEIGHT.index))
    return Effect(row.activity, effects, row.state, None, None, tuple(dict.fromkeys(text for _, text in told)))


def _states(was: Row | None, row: Row, broken: bool) -> list[What]:
    """What is new in the state of a row; that a broken link leaves it uncovered goes without saying."""
    found: list[What] = []
    before = was.state if was else None
    if (row.days_late or 0) > ((was and was.days_late) or 0):
        found.append("late")
    if row.state == "uncovered" and before != "uncovered" and not broken:
        found.append("uncovered")
    elif before == "not-applicable" and row.state != "not-applicable":
        found.append("binding")
    elif row.state == "not-applicable" and before in COVERED:
        found.append("released")
    if row.state == "partial" and before != "partial":
        found.append("partial")
    return found


def _links(found: Difference, child: Plan) -> dict[int, list[Told]]:
    """What becomes of the links written in the child, by the place in the old version that they point at."""
    told: dict[int, list[Told]] = {}
    old, new = Index(found.old), Index(found.new)
    for activity in child.activities:
        for link in activity.covers:
            places, stamp = old.find(link)
            for i in places[:1]:
                confirmed = bool(stamp) and not old.changed(i, stamp)
                targets = [found.new.activities[j] for j in new.find(link)[0]]
                if said := _link(found, link, i, targets, bool(stamp), confirmed):
                    told.setdefault(i, []).append((said[0], f"{_name(activity)} школы: {said[1]}"))
    return told


def _link(
    found: Difference, link: str, place: int, targets: Sequence[Activity], stamped: bool, confirmed: bool
) -> Told | None:
    """What becomes of a link to a row of the old version, or None when nothing has changed for it.

    `targets` are the rows of the new version that it points at; it is `stamped` with a fingerprint, `confirmed` when
    that was the old row's.
    """
    old = found.old.activities[place]
    now = next((found.new.activities[one.new] for one in found.kept if one.old == place), None)
    file, mark, _ = ("", "", "") if "#" in old.id else link.rpartition("#")
    fate = "исключено" if now is None else f"теперь {_name(now)}, впишите «{file}{mark}{now.id or now.no}»"
    if not targets:
        return "orphaned", f"ссылка «{link}» никуда не ведёт: мероприятие {fate}"
    if not any(target is now for target in targets):
        title = cut(clean(targets[0].title), 80)
        return "redirected", f"ссылка «{link}» теперь ведёт к другому мероприятию, «{title}»; прежнее {fate}"
    if now is None or fingerprint(now) == fingerprint(old):
        return None
    if not stamped:
        return "unstamped", f"связь «{link}» без отпечатка, а строка изменилась: проверьте"
    if confirmed:
        return "suspect", f"строка изменилась после того, как связь «{link}» подтвердили"
    return None


def _name(activity: Activity) -> str:
    return f"№ {activity.no or activity.id}" if activity.no or activity.id else f"«{cut(clean(activity.title), 60)}»"
