"""Names of the places of a page: the same from run to run, made of plan, activity and result."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.model import Plan

PARTS = frozenset(
    (
        "main",
        "today",
        "urgent",
        "year",
        "year-title",
        "year-desc",
        "load",
        "plans",
        "filter",
        "found",
        "panel",
        "unfold",
    )
)
"""The places that every page has: no plan may take their names."""

_STRANGE = re.compile(r"[^\w.]+")


class Anchors:
    """Gives every place a name of its own: «school-6-9.2»; one that is taken gets «_2» behind it."""

    def __init__(self) -> None:
        self._taken: set[str] = set(PARTS)

    def take(self, *words: str) -> str:
        """The name made of these words, joined by dashes."""
        name = "-".join(filter(None, map(_spelled, words))) or "x"
        found, number = name, 1
        while found in self._taken:
            number += 1
            found = f"{name}_{number}"
        self._taken.add(found)
        return found


def _spelled(word: str) -> str:
    return _STRANGE.sub("-", word).strip("-")


def file_name(path: str) -> str:
    """The name of a plan's file without its folders."""
    return path.replace("\\", "/").rpartition("/")[2]


def plan_anchors(plans: Sequence[Plan], anchors: Anchors) -> dict[str, str]:
    """A name for every plan by its path: its file's, without folders and ending."""
    return {plan.path: anchors.take(file_name(plan.path).rpartition(".")[0]) for plan in plans}


def plan_names(plans: Sequence[Plan]) -> dict[str, str]:
    """What a reader calls every plan, by its path: its organization, with the file where several share that."""
    said = {plan.path: plan.organization or file_name(plan.path) for plan in plans}
    shared = {name for name, times in Counter(said.values()).items() if times > 1}
    return {path: f"{name} ({file_name(path)})" if name in shared else name for path, name in said.items()}
