"""Tables for a terminal, by rich: a grid where the screen is wide, a list that cuts nothing where it is narrow."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from rich import box
from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from roadmap_cli.render import marked, named
from roadmap_cli.render.bars import legend, picture, signs
from roadmap_cli.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import IO

    from roadmap_cli.render import Screen
    from roadmap_cli.render.bars import Signs
    from roadmap_cli.report import Column, Report, Row, Table

WIDE = 120
_GAP = 3  # between two columns of a grid
_SIDEWAYS = 3  # a longer cell of a dense table stands upright
_NUMBER = 6  # characters of a number beside a timeline
_NAME = (24, 40)  # the least characters of a name there, on a narrow and on a wide screen
_LONG = 26  # a longer word may be broken
_COLORS = {
    "overdue": "red",
    "error": "red",
    "uncovered": "red",
    "late": "red",
    "due-soon": "yellow",
    "warning": "yellow",
    "suspect": "yellow",
    "partial": "yellow",
    "in-progress": "cyan",
    "early": "cyan",
    "done": "green",
    "covered": "green",
    "done-late": "magenta",
    "unreadable": "magenta",
    "cancelled": "bright_black",
    "not-applicable": "bright_black",
    "known": "bright_black",
    "unconfirmed": "yellow",
}


def render(report: Report, screen: Screen) -> str:
    """The report's tables one under another, then its summary."""
    console = Console(
        width=screen.width,
        color_system="standard" if screen.color else None,
        force_terminal=screen.color,
        no_color=not screen.color,
        highlight=False,
        legacy_windows=False,
        file=cast("IO[str]", _Sink(screen.encoding)),
    )
    tables = report.tables()
    drawn = [table for table in tables if table.layout == "timeline"]
    with console.capture() as capture:
        for number, table in enumerate(tables):
            if number:
                console.print()
            for line, style in zip(table.heading, ("bold", *["dim"] * len(table.heading)), strict=False):
                console.print(Text(visible(line), style=style))
            if not table.rows:
                console.print(Text(table.empty))
            elif table.layout == "dense":
                _print_dense(console, table, screen.width)
            elif table.layout == "timeline":
                _print_timeline(console, table, _number_width(drawn), signs(screen.encoding))
            elif table.layout == "list" or (table.layout == "auto" and screen.width < WIDE):
                _print_list(console, table)
            else:
                alike = [row for other in tables if other.columns == table.columns for row in _cells(other)]
                console.print(_grid(table, _widths(table.columns, alike, screen.width)))
            for line in table.footer:
                console.print(Text(visible(line)), no_wrap=False)
        for line in legend(drawn, signs(screen.encoding), screen.width):
            console.print(Text(line, style="dim"))
        if report.summary and tables:
            console.print()
        for line in report.summary:
            console.print(Text(visible(line), style="bold"))
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


class _Sink:
    """A stand-in for the output that only tells rich its encoding; nothing is written to it."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def _cell(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))


def _cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(map(_cell, marked(table, row))) for row in table.rows]


def _grid(table: Table, widths: Sequence[int]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for column, width in zip(table.columns, widths, strict=True):
        grid.add_column(column.heading, width=width, overflow="fold", justify="right" if column.figure else "left")
    for row, cells in zip(table.rows, _cells(table), strict=True):
        grid.add_row(*(_colored(cell, column, row) for cell, column in zip(cells, table.columns, strict=True)))
    return grid


def _widths(columns: Sequence[Column], rows: Sequence[tuple[str, ...]], width: int) -> list[int]:
    """How wide each column is: first for its longest words, then by its share as long as it has use for more."""
    room = width - _GAP * (len(columns) - 1)
    texts = [[column.heading, *(row[i] for row in rows)] for i, column in enumerate(columns)]
    most = [max(cell_len(line) for text in cells for line in text.split("\n")) for cells in texts]
    widths = [max(column.least, _longest_word(cells)) for column, cells in zip(columns, texts, strict=True)]
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    while sum(widths) < room:
        growing = [i for i in range(len(columns)) if widths[i] < most[i]]
        if not growing:
            break
        widths[min(growing, key=lambda i: widths[i] / columns[i].share)] += 1
    return widths


def _longest_word(texts: Iterable[str]) -> int:
    return max((min(cell_len(word), _LONG) for text in texts for word in text.split()), default=1)


def _colored(cell: str, column: Column, row: Row) -> Text:
    return Text(cell, style=_COLORS.get(row.mood, "") if column.mood else "")


def _print_list(console: Console, table: Table) -> None:
    """Short cells on a row's first line, long ones under it, each with all its words."""
    short = [i for i, column in enumerate(table.columns) if not column.fold]
    long = [i for i, column in enumerate(table.columns) if column.fold]
    for row in table.rows:
        console.print(_first_line(table, row, short))
        for i in long:
            if row.cells[i]:
                console.print(Padding(Text(_cell(row.cells[i])), (0, 0, 0, 3)))


