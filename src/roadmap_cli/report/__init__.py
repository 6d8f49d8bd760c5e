"""What is shown, built once for every format: a document for machines and tables for people; no format, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.calendar import WEEKDAYS, effective, transfers_known, why_off
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from roadmap_cli.calendar import Rule
    from roadmap_cli.model import Activity, Deliverable, Due, Owners, Span
    from roadmap_cli.report.events import Agenda
    from roadmap_cli.timeline import Mark, Window

_LAST_YEAR = 2100  # no data of transfers reaches so far
NOBODY = "ответственный не назван"


class Column(NamedTuple):
    """A column: a short one stands in a row's first line, a `fold`ed one goes under it where the screen is narrow.

    `share` is its part of a wide screen, `least` its least width in characters, a `figure` stands on the right; `mood`
    columns take the row's colour and its mark; the cells of a `named` one say nothing without their heading, or its
    `short` form. A `file` column is the place of a whole record: plain has it in front, csv needs no other. A `symbol`
    one is a narrow column of a dense table.
    """

    heading: str
    fold: bool = False
    share: int = 1
    least: int = 3
    mood: bool = False
    named: bool = False
    short: str = ""
    figure: bool = False
    file: bool = False
    symbol: bool = False


class Row(NamedTuple):
    """A record: its cells by column, the place it comes from, the mood (a state or a severity) for colour, and a mark.

    The mark is the symbol that stands before the words of the mood; a spreadsheet, which might take it for a formula,
    gets none. `moods` are those of the single cells of a dense table, `marks` the days of a row of a timeline.
    """

    cells: tuple[str, ...]
    span: Span | None = None
    mood: str = ""
    mark: str = ""
    moods: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


class Table(NamedTuple):
    """Rows under a heading; `empty` is said instead of no rows.

    `layout` is "auto" (a grid where the screen is wide, else a list), "grid", "list" or "dense": columns as narrow as
    their symbols, with headings and totals written downwards where they are long, and in blocks one under another where
    they are more than the screen has room for. A "timeline" shows the rows' marks in its `window`, with `today` marked.
    """

    heading: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: tuple[str, ...] = ()
    layout: str = "auto"
    empty: str = ""
    window: Window | None = None
    today: date | None = None


class Report(NamedTuple):
    """A command's answer: `document` makes its JSON (always the same keys), `tables` are what people see on a screen.

    `records` are for plain and csv, where every line must speak for itself; without them the tables serve there too.
    Each is made only when a format asks for it.
    `files` are those that a report of findings has looked at, and `lines_of` gives the lines of one of them.
    `agenda` is what a calendar shows of a report of deadlines.
    """

    document: Callable[[], Mapping[str, Any] | Sequence[Any]]
    tables: Callable[[], tuple[Table, ...]]
    summary: tuple[str, ...] = ()
    records: Callable[[], tuple[Table, ...]] | None = None
    files: Sequence[str] = ()
    lines_of: Callable[[str], Sequence[str]] = lambda path: ()
    agenda: Callable[[], Agenda] | None = None


def due_document(due: Due | None) -> dict[str, Any] | None:
    """A reading as JSON: days in ISO form, unknown ones null."""
    if due is None:
        return None
    return {
        "text": due.text,
        "kind": due.kind,
        "start": due.start and due.start.isoformat(),
        "end": due.end and due.end.isoformat(),
        "parts": [
            {"start": part.start and part.start.isoformat(), "end": part.end and part.end.isoformat()}
            for part in due.parts
        ],
        "rule": due.rule,
        "repairs": list(due.repairs),
        "notes": list(due.notes),
    }


def owner_documents(owners: Owners | None) -> list[dict[str, Any]]:
    """Owners as JSON: a person has a `name`, a role without a person has null there."""
    from roadmap_cli.model import Person

    return [
        {"type": "person", "name": o.name, "role": o.role or None}
        if isinstance(o, Person)
        else {"type": "role", "name": None, "role": o.name}
        for o in (owners.owners if owners else ())
    ]


def owner_words(owners: Owners | None) -> str:
    """Owners on one line in the document's own words, or that nobody is named."""
    return (" ".join(owners.text.split()) if owners else "") or NOBODY


def activity_words(activity: Activity, deliverable: Deliverable) -> str:
    """The title of an activity, and under it the result."""
    return "\n".join(filter(None, (activity.title, deliverable.text and f"— {deliverable.text}")))


def transfers_words(year: int) -> str:
    """Why the transfers of days off in a year are not counted: too early for the data, or not decided yet."""
    if any(map(transfers_known, range(year, _LAST_YEAR))):
        return f"переносов выходных {year} года в программе нет"
    return f"переносы выходных {year} года ещё не известны"


def off_words(day: date, rule: Rule = "as-is") -> str:
    """«сб — выходной, считать 14.10.2022» for a day off, "" for a working day."""
    off = why_off(day).partition(",")[0]
    if not off:
        return ""
    moved = effective(day, rule)
    said = [f"{WEEKDAYS[day.weekday()]} — {off}"]
    if not transfers_known(day.year):
        said.append(transfers_words(day.year))
    if moved != day:
        said.append(f"считать {moved:%d.%m.%Y}")
    return ", ".join(said)


def day_words(day: date, rule: Rule = "as-is") -> str:
    """«14.10.2022, пт»; «15.10.2022, сб — выходной, считать 14.10.2022»."""
    return f"{day:%d.%m.%Y}, {off_words(day, rule) or WEEKDAYS[day.weekday()]}"
