"""`roadmap checks` and `roadmap explain`: what every code means, in short and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.manuals import FAMILIES
from roadmap_cli.report import Column, Report, Row, Table
from roadmap_cli.report.check import SEVERITIES
from roadmap_cli.text import plural
from roadmap_cli.verdict import ON_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.manuals import Manual

COLUMNS = (
    Column("Код"),
    Column("Имя"),
    Column("Уровень", mood=True),
    Column("Что не так", fold=True, share=5),
)
RECORD_COLUMNS = (Column("Код"), Column("Имя"), Column("Уровень"), Column("Семейство"), Column("Что не так"))
EXPLAINED = (*COLUMNS[:3], Column("Семейство"), Column("Объяснение", fold=True))


def checks_report(found: Sequence[Manual]) -> Report:
    """One line for each code, under the heading of its family; in the order of codes."""
    found = sorted(found)

    def document() -> dict[str, Any]:
        return {"version": 1, "report": "checks", "families": dict(FAMILIES), "checks": [_short(one) for one in found]}

    families = {family: [one for one in found if one.family == family] for family in FAMILIES}
    tables = tuple(
        Table((f"{family} — {FAMILIES[family]}",), COLUMNS, tuple(_row(one) for one in members))
        for family, members in families.items()
        if members
    )
    records = tuple(
        Row((one.code, one.name, SEVERITIES[one.severity], FAMILIES[one.family], one.sentence)) for one in found
    )
    shown = plural(len(found), "проверка", "проверки", "проверок")
    summary = f"{shown[:1].upper()}{shown[1:]}. Подробно, с примерами: roadmap explain {found[0].code}"
    return Report(document, lambda: tables, (summary,), lambda: (Table((), RECORD_COLUMNS, records),))


def explain_report(found: Sequence[Manual]) -> Report:
    """The whole manual of each code."""

    def document() -> dict[str, Any]:
        return {"version": 1, "report": "explain", "checks": [_document(one) for one in found]}

    tables = tuple(
        Table(
            (),
            EXPLAINED,
            (Row((*_head(one), FAMILIES[one.family], "\n".join(_lines(one))), mood=one.severity),),
            layout="list",
        )
        for one in found
    )
    records = tuple(_record(one, last=one is found[-1]) for one in found)
    return Report(document, lambda: tables, (), lambda: records)


def _record(one: Manual, last: bool) -> Table:
    """Where lines are told one by one, the code with its sentence is a record, and the rest stands under it."""
    sentence, *rest = _lines(one)
    row = Row((*_head(one), FAMILIES[one.family], sentence))
    return Table((), RECORD_COLUMNS, (row,), tuple(rest if last else (*rest, "")))


def _head(one: Manual) -> tuple[str, str, str]:
    return one.code, one.name, SEVERITIES[one.severity]


def _row(one: Manual) -> Row:
    return Row((*_head(one), one.sentence), mood=one.severity)


def _lines(one: Manual) -> list[str]:
    lines = [one.sentence, "", f"Зачем: {one.why}", "", "Плохо:", *_indented(one.bad), f"Скажет: {one.message}"]
    lines += ["", "Хорошо:", *_indented(one.good)]
    return [*lines, "", _how_to_ignore(one)]


def _indented(snippet: str) -> list[str]:
    return [f"    {line}" for line in snippet.split("\n")]


def _how_to_ignore(one: Manual) -> str:
    """How to be told of this no more, in one line, or why that is not wanted."""
    if one.clocked:
        return "Примеры — на 20.10.2022. Это показывает roadmap deadlines на день запуска, а roadmap check — никогда."
    if one.code.startswith("RM0") and one.severity == "error":
        return "Это надо исправить: план прочитан не весь."
    everywhere = f"во всех планах — «--ignore {one.code}» или настройка «ignore»."
    if one.code in ON_COMMENTS:
        return f"Не показывать: {everywhere}"
    return f"Не показывать: в строке плана — «# roadmap: ignore {one.code} — причина», {everywhere}"


def _short(one: Manual) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "family": one.family,
        "sentence": one.sentence,
        "clocked": one.clocked,
    }


def _document(one: Manual) -> dict[str, Any]:
    return {**_short(one), "why": one.why, "bad": one.bad, "message": one.message, "good": one.good}
