"""The words of deadlines: one table from a written form to what it means, and the stems of words that are inflected.

A new word is a new entry here. Kinds are named after what the reader of `points` does with them.
"""

from __future__ import annotations

from functools import lru_cache

from roadmap_cli.record import NamedTuple


class Word(NamedTuple):
    """What a written word means: its kind and a value that depends on the kind."""

    kind: str
    value: int | str = 0


_MONTHS = (
    ("январ", "янв"),
    ("феврал", "фев февр"),
    ("март", "мар"),
    ("апрел", "апр"),
    ("ма", ""),
    ("июн", "июн"),
    ("июл", "июл"),
    ("август", "авг"),
    ("сентябр", "сен сент"),
    ("октябр", "окт"),
    ("ноябр", "ноя нояб"),
    ("декабр", "дек"),
)
_SOFT = ("ь", "я", "ю", "е", "ем")
_HARD = ("", "а", "у", "е", "ом")
_MAY = ("й", "я", "ю", "е", "ем")


def _month_forms() -> dict[str, Word]:
    forms = {}
    for number, (stem, short) in enumerate(_MONTHS, 1):
        endings = _MAY if number == 5 else _HARD if number in (3, 8) else _SOFT
        for form in (*(stem + ending for ending in endings), *short.split()):
            forms[form] = Word("month", number)
    return forms


_EXACT: dict[str, dict[str, int | str]] = {
    "until": {"до": 0, "к": 0, "ко": 0},
    "from": {"с": 0, "со": 0},
    "to": {"по": 0},
    "of": {"от": 0},
    "after": {"после": 0},
    "before": {"перед": 0, "накануне": 0},
    "not": {"не": 0},
    "earlier": {"ранее": 0, "раньше": 0},
    "than": {"чем": 0},
    "through": {"через": 0},
    "behind": {"за": 0},
    "this": {"сего": 0},
    "onward": dict.fromkeys(["далее", "затем", "впоследствии"], 0),
    "or": {"или": 0, "либо": 0},
    "except": {"кроме": 0, "исключая": 0, "исключением": 0},
    "number-word": dict.fromkeys(["числа", "число", "числу", "числе", "числ", "чис", "чисел", "числах"], 0),
    "paragraph": dict.fromkeys(["п", "пп", "пункт", "пункту", "пункта", "ст", "статья", "статьи"], 0),
    "thing": dict.fromkeys(["каб", "ауд", "кабинет", "приказ"], 0),
    "later": {"позд": 0, "поздн": 0, "позднее": 0, "позже": 0},
    "not-later": dict.fromkeys(["непозднее", "непозже", "непоздн"], 0),
    "rarely": {"реже": 0, "менее": 0},
    "and": {"и": 0},
    "year": dict.fromkeys(["г", "год", "года", "году", "годом", "гг", "годы", "годов", "годах"], 0),
    "school": {"уч": 0},
    "quarter": {"кв": 0},
    "term": {"чет": "четверт", "четв": "четверт"},
    "ongoing": {"пост": 0, "систем": 0},
    "half": {"пг": 0, "полгода": 0},
    "week": {"нед": 0},
    "month-unit": {"мес": 0},
    "day-unit": dict.fromkeys(["день", "дням", "дня", "дней", "дню", "дни", "дн", "днем", "днях", "суток", "сутки"], 0),
    "hour-unit": dict.fromkeys(["ч", "час", "часа", "часов", "часу", "часам", "мин", "минут", "минуты"], 0),
    "working": dict.fromkeys(
        ["рабочих", "рабочего", "рабочие", "календарных", "календарного", "раб", "учебных", "банковских"], 0
    ),
    "part": {"нач": 1, "сер": 2, "кон": 3, "конец": 3, "конца": 3, "концу": 3, "конце": 3, "концом": 3},
    "during": dict.fromkeys(["течение", "течении", "теч", "течен", "протяжении", "продолжение", "продолжении"], 0),
    "whole": dict.fromkeys(["весь", "всего", "всей", "всю", "всё", "все", "вся", "всем"], 0),
    "times": dict.fromkeys(["раз", "раза", "разу", "разом", "р"], 0),
    "filler": dict.fromkeys(
        [
            "в",
            "во",
            "на",
            "срок",
            "срока",
            "сроки",
            "сроком",
            "сроку",
            "период",
            "периоде",
            "периодом",
            "дата",
            "дату",
            "даты",
            "но",
            "а",
            "также",
            "включительно",
            "включ",
            "начиная",
            "нового",
            "новому",
            "новый",
            "далее",
            "затем",
        ],
        0,
    ),
    "name-of-thing": dict.fromkeys(
        ["кл", "корпус", "корп", "лет", "летие", "летия", "летию", "летием", "ауд", "чел", "шт", "руб", "км"], 0
    ),
    "season": {
        "осень": "осен",
        "осенью": "осен",
        "осени": "осен",
        "зима": "зим",
        "зимой": "зим",
        "зимы": "зим",
        "зиму": "зим",
        "весна": "весен",
        "весной": "весен",
        "весны": "весен",
        "весну": "весен",
        "лето": "лет",
        "летом": "лет",
        "лета": "лет",
    },
    "weekday": {
        "среду": 2,
        "среды": 2,
        "среде": 2,
        "средой": 2,
        "пн": 0,
        "понед": 0,
        "вторн": 1,
        "пятн": 4,
        "субб": 5,
        "воскр": 6,
        "вт": 1,
        "ср": 2,
        "чт": 3,
        "пт": 4,
        "сб": 5,
        "вс": 6,
    },
    "about": dict.fromkeys(["ориентировочно", "примерно", "приблизительно", "предварительно", "около"], 0),
    "ordinal-letter": dict.fromkeys(
        [
            "й",
            "я",
            "ю",
            "е",
            "ый",
            "ой",
            "ая",
            "ое",
            "го",
            "ого",
            "ей",
            "ом",
            "му",
            "ому",
            "ий",
            "ую",
            "х",
            "ых",
            "ти",
            "ми",
        ],
        0,
    ),
}

