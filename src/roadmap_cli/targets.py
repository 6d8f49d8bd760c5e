"""What the words of a command mean in a plan: «9», «№ 9.2», «15:2.1», an id or «@120» → rows and results; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.links import ident_key
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, distance, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadmap_cli.model import Plan, Span

_RESULT: Final = re.compile(r"(?P<name>.+)\.(?P<result>[0-9]{1,4})")
_NTH: Final = re.compile(r"(?P<name>.+):(?P<nth>[0-9]{1,5})(?:\.(?P<result>[0-9]{1,4}))?")
_LINE: Final = re.compile(r"@(?P<line>[0-9]{1,7})")
_SHOWN: Final = 12  # numbers in a message


class Place(NamedTuple):
    """A row of a plan, or one of its results, counted from 0; the only result of a row is the row itself (None)."""

    activity: int
    result: int | None = None


class Ambiguous(RoadmapError):
    """A word that may mean several places of a plan, of which one must be named.

    `question` says why; `instead` are the words to type, one for each place, "" where none means it alone; with `whole`
    all of the places together may be meant too.
    """

    def __init__(self, word: str, places: Sequence[Place], targets: Targets, why: str, whole: bool = False) -> None:
        self.question = f"«{visible(word)}»: {why}"
        super().__init__(f"{self.question}; напишите одно из этих слов" + (" или добавьте --all" if whole else ""))
        self.word = word
        self.places = tuple(places)
        self.instead = tuple(map(targets.spelled, places))
        self.plan = targets.plan
        self.whole = whole


class Targets:
    """The rows of a plan by the words that name them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._called: dict[str, list[int]] = {}
        for i, activity in enumerate(plan.activities):
            for key in {ident_key(name) for name in (activity.id, activity.no) if name} - {""}:
                self._called.setdefault(key, []).append(i)

    def find(self, words: Iterable[str]) -> dict[Place, str]:
        """The places that the words mean, each once, with its word; «№» alone belongs to the word behind it.

        Raises Ambiguous, or RoadmapError for a word that means nothing.
        """
        found: dict[Place, str] = {}
        for word in words:
            if word.strip() == "№":
                continue
            places = self.meanings(word)
            if not places:
                raise RoadmapError(self._unknown(word.strip()))
            if len(places) > 1:
                raise Ambiguous(word, places, self, "в плане это могут быть несколько мест")
            found.setdefault(places[0], word)
        return found

    def meanings(self, word: str) -> list[Place]:
        """Every place that a word may mean, in the order of the document."""
        said = word.strip()
        found = {Place(i) for i in self._rows(said)}
        if match := _RESULT.fullmatch(said):
            found.update(self._results(self._rows(match["name"]), match["result"]))
        if match := _NTH.fullmatch(said):
            row = self._rows(match["name"])[int(match["nth"]) - 1 : int(match["nth"])] if int(match["nth"]) else []
            found.update(map(Place, row) if match["result"] is None else self._results(row, match["result"]))
        if not found and (match := _LINE.fullmatch(said)):
            found.update(self._in_line(int(match["line"])))
        return sorted(found, key=lambda place: (place.activity, -1 if place.result is None else place.result))

    def spelled(self, place: Place) -> str:
        """The shortest word that means this place and no other; "" when there is none."""
        activity = self.plan.activities[place.activity]
        found = [word for word in self._names(place, (activity.no, activity.id)) if len(word.split()) == 1]
        word = found[0] if found else f"@{self._span(place).line}"
        return word if self.meanings(word) == [place] else ""

    def lasting(self, place: Place) -> str:
        """What means this place and no other in a text that is kept: the id or the number, maybe with blanks; or ""."""
        activity = self.plan.activities[place.activity]
        return next((word for word in self._names(place, (activity.id, activity.no)) if visible(word) == word), "")

    def _names(self, place: Place, names: Iterable[str]) -> Iterator[str]:
        """The words for a place by some names of its row, the shorter first; none that looks like an option."""
        dot = "" if place.result is None else f".{place.result + 1}"
        for name in dict.fromkeys(clean(name).removesuffix(".") for name in names):
            alike = self._rows(name)
            words = [f"{name}{dot}"] if len(alike) == 1 else []
            words += [f"{name}:{alike.index(place.activity) + 1}{dot}"] if place.activity in alike else []
            yield from (word for word in words if word[0] != "-" and self.meanings(word) == [place])

    def label(self, place: Place) -> str:
        """How a message names a place: «№ 9.2», «№ 15:1», «строка 120»."""
        word = self.spelled(place)
        if word and not word.startswith("@"):
            return f"№ {visible(word)}"
        return f"строка {self._span(place).line}"

    def everywhere(self) -> Iterator[Place]:
        """Every row, and every result where a row has several."""
        for i, activity in enumerate(self.plan.activities):
            yield Place(i)
            if len(activity.deliverables) > 1:
                yield from (Place(i, j) for j in range(len(activity.deliverables)))

    def _rows(self, name: str) -> list[int]:
        """The rows that have this id or this number."""
        return self._called.get(ident_key(name), [])

    def _results(self, rows: Sequence[int], number: str) -> Iterator[Place]:
        for i in rows:
            count = len(self.plan.activities[i].deliverables)
            if 0 < int(number) <= count:
                yield Place(i, int(number) - 1 if count > 1 else None)

    def _span(self, place: Place) -> Span:
        activity = self.plan.activities[place.activity]
        return activity.span if place.result is None else activity.deliverables[place.result].span

    def _in_line(self, line: int) -> Iterator[Place]:
        """The rows, or their results, that stand in a line of the file."""
        for i, activity in enumerate(self.plan.activities):
            if not _holds(activity.span, line):
                continue
            inside = [j for j, result in enumerate(activity.deliverables) if _holds(result.span, line)]
            if len(activity.deliverables) > 1 and inside:
                yield from (Place(i, j) for j in inside)
            else:
                yield Place(i)

    def _unknown(self, word: str) -> str:
        """Why a word means nothing, and what there is: close numbers first."""
        for pattern in (_RESULT, _NTH):
            match = pattern.fullmatch(word)
            rows = self._rows(match["name"]) if match else []
            if rows and match:
                return self._no_such(word, match["name"], rows, by_nth=pattern is _NTH and not match["result"])
        names = dict.fromkeys(activity.no or activity.id for activity in self.plan.activities)
        key = ident_key(word)
        ranked = sorted(filter(None, names), key=lambda name: _remoteness(key, ident_key(name)))
        shown = ", ".join(map(visible, ranked[:_SHOWN])) + (" …" if len(ranked) > _SHOWN else "")
        there = f"есть {shown}" if ranked else "у его строк нет номеров: назовите строку файла, например @12"
        hint = "; слова с пробелами возьмите в кавычки" if word.replace(".", "").isalpha() else ""
        hint = "; несколько номеров пишутся через пробел" if "," in word else hint
        return f"в плане нет № «{visible(word)}»{hint}; {there}"

    def _no_such(self, word: str, name: str, rows: Sequence[int], by_nth: bool) -> str:
        """Why there is a row of that name, and yet nothing of that word."""
        if by_nth:
            some = plural(len(rows), "строка", "строки", "строк")
            return f"«{visible(word)}»: с № «{visible(name)}» в плане {some}"
        count = len(self.plan.activities[rows[0]].deliverables)
        own = self.spelled(Place(rows[0])) or name
        if count == 1:
            return f"«{visible(word)}»: у № {visible(own)} один результат; напишите просто {visible(own)}"
        some = plural(count, "результат", "результата", "результатов")
        return f"«{visible(word)}»: у № {visible(own)} всего {some}, от {visible(own)}.1 до {visible(own)}.{count}"


def _holds(span: Span, line: int) -> bool:
    """Whether a line lies in a span; where a block ends is where the next begins."""
    return span.line <= line < span.end_line or span.line == line or (line == span.end_line and span.end_column > 1)


def _remoteness(key: str, name: str) -> int:
    """0 for a number that begins alike or is one slip away, else 1: the order of the document stays."""
    return int(not (name.startswith(key) or key.startswith(f"{name}.") or distance(key, name, 1) <= 1))
