"""A deadline phrase → tokens: numbers, known words, marks; and what had to be mended on the way."""

from __future__ import annotations

import itertools
import re

from roadmap_cli.dates.lexicon import MONTH_NAMES, SCANNED_ROMAN, look_up
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, distance, mend_alphabet

# A phrase longer than this is no deadline; the rest is left unread, and that is said.
LONGEST = 300

_PIECES = re.compile(r"[0-9]+|[ivxyіх]+(?=кв|полуг|чет|нед|дек)|[a-zа-яѐ-ѿ]+|[^\s]")
_AS_DIGIT = {"i": "1", "і": "1", "o": "0", "о": "0", "l": "1", "з": "3", "z": "3"}
_SKIPPED = frozenset("«»\"“”„'’`*_")
_BRACKETS = frozenset("()[]{}")
_APART = _SKIPPED | _BRACKETS | {"", " "}
_LATIN_WORDS = {"c": "с", "co": "со", "k": "к", "ko": "ко", "o": "о", "do": "до"}


class Token(NamedTuple):
    """A piece of a phrase: `kind` is «num», a kind of the lexicon, «unknown» or the mark itself."""

    kind: str
    value: int | str
    text: str
    glued: bool = False


class Lexed(NamedTuple):
    """The tokens of a phrase and the repairs that reading them took."""

    tokens: tuple[Token, ...]
    repairs: tuple[str, ...]
    notes: tuple[str, ...]


def lex(text: str) -> Lexed:
    """Cut a phrase into tokens, mending what keyboards, scans and PDF files do to letters and spaces."""
    notes = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        notes.append(f"прочитано только начало: текст длиннее {LONGEST} знаков")
    folded = (
        clean(text.strip().replace("\n", " ¶ "))
        .lower()
        .replace("ё", "е")
        .replace("…", "..")
        .replace("--", "-")
        .replace("─", "-")
        .replace("- -", "-")
    )
    repairs: list[str] = []
    folded = _mend_digits(folded, repairs)
    tokens = [_token(m[0], folded[m.start() - 1 : m.start()] not in _APART, repairs) for m in _PIECES.finditer(folded)]
    if any(t.kind in _CLOSING for t in tokens):
        tokens = _without_titles(tokens)
    tokens = [t for t in tokens if t.text not in _SKIPPED]
    tokens = _in_one_number(_join_lines(_without_numbering(tokens)))
    if "(" in folded:
        tokens = _without_number_in_words(tokens)
    tokens = [Token(",", 0, t.text) if t.text in _BRACKETS else t for t in tokens]
    if any(t.kind == "unknown" for t in tokens):
        tokens = _rejoin(tokens, repairs)
        tokens = [_respell(t, repairs) for t in tokens]
    _note_glue(tokens, repairs)
    return Lexed(tuple(_scanned_roman(tokens, repairs)), tuple(repairs), tuple(notes))


def _mend_digits(text: str, repairs: list[str]) -> str:
    """«15.10.2О22», «З1.10»: letters that stand among digits and dots in place of the digits they look like."""
    mended = "".join(_AS_DIGIT[c] if c in _AS_DIGIT and _among_digits(text, i) else c for i, c in enumerate(text))
    if mended != text:
        repairs.append(f"буква вместо цифры: «{text}» понято как «{mended}»")
    return mended


def _among_digits(text: str, i: int) -> bool:
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if before.isdigit():
        return after.isdigit() or after in ("", ".", " ", "г")
    if before == ".":
        return after.isdigit()
    return not before.isalpha() and after.isdigit() and text[i + 2 : i + 3] == "."


_CONTINUES = frozenset(
    (
        *["year", "-", "to", "month-unit", "school", "quarter", "half", "week", "decade", "vacation", "term"],
        *["calendar", "relative-year"],
        ".",
        "this",
        "number-word",
    )
)
_EXPECTS = frozenset(
    (
        *["until", "from", "to", "-", "filler", "during", "part", "ordinal", "whole", "not"],
        *["later", "every", "last", "season", "behind", "of"],
        "numeral",
        "school",
    )
)


_CLOSING = {"«": "»", '"': '"', "“": "”", "„": "“"}


def _without_titles(tokens: list[Token]) -> list[Token]:
    """«СДК «Октябрь»», «мемориал «1941–1945»»: a title in quotation marks behind a common noun names no day."""
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        if tokens[i].text in _CLOSING and kept and kept[-1].kind == "unknown" and len(kept[-1].text) > 1:
            closing = _CLOSING[tokens[i].text]
            end = next((k for k in range(i + 1, len(tokens)) if tokens[k].text == closing), None)
            i = i if end is None else end + 1
            if end is not None:
                continue
        kept.append(tokens[i])
        i += 1
    return kept


def _without_numbering(tokens: list[Token]) -> list[Token]:
    """«1) до 15 октября», «1. до 15 октября»: the number of a list is not a day."""
    at = 0
    while at < len(tokens) and tokens[at].text in _BRACKETS:
        at += 1
    if len(tokens) > at + 2 and tokens[at].kind == "num" and len(tokens[at].text) <= 2:
        mark, after = tokens[at + 1], tokens[at + 2].kind
        if mark.text == ")" or (mark.kind == "." and after in ("until", "from", "not")):
            return tokens[:at] + tokens[at + 2 :]
    return tokens


def _without_number_in_words(tokens: list[Token]) -> list[Token]:
    """«10 (десяти) дней» is 10 days."""
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        inside = tokens[i + 1 : i + 3]
        opens = tokens[i].text == "(" and bool(kept) and kept[-1].kind == "num"
        if opens and len(inside) == 2 and inside[0].kind in ("numeral", "ordinal") and inside[1].text == ")":
            i += 3
            continue
        kept.append(tokens[i])
        i += 1
    return kept


