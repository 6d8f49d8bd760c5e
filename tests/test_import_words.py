"""Whatever stands in a table, its words are in the plan or told; what is written as YAML reads back word for word."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_cli.errors import RoadmapError
from roadmap_cli.importing.draft import Draft, DraftActivity, DraftCluster, DraftResult, words
from roadmap_cli.importing.plan import plan_of
from roadmap_cli.importing.values import Cell, Document, Row, Span, Table, grid
from roadmap_cli.importing.writing import yaml_of
from roadmap_cli.loader import build
from roadmap_cli.source import parse
from roadmap_cli.text import tidy

HEADS = (
    ("№ п/п", "Мероприятие", "Результат", "Сроки", "Ответственные"),
    ("Ответственные", "Срок", "Мероприятия", "Класс"),
    ("№", "Содержание работы", "Дата", "Отв. лица", "Отметка о выполнении", "Примечание"),
    ("Мероприятие", "Начало", "Окончание", "Направление"),
    ("№ п/п", "Мероприятие", "Сроки", "Начало", "Конец", "Состояние на 20.10.2022", ""),
)
SAID = (
    *("1.", "2", "II", "1.1", "", "", "до 15.10.2022", "12.10.2022", "10.10.2022 -", "15.10.2022", "в течение года"),
    *("Сентябрь", "октябрь 2022", "Раздел I. Сайт", "Савина И.А.", "Савина И.А., Слепкова Н.А.", "Руководители ОО"),
    *("Издать приказ", "Письма:", "1. раз", "2. два", "- пункт", "и так далее", "Отчёт; Справка.", "Мероприятие"),
    *("1", "3", "4", "5", "исполнено 12.10.2022", "не исполнено", "с 1 по", "ОБЩИЕ ДЕЛА", "«кавычки»", "a: b #c"),
    *("просрочено", "не просрочено", "план работы", "до 1 октября", "—"),
)
CELLS = st.lists(st.sampled_from(SAID), min_size=0, max_size=4).map(tuple)
SPANS = st.builds(Span, CELLS, st.sampled_from((1, 1, 1, 2, 5)), st.sampled_from((1, 1, 1, 2)))
TABLES = st.builds(
    lambda head, rows, marked: Table(
        "таблица 1", grid([[Span((cell,)) for cell in head], *rows]) if marked else _plain(head, rows), marked
    ),
    st.sampled_from(HEADS),
    st.lists(st.lists(SPANS, max_size=7), min_size=1, max_size=8),
    st.booleans(),
)
PARAGRAPHS = st.sampled_from(
    (
        *SAID,
        *("План работы школы", "на 2022-2023 учебный год", "ПРИКАЗ", "от 05.10.2022 № 87", "УТВЕРЖДАЮ"),
        *("Технологический кластер:", "1. МАОУ «СОШ №5»"),
    )
)
BLOCKS = st.builds(
    lambda before, table, after: [*before, table, *after],
    st.lists(PARAGRAPHS, max_size=3),
    TABLES,
    st.lists(st.one_of(PARAGRAPHS, TABLES), max_size=3),
)


def _plain(head: tuple[str, ...], rows: list[list[Span]]) -> tuple[Row, ...]:
    lines = [[Span((cell,)) for cell in head], *rows]
    return tuple(Row(n, tuple(Cell(span.paragraphs) for span in line)) for n, line in enumerate(lines, 1))


# Rows below the headings that are no part of them, however they look.
@example([Table("", _plain(HEADS[1], [[Span(("в течение года", "1."))], [Span(()), Span(("1.",))]]), marked=False)])
@example([Table("", _plain(HEADS[1], [[Span(("и так далее",))], [Span(()), Span(()), Span(("Слёт",))]]))])
@example([Table("", _plain(HEADS[0], [[Span(()), Span(("Слёт",))], [*[Span(())] * 5, Span(("Раздел I. Сайт",))]]))])
@example([Table("", _plain(HEADS[0], [[*[Span(())] * 5, Span(("Раздел I. Сайт",))], [Span(()), Span(("Слёт",))]]))])
# Words that headings have too, in the middle of a table.
@example(
    [
        Table(
            "",
            _plain(
                HEADS[0],
                [
                    [Span(("1",)), Span(("Слёт",))],
                    [*[Span(())], Span(("Мероприятия по профориентации",)), Span(("Результаты размещены на сайте",))],
                    [Span(("Октябрь",)), Span(("Раздел I. Сайт",)), Span(("Неделя музеев",)), Span(("год музеев",))],
                ],
            ),
        )
    ]
)
@settings(max_examples=40, deadline=None)
@given(BLOCKS)
def test_every_word_is_in_the_plan_or_told(blocks: list[str | Table]) -> None:
    document = Document("a.docx", tuple(blocks))
    try:
        found = plan_of(document)
    except RoadmapError:
        return
    cells = [cell.text() for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
    kept = words([*found.draft.frame(), *(text for a in found.draft.activities for text in a.texts())])
    told = words(one.text for one in found.unplaced)
    head = words((*(text for one in HEADS for text in one), "просрочено"))  # a state is worked out anew
    for word in words(cells):
        assert word in kept or word in told or word in head or word.isdigit(), word


@settings(max_examples=25, deadline=None)
@given(BLOCKS)
def test_a_row_is_whole_where_its_words_are_counted(blocks: list[str | Table]) -> None:
    """Row by row, as often as it is said: what is not told stands in the activities of that very row."""
    try:
        found = plan_of(Document("a.docx", tuple(blocks)))
    except RoadmapError:
        return
    told = Counter(one.text for one in found.unplaced)
    for activity in found.draft.activities:
        mine = [other for other in found.draft.activities if other.rows == activity.rows]
        said = sum((words(one.texts()) for one in mine), Counter[str]())
        for row in activity.rows:
            for cell in row.cells:
                if cell.text() and not told[cell.text()]:
                    assert not words((cell.text(),)) - said


ODD = ("да", "null", "~", "3.10", "1e3", "2022-10-15", "- а", "? б", "# в", "a #b", "x: y", "'", '"', "…", "[", "{a}")
WORDS = (*SAID, "слово", "#не", "-", ":", "длинноесловобезпробелов" * 6)
TEXT = st.one_of(
    st.sampled_from((*SAID, *ODD)),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
)
RESULTS = st.builds(DraftResult, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
ACTIVITIES = st.builds(
    DraftActivity, TEXT, TEXT, st.lists(RESULTS, min_size=1, max_size=3).map(tuple), TEXT, TEXT, TEXT, TEXT
)
SCHOOLS = st.lists(TEXT.filter(tidy), min_size=1, max_size=2).map(tuple)
DRAFTS = st.builds(
    Draft,
    title=TEXT,
    organization=TEXT,
    school_year=st.sampled_from(("", "2022-2023")),
    number=TEXT,
    signed=TEXT,
    approved=TEXT,
    participants=st.lists(st.builds(DraftCluster, TEXT, SCHOOLS), max_size=2).map(tuple),
    note=TEXT,
    activities=st.lists(ACTIVITIES, min_size=1, max_size=3).map(tuple),
)


def folded(text: str) -> str:
    return " ".join(filter(None, map(tidy, text.split("\n"))))


@settings(max_examples=40, deadline=None)
@given(DRAFTS)
def test_what_is_written_reads_back_word_for_word(draft: Draft) -> None:
    source = parse(yaml_of(draft).encode(), "a.yaml")
    assert [f.message for f in source.findings] == []
    plan = build(source.root, "a.yaml").plan
    assert plan is not None
    assert plan.title == (folded(draft.title) or "План")
    head = (draft.organization, draft.note, draft.approved)
    assert (plan.organization, plan.note, plan.approved) == tuple(map(folded, head))
    assert [c.schools for c in plan.participants] == [tuple(map(folded, c.schools)) for c in draft.participants]
    assert len(plan.activities) == len(draft.activities)
    for made, wanted in zip(plan.activities, draft.activities, strict=True):
        texts = ("no", "title", "section", "period", "note", "source")
        assert [getattr(made, key) for key in texts] == [folded(getattr(wanted, key)) for key in texts]
        found = [
            (
                one.text,
                *(value.text if value else "" for value in (one.due, one.owners, one.done)),
                one.evidence,
                one.note,
            )
            for one in made.deliverables
        ]
        assert found == [tuple(map(folded, result)) for result in wanted.results]
