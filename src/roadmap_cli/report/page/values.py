"""What the page for a director says, as values: words are ready to be read, places are anchors within the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from roadmap_cli.status import Load, State
    from roadmap_cli.timeline import Form


class Line(NamedTuple):
    """A result: `said` is its deadline in the document's words, `read` how it was read where that says more.

    The doubts are what was mended or is unclear in the reading; `people` are those it is counted for.
    """

    anchor: str
    result: str
    said: str
    read: str
    state: State
    left: str
    owners: str
    people: tuple[str, ...]
    due_doubts: tuple[str, ...]
    owner_doubts: tuple[str, ...]
    facts: tuple[str, ...]


class Block(NamedTuple):
    """An activity with its results; `facts` are its section, what was put off, why it is cancelled, its note."""

    anchor: str
    number: str
    title: str
    facts: tuple[str, ...]
    lines: tuple[Line, ...]


class Urgent(NamedTuple):
    """A result to be warned of: its group, its plan by anchor and name, its activity, the day that counts in words."""

    group: str
    plan: str
    name: str
    number: str
    title: str
    day: str
    left: str
    line: Line


class Alarm(NamedTuple):
    """A group of urgent results, «Просрочено», in the order of their days."""

    group: str
    title: str
    rows: tuple[Urgent, ...]


class Gap(NamedTuple):
    """A row of a parent plan as a school carries it out; `mood` is the state that a cell of the matrix shows."""

    anchor: str
    number: str
    title: str
    due: str
    mood: str
    symbol: str
    words: str
    children: tuple[str, ...]
    reason: str
    above: str


class Carrying(NamedTuple):
    """How a plan carries out one parent: rows, remarks, totals in words, and the activities of its own."""

    anchor: str
    parent: str
    coverage: int | None
    missing: int
    late: int
    total: str
    remarks: tuple[str, ...]
    rows: tuple[Gap, ...]
    own: tuple[str, ...]


class Doubt(NamedTuple):
    """A finding in a plan: its activity by number and anchor («» for the plan as a whole), and what is wrong."""

    number: str
    anchor: str
    severity: str
    message: str
    code: str


class Sheet(NamedTuple):
    """A plan: its figures, its activities, how it carries out its parents, and what is to be looked at in it."""

    anchor: str
    name: str
    title: str
    facts: tuple[str, ...]
    counts: dict[State, int]
    load: Load | None
    loads: tuple[Load, ...]
    blocks: tuple[Block, ...]
    carried: tuple[Carrying, ...]
    doubts: tuple[Doubt, ...]


class Heading(NamedTuple):
    """A column of the matrix: an activity of the parent, and in how many plans it is missing."""

    number: str
    title: str
    due: str
    missing: int


class School(NamedTuple):
    """A row of the matrix: a plan by anchor, its short and its full name, and its cells by column."""

    anchor: str
    short: str
    name: str
    coverage: int | None
    cells: tuple[Gap, ...]


class Matrix(NamedTuple):
    """Schools × activities of a parent plan, the worst first; `legend` holds (symbol, state, words, number)."""

    anchor: str
    parent: str
    columns: tuple[Heading, ...]
    schools: tuple[School, ...]
    legend: tuple[tuple[str, str, str, int], ...]


class Bar(NamedTuple):
    """Days of the timeline in parts of its whole width, from 0 to 1; a day has both sides of its own.

    `form` is that of a mark of the year's geometry; `mood` is a state, or "past" for a day of which nothing is known.
    """

    form: Form
    start: float
    end: float
    mood: str
    words: str


class Lane(NamedTuple):
    """A line of the timeline: an activity of a plan, or a whole plan where there are many.

    A `title` without bars names the plan of the lanes under it.
    """

    plan: str
    label: str
    bars: tuple[Bar, ...]
    title: bool = False


class Timeline(NamedTuple):
    """Lanes over months, which begin at parts of the whole width; `today` is its place, None outside.

    `by_plan` says that a lane is a plan and shows last days only; `left_out` says what has no place.
    """

    words: str
    today: float | None
    months: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    by_plan: bool
    left_out: str


class Page(NamedTuple):
    """The whole page as of a day; parts without anything to say are empty."""

    title: str
    organization: str
    day: str
    picture: tuple[str, ...]
    counts: dict[State, int]
    load: Load | None
    unread: tuple[str, ...]
    alarms: tuple[Alarm, ...]
    timeline: Timeline | None
    matrices: tuple[Matrix, ...]
    sheets: tuple[Sheet, ...]
