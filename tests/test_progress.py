"""The line that says how far a long reading has come."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.checks import run_checks
from roadmap_cli.cli.progress import Progress, progress
from roadmap_cli.config import settings_for
from roadmap_cli.errors import RoadmapError
from roadmap_cli.survey import survey

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def written(total: int, *steps: tuple[float, int]) -> list[str]:
    """What a terminal gets when so many have been read at these seconds, and then the report comes."""
    times = iter([0.0, *(at for at, _ in steps)])
    lines: list[str] = []
    shown = Progress(total, lambda: next(times), lines.append)
    for _, done in steps:
        shown.seen(done)
    shown.clear()
    return lines


@pytest.mark.parametrize(
    ("total", "steps", "lines"),
    [
        (1000, [(0.2, 100), (0.9, 990)], []),
        (1000, [(0.5, 100), (1.0, 350)], ["\rПрочитано 350 из 1000 планов", "\r" + " " * 28 + "\r"]),
        (
            21,
            [(1.5, 9), (1.55, 10), (1.7, 11)],
            ["\rПрочитано 9 из 21 плана", "\rПрочитано 11 из 21 плана", "\r" + " " * 24 + "\r"],
        ),
    ],
    ids=["a short run says nothing", "a second has passed", "not at every plan"],
)
def test_the_line(total: int, steps: list[tuple[float, int]], lines: list[str]) -> None:
    assert written(total, *steps) == lines


def test_the_line_is_cleared_before_an_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 2.0])
    terminal = Terminal()
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    monkeypatch.setattr(sys, "stderr", terminal)

    def broken_off() -> None:
        with progress(4) as seen:
            assert seen
            seen(3)
            raise RoadmapError("план исчез")

    with pytest.raises(RoadmapError):
        broken_off()
    assert terminal.getvalue() == "\rПрочитано 3 из 4 планов\r" + " " * 23 + "\r"


def test_nothing_is_written_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress(4) as seen:
        assert seen is None
    assert sys.stderr.getvalue() == ""


@pytest.mark.parametrize(("jobs", "told"), [(1, list(range(1, 161))), (2, [50, 100, 150, 160])], ids=["one", "two"])
def test_every_file_is_counted(jobs: int, told: list[int], tmp_path: Path) -> None:
    files = [str(tmp_path / f"plan-{number}.yaml") for number in range(160)]
    for path in files[1:]:  # one is missing, and counts as read all the same
        (tmp_path / path).write_text('title: План\nactivities:\n  - {no: "1", title: Вечер}\n', encoding="utf-8")
    settings_of = partial(settings_for, here=str(tmp_path))
    checked: list[int] = []
    surveyed: list[int] = []
    run_checks(files, settings_of, jobs, seen=checked.append)
    survey(files, settings_of, jobs=jobs, seen=surveyed.append)
    assert (checked, surveyed) == (told, told)
