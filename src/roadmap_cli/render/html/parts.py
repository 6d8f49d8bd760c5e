"""The first parts of the page: today's picture, the plans at a glance, what is urgent, who carries how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render.html.rows import due, head, heading, owners, pill
from roadmap_cli.render.html.svg import proportions
from roadmap_cli.render.html.tags import Markup, join, tag
from roadmap_cli.report import NOBODY
from roadmap_cli.report.status import SYMBOLS
from roadmap_cli.status import STATE_NAMES
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.render.html.rows import People
    from roadmap_cli.report.page.values import Alarm, Page, Sheet, Urgent
    from roadmap_cli.status import Load

_OPEN = 40  # rows of a group that is open from the beginning
_MOODS = {"overdue": "overdue", "today": "due-soon", "due-soon": "due-soon", "beginning": "upcoming"}
_SIGNS = {"overdue": "!", "today": "•", "due-soon": "•", "beginning": "·"}


def today(page: Page) -> Markup:
    """Today in sentences and figures, what was not read, and the plans at a glance."""
    first, *rest = page.picture
    states = (
        tag("li", pill(name, SYMBOLS[name], STATE_NAMES[name]), tag("b", str(n)), class_="figure")
        for name, n in page.counts.items()
    )
    return tag(
        "section",
        tag("h2", "Сегодня"),
        tag("p", first, class_="lead"),
        proportions(page.counts) if page.counts else None,
        tag("ul", *states, class_="figures", aria_label="Результаты по состояниям") if page.counts else None,
        *(tag("p", words) for words in rest),
        _unread(page) if page.unread else None,
        _overview(page) if len(page.sheets) > 1 else None,
        id="today",
    )


def _unread(page: Page) -> Markup:
    """The files that are no plans: nobody may think that they hold nothing."""
    words = tag("p", "Этих файлов в отчёте нет: их не удалось прочитать.")
    return tag("div", words, tag("ul", *(tag("li", one) for one in page.unread)), class_="warning")


def _overview(page: Page) -> Markup:
    """The plans at a glance, those with most overdue first."""
    columns = ("План", "Результатов", "Исполнено", "Просрочено", "Скоро", "В срок", "Учтено", "Нет в плане", "Позже")
    order = sorted(page.sheets, key=lambda one: -(one.load.overdue if one.load else 0))
    table = tag(
        "table",
        tag("caption", "Планы: сначала те, где больше просрочено"),
        head(*columns, names=1),
        tag("tbody", *map(_glance, order)),
        class_="figures-table",
    )
    explained = (
        "«В срок» — исполнительская дисциплина: сколько исполнено в срок из того, что уже пора было исполнить. "
        "«Учтено» — какая доля обязательных мероприятий вышестоящего плана есть в этом плане."
    )
    return join(
        (
            tag("div", table, class_="scroll glance", tabindex="0", role="region", aria_label="Планы"),
            tag("p", explained, class_="small"),
        )
    )


def _glance(one: Sheet) -> Markup:
    load = one.load
    counted = (load.total, load.done + load.done_late, load.overdue, load.due_soon) if load else (0, 0, 0, 0)
    shares = [c.coverage for c in one.carried if c.coverage is not None]
    covered = percent(min(shares) if shares else None)
    gaps = (sum(c.missing for c in one.carried), sum(c.late for c in one.carried)) if one.carried else ("—", "—")
    cells = (*counted, percent(load.discipline if load else None), covered, *gaps)
    return tag(
        "tr",
        tag("th", tag("a", one.name, href=f"#{one.anchor}"), scope="row"),
        *(tag("td", str(cell), class_="bad" if i == 2 and cell else None) for i, cell in enumerate(cells)),
        data_school=one.anchor,
        class_="of-school",
    )


def percent(value: int | None) -> str:
    """«83 %», or a dash where nothing is counted."""
    return "—" if value is None else f"{value} %"


# What is urgent


def alarms(page: Page, people: People) -> Markup:
    """The groups of results to be warned of, each in a table."""
    if not page.alarms:
        return join(())
    several = len(page.sheets) > 1
    return tag(
        "section",
        tag("h2", "Просрочено и скоро"),
        *(_alarm(one, people, several) for one in page.alarms),
        id="urgent",
    )


def _alarm(alarm: Alarm, people: People, several: bool) -> Markup:
    mood = _MOODS[alarm.group]
    number = plural(len(alarm.rows), "результат", "результата", "результатов")
    title = heading(3, pill(mood, _SIGNS[alarm.group], alarm.title), f" {number}", tag("span", class_="shown"))
    columns = ("День", "Осталось", "Мероприятие и результат", "Срок в документе", "Ответственные")
    table = tag(
        "table",
        tag("caption", alarm.title, class_="vh"),
        head(*columns),
        tag("tbody", *(_urgent(one, people, several) for one in alarm.rows)),
        class_="cards urgent",
    )
    return tag("details", tag("summary", title), table, open=len(alarm.rows) <= _OPEN, class_="alarm")


def _urgent(one: Urgent, people: People, several: bool) -> Markup:
    line = one.line
    what = join(
        (
            tag("a", one.number, href=f"#{line.anchor}"),
            f" {one.title}",
            tag("span", line.result, class_="result") if line.result else None,
            tag("span", one.name, class_="fact") if several else None,
        )
    )
    return tag(
        "tr",
        tag("td", one.day, class_="date"),
        tag("td", one.left, class_=f"left {_MOODS[one.group]}"),
        tag("td", what),
        tag("td", due(line)),
        tag("td", owners(line)),
        data_school=one.plan,
        data_state=line.state,
        data_who=people.numbers(line.people),
    )


# Who carries how much


def loads(page: Page, people: People) -> Markup:
    """The load and the discipline of everybody, plan by plan: namesakes of two schools are two people."""
    found = [(one, load) for one in page.sheets for load in one.loads]
    if not found:
        return join(())
    several = len(page.sheets) > 1
    columns = ("Ответственный", *(("План",) if several else ()), "Всего", "Исполнено", "С опозданием", "Просрочено",
               "Скоро", "В срок")  # fmt: skip
    ordered = sorted(found, key=lambda pair: (-pair[1].overdue, -pair[1].due_soon)) if several else found
    table = tag(
        "table",
        tag("caption", "Ответственные: сначала те, у кого больше просрочено"),
        head(*columns, names=2 if several else 1),
        tag("tbody", *(_load(one, load, people, several) for one, load in ordered)),
        class_="figures-table",
    )
    box = tag("div", table, class_="scroll glance", tabindex="0", role="region", aria_label="Нагрузка")
    number = plural(len(found), "строка", "строки", "строк")
    shown = box if len(found) <= _OPEN else tag("details", tag("summary", f"Все ответственные: {number}"), box)
    words = "«В срок» — исполнительская дисциплина: сколько исполнено в срок из того, что уже пора было исполнить."
    return tag("section", tag("h2", "Нагрузка и дисциплина"), tag("p", words, class_="small"), shown, id="load")


def _load(one: Sheet, load: Load, people: People, several: bool) -> Markup:
    nobody = load.owner == "—"
    figures: Sequence[int] = (load.total, load.done, load.done_late, load.overdue, load.due_soon)
    return tag(
        "tr",
        tag("th", NOBODY if nobody else load.owner, scope="row"),
        tag("td", one.name, class_="name") if several else None,
        *(tag("td", str(n), class_="bad" if i == 3 and n else None) for i, n in enumerate(figures)),
        tag("td", percent(load.discipline)),
        data_school=one.anchor,
        data_load=people.numbers(() if nobody else (load.owner,)),
    )
