"""The gaps of many schools at a glance: a row for each, the worst first, and what is missing most often."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadmap_cli.model import Span
from roadmap_cli.report import Column, Row, Table
from roadmap_cli.report.gaps.words import names, number, parent_names, worst_first
from roadmap_cli.text import clean, cut, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.report.gaps.words import Standing
    from roadmap_cli.trace import Pair

COLUMNS = (
    Column("Школа", least=12),
    Column("Покрыто", figure=True),
    Column("Нет в\nплане", figure=True),
    Column("Позже", figure=True),
    Column("Пере-\nпроверить", figure=True),
    Column("Не под-\nтверждено", figure=True),
    Column("Частично", figure=True),
)
RECORD_COLUMNS = (
    Column("Школа"),
    Column("Файл", file=True),
    Column("Покрыто %", named=True),
    Column("Нет в плане", named=True),
    Column("Позже", named=True),
    Column("Перепроверить", named=True),
    Column("Не подтверждено", named=True),
    Column("Частично", named=True),
    Column("Вышестоящий план"),
    Column("Замечание"),
)
STRANGER = "нет среди участников, которых называет вышестоящий план"
_OFTEN = 3  # rows that are missing most often
_NAMED = 5  # schools that a remark names one by one


def overview(pairs: Sequence[Pair]) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """The table and the records of the summary; both end with the totals."""
    found = worst_first(pairs)
    said, parents = names(pairs), parent_names(pairs)
    several = len(parents) > 1
    rows, records = [], []
    for one in found:
        pair = one.pair
        who, above = said[pair.child.path], parents[pair.parent.path]
        coverage = "—" if pair.coverage is None else str(pair.coverage)
        figures = [str(n) for n in _figures(one)]
        percent = coverage if pair.coverage is None else f"{coverage} %"
        rows.append(Row((f"{who}\n→ {above}" if several else who, percent, *figures), Span(pair.child.path)))
        remarks = "; ".join(remarks_on(pair))
        records.append(
            Row((who, pair.child.path, coverage, *figures, pair.parent.path, remarks), Span(pair.child.path))
        )
    totals = _totals(pairs, parents)
    hint = "Подробно: назовите план школы или добавьте --details; все школы и строки — --matrix."
    heading = ["Разрывы с вышестоящим планом: сначала те планы, где не хватает больше"]
    if not several:
        heading += [f"{pair.parent.path}: {pair.parent.title}" for pair in pairs[:1]]
    table = Table(tuple(heading), COLUMNS, tuple(rows), (*_remark_lines(pairs, said), *totals, hint), "grid")
    return (table,), (Table((), RECORD_COLUMNS, tuple(records), totals),)


def _figures(found: Standing) -> tuple[int, ...]:
    counts = found.counts
    return counts["uncovered"], counts["late"], counts["suspect"], found.unconfirmed, counts["partial"]


def remarks_on(pair: Pair) -> tuple[str, ...]:
    """What has to be said of the comparison as a whole: school years, a plan that the parent does not name."""
    return (*pair.notes, *((STRANGER,) if pair.bound is False else ()))


def _remark_lines(pairs: Sequence[Pair], said: dict[str, str]) -> list[str]:
    """Each remark once, with the schools that it is about."""
    about: dict[str, list[str]] = {}
    for pair in pairs:
        for remark in remarks_on(pair):
            about.setdefault(remark, []).append(said[pair.child.path])
    lines = []
    for remark, schools in about.items():
        more = f" и ещё {len(schools) - _NAMED}" if len(schools) > _NAMED else ""
        lines.append(f"{remark[:1].upper()}{remark[1:]}: {', '.join(schools[:_NAMED])}{more}.")
    return lines


def _totals(pairs: Sequence[Pair], parents: dict[str, str]) -> tuple[str, ...]:
    schools = plural(len({pair.child.path for pair in pairs}), "план", "плана", "планов")
    shares = [pair.coverage for pair in pairs if pair.coverage is not None]
    mean = "обязательных мероприятий нет"
    if shares:
        whole = min(shares) == 100
        mean = f"в среднем покрыто {100 if whole else min(round(sum(shares) / len(shares)), 99)} %"
    lacking: Counter[tuple[str, int]] = Counter()
    titles: dict[tuple[str, int], str] = {}
    for pair in pairs:
        for i, row in enumerate(pair.rows):
            if row.state == "uncovered":
                place = (pair.parent.path, i)
                lacking[place] += 1
                above = f"{parents[pair.parent.path]}: " if len(parents) > 1 else ""
                titles[place] = f"{above}{number(row.activity)} {cut(clean(row.activity.title), 60)}"
    often = sorted(lacking, key=lambda place: (-lacking[place], place))[:_OFTEN]
    absent = [f"{titles[p]} (в {plural(lacking[p], 'плане', 'планах', 'планах')})" for p in often]
    said = f"Сравнено: {schools}, {mean}."
    return (said, f"Чаще всего нет в планах: {'; '.join(absent)}.") if absent else (said,)
