"""`roadmap diff`: what has changed between two versions of a plan."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_FINDINGS, EXIT_USAGE
from roadmap_cli.cli.frame import emit, output_options, remark, tell
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.changes import Difference
    from roadmap_cli.consequences import Consequences
    from roadmap_cli.model import Plan
    from roadmap_cli.settings import Settings

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class _Version(NamedTuple):
    """A version of a plan: as the user calls it, the path of its file, the git revision or None for the file itself."""

    name: str
    path: str
    revision: str | None


@click.command(cls=RussianCommand)
@click.argument("old", metavar="БЫЛО")
@click.argument("new", metavar="[СТАЛО]", required=False)
@click.option("--exit-code", is_flag=True, help="Код выхода 1, если различия есть (иначе 0).")
@output_options
@click.pass_obj
def command(
    plans_dir: str | None,
    old: str,
    new: str | None,
    exit_code: bool,
    format_name: str | None,
    color: str,
) -> int:
    """Что изменилось между двумя редакциями плана и что это меняет для школ.

    \b
    roadmap diff old.yaml plans/municipal.yaml
    roadmap diff HEAD~1:plans/municipal.yaml plans/municipal.yaml   ревизия git
    roadmap diff plans/municipal.yaml           последняя ревизия и файл
    Мероприятия сопоставляются по коду и словам: новый номер сам по себе — не изменение. Для планов,
    которые исполняют этот, показано, какие связи проверить и что станет позже.
    """
    from roadmap_cli.changes import difference
    from roadmap_cli.config import settings_for
    from roadmap_cli.report.diff import diff_report

    versions = _versions(old, new)
    settings = settings_for(versions[1].path, os.getcwd())
    tell(settings.findings)
    before, after = (_read(version, settings) for version in versions)
    if before is None or after is None:
        return EXIT_USAGE
    found = difference(before, after)
    effects = _consequences(found, [version.path for version in versions], plans_dir, settings)
    emit(diff_report(found, effects, (versions[0].name, versions[1].name)), format_name, color)
    return EXIT_FINDINGS if exit_code and found.anything() else 0


def _versions(old: str, new: str | None) -> tuple[_Version, _Version]:
    """Both versions; a lone file is compared with the last commit, a lone revision with the file."""
    first = _version(old)
    if new is not None:
        return first, _version(new)
    if first.revision is None:
        return _Version(f"HEAD:{old}", first.path, "HEAD"), first
    return first, _version(first.path)


def _version(name: str) -> _Version:
    """A file, or «REV:path» as git has it: from the top of the repository, or from here with «./»."""
    from roadmap_cli.history import top_of

    revision, mark, path = name.partition(":")
    if os.path.lexists(name) or not mark or _DRIVE.match(name):
        return _Version(name, name, None)
    if not path.startswith(("./", "../")):
        path = os.path.join(os.path.relpath(top_of(os.getcwd())), path)
    return _Version(name, os.path.normpath(path), revision)


def _read(version: _Version, settings: Settings) -> Plan | None:
    """The plan of a version; what is wrong in it is told on stderr."""
    from roadmap_cli.history import at_revision
    from roadmap_cli.loader import build
    from roadmap_cli.source import parse, read

    if version.revision is not None:
        source = parse(at_revision(version.path, version.revision), version.name)
    elif os.path.isdir(version.path):
        raise RoadmapError(f"«{visible(version.path)}» — папка: назовите файл плана")
    elif not os.path.lexists(version.path):
        raise RoadmapError(f"нет файла «{visible(version.path)}»: проверьте путь; ревизия git пишется так: HEAD~1:план")
    else:
        source = read(version.path)
    loaded = build(source.root, version.name, settings.calendar)
    tell(finding for finding in (*source.findings, *loaded.findings) if finding.severity == "error")
    return loaded.plan


def _consequences(
    found: Difference, paths: Sequence[str], plans_dir: str | None, settings: Settings
) -> list[Consequences]:
    """What the versions mean for every plan of the project that follows the file of either."""
    from roadmap_cli.config import find_plans, search_folders, settings_for
    from roadmap_cli.consequences import consequences
    from roadmap_cli.project import load, with_followers

    if not found.anything():
        return []
    here = os.getcwd()
    below = with_followers(paths, [find_plans(here, plans_dir)] if plans_dir else search_folders(settings, paths))
    project = load((), lambda path: settings_for(path, here), below)
    places = set(map(os.path.realpath, paths))
    told = []
    for path in below:
        child = project.plans.get(path)
        if child is None:
            remark(f"{path}: план не прочитан, и что изменится для него, не показано; посмотрите roadmap check")
            continue
        parent = next((one for one in child.follows if os.path.realpath(one) in places), None)
        if parent is not None:
            both = found._replace(old=found.old._replace(path=parent), new=found.new._replace(path=parent))
            siblings = [project.plans[one] for one in child.follows if one != parent and one in project.plans]
            told.append(consequences(both, child, siblings, project.settings[path].match_threshold))
    return told
