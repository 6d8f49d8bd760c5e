"""A timeline drawn in characters: heads of months, and a strip for each row; positions come from `timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut, visible
from roadmap_cli.timeline import scale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.report import Table
    from roadmap_cli.timeline import Form, Mark, Scale


class Signs(NamedTuple):
    """The characters of a picture."""

    point: str
    bar: str
    line: str
    unclear: str
    onward: str
    today: str


_FULL = Signs("◆", "━", "─", "?", "›", "│")
_PLAIN = Signs("*", "=", "-", "?", ">", "|")
_LEGEND: dict[Form, str] = {
    "point": "срок (рядом его день)",
    "bar": "период",
    "line": "постоянно или без конца",
    "unclear": "неясно, какой из дней",
}


def signs(encoding: str) -> Signs:
    """The characters that an encoding has."""
    return _FULL if encoding.startswith("utf") else _PLAIN


class Strip(NamedTuple):
    """A row's columns: its characters, and which of them are the background."""

    text: str
    empty: tuple[bool, ...]


class Picture(NamedTuple):
    """What is drawn of a table: the width of its strips, the lines above them and a strip a row."""

    width: int
    heads: tuple[str, ...]
    strips: tuple[Strip, ...]


def picture(table: Table, room: int, used: Signs) -> Picture:
    """The table's rows in at most `room` columns; a row without marks says its last cell there."""
    if table.window is None:
        return Picture(0, (), tuple(Strip("", ()) for _ in table.rows))
    scaled = scale(table.window, room)
    width = len(scaled.columns)
    today = scaled.column(table.today) if table.today and _within(table.today, table) else None
    strips = tuple(
        _strip(row.marks, scaled, today, used) if row.marks else _words(row.cells[-1], width) for row in table.rows
    )
    drawn = any(row.marks for row in table.rows)
    heads = tuple(_head(words, width) for words in (scaled.years, scaled.months) if words and drawn)
    return Picture(width, heads, strips)


def _words(text: str, width: int) -> Strip:
    said = cut(visible(text), width).ljust(width)
    return Strip(said, (False,) * len(said))


def legend(tables: Sequence[Table], used: Signs, width: int) -> tuple[str, ...]:
    """What the signs mean that stand in the tables, in lines of at most that width where words allow it."""
    forms = {mark.form for table in tables for row in table.rows for mark in row.marks}
    said = [f"{getattr(used, form)} {words}" for form, words in _LEGEND.items() if form in forms]
    days = {table.today for table in tables if table.today and table.rows and _within(table.today, table)}
    said += [f"{used.today} сегодня, {day:%d.%m.%Y}" for day in days]
    lines = said[:1]
    for one in said[1:]:
        longer = f"{lines[-1]}   {one}"
        lines[-1:] = [longer] if len(longer) <= width else [lines[-1], one]
    return tuple(lines)


def _within(day: date, table: Table) -> bool:
    return table.window is not None and table.window.first <= day <= table.window.last


def _head(words: Sequence[tuple[int, str]], width: int) -> str:
    line = [" "] * width
    for column, word in words:
        line[column : column + len(word)] = word
    return "".join(line)


def _strip(marks: Sequence[Mark], scaled: Scale, today: int | None, used: Signs) -> Strip:
    """The marks, then their days beside them where that hides nothing."""
    line = [""] * len(scaled.columns)
    labels: dict[int, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: mark.form in ("point", "unclear")):  # a day is not hidden by a period
        first, last = scaled.stretch(mark)
        line[first : last + 1] = [getattr(used, mark.form)] * (last + 1 - first)
        if mark.end is None:
            line[last] = used.onward
        elif mark.form != "line":
            labels.setdefault(last, []).append(str(mark.end.day))
    if scaled.fine:
        _label(line, labels)
        for mark in marks:
            if mark.form == "bar":
                _put_before(line, scaled.column(mark.start), str(mark.start.day))
    empty = tuple(not char for char in line)
    if today is not None and not line[today]:
        line[today] = used.today
    return Strip("".join(char or " " for char in line), empty)


def _label(line: list[str], labels: dict[int, list[str]]) -> None:
    """The days behind their marks, or before them; those of marks that touch stand together behind the last of them."""
    for column in sorted(labels):
        word = ",".join(dict.fromkeys(labels[column]))
        if column + 1 in labels:
            labels[column + 1][:0] = labels[column]
        elif not _put(line, column + 1, word):
            _put_before(line, column, word)


def _put_before(line: list[str], column: int, word: str) -> None:
    """Write the word in front of a column, where it cannot be taken for the day of a mark before it."""
    at = column - len(word)
    if at <= 0 or not line[at - 1]:
        _put(line, at, word)


def _put(line: list[str], at: int, word: str) -> bool:
    """Write the word where nothing stands yet and no number goes on; whether there was room."""
    stop = at + len(word)
    free = at >= 0 and stop <= len(line) and not any(line[at:stop]) and not "".join(line[stop : stop + 1]).isdigit()
    if free:
        line[at:stop] = word
    return free
