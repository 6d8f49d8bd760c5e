"""`roadmap check`: what is wrong in the plans themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import (
    cores,
    emit,
    finding_options,
    jobs_option,
    paths_argument,
    remark,
    today_option,
    wanted_files,
)
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from datetime import date

    from roadmap_cli.model import Finding
    from roadmap_cli.selection import Layer

_SEVERITIES = ("note", "warning", "error")


@click.command(cls=RussianCommand)
@paths_argument
@click.option("--select", metavar="КОДЫ", multiple=True, help="Только эти находки: RM302, RM3 или имя, через запятую.")
@click.option("--ignore", metavar="КОДЫ", multiple=True, help="Без этих находок, вдобавок к настройкам.")
@click.option(
    "--fail-on",
    type=click.Choice((*reversed(_SEVERITIES), "never")),
    default="error",
    help="С какого уровня находок код выхода 1 (по умолчанию error).",
)
@click.option("--baseline", metavar="ФАЙЛ", help="Известные находки: не показаны и не меняют код выхода.")
@click.option(
    "--write-baseline",
    metavar="[ФАЙЛ]",
    is_flag=False,
    flag_value="",
    help="Записать нынешние находки как известные (без имени — в файл --baseline).",
)
@click.option("--fix", is_flag=True, help="Исправить в планах то, в чём нельзя ошибиться, и показать, что осталось.")
@click.option("--diff", "show", is_flag=True, help="Показать исправления --fix и ничего не записать.")
@jobs_option
@today_option
@finding_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    baseline: str | None,
    write_baseline: str | None,
    fix: bool,
    show: bool,
    jobs: int | None,
    today: date | None,
    format_name: str | None,
    color: str,
) -> int:
    """Проверка самих планов: ошибки записи, сомнительные сроки и имена.

    \b
    roadmap check
    roadmap check plans/schools/school-6.yaml --fail-on warning
    roadmap check --select RM3 --ignore RM301   только о людях, но не о том, что их нет
    roadmap check --fix --diff                  что исправилось бы само
    roadmap check --write-baseline check.txt    запомнить нынешние находки
    roadmap check --baseline check.txt          и дальше узнавать о новых

    \b
    Пропустить одну находку — примечание у её строки: # roadmap: ignore RM302 — причина
    От дня запуска не зависит. Коды выхода: 0 — чисто, 1 — есть находки не ниже --fail-on
    (с --diff — есть что исправить), 2 — неверный вызов, файл не открыть или не исправить.
    """
    from roadmap_cli.checks import run_checks
    from roadmap_cli.cli.known import baseline_file, compared, known_before, write
    from roadmap_cli.cli.progress import progress
    from roadmap_cli.encoding import read_lines
    from roadmap_cli.report.check import check_report

    file, writing = baseline_file(baseline, write_baseline, "check"), write_baseline is not None
    layers = _layers(select, ignore)
    if (show or fix) and writing:
        raise RoadmapError("--write-baseline и --fix вместе не нужны: сначала исправьте, потом запомните оставшееся")
    before = known_before(file, "check", writing, bool(paths)) if file else ()
    wanted = wanted_files(paths, plans_dir)
    refused = False
    if fix or show:
        from roadmap_cli.cli.fixing import fix_plans

        fixed = fix_plans(wanted.files, wanted.settings_of, layers, write=not show)
        refused = fixed.refused
        if show:
            return EXIT_USAGE if refused else EXIT_FINDINGS if fixed.places else 0
    with progress(len(wanted.files)) as seen:
        found, unread, passed = run_checks(wanted.files, wanted.settings_of, jobs or cores(), layers, seen)
    failing = _SEVERITIES[_SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    known: frozenset[Finding] = frozenset()
    said: tuple[str, ...] = ()
    if file and not writing:
        known, said = compared(file, before, found, wanted.files, unread, layers, whole=not paths)
    report = check_report(found, wanted.files, read_lines, passed=len(passed), known=known, said=said)
    emit(report, format_name, color)
    if format_name not in (None, "table", "plain"):
        for line in said:
            remark(line)
    if file and writing:
        if not unread:
            write(file, before, found, wanted.files, layers, whole=not paths)
            return 0
        remark(f"--write-baseline: «{file}» не записан, потому что прочитаны не все планы")
        return EXIT_USAGE
    not_opened = any(finding.code == "RM001" and finding.span.path in unread for finding in found)
    if not_opened or refused:
        return EXIT_USAGE
    return EXIT_FINDINGS if any(f.severity in failing and f not in known for f in found) else 0


def _layers(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Layer, ...]:
    """What the command line selects; raises RoadmapError for a word that means no finding."""
    from roadmap_cli.checks import catalogue
    from roadmap_cli.selection import Layer, Word, split, trouble

    if not select and not ignore:
        return ()
    words = {"--select": split(" ".join(select)), "--ignore": split(" ".join(ignore))}
    for option, given in words.items():
        if not given and (select if option == "--select" else ignore):
            raise RoadmapError(f"{option}: назовите код, например {option} RM302")
        for word in given:
            if message := trouble(word, catalogue(), silences=option == "--ignore"):
                raise RoadmapError(f"{option}: {message}")
    chosen, ignored = (tuple(map(Word, given)) for given in words.values())
    return (Layer(chosen if select else None, ignored),)
