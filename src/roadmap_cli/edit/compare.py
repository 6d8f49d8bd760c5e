"""What a spliced text says, against what it should say: everything as before, and the wanted values."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from roadmap_cli.edit.tree import NAMES, move, plain, target
from roadmap_cli.loader import build
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmap_cli.edit.tree import Target
    from roadmap_cli.edit.values import Edit
    from roadmap_cli.model import Finding, Plan
    from roadmap_cli.source import Node


class Reading(NamedTuple):
    """A text as the program reads it."""

    root: Node | None
    plan: Plan | None
    findings: tuple[Finding, ...]


def reading(text: str, path: str) -> Reading:
    """A text with its nodes, its plan and all findings."""
    source = parse(text.encode(), path)
    loaded = build(source.root, path)
    return Reading(source.root, loaded.plan, (*source.findings, *loaded.findings))


def new_finding(before: Sequence[Finding], after: Sequence[Finding]) -> Finding | None:
    """The first finding of a code that there are more of now."""
    more = Counter(finding.code for finding in after) - Counter(finding.code for finding in before)
    known = {(finding.code, finding.message) for finding in before}
    grown = [finding for finding in after if finding.code in more]
    return next((finding for finding in grown if (finding.code, finding.message) not in known), next(iter(grown), None))


def is_as_wanted(before: Reading, after: Reading, edits: Collection[Edit]) -> bool:
    """Whether the new text says the wanted values and otherwise just what the old one said."""
    if before.root is None or after.root is None or before.plan is None or after.plan is None:
        return False
    try:
        return _is_as_wanted(before.root, after.root, edits) and _are_others_as_before(before.plan, after.plan, edits)
    except (LookupError, StopIteration):  # the new text has no such place
        return False


def _is_as_wanted(before: Node, after: Node, edits: Collection[Edit]) -> bool:
    old, new = plain(before), plain(after)
    for edit in edits:
        was, now = target(before, edit), target(after, edit)
        said = _taken(new, now)
        _taken(old, was, bare=now.node.id != "scalar")
        if not _is_said(said, edit.value):
            return False
    return bool(old == new)


def _taken(tree: Any, place: Target, bare: bool = False) -> Any:
    """The value of a target's key, which leaves the tree; a `bare` text of a deliverable becomes its key «text»."""
    way = [*place.above, place.node]
    step: Any = None
    holder = within = tree
    for above, below in pairwise(way):
        if above.id == "sequence":
            step = next(number for number, child in enumerate(above.value) if child is below)
        else:
            step = next(key.value for key, value in above.value if value is below)
        holder, within = within, within[step]
    names = [name for name, key in NAMES[place.level].items() if key == place.key]
    if not isinstance(within, dict):
        is_text = place.key == "text"
        if bare or is_text:
            holder[step] = {} if is_text else {"text": within}
        return within if is_text else None
    said = next((within.pop(name) for name in names if name in within), None)
    if place.level == "deliverable" and "текст" in within:
        within["text"] = within.pop("текст")
    return said


def _is_said(said: Any, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return isinstance(said, str) and said.rstrip("\r\n") == wanted.rstrip("\r\n")
    if wanted is None:
        return said is None
    given = said if isinstance(said, list) else [said]
    return [_folded(item) for item in given] == [_folded(item) for item in wanted]


def _folded(item: Any) -> Any:
    return " ".join((item or "").split()) if item is None or isinstance(item, str) else move(item)


def _are_others_as_before(before: Plan, after: Plan, edits: Collection[Edit]) -> bool:
    touched = {edit.activity for edit in edits}
    names = {edit.key for edit in edits}
    return bool(_others(before, touched, names) == _others(after, touched, names))


def _others(plan: Plan, touched: set[int], names: set[str]) -> Any:
    """The plan without places, without the touched activities, and without the ids that hang on a touched number."""
    activities = [
        activity._replace(id="") if names & {"no", "id"} else activity
        for number, activity in enumerate(plan.activities)
        if number not in touched
    ]
    return len(plan.activities), _placeless(plan._replace(activities=tuple(activities)))


def _placeless(value: Any) -> Any:
    """A record without its `span` and `spans`, at any depth."""
    if hasattr(value, "_fields"):
        return tuple(
            _placeless(field) for name, field in zip(value._fields, value, strict=True) if name not in ("span", "spans")
        )
    return tuple(map(_placeless, value)) if isinstance(value, tuple) else value
