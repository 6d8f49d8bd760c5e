"""Whom a row of a plan binds: by its owners, by the schools and clusters it names, by the plan's participants."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadmap_cli.matching import share
from roadmap_cli.model import Person
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap_cli.model import Activity, Cluster, Owner, Owners, Plan

State: TypeAlias = Literal["binds", "not", "doubtful"]
Part: TypeAlias = Literal["addressee", "place", "exception"]


class Binding(NamedTuple):
    """Whether a row binds an organization and why; `deliverables` are the places of those that do."""

    state: State
    reason: str = ""
    deliverables: tuple[int, ...] = ()


class School(NamedTuple):
    """What tells one school from another: kind («школа» when only that is said), number, words of its own name.

    `prefix` is the legal form as written; `part` is what the school is to the text that names it.
    """

    kind: str
    number: str = ""
    name: frozenset[str] = frozenset()
    prefix: str = ""
    part: Part = "addressee"


_KINDS = {
    "СОШ": r"сош|сш|средн\w+\s+(?:(?:обще)?образовательн\w+\s+)?школ\w*",
    "ООШ": r"оош|основн\w+\s+(?:(?:обще)?образовательн\w+\s+)?школ\w*",
    "НОШ": r"нош|начальн\w+\s+(?:(?:обще)?образовательн\w+\s+)?школ\w*",
    "гимназия": r"гимнази\w+",
    "лицей": r"лице[йяюе]\w*",
    "детский сад": r"доу|детск\w+\s+сад\w*|д/с",
    "интернат": r"школ\w*-интернат\w*",
    "школа": r"школ(?:а|ы|е|у|ой|ам|ами|ах)?|оо|оу",
}
_NAMES = tuple(_KINDS)
_HEAD = re.compile(
    r"(?<!\w)(?:(?P<prefix>(?:кг|[мгкчн])[бако]?(?P<pre>д?)оу)[\s\"«-]*)?(?:"
    + "|".join(f"(?P<k{i}>{pattern})" for i, pattern in enumerate(_KINDS.values()))
    + r")?(?![^\W\d])"
)
_ITEM = r"[0-9]{1,3}(?![0-9])(?:\s*-\s*[0-9]{1,3}(?![0-9]))?"
_NUMBERS = re.compile(
    rf"[\s\"«]*(?P<sign>№)?[\s№]*(?P<list>{_ITEM}(?:\s*(?:,\s*и|,|;|и)[\s№]*{_ITEM})*)(?P<after>.{{0,12}})"
)
_COUNTED = re.compile(  # what follows a number that is not a school's
    r"[.:/][0-9]|%|-[а-я]|\s*(?:класс|кл\b|учебн|год|г\.|лет\b|балл|час|чел|руб|век|кластер|этап|смен|урок|дн|недел|"
    r"янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
)
_OWN_NAME = re.compile(
    r"[\"»]?\s*(?:им(?:\.|ени\b|\b)\s*(?P<of>[^«»\",;()]{3,60})|(?:(?<=\s)\"|«)(?P<own>[^«»\"]{2,40})[»\"])"
)
_PLACE = re.compile(r"на\s+(?:базе|площадк\w+|территории)\s(?:(?!\sдля\s|\sс\s+участием\s)[^.;])*")
_EXCEPTION = re.compile(r"(?:кроме|за\s+исключением|исключая)\s[^.;]*")
_QUOTES = str.maketrans("„“”‟", '""""')

# The first that fits an owner's words says whose duty it is.
_OWNERS = (
    (
        "school",
        r"(?<!\w)(?:оо|оу|доу|сош|оош|мбоу|маоу|мкоу)(?!\w)|школ|гимнази|лице[йяюе]|класс\w*\s+рук|кл\.\s*рук|"
        r"образовательн\w+\s+(?:организаци|учреждени)|участник\w*\s+(?:образовательн\w+\s+)?(?:кластер|проект)",
    ),
    (
        "department",
        r"управлени|департамент|отдел|комитет|министерств|администрац|муниципальн|методическ\w+\s+центр|"
        r"ресурсн\w+\s+центр|институт|начальник|методист|(?<!\w)(?:имц|рмц|уо|иро|мку|мбу)(?!\w)",
    ),
    (
        "school",
        r"директор|завуч|учител|педагог|психолог|воспитател|библиотек|логопед|вожат|руководител|преподавател|заведующ|"
        r"заместител|(?<!\w)зам\b|родител|ученик",
    ),
)
_OWNER_RULES = tuple((side, re.compile(pattern)) for side, pattern in _OWNERS)
_EVERYONE = re.compile(r"все(?:м|х)?(?:\s+(?:школ\w*|оо|оу|участник\w*))?")


