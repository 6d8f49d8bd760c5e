"""Tokens → phrases that name no day: «по мере поступления», «по отдельному графику», «в трёхдневный срок»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.days import read_numeric
from roadmap_cli.dates.lexicon import DATELESS
from roadmap_cli.dates.scan import end_of_segment, words_at
from roadmap_cli.dates.values import Atom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


def read_days_term(tokens: Sequence[Token], i: int) -> Read:
    """«в трехдневный срок», «в 10-дневный срок»."""
    end = end_of_segment(tokens, i)
    return [Atom("E", words_at(tokens, i, end), kind="event")], end


_LONGEST_DATELESS = max(len(phrase.split()) for phrase in DATELESS)


def read_dateless(tokens: Sequence[Token], i: int) -> Read:
    """A phrase of the table `DATELESS`, with everything up to the next comma."""
    words = [t.text for t in tokens[i : i + 4] if t.kind != "."]
    kind = next((k for n in range(min(_LONGEST_DATELESS, len(words)), 0, -1) if (k := _dateless_kind(words[:n]))), None)
    if kind is None:
        return None
    end = end_of_segment(tokens, i + 1)
    said = words_at(tokens, i, end)
    code = {"event": "E", "unscheduled": "U", "ongoing": "O"}[kind]
    return [Atom(code, said, kind=kind, note=_swallowed(tokens, i, end))], end


def _swallowed(tokens: Sequence[Token], i: int, end: int) -> str:
    """A note when the words hold a day or a month that is not counted; the date of a paper («от …») needs none."""
    for k in range(i + 1, end):
        if tokens[k - 1].kind == "of" or tokens[k - 1].text == "№":
            continue
        read = read_numeric(tokens, k) if tokens[k].kind == "num" and tokens[k - 1].kind not in (".", "num") else None
        if tokens[k].kind in ("month", "week", "weekday") or (read is not None and read[0][0].code == "P"):
            return f"«{words_at(tokens, i, end)}»: названный в словах день не учтён"
    return ""


def _dateless_kind(words: list[str]) -> str | None:
    head, last = " ".join(words[:-1]), words[-1]
    for phrase, kind in _BY_LENGTH.get(len(words), ()):
        start, _, stem = phrase.rpartition(" ")
        if start == head and (last == stem if len(stem) <= 4 else last.startswith(stem)):
            return kind
    return None


_BY_LENGTH: dict[int, list[tuple[str, str]]] = {}


for _phrase, _value in DATELESS.items():
    _BY_LENGTH.setdefault(len(_phrase.split()), []).append((_phrase, _value))
