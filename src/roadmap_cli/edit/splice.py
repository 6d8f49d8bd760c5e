"""One edit of a plan's text as the few pieces that change: nothing else of the file is touched, nothing is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmap_cli.edit.respell import respelled
from roadmap_cli.edit.scalar import written
from roadmap_cli.edit.tree import entry, inherited, is_empty, move, name_of, plain, preceding
from roadmap_cli.edit.values import Obstacle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from roadmap_cli.edit.page import Page, Patch
    from roadmap_cli.edit.tree import Target
    from roadmap_cli.edit.values import Value
    from roadmap_cli.source import Node


def patches(page: Page, place: Target, value: Value | None) -> list[Patch]:
    """What to replace in the text for one edit; Obstacle where it cannot be done."""
    return _Splicer(page, place).patches(value)


class _Splicer:
    """One edit: the text, the place, and how keys and values are written there."""

    def __init__(self, page: Page, place: Target) -> None:
        self.page = page
        self.place = place
        self.node = place.node
        parent = place.node if place.node.id == "mapping" else place.above[-1]
        self.flow = _in_brackets(parent)
        holder = place.node if place.node.id == "mapping" else place.above[-2]
        keys = [_quote(key) for key, _ in holder.value]
        self.as_json = bool(keys) and all(quote == '"' for quote in keys)

    def patches(self, value: Value | None) -> list[Patch]:
        if self.node.id == "scalar":
            return self.of_bare_text(value)
        for key, _ in self.node.value:
            self.page.look_at(key)
        found = entry(self.node, self.place.level, self.place.key)
        if value is None:
            return self.removed(found)
        if found is None:
            return self.added(value)
        if isinstance(value, str):
            return self.text_instead(*found, value)
        return self.list_instead(*found, value)

    # How things are written here.

    def scalar(self, text: str, quote: str = "", *, flow: bool = False, quoted: bool = False) -> str:
        """A text; with a `quote` in these quotes, else plain or in the quotes of the file."""
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise Obstacle(self.node.start_mark.line + 1, "в новом значении есть знак, который нельзя записать")
        if self.as_json:
            return written(text, '"', quoted=True)
        return written(text, quote or self.page.quote, flow=flow or self.flow, quoted=quoted or bool(quote))

    def key(self, key: str, level: str | None = None) -> str:
        name = name_of(self.place, key, level)
        return f'"{name}"' if self.as_json else name

    def pair(self, value: Value, column: int) -> str:
        """«key: value» for a mapping whose keys stand at `column`."""
        return f"{self.key(self.place.key)}:{self.behind_colon(value, column)}"

    def behind_colon(self, value: Value, column: int) -> str:
        if _are_mappings(value) and not self.flow:
            depth = column + (2 if self.page.offset is None else self.page.offset)
            return "".join(f"{self.page.newline}{' ' * depth}- {self.item(item, depth + 2)}" for item in value)
        return " " + self.inline(value)

    def inline(self, value: Value) -> str:
        """A value on one line: a text, or a list in brackets."""
        return self.scalar(value) if isinstance(value, str) else f"[{', '.join(map(self.item, value))}]"

    def item(self, value: str | Mapping[str, str], column: int | None = None, quote: str | None = "") -> str:
        """An item of a list, in brackets or at a column; `quote` None means that its neighbours have no quotes."""
        if isinstance(value, str):
            return self.scalar(value, quote or "", flow=column is None, quoted=quote is not None)
        pairs = [
            f"{self.key(key, 'move')}: {self.scalar(said, flow=column is None)}" for key, said in move(value).items()
        ]
        return "{" + ", ".join(pairs) + "}" if column is None else f"{self.page.newline}{' ' * column}".join(pairs)

    # A key comes or goes.

    def added(self, value: Value) -> list[Patch]:
        pairs = self.node.value
        if not pairs:
            at = self.node.start_mark.index + 1
            return [(at, at, self.pair(value, 0))]
        after, column = preceding(self.place), pairs[0][0].start_mark.column
        pair = self.pair(value, column)
        if after is None:
            at = pairs[0][0].start_mark.index
            return [(at, at, f"{pair}, " if self.flow else f"{pair}{self.page.newline}{' ' * column}")]
        at = self.page.pair_end(*pairs[after])
        if self.flow:
            return [(at, at, f", {pair}")]
        return [self.page.line_after(pairs[after][1], at, " " * column + pair)]

    def removed(self, found: tuple[Node, Node] | None) -> list[Patch]:
        if found is None:
            above = inherited(self.place)
            if above is not None:
                line = above.start_mark.line + 1
                raise Obstacle(line, f"ключ «{above.value}» стоит у мероприятия и общий для всех его результатов")
            return []
        pairs, key = self.node.value, found[0]
        if len(pairs) == 1:
            raise Obstacle(key.start_mark.line + 1, f"«{key.value}» — единственный ключ этой записи")
        if not self.flow:
            return [self.page.lines(key.start_mark.index, self.page.pair_end(*found))]
        at = next(number for number, pair in enumerate(pairs) if pair[0] is key)
        if at:
            start, end = self.page.pair_end(*pairs[at - 1]), self.page.pair_end(*found)
        else:
            start, end = key.start_mark.index, pairs[1][0].start_mark.index
        self.page.keep_comments(start, end, *found)
        return [(start, end, "")]

    def of_bare_text(self, value: Value | None) -> list[Patch]:
        """A deliverable that is only a text gets keys; its own text stays on its lines."""
        node = self.node
        if self.place.key == "text":
            if not isinstance(value, str):
                raise Obstacle(node.start_mark.line + 1, "у результата не останется текста")
            return self.text_instead(node, node, value)
        if value is None:
            return self.removed(None)
        if is_empty(node):
            raise Obstacle(node.start_mark.line + 1, "у результата нет текста")
        start, end, column = node.start_mark.index, self.page.node_end(node), node.start_mark.column
        name, pair = self.key("text"), self.pair(value, column)
        if self.flow:
            return [(start, start, f"{{{name}: "), (end, end, f", {pair}}}")]
        shift = column - self.place.above[-1].start_mark.column
        line = self.page.line_after(node, end, " " * column + pair)
        return [(start, start, f"{name}: "), *self.page.shifted(node, shift), line]

    # A value instead of another.

    def text_instead(self, key: Node, value: Node, new: str) -> list[Patch]:
        is_text = value.id == "scalar" and not is_empty(value)
        if is_text and value.value.rstrip("\r\n") == new.rstrip("\r\n"):
            return []
        if is_text:
            start, end = value.start_mark.index, self.page.node_end(value)
            style = getattr(value, "style", None)
            made = respelled(self.page.text[start:end], value.value, new, style)
            if made is not None:
                return [(start, end, made)]
        return self.instead(key, value, self.scalar(new, _quote(value)))

    def list_instead(self, key: Node, value: Node, new: Sequence[Any]) -> list[Patch]:
        if value.id == "sequence":
            old, wanted = [_compared(plain(item)) for item in value.value], [_compared(item) for item in new]
            if old == wanted:
                return []
            if old and wanted:
                return self.items(value, old, wanted, new)
        elif not is_empty(value) and len(new) == 1 and isinstance(new[0], str):
            same = _compared(value.value) == _compared(new[0])
            return [] if same else self.text_instead(key, value, new[0])
        elif is_empty(value) and not self.flow and _are_mappings(tuple(new)):
            at = self.page.line_end(self.page.pair_end(key, value))
            lines = self.behind_colon(tuple(new), key.start_mark.column)
            said = (value.start_mark.index, value.end_mark.index, "")
            return [said, (at, at, lines)] if value.value else [(at, at, lines)]
        return self.instead(key, value, self.inline(tuple(new)))

    def instead(self, key: Node, value: Node, new: str) -> list[Patch]:
        """`new` for the whole of a value; comments behind it stay."""
        start, end = value.start_mark.index, value.end_mark.index
        if value.id == "scalar" and start == end:
            return [self.into_nothing(key, new)]
        if value.id == "scalar":
            return [(start, self.page.node_end(value), new + self.page.header(value)[1])]
        if _in_brackets(value):
            self.page.keep_comments(start, end, value)
            return [(start, end, new)]
        at = self.page.colon(key)
        return [(at, at, f" {new}"), *(self.page.item_lines(value, item) for item in value.value)]

    def into_nothing(self, key: Node, new: str) -> Patch:
        """A value behind a colon that has none; the blank that is there serves."""
        at = self.page.colon(key)
        blank = re.compile(r" (?=[ \t]*(?:[\r\n,}]|$))").match(self.page.text, at)
        return (at + 1, at + 1, new) if blank else (at, at, f" {new}")

    def items(self, listing: Node, old: list[Any], wanted: list[Any], new: Sequence[Any]) -> list[Patch]:
        """A list made into another one: the items that stay are left as they are."""
        from difflib import SequenceMatcher

        nodes, page = listing.value, self.page
        steps = SequenceMatcher(None, old, wanted, autojunk=False).get_opcodes()
        quote = _quote(nodes[-1]) or None
        in_braces = nodes[-1].id == "mapping" and _in_brackets(nodes[-1])
        if _in_brackets(listing):
            if wanted[: len(old)] == old:
                at = page.node_end(nodes[-1])
                return [(at, at, "".join(f", {self.item(item, None, quote)}" for item in new[len(old) :]))]
            start, end = nodes[0].start_mark.index, page.node_end(nodes[-1])
            page.keep_comments(start, end, listing)
            said: list[str] = []
            for step, i, till, j, stop in steps:
                if step == "equal":
                    said += [page.text[node.start_mark.index : page.node_end(node)] for node in nodes[i:till]]
                else:
                    said += [self.item(item, None, quote) for item in new[j:stop]]
            return [(start, end, ", ".join(said))]
        found: list[Patch] = []
        for step, i, till, j, stop in steps:
            if step == "equal":
                continue
            both = min(till - i, stop - j)
            for node, item in zip(nodes[i : i + both], new[j : j + both], strict=True):
                page.item_prefix(listing, node)
                written_anew = self.item(item, None if in_braces else node.start_mark.column, quote)
                found.append((node.start_mark.index, page.node_end(node), written_anew))
            found += [page.item_lines(listing, node) for node in nodes[i + both : till]]
            for item in new[j + both : stop]:
                near = nodes[max(i + both - 1, 0)]
                prefix = page.item_prefix(listing, near)
                line = prefix + self.item(item, None if in_braces else near.start_mark.column, quote)
                if i + both:
                    found.append(page.line_after(near, page.node_end(near), line))
                else:
                    at = page.line_start(near.start_mark.index)
                    found.append((at, at, line + page.newline))
        return found


def _in_brackets(node: Node) -> bool:
    return bool(getattr(node, "flow_style", None))


def _quote(node: Node) -> str:
    style = getattr(node, "style", None)
    return style if style in ('"', "'") else ""


def _are_mappings(value: Value) -> bool:
    return isinstance(value, tuple) and bool(value) and not isinstance(value[0], str)


def _compared(item: Any) -> Any:
    """An item of a list as it is compared: blanks folded; a move as its pairs."""
    if isinstance(item, list):
        return repr(item)
    return (
        " ".join((item or "").split()) if item is None or isinstance(item, str) else tuple(sorted(move(item).items()))
    )
