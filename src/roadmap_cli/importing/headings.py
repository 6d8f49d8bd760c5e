"""Which column holds what: by its heading in any of the usual spellings, or by what stands in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from roadmap_cli.dates import parse_due
from roadmap_cli.importing.spellings import rank_of, role_of
from roadmap_cli.model import Person
from roadmap_cli.people import parse_owners
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmap_cli.importing.values import Row


class Column(NamedTuple):
    """A column of a plan: what it holds (`role`), its heading, and the places of the grid that it covers.

    The roles are those of `spellings.ROLE_NAMES`.
    """

    role: str
    heading: str
    places: tuple[int, ...]


class Head(NamedTuple):
    """The columns of a table, and how many of its rows from `start` on are headings; `guessed` without any."""

    columns: tuple[Column, ...]
    start: int
    rows: int
    guessed: bool = False


_MAX_HEADING: Final = 90
_MAX_HEAD_ROWS: Final = 4
_DAY: Final = re.compile(r"(?<!\d)(?<!на )\d{1,2}\.\d{1,2}\.\d{2}")  # «Отметка на 01.12.2022» is a heading
_REST: Final = re.compile(
    r"за|по|об?|и|или|на|для|е[её]|их|п|лиц[оа]|исполнител[ья]|исполнители|(?:ис|вы)полнени[еяию]|проведени[еяию]|"
    r"реализаци[яию]|завершени[еяию]|подготовк[аи]|мероприяти[еяйю]|работы?|деятельности|результат(?:а|ы|ов)?|"
    r"показател[ьия]|показателей|документ(?:а|ов)|отч[её]т(?:а|ов|ности)|срок(?:и|ов)?|дат[аы]|начал[ао]|окончани[ея]|"
    r"учебн(?:ый|ого)|года?"
)
_NUMBER: Final = re.compile(r"(?:\d{1,3}(?:[.\-]\d{1,3}){0,3}|[IVXLХІ]{1,5})[.)]?")


def find_head(rows: Sequence[Row], first: int = 0) -> Head | None:
    """The first rows that are headings of a plan, from row `first` on, with the columns below them."""
    for start in range(first, len(rows)):
        head = head_at(rows, start)
        if head is not None:
            return head
    return None


def head_at(rows: Sequence[Row], start: int) -> Head | None:
    """The head that begins in a row, with as many rows as its headings take; None when none begins there."""
    own = [cell.text() for cell in rows[start].cells]
    if any(_NUMBER.fullmatch(text) or _DAY.search(text) for text in own) or any(map(_is_said, own)):
        return None
    named = {role for role in map(role_of, own) if role}
    if not _is_plan(named, sum(map(bool, own))):
        return None
    deep = 1
    while deep < _MAX_HEAD_ROWS and start + deep < len(rows) and _goes_on(rows[start : start + deep + 1]):
        deep += 1
    return Head(_columns(rows[start : start + deep]), start, deep)


def _is_said(text: str) -> bool:
    """Whether a cell says when or names somebody, as rows of a plan do and headings do not."""
    if role_of(text):
        return False
    return is_due(text) or any(isinstance(owner, Person) for owner in parse_owners(text).owners)


def _is_plan(named: set[str], filled: int) -> bool:
    """Whether headings of these roles make a plan: «Мероприятие» with anything beside it, or most of the others."""
    if filled == 2:
        return "title" in named and len(named) == 2
    if "title" in named or ("section" in named and named & {"due", "start", "period"}):
        return bool(named & {"due", "owners", "result", "start", "end", "period"}) or named >= {"no", "title"}
    return len(named & {"no", "due", "owners", "result"}) >= 3


def _goes_on(rows: Sequence[Row]) -> bool:
    """Whether the last of the rows still belongs to the headings above it."""
    above, last = rows[:-1], rows[-1]
    filled = last.filled()
    if not filled or is_numbering(last):
        return False
    before = _texts(above)
    if any(_NUMBER.fullmatch(last.cells[i].text()) and len(before.get(i, "")) < 8 for i in filled[:1]):
        return False
    if any(cell.merged == "above" for cell in last.cells):
        return all(len(last.cells[i].text()) <= _MAX_HEADING and _under(before, i, last) for i in filled)
    return any(before.get(i) for i in filled) and all(
        _continues(before.get(i, ""), last.cells[i].text()) for i in filled
    )


def _under(before: Mapping[int, str], place: int, row: Row) -> bool:
    """Whether a cell stands below a heading of several columns: it names a part of it, and is no row of the plan."""
    text = row.cells[place].text()
    return bool(before.get(place)) and not parse_owners(text).owners[1:] and not re.search(r"\d", text)


def _continues(heading: str, more: str) -> bool:
    """Whether a heading was cut into two rows, «Сроки» and «проведения»; other words are those of a first row."""
    if not heading:
        return role_of(more) not in ("", "no")
    rest = more[:1].islower() and all(map(_REST.fullmatch, re.findall(r"\w+", more)))
    return rest and bool(role_of(f"{heading} {more}"))


def _texts(rows: Sequence[Row]) -> dict[int, str]:
    """The words above every place of the grid; a merged cell counts for all its places."""
    found: dict[int, str] = {}
    for row in rows:
        left = ""
        for place, cell in enumerate(row.cells):
            left = cell.text() if not cell.merged else left if cell.merged == "left" else ""
            if left:
                found[place] = " ".join(filter(None, (found.get(place, ""), left)))
    return found


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns under headings of one or several rows; of two that claim one role the better keeps it."""
    texts = _texts(rows)
    groups: list[tuple[list[int], str, str]] = []
    for place in range(max(len(row.cells) for row in rows)):
        same = groups and all(
            row.cells[place].merged == "left"
            or (row.cells[place].merged == "above" and groups[-1][1] == texts.get(place))
            for row in rows
            if place < len(row.cells)
        )
        if same:
            groups[-1][0].append(place)
            continue
        heading = texts.get(place, "")
        lowest = next(
            (row.cells[place].text() for row in reversed(rows) if place < len(row.cells) and row.cells[place].text()),
            "",
        )
        groups.append(([place], heading, role_of(lowest) or role_of(heading)))
    roles = _settled([role for _, _, role in groups], [heading for _, heading, _ in groups])
    return tuple(Column(role, heading, tuple(places)) for (places, heading, _), role in zip(groups, roles, strict=True))


