"""Plan + day → states: what is done, overdue, due soon; pure, the day and the settings are parameters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import plain_days
from roadmap_cli.model import Person
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from typing import Literal, TypeAlias

    from roadmap_cli.model import Activity, Deliverable, Due, Move, Plan
    from roadmap_cli.people.directory import Directory

    State: TypeAlias = Literal[
        "overdue",
        "due-soon",
        "in-progress",
        "upcoming",
        "ongoing",
        "unscheduled",
        "unreadable",
        "done",
        "done-late",
        "cancelled",
    ]

STATE_NAMES: dict[State, str] = {
    "overdue": "просрочено",
    "due-soon": "скоро",
    "in-progress": "идёт",
    "upcoming": "впереди",
    "ongoing": "постоянно",
    "unscheduled": "без даты",
    "unreadable": "срок не прочитан",
    "done": "исполнено",
    "done-late": "исполнено с опозданием",
    "cancelled": "отменено",
}


class StatusRow(NamedTuple):
    """A deliverable and its state as of a day; `day` is the day it is counted to, `left` calendar days until then."""

    activity: Activity
    deliverable: Deliverable
    state: State
    day: date | None = None
    left: int | None = None


def moves(row: StatusRow) -> tuple[Move, ...]:
    """How often the deadline of a row was put off: the moves of its activity, then its own."""
    return row.activity.moved + row.deliverable.moved


def lacks_evidence(row: StatusRow) -> bool:
    """Whether it is marked done, and nothing says by what."""
    return row.state != "cancelled" and bool(plain_days(row.deliverable.done)) and not row.deliverable.evidence


def rows(plan: Plan, today: date, due_soon: int = 14) -> tuple[StatusRow, ...]:
    """Every deliverable of the plan with its state; `due_soon` is in days, today inclusive."""
    return tuple(row(activity, d, today, due_soon) for activity in plan.activities for d in activity.deliverables)


def row(activity: Activity, deliverable: Deliverable, today: date, due_soon: int) -> StatusRow:
    """The state of one deliverable (DESIGN §5): what is done or cancelled first, then the days."""
    due = deliverable.due
    day = target(due, today) if due else None
    if activity.cancelled:
        return StatusRow(activity, deliverable, "cancelled", day)
    if due is not None and due.kind == "recurring":
        return _recurring(activity, deliverable, due, today, due_soon)
    done = plain_days(deliverable.done)
    if done:
        last = due.end if due else None
        late = last is not None and max(done) > last
        return StatusRow(activity, deliverable, "done-late" if late else "done", last)
    if due is None:
        return StatusRow(activity, deliverable, "unscheduled")
    if due.kind == "ongoing":
        return StatusRow(activity, deliverable, "ongoing")
    if day is not None:
        return StatusRow(activity, deliverable, _state_by_day(due, day, today, due_soon), day, (day - today).days)
    if due.start is not None:
        begun = due.start <= today
        left = None if begun else (due.start - today).days
        return StatusRow(activity, deliverable, "ongoing" if begun else "upcoming", due.start, left)
    if due.kind in ("season", "event", "unscheduled"):
        return StatusRow(activity, deliverable, "unscheduled")
    return StatusRow(activity, deliverable, "unreadable")


def _recurring(activity: Activity, deliverable: Deliverable, due: Due, today: date, due_soon: int) -> StatusRow:
    """Overdue when the last occurrence passed with nothing done after the one before it; else the next counts.

    What was done on the very day of an occurrence is that one's, and not the next one's too.
    """
    from roadmap_cli.recurrence import occurrences

    last, before, upcoming = occurrences(due, today)
    done = plain_days(deliverable.done)
    if last is not None and not any(before is None or day > before for day in done):
        return StatusRow(activity, deliverable, "overdue", last, (last - today).days)
    if upcoming is not None and upcoming in done:
        last, upcoming = upcoming, occurrences(due, upcoming + timedelta(1))[2]
    if upcoming is None:
        return StatusRow(activity, deliverable, "done" if done and last else "ongoing", last)
    left = (upcoming - today).days
    return StatusRow(activity, deliverable, "due-soon" if left <= due_soon else "upcoming", upcoming, left)


def target(due: Due, today: date) -> date | None:
    """The last day that counts now: of several terms the next one that has not passed, else the last."""
    ends = [part.end for part in due.parts if part.end is not None]
    return min((end for end in ends if end >= today), default=due.end) if ends and not due.unclear else due.end


def _state_by_day(due: Due, day: date, today: date, due_soon: int) -> State:
    left = (day - today).days
    if left < 0:
        return "overdue"
    if left <= due_soon:
        return "due-soon"
    return "in-progress" if due.start is not None and due.start <= today else "upcoming"


def left_words(row: StatusRow) -> str:
    """«просрочено на 5 дней», «сегодня», «через 3 дня»; the state's name where no day is counted."""
    if row.left is None or row.state in ("done", "done-late", "cancelled"):
        return STATE_NAMES[row.state]
    if row.left < 0:
        return f"просрочено на {days(-row.left)}"
    return "сегодня" if row.left == 0 else f"через {days(row.left)}"


