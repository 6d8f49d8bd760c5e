"""How a plan was carried out in a period, as of a day: what was due, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import doubts, plain_days
from roadmap_cli.people.directory import Directory
from roadmap_cli.record import NamedTuple
from roadmap_cli.recurrence import occurrences
from roadmap_cli.report import NOBODY
from roadmap_cli.report.gaps.words import number
from roadmap_cli.status import due_by_now, load_of, loads_of, rows
from roadmap_cli.text import days, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.model import Activity, Deliverable, Move, Plan
    from roadmap_cli.report.material import Material, Period
    from roadmap_cli.status import Load, StatusRow

_JUDGED = ("overdue", "done-late", "done")


class Doubtful(NamedTuple):
    """A row to be compared with the document: what is not certain about its deadline, and about its mark."""

    row: StatusRow
    due: str
    done: str


class Execution(NamedTuple):
    """A plan in a period: `owed` was due in it by now, `ahead` was done before its day in it, or before a
    later day where an earlier term lies in it.

    `waiting` is due later in it, `cancelled` would have been due in it, `undated` has no day that counts. `missed` are
    rows of several terms with the days of those that passed in it without a mark. `doubtful` are all rows that may
    belong to the period, and whose deadline or mark is not read for certain. `load` counts all that was owed, `loads`
    the same for each of the responsible.
    """

    plan: Plan
    period: Period
    owed: tuple[StatusRow, ...]
    ahead: tuple[StatusRow, ...]
    waiting: tuple[StatusRow, ...]
    cancelled: tuple[StatusRow, ...]
    undated: tuple[StatusRow, ...]
    missed: tuple[tuple[StatusRow, tuple[date, ...]], ...]
    doubtful: tuple[Doubtful, ...]
    load: Load
    loads: tuple[Load, ...]


def execution(plan: Plan, material: Material) -> Execution:
    """What was due in the plan's period by today: states and discipline are those of `status`, but for what recurs."""
    period, today = material.period_of(plan), material.today
    as_of = min(today, period.last + timedelta(days=1))
    found = [_of_last_time(row, as_of) for row in rows(plan, as_of, material.settings[plan.path].due_soon)]
    inside = [row for row in found if row.day and period.first <= row.day <= period.last and not _open(row)]
    owed = due_by_now(inside, as_of)
    counted, here = set(map(id, owed)), set(map(id, inside))
    rest = [row for row in inside if id(row) not in counted]
    before = [row for row in found if row.state == "done" and id(row) not in here and _between_ends(row, period)]
    directory = Directory(plan.people)
    touching = (row for row in found if row.state != "cancelled" and _touches(row, period))
    doubted = [_doubtful(row, period, today) for row in touching]
    return Execution(
        plan,
        period,
        tuple(owed),
        (*(row for row in rest if row.state in _JUDGED), *before),
        tuple(row for row in rest if row.state not in _JUDGED and row.state != "cancelled"),
        tuple(row for row in found if row.state == "cancelled" and (row.day is None or id(row) in here)),
        tuple(row for row in found if row.state != "cancelled" and (row.day is None or _open(row))),
        tuple((row, passed) for row in found if (passed := _missed(row, period, as_of))),
        tuple(one for one in doubted if one.due or one.done),
        load_of("", owed, as_of),
        loads_of([(row, directory.names(row.deliverable)) for row in owed], as_of),
    )


def _of_last_time(row: StatusRow, as_of: date) -> StatusRow:
    """A recurring row by its last day before `as_of`: done, done late or overdue; every other row as it is."""
    due = row.deliverable.due
    if due is None or due.kind != "recurring" or row.state == "cancelled":
        return row
    last, before, upcoming = occurrences(due, as_of)
    if last is None:
        return row
    done = _between(row.deliverable, before, upcoming)
    if not done:
        return row._replace(state="overdue", day=last, left=(last - as_of).days)
    return row._replace(state="done" if min(done) <= last else "done-late", day=last, left=None)


def _between(deliverable: Deliverable, before: date | None, upcoming: date | None) -> list[date]:
    """The marks that speak of a recurring day: behind the one before it, not behind the next one."""
    done = plain_days(deliverable.done)
    return [day for day in done if (before is None or day > before) and (upcoming is None or day <= upcoming)]


def _open(row: StatusRow) -> bool:
    """Whether the row's day is only a beginning: what has no end is never due."""
    due = row.deliverable.due
    return due is not None and due.kind != "recurring" and due.end is None


def _touches(row: StatusRow, period: Period) -> bool:
    """Whether a day that the deadline names lies in the period; one that was not read may."""
    due = row.deliverable.due
    if due is None or due.kind == "unreadable":
        return due is not None
    days = (row.day, due.start, due.end, *(part.end for part in due.parts))
    return any(day is not None and period.first <= day <= period.last for day in days)


def _doubtful(row: StatusRow, period: Period, today: date) -> Doubtful:
    return Doubtful(row, _due_doubt(row, period), _done_doubt(row, today))


def doubt_words(found: Execution) -> tuple[str, ...]:
    """What is to be compared with the document, a sentence for each row: how it was read, and what was counted."""
    return tuple(f"{number(one.row.activity)}: {'; '.join(filter(None, one[1:]))}." for one in found.doubtful)


def _due_doubt(row: StatusRow, period: Period) -> str:
    due = row.deliverable.due
    if due is None:
        return ""
    said, why = f"срок «{' '.join(due.text.split())}»", "; ".join(doubts(due))
    if due.kind == "unreadable":
        return f"{said} не прочитан{f' ({why})' if why else ''} и не учтён"
    if not why:
        return ""
    if row.day is None:
        return f"{said} ({why}) не учтён"
    outside = "" if period.first <= row.day <= period.last else ", он не в этом периоде"
    return f"{said} ({why}): учтён день {_day(row.day)}{outside}"


