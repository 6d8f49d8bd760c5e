"""The bytes of regular files; nothing is waited for, and nothing but a file is read."""

from __future__ import annotations

import errno
import os
import stat
from typing import Final

MAX_BYTES: Final = 5_000_000


def contents(path: str, most: int = MAX_BYTES) -> bytes:
    """At most `most` + 1 bytes of a regular file; OSError for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags | getattr(os, "O_NOCTTY", 0))
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise OSError(errno.EISDIR, "")
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.ENODEV, "")
        size = min(max(found.st_size, 4096), most) + 1
        data = b""
        while len(data) <= most and (part := os.read(handle, min(size, most + 1 - len(data)))):
            data += part
        return data
    finally:
        os.close(handle)
