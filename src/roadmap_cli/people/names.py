"""Finds people among the tokens of a cell: «Фамилия И.О.», «И.О. Фамилия» and full names, with slips mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.people.initials import (
    NOT_INITIALS,
    Initials,
    after_break,
    closes,
    could_be_surname,
    has_mark,
    is_family,
    letter_of,
    read_initials,
    second_half,
    small_initials,
    written,
)
from roadmap_cli.people.lexicon import (
    BEFORE_HEADS,
    BEFORE_PLACES,
    BODIES,
    DUTIES,
    FIRST_NAMES,
    OBLIQUE_AFTER,
    PREPOSITIONS,
    heads,
    is_known,
    nominative,
    positions,
    words,
)
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from roadmap_cli.people.tokens import Token

_PATRONYMIC = words(
    """
    ович евич ьич ович овича евича овичу евичу овичем евичем овиче евиче ьича ьичу овна евна ична овны
    евны ичны овне евне ичне овну евну ичну овной евной ичной оглы кызы улы гызы
    """
)
_PATRONYMIC_ENDS = tuple(_PATRONYMIC)
_PATRONYMICS = frozenset(("лукич", "фомич", "кузьмич", "ильич", "никитич", "саввич", "фоминич", "ильинична"))
_OBLIQUE_ENDS = tuple(e for e in _PATRONYMIC if not e.endswith(("ич", "на", "ы", "и")) or e in ("овны", "евны", "ичны"))
_TAILS = frozenset(("оглы", "кызы", "улы", "гызы"))
_ACCUSATIVE = ("ую", "ову", "еву", "ёву", "ому", "ину", "ыну", "иной", "ыной")
_PERHAPS = ("овой", "евой", "ской", "цкой")
_NOT_SURNAME = tuple(
    words(
        """
    ого его ой ей ых их ые ие ый ий ая яя ое ости ость ия ии ние ния тие тия ция ции
    """
    )
)
_SOCIETIES = frozenset(("шмо", "рмо", "гмо"))
_LEGAL = frozenset(
    words(
        """
    г город с село п пос ст д деревня р-н им имени
    """
    )
)


class Name(NamedTuple):
    """A person among the tokens from `start` to `end`, with what was mended and what is doubtful."""

    start: int
    end: int
    name: str
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def find_people(tokens: list[Token]) -> list[Name]:
    """Every person among the tokens, left to right."""
    found: list[Name] = []
    at, count = 0, len(tokens)
    while at < count:
        token = tokens[at]
        name = _person(tokens, at, found[-1].end if found else 0) if token.kind == "word" else None
        if name:
            found.append(name)
            at = name.end
        else:
            at += 1
    return found


def _person(tokens: list[Token], at: int, free: int) -> Name | None:
    """The person that starts at a word, or None; tokens before `free` belong to another person."""
    token = tokens[at]
    if token.text[0].isupper():
        return (
            _surname_first(tokens, at, free)
            or _initials_first(tokens, at)
            or _full(tokens, at)
            or _lone_surname(tokens, at, free)
            or _doubtful_surname(tokens, at)
        )
    if len(token.text) == 1:
        return _small_initials_first(tokens, at, free)
    return _small_surname_first(tokens, at)


def _titled(word: str) -> str:
    """A surname or a name with a capital letter in each part."""
    if word.isupper() or word.islower():
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word


def _surname(tokens: list[Token], at: int) -> tuple[str, int, tuple[str, ...]]:
    """The surname at this place with its second half, the place after it, and notes; "" when there is none."""
    if not could_be_surname(tokens[at]):
        return "", at, ()
    if has_mark(tokens, at + 1, "-") and at + 2 < len(tokens) and could_be_surname(tokens[at + 2]):
        loose = tokens[at + 1].gap and tokens[at + 2].gap
        first, second = tokens[at], tokens[at + 2]
        note = f"«{written(tokens[at : at + 3])}» прочитано как двойная фамилия" if loose else ""
        return f"{_titled(first.text)}-{_titled(second.text)}", at + 3, (note,) if note else ()
    if has_mark(tokens, at + 1, "(") and has_mark(tokens, at + 3, ")") and could_be_surname(tokens[at + 2]):
        note = f"в скобках вторая фамилия «{tokens[at + 2].text}»"
        return _titled(tokens[at].text), at + 4, (note,)
    half = second_half(tokens, at)
    if half:
        surname = tokens[at].text + tokens[half].text
        return surname, half + 1, (f"«{written(tokens[at : half + 1])}» прочитано как «{surname}»",)
    return _titled(tokens[at].text), at + 1, ()


def _surname_first(tokens: list[Token], at: int, free: int) -> Name | None:
    """«Фамилия И.О.»."""
    surname, after, notes = _surname(tokens, at)
    if not surname:
        return None
    repairs: tuple[str, ...] = ()
    if has_mark(tokens, after, ".,") and after + 1 < len(tokens) and letter_of(tokens[after + 1]):
        extra = read_initials(tokens, after + 1)
        if not extra or not extra.dotted or _surname_follows(tokens, extra.end):
            return None
        repairs = (f"убран лишний знак «{tokens[after].text}» после фамилии «{surname}»",)
        after += 1
    initials = read_initials(tokens, after) or small_initials(tokens, after)
    if not initials:
        return None
    if initials.letters == ("И",) and initials.end < len(tokens) and tokens[initials.end].text == "о":
        return None
    if not initials.dotted and len(initials.letters) == 1 and not closes(tokens, initials.end):
        return None
    if _belongs_to_next(tokens, at, free, initials):
        return None
    if initials.repair:
        repairs += (initials.repair,)
    name = f"{surname} {'.'.join(initials.letters)}."
    return Name(at, initials.end, name, repairs, notes + _case(tokens, at, surname, name))


def _surname_follows(tokens: list[Token], at: int) -> bool:
    """Whether a surname without initials of its own stands here."""
    at = after_break(tokens, at)
    if at >= len(tokens) or not could_be_surname(tokens[at]):
        return False
    _, after, _ = _surname(tokens, at)
    return not read_initials(tokens, after) and not _full(tokens, at)


def _belongs_to_next(tokens: list[Token], at: int, free: int, initials: Initials) -> bool:
    """Whether the initials belong to the surname after them: «администрации Волоколамска И.Б. Давыденко»."""
    if at <= free or not initials.dotted or not _surname_follows(tokens, initials.end):
        return False
    before = tokens[at - 1]
    if before.kind != "word" or not is_known(before.fold):
        return False
    return before.fold not in heads() or not is_family(tokens[at].fold)


def _initials_first(tokens: list[Token], at: int) -> Name | None:
    """«И.О. Фамилия»."""
    if not letter_of(tokens[at]) and len(tokens[at].text) != 2:
        return None
    initials = read_initials(tokens, at)
    if not initials or not (initials.dotted or (len(initials.letters) == 2 and len(tokens[at].text) == 1)):
        return None
    doubt: tuple[str, ...] = ()
    if at and tokens[at - 1].kind == "word" and could_be_surname(tokens[at - 1]):
        doubt = (f"инициалы «{written(tokens[at : initials.end])}» отнесены к фамилии после них",)
    place = after_break(tokens, initials.end)
    if place >= len(tokens):
        return None
    surname, after, notes = _surname(tokens, place)
    if not surname:
        return None
    name = f"{surname} {'.'.join(initials.letters)}."
    repairs = (initials.repair,) if initials.repair else ()
    return Name(at, after, name, repairs, doubt + notes + _case(tokens, at, surname, name))


def _small_surname_first(tokens: list[Token], at: int) -> Name | None:
    """«савина и.а.»: a small word that is not a word of roles, with initials and nobody's surname after them."""
    token = tokens[at]
    if len(token.text) < 3 or at + 2 >= len(tokens) or not has_mark(tokens, at + 2, ".") or is_known(token.fold):
        return None
    initials = read_initials(tokens, at + 1, small=True)
    if not initials or not initials.dotted or len(initials.letters) < 2:
        return None
    if "".join(initials.letters).lower() in NOT_INITIALS or _surname_follows(tokens, initials.end):
        return None
    if at and tokens[at - 1].kind == "word" and tokens[at - 1].fold not in heads():
        return None
    return _capitalized(tokens, at, initials.end, token.text, initials)


