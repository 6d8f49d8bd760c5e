"""Where the values of a mapping stand in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roadmap_cli.model import Span
from roadmap_cli.source import span

if TYPE_CHECKING:
    from roadmap_cli.source import Node


class Places(Mapping[str, Span]):
    """The places of a mapping's values by key, worked out when somebody asks for one: most reports never do."""

    __slots__ = ("_nodes", "_path")

    def __init__(self, path: str, nodes: Mapping[str, Node]) -> None:
        self._path = path
        self._nodes = nodes

    def __getitem__(self, key: str) -> Span:
        return span(self._nodes[key], self._path)

    def get(self, key: str, default: Any = None) -> Any:
        """The place of a key, or the default."""
        return self[key] if key in self._nodes else default

    def __contains__(self, key: object) -> bool:
        return key in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Span]]]:
        return dict, (dict(self),)
