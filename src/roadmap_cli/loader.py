"""Nodes → `Plan` and findings, by the table `FIELDS`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from roadmap_cli.dates import parse_due
from roadmap_cli.errors import problem
from roadmap_cli.fields import FIELDS
from roadmap_cli.keys import CANONICAL, LEVEL_NAMES, unknown_key
from roadmap_cli.model import (
    Activity,
    Cluster,
    Deliverable,
    DirectoryPerson,
    Finding,
    Move,
    Order,
    Owners,
    Plan,
    Related,
    Span,
)
from roadmap_cli.people import Cell
from roadmap_cli.places import Places
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import MAX_FINDINGS, Node, is_plain, span
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.model import Due


_REQUIRED = {level: tuple(f for f in fields if f.required) for level, fields in FIELDS.items()}
_EXAMPLES = {
    level: f"ключи и значения ({', '.join(f'«{f.key}: …»' for f in fields[:2])})" for level, fields in FIELDS.items()
}
_ACTIVITY_TEXTS = frozenset(f.key for f in FIELDS["activity"] if f.holds == "text") - {"no", "id"}
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))

MAX_ROWS = 50_000
MAX_RESULTS = 500  # of one activity


class Loaded(NamedTuple):
    """A plan file as read: no plan when its top level could not be understood."""

    plan: Plan | None
    findings: tuple[Finding, ...]


def build(root: Node | None, path: str, calendar: Calendar | None = None) -> Loaded:
    """Make a plan of a file's nodes; every problem of the file becomes a finding, and the rest is read all the same."""
    reader = _Reader(path, calendar)
    plan = reader.plan(root) if root is not None else None
    return Loaded(plan, tuple(reader.findings))


def resolve_follows(name: str, path: str) -> str | None:
    """The path of a parent plan beside `path`, or None when the name is no relative path («https://…», «C:\\…»)."""
    if not name or "\0" in name or "://" in name or "\\" in name or name.startswith(("/", "~")) or name[1:2] == ":":
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path.replace("\\", "/")), name))


