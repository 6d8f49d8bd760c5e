"""Links to write down: what to ask about a traced plan, and the `covers` that the answers make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.edit import Edit
from roadmap_cli.fingerprint import fingerprint, same
from roadmap_cli.links import Index, tails, without_revision
from roadmap_cli.record import NamedTuple
from roadmap_cli.trace import TOO_MANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap_cli.model import Activity, Plan
    from roadmap_cli.trace import Pair


class Candidate(NamedTuple):
    """A row of the school's plan, by its place, that may carry out a row of the parent."""

    place: int
    score: float
    unsure: bool = False


class Question(NamedTuple):
    """A binding row of the parent without a link; `link` is what `covers` will say, "" when nothing can name the row.

    The candidates come best first; they are not `sought` where there are too many rows to compare.
    """

    parent: Plan
    place: int
    link: str
    candidates: tuple[Candidate, ...] = ()
    sought: bool = True

    @property
    def activity(self) -> Activity:
        """The parent's row."""
        return self.parent.activities[self.place]


class Answer(NamedTuple):
    """A row of the school's plan, by its place, that was said to carry out the row of the question."""

    question: Question
    place: int


class Suspect(NamedTuple):
    """A link that has to be confirmed again: `was` is what it named, `stamp` the fingerprint of that.

    It cannot be confirmed when it is not `single`: when it points at several rows of the parent.
    """

    parent: Plan
    place: int
    child: int
    link: str
    was: str
    stamp: str
    single: bool

    @property
    def activity(self) -> Activity:
        """The parent's row."""
        return self.parent.activities[self.place]


def questions(pairs: Sequence[Pair]) -> tuple[Question, ...]:
    """What to ask about one plan, traced against each of its parents: the binding rows that have no link."""
    indexes = [Index(pair.parent) for pair in pairs]
    found = []
    for pair, index in zip(pairs, indexes, strict=True):
        others = [other for other in indexes if other is not index]
        sought = TOO_MANY not in pair.notes
        places = {id(activity): j for j, activity in enumerate(pair.child.activities)}
        for i, row in enumerate(pair.rows):
            if row.state == "not-applicable" or any(child.link == "explicit" for child in row.children):
                continue
            candidates = []
            for child in row.children:
                candidates.append(Candidate(places[id(child.activity)], child.score or 0, child.unsure))
                candidates += [Candidate(places[id(other)], score, True) for other, score in child.others]
            found.append(Question(pair.parent, i, link_to(index, i, others), tuple(candidates), sought))
    return tuple(found)


def link_to(parent: Index, place: int, others: Sequence[Index] = ()) -> str:
    """The link to a row, with its fingerprint, that points at no other row of these plans; "" when there is none.

    The parent's file stands in front where another parent has the same id.
    """
    activity = parent.plan.activities[place]
    name = activity.id or activity.no
    stamp = fingerprint(activity)
    for ident in (name, *(f"{path}#{name}" for path in tails(parent.plan.path))) if name else ():
        link = f"{ident}@{stamp}"
        if parent.find(link)[0] == [place] and not any(other.find(link)[0] for other in others):
            return link
    return ""


def sure(asked: Iterable[Question], least: float) -> list[Answer]:
    """The best candidates that reach the score, as it is shown, and are not unsure, as answers."""
    best = [(question, question.candidates[0]) for question in asked if question.link and question.candidates]
    return [Answer(question, one.place) for question, one in best if not one.unsure and round(one.score, 2) >= least]


def rows_named(name: str, plan: Plan) -> list[int]:
    """The places of a plan's rows that have this id or, when none has, this number."""
    return Index(plan).find(name)[0]


def new_covers(child: Plan, answers: Iterable[Answer]) -> list[Edit]:
    """The edits of `covers` that write the answers down; what stands there stays in front."""
    wanted: dict[int, list[str]] = {}
    for answer in answers:
        wanted.setdefault(answer.place, []).append(answer.question.link)
    return [
        Edit(place, "covers", tuple(dict.fromkeys((*child.activities[place].covers, *links))))
        for place, links in sorted(wanted.items())
    ]


def suspects(pairs: Sequence[Pair]) -> tuple[Suspect, ...]:
    """The links of one plan, traced against each of its parents, that have to be confirmed again."""
    found = []
    for pair in pairs:
        index = Index(pair.parent)
        places = {id(activity): j for j, activity in enumerate(pair.child.activities)}
        for i, row in enumerate(pair.rows):
            for child in row.children if row.state == "suspect" else ():
                if child.suspect:
                    found += _suspects(index, i, child.activity, places[id(child.activity)])
    return tuple(found)


def _suspects(index: Index, place: int, activity: Activity, child: int) -> list[Suspect]:
    parent = index.plan
    read = {link: index.read(link) for link in activity.covers}
    lost = {without_revision(link): link for link, (places, _, _) in read.items() if not places}
    found = []
    for link, (places, ident, stamp) in read.items():
        if place not in places:
            continue
        single = len(places) == 1
        if index.changed(place, stamp):
            found.append(Suspect(parent, place, child, link, ident, stamp, single))
        elif without_revision(link) in lost:
            was, _, old = lost[without_revision(link)].partition("@")
            found.append(Suspect(parent, place, child, link, was, old, single))
    return found


def former(suspect: Suspect, versions: Iterable[Plan]) -> Activity | None:
    """The row as it was when the link was confirmed, from older versions of the parent, newest first."""
    for plan in versions:
        for place in Index(plan).find(suspect.was)[0]:
            if same(fingerprint(plan.activities[place]), suspect.stamp):
                return plan.activities[place]
    return None


def renewed_covers(child: Plan, parents: Sequence[Plan], confirmed: Iterable[Suspect]) -> list[Edit]:
    """The edits of `covers` that confirm links again; an older revision that no parent has any more goes away."""
    indexes = [Index(parent) for parent in parents]
    wanted: dict[int, list[Suspect]] = {}
    for suspect in confirmed:
        wanted.setdefault(suspect.child, []).append(suspect)
    found = []
    for place, again in sorted(wanted.items()):
        kept: list[str] = []
        for link in child.activities[place].covers:
            mine = [suspect for suspect in again if suspect.link == link]
            if mine:
                kept += _renewed(link, indexes, mine)
            elif not _replaced(link, indexes, again):
                kept.append(link)
        found.append(Edit(place, "covers", tuple(dict.fromkeys(kept))))
    return found


def _replaced(link: str, parents: Sequence[Index], again: Sequence[Suspect]) -> bool:
    newer = any(without_revision(link) == without_revision(suspect.link) for suspect in again)
    return newer and not any(parent.find(link)[0] for parent in parents)


def _renewed(link: str, parents: Sequence[Index], again: Sequence[Suspect]) -> list[str]:
    """The link with the new fingerprint; one that means rows of several parents becomes a link to each."""
    read = [(parent, *parent.read(link)) for parent in parents]
    held = [(parent, places[0], ident, stamp) for parent, places, ident, stamp in read if places]
    found = []
    for parent, place, ident, stamp in held:
        fresh = any(suspect.parent is parent.plan for suspect in again)
        others = [other for other, *_ in held if other is not parent]
        name = (link_to(parent, place, others).rpartition("@")[0] if others else "") or ident
        mark = fingerprint(parent.plan.activities[place]) if fresh else stamp
        found.append(f"{name}@{mark}" if mark else name)
    return found
