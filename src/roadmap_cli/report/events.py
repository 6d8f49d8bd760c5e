"""What a calendar file is made of: entries of whole days, with nothing of plans in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal, TypeAlias

    Standing: TypeAlias = Literal["open", "unclear", "done", "cancelled"]


class Event(NamedTuple):
    """An entry: whole days from `start` to `end`, both inclusive.

    `uid` stays when words and days change; `stamp` is a day of the plan, never of the run; `revision` grows when the
    deadline is moved or the activity is cancelled; `alarms` are days before the last day.
    """

    uid: str
    start: date
    end: date
    summary: str
    description: tuple[str, ...]
    categories: tuple[str, ...]
    stamp: date
    revision: int
    standing: Standing
    completed: date | None
    alarms: tuple[int, ...]


class Agenda(NamedTuple):
    """What a calendar shows; `left_out` says which rows have no day, `tasks` asks for tasks in place of events."""

    name: str
    timezone: str
    events: tuple[Event, ...]
    left_out: str = ""
    tasks: bool = False
