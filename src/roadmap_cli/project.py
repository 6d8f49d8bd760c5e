"""Files → plans: which files are meant, the plans in them, and the parents that they follow."""

from __future__ import annotations

import os
from collections import deque
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError, problem
from roadmap_cli.files import MAX_BYTES
from roadmap_cli.loader import build
from roadmap_cli.record import NamedTuple
from roadmap_cli.source import read
from roadmap_cli.suppression import suppressions
from roadmap_cli.text import fold, nearest, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from roadmap_cli.model import Finding, Plan, Span
    from roadmap_cli.settings import Settings

MAX_LEVELS = 20  # of plans that follow one another
_TOO_HIGH = f"вышестоящих планов друг над другом больше {MAX_LEVELS}: выше не прочитано; проверьте «follows»"
SETTINGS_NAME = "roadmap.yaml"
_ENDINGS = (".yaml", ".yml")
_SHOWN = 8  # names in a message


class Project(NamedTuple):
    """The plans asked for (`named`) and their parents, by path, each with its settings."""

    plans: dict[str, Plan]
    named: tuple[str, ...]
    findings: tuple[Finding, ...]
    settings: dict[str, Settings]

    def asked(self) -> tuple[Plan, ...]:
        """The plans that were asked for, in the order of their files."""
        return tuple(self.plans[path] for path in self.named if path in self.plans)

    def settings_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the settings of any of the plans, each once, by place."""
        return _settings_findings(self.settings)


def _settings_findings(settings: Mapping[str, Settings]) -> tuple[Finding, ...]:
    found = {finding for one in settings.values() for finding in one.findings}
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.code)))


def find_files(paths: Iterable[str]) -> list[str]:
    """The plan files that paths mean, each once: files as they are, folders with all YAML below, settings left out.

    Raises RoadmapError for a path that does not exist, for a folder without plans, and where only settings are named.
    """
    files: dict[str, str] = {}
    place = _Places().of
    for path in paths:
        if os.path.isdir(path):
            found = _in_folder(path)
            if not found:
                raise RoadmapError(
                    f"в папке «{visible(path)}» нет планов: положите в неё файлы .yaml (образец — в README, «План»)"
                )
            for name in found:
                files.setdefault(place(name), name)
        elif os.path.basename(path) == SETTINGS_NAME and os.path.lexists(path):
            continue
        elif os.path.lexists(path):
            files.setdefault(place(path), os.path.normpath(path))
        else:
            raise RoadmapError(f"нет файла или папки «{visible(path)}»: проверьте путь или запустите из папки проекта")
    if not files:
        raise RoadmapError(f"{SETTINGS_NAME} — это настройки, а не план: назовите файл или папку планов")
    return list(files.values())


def find_plan(name: str, folder: str) -> str:
    """The plan of the folder with that short name: its file's, in any letters, with or without the ending.

    Raises RoadmapError when there is none or more than one.
    """
    files = _in_folder(folder)
    short = {path: _short(path) for path in files}
    wanted = os.path.splitext(name)[0] if name.lower().endswith(_ENDINGS) else name
    found = [path for path in files if short[path] == wanted]
    found = found or [path for path in files if fold(short[path]) == fold(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise RoadmapError(f"планов «{visible(name)}» несколько ({_listed(found)}): назовите файл")
    guess = nearest(wanted, tuple(short.values()))
    near = f"возможно, «{visible(guess)}»" if guess else f"есть {_listed(short.values())}" if files else "она пуста"
    raise RoadmapError(f"нет ни файла «{visible(name)}», ни такого плана в папке «{visible(folder)}»; {near}")


def short_names(folder: str) -> dict[str, str]:
    """The plans of the folder by the words that name them: the short name, or the path where several have the same."""
    files = _in_folder(folder)
    short = [_short(path) for path in files]
    return {name if short.count(name) == 1 else path: path for name, path in zip(short, files, strict=True)}


def _short(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def _listed(names: Iterable[str]) -> str:
    shown = list(dict.fromkeys(map(visible, names)))
    return ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")


def _in_folder(folder: str) -> list[str]:
    found = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = sorted(n for n in names if n.endswith(_ENDINGS) and n != SETTINGS_NAME and not n.startswith("."))
        found += [os.path.normpath(os.path.join(base, name)) for name in here]
    return found


def with_followers(files: Sequence[str], folders: Iterable[str]) -> list[str]:
    """The files in `folders` that follow these plans, at any number of levels below; others stay away.

    Only the bytes are searched for the plans' file names; what is found is read like any plan.
    """
    names = {os.fsencode(os.path.basename(path)) for path in files}
    place = _Places().of
    known = set(map(place, files))
    found: list[str] = []
    there = dict.fromkeys(path for folder in folders for path in _in_folder(os.path.relpath(folder)))
    waiting = [path for path in there if place(path) not in known]
    while True:
        new = [path for path in waiting if _mentions(path, names)]
        if not new:
            return found
        found += new
        taken = set(new)
        waiting = [path for path in waiting if path not in taken]
        names = {os.fsencode(os.path.basename(path)) for path in new}


def _mentions(path: str, names: set[bytes]) -> bool:
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > MAX_BYTES:
            return False
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return False
    return any(name in data for name in names)


def by_place(*names: Iterable[str]) -> dict[str, str]:
    """The files by their real place, each under the name that comes first."""
    place = _Places().of
    found: dict[str, str] = {}
    for path in chain(*names):
        found.setdefault(place(path), path)
    return found


class Library:
    """Plans read one at a time, each with the parents that it follows; parents lie inside the root and are kept.

    `files` are those of `by_place`; `asked` says which of them somebody asked for: the problems of the others are their
    own. `plans` gives those of a `part` only, when there is one. `findings`, `settings`, `unread` (files asked for that
    are no plans) and `without_parent` (plans that follow what cannot be read) grow as plans are read, and so do `kept`,
    the plans that stay, by path: the parents, and with `keep` every plan. `seen` is told how many files have been read.
    """

    def __init__(
        self,
        files: Mapping[str, str],
        settings_of: Callable[[str], Settings],
        asked: Collection[str],
        part: Collection[str] | None = None,
        keep: bool = False,
        seen: Callable[[int], None] | None = None,
    ) -> None:
        self._place = _Places().of
        self._by_place = dict(files)
        self.named = tuple(path for path in files.values() if path in asked)
        self._listed = tuple(path for path in files.values() if part is None or path in part)
        self._asked = frozenset(self.named)
        self._settings_of = cache(settings_of)
        self._refusal = cache(_refusal)
        self._keep = keep
        self._seen = seen
        self._failed: dict[str, str] = {}
        self.kept: dict[str, Plan] = {}
        self._absent: set[str] = set()
        self.settings: dict[str, Settings] = {}
        self.findings: list[Finding] = []
        self.unread: list[str] = []
        self.without_parent: list[str] = []
        self._places: dict[tuple[str, str], Span] = {}

    def plans(self) -> Iterator[Plan]:
        """Every plan that was listed, in order, when its parents have been read."""
        for number, path in enumerate(self._listed, 1):
            plan = self._plan(path, keep=self._keep)
            if plan is not None:
                self._read_parents(plan)
            if path in self._asked and plan is None:
                self.unread.append(path)
            elif path in self._asked and plan is not None and self._lacks_parent(plan):
                self.without_parent.append(path)
            if self._seen:
                self._seen(number)
            if plan is not None:
                yield plan

    def _lacks_parent(self, plan: Plan) -> bool:
        named = sum(key.startswith("follows ") for key in plan.spans)
        read = sum(self.parent(path) is not None for path in plan.follows)
        return read < named or ("follows" in plan.spans and not read)

    def parent(self, path: str) -> Plan | None:
        """A plan that one of those read so far follows."""
        return self.kept.get(path)

    def settings_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the settings of any of the plans read, each once, by place."""
        return _settings_findings(self.settings)

    def _read_parents(self, plan: Plan) -> None:
        waiting = deque([(plan, 1)])
        while waiting:
            child, level = waiting.popleft()
            for path in child.follows:
                if path not in self.kept and path not in self._absent:
                    if level > MAX_LEVELS:
                        self.findings.append(problem("RM004", _TOO_HIGH, self._places[child.path, path]))
                        continue
                    parent = self._plan(path, keep=True)
                    waiting += [(parent, level + 1)] if parent is not None else []
                if path in self._failed:
                    self.findings.append(problem("RM001", self._failed[path], self._places[child.path, path]))

    def _plan(self, path: str, *, keep: bool) -> Plan | None:
        """The plan of a file, read unless it is known, and kept for those that follow it."""
        if path in self.kept or path in self._absent:
            return self.kept.get(path)
        plan = self._read(path)
        if plan is None:
            self._absent.add(path)
        elif keep:
            self.kept[path] = plan
        return plan

    def _read(self, path: str) -> Plan | None:
        """One file; what is wrong with a plan that nobody asked for is told where it is named."""
        source = read(path)
        first = path not in self.settings
        where = path if os.path.islink(path) else os.path.dirname(path) or "."
        settings = self.settings[path] = self._settings_of(where)
        loaded = build(source.root, path, settings.calendar)
        troubles = [*source.findings, *loaded.findings]
        if path in self._asked:
            self.findings += troubles if first else ()
        elif loaded.plan is None:
            first_trouble = troubles[0]
            where = f"«{visible(path)}» не прочитан (строка {first_trouble.span.line})"
            self._failed[path] = f"вышестоящий план {where}: {first_trouble.message}"
        if loaded.plan is None:
            return None
        follows = self._follows(loaded.plan, settings.root, first)
        return loaded.plan._replace(follows=follows, suppressions=suppressions(source))

    def _follows(self, plan: Plan, root: str, tell: bool) -> tuple[str, ...]:
        """The parents of a plan by the names under which they were first met; those that must not be read are told."""
        follows: list[str] = []
        for number, parent in enumerate(plan.follows):
            place = plan.spans[f"follows {number}"]
            refusal = self._refusal(parent, root, os.path.dirname(plan.path))
            if refusal is not None:
                self.findings += [problem(*refusal, place)] if tell else ()
                continue
            follows.append(self._by_place.setdefault(self._place(parent), parent))
            self._places[plan.path, follows[-1]] = place
        return tuple(follows)


