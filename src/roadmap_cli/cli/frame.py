"""What every command needs: shared options, opening the plans, writing the report, the clock."""

from __future__ import annotations

import os
import sys
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

import click

from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.render import FINDING_FORMATS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.model import Finding
    from roadmap_cli.project import Project
    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report
    from roadmap_cli.settings import Settings
    from roadmap_cli.survey import Survey


_OUTPUTS = "roadmap.outputs"


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every report has."""
    return with_output(command, FORMATS, "Вид вывода: table на экране, plain в файл и канал.")


def finding_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a report of findings, which has formats for CI too."""
    shown = "Вид вывода: table на экране, plain в файл и канал, github в GitHub Actions."
    return with_output(command, (*FORMATS, *FINDING_FORMATS), shown)


def with_output(command: Callable[..., Any], formats: tuple[str, ...], shown: str) -> Callable[..., Any]:
    """The options of a report in these formats; `shown` is the help of `--format`."""

    @click.option("--format", "format_name", type=click.Choice(formats), help=shown)
    @click.option(
        "--output",
        multiple=True,
        expose_value=False,
        callback=_outputs,
        metavar="ВИД:ФАЙЛ",
        help="Записать отчёт ещё и в файл; можно несколько раз.",
    )
    @click.option(
        "--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Цвет (NO_COLOR тоже учтён)."
    )
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped


def _formats(ctx: click.Context) -> Sequence[str]:
    """The formats of the command that is running."""
    return next(
        tuple(param.type.choices)
        for param in ctx.command.params
        if isinstance(param.type, click.Choice) and param.name == "format_name"
    )


def formats_wanted(format_name: str | None) -> set[str | None]:
    """The format on stdout, as it was named, and those of `--output`."""
    return {format_name, *click.get_current_context().meta[_OUTPUTS].values()}


