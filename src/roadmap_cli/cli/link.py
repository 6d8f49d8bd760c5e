"""`roadmap link`: writes the confirmed links between a school's plan and the plan it follows into `covers`."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.complete import complete_plan
from roadmap_cli.cli.exits import EXIT_INTERRUPTED, EXIT_USAGE
from roadmap_cli.cli.frame import on_terminal, open_project, plan_paths, remark, say, screen_width, tell_problems
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from roadmap_cli.cli.dialogue import End
    from roadmap_cli.edit import Edit
    from roadmap_cli.linking import Suspect
    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project
    from roadmap_cli.trace import Pair


class _Work(NamedTuple):
    """The plans to link, each with its pairs, as they were read; `before` holds their bytes, by path."""

    project: Project
    before: dict[str, bytes]
    pairs: dict[str, list[Pair]]
    dry_run: bool
    ask: bool

    def write(self, path: str, edits: Sequence[Edit]) -> None:
        """Write the edits, or show them; refused when the file is not any more what the questions were about."""
        from roadmap_cli.edit import diff, edit_plan

        calendar = self.project.settings[path].calendar
        expected = self.before.get(path)
        change = edit_plan(path, lambda _: edits, calendar=calendar, dry_run=self.dry_run, expected=expected)
        if self.dry_run and (shown := diff(change)):
            say(shown.removesuffix("\n"))

    def tell(self, text: str) -> None:
        """Say on stdout what was done; in a dry run stdout is for the diff."""
        for line in text.splitlines():
            (remark if self.dry_run else say)(line)


def _score(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    number = (value or "").replace(",", ".")
    if value is None:
        return None
    if not number.replace(".", "", 1).isdigit() or not number.isascii() or float(number) > 1:
        raise click.BadParameter(f"«{value}» — не сходство; напишите число от 0 до 1, например 0.6")
    return float(number)


@click.command(cls=RussianCommand)
@click.argument("schools", nargs=-1, metavar="[ШКОЛА]...", shell_complete=complete_plan)
@click.option(
    "--accept", metavar="СХОДСТВО", callback=_score, help="Без вопросов записать уверенные связи с этого сходства."
)
@click.option("--dry-run", is_flag=True, help="Ничего не записывать и не спрашивать: показать, что изменилось бы.")
@click.option(
    "--confirm",
    metavar="№",
    multiple=True,
    help="Снова подтвердить связь с изменившейся строкой вышестоящего плана («all» — со всеми).",
)
@click.option("--yes", is_flag=True, help="С --confirm: подтвердить без вопроса.")
@click.pass_obj
def command(
    plans_dir: str | None,
    schools: tuple[str, ...],
    accept: float | None,
    dry_run: bool,
    confirm: tuple[str, ...],
    yes: bool,
) -> int:
    """Связать план школы с вышестоящим: записать предложенные связи в «covers».

    \b
    roadmap link school-6                    спросить о каждом мероприятии
    roadmap link --accept 0.6                записать уверенные связи всех школ
    roadmap link --accept 0.6 --dry-run      только показать изменения
    roadmap link school-6 --confirm 5        строка № 5 вышестоящего плана изменилась
    ШКОЛА — файл, папка или имя файла без .yaml. Enter — ответ в скобках.
    """
    if yes and not confirm:
        raise RoadmapError("--yes подтверждает изменившиеся строки: добавьте --confirm № или --confirm all")
    if confirm and accept is not None:
        raise RoadmapError("--confirm и --accept вместе не нужны: сначала подтвердите изменившееся, потом связывайте")
    ask = not (dry_run or yes or accept is not None)
    if ask and not on_terminal():
        instead = "добавьте --yes или --dry-run" if confirm else "добавьте --accept 0.6 или --dry-run"
        raise RoadmapError(f"спросить некого: это не терминал; {instead}")
    work, unread = _opened(schools, plans_dir, dry_run, ask)
    code = _confirm(work, confirm) if confirm else _link(work, accept)
    return code or (EXIT_USAGE if unread else 0)


def _opened(schools: Sequence[str], plans_dir: str | None, dry_run: bool, ask: bool) -> tuple[_Work, bool]:
    """The plans as they lie there now, traced; whether any could not be read."""
    from roadmap_cli.config import find_plans
    from roadmap_cli.project import find_files
    from roadmap_cli.trace import trace_all

    files = find_files(plan_paths(schools, plans_dir) or [find_plans(os.getcwd(), plans_dir)])
    before = {path: data for path in files if (data := _bytes(path)) is not None}
    project, _ = open_project(files, plans_dir)
    unread = tell_problems(project) or any(_lacks_parent(plan, project) for plan in project.asked())
    thresholds = {path: found.match_threshold for path, found in project.settings.items()}
    pairs: dict[str, list[Pair]] = {}
    for pair in trace_all(project.plans.values(), project.plans.get, thresholds.__getitem__):
        if pair.child.path in project.named:
            pairs.setdefault(pair.child.path, []).append(pair)
    if not pairs and not unread:
        raise RoadmapError("связывать не с чем: ни у одного плана нет «follows: …» — путь к вышестоящему плану")
    return _Work(project, before, pairs, dry_run, ask), unread


def _lacks_parent(plan: Plan, project: Project) -> bool:
    """Whether no plan that it follows could be read."""
    return "follows" in plan.spans and not any(path in project.plans for path in plan.follows)


def _bytes(path: str) -> bytes | None:
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _link(work: _Work, accept: float | None) -> int:
    from roadmap_cli.cli.dialogue import ask_links
    from roadmap_cli.linking import new_covers, questions, sure
    from roadmap_cli.report.link import left_words, lost_words, plan_words, written_words

    code = 0
    width = screen_width(work.ask)
    for path, pairs in work.pairs.items():
        child = work.project.plans[path]
        asked = questions(pairs)
        ended: End = "all"
        answers = sure(asked, accept or 0)
        if work.ask:
            askable = [question for question in asked if question.link]
            if askable:
                say(plan_words(child, askable, width))
            answers, ended = ask_links(child, askable, width)
            say()
        if answers and not _written(work, path, new_covers(child, answers), lost_words(answers, child)):
            code = EXIT_USAGE
        else:
            work.tell(written_words(path, len(answers), "записан", work.dry_run))
            work.tell(left_words(asked, answers, child, accept, width))
        if ended != "all":
            return EXIT_INTERRUPTED if ended == "interrupted" else code
    return code


def _written(work: _Work, path: str, edits: Sequence[Edit], otherwise: Sequence[str] = ()) -> bool:
    """Whether the links were written; if the file does not take them, `otherwise` tells them, so nothing is lost."""
    try:
        work.write(path, edits)
    except RoadmapError as error:
        remark(f"roadmap: {error}")
        for line in otherwise:
            remark(line)
        return False
    return True


def _confirm(work: _Work, numbers: Sequence[str]) -> int:
    from roadmap_cli.cli.dialogue import ask_again
    from roadmap_cli.linking import former, renewed_covers
    from roadmap_cli.report.link import single_words, suspect_words, written_words

    code = 0
    width = screen_width(work.ask)
    read = cache(_version)
    for path, wanted in _chosen(work, numbers).items():
        child = work.project.plans[path]
        parents = [pair.parent for pair in work.pairs[path]]
        for said in dict.fromkeys(single_words(suspect) for suspect in wanted if not suspect.single):
            remark(said)
        clear = [suspect for suspect in wanted if suspect.single]

        def words(suspect: Suspect, child: Plan = child) -> str:
            return suspect_words(suspect, child, former(suspect, _older(suspect.parent, read)), width)

        confirmed: list[Suspect] = clear
        ended: End = "all"
        if work.ask:
            confirmed, ended = ask_again(clear, words)
        else:
            for suspect in clear:
                work.tell(words(suspect))
        if confirmed and not _written(work, path, renewed_covers(child, parents, confirmed)):
            code = EXIT_USAGE
        else:
            work.tell(written_words(path, len(confirmed), "подтвержден", work.dry_run))
        if ended != "all":
            return EXIT_INTERRUPTED if ended == "interrupted" else code
    return code


def _chosen(work: _Work, numbers: Sequence[str]) -> dict[str, list[Suspect]]:
    """The changed links that the numbers mean, by plan; raises RoadmapError for a number without any."""
    from roadmap_cli.linking import rows_named, suspects
    from roadmap_cli.report.gaps.words import number as numbered
    from roadmap_cli.report.link import numbers_words

    found = {path: suspects(pairs) for path, pairs in work.pairs.items()}
    everyone = [suspect for several in found.values() for suspect in several]
    parents = {pair.parent.path: pair.parent for pairs in work.pairs.values() for pair in pairs}
    chosen = {id(suspect) for suspect in everyone if "all" in numbers}
    for number in numbers:
        if number == "all":
            continue
        if not any(rows_named(number, parent) for parent in parents.values()):
            there = ", ".join(numbers_words(parent) for parent in parents.values())
            raise RoadmapError(f"в вышестоящем плане нет № «{number}»; есть {there}")
        same = {id(one) for one in everyone if one.place in rows_named(number, one.parent)}
        if not same:
            changed = ", ".join(dict.fromkeys(numbered(one.activity) for one in everyone))
            instead = f"перепроверить надо {changed}" if changed else "изменившихся строк нет"
            raise RoadmapError(f"связь с № {number} подтверждать не нужно: {instead}")
        chosen |= same
    if not chosen:
        say("Подтверждать нечего: связанные строки вышестоящих планов не изменились.")
    return {path: mine for path, several in found.items() if (mine := [one for one in several if id(one) in chosen])}


def _older(parent: Plan, read: Callable[[str, str], Plan | None]) -> Iterator[Plan]:
    """The former versions of a parent that can be read, newest first; none where there is no git."""
    from roadmap_cli.history import revisions

    try:
        found = revisions(parent.path)
    except RoadmapError:
        return
    for revision in found:
        if (plan := read(parent.path, revision)) is not None:
            yield plan


def _version(path: str, revision: str) -> Plan | None:
    from roadmap_cli.history import at_revision
    from roadmap_cli.loader import build
    from roadmap_cli.source import parse

    try:
        return build(parse(at_revision(path, revision), path).root, path).plan
    except RoadmapError:  # a commit that took the file away
        return None
