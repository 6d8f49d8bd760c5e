"""Tables that this program exported: what they only repeat or compute is taken away before they are read.

Nothing else is: a state or a day that is not what the program would have written stays, and is placed or told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.dates import parse_due
from roadmap_cli.importing.around import school_year
from roadmap_cli.importing.headings import find_head
from roadmap_cli.importing.values import Cell, Document, Row, Table
from roadmap_cli.status import STATE_NAMES
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from roadmap_cli.importing.headings import Column, Head

_STATE: Final = re.compile(r"состояние на \d\d\.\d\d\.\d{4}")
_STATES: Final = frozenset(("", *STATE_NAMES.values()))


def as_written(document: Document) -> Document:
    """The document as the exported plan has it: a spreadsheet repeats and computes, and has its participants below.

    A row with the number and the title of the row above it (in Markdown: with none) is its next result, as under a
    merged cell; days that repeat the deadline beside them, and states, are blank; lines under the last row are
    paragraphs.
    """
    blocks: list[str | Table] = []
    above: list[str] = []
    for block in document.blocks:
        head = find_head(block.rows) if isinstance(block, Table) else None
        if isinstance(block, str) or head is None:
            above += [block] if isinstance(block, str) else []
            blocks.append(block)
            continue
        above += (cell.text() for row in block.rows[: head.start] for cell in row.cells)
        first = head.start + head.rows
        end = len(block.rows)
        while end > first and _is_line(block.rows[end - 1]):
            end -= 1
        kept = block._replace(rows=block.rows[:end])
        year, markdown = school_year(above, ()), document.name.lower().endswith(".md")
        blocks += [_table(kept, head, year, markdown=markdown), *(row.cells[0].text() for row in block.rows[end:])]
    return document._replace(blocks=tuple(blocks))


def _is_line(row: Row) -> bool:
    """Whether a row is one cell of the whole width."""
    return len(row.cells) > 2 and row.filled() == [0] and all(cell.merged == "left" for cell in row.cells[1:])


def _table(table: Table, head: Head, year: str, *, markdown: bool) -> Table:
    first = head.start + head.rows
    places = {column.role: column.places[0] for column in head.columns if len(column.places) == 1}
    others = [place for column in head.columns if column.role == "other" for place in column.places]
    states = [column.places[0] for column in head.columns if _is_computed(column, table.rows[first:])]
    rows = [_without(row, states) for row in table.rows[head.start :]]
    made = rows[: head.rows]
    above: Row | None = None
    for row in rows[head.rows :]:
        kept = _without(row, tuple(_repeated_days(row, places, year)))
        if above and (_repeats(row, above, places) or (markdown and _is_bare(row, places))):
            kept = _joined(kept, above, places, others)
        made.append(kept)
        above = row
    return table._replace(rows=(*table.rows[: head.start], *made))


def _is_computed(column: Column, rows: Sequence[Row]) -> bool:
    """Whether a column holds nothing but the states that the program knows, as on the day of its heading."""
    said = (_text(row, column.places[0]) for row in rows)
    return _STATE.fullmatch(fold(column.heading)) is not None and all(text in _STATES for text in said)


def _repeated_days(row: Row, places: Mapping[str, int], year: str) -> Iterator[int]:
    """The places of the first and the last day when they are those of the deadline, which stands there in words."""
    due, period = (_text(row, places.get(role)) for role in ("due", "period"))
    reading = parse_due(due, year or None, None, period or None)
    for role, day in (("start", reading.start), ("end", reading.end)):
        if due and day and role in places and _text(row, places[role]) == f"{day:%d.%m.%Y}":
            yield places[role]


def _text(row: Row, place: int | None) -> str:
    return row.cells[place].text() if place is not None and place < len(row.cells) else ""


def _repeats(row: Row, above: Row, places: Mapping[str, int]) -> bool:
    """Whether a row has the number and the title of the row above; a table without numbers does not say so."""
    own, other = ([_text(one, places.get(role)) for role in ("no", "title")] for one in (row, above))
    return "no" in places and bool(own[1]) and own == other


def _is_bare(row: Row, places: Mapping[str, int]) -> bool:
    """Whether a row has neither number nor title in their columns."""
    return {"no", "title"} <= places.keys() and not any(_text(row, places[role]) for role in ("no", "title"))


def _joined(row: Row, above: Row, places: Mapping[str, int], others: Sequence[int]) -> Row:
    """The row with its number and title, and what else it only repeats, merged into the row above."""
    mine = {places["no"], places["title"], *(i for i in others if _text(row, i) == _text(above, i))}
    return row._replace(cells=tuple(Cell(merged="above") if i in mine else cell for i, cell in enumerate(row.cells)))


def _without(row: Row, places: Collection[int]) -> Row:
    return row._replace(cells=tuple(Cell() if i in places and c.text() else c for i, c in enumerate(row.cells)))
