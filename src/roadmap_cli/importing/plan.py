"""A document → a plan, what has to be said of it, and the words that found no place."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.importing.activities import activities, grouped, with_shared_cells
from roadmap_cli.importing.around import framed
from roadmap_cli.importing.draft import Draft, DraftActivity, words
from roadmap_cli.importing.exported import as_written
from roadmap_cli.importing.headings import by_content
from roadmap_cli.importing.rows import Banner, Line, Sheet, found_head, is_only_month, month_of, sheet
from roadmap_cli.importing.spellings import ROLE_NAMES, role_of
from roadmap_cli.importing.values import Document, Table
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadmap_cli.importing.values import Row


class Unplaced(NamedTuple):
    """Words of the document that the plan does not have: where they stand, and the whole cell or paragraph."""

    place: str
    text: str


class Imported(NamedTuple):
    """A plan out of a document; `remarks` are for whoever looks the plan through."""

    draft: Draft
    remarks: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]


_PAGE: Final = re.compile(
    r"\W*(?:стр\w*\.?\s*)?\d{0,3}\W*|(?:продолжение|окончание)(?: таблиц\w*)?\W*\d*", re.IGNORECASE
)
_NO_SECTION: Final = re.compile(r"\W*(?:утвержд|согласован|приложение|приказ|директор|_{2,})", re.IGNORECASE)
_SECTION: Final = re.compile(
    r"\W*(?:раздел|[IVX]{1,4}\.|(?:\d+\.\s*)?[А-ЯЁ][^.]*\b(?:этап|блок|модуль)\b)", re.IGNORECASE
)
_MAX_SECTION: Final = 200


def plan_of(document: Document) -> Imported:
    """The plan of a document; raises RoadmapError when no table of it is a plan."""
    document = as_written(document)
    sheets = _sheets(document)
    if not sheets:
        has = any(isinstance(block, Table) and block.rows for block in document.blocks)
        why = (
            "ни в одной таблице нет граф плана («Мероприятие», «Сроки», «Ответственные»): подпишите их в первой строке"
            if has
            else "таблицы в файле нет, а план читается из таблицы"
        )
        raise RoadmapError(f"«{document.name}»: {why}")
    remarks = [*document.remarks, *_guesses(sheets)]
    walk = _Walk(document, sheets)
    walk.run()
    cells = (
        item.text(role)
        for one in sheets.values()
        for item in one.items
        if isinstance(item, Line)
        for role in item.cells
    )
    frame, marks = framed(walk.before, walk.after, cells)
    draft = frame._replace(activities=tuple(walk.activities))
    if not draft.activities:
        said = "; ".join(("в таблице плана нет ни одного мероприятия", *document.remarks))
        raise RoadmapError(f"«{document.name}»: {said}")
    if not draft.title:
        remarks.append("название плана в документе не найдено: впишите его в title")
    if not draft.school_year:
        remarks.append("учебный год в документе не назван: впишите school_year, без него даты без года не читаются")
    return Imported(draft, tuple(remarks), tuple(_unplaced(document, sheets, draft, marks + walk.used())))


def _sheets(document: Document) -> dict[int, Sheet]:
    """The tables that are plans, by their place among the blocks."""
    found: dict[int, Sheet] = {}
    before: Sheet | None = None
    tables = [(place, block) for place, block in enumerate(document.blocks) if isinstance(block, Table) and block.rows]
    for place, table in tables:
        head = found_head(table, before)
        if head is not None:
            before = found[place] = sheet(table, head)
    if not found:
        for place, table in tables:
            guess = by_content(table.rows)
            if guess is not None:
                found[place] = sheet(table, guess)
    return found


def _guesses(sheets: dict[int, Sheet]) -> Iterator[str]:
    for one in sheets.values():
        if one.guessed:
            said = ", ".join(f"{i} — {ROLE_NAMES[column.role]}" for i, column in enumerate(one.columns, 1))
            name = one.table.name or "таблица"
            yield f"{name} без заголовков: графы узнаны по содержанию ({said}), проверьте"
        bare = [item.text for item in one.items if isinstance(item, Banner) and item.guessed]
        if bare:
            said = ", ".join(f"«{text}»" for text in bare)
            yield f"строки без номера, срока и ответственных приняты за разделы, проверьте: {said}"
        others = [column.heading for column in one.columns if column.role == "other" and column.heading]
        roles = {column.role: column.heading for column in one.columns}
        rivals = [heading for heading in others if role_of(heading) in roles]
        for heading in rivals:
            said = f"взята «{roles[role_of(heading)]}», а «{heading}» записана в примечания: проверьте"
            yield f"две графы об одном ({ROLE_NAMES[role_of(heading)]}): {said}"
        unknown = [heading for heading in others if heading not in rivals]
        if unknown:
            yield f"графы без своего ключа записаны в примечания: {', '.join(f'«{heading}»' for heading in unknown)}"


class _Walk:
    """Goes through a document from its first block to its last, and keeps what is known at each place."""

    def __init__(self, document: Document, sheets: dict[int, Sheet]) -> None:
        self.document = document
        self.sheets = sheets
        self.before: list[str] = []
        self.after: list[str] = []
        self.between: list[str] = []
        self.activities: list[DraftActivity] = []
        self.banners: list[str] = []
        self.waiting: list[tuple[Line, Table]] = []
        self.section = self.period = ""
        self.months_first: bool | None = None

    def run(self) -> None:
        first, last = min(self.sheets), max(self.sheets)
        for place, block in enumerate(self.document.blocks):
            if place in self.sheets:
                one = self.sheets[place]
                (self.before if place == first else self.between).extend(_lines_of(one.before))
                self._headings(place == first)
                self._sheet(one)
                self.between = []
                continue
            aside = self.before if place < first else self.after if place > last else self.between
            if isinstance(block, str):
                aside.append(block)
            else:
                aside += ["", *_lines_of(block.rows), ""]
        self._flush()

    def used(self) -> tuple[str, ...]:
        """The headings of rows that are the section of some, or say no more than the month that some stand in."""
        sections = {activity.section for activity in self.activities}
        periods = {activity.period for activity in self.activities}
        return tuple(t for t in self.banners if t in sections or (is_only_month(t) and month_of(t) in periods))

    def _headings(self, is_first: bool) -> None:
        """The last paragraph before a table as its month or section; the title of the plan is none."""
        lines = self.before if is_first else self.between
        filled = [i for i, line in enumerate(lines) if line and not _PAGE.fullmatch(line)]
        if not filled:
            return
        for place in filled[-2:]:
            text, is_last = lines[place], place == filled[-1]
            section = bool(_SECTION.match(text)) if is_first else is_last
            month = bool(month_of(text)) and (len(self.sheets) > 1 or not is_first) and (is_last or is_only_month(text))
            if not (section or month) or len(text) > _MAX_SECTION or _NO_SECTION.match(text):
                continue
            self._flush()
            self._banner(text)
            if is_only_month(text) or not month or not is_first:
                lines[place] = ""

    def _banner(self, text: str) -> None:
        """A heading of rows: a month or a term, or else a section; the outer ends the inner one, «—» both."""
        if not any(map(str.isalnum, text)):
            self.section = self.period = ""
            self.months_first = None
            return
        month = month_of(text)
        self.banners.append(text)
        if self.months_first is None:
            self.months_first = bool(month)
        if month:
            self.period = month
            if self.months_first:
                self.section = ""
            if not is_only_month(text) and not re.search(r"план|учебн", text, re.IGNORECASE):
                self.section = text
        else:
            self.section = text
            if not self.months_first:
                self.period = ""

    def _sheet(self, one: Sheet) -> None:
        for number, item in enumerate(one.items):
            if isinstance(item, Line):
                torn = not number and not one.headings and not one.guessed and self._goes_on(item)
                self.waiting.append((item._replace(torn=torn), one.table))
            else:
                self._flush()
                self._banner(item.text)

    def _goes_on(self, line: Line) -> bool:
        """Whether the first line of a table without headings is the rest of a numbered row of the table before."""
        numbered = any(before.has("no") for before, _ in self.waiting)
        return numbered and line.has("title", "result") and not line.has("no", "due", "start", "end", "done")

    def _flush(self) -> None:
        """The activities of the lines so far: before a heading, and at the end."""
        tables = {id(line.row): table for line, table in self.waiting}
        marked = all(table.marked for table in tables.values())
        for group in with_shared_cells(grouped([line for line, _ in self.waiting], marked=marked)):
            table = tables[id(group[0].row)]
            source = self.document.place(table, group[0].row)
            before = self.activities[-1] if self.activities else None
            for made in activities(group, source, before, marked=table.marked):
                section, period = made.section or self.section, made.period or self.period
                self.activities.append(made._replace(section=section, period=period))
        self.waiting = []


def _lines_of(rows: Iterable[Row]) -> list[str]:
    """The paragraphs of rows that are no rows of a plan, cell after cell."""
    lines: list[str] = []
    for row in rows:
        for cell in row.cells:
            if cell.text():
                lines += [*cell.paragraphs, ""]
    return lines


# Every word is in the plan or told


def _unplaced(document: Document, sheets: dict[int, Sheet], draft: Draft, marks: Sequence[str]) -> Iterator[Unplaced]:
    """The cells and paragraphs with words that the plan does not have, row against row."""
    made: dict[int, Counter[str]] = {}
    for activity in draft.activities:
        said = words(activity.texts())
        for row in activity.rows:
            made[id(row)] = made.get(id(row), Counter()) + said
    frame = words((*draft.frame(), *marks))
    for place, block in enumerate(document.blocks):
        if isinstance(block, str):
            if not _taken(frame, block):
                yield Unplaced(document.name, block)
            continue
        heads = {id(row) for row in sheets[place].headings} if place in sheets else set()
        for row in block.rows:
            for cell in row.cells:
                text = cell.text()
                if not text or id(row) in heads:
                    continue
                if not _taken(made.get(id(row), frame), text):
                    yield Unplaced(document.place(block, row), text)


def _taken(known: Counter[str], text: str) -> bool:
    """Take the words of a text away from those that are known, if they are all among them."""
    wanted = words((text,))
    if any(known[word] < times for word, times in wanted.items()):
        return False
    known.subtract(wanted)
    return True
