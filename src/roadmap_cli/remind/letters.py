"""Items, their people and what was said before → one letter a recipient with all that is due to be said on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple
from roadmap_cli.remind import GROUPS, Item, Letter, Mark, Memory, Notice, Recipient, Seen
from roadmap_cli.remind.events import BEGINS, OVERDUE, Event, events, terms
from roadmap_cli.remind.recipients import Contacts, Who, contacts_of
from roadmap_cli.status import row
from roadmap_cli.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from roadmap_cli.model import Deliverable
    from roadmap_cli.project import Project
    from roadmap_cli.remind import Channel
    from roadmap_cli.settings import Reminders
    from roadmap_cli.status import StatusRow


class Wanted(NamedTuple):
    """What a run is to do: the channel, the person it is for («» for all), and the services of the channel apprise."""

    channel: Channel
    only: str = ""
    services: tuple[str, ...] = ()


def letters(
    project: Project, found: Iterable[Item], today: date, wanted: Wanted, memory_of: Callable[[str], Memory]
) -> tuple[Letter, ...]:
    """A letter for each recipient that any item concerns, empty ones too: what was seen for them is in those.

    `memory_of` knows a recipient by the key.
    """
    known_by = contacts_of(project)
    rules = {path: own for path, (_, own) in known_by.items()}
    mine: dict[str, dict[tuple[str, str], Item]] = {}
    known: dict[str, Recipient] = {}
    for item in found:
        for recipient in _routed(item, *known_by[item.plan.path], wanted):
            mine.setdefault(recipient.key, {})[item.plan_key, item.key] = item
            same = known.setdefault(recipient.key, recipient).name == recipient.name
            known[recipient.key] = recipient if same else recipient._replace(name="")
    return tuple(
        _letter(one, tuple(mine[one.key].values()), rules, today, memory_of(one.key)) for one in sorted(known.values())
    )


def people(project: Project, found: Iterable[Item]) -> tuple[Who, ...]:
    """Everybody whom the items concern, each once."""
    known_by = contacts_of(project)
    return tuple(sorted({who for item in found for who in known_by[item.plan.path][0].of(item)}))


def is_meant(who: Who, only: str) -> bool:
    """Whether the words of `--only` mean somebody: a part of the name, or the address."""
    return fold(only) in fold(who.name) or (bool(who.address) and fold(only) == fold(who.address))


def _routed(item: Item, contacts: Contacts, rules: Reminders, wanted: Wanted) -> Iterator[Recipient]:
    meant = [who for who in contacts.of(item) if not wanted.only or is_meant(who, wanted.only)]
    if not meant:
        return
    if wanted.channel == "apprise":
        yield from (Recipient(f"apprise:{key}", "", key) for key in wanted.services)
        return
    for who in meant:
        if wanted.channel != "smtp":
            yield Recipient(f"{wanted.channel}:{who.name}", who.name, who.address)
        elif who.address:
            yield Recipient(f"smtp:{fold(who.address)}", who.name, who.address)
        elif default := contacts.resolve(rules.default):
            yield Recipient(f"smtp:{fold(default)}", "", default)
        else:
            yield Recipient(f"stdout:{who.name}", who.name)
    if wanted.channel == "smtp" and not wanted.only:
        copies = filter(None, map(contacts.resolve, rules.copies))
        yield from (Recipient(f"smtp:{fold(copy)}", "", copy) for copy in copies)


def _letter(
    recipient: Recipient, own: Sequence[Item], rules: dict[str, Reminders], today: date, memory: Memory
) -> Letter:
    notices = [notice for item in own for notice in judge(item, rules[item.plan.path], today, memory)]
    order = list(GROUPS)
    ranked = sorted(
        notices, key=lambda n: (order.index(n.group), n.day or today, n.item.plan_key, n.item.activity.span, n.item.key)
    )
    return Letter(recipient, tuple(ranked), {(item.plan_key, item.key): item.seen for item in own})


def judge(item: Item, rules: Reminders, today: date, memory: Memory) -> tuple[Notice, ...]:
    """What is to be said of an item on a day to somebody who remembers.

    An overdue time of a recurring deadline does not hide that the next one is near: both are said.
    """
    first = _nearest(item, rules, today, memory)
    if first is None or first.group != "overdue" or item.deliverable is None or item.deliverable.due is None:
        return (first,) if first else ()
    if item.deliverable.due.kind != "recurring":
        return (first,)
    place = item.plan_key, item.key
    seen = {place: item.seen} if place in memory.seen else {}
    second = _nearest(item, rules, today, Memory(memory.told | set(first.marks), seen))
    return (first, second) if second else (first,)


def _nearest(item: Item, rules: Reminders, today: date, memory: Memory) -> Notice | None:
    """The one thing to be said of an item, or None.

    Of several thresholds that have passed only the nearest is said, what is overdue before all others; it is marked
    with those that it makes needless. One said before is not said again, whatever the clock does. A changed day is said
    once to those who have seen the old one.
    """
    old = memory.seen.get((item.plan_key, item.key))
    is_new = old is not None and old.signature != item.seen.signature
    states = [row(item.activity, one, today, 0) for one in _results(item)]
    if item.activity.cancelled or all(one.state in ("done", "done-late") for one in states):
        return None
    if item.deliverable is None:
        return Notice(item, "suspect", "suspect") if is_new and item.seen.signature else None
    passed = [event for term in terms(states[0], today) for event in events(term, rules, today) if event.on <= today]
    notice = _unreadable(item, memory) if states[0].state == "unreadable" else None
    if passed:
        owed = [one for one in passed if one.threshold.startswith(OVERDUE) and not _is_told(_mark(item, one), memory)]
        nearest = max(owed or passed, key=lambda event: (event.on, event.threshold != BEGINS))
        if not _is_told(_mark(item, nearest), memory) and _is_fresh(nearest, rules.lookback, today, old):
            left = (nearest.day - today).days
            marks = tuple(_mark(item, one) for one in passed if one.day <= nearest.day)
            notice = Notice(item, _group(nearest, today), nearest.threshold, nearest.day, left, marks=marks)
    if old is not None and is_new:
        notice = (notice or _moved(item, states[0]))._replace(was=old.words)
    return notice and notice._replace(marks=notice.marks or tuple(_mark(item, event) for event in passed))


def _results(item: Item) -> tuple[Deliverable, ...]:
    return item.activity.deliverables if item.deliverable is None else (item.deliverable,)


def _moved(item: Item, found: StatusRow) -> Notice:
    """That a deadline is another by now; with the day that counts, unless something only begins on it."""
    due = found.deliverable.due
    counted = due is not None and (due.end is not None or due.kind == "recurring")
    return Notice(item, "moved", "moved", *((found.day, found.left) if counted and found.left is not None else ()))


def _unreadable(item: Item, memory: Memory) -> Notice | None:
    due = item.deliverable.due if item.deliverable else None
    mark = Mark(item.plan_key, item.key, clean(due.text) if due else "", "unreadable")
    return None if mark in memory.told else Notice(item, "unreadable", "unreadable", marks=(mark,))


def _mark(item: Item, event: Event) -> Mark:
    return Mark(item.plan_key, item.key, event.day.isoformat(), event.threshold)


def _is_told(mark: Mark, memory: Memory) -> bool:
    """Whether it was said; of what is repeated, a later time counts too: the clock may have gone back since."""
    if mark in memory.told or not mark.threshold.startswith(f"{OVERDUE} "):
        return mark in memory.told
    later = (one for one in memory.told if one[:3] == mark[:3] and one.threshold.startswith(OVERDUE))
    return any(one.threshold >= mark.threshold for one in later)


def _is_fresh(event: Event, lookback: int, today: date, old: Seen | None) -> bool:
    """Whether a threshold that has passed is still worth saying: what is owed always is, the rest for a while."""
    if event.threshold.startswith(OVERDUE):
        return True
    if event.threshold != BEGINS and event.day < today and old is None:
        return False
    last = event.on if event.day >= today or event.threshold == BEGINS else event.day
    return last >= today - timedelta(days=lookback)


def _group(event: Event, today: date) -> str:
    if event.threshold.startswith(OVERDUE):
        return "overdue"
    if event.threshold == BEGINS:
        return "begins"
    left = (event.day - today).days
    return "passed" if left < 0 else "today" if left == 0 else "soon"
