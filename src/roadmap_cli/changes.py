"""What two versions of one plan differ in: rows kept, added and removed, and every field of the kept ones."""

from __future__ import annotations

import posixpath
from itertools import chain
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words
from roadmap_cli.model import Order, Person
from roadmap_cli.pairing import explicit_id, number, same_results, same_rows
from roadmap_cli.people import person_key
from roadmap_cli.people.directory import Directory
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, cut, fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from roadmap_cli.model import Activity, Deliverable, DirectoryPerson, Due, Move, Owner, Owners, Plan


_LASTING = ("ongoing", "recurring")


class Change(NamedTuple):
    """One field that differs; `field` is a key of the plan file, `before` and `after` are words, "" for nothing.

    Of a list (people, schools, links) they hold only what was taken away and what was added. `days` says by how many
    days the last day moved (later is positive), `start_days` the first one; both None where days are not known.
    `result` names the deliverable when it is one of several. A `reworded` value is written otherwise
    and means the same.
    """

    field: str
    before: str
    after: str
    days: int | None = None
    start_days: int | None = None
    result: str = ""
    reworded: bool = False


class Kept(NamedTuple):
    """A row that both versions have, by its places in them, with what differs in it besides its number."""

    old: int
    new: int
    changes: tuple[Change, ...]


