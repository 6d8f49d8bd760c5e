"""Earlier versions of a plan file: the only caller of git."""

from __future__ import annotations

import os

from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import visible

# Names are no patterns, and nothing that the repository's settings name is run.
_LITERALLY = ("--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")


def revisions(path: str) -> list[str]:
    """The commits that changed the file, the latest first and 200 at most.

    Raises RoadmapError where there is no git or no repository.
    """
    folder, name = _place(path)
    top_of(folder)
    return _git(folder, "log", "--max-count=200", "--format=%H", "--", name)[1].decode("ascii").split()


def at_revision(path: str, rev: str) -> bytes:
    """The file as it was in a revision, or as it is staged when `rev` is «».

    Raises RoadmapError where there is no git, no repository, no such revision or no such file in it.
    """
    folder, name = _place(path)
    top_of(folder)
    if rev and (rev.startswith("-") or not _git(folder, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}")[0]):
        raise RoadmapError(f"git не знает ревизии «{visible(rev)}»: проверьте её командой git log --oneline")
    found, data = _git(folder, "cat-file", "blob", f"{rev}:./{name}")
    if not found:
        where = f"в ревизии «{visible(rev)}»" if rev else "в индексе git"
        raise RoadmapError(f"{where} нет файла «{visible(path)}»: проверьте путь, имя файла могло быть другим")
    return data


def top_of(folder: str) -> str:
    """The folder of the repository that a folder lies in; RoadmapError where there is no git or no repository."""
    found, out = _git(folder, "rev-parse", "--show-toplevel")
    if not found:
        why = "прежних версий файла взять неоткуда, назовите два файла"
        raise RoadmapError(f"«{visible(folder)}» не лежит в репозитории git: {why}")
    return os.fsdecode(out.removesuffix(b"\n"))


def _place(path: str) -> tuple[str, str]:
    """The nearest folder above a file that exists, and the rest of the path as git writes it."""
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder, os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")


def _git(folder: str, *args: str) -> tuple[bool, bytes]:
    """Whether git did it, and what it wrote."""
    import subprocess

    try:
        ran = subprocess.run(
            ["git", "-C", folder, *_LITERALLY, *args], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except (OSError, ValueError) as error:
        raise RoadmapError("git не запускается: установите его или сравнивайте файлы без ревизий") from error
    return ran.returncode == 0, ran.stdout
