"""Cuts a cell into tokens and mends letters; everything that was mended is told."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from roadmap_cli.people.abbreviations import PHRASES
from roadmap_cli.people.lexicon import BODIES, is_known
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, cut, mend_alphabet


class Token(NamedTuple):
    """A word, a number with its letter («5А»), a name in quotes, a mark or a line break, with its place in the line."""

    text: str
    fold: str
    kind: str
    start: int
    end: int
    gap: bool


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<quote>«[^»\n]{0,200}»|“[^”\n]{0,200}”|„[^“”\n]{0,200}[“”]|\"[^\"\n]{0,200}\")"
        r"|(?P<word>[^\W\d_]/[^\W\d_](?![^\W_])|[^\W\d_]+(?:['’`][^\W\d_]+)?)"
        r"|(?P<number>[0-9]+(?:-?[^\W\d_](?![^\W_]))?)"
        r"|(?P<break>\n)|(?P<mark>\S)"
    )


def prepare(text: str) -> tuple[str, list[str]]:
    """The text with clean lines and without invisible signs, and what was taken out of it."""
    repairs: list[str] = []
    if not text.isprintable():
        kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Cn"))
        if kept != text:
            repairs.append("убраны невидимые знаки")
            text = kept
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if "\u0301" in text:
            repairs.append("убраны знаки ударения")
            text = text.replace("\u0301", "")
    if "\n" in text or "\r" in text:
        text = "\n".join(line for line in map(clean, text.splitlines()) if line)
    else:
        text = clean(text)
    if len(text) > 2 and text[0] + text[-1] in ('""', "«»", "“”") and not any(c in text[1:-1] for c in '"«»“”'):
        text = text[1:-1].strip()
    return text, repairs


def lex(line: str) -> tuple[list[Token], list[str]]:
    """The tokens of a prepared text, with Latin look-alikes turned Cyrillic, and what was mended."""
    tokens: list[Token] = []
    repairs: list[str] = []
    end = 0
    cyrillic = not line.isascii()
    for found in _pattern().finditer(line):
        text, kind, start = found[0], found.lastgroup or "mark", found.start()
        gap = start > end
        end = found.end()
        if kind == "word":
            if cyrillic:
                text = _mend(text, repairs)
            at = _seam(text)
            if at:
                repairs.append(f"вставлен пропущенный пробел: «{text[:at]} {text[at:]}»")
                tokens.append(Token(text[:at], _fold(text[:at]), kind, start, start + at, gap))
                text, start, gap = text[at:], start + at, True
        tokens.append(Token(text, _fold(text), kind, start, end, gap))
    if "- " in line or "-\n" in line:
        _join_broken(tokens, repairs)
    return tokens, repairs


def _join_broken(tokens: list[Token], repairs: list[str]) -> None:
    """Joins the halves of a known word that was broken at the end of a line («класс- ные»)."""
    at = 0
    while at + 2 < len(tokens):
        one, dash = tokens[at], tokens[at + 1]
        place = at + 3 if tokens[at + 2].kind == "break" and at + 3 < len(tokens) else at + 2
        two = tokens[place]
        at += 1
        if dash.text != "-" or dash.gap or one.kind != "word" or two.kind != "word" or not two.text.islower():
            continue
        fold = one.fold + two.fold
        if (two.gap or place == at + 2) and fold not in PHRASES and is_known(fold) and not is_known(two.fold):
            repairs.append(f"«{one.text}- {two.text}» прочитано как «{one.text}{two.text}»")
            tokens[at - 1 : place + 1] = [Token(one.text + two.text, fold, "word", one.start, two.end, one.gap)]


def _fold(text: str) -> str:
    return text.lower().replace("ё", "е")


def _mend(word: str, repairs: list[str]) -> str:
    """The word in Cyrillic letters when Latin ones only look like them."""
    mended = mend_alphabet(word)
    if mended is word and word.isascii() and len(word) > 1:
        other = mend_alphabet("я" + word)[1:]
        if not other.isascii() and not any(c.isascii() for c in other):
            folded = _fold(other)
            if folded in BODIES or folded in PHRASES:
                mended = other
    if mended != word:
        repairs.append(f"латинские буквы в слове «{cut(word, 40)}» прочитаны как русские")
    return mended


def _seam(word: str) -> int:
    """Where two words were written as one («СавинаИ», «СавинаПетров»), or 0."""
    if len(word) < 4 or word.islower() or word.isupper() or not word[0].isupper() or word[1:].islower():
        return 0
    at = next((i for i in range(1, len(word)) if word[i].isupper()), 0)
    rest = word[at:]
    if at < 3 or (len(rest) > 2 and not rest[1:].islower()) or (len(rest) == 2 and rest[1].islower()):
        return 0
    return at
