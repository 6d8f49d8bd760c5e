"""`roadmap schema`: the JSON Schema of a plan or of the settings, for an editor."""

from __future__ import annotations

import sys

import click

from roadmap_cli.cli.russian import RussianCommand


@click.command(cls=RussianCommand)
@click.option("--settings", "of_settings", is_flag=True, help="Схема настроек (roadmap.yaml), а не плана.")
def command(of_settings: bool) -> int:
    """Схема плана (JSON Schema) для редактора: подсказки и ошибки.

    По ней редактор предлагает ключи на обоих языках, объясняет их и отмечает ошибки; см. docs/editor.md.

    \b
    roadmap schema > plan.schema.json
    roadmap schema --settings > settings.schema.json
    Первая строка плана:  # yaml-language-server: $schema=plan.schema.json
    """
    from roadmap_cli.schema import plan_schema, settings_schema, written

    # JSON is UTF-8 wherever it goes, whatever the terminal speaks.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    click.echo(written(settings_schema() if of_settings else plan_schema()), nl=False)
    return 0
