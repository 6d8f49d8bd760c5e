"""Files that the program makes, other than plans: put in their place whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from roadmap_cli.errors import RoadmapError, not_written
from roadmap_cli.text import visible


def put(path: str, data: bytes, *, new: bool = False) -> None:
    """Put the data in the place of a file; raises RoadmapError, with the old file as it was, when that cannot be.

    What is no file («/dev/stdout») is written to as it stands. A `new` file must not be there yet.
    """
    target = os.path.realpath(path)
    try:
        if new:
            _create(target, data)
        elif os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            with open(target, "wb") as device:
                device.write(data)
        else:
            _replace(target, data)
    except FileExistsError as error:
        raise RoadmapError(f"файл «{visible(path)}» уже есть: он не тронут, назовите другой") from error
    except (OSError, ValueError) as error:
        raise RoadmapError(f"файл «{visible(path)}» не записан: {not_written(error)}") from error


def _create(target: str, data: bytes) -> None:
    with open(target, "xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            with suppress(OSError):
                os.unlink(target)
            raise


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
