"""A plan for the page: its activities and results with their states, deadlines and doubts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words, plain_days, unclear_notes
from roadmap_cli.people.directory import Directory
from roadmap_cli.report import owner_words
from roadmap_cli.report.execution import move_words
from roadmap_cli.report.gaps.words import number
from roadmap_cli.report.page.values import Block, Line
from roadmap_cli.report.status import off_of
from roadmap_cli.status import left_words, load_of, loads_of, rows
from roadmap_cli.text import fold, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.model import Activity, Due, Owners, Plan
    from roadmap_cli.report.page.anchors import Anchors
    from roadmap_cli.settings import Settings
    from roadmap_cli.status import Load, StatusRow


class Read:
    """A plan as of a day: its rows, its results by identity, its activities by line, and who does how much."""

    def __init__(self, plan: Plan, anchor: str, settings: Settings, today: date, anchors: Anchors) -> None:
        self.plan, self.anchor, self.settings = plan, anchor, settings
        self.rows = rows(plan, today, settings.due_soon)
        directory = Directory(plan.people)
        self.people = [directory.names(row.deliverable) for row in self.rows]
        self.loads: tuple[Load, ...] = loads_of(zip(self.rows, self.people, strict=True), today)
        self.blocks = _blocks(self, anchors)
        lines = (line for block in self.blocks for line in block.lines)
        self.lines = {id(row.deliverable): line for row, line in zip(self.rows, lines, strict=True)}
        self.anchors = {id(a): block.anchor for a, block in zip(plan.activities, self.blocks, strict=True)}

    def block_at(self, line: int) -> Block | None:
        """The last activity that begins at or above a line of the file."""
        above = [block for one, block in zip(self.plan.activities, self.blocks, strict=True) if one.span.line <= line]
        return above[-1] if above else None


def whole_load(found: Sequence[Read], today: date) -> Load | None:
    """What plans have to do together, whoever does it; None when there is nothing."""
    every = [row for one in found for row in one.rows]
    return load_of("", every, today) if every else None


def _blocks(read: Read, anchors: Anchors) -> tuple[Block, ...]:
    found = zip(read.rows, read.people, strict=True)
    blocks = []
    for activity in read.plan.activities:
        name = activity.no or activity.id or "без-номера"
        anchor = anchors.take(read.anchor, name)
        lines = tuple(
            _line(*next(found), anchors.take(read.anchor, f"{name}.{i}"), read)
            for i in range(1, len(activity.deliverables) + 1)
        )
        blocks.append(Block(anchor, number(activity), activity.title, _facts(activity), lines))
    return tuple(blocks)


def _facts(activity: Activity) -> tuple[str, ...]:
    cancelled = f"Отменено: {activity.cancelled}" if activity.cancelled else ""
    moved = map(move_words, activity.moved)
    return tuple(filter(None, (activity.section, activity.period, cancelled, *moved, activity.note)))


def _line(row: StatusRow, people: tuple[str, ...], anchor: str, read: Read) -> Line:
    deliverable = row.deliverable
    due = deliverable.due
    said = " ".join(due.text.split()) if due else ""
    done = deliverable.done
    marked = (
        f"исполнено {in_words(done)}" if plain_days(done) else f"отметка не прочитана: «{done.text}»" if done else ""
    )
    return Line(
        anchor,
        deliverable.text,
        said,
        _read_as(row, due, said, read.settings) if due else "",
        row.state,
        left_words(row),
        owner_words(deliverable.owners),
        people,
        (*_doubts(due), *(f"исполнение: {one}" for one in _doubts(done))),
        _doubts(deliverable.owners),
        tuple(filter(None, (marked, deliverable.evidence, *map(move_words, deliverable.moved), deliverable.note))),
    )


def _read_as(row: StatusRow, due: Due, said: str, settings: Settings) -> str:
    """How a deadline was read, where that says more than the document: «30.10.2022 (вс — выходной)»."""
    read = in_words(due)
    parts = [] if fold(read) == fold(said) else [read]
    if due.kind == "recurring" and row.day is not None:
        parts.append(f"{'прошло' if row.state == 'overdue' else 'ближайшее'} {row.day:%d.%m.%Y}")
    off = off_of(row, settings.calendar.rule)
    return "; ".join((*parts, off) if off else parts)


def _doubts(read: Due | Owners | None) -> tuple[str, ...]:
    """What was mended in a reading, and what is unclear in it; a year taken from the school year is neither."""
    if read is None:
        return ()
    return (*(f"исправлено при чтении: {one}" for one in read.repairs), *unclear_notes(read))


def soon_words(found: Sequence[Read]) -> str:
    """«в ближайшие 14 дней», or «скоро» where plans count it differently."""
    ahead = {one.settings.due_soon for one in found}
    return f"в ближайшие {plural(ahead.pop(), 'день', 'дня', 'дней')}" if len(ahead) == 1 else "скоро"