def _small_initials_first(tokens: list[Token], at: int, free: int) -> Name | None:
    """«и.а. савина» between separators."""
    if at and not tokens[at].gap and tokens[at - 1].text == ".":
        return None
    if not has_mark(tokens, at + 1, ".") or (at > free and tokens[at - 1].kind == "word"):
        return None
    initials = read_initials(tokens, at, small=True)
    if not initials or len(initials.letters) < 2 or "".join(initials.letters).lower() in NOT_INITIALS:
        return None
    place = initials.end
    if place >= len(tokens) or tokens[place].kind != "word" or is_known(tokens[place].fold):
        return None
    if len(tokens[place].text) < 3 or not closes(tokens, place + 1):
        return None
    return _capitalized(tokens, at, place + 1, tokens[place].text, initials)


def _capitalized(tokens: list[Token], at: int, end: int, surname: str, initials: Initials) -> Name:
    name = f"{_titled(surname)} {'.'.join(initials.letters)}."
    repairs = [f"«{written(tokens[at:end])}»: имя со строчной буквы прочитано как «{name}»"]
    if initials.repair:
        repairs.append(initials.repair)
    return Name(at, end, name, tuple(repairs), _case(tokens, at, surname, name))


def _is_patronymic(fold: str) -> bool:
    return (len(fold) > 5 and fold.endswith(_PATRONYMIC_ENDS)) or fold in _PATRONYMICS


