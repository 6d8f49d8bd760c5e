"""What the commands that edit a plan share: finding its rows, asking which, writing, showing the rows as they stand."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from roadmap_cli.cli.complete import complete_plan, complete_target
from roadmap_cli.cli.exits import EXIT_INTERRUPTED, EXIT_USAGE
from roadmap_cli.cli.frame import clock, on_terminal, plan_paths, remark, say, screen_width, tell
from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.targets import Ambiguous, Targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from roadmap_cli.amend.values import Deed, Wanted
    from roadmap_cli.edit import Change, Edit
    from roadmap_cli.model import Plan
    from roadmap_cli.settings import Settings
    from roadmap_cli.targets import Place


class Editing(NamedTuple):
    """One run of a command: the plan's file, its settings, the day, and what the user wants to see.

    `called` is the word by which the user named the plan.
    """

    called: str
    path: str
    settings: Settings
    today: date
    dry_run: bool
    all_results: bool

    def run(
        self,
        words: Sequence[str],
        deed: Callable[[Wanted, Place], Deed],
        afterwards: Callable[[Plan, Plan, Sequence[Place]], Sequence[str]] | None = None,
    ) -> int:
        """Make the deed of every place that the words mean, all or none, and show what has come of it.

        `afterwards` is given the plan before and after, and the places; what it answers are warnings.
        """
        expected: bytes | None = None
        while True:
            seen = _bytes(self.path)
            attempt = _Attempt(self.called, words, deed, self.all_results)
            try:
                change = self._written(attempt, expected)
                break
            except Ambiguous as unclear:
                if not on_terminal():
                    return _choices_told(unclear)
                chosen = _asked(unclear)
                if chosen is None:
                    say("Ничего не записано.")
                    return EXIT_INTERRUPTED
                words = [one for word in words for one in (chosen if word == unclear.word else [word])]
                expected = seen
        return self._shown(change, attempt, afterwards)

    def _written(self, attempt: _Attempt, expected: bytes | None) -> Change:
        from roadmap_cli.edit import edit_plan

        calendar = self.settings.calendar
        return edit_plan(self.path, attempt.edits, calendar=calendar, dry_run=self.dry_run, expected=expected)

    def _shown(
        self,
        change: Change,
        attempt: _Attempt,
        afterwards: Callable[[Plan, Plan, Sequence[Place]], Sequence[str]] | None,
    ) -> int:
        from roadmap_cli.edit import diff
        from roadmap_cli.loader import build
        from roadmap_cli.source import parse

        plan = build(parse(change.after.encode(), self.path).root, self.path, self.settings.calendar).plan
        warnings = [*attempt.deed.warnings]
        if afterwards is not None and plan is not None and change.before != change.after:
            warnings += afterwards(attempt.plan, plan, attempt.deed.places)
        # Before the rest: a reader of stdout may go away, but a doubt must be told.
        for line in warnings:
            remark(f"Внимание: {line}")
        if self.dry_run and change.before != change.after:
            remark("Ничего не записано; было бы так:")
        for line in attempt.deed.said:
            (remark if self.dry_run else say)(line)
        if self.dry_run:
            say(diff(change).removesuffix("\n")) if change.before != change.after else remark("Изменений нет.")
        elif plan is not None:
            _show_rows(plan, attempt.deed.places, self.settings, self.today)
        return 0


class _Attempt:
    """The words looked up in the plan as it is when it is written, and what the deed comes to there."""

    plan: Plan
    deed: Deed

    def __init__(
        self, called: str, words: Sequence[str], deed: Callable[[Wanted, Place], Deed], all_results: bool
    ) -> None:
        self._called = called
        self._words = words
        self._deed = deed
        self._all_results = all_results

    def edits(self, plan: Plan) -> Sequence[Edit]:
        """The edits of all places together."""
        from roadmap_cli.amend.values import Wanted, together

        targets = Targets(plan)
        wanted = Wanted(targets, targets.find(self._words), self._called, self._all_results)
        self.plan = plan
        self.deed = together([self._deed(wanted, place) for place in wanted.places])
        return self.deed.edits


def open_editing(
    plan: str, plans_dir: str | None, today: date | None, *, dry_run: bool, all_results: bool = False
) -> Editing:
    """The plan that a word means: a file, or a short name in the folder of plans."""
    from roadmap_cli.config import settings_for
    from roadmap_cli.project import SETTINGS_NAME
    from roadmap_cli.text import visible

    path = plan_paths([plan], plans_dir)[0]
    if os.path.isdir(path):
        raise RoadmapError(f"«{visible(plan)}» — папка: назовите один план, файл или имя файла без .yaml")
    if os.path.basename(path) == SETTINGS_NAME:
        raise RoadmapError(f"{SETTINGS_NAME} — это настройки, а не план: назовите файл плана")
    settings = settings_for(path, os.getcwd())
    tell(settings.findings)
    return Editing(plan, path, settings, clock(today, settings), dry_run, all_results)


def day_named(text: str | None, today: date, school_year: str) -> date:
    """The day that was named, today by default; raises RoadmapError for what is no day and for one still to come."""
    from roadmap_cli.dates import parse_due
    from roadmap_cli.text import visible

    if text is None:
        return today
    due = parse_due(text, school_year or None)
    if due.kind != "on" or due.end is None or due.unclear:
        why = f" ({'; '.join(due.notes)})" if due.notes else ""
        raise RoadmapError(f"--on: «{visible(text)}» — не день{why}; напишите его так: 14.10.2022")
    if due.end > today:
        raise RoadmapError(f"--on: {due.end:%d.%m.%Y} ещё не наступило, сегодня {today:%d.%m.%Y}")
    return due.end


def _bytes(path: str) -> bytes | None:
    from roadmap_cli.files import contents

    try:
        return contents(path)
    except (OSError, ValueError):  # told by the edit
        return None


def _choices_told(unclear: Ambiguous) -> int:
    """Say on stderr what a word may mean, and what to type for each."""
    from roadmap_cli.report.amend import choice_lines

    remark(f"roadmap: {unclear}")
    for line in choice_lines(unclear):
        remark(f"   {line}")
    return EXIT_USAGE


def _asked(unclear: Ambiguous) -> list[str] | None:
    """The words for the places that were chosen, None for none."""
    from roadmap_cli.cli.dialogue import ask_which
    from roadmap_cli.report.amend import choice_lines

    return ask_which(unclear.question, choice_lines(unclear), unclear.instead, unclear.whole, screen_width(True))


def _show_rows(plan: Plan, places: Sequence[Place], settings: Settings, today: date) -> None:
    """The rows as `status` shows them now."""
    from roadmap_cli.render import Screen, render
    from roadmap_cli.report.amend import rows_report

    terminal = sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "utf-8").lower()
    screen = Screen(screen_width(terminal), terminal and not os.environ.get("NO_COLOR"), encoding)
    report = rows_report(plan, places, settings, today)
    for piece in render(report, "table" if terminal else "plain", screen):
        say(piece.removesuffix("\n"))


def plan_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The plan to edit, by its file or its short name."""
    return click.argument("plan", metavar="ПЛАН", shell_complete=complete_plan)(command)


def targets_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The rows to edit."""
    argument = click.argument("words", nargs=-1, required=True, metavar="ЦЕЛЬ...", shell_complete=complete_target)
    return argument(command)


def editing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that edits."""
    dry = click.option("--dry-run", is_flag=True, help="Ничего не записывать: показать, что изменилось бы.")
    return dry(command)


all_option = click.option(
    "--all", "all_results", is_flag=True, help="Все результаты мероприятия, если их несколько и номер не назван."
)
