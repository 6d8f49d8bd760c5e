"""Elements of HTML and SVG: every text and every attribute is escaped here, and nowhere else."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = frozenset(("meta", "link", "br", "hr", "input"))
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


class Markup(str):
    """Text that is HTML already; only `tag`, `join` and `verbatim` make it."""

    __slots__ = ()


Child: TypeAlias = "Markup | str | None"
Value: TypeAlias = "str | int | float | bool | None"


def tag(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """An element: strings among the children are escaped, None and «» are left out.

    `class_` and `for_` are the attributes of that name, `data_who` is «data-who»; True stands without a value, None and
    False are left out.
    """
    head = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    if name in _VOID:
        return Markup(head)
    return Markup(f"{head}{''.join(map(_inside, children))}</{name}>")


def join(parts: Iterable[Child], between: str = "") -> Markup:
    """Children one after another with the words between them."""
    return Markup(_inside(between).join(map(_inside, parts)))


def verbatim(text: str) -> Markup:
    """The style and the script of the program itself; never a text of a plan."""
    return Markup(text)


def _inside(child: Child) -> str:
    if isinstance(child, Markup):
        return child
    return escape(_safe(child), quote=False) if child else ""


def _attribute(key: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-") if key != "viewBox" else key
    return f" {name}" if value is True else f' {name}="{escape(_safe(str(value)))}"'


def _safe(text: str) -> str:
    return _NO_CHARACTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))
