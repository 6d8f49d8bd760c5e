"""Annotations of GitHub Actions: a workflow command for each of the first findings of a kind, then the totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render.findings import ending, findings, legible, message, others, placed, title
from roadmap_cli.text import plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.render import Screen
    from roadmap_cli.render.findings import Found
    from roadmap_cli.report import Report

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}
_MOST = 10  # so many of a kind GitHub shows for a step


def render(report: Report, screen: Screen) -> Iterator[str]:
    """The first findings of each kind, errors first, and how many there are beside them."""
    first: dict[str, list[Found]] = {severity: [] for severity in _KINDS}
    left = 0
    for found in findings(report):
        if len(first[found["severity"]]) < _MOST:
            first[found["severity"]].append(found)
        else:
            left += 1
    for severity, some in first.items():
        for found in some:
            yield f"::{_KINDS[severity]} {_properties(found, screen)}::{_said(found, screen)}\n"
    said = list(report.summary)
    if left:
        more = plural(left, "находка", "находки", "находок")
        said.append(
            f"Не показано здесь: {more} (GitHub берёт по {_MOST} каждого вида); все — roadmap check --format plain"
        )
    yield f"{visible(' '.join(said))}\n"


def _properties(found: Found, screen: Screen) -> str:
    values = {"file": legible(placed(found["path"], screen)), "line": str(found["line"])}
    end = ending(found)
    if end is None or end[0] == found["line"]:
        values["col"] = str(found["column"])
    if end is not None:
        values["endLine"] = str(end[0])
        if "col" in values:
            values["endColumn"] = str(end[1])
    values["title"] = visible(title(found))
    return ",".join(f"{key}={_property(value)}" for key, value in values.items())


def _said(found: Found, screen: Screen) -> str:
    return _data("\n".join((message(found), *others(found, screen))))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
