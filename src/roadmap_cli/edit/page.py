"""The text of a plan as lines: where pairs and values begin and end in it, and how its author writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.edit.tree import entry, walk
from roadmap_cli.edit.values import Obstacle
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from roadmap_cli.source import Node

    Patch: TypeAlias = tuple[int, int, str]

_ALIAS: Final = re.compile(r"[ \t]*:[ \t]+\*[^\s,\[\]{}]+")
_COLON: Final = re.compile(r"[ \t]*:")
_HEADER: Final = re.compile(r"([|>][^\s#]*)([ \t]+#[^\r\n]*)?")
_BREAK: Final = re.compile(r"\r\n|\r|\n")


class Page(NamedTuple):
    """The text of a plan and its habits: the quotes it uses, the line break, how far a list stands in from its key."""

    text: str
    quote: str
    newline: str
    offset: int | None

    @classmethod
    def of(cls, text: str, root: Node) -> Page:
        """The habits of a text; `offset` is None where the activities stand in brackets."""
        styles = [getattr(node, "style", None) for node in walk(root) if node.id == "scalar"]
        found = _BREAK.search(text)
        activities = entry(root, "plan", "activities")
        offset = None
        if activities and not getattr(activities[1], "flow_style", None):
            offset = max(activities[1].start_mark.column - activities[0].start_mark.column, 0)
        quote = "'" if styles.count("'") > styles.count('"') else '"'
        return cls(text, quote, found[0] if found else "\n", offset)

    def line_start(self, at: int) -> int:
        """Where the line begins that holds a place."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Where that line ends, before its break."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Where the next line begins."""
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def colon(self, key: Node) -> int:
        """Behind the colon of a key."""
        found = _COLON.match(self.text, key.end_mark.index)
        return found.end() if found else int(key.end_mark.index)

    def look_at(self, key: Node) -> None:
        """Raises Obstacle for a key that is not written as «key:»."""
        start, end = key.start_mark.index, key.end_mark.index
        before = self.text[self.line_start(start) : start].rstrip(" \t")
        if re.search(r"(?:^|[\s{,-])\?$", before):
            raise Obstacle(key.start_mark.line + 1, f"ключ «{key.value}» записан через «?»")
        if not _COLON.match(self.text, end):
            raise Obstacle(key.start_mark.line + 1, f"ключ «{key.value}» записан без двоеточия")

    def pair_end(self, key: Node, value: Node) -> int:
        """Where the text of a pair ends: before the blanks, the comment and the line break behind it."""
        if value.start_mark.index < key.end_mark.index:
            found = _ALIAS.match(self.text, key.end_mark.index)
            if not found:
                raise Obstacle(key.start_mark.line + 1, f"не видно, где кончается ссылка у ключа «{key.value}»")
            return found.end()
        if value.start_mark.index == value.end_mark.index:
            colon, mark = self.colon(key), value.start_mark.index
            return mark if mark > colon and not self.text[colon:mark].strip(" ") else colon
        return self.node_end(value)

    def node_end(self, node: Node) -> int:
        """Where the text of a node ends; a block of text ends with its last line that is not blank."""
        start, end = node.start_mark.index, node.end_mark.index
        if node.id == "scalar":
            if getattr(node, "style", None) not in ("|", ">"):
                return int(end)
            return int(start) + len(self.text[start:end].rstrip(" \t\r\n"))
        if getattr(node, "flow_style", None) or not node.value:
            return int(end)
        if node.id == "mapping":
            return self.pair_end(*node.value[-1])
        last = node.value[-1]
        if last.start_mark.index < start:
            raise Obstacle(node.start_mark.line + 1, "список кончается ссылкой «*»")
        return self.node_end(last)

    def kept_blanks(self, node: Node) -> bool:
        """Whether the blank lines behind a node belong to it («|+»)."""
        while node.id != "scalar" and node.value and not getattr(node, "flow_style", None):
            node = node.value[-1][1] if node.id == "mapping" else node.value[-1]
        return "+" in self.header(node)[0]

    def header(self, node: Node) -> tuple[str, str]:
        """The first line of a block of text: «>-» and its comment; both empty for anything else."""
        if node.id != "scalar" or getattr(node, "style", None) not in ("|", ">"):
            return "", ""
        found = _HEADER.match(self.text, node.start_mark.index)
        return (found[1], found[2] or "") if found else ("", "")

    def lines(self, start: int, end: int) -> Patch:
        """All lines from `start` to `end` go; behind «- » only the text goes, and the next line takes its place."""
        begin, stop = self.line_start(start), self.next_line(end)
        if not self.text[begin:start].strip(" "):
            return begin, stop, ""
        return start, stop + len(self.text[stop:]) - len(self.text[stop:].lstrip()), ""

    def keep_comments(self, start: int, end: int, *nodes: Node) -> None:
        """Raises Obstacle where a piece that is to go holds a comment; a «#» inside one of the `nodes` is none."""
        between, last = [], start
        for leaf in (leaf for node in nodes for leaf in walk(node) if leaf.id == "scalar"):
            between.append((last, leaf.start_mark.index))
            last = leaf.end_mark.index
        for begin, stop in (*between, (last, end)):
            if "#" in self.text[begin:stop]:
                line = len(_BREAK.findall(self.text[: self.text.index("#", begin)])) + 1
                raise Obstacle(line, "внутри скобок стоит примечание «#»")

    def line_after(self, node: Node, end: int, line: str) -> Patch:
        """A new line behind the last line of a node whose text ends at `end`."""
        at = int(node.end_mark.index) if self.kept_blanks(node) else self.line_end(end)
        if at > end and self.text[at - 1] in "\r\n":
            return at, at, line + self.newline
        return at, at, self.newline + line

    def item_prefix(self, listing: Node, item: Node) -> str:
        """What stands before an item of a block list on its line: blanks, a dash, blanks."""
        at = item.start_mark.index
        prefix = self.text[self.line_start(at) : at]
        if at < listing.start_mark.index or not re.fullmatch(r" *-[ \t]+", prefix):
            raise Obstacle(listing.start_mark.line + 1, "этот список записан необычно")
        return prefix

    def item_lines(self, listing: Node, item: Node) -> Patch:
        """The lines of an item of a block list, to be taken away."""
        self.item_prefix(listing, item)
        return self.lines(self.line_start(item.start_mark.index), self.node_end(item))

    def shifted(self, node: Node, shift: int) -> list[Patch]:
        """The further lines of a text move to the right where they would not stand behind a new key."""
        start, end, column = node.start_mark.index, self.node_end(node), node.start_mark.column
        begins = [found.end() for found in _BREAK.finditer(self.text, start, end)]
        filled = [at for at in begins if self.text[at : self.line_end(at)].strip()]
        depths = [len(line) - len(line.lstrip(" ")) for line in (self.text[at : self.line_end(at)] for at in filled)]
        told = any(char.isdigit() for char in self.header(node)[0])
        if not depths or (min(depths) > column and not told):
            return []
        return [(at, at, " " * shift) for at in filled]


def patched(text: str, patches: list[Patch]) -> str:
    """The text with its pieces replaced, which do not overlap; without a last line break when it had none."""
    parts, last = [], 0
    for start, end, new in sorted(patches, key=lambda patch: patch[:2]):
        parts += [text[last:start], new]
        last = end
    whole = "".join((*parts, text[last:]))
    if text.endswith(("\n", "\r")):
        return whole
    return whole.removesuffix("\n").removesuffix("\r")
