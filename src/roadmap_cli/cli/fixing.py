"""`roadmap check --fix` and `--diff`: the repairs of plans, written or only shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from roadmap_cli.cli.frame import remark, say
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmap_cli.edit import Edit
    from roadmap_cli.fixes import Fix
    from roadmap_cli.model import Plan
    from roadmap_cli.selection import Layer
    from roadmap_cli.settings import Settings


class Fixed(NamedTuple):
    """How many places were mended, and whether any could not be."""

    places: int
    refused: bool


def fix_plans(
    files: Sequence[str], settings_of: Callable[[str], Settings], layers: Sequence[Layer], *, write: bool
) -> Fixed:
    """Mend the plans, or show as a diff how they would be mended; what was done is told on stderr."""
    from roadmap_cli.edit import diff, edit_plan
    from roadmap_cli.errors import RoadmapError

    places = plans = refused = 0
    for path in files:
        settings = settings_of(path)
        data, wanted, refusals = _wanted(path, settings, layers)
        for why in refusals:
            remark(f"roadmap: {why}")
        refused += len(refusals)
        if not wanted:
            continue
        edits = partial(_edits, wanted)
        try:
            change = edit_plan(path, edits, calendar=settings.calendar, dry_run=not write, expected=data)
        except RoadmapError as error:
            remark(f"roadmap: {error}")
            refused += 1
            continue
        places += len(wanted)
        plans += 1
        if not write:
            say(diff(change).removesuffix("\n"))
    if places:
        done = "исправлено" if write else "было бы исправлено"
        where = plural(plans, "плане", "планах", "планах")
        remark(f"{done}: {plural(places, 'место', 'места', 'мест')} в {where}")
    elif not refused:
        remark("исправлять нечего")
    return Fixed(places, bool(refused))


def _edits(wanted: Sequence[Fix], plan: Plan) -> list[Edit]:
    return [fix.edit for fix in wanted]


def _wanted(path: str, settings: Settings, layers: Sequence[Layer]) -> tuple[bytes, tuple[Fix, ...], tuple[str, ...]]:
    """The bytes of a plan, its repairs, and why others are not possible; what is no plan has none."""
    from roadmap_cli.checks import catalogue
    from roadmap_cli.files import contents
    from roadmap_cli.fixes import fixes, possible
    from roadmap_cli.loader import build
    from roadmap_cli.selection import for_plan
    from roadmap_cli.source import parse
    from roadmap_cli.suppression import suppressions
    from roadmap_cli.verdict import lets_pass

    try:
        data = contents(path)
    except (OSError, ValueError):
        return b"", (), ()
    source = parse(data, path)
    plan = build(source.root, path, settings.calendar).plan
    if source.root is None or plan is None:
        return data, (), ()
    selection = for_plan((*settings.selection, *layers), path)
    names, comments = catalogue(), suppressions(source)

    def is_wanted(fix: Fix) -> bool:
        name = names.get(fix.code, "")
        return selection.takes(fix.code, name) and not lets_pass(comments, fix.code, name, fix.span.line)

    kept, refusals = possible(source.text, path, filter(is_wanted, fixes(source.root, plan, settings.calendar)))
    return data, kept, tuple(map(str, refusals))
