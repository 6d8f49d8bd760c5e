"""Gaps that a baseline may know: which rows fail, how each is remembered, and what is said of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.baseline import Entry, fingerprint
from roadmap_cli.report.gaps.words import UNCONFIRMED, number, state_words, unconfirmed
from roadmap_cli.text import clean, cut, days, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from roadmap_cli.baseline import Comparison
    from roadmap_cli.report.gaps.words import Place
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow

KINDS = ("uncovered", "late", "suspect", "unconfirmed")
"""The kinds of gaps that `--fail-on` names."""


def kinds(row: TraceRow) -> tuple[str, ...]:
    """The kinds of gap that a row is: it may be late, and unconfirmed or to be looked at again, at once."""
    held = {row.state, "late" if row.days_late else "", "unconfirmed" if unconfirmed(row) else ""}
    return tuple(kind for kind in KINDS if kind in held)


def fails(pairs: Iterable[Pair], wanted: Collection[str]) -> bool:
    """Whether any row is a gap of a wanted kind."""
    return any(kind in wanted for pair in pairs for row in pair.rows for kind in kinds(row))


def entries(pairs: Iterable[Pair], relative: Callable[[str], str]) -> Iterator[tuple[Entry, Place]]:
    """Every gap as a baseline remembers it, with its place; `relative` makes a path one from the baseline's folder.

    Neither lines nor days of the plans are part of what is remembered, but for how late a row is.
    """
    for pair in pairs:
        child, parent = relative(pair.child.path), relative(pair.parent.path)
        seen: dict[tuple[str, str], int] = {}
        for i, row in enumerate(pair.rows):
            found = kinds(row)
            activity = row.activity
            key = (activity.id or activity.no, fold(activity.title))
            seen[key] = seen.get(key, 0) + 1
            for kind in found:
                words = f"{number(activity)} {cut(clean(activity.title), 80)} ({parent}): {_words(row, kind)}"
                late = row.days_late or 0 if kind == "late" else 0
                mark = fingerprint("gaps", child, parent, *key, str(seen[key]), kind)
                yield Entry(mark, child, kind, words, late), (pair.child.path, pair.parent.path, i)


def _words(row: TraceRow, kind: str) -> str:
    if kind == "late":
        return f"позже на {days(row.days_late or 0)}"
    return UNCONFIRMED if kind == "unconfirmed" else state_words(row)


def comparison_words(compared: Comparison, update: str) -> tuple[str, ...]:
    """What is new, how much is known and what is gone; `update` is the command that writes the file anew."""
    known = f"известных: {len(compared.known)}"
    lines = [f"Новых разрывов: {len(compared.new)}, {known}." if compared.new else f"Новых разрывов нет, {known}."]
    lines += [_new(entry, compared) for entry in compared.new]
    if compared.vanished:
        lines.append(f"Исчезло известных разрывов: {len(compared.vanished)} — обновите файл: {update}")
        lines += [f"  {entry.path}: {entry.words}" for entry in compared.vanished]
    return tuple(lines)


def _new(entry: Entry, compared: Comparison) -> str:
    before = compared.grown.get(entry.fingerprint)
    grown = f", было на {days(before)}" if before is not None else ""
    return f"  {entry.path}: {entry.words}{grown}"


def known_places(found: Sequence[tuple[Entry, Place]], compared: Comparison) -> frozenset[Place]:
    """The rows whose every gap that counts is known."""
    known = {entry.fingerprint for entry in compared.known}
    new = {entry.fingerprint for entry in compared.new}
    left = {place for entry, place in found if entry.fingerprint in new}
    return frozenset(place for entry, place in found if entry.fingerprint in known) - left
