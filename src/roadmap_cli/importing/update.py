"""A new version of a document for a plan that people have worked on: what they wrote stays, or nothing changes.

Of a row that both versions have, the document gives the number, the title, the section, the results, the deadlines and
the people; everything else is the plan's own and stays, comments among it. A row that the document has no longer goes
only when nobody has written anything into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.changes import difference
from roadmap_cli.edit import Edit, Refused, edited
from roadmap_cli.errors import RoadmapError
from roadmap_cli.fields import FIELDS
from roadmap_cli.importing.writing import activity_lines, result_lines
from roadmap_cli.loader import build
from roadmap_cli.model import Span
from roadmap_cli.pairing import explicit_id, same_results
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import parse
from roadmap_cli.text import clean, cut, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadmap_cli.importing.draft import Draft, DraftActivity, DraftResult
    from roadmap_cli.model import Activity, Deliverable, Due, Move, Owners, Plan
    from roadmap_cli.source import Node

_NAMES = {name: field.key for field in FIELDS["activity"] for name in (field.key, field.synonym)}
_RESULT_KEYS = frozenset(("deliverables", "deliverable", "due", "owners", "done", "evidence"))


def updated(text: str, path: str, draft: Draft, new: Plan) -> str:
    """The text of a plan with the rows of the new version; `new` is the plan that the draft makes by itself.

    Raises RoadmapError when anything that people have written would be lost, or the file is written too oddly.
    """
    if "\r\n" in text:
        made = updated(text.replace("\r\n", "\n"), path, draft, new)
        return made.replace("\n", "\r\n")
    old = _plan(text, path)
    pairs = {one.new: one.old for one in difference(old, new).kept}
    gone = [a for i, a in enumerate(old.activities) if i not in pairs.values()]
    lost = [row for row in gone if _own_words(row) and not row.cancelled]
    _refuse_losses(lost, "в новом документе нет строк, в которые вы уже вписали своё")
    order = _order(pairs, old, len(new.activities))
    for j, i in pairs.items():
        draft, new = _with_moves(draft, new, j, old.activities[i])
    current = text
    for j, i in pairs.items():
        current = _row(current, path, i, draft.activities[j], old.activities[i], new.activities[j])
    current = _arranged(current, path, draft, order)
    _verify(_plan(current, path), old, new, order, path)
    return current


def _with_moves(draft: Draft, new: Plan, place: int, old: Activity) -> tuple[Draft, Plan]:
    """The new version, where a deadline that people have put off stays so: the document only repeats the former one."""
    row, made = draft.activities[place], new.activities[place]
    if len(row.results) != len(made.deliverables):
        return draft, new
    results, deliverables = list(row.results), list(made.deliverables)
    for i, j in same_results(old.deliverables, made.deliverables):
        before, due = old.deliverables[i], deliverables[j].due
        former = {fold(move.before) for move in (*old.moved, *before.moved)}
        if due is not None and before.due is not None and fold(due.text) in former:
            results[j] = results[j]._replace(due=before.due.text)
            deliverables[j] = deliverables[j]._replace(due=before.due)
    rows, plans = list(draft.activities), list(new.activities)
    rows[place], plans[place] = (
        row._replace(results=tuple(results)),
        made._replace(deliverables=tuple(deliverables)),
    )
    return draft._replace(activities=tuple(rows)), new._replace(activities=tuple(plans))


def doubtful_marks(old: Plan, now: Plan) -> Iterator[str]:
    """What to look at after an update: results done or put off, whose deadline has become another."""
    for pair in difference(old, now).kept:
        before, after = old.activities[pair.old], now.activities[pair.new]
        for i, j in same_results(before.deliverables, after.deliverables):
            one, other = before.deliverables[i], after.deliverables[j]
            moves = (*before.moved, *one.moved)
            if _same_due(one.due, other.due) or not (one.done or moves):
                continue
            row = f"№ {after.no or '—'} «{cut(after.title, 60)}»"
            stays = f"отметка об исполнении {one.done.text}" if one.done else f"запись о переносе на {moves[-1].after}"
            yield f"{row}: срок теперь другой, а {stays} осталась: проверьте"


class Place(NamedTuple):
    """A row of the updated plan: its places in the old plan and in the new version, None where it has none."""

    old: int | None
    new: int | None


def _order(pairs: Mapping[int, int], old: Plan, count: int) -> list[Place]:
    """The rows in the order of the new version; cancelled ones that it has no longer stay behind their neighbours."""
    order = [Place(pairs.get(j), j) for j in range(count)]
    kept = set(pairs.values())
    for i, row in enumerate(old.activities):
        if i not in kept and row.cancelled:
            before = [n for n, place in enumerate(order) if place.old is not None and place.old < i]
            order.insert(max(before, default=-1) + 1, Place(i, None))
    return order


def head_changes(old: Plan, new: Plan) -> tuple[str, ...]:
    """The keys of the plan's head that the document has otherwise: they stay as the plan has them."""
    texts = ("title", "organization", "school_year", "approved")
    return tuple(key for key in texts if getattr(new, key) and clean(getattr(old, key)) != clean(getattr(new, key)))


