"""The numbers that Word puts before paragraphs by itself: they stand in no text, but on every printed page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN: Final = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_MAX_STYLES: Final = 20


class Numbering:
    """The lists of a document with their counters; `label` is asked for every paragraph, in their order."""

    def __init__(self, lists: Any, styles: Any) -> None:
        self.abstract: dict[str, Any] = {}
        self.of: dict[str, str] = {}
        self.restarts: dict[tuple[str, int], int] = {}
        self.styles: dict[str, Any] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.seen: set[str] = set()
        for one in lists.findall(f"{_W}abstractNum") if lists is not None else ():
            self.abstract[one.get(f"{_W}abstractNumId", "")] = {
                _level(level): level for level in one.findall(f"{_W}lvl")
            }
        for one in lists.findall(f"{_W}num") if lists is not None else ():
            ident = one.get(f"{_W}numId", "")
            self.of[ident] = _val(one.find(f"{_W}abstractNumId"))
            for override in one.findall(f"{_W}lvlOverride"):
                start = _val(override.find(f"{_W}startOverride"))
                if start.isdigit():
                    self.restarts[ident, _level(override)] = int(start)
        for style in styles.findall(f"{_W}style") if styles is not None else ():
            self.styles[style.get(f"{_W}styleId", "")] = style

    def label(self, paragraph: Any) -> str:
        """«1.», «а)», «2.3.» or «-» before a paragraph of a list, else ""; the list counts on."""
        ident, level = self._list(paragraph)
        levels = self.abstract.get(self.of.get(ident, ""))
        if not levels or level not in levels:
            return ""
        key = self.of[ident]
        counters = self.counters.setdefault(key, {})
        if ident not in self.seen:
            self.seen.add(ident)
            for (one, deep), start in self.restarts.items():
                if one == ident:
                    counters[deep] = start - 1
        counters[level] = counters.get(level, _start(levels[level]) - 1) + 1
        for deeper in [deep for deep in counters if deep > level]:
            del counters[deeper]
        if _val(levels[level].find(f"{_W}numFmt")) in ("bullet", "none"):
            return "-" if _val(levels[level].find(f"{_W}numFmt")) == "bullet" else ""

        def number(found: re.Match[str]) -> str:
            deep = int(found[1]) - 1
            if deep not in levels:
                return ""
            value = counters.get(deep, _start(levels[deep]))
            return _written(value, _val(levels[deep].find(f"{_W}numFmt")))

        return re.sub(r"%([1-9])", number, _val(levels[level].find(f"{_W}lvlText"))).strip()

    def _list(self, paragraph: Any) -> tuple[str, int]:
        """The list that a paragraph belongs to, by itself or by its style, and the level; «0» is none."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        ident, level = "", None
        for one in self._properties(properties):
            found = one.find(f"{_W}numPr")
            if found is None:
                continue
            said = _val(found.find(f"{_W}ilvl"))
            level = int(said) if level is None and said.isdigit() and len(said) == 1 else level
            ident = _val(found.find(f"{_W}numId"))
            if ident:
                break
        return ident, level or 0

    def _properties(self, properties: Any) -> Iterator[Any]:
        yield properties
        name = _val(properties.find(f"{_W}pStyle"))
        for _ in range(_MAX_STYLES):
            style = self.styles.get(name)
            if style is None:
                return
            own = style.find(f"{_W}pPr")
            if own is not None:
                yield own
            name = _val(style.find(f"{_W}basedOn"))


def _val(element: Any) -> str:
    return str(element.get(f"{_W}val", "")) if element is not None else ""


def _level(element: Any) -> int:
    said = element.get(f"{_W}ilvl", "0")
    return int(said) if said.isdigit() and len(said) == 1 else 0


def _start(level: Any) -> int:
    said = _val(level.find(f"{_W}start"))
    return int(said) if said.isdigit() and len(said) < 6 else 1


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    letters = {"russianLower": _RUSSIAN, "russianUpper": _RUSSIAN.upper()}.get(form, "")
    if form in ("lowerLetter", "upperLetter"):
        latin = "abcdefghijklmnopqrstuvwxyz"
        letters = latin if form == "lowerLetter" else latin.upper()
    if letters and number > 0:
        return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        while number >= value and len(said) < 30:
            said += letters
            number -= value
    return said
