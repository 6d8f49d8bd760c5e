"""Tokens → phrases that name no day: «по мере поступления», «по отдельному графику», «в трёхдневный срок»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.days import read_numeric
from roadmap_cli.dates.scan import end_of_segment, words_at
from roadmap_cli.dates.values import Atom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.dates.lexer import Token
    from roadmap_cli.dates.scan import Read


# The first words of phrases that name no day at all; the longest that fits decides.
# `event`: something must happen first; `unscheduled`: the day stands in another paper or is not set.
DATELESS: dict[str, str] = {
    "по мере необходимости": "unscheduled",
    "по мере возможности": "unscheduled",
    "по мере": "event",
    "по факту": "event",
    "по окончани": "event",
    "по завершени": "event",
    "по итогам": "event",
    "по результатам": "event",
    "по истечени": "event",
    "по поступлени": "event",
    "по получени": "event",
    "по прибыти": "event",
    "после": "event",
    "перед": "event",
    "накануне": "event",
    "в канун": "event",
    "в преддвери": "event",
    "во время": "event",
    "в день": "event",
    "в дни": "event",
    "ко дню": "event",
    "в ходе": "event",
    "в период": "event",
    "на период": "event",
    "в процессе": "event",
    "в рамках": "event",
    "на момент": "event",
    "во внеуроч": "event",
    "внеурочн": "event",
    "во внеклассн": "event",
    "в рабочее": "event",
    "в учебное время": "event",
    "в свободн": "event",
    "при": "event",
    "в случае": "event",
    "со дня": "event",
    "с момента": "event",
    "с даты": "event",
    "через": "event",
    "одновременно": "event",
    "до начала": "event",
    "до окончани": "event",
    "до проведени": "event",
    "до особог": "event",
    "до принят": "event",
    "до утвержден": "event",
    "до вступлен": "event",
    "до полног": "event",
    "до отмен": "event",
    "до устранен": "event",
    "до подведен": "event",
    "до момент": "event",
    "до выполнен": "event",
    "до исполнен": "event",
    "до получен": "event",
    "до издан": "event",
    "до открыт": "event",
    "до заверш": "event",
    "к началу": "event",
    "к окончани": "event",
    "к празд": "event",
    "к дню": "event",
    "к дате": "event",
    "к юбиле": "event",
    "к новому году": "event",
    "к совещ": "event",
    "к засед": "event",
    "к уроку": "event",
    "к проверк": "event",
    "к конкурс": "event",
    "к педсовет": "event",
    "к родител": "event",
    "к экзам": "event",
    "к конфер": "event",
    "к выпускн": "event",
    "к меропр": "event",
    "к открыт": "event",
    "к собран": "event",
    "к годовщ": "event",
    "к отопит": "event",
    "к семинар": "event",
    "к концерт": "event",
    "к смотр": "event",
    "к соревн": "event",
    "сразу": "event",
    "срочно": "event",
    "оперативно": "event",
    "в кратчайш": "event",
    "в ближайш": "event",
    "день": "event",
    "дни": "event",
    "неделя": "event",
    "незамедлительно": "event",
    "немедленно": "event",
    "кл часы": "event",
    "классны час": "event",
    "классный час": "event",
    "на класс": "event",
    "на урок": "event",
    "на уроках": "event",
    "на переменах": "event",
    "на перемене": "event",
    "на линейк": "event",
    "на заседан": "event",
    "на первом уроке": "event",
    "классные часы": "event",
    "классных часов": "event",
    "часы общения": "event",
    "урок": "event",
    "уроки": "event",
    "заседан": "event",
    "совещан": "event",
    "линейка": "event",
    "линейки": "event",
    "общешкольн": "event",
    "планерк": "event",
    "внеклассн": "event",
    "на уроке": "event",
    "кл час": "event",
    "на педсовет": "event",
    "на совещани": "event",
    "на родительск": "event",
    "на занятиях": "event",
    "родительск": "event",
    "педсовет": "event",
    "педагогический совет": "event",
    "по": "unscheduled",
    "согласно": "unscheduled",
    "согл": "unscheduled",
    "соглас": "unscheduled",
    "план": "unscheduled",
    "поплану": "unscheduled",
    "пографику": "unscheduled",
    "помере": "event",
    "помере необходим": "unscheduled",
    "граф": "unscheduled",
    "планируется": "unscheduled",
    "индивидуально": "unscheduled",
    "дополнительно": "unscheduled",
    "в соотв": "unscheduled",
    "на основании": "unscheduled",
    "при необходимости": "unscheduled",
    "в установленн": "unscheduled",
    "в указанн": "unscheduled",
    "в определен": "unscheduled",
    "определенн": "unscheduled",
    "в предусмотр": "unscheduled",
    "предусмотренн": "unscheduled",
    "утвержденн": "unscheduled",
    "назначенн": "unscheduled",
    "согласованн": "unscheduled",
    "в назначенн": "unscheduled",
    "в надлежащ": "unscheduled",
    "своевременно": "unscheduled",
    "в рабочем порядке": "unscheduled",
    "рабочем порядке": "unscheduled",
    "в сроки": "unscheduled",
    "сроки устанавлива": "unscheduled",
    "дата уточня": "unscheduled",
    "срок уточня": "unscheduled",
    "сроки уточня": "unscheduled",
    "уточня": "unscheduled",
    "будет уточн": "unscheduled",
    "даты уточня": "unscheduled",
    "дата по": "unscheduled",
    "не определен": "unscheduled",
    "не установлен": "unscheduled",
    "установлен": "unscheduled",
    "отдельн": "unscheduled",
    "график": "unscheduled",
    "весь период": "ongoing",
    "весь срок": "ongoing",
    "на срок действ": "ongoing",
    "на период действ": "ongoing",
    "на период реализ": "ongoing",
    "на срок реализ": "ongoing",
    "в период действ": "ongoing",
    "в период реализ": "ongoing",
    "круглый год": "always",
    "все время": "ongoing",
    "в теч период": "ongoing",
    "в течение период": "ongoing",
    "в течение всего": "ongoing",
    "в течение срока": "ongoing",
    "в течение действи": "ongoing",
    "на протяжении всего": "ongoing",
    "на постоянной основе": "always",
    "на регулярной основе": "always",
}


def read_days_term(tokens: Sequence[Token], i: int) -> Read:
    """«в трехдневный срок», «в 10-дневный срок»."""
    end = end_of_segment(tokens, i)
    return [Atom("E", words_at(tokens, i, end), kind="event")], end


_LONGEST_DATELESS = max(len(phrase.split()) for phrase in DATELESS)


def read_dateless(tokens: Sequence[Token], i: int) -> Read:
    """A phrase of the table `DATELESS`, with everything up to the next comma."""
    words = [t.text for t in tokens[i : i + 4] if t.kind != "."]
    kind = next((k for n in range(min(_LONGEST_DATELESS, len(words)), 0, -1) if (k := _dateless_kind(words[:n]))), None)
    if kind is None:
        return None
    end = end_of_segment(tokens, i + 1)
    said = words_at(tokens, i, end)
    code = {"event": "E", "unscheduled": "U", "ongoing": "O", "always": "O"}[kind]
    return [Atom(code, said, kind="year" if kind == "always" else kind, note=_swallowed(tokens, i, end))], end


def _swallowed(tokens: Sequence[Token], i: int, end: int) -> str:
    """A note when the words hold a day or a month that is not counted; the date of a paper («от …») needs none."""
    for k in range(i + 1, end):
        if tokens[k - 1].kind == "of" or tokens[k - 1].text == "№":
            continue
        read = read_numeric(tokens, k) if tokens[k].kind == "num" and tokens[k - 1].kind not in (".", "num") else None
        if tokens[k].kind in ("month", "week", "weekday") or (read is not None and read[0][0].code == "P"):
            return f"«{words_at(tokens, i, end)}»: названный в словах день не учтён"
    return ""


def _dateless_kind(words: list[str]) -> str | None:
    head, last = " ".join(words[:-1]), words[-1]
    for stem, kind in _STEMS_BEHIND.get(head, ()):
        if last == stem if len(stem) <= 4 else last.startswith(stem):
            return kind
    return None


# The table by the words before the last one: [(the stem of the last one, the kind)].
_STEMS_BEHIND: dict[str, list[tuple[str, str]]] = {}


for _phrase, _value in DATELESS.items():
    _head, _, _stem = _phrase.rpartition(" ")
    _STEMS_BEHIND.setdefault(_head, []).append((_stem, _value))