def _join_lines(tokens: list[Token]) -> list[Token]:
    """Line breaks stay only between two terms: «15.10.¶2022», «до¶15 октября» and «в течение¶года» are one."""
    kept = []
    for i, token in enumerate(tokens):
        if token.kind == "¶":
            before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
            if before is None or after is None or _one_term(before, after):
                continue
        kept.append(token)
    return kept


def _in_one_number(tokens: list[Token]) -> list[Token]:
    """«двадцать пятого мая» is the 25th."""
    kept: list[Token] = []
    for token in tokens:
        tens = kept[-1] if kept and kept[-1].kind in ("numeral", "ordinal") and kept[-1].value in (20, 30) else None
        if tens is not None and token.kind == "ordinal" and token.text.isalpha() and 0 < int(token.value) < 10:
            kept[-1] = Token("ordinal", int(tens.value) + int(token.value), f"{tens.text} {token.text}", tens.glued)
        else:
            kept.append(token)
    return kept


def _one_term(before: Token, after: Token) -> bool:
    if before.kind in _EXPECTS or after.kind in _CONTINUES:
        return True
    if after.kind == "num" and len(after.text) == 4:
        return True
    return before.kind == "num" and after.kind == "month"


def _token(piece: str, glued: bool, repairs: list[str]) -> Token:
    if piece[0] in "0123456789":
        return Token("num", int(piece[:9]), piece, glued)
    if len(piece) == 1 and not piece.isalpha():
        return Token(piece, 0, piece, glued)
    word = look_up(piece)
    if word is None:
        mended = _LATIN_WORDS.get(piece) or mend_alphabet(piece)
        if mended != piece and (word := look_up(mended)):
            repairs.append(f"латинские буквы вместо русских в слове «{mended}»")
            piece = mended
    return Token(word.kind, word.value, piece, glued) if word else Token("unknown", 0, piece, glued)


def _is_word(token: Token) -> bool:
    return token.text[0].isalpha()


def _rejoin(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """Words that a PDF or a scan broke or ran together, put right where every piece becomes a known word."""
    result: list[Token] = []
    i = 0
    while i < len(tokens):
        j = i
        while j < len(tokens) and _is_word(tokens[j]):
            j += 1
        run = tokens[i:j]
        if any(t.kind == "unknown" for t in run):
            run = _segment(run, repairs)
        result += run
        if j < len(tokens):
            result.append(tokens[j])
        i = j + 1
    return result


def _segment(run: list[Token], repairs: list[str]) -> list[Token]:
    letters = "".join(t.text for t in run)
    words = _split(letters) if len(letters) <= 60 else None
    if words is None or _runs_over(run, words):
        return run
    said = " ".join(words)
    repairs.append(f"слова разорваны или слиты: «{' '.join(t.text for t in run)}» понято как «{said}»")
    return [_token(word, False, repairs) for word in words]


def _runs_over(run: list[Token], words: list[str]) -> bool:
    """«неделя науки» is no broken word: a whole known word grows by the end of a word and not by another word."""
    ends = set(itertools.accumulate(len(word) for word in words))
    at = 0
    for token, after in itertools.pairwise(run):
        at += len(token.text)
        if at not in ends and token.kind != "unknown" and len(token.text) > 4 and len(after.text) > 3:
            return True
    return False


def _split(letters: str) -> list[str] | None:
    """The letters as known words of deadlines, the fewest possible, or None; short words only beside a month."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(letters) + 1):
        found: list[str] | None = None
        for start in range(max(0, end - 14), end):
            head, piece = best[start], letters[start:end]
            if head is not None and _is_core(piece) and (found is None or len(head) + 1 < len(found)):
                found = [*head, piece]
        best.append(found)
    return best[-1]


def _is_core(piece: str) -> bool:
    if len(piece) < 3:
        return piece in ("до", "по", "с", "в", "г")
    word = look_up(piece)
    return word is not None and word.kind in (
        "month",
        "frequency",
        "during",
        "year",
        "quarter",
        "half",
        "week",
        "ongoing",
        "month-unit",
        "school",
    )


def _respell(token: Token, repairs: list[str]) -> Token:
    """A month with one wrong letter is read as that month, and the mend is told."""
    if token.kind != "unknown" or len(token.text) < 5:
        return token
    near = {look_up(name) for name in MONTH_NAMES if distance(token.text, name, 1) == 1}
    if len(near) != 1:
        return token
    word = near.pop()
    assert word is not None
    name = min((n for n in MONTH_NAMES if look_up(n) == word), key=lambda n: distance(token.text, n, 1))
    repairs.append(f"«{token.text}» понято как «{name}»")
    return Token(word.kind, word.value, name, token.glued)


def _note_glue(tokens: list[Token], repairs: list[str]) -> None:
    for before, after in itertools.pairwise(tokens):
        if after.glued and after.kind == "num" and before.kind in ("until", "from", "to", "month"):
            repairs.append(f"нет пробела после «{before.text}»")
        elif after.glued and after.kind == "month" and before.kind == "num":
            repairs.append(f"нет пробела перед «{after.text}»")


def _scanned_roman(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """«П квартал» and «Ш четверть», which a scan makes of II and III."""
    result = list(tokens)
    for i, (token, after) in enumerate(itertools.pairwise(tokens)):
        if token.text in SCANNED_ROMAN and after.kind in ("quarter", "half", "term", "week", "decade"):
            number = SCANNED_ROMAN[token.text]
            repairs.append(f"«{token.text.upper()}» понято как римское {'I' * number}")
            result[i] = Token("ordinal", number, token.text, token.glued)
    return result