def _plan(text: str, path: str) -> Plan:
    source = parse(text.encode(), path)
    loaded = build(source.root, path)
    trouble = next((f for f in (*source.findings, *loaded.findings) if f.severity == "error"), None)
    if loaded.plan is None or trouble is not None:
        where = f", строка {trouble.span.line}: {trouble.message}" if trouble else ": план не прочитан"
        raise RoadmapError(f"«{path}»{where}; сначала исправьте это")
    return loaded.plan


def _own_words(activity: Activity) -> bool:
    """Whether people have written into a row what no document says."""
    marks = any(map(_is_marked, activity.deliverables))
    own = activity.covers or activity.moved or activity.addressed or explicit_id(activity)
    return bool(marks or own or (activity.note and not activity.source))


def _is_marked(result: Deliverable) -> bool:
    return bool(result.done or result.evidence or result.note or result.moved)


def _refuse_losses(rows: Sequence[Activity], why: str) -> None:
    if rows:
        said = "; ".join(f"№ {row.no or '—'} «{cut(row.title, 60)}»" for row in rows[:8])
        more = " …" if len(rows) > 8 else ""
        raise RoadmapError(f"план не обновлён: {why}: {said}{more}; впишите cancelled или уберите их сами и повторите")


# One row


def _row(text: str, path: str, place: int, draft: DraftActivity, old: Activity, new: Activity) -> str:
    """The text with the row at this place as the new version has it."""
    edits = list(_edits(place, draft, old, new))
    pairs = same_results(old.deliverables, new.deliverables)
    if len(old.deliverables) == len(new.deliverables) and pairs == [(i, i) for i in range(len(old.deliverables))]:
        own = [edit for i, _ in pairs for edit in _result_edits(place, i, old.deliverables[i], new.deliverables[i])]
        try:
            return edited(text, path, [*edits, *own])
        except Refused:
            pass
    text = edited(text, path, edits) if edits else text
    kept = {i for i, _ in pairs}
    lost = [one for i, one in enumerate(old.deliverables) if i not in kept and _is_marked(one)]
    _refuse_losses(
        [old] if lost else [], "в новом документе нет результатов, у которых вы отметили исполнение или перенос"
    )
    moves = {j: old.deliverables[i].moved for i, j in pairs}
    return _with_results(text, path, place, _merged(draft, old, {j: i for i, j in pairs}), moves)


def _edits(place: int, draft: DraftActivity, old: Activity, new: Activity) -> Iterator[Edit]:
    for key in ("no", "title", "section", "period"):
        said = getattr(draft, key).replace("\n", " ")
        if said and clean(getattr(old, key)) != clean(getattr(new, key)):
            yield Edit(place, key, " ".join(said.split()))
    if draft.no and clean(old.no) != clean(draft.no) and old.id and not explicit_id(old):
        # Links of other plans point at the number that the row had.
        yield Edit(place, "id", old.id)
    if old.source and old.source != draft.source:
        yield Edit(place, "source", draft.source)


def _result_edits(place: int, number: int, old: Deliverable, new: Deliverable) -> Iterator[Edit]:
    if clean(old.text) != clean(new.text):
        yield Edit(place, "text", new.text or None, number)
    if not _same_due(old.due, new.due):
        yield Edit(place, "due", new.due.text if new.due else None, number)
    if not _same_owners(old.owners, new.owners):
        yield Edit(place, "owners", new.owners.text if new.owners else None, number)


def _same_due(old: Due | None, new: Due | None) -> bool:
    return clean(old.text if old else "") == clean(new.text if new else "")


def _same_owners(old: Owners | None, new: Owners | None) -> bool:
    return (old.owners if old else ()) == (new.owners if new else ())


def _merged(draft: DraftActivity, old: Activity, pairs: Mapping[int, int]) -> tuple[DraftResult, ...]:
    """The results of the new version with what the plan has marked at those that were there before."""
    merged = []
    for j, result in enumerate(draft.results):
        before = old.deliverables[pairs[j]] if j in pairs else None
        if before is not None:
            done = before.done.text if before.done else result.done
            result = result._replace(done=done, evidence=before.evidence or result.evidence, note=before.note)
        merged.append(result)
    return tuple(merged)


def _with_results(
    text: str, path: str, place: int, results: Sequence[DraftResult], moves: Mapping[int, Sequence[Move]]
) -> str:
    """The text with the results of a row written anew, its other keys as they are."""
    node = _nodes(text, path)[place]
    if getattr(node, "flow_style", False) or node.start_mark.line == node.end_mark.line:
        raise _odd(path, node.start_mark.line + 1)
    lines = text.split("\n")
    taken = [
        (key.start_mark.line, _last_line(value, lines))
        for key, value in node.value
        if _NAMES.get(key.value) in _RESULT_KEYS
    ]
    inside = [line for first, last in taken for line in lines[first : last + 1]]
    if any(line.lstrip().startswith("#") or " #" in line for line in inside):
        said = "среди результатов стоит примечание «#», и при новых результатах оно потерялось бы"
        raise RoadmapError(f"«{path}», строка {node.start_mark.line + 1}: {said}; впишите эту строку сами")
    column = node.start_mark.column
    fresh = result_lines(results, " " * column, moves)
    first_taken = any(first == node.start_mark.line for first, _ in taken)
    drop = {number for first, last in taken for number in range(first, last + 1)}
    body = [number for number in range(node.start_mark.line, _last_line(node, lines) + 1) if number not in drop]
    if first_taken and body:
        raise _odd(path, node.start_mark.line + 1)
    after = max(body, default=node.start_mark.line)
    kept = [line for number, line in enumerate(lines) if number not in drop]
    at = after + 1 - sum(number <= after for number in drop)
    return "\n".join([*kept[:at], *fresh, *kept[at:]])


