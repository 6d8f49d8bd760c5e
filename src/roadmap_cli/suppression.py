"""`# roadmap: ignore RM302 — причина`: comments in a plan that let findings pass where they stand.

At the first line of an activity or of a result (or on the line above) a comment holds for all of it, at a key for the
value of that key. The file as a whole is a matter for the settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.model import Span, Suppression
from roadmap_cli.source import remarks, span
from roadmap_cli.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.source import Node, Source

# Patterns in words: `re` compiles them when a plan has such a comment, which few have.
_MENTIONS: Final = r"(?i)#.*?roadmap[ \t]*:"
_OURS: Final = r"(?i)#+[ \t]*roadmap[ \t]*:[ \t]*(?P<word>[^\W\d_]+)(?P<rest>.*)"
_CODE: Final = r"[RР][MМ][0-9OО]{0,3}(?!\w)"
_FIRST: Final = rf"(?i)[ \t]*(?P<word>{_CODE}|[a-z]+(?:-[a-z]+)*(?!\w))"
_NEXT: Final = rf"(?i)[ \t]*(?:[,;][ \t]*(?P<word>{_CODE}|[a-z]+(?:-[a-z]+)*(?!\w))|(?P<code>{_CODE}))"
_SEPARATORS: Final = " \t—–―−-:,;."


def suppressions(source: Source) -> tuple[Suppression, ...]:
    """The suppressions that a file's comments hold, in order."""
    if not any("roadmap" in part.partition("\n")[0].lower() for part in source.text.split("#")[1:]):
        return ()
    found = [
        (comment, words, reason)
        for comment in remarks(source, re.compile(_MENTIONS))
        for words, reason in _orders(comment.text)
    ]
    if not found or source.root is None:
        return ()
    lines = _reach(source.root, {comment.about for comment, _, _ in found if comment.about})
    return tuple(
        Suppression(
            Span(source.path, comment.line, comment.column, comment.line, comment.column + len(comment.text.rstrip())),
            words,
            reason,
            *lines.get(comment.about or 0, (0, 0)),
        )
        for comment, words, reason in found
    )


def _orders(comment: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words and the reason of every order in a comment: another «#» begins another comment."""
    for part in re.split(r"(?<=[ \t])(?=#)", comment):
        match = re.match(_OURS, part)
        if match and nearest(match["word"], ("ignore",)):
            yield _order(match["rest"])


def _order(text: str) -> tuple[tuple[str, ...], str]:
    """«RM302, RM303 — причина» → (("RM302", "RM303"), "причина")."""
    words = []
    match = re.match(_FIRST, text)
    while match:
        words.append(match["word"] or match["code"])
        text = text[match.end() :]
        match = re.match(_NEXT, text)
    return tuple(words), text.strip(_SEPARATORS)


def _reach(root: Node, wanted: set[int]) -> dict[int, tuple[int, int]]:
    """The first and the last line of the widest thing that begins in each wanted line, the file as a whole left out.

    A line inside a text, or inside texts in brackets, means the whole of it.
    """
    found: dict[int, tuple[int, int]] = {}
    inside: dict[int, tuple[int, int]] = {}
    for first, last, is_leaf in _things(root):
        if first in wanted and (first not in found or found[first][1] < last):
            found[first] = first, last
        if is_leaf and last > first:
            inside |= {line: (first, last) for line in wanted if first < line <= last}
    return inside | found


def _things(root: Node) -> Iterator[tuple[int, int, bool]]:
    """The lines of every pair and of every item of a list, and whether it is a text, or texts in brackets."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for one in node.value if node.id != "scalar" else ():
            key, value = one if isinstance(one, tuple) else (one, one)
            first, last = span(key, ""), span(value, "")
            if (last.line, last.column) < (first.line, first.column):  # an alias: its anchor stands elsewhere
                last = first
            stop = last.end_line - (last.end_column == 1 and last.end_line > last.line)
            yield first.line, max(stop, first.line), _is_leaf(value)
            if not _is_leaf(value):
                waiting.append(value)


def _is_leaf(node: Node) -> bool:
    in_brackets = node.id == "sequence" and getattr(node, "flow_style", None)
    return node.id == "scalar" or bool(in_brackets and all(item.id == "scalar" for item in node.value))
