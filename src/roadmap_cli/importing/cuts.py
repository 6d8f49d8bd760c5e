"""Words that the edge of a cell has cut in two: told from words that only happen to fill their line."""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = re.compile(
    r"(?:ть|ться|тся|ся|ие|ия|ий|ии|ию|ием|иях|иям|ый|ая|ое|ые|ых|ой|ого|ому|ым|ыми|ими|их|ей|ев|ов|ам|ами|ах|ом|ем|"
    r"ства|ство|ству|стве|мы|ма|ме|му|зы|за|сы|са|ды|да|ги|га|жи|жа|хи|ха|цы|ца|щи|ща|чи|ча|ши|ша|вы|ве|бы|ба|"
    r"ны|на|но|ен|ка|ки|ку|ке|ры|ра|ты|та|лы|ла|ль|нь|ня|ость|ости)$"
)
_ENDINGS: Final = frozenset(
    (
        *("е", "ы", "я", "ю", "й", "м", "х", "ие", "ия", "ий", "ии", "ию", "ые", "ый", "ых", "их", "им", "ым", "ая"),
        *("яя", "ое", "ее", "ой", "ей", "ого", "его", "ому", "ему", "ими", "ыми", "ем", "ом", "ам", "ям", "ах", "ях"),
        *("ами", "ние", "ния", "ний", "нию", "нием", "ниях", "ика", "ики", "ику", "ков", "ка", "ки", "ку", "ов", "ев"),
        *("ть", "сти", "ться", "тся", "ся", "ость", "ости", "ция", "ции", "цию", "ций", "ный", "ная", "ное", "ные"),
        *("ных", "ного", "ному", "тель", "тели", "телей", "теля", "ели", "лей", "ля", "ли", "лы", "ры", "ров", "ты"),
        *("тов", "ства", "ство", "ский", "ская", "ские", "ских", "ского", "ческих", "ческий", "щих", "щие", "щий"),
        *(
            "ванию",
            "вание",
            "вания",
            "стика",
            "стики",
            "го",
            "но",
            "на",
            "ны",
            "му",
            "ми",
            "мя",
            "же",
            "льных",
            "льной",
            "льные",
            "нных",
            "нный",
            "нные",
        ),
    )
)
_SMALL_WORDS: Final = frozenset(
    (
        *("и", "в", "во", "к", "ко", "с", "со", "о", "об", "от", "по", "из", "на", "за", "до", "для", "при", "над"),
        *("под", "не", "но", "у", "или", "без", "про", "его", "их", "все", "как", "что", "через", "после"),
    )
)
_VOWELS: Final = re.compile(r"[аеёиоуыэюя]")
_PART_OF_DAY: Final = re.compile(r"\d{1,2}\.(?:\d{1,2}\.?\d{0,3})?|\d")
_DAY: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


def is_compound(text: str) -> bool:
    """Whether the hyphen at the end of a line belongs to its word («психолого-», «чек-»), and is no sign of a break."""
    first = re.split(r"[\s(«]", text.lower())[-1].rstrip("-")
    return len(first) < 4 or first[-1] in "оеё" or first[-1].isdigit() or bool(_WHOLE.search(first))


def is_cut(first: str, second: str) -> bool:
    """Whether two words on both sides of a line's end are one: `first` fills its line, `second` begins the next."""
    if first[-1:].isdigit() or first.endswith("."):
        return bool(_PART_OF_DAY.fullmatch(first) and _DAY.match(first + second) and not _DAY.match(first))
    one, other = (re.sub(r"\W+$", "", word.lower()) for word in (first, second))
    whole = bool(_WHOLE.search(one))
    if other in _SMALL_WORDS and (whole or (len(other) > 1 and other not in _ENDINGS)):
        return False
    if other in _ENDINGS or not _VOWELS.search(other) or other == "а":
        return True
    return not whole
