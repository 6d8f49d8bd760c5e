"""What can go wrong before a plan is read: the operator's errors and the catalogue of reading problems."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from roadmap_cli.model import Finding
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap_cli.model import Related, Severity, Span


class RoadmapError(Exception):
    """An operator's error: its message is one plain Russian sentence, shown without a traceback."""

    exit_code = 2


_NOT_WRITTEN: Final[Mapping[int, str]] = {
    errno.ENOENT: "нет такой папки",
    errno.ENOTDIR: "нет такой папки",
    errno.EISDIR: "это папка",
    errno.ENODEV: "это не обычный файл",
    errno.EEXIST: "на этом месте уже что-то есть",
    errno.EACCES: "нет права писать сюда",
    errno.EPERM: "нет права писать сюда",
    errno.EROFS: "диск доступен только для чтения",
    errno.ENOSPC: "на диске нет места",
    errno.EDQUOT: "исчерпано место, отведённое вам на диске",
    errno.EFBIG: "файл больше, чем здесь разрешено",
    errno.EIO: "диск отвечает ошибкой",
    errno.EBADF: "вывод закрыт",
    errno.ENAMETOOLONG: "слишком длинное имя файла",
}


def not_written(error: OSError | ValueError) -> str:
    """Why something could not be written, in plain words."""
    code = getattr(error, "errno", 0) or 0
    return _NOT_WRITTEN.get(code, f"запись не удалась (ошибка {errno.errorcode.get(code, code)})")


READING: Final[Mapping[str, tuple[str, Severity]]] = {
    "RM001": ("unreadable-file", "error"),
    "RM002": ("encoding", "error"),
    "RM003": ("syntax", "error"),
    "RM004": ("limits", "error"),
    "RM005": ("duplicate-key", "error"),
    "RM006": ("unknown-key", "warning"),
    "RM007": ("wrong-type", "error"),
    "RM008": ("missing-key", "error"),
    "RM009": ("empty-file", "error"),
    "RM010": ("forbidden-yaml", "error"),
    "RM011": ("outside-project", "error"),
    "RM012": ("lost-text", "warning"),
}


"""What each reading problem means, as the docstrings of the checks say it of theirs."""


def problem(code: str, message: str, span: Span, activity: str = "", related: tuple[Related, ...] = ()) -> Finding:
    """The reading problem `code` (a key of READING, else KeyError) with a message that is safe to show anywhere."""
    name, severity = READING[code]
    return Finding(code, name, severity, visible(message), span, activity, related)
