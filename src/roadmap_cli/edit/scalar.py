"""How a Russian text is written as a YAML scalar that every reader of YAML 1.1 and 1.2 takes for the same text."""

from __future__ import annotations

import re
from typing import Final

_INDICATORS: Final = "-?:,[]{}#&*!|>'\"%@`=<~.+"
_WORDS: Final = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null", "да", "нет"))
_NUMBER: Final = re.compile(r"0[xob][0-9a-f_]+|[0-9][0-9_.,:eE+-]*|\d{4}-\d\d?-\d\d?([tT \t].*)?")
_RUSSIAN_DAY: Final = re.compile(r"\d\d?\.\d\d?\.\d{4}")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def written(text: str, quote: str, *, flow: bool = False, quoted: bool = False) -> str:
    """The text as one line of YAML: plain where that is safe and not `quoted`, else in quotes of the kind `quote`.

    `flow` means a place inside brackets. A text with line breaks or invisible characters gets double quotes.
    """
    if not quoted and _is_safe_plain(text, flow):
        return text
    if quote == "'" and all(map(_is_visible, text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_safe_plain(text: str, flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in _INDICATORS or not all(map(_is_visible, text)):
        return False
    if ": " in text or " #" in text or text.endswith(":") or "\u00a0#" in text:
        return False
    if flow and any(char in text for char in ",[]{}:?"):
        return False
    return text.lower() not in _WORDS and (not _NUMBER.fullmatch(text.lower()) or bool(_RUSSIAN_DAY.fullmatch(text)))


def _is_visible(char: str) -> bool:
    """Whether a character may stand in a file as it is; the no-break space may."""
    return char.isprintable() or char == "\u00a0"


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if _is_visible(char):
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
