"""The checks: one family a file, one decorated function a check; nothing else lists them.

A check gets a plan and the project and yields remarks; the frame adds its code, name and severity. A check across plans
gets what it gathered from each of them: plans are read, checked and forgotten one after another. A check's docstring is
its manual. Checks never know the day of the run.
"""

from __future__ import annotations

import pkgutil
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from roadmap_cli.errors import READING
from roadmap_cli.model import Finding
from roadmap_cli.pool import in_chunks
from roadmap_cli.project import Library, Project, by_place
from roadmap_cli.record import NamedTuple
from roadmap_cli.selection import for_plan
from roadmap_cli.verdict import Verdict, settings_trouble, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from roadmap_cli.model import Plan, Related, Severity, Span, Suppression
    from roadmap_cli.pool import Seen
    from roadmap_cli.selection import Layer
    from roadmap_cli.settings import Settings


class Remark(NamedTuple):
    """What a check says: a place, a message, the activity's number, and other places it speaks of."""

    span: Span
    message: str
    activity: str = ""
    related: tuple[Related, ...] = ()


Run: TypeAlias = "Callable[[Plan, Project], Iterable[Remark]]"
Gather: TypeAlias = "Callable[[Plan, Project], Any]"
RunAcross: TypeAlias = "Callable[[Sequence[Any]], Iterable[Remark]]"


class Check(NamedTuple):
    """A registered check; one with `gather` runs on what that found in all plans, the others on each plan."""

    code: str
    name: str
    severity: Severity
    run: Callable[..., Iterable[Remark]]
    doc: str
    gather: Gather | None = None


class Checked(NamedTuple):
    """What was found in many plans, by place and code; `unread` are the files that are no plans.

    `passed` are the findings that comments in the plans let pass.
    """

    findings: tuple[Finding, ...]
    unread: tuple[str, ...]
    passed: tuple[Finding, ...] = ()


