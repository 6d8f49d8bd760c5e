"""What the links of a plan point at: «5», «municipal.yaml#5», «5@1a2b3c4d» with the fingerprint of the row as it was.

A row changed since then makes its link suspect.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.fingerprint import fingerprint, same
from roadmap_cli.memo import remembered
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadmap_cli.model import Plan

_REVISION = re.compile(r"(?P<id>.+)~[0-9]+(?:@[0-9a-f]{6,64})?")
_UPWARDS = re.compile(r"^(?:\.{1,2}/)+")
_STAMP = re.compile(r"(?P<id>.+)@(?P<stamp>[0-9a-f]{6,64})")


class Link(NamedTuple):
    """A link found: the places of the child's row and of the parent's, and whether the parent's is another by now."""

    child: int
    parent: int
    suspect: bool


class Shared(NamedTuple):
    """A link that stands for rows of several parents: the child's row, the link, each parent's path and row.

    `addresses` say how a link to each of these rows alone is written.
    """

    child: int
    link: str
    rows: tuple[tuple[str, int], ...]
    addresses: tuple[str, ...]


class Index:
    """The rows of a plan as links name them: by id and, where no row has that id, by number."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._place = os.path.abspath(plan.path).replace(os.sep, "/")
        self._stamps: dict[int, str] = {}
        self._places: dict[str, list[int]] = {}
        for i, activity in enumerate(plan.activities):
            if activity.id:
                self._places.setdefault(ident_key(activity.id), []).append(i)
        taken = frozenset(self._places)
        for i, activity in enumerate(plan.activities):
            if activity.no and (key := ident_key(activity.no)) not in taken:
                self._places.setdefault(key, []).append(i)

    def find(self, link: str) -> tuple[list[int], str]:
        """The places that a link points at and the fingerprint it remembers («» when none)."""
        for ident, stamp in _stamped(link):
            if found := self._places.get(ident_key(ident)):
                return found, stamp
            path, mark, rest = ident.rpartition("#")
            if mark and self._is_called(path.strip()) and (found := self._places.get(ident_key(rest))):
                return found, stamp
        return [], ""

    def _is_called(self, path: str) -> bool:
        """By the end of its place, which is the same from every folder; «../» says no more than that end."""
        return f"/{self._place}".endswith(f"/{_UPWARDS.sub('', path)}")

    def read(self, link: str) -> tuple[list[int], str, str]:
        """The places that a link points at, the id in it (with its path) and the fingerprint it remembers."""
        places, stamp = self.find(link)
        return places, link.strip().removesuffix(f"@{stamp}") if stamp else link, stamp

    def changed(self, place: int, stamp: str) -> bool:
        """Whether the row at a place is not the one whose fingerprint was remembered."""
        if place not in self._stamps:
            self._stamps[place] = fingerprint(self.plan.activities[place])
        return not same(self._stamps[place], stamp)


@remembered(last=64)
def index_of(plan: Plan) -> Index:
    """The index of a plan that many follow, made once."""
    return Index(plan)


def without_revision(link: str) -> str:
    """«req~2» and «req~2@a1b2c3d4» → «req»; any other link as it is."""
    match = _REVISION.fullmatch(link)
    return match["id"] if match else link


def find_links(
    child: Plan, index: Index, siblings: Sequence[Index] = ()
) -> tuple[list[Link], dict[int, tuple[str, ...]]]:
    """The links from a child to the plan of `index`, and the ids that its rows name in vain: place → ids.

    An id that one of the child's other parents (`siblings`) has is not named in vain. A link is suspect when its
    fingerprint is not that of the row any more, or when the same row of the child still names another revision of the
    id («req~1» beside «req~2»), which the parent does not have.
    """
    links: list[Link] = []
    dangling: dict[int, tuple[str, ...]] = {}
    for j, activity in enumerate(child.activities):
        vain: list[str] = []
        found: list[tuple[str, list[int], str]] = []
        for link in activity.covers:
            places, stamp = index.find(link)
            if places:
                found.append((link, places, stamp))
            else:
                vain.append(link)
        old = {without_revision(link) for link in vain}
        for link, places, stamp in found:
            suspect = bool(old) and without_revision(link) in old
            links += [Link(j, i, suspect or bool(stamp and index.changed(i, stamp))) for i in places]
        if vain and (lost := [link for link in vain if not any(other.find(link)[0] for other in siblings)]):
            dangling[j] = tuple(lost)
    return links, dangling


def orphans(parents: Iterable[Plan], child: Plan) -> dict[int, tuple[str, ...]]:
    """The ids that the child's rows name and no parent has: the row's place → its ids."""
    indexes = list(map(index_of, parents))
    return find_links(child, indexes[0], indexes[1:])[1] if indexes else {}


def shared(parents: Sequence[Plan], child: Plan) -> Iterator[Shared]:
    """The child's links that rows of several parents answer to, unless a fingerprint is that of one of them only."""
    indexes = list(map(index_of, parents))
    for j, activity in enumerate(child.activities):
        for link in dict.fromkeys(activity.covers):
            rows: dict[int, int] = {}
            fit: list[int] = []
            for at, index in enumerate(indexes):
                places, stamp = index.find(link)
                rows.update((at, i) for i in places[:1])
                fit += [i for i in places if stamp and not index.changed(i, stamp)]
            if len(rows) > 1 and len(fit) != 1:
                addresses = tuple(_address(parents[at], i, indexes) for at, i in rows.items())
                yield Shared(j, link, tuple((parents[at].path, i) for at, i in rows.items()), addresses)


def _address(plan: Plan, place: int, indexes: Sequence[Index]) -> str:
    """«municipal.yaml#5», with as many folders before it as it takes to name the row of this plan only."""
    name = plan.activities[place].id or plan.activities[place].no
    address = ""
    for tail in tails(os.path.abspath(plan.path).replace(os.sep, "/")):
        address = f"{tail}#{name}"
        if sum(bool(index.find(address)[0]) for index in indexes) == 1:
            break
    return address


def tails(path: str) -> list[str]:
    """«a/b/c.yaml» → «c.yaml», «b/c.yaml», «a/b/c.yaml»."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    return ["/".join(parts[at:]) for at in reversed(range(len(parts)))]


@lru_cache(maxsize=4096)
def ident_key(ident: str) -> str:
    """A number or an id in the form in which they are compared: «№ 9.» is «9»."""
    return fold(ident).removeprefix("№").strip(". ")


@lru_cache(maxsize=4096)
def _stamped(link: str) -> tuple[tuple[str, str], ...]:
    """The ways to read a link: whole, and with a fingerprint at its end."""
    match = _STAMP.fullmatch(link.strip())
    return ((link, ""), (match["id"], match["stamp"])) if match else ((link, ""),)
