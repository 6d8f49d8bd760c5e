"""The page that a director reads: the value of it, made of what the other reports are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.report.deadlines import GROUPS, day_of, left_of, warnings
from roadmap_cli.report.gaps.words import natural, number
from roadmap_cli.report.page.anchors import Anchors, file_name, plan_anchors, plan_names
from roadmap_cli.report.page.carried import carryings, matrices
from roadmap_cli.report.page.findings import doubts_of, unread_words
from roadmap_cli.report.page.picture import day_words, picture
from roadmap_cli.report.page.rows import Read, whole_load
from roadmap_cli.report.page.timeline import timeline
from roadmap_cli.report.page.values import Alarm, Page, Sheet, Urgent
from roadmap_cli.status import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from roadmap_cli.model import Finding, Plan
    from roadmap_cli.project import Project
    from roadmap_cli.report.material import Material
    from roadmap_cli.report.page.values import Carrying


def page_of(material: Material, findings: Iterable[Finding]) -> Page:
    """The page of the plans asked for; `findings` is what checks tell of them."""
    project, pairs, today = material.project, material.pairs, material.today
    plans = _in_order(project.asked())
    parents = {pair.parent.path: pair.parent for pair in pairs}
    names = plan_names([*plans, *(parent for path, parent in parents.items() if path not in project.named)])
    anchors = Anchors()
    own = plan_anchors(plans, anchors)
    read = {p.path: Read(p, own[p.path], project.settings[p.path], today, anchors) for p in plans}
    carried = carryings(pairs, read, names, anchors)
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        told.setdefault(finding.span.path, []).append(finding)
    sheets = tuple(_sheet(one, names, carried, told.get(path, ()), today) for path, one in read.items())
    every = tuple(read.values())
    load = whole_load(every, today)
    counts = summary(row for one in every for row in one.rows)
    title, organization = _heading(plans, parents.values())
    unread = tuple(unread_words(path, told.get(path, ())) for path in project.named if path not in project.plans)
    return Page(
        title,
        organization,
        day_words(today),
        picture(every, counts, load, sheets, unread),
        counts,
        load,
        unread,
        _alarms(project, read, names, today),
        timeline(every, names, today),
        matrices(pairs, carried, read, names, anchors),
        sheets,
    )


def _in_order(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """The plans that others follow, then the others, each by name."""
    listed = tuple(plans)
    followed = {path for plan in listed for path in plan.follows}
    return tuple(
        sorted(listed, key=lambda p: (p.path not in followed, natural(p.organization or file_name(p.path)), p.path))
    )


def _heading(plans: Sequence[Plan], parents: Iterable[Plan]) -> tuple[str, str]:
    """The title and the organization: of the only plan, or of the only parent of several."""
    above = tuple(parents)
    chosen = plans[0] if len(plans) == 1 else above[0] if len(above) == 1 else None
    if chosen is None:
        return "Исполнение «дорожных карт»", ""
    return chosen.title or file_name(chosen.path), chosen.organization


def _sheet(
    one: Read,
    names: Mapping[str, str],
    carried: Mapping[tuple[str, str], Carrying],
    findings: Sequence[Finding],
    today: date,
) -> Sheet:
    plan = one.plan
    order = plan.order
    dated = f" от {' '.join(order.date.text.split())}" if order and order.date else ""
    facts = (
        f"{plan.school_year} учебный год" if plan.school_year else "",
        f"приказ № {order.number}{dated}" if order and order.number else "",
        f"файл {file_name(plan.path)}",
    )
    return Sheet(
        one.anchor,
        names[plan.path],
        plan.title,
        tuple(filter(None, facts)),
        summary(one.rows),
        whole_load((one,), today),
        one.loads,
        one.blocks,
        tuple(found for (child, _), found in carried.items() if child == plan.path),
        doubts_of(one, findings),
    )


def _alarms(project: Project, read: Mapping[str, Read], names: Mapping[str, str], today: date) -> tuple[Alarm, ...]:
    groups: dict[str, list[Urgent]] = {}
    for one in warnings(project, today, None, everything=False):
        path, activity = one.plan.path, one.row.activity
        urgent = Urgent(
            one.group,
            read[path].anchor,
            names[path],
            number(activity),
            activity.title,
            day_of(one, one.day) if one.day else "",
            left_of(one),
            read[path].lines[id(one.row.deliverable)],
        )
        groups.setdefault(one.group, []).append(urgent)
    return tuple(Alarm(group, GROUPS[group], tuple(groups[group])) for group in GROUPS if group in groups)
