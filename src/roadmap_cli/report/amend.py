"""What is shown around an edit: the places that a word may mean, and rows as they stand afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words
from roadmap_cli.report.status import Look
from roadmap_cli.report.status import rows_report as status_rows
from roadmap_cli.status import row
from roadmap_cli.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.model import Plan
    from roadmap_cli.report import Report
    from roadmap_cli.settings import Settings
    from roadmap_cli.targets import Ambiguous, Place

_TITLE = 70  # characters of a title in a list of choices


def choice_lines(unclear: Ambiguous) -> list[str]:
    """Each place with the word to type for it, its title or result, its deadline and its line."""
    plan = unclear.plan
    words = [word or "—" for word in unclear.instead]
    width = max(map(len, words))
    found = []
    for place, word in zip(unclear.places, words, strict=True):
        activity = plan.activities[place.activity]
        result = activity.deliverables[place.result or 0]
        text = activity.title if place.result is None else result.text or "(результат не указан)"
        span = activity.span if place.result is None else result.span
        dues = [result] if place.result is not None else activity.deliverables
        said = ", ".join(dict.fromkeys(in_words(one.due) for one in dues if one.due)) or "срок не указан"
        found.append(f"{visible(word):<{width}}  {visible(cut(text, _TITLE))} ({visible(said)}), строка {span.line}")
    return found


def rows_report(plan: Plan, places: Sequence[Place], settings: Settings, today: date) -> Report:
    """The rows of some places as `status` shows them; a whole row with all of its results."""
    wanted = [
        (place.activity, j)
        for place in places
        for j in (
            [place.result] if place.result is not None else range(len(plan.activities[place.activity].deliverables))
        )
    ]
    found = []
    for i, j in sorted(set(wanted)):
        activity = plan.activities[i]
        found.append(row(activity, activity.deliverables[j], today, settings.due_soon))
    return status_rows(found, Look.of(settings))
