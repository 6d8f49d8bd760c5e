"""RM4: links to the parent plan, as far as they need no judgement of wording or of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.binding import participant
from roadmap_cli.checks import Remark, check
from roadmap_cli.links import orphans
from roadmap_cli.model import Related
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project


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
    parents = [project.plans[path] for path in plan.follows if path in project.plans]
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
