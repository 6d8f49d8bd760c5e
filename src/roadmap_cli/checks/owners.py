"""RM3: people and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.checks import Remark, check, check_across
from roadmap_cli.memo import remembered
from roadmap_cli.model import Person, Related
from roadmap_cli.people import person_key
from roadmap_cli.people.likeness import pairs
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import fold, nearest, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from roadmap_cli.model import Activity, Owners, Plan, Span
    from roadmap_cli.people.likeness import Pair
    from roadmap_cli.project import Project

    Cell: TypeAlias = tuple[Activity, Owners, Span]
    Spellings: TypeAlias = dict[str, list[tuple[str, Span]]]

_LOOKED = 100_000  # names of the directory that are tried for a hint, over all unknown names of a plan


@remembered()
def _cells(plan: Plan) -> Sequence[Cell]:
    """Every written owners cell once, with its place."""
    found: dict[Span, Cell] = {}
    for activity in plan.activities:
        for deliverable in activity.deliverables:
            if deliverable.owners is not None and (place := deliverable.spans.get("owners")) is not None:
                found.setdefault(place, (activity, deliverable.owners, place))
    return tuple(found.values())


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


@remembered()
def _spellings(plan: Plan) -> Spellings:
    """Every spelling of a person's name with its places, each by the activity's number."""
    places: Spellings = {}
    for activity, owners, place in _cells(plan):
        for owner in owners.owners:
            if isinstance(owner, Person):
                places.setdefault(owner.name, []).append((activity.id or activity.no, place))
    return places


class _Names(NamedTuple):
    """The people that a plan names: each spelling with the places where it stands, and who is known to be who.

    `alike` are the spellings of this plan that may be one person.
    """

    path: str
    school: str
    places: Spellings
    alike: list[Pair]
    same: list[frozenset[tuple[str, str]]]
    different: frozenset[frozenset[str]]


def _names(plan: Plan, project: Project) -> _Names:
    places = _spellings(plan)
    same = [frozenset(person_key(name) for name in (one.name, *one.aliases)) for one in plan.people]
    different = project.settings[plan.path].different
    return _Names(plan.path, fold(plan.organization), places, pairs(places), same, different)


def _alike(plans: Sequence[_Names], wanted: str) -> Iterator[Remark]:
    """Each pair of alike names once, at the rarer spelling's first place, over all plans of a school."""
    schools: dict[str, list[_Names]] = {}
    for names in sorted(plans, key=lambda names: names.path):
        schools.setdefault(names.school or names.path, []).append(names)
    for mine in schools.values():
        if len(mine) == 1:
            yield from _remarks(mine, mine[0].places, mine[0].alike, wanted)
        else:
            places: Spellings = {}
            for names in mine:
                for name, found in names.places.items():
                    places.setdefault(name, []).extend(found)
            yield from _remarks(mine, places, pairs(places), wanted)


def _remarks(plans: Sequence[_Names], places: Spellings, alike: Iterable[Pair], wanted: str) -> Iterator[Remark]:
    """What is said of the alike spellings of one school's people."""
    by_path = {names.path: names for names in plans}
    for one_name, other_name, likeness in alike:
        if likeness != wanted:
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
    return _alike(plans, "strong")


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
    return _alike(plans, "weak")


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
    listed = [name for one in plan.people for name in (one.name, *one.aliases)]
    known = set(map(person_key, listed))
    strangers = [name for name in _spellings(plan) if person_key(name) not in known]
    names = {fold(name): name for name in listed} if strangers else {}
    looked = 0
    for name in strangers:
        activity, place = _spellings(plan)[name][0]
        looked += len(names)
        guess = nearest(fold(name), tuple(names)) if looked < _LOOKED else None
        hint = f"; возможно, «{visible(names[guess])}»" if guess else ""
        yield Remark(place, f"«{visible(name)}» нет в справочнике «people»{hint}", activity)
