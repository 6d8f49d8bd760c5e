"""Whom an item concerns, by the owners of its row: names as they are counted, and the addresses known for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.addresses import address
from roadmap_cli.model import Person
from roadmap_cli.people.directory import Directory
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadmap_cli.model import Owner, Plan, Span
    from roadmap_cli.remind import Item
    from roadmap_cli.settings import Reminders

NOBODY = "Ответственный не назван"


class Who(NamedTuple):
    """Somebody that a row concerns; `address` is «» when none is known."""

    name: str
    address: str = ""


class Contacts:
    """The people of a plan with their addresses."""

    def __init__(self, plan: Plan, rules: Reminders) -> None:
        self._directory = Directory(plan.people)
        self._mails: dict[str, str] = {}
        self._roles: Mapping[str, str] = rules.roles
        for person in plan.people:
            if found := address(person.email):
                self._mails.setdefault(person.name, found)

    def of(self, item: Item) -> tuple[Who, ...]:
        """Everybody that an item concerns, each once; NOBODY when the row names nobody."""
        results = item.activity.deliverables if item.deliverable is None else (item.deliverable,)
        owners = [owner for one in results if one.owners for owner in one.owners.owners]
        return tuple(dict.fromkeys(map(self._who, owners))) or (Who(NOBODY),)

    def resolve(self, words: str) -> str:
        """The address that an address or the name of a person in `people` stands for, or «»."""
        return address(words) or self._mails.get(self._directory.name(Person(words)), "")

    def _who(self, owner: Owner) -> Who:
        name = self._directory.name(owner)
        if name in self._mails or isinstance(owner, Person):
            return Who(visible(name), self._mails.get(name, ""))
        said = self._roles.get(fold(owner.name)) or self._roles.get(fold(owner.text))
        if not said:
            return Who(visible(name))
        if address(said):
            return Who(visible(name), address(said))
        person = self._directory.name(Person(said))
        return Who(visible(person), self._mails.get(person, ""))


def bad_addresses(plan: Plan) -> Iterator[tuple[Span, str]]:
    """The addresses in `people` that are none, with the place of the person."""
    for person in plan.people:
        if person.email and not address(person.email):
            yield person.span, person.email
