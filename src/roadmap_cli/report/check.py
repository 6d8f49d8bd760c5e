"""`roadmap check`: findings with their place, the line they speak of, and the other places."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from roadmap_cli.report import Column, Report, Row, Table
from roadmap_cli.text import cut, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from roadmap_cli.model import Finding

SEVERITIES = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}
_LINE = re.compile(r"(?<=строке )\d+")
COLUMNS = (
    Column("Уровень", mood=True),
    Column("Код"),
    Column("Что не так", fold=True, share=5),
    Column("Строка плана", fold=True, share=3),
)


def check_report(findings: Sequence[Finding], named: Sequence[str], lines_of: Callable[[str], Sequence[str]]) -> Report:
    """All findings of the files that were named; `lines_of` gives the lines of a file, for the excerpts."""
    counts = {severity: sum(f.severity == severity for f in findings) for severity in SEVERITIES}

    def document() -> dict[str, Any]:
        return {
            "version": 1,
            "report": "check",
            "files": len(named),
            "summary": counts,
            "findings": _documents(findings),
        }

    lines = lru_cache(maxsize=16)(lines_of)

    def records() -> tuple[Table, ...]:
        return (Table((), COLUMNS, tuple(_row(f, lines(f.span.path)) for f in findings), layout="list"),)

    summary = (_summary(counts, len(named)),)
    return Report(document, lambda: records() if findings else (), summary, records, named, lines)


def _summary(counts: Mapping[str, int], files: int) -> str:
    checked = f"Проверено: {plural(files, 'план', 'плана', 'планов')}."
    if not any(counts.values()):
        return f"{checked} Замечаний нет."
    said = (
        plural(counts["error"], "ошибка", "ошибки", "ошибок"),
        plural(counts["warning"], "предупреждение", "предупреждения", "предупреждений"),
        plural(counts["note"], "замечание", "замечания", "замечаний"),
    )
    return f"{checked} {', '.join(said)}."


def _documents(findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    return (_document(f, _fingerprint(f, seen)) for f in findings)


def _fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """The same for the same problem wherever its line moves: code, file, activity, message and its ordinal."""
    message = _LINE.sub("", finding.message)
    key = "\n".join((finding.code, finding.span.path.replace("\\", "/"), finding.activity, message))
    seen[key] = seen.get(key, 0) + 1
    return blake2b(f"{key}\n{seen[key]}".encode("utf-8", "replace"), digest_size=10).hexdigest()


def _document(finding: Finding, fingerprint: str) -> dict[str, Any]:
    span = finding.span
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "activity": finding.activity or None,
        "related": [
            {"path": r.span.path, "line": r.span.line, "column": r.span.column, "message": r.message}
            for r in finding.related
        ],
        "fingerprint": fingerprint,
    }


def _row(finding: Finding, lines: Sequence[str]) -> Row:
    span = finding.span
    line = lines[span.line - 1].strip() if 0 < span.line <= len(lines) else ""
    places = [f"→ {r.span.path}:{r.span.line}: {r.message}" for r in finding.related]
    activity = f"№ {finding.activity}: " if finding.activity else ""
    return Row(
        (
            SEVERITIES[finding.severity],
            f"{finding.code} {finding.name}",
            "\n".join((activity + finding.message, *places)),
            f"{span.line} | {cut(line, 100)}" if line else "",
        ),
        span,
        finding.severity,
    )
