"""Puts a cell «Ответственные» together: who is named, in what position, and what is doubtful."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.model import Owners, Person, Role
from roadmap_cli.people.chunks import Chunk, read_chunks
from roadmap_cli.people.initials import NOT_INITIALS
from roadmap_cli.people.lexicon import is_known
from roadmap_cli.people.names import Name, find_people
from roadmap_cli.people.roles import read_units
from roadmap_cli.people.tokens import Token, lex, prepare
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.model import Owner

LIMIT = 6000
_LABELS = frozenset(("ответственный", "ответственные", "исполнитель", "исполнители"))
_AND_OTHERS = (("и", "др"), ("и", "т", "д"), ("и", "т", "п"), ("и", "другие"))
# Roles of many that are also the genitive of one.
_OF_ONE = frozenset(("Директора школы", "Директора гимназии", "Директора лицея", "Директора школы-интерната"))
# A surname by its ending, which no position or group of people shares, and two initials.
_NAME = r"[А-Я][а-я]+(?:[оеё]в|[оеё]ва|ин|ина|ын|ына|нко|чук) [А-Я]\.[А-Я]\."
_NAMES = re.compile(rf"{_NAME}(?:, {_NAME})*")
_NOT_INITIALS = frozenset(f"{one[0]}.{one[1]}." for one in NOT_INITIALS if len(one) == 2)
_ASIDE = ("по согласованию", "при участии", "при поддержке", "совместно")


class _Item(NamedTuple):
    """A name or a role in its place, with the separator before it and the role that was attached to it."""

    what: Name | Chunk
    before: str
    role: str = ""
    used: bool = False


@lru_cache(maxsize=4096)
def parse_owners(text: str) -> Owners:
    """Who is responsible according to a cell, with everything that was mended or is doubtful."""
    return _plain(text) or _read(text)


def _plain(text: str) -> Owners | None:
    """The commonest cells, letter for letter: «Савина И.А.», «Савина И.А., Петров С.В.» need no grammar."""
    if not _NAMES.fullmatch(text):
        return None
    names = text.split(", ")
    if len(set(names)) < len(names) or not all(map(_is_plain_name, names)):
        return None
    return Owners(text, tuple(map(Person, names)))


@lru_cache(maxsize=4096)
def _is_plain_name(name: str) -> bool:
    """Whether no word of the tables stands in the surname's place, and no abbreviation in the initials'."""
    return name[-4:].lower() not in _NOT_INITIALS and not is_known(fold(name[:-5]))


def _read(text: str) -> Owners:
    line, repairs = prepare(text)
    notes: list[str] = []
    if len(line) > LIMIT:
        line = line[:LIMIT]
        notes.append(f"текст очень длинный: прочитаны первые {LIMIT} знаков")
    if not line:
        return Owners(text, (), tuple(repairs))
    tokens, mended = lex(line)
    repairs += mended
    if not any(t.kind in ("word", "quote") or (t.kind == "number" and not t.text.isdigit()) for t in tokens):
        return Owners(text, (), tuple(repairs), (*notes, _nobody(line, tokens)))
    tokens = _without_others(tokens, notes)
    items = _items(tokens, repairs, notes)
    items = _attach(items, notes)
    owners = [owner for item in items if (owner := _owner(item, tokens, line, notes)) is not None]
    if not owners and not notes:
        notes.append(f"в «{cut(line, 60)}» не нашлось ни имени, ни должности")
    return Owners(text, tuple(owners), _once(repairs), _once(notes))


def join_owners(texts: Sequence[str]) -> Owners:
    """The reading of a list: each item is read by itself."""
    read = [parse_owners(text) for text in texts]
    return Owners(
        ", ".join(texts),
        tuple(owner for one in read for owner in one.owners),
        _once([repair for one in read for repair in one.repairs]),
        _once([note for one in read for note in one.notes]),
    )


def _once(lines: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _without_others(tokens: list[Token], notes: list[str]) -> list[Token]:
    """The tokens without «и др.» at the end, which is told."""
    end = len(tokens)
    words: list[str] = []
    while end and len(words) < 3 and (tokens[end - 1].kind == "word" or tokens[end - 1].text == "."):
        end -= 1
        if tokens[end].kind == "word":
            words.insert(0, tokens[end].fold)
            if tuple(words) in _AND_OTHERS and end:
                notes.append("«и другие»: не названы по имени")
                return tokens[:end]
    return tokens


def _nobody(line: str, tokens: list[Token]) -> str:
    """The note for a cell without a single word."""
    if any(t.kind == "number" for t in tokens):
        return f"в «{cut(line, 60)}» нет ни имени, ни должности: только цифры"
    return f"«{cut(line, 60)}» прочитано как «ответственного нет»"


def _items(tokens: list[Token], repairs: list[str], notes: list[str]) -> list[_Item]:
    """Names and roles in order."""
    people = find_people(tokens)
    numbered = len(tokens) > 1 and tokens[0].text == "1" and tokens[1].text in ".)"
    items: list[_Item] = []
    at = 0
    for name in [*people, None]:
        end = name.start if name else len(tokens)
        chunks, tail = read_chunks(tokens, read_units(tokens, at, end, numbered, repairs)) if end > at else ([], "")
        for chunk in chunks:
            items.append(_Item(chunk, chunk.before))
            if chunk.note:
                notes.append(chunk.note)
        if name:
            items.append(_Item(name, tail))
            repairs += name.repairs
            notes += name.notes
            at = name.end
    return items


def _is_person(item: _Item) -> bool:
    return isinstance(item.what, Name)


def _attach(items: list[_Item], notes: list[str]) -> list[_Item]:
    """The items with every role that belongs to a name moved to it."""
    items = _aside(items, notes)
    items = _brackets(items, notes)
    items = _dashes(items, notes)
    items = _classes(items, notes)
    items = _pairs(items, notes)
    return _before_names(items, notes)


def _aside(items: list[_Item], notes: list[str]) -> list[_Item]:
    """Without «по согласованию» and the like, which become notes."""
    kept = []
    for item, following in zip(items, [*items, None][1:], strict=True):
        label = isinstance(item.what, Chunk) and item.what.name.lower() in _LABELS
        if label and following and following.before == ":" and not _is_person(following):
            continue
        if isinstance(item.what, Chunk) and not item.what.known and item.what.name.lower().startswith(_ASIDE):
            notes.append(f"помета «{cut(item.what.name.lower(), 60)}»")
        else:
            kept.append(item)
    return kept


def _give(items: list[_Item], person: int, role: int, notes: list[str]) -> None:
    """Moves the role to the person."""
    name, chunk = items[person].what, items[role].what
    assert isinstance(name, Name)
    assert isinstance(chunk, Chunk)
    if chunk.oblique and role < person and not any("падеже" in note for note in name.notes):
        notes.append(f"«{name.name}» стоит не в именительном падеже; оставлено как написано")
    if not chunk.known:
        notes.append(f"«{cut(chunk.name, 60)}» рядом с именем «{name.name}» прочитано как должность")
    before = items[person].role
    items[person] = items[person]._replace(role=f"{before}, {chunk.one}" if before else chunk.one)
    items[role] = items[role]._replace(used=True)


def _left(items: list[_Item]) -> list[_Item]:
    return [item for item in items if not item.used]


def _brackets(items: list[_Item], notes: list[str]) -> list[_Item]:
    """«Савина И.А. (координатор)», «Директор (Савина И.А.)»; other words in brackets become notes."""
    for at, item in enumerate(items):
        if isinstance(item.what, Chunk) and item.what.inside:
            if at and _is_person(items[at - 1]) and item.what.known and item.before == "(":
                _give(items, at - 1, at, notes)
            elif at and (not items[at - 1].used or not _is_person(items[at - 1])):
                notes.append(f"в скобках: «{cut(item.what.name, 80)}»")
                items[at] = item._replace(used=True)
        elif at and _is_person(item) and item.before == "(" and not _is_person(items[at - 1]):
            if not items[at - 1].used and not _chunk(items[at - 1]).many:
                _give(items, at, at - 1, notes)
        elif at and _is_person(item) and item.before == "(":
            notes.append(f"имя в скобках прочитано как ещё один ответственный: «{_name(item).name}»")
    return _left(items)


def _chunk(item: _Item) -> Chunk:
    assert isinstance(item.what, Chunk)
    return item.what


def _name(item: _Item) -> Name:
    assert isinstance(item.what, Name)
    return item.what


def _dashes(items: list[_Item], notes: list[str]) -> list[_Item]:
    """«Савина И.А. – координатор», «Координатор – Савина И.А.»."""
    for at in range(1, len(items)):
        one, two = items[at - 1], items[at]
        if (
            not (two.before == "-" or (two.before == ":" and _is_person(one)))
            or one.used
            or _is_person(one) == _is_person(two)
        ):
            continue
        if _is_person(one):
            if not one.role or at < 2 or items[at - 2].used:
                _give_back(items, at, notes)
        elif not _chunk(one).many:
            _give(items, at, at - 1, notes)
    return _left(items)


def _classes(items: list[_Item], notes: list[str]) -> list[_Item]:
    """«Савина И.А., 5А класс»: a single class after a name says whose name it is."""
    for at in range(1, len(items)):
        one, two = items[at - 1], items[at]
        if not _is_person(one) or one.role or _is_person(two) or two.before not in ("", ",", "\n"):
            continue
        last = at + 1 == len(items) or items[at + 1].before not in ("", ":", "-")
        if last and _chunk(two).one_class:
            _give(items, at - 1, at, [])
            what, who = cut(_chunk(two).name, 60), _name(one).name
            notes.append(f"«{what}» после имени «{who}» прочитано как класс этого человека")
    return _left(items)


def _give_back(items: list[_Item], role: int, notes: list[str]) -> None:
    """The role after a dash to the name before it, a group to every name before it in a row."""
    first = last = role - 1
    if _chunk(items[role]).many:
        while first and items[first].before in (",", "и", "") and _is_person(items[first - 1]):
            if items[first - 1].role:
                break
            first -= 1
    for person in range(first, last + 1):
        _give(items, person, role, notes if person == last else [])
    if first < last:
        notes.append(f"«{cut(_chunk(items[role]).name, 60)}» отнесено ко всем именам перед этими словами")


def _pairs(items: list[_Item], notes: list[str]) -> list[_Item]:
    """«Савина И.А. директор, Петров П.П. завуч»: every name has its role after it."""
    count = len(items)
    if count < 4 or count % 2:
        return items
    for at in range(0, count, 2):
        person, role = items[at], items[at + 1]
        if not _is_person(person) or _is_person(role) or role.before not in ("", ",") or person.role:
            return items
        if at and (not person.before or person.before == role.before) and not (person.before == role.before == ""):
            return items
    for at in range(0, count, 2):
        _give(items, at, at + 1, notes)
    notes.append("должности после имён отнесены к именам перед ними")
    return _left(items)


def _before_names(items: list[_Item], notes: list[str]) -> list[_Item]:
    """«Директор Савина И.А.»; a role after a name stays an owner of its own, and that is told."""
    for at in range(1, len(items)):
        one, two = items[at - 1], items[at]
        if _is_person(one) and not _is_person(two):
            _doubt_after_name(items, at, notes)
        if _is_person(one) or not _is_person(two) or one.used:
            continue
        chunk = _chunk(one)
        if two.before in (":", "(") or (chunk.many and two.before == "" and _name_follows(items, at)):
            _give_to_all(items, at, notes)
        elif two.before in ("", "\n") or (two.before == "." and not chunk.known):
            one_of_many = chunk.name in _OF_ONE and _may_be_genitive(two)
            if chunk.body or (chunk.many and not one_of_many):
                notes.append(f"«{cut(chunk.name, 60)}» и «{_name(two).name}» прочитаны как разные ответственные")
                continue
            if chunk.many:
                who = _name(two).name
                notes.append(
                    f"«{cut(chunk.name, 60)} {who}» прочитано как один человек: должность в родительном падеже"
                )
            if at > 1 and _is_person(items[at - 2]) and one.before == "" and not two.role:
                notes.append(f"«{cut(chunk.name, 60)}» отнесено к имени «{_name(two).name}»")
            _give(items, at, at - 1, notes)
    return _left(items)


def _may_be_genitive(item: _Item) -> bool:
    return _name(item).name.split()[0].lower().endswith(("а", "я", "ого", "ой"))


def _doubt_after_name(items: list[_Item], at: int, notes: list[str]) -> None:
    """Tells that a position after a name may be the position of that name."""
    role = items[at]
    ends = at + 1 == len(items) or items[at + 1].before not in ("", ":", "-")
    if ends and role.before in ("", ",", ".", "\n") and _chunk(role).single:
        what, who = cut(_chunk(role).name, 60), _name(items[at - 1]).name
        notes.append(f"«{what}» после имени «{who}» прочитано отдельно: может быть его должностью")


def _name_follows(items: list[_Item], at: int) -> bool:
    """Whether one more name follows the name at this place in the same list."""
    return at + 1 < len(items) and _is_person(items[at + 1]) and items[at + 1].before in ("", ",", "и")


def _give_to_all(items: list[_Item], at: int, notes: list[str]) -> None:
    """A group before several names is the role of each: «Учителя: Савина И.А., Петров П.П.»."""
    end = at
    while end < len(items) and _is_person(items[end]) and (end == at or items[end].before in ("", ",", "и")):
        end += 1
    role = at - 1
    for person in range(at, end):
        if not items[person].role:
            _give(items, person, role, [])
    if end > at + 1:
        notes.append(f"«{cut(_chunk(items[role]).name, 60)}» отнесено ко всем именам после этих слов")


def _owner(item: _Item, tokens: list[Token], line: str, notes: list[str]) -> Owner | None:
    """The person or the role that an item is."""
    if isinstance(item.what, Name):
        return Person(item.what.name, item.role)
    chunk = item.what
    text = line[tokens[chunk.start].start : tokens[chunk.end - 1].end].replace("\n", " ")
    if not any(t.kind in ("word", "quote") for t in tokens[chunk.start : chunk.end]) and not _is_class(chunk):
        notes.append(f"«{cut(text, 60)}» не прочитано: нет ни имени, ни должности")
        return None
    if not chunk.known:
        notes.append(f"«{cut(text, 60)}»: такой должности в списке нет; прочитано как написано")
    return Role(chunk.name, text)


def _is_class(chunk: Chunk) -> bool:
    """Whether a chunk of numbers names classes («5А, 5Б»)."""
    return any(c.isalpha() for c in chunk.name)