class _Rules(NamedTuple):
    """What a plan's settings and its comments say of its findings."""

    layers: tuple[Layer, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


class _Part(NamedTuple):
    """What some of the files gave: findings in plans and in settings, the files that are no plans.

    `gathered` holds what each `gather` found, plan by plan, `rules` what holds for plans that have any.
    """

    findings: list[Finding]
    settings: list[Finding]
    unread: list[str]
    gathered: dict[Gather, list[Any]]
    rules: dict[str, _Rules]


_registered: dict[str, Check] = {}


def check(code: str, name: str, severity: Severity) -> Callable[[Run], Run]:
    """Register a check of a plan under a code («RM203») and a kebab name.

    The code must be new and the docstring written.
    """

    def register(run: Run) -> Run:
        _register(Check(code, name, severity, run, run.__doc__ or ""))
        return run

    return register


def check_across(code: str, name: str, severity: Severity, gather: Gather) -> Callable[[RunAcross], RunAcross]:
    """Register a check across plans: what `gather` takes from each plan must be small and picklable."""

    def register(run: RunAcross) -> RunAcross:
        _register(Check(code, name, severity, run, run.__doc__ or "", gather))
        return run

    return register


def _register(one: Check) -> None:
    if one.code in _registered or not one.doc:
        raise ValueError(f"{one.code}: taken already, or without a docstring")
    _registered[one.code] = one


@cache
def discover() -> tuple[Check, ...]:
    """All checks, by code: every module of this package is imported once."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return tuple(_registered[code] for code in sorted(_registered))


@cache
def _gathers() -> frozenset[Gather]:
    return frozenset(one.gather for one in discover() if one.gather is not None)


@cache
def catalogue() -> Mapping[str, str]:
    """The names of all findings by code, those of reading among them."""
    return {**{code: name for code, (name, _) in READING.items()}, **{one.code: one.name for one in discover()}}


def run_checks(
    files: Sequence[str],
    settings_of: Callable[[str], Settings],
    jobs: int = 1,
    layers: Sequence[Layer] = (),
    seen: Seen | None = None,
) -> Checked:
    """What is told of the plans in `files`: of reading, of the settings, and by every check.

    The settings, the comments in the plans, and `layers` on top of them, say what is left out. Over several `jobs`,
    `settings_of` must be picklable. `seen` is told how many of the files are done.
    """
    parts = list(in_chunks(partial(_checked, files=by_place(files), settings_of=settings_of), files, jobs, seen))
    found = {finding for part in parts for finding in part.findings}
    gathered = {gather: [facts for part in parts for facts in part.gathered[gather]] for gather in _gathers()}
    for one in discover():
        if one.gather:
            found.update(_named(one, one.run(gathered[one.gather])))
    rules = {path: rule for part in parts for path, rule in part.rules.items()}
    about = {finding for part in parts for finding in part.settings}
    judged = _judged(found - about if about else found, rules, layers, alone=len(files) == 1)
    unread = tuple(path for part in parts for path in part.unread)
    return Checked(_in_order({*judged.told, *about}), unread, _in_order(judged.passed))


def check_project(project: Project) -> tuple[Finding, ...]:
    """What is told of the plans of a project that were asked for, as `run_checks` tells it of their files."""
    found = {finding for finding in project.findings if finding.span.path in project.named}
    plans = project.asked()
    for one in discover():
        if one.gather is None:
            for plan in plans:
                found.update(_named(one, one.run(plan, project)))
        else:
            gather = one.gather
            found.update(_named(one, one.run([gather(plan, project) for plan in plans])))
    layers = {path: project.settings[path].selection for path in project.named if path in project.settings}
    rules = {plan.path: _Rules(layers[plan.path], plan.suppressions) for plan in plans}
    return _in_order(_judged(found, rules, (), alone=len(plans) == 1).told)


def _judged(found: Iterable[Finding], rules: Mapping[str, _Rules], layers: Sequence[Layer], *, alone: bool) -> Verdict:
    """What becomes of the findings of all plans, by what holds for each of them."""
    if not rules and not layers:
        return Verdict(tuple(found))
    by_path: dict[str, list[Finding]] = {path: [] for path in rules}
    for finding in found:
        by_path.setdefault(finding.span.path, []).append(finding)
    told: list[Finding] = []
    passed: list[Finding] = []
    for path, findings in by_path.items():
        own, comments = rules.get(path, _Rules())
        selection = for_plan((*own, *layers), path)
        one = verdict(findings, selection, comments, catalogue(), alone=alone)
        told += one.told
        passed += one.passed
    return Verdict(tuple(told), tuple(passed))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.code, finding.message)))


def _checked(
    part: Sequence[str], seen: Seen | None = None, *, files: Mapping[str, str], settings_of: Callable[[str], Settings]
) -> _Part:
    library = Library(files, settings_of, frozenset(files.values()), frozenset(part), seen=seen)
    own = [one for one in discover() if one.gather is None]
    found = _Part(library.findings, [], library.unread, {gather: [] for gather in _gathers()}, {})
    for plan in library.plans():
        project = Project(library.kept, (plan.path,), (), library.settings)
        for one in own:
            found.findings.extend(_named(one, one.run(plan, project)))
        for gather, gathered in found.gathered.items():
            gathered.append(gather(plan, project))
        if plan.suppressions:
            found.rules[plan.path] = _Rules((), plan.suppressions)
    for path in part:
        settings = library.settings.get(path)
        if settings and settings.selection:
            found.rules[path] = found.rules.get(path, _Rules())._replace(layers=settings.selection)
    every = {layer for rule in found.rules.values() for layer in rule.layers}
    found.settings.extend((*library.settings_findings(), *settings_trouble(every, catalogue())))
    return found


def _named(one: Check, remarks: Iterable[Remark]) -> Iterator[Finding]:
    for place, message, activity, related in remarks:
        yield Finding(one.code, one.name, one.severity, message, place, activity, tuple(related))
