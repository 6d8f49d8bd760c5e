"""Bytes → nodes with places, guarded: the only importer of yaml, and nothing that a file holds raises."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Protocol

from roadmap_cli.comments import comments, strays
from roadmap_cli.errors import problem
from roadmap_cli.files import MAX_BYTES, contents
from roadmap_cli.model import Related, Span
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from roadmap_cli.comments import Comment
    from roadmap_cli.model import Finding

MAX_DEPTH: Final = 100
MAX_NODES: Final = 450_000
MAX_FINDINGS: Final = 1_000


class Node(Protocol):
    """A node of YAML with its place: `id` is «scalar», «sequence» or «mapping».

    `value` is the text of a scalar, the list of nodes of a sequence, the list of (key, value) nodes of a mapping,
    whose keys are scalars, not empty and all different. `tag` means nothing. Marks count from 0 in characters.
    """

    id: str
    tag: str
    value: Any
    start_mark: Any
    end_mark: Any


class Source(NamedTuple):
    """A file as read: its text without a byte order mark, and the root node unless a finding says why there is none."""

    path: str
    text: str
    root: Node | None
    findings: tuple[Finding, ...] = ()


def read(path: str, shown: str | None = None) -> Source:
    """The file at `path`, called `shown` in findings; only a regular file is read, and nothing is waited for."""
    name = path if shown is None else shown
    try:
        data = contents(path)
    except (OSError, ValueError) as error:
        from roadmap_cli.encoding import refusal

        return Source(name, "", None, (problem("RM001", refusal(error), Span(name)),))
    return parse(data, name)


def parse(data: bytes, path: str) -> Source:
    """The nodes of `data` with every place in it that is not as it should be."""
    if len(data) > MAX_BYTES:
        message = f"файл больше {MAX_BYTES // 1_000_000} МБ: это не план или в нём лишние данные, разделите его"
        return Source(path, "", None, (problem("RM004", message, Span(path)),))
    try:
        text, bad = _decoded(data, path)
        if text is None:
            return Source(path, "", None, bad)
        root, found = _root(text, path)
        if root is None:
            return Source(path, "" if "\0" in text else text, None, bad or tuple(found))
        found = [finding for finding in found if not bad or finding.code != "RM002"]
        return Source(path, text, root, tuple(sorted((*bad, *found), key=lambda f: (f.span, f.code))))
    except Exception as error:  # the last guard: whatever a hostile file does to the parser is the file's fault
        from roadmap_cli.syntax import explain

        return Source(path, "", None, (explain(error, "", path),))


_FIRST_OF_OTHER_FILES: Final = "P%{R7\x1f"
_BREAKS_AND_MARKS: Final = "\x85\u2028\u2029\ufeff"


def _decoded(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of plain UTF-8 at once; whatever may be something else is looked at closely."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    if text and text[0] not in _FIRST_OF_OTHER_FILES and not any(c in text for c in "\ufeffѕÐ╨"):
        return text, ()
    from roadmap_cli.encoding import decode

    return decode(data, path)


def span(node: Node, path: str) -> Span:
    """The place of a node: a block of text («|», «>») ends behind its last line break, an alias is its anchor's."""
    start = node.start_mark
    end = node.end_mark if node.id == "scalar" else _end(node)
    if end.index < start.index:
        end = start
    return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def remarks(source: Source, wanted: re.Pattern[str]) -> Iterator[Comment]:
    """The comments of a file that match a pattern; none of a file that has no nodes."""
    if source.root is not None and wanted.search(source.text):
        from roadmap_cli.encoding import characters

        text = characters(source.text, source.path)[0] or ""
        yield from comments(text, _tokens(text), wanted)


def is_plain(node: Node) -> bool:
    """Whether a scalar stands without quotes, so that «~» and nothing at all mean no value."""
    return node.id == "scalar" and not getattr(node, "style", None)


