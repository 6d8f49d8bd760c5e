"""Files that the program makes, other than plans: put in their place whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from roadmap_cli.errors import RoadmapError, not_written
from roadmap_cli.text import visible


def put(path: str, data: bytes) -> None:
    """Put the data in the place of a file; raises RoadmapError, with the old file as it was, when that cannot be.

    What is no file («/dev/stdout») is written to as it stands.
    """
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            with open(target, "wb") as device:
                device.write(data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        raise RoadmapError(f"файл «{visible(path)}» не записан: {not_written(error)}") from error


def _replace(target: str, data: bytes) -> None:
    beside = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.{os.getpid()}.new")
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
