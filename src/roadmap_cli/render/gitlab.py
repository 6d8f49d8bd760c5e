"""GitLab Code Quality: a JSON list of problems, each with a fingerprint that stays when its line moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.render.findings import ending, findings, legible, message, placed, title
from roadmap_cli.render.json import encoder, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.render import Screen
    from roadmap_cli.render.findings import Found
    from roadmap_cli.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Every finding as a problem, a line each."""
    yield from records((_problem(found, screen) for found in findings(report)), encoder(screen))
    yield "\n"


def _problem(found: Found, screen: Screen) -> dict[str, Any]:
    lines = {"begin": found["line"]}
    end = ending(found)
    if end is not None:
        lines["end"] = end[0]
    return {
        "description": f"{title(found)}: {message(found)}",
        "check_name": found["code"],
        "fingerprint": found["fingerprint"],
        "severity": _SEVERITIES[found["severity"]],
        "location": {"path": legible(placed(found["path"], screen)), "lines": lines},
    }