class Difference(NamedTuple):
    """Two versions of a plan: `added` and `removed` are places of rows in the new and the old one."""

    old: Plan
    new: Plan
    kept: tuple[Kept, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    plan: tuple[Change, ...]

    def renumbered(self) -> tuple[Kept, ...]:
        """The rows that have another number now."""
        before, after = self.old.activities, self.new.activities
        return tuple(one for one in self.kept if number(before[one.old]) != number(after[one.new]))

    def changed(self) -> tuple[Kept, ...]:
        """The rows that differ in more than their number."""
        return tuple(one for one in self.kept if one.changes)

    def anything(self) -> bool:
        """Whether the versions differ at all."""
        return bool(self.added or self.removed or self.plan or self.changed() or self.renumbered())


def difference(old: Plan, new: Plan) -> Difference:
    """What the new version of a plan has otherwise than the old one."""
    pairs = same_rows(old.activities, new.activities)
    people = _People(old, new)
    kept = tuple(Kept(i, j, _row(old.activities[i], new.activities[j], people)) for i, j in pairs)
    return Difference(
        old,
        new,
        kept,
        tuple(sorted(set(range(len(new.activities))) - {one.new for one in kept})),
        tuple(sorted(set(range(len(old.activities))) - {one.old for one in kept})),
        _plan(old, new),
    )


# What differs in a row


class _People(Directory):
    """Who is the same person by the directories of both versions; whoever has a role is not looked up."""

    def __init__(self, *plans: Plan) -> None:
        people = [person._replace(role="") for plan in plans for person in plan.people]
        super().__init__(sorted(people, key=lambda person: (person.name, person.aliases)))

    def key(self, owner: Owner) -> Hashable:
        """What two spellings of one owner have in common."""
        return person_key(self.name(owner)) if isinstance(owner, Person) else fold(owner.name)


def _row(old: Activity, new: Activity, people: _People) -> tuple[Change, ...]:
    named = bool(explicit_id(old) or explicit_id(new)) and fold(old.id) != fold(new.id)
    return (
        *([Change("id", old.id, new.id)] if named else ()),
        *_text("title", old.title, new.title),
        *_text("section", old.section, new.section),
        *_text("period", old.period, new.period),
        *_items("for", old.addressed, new.addressed),
        *_items("covers", old.covers, new.covers),
        *_text("cancelled", old.cancelled, new.cancelled),
        *_results(old.deliverables, new.deliverables, people),
        *_items("moved", map(_move, old.moved), map(_move, new.moved)),
        *_text("note", old.note, new.note),
    )


def _results(old: Sequence[Deliverable], new: Sequence[Deliverable], people: _People) -> list[Change]:
    """What differs in the results; what all of them have in common is said once."""
    pairs = same_results(old, new)
    several = len(old) > 1 or len(new) > 1
    found = [_result(old[i], new[j], people) for i, j in pairs]
    all_kept = len(found) == len(old) == len(new)
    common = [one for one in chain(*found[:1]) if all_kept and all(one in other for other in found)]
    changes = list(common)
    for (_, j), own in zip(pairs, found, strict=True):
        changes += [one._replace(result=clean(new[j].text) if several else "") for one in own if one not in common]
    if pairs != sorted(pairs):
        before, after = ([old[i] for i, _ in sorted(pairs)], [new[j] for _, j in pairs])
        changes.append(Change("deliverables", _in_turn(before), _in_turn(after), reworded=True))
    gone, come = {i for i, _ in pairs}, {j for _, j in pairs}
    changes += [Change("deliverable", _whole(one), "") for i, one in enumerate(old) if i not in gone]
    changes += [Change("deliverable", "", _whole(one)) for j, one in enumerate(new) if j not in come]
    return changes


def _in_turn(results: Iterable[Deliverable]) -> str:
    return "; ".join(cut(clean(one.text), 40) or "—" for one in results)


def _result(old: Deliverable, new: Deliverable, people: _People) -> list[Change]:
    return [
        *_text("deliverable", old.text, new.text),
        *_due("due", old.due, new.due),
        *_owners(old.owners, new.owners, people),
        *_due("done", old.done, new.done),
        *_text("evidence", old.evidence, new.evidence),
        *_items("moved", map(_move, old.moved), map(_move, new.moved)),
        *_text("note", old.note, new.note),
    ]


def _whole(result: Deliverable) -> str:
    """A result with its deadline and owners."""
    return "; ".join(filter(None, (clean(result.text), _normal(result.due), _said(result.owners))))


def _due(field: str, old: Due | None, new: Due | None) -> list[Change]:
    """A deadline that means other days, or is written otherwise."""
    if old is None or new is None:
        return [Change(field, _normal(old), _normal(new))] if old is not new else []
    if (old.kind, old.start, old.end, old.parts, old.rule) == (new.kind, new.start, new.end, new.parts, new.rule):
        known = bool(old.end or old.rule)
        return [] if _said(old) == _said(new) else [Change(field, _said(old), _said(new), reworded=known)]
    before, after = in_words(old), in_words(new)
    if before == after:
        before, after = _said(old), _said(new)
    days = start_days = None
    if old.kind not in _LASTING and new.kind not in _LASTING:
        days = (new.end - old.end).days if old.end and new.end else None
        start_days = (new.start - old.start).days if old.start and new.start else None
    return [Change(field, before, after, days, start_days)]


def _owners(old: Owners | None, new: Owners | None, people: _People) -> list[Change]:
    """Whoever was taken away and added; the same people spelled otherwise are no other people."""
    if _said(old) == _said(new):
        return []
    ours, theirs = ({people.key(o): o.name for o in (some.owners if some else ())} for some in (old, new))
    gone = [name for key, name in ours.items() if key not in theirs]
    come = [name for key, name in theirs.items() if key not in ours]
    if gone or come:
        return [Change("owners", ", ".join(gone), ", ".join(come))]
    return [Change("owners", _said(old), _said(new), reworded=True)]


# The plan itself


def _plan(old: Plan, new: Plan) -> tuple[Change, ...]:
    order, other = (plan.order or Order() for plan in (old, new))
    schools, others = ({fold(s): c.name for c in plan.participants for s in c.schools} for plan in (old, new))
    places = [(s, schools[s], others[s]) for s in schools if s in others and fold(schools[s]) != fold(others[s])]
    return (
        *_text("title", old.title, new.title),
        *_text("organization", old.organization, new.organization),
        *_text("school_year", old.school_year, new.school_year),
        *_items("follows", map(posixpath.basename, old.follows), map(posixpath.basename, new.follows)),
        *_text("order number", order.number, other.number),
        *_due("order date", order.date, other.date),
        *_text("order signed", order.signed, other.signed),
        *_text("approved", old.approved, new.approved),
        *_items("participants", _schools(old), _schools(new)),
        *(Change("cluster", was, now, result=_spelled(school, new)) for school, was, now in places),
        *_items("people", map(_person, old.people), map(_person, new.people)),
        *_items("not_applicable", map(_reason, old.not_applicable.items()), map(_reason, new.not_applicable.items())),
        *_text("note", old.note, new.note),
    )


def _schools(plan: Plan) -> list[str]:
    return [school for cluster in plan.participants for school in cluster.schools]


def _spelled(folded: str, plan: Plan) -> str:
    return next(school for school in _schools(plan) if fold(school) == folded)


def _person(person: DirectoryPerson) -> str:
    said = "; ".join(filter(None, (person.role, person.email, ", ".join(person.aliases))))
    return f"{person.name} ({said})" if said else person.name


def _reason(item: tuple[str, str]) -> str:
    return f"№ {item[0]}: {item[1]}" if item[1] else f"№ {item[0]}"


def _move(move: Move) -> str:
    said = "; ".join(filter(None, (move.on and f"решение {move.on}", move.reason)))
    return f"с {move.before} на {move.after}" + (f" ({said})" if said else "")


# Values


def _normal(due: Due | None) -> str:
    return in_words(due) if due else ""


def _said(value: Due | Owners | None) -> str:
    return clean(value.text) if value else ""


def _text(field: str, old: str, new: str) -> list[Change]:
    return [Change(field, clean(old), clean(new))] if clean(old) != clean(new) else []


def _items(field: str, old: Iterable[str], new: Iterable[str]) -> list[Change]:
    """What was taken away from a list and what was added to it; their order means nothing."""
    ours, theirs = ({fold(item): clean(item) for item in items} for items in (old, new))
    gone = [item for key, item in ours.items() if key not in theirs]
    come = [item for key, item in theirs.items() if key not in ours]
    return [Change(field, "; ".join(gone), "; ".join(come))] if gone or come else []