def _done_doubt(row: StatusRow, today: date) -> str:
    done = row.deliverable.done
    if done is None:
        return ""
    said = f"отметка «{' '.join(done.text.split())}»"
    if not plain_days(done):
        return f"{said} — не день, она не учтена"
    ahead = ("позже дня справки",) if max(plain_days(done)) > today else ()
    why = "; ".join((*doubts(done), *ahead))
    return f"{said} ({why}): учтено {', '.join(map(_day, plain_days(done)))}" if why else ""


def _missed(row: StatusRow, period: Period, as_of: date) -> tuple[date, ...]:
    """The ends of terms in the period that passed before the one that counts now, where nothing is marked as done."""
    if row.day is None or row.state in ("cancelled", *_JUDGED):
        return ()
    return tuple(end for end in _between_ends(row, period) if end < as_of)


def _between_ends(row: StatusRow, period: Period) -> tuple[date, ...]:
    """Those of the several terms of a row that end in the period, before the one that counts."""
    due = row.deliverable.due
    if due is None or due.unclear or len(due.parts) < 2 or row.day is None:
        return ()
    ends = (part.end for part in due.parts if part.end is not None)
    return tuple(end for end in ends if period.first <= end <= period.last and end < row.day)


def totals_words(found: Execution, today: date) -> tuple[str, ...]:
    """The figures in sentences: what was due, done, late and overdue, the discipline, and what is not counted."""
    owed, load = len(found.owed), found.load
    said = [f"По состоянию на {today:%d.%m.%Y} {_owed_words(found)}"]
    if load.discipline is not None:
        said.append(f"Исполнительская дисциплина: {load.discipline} % (исполнено в срок {load.done} из {owed}).")
    if found.owed and not any(d.done for activity in found.plan.activities for d in activity.deliverables):
        said.append("Отметок об исполнении в плане нет ни одной.")
    rest = [
        ("срок ещё впереди", found.waiting),
        ("исполнено раньше срока", found.ahead),
        ("отменено", found.cancelled),
        ("без определённого срока (в дисциплину не входит)", [r for r in found.undated if r.state != "unreadable"]),
        ("срок не прочитан (в дисциплину не входит)", [r for r in found.undated if r.state == "unreadable"]),
    ]
    other = "; ".join(f"{what} — {len(rows)}" for what, rows in rest if rows)
    if other:
        said.append(f"Кроме того: {other}.")
    unmarked = "; ".join(f"{number(row.activity)} ({', '.join(map(_day, passed))})" for row, passed in found.missed)
    if unmarked:
        said.append(f"Промежуточные сроки прошли без отметки об исполнении: {unmarked}.")
    return tuple(said)


def _owed_words(found: Execution) -> str:
    load, owed = found.load, len(found.owed)
    if not owed:
        return "в этом периоде срок не наступил ни у одного результата."
    one, many = "результата, который надо было", "результатов, которые надо было"
    said = f"из {plural(owed, one, many, many)} исполнить в этом периоде,"
    done, late = load.done + load.done_late, load.done_late
    if not done:
        return f"{said} не исполнено ни одного." if owed > 1 else f"{said} не исполнено 1."
    how = f", из них {late} с опозданием" if late < done else ", с опозданием" if done == 1 else ", все с опозданием"
    undone = f"; не исполнено {load.overdue}" if load.overdue else ""
    return f"{said} исполнено {done}{how if late else ''}{undone}."


def outcome_words(row: StatusRow, today: date) -> str:
    """«исполнено 20.10.2022, позже на 5 дней»; «не исполнено, просрочено на 5 дней»."""
    if row.state == "overdue" and row.day:
        return f"не исполнено, просрочено на {days((today - row.day).days)}"
    done = _done(row)
    said = f"исполнено {', '.join(map(_day, done))}"
    if row.state == "done-late" and row.day:
        return f"{said}, позже на {days((max(done) - row.day).days)}"
    return said


def _done(row: StatusRow) -> Sequence[date]:
    """The days on which it was done; of a recurring one the mark that counts for its day."""
    due = row.deliverable.due
    if due is None or due.kind != "recurring" or row.day is None:
        return plain_days(row.deliverable.done)
    _, before, upcoming = occurrences(due, row.day + timedelta(days=1))
    return [min(_between(row.deliverable, before, upcoming))]


def marks(activity: Activity, deliverable: Deliverable) -> tuple[str, ...]:
    """What is marked on a result, a line each: «12.10.2022; приказ № 87», why it is cancelled, where it was moved."""
    done = deliverable.done.text if deliverable.done else ""
    said = ["; ".join(filter(None, (done, deliverable.evidence)))]
    said += changes(activity, deliverable)
    return tuple(filter(None, said))


def changes(activity: Activity, deliverable: Deliverable) -> list[str]:
    """Why an activity is cancelled, and the moves of its deadline and of this result's own, a line each."""
    cancelled = [f"Отменено: {activity.cancelled}"] if activity.cancelled else []
    return [*cancelled, *map(move_words, activity.moved + deliverable.moved)]


def move_words(move: Move) -> str:
    """«Срок перенесён с «до 15.10.2022» на «до 30.10.2022», решение от 14.10.2022 (карантин)»."""
    decided = f", решение от {move.on}" if move.on else ""
    reason = f" ({move.reason})" if move.reason else ""
    before = f" с «{move.before}»" if move.before else ""
    after = f" на «{move.after}»" if move.after else ""
    return f"Срок перенесён{before}{after}{decided}{reason}"


def owner_words(load: Load) -> str:
    """The name of a responsible person or role, or that nobody is named."""
    return NOBODY if load.owner == "—" else load.owner


def _day(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year:04}"
