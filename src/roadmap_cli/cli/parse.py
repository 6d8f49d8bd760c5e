"""`roadmap parse due|owners`: how a phrase is read."""

from __future__ import annotations

import sys

import click

from roadmap_cli.cli.frame import calendar_here, emit, output_options
from roadmap_cli.cli.russian import RussianGroup
from roadmap_cli.errors import RoadmapError


@click.group(cls=RussianGroup, invoke_without_command=True, subcommand_metavar="due|owners", options_metavar="")
@click.pass_context
def command(ctx: click.Context) -> None:
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


@command.command("due")
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


@command.command("owners")
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
