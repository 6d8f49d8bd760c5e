"""The gaps of all schools as a document: the summary, schools × activities, and a page for each school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.exporting.paper import Cell, Column, Line, Page, Paper, Table, left_out, lines, safe, word
from roadmap_cli.report.gaps.details import child_words, footer_words, shown_extra
from roadmap_cli.report.gaps.document import own_activities
from roadmap_cli.report.gaps.matrix import cell_words, matrix
from roadmap_cli.report.gaps.summary import overview
from roadmap_cli.report.gaps.words import dues_in_words, names, parent_names, worst_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadmap_cli import report
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow

_TITLE = "Разрывы с вышестоящим планом"
_ROWS = (
    Column("№ п/п", 7, center=True),
    Column("Мероприятие вышестоящего плана", 45),
    Column("Срок", 20, center=True),
    Column("Срок в плане школы", 20, center=True),
    Column("Состояние", 16, center=True, state=True),
    Column("Позже на дней", 10, center=True),
    Column("В плане школы", 40),
    Column("Пояснение", 40),
)
_OWN = (
    Column("№ п/п", 7, center=True),
    Column("Собственное мероприятие", 75),
    Column("Срок", 32, center=True),
    Column("Связь", 40),
)
_ABREAST = 30  # activities that a page has room for
_SCHOOL, _STATE, _SYMBOL = 34, 16, 4
_ROOM = 6  # characters that a heading takes beyond its longest word, so that no word is cut


def gaps_paper(pairs: Sequence[Pair], ending: str, unread: Sequence[str] = ()) -> Paper:
    """The document of the pairs, the worst first; a file of records (`.csv`) has the rows of the schools only.

    The summary names the files that were not compared (`unread`).
    """
    said = names(pairs)
    found = [one.pair for one in worst_first(pairs)]
    if ending == ".csv":
        return Paper(_TITLE, (Page(_TITLE, tuple(_records(pair, said[pair.child.path]) for pair in found)),))
    above = parent_names(pairs) if len({pair.parent.path for pair in pairs}) > 1 else {}
    below = (_page(pair, said[pair.child.path], above.get(pair.parent.path, "")) for pair in found)
    return Paper(_TITLE, (_summary(pairs, unread), *matrix_pages(pairs, ending), *below))


def matrix_pages(pairs: Sequence[Pair], ending: str) -> Iterator[Page]:
    """Schools × activities, a page a parent: words in a spreadsheet, else symbols with a legend."""
    tables, records = matrix(pairs)
    titles = {pair.parent.path: pair.parent.title or pair.parent.path for pair in pairs}
    for dense, worded, title in zip(tables, records, titles.values(), strict=True):
        heading = (*lines(dense.heading[0], style="title"), *lines(title, style="center"))
        if ending == ".xlsx":
            blocks: tuple[Line | Table, ...] = (_matrix(worded),)
        else:
            blocks = (*_abreast(dense), *lines(*dense.footer))
        yield Page("Школы × мероприятия", (*heading, *blocks))


def _summary(pairs: Sequence[Pair], unread: Sequence[str]) -> Page:
    (records,) = overview(pairs)[1]
    several = len({pair.parent.path for pair in pairs}) > 1
    skipped = () if several else ("Вышестоящий план",)
    kept = [i for i, one in enumerate(records.columns) if not one.file and one.heading not in skipped]
    columns = tuple(_column(records.columns[i].heading) for i in kept)
    rows = tuple(tuple(_figure(row.cells[i]) for i in kept) for row in records.rows)
    above = () if several else lines(*(pair.parent.title for pair in pairs[:1]), style="center")
    below = (*lines(*records.footer), *left_out(unread))
    return Page("Сводка", (*lines(_TITLE, style="title"), *above, Table(columns, rows), *below))


def _column(heading: str) -> Column:
    text = {"Школа": _SCHOOL, "Вышестоящий план": _SCHOOL, "Замечание": _SCHOOL}
    longest = max(map(len, heading.split()))
    return Column(heading, text.get(heading, longest + _ROOM), center=heading not in text)


def _figure(text: str) -> Cell:
    return Cell(number=int(text)) if text.isascii() and text.isdigit() else word(text)


def _matrix(worded: report.Table) -> Table:
    kept = [i for i, column in enumerate(worded.columns) if not column.file]
    columns = map(_column, ("Школа", "Покрыто %"))
    states = (Column(safe(worded.columns[i].heading), _STATE, center=True, state=True) for i in kept[2:])
    rows = ((word(row.cells[kept[0]]), *(_figure(row.cells[i]) for i in kept[1:])) for row in worded.rows)
    return Table((*columns, *states), tuple(rows))


def _abreast(dense: report.Table) -> Iterator[Table]:
    """The symbols in tables as wide as a page, one under another; each names the schools."""
    for first in range(2, max(len(dense.columns), 3), _ABREAST):
        places = range(first, min(first + _ABREAST, len(dense.columns)))
        columns = (
            Column("Школа", _SCHOOL),
            Column("%", _SYMBOL + 2, center=True),
            *(Column(safe(dense.columns[i].heading), _SYMBOL, center=True) for i in places),
        )
        rows = (tuple(word(row.cells[i]) for i in (0, 1, *places)) for row in dense.rows)
        yield Table(columns, tuple(rows))


def _page(pair: Pair, who: str, above: str) -> Page:
    whole = f"Исполнение плана «{pair.parent.title or pair.parent.path}»"
    head = (*lines(who, style="title"), *lines(whole, style="center"))
    blocks: list[Line | Table] = [*head, _rows(pair.rows), *lines(*footer_words(pair))]
    extra = [shown_extra(one).cells for one in own_activities(pair)]
    if extra:
        blocks += lines("Сверх вышестоящего плана — собственные мероприятия", style="heading")
        blocks.append(Table(_OWN, tuple(tuple(map(word, cells)) for cells in extra)))
    return Page(safe(f"{who} → {above}" if above else who), tuple(blocks))


def _rows(rows: Iterable[TraceRow]) -> Table:
    return Table(_ROWS, tuple(map(_row, rows)), "В вышестоящем плане нет ни одного мероприятия.")


def _row(row: TraceRow) -> tuple[Cell, ...]:
    late = Cell(number=row.days_late) if row.state == "late" and row.days_late else Cell()
    return (
        word(row.activity.no or row.activity.id or "—"),
        word(row.activity.title),
        word(dues_in_words(row.activity)),
        word("\n".join(dues_in_words(child.activity) for child in row.children)),
        word(cell_words(row)),
        late,
        word("\n".join(child_words(child, dated=False) for child in row.children)),
        word(row.reason),
    )


def _records(pair: Pair, who: str) -> Table:
    """The rows of the parent, and the child's own among them, each with the name of the school."""
    own = []
    for extra in own_activities(pair):
        no, title, due, link = map(word, shown_extra(extra).cells)
        own.append((no, Cell(), Cell(), due, link, Cell(), title, Cell()))
    school = Column("Школа", _SCHOOL)
    return Table((school, *_ROWS), tuple((word(who), *cells) for cells in (*map(_row, pair.rows), *own)))