class Bindings:
    """Whom the rows of a parent bind: a row that names no school in particular is judged once for all schools."""

    def __init__(self, parent: Plan) -> None:
        self._parent = parent
        self._for_all: dict[bool, dict[int, Binding]] = {}
        self._names = [_names_somebody(activity, parent) for activity in parent.activities]

    def of(self, child: Plan) -> list[Binding]:
        """Whether each row of the parent binds the child's organization."""
        stranger = identity(child.organization) is None
        if stranger not in self._for_all:
            rows = enumerate(zip(self._parent.activities, self._names, strict=True))
            self._for_all[stranger] = {i: binding(row, self._parent, child) for i, (row, named) in rows if not named}
        known = self._for_all[stranger]
        return [
            known[i] if i in known else binding(activity, self._parent, child)
            for i, activity in enumerate(self._parent.activities)
        ]


def _names_somebody(activity: Activity, parent: Plan) -> bool:
    """Whether a row speaks of schools or clusters of its own, so that it may bind one school and not another."""
    owners = [deliverable.owners.text for deliverable in activity.deliverables if deliverable.owners]
    texts = (activity.title, *(deliverable.text for deliverable in activity.deliverables), *owners)
    named = _named_clusters(activity.title, tuple(cluster.name for cluster in parent.participants))
    return bool(activity.addressed or named or any(map(schools, texts)))


def binding(activity: Activity, parent: Plan, child: Plan) -> Binding:
    """Whether a row of the parent binds the child's organization; what is doubtful is said to be so, never dropped."""
    me = identity(child.organization)
    clusters = _clusters(parent, child.organization)
    named = _first(
        _addressed(activity.addressed, parent.participants, clusters, child.organization),
        _by_schools(activity.title, me),
        _by_cluster(activity.title, parent.participants, clusters),
    )
    if named and named.state == "not":
        return named
    in_text = [_by_schools(deliverable.text, me) for deliverable in activity.deliverables]
    left = [i for i, found in enumerate(in_text) if found is None or found.state != "not"]
    if in_text and not left:
        return next(found for found in in_text if found)
    named = _first(named, *(in_text[i] for i in left))
    by_owner = [_by_owners(activity.deliverables[i].owners, parent, me) for i in left]
    told = [found for found in by_owner if found]
    states = {found.state for found in told}
    mine = tuple(
        i for i, found in zip(left, by_owner, strict=True) if (found.state != "not" if found else states != {"not"})
    )
    if states == {"not"}:
        if named and named.state == "binds":
            return Binding("doubtful", f"мероприятие называет эту школу, но {told[0].reason}", tuple(left))
        return told[0]
    if named and named.state == "doubtful":
        return named._replace(deliverables=mine)
    if told and "binds" not in states:
        return next(found for found in told if found.state == "doubtful")._replace(deliverables=mine)
    return Binding("binds", named.reason if named else "", mine)


def participant(parent: Plan, child: Plan) -> bool | None:
    """Whether the parent names the child's organization among those it binds; None when it names nobody."""
    if not any(cluster.schools for cluster in parent.participants):
        return None
    return bool(_clusters(parent, child.organization))


@lru_cache(maxsize=2048)
def identity(organization: str) -> School | None:
    """The school that an organization's name means; None when it is no school or one that cannot be told."""
    return next(iter(schools(organization)), None)


def same(one: School, other: School) -> bool | None:
    """Whether two mentions are of one school; None when the number is the same and the kind or the name is not."""
    alike = one.kind == other.kind or "школа" in (one.kind, other.kind)
    common = bool(one.name & other.name)
    if one.number and other.number:
        if one.number != other.number:
            return False
        return True if alike and (common or not (one.name and other.name)) else None
    return (True if alike else None) if common else False