def _settled(roles: list[str], headings: Sequence[str]) -> list[str]:
    """Every role once, of two «Срок» the better; a plan without a title takes what comes nearest."""
    if "title" not in roles:
        spare = next((role for role in ("section", "result") if role in roles), "")
        if spare:
            roles[roles.index(spare)] = "title"
    if {"start", "end"} - set(roles):
        roles = ["due" if role in ("start", "end") else role for role in roles]
    if "due" not in roles and "start" not in roles:
        roles = ["due" if role == "period" else role for role in roles]
    keeps: dict[str, int] = {}
    for place in sorted(range(len(roles)), key=lambda place: rank_of(roles[place], headings[place])):
        keeps.setdefault(roles[place], place)
    return [role if role and keeps[role] == place else "other" for place, role in enumerate(roles)]


def is_numbering(row: Row) -> bool:
    """Whether a row numbers the columns: «1 2 3 4 5»."""
    said = [cell.text().strip(" .") for cell in row.cells if cell.text()]
    return len(said) >= 2 and said == [str(i) for i in range(1, len(said) + 1)]


def wording(row: Row) -> tuple[str, ...]:
    """The words of a row as headings are compared, which tables repeat on every page."""
    return tuple(fold(cell.text()) for cell in row.cells if cell.text())


# Without headings


def by_content(rows: Sequence[Row]) -> Head | None:
    """The columns of a table without headings, by what stands in them; None when it is no plan."""
    width = max((len(row.cells) for row in rows), default=0)
    filled = [row for row in rows if len(row.filled()) > 1]
    if width < 2 or not filled:
        return None
    cells = {place: [row.cells[place] for row in filled if place < len(row.cells)] for place in range(width)}
    texts = {place: [cell.text() for cell in column if cell.text()] for place, column in cells.items()}
    roles: dict[int, str] = {}
    for role, fits in (("no", _is_number), ("due", is_due), ("owners", is_owners)):
        shares = {
            place: sum(map(fits, said)) / len(said) for place, said in texts.items() if said and place not in roles
        }
        best = max(shares, key=lambda place: (shares[place], -place), default=None)
        if best is not None and shares[best] >= 0.6:
            roles[best] = role
    left = [place for place in range(width) if place not in roles and texts[place]]
    if not left or not {"due", "owners"} & set(roles.values()):
        return None
    roles[left[0]] = "title"
    if len(left) > 1:
        roles[left[1]] = "result"
    return Head(tuple(Column(roles.get(p, "other"), "", (p,)) for p in range(width)), 0, 0, guessed=True)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


@lru_cache(maxsize=4096)
def is_due(text: str) -> bool:
    """Whether a phrase is a deadline that can be read, and nothing else."""
    due = parse_due(text, "2022-2023")
    return due.kind != "unreadable" and not any("не прочитано" in note or "не разобраны" in note for note in due.notes)


@lru_cache(maxsize=4096)
def is_owners(text: str) -> bool:
    """Whether a phrase names people, or positions that are known."""
    found = parse_owners(text)
    if is_due(text) or not found.owners:
        return False
    known = not any("такой должности в списке нет" in note for note in found.notes)
    return any(isinstance(owner, Person) for owner in found.owners) or known
