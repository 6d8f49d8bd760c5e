"""Which rows of two versions of one plan are the same row, and which results the same result."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadmap_cli.matching import similarity
from roadmap_cli.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from typing import TypeAlias

    from roadmap_cli.model import Activity, Deliverable, Due, Owners

    Key: TypeAlias = tuple[float, ...]
    Pairs: TypeAlias = list[tuple[int, int]]

# Measured on the two real plans: rows that have nothing in common are up to 0.42 alike, most of them below 0.3.
_SAME_NUMBER = 0.3
_OTHER_NUMBER = 0.55
_RESULTS = 0.3  # the title has the rest
_PAIRS = 100_000  # of rows whose wording is compared; above it only rows with the same number are
_OF_ONE_NUMBER = 5
_RESULT_PAIRS = 2_500  # of results; above it only equal ones are one


def same_rows(old: Sequence[Activity], new: Sequence[Activity]) -> Pairs:
    """The places of rows that are one row, in the order of the new version; old and new are treated alike.

    First those with the same `id` in the file, then those with the same title, then those worded alike: less is asked
    of rows with the same number.
    """
    pairs = _by_id(old, new)
    pairs += _unaltered(old, new, pairs)
    pairs += _by_title(old, new, pairs)
    pairs += _by_wording(old, new, pairs)
    return sorted(pairs, key=lambda pair: pair[1])


def _by_id(old: Sequence[Activity], new: Sequence[Activity]) -> Pairs:
    before, after = ({explicit_id(a): i for i, a in enumerate(rows) if explicit_id(a)} for rows in (old, new))
    counts = Counter(map(explicit_id, old)), Counter(map(explicit_id, new))
    return [(i, after[ident]) for ident, i in before.items() if counts[0][ident] == counts[1][ident] == 1]


def _unaltered(old: Sequence[Activity], new: Sequence[Activity], pairs: Pairs) -> Pairs:
    """Rows that have the same number, title and content."""
    ours, theirs = _left(old, new, pairs)
    waiting: dict[Hashable, list[int]] = {}
    for j in reversed(theirs):
        waiting.setdefault((number(new[j]), fold(new[j].title), _content(new[j])), []).append(j)
    found = []
    for i in ours:
        if same := waiting.get((number(old[i]), fold(old[i].title), _content(old[i]))):
            found.append((i, same.pop()))
    return found


def _by_title(old: Sequence[Activity], new: Sequence[Activity], pairs: Pairs) -> Pairs:
    """Rows of the same title; of several the one with the same number, or if numbers moved, with the same content."""
    groups: dict[str, tuple[list[int], list[int]]] = {}
    for side, left in enumerate(_left(old, new, pairs)):
        for i in left:
            groups.setdefault(fold((old, new)[side][i].title), ([], []))[side].append(i)
    ranked: list[tuple[Key, int, int]] = []
    for ours, theirs in groups.values():
        steady = sorted(number(old[i]) for i in ours) == sorted(number(new[j]) for j in theirs)
        if len(ours) * len(theirs) > _PAIRS:
            ranked += [((0.0, 0.0), i, j) for i, j in zip(ours, theirs, strict=False)]
            continue
        contents = {j: _content(new[j]) for j in theirs}
        for i in ours:
            content = _content(old[i])
            for j in theirs:
                if explicit_id(old[i]) and explicit_id(new[j]) and content[:-1] != contents[j][:-1]:
                    continue
                moved = float(number(old[i]) != number(new[j]))
                other = float(sum(a != b for a, b in zip(content, contents[j], strict=True)))
                ranked.append(((moved, other) if steady else (other, moved), i, j))
    return _best(ranked, len(old), len(new))


def _by_wording(old: Sequence[Activity], new: Sequence[Activity], pairs: Pairs) -> Pairs:
    ours, theirs = _left(old, new, pairs)
    ranked: list[tuple[Key, int, int]] = []
    numbered: dict[str, list[int]] = {}
    for j in theirs:
        numbered.setdefault(number(new[j]), []).append(j)
    all_of_them = len(ours) * len(theirs) <= _PAIRS
    for i in ours:
        for j in theirs if all_of_them else numbered.get(number(old[i]), ())[:_OF_ONE_NUMBER]:
            named = bool(explicit_id(old[i]) and explicit_id(new[j]))
            same = bool(number(old[i])) and number(old[i]) == number(new[j])
            score = _likeness(old[i], new[j])
            if not named and score >= (_SAME_NUMBER if same else _OTHER_NUMBER):
                ranked.append(((-round(score + same * (_OTHER_NUMBER - _SAME_NUMBER), 3),), i, j))
    return _best(ranked, len(old), len(new))


def _left(old: Sequence[Activity], new: Sequence[Activity], pairs: Pairs) -> tuple[list[int], list[int]]:
    ours, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    return [i for i in range(len(old)) if i not in ours], [j for j in range(len(new)) if j not in theirs]


def _best(ranked: Iterable[tuple[Key, int, int]], ours: int, theirs: int) -> Pairs:
    """Each place in one pair at most, the best pairs first; among equals those whose rows stand in the same part.

    The order of equals does not depend on which side is which: only (i, j) and (j, i) tie, and they do not collide.
    """

    def order(one: tuple[Key, int, int]) -> tuple[Key, int, int, int]:
        key, i, j = one
        return key, min(abs(i - j), abs((ours - i) - (theirs - j))), max(i, j), min(i, j)

    found: list[tuple[int, int]] = []
    seen: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted(ranked, key=order):
        if i not in seen[0] and j not in seen[1]:
            seen[0].add(i)
            seen[1].add(j)
            found.append((i, j))
    return found


def explicit_id(activity: Activity) -> str:
    """The `id` that stands in the file, not one made of the number."""
    return fold(activity.id) if "id" in activity.spans else ""


def number(activity: Activity) -> str:
    """The printed number in the form in which numbers are compared."""
    return fold(activity.no).rstrip(". ")


def _content(activity: Activity) -> tuple[Hashable, ...]:
    """What may tell rows of one title apart; last the `id` that stands in the file."""
    results = activity.deliverables
    return (
        tuple(clean(result.text) for result in results),
        tuple(_words(result.due) for result in results),
        tuple(_words(result.owners) for result in results),
        tuple((_words(result.done), clean(result.evidence), result.moved, clean(result.note)) for result in results),
        clean(activity.period),
        clean(activity.section),
        (activity.covers, activity.addressed, activity.moved),
        (clean(activity.cancelled), clean(activity.note)),
        explicit_id(activity),
    )


def _likeness(one: Activity, other: Activity) -> float:
    results, others = (" ".join(d.text for d in row.deliverables) for row in (one, other))
    title = similarity(one.title, other.title)
    if not (results or others):
        return title
    return (1 - _RESULTS) * title + _RESULTS * similarity(results, others)


def same_results(old: Sequence[Deliverable], new: Sequence[Deliverable]) -> Pairs:
    """The results that are one result: the only one of both, else those worded alike, in the order of the new row."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    if len(old) * len(new) > _RESULT_PAIRS:
        return _equal_results(old, new)
    ranked: list[tuple[Key, int, int]] = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            score = 1.0 if fold(one.text) == fold(other.text) else similarity(one.text, other.text)
            if score >= _SAME_NUMBER:
                ranked.append(((-round(score, 3), float(_words(one.due) != _words(other.due))), i, j))
    return sorted(_best(ranked, len(old), len(new)), key=lambda pair: pair[1])


def _equal_results(old: Sequence[Deliverable], new: Sequence[Deliverable]) -> Pairs:
    waiting: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        waiting.setdefault(fold(old[i].text), []).append(i)
    return [(same.pop(), j) for j, result in enumerate(new) if (same := waiting.get(fold(result.text)))]


def _words(value: Due | Owners | None) -> str:
    return clean(value.text) if value else ""
