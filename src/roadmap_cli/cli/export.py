"""`roadmap export`: plans, or the gaps between them, as a document for Word or Excel, and plans as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_USAGE
from roadmap_cli.cli.frame import (
    clock,
    jobs_option,
    open_project,
    open_survey,
    paths_argument,
    remark,
    tell_problems,
    today_option,
)
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.cli.saving import ending_of, may_replace
from roadmap_cli.errors import RoadmapError
from roadmap_cli.exporting import ENDINGS
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.model import Plan
    from roadmap_cli.project import Project
    from roadmap_cli.survey import Survey

_CALENDAR = ".ics"


@click.command(cls=RussianCommand)
@paths_argument
@click.option(
    "-o", "out", metavar="ФАЙЛ", help=f"Куда записать; вид называет окончание: {', '.join((*ENDINGS, _CALENDAR))}."
)
@click.option("--gaps", is_flag=True, help="Разрывы с вышестоящим планом, а не сами планы.")
@click.option("--marks", is_flag=True, help="Добавить графу «Отметка об исполнении».")
@click.option("--no-suggest", is_flag=True, help="Только записанные связи («covers»), без предположений.")
@click.option("--force", is_flag=True, help="Записать и поверх файла, который сделан не этой программой.")
@jobs_option
@today_option
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    out: str | None,
    gaps: bool,
    marks: bool,
    no_suggest: bool,
    force: bool,
    jobs: int | None,
    today: date | None,
) -> int:
    """Планы или разрывы документом: Word, Excel, CSV, Markdown; планы — и календарём .ics.

    \b
    roadmap export plans/schools/school-6.yaml -o school-6.docx
    roadmap export -o plans.docx --marks      все планы, с отметками об исполнении
    roadmap export -o plans.xlsx              лист на школу и сводка
    roadmap export --gaps -o gaps.xlsx        разрывы: сводка, школы × мероприятия, лист на школу

    \b
    Документ .docx или .xlsx, который сделала программа и никто не менял, она заменяет без вопроса;
    любой другой файл — только с --force. Файл плана она не заменяет никогда.
    """
    from roadmap_cli.exporting.package import made_here
    from roadmap_cli.output import put

    if out is None:
        raise RoadmapError("куда записать документ? Назовите файл: -o план.docx")
    ending = ending_of(out, ENDINGS if gaps else (*ENDINGS, _CALENDAR))
    may_replace(out, made_here, force)
    if gaps and marks:
        raise RoadmapError("--marks — отметки об исполнении в самих планах: с --gaps их нет")
    if marks and ending == _CALENDAR:
        raise RoadmapError("--marks — графа документа: у календаря .ics её нет, исполненное он отмечает сам")
    if gaps:
        found = open_survey(paths, plans_dir, suggest=not no_suggest, jobs=jobs)
        unread, (data, said) = bool(found.unread), _gaps(found, ending)
    else:
        project, settings = open_project(paths, plans_dir)
        unread = tell_problems(project)
        day = clock(today, settings)
        if ending == _CALENDAR:
            data, said = _calendar(project, day)
        else:
            data, said = _plans(project, day, ending, suggest=not no_suggest, marked=marks)
    put(out, data)
    remark(f"записано: {out} ({said})")
    return EXIT_USAGE if unread else 0


def _gaps(found: Survey, ending: str) -> tuple[bytes, str]:
    """The document of the gaps, and what is in it."""
    from roadmap_cli.exporting import written
    from roadmap_cli.exporting.gaps import gaps_paper

    if not found.pairs:
        raise RoadmapError("сравнивать нечего: ни у одного плана нет «follows: …» — путь к вышестоящему плану")
    schools = len({pair.child.path for pair in found.pairs})
    said = f"разрывы: {plural(schools, 'план', 'плана', 'планов')}"
    return written(gaps_paper(found.pairs, ending, found.unread), ending), said


def _plans(project: Project, today: date, ending: str, *, suggest: bool, marked: bool) -> tuple[bytes, str]:
    """The document of the plans, and what is in it; tells what the document does not show."""
    from roadmap_cli.exporting import written
    from roadmap_cli.exporting.plans import plans_paper
    from roadmap_cli.report.material import material_of

    material = material_of(project, today, suggest=suggest)
    if not material.plans:
        raise RoadmapError("записывать нечего: ни один план не прочитан")
    rows = [activity for plan in material.plans for activity in plan.activities]
    cancelled = sum(bool(activity.cancelled) for activity in rows)
    if cancelled and not marked:
        remark(f"отменённых мероприятий: {cancelled}; в документе это видно только с --marks")
    return written(plans_paper(material, ending, marked=marked), ending), _counted(material.plans)


def _calendar(project: Project, today: date) -> tuple[bytes, str]:
    """The days of the plans as `status --format ics` gives them, and what is in it; tells how many rows have none."""
    from roadmap_cli.render import Screen, render
    from roadmap_cli.report.status import Filters, status_report

    report = status_report(project, today, Filters())
    if report.agenda and (left_out := report.agenda().left_out):
        remark(left_out)
    return "".join(render(report, "ics", Screen())).encode(), _counted(project.asked())


def _counted(plans: Sequence[Plan]) -> str:
    number = sum(len(plan.activities) for plan in plans)
    rows = plural(number, "мероприятие", "мероприятия", "мероприятий")
    return f"{plural(len(plans), 'план', 'плана', 'планов')}, {rows}"
