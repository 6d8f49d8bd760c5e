"""`roadmap check`: findings with their place, the line they speak of, and the other places."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from roadmap_cli.project import SETTINGS_NAME
from roadmap_cli.report import Column, Report, Row, Table
from roadmap_cli.text import cut, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from roadmap_cli.model import Finding

SEVERITIES = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}
_LINE = re.compile(r"(?<=строке )\d+")
_SECRET = re.compile(r"passw|парол|://", re.IGNORECASE)
COLUMNS = (
    Column("Уровень", mood=True),
    Column("Код"),
    Column("Что не так", fold=True, share=5),
    Column("Строка плана", fold=True, share=3),
)


def check_report(
    findings: Sequence[Finding],
    named: Sequence[str],
    lines_of: Callable[[str], Sequence[str]],
    *,
    passed: int = 0,
    known: Collection[Finding] = (),
    said: Sequence[str] = (),
) -> Report:
    """All findings of the files that were named; `lines_of` gives the lines of a file, for the excerpts.

    `passed` of them were let pass by comments, the `known` ones are in the document only, `said` ends the report.
    """
    counts = _counts(findings)

    def document() -> dict[str, Any]:
        return {
            "version": 1,
            "report": "check",
            "files": len(named),
            "summary": {**counts, "known": len(known), "suppressed": passed},
            "findings": _documents(findings, known),
        }

    lines = lru_cache(maxsize=16)(lines_of)
    new = [finding for finding in findings if finding not in known] if known else findings

    def records() -> tuple[Table, ...]:
        return (Table((), COLUMNS, tuple(_row(f, lines(f.span.path)) for f in new), layout="list"),)

    summary = (_summary(_counts(new), len(named), passed, len(known)), *said)
    return Report(document, lambda: records() if new else (), summary, records, named, lines)


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {severity: sum(f.severity == severity for f in findings) for severity in SEVERITIES}


def _summary(counts: Mapping[str, int], files: int, passed: int, known: int) -> str:
    said = (
        plural(counts["error"], "ошибка", "ошибки", "ошибок"),
        plural(counts["warning"], "предупреждение", "предупреждения", "предупреждений"),
        plural(counts["note"], "замечание", "замечания", "замечаний"),
    )
    nothing = "Новых замечаний нет" if known else "Замечаний нет"
    lines = [f"Проверено: {plural(files, 'план', 'плана', 'планов')}.", nothing + "."]
    if any(counts.values()):
        lines[1] = f"{', '.join(said)}."
    if known:
        lines.append(f"Известных, не показано: {known}.")
    if passed:
        lines.append(f"Пропущено по примечаниям: {passed}.")
    return " ".join(lines)


def _documents(findings: Sequence[Finding], known: Collection[Finding]) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    return ({**_document(f, _fingerprint(f, seen)), "known": bool(known) and f in known} for f in findings)


def _fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """The same for the same problem wherever its line moves: code, file, activity, message and its ordinal."""
    message = _LINE.sub("", finding.message)
    key = "\n".join((finding.code, finding.span.path.replace("\\", "/"), finding.activity, message))
    seen[key] = seen.get(key, 0) + 1
    return blake2b(f"{key}\n{seen[key]}".encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


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
    if os.path.basename(span.path) == SETTINGS_NAME and _may_be_secret(finding, line):
        line = ""
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


def _may_be_secret(finding: Finding, line: str) -> bool:
    """Whether a password may stand in a line of the settings: under its own key, a misspelt one, or in an address."""
    return finding.name == "unknown-key" or _SECRET.search(line) is not None
