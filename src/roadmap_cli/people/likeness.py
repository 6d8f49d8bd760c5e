"""Compares the spellings of names: one person or perhaps a misprint; two spellings are never merged."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from roadmap_cli.text import clean, distance, fold, mend_alphabet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Likeness: TypeAlias = Literal["strong", "weak"] | None
    Pair: TypeAlias = tuple[str, str, Likeness]

# Letters that a scan or a hasty hand puts one for the other.
_ALIKE = {frozenset(pair) for pair in ("пн", "ин", "шщ", "ий", "пи", "цщ", "ьъ", "ъы", "ыь")}
_LONG = 40  # letters of a surname: in a longer word no other is looked for
_PAIRS = 20_000  # no school has as many people that look alike
_MANY = 300  # people of one surname: more of them are not compared with each other
# Masculine and feminine endings of one surname.
_GENDERS = tuple(
    (a, b)
    for a, b in (
        ("ов", "ова"),
        ("ев", "ева"),
        ("ин", "ина"),
        ("ын", "ына"),
        ("ский", "ская"),
        ("цкий", "цкая"),
        ("ской", "ская"),
        ("цкой", "цкая"),
        ("ый", "ая"),
        ("ой", "ая"),
        ("ий", "ая"),
        ("ий", "яя"),
    )
)


@lru_cache(maxsize=4096)
def person_key(name: str) -> tuple[str, str]:
    """The folded surname and initials of «Фамилия И.О.» or of a full name, by which people are compared."""
    return _key(" ".join(mend_alphabet(word) for word in clean(name).split()))


@lru_cache(maxsize=4096)
def _key(name: str) -> tuple[str, str]:
    words = fold(name).replace(".", ". ").split()
    if not words:
        return "", ""
    at = next((i for i, w in enumerate(words) if len(w.strip(".")) > 1 and not w.endswith(".")), 0)
    rest = words[:at] + words[at + 1 :]
    rest = [w for w in rest if w.strip(".,")]
    return words[at].strip(",."), "".join(w.strip(".,") if w.endswith(".") else w[0] for w in rest[:2])


def pairs(names: Iterable[str]) -> list[Pair]:
    """The pairs of alike names with their likeness, in the order in which the names are given."""
    order = {name: number for number, name in enumerate(names)}
    found = sorted(near(order), key=lambda pair: (order[pair[0]], order[pair[1]]))
    return [(one, other, likeness) for one, other in found if (likeness := alike(one, other))]


def near(names: Iterable[str]) -> set[tuple[str, str]]:
    """The pairs of names, in the order given, that `alike` may find alike; it finds nothing in any other.

    People are alike by one surname, or by surnames a letter apart: those have a form in common when each is taken whole
    and without each of its letters in turn.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for name in dict.fromkeys(names):
        surname, initials = person_key(name)
        groups.setdefault((surname, ""), []).append(name)
        for at in range(min(len(surname), _LONG)):
            groups.setdefault((surname[:at] + surname[at + 1 :], f"-{initials}"), []).append(name)
        groups.setdefault((surname, f"-{initials}"), []).append(name)
    found: dict[tuple[str, str], None] = {}
    for group in groups.values():
        if len(group) > 1:
            found.update(dict.fromkeys(combinations(dict.fromkeys(group[:_MANY]), 2)))
        if len(found) > _PAIRS:
            break
    return set(found)


@lru_cache(maxsize=16384)
def alike(one: str, other: str) -> Likeness:
    """Whether two different spellings may be one person: «strong» for look-alike letters, «weak» for one misprint."""
    surname_a, initials_a = _key(one)
    surname_b, initials_b = _key(other)
    if (surname_a, initials_a) == (surname_b, initials_b):
        return None
    mended_a, mended_b = person_key(one), person_key(other)
    if mended_a == mended_b:
        return "strong"
    (surname_a, initials_a), (surname_b, initials_b) = mended_a, mended_b
    if not surname_a or not surname_b:
        return None
    if surname_a == surname_b:
        if len(initials_a) != len(initials_b):
            short, long = sorted((initials_a, initials_b), key=len)
            return "weak" if long.startswith(short) else None
        return "strong" if _look_alike(initials_a, initials_b) else None
    if initials_a != initials_b or _genders(surname_a, surname_b):
        return None
    if _look_alike(surname_a, surname_b):
        return "strong" if initials_a else "weak"
    return "weak" if distance(surname_a, surname_b, 1) == 1 else None


def _look_alike(one: str, other: str) -> bool:
    """Whether the words differ by exactly one letter, and that one is easily mistaken."""
    if len(one) != len(other):
        return False
    pairs = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and pairs[0] in _ALIKE


def _genders(one: str, other: str) -> bool:
    """Whether the surnames are the masculine and the feminine form of one."""
    for man, woman in _GENDERS:
        for a, b in ((one, other), (other, one)):
            if a.endswith(man) and b.endswith(woman) and a[: -len(man)] == b[: -len(woman)]:
                return True
    return False