class _Reader:
    """Reads one file: nodes in, values out, findings on the side."""

    def __init__(self, path: str, calendar: Calendar | None) -> None:
        self.path = path
        self.calendar = calendar
        self.findings: list[Finding] = []
        self.rows = 0
        self.school_year: str | None = None
        self.period: str | None = None
        self.activity_id = ""
        self.places: dict[str, Span] = {}

    def tell(self, code: str, message: str, node: Node, related: tuple[Related, ...] = ()) -> None:
        """One finding while there is room; a shared cell that is read for several deliverables is told once."""
        if len(self.findings) > MAX_FINDINGS:
            return
        if len(self.findings) == MAX_FINDINGS:
            code, related = "RM004", ()
            message = f"в файле больше {MAX_FINDINGS} ошибок записи: остальные не показаны, исправьте сначала эти"
        finding = problem(code, message, span(node, self.path), self.activity_id, related)
        if finding not in self.findings[-20:]:
            self.findings.append(finding)

    def fields(self, node: Node, level: str) -> dict[str, Node]:
        """The known keys of a mapping with their nodes; the others are told."""
        if node.id != "mapping":
            self.tell("RM007", f"{LEVEL_NAMES[level]} ожидаются {_EXAMPLES[level]}, а стоит {_shape(node)}", node)
            return {}
        known = CANONICAL[level]
        try:
            found = {known[key.value]: value for key, value in node.value}
        except KeyError:
            found = {}
        if len(found) < len(node.value):
            found = self._odd_fields(node, level)
        for field in _REQUIRED[level]:
            if field.key not in found:
                self.tell("RM008", f"{LEVEL_NAMES[level]} нет ключа «{field.key}» ({field.doc}): впишите его", node)
        return found

    def _odd_fields(self, node: Node, level: str) -> dict[str, Node]:
        """The fields of a mapping in which a key is unknown or stands twice, once in each language."""
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = key_node.value
            name = CANONICAL[level].get(key)
            if name is None:
                if not key.startswith(("x-", "х-")) and len(self.findings) <= MAX_FINDINGS:
                    self.tell("RM006", unknown_key(key, level), key_node)
            elif name in found:
                said = f"ключ «{key}» повторяет ключ «{name}»: учтено первое значение, оставьте один ключ"
                self.tell("RM005", said, key_node)
            else:
                found[name] = value
        return found

    def text(self, node: Node | None, what: str) -> str:
        """A scalar's text with its spaces folded; a list or a mapping is told."""
        if node is None:
            return ""
        if node.id != "scalar":
            self.tell("RM007", f"«{what}»: ожидается текст, а стоит {_shape(node)}", node)
            return ""
        value: str = node.value
        if not value or (value in _EMPTY and is_plain(node)):
            return ""
        if value.isprintable() and "  " not in value and value[0] != " " != value[-1]:
            return value
        return " ".join(value.split()) if what != "due" else value.strip()

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A text or a list of texts; empty items are told."""
        return tuple(value for value, _ in self.listed(node, what))

    def listed(self, node: Node | None, what: str) -> list[tuple[str, Node]]:
        """The texts of a text or a list, each with its node; empty items are told."""
        if node is None:
            return []
        if node.id == "scalar":
            value = self.text(node, what)
            return [(value, node)] if value else []
        if node.id != "sequence":
            self.tell("RM007", f"«{what}»: ожидается текст или список, а стоит {_shape(node)}", node)
            return []
        result = []
        for item in node.value:
            value = self.text(item, what)
            if value:
                result.append((value, item))
            elif item.id == "scalar":
                self.tell("RM007", f"«{what}»: в списке пустое место — уберите его или впишите значение", item)
        return result

    def items(self, node: Node | None, what: str, read: Callable[[Node], Any], most: int = MAX_ROWS) -> tuple[Any, ...]:
        """The values of a list; what is above `most`, and rows above MAX_ROWS, are told and left unread."""
        if node is None or _is_empty(node):
            return ()
        if node.id != "sequence":
            self.tell(
                "RM007", f"«{what}»: ожидается список (строки, начинающиеся с «- »), а стоит {_shape(node)}", node
            )
            return ()
        values = []
        for number, item in enumerate(node.value):
            if number == most or self.rows >= MAX_ROWS:
                limit = f"в списке больше {most}" if number == most else f"в плане больше {MAX_ROWS} результатов"
                if self.rows <= MAX_ROWS:
                    self.tell("RM004", f"«{what}»: {limit}, дальше не прочитано; разделите его", item)
                self.rows += number != most
                break
            value = read(item)
            if value is not None:
                values.append(value)
        return tuple(values)

    def due(self, node: Node | None, what: str = "due") -> Due | None:
        """A deadline phrase; a list of phrases is read as one phrase with commas."""
        if node is None:
            return None
        text = "; ".join(self.texts(node, what)) if node.id == "sequence" else self.text(node, "due")
        return parse_due(text, self.school_year, self.calendar, self.period) if text else None

    def owners(self, node: Node | None) -> Owners | None:
        texts = self.texts(node, "owners")
        return Cell.of(texts) if texts else None

    def plan(self, root: Node) -> Plan | None:
        if root.id != "mapping":
            what = "пусто" if _is_empty(root) else _shape(root)
            self.tell("RM007", f"план должен начинаться с ключей («title: …», «activities: …»), а стоит {what}", root)
            return None
        found = self.fields(root, "plan")
        self.school_year = self.text(found.get("school_year"), "school_year") or None
        title = self.text(found.get("title"), "title")
        if "title" in found and not title and found["title"].id == "scalar":
            self.tell("RM008", "название плана пусто: впишите его", found["title"])
        activities = self.items(found.get("activities"), "activities", self.activity)
        self.activity_id = ""
        if (
            "activities" in found
            and not activities
            and (_is_empty(found["activities"]) or found["activities"].value == [])
        ):
            self.tell("RM009", "в плане нет ни одного мероприятия: впишите их, каждое с «- »", found["activities"])
        follows = self.follows(found.get("follows"))
        return Plan(
            path=self.path,
            title=title,
            organization=self.text(found.get("organization"), "organization"),
            school_year=self.school_year or "",
            activities=_identified(activities),
            follows=follows,
            order=self.order(found.get("order")),
            participants=self.items(found.get("participants"), "participants", self.participant),
            people=self.items(found.get("people"), "people", self.person),
            not_applicable=self.reasons(found.get("not_applicable")),
            note=self.text(found.get("note"), "note"),
            approved=self.text(found.get("approved"), "approved"),
            spans={**Places(self.path, found), **self.places},
        )

    def follows(self, node: Node | None) -> tuple[str, ...]:
        paths: list[str] = []
        for name, item in self.listed(node, "follows"):
            path = resolve_follows(name, self.path)
            if path is not None:
                self.places[f"follows {len(paths)}"] = span(item, self.path)
                paths.append(path)
            else:
                said = f"«{visible(name)}» — не путь к файлу рядом с планом; укажите его так: ../municipal.yaml"
                self.tell("RM011", said, item)
        return tuple(paths)

    def order(self, node: Node | None) -> Order | None:
        if node is None:
            return None
        found = self.fields(node, "order")
        return Order(
            self.text(found.get("number"), "number"),
            self.due(found.get("date"), "date"),
            self.text(found.get("signed"), "signed"),
            Places(self.path, found),
        )

    def participant(self, node: Node) -> Cluster | None:
        if node.id == "scalar":
            return Cluster("", (self.text(node, "participants"),), span(node, self.path))
        found = self.fields(node, "participant")
        schools = self.texts(found.get("schools"), "schools")
        return Cluster(self.text(found.get("cluster"), "cluster"), schools, span(node, self.path)) if found else None

    def person(self, node: Node) -> DirectoryPerson | None:
        found = self.fields(node, "person")
        name = self.text(found.get("name"), "name")
        if not name:
            if "name" in found and found["name"].id == "scalar":
                self.tell("RM008", "имя в справочнике пусто", found["name"])
            return None
        role, email = self.text(found.get("role"), "role"), self.text(found.get("email"), "email")
        return DirectoryPerson(name, role, email, self.texts(found.get("aliases"), "aliases"), span(node, self.path))

    def reasons(self, node: Node | None) -> dict[str, str]:
        if node is None:
            return {}
        if node.id != "mapping":
            said = 'ожидаются номера с причинами, {"9": нет пятых классов}'
            self.tell("RM007", f"«not_applicable»: {said}, а стоит {_shape(node)}", node)
            return {}
        named = [(key.value.strip(), key, value) for key, value in node.value if key.id == "scalar"]
        self.places.update((f"not_applicable {ident}", span(key, self.path)) for ident, key, _ in named)
        return {ident: self.text(value, "not_applicable") for ident, _, value in named}

    def move(self, node: Node) -> Move | None:
        found = self.fields(node, "move")
        return Move(*(self.text(found.get(key), key) for key in ("from", "to", "on", "reason"))) if found else None

    def activity(self, node: Node) -> Activity | None:
        self.activity_id = ""
        if node.id != "mapping":
            said = f"мероприятие — это запись с ключами («title: …», «due: …»), а стоит {_shape(node)}"
            self.tell("RM007", said, node)
            return None
        found = self.fields(node, "activity")
        no, identifier = (self.text(found[key], key) if key in found else "" for key in ("no", "id"))
        self.activity_id = identifier or no
        words = {key: self.text(found[key], key) for key in found.keys() & _ACTIVITY_TEXTS}
        title = words.get("title", "")
        if not title and "title" in found and found["title"].id == "scalar":
            self.tell("RM008", "название мероприятия пусто: впишите его", found["title"])
        self.period = words.get("period") or None
        place = span(node, self.path)
        activity = Activity(
            no,
            identifier,
            title,
            self.deliverables(found, place),
            place,
            self.texts(found.get("covers"), "covers"),
            words.get("section", ""),
            words.get("period", ""),
            self.texts(found.get("for"), "for"),
            words.get("cancelled", ""),
            self.items(found.get("moved"), "moved", self.move),
            words.get("note", ""),
            words.get("source", ""),
            Places(self.path, found),
        )
        self.period = None
        return activity

    def deliverables(self, found: Mapping[str, Node], place: Span) -> tuple[Deliverable, ...]:
        """The activity's deliverables; its own due and owners serve those that have none, as a merged cell does."""
        own = {key: found[key] for key in ("due", "owners", "done", "evidence") if key in found}
        if "deliverables" not in found:
            if "deliverable" in found:
                own["text"] = found["deliverable"]
            return (self._deliverable(own, place, {}),)
        if "deliverable" in found:
            said = "рядом «deliverable» и «deliverables», учтён только список: уберите «deliverable»"
            self.tell("RM005", said, found["deliverable"])
        items = self.items(found["deliverables"], "deliverables", lambda item: self.deliverable(item, own), MAX_RESULTS)
        return items or (self._deliverable(own, place, {}),)

    def deliverable(self, node: Node, shared: Mapping[str, Node]) -> Deliverable | None:
        if node.id == "scalar":
            return self._deliverable({"text": node}, span(node, self.path), shared)
        return self._deliverable(self.fields(node, "deliverable"), span(node, self.path), shared)

    def _deliverable(self, found: Mapping[str, Node], place: Span, shared: Mapping[str, Node]) -> Deliverable:
        self.rows += 1
        nodes = {**shared, **found} if shared else found
        return Deliverable(
            self.text(nodes.get("text"), "text"),
            place,
            self.due(nodes.get("due")),
            self.owners(nodes.get("owners")),
            self.due(nodes["done"], "done") if "done" in nodes else None,
            self.text(nodes["evidence"], "evidence") if "evidence" in nodes else "",
            self.items(found["moved"], "moved", self.move) if "moved" in found else (),
            self.text(found["note"], "note") if "note" in found else "",
            Places(self.path, nodes),
        )


def _identified(activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """Activities without an `id` get their number, when it is unique."""
    taken = {a.id for a in activities if a.id}
    once: dict[str, int] = {}
    for activity in activities:
        once[activity.no] = once.get(activity.no, 0) + (not activity.id)
    return tuple(
        Activity(a.no, a.no, *a[2:]) if not a.id and a.no and once[a.no] == 1 and a.no not in taken else a
        for a in activities
    )


def _is_empty(node: Node) -> bool:
    """Nothing at all, or «~» and «null» without quotes."""
    return node.id == "scalar" and (not node.value or (node.value in _EMPTY and is_plain(node)))


def _shape(node: Node) -> str:
    return {"scalar": "текст", "sequence": "список", "mapping": "запись с ключами"}[node.id]
