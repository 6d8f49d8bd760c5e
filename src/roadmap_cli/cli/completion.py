"""`roadmap completion`: the script by which a shell completes commands, plans and numbers."""

from __future__ import annotations

import click

from roadmap_cli.cli.frame import say
from roadmap_cli.cli.russian import RussianCommand

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(cls=RussianCommand)
@click.argument("shell", type=click.Choice(SHELLS), metavar="ОБОЛОЧКА")
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Подсказки по Tab: команды, параметры, планы и номера.

    \b
    bash:        добавьте в ~/.bashrc     eval "$(roadmap completion bash)"
    zsh:         добавьте в ~/.zshrc      eval "$(roadmap completion zsh)"
    fish:        один раз                 roadmap completion fish > ~/.config/fish/completions/roadmap.fish
    PowerShell:  добавьте в $PROFILE      roadmap completion powershell | Out-String | Invoke-Expression
    Потом откройте новое окно. ОБОЛОЧКА — bash, zsh, fish или powershell.
    """
    from roadmap_cli.cli.shells import script

    say(script(ctx.find_root().command, shell).rstrip("\n"))
    return 0
