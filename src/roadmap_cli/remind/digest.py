"""A letter in Russian words: what stands in it, the same for every form; its subject, plain text and simple HTML."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from roadmap_cli.calendar import WEEKDAYS
from roadmap_cli.dates.words import doubts, unclear_notes
from roadmap_cli.record import NamedTuple
from roadmap_cli.remind import GROUPS
from roadmap_cli.remind.events import due_words
from roadmap_cli.report import day_words, owner_words
from roadmap_cli.text import clean, cut, days, fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from roadmap_cli.model import Due
    from roadmap_cli.remind import Letter, Notice

_WIDTH = 78
_LONGEST = 400  # characters of a title or a result
_SUBJECT = {
    "overdue": "просрочено",
    "today": "сегодня",
    "soon": "скоро",
    "begins": "начинается",
    "passed": "прошло",
    "moved": "срок изменён",
    "suspect": "изменилось выше",
    "unreadable": "срок не прочитан",
}


class Entry(NamedTuple):
    """One row of a digest: its title, and the facts of it, each a label and a text."""

    title: str
    facts: tuple[tuple[str, str], ...]


class Section(NamedTuple):
    """A group of rows under a heading."""

    heading: str
    entries: tuple[Entry, ...]


def subject(letters: Sequence[Letter], today: date) -> str:
    """«Сроки на 12.10.2022: просрочено 2, сегодня 1»."""
    groups = [notice.group for letter in letters for notice in letter.notices]
    said = [f"{_SUBJECT[group]} {groups.count(group)}" for group in GROUPS if group in groups]
    return f"Сроки на {today:%d.%m.%Y}: {', '.join(said)}"


def sections(letter: Letter) -> tuple[Section, ...]:
    """What stands in a letter, group by group."""
    groups = {group: [n for n in letter.notices if n.group == group] for group in GROUPS}
    return tuple(
        Section(f"{GROUPS[group]}: {len(found)}", tuple(map(_entry, found))) for group, found in groups.items() if found
    )


def text(letters: Iterable[Letter], today: date, *, names: bool = True) -> str:
    """The plain text of one digest for one or several recipients, with `names` each under the name."""
    lines = [f"Напоминание о сроках на {today:%d.%m.%Y}, {WEEKDAYS[today.weekday()]}"]
    for letter in letters:
        lines += ["", f"== {visible(letter.recipient.name)} =="] if names and letter.recipient.name else []
        for section in sections(letter):
            lines += ["", section.heading]
            for entry in section.entries:
                lines += ["", *_wrapped(entry.title, "   ")]
                for label, value in entry.facts:
                    line = f"   {label}: {value}"
                    lines += [line] if label in (_DONE, _CONFIRM) else _wrapped(line, "      ")
    return "\n".join(lines) + "\n"


def _wrapped(line: str, indent: str) -> list[str]:
    """A line in lines that fit a screen and a letter."""
    from textwrap import TextWrapper

    start = line[: len(line) - len(line.lstrip())]
    wrapper = TextWrapper(_WIDTH, start, indent, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(line.strip())


def page(letter: Letter, today: date) -> str:
    """The same as simple HTML, without pictures, styles of its own or links."""
    from html import escape

    parts = [f"<p>Напоминание о сроках на {today:%d.%m.%Y}, {WEEKDAYS[today.weekday()]}</p>"]
    for section in sections(letter):
        parts.append(f"<h3>{escape(section.heading)}</h3>\n<ul>")
        for entry in section.entries:
            facts = "".join(f"<br>\n{escape(label)}: {_value(label, value)}" for label, value in entry.facts)
            parts.append(f"<li><b>{escape(entry.title)}</b>{facts}</li>")
        parts.append("</ul>")
    body = "\n".join(parts)
    return f'<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'


_DONE = "Если исполнено"
_CONFIRM = "Проверьте и подтвердите"


def _value(label: str, value: str) -> str:
    from html import escape

    return f"<code>{escape(value)}</code>" if label in (_DONE, _CONFIRM) else escape(value)


def _entry(notice: Notice) -> Entry:
    item = notice.item
    activity, deliverable = item.activity, item.deliverable
    number = f"№ {_shown(activity.no or activity.id)}. " if activity.no or activity.id else ""
    facts = [("План", _shown(item.plan.organization or item.plan.title or item.plan.path))]
    if deliverable is None:
        facts.append(("Что случилось", "строка вышестоящего плана, на которую ссылается эта, стала другой"))
        if item.target:
            facts.append((_CONFIRM, f"roadmap link {shlex.quote(shlex.split(item.target)[0])} --confirm all"))
        return Entry(f"{number}{_shown(activity.title)}", tuple(facts))
    if deliverable.text:
        facts.append(("Результат", _shown(deliverable.text)))
    facts.append(("Срок", _deadline(notice, deliverable.due)))
    if notice.was:
        facts.append(("Был срок", _shown(notice.was) + _reason(notice)))
    due = deliverable.due
    if due and (doubt := doubt_words(due)):
        how = "понят не точно" if due.unclear or unclear_notes(due) else "прочитан с исправлением"
        facts.append(("Внимание", f"срок {how} ({doubt}): сверьте с документом"))
    facts.append(("Ответственные", _shown(owner_words(deliverable.owners))))
    if notice.group == "unreadable":
        facts.append(("Исправьте", f"{_written(notice)}: до тех пор об этой строке не напомнить"))
    elif item.target:
        facts.append((_DONE, f"roadmap done {item.target}"))
    else:
        facts.append(("Когда исполнено", f"впишите «done» с днём: {_written(notice)}"))
    return Entry(f"{number}{_shown(activity.title)}", tuple(facts))


def _written(notice: Notice) -> str:
    """Where the row stands in its file."""
    line = (notice.item.deliverable or notice.item.activity).span.line
    return f"{visible(notice.item.plan.path)}, строка {line}"


def _shown(words: str) -> str:
    return cut(visible(clean(words)), _LONGEST)


def _reason(notice: Notice) -> str:
    """Why the deadline was moved from what it was, when the plan says so; a move taken back has left no reason."""
    from roadmap_cli.dates import parse_due

    activity, deliverable = notice.item.activity, notice.item.deliverable
    if deliverable is None or deliverable.due is None:
        return ""
    year = notice.item.plan.school_year or None
    for moved in (deliverable.moved, activity.moved):
        since = any(due_words(parse_due(move.before, year)) == notice.was for move in moved)
        if since and moved[-1].reason and fold(moved[-1].after) == fold(deliverable.due.text):
            return f" ({_shown(moved[-1].reason)})"
    return ""


def _deadline(notice: Notice, due: Due | None) -> str:
    """The plan's words, the day that they were understood as, and how far it is."""
    if due is None:
        return "не указан"
    said = f"«{_shown(due.text)}»"
    if notice.day is None or notice.left is None:
        return said
    shown = day_words(notice.day) if notice.group == "begins" else day_words(notice.day, notice.item.rule)
    return f"{said} — {shown}: {left_words(notice)}"


def left_words(notice: Notice) -> str:
    """«просрочено на 2 дня», «сегодня», «завтра», «через 3 дня», «начинается сегодня», «прошло 2 дня назад»."""
    left = notice.left or 0
    if notice.group == "begins":
        return "начинается сегодня" if left == 0 else f"началось {_ago(-left)}"
    if notice.group == "overdue" or (notice.group == "moved" and left < 0):
        return f"просрочено на {days(-left)}"
    if left < 0:
        return f"прошло {_ago(-left)}"
    return "сегодня" if left == 0 else "завтра" if left == 1 else f"через {days(left)}"


def _ago(number: int) -> str:
    return "вчера" if number == 1 else f"{days(number)} назад"


def doubt_words(due: Due | None) -> str:
    """What is uncertain in the reading of a deadline or was mended for it, or «»."""
    if due is None or due.kind == "unreadable":
        return ""
    said = [_shown(one) for one in doubts(due)]
    return "; ".join(said) or ("его можно прочесть по-разному" if due.unclear else "")
