"""`roadmap checks`: all codes in short."""

from __future__ import annotations

import click

from roadmap_cli.cli.frame import emit, output_options
from roadmap_cli.cli.russian import RussianCommand


@click.command(cls=RussianCommand)
@click.argument("words", nargs=-1, metavar="[КОД|ИМЯ|СЕМЕЙСТВО]...")
@output_options
def command(words: tuple[str, ...], format_name: str | None, color: str) -> int:
    """Все проверки: код, имя, уровень и одно предложение о каждой.

    \b
    roadmap checks
    roadmap checks RM2                 только семейство: сроки
    roadmap checks --format csv
    """
    from roadmap_cli.manuals import chosen, manuals
    from roadmap_cli.report.explain import checks_report

    emit(checks_report(chosen(words) if words else manuals()), format_name, color)
    return 0
