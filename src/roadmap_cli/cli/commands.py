"""The program `roadmap` and its commands, each in a file of its own that is loaded when the command is called."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

from roadmap_cli.cli.russian import RussianGroup

COMMANDS = (
    "status",
    "deadlines",
    "remind",
    "gaps",
    "done",
    "undo",
    "move",
    "cancel",
    "assign",
    "link",
    "diff",
    "check",
    "checks",
    "explain",
    "import",
    "calendar",
    "timeline",
    "export",
    "report",
    "parse",
    "schema",
    "completion",
)
"""The commands in the order of the help: `roadmap x` is `command` of `cli/x.py`, or of `cli/x_.py` for a keyword."""


class Commands(RussianGroup):
    """Loads a command when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"roadmap_cli.cli.{module}").command
        command.name = cmd_name
        return command


@click.group(
    cls=Commands,
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
      roadmap remind               напомнить ответственным: для запуска по расписанию
      roadmap gaps                 чего нет в плане школы и что в нём позже
      roadmap done school-6 9.2    отметить исполнение: второй результат № 9
      roadmap move school-6 9.2 --to "до 30.10.2022"  перенести срок
      roadmap link school-6        записать связи плана школы с вышестоящим
      roadmap diff БЫЛО СТАЛО      что изменилось в плане и что это меняет для школ
      roadmap timeline             год плана полосами
      roadmap check                что не так в самих планах
      roadmap explain RM203        что значит код замечания
      roadmap import план.docx     план из документа Word, Excel, PDF …
      roadmap export -o plans.xlsx планы таблицей Excel, лист на школу
      roadmap report -o page.html  страница для руководителя
      roadmap report --docx        справка об исполнении в Word
      roadmap parse due "до 5 мая" как читается срок
    """
    ctx.obj = plans_dir
    if version:
        from roadmap_cli import __version__

        click.echo(f"roadmap {__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
