"""JSON with the same keys always; characters that could act on a terminal are written as escapes."""

from __future__ import annotations

import re
from json import JSONEncoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def render(report: Report, screen: Screen) -> str:
    """The report's document."""
    text = JSONEncoder(ensure_ascii=not screen.encoding.startswith("utf"), indent=1).encode(report.document())
    return _ACTING.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"
