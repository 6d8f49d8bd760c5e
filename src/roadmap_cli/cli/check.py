"""`roadmap check`: what is wrong in the plans themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import (
    RussianCommand,
    cores,
    emit,
    finding_options,
    jobs_option,
    paths_argument,
    today_option,
    wanted_files,
)

if TYPE_CHECKING:
    from datetime import date

_SEVERITIES = ("note", "warning", "error")


@click.command(cls=RussianCommand)
@paths_argument
@click.option(
    "--fail-on",
    type=click.Choice((*reversed(_SEVERITIES), "never")),
    default="error",
    help="С какого уровня замечаний код выхода 1 (по умолчанию error).",
)
@jobs_option
@today_option
@finding_options
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    fail_on: str,
    jobs: int | None,
    today: date | None,
    format_name: str | None,
    color: str,
) -> int:
    """Проверка самих планов: ошибки записи, сомнительные сроки и имена.

    \b
    roadmap check
    roadmap check plans/schools/school-6.yaml --fail-on warning
    От дня запуска не зависит. Коды выхода: 0 — чисто, 1 — есть замечания, 2 — файл не открыть.
    """
    from roadmap_cli.checks import run_checks
    from roadmap_cli.encoding import read_lines
    from roadmap_cli.report.check import check_report

    wanted = wanted_files(paths, plans_dir)
    found, unread = run_checks(wanted.files, wanted.settings_of, jobs or cores())
    emit(check_report(found, wanted.files, read_lines), format_name, color)
    if any(finding.code == "RM001" and finding.span.path in unread for finding in found):
        return EXIT_USAGE
    failing = _SEVERITIES[_SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    return EXIT_FINDINGS if any(f.severity in failing for f in found) else 0
