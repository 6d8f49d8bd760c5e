"""What the formats for CI share: where a finding lies, seen from the repository, and what is said of it."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias

from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report

    Found: TypeAlias = Mapping[str, Any]


def findings(report: Report) -> Iterable[Found]:
    """The findings of a report, as its document has them, but for those that a baseline knows."""
    document: Any = report.document()
    found = document["findings"] if hasattr(document, "items") else ()
    return (finding for finding in found if not finding.get("known"))


def placed(path: str, screen: Screen) -> str:
    """The path from the root of the repository, with «/»; what lies outside of it stays absolute."""
    whole = os.path.normpath(os.path.join(screen.here, path)).replace(os.sep, "/")
    root = screen.root.replace(os.sep, "/").rstrip("/") + "/"
    return whole.removeprefix(root) if screen.root else whole


def legible(path: str) -> str:
    """The path in characters that can be shown anywhere; all kinds of spaces stay, for files are found by them."""
    kept = (
        c if c.isprintable() or unicodedata.category(c) == "Zs" else c.encode("unicode_escape").decode() for c in path
    )
    return path if path.isprintable() else "".join(kept)


def title(found: Found) -> str:
    """«RM203 lost-dash»."""
    return f"{found['code']} {found['name']}"


def message(found: Found) -> str:
    """What is wrong, with the activity it is about."""
    return visible(f"№ {found['activity']}: {found['message']}" if found["activity"] else found["message"])


def others(found: Found, screen: Screen) -> list[str]:
    """The other places that a finding speaks of, a line each."""
    return [
        f"→ {legible(placed(one['path'], screen))}:{one['line']}: {visible(one['message'])}" for one in found["related"]
    ]


def ending(found: Found) -> tuple[int, int] | None:
    """The line and the column behind the end of a finding's place, where that is known."""
    end = found["end_line"], found["end_column"]
    return end if end > (found["line"], found["column"]) else None
