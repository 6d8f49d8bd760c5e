"""What the shell offers for a word: plans by their short names, and the numbers of the plan that was named."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import cut, visible

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

_MANY = 500  # rows and results: more than any shell shows
_HELP = 60  # characters of a title


def complete_plan(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The short names of the plans in the folder, each with its place; files, where the word looks like a path."""
    from click.shell_completion import CompletionItem

    from roadmap_cli.config import find_plans
    from roadmap_cli.project import short_names

    files = [CompletionItem(incomplete, type="file")]
    if "/" in incomplete or os.sep in incomplete or incomplete.startswith("."):
        return files
    try:
        names = short_names(find_plans(os.getcwd(), _plans_dir(ctx)))
    except (RoadmapError, OSError):
        return files
    return [CompletionItem(name, help=visible(path)) for name, path in names.items() if name.startswith(incomplete)]


def complete_target(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The numbers of the rows of the plan that was named and of their results, each with its title."""
    from click.shell_completion import CompletionItem

    from roadmap_cli.cli.frame import plan_paths
    from roadmap_cli.loader import build
    from roadmap_cli.source import read
    from roadmap_cli.targets import Targets

    try:
        path = plan_paths([ctx.params.get("plan") or ""], _plans_dir(ctx))[0]
        plan = build(read(path).root, path).plan
    except (RoadmapError, OSError):
        return []
    if plan is None:
        return []
    found: list[CompletionItem[str]] = []
    targets = Targets(plan)
    for place in targets.everywhere():
        word = targets.spelled(place)
        if not word.startswith(incomplete) or word in (ctx.params.get("words") or ()):
            continue
        activity = plan.activities[place.activity]
        said = activity.title if place.result is None else activity.deliverables[place.result].text
        found.append(CompletionItem(word, help=visible(cut(said, _HELP)) or None))
        if len(found) == _MANY:
            break
    return found


def _plans_dir(ctx: click.Context) -> str | None:
    """The folder that `--plans` names; the callback that would hand it on does not run here."""
    named: str | None = ctx.find_root().params.get("plans_dir")
    return named
