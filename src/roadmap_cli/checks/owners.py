"""RM3: people and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.checks import Remark, check, check_across
from roadmap_cli.model import Person, Related
from roadmap_cli.people import alike, person_key
from roadmap_cli.people.directory import Directory
from roadmap_cli.people.likeness import near
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold, nearest, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmap_cli.model import Activity, Owners, Plan, Span
    from roadmap_cli.project import Project


_LOOKED = 100_000  # names of the directory that are tried for a hint, over all unknown names of a plan


def _cells(plan: Plan) -> Iterator[tuple[Activity, Owners, Span]]:
    """Every written owners cell once, with its place."""
    seen = set()
    for activity in plan.activities:
        for deliverable in activity.deliverables:
            place = deliverable.spans.get("owners")
            if deliverable.owners is not None and place is not None and place not in seen:
                seen.add(place)
                yield activity, deliverable.owners, place


@check("RM301", "nobody", "warning")
def nobody(plan: Plan, project: Project) -> Iterator[Remark]:
    """За результат никто не отвечает.

    Зачем: то, за что не отвечает никто, не делает никто. На мероприятие — одно замечание.

    Плохо:
        due: до 14.10.2022
    Скажет: у мероприятия нет ответственного: впишите «owners»

    Хорошо:
        due: до 14.10.2022
        owners: Савина И.А.
    """
    for activity in plan.activities:
        empty = [d for d in activity.deliverables if d.owners is None or not d.owners.owners]
        if empty and not activity.cancelled:
            whole = len(empty) == len(activity.deliverables)
            first = empty[0]
            place = activity.span if whole and "owners" not in first.spans else first.spans.get("owners", first.span)
            what = "у мероприятия" if whole else f"у {plural(len(empty), 'результата', 'результатов', 'результатов')}"
            yield Remark(place, f"{what} нет ответственного: впишите «owners»", activity.id or activity.no)


def _spellings(plan: Plan) -> dict[str, list[tuple[Activity, Span]]]:
    """Every spelling of a person's name with its places."""
    places: dict[str, list[tuple[Activity, Span]]] = {}
    for activity, owners, place in _cells(plan):
        for owner in owners.owners:
            if isinstance(owner, Person):
                places.setdefault(owner.name, []).append((activity, place))
    return places


class _Names(NamedTuple):
    """The people that a plan names: each spelling with the places where it stands, and who is known to be who."""

    path: str
    school: str
    places: dict[str, list[tuple[str, Span]]]
    same: list[frozenset[tuple[str, str]]]
    different: frozenset[frozenset[str]]


def _names(plan: Plan, project: Project) -> _Names:
    places = {
        name: [(activity.id or activity.no, place) for activity, place in found]
        for name, found in _spellings(plan).items()
    }
    same = [frozenset(person_key(name) for name in (one.name, *one.aliases)) for one in plan.people]
    return _Names(plan.path, fold(plan.organization), places, same, project.settings[plan.path].different)


def _pairs(plans: Sequence[_Names], wanted: str) -> Iterator[Remark]:
    """Each pair of alike names once, at the rarer spelling's first place, over all plans of a school."""
    schools: dict[str, list[_Names]] = {}
    for names in sorted(plans, key=lambda names: names.path):
        schools.setdefault(names.school or names.path, []).append(names)
    for mine in schools.values():
        yield from _pairs_of_school(mine, wanted)


def _pairs_of_school(plans: Sequence[_Names], wanted: str) -> Iterator[Remark]:
    places: dict[str, list[tuple[str, Span]]] = {}
    for names in plans:
        for name, found in names.places.items():
            places.setdefault(name, []).extend(found)
    by_path = {names.path: names for names in plans}
    order = {name: number for number, name in enumerate(places)}
    for one_name, other_name in sorted(near(places), key=lambda pair: (order[pair[0]], order[pair[1]])):
        if alike(one_name, other_name) != wanted:
            continue
        rare, usual = sorted((one_name, other_name), key=lambda name: len(places[name]))
        activity, place = places[rare][0]
        here = by_path[place.path]
        if frozenset((rare, usual)) in here.different:
            continue
        if any(person_key(rare) in known and person_key(usual) in known for known in here.same):
            continue
        others = [Related(span, f"и здесь «{visible(rare)}»") for _, span in places[rare][1:]]
        number = plural(len(places[usual]), "раз", "раза", "раз")
        others.append(Related(places[usual][0][1], f"«{visible(usual)}» — {number}, впервые здесь"))
        guess = "похоже на описку" if wanted == "strong" else "возможно, один человек"
        message = f"«{visible(rare)}» и «{visible(usual)}»: {guess}; проверьте имя"
        yield Remark(place, message, activity, tuple(others))


