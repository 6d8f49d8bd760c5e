"""RM3: people and roles."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from roadmap_cli.checks import Remark, check
from roadmap_cli.model import Person, Related
from roadmap_cli.people import alike, person_key
from roadmap_cli.people.directory import Directory
from roadmap_cli.text import fold, nearest, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.model import Activity, Owners, Plan, Span
    from roadmap_cli.project import Project


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


def _of_one_school(plan: Plan, project: Project) -> list[Plan]:
    """The plans of the same organization that are checked together, this one among them."""
    school = fold(plan.organization)
    others = [other for other in project.asked() if other is not plan and school and fold(other.organization) == school]
    return [plan, *others]


def _pairs(plan: Plan, project: Project, wanted: str) -> Iterator[Remark]:
    """Each pair of names once, at the rarer spelling's first place, over all plans of the school."""
    places: dict[str, list[tuple[Activity, Span]]] = {}
    for one in sorted(_of_one_school(plan, project), key=lambda p: p.path):
        for name, found in _spellings(one).items():
            places.setdefault(name, []).extend(found)
    same = [{person_key(n) for n in (p.name, *p.aliases)} for p in plan.people]
    different = project.settings[plan.path].different
    for one_name, other_name in combinations(places, 2):
        if alike(one_name, other_name) != wanted or frozenset((one_name, other_name)) in different:
            continue
        if any(person_key(one_name) in known and person_key(other_name) in known for known in same):
            continue
        rare, usual = sorted((one_name, other_name), key=lambda name: len(places[name]))
        activity, place = places[rare][0]
        if place.path != plan.path:
            continue
        others = [Related(span, f"и здесь «{visible(rare)}»") for _, span in places[rare][1:]]
        number = plural(len(places[usual]), "раз", "раза", "раз")
        others.append(Related(places[usual][0][1], f"«{visible(usual)}» — {number}, впервые здесь"))
        guess = "похоже на описку" if wanted == "strong" else "возможно, один человек"
        message = f"«{visible(rare)}» и «{visible(usual)}»: {guess}; проверьте имя"
        yield Remark(place, message, activity.id or activity.no, tuple(others))


@check("RM302", "similar-people", "warning")
def similar_people(plan: Plan, project: Project) -> Iterator[Remark]:
    """Два имени отличаются знаком, который легко спутать при печати и сканировании.

    Зачем: «Слепкова» и «Сленкова», «Н.А.» и «П.А.» — скорее всего один человек; программа не соединяет их молча.
    """
    return _pairs(plan, project, "strong")


@check("RM303", "maybe-same-person", "note")
def maybe_same_person(plan: Plan, project: Project) -> Iterator[Remark]:
    """Два имени отличаются одной буквой или потерянным инициалом.

    Зачем: это могут быть и разные люди, и один; пусть посмотрит человек.
    """
    return _pairs(plan, project, "weak")


@check("RM304", "mended-owners", "warning")
def mended_owners(plan: Plan, project: Project) -> Iterator[Remark]:
    """Имя прочитано, но в записи пришлось исправить ошибку.

    Зачем: исправление видно здесь, чтобы поправить документ.
    """
    for activity, owners, place in _cells(plan):
        if owners.repairs:
            message = f"{visible('; '.join(owners.repairs))}: «{visible(owners.text[:80])}»"
            yield Remark(place, message, activity.id or activity.no)


@check("RM305", "doubtful-owners", "note")
def doubtful_owners(plan: Plan, project: Project) -> Iterator[Remark]:
    """Ячейку с ответственными можно понять и иначе.

    Зачем: сомнение должен разрешить человек.
    """
    for activity, owners, place in _cells(plan):
        if owners.notes and owners.owners:
            message = f"«{visible(owners.text[:80])}»: {visible('; '.join(owners.notes))}"
            yield Remark(place, message, activity.id or activity.no)


@check("RM306", "not-in-directory", "warning")
def not_in_directory(plan: Plan, project: Project) -> Iterator[Remark]:
    """Человека нет в справочнике плана.

    Зачем: справочник («people») нужен, чтобы нагрузка и напоминания считались на верных людей.
    """
    if not plan.people:
        return
    directory = Directory(plan.people)
    names = {fold(name): name for p in plan.people for name in (p.name, *p.aliases)}
    for name, found in _spellings(plan).items():
        if directory.knows(Person(name)):
            continue
        activity, place = found[0]
        guess = nearest(fold(name), tuple(names))
        hint = f"; возможно, «{visible(names[guess])}»" if guess else ""
        message = f"«{visible(name)}» нет в справочнике «people»{hint}"
        yield Remark(place, message, activity.id or activity.no)
