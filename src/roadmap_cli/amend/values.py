"""What a deed comes to, and which results of a row it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple
from roadmap_cli.targets import Ambiguous, Place
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmap_cli.edit import Edit
    from roadmap_cli.model import Activity, Due, Plan
    from roadmap_cli.targets import Targets


class Wanted(NamedTuple):
    """The plan as it is now, the places meant, each with the word for it, and whether all results of a row are.

    `called` is the word by which the user named the plan.
    """

    targets: Targets
    places: dict[Place, str]
    called: str
    all_results: bool = False

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.targets.plan

    def label(self, place: Place) -> str:
        """How a message names a place."""
        return self.targets.label(place)

    def command(self, name: str, place: Place) -> str:
        """How to call another command for this place."""
        word = self.targets.spelled(place)
        called = f'"{self.called}"' if " " in self.called else self.called
        return f"roadmap {name} {visible(called)} {word}".rstrip()


class Deed(NamedTuple):
    """The edits, what to say of each place, and what to warn of; the places are those whose rows are shown."""

    edits: tuple[Edit, ...] = ()
    places: tuple[Place, ...] = ()
    said: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def together(deeds: Sequence[Deed]) -> Deed:
    """Several deeds as one."""
    return Deed(
        tuple(edit for deed in deeds for edit in deed.edits),
        tuple(dict.fromkeys(place for deed in deeds for place in deed.places)),
        tuple(line for deed in deeds for line in deed.said),
        tuple(dict.fromkeys(line for deed in deeds for line in deed.warnings)),
    )


def results(wanted: Wanted, place: Place, is_open: Callable[[int], bool]) -> list[Place]:
    """The results that are meant by a place: the one named, the only one, or the only one for which it `is_open`.

    Raises Ambiguous where a row has several and none is named.
    """
    several = len(wanted.plan.activities[place.activity].deliverables)
    if place.result is not None or several == 1:
        return [place]
    every = [Place(place.activity, j) for j in range(several)]
    if wanted.all_results:
        return every
    left = [one for j, one in enumerate(every) if is_open(j)]
    if len(left) == 1:
        return left
    why = "у мероприятия несколько результатов"
    raise Ambiguous(wanted.places[place], every, wanted.targets, why, whole=True)


def number(place: Place) -> int:
    """The place of the result among those of its row."""
    return place.result or 0


def is_shared(activity: Activity, result: int, key: str) -> bool:
    """Whether a key of a result in a list stands at the activity, for all results that have none of their own."""
    own = activity.deliverables[result].spans
    return "deliverables" in activity.spans and key in activity.spans and own.get(key) == activity.spans[key]


def all_shared(activity: Activity, key: str) -> bool:
    """Whether a key stands once, at the activity, and serves all results of its list."""
    return all(is_shared(activity, j, key) for j in range(len(activity.deliverables)))


def words(due: Due | None) -> str:
    """The words of a deadline or a day on one line, "" for none."""
    return " ".join(due.text.split()) if due else ""
