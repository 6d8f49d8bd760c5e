"""Whether the dates of a child's row are in time for the parent's: calendar days, both ends inclusive."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from roadmap_cli.matching import similarity
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import clean, cut, days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from roadmap_cli.model import Deliverable, Due

_FIRM = frozenset({"on", "by", "period", "dates", "season"})
_PAIRS = 2_500  # of results: for more of them only the last days of both rows are compared, and it is said
_ALIKE = 0.2  # results less alike than this are not compared one with another


class Verdict(NamedTuple):
    """The judgement by time; `reason` is «» when there is nothing to say of it."""

    state: Literal["covered", "early", "late"]
    reason: str = ""
    days_late: int | None = None


def compare(owed: Sequence[Deliverable], offered: Sequence[Deliverable]) -> Verdict:
    """Whether what the child offers is in time for what the parent wants, result by result where dates are plain."""
    wanted = [result.due for result in owed if result.due]
    given = [result.due for result in offered if result.due]
    if not wanted:
        return Verdict("covered")
    if not given:
        return Verdict("covered", "у школы нет срока")
    firm, answers = _firm(wanted), _firm(given)
    if not firm or not answers:
        text = (wanted if not firm else given)[0].text
        whose = "" if not firm else "у школы "
        return Verdict("covered", f"сроки не сравнимы: {whose}«{cut(clean(text), 60)}»")
    verdicts = _verdicts(owed, offered, firm, answers)
    late = [verdict for verdict in verdicts if verdict.state == "late"]
    if late:
        return max(late, key=lambda verdict: verdict.days_late or 0)
    return min(verdicts, key=lambda verdict: (verdict.state != "early", not verdict.reason))


def _verdicts(
    owed: Sequence[Deliverable], offered: Sequence[Deliverable], firm: Sequence[Due], answers: Sequence[Due]
) -> list[Verdict]:
    """Each firm date owed against its counterpart's where both are certain; else the last days of both rows."""
    if len(owed) * len(offered) > _PAIRS:
        return [_by_last_days(firm, answers)]
    ours, theirs = _doubtful(owed), _doubtful(offered)
    found = []
    for i, j in enumerate(_counterparts(owed, offered)):
        due = owed[i].due
        if due is None or due not in firm:
            continue
        if i in ours or j in theirs:
            found.append(_by_last_days(firm, answers))
        else:
            found.append(_answered(due, None if j is None else offered[j], answers))
    return found


def _by_last_days(wanted: Sequence[Due], given: Sequence[Due]) -> Verdict:
    """The verdict on the rows as wholes, which says that nothing else was compared."""
    return _with_doubt(_compared(wanted, given))


def _with_doubt(verdict: Verdict) -> Verdict:
    reason = verdict.reason
    return verdict._replace(
        reason=f"{reason}; сравнены последние дни строк" if reason else "сравнены только последние дни строк"
    )


def _counterparts(owed: Sequence[Deliverable], offered: Sequence[Deliverable]) -> list[int | None]:
    """The place of the closest in wording to each result owed, each taken once while there are others, or None."""
    if len(offered) == 1:
        return [0] * len(owed)
    score = {(i, j): similarity(a.text, b.text) for i, a in enumerate(owed) for j, b in enumerate(offered)}
    ranked = sorted((pair for pair in score if score[pair] >= _ALIKE), key=lambda pair: (-score[pair], pair))
    found: dict[int, int] = {}
    for i, j in ranked:
        if i not in found and j not in found.values():
            found[i] = j
    for i, j in ranked:
        found.setdefault(i, j)
    return [found.get(i) for i in range(len(owed))]


def _answered(due: Due, best: Deliverable | None, answers: Sequence[Due]) -> Verdict:
    """One date against that of its counterpart, or against the child's latest day when it has none."""
    if best is None:
        verdict = _compared([due], answers)
        return _with_doubt(verdict) if verdict.reason else verdict
    if best.due is None:
        return Verdict("covered", "у школы нет срока")
    if not _firm([best.due]):
        return Verdict("covered", f"сроки не сравнимы: у школы «{cut(clean(best.due.text), 60)}»")
    return _compared([due], [best.due])


def _compared(wanted: Sequence[Due], given: Sequence[Due]) -> Verdict:
    """The latest day of both, and whether the child is through before the parent begins."""
    last, ours = _last(wanted), _last(given)
    if ours > last:
        late = (ours - last).days
        return Verdict("late", f"срок {_day(last)}, у школы {_day(ours)}: позже на {days(late)}", late)
    starts = [due.start for due in wanted if due.start]
    if starts and ours < min(starts):
        return Verdict("early", f"у школы всё кончается {_day(ours)}, а начало {_day(min(starts))}")
    return Verdict("covered")


def _firm(dues: Iterable[Due]) -> list[Due]:
    return [due for due in dues if due.kind in _FIRM and due.end]


def _last(dues: Iterable[Due]) -> date:
    return max(due.end for due in dues if due.end)


def _doubtful(results: Sequence[Deliverable]) -> set[int]:
    """The places of results whose last day is in doubt: so read, or bare days one under another.

    Those may be a beginning and an end; of two days in one cell the second is the last, whichever they are.
    """
    if len(results) == 1:
        due = results[0].due
        return {0} if due and due.unclear and due.kind != "dates" else set()
    dues = [(i, result.due) for i, result in enumerate(results) if result.due]
    found = {i for i, due in dues if due.unclear and due.kind != "dates"}
    for (i, one), (j, other) in pairwise(dues):
        if one.kind == other.kind == "on" and one.end != other.end:
            found |= {i, j}
    return found


def _day(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year:04}"
