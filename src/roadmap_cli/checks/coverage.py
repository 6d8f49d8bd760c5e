"""RM4: links to the parent plan, as far as they need no judgement of wording or of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.binding import participant
from roadmap_cli.checks import Remark, check
from roadmap_cli.links import index_of, orphans, shared
from roadmap_cli.model import Related
from roadmap_cli.text import distance, nearest, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project


_LOOKED = 200_000  # rows compared with unknown keys in search of a hint


def _parents(plan: Plan, project: Project) -> list[Plan]:
    """The plans that a plan follows and that could be read, each once."""
    return [project.plans[path] for path in dict.fromkeys(plan.follows) if path in project.plans]


@check("RM401", "orphaned-link", "error")
def orphaned_link(plan: Plan, project: Project) -> Iterator[Remark]:
    """Мероприятие исполняет номер, которого в вышестоящем плане нет.

    Зачем: в номере описка, или он сменился; выходит, что мероприятие вышестоящего плана никто не исполняет.

    Плохо:
        # school.yaml
        follows: municipal.yaml
        activities:
          - {no: 1, title: Опрос родителей, covers: "7"}
        # municipal.yaml
        - {no: 5, title: Опрос родителей}
    Скажет: в вышестоящем плане нет мероприятия «7»: проверьте «covers»

    Хорошо:
        # school.yaml
        follows: municipal.yaml
        activities:
          - {no: 1, title: Опрос родителей, covers: "5"}
        # municipal.yaml
        - {no: 5, title: Опрос родителей}
    """
    parents = _parents(plan, project)
    if not parents or not any(activity.covers for activity in plan.activities):
        return
    for place, ids in orphans(parents, plan).items():
        activity = plan.activities[place]
        said = ", ".join(f"«{visible(i)}»" for i in ids)
        message = f"в вышестоящем плане нет мероприятия {said}: проверьте «covers»"
        yield Remark(activity.spans["covers"], message, activity.id or activity.no)


@check("RM402", "not-participant", "warning")
def not_participant(plan: Plan, project: Project) -> Iterator[Remark]:
    """Вышестоящий план перечисляет участников, и этой организации среди них нет.

    Зачем: либо школы нет в приказе и план её не обязывает, либо её название написано иначе.

    Плохо:
        # school.yaml
        organization: МБОУ «СОШ № 6»
        follows: municipal.yaml
        # municipal.yaml
        participants: [МАОУ «СОШ № 5», МБОУ «СОШ № 8»]
    Скажет: организации «МБОУ «СОШ № 6»» нет среди участников плана «municipal.yaml»: проверьте, так ли она названа

    Хорошо:
        # school.yaml
        organization: МБОУ «СОШ № 6»
        follows: municipal.yaml
        # municipal.yaml
        participants: [МАОУ «СОШ № 5», МБОУ «СОШ № 6»]
    """
    for path in plan.follows:
        parent = project.plans.get(path)
        if parent is not None and plan.organization and participant(parent, plan) is False:
            where = Related(parent.spans["participants"], "участники перечислены здесь")
            said = f"организации «{visible(plan.organization)}» нет среди участников плана «{visible(parent.path)}»"
            place = plan.spans.get("organization", plan.spans["follows"])
            yield Remark(place, f"{said}: проверьте, так ли она названа", "", (where,))


@check("RM403", "ambiguous-link", "warning")
def ambiguous_link(plan: Plan, project: Project) -> Iterator[Remark]:
    """Номер в «covers» есть в нескольких вышестоящих планах.

    Зачем: связь указывает сразу на все эти мероприятия, и лишнее из них считается исполненным.

    Плохо:
        # school.yaml
        follows: [municipal.yaml, region.yaml]
        activities:
          - {no: 1, title: Опрос родителей, covers: "5"}
        # municipal.yaml
        - {no: 5, title: Опрос родителей}
        # region.yaml
        - {no: 5, title: Съезд учителей}
    Скажет: «5» есть в нескольких вышестоящих планах: напишите «municipal.yaml#5» или «region.yaml#5»

    Хорошо:
        # school.yaml
        follows: [municipal.yaml, region.yaml]
        activities:
          - {no: 1, title: Опрос родителей, covers: municipal.yaml#5}
        # municipal.yaml
        - {no: 5, title: Опрос родителей}
        # region.yaml
        - {no: 5, title: Съезд учителей}
    """
    parents = _parents(plan, project)
    if len(parents) < 2:
        return
    for one in shared(parents, plan):
        activity = plan.activities[one.child]
        rows = [project.plans[path].activities[place] for path, place in one.rows]
        where = tuple(Related(row.span, f"«{visible(row.title[:60])}»") for row in rows)
        said = " или ".join(f"«{visible(address)}»" for address in one.addresses)
        message = f"«{visible(one.link)}» есть в нескольких вышестоящих планах: напишите {said}"
        yield Remark(activity.spans["covers"], message, activity.id or activity.no, where)


@check("RM404", "unknown-not-applicable", "warning")
def unknown_not_applicable(plan: Plan, project: Project) -> Iterator[Remark]:
    """Неприменимым назван номер, которого в вышестоящем плане нет.

    Зачем: в номере описка, и мероприятие, которое хотели исключить, остаётся обязательным.

    Плохо:
        # school.yaml
        follows: municipal.yaml
        not_applicable: {"99": нет старших классов}
        # municipal.yaml
        - {no: 9, title: Смена для старшеклассников}
    Скажет: в вышестоящем плане нет мероприятия «99»: проверьте «not_applicable»; возможно, «9»

    Хорошо:
        # school.yaml
        follows: municipal.yaml
        not_applicable: {"9": нет старших классов}
        # municipal.yaml
        - {no: 9, title: Смена для старшеклассников}
    """
    parents = _parents(plan, project)
    if not parents or not plan.not_applicable:
        return
    indexes = list(map(index_of, parents))
    names = tuple({row.id or row.no for parent in parents for row in parent.activities})
    looked = 0
    for ident in plan.not_applicable:
        if not any(index.find(ident)[0] for index in indexes):
            looked += len(names)
            guess = _only_near(ident, names) if looked < _LOOKED else None
            hint = f"; возможно, «{visible(guess)}»" if guess else ""
            message = f"в вышестоящем плане нет мероприятия «{visible(ident)}»: проверьте «not_applicable»{hint}"
            yield Remark(plan.spans[f"not_applicable {ident}"], message)


def _only_near(ident: str, names: tuple[str, ...]) -> str | None:
    """The name that is nearest, when no other is as near: among plain numbers many are, which tells nothing."""
    guess = nearest(ident, names)
    other = nearest(ident, tuple(name for name in names if name != guess)) if guess else None
    if guess and other and distance(ident.lower(), guess.lower()) == distance(ident.lower(), other.lower()):
        return None
    return guess