def _full(tokens: list[Token], at: int) -> Name | None:
    """«Фамилия Имя Отчество», «Имя Отчество Фамилия», «Имя Отчество», «Фамилия Имя»."""
    parts, ends = _words(tokens, at)
    folds = [w.lower().replace("ё", "е") for w in parts]
    count = len(parts)
    notes: tuple[str, ...] = ()
    if count > 2 and _is_patronymic(folds[2]):
        order, used = [0, 1, 2], 3
        if count > 3 and folds[3] in _TAILS:
            order, used = [0, 1, 2, 3], 4
        if folds[0] in FIRST_NAMES and _is_patronymic(folds[1]) and folds[1].endswith(("ич", "на")):
            order = [2, 0, 1]
    elif count > 3 and folds[3] in _TAILS:
        order, used = [0, 1, 2, 3], 4
    elif count > 1 and _is_patronymic(folds[1]) and (folds[0] in FIRST_NAMES or not is_family(folds[0])):
        alone = count < 3 or (count == 5 and _is_patronymic(folds[4])) or read_initials(tokens, ends[2]) is not None
        order, used = ([0, 1], 2) if alone else ([2, 0, 1], 3)
        if alone:
            notes = (f"«{parts[0]} {parts[1]}»: нет фамилии",)
    elif count > 1 and folds[1] in FIRST_NAMES and folds[0] not in FIRST_NAMES and _one_initial(tokens, ends[1]):
        initial = _one_initial(tokens, ends[1])
        assert initial
        repairs = (initial.repair,) if initial.repair else ()
        name = f"{_titled(parts[0])} {_titled(parts[1])} {initial.letters[0]}."
        return Name(at, initial.end, name, repairs, _case(tokens, at, parts[0], name))
    elif count > 1 and read_initials(tokens, ends[1]) is None and folds[1] in FIRST_NAMES:
        order, used = [0, 1], 2
    elif count > 1 and read_initials(tokens, ends[1]) is None and folds[0] in FIRST_NAMES:
        order, used = [1, 0], 2
    elif count == 2 and is_family(folds[0]) and not is_family(folds[1]) and closes(tokens, ends[1]):
        if parts[1].isupper() or read_initials(tokens, ends[1]) is not None:
            return None
        order, used = [0, 1], 2
        notes = (f"«{parts[0]} {parts[1]}» прочитано как фамилия и имя",)
    elif count == 2 and is_family(folds[1]) and not is_family(folds[0]) and closes(tokens, ends[1]):
        if parts[0].isupper() or read_initials(tokens, ends[1]) is not None:
            return None
        order, used = [1, 0], 2
        notes = (f"«{parts[0]} {parts[1]}» прочитано как имя и фамилия",)
    else:
        return None
    name = " ".join(_titled(parts[i]) if parts[i].lower() not in _TAILS else parts[i] for i in order)
    if any(f.endswith(_OBLIQUE_ENDS) for f in folds[:used]) and not notes:
        notes = (_case_note(name),)
    return Name(at, ends[used - 1], name, (), notes or _case(tokens, at, parts[order[0]], name))