@lru_cache(maxsize=2048)
def schools(text: str) -> tuple[School, ...]:
    """Every school that a text names by number or by its own name, in the order of the text."""
    line = fold(text).translate(_QUOTES)
    parts: list[tuple[range, Part]] = [(range(*match.span()), "place") for match in _PLACE.finditer(line)]
    parts += [(range(*match.span()), "exception") for match in _EXCEPTION.finditer(line)]
    return tuple(
        school._replace(part=next((part for span, part in parts if head.start() in span), "addressee"))
        for head in _HEAD.finditer(line)
        if head[0]
        for school in _mention(line, head)
    )


def _mention(line: str, head: re.Match[str]) -> list[School]:
    kind = next((name for i, name in enumerate(_NAMES) if head[f"k{i}"]), "детский сад" if head["pre"] else "школа")
    end = head.end()
    numbers: list[str] = []
    if found := _NUMBERS.match(line, end):
        numbers = _numbers(found["list"], signed=bool(found["sign"]), counted=bool(_COUNTED.match(found["after"])))
        end = found.end("list") if numbers else end
    name: frozenset[str] = frozenset()
    if len(numbers) < 2 and (found := _OWN_NAME.match(line, end)):
        words = re.findall(r"[а-яa-z0-9-]+", found["of"] or found["own"])
        name = frozenset(word for word in words if len(word) > 3)
    prefix = (head["prefix"] or "").upper()
    if not numbers:
        return [School(kind, "", name, prefix)] if name else []
    return [School(kind, number, name, prefix) for number in numbers]


def _numbers(text: str, *, signed: bool, counted: bool) -> list[str]:
    """The numbers of «11, 19» or «1, 3-5»; the last one is left out when it counts something («№ 5, 10 классы»)."""
    items = [re.findall("[0-9]+", item) for item in re.split(r"[,;и]", text)]
    if counted:
        last = items.pop()
        if signed and not items and len(last) == 2:
            items.append(last[:1])
    numbers: list[str] = []
    for item in filter(None, items):
        first, last_one = int(item[0]), int(item[-1])
        whole = range(first, last_one + 1) if first <= last_one <= first + 200 else (first, last_one)
        numbers += map(str, whole)
    return numbers


def _first(*found: Binding | None) -> Binding | None:
    """The weightiest of several judgements: a refusal, then a doubt, then a consent."""
    told = [one for one in found if one]
    return min(told, key=lambda one: ("not", "doubtful", "binds").index(one.state), default=None)


def _by_schools(text: str, me: School | None) -> Binding | None:
    mentions = [school for school in schools(text) if school.part != "place"]
    if not mentions:
        return None
    if me is None:
        return Binding("doubtful", f"мероприятие называет школы ({_listed(mentions)}), а организация плана — не школа")
    if any(school.part == "exception" and same(school, me) for school in mentions):
        return Binding("not", "мероприятие исключает эту школу")
    addressees = [school for school in mentions if school.part == "addressee"]
    if not addressees:
        return None
    for school in addressees:
        if same(school, me):
            other_form = school.prefix and me.prefix and school.prefix != me.prefix
            note = f"в плане школа названа {school.prefix}, в её собственном плане — {me.prefix}" if other_form else ""
            return Binding("binds", note)
    for school in addressees:
        if same(school, me) is None:
            return Binding("doubtful", f"мероприятие называет {_listed([school])}: номер тот же, вид или имя другие")
    others = "другую школу" if len(addressees) == 1 else "другие школы"
    return Binding("not", f"мероприятие называет {others}: {_listed(addressees)}")


def _by_cluster(title: str, clusters: Iterable[Cluster], mine: Sequence[str]) -> Binding | None:
    named = _named_clusters(title, tuple(cluster.name for cluster in clusters))
    if not named:
        return None
    if any(name in mine for name in named):
        return Binding("binds")
    return Binding("not", f"мероприятие для другого кластера: {', '.join(named)}")


@lru_cache(maxsize=1024)
def _named_clusters(title: str, names: tuple[str, ...]) -> tuple[str, ...]:
    line = fold(title)
    if "кластер" not in line:
        return ()
    ending = r"\w*\s+(?:образовательн\w+\s+)?кластер"
    return tuple(name for name in names if len(name) > 4 and re.search(re.escape(fold(name)[:-2]) + ending, line))


