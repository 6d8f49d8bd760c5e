"""The school year of the page: every deadline in its place, a lane an activity, or a plan where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.words import MONTHS
from roadmap_cli.report.gaps.words import number
from roadmap_cli.report.page.values import Bar, Lane, Timeline
from roadmap_cli.status import STATE_NAMES, left_words
from roadmap_cli.text import clean, cut, plural
from roadmap_cli.timeline import Window, marks, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from roadmap_cli.report.page.rows import Read
    from roadmap_cli.status import StatusRow
    from roadmap_cli.timeline import Mark

_PLANS = 2  # up to so many plans every activity has a lane
_LABEL = 40  # characters of a lane's label
_FINISHED = ("done", "done-late", "cancelled")
_LONGEST = 366 * 3  # days of a picture in which a month can still be seen


def timeline(read: Sequence[Read], names: Mapping[str, str], today: date) -> Timeline | None:
    """The deadlines of the plans over their school years; None when none of them has a day."""
    found = [(one, [(row, marks(row.deliverable.due, one.plan.school_year)) for row in one.rows]) for one in read]
    windows = [
        window(one.plan.school_year, [mark for _, some in rows for mark in some], today)
        for one, rows in found
        if any(some for _, some in rows)
    ]
    if not windows:
        return None
    shown = _bounded(Window(min(one.first for one in windows), max(one.last for one in windows)), today)
    by_plan = len(read) > _PLANS
    lanes = []
    placed = total = 0
    for one, rows in found:
        bars = [(row, list(_bars(row, some, shown, today, by_plan))) for row, some in rows]
        total += len(bars)
        placed += sum(bool(some) for _, some in bars)
        name = cut(clean(names[one.plan.path]), _LABEL)
        if by_plan:
            lanes.append(Lane(one.anchor, name, _drawn(bar for _, some in bars for bar in some)))
        else:
            lanes += [Lane(one.anchor, name, (), title=True)] if len(read) > 1 else []
            lanes += _activity_lanes(one, bars)
    return Timeline(
        f"с {shown.first:%d.%m.%Y} по {shown.last:%d.%m.%Y}",
        _share(today.toordinal(), shown) if shown.first <= today <= shown.last else None,
        _months(shown),
        tuple(lane for lane in lanes if lane.bars or lane.title),
        by_plan,
        _left_out(total - placed, by_plan),
    )


def _bounded(shown: Window, today: date) -> Window:
    """The window, or three years around today where a plan names a day so far away that nothing could be seen."""
    if (shown.last - shown.first).days <= _LONGEST:
        return shown
    first = max(shown.first, today.replace(month=1, day=1, year=max(today.year - 1, 1)))
    last = min(shown.last, today.replace(month=12, day=31, year=min(today.year + 1, 9999)))
    return Window(first, last) if first <= last else Window(today.replace(day=1), today)


def _share(ordinal: int, shown: Window) -> float:
    first = shown.first.toordinal()
    return (ordinal - first) / (shown.last.toordinal() + 1 - first)


def _months(shown: Window) -> tuple[tuple[float, str], ...]:
    starts = []
    day = shown.first
    while day <= shown.last:
        starts.append((_share(day.toordinal(), shown), _head(day, shown)))
        if (day.year, day.month) == (9999, 12):
            break
        day = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
    return tuple(starts)


def _head(day: date, shown: Window) -> str:
    name = MONTHS[day.month - 1][:3]
    return f"{name} {day.year}" if day.month == 1 or day == shown.first else name


def _bars(row: StatusRow, found: Sequence[Mark], shown: Window, today: date, by_plan: bool) -> Iterator[Bar]:
    for mark in found:
        end = mark.end or shown.last
        if mark.start > shown.last or end < shown.first or (by_plan and mark.form == "line"):
            continue
        start = max(mark.end if by_plan and mark.end else mark.start, shown.first)
        mood = _mood(row, mark, len(found), today)
        if end > shown.last and by_plan:
            continue
        yield Bar(
            "point" if by_plan and mark.form == "bar" else mark.form,
            _share(start.toordinal(), shown),
            _share(min(end, shown.last).toordinal() + 1, shown),
            mood,
            _words(row, mark, mood, by_plan),
        )


def _mood(row: StatusRow, mark: Mark, number: int, today: date) -> str:
    """The state of the row where it speaks of this mark; of the other marks only what the day tells."""
    if number == 1 or row.state in _FINISHED or mark.end == row.day:
        return row.state
    return "upcoming" if mark.end is None or mark.end >= today else "past"


def _words(row: StatusRow, mark: Mark, mood: str, by_plan: bool) -> str:
    name = f"{number(row.activity)}: " if by_plan else ""
    days = f"{mark.start:%d.%m.%Y}" + (f"–{mark.end:%d.%m.%Y}" if mark.end and mark.end != mark.start else "")
    open_end = "с " if mark.end is None else ""
    doubt = ", один из возможных сроков" if mark.form == "unclear" else ""
    said = left_words(row) if mood == row.state else "прошло" if mood == "past" else STATE_NAMES["upcoming"]
    return f"{name}{open_end}{days}{doubt} — {said}"


def _activity_lanes(one: Read, bars: Iterable[tuple[StatusRow, list[Bar]]]) -> list[Lane]:
    by_activity: dict[int, list[Bar]] = {}
    for row, some in bars:
        by_activity.setdefault(id(row.activity), []).extend(some)
    return [
        Lane(
            one.anchor,
            cut(clean(f"{number(activity)} {activity.title}"), _LABEL),
            _drawn(by_activity.get(id(activity), ())),
        )
        for activity in one.plan.activities
    ]


def _drawn(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """Bars in the order of drawing: what is certain and short lies on top."""
    return tuple(sorted(bars, key=lambda bar: ("line", "bar", "unclear", "point").index(bar.form)))


def _left_out(number: int, by_plan: bool) -> str:
    if not number:
        return ""
    said = plural(number, "результата", "результатов", "результатов")
    why = "без последнего дня" if by_plan else "без даты"
    return f"Нет на шкале: {said} — {why} или за её краями; они есть в таблицах ниже."
