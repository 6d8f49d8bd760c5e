"""What `roadmap import` says of the plan that it made: figures, doubts, words without a place, and where to begin."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from roadmap_cli.model import Person
from roadmap_cli.report.check import SEVERITIES
from roadmap_cli.text import cut, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmap_cli.changes import Difference
    from roadmap_cli.model import Activity, Due, Finding, Plan

_SHOWN = 10
_ALIKE = 3
"""How many findings of one code are shown in full, that many of one kind do not hide the others."""

_RANKS = tuple(SEVERITIES)


def summary(
    remarks: Sequence[str],
    unplaced: Sequence[tuple[str, str]],
    plan: Plan | None,
    findings: Sequence[Finding],
    path: str,
) -> Iterator[str]:
    """The lines of the summary; every word that was not placed is among them. `path` is "" for a plan in no file."""
    yield from _figures(plan) if plan else ("план не читается",)
    yield from (f"внимание: {said}" for said in remarks)
    if unplaced:
        yield f"не вошло в план ({plural(len(unplaced), 'место', 'места', 'мест')}):"
        again: dict[str, list[str]] = {}
        for place, text in unplaced:
            again.setdefault(text, []).append(place)
        for text, places in again.items():
            times = f" (так {plural(len(places), 'раз', 'раза', 'раз')})" if len(places) > 1 else ""
            yield f"  {places[0]}: {text}{times}"
    guessed = (
        [activity.no or f"«{cut(activity.title, 40)}»" for activity in plan.activities if _is_guessed(activity)]
        if plan
        else []
    )
    if not findings and not guessed:
        yield "замечаний нет"
        return
    yield "посмотрите прежде всего:"
    if guessed:
        rows = plural(len(guessed), "мероприятии", "мероприятиях", "мероприятиях")
        yield f"  в {rows} сроки, люди или слова разложены по догадке, сверьте по note: {', '.join(guessed)}"
    ranked = sorted(findings, key=lambda finding: (_RANKS.index(finding.severity), finding.span.line))
    shown = _foremost(ranked)
    for finding in shown:
        activity = f"№ {finding.activity}: " if finding.activity else ""
        where = f"строка {finding.span.line}, {SEVERITIES[finding.severity]} {finding.code}"
        yield f"  {where}: {activity}{finding.message}"
    if len(ranked) > len(shown):
        left = plural(len(ranked) - len(shown), "замечание", "замечания", "замечаний")
        yield f"  и ещё {left}" + (f": roadmap check {path}" if path else "")


def _is_guessed(activity: Activity) -> bool:
    """Whether the note of a row asks to look at what was lined up."""
    return bool(re.search(r"(?:проверьте|сопоставьте сами)\.$", activity.note, re.MULTILINE))


def _foremost(ranked: Sequence[Finding]) -> list[Finding]:
    """The findings to begin with: the worst, and of each code only the first few, in the order given."""
    counts: Counter[str] = Counter()
    shown: list[Finding] = []
    for finding in ranked:
        counts[finding.code] += 1
        if counts[finding.code] <= _ALIKE or finding.severity == "error":
            shown.append(finding)
    return shown[:_SHOWN]


def changes_in_words(found: Difference) -> Iterator[str]:
    """What a new version changes in a plan, a line for every row that is added, gone or other than before."""
    from roadmap_cli.report.diff import in_words

    before, after = found.old.activities, found.new.activities
    kept = {one.new: one for one in found.changed()}
    for i in found.removed:
        yield f"- № {before[i].no or '—'} исключено: {before[i].title}"
    for j, activity in enumerate(after):
        if j in found.added:
            yield f"+ № {activity.no or '—'} добавлено: {activity.title}"
        elif j in kept:
            yield f"~ № {activity.no or '—'} {cut(activity.title, 60)}: {'; '.join(map(in_words, kept[j].changes))}"
    for one in found.renumbered():
        yield f"· № {before[one.old].no} теперь № {after[one.new].no}: {cut(after[one.new].title, 60)}"


def _figures(plan: Plan) -> Iterator[str]:
    results = [result for activity in plan.activities for result in activity.deliverables]
    dues = [result.due for result in results]
    told = [_state(due) for due in dues]
    activities = plural(len(plan.activities), "мероприятие", "мероприятия", "мероприятий")
    yield f"{activities}, {plural(len(results), 'результат', 'результата', 'результатов')}"
    said = [f"{name} {told.count(name)}" for name in ("прочитано", "сомнительных", "не прочитано", "не названо")]
    yield f"сроки: {', '.join(said)}"
    owners = [owner for result in results for owner in (result.owners.owners if result.owners else ())]
    people = list(dict.fromkeys(owner.name for owner in owners if isinstance(owner, Person)))
    roles = len({owner.name for owner in owners if not isinstance(owner, Person)})
    nobody = sum(result.owners is None for result in results)
    names = f" ({cut(', '.join(people), 200)})" if people else ""
    yield f"люди: {len(people)}{names}; должности и группы: {roles}; без ответственного: {nobody}"


def _state(due: Due | None) -> str:
    if due is None:
        return "не названо"
    if due.kind == "unreadable":
        return "не прочитано"
    return "сомнительных" if due.notes or due.unclear else "прочитано"
