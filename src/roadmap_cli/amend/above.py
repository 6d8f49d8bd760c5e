"""Whether rows whose deadline was moved are now later than the rows above that they carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.links import Index, find_links
from roadmap_cli.text import visible
from roadmap_cli.timing import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap_cli.model import Plan
    from roadmap_cli.targets import Place


def lateness(parents: Sequence[Plan], before: Plan, after: Plan, places: Iterable[Place]) -> tuple[str, ...]:
    """A warning for each explicitly covered row of a parent that a moved row is now too late for.

    Where a row was as late before, the move is not what made it so.
    """
    indexes = [Index(parent) for parent in parents]
    moved = {place.activity for place in places}
    found = []
    for index in indexes:
        links, _ = find_links(after, index, [other for other in indexes if other is not index])
        for link in links:
            if link.child not in moved:
                continue
            owed = index.plan.activities[link.parent]
            now = compare(owed.deliverables, after.activities[link.child].deliverables)
            was = compare(owed.deliverables, before.activities[link.child].deliverables)
            if now.state == "late" and now != was:
                where = f"{index.plan.path}, № {visible(owed.no or owed.id)}"
                found.append(f"новый срок позже, чем в вышестоящем плане ({where}): {now.reason}")
    return tuple(found)
