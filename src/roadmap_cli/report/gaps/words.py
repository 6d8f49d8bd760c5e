"""The words that all views of the gaps share: states, deadlines, names of schools, and the order worst first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from roadmap_cli.model import Activity
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow

    Place: TypeAlias = tuple[str, str, int]

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
UNCONFIRMED = "не подтверждено"

_NUMBERED = re.compile(r"(?:(?P<kind>[^\W\d_]{2,12})[\s\"«»]*)?№\s*(?P<number>[0-9]+)")
_SHORT = 20  # a name up to this length needs no shortening


class Standing(NamedTuple):
    """How a child stands to a parent: its rows by state, the share that is missing, and the unconfirmed rows."""

    pair: Pair
    counts: dict[str, int]
    missing: float
    unconfirmed: int


def standing(pair: Pair) -> Standing:
    """The pair, counted; `missing` is the share of its binding rows that are not in the child's plan."""
    counts = dict.fromkeys(STATE_NAMES, 0)
    owed = missing = unsure = 0
    for row in pair.rows:
        counts[row.state] += 1
        if row.state != "not-applicable" and row.binding.state != "not":
            owed += 1
            missing += row.state == "uncovered"
        unsure += unconfirmed(row)
    return Standing(pair, counts, missing / owed if owed else 0.0, unsure)


def worst_first(pairs: Iterable[Pair]) -> list[Standing]:
    """Pairs by the share missing, then late rows, then rows to look at again, then by name; no duties come last."""
    names: dict[str, list[str | int]] = {}

    def key(found: Standing) -> tuple[object, ...]:
        said = name(found.pair)
        if said not in names:
            names[said] = natural(said)
        nothing = found.pair.coverage is None
        return (nothing, -found.missing, -found.counts["late"], -found.counts["suspect"], names[said])

    return sorted(map(standing, pairs), key=key)


def unconfirmed(row: TraceRow) -> bool:
    """Whether only suggestions, and no link of the child's own, stand for a row that binds it."""
    return (
        row.state != "not-applicable"
        and bool(row.children)
        and all(child.link == "suggested" for child in row.children)
    )


def natural(text: str) -> list[str | int]:
    """A key by which «№ 2» stands before «№ 10»."""
    parts = re.split("([0-9]{1,18})", text.lower())
    return [int(part) if i % 2 else part for i, part in enumerate(parts)]


def dues_in_words(activity: Activity) -> str:
    """The activity's deadlines in their normal form, each once."""
    said = dict.fromkeys(in_words(d.due) for d in activity.deliverables if d.due is not None)
    return ", ".join(said) or "—"


def state_words(row: TraceRow) -> str:
    """«в срок», «позже на 3 дня»."""
    if row.state == "late" and row.days_late:
        return f"позже на {days(row.days_late)}"
    return STATE_NAMES[row.state]


def counts_words(counts: dict[str, int], *, marked: bool = True) -> str:
    """«+ в срок: 5, ! позже: 2»: the states that occur, each with its symbol where they are `marked`."""
    return ", ".join(f"{f'{SYMBOLS[state]} ' * marked}{STATE_NAMES[state]}: {n}" for state, n in counts.items() if n)


def coverage_words(pair: Pair) -> str:
    """«покрыто 88 % обязательных мероприятий», or that there are none."""
    if pair.coverage is None:
        return "обязательных мероприятий нет"
    return f"покрыто {pair.coverage} % обязательных мероприятий"


def number(activity: Activity) -> str:
    """«№ 5», by the printed number or else the id."""
    return f"№ {activity.no or activity.id}" if activity.no or activity.id else "без №"


def name(pair: Pair) -> str:
    """The child's organization, or its file where it names none."""
    return pair.child.organization or pair.child.path


def names(pairs: Sequence[Pair]) -> dict[str, str]:
    """A name for every child by its path; children that share a name have their file behind it."""
    return _told_apart(pairs, name, lambda pair: f"{name(pair)} ({pair.child.path})")


def short_names(pairs: Sequence[Pair]) -> dict[str, str]:
    """A short name for every child by its path: «СОШ № 6», or its file where that would mean several."""
    stems = _told_apart(pairs, _stem, lambda pair: pair.child.path)
    return _told_apart(pairs, lambda pair: _short(pair) or stems[pair.child.path], lambda pair: stems[pair.child.path])


def parent_names(pairs: Sequence[Pair]) -> dict[str, str]:
    """The parents' files by path, without folders where that is enough to tell them apart."""
    paths = dict.fromkeys(pair.parent.path for pair in pairs)
    bare = [_base(path) for path in paths]
    return {path: base if bare.count(base) == 1 else path for path, base in zip(paths, bare, strict=True)}


def _told_apart(pairs: Sequence[Pair], first: Callable[[Pair], str], other: Callable[[Pair], str]) -> dict[str, str]:
    """The first name of each child, the other one for those that share the first."""
    children = {pair.child.path: pair for pair in pairs}
    said = {path: first(pair) for path, pair in children.items()}
    times: dict[str, int] = {}
    for text in said.values():
        times[text] = times.get(text, 0) + 1
    return {path: text if times[text] == 1 else other(children[path]) for path, text in said.items()}


def _short(pair: Pair) -> str:
    organization = clean(pair.child.organization)
    found = _NUMBERED.findall(organization)
    if len(found) == 1:
        kind, digits = found[0]
        return f"{kind} № {digits}" if kind else f"№ {digits}"
    return organization if len(organization) <= _SHORT else ""


def _stem(pair: Pair) -> str:
    return _base(pair.child.path).rpartition(".")[0] or pair.child.path


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
