"""How the tests run the program: in this process through `main`, or as a process of its own; the goldens' option."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from roadmap_cli.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parent
SAMPLE = TESTS / "sample"
TODAY = "2022-10-20"
NO_STATE = "/dev/null/state"  # a run that is to remember something names the file
# What the machine of the run says of itself must not show in the output.
_TERMINAL = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_")
_CI = ("GITHUB_", "GITEA_", "CI_")
_OUR_OWN = ("ROADMAP_", "PYTHONIOENCODING", "PYTHONUTF8", "LC_", *_TERMINAL, *_CI)
_LEFT = {key: value for key, value in os.environ.items() if not key.startswith(_OUR_OWN)}


class Ran(NamedTuple):
    """What a run left behind: the exit code and both outputs, line ends as they were written."""

    code: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite tests/golden, tests/gallery with its page, and the output blocks of the READMEs",
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def clean_env(**extra: str) -> dict[str, str]:
    """The environment of a run: this one without what steers the program, on the day of the samples."""
    return {**_LEFT, "ROADMAP_TODAY": TODAY, "COLUMNS": "100", "LANG": "C.UTF-8", "XDG_STATE_HOME": NO_STATE, **extra}


def _end(code: int) -> NoReturn:
    """In place of `os._exit`, with which the program ends: this process goes on."""
    raise SystemExit(code)


def _here(*args: str, cwd: Path = SAMPLE, stdin: bytes = b"", **env: str) -> Ran:
    runner = CliRunner()
    wanted: dict[str, str | None] = {key: None for key in os.environ if key.startswith(_OUR_OWN)}
    wanted |= clean_env(**env)
    code = 0
    call = patch.object(sys, "argv", ["roadmap", *args])
    with chdir(cwd), call, patch.object(os, "_exit", _end), runner.isolation(stdin, wanted) as streams:
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = streams[0].getvalue(), streams[1].getvalue()
    return Ran(code, out.decode(), err.decode())


def _process(
    *args: str, cwd: Path = SAMPLE, stdin: bytes | None = b"", encoding: str = "utf-8", stdout: Any = None, **env: str
) -> Ran:
    ended = subprocess.run(
        [sys.executable, "-m", "roadmap_cli", *args],
        cwd=cwd,
        input=stdin,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        env=clean_env(**env),
        timeout=60,
        check=False,
    )
    return Ran(ended.returncode, (ended.stdout or b"").decode(encoding), ended.stderr.decode(encoding))


@pytest.fixture(scope="session")
def roadmap() -> Callable[..., Ran]:
    """`roadmap("status", cwd=…, stdin=b"…", COLUMNS="80")` in this process; without `cwd`, on `tests/sample`."""
    return _here


@pytest.fixture(scope="session")
def process() -> Callable[..., Ran]:
    """The same in a process of its own; `stdout` may be a file, `encoding` is the one it is read in."""
    return _process
