"""Whom an item concerns, by the owners of its row: names as they are counted, and the addresses known for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.addresses import address
from roadmap_cli.model import Person
from roadmap_cli.people import person_key
from roadmap_cli.people.directory import Directory
from roadmap_cli.record import NamedTuple
from roadmap_cli.reminders import for_plan
from roadmap_cli.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadmap_cli.model import Owner, Plan, Span
    from roadmap_cli.project import Project
    from roadmap_cli.remind import Item
    from roadmap_cli.settings import Reminders

NOBODY = "Ответственный не назван"


class Who(NamedTuple):
    """Somebody that a row concerns; `address` is «» when none is known."""

    name: str
    address: str = ""


class Contacts:
    """The people of a plan with their addresses, and by `shared` those whom the settings may name beside them."""

    def __init__(self, plan: Plan, rules: Reminders, shared: Mapping[tuple[str, str], str]) -> None:
        self._directory = Directory(plan.people)
        self._mails: dict[str, str] = {}
        self._roles: Mapping[str, str] = rules.roles
        self._shared = shared
        for person in plan.people:
            if found := address(person.email):
                self._mails.setdefault(person.name, found)

    def of(self, item: Item) -> tuple[Who, ...]:
        """Everybody that an item concerns, each once; NOBODY when the row names nobody."""
        results = item.activity.deliverables if item.deliverable is None else (item.deliverable,)
        owners = [owner for one in results if one.owners for owner in one.owners.owners]
        return tuple(dict.fromkeys(map(self._who, owners))) or (Who(NOBODY),)

    def resolve(self, words: str) -> str:
        """The address that words of the settings stand for: an address or the name of a person in `people`; or «»."""
        known = self._mails.get(self._directory.name(Person(words)), "")
        return address(words) or known or self._shared.get(person_key(words), "")

    def _who(self, owner: Owner) -> Who:
        name = self._directory.name(owner)
        if name in self._mails or isinstance(owner, Person):
            return Who(visible(name), self._mails.get(name, ""))
        said = self._roles.get(fold(owner.name)) or self._roles.get(fold(owner.text))
        if not said:
            return Who(visible(name))
        return Who(visible(name if address(said) else self._directory.name(Person(said))), self.resolve(said))


def contacts_of(project: Project) -> dict[str, tuple[Contacts, Reminders]]:
    """The people and the settings of each plan asked for, by path."""
    shared = _shared(project.plans.values())
    found = {}
    for plan in project.asked():
        rules = for_plan(project.settings[plan.path].reminders, plan.path)
        found[plan.path] = Contacts(plan, rules, shared), rules
    return found


def _shared(plans: Iterable[Plan]) -> dict[tuple[str, str], str]:
    """Everybody in any plan's `people` who has one address there; namesakes with several have none here."""
    found: dict[tuple[str, str], set[str]] = {}
    for person in (person for plan in plans for person in plan.people):
        if mail := address(person.email):
            for name in (person.name, *person.aliases):
                found.setdefault(person_key(name), set()).add(mail)
    return {key: next(iter(mails)) for key, mails in found.items() if len(mails) == 1}


def without_address(project: Project) -> tuple[tuple[str, str], ...]:
    """The people whom the settings name and whose address no plan knows: the setting and the words, each once."""
    found = []
    for contacts, rules in contacts_of(project).values():
        named = [("default", rules.default), *(("copies", one) for one in rules.copies)]
        named += [("roles", one) for one in rules.roles.values()]
        found += [(key, words) for key, words in named if words and not contacts.resolve(words)]
    return tuple(dict.fromkeys(found))


def bad_addresses(plan: Plan) -> Iterator[tuple[Span, str]]:
    """The addresses in `people` that are none, with the place of the person."""
    for person in plan.people:
        if person.email and not address(person.email):
            yield person.span, person.email
