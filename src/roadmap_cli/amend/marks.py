"""`done` and `undo`: the day of completion and its evidence, set and taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.amend.values import Deed, Wanted, is_shared, number, results, together, words
from roadmap_cli.dates import parse_due, parse_years
from roadmap_cli.dates.words import plain_days
from roadmap_cli.edit import Edit
from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.targets import Place
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from datetime import date

    from roadmap_cli.edit.values import Value
    from roadmap_cli.model import Deliverable

_BETWEEN: Final = re.compile(r"\s*[,;]\s*")


class Mark(NamedTuple):
    """That something is done: the day, whether it was named or is only today, and the evidence («» when none)."""

    day: date
    named: bool
    evidence: str


def done(wanted: Wanted, place: Place, mark: Mark) -> Deed:
    """The results of a place marked done; one that is done already gets no other day, but more evidence."""
    activity = wanted.plan.activities[place.activity]
    if activity.cancelled:
        why = f"{wanted.label(place)}: отменено ({visible(activity.cancelled)}), исполнять нечего"
        raise RoadmapError(f"{why}; снять отмену: {wanted.command('undo', Place(place.activity))}")
    left = {j for j, result in enumerate(activity.deliverables) if _is_left(result, mark.day)}
    idle = not left and not mark.evidence
    meant = results(wanted._replace(all_results=wanted.all_results or idle), place, left.__contains__)
    edits: list[Edit] = []
    said: list[str] = []
    ahead: list[str] = []
    for one in meant:
        days, new = _with_day(wanted, one, mark)
        what = [_days(new)] if new else []
        if new:
            edits.append(Edit(one.activity, "done", new if isinstance(new, tuple) else str(new), number(one)))
            ahead += _terms_ahead(wanted, one, mark.day)
        result = activity.deliverables[number(one)]
        if mark.evidence and mark.evidence not in result.evidence.split("; "):
            evidence = "; ".join(filter(None, (result.evidence, mark.evidence)))
            edits.append(Edit(one.activity, "evidence", evidence, number(one)))
            what.append(f"подтверждение «{visible(mark.evidence)}»")
        was = ", ".join(f"{day:%d.%m.%Y}" for day in days)
        label = wanted.label(one)
        if not what:
            said.append(f"{label}: уже исполнено {was}, ничего не изменено")
        elif new:
            said.append(f"{label}: исполнено {mark.day:%d.%m.%Y}" + (f", {what[1]}" if what[1:] else ""))
        else:
            said.append(f"{label}: исполнено {was}, добавлено {what[0]}")
    return Deed(tuple(edits), tuple(meant), tuple(said), (*_doubts(wanted, mark.day), *ahead))


def _is_left(result: Deliverable, day: date) -> bool:
    days = plain_days(result.done)
    return day not in days if _recurs(result) else not days


def _recurs(result: Deliverable) -> bool:
    return result.due is not None and result.due.kind == "recurring"


def _with_day(wanted: Wanted, place: Place, mark: Mark) -> tuple[tuple[date, ...], Value | None]:
    """The days on which a result was done until now, and what `done` has to say from now on: None when it stays."""
    result = wanted.plan.activities[place.activity].deliverables[number(place)]
    days, written = plain_days(result.done), f"{mark.day:%d.%m.%Y}"
    if result.done is None:
        return days, written
    label, line = wanted.label(place), result.spans["done"].line
    if not days:
        stands = f"в строке {line} записано «{visible(words(result.done))}», а это не день исполнения"
        raise RoadmapError(f"{label}: {stands}; исправьте эту запись или уберите её: {wanted.command('undo', place)}")
    if mark.day in days:
        return days, None
    if _recurs(result):
        return days, _added(words(result.done), written)
    if not mark.named:
        return days, None
    was = ", ".join(f"{day:%d.%m.%Y}" for day in days)
    undo = wanted.command("undo", place)
    raise RoadmapError(f"{label}: уже исполнено {was} (строка {line}); чтобы записать {written}, сначала: {undo}")


def _added(text: str, day: str) -> Value:
    """Days as they stand, and one more; a list stays a list."""
    return (*text.split("; "), day) if "; " in text else f"{text}, {day}"


def _days(value: Value) -> str:
    return value if isinstance(value, str) else "; ".join(map(str, value))


def _doubts(wanted: Wanted, day: date) -> tuple[str, ...]:
    """A day long before the plan's school year is most likely a slip."""
    years = parse_years(wanted.plan.school_year) if wanted.plan.school_year else None
    if years is None or (day.year, day.month) >= (years.first, 6):
        return ()
    return (f"{day:%d.%m.%Y} — раньше учебного года плана ({wanted.plan.school_year}): проверьте год",)


