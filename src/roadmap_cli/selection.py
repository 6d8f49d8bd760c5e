"""Which findings are told, and how grave they are: words of the settings and of the command line, layer on layer.

A word is a code («RM302»), the beginning of codes («RM3») or a name («similar-people»). In a layer `select` begins
anew, `ignore` takes away, and of two words the more exact decides. What keeps a file from being read is told whatever
the words say: a file that nobody could read must not pass for one without findings.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.model import Span
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import nearest, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadmap_cli.model import Severity

ALWAYS: Final = frozenset(("RM001", "RM002", "RM003", "RM004", "RM009", "RM011"))
"""The codes that no selection and no comment can silence: because of them a file is not read."""

_LETTERS: Final = str.maketrans("РМрмO", "RMRM0")
_CODE: Final = re.compile(r"RM[0-9]{0,3}")
_EXACT: Final = 6


class Word(NamedTuple):
    """A word of a selection as it is written, and its place in the settings."""

    text: str
    span: Span = Span("")


class Layer(NamedTuple):
    """What one place says: `select` is None where it says nothing of it; `glob` are plans from the `folder` on."""

    select: tuple[Word, ...] | None = None
    ignore: tuple[Word, ...] = ()
    severity: tuple[tuple[Word, Severity], ...] = ()
    folder: str = ""
    glob: str = ""

    def words(self) -> Iterator[Word]:
        """Every word of the layer."""
        yield from self.select or ()
        yield from self.ignore
        yield from (word for word, _ in self.severity)


class Selection(NamedTuple):
    """The layers that hold for a plan, the nearest last."""

    layers: tuple[Layer, ...] = ()

    def takes(self, code: str, name: str) -> bool:
        """Whether findings of this code are told."""
        if code in ALWAYS:
            return True
        taken = True
        for layer in self.layers:
            ignored = _exactness(layer.ignore, code, name)
            if layer.select is not None:
                taken = _exactness(layer.select, code, name) > ignored
            elif ignored:
                taken = False
        return taken

    def level(self, code: str, name: str, severity: Severity) -> Severity:
        """How grave findings of this code are."""
        if code in ALWAYS:
            return severity
        for layer in self.layers:
            best = 0
            for word, wanted in layer.severity:
                if (exact := exactness(word.text, code, name)) >= max(best, 1):
                    best, severity = exact, wanted
        return severity


def for_plan(layers: Iterable[Layer], path: str) -> Selection:
    """The selection for the plan at a path."""
    every = tuple(layers)
    if not any(layer.glob for layer in every):
        return Selection(every)
    place = os.path.realpath(path)
    return Selection(tuple(layer for layer in every if not layer.glob or is_meant(layer.folder, layer.glob, place)))


def exactness(word: str, code: str, name: str) -> int:
    """How exactly a word means a code, by the length of what it says; 0 when it does not mean it."""
    said = spelled(word)
    if said in (code, name):
        return _EXACT
    return len(said) if _CODE.fullmatch(said) and code.startswith(said) else 0


def _exactness(words: Iterable[Word], code: str, name: str) -> int:
    return max((exactness(word.text, code, name) for word in words), default=0)


def spelled(word: str) -> str:
    """A word in the letters of the catalogue: «рм302», typed with Russian letters, is «RM302»."""
    code = word.strip().upper().translate(_LETTERS)
    return code if _CODE.fullmatch(code) else word.strip().lower()


def trouble(word: str, names: Mapping[str, str], silences: bool = True) -> str:
    """What is wrong with a word, or «»; `names` are the names of all codes, and `silences` says what it is for."""
    meant = [code for code, name in names.items() if exactness(word, code, name)]
    if not word.strip():
        return "пустое место вместо кода: напишите, например, RM302"
    if not meant:
        return f"нет находок «{visible(word)}»; {_instead(spelled(word), names)}"
    if silences and all(code in ALWAYS for code in meant):
        return f"«{visible(word)}» не отключить и не изменить: из-за этого файл не читается, и о нём надо знать"
    return ""


def _instead(said: str, names: Mapping[str, str]) -> str:
    if _CODE.match(said):
        family = [code for code in names if code.startswith(said[:3])]
        return f"есть {family[0]}–{family[-1]}" if family else f"есть {min(names)[:3]}–{max(names)[:3]}"
    guess = nearest(said, (*names.values(), *names))
    return f"возможно, «{guess}»" if guess else "код и имя стоят в каждой строке вывода «roadmap check»"


def split(text: str) -> list[str]:
    """«RM302, RM3» → its words."""
    return [word for word in re.split(r"[\s,;]+", text) if word]


def is_meant(folder: str, glob: str, place: str) -> bool:
    """Whether a glob of `per_path` in the settings of a folder means the plan at a real path."""
    start = folder.replace("\\", "/").rstrip("/") + "/"
    there = place.replace("\\", "/")
    return there.startswith(start) and bool(_pattern(glob).fullmatch(there[len(start) :]))


def _pattern(glob: str) -> re.Pattern[str]:
    """A path from a folder on: «*» and «?» stay in one folder, «**» does not; a folder means all that lies in it.

    Without «/» it is a name at any depth.
    """
    plain = glob.replace("\\", "/").removeprefix("./").rstrip("/")
    parts = [_part(part) for part in re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", plain.removeprefix("/"))]
    anywhere = "" if "/" in plain else "(?:.*/)?"
    return re.compile(f"{anywhere}{''.join(parts)}(?:/.*)?", re.DOTALL)


def _part(part: str) -> str:
    return {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part) or re.escape(part)
