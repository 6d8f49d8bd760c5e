"""Schools × activities of a parent plan: a symbol and its words a cell, which leads to the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render.html.parts import percent
from roadmap_cli.render.html.rows import pill
from roadmap_cli.render.html.tags import Markup, tag
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from roadmap_cli.report.page.values import Gap, Heading, Matrix, School


def matrix(one: Matrix) -> Markup:
    """The section of a parent plan."""
    first = (tag("th", "План", scope="col"), tag("th", "%", scope="col"))
    table = tag(
        "table",
        tag("caption", f"Школы и мероприятия: {one.parent}", class_="vh"),
        tag("thead", tag("tr", *first, *map(_column, one.columns))),
        tag("tbody", *map(_school, one.schools)),
        tag("tfoot", tag("tr", tag("th", "Нет в планах", scope="row"), tag("td"),
                         *(tag("td", str(column.missing)) for column in one.columns))),
        class_="matrix",
    )  # fmt: skip
    after = f"{one.anchor}-after"
    return tag(
        "section",
        tag("h2", "Школы × мероприятия"),
        tag("p", f"Как планы учитывают «{one.parent}»: сначала те, где не хватает больше.", class_="small"),
        tag("p", "Нажмите клетку, чтобы увидеть причину; между клетками можно ходить стрелками. ",
            tag("a", "Мимо таблицы", href=f"#{after}"), class_="screen"),
        tag("ul", *(tag("li", pill(mood, symbol, f"{words}: {n}")) for symbol, mood, words, n in one.legend),
            class_="legend", aria_label="Знаки"),
        tag("div", table, class_="scroll tall", tabindex="0", role="region", aria_label="Школы и мероприятия"),
        tag("details", tag("summary", "Мероприятия по номерам"), tag("ul", *map(_named, one.columns)), id=after),
        id=one.anchor,
    )  # fmt: skip


def _column(column: Heading) -> Markup:
    return tag("th", column.number.removeprefix("№ "), scope="col", title=f"{column.number} {column.title}")


def _named(column: Heading) -> Markup:
    absent = f"нет в {plural(column.missing, 'плане', 'планах', 'планах')}" if column.missing else "есть во всех планах"
    return tag("li", tag("b", column.number), f" {column.title} ({column.due}) — {absent}")


def _school(school: School) -> Markup:
    return tag(
        "tr",
        tag("th", tag("a", school.short, href=f"#{school.anchor}", title=school.name), scope="row"),
        tag("td", percent(school.coverage)),
        *map(_cell, school.cells),
        data_school=school.anchor,
        class_="of-school",
    )


def _cell(gap: Gap) -> Markup:
    inside = tag(
        "a",
        tag("span", gap.symbol, aria_hidden="true"),
        tag("span", gap.words, class_="vh"),
        href=f"#{gap.anchor}",
    )
    return tag("td", inside, class_=f"cell {gap.mood}")
