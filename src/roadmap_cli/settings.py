"""The settings of a project as values; `config` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.calendar import Calendar
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from roadmap_cli.model import Finding
    from roadmap_cli.selection import Layer


class Smtp(NamedTuple):
    """The server that takes letters; `port` 0 is the usual one of `tls`, `sender` an address, also with a name."""

    host: str = ""
    port: int = 0
    tls: Literal["starttls", "ssl", "none"] = "starttls"
    user: str = ""
    sender: str = ""
    password_file: str = ""


class Reminders(NamedTuple):
    """How a plan is reminded of; all numbers are calendar days.

    `days` before a deadline, largest first; `lookback` is how long a missed run is caught up; `default`, `copies` and
    the values of `roles` (keys folded) are addresses or names of people; `apprise` holds addresses of services and
    files with such.
    """

    days: tuple[int, ...] = (14, 7, 3, 1, 0)
    begins: bool = True
    overdue: Literal["once", "weekly", "daily"] = "once"
    lookback: int = 14
    default: str = ""
    copies: tuple[str, ...] = ()
    roles: Mapping[str, str] = {}
    smtp: Smtp = Smtp()
    apprise: tuple[str, ...] = ()


class ReminderLayer(NamedTuple):
    """What one place of the settings says: fields of Reminders, for the plans that a glob means from a folder on."""

    said: Mapping[str, Any]
    folder: str = ""
    glob: str = ""


class Settings(NamedTuple):
    """The settings that hold for a plan, with their defaults.

    `root` is the folder that plans may read from, `due_soon` is in days, `evidence_required` says that what is done has
    to be confirmed, `different` holds pairs of names that are two people however alike they look, `selection` says
    which findings are told and `reminders` what is reminded of, the outermost settings first.
    """

    root: str
    path: str = ""
    due_soon: int = 14
    evidence_required: bool = False
    timezone: str = ""
    match_threshold: float = 0.25
    calendar: Calendar = Calendar()
    different: frozenset[frozenset[str]] = frozenset()
    selection: tuple[Layer, ...] = ()
    reminders: tuple[ReminderLayer, ...] = ()
    findings: tuple[Finding, ...] = ()
