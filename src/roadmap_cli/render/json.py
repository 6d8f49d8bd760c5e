"""JSON with the same keys always, a record a line; characters that could act on a terminal are written as escapes."""

from __future__ import annotations

import re
from json import JSONEncoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def render(report: Report, screen: Screen) -> Iterator[str]:
    """The report's document; its lists go out record by record, so that a long one is never held as a whole."""
    safe = encoder(screen)
    document = report.document()
    if not hasattr(document, "items"):
        yield from records(document, safe)
    else:
        mark = "{\n"
        for key, value in document.items():
            yield f"{mark}{safe(key)}: "
            if isinstance(value, (str, int, dict)) or value is None:
                yield safe(value)
            else:
                yield from records(value, safe)
            mark = ",\n"
        yield "\n}"
    yield "\n"


def encoder(screen: Screen) -> Callable[[Any], str]:
    """What turns a value into JSON on one line, in the characters that the screen has."""
    encode = JSONEncoder(ensure_ascii=not screen.encoding.startswith("utf")).encode

    def safe(value: Any) -> str:
        text = encode(value)
        return text if text.isprintable() else _ACTING.sub(lambda m: f"\\u{ord(m[0]):04x}", text)

    return safe


def records(values: Iterable[Any], safe: Callable[[Any], str]) -> Iterator[str]:
    """A JSON list with a value a line."""
    mark = "["
    for value in values:
        yield f"{mark}\n{safe(value)}"
        mark = ","
    yield "[]" if mark == "[" else "\n]"
