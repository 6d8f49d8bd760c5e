"""What is due to be said, to whom and in which words: plans, a day and what was said before → letters; pure.

Nothing here knows the clock, the disk or the network: `ledger` remembers what was said, `post` delivers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Literal, TypeAlias

    from roadmap_cli.calendar import Rule
    from roadmap_cli.model import Activity, Deliverable, Plan

    Channel: TypeAlias = Literal["stdout", "smtp", "json", "apprise"]

GROUPS: Final = {
    "overdue": "Просрочено",
    "today": "Сегодня",
    "soon": "Скоро",
    "begins": "Начинается",
    "passed": "Прошло без напоминания",
    "moved": "Срок изменён",
    "suspect": "Вышестоящая строка изменилась",
    "unreadable": "Срок не прочитан",
}
"""The groups of a digest in its order, with their headings."""


class Mark(NamedTuple):
    """That a thing was said: of which deliverable of which plan, for which due day, at which threshold."""

    plan: str
    deliverable: str
    due: str
    threshold: str


class Seen(NamedTuple):
    """A deliverable's days as they were seen, in a form to compare, and in words to show."""

    signature: str
    words: str


class Memory(NamedTuple):
    """What a recipient was told, and what was last seen on their behalf, by plan and deliverable."""

    told: frozenset[Mark] = frozenset()
    seen: Mapping[tuple[str, str], Seen] = {}


class Item(NamedTuple):
    """A deliverable, or with None a whole row whose links are watched, under keys that outlive an edit of the plan.

    `target` is how `roadmap done` names it, «» when nothing does; `seen` is how it stands now.
    """

    plan: Plan
    plan_key: str
    activity: Activity
    deliverable: Deliverable | None
    key: str
    target: str
    seen: Seen
    rule: Rule = "as-is"


class Notice(NamedTuple):
    """A thing to be said of an item; `day` is the day that it is about and `left` calendar days until then.

    `threshold` is what goes into the ledger, `was` the deadline before it was moved, `marks` all that is said with it.
    """

    item: Item
    group: str
    threshold: str
    day: date | None = None
    left: int | None = None
    was: str = ""
    marks: tuple[Mark, ...] = ()


class Recipient(NamedTuple):
    """Who is told: the key in the ledger, the name, and the address («» on the screen)."""

    key: str
    name: str
    address: str = ""


class Letter(NamedTuple):
    """All that a recipient is told in a run, and what was seen for them; without notices there is nothing to send."""

    recipient: Recipient
    notices: tuple[Notice, ...]
    seen: Mapping[tuple[str, str], Seen]

    def marks(self) -> frozenset[Mark]:
        """All that is said when this letter has been delivered."""
        return frozenset(mark for notice in self.notices for mark in notice.marks)
