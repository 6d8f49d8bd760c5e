"""What was said to whom, in SQLite: the only writer of the program's own state.

A run holds the ledger to its end, so that two runs at once say nothing twice; each delivered letter is one transaction.
A ledger appears whole or not at all, so that an empty or broken file is always a damaged one and never a new beginning.
"""

from __future__ import annotations

import errno
import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import RoadmapError, not_written
from roadmap_cli.remind import Mark, Memory, Seen
from roadmap_cli.text import visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from roadmap_cli.remind import Letter

VERSION: Final = 1
WAIT_SECONDS: Final = 15.0
_APPLICATION: Final = 0x524D4150  # «RMAP»
_SCHEMA: Final = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {VERSION};
CREATE TABLE told (
    recipient TEXT, plan TEXT, deliverable TEXT, due TEXT, threshold TEXT, day TEXT NOT NULL,
    PRIMARY KEY (recipient, plan, deliverable, due, threshold)
) WITHOUT ROWID;
CREATE TABLE seen (
    recipient TEXT, plan TEXT, deliverable TEXT, signature TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (recipient, plan, deliverable)
) WITHOUT ROWID;
"""


class Busy(Exception):
    """Another run holds the ledger."""


class Ledger:
    """An open ledger, or without a connection one that remembers nothing; `opened` makes it."""

    def __init__(self, connection: sqlite3.Connection | None, path: str) -> None:
        self._connection = connection
        self._path = path

    def memory(self, recipient: str) -> Memory:
        """What a recipient was told and has seen."""
        if self._connection is None:
            return Memory()
        with _told(self._path):
            told = self._connection.execute(
                "SELECT plan, deliverable, due, threshold FROM told WHERE recipient = ?", (recipient,)
            )
            marks = frozenset(Mark(*row) for row in told)
            seen = self._connection.execute(
                "SELECT plan, deliverable, signature, words FROM seen WHERE recipient = ?", (recipient,)
            )
            return Memory(marks, {(plan, key): Seen(signature, words) for plan, key, signature, words in seen})

    def record(self, letters: Iterable[Letter], day: str) -> None:
        """Write down at once that letters were delivered on a day, or that there was nothing to deliver."""
        if self._connection is None:
            return
        with _told(self._path), self._connection:
            for letter in letters:
                name = letter.recipient.key
                self._connection.executemany(
                    "INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?, ?)",
                    sorted((name, *mark, day) for mark in letter.marks()),
                )
                self._connection.executemany(_SEE, [(name, *place, *seen) for place, seen in letter.seen.items()])


_SEE: Final = """
INSERT INTO seen VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET signature = excluded.signature, words = excluded.words
WHERE signature <> excluded.signature OR words <> excluded.words
"""


@contextmanager
def opened(path: str, *, reading: bool = False) -> Iterator[Ledger]:
    """The ledger of a file, held until the end; a file that is not there is made, unless it is only for `reading`.

    Raises Busy when another run holds it for more than WAIT_SECONDS, RoadmapError when it is no ledger of ours,
    damaged, newer than the program or cannot be written.
    """
    import sqlite3
    from pathlib import Path

    if reading and not os.path.lexists(path):
        yield Ledger(None, path)
        return
    if not reading and not os.path.lexists(path):
        _make(path)
    place = f"{Path(path).absolute().as_uri()}?mode={'ro' if reading else 'rw'}"
    with _told(path):
        if not os.path.isfile(path):
            raise OSError(errno.ENODEV, "")
        if not os.path.getsize(path):
            raise _damaged(path, "он пуст")
        connection = sqlite3.connect(place, uri=True, timeout=WAIT_SECONDS)
    with closing(connection):
        with _told(path):
            if not reading:
                # The lock of the first transaction stays until the connection is closed.
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
            _look(connection, path)
        yield Ledger(connection, path)


def _look(connection: sqlite3.Connection, path: str) -> None:
    """Refuse what is not a whole ledger of this version."""

    def number(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    version = number("user_version")
    if number("application_id") != _APPLICATION:
        raise RoadmapError(f"«{visible(path)}» — не журнал напоминаний: назовите в --state другой файл, этот не тронут")
    if version > VERSION:
        raise RoadmapError(
            f"журнал напоминаний «{visible(path)}» сделан более новой версией roadmap ({version}, здесь {VERSION}): "
            "обновите программу; журнал не тронут, ничего не отправлено"
        )
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if found != "ok" or not {"told", "seen"} <= names:
        raise _damaged(path, "в нём потеряны записи")


def _make(path: str) -> None:
    """A new ledger in its place, whole; one that somebody else has put there meanwhile stays."""
    import sqlite3

    folder = os.path.dirname(os.path.abspath(path))
    beside = os.path.join(folder, f".{os.path.basename(path)}.{os.getpid()}.new")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with closing(sqlite3.connect(beside)) as connection:
                connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
            with suppress(FileExistsError):
                _put(beside, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(beside)
    except (OSError, sqlite3.Error, ValueError) as error:
        raise _not_kept(path, error) from error


def _put(beside: str, path: str) -> None:
    """Give a file its name, if that is free; FileExistsError when it is not."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a disk without links
        os.rename(beside, path)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Every way in which the file can fail, in plain words."""
    import sqlite3

    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy from error
        raise _not_kept(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, "это не база SQLite или она испорчена") from error
    except (OSError, ValueError) as error:
        raise _not_kept(path, error) from error


def _damaged(path: str, why: str) -> RoadmapError:
    return RoadmapError(
        f"журнал напоминаний «{visible(path)}» повреждён ({why}), ничего не отправлено: верните его из резервной копии "
        "или уберите файл — тогда о том, что уже сказано, будет сказано ещё раз"
    )


def _not_kept(path: str, error: Exception) -> RoadmapError:
    why = not_written(error) if isinstance(error, OSError | ValueError) else _SQLITE.get(_name(error), _name(error))
    return RoadmapError(
        f"журнал напоминаний «{visible(path)}» не открывается или не пишется: {why}; без него напоминания "
        "не рассылаются, чтобы не повторяться: исправьте это или назовите другой файл в --state"
    )


def _name(error: Exception) -> str:
    return str(getattr(error, "sqlite_errorname", "")) or type(error).__name__


_SQLITE: Final[Mapping[str, str]] = {
    "SQLITE_CANTOPEN": "файл не открывается, проверьте папку и права",
    "SQLITE_READONLY": "он доступен только для чтения",
    "SQLITE_READONLY_DIRECTORY": "в его папку нельзя писать",
    "SQLITE_FULL": "на диске нет места",
    "SQLITE_IOERR": "диск отвечает ошибкой",
}


def state_file(root: str, platform: str, environment: Mapping[str, str], home: str) -> str:
    """Where the ledger of a project lies when nobody names a place: the platform's folder for a program's state.

    Each project has its own: plans of two of them may have the same names.
    """
    from hashlib import sha256

    place = os.path.realpath(root)
    mark = sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    name = os.path.basename(os.path.dirname(place) if os.path.basename(place) == "plans" else place) or "plans"
    return os.path.join(_state_folder(platform, environment, home), "roadmap", f"{name}-{mark}.sqlite3")


def _state_folder(platform: str, environment: Mapping[str, str], home: str) -> str:
    if platform == "win32":
        return environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    if platform == "darwin":
        return os.path.join(home, "Library", "Application Support")
    named = environment.get("XDG_STATE_HOME", "")
    return named if os.path.isabs(named) else os.path.join(home, ".local", "state")
