"""The settings of a project as values; `config` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.calendar import Calendar
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from roadmap_cli.model import Finding
    from roadmap_cli.selection import Layer


class Settings(NamedTuple):
    """The settings that hold for a plan, with their defaults.

    `root` is the folder that plans may read from, `due_soon` is in days, `evidence_required` says that what is done has
    to be confirmed, `different` holds pairs of names that are two people however alike they look, `selection` says
    which findings are told, the outermost settings first.
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
    findings: tuple[Finding, ...] = ()
