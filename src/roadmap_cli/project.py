"""Files → plans: which files are meant, the plans in them, and the parents that they follow."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError, problem
from roadmap_cli.loader import build
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import MAX_BYTES, read
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from roadmap_cli.model import Finding, Plan, Span
    from roadmap_cli.settings import Settings

SETTINGS_NAME = "roadmap.yaml"
_ENDINGS = (".yaml", ".yml")


class Project(NamedTuple):
    """The plans asked for (`named`) and their parents, by path, each with its settings; `texts` serve excerpts."""

    plans: dict[str, Plan]
    named: tuple[str, ...]
    findings: tuple[Finding, ...]
    texts: dict[str, str]
    settings: dict[str, Settings]

    def asked(self) -> tuple[Plan, ...]:
        """The plans that were asked for, in the order of their files."""
        return tuple(self.plans[path] for path in self.named if path in self.plans)

    def settings_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the settings of any of the plans, each once, by place."""
        found = {finding for settings in self.settings.values() for finding in settings.findings}
        return tuple(sorted(found, key=lambda finding: (finding.span, finding.code)))


def find_files(paths: Iterable[str]) -> list[str]:
    """The plan files that paths mean: files as they are, folders with all YAML files below, settings left out.

    Raises RoadmapError for a path that does not exist and for a folder without plans.
    """
    files: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            found = _in_folder(path)
            if not found:
                raise RoadmapError(
                    f"в папке «{visible(path)}» нет планов: положите в неё файлы .yaml (образец — в README, «План»)"
                )
            files.update(dict.fromkeys(found))
        elif os.path.lexists(path):
            files[os.path.normpath(path)] = None
        else:
            raise RoadmapError(f"нет файла или папки «{visible(path)}»: проверьте путь или запустите из папки проекта")
    return list(files)


def _in_folder(folder: str) -> list[str]:
    found = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = sorted(n for n in names if n.endswith(_ENDINGS) and n != SETTINGS_NAME and not n.startswith("."))
        found += [os.path.normpath(os.path.join(base, name)) for name in here]
    return found


def with_followers(files: Sequence[str], root: str) -> list[str]:
    """The files of `root` that follow these plans, at any number of levels below; a plan that is not theirs stays away.

    Only the bytes are searched for the plans' file names; what is found is read like any plan.
    """
    names = {os.path.basename(path).encode() for path in files}
    found: list[str] = []
    waiting = [
        path
        for path in _in_folder(os.path.relpath(root))
        if os.path.realpath(path) not in set(map(os.path.realpath, files))
    ]
    while True:
        new = [path for path in waiting if _mentions(path, names)]
        if not new:
            return found
        found += new
        waiting = [path for path in waiting if path not in new]
        names = {os.path.basename(path).encode() for path in new}


def _mentions(path: str, names: set[bytes]) -> bool:
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > MAX_BYTES:
            return False
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return False
    return any(name in data for name in names)


def load(files: Sequence[str], settings_of: Callable[[str], Settings], beside: Sequence[str] = ()) -> Project:
    """Read plans and the parents they follow, all problems of all files in one run; parents lie inside the root.

    Plans in `beside` are read too, but nobody asked for them: their problems are their own.
    """
    settings: dict[str, Settings] = {}
    plans: dict[str, Plan] = {}
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    by_place: dict[str, str] = {}
    asked_at: dict[str, list[Span]] = {}
    for path in files:
        by_place.setdefault(os.path.realpath(path), path)
    named = tuple(by_place.values())
    for path in beside:
        by_place.setdefault(os.path.realpath(path), path)
    waiting = list(by_place.values())
    while waiting:
        path = waiting.pop(0)
        source = read(path)
        texts[path] = source.text
        settings[path] = settings_of(path)
        loaded = build(source.root, path, settings[path].calendar)
        troubles = [*source.findings, *loaded.findings]
        if path in named:
            findings += troubles
        elif loaded.plan is None and path in asked_at:
            why = f"вышестоящий план «{visible(path)}» не прочитан: {troubles[0].message if troubles else 'он пуст'}"
            findings += [problem("RM001", why, place) for place in asked_at[path]]
        if loaded.plan is None:
            continue
        follows = []
        for number, parent in enumerate(loaded.plan.follows):
            place_of_name = loaded.plan.spans[f"follows {number}"]
            refusal = _refusal(parent, os.path.realpath(settings[path].root), path)
            if refusal is not None:
                findings.append(problem(*refusal, place_of_name))
                continue
            place = os.path.realpath(parent)
            if place not in by_place:
                by_place[place] = parent
                waiting.append(parent)
            follows.append(by_place[place])
            asked_at.setdefault(by_place[place], []).append(place_of_name)
        plans[path] = loaded.plan._replace(follows=tuple(follows))
    return Project(plans, named, tuple(findings), texts, settings)


def _refusal(parent: str, home: str, path: str) -> tuple[str, str] | None:
    """Why a parent is not read: (code, message), or None."""
    place = os.path.realpath(parent)
    if os.path.commonpath([place, home]) != home:
        return "RM011", (
            f"«{visible(parent)}» лежит вне папки проекта «{visible(home)}»: план читается только внутри неё; "
            f"положите {SETTINGS_NAME} в общую папку планов"
        )
    if not os.path.isfile(place):
        beside = visible(os.path.dirname(path) or ".")
        message = f"нет файла «{visible(parent)}», который исполняет этот план: путь считается от «{beside}»"
        return "RM001", message
    return None
