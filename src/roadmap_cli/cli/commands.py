"""The commands: each asks the world for the day and the files, lets pure code answer, and says the exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import (
    RussianGroup,
    calendar_here,
    clock,
    days_ahead,
    emit,
    open_project,
    output_options,
    paths_argument,
    tell_problems,
    today_option,
)
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from datetime import date

_STATES = (
    "overdue",
    "due-soon",
    "in-progress",
    "upcoming",
    "ongoing",
    "unscheduled",
    "unreadable",
    "done",
    "done-late",
    "cancelled",
)
_SEVERITIES = ("note", "warning", "error")


@click.group(
    cls=RussianGroup,
    subcommand_metavar="КОМАНДА [ПАРАМЕТРЫ]...",
    options_metavar="[ПАРАМЕТРЫ]",
    invoke_without_command=True,
    context_settings={"max_content_width": 100},
)
@click.option(
    "--plans", "plans_dir", metavar="ПАПКА", envvar="ROADMAP_PLANS", help="Папка планов (иначе ищется «plans»)."
)
@click.option("--version", is_flag=True, help="Показать версию и выйти.")
@click.pass_context
def cli(ctx: click.Context, plans_dir: str | None, version: bool) -> None:
    """Проверяет «дорожные карты»: читает сроки и имена, показывает состояние, предупреждает и сравнивает планы.

    \b
    С чего начать:
      roadmap status               состояние всех планов папки plans/
      roadmap deadlines            что просрочено и что скоро
      roadmap gaps                 чего нет в плане школы и что в нём позже
      roadmap check                что не так в самих планах
      roadmap parse due "до 5 мая" как читается срок
    """
    ctx.obj = plans_dir
    if version:
        from roadmap_cli import __version__

        click.echo(f"roadmap {__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command()
@paths_argument
@today_option
@click.option("--owner", default="", metavar="ИМЯ", help="Только строки этого ответственного (часть имени или роли).")
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="Только строки в этом состоянии.")
@click.option(
    "--within", callback=days_ahead, metavar="14d", help="Только просроченное и то, что наступит за столько дней."
)
@click.option("--section", default="", metavar="РАЗДЕЛ", help="Только этот раздел плана.")
@click.option("--by", type=click.Choice(("owner",)), help="Нагрузка и исполнительская дисциплина по людям.")
@output_options
@click.pass_obj
def status(
    plans_dir: str | None,
    paths: tuple[str, ...],
    today: date | None,
    owner: str,
    states: tuple[str, ...],
    within: int | None,
    section: str,
    by: str | None,
    format_name: str | None,
    color: str,
) -> int:
    """Состояние планов: что исполнено, просрочено, скоро.

    \b
    roadmap status plans/schools/school-6.yaml --today 20.10.2022
    roadmap status --owner Савина --state overdue
    roadmap status --by owner
    """
    from roadmap_cli.report.status import Filters, load_report, status_report

    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    filters = Filters(owner, states, within, section)
    build = load_report if by else status_report
    emit(build(project, day, filters), format_name, color)
    return EXIT_USAGE if unread else 0


@cli.command()
@paths_argument
@today_option
@click.option("--within", callback=days_ahead, metavar="14d", help="За сколько дней предупреждать (иначе из настроек).")
@click.option("--all", "everything", is_flag=True, help="Показать и то, у чего нет даты, и почему.")
@click.option("--fail-on", type=click.Choice(("overdue", "due-soon")), help="Код выхода 1, если такое есть.")
@output_options
@click.pass_obj
def deadlines(
    plans_dir: str | None,
    paths: tuple[str, ...],
    today: date | None,
    within: int | None,
    everything: bool,
    fail_on: str | None,
    format_name: str | None,
    color: str,
) -> int:
    """Предупреждения о сроках: просрочено, сегодня, скоро, скоро начнётся.

    \b
    roadmap deadlines --within 30d
    roadmap deadlines --all
    roadmap deadlines --fail-on overdue
    """
    from roadmap_cli.report.deadlines import deadlines_report, warnings

    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    found = warnings(project, day, within, everything)
    emit(deadlines_report(found, day, len(project.named) - len(project.asked())), format_name, color)
    if unread:
        return EXIT_USAGE
    failing = {"overdue": ("overdue",), "due-soon": ("overdue", "today", "due-soon")}.get(fail_on or "", ())
    return EXIT_FINDINGS if any(w.group in failing for w in found) else 0


@cli.command()
@paths_argument
@click.option("--no-suggest", is_flag=True, help="Только записанные связи («covers»), без предположений.")
@today_option
@output_options
@click.pass_obj
def gaps(
    plans_dir: str | None,
    paths: tuple[str, ...],
    no_suggest: bool,
    today: date | None,
    format_name: str | None,
    color: str,
) -> int:
    """Разрывы между планом школы и вышестоящим планом: чего нет и что позже.

    \b
    roadmap gaps                             все планы, у которых есть «follows»
    roadmap gaps plans/schools/school-6.yaml
    Код выхода 1: обязательного мероприятия нет в плане школы или оно позже.
    """
    from roadmap_cli.report.gaps import gaps_report
    from roadmap_cli.trace import trace_all

    project, _ = open_project(paths, plans_dir, below=True)
    unread = tell_problems(project)
    asked = set(project.named)
    thresholds = {path: found.match_threshold for path, found in project.settings.items()}
    pairs = trace_all(project.plans, suggest=not no_suggest, thresholds=thresholds)
    pairs = tuple(pair for pair in pairs if pair.child.path in asked)
    if not pairs and not unread:
        raise RoadmapError("сравнивать нечего: ни у одного плана нет «follows: …» — путь к вышестоящему плану")
    emit(gaps_report(pairs), format_name, color)
    if unread:
        return EXIT_USAGE
    return EXIT_FINDINGS if any(row.state in ("uncovered", "late") for pair in pairs for row in pair.rows) else 0


@cli.command()
@paths_argument
@click.option(
    "--fail-on",
    type=click.Choice((*reversed(_SEVERITIES), "never")),
    default="error",
    help="С какого уровня замечаний код выхода 1 (по умолчанию error).",
)
@today_option
@output_options
@click.pass_obj
def check(
    plans_dir: str | None,
    paths: tuple[str, ...],
    fail_on: str,
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
    from roadmap_cli.report.check import check_report

    project, _ = open_project(paths, plans_dir)
    found = run_checks(project)
    emit(check_report(found, len(project.named), project.texts), format_name, color)
    if any(f.code == "RM001" and f.span.path in project.named and f.span.path not in project.plans for f in found):
        return EXIT_USAGE
    failing = _SEVERITIES[_SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    return EXIT_FINDINGS if any(f.severity in failing for f in found) else 0


@cli.command()
@click.argument("when", required=False, metavar="[МЕСЯЦ|ГОД]")
@today_option
@output_options
@click.pass_obj
def calendar(plans_dir: str | None, when: str | None, today: date | None, format_name: str | None, color: str) -> int:
    """Календарь месяца или года: рабочие дни, праздники, каникулы и сроки.

    \b
    roadmap calendar                   этот месяц
    roadmap calendar "октябрь 2022"
    roadmap calendar 2022-2023         учебный год
    """
    from roadmap_cli.dates import parse_due
    from roadmap_cli.dates.resolve import month_end
    from roadmap_cli.report.calendar import calendar_report

    project, settings = open_project((), plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    start, end = day.replace(day=1), month_end(day.year, day.month)
    if when is not None:
        school_year = (
            when if "-" in when else f"{day.year if day.month > 8 else day.year - 1}-{day.year + (day.month > 8)}"
        )
        due = parse_due(when, school_year)
        if due.start is None or due.end is None or (due.end - due.start).days > 366:
            raise RoadmapError(f"«{when}» — не месяц и не год; напишите «октябрь 2022», 2022 или 2022-2023")
        start, end = due.start, due.end
    emit(calendar_report(project, settings.calendar, start, end), format_name, color)
    return EXIT_USAGE if unread else 0


@cli.group(invoke_without_command=True, subcommand_metavar="due|owners", options_metavar="")
@click.pass_context
def parse(ctx: click.Context) -> None:
    """Как читается срок или ячейка с ответственными."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