def _first_line(table: Table, row: Row, short: list[int]) -> Text:
    line = Text()
    if table.layout == "list" and row.span:
        line.append(visible(f"{row.span.path}:{row.span.line}:{row.span.column}"))
    cells = marked(table, row)
    for i in short:
        column = table.columns[i]
        if cells[i]:
            line.append("  " if line else "")
            said = named(column, _cell(cells[i]))
            line.append(said, style=_COLORS.get(row.mood, "bold") if column.mood else "bold")
    return line


def _print_dense(console: Console, table: Table, width: int) -> None:
    """Names, then a character a column: as many columns as there is room for, the others in blocks underneath."""
    names = [i for i, column in enumerate(table.columns) if not column.symbol]
    symbols = [i for i, column in enumerate(table.columns) if column.symbol]
    heading = tuple(column.heading for column in table.columns)
    rows = [
        (tuple(map(_cell, cells)), moods) for cells, moods in ((heading, ()), *((r.cells, r.moods) for r in table.rows))
    ]
    widths = {i: max(cell_len(cells[i]) for cells, _ in rows) for i in names}
    widths[names[0]] = max(min(widths[names[0]], width // 2), 1)
    room = width - sum(widths.values()) - 2 * len(names) + 1
    longest = max((len(cells[i]) for cells, _ in rows for i in symbols), default=1)
    upright = longest > _SIDEWAYS or len(symbols) * (longest + 1) > room
    step = 2 if upright else longest + 1
    count = max(room // step, 1)
    for start in range(0, len(symbols), count):
        if start:
            console.print()
        for cells, moods in rows:
            columns = [(i, _name_lines(cells[i], widths[i], table.columns[i])) for i in names]
            columns += [(i, _symbol_lines(cells[i], step)) for i in symbols[start : start + count]]
            _print_across(console, columns, moods)


def _name_lines(text: str, width: int, column: Column) -> list[str]:
    if column.figure:
        return [text.rjust(width) + "  "]
    return [set_cell_size(line, width + 2) for line in chop_cells(text, width) or [""]]


def _symbol_lines(text: str, step: int) -> list[str]:
    """A cell that is too long for its column stands upright."""
    return [text.rjust(step - 1) + " "] if len(text) < step else [f"{char} " for char in text]


def _print_across(console: Console, columns: Sequence[tuple[int, list[str]]], moods: Sequence[str]) -> None:
    """Columns side by side: those of one line on the last, the figures of upright ones end there too."""
    high = max(len(lines) for _, lines in columns)
    for k in range(high):
        line = Text()
        for i, lines in columns:
            at = k - (high - len(lines))
            said = lines[at] if at >= 0 else " " * cell_len(lines[0])
            line.append(said, style=_COLORS.get(moods[i], "") if moods else "bold")
        console.print(line, no_wrap=True)


def _number_width(tables: Iterable[Table]) -> int:
    """The width of the numbers of all tables, so that their strips stand one under another."""
    numbers = (cell_len(_cell(row.cells[0])) for table in tables for row in table.rows)
    return min(max(numbers, default=1), _NUMBER)


def _print_timeline(console: Console, table: Table, number: int, used: Signs) -> None:
    """A line a row: the state's symbol, the number, as much of the name as there is room for, and the strip."""
    fixed = number + 5
    drawn = picture(table, console.width - fixed - _NAME[console.width >= WIDE], used)
    room = max(console.width - fixed - drawn.width, 1)
    for head in drawn.heads:
        console.print(Text(" " * (fixed + room) + head, style="bold"), no_wrap=True)
    for row, strip in zip(table.rows, drawn.strips, strict=True):
        color = _COLORS.get(row.mood, "")
        no, name = (_fitted(cell, width) for cell, width in zip(row.cells[:2], (number, room), strict=True))
        line = Text().append(f"{row.mark} {no} ", style=color).append(f"{name}  ")
        for empty, run in groupby(zip(strip.text, strip.empty, strict=True), key=itemgetter(1)):
            line.append("".join(char for char, _ in run), style="dim" if empty else color)
        console.print(line, no_wrap=True)


def _fitted(text: str, width: int) -> str:
    return set_cell_size(cut(_cell(text), width), width)
