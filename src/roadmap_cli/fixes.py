"""Repairs of a plan's texts that cannot be wrong: what they say, and how it is read, is the same before and after.

Double dots before the year of a date, lost spaces after «до», no-break and other odd spaces, invisible marks, Latin
letters that look like the Russian ones around them. Numbers, codes, links and the keys of the plan itself stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.dates import parse_due
from roadmap_cli.edit import Edit, Refused, edited
from roadmap_cli.edit.tree import entry, is_empty
from roadmap_cli.model import Person
from roadmap_cli.people import join_owners
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import span
from roadmap_cli.text import mend_alphabet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.model import Activity, Plan, Span
    from roadmap_cli.source import Node

_CODES: Final = {"due": "RM204", "owners": "RM304"}
_KEYS: Final = {
    "activity": ("title", "deliverable", "due", "owners", "done", "evidence", "cancelled", "note"),
    "deliverable": ("text", "due", "owners", "done", "evidence", "note"),
}

_ODD_BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANKS: Final = re.compile(rf"[ {_ODD_BLANKS}]*[{_ODD_BLANKS}][ {_ODD_BLANKS}]*")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069]")
_CHUNK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-z]+")
_LATIN_WORD: Final = re.compile(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])")
_ROMAN: Final = re.compile("(?:X|[XCM]{2,})[а-яё]*|[XCMХСМ]+")
_TWO_DOTS: Final = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2})\.\.(?=\d{4}(?!\d))")
_GLUED: Final = re.compile(r"(?<![^\W_])([Дд]о|[Сс]|[Пп]о)(?=\d{1,2}(?:\.\d| ?[а-яё]))")


class Fix(NamedTuple):
    """One repair: the edit, the place, the words before and after, and the code of the finding that it ends, if any."""

    edit: Edit
    span: Span
    before: str
    after: str
    code: str = ""


def fixes(root: Node, plan: Plan, calendar: Calendar | None = None) -> tuple[Fix, ...]:
    """Every repair of a plan that can be made without a doubt, in the order of the file."""
    listed = entry(root, "plan", "activities")
    nodes = [node for node in listed[1].value if node.id == "mapping"] if listed and listed[1].id == "sequence" else []
    found: list[Fix] = []
    for number, (node, activity) in enumerate(zip(nodes, plan.activities, strict=True)):
        judge = _Judge(plan, activity, calendar)
        found += _of_mapping(node, "activity", judge, number, None)
        results = entry(node, "activity", "deliverables")
        for place, item in enumerate(results[1].value if results and results[1].id == "sequence" else ()):
            if item.id == "mapping":
                found += _of_mapping(item, "deliverable", judge, number, place)
            else:
                found += _of_value(item, "text", judge, number, place)
    return tuple(found)


def possible(text: str, path: str, wanted: Iterable[Fix]) -> tuple[tuple[Fix, ...], tuple[Refused, ...]]:
    """The repairs that can be written into the text, and why the others cannot."""
    every = tuple(wanted)
    try:
        edited(text, path, [fix.edit for fix in every])
    except Refused:
        kept: list[Fix] = []
        refusals: list[Refused] = []
        for fix in every:
            try:
                edited(text, path, [*(one.edit for one in kept), fix.edit])
                kept.append(fix)
            except Refused as refusal:
                refusals.append(refusal)
        return tuple(kept), tuple(refusals)
    return every, ()


def mended(text: str) -> str:
    """A text with one kind of space, without invisible marks, and with words in one alphabet."""
    if text.isascii():
        return text
    seen = _BLANKS.sub(_blank, _INVISIBLE.sub("", text))
    return _CHUNK.sub(lambda chunk: _in_one_alphabet(chunk[0]), seen)


def mended_due(text: str) -> str:
    """The same for a deadline, with one dot and with a space where they belong."""
    return _GLUED.sub(r"\1 ", _TWO_DOTS.sub(r"\1.", mended(text)))


def _blank(found: re.Match[str]) -> str:
    around = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return "" if any(not char or char in "\r\n" for char in around) else " "


def _in_one_alphabet(chunk: str) -> str:
    """A chunk without its Latin look-alikes, unless it is an address or has Latin words too."""
    if chunk.isascii() or any(mark in chunk for mark in "@_/\\") or _LATIN_WORD.search(chunk):
        return chunk
    return _WORD.sub(lambda word: _russian(word[0]), chunk)


def _russian(word: str) -> str:
    """A word in Russian letters if at most half of it is Latin, all of that looks Russian and is no Roman number."""
    latin = "".join(_LATIN.findall(word))
    if not latin or 2 * len(latin) > len(word) or _ROMAN.fullmatch(word):
        return word
    russian = mend_alphabet(word)
    return word if _LATIN.search(russian) else russian


class _Judge(NamedTuple):
    """What decides on the texts of an activity: whether they are read the same after a repair."""

    plan: Plan
    activity: Activity
    calendar: Calendar | None

    def mend(self, key: str) -> Callable[[str], str]:
        """The repair for the texts of a key."""
        return mended_due if key in ("due", "done") else mended

    def agrees(self, key: str, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether both are read the same."""
        if key in ("due", "done"):
            return bool(self._due(before) == self._due(after))
        if key == "owners":
            return bool(_owners(before) == _owners(after))
        return True

    def _due(self, texts: Sequence[str]) -> Any:
        text = "; ".join(map(str.strip, texts))
        read = parse_due(text, self.plan.school_year or None, self.calendar, self.activity.period or None)
        return read._replace(text="", repairs=())


def _owners(texts: Sequence[str]) -> Any:
    read = join_owners([" ".join(text.split()) for text in texts])
    owners = [(one.name, one.role) if isinstance(one, Person) else one.name for one in read.owners]
    return owners, read.notes


def _of_mapping(node: Node, level: str, judge: _Judge, number: int, place: int | None) -> Iterator[Fix]:
    for key in _KEYS[level]:
        found = entry(node, level, key)
        if found:
            yield from _of_value(found[1], key, judge, number, place)


def _of_value(node: Node, key: str, judge: _Judge, number: int, place: int | None) -> Iterator[Fix]:
    """The repair of one value, a text or a list of texts, if it needs one."""
    items = [node] if node.id == "scalar" else node.value if node.id == "sequence" else []
    if not items or any(item.id != "scalar" for item in items) or is_empty(node):
        return
    before = [str(item.value) for item in items]
    after = list(map(judge.mend(key), before))
    is_list = node.id == "sequence"
    same = [" ".join(text.split()) for text in before] == [" ".join(text.split()) for text in after]
    if after == before or (is_list and same) or not all(map(str.strip, after)) or not judge.agrees(key, before, after):
        return
    edit = Edit(number, key, tuple(after) if is_list else after[0], place)
    where = span(node, judge.plan.path)
    yield Fix(edit, where, ", ".join(before), ", ".join(after), _CODES.get(key, ""))