def _addressed(
    entries: Sequence[str], clusters: Iterable[Cluster], mine: Sequence[str], organization: str
) -> Binding | None:
    if not entries:
        return None
    unknown: list[str] = []
    doubtful = False
    names = {fold(cluster.name): cluster.name for cluster in clusters}
    for entry in entries:
        words = re.sub(r"\s*кластер\w*\s*", "", fold(entry)).strip('«»" ')
        if words in names:
            if names[words] in mine:
                return Binding("binds")
            continue
        member = _is_member(entry, organization)
        if member or _EVERYONE.fullmatch(words):
            return Binding("binds")
        doubtful = doubtful or member is None
        if not schools(entry):
            unknown.append(entry)
    if doubtful or unknown:
        return Binding("doubtful", f"неясно, к этой ли школе обращено мероприятие: {', '.join(unknown or entries)}")
    return Binding("not", f"мероприятие обращено к другим: {', '.join(entries)}")


def _clusters(parent: Plan, organization: str) -> tuple[str, ...]:
    """The headings of the parent's participants under which the organization stands."""
    return _headings(parent.participants, organization)


@lru_cache(maxsize=256)
def _headings(clusters: tuple[Cluster, ...], organization: str) -> tuple[str, ...]:
    return tuple(
        cluster.name for cluster in clusters if any(_is_member(entry, organization) for entry in cluster.schools)
    )


def _is_member(entry: str, organization: str) -> bool | None:
    me = identity(organization)
    if me is None:
        return bool(organization) and share(entry, organization) == 1
    found = [same(school, me) for school in schools(entry)]
    if not found:
        return fold(entry).strip('«»" ') in me.name
    return True if True in found else None if None in found else False


def _by_owners(owners: Owners | None, parent: Plan, me: School | None) -> Binding | None:
    if owners is None or not (owners.owners or owners.text.strip()):
        return None
    named = schools(owners.text)
    if me and any(same(school, me) for school in named):
        return Binding("binds")
    sides = [_side(owner, parent, me) for owner in owners.owners if not schools(_words(owner))]
    if not owners.owners and not named:
        sides = [_side_of(owners.text) or "unknown"]
    if "school" in sides:
        return Binding("binds")
    if named and "unknown" not in sides:
        who = "исполнитель — другая школа" if len(named) == 1 else "исполнители — другие школы"
        return Binding("not", f"{who}: {_listed(named)}")
    who = ", ".join(map(_shown, owners.owners)) or owners.text
    several = len(owners.owners) > 1
    if "unknown" in sides:
        return Binding("doubtful", f"неясно, обязан{'ы' if several else ''} ли от школы: {who}")
    return Binding("not", f"{'исполнители' if several else 'исполнитель'} — {who}, не школа")


def _side(owner: Owner, parent: Plan, me: School | None) -> str:
    if isinstance(owner, Person):
        return "unknown" if owner.role and _side_of(owner.role) == "school" else "department"
    side = _side_of(_words(owner)) or "unknown"
    if side == "department" and me is None and share(_words(owner), parent.organization) != 1:
        return "school"  # the child is itself a department, and the row is not the parent's own
    return side


@lru_cache(maxsize=1024)
def _side_of(words: str) -> str:
    line = fold(words)
    return next((side for side, pattern in _OWNER_RULES if pattern.search(line)), "")


def _words(owner: Owner) -> str:
    return f"{owner.role} {owner.name}" if isinstance(owner, Person) else f"{owner.text} {owner.name}"


def _shown(owner: Owner) -> str:
    return owner.name if isinstance(owner, Person) else owner.text or owner.name


def _listed(mentions: Iterable[School]) -> str:
    """«МАОУ СОШ №№ 11, 19», with schools of one kind under one heading."""
    groups: dict[str, list[str]] = {}
    for school in mentions:
        head = f"{school.prefix} {school.kind}".strip()
        own = "" if school.number else f" «{' '.join(map(str.capitalize, sorted(school.name)))}»"
        groups.setdefault(head + own, []).append(school.number)
    signs = {head: "№№" if len(numbers) > 1 else "№" for head, numbers in groups.items()}
    return ", ".join(f"{head} {signs[head]} {', '.join(n)}" if n[0] else head for head, n in groups.items())
