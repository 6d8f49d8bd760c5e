"""`roadmap report`: a file to be handed on; the ending of its name says which."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_USAGE
from roadmap_cli.cli.frame import clock, day_of, open_project, paths_argument, remark, tell_problems, today_option
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.cli.saving import PLAN_ENDINGS, ending_of, may_replace
from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from roadmap_cli.report.material import Material, Period
    from roadmap_cli.settings import Settings

_CERTIFICATE = "spravka.docx"
_PERIODS = ("on", "period", "season", "ongoing")  # readings that are one stretch of days


def _certificate(material: Material, ending: str) -> bytes:
    """«Справка об исполнении»."""
    from roadmap_cli.exporting import written
    from roadmap_cli.exporting.certificate import certificate

    return written(certificate(material), ending)


def _page(material: Material, ending: str) -> bytes:
    """The page that a director reads."""
    from roadmap_cli.checks import check_project
    from roadmap_cli.render.html import page_html, signed
    from roadmap_cli.report.page import page_of

    if material.period:
        raise RoadmapError("страница показывает состояние на день, а не за период: дайте --today вместо --period")
    page = page_of(material, check_project(material.project))
    return signed("".join(page_html(page)))


def _made_here(data: bytes) -> bool:
    from roadmap_cli.exporting.package import made_here as document
    from roadmap_cli.render.html import made_here as page

    return page(data) or document(data)


_BUILDERS: dict[str, Callable[[Material, str], bytes]] = {
    ".html": _page,
    ".docx": _certificate,
    ".md": _certificate,
}
"""The ending of the file → what makes its bytes of the material; nothing heavy is imported before it is called."""


@click.command(cls=RussianCommand)
@paths_argument
@click.option("-o", "out", metavar="ФАЙЛ", help=f"Куда записать; вид называет окончание: {', '.join(_BUILDERS)}.")
@click.option(
    "--docx",
    metavar="[ФАЙЛ]",
    is_flag=False,
    flag_value="",
    help=f"Справка об исполнении в Word (без имени — в файл -o, иначе {_CERTIFICATE}).",
)
@click.option("--from", "first", metavar="ДЕНЬ", callback=day_of, help="Первый день отчётного периода.")
@click.option("--to", "last", metavar="ДЕНЬ", callback=day_of, help="Последний день отчётного периода.")
@click.option("--period", metavar="ПЕРИОД", help="Период словами: октябрь, I квартал, 1 четверть, 2022-2023.")
@click.option("--no-suggest", is_flag=True, help="Только записанные связи («covers»), без предположений.")
@click.option("--force", is_flag=True, help="Записать и поверх файла, который сделан не этой программой.")
@today_option
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    out: str | None,
    docx: str | None,
    first: date | None,
    last: date | None,
    period: str | None,
    no_suggest: bool,
    force: bool,
    today: date | None,
) -> int:
    """Отчёт для других: страница для руководителя или справка об исполнении.

    \b
    roadmap report -o report.html               страница по всем планам
    roadmap report plans/schools/school-6.yaml -o school-6.html
    roadmap report --docx                       справка по всем планам: spravka.docx
    roadmap report plans/schools/school-6.yaml -o school-6.docx
    roadmap report --period "октябрь 2022" -o october.docx
    roadmap report --from 01.09.2022 --to 31.12.2022 -o half-year.docx

    \b
    Страница — один файл: в нём всё, ему не нужна сеть, его можно послать письмом.
    Период справки — без параметров учебный год плана; оба дня входят в него.
    Файл, который сделала программа и никто не менял, она заменяет без вопроса.
    """
    from roadmap_cli.output import put
    from roadmap_cli.report.material import material_of

    paths, path = _named(paths, out, docx)
    ending = ending_of(path, _BUILDERS)
    may_replace(path, _made_here, force)
    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    day = clock(today, settings)
    if not project.asked():
        raise RoadmapError("записывать нечего: ни один план не прочитан")
    material = material_of(project, day, _period(first, last, period, day, settings), suggest=not no_suggest)
    put(path, _BUILDERS[ending](material, ending))
    remark(f"записано: {path} ({plural(len(material.plans), 'план', 'плана', 'планов')})")
    return EXIT_USAGE if unread else 0


def _named(paths: tuple[str, ...], out: str | None, docx: str | None) -> tuple[tuple[str, ...], str]:
    """The plans and the file that the words mean; a word behind `--docx` that is no document is a plan.

    Raises RoadmapError for a file named twice, not at all, or with the ending of another document.
    """
    if docx and not docx.lower().endswith(".docx"):
        if os.path.splitext(docx)[1].lower() not in ("", *PLAN_ENDINGS) and not os.path.exists(docx):
            ending_of(docx, (".docx",))
        paths, docx = (docx, *paths), ""
    if docx is None and out is None:
        raise RoadmapError("куда записать отчёт? Назовите файл: -o report.html — страница, -o spravka.docx — справка")
    if docx and out:
        raise RoadmapError("файл назван дважды, в -o и в --docx: оставьте что-то одно")
    if docx is not None and out and not out.lower().endswith(".docx"):
        raise RoadmapError("--docx делает .docx, а -o называет другое окончание: оставьте что-то одно")
    return paths, out or docx or _CERTIFICATE


def _period(
    first: date | None, last: date | None, period: str | None, today: date, settings: Settings
) -> Period | None:
    """The period asked for, None for that of each plan; raises RoadmapError for words that name none."""
    from roadmap_cli.report.material import Period, school_year

    if period is not None:
        if first or last:
            raise RoadmapError("--period и --from/--to вместе не нужны: оставьте что-то одно")
        return _spoken(period, today, settings)
    if first is None and last is None:
        return None
    asked = Period(first or school_year(last or today).first, last or school_year(first or today).last)
    if asked.first > asked.last:
        raise RoadmapError(f"период кончается {asked.last:%d.%m.%Y}, раньше, чем начинается {asked.first:%d.%m.%Y}")
    return asked


def _spoken(words: str, today: date, settings: Settings) -> Period:
    from roadmap_cli.dates import parse_due, season_name
    from roadmap_cli.report.material import Period, school_year

    year = school_year(today)
    due = parse_due(words, f"{year.first.year}-{year.last.year}", settings.calendar)
    if due.start is None or due.end is None or due.unclear or due.kind not in _PERIODS:
        if due.kind == "season" or season_name(words):
            raise RoadmapError(
                f"--period: дней «{words}» в настройках нет: впишите их в roadmap.yaml или дайте --from и --to"
            )
        raise RoadmapError(f"--period: «{words}» — не период; напишите «октябрь 2022», «I квартал» или 2022-2023")
    for note in (*due.repairs, *due.notes):
        remark(f"--period «{words}»: {note}")
    return Period(due.start, due.end)
