"""`roadmap gaps`: what a parent plan asks of the schools and what their plans answer, in one of four views."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from roadmap_cli.report import Report
from roadmap_cli.report.gaps.document import gaps_document, own_activities
from roadmap_cli.report.gaps.words import SYMBOLS, dues_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmap_cli.report.gaps.words import Place
    from roadmap_cli.trace import Pair

__all__ = ["SYMBOLS", "dues_in_words", "gaps_report", "own_activities"]


def gaps_report(
    pairs: Sequence[Pair],
    view: str = "",
    *,
    activity: str = "",
    known: Collection[Place] = (),
    summary: tuple[str, ...] = (),
) -> Report:
    """The pairs in a view: "details", "summary", "matrix" or "activity"; by default details of a single school.

    `known` are the rows (child, parent, place) whose gaps the baseline knows. Raises RoadmapError when no parent has
    the `activity`.
    """
    chosen = view or ("summary" if len({pair.child.path for pair in pairs}) > 1 else "details")
    if chosen == "activity":
        from roadmap_cli.report.gaps.activity import one_activity

        tables, records = one_activity(pairs, activity, known)
    elif chosen == "matrix":
        from roadmap_cli.report.gaps.matrix import matrix

        tables, records = matrix(pairs)
    elif chosen == "summary":
        from roadmap_cli.report.gaps.summary import overview

        tables, records = overview(pairs)
    else:
        from roadmap_cli.report.gaps.details import details

        tables, records = details(pairs, known)
    return Report(partial(gaps_document, pairs), lambda: tables, summary, lambda: records)
