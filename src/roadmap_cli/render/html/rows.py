"""What tables of the page share: a state, a deadline, a result, and the numbers that stand for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.render.html.tags import Markup, join, tag
from roadmap_cli.report import NOBODY
from roadmap_cli.report.gaps.words import natural
from roadmap_cli.report.status import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap_cli.report.page.values import Line, Page


class People:
    """The people of a page by name, each with the number under which rows name them."""

    def __init__(self, page: Page) -> None:
        lines = (line for sheet in page.sheets for block in sheet.blocks for line in block.lines)
        self.names = sorted({name for line in lines for name in line.people or (NOBODY,)}, key=natural)
        self._numbers = {name: str(i) for i, name in enumerate(self.names, 1)}

    def numbers(self, names: Iterable[str]) -> str:
        """«3 17»: the numbers of people, by which the script finds their rows."""
        return " ".join(self._numbers[name] for name in names or (NOBODY,))


def state(line: Line) -> Markup:
    """The state with its symbol, which tells it without colour."""
    return pill(line.state, SYMBOLS[line.state], line.left)


def pill(mood: str, symbol: str, words: str) -> Markup:
    """A symbol and words on the colour of a mood."""
    return tag("span", tag("b", symbol, aria_hidden="true"), f" {words}", class_=f"pill {mood}")


def due(line: Line) -> Markup:
    """The deadline in the document's words, how it was read, and what is doubtful."""
    return join(
        (
            line.said or tag("span", "срок не указан", class_="none"),
            tag("span", line.read, class_="read") if line.read else None,
            _doubts(line.due_doubts),
        )
    )


def owners(line: Line) -> Markup:
    """Those responsible in the document's words, and what is doubtful about them."""
    return join((line.owners, _doubts(line.owner_doubts)))


def _doubts(found: Iterable[str]) -> Markup:
    """What was mended or is unclear in a reading."""
    return join(tag("span", tag("b", "⚠ ", aria_hidden="true"), one, class_="doubt") for one in found)


def facts(found: Iterable[str]) -> Markup:
    """Remarks under a text."""
    return join(tag("span", one, class_="fact") for one in found)


def heading(level: int, *words: str | Markup, **attributes: str) -> Markup:
    """A heading of a level."""
    return tag(f"h{level}", *words, **attributes)


def head(*columns: str, names: int = 0) -> Markup:
    """The heading row of a table; the first `names` columns hold words where the others hold figures."""
    cells = (tag("th", words, scope="col", class_="name" if i < names else None) for i, words in enumerate(columns))
    return tag("thead", tag("tr", *cells))
