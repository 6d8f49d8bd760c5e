"""How far a long reading has come: one line on the terminal, gone before anything else is written."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from roadmap_cli.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE = 1.0  # seconds
_PAUSE = 0.1


class Progress:
    """A line that says how many plans have been read, rewritten now and then once the reading takes over a second."""

    def __init__(self, total: int, now: Callable[[], float], write: Callable[[str], object]) -> None:
        self._of = plural(total, "плана", "планов", "планов")
        self._now = now
        self._write = write
        self._next = now() + _PATIENCE
        self._width = 0

    def seen(self, done: int) -> None:
        """So many have been read."""
        time = self._now()
        if time >= self._next:
            self._next = time + _PAUSE
            line = f"Прочитано {done} из {self._of}"
            self._write("\r" + line.ljust(self._width))
            self._width = len(line)

    def clear(self) -> None:
        """Leave an empty line and the cursor at its beginning."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """What is to be told how many of the plans have been read; None where nobody looks at stderr."""
    if not sys.stderr.isatty():
        yield None
        return
    import time

    def write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()

    shown = Progress(total, time.monotonic, write)
    try:
        yield shown.seen
    finally:
        shown.clear()
