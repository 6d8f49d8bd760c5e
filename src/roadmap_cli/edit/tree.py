"""Nodes of a plan file by their place in the plan: which mapping holds a key, and whether it may be changed at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.edit.values import Obstacle
from roadmap_cli.fields import FIELDS
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import is_plain, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from roadmap_cli.edit.values import Edit
    from roadmap_cli.model import Finding
    from roadmap_cli.source import Node

NAMES = {level: {name: f.key for f in fields for name in (f.key, f.synonym)} for level, fields in FIELDS.items()}
_SYNONYMS = {level: {f.key: f.synonym for f in fields} for level, fields in FIELDS.items()}
# An activity without a list of deliverables has one, whose keys stand on the activity.
_OWN = {"text": "deliverable"}
_INHERITED = ("due", "owners", "done", "evidence")


class Target(NamedTuple):
    """Where an edit belongs: the key as it is called there, and the way from the root to the node that holds it.

    `node` is a mapping, or the text of a deliverable that has no keys yet.
    """

    level: str
    key: str
    node: Node
    above: tuple[Node, ...]


def target(root: Node, edit: Edit) -> Target:
    """The place of an edit; IndexError when the plan has no such place, ValueError when it has no such key."""
    listed = entry(root, "plan", "activities")
    activities = listed[1].value if listed and listed[1].id == "sequence" else []
    # The loader drops what is not a mapping, so that it has no place in the plan.
    activity = [node for node in activities if node.id == "mapping"][edit.activity]
    above: tuple[Node, ...] = (root, listed[1]) if listed else (root,)
    level, key = "activity" if edit.deliverable is None else "deliverable", edit.key
    if key not in _SYNONYMS[level]:
        raise ValueError(f"{level} has no key «{key}»")
    if edit.deliverable is None:
        return Target(level, key, activity, above)
    found = entry(activity, "activity", "deliverables")
    if found and found[1].id == "sequence" and found[1].value:
        return Target(level, key, found[1].value[edit.deliverable], (*above, activity, found[1]))
    if edit.deliverable != 0:
        raise IndexError(edit.deliverable)
    return Target("activity", _OWN.get(key, key), activity, above)


def entry(mapping: Node, level: str, key: str) -> tuple[Node, Node] | None:
    """The key and the value of a canonical key, under either of its names."""
    if mapping.id != "mapping":
        return None
    names = NAMES[level]
    return next(((k, v) for k, v in mapping.value if names.get(k.value) == key), None)


def inherited(place: Target) -> Node | None:
    """The key of the activity from which a deliverable of a list has what it lacks itself."""
    if place.level != "deliverable" or place.key not in _INHERITED or entry(place.node, "deliverable", place.key):
        return None
    found = entry(place.above[-2], "activity", place.key)
    return found[0] if found else None


def name_of(place: Target, key: str, level: str | None = None) -> str:
    """The name of a key in the language of the keys that stand around."""
    wanted = _SYNONYMS[level or place.level][key]
    for node, around in ((place.node, place.level), *((above, "activity") for above in reversed(place.above))):
        if node.id != "mapping":
            continue
        names = NAMES["plan" if node is place.above[0] else around]
        known = [k.value for k, _ in node.value if k.value in names]
        if known:
            return wanted if 2 * sum(not k.isascii() for k in known) > len(known) else key
    return key


def preceding(place: Target) -> int | None:
    """After which pair of the mapping a new key goes: the last of those that come before it in FIELDS; None = first."""
    order = [field.key for field in FIELDS[place.level]]
    ranks = [
        (order.index(NAMES[place.level][k.value]), number)
        for number, (k, _) in enumerate(place.node.value)
        if k.value in NAMES[place.level]
    ]
    before = [found for found in ranks if found[0] < order.index(place.key)]
    return max(before)[1] if before else None if ranks else len(place.node.value) - 1


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it, aliases written out."""
    yield node
    if node.id != "scalar":
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                yield from walk(part)


def repeated(root: Node) -> frozenset[int]:
    """The `id()` of every node that stands in more than one place, by an alias."""
    seen: set[int] = set()
    shared: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        if node.id == "sequence":
            waiting += node.value
        elif node.id == "mapping":
            waiting += [part for pair in node.value for part in pair]
    return frozenset(shared)


def hold_off(place: Target, text: str, shared: frozenset[int], findings: Sequence[Finding]) -> None:
    """Raises Obstacle where the target is not as plain as it looks: read with errors, anchored, aliased, tagged."""
    own, end = span(place.node, ""), place.node.end_mark
    for finding in findings:
        if finding.severity != "error" or finding.code == "RM008":
            continue
        if (own.line, own.column) <= (finding.span.line, finding.span.column) < (end.line + 1, end.column + 1):
            raise Obstacle(finding.span.line, finding.message, "исправьте это и повторите команду")
    for node in (*place.above, place.node):
        if id(node) in shared:
            raise Obstacle(span(node, "").line, "на эту запись ведёт ссылка «*», и правка изменила бы несколько мест")
    mark_of(place.node, text)
    found = entry(place.node, place.level, place.key)
    if found:
        for node in (found[0], *walk(found[1])):
            if id(node) in shared:
                raise Obstacle(span(found[0], "").line, f"ключ «{found[0].value}» связан ссылкой «*» с другим местом")
            mark_of(node, text)
    if place.node.id == "mapping":
        for key, _ in place.node.value:
            if id(key) in shared:
                raise Obstacle(own.line, f"ключ «{key.value}» записан ссылкой «*»")


def mark_of(node: Node, text: str) -> None:
    """Raises Obstacle where a node has an anchor or a tag."""
    at = node.start_mark.index
    is_its_own = node.id == "scalar" or getattr(node, "flow_style", None) or not node.value
    if node.id != "scalar" and not is_its_own:
        first = node.value[0][0] if node.id == "mapping" else None
        is_its_own = first is None or first.start_mark.index > at
    if is_its_own and text[at : at + 1] in ("&", "!"):
        kind = "метка «&»" if text[at] == "&" else "тег «!»"
        raise Obstacle(node.start_mark.line + 1, f"здесь стоит {kind}, и правка может изменить другие места")


def plain(node: Node) -> Any:
    """The values of a node without places and styles; how a block of text ends is nothing that a plan says."""
    if node.id == "scalar":
        value: str = node.value
        return None if is_empty(node) else value.rstrip("\r\n") if getattr(node, "style", None) in ("|", ">") else value
    if node.id == "sequence":
        return [plain(child) for child in node.value]
    return {key.value: plain(value) for key, value in node.value}


def is_empty(node: Node) -> bool:
    """Whether a scalar says nothing: nothing at all, or «~» and «null» without quotes."""
    return is_plain(node) and node.value in ("", "~", "null", "Null", "NULL")


def move(value: Mapping[str, Any]) -> dict[str, str]:
    """A move with canonical keys, blanks folded, without what is empty: as moves are compared."""
    pairs = ((NAMES["move"].get(key, key), " ".join(str(text or "").split())) for key, text in value.items())
    return {key: text for key, text in pairs if text}
