"""`roadmap gaps`: what the parent plans ask and the schools' plans lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import (
    emit,
    jobs_option,
    open_survey,
    output_options,
    paths_argument,
    remark,
    today_option,
)
from roadmap_cli.cli.known import baseline_file, known_before
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from roadmap_cli.baseline import Entry
    from roadmap_cli.report.gaps.words import Place
    from roadmap_cli.survey import Survey
    from roadmap_cli.trace import Pair

_KINDS = ("uncovered", "late", "suspect", "unconfirmed")
_FAILING = "uncovered,late"


def _kinds(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """«uncovered,late» → the kinds of gaps that set the exit code; «never» → none."""
    words = [word.strip() for word in value.split(",")]
    if words == ["never"]:
        return ()
    for word in words:
        if word == "never":
            raise click.BadParameter("«never» пишется одно, без других слов")
        if word not in _KINDS:
            raise click.BadParameter(f"«{word}» не годится; через запятую — {', '.join(_KINDS)}, или одно never")
    return tuple(dict.fromkeys(words))


@click.command(cls=RussianCommand)
@paths_argument
@click.option("--details", is_flag=True, help="Все строки каждой школы, а не итог по школам.")
@click.option("--matrix", is_flag=True, help="Школы × мероприятия вышестоящего плана, по знаку на клетку.")
@click.option("--activity", metavar="№", help="Одно мероприятие вышестоящего плана по всем школам: 5 или plan.yaml#5.")
@click.option("--no-suggest", is_flag=True, help="Только записанные связи («covers»), без предположений.")
@click.option(
    "--fail-on",
    "failing",
    metavar="СПИСОК",
    default=_FAILING,
    callback=_kinds,
    help=f"Что даёт код выхода 1: {', '.join(_KINDS)} через запятую или never (по умолчанию {_FAILING}).",
)
@click.option("--baseline", metavar="ФАЙЛ", help="Известные разрывы: они не меняют код выхода, новые меняют.")
@click.option(
    "--write-baseline",
    metavar="[ФАЙЛ]",
    is_flag=False,
    flag_value="",
    help="Записать нынешние разрывы как известные (без имени — в файл --baseline).",
)
@jobs_option
@today_option
@output_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    details: bool,
    matrix: bool,
    activity: str | None,
    no_suggest: bool,
    failing: tuple[str, ...],
    baseline: str | None,
    write_baseline: str | None,
    jobs: int | None,
    today: date | None,
    format_name: str | None,
    color: str,
) -> int:
    """Разрывы между планами школ и вышестоящим планом: чего нет и что позже.

    \b
    roadmap gaps                             итог по всем планам с «follows», сначала худшие
    roadmap gaps plans/schools/school-6.yaml одна школа подробно
    roadmap gaps --matrix                    школы × мероприятия
    roadmap gaps --activity 5                одно мероприятие у всех школ
    roadmap gaps --write-baseline gaps.txt   запомнить нынешние разрывы
    roadmap gaps --baseline gaps.txt         и дальше узнавать о новых

    \b
    uncovered — нет в плане, late — позже, suspect — перепроверить,
    unconfirmed — связь только предположена по словам.
    Коды выхода: 0 — разрывов из --fail-on нет (или все известны), 1 — есть,
    2 — неверный вызов или план не прочитан.
    """
    from roadmap_cli.report.gaps import gaps_report
    from roadmap_cli.report.gaps.known import fails

    view = _view(details, matrix, activity)
    file = _file(baseline, write_baseline, failing)
    writing = write_baseline is not None
    before = known_before(file, "gaps", writing, bool(paths)) if file else ()
    found = open_survey(paths, plans_dir, suggest=not no_suggest, jobs=jobs)
    pairs, unread = found.pairs, bool(found.unread)
    if not pairs and not unread:
        raise RoadmapError("сравнивать нечего: ни у одного плана нет «follows: …» — путь к вышестоящему плану")
    looked = _looked(found, file, bool(paths)) if file else None
    known: frozenset[Place] = frozenset()
    said: tuple[str, ...] = ()
    if file and looked and not writing:
        known, said, failed = _compared(file, before, pairs, failing, looked)
    else:
        failed = fails(pairs, failing)
    emit(gaps_report(pairs, view, activity=activity or "", known=known, summary=said), format_name, color)
    if format_name in ("json", "csv"):
        for line in said:
            remark(line)
    if file and looked and writing:
        if not unread:
            _write(file, before, pairs, failing, looked)
            return 0
        remark(f"--write-baseline: «{file}» не записан, потому что прочитаны не все планы")
    return EXIT_USAGE if unread else EXIT_FINDINGS if failed else 0


def _view(details: bool, matrix: bool, activity: str | None) -> str:
    """The view that was asked for, or «»; raises RoadmapError for two of them."""
    asked = {"details": details, "matrix": matrix, "activity": activity is not None}
    views = [name for name, wanted in asked.items() if wanted]
    if len(views) > 1:
        raise RoadmapError(f"{' и '.join(f'--{name}' for name in views)} вместе не показать: выберите что-то одно")
    return views[0] if views else ""


def _file(baseline: str | None, write_baseline: str | None, failing: Collection[str]) -> str:
    """The baseline that is read or written, or «» for none."""
    if write_baseline is not None and not failing:
        raise RoadmapError("--write-baseline с --fail-on never ничего не запишет: назовите, какие разрывы запомнить")
    return baseline_file(baseline, write_baseline, "gaps")


def _looked(survey: Survey, file: str, some: bool) -> Callable[[str], bool]:
    """Which plans, as the baseline names them, this run has looked at: none with errors, none that was not asked for.

    A plan that is gone was looked at when `some` is not set and everything was read.
    """
    from roadmap_cli.baseline import relative

    wrong = {relative(found.span.path, file) for found in survey.findings if found.severity == "error"}
    seen = {relative(pair.child.path, file) for pair in survey.pairs}
    whole = not some and not survey.unread
    return lambda path: path not in wrong and (whole or path in seen)


def _compared(
    file: str,
    before: Sequence[Entry],
    pairs: Sequence[Pair],
    failing: Collection[str],
    looked: Callable[[str], bool],
) -> tuple[frozenset[Place], tuple[str, ...], bool]:
    """The rows that the baseline knows, what is said of the comparison, and whether a new gap fails."""
    from shlex import quote

    from roadmap_cli.baseline import compare, relative
    from roadmap_cli.report.gaps.known import comparison_words, entries, known_places

    found = list(entries(pairs, lambda path: relative(path, file)))
    compared = compare([entry for entry, _ in found], before, lambda entry: entry.kind in failing, looked)
    said = comparison_words(compared, f"roadmap gaps --baseline {quote(file)} --write-baseline")
    return known_places(found, compared), said, bool(compared.new)


def _write(
    file: str,
    before: Sequence[Entry],
    pairs: Sequence[Pair],
    failing: Collection[str],
    looked: Callable[[str], bool],
) -> None:
    """Write the gaps that fail now; those known of plans that were not looked at stay."""
    from roadmap_cli.baseline import relative, written
    from roadmap_cli.output import put
    from roadmap_cli.report.gaps.known import entries

    found = [entry for entry, _ in entries(pairs, lambda path: relative(path, file)) if entry.kind in failing]
    now = {entry.fingerprint for entry in found}
    kept = [entry for entry in before if not looked(entry.path) and entry.fingerprint not in now]
    put(file, written((*found, *kept), "gaps").encode())
    remark(f"записано известных разрывов: {len(found) + len(kept)} → {file}")
