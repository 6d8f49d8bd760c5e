"""Today's picture in sentences: how much is done, what is late, how far the parent plan is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.report.page.rows import soon_words
from roadmap_cli.status import STATE_NAMES
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from roadmap_cli.report.page.rows import Read
    from roadmap_cli.report.page.values import Sheet
    from roadmap_cli.status import Load, State

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_MANY_DUE = 3  # plans with most overdue that are named


def day_words(day: date) -> str:
    """«20 октября 2022 года»."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} года"


def picture(
    read: Sequence[Read],
    counts: Mapping[State, int],
    load: Load | None,
    sheets: Sequence[Sheet],
    unread: Sequence[str],
) -> tuple[str, ...]:
    """The sentences, most important first; those without anything to say are left out."""
    said = (
        _done(read, counts, load) if load else "В планах нет ни одного результата.",
        _marks(load) if load else "",
        _worst(sheets) if len(sheets) > 1 else "",
        _carried(sheets),
        _doubtful(sheets),
        _missing(len(unread)) if unread else "",
    )
    return tuple(filter(None, said))


def _done(read: Sequence[Read], counts: Mapping[State, int], load: Load) -> str:
    late = f" (из них с опозданием {load.done_late})" if load.done_late else ""
    several = f" в {plural(len(read), 'плане', 'планах', 'планах')}" if len(read) > 1 else ""
    rest = [
        f"{STATE_NAMES[state]} — {n}"
        for state, n in counts.items()
        if state not in ("done", "done-late", "overdue", "due-soon")
    ]
    total = plural(load.total, "результата", "результатов", "результатов")
    main = f"Из {total}{several} исполнено {load.done + load.done_late}{late}, просрочено {load.overdue}"
    soon = f"у {load.due_soon} срок наступает {soon_words(read)}" if load.due_soon else ""
    return "; ".join(filter(None, (", ".join(filter(None, (main, soon))), ", ".join(rest)))) + "."


def _missing(number: int) -> str:
    files = plural(number, "файл", "файла", "файлов")
    return f"Не прочитано: {files} — сроки из {'него' if number == 1 else 'них'} в отчёт не вошли."


def _marks(load: Load) -> str:
    if load.discipline is not None and (load.done or load.done_late):
        return (
            f"Исполнительская дисциплина — {load.discipline} %: столько исполнено в срок из того, "
            "что уже пора было исполнить."
        )
    if load.overdue and not load.done and not load.done_late:
        return "Отметок об исполнении в планах нет: просроченным считается всё, чей срок прошёл."
    return ""


def _worst(sheets: Sequence[Sheet]) -> str:
    late = [(sheet.load.overdue, sheet.name) for sheet in sheets if sheet.load and sheet.load.overdue]
    if not late:
        return "Просроченного нет ни в одном плане."
    order = sorted(late, key=lambda one: -one[0])
    worst, others = order[:_MANY_DUE], order[_MANY_DUE:]
    named = "; ".join(f"{name} — {n}" for n, name in worst)
    alike = sum(n == worst[-1][0] for n, _ in others)
    named += f"; столько же ещё в {plural(alike, 'плане', 'планах', 'планах')}" if alike else ""
    without = len(sheets) - len(late)
    clean = f" Без просроченного — {plural(without, 'план', 'плана', 'планов')} из {len(sheets)}." if without else ""
    return f"Больше всего просрочено: {named}.{clean}"


def _carried(sheets: Sequence[Sheet]) -> str:
    found = [one for sheet in sheets for one in sheet.carried if one.coverage is not None]
    if not found:
        return ""
    shares = [one.coverage for one in found if one.coverage is not None]
    mean = 100 if min(shares) == 100 else min(round(sum(shares) / len(shares)), 99)
    lacking, late = sum(one.missing for one in found), sum(one.late for one in found)
    average = "в среднем " if len(found) > 1 else ""
    rows = plural(lacking, "мероприятия", "мероприятий", "мероприятий")
    gaps = f"не хватает {rows}, сроки позже — у {late}" if lacking or late else "всё есть и ничего не позже"
    return f"Вышестоящий план учтён {average}на {mean} %: {gaps}."


def _doubtful(sheets: Sequence[Sheet]) -> str:
    number = sum(len(sheet.doubts) for sheet in sheets)
    if not number:
        return ""
    places = plural(number, "место", "места", "мест")
    return (
        f"В самих планах {places} стоит проверить: сроки, имена и номера, которые прочитаны с поправкой или сомнением."
    )
