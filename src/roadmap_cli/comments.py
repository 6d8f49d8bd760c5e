"""Comments of a YAML text, told from its words by the scanner's tokens; and text that a «#» has cut off unseen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.errors import problem
from roadmap_cli.model import Span
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadmap_cli.model import Finding

_OWN_TAGS: Final = frozenset(
    f"{start}{kind}" for start in ("!!", "tag:yaml.org,2002:") for kind in ("str", "map", "seq")
)
_TAG: Final = r"(?:^|[\s\[{,:?-])!"
_HASH: Final = r"(?<=[ \t])#(?=[^\s#!])"
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BEGINS: Final = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")


class Comment(NamedTuple):
    """A comment from its «#» to the end of its line; `about` is the line that it speaks of.

    That is its own line behind something, else the next one that is no comment; None where nothing follows at once.
    """

    text: str
    line: int
    column: int
    about: int | None


def comments(text: str, tokens: Iterable[Any], wanted: re.Pattern[str]) -> Iterator[Comment]:
    """The comments of a text that match a pattern, in order; `tokens` are the scanner's."""
    found = [match for match in _BEGINS.finditer(text) if wanted.match(match[0])]
    if not found:
        return
    taken = [(_behind_header(text, token), token.end_mark.index) for token in tokens if token.id == "<scalar>"]
    lines = _BREAK.split(text)
    at = 0
    for match in found:
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at < len(taken) and taken[at][0] <= match.start():
            continue
        before = _BREAK.split(text[: match.start()])
        line = len(before)
        yield Comment(match[0], line, len(before[-1]) + 1, line if before[-1].strip() else _next(lines, line))


def _behind_header(text: str, token: Any) -> int:
    """Where the words of a scalar begin: those of a block of text on the line after «>-», which may have a comment."""
    start: int = token.start_mark.index
    if token.style not in ("|", ">"):
        return start
    found = _BREAK.search(text, start)
    return found.end() if found else len(text)


def _next(lines: list[str], line: int) -> int | None:
    """The number of the first line behind a line that is no comment; None for a blank one or the end."""
    number = line
    while number < len(lines) and lines[number].lstrip(" \t").startswith("#"):
        number += 1
    return number + 1 if number < len(lines) and lines[number].strip() else None


def strays(text: str, path: str, tokens: Iterable[Any]) -> Iterator[Finding]:
    """Findings on tags, and on text that is lost because a «#» without a blank behind it began a comment."""
    hashes = [found.start() for found in re.finditer(_HASH, text)]
    if not hashes and not re.search(_TAG, text):
        return
    hashes.reverse()
    last = None
    for token in tokens:
        start, end = token.start_mark, token.end_mark
        while hashes and hashes[-1] < start.index:
            at = hashes.pop()
            if last and _cuts(last, token) and not text[last.end_mark.index : at].strip(" \t"):
                column = last.end_mark.column + at - last.end_mark.index + 1
                yield _lost(text, Span(path, last.end_mark.line + 1, column), at)
        while hashes and hashes[-1] < end.index:
            hashes.pop()
        tag = "".join(part or "" for part in token.value) if token.id == "<tag>" else "!!str"
        if tag not in _OWN_TAGS:
            here = Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
            message = f"тег «{cut(tag, 40)}» в плане не действует: уберите его, а если это текст, возьмите в кавычки"
            yield problem("RM010", message, here)
        last = token


def _cuts(last: Any, token: Any) -> bool:
    """Whether a comment between two tokens stands where text was meant: behind plain text or an empty value."""
    if last.id == "<scalar>":
        return bool(last.plain)
    return last.id == ":" and token.id in {"?", "<block end>", ",", "}", "]"}


def _lost(text: str, start: Span, at: int) -> Finding:
    rest = re.split("[\r\n]", text[at : at + 1000], maxsplit=1)[0].rstrip()
    here = start._replace(end_line=start.line, end_column=start.column + len(rest))
    message = f"«{cut(rest, 40)}» не прочитано: « #» начинает примечание; возьмите весь текст в кавычки"
    return problem("RM012", f"{message} или поставьте после «#» пробел", here)
