"""What is wanted of a plan file, what came of it, and why it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    Value: TypeAlias = str | tuple[str, ...] | tuple[Mapping[str, str], ...]


class Edit(NamedTuple):
    """One wanted change: `key` of an activity, or of one of its deliverables, gets `value`; None takes the key away.

    `key` is canonical, as in FIELDS. Places count from 0, as in `Plan.activities` and `Activity.deliverables`.
    """

    activity: int
    key: str
    value: Value | None
    deliverable: int | None = None


class Change(NamedTuple):
    """The text of a plan before and after, without a byte order mark; both are the same when nothing was to change."""

    path: str
    before: str
    after: str


class Refused(RoadmapError):
    """The edit cannot be made safely: the message names the file and the line, why, and what to do by hand."""


class Obstacle(Exception):
    """Why an edit cannot be made, in which line, and what to do about it; it leaves this package only as `Refused`."""

    def __init__(self, line: int, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.line = line
        self.why = why
        self.remedy = remedy


def refused(path: str, obstacle: Obstacle, edit: Edit) -> Refused:
    """The refusal of one edit, with its remedy, or with what is to be written by hand."""
    if obstacle.remedy:
        hand = obstacle.remedy
    elif edit.value is None:
        hand = f"уберите ключ «{edit.key}» в файле сами"
    elif isinstance(edit.value, str):
        hand = f"впишите в файл сами: «{edit.key}: {visible(edit.value)}»"
    else:
        hand = f"впишите ключ «{edit.key}» в файл сами"
    return Refused(f"«{visible(path)}», строка {obstacle.line}: {obstacle.why}; {hand}")
