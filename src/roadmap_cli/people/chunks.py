"""Parts the units of a cell into owners without a name and spells each in full words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.people.lexicon import (
    DUTIES,
    MANY_IN_CHARGE,
    ONE_IN_CHARGE,
    PARTICIPLES,
    PREPOSITIONS,
    SCHOOLS,
    SUBJECTS,
    positions,
    words,
)
from roadmap_cli.people.roles import Unit, is_role_word, splits_before, starts_owner
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from roadmap_cli.people.tokens import Token

_OBLIQUE_ENDS = tuple(
    words(
        """
    ой ей ций ений аний ого его ому ему ых их ым им ам ям ами ями ов ев ах ях
    """
    )
)
_TEACHERS = ("учител", "преподавател", "педагог", "классн")
_GOVERN_FIELDS = frozenset(words("управление отдел комитет министерство департамент сектор центр служба"))
_CLASS = frozenset(("класс", "класса", "классы", "классов", "кл"))
_SCHOOL_ASIDE = frozenset(
    ("классы", "классов", "класса", "класс", "классах", "классам", "классами", "кл", "параллель", "параллели")
)


_STRENGTH = "(;,:-/\n.и)"


class Chunk(NamedTuple):
    """One position, group or organization: full words, the words for one named person, and what is known of it.

    `before` is the separator before it («» for a mere space), `inside` says that it stands in brackets.
    """

    start: int
    end: int
    name: str
    one: str
    before: str
    inside: bool
    known: bool
    oblique: bool
    many: bool
    single: bool
    body: bool = False
    one_class: bool = False
    note: str = ""


def read_chunks(tokens: list[Token], units: list[Unit]) -> tuple[list[Chunk], str]:
    """The owners among the units, and the separator that stands after the last of them."""
    chunks: list[Chunk] = []
    current: list[Unit] = []
    before, inside, note = "", False, ""

    def close(separator: str) -> None:
        nonlocal before, current, note
        if any(u.kind not in ("nothing", "glue", "and", "preposition") for u in current):
            chunks.append(_chunk(current, "" if before == ")" else before, inside, note))
            before = separator
        else:
            before = _stronger(before, separator)
        current, note = [], ""

    for at, unit in enumerate(units):
        if unit.kind == "nothing":
            continue
        if unit.kind == "sep":
            if unit.words == "\n" and not _line_starts_owner(tokens, units, at):
                continue
            if unit.words == "," and current:
                joined, why = _continues(current, units, at + 1)
                note = note or why
                if joined:
                    current.append(unit._replace(kind="glue"))
                    continue
            if unit.words == "/" and current and current[-1].fold in DUTIES and _duty_follows(units, at + 1):
                current.append(unit._replace(kind="glue"))
                continue
            close(unit.words)
            inside = unit.words == "(" or (inside and unit.words != ")")
            continue
        if unit.kind == "and":
            if at + 1 >= len(units) or not current or _parts(current, units, at + 1):
                if at + 1 < len(units) and [u.kind for u in (*current[-1:], units[at + 1])] == ["org", "org"]:
                    whole = current[0].kind == "org"
                    note = note or ("" if whole else f"«{units[at + 1].words}» после «и» прочитано отдельно")
                close("и")
                continue
        elif current and unit.kind in ("head", "org") and splits_before(current, unit):
            moved: list[Unit] = []
            while len(current) > 1 and current[-1].kind == "adjective":
                moved.insert(0, current.pop())
            close("")
            current = moved
        current.append(unit)
    close("")
    return chunks, "" if before == ")" else before


def _parts(current: list[Unit], units: list[Unit], at: int) -> bool:
    """Whether «и» before this unit parts two owners: «директор и завуч», but not «ответственный за ГО и ЧС»."""
    if not starts_owner(units, at):
        return False
    return units[at].kind != "org" or not any(u.fold in PREPOSITIONS for u in current)


def _duty_follows(units: list[Unit], at: int) -> bool:
    return at < len(units) and units[at].fold in DUTIES


def _stronger(one: str, other: str) -> str:
    """Of two separators in a row the one that says more."""
    return min(one, other, key=lambda mark: _STRENGTH.find(mark) if mark else len(_STRENGTH))


def _line_starts_owner(tokens: list[Token], units: list[Unit], at: int) -> bool:
    """Whether a new line is a new owner and not the rest of the one above."""
    if at + 1 >= len(units) or at == 0:
        return True
    following = units[at + 1]
    return starts_owner(units, at + 1) or tokens[following.start].text[0].isupper() or following.kind == "sep"


def _segment(units: list[Unit], at: int) -> list[Unit]:
    """The units up to the next separator."""
    end = at
    while end < len(units) and units[end].kind != "sep":
        end += 1
    return units[at:end]


def _continues(current: list[Unit], units: list[Unit], at: int) -> tuple[bool, str]:
    """Whether the words after a comma belong to the role before it, and the doubt about that."""
    segment = [u for u in _segment(units, at) if u.kind != "nothing"]
    if not segment:
        return False, ""
    first, base = segment[0], current[0].fold
    if all(u.kind in ("number", "glue", "and") or u.fold in _SCHOOL_ASIDE for u in segment):
        whole = segment[-1].fold in ("класс", "классы")
        return not whole or current[-1].kind == "number" or (units[0].kind == "sep" and units[0].words == "-"), ""
    if first.fold in DUTIES and current[-1].fold in DUTIES:
        return True, _doubt(first)
    if first.fold.startswith(PARTICIPLES):
        return True, ""
    if _in_charge(current, segment):
        return True, _doubt(first)
    if first.kind in ("head", "oblique", "org", "adjective"):
        schools = first.fold in SCHOOLS and current[-1].fold in SCHOOLS and current[0].kind in ("head", "oblique")
        if not schools and first.kind == "org" and current[-1].kind == "org" and current[0].kind in ("head", "oblique"):
            return False, f"«{first.words}» после запятой прочитано отдельно: может быть частью должности"
        return schools, _doubt(first) if schools else ""
    if first.fold in SUBJECTS and base.startswith(_TEACHERS):
        return True, ""
    if first.kind == "quote":
        return any(u.kind == "quote" for u in current), ""
    if first.fold in PREPOSITIONS and len(current) > 1 and first.fold != "по":
        return True, _doubt(first)
    if first.fold == "по" and any(u.fold == "по" or " по " in u.fold for u in current):
        return True, _doubt(first)
    if first.kind == "word" and first.words[0].islower() and starts_owner(current, 0):
        if first.fold.endswith(_OBLIQUE_ENDS):
            return True, ""
        if base in _GOVERN_FIELDS and not any(u.kind in ("head", "org") for u in segment):
            return True, _doubt(first)
        if any(u.fold in ("по", "за") or u.fold.endswith((" по", " за")) for u in current):
            return True, _doubt(first)
    return False, ""


def _in_charge(current: list[Unit], segment: list[Unit]) -> bool:
    """Whether the words say what the person before the comma does: «лицо, ответственное за …», «учителя, ведущие …»."""
    first, base = segment[0], current[-1].fold
    if len(segment) < 2 or first.words[0].isupper():
        return False
    many = first.fold in ("ответственные", "ведущие")
    if base not in (MANY_IN_CHARGE if many else ONE_IN_CHARGE):
        return False
    if first.fold.startswith("ответственн"):
        return segment[1].fold in ("за", "по") or "ответственный за" in first.fold
    return first.fold.startswith("ведущ") and not any(u.kind in ("head", "oblique") for u in segment[1:])


def _doubt(unit: Unit) -> str:
    return f"запятая перед «{unit.words}» прочитана как часть должности"


def _chunk(units: list[Unit], before: str, inside: bool, note: str) -> Chunk:
    """The role that the units make."""
    while units and units[-1].kind in ("glue", "and", "nothing"):
        units = units[:-1]
    while units[0].kind in ("glue", "nothing", "and"):
        units = units[1:]
    if len(units) > 1 and units[0].fold == "ответственный" and units[1].kind == "number":
        units = units[1:]
    base = next((u for u in units if u.kind in ("head", "org", "oblique")), None)
    name = _spelled([u.words for u in units], units)
    one = _spelled([u.one for u in units], units)
    stranger = units[0].kind == "word" and units[0].words[0].isupper() and not is_role_word(units[0].fold)
    known = base is not None or any(u.kind == "quote" for u in units)
    known = known and not (stranger and base is not None and base.kind == "org")
    many = base is not None and base.kind == "head" and _is_many(base) and name == one
    single = base is not None and (name != one or any(w in positions() for w in base.fold.replace("-", " ").split()))
    oblique = units[0].kind == "oblique" or (base is not None and base.kind == "oblique")
    if [u.words[-1:].isalpha() for u in units if u.kind == "number"] == [True] and "-" not in units[-1].words:
        name = one
    classes = _classes(units)
    if classes == 1 and name.endswith(" классов"):
        name = one = f"{name[:-8]} класс"
    body = known and base is not None and not (single or oblique or many or classes)
    start, end = units[0].start, units[-1].end
    one_class = classes == 1
    return Chunk(start, end, name, one, before, inside, known, oblique, many, single, body, one_class, note)


def _classes(units: list[Unit]) -> int:
    """How many classes the units name when they name nothing else: 0 for none, 2 for several."""
    numbers = [u for u in units if u.kind == "number"]
    if not numbers or units[0].kind != "number" or len(numbers) < len(units) - (units[-1].fold in _CLASS):
        return 0
    letters = [u for u in numbers[1:] if len(u.words.strip('«»"')) > 1 or not u.words.strip('«»"').isalpha()]
    plural = units[-1].fold == "классы" or "-" in numbers[0].words
    return 2 if letters or plural else 1


def _is_many(unit: Unit) -> bool:
    """Whether a position stands in the plural."""
    bases = unit.fold.replace("-", " ").split()
    return not any(w in positions() for w in bases) and any(
        w.endswith(("и", "ы", "еся", "щие", "ля", "ра")) for w in bases
    )


def _spelled(spelled: list[str], units: list[Unit]) -> str:
    """The words in one line, with what abbreviations leave out put in."""
    line = spelled[0]
    for before, unit, word in zip(units, units[1:], spelled[1:], strict=False):
        letter = unit.kind == before.kind == "number" and len(word) == 1 and before.words.isdigit()
        line += word if letter or word in (",", "/") or line[-1] == "/" else f" {word}"
    for short, full in (("аместитель по ", "аместитель директора по "), ("аместители по ", "аместители директора по ")):
        at = line.find(short, 0, 24)
        if at == 1 and line[at + len(short) :].split(" ", 1)[0].strip(",").lower().split("-")[0] in DUTIES:
            line = line[0] + full + line[at + len(short) :]
    at = line.find("иректора ")
    if at > 0 and line[at + 9 :].split(" ", 1)[0].strip(",").lower() in DUTIES:
        line = f"{line[: at + 8]} по {line[at + 9 :]}"
    if units[-1].kind == "number" and line.lower().startswith("классн"):
        line += " классов" if sum(u.kind == "number" for u in units) > 1 else " класса"
    return line[:1].upper() + line[1:]
