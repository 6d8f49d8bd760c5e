"""The values that everything else speaks of: frozen, with places, without logic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Literal, TypeAlias

    Severity: TypeAlias = Literal["error", "warning", "note"]

    Kind: TypeAlias = Literal[
        "on", "by", "period", "dates", "recurring", "ongoing", "season", "event", "unscheduled", "unreadable"
    ]


class Span(NamedTuple):
    """A place in a plan file: lines and columns count from 1, columns in characters, the end is exclusive."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Related(NamedTuple):
    """Another place that a finding speaks of, and what is there."""

    span: Span
    message: str


class Finding(NamedTuple):
    """One remark on a plan: `code` and `name` say which check made it, `activity` is the activity's id or ""."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    activity: str = ""
    related: tuple[Related, ...] = ()


class Part(NamedTuple):
    """One of several terms that a deadline phrase names; both days inclusive, an open side is None."""

    start: date | None
    end: date | None


class Due(NamedTuple):
    """The reading of a deadline phrase; days are inclusive, an open or unknown side is None.

    `rule` is an RFC 5545 RRULE without the prefix; `repairs` say what was mended in the text,
    `notes` what is doubtful. `unclear` marks a reading that stands beside another equally good one
    (two days without a dash).
    """

    kind: Kind
    text: str
    start: date | None = None
    end: date | None = None
    parts: tuple[Part, ...] = ()
    rule: str | None = None
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unclear: bool = False


class Person(NamedTuple):
    """A named person as written, in the form «Фамилия И.О.»; `role` is "" when none is written beside the name."""

    name: str
    role: str = ""


class Role(NamedTuple):
    """A position, a group or an organization without a name: `name` in full words, `text` as written."""

    name: str
    text: str = ""


if TYPE_CHECKING:
    Owner: TypeAlias = Person | Role


class Owners(NamedTuple):
    """The reading of a cell «Ответственные»."""

    text: str
    owners: tuple[Owner, ...] = ()
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Move(NamedTuple):
    """A deadline that was put off: the words before and after, the day of the decision and the reason."""

    before: str
    after: str
    on: str
    reason: str


class Deliverable(NamedTuple):
    """A result that an activity owes; `due` and `owners` are None when the plan gives none.

    `done` is the day of completion; `moved` holds the result's own moves, beside those of its activity; `spans` maps a
    key of the plan file («due», «owners» …) to its place.
    """

    text: str
    span: Span
    due: Due | None = None
    owners: Owners | None = None
    done: Due | None = None
    evidence: str = ""
    moved: tuple[Move, ...] = ()
    note: str = ""
    spans: Mapping[str, Span] = {}


class Activity(NamedTuple):
    """A row of a plan. `no` is the number as printed, `id` what links point at («» when there is neither).

    `source` is the place in the document that the row was imported from, in words.
    """

    no: str
    id: str
    title: str
    deliverables: tuple[Deliverable, ...]
    span: Span
    covers: tuple[str, ...] = ()
    section: str = ""
    period: str = ""
    addressed: tuple[str, ...] = ()
    cancelled: str = ""
    moved: tuple[Move, ...] = ()
    note: str = ""
    source: str = ""
    spans: Mapping[str, Span] = {}


class DirectoryPerson(NamedTuple):
    """An entry of a plan's `people`: one person with every spelling that means them."""

    name: str
    role: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()
    span: Span = Span("")


class Order(NamedTuple):
    """The order («приказ») that a plan belongs to."""

    number: str = ""
    date: Due | None = None
    signed: str = ""
    spans: Mapping[str, Span] = {}


class Cluster(NamedTuple):
    """Schools that a plan binds, under the heading they stand under («» when there is none)."""

    name: str
    schools: tuple[str, ...]
    span: Span


class Suppression(NamedTuple):
    """A comment that lets findings pass: its words (codes), the reason, and the lines for which it holds (0: none)."""

    span: Span
    words: tuple[str, ...]
    reason: str
    first: int = 0
    last: int = 0


class Plan(NamedTuple):
    """One plan file. `follows` holds paths as the loader resolved them; `path` is as the user named it.

    `approved` is the approval stamp in the document's own words.
    """

    path: str
    title: str
    organization: str
    school_year: str
    activities: tuple[Activity, ...]
    follows: tuple[str, ...] = ()
    order: Order | None = None
    participants: tuple[Cluster, ...] = ()
    people: tuple[DirectoryPerson, ...] = ()
    not_applicable: Mapping[str, str] = {}
    note: str = ""
    approved: str = ""
    spans: Mapping[str, Span] = {}
    suppressions: tuple[Suppression, ...] = ()
