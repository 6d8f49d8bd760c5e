"""The manual of every code: the docstring of its check, taken apart; families, and how somebody's word names a code."""

from __future__ import annotations

import re
from functools import cache
from inspect import cleandoc
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from roadmap_cli.checks import discover
from roadmap_cli.checks.clocked import CLOCKED
from roadmap_cli.checks.reading import DOCS
from roadmap_cli.errors import READING, RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold, nearest, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadmap_cli.model import Severity

FAMILIES: Final[Mapping[str, str]] = {
    "RM0": "чтение файла",
    "RM1": "строение плана",
    "RM2": "сроки",
    "RM3": "ответственные",
    "RM4": "связи с вышестоящим планом",
    "RM5": "сроки на день запуска (roadmap deadlines)",
}
_SECTION: Final = re.compile(r"(Зачем|Плохо|Скажет|Хорошо):(?: (.*))?")
_CYRILLIC: Final = str.maketrans("РМ", "RM")


class Manual(NamedTuple):
    """What a code means: one sentence, why it matters, a snippet that yields `message`, and the same one mended."""

    code: str
    name: str
    severity: Severity
    sentence: str
    why: str
    bad: str
    message: str
    good: str

    @property
    def family(self) -> str:
        """The first letters of the code, a key of FAMILIES."""
        return self.code[:3]

    @property
    def clocked(self) -> bool:
        """Whether it depends on the day of the run; `check` never tells such a thing."""
        return self.code in CLOCKED


@cache
def manuals() -> tuple[Manual, ...]:
    """The manuals of all codes, by code."""
    told = [_manual(code, name, severity, DOCS[code]) for code, (name, severity) in READING.items()]
    told += [_manual(one.code, one.name, one.severity, one.doc) for one in discover()]
    told += [_manual(code, *row) for code, row in CLOCKED.items()]
    return tuple(sorted(told))


def _manual(code: str, name: str, severity: Severity, doc: str) -> Manual:
    sections: dict[str, list[str]] = {"": []}
    said = sections[""]
    for line in cleandoc(doc).split("\n"):
        if found := _SECTION.fullmatch(line):
            said = sections[found[1]] = [found[2]] if found[2] else []
        else:
            said.append(line)
    prose = {key: " ".join(filter(None, map(str.strip, lines))) for key, lines in sections.items()}
    bad, good = (dedent("\n".join(sections.get(key, ()))).strip("\n") for key in ("Плохо", "Хорошо"))
    return Manual(code, name, severity, prose[""], prose.get("Зачем", ""), bad, prose.get("Скажет", ""), good)


def chosen(words: Iterable[str]) -> tuple[Manual, ...]:
    """The manuals that the words name, each once, in their order: by code, by name or by family («RM2»), in any case.

    Raises RoadmapError for a word that names none.
    """
    return tuple(dict.fromkeys(one for word in words for one in _named(word)))


def _named(word: str) -> tuple[Manual, ...]:
    code = word.strip().upper().translate(_CYRILLIC)
    name = fold(word)
    found = tuple(one for one in manuals() if code in (one.code, one.family) or name == one.name)
    if found:
        return found
    family = FAMILIES.get(code[:3])
    if family and code[3:].isdigit():
        codes = [one.code for one in manuals() if one.family == code[:3]]
        hint = f"{family} — это {codes[0]}–{codes[-1]}"
    else:
        guess = nearest(name, tuple(one.name for one in manuals()))
        hint = f"возможно, «{guess}»" if guess else "все проверки покажет roadmap checks"
    raise RoadmapError(f"нет проверки «{visible(word)}»; {hint}")
