"""The gaps in full: every row of the parent with its state, then the school's own rows, then coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.report import Column, Row, Table
from roadmap_cli.report.gaps.document import own_activities
from roadmap_cli.report.gaps.words import (
    SYMBOLS,
    counts_words,
    coverage_words,
    dues_in_words,
    name,
    number,
    standing,
    state_words,
    worst_first,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmap_cli.report.gaps.words import Place
    from roadmap_cli.trace import Child, Extra, Pair
    from roadmap_cli.trace import Row as TraceRow

KNOWN = " (известно)"
ROW_COLUMNS = (
    Column("№"),
    Column("Вышестоящий план", fold=True, share=4),
    Column("Срок", share=2, least=13),
    Column("Состояние", share=2, least=12, mood=True),
    Column("План школы", fold=True, share=4),
    Column("Пояснение", fold=True, share=3),
)
RECORD_COLUMNS = (
    Column("План школы"),
    Column("№"),
    Column("Вышестоящий план"),
    Column("Срок"),
    Column("Состояние", mood=True),
    Column("Мероприятие школы"),
    Column("Пояснение"),
)
EXTRA_COLUMNS = (
    Column("№"),
    Column("Мероприятие школы", fold=True, share=5),
    Column("Срок", share=2),
    Column("Связь", share=3),
)
_EMPTY = "В вышестоящем плане нет ни одного мероприятия."


def details(pairs: Sequence[Pair], known: Collection[Place]) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """Tables and records of every pair, the worst first; rows in `known` say that the baseline knows them."""
    tables: list[Table] = []
    rows: list[Row] = []
    said: list[str] = []
    for pair in (found.pair for found in worst_first(pairs)):
        shown = tuple(_shown(row, (pair.child.path, pair.parent.path, i) in known) for i, row in enumerate(pair.rows))
        own = own_activities(pair)
        extra = tuple(map(shown_extra, own))
        footer = footer_words(pair)
        tables += _tables(pair, shown, extra, footer)
        who = name(pair)
        rows += [row._replace(cells=(who, *row.cells)) for row in shown]
        rows += [_extra_record(who, one, row) for one, row in zip(own, extra, strict=True)]
        said += [f"{pair.child.path} → {pair.parent.path}: {line}" for line in footer]
    return tuple(tables), (Table((), RECORD_COLUMNS, tuple(rows), tuple(said)),)


def child_words(child: Child, dated: bool = True) -> str:
    """«предположительно № 4 Изучение писем (до 01.11.2022) [0.40]»; without the deadline where it stands beside."""
    score = "" if child.score is None else f" [{child.score:.2f}{', неуверенно' if child.unsure else ''}]"
    link = "предположительно " if child.link == "suggested" else ""
    activity = child.activity
    due = f" ({dues_in_words(activity)})" if dated else ""
    said = f"{link}{number(activity)} {activity.title}{due}{score}"
    others = ", ".join(f"{number(a)} [{s:.2f}]" for a, s in child.others)
    return f"{said}; ещё похожи: {others}" if others else said


def _tables(pair: Pair, rows: tuple[Row, ...], extra: tuple[Row, ...], footer: tuple[str, ...]) -> list[Table]:
    heading = (
        f"{name(pair)}: исполнение плана «{pair.parent.title or pair.parent.path}»",
        f"{pair.child.path} → {pair.parent.path}",
    )
    if not extra:
        return [Table(heading, ROW_COLUMNS, rows, footer, empty=_EMPTY)]
    own = ("Сверх вышестоящего плана — собственные мероприятия",)
    return [Table(heading, ROW_COLUMNS, rows, empty=_EMPTY), Table(own, EXTRA_COLUMNS, extra, footer)]


def _extra_record(who: str, extra: Extra, shown: Row) -> Row:
    said = f"{number(extra.activity)} {extra.activity.title} ({dues_in_words(extra.activity)})"
    return shown._replace(cells=(who, "", "", "", shown.cells[-1], said, ""))


def footer_words(pair: Pair) -> tuple[str, ...]:
    """What is remarkable about the two plans, and the coverage with the number of rows in each state."""
    stranger = f"{name(pair)}: нет среди участников, которых называет вышестоящий план; план сопоставлен всё равно."
    return (*pair.notes, *((stranger,) if pair.bound is False else ()), _coverage(pair))


def _coverage(pair: Pair) -> str:
    return f"Итог: {coverage_words(pair)} ({counts_words(standing(pair).counts)})"


def _shown(row: TraceRow, known: bool) -> Row:
    return Row(
        (
            row.activity.no or row.activity.id or "—",
            row.activity.title,
            dues_in_words(row.activity),
            state_words(row) + KNOWN * known,
            "\n".join(map(child_words, row.children)),
            row.reason,
        ),
        row.activity.span,
        "known" if known else row.state,
        SYMBOLS[row.state],
    )


def shown_extra(extra: Extra) -> Row:
    """A row of the child's own: number, title, deadlines, and whether it names what is not there."""
    said = "своё мероприятие"
    if extra.state == "orphaned":
        said = f"ссылка на несуществующее: {', '.join(extra.ids)}"
    activity = extra.activity
    return Row(
        (activity.no or "—", activity.title, dues_in_words(activity), said), activity.span, "error" if extra.ids else ""
    )
