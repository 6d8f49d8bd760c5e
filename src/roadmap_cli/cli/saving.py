"""Files that a command makes for others: named by the user, never in the place of what the program did not make."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

PLAN_ENDINGS = (".yaml", ".yml")
"""The endings of plan files, which no document may have."""


def ending_of(path: str, endings: Collection[str]) -> str:
    """The ending of a file to be made; raises RoadmapError for one that is not among `endings`."""
    ending = os.path.splitext(path)[1].lower()
    if ending in endings:
        return ending
    known = ", ".join(endings)
    if ending in PLAN_ENDINGS:
        raise RoadmapError(f"-o: «{visible(path)}» похож на план: его затёр бы документ; окончания бывают {known}")
    said = f"не понятно, какой документ нужен: «{visible(path)}»" if ending else f"у «{visible(path)}» нет окончания"
    raise RoadmapError(f"-o: {said}; окончание файла называет вид: {known}")


def may_replace(path: str, made_here: Callable[[bytes], bool], force: bool) -> None:
    """Raises RoadmapError when a file lies there that was not made here, or was changed since, without `force`.

    `made_here` judges by the bytes of the file. It is asked before the work, so that nobody waits in vain. A link to a
    plan is refused even with `force`.
    """
    if os.path.splitext(os.path.realpath(path))[1].lower() in PLAN_ENDINGS:
        raise RoadmapError(f"-o: «{visible(path)}» — ссылка на план: его затёр бы документ; назовите другой файл")
    if force or not os.path.lexists(path):
        return
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return
        with open(path, "rb") as file:
            ours = made_here(file.read())
    except OSError:
        ours = False
    if not ours:
        raise RoadmapError(
            f"-o: файл «{visible(path)}» уже есть, и не видно, что его сделала эта программа и никто не менял; "
            "назовите другой файл или добавьте --force"
        )