def summary(found: Iterable[StatusRow]) -> dict[State, int]:
    """How many deliverables are in each state, in the order of urgency, states without any left out."""
    counts: dict[State, int] = dict.fromkeys(STATE_NAMES, 0)
    for one in found:
        counts[one.state] += 1
    return {state: number for state, number in counts.items() if number}


class Load(NamedTuple):
    """What one owner has to do; `discipline` is done in time of what was due by now, in percent, None without any."""

    owner: str
    total: int
    done: int
    done_late: int
    overdue: int
    due_soon: int
    discipline: int | None


def loads(found: Sequence[StatusRow], today: date, directory: Directory | None = None) -> tuple[Load, ...]:
    """The load of every owner, most overdue first; deliverables with nobody responsible stand under «—».

    The directory joins the spellings of one person, and a role with the person who has it.
    """
    known = directory or _nobody_known()
    return loads_of([(one, known.names(one.deliverable)) for one in found], today)


def loads_of(found: Iterable[tuple[StatusRow, tuple[str, ...]]], today: date) -> tuple[Load, ...]:
    """The load of every owner over rows whose owners' names are known already."""
    by_owner: dict[str, list[StatusRow]] = {}
    for one, names in found:
        for name in names or ("—",):
            by_owner.setdefault(name, []).append(one)
    result = [load_of(name, mine, today) for name, mine in by_owner.items()]
    return tuple(sorted(result, key=lambda load: (-load.overdue, -load.due_soon, -load.total, load.owner)))


def _nobody_known() -> Directory:
    from roadmap_cli.people.directory import Directory

    return Directory(())


def due_by_now(found: Iterable[StatusRow], today: date) -> list[StatusRow]:
    """The rows whose day has come: those overdue, and those done whose day is not after today."""
    finished = ("done", "done-late")
    return [r for r in found if r.state == "overdue" or (r.state in finished and r.day is not None and r.day <= today)]


def load_of(name: str, mine: Sequence[StatusRow], today: date) -> Load:
    """The load of one who answers for all these rows."""

    def count(state: State) -> int:
        return sum(one.state == state for one in mine)

    owed = due_by_now(mine, today)
    in_time = sum(r.state == "done" for r in owed)
    discipline = round(100 * in_time / len(owed)) if owed else None
    return Load(name, len(mine), count("done"), count("done-late"), count("overdue"), count("due-soon"), discipline)


def is_owned_by(deliverable: Deliverable, wanted: str, directory: Directory | None = None) -> bool:
    """Whether an owner's name or role holds the wanted words, in any case and with «е» for «ё»."""
    needle = wanted.casefold().replace("ё", "е")
    owners = deliverable.owners.owners if deliverable.owners else ()
    names = [o.name + " " + (o.role if isinstance(o, Person) else o.text) for o in owners]
    names += directory.names(deliverable) if directory else ()
    return any(needle in name.casefold().replace("ё", "е") for name in names)