# The order of rows


def _arranged(text: str, path: str, draft: Draft, order: Sequence[Place]) -> str:
    """The text with its rows in the order of the new version, new ones among them and those that are gone left out."""
    nodes = _nodes(text, path)
    if [place.old for place in order] == list(range(len(nodes))):
        return text
    lines = text.split("\n")
    starts = [_first_line(node, lines) for node in nodes]
    end = _last_line(nodes[-1], lines) + 1
    if len(set(starts)) < len(starts) or any(getattr(node, "flow_style", False) for node in nodes):
        raise _odd(path, nodes[0].start_mark.line + 1)
    chunks = [lines[first:last] for first, last in zip(starts, [*starts[1:], end], strict=True)]
    indent = " " * (nodes[0].start_mark.column - 2)
    body: list[str] = []
    for place in order:
        if place.old is not None:
            body += [*_stripped(chunks[place.old]), ""]
        elif place.new is not None:
            body += [*activity_lines(draft.activities[place.new], indent), ""]
    return "\n".join([*lines[: starts[0]], *body[:-1], *lines[end:]])


def _stripped(chunk: Sequence[str]) -> list[str]:
    """Lines without the blank ones at their end."""
    lines = list(chunk)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _nodes(text: str, path: str) -> list[Node]:
    """The rows of a plan as nodes, when they are a list of lines below `activities`."""
    root = parse(text.encode(), path).root
    names = {name for field in FIELDS["plan"] if field.key == "activities" for name in (field.key, field.synonym)}
    found = [value for key, value in (root.value if root else ()) if key.value in names]
    if not found or found[0].id != "sequence" or getattr(found[0], "flow_style", False) or not found[0].value:
        raise _odd(path, found[0].start_mark.line + 1 if found else 1)
    nodes: list[Node] = found[0].value
    return nodes


def _first_line(node: Node, lines: Sequence[str]) -> int:
    """The line of the «- » of a row, or of the comments right above it."""
    first: int = node.start_mark.line
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return first


def _last_line(node: Node, lines: Sequence[str]) -> int:
    """The last line of a node that is not blank."""
    last: int = min(node.end_mark.line, len(lines) - 1)
    if node.end_mark.column == 0 or not lines[last][: node.end_mark.column].strip():
        last -= 1
    while last > node.start_mark.line and (not lines[last].strip() or lines[last].lstrip().startswith("#")):
        last -= 1
    return last


def _odd(path: str, line: int) -> RoadmapError:
    said = "строки плана записаны так, что обновить их без потерь нельзя"
    return RoadmapError(f"«{path}», строка {line}: {said}; файл не изменён, впишите новое сами")


# Nothing is lost


def _verify(made: Plan, old: Plan, new: Plan, order: Sequence[Place], path: str) -> None:
    """Raises RoadmapError unless the result has every row of the document, and all that people wrote into the plan."""
    whole = len(made.activities) == len(order) and _head(made) == _head(old)
    for place, activity in zip(order, made.activities, strict=whole):
        if place.new is not None:
            wanted = new.activities[place.new]
            whole = whole and clean(activity.title) == clean(wanted.title) and _said(activity) == _said(wanted)
        if place.old is not None:
            before = old.activities[place.old]
            whole = whole and _own(before) == _own(activity) and _marks(before) <= _marks(activity)
            whole = whole and before.id in ("", activity.id)
    if not whole:
        raise _odd(path, 1)


def _head(plan: Plan) -> tuple[object, ...]:
    people = [person._replace(span=Span("")) for person in plan.people]
    schools = [cluster._replace(span=Span("")) for cluster in plan.participants]
    order = plan.order[:3] if plan.order else None
    texts = (plan.title, plan.organization, plan.school_year, plan.follows, plan.note, plan.approved)
    return (*texts, order, people, schools, dict(plan.not_applicable))


def _own(activity: Activity) -> tuple[object, ...]:
    return (activity.covers, activity.moved, activity.cancelled, activity.addressed, activity.note)


def _said(activity: Activity) -> list[tuple[object, ...]]:
    return [
        (clean(one.text), clean(one.due.text) if one.due else "", one.owners.owners if one.owners else ())
        for one in activity.deliverables
    ]


def _marks(activity: Activity) -> set[tuple[object, ...]]:
    marks = ((one.done.text if one.done else "", one.evidence, one.note, one.moved) for one in activity.deliverables)
    return {mark for mark in marks if any(mark)}
