"""Rows of a table → the lines of a plan: what stands in which column, and which rows are only headings of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.importing.headings import (
    Column,
    Head,
    find_head,
    head_at,
    is_due,
    is_numbering,
    is_owners,
    wording,
)
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadmap_cli.importing.values import Cell, Row, Table


class Line(NamedTuple):
    """A row of a plan: paragraphs by role, the roles whose cell belongs to the line above, other columns by heading.

    `moved` says which words stood in a column that was not theirs. A `torn` line begins a page, without a number, and
    goes on with the last line of the page before.
    """

    row: Row
    cells: Mapping[str, tuple[str, ...]]
    above: frozenset[str] = frozenset()
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    moved: tuple[str, ...] = ()
    torn: bool = False

    def text(self, role: str) -> str:
        """The words of a role on one line."""
        return " ".join(filter(None, self.cells.get(role, ())))

    def has(self, *roles: str) -> bool:
        """Whether any of the roles has words of its own here."""
        return any(self.text(role) for role in roles)


class Banner(NamedTuple):
    """A row that is the heading of the rows below it; `guessed` when only its blank cells say so."""

    row: Row | None
    text: str
    guessed: bool = False


class Sheet(NamedTuple):
    """A table of a plan: its lines and headings in their order, rows before it, and rows that say nothing new."""

    table: Table
    columns: tuple[Column, ...]
    before: tuple[Row, ...]
    items: tuple[Line | Banner, ...]
    headings: tuple[Row, ...]
    guessed: bool = False


_NUMBER: Final = re.compile(r"\d{1,3}(?:[.\-]\d{1,3}){0,3}[.)]?|[IVXLХІ]{1,6}[.)]?")
_ROMAN: Final = re.compile(r"[IVXLХІ]{1,6}[.)]?")
_SECTION: Final = re.compile(r"раздел|блок|этап|направление|модуль|часть|глава|[IVXLХІ]{1,6}[.)]\s", re.IGNORECASE)
_OPEN_END: Final = re.compile(
    r"(?:[,(–—-]|\b(?:и|в|во|на|с|со|по|для|к|о|об|от|из|при|за|над|под|или|а|не|до|после|через))$", re.IGNORECASE
)
_WIDE: Final = 0.6


def sheet(table: Table, head: Head) -> Sheet:
    """The lines of a table under its headings; where other headings follow, the columns change."""
    rows = table.rows
    headings = list(rows[head.start : head.start + head.rows])
    known = {wording(row) for row in headings if row.filled()}
    columns, items = head.columns, list[Line | Banner]()
    at = head.start + head.rows
    while at < len(rows):
        row = rows[at]
        again = None if head.guessed else head_at(rows, at)
        if wording(row) in known or is_numbering(row):
            headings.append(row)
        elif again is not None:
            # Not in `headings`: should they be a row of the plan after all, their words are told.
            columns = again.columns
            known.update(map(wording, rows[at : at + again.rows]))
            at += again.rows - 1
        elif (banner := _banner(row, columns)) is not None:
            items.append(Banner(row, banner))
        elif row.filled():
            line = _line(row, columns)
            # What stands far from every column belongs to none of the rows.
            items += [line] if any(line.cells.values()) or any(heading for heading, _ in line.others) else []
        at += 1
    items = list(_with_numbered_sections(items))
    return Sheet(table, head.columns, rows[: head.start], tuple(items), tuple(headings), head.guessed)


def found_head(table: Table, before: Sheet | None) -> Head | None:
    """The head of a table: its own, or that of the table before when this one goes on without any."""
    own = find_head(table.rows)
    if own is not None or before is None:
        return own
    widths = {len(row.cells) for row in table.rows}
    known = {len(row.cells) for row in (*before.headings, *(item.row for item in before.items if item.row))}
    return Head(before.columns, 0, 0) if widths & known else None


def _banner(row: Row, columns: Sequence[Column]) -> str | None:
    """The words of a row that holds nothing but one heading for the rows below it; None for any other row."""
    filled = row.filled()
    if len(filled) != 1:
        return None
    place = filled[0]
    text = row.cells[place].text()
    covered = sum(cell.merged == "left" for cell in row.cells[place + 1 :]) + 1
    if (
        len(row.cells) > 1
        and covered >= max(2, _WIDE * len(row.cells))
        and not any(c.merged == "above" for c in row.cells)
    ):
        return text
    if any(cell.merged for cell in row.cells):
        return None
    role = next((column.role for column in columns if place in column.places), "")
    if len(row.cells) == 1 or (role == "no" and not _NUMBER.fullmatch(text)):
        return text
    if role == "title" and (_SECTION.match(text) or month_of(text) == text or (text.isupper() and len(text) > 3)):
        return text
    return None


def _line(row: Row, columns: Sequence[Column]) -> Line:
    cells: dict[str, tuple[str, ...]] = {}
    above: set[str] = set()
    others: list[tuple[str, tuple[str, ...]]] = []
    known: set[int] = set()
    titles = next((column.places[0] for column in columns if column.role == "title"), 0)
    for column in columns:
        mine = [row.cells[place] for place in column.places if place < len(row.cells)]
        known.update(column.places)
        words = tuple(line for cell in mine for line in cell.paragraphs)
        if column.role == "other":
            others += [(column.heading, words)] if any(words) else []
            continue
        cells[column.role] = _trimmed(words)
        merged = bool(mine) and all(cell.merged == "above" for cell in mine)
        outer = column.role in ("section", "period") and column.places[0] < titles
        if not any(words) and (merged or outer):
            above.add(column.role)
    extra = [cell for place, cell in enumerate(row.cells) if place not in known and cell.text()]
    return _settled(Line(row, cells, frozenset(above), tuple(others)), extra, {column.role for column in columns})


def _settled(line: Line, extra: Sequence[Cell], roles: set[str]) -> Line:
    """The line with a deadline or a name that stands in a column that is not its own moved to its own, and noted."""
    cells = dict(line.cells)
    moved: list[str] = []
    others = list(line.others)
    due, owners = line.text("due"), line.text("owners")
    if due and owners and is_due(owners) and not is_due(due) and is_owners(due):
        cells["due"], cells["owners"] = cells["owners"], cells["due"]
        moved += [f"«{owners}» стоит в графе ответственных, а «{due}» — в графе сроков"]
    elif owners and is_due(owners) and "due" in roles:
        cells["due"] = (*cells["due"], *cells["owners"])
        cells["owners"] = ()
        moved.append(f"срок «{owners}» стоит в графе ответственных")
    elif due and not owners and "owners" in roles and "owners" not in line.above and is_owners(due):
        cells["owners"], cells["due"] = cells["due"], ()
        moved.append(f"«{due}» стоит в графе сроков")
        if not extra and is_due(line.text("result")):
            cells["due"], cells["result"] = cells["result"], ()
            moved.append(f"срок «{line.text('result')}» стоит в графе результатов")
    for cell in extra:
        text = cell.text()
        role = "due" if is_due(text) and not is_owners(text) else "owners"
        free = role in roles and (role == "due" or not cells.get("owners"))
        if free and (role == "due" or is_owners(text)):
            cells[role] = (*cells.get(role, ()), *cell.paragraphs)
            moved.append(f"«{text}» стоит правее своей графы")
        else:
            others.append(("", cell.paragraphs))
    return line._replace(cells=cells, others=tuple(others), moved=tuple(moved))


def _trimmed(words: tuple[str, ...]) -> tuple[str, ...]:
    """Paragraphs without the blank ones around them."""
    filled = [i for i, word in enumerate(words) if word]
    return words[filled[0] : filled[-1] + 1] if filled else ()


def _with_numbered_sections(items: Sequence[Line | Banner]) -> Iterator[Line | Banner]:
    """Lines «1. Организационная работа» with nothing else become headings where «1.1» comes next."""
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        before = items[place - 1] if place else None
        if not isinstance(item, Line) or not isinstance(following, Line):
            yield item
            continue
        bare = _is_bare_section(item, following, before)
        if bare or _is_numbered_section(item, following):
            yield Banner(item.row, " ".join(cell.text() for cell in item.row.cells if cell.text()), bare)
        else:
            yield item


def _is_numbered_section(line: Line, following: Line) -> bool:
    number, under = line.text("no").rstrip(".)"), following.text("no")
    alone = line.has("title") and not line.has("result", "due", "owners", "start", "end", "done") and not line.others
    if not number or not alone or line.above or not following.has("due", "owners", "result", "start", "end"):
        return False
    return (under.startswith(f"{number}.") and under.rstrip(".)") != number) or (
        bool(_ROMAN.fullmatch(number)) and under.rstrip(".)").replace(".", "").isdigit()
    )


def _is_bare_section(line: Line, following: Line, before: Line | Banner | None) -> bool:
    """Whether a line is nothing but a title without a number, before one with a title and a deadline or people."""
    alone = not line.has("no", "result", "due", "owners", "start", "end", "done", "note") and not line.others
    if not alone or not line.has("title") or line.above or line.moved or line.text("title")[0].islower():
        return False
    row = following.has("title") and following.has("due", "owners", "start", "end")
    return row and not (isinstance(before, Line) and continues(line, before))


def continues(line: Line, before: Line) -> bool:
    """Whether a line without a number and with a title only goes on with the title of the line before it."""
    text, last = line.text("title"), before.text("title")
    if line.has("due", "owners", "start", "end", "done"):
        # Only a row that a page has cut in the middle of a sentence.
        return text[:1].islower() and bool(_OPEN_END.search(last))
    if "no" not in line.cells:
        # Without a column of numbers nothing else tells a row from the rest of the row above it.
        return text[:1] == "(" or bool(_OPEN_END.search(last))
    return text[:1].islower() or (text[:1] in '(«"' and not last.endswith(".")) or bool(_OPEN_END.search(last))


_MONTHS: Final = (
    "январ", "феврал", "март", "апрел", "май|мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_MONTH: Final = re.compile(
    rf"(?<![а-яё])(?:{'|'.join(_MONTHS)})[а-яё]?(?![а-яё])(?:\s+20\d\d(?!\s*[-–/]\s*\d)(?:\s*г(?:ода|\.)?)?)?",
    re.IGNORECASE,
)
_TERM: Final = re.compile(
    r"(?<![\wа-яё])(?:[1-4]|[IVІ]{1,3})(?:-?[а-я]{1,2})?\s+(?:учебная\s+)?(?:четверть|триместр|полугодие|квартал)(?![а-яё])",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(r"(?:на|за|в|месяц|г\.?|года?|план|работы|мероприятия|учебн\w*|\d{4,5}|\W)+", re.IGNORECASE)


def month_of(text: str) -> str:
    """The one month or quarter that a heading names («СЕНТЯБРЬ», «Октябрь 2022 г.», «I четверть»), else ""."""
    if len(text) > 160 or re.search(r"\d\d?[.]\d\d", text):
        return ""
    found = [*(m[0] for m in _MONTH.finditer(text)), *(m[0] for m in _TERM.finditer(text))]
    return found[0] if len({fold(one) for one in found}) == 1 else ""


def is_only_month(text: str) -> bool:
    """Whether a heading says no more than its month."""
    month = month_of(text)
    return bool(month) and not _NOISE.sub("", text.replace(month, "").replace("месяц", ""))
