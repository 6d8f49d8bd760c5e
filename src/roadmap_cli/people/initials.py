"""Reads initials, with lost dots, commas for dots and letters of another alphabet mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.people.lexicon import BODIES, DUTIES, FIRST_NAMES, REGIONS, is_known, words
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import mend_alphabet

if TYPE_CHECKING:
    from roadmap_cli.people.tokens import Token

_SURNAME_ENDS = tuple(
    words(
        """
    ов ова ев ева ин ина ын ына ский ская цкий цкая енко ченко чук юк дзе швили ян янц ых их ко
    """
    )
)

NOT_INITIALS = frozenset(("ио", "го", "сп", "рп", "гп", "тд", "тп", "тк", "нэ", "мо", "вр", "др"))


class Initials(NamedTuple):
    """Initials up to the token `end`, with what was mended; `dotted` says that a dot stands among them."""

    end: int
    letters: tuple[str, ...]
    repair: str
    dotted: bool


def after_break(tokens: list[Token], at: int) -> int:
    """The place after a line break, if there is one here."""
    return at + 1 if at < len(tokens) and tokens[at].kind == "break" else at


def has_mark(tokens: list[Token], at: int, marks: str) -> bool:
    """Whether this mark stands here."""
    return at < len(tokens) and tokens[at].kind == "mark" and tokens[at].text in marks


def could_be_surname(token: Token) -> bool:
    """A capitalized word that is not a word of roles."""
    if token.kind != "word" or len(token.text) < 2 or not token.text[0].isupper() or "/" in token.text:
        return False
    if token.text.isupper():
        if token.fold in BODIES or len(token.text) == 2:
            return False
    elif not token.text[1:].islower() and "'" not in token.text:
        return False
    return not is_known(token.fold)


def letter_of(token: Token) -> str:
    """The initial that a token is, in Cyrillic letters, or ""."""
    text = token.text
    if token.kind == "word" and text[0].isupper():
        if len(text) == 1:
            return mend_alphabet("я" + text)[1:] if text.isascii() else text
        if len(text) == 2 and text[1].islower() and not is_known(token.fold) and token.fold not in BODIES:
            return text
    if token.kind == "number" and text in ("0", "3"):
        return "О" if text == "0" else "З"
    return ""


def read_initials(tokens: list[Token], at: int, small: bool = False) -> Initials | None:
    """One or two initials from this place on, or None."""
    count = len(tokens)
    at = after_break(tokens, at)
    if at >= count or (tokens[at].kind == "number" and not has_mark(tokens, at + 1, ".")):
        return None
    first = tokens[at]
    slips: list[str] = []
    if first.kind == "word" and len(first.text) == 2 and first.text.isupper():
        abbreviation = first.fold in BODIES or first.fold in REGIONS or first.fold in DUTIES
        after_name = at and is_family(tokens[at - 1].fold) and closes(tokens, at + 1)
        if abbreviation and not after_name and not has_mark(tokens, at + 1, "."):
            return None
        end = at + 1
        if has_mark(tokens, end, "."):
            end += 1
        slips.append("между буквами нет точки" if end > at + 1 else "нет точек")
        return _made(tokens, at, end, list(mend_alphabet("я" + first.text)[1:]), slips, end > at + 1)
    letters: list[str] = []
    end, dotted = at, False
    while len(letters) < 2 and end < count:
        here = after_break(tokens, end)
        if here >= count:
            break
        letter = tokens[here].text.upper() if small and len(tokens[here].text) == 1 else letter_of(tokens[here])
        if not letter and letters and dotted and _small_second(tokens, here):
            letter = tokens[here].text.upper()
            slips.append("строчная буква")
        if not letter.isalpha() or (len(letter) == 2 and not has_mark(tokens, here + 1, ".")):
            break
        if letters and _is_conjunction(tokens, here, dotted):
            break
        if tokens[here].text.isascii() and letter != tokens[here].text:
            slips.append("цифра вместо буквы" if tokens[here].kind == "number" else "латинские буквы вместо русских")
        if has_mark(tokens, here + 1, "-") and _half_follows(tokens, here + 2):
            letter, here = f"{letter}-{tokens[here + 2].text}", here + 2
        letters.append(letter)
        end, slip, dot = _marks(tokens, here + 1, len(letters) == 1, bool(slips))
        dotted = dotted or dot
        if slip:
            slips.append(slip)
    return _made(tokens, at, end, letters, slips, dotted) if letters else None


def _small_second(tokens: list[Token], at: int) -> bool:
    """Whether a small letter with a dot stands tight after the first initial: «Н.в.», but not «И.о.»."""
    token = tokens[at]
    if token.kind != "word" or len(token.text) != 1 or token.gap or not has_mark(tokens, at + 1, "."):
        return False
    return token.fold not in "оу" and closes(tokens, at + 2)


def _half_follows(tokens: list[Token], at: int) -> bool:
    """Whether the second letter of a double initial stands here: «М-Р.А.»."""
    if at >= len(tokens) or tokens[at].gap or tokens[at - 1].gap or not has_mark(tokens, at + 1, "."):
        return False
    return tokens[at].kind == "word" and len(tokens[at].text) == 1 and tokens[at].text.isupper()


def _is_conjunction(tokens: list[Token], at: int, dotted: bool) -> bool:
    """«И» between people written in capitals: a letter without a dot before a word, after an initial with one."""
    following = after_break(tokens, at + 1)
    return (
        tokens[at].text in ("И", "A", "А")
        and tokens[at].gap
        and dotted
        and following < len(tokens)
        and could_be_surname(tokens[following])
        and read_initials(tokens, following + 1) is not None
    )


def _marks(tokens: list[Token], at: int, first: bool, slipped: bool) -> tuple[int, str, bool]:
    """Dots and commas after an initial: the place after them, what was wrong, whether there was a dot."""
    dots = 0
    while has_mark(tokens, at, ".…"):
        dots += 1
        at += 1
    if dots:
        if first and has_mark(tokens, at, ",") and at + 1 < len(tokens) and _ends_initials(tokens, at + 1):
            return at + 1, "лишняя запятая", True
        return at, "лишняя точка" if dots > 1 else "", True
    if has_mark(tokens, at, ","):
        if first and at + 1 < len(tokens) and _ends_initials(tokens, at + 1):
            return at + 1, "запятая вместо точки", False
        if not first and at + 1 == len(tokens):
            return at + 1, "запятая вместо точки", False
        if not first and slipped:
            return at, "", False
    if first and at < len(tokens) and letter_of(tokens[at]):
        return at, "нет точки", False
    return at, "нет точки", False


def _ends_initials(tokens: list[Token], at: int) -> bool:
    """Whether a second initial stands here and not the first initial of the next person."""
    if not letter_of(tokens[at]) or tokens[at].kind != "word" or len(tokens[at].text) > 1:
        return False
    after = at + 1
    while has_mark(tokens, after, ".,"):
        after += 1
    if after >= len(tokens) or after == at + 1:
        return True
    return not (letter_of(tokens[after]) and tokens[after].kind == "word" and has_mark(tokens, after + 1, "."))


def _made(tokens: list[Token], at: int, end: int, letters: list[str], slips: list[str], dotted: bool) -> Initials:
    """Initials with one sentence on what was mended in them."""
    repair = ""
    if slips:
        repair = f"в инициалах «{written(tokens[at:end])}» {', '.join(dict.fromkeys(slips))}"
    return Initials(end, tuple(letters), repair, dotted)


def written(tokens: list[Token]) -> str:
    """The tokens as they stood in the cell, with single spaces."""
    return "".join((" " if t.gap and i else "") + t.text for i, t in enumerate(tokens))


def closes(tokens: list[Token], at: int) -> bool:
    """Whether an initial without a dot may end here: before a mark, a person or the end."""
    return at >= len(tokens) or tokens[at].kind in ("mark", "break") or tokens[at].text[0].isupper()


def is_family(fold: str) -> bool:
    """Whether the word ends as family names do."""
    return len(fold) > 4 and fold.endswith(_SURNAME_ENDS) and fold not in FIRST_NAMES


def small_initials(tokens: list[Token], at: int) -> Initials | None:
    """Two small initials with dots after a surname with a capital letter: «Савина и.а.»."""
    if at + 2 >= len(tokens) or len(tokens[at].text) != 1 or not has_mark(tokens, at + 1, "."):
        return None
    if not is_family(tokens[at - 1].fold):
        return None
    initials = read_initials(tokens, at, small=True)
    if not initials or len(initials.letters) < 2 or "".join(initials.letters).lower() in NOT_INITIALS:
        return None
    words_after = initials.end < len(tokens) and tokens[initials.end].kind == "word" and tokens[initials.end].gap
    if words_after and not has_mark(tokens, initials.end - 1, "."):
        return None
    what = written(tokens[at : initials.end])
    return initials._replace(repair=initials.repair or f"инициалы «{what}» написаны со строчной буквы")


def second_half(tokens: list[Token], at: int) -> int:
    """The place of the rest of a surname that was torn in two («Сав ина И.А.»), or 0."""
    half = at + 2 if has_mark(tokens, at + 1, "-") and not tokens[at + 1].gap else at + 1
    if half + 2 >= len(tokens) or not tokens[half].gap or not tokens[half].text.islower():
        return 0
    rest = tokens[half]
    if rest.kind != "word" or not 1 < len(rest.text) < 7 or is_known(rest.fold) or rest.fold in DUTIES:
        return 0
    if not is_family(tokens[at].fold + rest.fold) or not has_mark(tokens, half + 2, "."):
        return 0
    return half if letter_of(tokens[half + 1]) else 0