_STEMS: tuple[tuple[str, str, int | str], ...] = (
    ("учебн", "school", 0),
    ("квартал", "quarter", 0),
    ("полугод", "half", 0),
    ("четвертн", "word", 0),
    ("четверть", "term", "четверт"),
    ("четверти", "term", "четверт"),
    ("четвертей", "term", "четверт"),
    ("четвертью", "term", "четверт"),
    ("четвертям", "term", "четверт"),
    ("четвертях", "term", "четверт"),
    ("триместр", "term", "триместр"),
    ("декад", "decade", 0),
    ("недел", "week", 0),
    ("месяц", "month-unit", 0),
    ("начал", "part", 1),
    ("середин", "part", 2),
    ("окончани", "part", 3),
    ("половин", "half-of", 0),
    ("каникул", "vacation", 0),
    ("осенн", "season", "осен"),
    ("зимни", "season", "зим"),
    ("зимне", "season", "зим"),
    ("весенн", "season", "весен"),
    ("летни", "season", "лет"),
    ("летне", "season", "лет"),
    ("будн", "weekdays-all", "MO-FR"),
    ("выходн", "weekdays-all", "SA-SU"),
    ("понедельник", "weekday", 0),
    ("вторник", "weekday", 1),
    ("среда", "weekday", 2),
    ("четверг", "weekday", 3),
    ("пятниц", "weekday", 4),
    ("суббот", "weekday", 5),
    ("воскресен", "weekday", 6),
    ("ежегод", "frequency", "YEARLY"),
    ("ежемес", "frequency", "MONTHLY"),
    ("ежекв", "frequency", "QUARTERLY"),
    ("поквартальн", "frequency", "QUARTERLY"),
    ("помесячн", "frequency", "MONTHLY"),
    ("еженед", "frequency", "WEEKLY"),
    ("ежеднев", "frequency", "DAILY"),
    ("ежечетвертн", "frequency", "TERMLY"),
    ("каждодневн", "frequency", "DAILY"),
    ("кажд", "every", 0),
    ("последн", "last", 0),
    ("постоянн", "ongoing", 0),
    ("системат", "ongoing", 0),
    ("регулярн", "ongoing", 0),
    ("непрерывн", "ongoing", 0),
    ("круглогодичн", "ongoing", 0),
    ("текущ", "relative-year", 0),
    ("отчетн", "relative-year", 0),
    ("финансов", "relative-year", 0),
    ("календарн", "calendar", 0),
    ("следующ", "next", 0),
    ("класс", "name-of-thing", 0),
    ("урок", "name-of-thing", 0),
    ("кабинет", "name-of-thing", 0),
    ("аудитори", "name-of-thing", 0),
    ("человек", "name-of-thing", 0),
    ("процент", "name-of-thing", 0),
    ("групп", "name-of-thing", 0),
    ("смен", "name-of-thing", 0),
    ("этаж", "name-of-thing", 0),
    ("рабоч", "working", 0),
    ("четырнадцат", "ordinal", 14),
    ("восемнадцат", "ordinal", 18),
    ("девятнадцат", "ordinal", 19),
    ("одиннадцат", "ordinal", 11),
    ("шестнадцат", "ordinal", 16),
    ("двенадцат", "ordinal", 12),
    ("тринадцат", "ordinal", 13),
    ("пятнадцат", "ordinal", 15),
    ("семнадцат", "ordinal", 17),
    ("четверт", "ordinal", 4),
    ("двадцат", "ordinal", 20),
    ("тридцат", "ordinal", 30),
    ("седьм", "ordinal", 7),
    ("восьм", "ordinal", 8),
    ("девят", "ordinal", 9),
    ("десят", "ordinal", 10),
    ("перв", "ordinal", 1),
    ("втор", "ordinal", 2),
    ("трет", "ordinal", 3),
    ("шест", "ordinal", 6),
    ("пят", "ordinal", 5),
)

