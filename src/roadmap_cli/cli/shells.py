"""Completion in shells: the script that a shell loads, and the answers to its questions, by click."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    shell_complete,
)

from roadmap_cli.cli.exits import COMPLETE_VAR
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


@add_completion_class
class Bash(BashComplete):
    """Bash, which takes «15:1» for three words and wants only what stands behind the colon."""

    _before = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words with those joined that a colon holds together, and the last one."""
        cwords = os.environ["COMP_WORDS"].split("\n")
        words = cwords[1 : int(os.environ["COMP_CWORD"]) + 1]
        joined: list[str] = []
        for word in words:
            if joined and (word == ":" or joined[-1].endswith(":")):
                joined[-1] += word
            else:
                joined.append(word)
        incomplete = joined.pop() if joined else ""
        self._before = incomplete[: incomplete.rfind(":") + 1]
        return joined, incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """The kind and the word, without what bash has already."""
        return f"{item.type},{item.value.removeprefix(self._before)}"


@add_completion_class
class Fish(FishComplete):
    """Fish, with titles that are not cut at their first comma."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


def script(command: click.Command, shell: str) -> str:
    """What a shell loads to complete the words of the program; raises RoadmapError where click is too old for it."""
    found = get_completion_class(shell)
    if found is None:
        raise RoadmapError(f"для {shell} нужен click 8.5 или новее: pip install --upgrade click")
    # Not the class's own `source`: bash would be started to ask for its version.
    return ShellComplete.source(found(command, {}, "roadmap", COMPLETE_VAR))


def answer(command: click.Command, instruction: str) -> int:
    """Answers a shell on stdout; whatever goes wrong, a shell that is typed in must stay quiet."""
    try:
        return shell_complete(command, {}, "roadmap", COMPLETE_VAR, instruction)
    except Exception:
        if os.environ.get("ROADMAP_DEBUG"):
            raise
        return 1
