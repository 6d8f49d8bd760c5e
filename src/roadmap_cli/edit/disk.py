"""A plan file under a lock, and its new contents in its place in one step: whoever is killed leaves the old or the new.

Writers wait for each other at the file itself, so that nothing is left in the folder of the plans. A writer puts a new
file in the place of the old one, so that a lock counts only while the locked file is still the one with the name.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from roadmap_cli.edit.values import Refused
from roadmap_cli.encoding import refusal
from roadmap_cli.errors import RoadmapError, not_written
from roadmap_cli.files import contents
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_SECONDS: Final = 10
_PAUSE: Final = 0.01
_FLAGS: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_BUSY: Final = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK)


class File:
    """A plan file as it was found: its bytes, and the way to put others in their place."""

    def __init__(self, path: str, place: str, data: bytes) -> None:
        self.path = path
        self.place = place
        self.data = data

    def replace(self, new: bytes) -> None:
        """Puts the new bytes in the file's place; on any failure the file is as it was, with nothing left beside it."""
        folder, name = os.path.split(self.place)
        beside = os.path.join(folder, f".roadmap-{_short(name)}")
        try:
            # Left by one who was killed: the lock is ours, so it is nobody's.
            with suppress(FileNotFoundError):
                os.unlink(beside)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
            try:
                try:
                    _write(handle, new)
                    _dress(handle, self.place)
                    os.fsync(handle)
                finally:
                    os.close(handle)
                if contents(self.place) != self.data:
                    raise changed(self.path)
                os.replace(beside, self.place)
            except BaseException:
                with suppress(OSError):
                    os.unlink(beside)
                raise
        except OSError as error:
            raise _failed(self.path, error) from error
        _settle(folder)


def changed(path: str) -> Refused:
    """The refusal of an edit of a file that somebody changed meanwhile."""
    return Refused(f"файл «{visible(path)}» изменился, пока готовилась правка: он не тронут, повторите команду")


@contextmanager
def read_only(path: str) -> Iterator[File]:
    """The file as it is, without a lock."""
    place = os.path.realpath(path)
    try:
        data = contents(place)
    except (OSError, ValueError) as error:
        raise RoadmapError(f"«{visible(path)}»: {refusal(error)}") from error
    yield File(path, place, data)


@contextmanager
def held(path: str) -> Iterator[File]:
    """The file as it is, and nobody else who edits through here until the end."""
    place = os.path.realpath(path)
    handle = _lock(path, place)
    try:
        try:
            data = contents(place)
        except OSError as error:
            raise RoadmapError(f"«{visible(path)}»: {refusal(error)}") from error
        yield File(path, place, data)
    finally:
        os.close(handle)


def encoded(new: str, old: str, data: bytes, path: str) -> bytes:
    """The new text in the encoding of the old bytes, with their byte order marks; UTF-16 stays UTF-16."""
    encoding, mark = "utf-8", codecs.BOM_UTF8
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        little = data.startswith(codecs.BOM_UTF16_LE)
        encoding, mark = ("utf-16-le", codecs.BOM_UTF16_LE) if little else ("utf-16-be", codecs.BOM_UTF16_BE)
    marks = b""
    while data.startswith(marks + mark):
        marks += mark
    if marks + old.encode(encoding) != data:
        raise Refused(f"«{visible(path)}»: файл записан так, что не сохранится байт в байт; сохраните его в UTF-8")
    return marks + new.encode(encoding)


def _lock(path: str, place: str) -> int:
    """A handle of the file with the name `path`, locked; RoadmapError when others hold it too long."""
    from threading import Event

    never = Event()
    for _ in range(int(WAIT_SECONDS / _PAUSE)):
        try:
            handle = os.open(*_to_lock(place))
        except (OSError, ValueError) as error:
            raise _not_opened(path, error) from error
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise RoadmapError(f"«{visible(path)}»: {refusal(OSError(errno.ENODEV, ''))}")
            if not found.st_mode & 0o222:
                raise _not_opened(path, OSError(errno.EACCES, ""))
            if _locked(handle, path) and _is_still(place, found):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        never.wait(_PAUSE)
    raise RoadmapError(f"файл «{visible(path)}» занят другой правкой: подождите и повторите команду")


def _to_lock(place: str) -> tuple[str, int]:
    """What to open for a lock: the file itself; on Windows, where it could not be replaced then, one of our own."""
    if sys.platform == "win32":
        from tempfile import gettempdir

        return os.path.join(gettempdir(), f"roadmap-{_short(os.path.normcase(place))}"), os.O_RDWR | os.O_CREAT
    return place, os.O_RDWR | _FLAGS | os.O_NOCTTY


def _locked(handle: int, path: str) -> bool:
    """Whether the lock is ours now; where files cannot be locked (some network folders) it is a RoadmapError."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        said = f"«{visible(path)}»: эта папка не даёт запереть файл на время правки; внесите правку сами"
        raise RoadmapError(said) from error
    return True


def _is_still(place: str, found: os.stat_result) -> bool:
    """Whether the name still means the file that was opened: another writer may have put a new one in its place."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.stat(place), found)
    except FileNotFoundError:
        return False


def _short(name: str) -> str:
    """A name of 24 letters for a name of any length."""
    from hashlib import sha256

    return sha256(os.fsencode(name)).hexdigest()[:24]


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _dress(handle: int, place: str) -> None:
    """Gives a new file the owner, the rights and, where there are such, the access lists of the old one."""
    old = os.stat(place)
    if hasattr(os, "fchown"):
        with suppress(OSError):
            os.fchown(handle, old.st_uid, old.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(old.st_mode))
    if hasattr(os, "listxattr"):
        names: list[str] = []
        with suppress(OSError):
            names = os.listxattr(place)
        for name in names:
            with suppress(OSError):
                os.setxattr(handle, name, os.getxattr(place, name))


def _settle(folder: str) -> None:
    """Makes the new name outlive a loss of power; folders that cannot be synced are let be."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_opened(path: str, error: OSError | ValueError) -> RoadmapError:
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.EACCES, errno.EPERM):
        return RoadmapError(f"«{visible(path)}»: нет права менять этот файл; снимите с него запрет записи")
    if code == errno.EROFS:
        return RoadmapError(f"«{visible(path)}»: {not_written(error)}; файл не изменён")
    return RoadmapError(f"«{visible(path)}»: {refusal(error)}")


def _failed(path: str, error: OSError) -> RoadmapError:
    return RoadmapError(f"«{visible(path)}»: {not_written(error)}; файл не изменён")
