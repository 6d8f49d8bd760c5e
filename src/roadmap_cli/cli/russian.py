"""Commands and groups of commands whose help speaks Russian."""

from __future__ import annotations

from typing import Any

import click


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


class RussianCommand(click.Command):
    """A command whose help speaks Russian."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "add_help_option": False})
        shown = "Показать эту справку и выйти."
        option = click.Option(
            ["-h", "--help"], is_flag=True, expose_value=False, is_eager=True, callback=_show_help, help=shown
        )
        self.params.append(option)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words behind the name of the command, read; what is wrong with them knows the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words behind the name of the command."""
        return [piece.replace("[OPTIONS]", "[ПАРАМЕТРЫ]") for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line «Вызов»."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Вызов: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The section «Параметры»."""
        found = (param.get_help_record(ctx) for param in self.get_params(ctx))
        rows = [(name, said.replace("[required]", "[обязательно]")) for name, said in filter(None, found)]
        with formatter.section("Параметры"):
            formatter.write_dl(rows)


class RussianGroup(RussianCommand, click.Group):
    """A group whose help speaks Russian and names its commands in the order of use."""

    command_class = RussianCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands as they were added."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sections «Параметры» and «Команды»."""
        super().format_options(ctx, formatter)
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(70)) for name, command in found if command]
        with formatter.section("Команды"):
            formatter.write_dl(rows)


RussianGroup.group_class = RussianGroup
