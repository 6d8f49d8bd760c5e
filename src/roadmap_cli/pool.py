"""Work on many files in several processes, with the results in the order of the files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

Result = TypeVar("Result", covariant=True)
Seen: TypeAlias = "Callable[[int], None]"
"""Is told how many files are done, as often as that is known."""

_WORTHWHILE = 150  # files; for fewer the processes cost more than they save
_CHUNK = 50  # files at least
_CHUNKS = 16  # for a process at most: each costs as much again as all the files have names


class Work(Protocol[Result]):
    """What is done with some of the files; in this process it tells `seen` of each of them."""

    def __call__(self, part: Sequence[str], seen: Seen | None = None) -> Result:
        """The result for these files."""


def in_chunks(work: Work[Result], files: Sequence[str], jobs: int, seen: Seen | None = None) -> Iterator[Result]:
    """The results of `work` for the files, all at once in this process or in chunks by `jobs` processes, in order.

    Several processes tell `seen` of whole chunks. `work` and its results pass between processes: they must be
    picklable. Raises RoadmapError when a process dies.
    """
    if jobs < 2 or len(files) < _WORTHWHILE:
        yield work(files, seen)
        return
    import multiprocessing
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    size = max(_CHUNK, len(files) // (jobs * _CHUNKS))
    chunks = [files[start : start + size] for start in range(0, len(files), size)]
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _leave_interrupts)
    wait = True
    try:
        with _interrupts_held():
            results = [pool.submit(work, chunk) for chunk in chunks]
        for number, result in enumerate(results, 1):  # `pool.map`, left halfway, cancels what the pool's thread ends
            yield result.result()
            if seen:
                seen(min(number * size, len(files)))
    except BrokenExecutor as error:
        raise RoadmapError("система прервала один из процессов: запустите с --jobs 1") from error
    except KeyboardInterrupt:
        wait = False
        with _interrupts_held():
            _end(multiprocessing.active_children())
        raise
    finally:
        pool.shutdown(wait, cancel_futures=wait)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until all processes have started or ended: half a pool would stay behind without a master."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(processes: Sequence[BaseProcess]) -> None:
    """None of them outlives this one, even when Ctrl-C is pressed again."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the first of them ends the others."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
