"""The baseline of `roadmap check`: which file, what it knows, and writing it anew."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from roadmap_cli.cli.frame import remark
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from roadmap_cli.baseline import Entry
    from roadmap_cli.model import Finding
    from roadmap_cli.selection import Layer


def baseline_file(baseline: str | None, write_baseline: str | None, report: str) -> str:
    """The baseline that is read or written, or «» for none; raises RoadmapError when it has no name, or two."""
    if write_baseline is None:
        if baseline == "":
            raise RoadmapError("--baseline: назовите файл")
        return baseline or ""
    if write_baseline and baseline and write_baseline != baseline:
        raise RoadmapError("--baseline и --write-baseline называют разные файлы: назовите один")
    if not (write_baseline or baseline):
        raise RoadmapError(f"--write-baseline: назовите файл, например --write-baseline {report}.txt")
    return write_baseline or baseline or ""


def known_before(file: str, report: str, writing: bool, some: bool) -> tuple[Entry, ...]:
    """What the baseline holds; where it is written for `some` plans only, it must be readable, for the others stay."""
    from roadmap_cli.baseline import load, to_replace

    return to_replace(file, report, needed=some) if writing else load(file, report)


def compared(
    file: str,
    before: Sequence[Entry],
    found: Sequence[Finding],
    files: Sequence[str],
    unread: Collection[str],
    layers: Sequence[Layer],
    *,
    whole: bool,
) -> tuple[frozenset[Finding], tuple[str, ...]]:
    """The findings that the baseline knows, and what is said of those that are gone.

    `whole` is a run on all plans, `layers` are what the command line selects.
    """
    from roadmap_cli.baseline import compare, relative
    from roadmap_cli.report.known import comparison_words, entries

    pairs = list(entries(found, lambda path: relative(path, file)))
    asked = [entry for entry in before if _is_asked(entry, layers)]
    result = compare([entry for entry, _ in pairs], asked, lambda entry: True, _looked(file, files, unread, whole))
    known = {entry.fingerprint for entry in result.known}
    said = comparison_words(result, f"roadmap check --baseline {quote(file)} --write-baseline")
    return frozenset(finding for entry, finding in pairs if entry.fingerprint in known), said


def write(
    file: str,
    before: Sequence[Entry],
    found: Sequence[Finding],
    files: Sequence[str],
    layers: Sequence[Layer],
    *,
    whole: bool,
) -> None:
    """Write the findings of now; those known of plans that were not looked at, and those not selected, stay."""
    from roadmap_cli.baseline import relative, written
    from roadmap_cli.output import put
    from roadmap_cli.report.known import entries

    now = [entry for entry, _ in entries(found, lambda path: relative(path, file))]
    marks = {entry.fingerprint for entry in now}
    looked = _looked(file, files, (), whole)
    out = [entry for entry in before if not (looked(entry.path) and _is_asked(entry, layers))]
    kept = [entry for entry in out if entry.fingerprint not in marks]
    put(file, written((*now, *kept), "check").encode())
    remark(f"записано известных находок: {len(now) + len(kept)} → {file}")


def _is_asked(entry: Entry, layers: Sequence[Layer]) -> bool:
    """Whether a finding that was known is one of those that the command line selects."""
    from roadmap_cli.checks import catalogue
    from roadmap_cli.selection import Selection

    return Selection(tuple(layers)).takes(entry.kind, catalogue().get(entry.kind, ""))


def _looked(file: str, files: Sequence[str], unread: Collection[str], whole: bool) -> Callable[[str], bool]:
    """Which plans, as the baseline names them, this run has looked at."""
    from roadmap_cli.baseline import relative

    wrong = {relative(path, file) for path in unread}
    seen = {relative(path, file) for path in files}
    return lambda path: path not in wrong and ((whole and not unread) or path in seen)
