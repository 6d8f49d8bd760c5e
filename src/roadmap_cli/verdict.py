"""What becomes of a plan's findings: left out by the selection, graver or lighter, let pass by a comment, or told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import problem
from roadmap_cli.model import Finding
from roadmap_cli.record import NamedTuple
from roadmap_cli.selection import ALWAYS, exactness, spelled, trouble
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadmap_cli.model import Suppression
    from roadmap_cli.selection import Layer, Selection

_UNUSED: Final = "RM112"
ON_COMMENTS: Final = frozenset(("RM111", _UNUSED, "RM113"))
"""What is told of comments, and so cannot be let pass by one."""
_OF_SEVERAL_PLANS: Final = frozenset(("RM302", "RM303"))
"""What these find depends on which plans are checked together."""


class Verdict(NamedTuple):
    """The findings that are told, and those that comments in the plan let pass."""

    told: tuple[Finding, ...]
    passed: tuple[Finding, ...] = ()


def verdict(
    findings: Iterable[Finding],
    selection: Selection,
    suppressions: Iterable[Suppression],
    names: Mapping[str, str],
    *,
    alone: bool,
) -> Verdict:
    """What becomes of all findings of one plan.

    `names` are those of all codes; `alone` says that no other plan is checked in this run.
    """
    comments = tuple(suppressions)
    used: set[tuple[Suppression, str]] = set()
    told, passed = [], []
    for finding in findings:
        if not selection.takes(finding.code, finding.name):
            continue
        by = lets_pass(comments, finding.code, finding.name, finding.span.line)
        used |= by
        if by:
            passed.append(finding)
        else:
            told.append(_weighed(finding, selection))
    told += (_weighed(finding, selection) for finding in _unused(comments, used, selection, names, alone))
    return Verdict(tuple(told), tuple(passed))


def lets_pass(comments: Iterable[Suppression], code: str, name: str, line: int) -> set[tuple[Suppression, str]]:
    """The comments that let a finding pass which begins in a line, each with the word that means it."""
    if code in ALWAYS or code in ON_COMMENTS:
        return set()
    return {
        (one, word)
        for one in comments
        if one.reason and one.first <= line <= one.last
        for word in one.words
        if exactness(word, code, name)
    }


def _weighed(finding: Finding, selection: Selection) -> Finding:
    severity = selection.level(finding.code, finding.name, finding.severity)
    return finding if severity == finding.severity else finding._replace(severity=severity)


def _unused(
    comments: Iterable[Suppression],
    used: set[tuple[Suppression, str]],
    selection: Selection,
    names: Mapping[str, str],
    alone: bool,
) -> Iterator[Finding]:
    """A finding for every word that let nothing pass, where it could have."""
    if not selection.takes(_UNUSED, names[_UNUSED]):
        return
    for one in comments:
        for word in one.words if one.reason else ():
            meant = {
                code for code, name in names.items() if exactness(word, code, name) and selection.takes(code, name)
            }
            if (one, word) in used or not meant or trouble(word, names) or (alone and meant <= _OF_SEVERAL_PLANS):
                continue
            place = "здесь нет таких находок" if one.first else "за этим примечанием сразу ничего не стоит"
            message = f"{visible(spelled(word))}: {place}; уберите примечание или поставьте его у своей строки"
            yield Finding(_UNUSED, names[_UNUSED], "note", message, one.span)


def settings_trouble(layers: Iterable[Layer], names: Mapping[str, str]) -> Iterator[Finding]:
    """The words of settings that mean no finding, or one that cannot be left out."""
    for layer in layers:
        chosen = set(layer.select or ())
        for word in layer.words():
            message = trouble(word.text, names, silences=word not in chosen)
            if message:
                yield problem("RM007", message, word.span)