_texts = click.argument("texts", nargs=-1, metavar="[ТЕКСТ]...")


def _phrases(texts: tuple[str, ...]) -> list[str]:
    """The phrases of the command line, else the lines of stdin; its bytes that are no UTF-8 are shown as such."""
    if texts:
        return list(texts)
    if sys.stdin is None:  # closed by the shell («<&-»)
        raise RoadmapError("читать нечего: стандартный ввод закрыт; назовите текст в команде")
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        raise RoadmapError("стандартный ввод не читается; назовите текст в команде") from error
    lines = data.decode("utf-8-sig", "replace").split("\n")
    return [line.rstrip("\r") for line in (lines[:-1] if lines and not lines[-1] else lines)]


@parse.command("due")
@_texts
@click.option("--school-year", metavar="2022-2023", help="Учебный год: даёт год датам без года.")
@output_options
@click.pass_obj
def parse_due_command(
    plans_dir: str | None, texts: tuple[str, ...], school_year: str | None, format_name: str | None, color: str
) -> int:
    """Прочитать срок: «до 15.10.2022», «2-я декада мая», «ежемесячно до 5 числа».

    Без текста читает строки со стандартного ввода: «срок» или «срок<TAB>учебный год».
    Каникулы и четверти берёт из настроек проекта, если запущена в нём.
    """
    from roadmap_cli.dates import parse_due
    from roadmap_cli.report.parse import due_report

    days = calendar_here(plans_dir)
    found = []
    for phrase in _phrases(texts):
        text, _, year = phrase.partition("\t") if not texts else (phrase, "", "")
        found.append(parse_due(text, year.strip() or school_year, days))
    emit(due_report(found), format_name, color)
    return 0


@parse.command("owners")
@_texts
@output_options
def parse_owners_command(texts: tuple[str, ...], format_name: str | None, color: str) -> int:
    """Прочитать ответственных: «Савина И.А., зам. директора по УВР».

    Без текста читает строки со стандартного ввода.
    """
    from roadmap_cli.people import parse_owners
    from roadmap_cli.report.parse import owners_report

    emit(owners_report([parse_owners(text) for text in _phrases(texts)]), format_name, color)
    return 0
