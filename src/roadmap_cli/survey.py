"""Many plans traced to their parents: read, traced and forgotten one after another, in one process or in several."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from roadmap_cli.pool import in_chunks
from roadmap_cli.project import Library, by_place
from roadmap_cli.record import NamedTuple
from roadmap_cli.trace import to_the_bottom, trace_each

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from roadmap_cli.model import Finding
    from roadmap_cli.pool import Seen
    from roadmap_cli.settings import Settings
    from roadmap_cli.trace import Pair


class Survey(NamedTuple):
    """The pairs of all plans in order, in brief, what is wrong with plans and settings, and what was not compared.

    `unread` are files that are no plans, and plans that follow what cannot be read.
    """

    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]
    settings_findings: tuple[Finding, ...]
    unread: tuple[str, ...]


def survey(
    files: Sequence[str],
    settings_of: Callable[[str], Settings],
    *,
    beside: Sequence[str] = (),
    suggest: bool = True,
    jobs: int = 1,
    seen: Seen | None = None,
) -> Survey:
    """Trace the plans in `files`; those `beside` them only serve the coverage of the levels below.

    `settings_of` tells the settings that hold for a file; over several `jobs` it must be picklable. `seen` is told
    how many of the files are done.
    """
    asked = frozenset(files)
    work = partial(_surveyed, files=by_place(files, beside), asked=asked, settings_of=settings_of, suggest=suggest)
    parts = list(in_chunks(work, [*files, *beside], jobs, seen))
    pairs = to_the_bottom([pair for part in parts for pair in part.pairs])
    return Survey(
        tuple(pair for pair in pairs if pair.child.path in asked),
        tuple(dict.fromkeys(finding for part in parts for finding in part.findings)),
        tuple(dict.fromkeys(finding for part in parts for finding in part.settings_findings)),
        tuple(path for part in parts for path in part.unread),
    )


def _surveyed(
    part: Sequence[str],
    seen: Seen | None = None,
    *,
    files: Mapping[str, str],
    asked: frozenset[str],
    settings_of: Callable[[str], Settings],
    suggest: bool,
) -> Survey:
    library = Library(files, settings_of, asked, frozenset(part), seen=seen)

    def threshold_of(path: str) -> float | None:
        return library.settings[path].match_threshold if suggest else None

    pairs = trace_each(library.plans(), library.parent, threshold_of, brief=True)
    unread = (*library.unread, *library.without_parent)
    return Survey(tuple(pairs), tuple(library.findings), library.settings_findings(), unread)
