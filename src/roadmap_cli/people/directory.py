"""A plan's `people`: every spelling, full name and role that the directory gives to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.model import Person
from roadmap_cli.people.likeness import person_key
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap_cli.model import Deliverable, DirectoryPerson, Owner


class Directory:
    """Looks owners up: a name by its spelling, a role without a name by the person who has it."""

    def __init__(self, people: Iterable[DirectoryPerson]) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._roles: dict[str, str] = {}
        for person in people:
            for name in (person.name, *person.aliases):
                self._names.setdefault(person_key(name), person.name)
            if person.role:
                key = fold(person.role)
                self._roles[key] = "" if key in self._roles else person.name

    def name(self, owner: Owner) -> str:
        """The name under which an owner is counted: the directory's own where it knows the owner."""
        if isinstance(owner, Person):
            return self._names.get(person_key(owner.name), owner.name)
        return self._roles.get(fold(owner.name)) or self._roles.get(fold(owner.text)) or owner.name

    def names(self, deliverable: Deliverable) -> tuple[str, ...]:
        """The owners of a deliverable as they are counted, each once."""
        owners = deliverable.owners.owners if deliverable.owners else ()
        return tuple(dict.fromkeys(self.name(owner) for owner in owners))