def _end(node: Any) -> Any:
    """Where a node ends: a block collection ends with its last child, not with the next token."""
    while node.id != "scalar" and node.value and not getattr(node, "flow_style", None):
        if node.id == "mapping":
            key, value = node.value[-1]
            if value.start_mark.index < key.end_mark.index:
                return _end(key)
            node = value
        else:
            start = node.start_mark
            node = next((child for child in reversed(node.value) if child.start_mark.index >= start.index), None)
            if node is None:
                return start
    return node.end_mark


_NEST: Final = re.compile("\n[ \t?:-]{100}")
_DEEP: Final = f"вложенность больше {MAX_DEPTH} уровней: это не план"
_MANY: Final = f"в файле больше {MAX_NODES // 1000} тысяч ключей и значений: это не план или его надо разделить"
_WORTH: Final = 32  # characters that, written out for an alias, cost as much as a node
_NO_KEYS: Final = frozenset({"", "~", "<<"})


class _Refused(Exception):
    """Nodes that cannot be used: the code, the message and the node to blame."""


class _Composer:
    """The resolver's three hooks, all trivial: a scalar is text whatever it looks like."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class _Counted(_Composer):
    """The same hooks, counting the nesting before it exhausts the stack of the C parser, and the nodes the memory."""

    depth = 0
    count = 0

    def descend_resolver(self, parent: object, index: object) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH + 1:
            raise _Refused("RM004", _DEEP, parent)
        if self.count > MAX_NODES:
            raise _Refused("RM004", _MANY, parent)

    def ascend_resolver(self) -> None:
        self.depth -= 1


@cache
def _composers() -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    """What composes text, without and with counting: the C parser, or where it is missing the Python one, counted."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _pure(), _pure()
    return type("Composer", (_Composer, CParser), {}), type("CountedComposer", (_Counted, CParser), {})


def _pure() -> Callable[[str], Any]:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner, ScannerError

    class PureComposer(_Counted, Reader, Scanner, Parser, Composer):
        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)

        def scan_flow_scalar(self, style: str) -> Any:
            token = super().scan_flow_scalar(style)
            if re.search("[\ud800-\udfff]", token.value):
                raise ScannerError(None, None, "found invalid Unicode character escape code", token.start_mark)
            return token

    return PureComposer


def _root(text: str, path: str) -> tuple[Node | None, list[Finding]]:
    """The root node of any text; odd characters are looked for only when they are in the way: the search is slow."""
    root: Node | None = None
    found: list[Finding] = []
    if not any(char in text for char in _BREAKS_AND_MARKS):
        root, found = _nodes(text, path)
        if root is not None:
            return root, found
    from roadmap_cli.encoding import characters

    clean, odd = characters(text, path)
    if clean is None:
        return None, odd
    if clean is not text:
        root, found = _nodes(clean, path)
    return root, [*odd, *found] if root is not None else odd or found


def _tokens(text: str) -> Iterator[Any]:
    """What the scanner makes of clean text."""
    parser = _composers()[0](text)
    while parser.check_token():
        yield parser.get_token()


