"""Reads positions, groups and organizations between the names of a cell and writes abbreviations in full words."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.people.abbreviations import PHRASES
from roadmap_cli.people.lexicon import (
    BEFORE_HEADS,
    BODIES,
    CUT_BEFORE_NAMES,
    DUTIES,
    FORMS,
    GOVERNING,
    LIKE_GENITIVE,
    MANY_FIRST,
    ONE_FIRST,
    OWNED,
    PARTICIPLES,
    PREPOSITIONS,
    REGIONS,
    SECOND,
    heads,
    is_known,
    nominative,
)
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut, distance

if TYPE_CHECKING:
    from roadmap_cli.people.tokens import Token

_ADJECTIVE = ("ый", "ий", "ая", "яя", "ые", "ие", "ое")
_NOT_ADJECTIVE = ("ние", "тие", "чие", "ствие", "ций", "ений", "аний")
_ROMAN = frozenset("IVXХ")
_SEPARATORS = {"|": ";", "•": ";", "·": ";", "●": ";", "+": ",", "&": "и", ";": ";", ",": ",", ":": ":", "/": "/"}
_IGNORED = frozenset("*_…!?'`\"«»“”„")


class Unit(NamedTuple):
    """A word, an abbreviation or a mark of a role: the full words, the words for one person, the kind, the tokens.

    Kinds: head, oblique, org, adjective, number, preposition, quote, word, glue and sep (`words` is the separator).
    """

    words: str
    one: str
    kind: str
    fold: str
    start: int
    end: int


@cache
def _openers() -> frozenset[str]:
    return frozenset(key.split(" ", 1)[0] for key in PHRASES)


def read_units(tokens: list[Token], start: int, end: int, numbered: bool, repairs: list[str]) -> list[Unit]:
    """The units of the tokens from `start` to `end`; completed and mended words go to `repairs`."""
    units: list[Unit] = []
    at = start
    while at < end:
        token = tokens[at]
        if token.kind == "word":
            unit = _word(tokens, at, end, units, repairs)
        elif token.kind == "number":
            unit = _number(tokens, at, end, start, numbered)
        elif token.kind == "quote":
            kind = "number" if len(token.text) == 3 and units and units[-1].kind == "number" else "quote"
            unit = Unit(token.text, token.text, kind, token.fold, at, at + 1)
        elif token.kind == "break":
            unit = Unit("\n", "", "sep", "", at, at + 1)
        else:
            unit = _mark(tokens, at, start, end, units)
        units.append(unit)
        at = unit.end
    return units


def _mark(tokens: list[Token], at: int, start: int, end: int, units: list[Unit]) -> Unit:
    """A mark as a separator, as part of the role, or as nothing."""
    text = tokens[at].text
    kind, words = "glue", text
    if text == ".":
        kind = "sep" if _ends_sentence(tokens, at, end) else "nothing"
    elif text == "-":
        inner = units and at > start and at + 1 < end and tokens[at + 1].kind in ("word", "number", "quote")
        opens = inner and tokens[at + 1].kind == "word" and (_is_head(tokens[at + 1].fold) or not units[-1].end)
        kind = "glue" if inner and not opens else "sep"
    elif text in "()[]":
        kind, words = "sep", "(" if text in "([" else ")"
    elif text in _SEPARATORS:
        kind, words = "sep", _SEPARATORS[text]
    elif text in _IGNORED:
        kind = "nothing"
    return Unit(words, words, kind, text, at, at + 1)


def _ends_sentence(tokens: list[Token], at: int, end: int) -> bool:
    """Whether a dot that no abbreviation took parts two owners."""
    if at + 1 >= end:
        return True
    following = tokens[at + 1]
    if following.kind == "word":
        return following.text[0].isupper() or _is_head(following.fold) or following.fold in _openers()
    return following.kind != "mark"


def _number(tokens: list[Token], at: int, end: int, start: int, numbered: bool) -> Unit:
    """A number, or a separator when it numbers the lines of a list («1. Директор 2. Завуч»)."""
    token = tokens[at]
    marker = at + 1 < len(tokens) and tokens[at + 1].text in ".)" and token.text.isdigit() and len(token.text) < 3
    opens = numbered or at == 0 or tokens[at - 1].kind in ("mark", "break")
    if marker and opens and at + 1 < end and (at + 2 < len(tokens) and tokens[at + 2].kind == "word"):
        return Unit(";", "", "sep", "", at, at + 2)
    after = at + 1
    while after + 1 < end and tokens[after].text in "-." and tokens[after + 1].kind == "number":
        if tokens[after].text == "." and tokens[after + 1].gap:
            break
        after += 2
    text = "".join(t.text for t in tokens[at:after])
    return Unit(text, text, "number", text, at, after)


def _word(tokens: list[Token], at: int, end: int, units: list[Unit], repairs: list[str]) -> Unit:
    """The abbreviation, the compound or the plain word that starts here."""
    token = tokens[at]
    if token.fold == "и" and not (at + 2 < end and tokens[at + 1].text == "." and tokens[at + 2].fold == "о"):
        return Unit("и", "и", "and", "и", at, at + 1)
    if token.fold in ("или", "либо"):
        return Unit(token.fold, token.fold, "and", token.fold, at, at + 1)
    phrase = _phrase(tokens, at, end)
    if phrase:
        full, after = phrase
        words, _, one = full.partition("|")
        if token.text[0].isupper():
            words = words[:1].upper() + words[1:]
            one = one[:1].upper() + one[1:]
        kind = _kind_of(full.split("|")[0].split())
        return _compound(tokens, Unit(words, one or words, kind, full.split("|")[0], at, after), end, repairs)
    after = at + 1
    while after + 1 < end and tokens[after].text == "-" and not tokens[after].gap and _tight(tokens[after + 1]):
        after += 2
    text = "".join(t.text for t in tokens[at:after])
    fold = "".join(t.fold for t in tokens[at:after])
    if after == at + 1:
        return _compound(tokens, _plain(tokens, at, end, units, repairs), end, repairs)
    first = tokens[at].fold
    second = tokens[after - 1].fold
    if _is_head(first) and second in SECOND:
        return _compound(tokens, _plain(tokens, at, end, units, repairs), end, repairs)
    if set(text) <= _ROMAN | {"-"}:
        return Unit(text, text, "number", fold, at, after)
    kind = "head" if _is_head(first) or _is_head(second) else _plain_kind(fold, text)
    return Unit(_lowered(text, fold), _lowered(text, fold), kind, fold, at, after)


def _tight(token: Token) -> bool:
    return token.kind == "word" and not token.gap


def _phrase(tokens: list[Token], at: int, end: int) -> tuple[str, int] | None:
    """The longest abbreviation of the table that starts here, with the dots after it."""
    key = tokens[at].fold
    if key not in _openers():
        return None
    best: tuple[str, int] | None = None
    place, words = at + 1, 1
    while True:
        full = PHRASES.get(key)
        if full and not (words == 1 and key in _CAPITAL_ONLY and not tokens[at].text.isupper()):
            best = full, place
        following = place
        while following < end and following < place + 2 and tokens[following].text in ".-":
            following += 1
        if words == 5 or following >= end or tokens[following].kind != "word":
            break
        key = f"{key} {tokens[following].fold}"
        place, words = following + 1, words + 1
    if best is None:
        return None
    full, place = best
    while place < end and tokens[place].text == "." and not _own_sentence(tokens, place, end, full):
        place += 1
    return full, place


_CAPITAL_ONLY = frozenset(("кр",))


def _own_sentence(tokens: list[Token], at: int, end: int, full: str) -> bool:
    """Whether the dot follows words written out in full and so is not of the abbreviation."""
    return tokens[at - 1].fold in full.split("|")[0].split() and at + 1 < end


def _compound(tokens: list[Token], unit: Unit, end: int, repairs: list[str]) -> Unit:
    """The unit with its second half («учителя – предметники»), when there is one."""
    at = unit.end
    while at < end and tokens[at].text == "." and at + 1 < end and tokens[at + 1].text == "-":
        at += 1
    if unit.kind not in ("head", "oblique") or at >= end:
        return unit
    if tokens[at].kind == "word":
        return _dashless(tokens[at], unit, repairs)
    if at + 1 >= end or tokens[at].text != "-":
        return unit
    following = tokens[at + 1]
    second = SECOND.get(following.fold)
    if second is None:
        return unit
    loose = tokens[at].gap and following.gap
    if loose and not second.startswith("предметник") and following.text[0].isupper():
        return unit
    if second == "предметники" and unit.fold.endswith("ь"):
        second = "предметник"
    one = second[:-1] if second == "предметники" and unit.one != unit.words else second
    after = at + 2
    if second != following.fold and after < end and tokens[after].text == ".":
        after += 1
    return Unit(f"{unit.words}-{second}", f"{unit.one}-{one}", unit.kind, unit.fold, unit.start, after)


def _dashless(following: Token, unit: Unit, repairs: list[str]) -> Unit:
    """The unit with its second half when the dash is lost («педагог психолог»), which is told."""
    second = following.fold
    if SECOND.get(second) != second or not (following.text.islower() or second.startswith("предметник")):
        return unit
    many = second.endswith(("и", "ы", "а"))
    if unit.fold not in (MANY_FIRST if many else ONE_FIRST):
        return unit
    repairs.append(f"«{unit.words} {following.text}» прочитано как «{unit.words}-{second}»")
    return unit._replace(words=f"{unit.words}-{second}", one=f"{unit.one}-{second}", end=unit.end + 1)


def _plain(tokens: list[Token], at: int, end: int, units: list[Unit], repairs: list[str]) -> Unit:
    """A word that is not an abbreviation of the table; a cut or mistyped position is completed and told."""
    token = tokens[at]
    text, fold, after = token.text, token.fold, at + 1
    cut_word = after < end and tokens[after].text == "."
    if cut_word and fold in CUT_BEFORE_NAMES:
        return Unit(f"{text}.", f"{text}.", "word", fold, at, after + 1)
    if len(fold) > 3 and not is_known(fold) and fold not in BODIES:
        full = _completed(fold) if cut_word else _mended(fold)
        if full:
            kind = "вместо" if not cut_word else "сокращение"
            what = f"«{cut(text, 40)}» прочитано как «{full}»"
            repairs.append(what if kind == "вместо" else f"сокращение {what}")
            text = full.capitalize() if text[0].isupper() else full
            return Unit(text, text, "head", full, at, after + cut_word)
        if cut_word and after + 1 < end and tokens[after + 1].kind == "word" and tokens[after + 1].text[0].islower():
            return Unit(text + ".", text + ".", "word", fold, at, after + 1)
    if _is_class_letter(units, token):
        return Unit(text, text, "number", fold, at, after)
    return Unit(_lowered(text, fold), _lowered(text, fold), _plain_kind(fold, token.text), fold, at, after)


def _is_class_letter(units: list[Unit], token: Token) -> bool:
    """A roman numeral, or the letter of a class after its number («5 Б»)."""
    if not token.text.isupper():
        return False
    return set(token.text) <= _ROMAN or (len(token.text) == 1 and bool(units) and units[-1].kind == "number")


def _lowered(text: str, fold: str) -> str:
    """The word as written; a known word in capitals becomes small."""
    return text.lower() if len(text) > 3 and text.isupper() and is_known(fold) and fold not in BODIES else text


@lru_cache(maxsize=1024)
def _completed(fold: str) -> str:
    """The position whose beginning a cut word is, or ""."""
    from roadmap_cli.people.lexicon import GROUPS, POSITIONS

    return next((w for w in (*POSITIONS, *GROUPS) if w.startswith(fold)), "")


@lru_cache(maxsize=1024)
def _mended(fold: str) -> str:
    """The position of which a word is a misprint inside the word, or ""; another ending is not a misprint."""
    if len(fold) < 7 or fold.endswith("ся"):
        return ""
    near = [
        w
        for w in heads()
        if abs(len(w) - len(fold)) < 2 and w[0] == fold[0] and w[-2:] == fold[-2:] and distance(w, fold, 1) == 1
    ]
    return near[0] if len(near) == 1 else ""


def _is_head(fold: str) -> bool:
    return fold in heads()


def _kind_of(words: list[str]) -> str:
    """The kind of an abbreviation by its full words."""
    if any(_is_head(w) or _is_head(w.split("-")[0]) for w in words):
        return "head"
    return _plain_kind(words[0], words[0])


def _plain_kind(fold: str, text: str) -> str:
    if _is_head(fold):
        return "head"
    if nominative(fold) is not None:
        return "oblique"
    if (fold in BODIES or fold in FORMS or fold in REGIONS) and (text.isupper() or len(fold) > 3):
        return "org"
    if fold in PREPOSITIONS:
        return "preposition"
    if is_adjective(fold):
        return "adjective"
    if text.isupper() and 3 <= len(text) <= 8 and fold not in DUTIES and not is_known(fold):
        return "org"
    return "word"


def is_role_word(fold: str) -> bool:
    """Whether a word belongs to roles."""
    return is_known(fold) or fold in BODIES


def is_adjective(fold: str) -> bool:
    """Whether a word looks like an adjective in the nominative."""
    return fold.endswith(_ADJECTIVE) and not fold.endswith(_NOT_ADJECTIVE) and len(fold) > 3


def starts_owner(units: list[Unit], at: int) -> bool:
    """Whether an owner starts at this unit: a position or an organization, adjectives before it."""
    while at < len(units) and units[at].kind in ("adjective", "nothing"):
        at += 1
    return at < len(units) and units[at].kind in ("head", "org")


def splits_before(current: list[Unit], unit: Unit) -> bool:
    """Whether a position or an organization starts a new owner with nothing before it but a space."""
    last = current[-1]
    bases = [u for u in current if u.kind in ("head", "oblique")]
    if unit.kind == "org":
        orgs = all(u.kind in ("org", "quote", "number") for u in current)
        return orgs and last.fold not in FORMS and unit.fold not in REGIONS and last.kind != "number"
    if last.kind in ("preposition", "and", "glue") or last.fold.startswith(PARTICIPLES):
        return False
    if last.fold.endswith("обязанности"):
        return False
    if not bases:
        return any(u.kind in ("org", "quote") for u in current) and last.fold not in FORMS
    if last.fold in BEFORE_HEADS and last.kind == "head":
        return False
    if last.kind == "number" and unit.fold in ("класс", "классы"):
        return False
    if unit.fold in OWNED:
        return False
    final = last.fold.split()[-1]
    return not (unit.fold in LIKE_GENITIVE and (final in GOVERNING or last.fold in FORMS))