def _one_initial(tokens: list[Token], at: int) -> Initials | None:
    """A single initial with a dot, as in «Савина Ирина А.»."""
    initials = read_initials(tokens, at)
    return initials if initials and initials.dotted and len(initials.letters) == 1 else None


def _words(tokens: list[Token], at: int) -> tuple[list[str], list[int]]:
    """Up to six capitalized words in a row that may be a name, halves joined, and the place after each."""
    found: list[str] = []
    ends: list[int] = []
    while at < len(tokens) and len(found) < 6:
        token = tokens[at]
        tail = token.fold in _TAILS
        if not (tail and found) and not could_be_surname(token):
            break
        word, after = token.text, at + 1
        if has_mark(tokens, after, "-") and after + 1 < len(tokens):
            second = tokens[after + 1]
            if second.fold in _TAILS or (not second.gap and could_be_surname(second)):
                word, after = f"{word}-{second.text}", after + 2
        found.append(word)
        ends.append(after)
        at = after_break(tokens, after) if after < len(tokens) and len(found) < 3 else after
    return found, ends


def _lone_surname(tokens: list[Token], at: int, free: int) -> Name | None:
    """A surname without initials, alone between separators or right after a position."""
    token = tokens[at]
    if not could_be_surname(token) or token.text.isupper():
        return None
    if not is_family(token.fold) and not _after_position(tokens, at, free):
        return None
    surname, end, notes = _surname(tokens, at)
    if end < len(tokens) and not (tokens[end].kind in ("mark", "break") and tokens[end].text != "."):
        return None
    if at > free and tokens[at - 1].kind in ("word", "number", "quote"):
        before = tokens[at - 1]
        if before.fold in _LEGAL or before.fold in BEFORE_PLACES or before.kind != "word":
            return None
        known = is_known(before.fold) or before.fold in DUTIES or before.fold in BODIES or before.fold == "и"
        if not known and not (at > 1 and tokens[at - 2].text == "-" and not before.gap):
            return None
        if before.fold in PREPOSITIONS:
            return None
    if at > 1 and has_mark(tokens, at - 1, ".") and tokens[at - 2].fold in _LEGAL:
        return None
    note = f"«{surname}» прочитано как фамилия: нет инициалов"
    return Name(at, end, surname, (), (*notes, note, *_case(tokens, at, surname, surname)))


def _after_position(tokens: list[Token], at: int, free: int) -> bool:
    """Whether a word that does not end as surnames do stands right after the position of one person."""
    token = tokens[at]
    if at <= free or tokens[at - 1].kind != "word":
        return False
    before = tokens[at - 1].fold
    if not (before in positions() or before in DUTIES or (before in _SOCIETIES and at > 1)):
        return False
    short = len(token.text) < 5 or (len(token.text) < 11 and not token.fold.endswith(_NOT_SURNAME))
    return short and tokens[at - 1].fold not in BEFORE_HEADS and token.fold not in FIRST_NAMES


def _doubtful_surname(tokens: list[Token], at: int) -> Name | None:
    """«Мастер И.И.»: a word of roles at the start that has initials of its own."""
    token = tokens[at]
    if len(token.text) < 3 or not token.text[1:].islower() or (at and tokens[at - 1].kind == "word"):
        return None
    initials = read_initials(tokens, at + 1)
    if not initials or not initials.dotted or len(initials.letters) < 2 or "".join(initials.letters) == "ИО":
        return None
    if _surname_follows(tokens, initials.end) or not closes(tokens, initials.end):
        return None
    name = f"{_titled(token.text)} {'.'.join(initials.letters)}."
    return Name(at, initials.end, name, (), (f"«{token.text}» с инициалами прочитано как фамилия",))


def _case(tokens: list[Token], at: int, surname: str, name: str) -> tuple[str, ...]:
    """A note when one can tell that the name is not in the nominative."""
    before = tokens[at - 1].fold if at and tokens[at - 1].kind == "word" else ""
    if before in OBLIQUE_AFTER or nominative(before) is not None or surname.lower().endswith(_ACCUSATIVE):
        return (_case_note(name),)
    if surname.lower().endswith(_PERHAPS):
        return (f"«{name}»: может быть, не именительный падеж; оставлено как написано",)
    return ()


def _case_note(name: str) -> str:
    return f"«{name}» стоит не в именительном падеже; оставлено как написано"
