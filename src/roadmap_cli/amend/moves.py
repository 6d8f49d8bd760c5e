"""`move` and `undo --move`: a deadline put off, with the old words kept, and the last such move taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.amend.values import Deed, Wanted, all_shared, is_shared, number, results, together, words
from roadmap_cli.dates import parse_due
from roadmap_cli.dates.words import doubts, in_words, plain_days
from roadmap_cli.edit import Edit
from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.targets import Place
from roadmap_cli.text import clean, days, fold, visible

if TYPE_CHECKING:
    from datetime import date

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.model import Activity, Due, Move


class Putting(NamedTuple):
    """That a deadline is put off: its new words, the day of the decision, the reason («» when none is given)."""

    to: str
    on: date
    reason: str


def move(wanted: Wanted, place: Place, putting: Putting, calendar: Calendar) -> Deed:
    """The deadline of a place gets new words and a note of the move; one that all results share moves for all."""
    activity = wanted.plan.activities[place.activity]
    if activity.cancelled:
        why = f"{wanted.label(place)}: отменено ({visible(activity.cancelled)}), переносить нечего"
        raise RoadmapError(f"{why}; снять отмену: {wanted.command('undo', Place(place.activity))}")
    due = _read(putting.to, wanted, activity, calendar)
    if place.result is None and all_shared(activity, "due"):
        return _moved(wanted, place, None, due, putting)
    meant = results(wanted, place, lambda j: activity.deliverables[j].due is not None)
    return together([_moved(wanted, one, number(one), due, putting) for one in meant])


def _read(text: str, wanted: Wanted, activity: Activity, calendar: Calendar) -> Due:
    """The new words as they will be read in their row; raises RoadmapError where that is no deadline."""
    said = clean(text)
    due = parse_due(said, wanted.plan.school_year or None, calendar, activity.period or None)
    notes = "; ".join(due.notes)
    if not said or due.kind == "unreadable":
        why = f" ({notes})" if said and notes else ""
        raise RoadmapError(f"--to: «{visible(text)}» не читается как срок{why}; напишите, например, «до 30.10.2022»")
    if due.unclear:
        raise RoadmapError(f"--to: «{visible(text)}» можно понять по-разному ({notes}); напишите яснее")
    return due


def _moved(wanted: Wanted, place: Place, result: int | None, due: Due, putting: Putting) -> Deed:
    activity = wanted.plan.activities[place.activity]
    own = activity.deliverables[result or 0]
    label, was, now = wanted.label(place), words(own.due), words(due)
    warnings = tuple(f"«{now}»: {note}" for note in doubts(due))
    if own.due is None:
        lost = "; причина не записана" if putting.reason else ""
        said = f"{label}: срока не было, записан «{now}» ({in_words(due)}); это не перенос{lost}"
        return Deed((Edit(place.activity, "due", now, result),), (place,), (said,), warnings)
    if fold(was) == fold(now):
        return Deed((), (place,), (f"{label}: срок и так «{visible(was)}», ничего не изменено",))
    if _same_days(own.due, due):
        why = f"«{visible(now)}» — те же дни, что и «{visible(was)}»"
        raise RoadmapError(f"{label}: {why}; это не перенос: если нужны другие слова, впишите их в файл сами")
    entry = {
        "from": was,
        "to": now,
        "on": f"{putting.on:%d.%m.%Y}",
        **({"reason": putting.reason} if putting.reason else {}),
    }
    entries = (*map(entry_of, _entries(activity, result)), entry)
    edits = (
        Edit(place.activity, "due", now, result),
        Edit(place.activity, "moved", entries, _holder(activity, result)),
    )
    if plain_days(own.done):
        warnings += (f"{label}: уже исполнено {words(own.done)}",)
    said = f"{label}: срок перенесён с «{visible(was)}» на «{visible(now)}»{_by(own.due, due)}"
    return Deed(edits, (place,), (said,), warnings)


def _same_days(one: Due, other: Due) -> bool:
    if not (one.end or one.start or one.rule):
        return False
    return (one.start, one.end, one.parts, one.rule) == (other.start, other.end, other.parts, other.rule)


def _by(old: Due, new: Due) -> str:
    """«, позже на 15 дней»; nothing where a last day is not known or stays."""
    if not (old.end and new.end) or old.unclear or old.end == new.end:
        return ""
    by = (new.end - old.end).days
    return f", {'позже' if by > 0 else 'раньше'} на {days(abs(by))}"


def _holder(activity: Activity, result: int | None) -> int | None:
    """Where the moves of a result stand: at the activity where it has no list, or only one result and moves already."""
    if result is None or "deliverables" not in activity.spans:
        return None
    alone = len(activity.deliverables) == 1 and activity.moved and not activity.deliverables[0].moved
    return None if alone else result


def _entries(activity: Activity, result: int | None) -> tuple[Move, ...]:
    holder = _holder(activity, result)
    return activity.moved if holder is None else activity.deliverables[holder].moved


def entry_of(move: Move) -> dict[str, str]:
    """A move by the keys of a plan file, without what is empty."""
    said = {"from": move.before, "to": move.after, "on": move.on, "reason": move.reason}
    return {key: value for key, value in said.items() if value}


def undo_move(wanted: Wanted, place: Place) -> Deed:
    """The last move of a place taken back: the old words stand again, and the note of the move goes."""
    activity = wanted.plan.activities[place.activity]
    several = len(activity.deliverables) > 1
    moved = {j for j, result in enumerate(activity.deliverables) if result.moved}
    whole = Place(place.activity)
    if several and place.result is not None and place.result not in moved and activity.moved:
        why = "перенос записан у мероприятия, для всех его результатов"
        raise RoadmapError(f"{wanted.label(place)}: {why}; снять его: {wanted.command('undo --move', whole)}")
    if not several or (place.result is None and activity.moved):
        at_row = several or (is_shared(activity, 0, "due") and not moved)
        return _unmoved(wanted, whole, None if at_row else 0)
    if place.result is None and not moved:
        return _unmoved(wanted, place, None)
    meant = results(wanted, place, moved.__contains__)
    return together([_unmoved(wanted, one, number(one)) for one in meant])


def _unmoved(wanted: Wanted, place: Place, result: int | None) -> Deed:
    activity = wanted.plan.activities[place.activity]
    label, entries = wanted.label(place), _entries(activity, result)
    if not entries:
        return Deed((), (place,), (f"{label}: переносов нет, снимать нечего",))
    last = entries[-1]
    now = _due_now(activity, result)
    if now is None or clean(words(now)) != clean(last.after):
        why = f"последний перенос — на «{visible(last.after)}», а срок сейчас «{visible(words(now))}»"
        raise RoadmapError(f"{label}: {why}: его меняли и после; исправьте срок и «moved» в файле сами")
    if not last.before:
        raise RoadmapError(f"{label}: у последнего переноса не записан прежний срок («from»): впишите его в файл")
    rest = tuple(map(entry_of, entries[:-1])) or None
    before = None if result is not None and _is_common(activity, result, last.before) else last.before
    edits = (
        Edit(place.activity, "due", before, result),
        Edit(place.activity, "moved", rest, _holder(activity, result)),
    )
    why = f", причина была: «{visible(last.reason)}»" if last.reason else ""
    said = f"{label}: перенос снят, срок снова «{visible(last.before)}» (был «{visible(last.after)}»{why})"
    return Deed(edits, (place,), (said,))


def _due_now(activity: Activity, result: int | None) -> Due | None:
    """The deadline of a result, or that of the activity, which some of its results share."""
    if result is not None:
        return activity.deliverables[result].due
    return next((d.due for j, d in enumerate(activity.deliverables) if is_shared(activity, j, "due")), None)


def _is_common(activity: Activity, result: int, text: str) -> bool:
    """Whether the words are those of the activity's deadline, which a result without its own has anyway."""
    if is_shared(activity, result, "due") or len(activity.deliverables) == 1:
        return False
    return clean(words(_due_now(activity, None))) == clean(text)
