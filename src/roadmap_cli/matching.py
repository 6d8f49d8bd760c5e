"""How alike two wordings are, and which rows of two plans mean the same."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from operator import add
from typing import TYPE_CHECKING, TypeAlias

from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap_cli.model import Activity

THRESHOLD = 0.25
"""Measured: on the two real plans every true pair scores 0.36 or more, the best false one 0.23."""

_TITLE = 0.8  # the deliverables have the rest
_ORDER = 0.15  # how much is taken away when a row has gone from the first place to the last
_CLOSE = 0.05
_OTHERS = 3
_CELLS = 500_000  # scores that are remembered for a parent
_PAIRS = 400_000  # rows of the parent times rows of the child
_LETTERS = 1_000_000

_WORD = re.compile(r"[0-9a-zа-я]+")
# Beginnings of words that any row of any plan may have, and that therefore say nothing of what it is about.
_COMMON = re.compile(
    "анализ|деятел|мероприят|обеспеч|обучающ|образов|общеобр|организ|осуществ|план|подготов|провед|проект|работ|"
    "размещ|разработ|реализ|результат|сайт|участ|учрежд|школ"
)

Grams: TypeAlias = frozenset[str]
Ranked: TypeAlias = list[tuple[float, int, int]]


class Suggestion(NamedTuple):
    """A pair of rows that probably mean the same, by their places in the two plans.

    `score` is the likeness of wording less a little for a changed order; `others` are the next best rows of the
    child; `unsure` when another row, of either plan, would do nearly as well.
    """

    parent: int
    child: int
    score: float
    unsure: bool
    others: tuple[tuple[int, float], ...] = ()


class Field:
    """One field of a parent's rows made ready for comparison: letter groups weighted by how few rows have them."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        count = len(texts)
        holders: dict[str, list[int]] = {}
        for i, text in enumerate(texts):
            for gram in _grams_of(text):
                holders.setdefault(gram, []).append(i)
        classes: dict[tuple[int, ...], int] = {}
        self._class = {gram: classes.setdefault(tuple(held), len(classes)) for gram, held in holders.items()}
        self._rows = list(classes)
        self._weight = [log((count + 1) / (len(held) + 1)) + 1 for held in self._rows]
        self._unseen = log(count + 1) + 1
        sizes = [0.0] * count
        for kind in self._class.values():
            for i in self._rows[kind]:
                sizes[i] += self._weight[kind]
        self._size = list(map(sqrt, sizes))
        self.scores = lru_cache(maxsize=min(_CELLS // (count or 1), 2048))(self._scores)

    def _scores(self, text: str) -> tuple[float, ...]:
        counts = Counter(map(self._class.get, _grams_of(text)))
        total = counts.pop(None, 0) * self._unseen
        shared = [0.0] * len(self._size)
        for kind, count in counts.items():
            weight = count * self._weight[kind]  # type: ignore[index]
            total += weight
            for i in self._rows[kind]:  # type: ignore[index]
                shared[i] += weight
        length = sqrt(total) or 1.0
        return tuple(got / (length * (size or 1.0)) for got, size in zip(shared, self._size, strict=True))


def suggest(
    parent: Sequence[Activity],
    child: Sequence[Activity],
    threshold: float = THRESHOLD,
    *,
    rows: Iterable[int] | None = None,
    candidates: Iterable[int] | None = None,
) -> tuple[Suggestion, ...]:
    """The pairs of rows worded alike, each row in one pair at most; `rows` and `candidates` limit the choice."""
    wanted = list(range(len(parent)) if rows is None else rows)
    offered = list(range(len(child)) if candidates is None else candidates)
    if not wanted or not offered:
        return ()
    titles = _field(tuple(activity.title for activity in parent))
    results = _field(tuple(map(_results, parent)))
    ranked: Ranked = []
    for j in offered:
        by_title, by_results = titles.scores(child[j].title), results.scores(_results(child[j]))
        place = (j + 0.5) / len(child)
        for i in wanted:
            score = _TITLE * by_title[i] + (1 - _TITLE) * by_results[i]
            if score >= threshold:
                score -= _ORDER * abs((i + 0.5) / len(parent) - place)
                if score >= threshold:
                    ranked.append((-score, i, j))
    ranked.sort()
    of_row: dict[int, Ranked] = {}
    of_column: dict[int, Ranked] = {}
    for one in ranked:
        of_row.setdefault(one[1], []).append(one)
        of_column.setdefault(one[2], []).append(one)
    parents: set[int] = set()
    children: set[int] = set()
    found: list[Suggestion] = []
    for score, i, j in ranked:
        if i not in parents and j not in children:
            parents.add(i)
            children.add(j)
            found.append(_suggestion(-score, i, j, of_row[i], of_column[j]))
    return tuple(sorted(found))


def too_many(parent: Sequence[Activity], child: Sequence[Activity]) -> bool:
    """Whether comparing every row with every other would take longer than anybody waits."""
    return len(parent) * len(child) > _PAIRS or max(_letters(parent), _letters(child)) > _LETTERS


def _letters(rows: Sequence[Activity]) -> int:
    return sum(len(row.title) + sum(len(result.text) for result in row.deliverables) for row in rows)


def _suggestion(score: float, i: int, j: int, row: Ranked, column: Ranked) -> Suggestion:
    rivals = [*(one for one in row if one[2] != j), *(one for one in column if one[1] != i)]
    unsure = any(-other > score - _CLOSE for other, _, _ in rivals)
    others = [(place, round(-other, 3)) for other, _, place in row if place != j]
    return Suggestion(i, j, round(score, 3), unsure, tuple(others[:_OTHERS]))


def similarity(a: str, b: str) -> float:
    """How alike two short texts are, 0 to 1, by the letter groups they share."""
    return _similarity(a, b) if a <= b else _similarity(b, a)


@lru_cache(maxsize=8192)
def _similarity(a: str, b: str) -> float:
    one, other = _grams(a), _grams(b)
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


def share(part: str, whole: str) -> float | None:
    """Which share of the telling words of `part` stands, in any form, in `whole`; None when `part` has none."""
    stems = _stems(part)
    return len(stems & _stems(whole)) / len(stems) if stems else None


@lru_cache(maxsize=4096)
def _stems(text: str) -> Grams:
    words = (word for word in _WORD.findall(fold(text)) if len(word) > 3 and not word.isdigit())
    return frozenset(word[:5] for word in words if not _COMMON.match(word))


def _results(activity: Activity) -> str:
    return " ".join(deliverable.text for deliverable in activity.deliverables)


@lru_cache(maxsize=4096)
def _grams(text: str) -> Grams:
    return _grams_of(text)


def _grams_of(text: str) -> Grams:
    """The distinct groups of two to four letters, over the ends of words."""
    words = _WORD.findall(fold(text))
    if not words:
        return frozenset()
    line = f" {' '.join(words)} "
    twos = list(map(add, line, line[1:]))
    threes = list(map(add, twos, line[2:]))
    return frozenset(chain(twos, threes, map(add, threes, line[3:])))


@lru_cache(maxsize=64)
def _field(texts: tuple[str, ...]) -> Field:
    return Field(texts)