def _terms_ahead(wanted: Wanted, place: Place, day: date) -> list[str]:
    """That one mark is for all terms of a deadline («октябрь, январь»), though some are still ahead."""
    result = wanted.plan.activities[place.activity].deliverables[number(place)]
    parts = result.due.parts if result.due and not (_recurs(result) or result.due.unclear) else ()
    ahead = [f"{part.end:%d.%m.%Y}" for part in parts if part.end and (part.start or part.end) > day]
    if not ahead or len(parts) < 2:
        return []
    why = f"{wanted.label(place)}: отметка — для всех сроков «{visible(words(result.due))}»"
    lost = f"о следующих ({', '.join(ahead)}) больше не напомнят"
    return [f"{why}, {lost}; если они ещё не исполнены, снимите её: {wanted.command('undo', place)}"]


def undo(wanted: Wanted, place: Place) -> Deed:
    """The cancellation of a place taken back or, where there is none, the last mark that it is done."""
    activity = wanted.plan.activities[place.activity]
    row = Place(place.activity)
    if activity.cancelled:
        left = [j for j, result in enumerate(activity.deliverables) if result.done]
        rest = "; отметка об исполнении осталась" if left else ""
        said = f"{wanted.label(row)}: отмена снята (была: «{visible(activity.cancelled)}»){rest}"
        return Deed((Edit(row.activity, "cancelled", None),), (row,), (said,))
    marked = [j for j, result in enumerate(activity.deliverables) if result.done]
    if not marked or (place.result is not None and place.result not in marked):
        said = f"{wanted.label(place)}: снимать нечего — не исполнено и не отменено"
        return Deed((), (place,), (said,))
    common = [j for j in marked if is_shared(activity, j, "done")]
    if place.result is None and common == marked:
        return _unmarked(wanted, row, common[0])
    deeds: list[Deed] = []
    for one in results(wanted, place, marked.__contains__):
        if number(one) not in marked:
            continue
        if number(one) in common:
            line = activity.spans["done"].line
            why = f"отметка об исполнении стоит в строке {line} и общая для всех результатов"
            raise RoadmapError(f"{wanted.label(one)}: {why}; снять её у всех: {wanted.command('undo', row)}")
        deeds.append(_unmarked(wanted, one, number(one)))
    return together(deeds)


def _unmarked(wanted: Wanted, place: Place, j: int) -> Deed:
    """The last day of several goes, else the mark with its evidence; where the key is common, that of the activity."""
    activity = wanted.plan.activities[place.activity]
    result = activity.deliverables[j]
    label, was = wanted.label(place), visible(words(result.done))
    shared = is_shared(activity, j, "done")
    result_no = None if shared else j
    if len(plain_days(result.done)) > 1:
        rest = _without_last(wanted, place, words(result.done))
        kept = f"; подтверждение осталось: «{visible(result.evidence)}»" if result.evidence else ""
        said = f"{label}: последняя отметка снята; было исполнено {was}{kept}"
        return Deed((Edit(place.activity, "done", rest, result_no),), (place,), (said,))
    edits = [Edit(place.activity, "done", None, result_no)]
    own = result.evidence and is_shared(activity, j, "evidence") == shared
    if own:
        edits.append(Edit(place.activity, "evidence", None, result_no))
    gone = f", подтверждение «{visible(result.evidence)}»" if own else ""
    kept = f"; подтверждение, общее для результатов, осталось: «{visible(result.evidence)}»" if result.evidence else ""
    said = f"{label}: отметка снята (было: исполнено {was}{gone})" + ("" if own else kept)
    return Deed(tuple(edits), (place,), (said,))


def _without_last(wanted: Wanted, place: Place, text: str) -> Value:
    """The days of a text but the last one."""
    items = _BETWEEN.split(text)
    rest: Value = tuple(text.split("; ")[:-1]) if "; " in text else ", ".join(items[:-1])
    days = plain_days(parse_due(text, wanted.plan.school_year or None))
    if plain_days(parse_due(_days(rest), wanted.plan.school_year or None)) != days[:-1]:
        raise RoadmapError(f"{wanted.label(place)}: в «{visible(text)}» не видно последнего дня; уберите его сами")
    return rest
