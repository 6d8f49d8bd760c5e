"""What a document to be handed on is made of: plans, the gaps between them, the day and the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates import parse_years
from roadmap_cli.record import NamedTuple
from roadmap_cli.trace import trace_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project
    from roadmap_cli.settings import Settings
    from roadmap_cli.trace import Pair


class Period(NamedTuple):
    """The days from the first to the last, both inclusive."""

    first: date
    last: date


class Material(NamedTuple):
    """The project with every plan asked for traced to its parents, as of a day.

    `period` is the one that was asked for; without it every plan has its own school year.
    """

    project: Project
    pairs: tuple[Pair, ...]
    today: date
    period: Period | None = None

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans asked for in the order of their files."""
        return self.project.asked()

    @property
    def settings(self) -> Mapping[str, Settings]:
        """The settings of every plan by its path."""
        return self.project.settings

    def period_of(self, plan: Plan) -> Period:
        """The period that a plan is reported on: the wanted one, else its school year, else that of today."""
        if self.period:
            return self.period
        years = parse_years(plan.school_year)
        if years is None:
            return school_year(self.today)
        if years.first == years.second:
            return Period(self.today.replace(years.first, 1, 1), self.today.replace(years.first, 12, 31))
        return school_year(self.today.replace(years.first, 9, 1))


def school_year(day: date) -> Period:
    """The school year that a day lies in: from the first of September to the end of August."""
    first = day.year if day.month >= 9 else day.year - 1
    return Period(day.replace(first, 9, 1), day.replace(first + 1, 8, 31))


def material_of(project: Project, today: date, period: Period | None = None, *, suggest: bool = True) -> Material:
    """The plans of a project that were asked for, traced to the plans they follow, with suggested links if wanted."""

    def threshold_of(path: str) -> float | None:
        return project.settings[path].match_threshold if suggest else None

    return Material(project, trace_all(project.asked(), project.plans.get, threshold_of), today, period)
