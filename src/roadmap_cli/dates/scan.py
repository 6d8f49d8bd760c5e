"""Small steps over the tokens of a phrase: what kind stands here, what is said there, what to skip."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.values import Atom

    Read: TypeAlias = tuple[list[Atom], int] | None


def kind_at(tokens: Sequence[Token], i: int) -> str:
    """The kind of the token here, "" outside the phrase."""
    return tokens[i].kind if 0 <= i < len(tokens) else ""


def words_at(tokens: Sequence[Token], start: int, end: int) -> str:
    """The text of the tokens from `start` to `end`, spaced as written."""
    text = ""
    for token in tokens[start:end]:
        text += token.text if token.glued or not text else " " + token.text
    return text


def skip_dots(tokens: Sequence[Token], i: int) -> int:
    """The next place that is no dot."""
    while kind_at(tokens, i) == ".":
        i += 1
    return i


def end_of_segment(tokens: Sequence[Token], i: int) -> int:
    """The next comma, bracket, colon or line break, or «до»/«с» before a day, or the end of the phrase."""
    while i < len(tokens) and tokens[i].kind not in (",", ";", "¶", ":"):
        if tokens[i].kind == "filler" and kind_at(tokens, i + 1) == "during":
            return i
        if tokens[i].kind in ("until", "from") and kind_at(tokens, i + 1) in ("num", "month"):
            return i
        i += 1
    return i
