"""The checks: one family a file, one decorated function a check; nothing else lists them.

A check gets a plan and the project and yields remarks; the frame adds its code, name and severity. Its docstring is
its manual. Checks never know the day of the run.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from roadmap_cli.model import Finding
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from roadmap_cli.model import Plan, Related, Severity, Span
    from roadmap_cli.project import Project


class Remark(NamedTuple):
    """What a check says: a place, a message, the activity's number, and other places it speaks of."""

    span: Span
    message: str
    activity: str = ""
    related: tuple[Related, ...] = ()


Run: TypeAlias = "Callable[[Plan, Project], Iterable[Remark]]"


class Check(NamedTuple):
    """A registered check."""

    code: str
    name: str
    severity: Severity
    run: Run
    doc: str


_registered: dict[str, Check] = {}


def check(code: str, name: str, severity: Severity) -> Callable[[Run], Run]:
    """Register a check under a code («RM203») and a kebab name; the code must be new and the docstring written."""

    def register(run: Run) -> Run:
        if code in _registered or not run.__doc__:
            raise ValueError(f"{code}: taken already, or without a docstring")
        _registered[code] = Check(code, name, severity, run, run.__doc__)
        return run

    return register


@cache
def discover() -> tuple[Check, ...]:
    """All checks, by code: every module of this package is imported once."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return tuple(_registered[code] for code in sorted(_registered))


def run_checks(project: Project) -> tuple[Finding, ...]:
    """The findings of reading, of the settings and of every check on the plans asked for, by place and code."""
    read = (*project.findings, *project.settings_findings())
    found = [*read, *(finding for plan in project.asked() for finding in _of_plan(plan, project))]
    return tuple(sorted(set(found), key=lambda f: (f.span, f.code, f.message)))


def _of_plan(plan: Plan, project: Project) -> Iterator[Finding]:
    for one in discover():
        for remark in one.run(plan, project):
            yield Finding(
                one.code, one.name, one.severity, remark.message, remark.span, remark.activity, tuple(remark.related)
            )
