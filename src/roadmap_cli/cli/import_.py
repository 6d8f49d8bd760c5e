"""`roadmap import`: a plan out of an office document."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.frame import remark, say, settings_here
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.importing.plan import Imported
    from roadmap_cli.model import Finding, Plan

_ENDINGS = (".yaml", ".yml")


@click.command(cls=RussianCommand)
@click.argument("document", metavar="ФАЙЛ")
@click.option(
    "-o", "--out", metavar="ПЛАН.yaml", help="Куда записать план (иначе он печатается); готовый не затирается."
)
@click.option("--update", is_flag=True, help="Новая редакция документа: обновить план -o, ничего вашего не потеряв.")
@click.option("--diff", "show", is_flag=True, help="С --update: показать, что изменится, и ничего не записать.")
@click.option("--follows", metavar="ПЛАН", help="План, который этот план исполняет.")
@click.pass_obj
def command(
    plans_dir: str | None, document: str, out: str | None, update: bool, show: bool, follows: str | None
) -> int:
    """План из документа: .docx, .xlsx, .odt, .pdf, .html, .csv, .tsv, .txt.

    \b
    roadmap import план.docx                          посмотреть, что получится
    roadmap import план.docx -o plans/schools/s6.yaml записать
    roadmap import план.docx -o plans/schools/s6.yaml --follows plans/municipal.yaml
    roadmap import новый.docx -o plans/schools/s6.yaml --update --diff

    \b
    Графы узнаются по заголовкам («Мероприятие», «Сроки», «Ответственные» …) в любом порядке. Слова
    документа не меняются, и ничего не теряется: что не вошло в план, названо в конце. Макросы не выполняются.
    --update сопоставляет строки по словам: код, связи, исполнение, переносы, примечания и люди остаются, как были.
    """
    from roadmap_cli.importing import read_document
    from roadmap_cli.importing.plan import plan_of
    from roadmap_cli.importing.writing import yaml_of
    from roadmap_cli.output import put

    if out is not None and not out.lower().endswith(_ENDINGS):
        raise RoadmapError(f"«{visible(out)}»: у плана должно быть окончание .yaml")
    if update or show:
        if out is None or not update or follows:
            raise RoadmapError(
                "--update пишется так: roadmap import ФАЙЛ -o ПЛАН.yaml --update (и --diff, без --follows)"
            )
        return _update(document, out, show)
    if out is not None and os.path.lexists(out):
        said = "он не тронут: назовите другой или обновите его (--update)"
        raise RoadmapError(f"файл «{visible(out)}» уже есть, {said}")
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


def _update(document: str, out: str, show: bool) -> int:
    """Bring a new version of the document into a plan; the difference is on stdout, the summary on stderr."""
    from roadmap_cli.changes import difference
    from roadmap_cli.config import settings_for
    from roadmap_cli.edit import diff, rewrite_plan
    from roadmap_cli.importing import read_document
    from roadmap_cli.importing.plan import plan_of
    from roadmap_cli.importing.update import doubtful_marks, head_changes, updated
    from roadmap_cli.importing.writing import yaml_of
    from roadmap_cli.report.imported import changes_in_words

    imported = plan_of(read_document(document))
    calendar = settings_for(out, os.getcwd()).calendar
    whole = imported.draft._replace(school_year=imported.draft.school_year or _year(out))
    new = _read(yaml_of(whole), out, calendar)
    change = rewrite_plan(out, lambda text: updated(text, out, imported.draft, new), dry_run=show)
    old, now = (_read(text, out, calendar) for text in (change.before, change.after))
    for line in tuple(changes_in_words(difference(old, now))) or ("строки плана и документа совпадают",):
        say(line)
    if keys := head_changes(old, new):
        remark(f"шапка плана не менялась, а в документе она другая: {', '.join(keys)}; впишите сами, если нужно")
    for said in doubtful_marks(old, now):
        remark(f"внимание: {said}")
    if show:
        say(diff(change).removesuffix("\n"))
        return 0
    remark(f"обновлён план «{out}»" if change.before != change.after else f"план «{out}» не изменился")
    plan, findings = _checked_file(out)
    _tell(imported, plan, findings, out)
    return 0


def _read(text: str, path: str, calendar: Calendar) -> Plan:
    """The plan of a text that is known to be one."""
    from roadmap_cli.loader import build
    from roadmap_cli.source import parse

    plan = build(parse(text.encode(), path).root, path, calendar).plan
    assert plan is not None
    return plan


def _year(path: str) -> str:
    from roadmap_cli.loader import build
    from roadmap_cli.source import read

    plan = build(read(path).root, path).plan
    return plan.school_year if plan else ""


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
    from roadmap_cli.source import parse

    settings = settings_here(plans_dir)
    source = parse(text.encode(), "план")
    loaded = build(source.root, "план", settings.calendar)
    plans = {"план": loaded.plan} if loaded.plan else {}
    project = Project(plans, ("план",), (*source.findings, *loaded.findings), {"план": settings})
    return loaded.plan, check_project(project)


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
