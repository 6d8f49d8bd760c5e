"""Lines of a table → activities: which lines are one activity, and which result, deadline and name belong together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.dates import parse_due
from roadmap_cli.importing import lining
from roadmap_cli.importing.draft import DraftActivity, DraftResult
from roadmap_cli.importing.headings import is_due
from roadmap_cli.importing.rows import Line, continues
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence


class Piece(NamedTuple):
    """The paragraphs of a cell of deadlines or people, and the lines that it stands beside: `first` to `last`."""

    first: int
    last: int
    paragraphs: tuple[str, ...]


class _Entry(NamedTuple):
    """A result of an activity and the line that it stands in."""

    line: int
    text: str
    due: str = ""
    owners: str = ""


_SHARED: Final = ("result", "due", "start", "end", "owners")
_LIST_ITEM: Final = re.compile(r"(\d{1,2})\s?[.)]\s*\D")
_DONE: Final = re.compile(r"(?:исполнено|выполнено|проведено|сделано)\W+(?=\d)", re.IGNORECASE)
_NUMBER_END: Final = re.compile(r"[.)]+$")


def grouped(lines: Sequence[Line], *, marked: bool) -> list[list[Line]]:
    """The lines of each activity; a title that goes on in the next line, or stands a line lower, is put together.

    In a `marked` table, where no page tears a row, this is told.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _begins(line, groups[-1]):
            groups.append([line])
            continue
        last = groups[-1]
        if line.has("title"):
            head = last[0]
            paragraphs = (*head.cells.get("title", ()), *line.cells["title"])
            last[0] = head._replace(cells={**head.cells, "title": paragraphs})
            said = (_of_title(head, line),) if marked or not head.has("title") else ()
            line = line._replace(cells={**line.cells, "title": ()}, moved=(*said, *line.moved))
        last.append(line)
    return groups


def _of_title(head: Line, line: Line) -> str:
    if not head.has("title"):
        return f"номер «{head.text('no')}» стоит строкой выше названия"
    return f"строка «{line.text('title')}» без номера присоединена к названию"


