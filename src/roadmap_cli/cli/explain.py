"""`roadmap explain`: what a code means, with examples."""

from __future__ import annotations

import click

from roadmap_cli.cli.frame import emit, output_options
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError


@click.command(cls=RussianCommand)
@click.argument("words", nargs=-1, metavar="КОД|ИМЯ...")
@output_options
def command(words: tuple[str, ...], format_name: str | None, color: str) -> int:
    """Что значит код замечания: зачем он, пример ошибки и как её исправить.

    \b
    roadmap explain RM203
    roadmap explain lost-dash no-due
    roadmap explain RM3                всё семейство
    """
    from roadmap_cli.manuals import chosen
    from roadmap_cli.report.explain import explain_report

    if not words:
        raise RoadmapError("назовите код или имя, например roadmap explain RM203; все коды покажет roadmap checks")
    emit(explain_report(chosen(words)), format_name, color)
    return 0
