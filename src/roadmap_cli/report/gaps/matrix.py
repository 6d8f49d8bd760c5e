"""Schools × activities of their parent: a symbol a cell on the screen, words in records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.model import Span
from roadmap_cli.report import Column, Row, Table
from roadmap_cli.report.gaps.words import (
    STATE_NAMES,
    SYMBOLS,
    UNCONFIRMED,
    dues_in_words,
    names,
    number,
    short_names,
    state_words,
    unconfirmed,
    worst_first,
)
from roadmap_cli.text import clean, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.model import Activity
    from roadmap_cli.report.gaps.words import Standing
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow

MARKS = {**SYMBOLS, "unconfirmed": "~"}
WORDS = {**STATE_NAMES, "unconfirmed": f"{UNCONFIRMED} (похоже по словам)"}
"""The symbols and the words of a cell, by its mood."""
_HIGH = 6  # characters of a column's heading
_LINE = 78  # characters of a line of the legend
_EMPTY = "В вышестоящем плане нет ни одного мероприятия."


def matrix(pairs: Sequence[Pair]) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """A table and its records for every parent, the schools with the worst first."""
    by_parent: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_parent.setdefault(pair.parent.path, []).append(pair)
    short, full = short_names(pairs), names(pairs)
    found = [worst_first(some) for some in by_parent.values()]
    return tuple(_table(some, short) for some in found), tuple(_records(some, full) for some in found)


def mood_of(row: TraceRow) -> str:
    """The state that a cell shows: links that nobody confirmed are no «в срок»."""
    return "unconfirmed" if row.state in ("covered", "early") and unconfirmed(row) else row.state


def _table(found: Sequence[Standing], said: dict[str, str]) -> Table:
    parent = found[0].pair.parent
    activities = [row.activity for row in found[0].pair.rows]
    columns = (Column("Школа"), Column("%", figure=True), *(Column(_label(a), symbol=True) for a in activities))
    counts = dict.fromkeys(MARKS, 0)
    lacking = [0] * len(activities)
    rows = []
    for pair in (one.pair for one in found):
        moods = [mood_of(row) for row in pair.rows]
        for i, mood in enumerate(moods):
            counts[mood] += 1
            lacking[i] += mood == "uncovered"
        cells = (said[pair.child.path], "—" if pair.coverage is None else str(pair.coverage))
        rows.append(Row((*cells, *(MARKS[mood] for mood in moods)), moods=("", "", *moods)))
    if activities:
        rows.append(Row(("Нет в планах", "", *map(str, lacking))))
    legend = _legend([f"{MARKS[state]} {WORDS[state]}: {n}" for state, n in counts.items() if n])
    heading = ("Школы и мероприятия вышестоящего плана", f"{parent.path}: {parent.title}")
    return Table(heading, columns, tuple(rows), legend or (_EMPTY,), "dense")


def _legend(said: Sequence[str]) -> tuple[str, ...]:
    """The words on lines that no screen breaks between a symbol and its meaning."""
    lines: list[str] = []
    for words in said:
        if lines and len(lines[-1]) + len(words) + 3 <= _LINE:
            lines[-1] += f",  {words}"
        else:
            lines.append(words)
    return tuple(lines)


def _label(activity: Activity) -> str:
    return cut(clean(activity.no or activity.id), _HIGH) or "—"


def _records(found: Sequence[Standing], said: dict[str, str]) -> Table:
    activities = [row.activity for row in found[0].pair.rows]
    columns = (
        Column("Школа"),
        Column("Файл", file=True),
        Column("Покрыто %", named=True),
        *(Column(_heading(a), named=True, short=number(a)) for a in activities),
    )
    rows = []
    for pair in (one.pair for one in found):
        cells = (said[pair.child.path], pair.child.path, "—" if pair.coverage is None else str(pair.coverage))
        rows.append(Row((*cells, *map(cell_words, pair.rows)), Span(pair.child.path)))
    return Table((), columns, tuple(rows))


def _heading(activity: Activity) -> str:
    """«№ 5. Проведение опроса… (до 14.10.2022)»."""
    due = dues_in_words(activity)
    return f"{number(activity)}. {cut(clean(activity.title), 60)}{'' if due == '—' else f' ({due})'}"


def cell_words(row: TraceRow) -> str:
    """«позже на 3 дня», and that nobody has confirmed the link where it is only suggested."""
    return f"{state_words(row)}, {UNCONFIRMED}" if unconfirmed(row) else state_words(row)