@check_across("RM302", "similar-people", "warning", _names)
def similar_people(plans: Sequence[_Names]) -> Iterator[Remark]:
    """Два имени отличаются знаком, который легко спутать при печати и сканировании.

    Зачем: «Слепкова» и «Сленкова» — скорее всего один человек, но сама программа их не соединяет: исправьте имя,
    впишите оба написания в «people», а двух разных людей — в «different_people» настроек.

    Плохо:
        - {no: 1, title: Приказ, owners: Слепкова Н.А.}
        - {no: 2, title: Опрос, owners: Слепкова Н.А.}
        - {no: 3, title: Сводка, owners: Сленкова Н.А.}
    Скажет: «Сленкова Н.А.» и «Слепкова Н.А.»: похоже на описку; проверьте имя

    Хорошо:
        - {no: 1, title: Приказ, owners: Слепкова Н.А.}
        - {no: 2, title: Опрос, owners: Слепкова Н.А.}
        - {no: 3, title: Сводка, owners: Слепкова Н.А.}
    """
    return _pairs(plans, "strong")


@check_across("RM303", "maybe-same-person", "note", _names)
def maybe_same_person(plans: Sequence[_Names]) -> Iterator[Remark]:
    """Два имени отличаются одной буквой или потерянным инициалом.

    Зачем: это могут быть и разные люди, и один; посмотрите сами. Разных людей впишите в «different_people» настроек.

    Плохо:
        - {no: 1, title: Приказ, owners: Давыденко О.С.}
        - {no: 2, title: Опрос, owners: Довыденко О.С.}
    Скажет: «Давыденко О.С.» и «Довыденко О.С.»: возможно, один человек; проверьте имя

    Хорошо:
        # plan.yaml
        - {no: 1, title: Приказ, owners: Давыденко О.С.}
        - {no: 2, title: Опрос, owners: Довыденко О.С.}
        # roadmap.yaml
        different_people: [[Давыденко О.С., Довыденко О.С.]]
    """
    return _pairs(plans, "weak")


@check("RM304", "mended-owners", "warning")
def mended_owners(plan: Plan, project: Project) -> Iterator[Remark]:
    """Имя прочитано, но в записи пришлось исправить ошибку.

    Зачем: исправление видно здесь, чтобы поправить документ и проверить, что понято верно.

    Плохо:
        owners: Савина И.А, Слепкова Н.А.
    Скажет: в инициалах «И.А» нет точки: «Савина И.А, Слепкова Н.А.»

    Хорошо:
        owners: Савина И.А., Слепкова Н.А.
    """
    for activity, owners, place in _cells(plan):
        if owners.repairs:
            message = f"{visible('; '.join(owners.repairs))}: «{visible(owners.text[:80])}»"
            yield Remark(place, message, activity.id or activity.no)


@check("RM305", "doubtful-owners", "note")
def doubtful_owners(plan: Plan, project: Project) -> Iterator[Remark]:
    """Ответственных можно понять и иначе.

    Зачем: решить, кто имелся в виду, должен человек.

    Плохо:
        owners: Савина И.А., Слепкова
    Скажет: «Савина И.А., Слепкова»: «Слепкова» прочитано как фамилия: нет инициалов

    Хорошо:
        owners: Савина И.А., Слепкова Н.А.
    """
    for activity, owners, place in _cells(plan):
        if owners.notes and owners.owners:
            message = f"«{visible(owners.text[:80])}»: {visible('; '.join(owners.notes))}"
            yield Remark(place, message, activity.id or activity.no)


@check("RM306", "not-in-directory", "warning")
def not_in_directory(plan: Plan, project: Project) -> Iterator[Remark]:
    """Человека нет в справочнике плана.

    Зачем: по справочнику («people») считается нагрузка; кого в нём нет, тот может оказаться опиской в имени.

    Плохо:
        people: [{name: Савина И.А.}, {name: Слепкова Н.А.}]
        activities:
          - {no: 1, title: Приказ, owners: Сапина И.А.}
    Скажет: «Сапина И.А.» нет в справочнике «people»; возможно, «Савина И.А.»

    Хорошо:
        people: [{name: Савина И.А.}, {name: Слепкова Н.А.}]
        activities:
          - {no: 1, title: Приказ, owners: Савина И.А.}
    """
    if not plan.people:
        return
    directory = Directory(plan.people)
    names = {fold(name): name for p in plan.people for name in (p.name, *p.aliases)}
    looked = 0
    for name, found in _spellings(plan).items():
        if directory.knows(Person(name)):
            continue
        activity, place = found[0]
        looked += len(names)
        guess = nearest(fold(name), tuple(names)) if looked < _LOOKED else None
        hint = f"; возможно, «{visible(names[guess])}»" if guess else ""
        message = f"«{visible(name)}» нет в справочнике «people»{hint}"
        yield Remark(place, message, activity.id or activity.no)
