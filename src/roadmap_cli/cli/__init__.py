"""The edge: the only package that knows click, the clock, the environment, the output and the exit codes."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import NoReturn

import click

from roadmap_cli.cli.commands import cli
from roadmap_cli.cli.exits import COMPLETE_VAR, EXIT_INTERRUPTED, EXIT_USAGE
from roadmap_cli.cli.frame import remark
from roadmap_cli.errors import RoadmapError, not_written
from roadmap_cli.text import nearest

__all__ = ["cli", "main"]


def main() -> NoReturn:
    """Run the program; every way out is an exit code of DESIGN §8, and none shows a traceback."""
    _open_closed_streams()
    output = sys.stdout
    if asked := os.environ.get(COMPLETE_VAR):
        from roadmap_cli.cli.shells import answer

        _leave(answer(cli, asked))
    try:
        code = cli.main(prog_name="roadmap", standalone_mode=False)
    except RoadmapError as error:
        remark(f"roadmap: {error}")
        code = error.exit_code
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.UsageError as error:
        remark(f"roadmap: {_said_wrong(error)}")
        remark(f"Справка: {error.ctx.command_path if error.ctx else 'roadmap'} --help")
        code = EXIT_USAGE
    except (KeyboardInterrupt, click.Abort):
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        code = 0
    except SystemExit as ended:  # when the reader of a pipe has gone, click replaces the output and ends with 1
        code = 0 if sys.stdout is not output else ended.code
    except OSError as error:
        remark(f"roadmap: вывод не записан: {not_written(error)}")
        code = EXIT_USAGE
    except Exception as error:
        if os.environ.get("ROADMAP_DEBUG"):
            raise
        remark(f"roadmap: ошибка в самой программе ({type(error).__name__}); с ROADMAP_DEBUG=1 она покажет, где")
        code = EXIT_USAGE
    _leave(code if isinstance(code, int) else 0)


def _open_closed_streams() -> None:
    """Where the shell closed an output («>&-»), what is written goes nowhere, as was wished."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (open to the end of the run)


def _said_wrong(error: click.UsageError) -> str:
    """What is wrong with the words of the command line, in Russian."""
    if isinstance(error, click.NoSuchOption):
        near = f"; возможно, {', '.join(error.possibilities)}" if error.possibilities else ""
        return f"нет параметра «{error.option_name}»{near}"
    if isinstance(error, click.MissingParameter):
        named = f"{error.param.opts[0]} " if isinstance(error.param, click.Option) else ""
        return f"не хватает: {named}{error.param.make_metavar(error.ctx) if error.param and error.ctx else 'параметра'}"
    if isinstance(error, click.BadOptionUsage):
        if "does not take a value" in error.message:
            return f"параметр «{error.option_name}» пишется без значения"
        return f"параметру «{error.option_name}» нужно значение"
    if isinstance(error, click.BadParameter):
        names = (
            error.param.human_readable_name
            if isinstance(error.param, click.Argument)
            else " / ".join(error.param.opts)
            if error.param
            else ""
        )
        choices = getattr(error.param.type, "choices", ()) if error.param else ()
        if choices:
            return f"{names}: годится только {', '.join(choices)}"
        number = error.param and isinstance(error.param.type, click.IntRange)
        return f"{names}: нужно целое число, не меньше 1" if number else f"{names}: {error.message}"
    group = error.ctx and isinstance(error.ctx.command, click.Group)
    words = re.search(r"['\"](.*)['\"]" if group else r"\((.*)\)", error.message, re.DOTALL)
    said = words[1] if words else ""
    if error.ctx and isinstance(error.ctx.command, click.Group):
        commands = tuple(error.ctx.command.list_commands(error.ctx))
        guess = nearest(said, commands)
        return f"нет команды «{said}»; " + (f"возможно, {guess}" if guess else f"есть {', '.join(commands)}")
    return f"лишние слова в команде: {said}; текст из нескольких слов возьмите в кавычки"


def _leave(code: int) -> NoReturn:
    """Exit after the last flush, without taking the interpreter apart: that would cost a tenth of a short run.

    A reader that has gone away is no error; output that could not be written is.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        code = EXIT_USAGE
        remark(f"roadmap: вывод не записан: {not_written(error)}")
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)