def _nodes(text: str, path: str) -> tuple[Node | None, list[Finding]]:
    """The root node of clean text and what is wrong with its nodes; None when they cannot be used."""
    if not text or text.isspace():
        return None, [_empty(path)]
    fast, counted = _composers()
    aliases = "*" in text and "&" in text
    deep = text.count("[") + text.count("{") > 500 or _NEST.search("\n" + text.replace("\r", "\n"))
    many = 3 * len(text) > MAX_NODES and 3 * sum(map(text.count, ":-,?[{")) > MAX_NODES  # «{a» makes three, none more
    try:
        root: Node | None = (counted if aliases or deep or many else fast)(text).get_single_node()
        if root is None or (root.value == "" and is_plain(root)):
            return None, [_empty(path)]
        if aliases:
            _measure(root, MAX_NODES, {})
        may_stray = "!" in text or any(part.endswith((" ", "\t")) for part in text.split("#")[:-1])
        found = chain(_mend(root, path), strays(text, path, _tokens(text)) if may_stray else ())
        findings = list(islice(found, MAX_FINDINGS))
        return root if len(findings) < MAX_FINDINGS else None, findings
    except _Refused as refused:
        code, message, node = refused.args
        start = node.start_mark
        here = Span(path, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        return None, [problem(code, message, here)]
    except Exception as error:
        from roadmap_cli.syntax import explain

        return None, [explain(error, text, path)]


def _empty(path: str) -> Finding:
    return problem("RM009", "файл пуст: в нём нет ни одного ключа плана", Span(path))


def _measure(node: Node, limit: int, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """The weight and the levels of a node with its aliases written out; `known` holds (0, 0) for those still open."""
    if node.id == "scalar":
        return 1 + len(node.value) // _WORTH, 0
    if id(node) in known:
        if not known[id(node)][0]:
            raise _Refused("RM004", "ссылка «*» ведёт на список, внутри которого стоит сама: уберите её", node)
        return known[id(node)]
    known[id(node)] = 0, 0
    children = node.value if node.id == "sequence" else [part for pair in node.value for part in pair]
    sizes = [_measure(child, limit, known) for child in children]
    size, depth = 1 + sum(size for size, _ in sizes), 1 + max((depth for _, depth in sizes), default=0)
    if size > limit:
        raise _Refused("RM004", "ссылки «*» размножают текст без меры: впишите его сам вместо ссылок", node)
    if depth > MAX_DEPTH:
        raise _Refused("RM004", _DEEP, node)
    known[id(node)] = size, depth
    return size, depth


def _mend(root: Node, path: str) -> Iterator[Finding]:
    """Leaves in every mapping only keys that are words, each once, the first; yields what was wrong."""
    from yaml import ScalarNode

    mappings: list[Node] = []
    words: set[str] = set()
    orderly = True
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise _Refused("RM004", _DEEP, level[0])
        below: list[Node] = []
        for node in level:
            if node.id == "mapping":
                mappings.append(node)
                try:
                    keys = {key.value for key, _ in node.value}
                except TypeError:
                    keys = set()
                orderly &= len(keys) == len(node.value)
                words |= keys
                for _, value in node.value:
                    if value.__class__ is not ScalarNode:
                        below.append(value)
            elif node.id == "sequence":
                below += [value for value in node.value if value.__class__ is not ScalarNode]
        level = below
    if not (orderly and all(map(_is_word, words))):
        for mapping in mappings:
            yield from _keep(mapping, path)


@lru_cache(maxsize=512)
def _is_word(key: str) -> bool:
    """Whether a key is written as it is compared, and is one at all."""
    return key == _name(key) and key not in _NO_KEYS


def _name(key: str) -> str:
    """The form in which keys are compared."""
    return (key if key.isascii() else unicodedata.normalize("NFC", key)).strip()


def _keep(mapping: Any, path: str) -> Iterator[Finding]:
    """Leaves in one mapping the pairs that may stay, and yields a finding for each that may not."""
    kept = []
    first: dict[str, Node] = {}
    for key, value in mapping.value:
        name = _name(key.value) if key.id == "scalar" else ""
        here = span(key, path)
        if key.id != "scalar":
            kind = "список" if key.id == "sequence" else "набор ключей"
            yield problem("RM007", f"ключ должен быть словом, а здесь {kind}: возьмите его в кавычки", here)
        elif not name or (name == "~" and is_plain(key)):
            yield problem("RM007", "пустой ключ: перед двоеточием нужно слово", here)
        elif name == "<<" and is_plain(key):
            yield problem("RM010", "вставка «<<» в плане не действует: впишите её ключи на место", here)
        elif not mapping.flow_style and is_plain(key) and not key.value[0].isprintable():
            from roadmap_cli.syntax import odd_indent

            raise _Refused("RM003", odd_indent(key.value[0]), key)
        elif name in first:
            before = span(first[name], path)
            message = f"ключ «{cut(name, 40)}» уже есть в строке {before.line}: оставьте один"
            yield problem("RM005", message, here, related=(Related(before, "первый такой ключ"),))
        else:
            first[name] = key
            kept.append((key, value))
    mapping.value = kept
