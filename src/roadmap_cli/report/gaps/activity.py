"""One activity of the parent across all schools: who has it, by when, and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words
from roadmap_cli.errors import RoadmapError
from roadmap_cli.model import Span
from roadmap_cli.report import Column, Row, Table
from roadmap_cli.report.gaps.details import KNOWN, child_words
from roadmap_cli.report.gaps.words import (
    STATE_NAMES,
    SYMBOLS,
    counts_words,
    dues_in_words,
    names,
    natural,
    number,
    parent_names,
    state_words,
)
from roadmap_cli.text import clean, distance, fold, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmap_cli.model import Activity
    from roadmap_cli.report.gaps.words import Place
    from roadmap_cli.trace import Pair
    from roadmap_cli.trace import Row as TraceRow

COLUMNS = (
    Column("Школа", share=2, least=12),
    Column("Состояние", share=2, least=12, mood=True),
    Column("Срок школы", share=2),
    Column("Мероприятие школы", fold=True, share=5),
    Column("Пояснение", fold=True, share=3),
)
RECORD_COLUMNS = (
    Column("Школа"),
    Column("Состояние", mood=True),
    Column("Позже на дней", named=True),
    Column("Срок школы"),
    Column("Мероприятие школы"),
    Column("Пояснение"),
    Column("№"),
    Column("Вышестоящий план"),
)
_ORDER = ("uncovered", "late", "suspect", "partial", "covered", "early", "not-applicable")
_NEAR = 3  # numbers that are offered in place of an unknown one


def one_activity(
    pairs: Sequence[Pair], wanted: str, known: Collection[Place]
) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """A table for every row that has the number or id; raises RoadmapError where no parent has it, or several have."""
    said = names(pairs)
    tables: list[Table] = []
    records: list[Row] = []
    footer: list[str] = []
    path, places = _find(pairs, wanted) if pairs else ("", [])
    below = [pair for pair in pairs if pair.parent.path == path]
    for place in places:
        found = sorted(
            ((pair.rows[place], pair) for pair in below), key=lambda one: _worst(one[0], said[one[1].child.path])
        )
        rows = [_shown(row, pair, said, (pair.child.path, path, place) in known) for row, pair in found]
        counts = {state: sum(row.state == state for row, _ in found) for state in STATE_NAMES}
        activity = found[0][0].activity
        total = f"Итог: {counts_words(counts)}"
        tables.append(Table(_heading(activity, path), COLUMNS, tuple(rows), (total,)))
        records += [_record(shown, row, path) for shown, (row, _) in zip(rows, found, strict=True)]
        footer.append(f"{path}: {number(activity)} {activity.title}: {total}")
    return tuple(tables), (Table((), RECORD_COLUMNS, tuple(records), tuple(footer)),)


def _find(pairs: Sequence[Pair], wanted: str) -> tuple[str, list[int]]:
    """The path of the parent and the places of the rows that «5», «№ 5» or «municipal.yaml#5» means."""
    parents = {pair.parent.path: [row.activity for row in pair.rows] for pair in pairs}
    file, mark, rest = wanted.rpartition("#")
    asked = {path: rows for path, rows in parents.items() if mark and _is_file(path, file)} or parents
    ident = _key(wanted if asked is parents else rest)
    hits = {path: places for path, rows in asked.items() if (places := _places(rows, ident))}
    if len(hits) == 1:
        return next(iter(hits.items()))
    shown = parent_names(pairs)
    if hits:
        ways = " или ".join(f"{shown[path]}#{ident}" for path in hits)
        raise RoadmapError(f"--activity: «{visible(wanted)}» есть в нескольких вышестоящих планах: напишите {ways}")
    labels = {_key(a.id or a.no): a.id or a.no for rows in asked.values() for a in rows if a.id or a.no}
    near = sorted(labels, key=lambda label: _apart(label, ident))[:_NEAR]
    offered = ", ".join(visible(labels[label]) for label in sorted(near, key=natural))
    where = "вышестоящем плане" if len(asked) == 1 else "вышестоящих планах"
    hint = f"; ближайшие: {offered}" if offered else ""
    raise RoadmapError(f"--activity: нет «{visible(wanted)}» в {where} «{', '.join(map(visible, asked))}»{hint}")


def _places(rows: Sequence[Activity], ident: str) -> list[int]:
    """The rows of that id, else of that number."""
    by_id = [i for i, activity in enumerate(rows) if activity.id and _key(activity.id) == ident]
    return by_id or [i for i, activity in enumerate(rows) if activity.no and _key(activity.no) == ident]


def _key(ident: str) -> str:
    return fold(ident).removeprefix("№").strip(". ")


def _is_file(path: str, wanted: str) -> bool:
    return f"/{path}".replace("\\", "/").endswith(f"/{wanted.strip().removeprefix('./')}")


def _apart(label: str, ident: str) -> tuple[int, int, str]:
    """How far one number is from another: in value where both are numbers, else in letters."""
    if all(one.isascii() and one.isdigit() and len(one) < 10 for one in (label, ident)):
        return 0, abs(int(label) - int(ident)), label
    return 1, distance(label, ident, 5), label


def _worst(row: TraceRow, who: str) -> tuple[object, ...]:
    return _ORDER.index(row.state), -(row.days_late or 0), natural(who)


def _heading(activity: Activity, path: str) -> tuple[str, ...]:
    """The row as the parent has it: title, file and every result with its deadline."""
    results = [
        f"— {clean(d.text) or 'результат не назван'}{f' ({in_words(d.due)})' if d.due else ''}"
        for d in activity.deliverables
    ]
    return f"{number(activity)} {activity.title}", f"{path}:{activity.span.line}", *results


def _shown(row: TraceRow, pair: Pair, said: dict[str, str], known: bool) -> Row:
    cells = (
        said[pair.child.path],
        state_words(row) + KNOWN * known,
        "; ".join(dues_in_words(child.activity) for child in row.children),
        "\n".join(child_words(child, dated=False) for child in row.children),
        row.reason,
    )
    span = row.children[0].activity.span if row.children else Span(pair.child.path)
    return Row(cells, span, "known" if known else row.state, SYMBOLS[row.state])


def _record(shown: Row, row: TraceRow, path: str) -> Row:
    who, state, due, own, reason = shown.cells
    late = str(row.days_late) if row.state == "late" and row.days_late else ""
    return shown._replace(cells=(who, state, late, due, own, reason, row.activity.no or row.activity.id or "—", path))