def load(files: Sequence[str], settings_of: Callable[[str], Settings], beside: Iterable[str] = ()) -> Project:
    """Read plans and the parents they follow, and those `beside` them, all problems of all files in one run."""
    library = Library(by_place(files, beside), settings_of, frozenset(files), keep=True)
    for _ in library.plans():
        pass
    return Project(library.kept, library.named, tuple(library.findings), library.settings)


def _refusal(parent: str, root: str, folder: str) -> tuple[str, str] | None:
    """Why a parent of a plan in a folder is not read: (code, message), or None."""
    place, home = os.path.realpath(parent), os.path.realpath(root)
    if os.path.commonpath([place, home]) != home:
        return "RM011", (
            f"«{visible(parent)}» лежит вне папки проекта «{visible(home)}»: план читается только внутри неё; "
            f"положите {SETTINGS_NAME} в общую папку планов"
        )
    if not os.path.isfile(place):
        beside = f"папки «{visible(folder)}»" if folder else "папки этого плана"
        return "RM001", f"нет файла «{visible(parent)}», который исполняет этот план: путь считается от {beside}"
    return None


class _Places(dict[str, str]):
    """The real paths of files: most files of a folder are no links, and their folder is looked up once."""

    def of(self, path: str) -> str:
        if os.path.islink(path):
            return os.path.realpath(path)
        folder, name = os.path.split(path)
        return os.path.join(self[folder], name)

    def __missing__(self, folder: str) -> str:
        place = self[folder] = os.path.realpath(folder)
        return place
