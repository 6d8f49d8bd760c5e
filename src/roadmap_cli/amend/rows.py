"""`cancel` and `assign`: a row called off, and results handed over to other people."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from roadmap_cli.amend.values import Deed, Wanted, all_shared, number, results
from roadmap_cli.dates.words import plain_days
from roadmap_cli.edit import Edit
from roadmap_cli.errors import RoadmapError
from roadmap_cli.model import Person
from roadmap_cli.people import alike, parse_owners, person_key
from roadmap_cli.targets import Place
from roadmap_cli.text import clean, mend_alphabet, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.model import Owners, Plan

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LATIN_INITIAL: Final = re.compile(r"\b[A-Za-z]\b")


def cancel(wanted: Wanted, place: Place, reason: str) -> Deed:
    """A row called off, with all its results; one of several results cannot be."""
    activity, label = wanted.plan.activities[place.activity], wanted.label(place)
    if place.result is not None:
        row = Place(place.activity)
        why = "в файле плана отменяется мероприятие целиком, один из его результатов — нет"
        how = f"отмените всё ({wanted.command('cancel', row)}) или уберите результат из файла и напишите о нём в «note»"
        raise RoadmapError(f"{label}: {why}; {how}")
    if clean(activity.cancelled) == clean(reason):
        return Deed((), (place,), (f"{label}: уже отменено по этой причине, ничего не изменено",))
    if activity.cancelled:
        why = f"{label}: уже отменено, причина — «{visible(activity.cancelled)}»"
        raise RoadmapError(f"{why}; чтобы записать другую, сначала: {wanted.command('undo', place)}")
    done = [result for result in activity.deliverables if plain_days(result.done)]
    if len(done) == len(activity.deliverables):
        raise RoadmapError(f"{label}: уже исполнено, отменять нечего; снять отметку: {wanted.command('undo', place)}")
    doubts = (f"{label}: часть результатов исполнена; теперь и они показаны отменёнными",) if done else ()
    said = f"{label}: отменено, причина — «{visible(reason)}»"
    return Deed((Edit(place.activity, "cancelled", clean(reason)),), (place,), (said,), doubts)


def assign(wanted: Wanted, place: Place, owners: Owners) -> Deed:
    """Results handed over: who stood there is told; owners that all results share change for all."""
    activity = wanted.plan.activities[place.activity]
    nobody = all(result.owners is None for result in activity.deliverables)
    if place.result is None and (all_shared(activity, "owners") or nobody):
        return _assigned(wanted, place, 0, owners, None if len(activity.deliverables) > 1 else 0)
    meant = results(wanted, place, lambda _: False)
    deeds = [_assigned(wanted, one, number(one), owners, number(one)) for one in meant]
    return Deed(
        tuple(edit for deed in deeds for edit in deed.edits),
        tuple(meant),
        tuple(line for d in deeds for line in d.said),
    )


def _assigned(wanted: Wanted, place: Place, at: int, owners: Owners, result: int | None) -> Deed:
    before = wanted.plan.activities[place.activity].deliverables[at].owners
    label, text = wanted.label(place), clean(owners.text)
    if before and clean(before.text) == text:
        return Deed((), (place,), (f"{label}: ответственный и так «{visible(text)}», ничего не изменено",))
    was = f" (был: «{visible(clean(before.text))}»)" if before else ""
    said = f"{label}: ответственный — {read_as(owners)}{was}"
    return Deed((Edit(place.activity, "owners", text, result),), (place,), (said,))


def owners_of(text: str) -> Owners:
    """The people in the words of the command line, as they are to be written; raises RoadmapError where none is named.

    Latin letters that only look Russian are a slip of the keyboard: they are written in Russian, and that is noted.
    """
    owners = parse_owners(clean(text))
    if not owners.owners:
        raise RoadmapError(f"«{visible(text)}»: не видно, кто это; последнее слово команды — имя: «Савина И.А.»")
    mended = _LETTERS.sub(lambda word: mend_alphabet(f"я{word[0]}")[1:], owners.text)
    meant = parse_owners(mended)
    if meant.owners != owners.owners or meant.repairs == owners.repairs or _LATIN_INITIAL.search(mended):
        return owners
    return meant._replace(notes=(*meant.notes, f"латинские буквы заменены русскими: записано «{visible(mended)}»"))


def read_as(owners: Owners) -> str:
    """Owners as they were read: «Слепкова Н.А. (завуч), классные руководители»."""
    said = []
    for owner in owners.owners:
        role = f" ({owner.role})" if isinstance(owner, Person) and owner.role else ""
        said.append(f"{owner.name}{role}")
    return visible(", ".join(said))


def doubts(owners: Owners, plan: Plan, different: frozenset[frozenset[str]]) -> tuple[str, ...]:
    """What is doubtful in the names: how they were mended, and people of the plan whom they resemble.

    A name that the plan has already is compared only with those that it has more often.
    """
    found = [visible(note) for note in (*owners.repairs, *owners.notes)]
    named = list(_people(plan))
    lines, times = dict(reversed(named)), Counter(person_key(name) for name, _ in named)
    for owner in owners.owners:
        if not isinstance(owner, Person):
            continue
        for name, line in lines.items():
            is_rarer = times[person_key(owner.name)] < times[person_key(name)]
            if is_rarer and frozenset((name, owner.name)) not in different and alike(owner.name, name):
                found.append(f"«{visible(owner.name)}» похоже на «{visible(name)}» (строка {line}): это один человек?")
    return tuple(found)


def _people(plan: Plan) -> Iterator[tuple[str, int]]:
    """Everybody whom the plan names, with the line."""
    for person in plan.people:
        yield from ((name, person.span.line) for name in (person.name, *person.aliases))
    for activity in plan.activities:
        for result in activity.deliverables:
            for owner in result.owners.owners if result.owners else ():
                if isinstance(owner, Person):
                    yield owner.name, result.spans["owners"].line