def with_shared_cells(groups: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The groups, where a merged cell beside several of them says the same to each; several things in it are told."""
    made = [list(group) for group in groups]
    for role in _SHARED:
        source: tuple[int, int] | None = None
        for number, group in enumerate(made):
            head = group[0]
            if source is not None and role in head.above:
                line = made[source[0]][source[1]]
                words = line.cells.get(role, ())
                if len(words) > 1:
                    told = f"ячейка «{lining.joined(words)}» одна у нескольких мероприятий"
                    made[source[0]][source[1]] = line._replace(moved=tuple(dict.fromkeys((*line.moved, told))))
                    head = head._replace(moved=(*head.moved, told))
                group[0] = head._replace(cells={**head.cells, role: words}, above=head.above - {role})
            source = next(((number, i) for i in reversed(range(len(group))) if role not in group[i].above), source)
    return made


def _begins(line: Line, group: Sequence[Line]) -> bool:
    head = group[0]
    if line.has("no"):
        return True
    if line.torn or not line.has("title"):
        return False
    if "no" in line.above:
        return True
    if not head.has("title") and "title" not in head.above:
        return False
    return not continues(line, head)


def activities(
    group: Sequence[Line], source: str, before: DraftActivity | None, *, marked: bool
) -> list[DraftActivity]:
    """The activities of a group of lines: one, or several where one cell holds a list of them."""
    lines = _pages_joined(group, marked)
    head = lines[0]
    no = _NUMBER_END.sub("", head.text("no"))
    title = head.text("title")
    if "no" in head.above and before:
        no = before.no
    if "title" in head.above and before:
        title = before.title
    notes = [f"{said}: проверьте" for line in lines for said in line.moved]
    dues, owners = _pieces(lines, "due"), _pieces(lines, "owners")
    entries, taken = _entries(lines, dues, owners, notes)
    rows = tuple(line.row for line in group)
    section, period = (said if re.search(r"\w", said := head.text(role)) else "" for role in ("section", "period"))
    if before and "section" in head.above:
        section = before.section
    if before and "period" in head.above:
        period = before.period
    if taken is not None:
        title, inner = taken
    else:
        inner = []
    if inner:
        said = _note(lines, notes)
        return [
            DraftActivity(
                no if not i else "",
                one.text,
                (DraftResult("", one.due, one.owners),),
                section,
                period,
                said if not i else "",
                source,
                rows,
            )
            for i, one in enumerate(inner)
        ]
    results = [_result(lines, entries, i) for i in range(len(entries))]
    return [DraftActivity(no, title, tuple(results), section, period, _note(lines, notes), source, rows)]


def _note(lines: Sequence[Line], notes: Sequence[str]) -> str:
    own = [line.text("note") for line in lines]
    others = [
        f"{heading}: {lining.joined(p)}" if heading else lining.joined(p)
        for line in lines
        for heading, p in line.others
    ]
    marks = [
        f"Отметка об исполнении: {line.text('done')}"
        for line in lines
        if line.has("done") and not _done(line.text("done"))[0]
    ]
    said = [
        text if text.endswith((".", "!", "?")) else f"{text}."
        for text in (*others, *marks, *(n[:1].upper() + n[1:] for n in notes))
    ]
    return "\n".join(filter(None, (*own, *said)))


def _result(lines: Sequence[Line], entries: Sequence[_Entry], place: int) -> DraftResult:
    entry = entries[place]
    same = [i for i, other in enumerate(entries) if other.line == entry.line]
    marks = [text for text in lines[entry.line].cells.get("done", ()) if text]
    mark = marks[same.index(place)] if len(marks) == len(same) else lining.joined(marks)
    done, evidence = _done(mark)
    return DraftResult(entry.text, entry.due, entry.owners, done, evidence)


def _done(mark: str) -> tuple[str, str]:
    """«12.10.2022; приказ № 87» → the day and the evidence; ("", "") for words that name no day of completion."""
    pieces = re.split(r"\s*[;]\s*", mark)
    days = 0
    while days < len(pieces) and _is_day(pieces[days]):
        days += 1
    if days:
        return "; ".join(pieces[:days]), "; ".join(pieces[days:])
    found = _DONE.match(mark)
    day = re.match(r"\d{1,2}\.\d{1,2}\.\d{4}", mark[found.end() :] if found else mark)
    return (day[0], mark) if day and _is_day(day[0]) else ("", "")


def _is_day(text: str) -> bool:
    due = parse_due(text)
    return due.kind == "on" and not due.notes


def _pages_joined(group: Sequence[Line], marked: bool) -> list[Line]:
    """The lines of an activity, where a cell that was cut by the end of a page is whole again."""
    lines: list[Line] = []
    for line in group:
        last = lines[-1] if lines else None
        if last is None:
            lines.append(line)
            continue
        if not line.has("result", "due", "owners", "start", "end", "done", "note") and not line.others:
            lines[-1] = last._replace(moved=(*last.moved, *line.moved))
            continue
        if line.torn:
            for role in ("result", "owners"):
                last = lines[-1] = _glued(last, line._replace(others=(), moved=()), role)
            lines[-1] = last._replace(others=(*last.others, *line.others), moved=(*last.moved, *line.moved))
            continue
        cut = not line.above & {"title", "result", "due", "owners"} and _is_cut(last, line)
        if cut and not line.has("due", "owners", "done"):
            told = (f"результат «{line.text('result')}» присоединён к результату строкой выше",) if marked else ()
            lines[-1] = _glued(last, line._replace(moved=(*line.moved, *told)), "result")
        elif cut and not line.has("due") and last.has("due") and not marked:
            said = "строка продолжает предыдущую, срок у них общий"
            lines.append(line._replace(above=line.above | {"due"}, moved=(*line.moved, said)))
        elif line.has("due") and not line.has("result", "owners", "done") and _due_goes_on(last, line):
            lines[-1] = _glued(last, line, "due")
        elif line.has("owners") and not line.has("result", "due", "done") and last.text("owners").endswith((",", "-")):
            lines[-1] = _glued(last, line, "owners")
        else:
            lines.append(line)
    return lines


def _due_goes_on(last: Line, line: Line) -> bool:
    """Whether the deadline of a line only goes on with that of the line above («10.10.2022 -» and «15.10.2022»)."""
    before = last.cells.get("due", ())
    return 0 < len(lining.dues(before)) == len(lining.dues((*before, *line.cells["due"])))


def _is_cut(last: Line, line: Line) -> bool:
    """Whether the result of a line only goes on with that of the line above: in a small letter, or with its list."""
    text, before = line.text("result"), last.text("result")
    if not text or not before:
        return False
    numbers = [int(number) for number in re.findall(r"(?:^|\s)(\d{1,2})\s?[.)]\s*(?=\D)", before)]
    item = _LIST_ITEM.match(text)
    return (
        text[0].islower()
        or before.endswith((",", "-", ":"))
        or bool(item and int(item[1]) == (numbers or [0])[-1] + 1 and numbers)
    )


def _glued(last: Line, line: Line, role: str) -> Line:
    paragraphs, more = last.cells.get(role, ()), line.cells.get(role, ())
    if more and paragraphs and (line.torn or more[0][:1].islower()):
        more = (f"{paragraphs[-1]} {more[0]}", *more[1:])
        paragraphs = paragraphs[:-1]
    others = (*last.others, *line.others)
    return last._replace(
        cells={**last.cells, role: (*paragraphs, *more)}, others=others, moved=(*last.moved, *line.moved)
    )


def _pieces(lines: Sequence[Line], role: str) -> list[Piece]:
    """The cells of a role with the lines that they stand beside; a merged one stands beside several."""
    found: list[Piece] = []
    for i, line in enumerate(lines):
        if role in line.above and found:
            found[-1] = found[-1]._replace(last=i)
        else:
            found.append(Piece(i, i, _between(line) if role == "due" else line.cells.get(role, ())))
    return found


def _between(line: Line) -> tuple[str, ...]:
    """The deadlines of a line; of «Начало» and «Окончание», where «Сроки» says nothing, every pair makes one."""
    if line.has("due"):
        return line.cells["due"]
    start, end = (tuple(filter(None, line.cells.get(role, ()))) for role in ("start", "end"))
    if len(start) == len(end) and start:
        return tuple(a if a == b else f"{a} - {b}" for a, b in zip(start, end, strict=True))
    if end and not start:
        return tuple(f"до {one}" for one in end)
    if start and not end:
        return tuple(f"с {one}" for one in start)
    return (*start, *end)


def _entries(
    lines: Sequence[Line], dues: Sequence[Piece], owners: Sequence[Piece], notes: list[str]
) -> tuple[list[_Entry], tuple[str, list[_Entry]] | None]:
    """The results with their deadlines and people; and, where the title is a list of its own, its parts."""
    taken = None
    parts = {i: [lining.joined(line.cells.get("result", ()))] for i, line in enumerate(lines)}
    flat: dict[int, list[str]] = {}
    for piece in dues:
        if piece.first == piece.last:
            line = lines[piece.first]
            split = _line_split(line, piece, owners, notes, flat)
            if split:
                parts[piece.first] = list(split)
    if len(lines) == 1 and "result" not in lines[0].cells:
        taken = _title_split(lines[0], dues[0], owners[0], notes)
    if taken is not None and taken[1] and not taken[0]:
        return [], taken
    if taken is not None:
        parts[0] = [one.text for one in taken[1]]
    entries = [_Entry(i, text) for i in parts for text in parts[i]]
    for piece in dues:
        mine = [n for n, entry in enumerate(entries) if piece.first <= entry.line <= piece.last]
        units = flat.get(piece.first) or lining.dues(piece.paragraphs)
        for n, due in zip(mine, _given(units, len(mine), " ".join(units), "сроков", notes), strict=True):
            entries[n] = entries[n]._replace(due=due)
    for piece in owners:
        mine = [n for n, entry in enumerate(entries) if piece.first <= entry.line <= piece.last]
        units = lining.owners(piece.paragraphs)
        for n, names in zip(
            mine, _given(units, len(mine), lining.all_owners(units), "ответственных", notes), strict=True
        ):
            entries[n] = entries[n]._replace(owners=names)
    return entries, (taken[0], []) if taken is not None else None


def _given(units: Sequence[str], wanted: int, all_: str, what: str, notes: list[str]) -> Sequence[str]:
    """What each of the results gets: its own, where there are as many, else everything, with a note."""
    if len(units) == wanted:
        return units
    if len(units) > 1 and (wanted > 1 or what == "сроков"):
        results = plural(wanted, "результат", "результата", "результатов")
        notes.append(f"{results}, а {what} {len(units)}: записаны вместе, сопоставьте сами")
    return [all_] * wanted


def _line_split(
    line: Line, piece: Piece, owners: Sequence[Piece], notes: list[str], flat: dict[int, list[str]]
) -> Sequence[str] | None:
    """The results of one line, when they are as many as its deadlines or, else, its people."""
    paragraphs = line.cells.get("result", ())
    units = lining.dues(piece.paragraphs)
    if len(units) > 1:
        split = lining.results(paragraphs, len(units))
        if split and split.guessed:
            notes.append("результаты разделены по смыслу, чтобы сопоставить их со сроками: проверьте")
        return split.parts if split else None
    if len(units) == 1:
        side_by_side = lining.flat_dues(units[0])
        split = lining.results(paragraphs, len(side_by_side)) if len(side_by_side) > 1 else None
        if split:
            flat[piece.first] = side_by_side
            notes.append("сроки стоят в одной строке и сопоставлены с результатами по порядку: проверьте")
            return split.parts
    own = next(one for one in owners if one.first <= piece.first <= one.last)
    names = lining.owners(own.paragraphs)
    if own.first == own.last and len(names) > 1:
        split = lining.results(paragraphs, len(names))
        if split and not split.guessed:
            notes.append("результаты и ответственные сопоставлены по порядку: проверьте")
            return split.parts
    return None


def _title_split(line: Line, due: Piece, owners: Piece, notes: list[str]) -> tuple[str, list[_Entry]] | None:
    """A title that is a list: its heading and the items as results, or no heading and the items as activities.

    None when the deadlines or people are not as many as the items.
    """
    paragraphs = line.cells.get("title", ())
    units, names = lining.dues(due.paragraphs), lining.owners(owners.paragraphs)
    several = len(units) if len(units) > 1 else len(names) if not units else 1
    if several < 2 or not all(map(is_due, units)):
        return None
    listed = lining.by_numbers(lining.joined(paragraphs))
    said = "пункты одной ячейки, их сроки и ответственные сопоставлены по порядку: проверьте"
    if listed and listed[0] and several in (len(listed) - 1, len(listed)):
        notes.append(said)
        items = listed[1:] if several == len(listed) - 1 else ["", *listed[1:]]
        return listed[0], [_Entry(0, text) for text in items]
    lines = [line for line in paragraphs if line]
    if len(lines) == several + 1 and lines[0].endswith(":"):
        notes.append(said)
        return lines[0].rstrip(": "), [_Entry(0, text) for text in lines[1:]]
    split = lining.results(paragraphs, several)
    if split is None or split.guessed:
        return None
    notes.append(said)
    whose = _given(names, several, lining.all_owners(names), "ответственных", notes)
    when = units if len(units) == several else [""] * several
    return "", [_Entry(0, text, when[i], whose[i]) for i, text in enumerate(split.parts)]
