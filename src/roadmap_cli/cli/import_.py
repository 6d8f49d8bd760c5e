"""`roadmap import`: a plan out of an office document."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.frame import RussianCommand, calendar_here, remark, say
from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.importing.plan import Imported
    from roadmap_cli.model import Finding, Plan

_ENDINGS = (".yaml", ".yml")


@click.command(cls=RussianCommand)
@click.argument("document", metavar="ФАЙЛ")
@click.option(
    "-o", "--out", metavar="ПЛАН.yaml", help="Куда записать план (иначе он печатается); готовый не затирается."
)
@click.option("--follows", metavar="ПЛАН", help="План, который этот план исполняет.")
@click.pass_obj
def command(plans_dir: str | None, document: str, out: str | None, follows: str | None) -> int:
    """План из документа: .docx, .xlsx, .odt, .pdf, .html, .csv, .tsv, .txt.

    \b
    roadmap import план.docx                          посмотреть, что получится
    roadmap import план.docx -o plans/schools/s6.yaml записать
    roadmap import план.docx -o plans/schools/s6.yaml --follows plans/municipal.yaml

    \b
    Графы узнаются по заголовкам («Мероприятие», «Сроки», «Ответственные» …) в любом порядке. Слова
    документа не меняются, и ничего не теряется: что не вошло в план, названо в конце. Макросы не выполняются.
    """
    from roadmap_cli.importing import read_document
    from roadmap_cli.importing.plan import plan_of
    from roadmap_cli.importing.writing import yaml_of
    from roadmap_cli.output import put

    if out is not None and not out.lower().endswith(_ENDINGS):
        raise RoadmapError(f"«{visible(out)}»: у плана должно быть окончание .yaml")
    if out is not None and os.path.lexists(out):
        raise RoadmapError(f"файл «{visible(out)}» уже есть: он не тронут, назовите другой")
    imported = plan_of(read_document(document))
    folder = os.path.dirname(out or "") or "."
    text = yaml_of(imported.draft, _schema(folder) if out else "", _parent(follows, folder))
    if out is None:
        plan, findings = _checked(text, plans_dir)
        say(text.removesuffix("\n"))
        _tell(imported, plan, findings, "")
        return 0
    put(out, text.encode(), new=True)
    plan, findings = _checked_file(out)
    remark(f"записан план «{out}»")
    _tell(imported, plan, findings, out)
    return 0


def _schema(folder: str) -> str:
    """The path of the plans' schema from a folder, where the project has one in `docs`; else ""."""
    above = os.path.abspath(folder)
    while True:
        schema = os.path.join(above, "docs", "plan.schema.json")
        if os.path.isfile(schema):
            return os.path.relpath(schema, folder).replace(os.sep, "/")
        if os.path.dirname(above) == above:
            return ""
        above = os.path.dirname(above)


def _parent(follows: str | None, folder: str) -> str:
    if not follows:
        return ""
    if not os.path.isfile(follows):
        raise RoadmapError(f"--follows: нет файла «{visible(follows)}»")
    return os.path.relpath(follows, folder).replace(os.sep, "/")


def _checked(text: str, plans_dir: str | None) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan of a text that lies in no file, and what `check` would tell of it by itself."""
    from roadmap_cli.checks import check_project
    from roadmap_cli.loader import build
    from roadmap_cli.project import Project
    from roadmap_cli.settings import Settings
    from roadmap_cli.source import parse

    calendar = calendar_here(plans_dir)
    source = parse(text.encode(), "план")
    loaded = build(source.root, "план", calendar)
    told = (*source.findings, *loaded.findings)
    if loaded.plan is None:
        return None, told
    settings = {"план": Settings(".", calendar=calendar)}
    return loaded.plan, check_project(Project({"план": loaded.plan}, ("план",), told, settings))


def _checked_file(path: str) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan that was written, and what `check` tells of it."""
    from functools import partial

    from roadmap_cli.checks import run_checks
    from roadmap_cli.config import settings_for
    from roadmap_cli.loader import build
    from roadmap_cli.source import read

    settings_of = partial(settings_for, here=os.getcwd())
    source = read(path)
    plan = build(source.root, path, settings_of(path).calendar).plan
    return plan, run_checks([path], settings_of).findings


def _tell(imported: Imported, plan: Plan | None, findings: Sequence[Finding], path: str) -> None:
    """What came out, on stderr: the figures, what was not placed, and what to look at first."""
    from roadmap_cli.report.imported import summary

    for line in summary(imported.remarks, imported.unplaced, plan, findings, path):
        remark(line)
