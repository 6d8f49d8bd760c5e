"""Findings that a baseline may know: how each is remembered, and what is said of the comparison."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmap_cli.baseline import Entry, fingerprint
from roadmap_cli.selection import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from roadmap_cli.baseline import Comparison
    from roadmap_cli.model import Finding

_FOLDERS = re.compile(r"(?:[^\s«»/\\]*[/\\])+(?=[^\s«»/\\]+\.ya?ml)")
_LINE = re.compile(r"(?<=строке )\d+")


def entries(findings: Iterable[Finding], relative: Callable[[str], str]) -> Iterator[tuple[Entry, Finding]]:
    """Every finding as a baseline remembers it; `relative` makes a path one from the baseline's folder.

    Lines and folders in a message are no part of what is remembered. A file that cannot be read is never known.
    """
    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        if finding.code in ALWAYS:
            continue
        path = relative(finding.span.path)
        key = ("check", path, finding.code, finding.activity, _LINE.sub("…", _FOLDERS.sub("", finding.message)))
        seen[key] = seen.get(key, 0) + 1
        number = f"№ {finding.activity}: " if finding.activity else ""
        yield Entry(fingerprint(*key, str(seen[key])), path, finding.code, number + finding.message), finding


def comparison_words(compared: Comparison, update: str) -> tuple[str, ...]:
    """What is gone of the findings that were known; `update` is the command that writes the file anew."""
    if not compared.vanished:
        return ()
    lines = [f"Исчезло известных находок: {len(compared.vanished)} — обновите файл: {update}"]
    return (*lines, *(f"  {entry.path}: {entry.kind} {entry.words}" for entry in compared.vanished))
