"""A plan in the page: its activities, how it carries out its parents, and what is to be looked at in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render.html.parts import percent
from roadmap_cli.render.html.rows import due, facts, head, heading, owners, pill, state
from roadmap_cli.render.html.tags import Markup, join, tag
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from roadmap_cli.render.html.rows import People
    from roadmap_cli.report.page.values import Block, Carrying, Doubt, Gap, Line, Sheet

_SEVERITIES = {"error": "ошибка", "warning": "предупреждение"}


def sheet(one: Sheet, people: People, several: bool, unfolded: bool) -> Markup:
    """The section of a plan, to be folded where there are several."""
    level = 4 if several else 3
    parts = (
        tag("p", " · ".join((one.title, *one.facts) if several else one.facts), class_="small"),
        _activities(one, people, level),
        *(_carrying(found, level) for found in one.carried),
        _doubts(one, level),
    )
    if not several:
        return tag("div", *parts, id=one.anchor, class_="sheet", data_school=one.anchor)
    summary = tag("summary", heading(3, one.name), tag("span", _in_short(one), class_="short"))
    return tag("details", summary, *parts, id=one.anchor, class_="sheet", data_school=one.anchor, open=unfolded)


def _in_short(one: Sheet) -> str:
    """«28 результатов · исполнено 3 · просрочено 7 · учтено 88 %»."""
    load = one.load
    if load is None:
        return "нет ни одного результата"
    shares = [found.coverage for found in one.carried if found.coverage is not None]
    said = (
        plural(load.total, "результат", "результата", "результатов"),
        f"исполнено {load.done + load.done_late}",
        f"просрочено {load.overdue}",
        f"учтено {percent(min(shares))}" if shares else "",
    )
    return " · ".join(filter(None, said))


def _activities(one: Sheet, people: People, level: int) -> Markup:
    if not one.blocks:
        return tag("p", "В плане нет ни одного мероприятия.")
    table = tag(
        "table",
        tag("caption", f"Мероприятия: {one.name}", class_="vh"),
        head("Результат", "Срок", "Состояние", "Ответственные"),
        *(_block(block, people) for block in one.blocks),
        class_="cards rows",
    )
    return join((heading(level, "Мероприятия"), table))


def _block(block: Block, people: People) -> Markup:
    title = tag(
        "tr",
        tag(
            "th",
            tag("a", block.number, href=f"#{block.anchor}"),
            f" {block.title}",
            facts(block.facts),
            colspan=4,
            scope="rowgroup",
        ),
    )
    several = len(block.lines) > 1
    lines = (_line(line, people, i if several else 0) for i, line in enumerate(block.lines, 1))
    return tag("tbody", title, *lines, id=block.anchor, class_="act")


def _line(line: Line, people: People, place: int) -> Markup:
    return tag(
        "tr",
        tag(
            "td",
            join((tag("a", f"{place})", href=f"#{line.anchor}"), " ")) if place else None,
            line.result or tag("span", "результат не указан", class_="none"),
            facts(line.facts),
        ),
        tag("td", due(line)),
        tag("td", state(line)),
        tag("td", owners(line)),
        id=line.anchor,
        data_state=line.state,
        data_who=people.numbers(line.people),
    )


def _carrying(found: Carrying, level: int) -> Markup:
    share = "обязательных мероприятий нет" if found.coverage is None else f"учтено {found.coverage} %"
    table = tag(
        "table",
        tag("caption", f"Вышестоящий план: {found.parent}", class_="vh"),
        head("№", "Мероприятие вышестоящего плана", "Состояние", "В этом плане", "Пояснение"),
        tag("tbody", *map(_gap, found.rows)),
        class_="cards gaps",
    )
    own = tag("details", tag("summary", f"Собственные мероприятия: {len(found.own)}"),
              tag("ul", *(tag("li", words) for words in found.own))) if found.own else None  # fmt: skip
    return join(
        (
            heading(level, "Как учтён вышестоящий план", id=found.anchor),
            tag("p", f"«{found.parent}»: {share} ({found.total}).", class_="small"),
            *(tag("p", f"{words[:1].upper()}{words[1:]}.", class_="small") for words in found.remarks),
            table,
            own,
        )
    )


def _gap(gap: Gap) -> Markup:
    title = join((gap.title, tag("span", gap.due, class_="read") if gap.due else None))
    return tag(
        "tr",
        tag("th", tag("a", gap.number, href=f"#{gap.above}") if gap.above else gap.number, scope="row"),
        tag("td", title),
        tag("td", pill(gap.mood, gap.symbol, gap.words)),
        tag("td", *(tag("span", child, class_="result") for child in gap.children)),
        tag("td", gap.reason),
        id=gap.anchor,
    )


def _doubts(one: Sheet, level: int) -> Markup:
    if not one.doubts:
        return join(())
    number = plural(len(one.doubts), "место", "места", "мест")
    table = tag(
        "table",
        tag("caption", f"Что проверить: {one.name}", class_="vh"),
        head("Где", "Что", "Вид"),
        tag("tbody", *map(_doubt, one.doubts)),
        class_="cards",
    )
    words = "Программа прочитала это с поправкой или с сомнением; сверьте с подписанным документом."
    return join(
        (
            heading(level, "Что проверить в самом плане"),
            tag("details", tag("summary", number), tag("p", words, class_="small"), table),
        )
    )


def _doubt(found: Doubt) -> Markup:
    where = tag("a", found.number, href=f"#{found.anchor}") if found.anchor else "план в целом"
    kind = f"{_SEVERITIES[found.severity]} {found.code}"
    return tag("tr", tag("th", where, scope="row"), tag("td", found.message), tag("td", kind))
