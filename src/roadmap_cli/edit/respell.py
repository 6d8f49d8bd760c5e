"""A text of several lines whose words are only spelled anew: it stays on its lines."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[^\w.()«»№/–—-]|^\W")
_ODD = re.compile(r"[^\S \t\r\n]")


def respelled(raw: str, old: str, new: str, style: str | None) -> str | None:
    """The text of a scalar in the file with the words of `new` in place of those of `old`, breaks and indents kept.

    None where it stands on one line, or where the words do not match one another; then the whole is written anew.
    """
    header, text = "", raw
    if style in ("|", ">"):
        found = re.match(r"[^\r\n]*(?:\r\n|\r|\n)", raw)
        header = found[0] if found else ""
        text = raw[len(header) :]
    elif "\n" not in raw and "\r" not in raw:
        return None
    quote = style if style in ("'", '"') else ""
    body = text[len(quote) : len(text) - len(quote)]
    pieces = re.split(r"(\s+)", body)
    words, wanted = [word for word in pieces[::2] if word], new.split()
    if (
        words != old.split()
        or len(words) != len(wanted)
        or not _stand_alike(old, new)
        or (quote and any(quote in word for word in wanted))
    ):
        return None
    anew = [word for was, word in zip(words, wanted, strict=True) if was != word]
    if not all(map(str.isprintable, anew)) or (not style and any(map(_MARKS.search, anew))):
        return None
    said = iter(wanted)
    made = "".join(_blank(piece) if at % 2 else piece and next(said) for at, piece in enumerate(pieces))
    if not pieces[-1] and _ODD.search(pieces[-2]):
        made = made.rstrip(" ")
    if not style and (" #" in made or ": " in made):
        return None
    return header + quote + made + quote


def _blank(blank: str) -> str:
    if not _ODD.search(blank):
        return blank
    return _ODD.sub("", blank) if "\n" in blank or "\r" in blank else " "


def _stand_alike(old: str, new: str) -> bool:
    """Whether the words of two texts stand in the same lines and paragraphs, with the same spaces but for odd ones."""
    before, after = (re.findall(r"\s+", text.strip()) for text in (old, new))
    return len(before) == len(after) and all(map(_alike, before, after))


def _alike(before: str, after: str) -> bool:
    return before == after or (_ODD.search(before) is not None and before.count("\n") == after.count("\n"))