def _outputs(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> None:
    """«sarif:report.sarif» … → the format of each file, where `emit` finds them."""
    formats = _formats(ctx)
    wanted: dict[str, str] = {}
    for one in value:
        name, _, path = one.partition(":")
        if name not in formats:
            known = f"виды этой команды: {', '.join(formats)}"
            raise click.BadParameter(f"«{one}»: нужно ВИД:ФАЙЛ, например json:report.json; {known}")
        if path in ("", "-"):
            raise click.BadParameter(f"«{one}»: после «{name}:» нужно имя файла; вид на экране выбирает --format")
        path = os.path.normpath(path)
        if os.path.realpath(path).lower().endswith((".yaml", ".yml")):
            raise click.BadParameter(f"«{path}» — план или ведёт к нему: отчёт его затёр бы; назовите другой файл")
        if path in wanted:
            raise click.BadParameter(f"файл «{path}» назван дважды: каждому виду нужен свой")
        wanted[path] = name
    ctx.meta[_OUTPUTS] = wanted


def day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """«2022-10-20» or «20.10.2022» → the day."""
    if value is None:
        return None
    from roadmap_cli.dates import parse_due

    due = parse_due(value)
    if due.kind != "on" or due.end is None:
        raise click.BadParameter(f"«{value}» — не день; напишите 2022-10-20 или 20.10.2022")
    return due.end


def days_ahead(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """«14d», «14д» or «14» → 14."""
    if value is None:
        return None
    number = value.removesuffix("d").removesuffix("д")
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise click.BadParameter(f"«{value}» — не число дней; напишите 14d или 14")
    return int(number)


today_option = click.option(
    "--today", envvar="ROADMAP_TODAY", metavar="ДЕНЬ", callback=day_of, help="На какой день считать (иначе сегодня)."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Сколько процессов (иначе по числу ядер, если планов много)."
)
paths_argument = click.argument("paths", nargs=-1, metavar="[ПЛАН|ПАПКА]...", type=click.Path())


class Wanted(NamedTuple):
    """The files that the words of a command mean, and the settings of each file and of the first word."""

    words: list[str]
    files: list[str]
    settings_of: Callable[[str], Settings]
    settings: Settings


def wanted_files(paths: Sequence[str], plans_dir: str | None) -> Wanted:
    """The plan files that the words of a command mean, by default all of the plans' folder."""
    from roadmap_cli.config import find_plans, settings_for
    from roadmap_cli.project import find_files

    here = os.getcwd()
    words = plan_paths(paths, plans_dir) or [find_plans(here, plans_dir)]
    settings_of = partial(settings_for, here=here, named=words)
    return Wanted(words, find_files(words), settings_of, settings_of(words[0]))


def open_project(paths: Sequence[str], plans_dir: str | None) -> tuple[Project, Settings]:
    """The plans of a command and the settings that hold for them; remarks on the settings go to stderr."""
    from roadmap_cli.project import load

    wanted = wanted_files(paths, plans_dir)
    project = load(wanted.files, wanted.settings_of)
    tell(project.settings_findings())
    return project, wanted.settings


def open_survey(paths: Sequence[str], plans_dir: str | None, *, suggest: bool, jobs: int | None) -> Survey:
    """The plans of a command traced to the plans that they follow; what is wrong with them is told on stderr.

    The plans that follow them are read too, where the same project has any.
    """
    from roadmap_cli.cli.progress import progress
    from roadmap_cli.config import search_folders
    from roadmap_cli.project import with_followers
    from roadmap_cli.survey import survey

    wanted = wanted_files(paths, plans_dir)
    beside = with_followers(wanted.files, search_folders(wanted.settings, wanted.words))
    with progress(len(wanted.files) + len(beside)) as seen:
        found = survey(
            wanted.files, wanted.settings_of, beside=beside, suggest=suggest, jobs=jobs or cores(), seen=seen
        )
    tell(found.settings_findings)
    tell(finding for finding in found.findings if finding.severity == "error")
    return found


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def plan_paths(names: Iterable[str], plans_dir: str | None) -> list[str]:
    """The paths that the words of a command mean: files and folders as they are, else the plan of that short name.

    What has a folder in it is no short name: it stays as it is. Raises RoadmapError where no plan has the name.
    """
    from roadmap_cli.config import find_plans
    from roadmap_cli.project import find_plan
    from roadmap_cli.text import visible

    def path(name: str) -> str:
        if os.path.lexists(name) or os.path.dirname(name):
            return name
        try:
            folder = find_plans(os.getcwd(), plans_dir)
        except RoadmapError as error:
            raise RoadmapError(f"нет файла или папки «{visible(name)}»; {error}") from None
        return find_plan(name, folder)

    return [path(name) for name in names]


def calendar_here(plans_dir: str | None) -> Calendar:
    """The calendar of the settings found from this folder; an empty one where there are no plans."""
    return settings_here(plans_dir).calendar


def settings_here(plans_dir: str | None) -> Settings:
    """The settings found from this folder, told what is wrong with them; without any plans those of no file."""
    from roadmap_cli.config import find_plans, settings_for
    from roadmap_cli.settings import Settings

    here = os.getcwd()
    try:
        folder = find_plans(here, plans_dir)
    except RoadmapError:
        if plans_dir:
            raise
        return Settings(here)
    settings = settings_for(folder, here)
    tell(settings.findings)
    return settings


def tell(findings: Iterable[Finding]) -> None:
    """Findings on stderr, each with its place."""
    for finding in findings:
        remark(f"{finding.span.path}:{finding.span.line}:{finding.span.column}: {finding.message}")


def tell_problems(project: Project) -> bool:
    """Tell on stderr what could not be read; whether any file could not be opened or understood."""
    tell(finding for finding in project.findings if finding.severity == "error")
    return any(path not in project.plans for path in project.named)


def remark(text: str) -> None:
    """One line on stderr, safe to show."""
    from roadmap_cli.text import visible

    encoding = (getattr(sys.stderr, "encoding", None) or "utf-8").lower()
    said = visible(text)
    click.echo(said if encoding.startswith("utf") else said.replace("→", "->"), err=True)


def on_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def say(text: str = "") -> None:
    """Lines on stdout, in the characters that its encoding has."""
    if not (sys.stdout.encoding or "utf-8").lower().startswith("utf"):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        text = text.replace("→", "->")
    click.echo(text)


def emit(report: Report, format_name: str | None, color: str) -> None:
    """Write the report to the files of `--output`, and to stdout in the wanted format.

    That is `table` on a terminal, `github` where GitHub reads it, `plain` elsewhere. A file that cannot be written is
    told when everything else is done: raises RoadmapError.
    """
    from roadmap_cli.render import Screen, render

    context = click.get_current_context()
    here = os.getcwd()
    root = _root(here)
    outputs = context.meta[_OUTPUTS]
    troubles = _write_files(report, outputs, Screen(here=here, root=root)) if outputs else ()
    terminal = sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "utf-8").lower()
    if not encoding.startswith("utf"):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    colored = color == "always" or (color == "auto" and terminal and not os.environ.get("NO_COLOR"))
    name = format_name or ("table" if terminal else "github" if _annotated(context) else "plain")
    if name == "ics":
        encoding = "utf-8"  # whatever the terminal's
        sys.stdout.reconfigure(encoding=encoding, newline="")  # type: ignore[union-attr]
    pieces = render(report, name, Screen(screen_width(terminal), colored, encoding, here, root))
    if name == "csv":
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
    sys.stdout.writelines(pieces)
    sys.stdout.flush()
    if troubles:
        raise RoadmapError("; ".join(troubles))


def _write_files(report: Report, outputs: Mapping[str, str], screen: Screen) -> list[str]:
    """Write the report to files, each in its format; why some could not be written."""
    from roadmap_cli.output import put
    from roadmap_cli.render import render

    troubles = []
    for path, name in outputs.items():
        try:
            put(path, "".join(render(report, name, screen)).encode("utf-8", "backslashreplace"))
        except RoadmapError as error:
            troubles.append(str(error))
    return troubles


def _annotated(context: click.Context) -> bool:
    """Whether GitHub reads what is printed; Gitea and Forgejo call themselves GitHub too, but show no annotations."""
    actions = os.environ.get("GITHUB_ACTIONS") == "true" and os.environ.get("GITEA_ACTIONS") != "true"
    return actions and "github" in _formats(context)


def _root(here: str) -> str:
    """The folder of the repository that CI has laid out, if this one lies in it; else this one."""
    named = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    root = os.path.realpath(named) if named else here
    return root if f"{here}{os.sep}".startswith(f"{root.rstrip(os.sep)}{os.sep}") else here


def screen_width(terminal: bool) -> int:
    """How many columns there are to write on."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    return (os.get_terminal_size(sys.stdout.fileno()).columns or 80) if terminal else 100


def clock(today: date | None, settings: Settings) -> date:
    """The day of the run: the one that was given, else today in the settings' time zone."""
    from datetime import UTC, datetime

    if today is not None:
        return today
    if settings.timezone:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return datetime.now(ZoneInfo(settings.timezone)).date()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            remark(f"timezone: часовой пояс «{settings.timezone}» неизвестен этой машине: взят её собственный")
    return datetime.now(UTC).astimezone().date()
