"""The headings of columns as plans spell them; a new spelling is a new word in this table."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold, mend_alphabet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLE_NAMES: Final[Mapping[str, str]] = {
    "no": "№",
    "title": "мероприятие",
    "result": "результат",
    "due": "срок",
    "start": "начало",
    "end": "окончание",
    "owners": "ответственные",
    "done": "отметка об исполнении",
    "section": "раздел",
    "period": "период",
    "note": "примечание",
    "other": "прочее",
}
"""What a column may hold; "other" is one that a plan has no key for."""


class _Spelling(NamedTuple):
    """How headings of a role are written: words that may stand in front, one of the heads, and anything behind.

    `*` in a word stands for its ending; a `whole` heading has nothing behind it.
    """

    role: str
    heads: str
    front: str = ""
    whole: bool = False


# The first that fits decides.
_TABLE: Final[Sequence[_Spelling]] = (
    _Spelling("no", "№ | №№ | n | nn | номер | № п/п | п/п | № пп | пп | № п.п | № п. п | № п-п | п.п", whole=True),
    _Spelling("no", "№ пункта | номер пункта | номер строки | № строки | номер п/п | n п/п", whole=True),
    _Spelling("done", "отметк* | факт* | статус | ход исполнения | ход выполнения | об исполнении | о выполнении"),
    _Spelling("done", "исполнени* | выполнени*", "информация | сведения | данные | об | о"),
    _Spelling("owners", "ответствен* | отвествен* | отв. | отв | исполнител* | соисполнител* | кто", "фио | ф.и.о."),
    _Spelling("owners", "организатор*"),
    _Spelling("start", "начало | начала | с", "дата | срок", whole=True),
    _Spelling("start", "начало | начала", "дата | срок"),
    _Spelling("end", "окончание | окончания | конец | завершение | завершения | по", "дата | срок", whole=True),
    _Spelling("end", "окончание | окончания | завершение | завершения", "дата | срок"),
    _Spelling(
        "due",
        "срок* | дата | даты | когда | дедлайн | время | день | числа | число",
        "планов* | примерн* | контрольн* | календарн* | предельн*",
    ),
    _Spelling("period", "месяц* | период* | четверть | четверти | квартал* | неделя"),
    _Spelling("note", "примечани* | комментари*"),
    _Spelling(
        "result",
        "результат* | показател* | продукт* | итог* | эффект* | выход* | индикатор* | характеристик*",
        "ожидаем* | планируем* | конечн* | предполагаем* | наименование | целев* | основн*",
    ),
    _Spelling("result", "документ* | отчетность | отчетн* документ*", "вид | форма | наименование | подтверждающ*"),
    _Spelling("result", "вид отчет* | форма отчет* | итогов* документ* | форма завершения | форма представления"),
    _Spelling(
        "title",
        "мероприяти*",
        "наименование | название | основн* | планируем* | содержание | перечень | проводим* | ключев* | план | тема",
    ),
    _Spelling("title", "наименование | название | содержание | вид* | перечень | действи* | работа | работы"),
    _Spelling("title", "дела | дело | событи* | тема* | что делать | что сделать | вопрос*", "обсуждаем*"),
    _Spelling("section", "направлени* | задача | задачи | раздел* | блок* | цель | цели | этап* | модул*", "основн*"),
)

# Of two columns with one role the first of these keeps it; the others are worse than any heading without a mark.
_BETTER: Final[Mapping[str, Sequence[re.Pattern[str]]]] = {
    "owners": (re.compile(r"отв"), re.compile(r"исполнител")),
    "due": (
        re.compile(r"(?:срок\w*|дат\w)(?: (?:исполнени|проведени|реализаци|выполнени)\w*)?$"),
        re.compile(r"планов|срок\w* (?:исполнени|проведени|реализаци|выполнени)"),
    ),
}
_ASIDE_FROM_PLAN: Final = re.compile(
    r"контрол|провер|отч[её]т|представлени|приказ|подписани|утверждени|врем|час|соисполнител|организатор"
)

_ASIDE: Final = re.compile(r"\([^()]*\)")
_AS_OF: Final = re.compile(r"\bна \d\d?\.\d\d\.\d{4}(?: ?г\.?)?$")
_DATE: Final = re.compile(r"\d{1,2}[.,/]\s*\d{1,2}")
_CUT: Final = re.compile(r"(?<=[а-я])- (?=[а-я])")
_MAX_HEADING: Final = 90


def _pattern(spelling: _Spelling) -> re.Pattern[str]:
    def either(words: str) -> str:
        said = (re.escape(" ".join(word.split())).replace(r"\*", "[а-я]*") for word in words.split(" | "))
        return "|".join(said)

    front = rf"(?:(?:{either(spelling.front)})\s)*" if spelling.front else ""
    behind = "" if spelling.whole else r"(?![а-я]).*"
    return re.compile(rf"{front}(?:{either(spelling.heads)}){behind}")


_PATTERNS: Final = tuple((spelling.role, _pattern(spelling)) for spelling in _TABLE)


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """The role that a heading names, "" when it names none; «на 01.12.2022» at its end is no part of its name."""
    heading = _AS_OF.sub("", heading)
    if not heading or len(heading) > _MAX_HEADING or _DATE.search(heading):
        return ""
    words = " ".join(mend_alphabet(word) for word in heading.replace("ё", "е").split())
    said = fold(_ASIDE.sub(" ", words)).strip(" :;*") or fold(words)
    said = re.sub(r"\s*([/\\|])\s*", "/", _CUT.sub("", said)).replace("№п", "№ п")
    # «Мероприя тие»: narrow columns of a PDF cut words at any letter.
    whole = (said[: cut.start()] + said[cut.end() :] for cut in re.finditer(r"(?<=[а-я]{2}) (?=[а-я])", said))
    return next(filter(None, map(_named, (said, *whole))), "")


def _named(said: str) -> str:
    return next((role for role, one in _PATTERNS if one.fullmatch(said) or one.fullmatch(said.rstrip("."))), "")


def rank_of(role: str, heading: str) -> int:
    """How well a heading fits its role, 0 the best: «Ответственный» before «Кто контролирует»."""
    said = fold(heading)
    wanted = _BETTER.get(role, ())
    if _ASIDE_FROM_PLAN.search(said):
        return len(wanted) + 1
    return next((rank for rank, one in enumerate(wanted) if one.match(said)), len(wanted))
