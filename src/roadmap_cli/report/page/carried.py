"""How the plans of the page carry out their parents: the rows of each plan and the matrix of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.report.gaps.details import child_words
from roadmap_cli.report.gaps.document import own_activities
from roadmap_cli.report.gaps.matrix import MARKS, WORDS, mood_of
from roadmap_cli.report.gaps.summary import remarks_on
from roadmap_cli.report.gaps.words import (
    UNCONFIRMED,
    counts_words,
    dues_in_words,
    number,
    short_names,
    standing,
    state_words,
    unconfirmed,
    worst_first,
)
from roadmap_cli.report.page.values import Carrying, Gap, Heading, Matrix, School

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmap_cli.report.page.anchors import Anchors
    from roadmap_cli.report.page.rows import Read
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow


def carryings(
    pairs: Sequence[Pair], read: Mapping[str, Read], names: Mapping[str, str], anchors: Anchors
) -> dict[tuple[str, str], Carrying]:
    """How each child carries out each parent, by their paths."""
    return {(pair.child.path, pair.parent.path): _carrying(pair, read, names, anchors) for pair in pairs}


def _carrying(pair: Pair, read: Mapping[str, Read], names: Mapping[str, str], anchors: Anchors) -> Carrying:
    child, above = read[pair.child.path], read.get(pair.parent.path)
    several = len(pair.child.follows) > 1
    word = f"gap-{above.anchor}" if several and above else "gap"
    found = standing(pair)
    rows = tuple(
        _gap(
            row,
            anchors.take(child.anchor, word, row.activity.no or row.activity.id or str(i)),
            above.anchors.get(id(row.activity), "") if above else "",
        )
        for i, row in enumerate(pair.rows, 1)
    )
    own = tuple(f"{number(one.activity)} {one.activity.title}" + _orphaned(one.ids) for one in own_activities(pair))
    return Carrying(
        anchors.take(child.anchor, "gaps"),
        pair.parent.title or names[pair.parent.path],
        pair.coverage,
        found.counts["uncovered"],
        found.counts["late"],
        counts_words(found.counts),
        remarks_on(pair),
        rows,
        own,
    )


def _orphaned(ids: Sequence[str]) -> str:
    return f" — ссылка на несуществующее: {', '.join(ids)}" if ids else ""


def _gap(row: TraceRow, anchor: str, above: str) -> Gap:
    mood = mood_of(row)
    words = f"{state_words(row)}, {UNCONFIRMED}" if unconfirmed(row) else state_words(row)
    due = dues_in_words(row.activity)
    children = tuple(map(child_words, row.children))
    return Gap(
        anchor,
        number(row.activity),
        row.activity.title,
        "" if due == "—" else due,
        mood,
        MARKS[mood],
        words,
        children,
        row.reason,
        above,
    )


def matrices(
    pairs: Sequence[Pair],
    carried: Mapping[tuple[str, str], Carrying],
    read: Mapping[str, Read],
    names: Mapping[str, str],
    anchors: Anchors,
) -> tuple[Matrix, ...]:
    """A matrix for every parent that more than one plan carries out."""
    by_parent: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_parent.setdefault(pair.parent.path, []).append(pair)
    short = short_names(pairs)
    found = []
    for some in by_parent.values():
        if len(some) < 2 or not some[0].rows:
            continue
        schools = tuple(_school(one.pair, carried, read, names, short) for one in worst_first(some))
        cells = [[school.cells[i].mood for school in schools] for i in range(len(some[0].rows))]
        columns = tuple(
            Heading(number(row.activity), row.activity.title, dues_in_words(row.activity), moods.count("uncovered"))
            for row, moods in zip(some[0].rows, cells, strict=True)
        )
        counts = {mood: sum(moods.count(mood) for moods in cells) for mood in MARKS}
        legend = tuple((MARKS[mood], mood, WORDS[mood], n) for mood, n in counts.items() if n)
        parent = some[0].parent
        found.append(Matrix(anchors.take("matrix"), parent.title or names[parent.path], columns, schools, legend))
    return tuple(found)


def _school(
    pair: Pair,
    carried: Mapping[tuple[str, str], Carrying],
    read: Mapping[str, Read],
    names: Mapping[str, str],
    short: Mapping[str, str],
) -> School:
    path = pair.child.path
    name = short[path] if short[path] != path else names[path]
    return School(read[path].anchor, name, names[path], pair.coverage, carried[path, pair.parent.path].rows)
