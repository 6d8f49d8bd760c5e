"""Russian text: cleaning what Word and scans leave behind, plurals, look-alike letters, safe printing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Spaces that look like a space, and marks that look like nothing.
_BLANKS = dict.fromkeys(
    map(
        ord,
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r\v\f\x85\u2028\u2029",
    ),
    " ",
)
_NOTHING = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043"), "-")
_CLEAN = {**_BLANKS, **_NOTHING, **_DASHES}
_UNCLEAN = re.compile(f"[{re.escape(''.join(map(chr, _CLEAN)))}]|  |^ | $")

# Latin letters that a Cyrillic keyboard or a scan puts in place of the Cyrillic ones.
_LOOK_ALIKE = str.maketrans("aceopxyABCEHKMOPTXy", "асеорхуАВСЕНКМОРТХу")

_LATIN_LETTER = re.compile("[A-Za-z]")
_LATIN = str.maketrans("асеорхутпвкмнАСЕОРХТВКМН", "aceopxytnbkmhACEOPXTBKMH")


def clean(text: str) -> str:
    """Text with one kind of space and of dash, composed letters and no invisible marks; words stay as they are."""
    if text.isascii():
        return " ".join(text.split())
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(_CLEAN).split()) if _UNCLEAN.search(text) else text


@cache
def _marks() -> dict[int, str | None]:
    """The blanks and invisible marks of `clean`, and the control characters that no document means."""
    control = dict.fromkeys((*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF), " ")
    return {**control, **_BLANKS, **_NOTHING, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def tidy(text: str) -> str:
    """A document's words with one kind of space between them and no invisible marks; dashes stay as they are."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_marks()).split())


def fold(text: str) -> str:
    """Clean text in lower case with «е» for «ё»: the form in which words are compared."""
    return clean(text).lower().replace("ё", "е")


def mend_alphabet(word: str) -> str:
    """The word with Latin look-alikes turned Cyrillic when it has Cyrillic letters too; any other word as it is."""
    if word.isascii() or not _LATIN_LETTER.search(word):
        return word
    return word.translate(_LOOK_ALIKE)


def to_latin(word: str) -> str:
    """The word with Cyrillic look-alikes turned Latin."""
    return word.translate(_LATIN)


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
    )


def visible(text: str) -> str:
    """Text on one line that can be shown anywhere: control, escape and bidi characters appear as «\\x1b» and so on."""
    if text.isprintable():
        return text
    return _unsafe().sub(lambda m: _escape(m[0]), " ".join(re.split(r"[ \t\r\n]+", text)))


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """The number with its noun: plural(3, "день", "дня", "дней") is «3 дня»."""
    tail = abs(number) % 100
    few_or_many = few if 0 < tail % 10 < 5 else many
    form = many if 10 < tail < 20 else one if tail % 10 == 1 else few_or_many
    return f"{number} {form}"


def days(number: int) -> str:
    """«1 день», «3 дня», «11 дней»."""
    return plural(number, "день", "дня", "дней")


def cut(text: str, width: int) -> str:
    """The text in at most `width` characters, with «…» where it was cut."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"


@lru_cache(maxsize=4096)
def distance(one: str, other: str, limit: int = 2) -> int:
    """Damerau-Levenshtein distance (adjacent letters swapped count once), or `limit` + 1 when it is greater."""
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:  # an edit changes two letters
        return limit + 1
    if one and other and one[0] != other[0] and one[-1] != other[-1] and limit == 1:
        return 1 if (one == other[::-1] and len(one) == 2) or len(one) == len(other) == 1 else 2
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(word: str, words: tuple[str, ...]) -> str | None:
    """The one of `words` that `word` was most likely meant to be, or None when none is near."""
    limit = 1 if len(word) < 5 else 2
    near = (w for w in words if abs(len(w) - len(word)) <= limit)
    found = sorted((distance(word.lower(), w.lower(), limit), w) for w in near)
    return found[0][1] if found and found[0][0] <= limit else None
