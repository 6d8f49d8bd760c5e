"""Pictures of the page: the year with today's line, and the states in proportion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render.html.tags import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap_cli.report.page.values import Bar, Lane, Timeline
    from roadmap_cli.status import State

_LABELS = 300  # the room of the labels, the months begin behind it; units of the picture
_YEAR = 820
_TOP = 26
_LANE = 20


def proportions(counts: Mapping[State, int]) -> Markup:
    """A bar of the states in proportion; the figures beside it say the same in words."""
    total = sum(counts.values())
    at = 0.0
    parts = []
    for state, number in counts.items():
        width = 1000 * number / total
        parts.append(tag("rect", x=_short(at), y=0, width=_short(max(width - 2, 1)), height=12, class_=f"fill {state}"))
        at += width
    return tag(
        "svg", *parts, viewBox="0 0 1000 12", preserveAspectRatio="none", class_="proportions", aria_hidden="true"
    )


def timeline(one: Timeline) -> Markup:
    """The section of the year."""
    height = _TOP + _LANE * len(one.lanes) + 6
    width = _LABELS + _YEAR
    months = join(_month(share, name, height) for share, name in one.months)
    lanes = join(_lane(lane, i) for i, lane in enumerate(one.lanes))
    what = "планов" if one.by_plan else "мероприятий"
    drawing = tag(
        "svg",
        tag("title", f"Сроки {what} {one.words}", id="year-title"),
        tag("desc", "Точка — последний день, ромб — просрочено, полоса — период, вертикальная черта — сегодня. "
            "Те же сроки словами — в таблицах этой страницы.", id="year-desc"),
        months,
        lanes,
        _today(one.today, height) if one.today is not None else None,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby="year-title",
        aria_describedby="year-desc",
        class_="year",
    )  # fmt: skip
    hollow = any(bar.form == "unclear" for lane in one.lanes for bar in lane.bars)
    words = (
        "точка — последний день, ромб — просрочено, полоса — период, линия — постоянная работа, красная черта — сегодня"
    )
    words += ", пустой знак — один из возможных сроков" if hollow else ""
    return tag(
        "section",
        tag("h2", "Год"),
        tag("p", f"Сроки {one.words}: {words}.", class_="small"),
        tag("div", drawing, class_="scroll", tabindex="0", role="region", aria_label="Сроки за год"),
        tag("p", one.left_out, class_="small") if one.left_out else None,
        id="year",
    )


def _x(share: float) -> float:
    return _LABELS + share * _YEAR


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _month(share: float, name: str, height: int) -> Markup:
    x = _short(_x(share))
    return join(
        (
            tag("line", x1=x, x2=x, y1=_TOP - 8, y2=height, class_="grid"),
            tag("text", name, x=_short(_x(share) + 4), y=_TOP - 10, class_="month"),
        )
    )


def _lane(lane: Lane, place: int) -> Markup:
    y = _TOP + place * _LANE + _LANE // 2
    return tag(
        "g",
        tag("text", lane.label, x=0, y=y + 4, class_="label strong" if lane.title else "label"),
        *(_mark(bar, y) for bar in lane.bars),
        data_school=lane.plan,
        class_="lane",
    )


def _mark(bar: Bar, y: int) -> Markup:
    """A day is a diamond when overdue and a dot otherwise, hollow when it may not be meant: told without colour."""
    left, right = _x(bar.start), _x(bar.end)
    words = tag("title", bar.words)
    style = f"fill {bar.mood}" + (" hollow" if bar.form == "unclear" else "")
    if bar.form == "line":
        return tag("rect", words, x=_short(left), y=y - 1, width=_short(right - left), height=2, class_=style)
    if bar.form == "bar" and right - left > 8:
        return tag("rect", words, x=_short(left), y=y - 4, width=_short(right - left), height=8, rx=2, class_=style)
    middle = (left + right) / 2
    if bar.mood == "overdue":
        x = _short(middle)
        return tag("path", words, d=f"M{x} {y - 6}l6 6-6 6-6-6z", class_=style)
    return tag("circle", words, cx=_short(middle), cy=y, r=4, class_=style)


def _today(share: float, height: int) -> Markup:
    x = _short(_x(share))
    return join(
        (
            tag("line", x1=x, x2=x, y1=8, y2=height, class_="today"),
            tag("text", "сегодня", x=_short(_x(share) + 4), y=8, class_="now"),
        )
    )