_NUMERALS = {
    1: "один одна одно одного одной одну",
    2: "два две двух",
    3: "три трех",
    4: "четыре четырех",
    5: "пять пяти",
    6: "шесть шести",
    7: "семь семи",
    10: "десять десяти",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    20: "двадцать двадцати",
    30: "тридцать тридцати",
}

ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_ROMAN_LOOK = str.maketrans({"і": "i", "у": "v", "y": "v", "х": "x", "l": "i", "1": "i"})

# What a scan makes of the Roman II and III before «квартал», «четверть» and the like.
SCANNED_ROMAN = {"п": 2, "ш": 3}

WORDS: dict[str, Word] = _month_forms()
WORDS.update({form: Word(kind, value) for kind, forms in _EXACT.items() for form, value in forms.items()})
WORDS.update({form: Word("numeral", number) for number, forms in _NUMERALS.items() for form in forms.split()})

MONTH_NAMES = tuple(form for form, word in WORDS.items() if word.kind == "month" and len(form) > 4)


def roman(word: str) -> int | None:
    """The number that a Roman numeral in Latin or look-alike Cyrillic letters means, or None."""
    if word in ROMAN:
        return ROMAN[word]
    if any(c in "ivxі" for c in word):
        return ROMAN.get(word.translate(_ROMAN_LOOK))
    return None


@lru_cache(maxsize=4096)
def look_up(word: str) -> Word | None:
    """What a folded word means, or None for a word that deadlines do not use."""
    found = WORDS.get(word)
    if found:
        return found
    if word.startswith(("недельн", "двухнедельн", "трехнедельн")):
        return Word("term-of-days")
    if "дневн" in word and not word.startswith(("еже", "каждо")):
        return Word("term-of-days")
    for stem, kind, value in _STEMS:
        if word.startswith(stem):
            return None if kind == "word" else Word(kind, value)
    number = roman(word)
    if number:
        return Word("ordinal", number)
    if word.startswith("месячн"):
        return Word("term-of-days")
    return None
