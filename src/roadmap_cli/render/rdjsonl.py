"""Diagnostics of reviewdog, one a line; its columns count bytes of UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.render.findings import ending, findings, legible, message, others, placed
from roadmap_cli.render.json import encoder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmap_cli.render import Screen
    from roadmap_cli.render.findings import Found
    from roadmap_cli.report import Report

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Every finding as a diagnostic; other places stand in its message, for older readers refuse a field for them."""
    safe = encoder(screen)
    for found in findings(report):
        yield safe(_diagnostic(found, report.lines_of(found["path"]), screen)) + "\n"


def _diagnostic(found: Found, lines: Sequence[str], screen: Screen) -> dict[str, Any]:
    return {
        "message": "\n".join((message(found), *others(found, screen))),
        "location": {"path": legible(placed(found["path"], screen)), "range": _range(found, lines)},
        "severity": _SEVERITIES[found["severity"]],
        "source": {"name": "roadmap"},
        "code": {"value": found["code"]},
    }


def _range(found: Found, lines: Sequence[str]) -> dict[str, dict[str, int]]:
    """The place in bytes; whole lines where the text of a line is not at hand."""
    places = [(found["line"], found["column"])]
    end = ending(found)
    if end is not None:
        places.append(end)
    columns = [_bytes(lines, *place) for place in places]
    known = all(columns)
    positions = [
        {"line": line, "column": column} if known and column else {"line": line}
        for (line, _), column in zip(places, columns, strict=True)
    ]
    return dict(zip(("start", "end"), positions, strict=False))


def _bytes(lines: Sequence[str], line: int, column: int) -> int | None:
    """The column in bytes of UTF-8, from 1, or None where the line does not reach so far."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if not 0 < column <= len(text) + 1:
        return None
    return len(text[: column - 1].encode("utf-8", "surrogatepass")) + 1
