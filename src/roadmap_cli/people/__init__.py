"""Reads cells «Ответственные» and compares the names in them; the tables are loaded when the first cell is read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from roadmap_cli.model import Owners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from roadmap_cli.model import Owner

__all__ = ["Cell", "alike", "join_owners", "parse_owners", "person_key"]


class Cell(Owners):
    """The owners of a plan's cell, read when somebody asks who they are: most reports only show the words."""

    texts: tuple[str, ...]
    read: Owners | None

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> Cell:
        """A cell with the document's words, or with the items of a list."""
        cell = tuple.__new__(cls, (", ".join(texts), (), (), ()))
        cell.texts = texts
        cell.read = None
        return cell

    def _read(self) -> Owners:
        if self.read is None:
            self.read = parse_owners(self.texts[0]) if len(self.texts) == 1 else join_owners(self.texts)
        return self.read

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who is named in the cell."""
        return self._read().owners

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was mended to read it."""
        return self._read().repairs

    @property
    def notes(self) -> tuple[str, ...]:
        """What is doubtful in it."""
        return self._read().notes


def parse_owners(text: str) -> Owners:
    """Who is responsible according to a cell; it never raises, and a cell read before is not read again."""
    read: Owners = _grammar().parse_owners(text)
    return read


def join_owners(texts: Sequence[str]) -> Owners:
    """The reading of a list of cells, each read by itself."""
    read: Owners = _grammar().join_owners(texts)
    return read


@cache
def _grammar() -> Any:
    from roadmap_cli.people import parse

    return parse


def person_key(name: str) -> tuple[str, str]:
    """The folded surname and initials of «Фамилия И.О.» or of a full name, by which people are compared."""
    from roadmap_cli.people import likeness

    return likeness.person_key(name)


def alike(one: str, other: str) -> Literal["strong", "weak"] | None:
    """Whether two different spellings may be one person: «strong» for look-alike letters, «weak» for one misprint."""
    from roadmap_cli.people import likeness

    return likeness.alike(one, other)
