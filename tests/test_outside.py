"""What a run touches outside: no file is written, none is opened outside the project, nothing is connected to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from conftest import TODAY, clean_env

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPY = """
import json, os, sys
seen = []
def spy(event, args):
    if event.startswith(("socket.", "subprocess.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link",
                         "os.symlink", "os.chmod", "os.truncate", "os.system", "os.exec", "os.posix_spawn")):
        seen.append([event, repr(args)])
    elif event == "open" and isinstance(args[0], (str, bytes)):
        mode, flags = args[1] or "", args[2] or 0
        writing = any(c in mode for c in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        seen.append(["write" if writing else "read", os.path.realpath(os.fsdecode(args[0]))])
from roadmap_cli.cli import main
end = os._exit
def leave(code):
    os.write(2, ("SEEN" + json.dumps(seen)).encode())
    end(code)
os._exit = leave
sys.addaudithook(spy)
main()
"""
PLAN = """\
title: План
organization: МБОУ «СОШ № 6»
school_year: 2022-2023
follows: [city.yaml, ../outside.yaml, /etc/passwd, link.yaml, "http://127.0.0.1:9/a.yaml"]
activities:
  - {no: "1", title: "Вечер", due: "до 15.10.2022", owners: "Савина И.А.", evidence: "file:///etc/passwd"}
"""


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("status",),
        ("status", "--by", "owner"),
        ("deadlines",),
        ("gaps",),
        ("calendar",),
        ("link", "plans/school.yaml", "--dry-run"),
        ("diff", "plans/city.yaml", "plans/school.yaml"),
    ],
    ids=" ".join,
)
def test_a_reading_command_writes_nothing_and_reads_only_the_project(args: tuple[str, ...], tmp_path: Path) -> None:
    home = tmp_path / "project"
    (home / "plans").mkdir(parents=True)
    (home / "plans" / "school.yaml").write_text(PLAN, "utf-8")
    (home / "plans" / "city.yaml").write_text(PLAN.replace("follows:", "x-was:"), "utf-8")
    (tmp_path / "outside.yaml").write_text(PLAN, "utf-8")
    (home / "plans" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (home / "plans" / "roadmap.yaml").write_text("", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", SPY, *args], cwd=home, capture_output=True, env=clean_env(), timeout=60, check=False
    )
    said = ended.stderr.decode()
    assert "SEEN" in said, said
    seen = json.loads(said.partition("SEEN")[2])
    python = tuple({os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, *sys.path) if path})
    inside = (os.path.realpath(home), *python, "/usr/share/zoneinfo", "/etc/localtime", "/proc/self")
    assert [one for one in seen if one[0] != "read"] == []
    linked = os.path.realpath(tmp_path / "outside.yaml")  # a link in the folder is the operator's, not a plan's
    assert [path for _, path in seen if not path.startswith(inside) and path != linked] == []
    assert os.path.realpath("/etc/passwd") not in {path for _, path in seen}


# A run over many files that is broken off


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """400 plans, enough for several processes and for a second of work."""
    for n in range(400):
        text = PLAN.replace("follows: [city.yaml, ../outside.yaml, /etc/passwd, link.yaml,", "x-no: [")
        text = text.replace("x-no:", "follows: city.yaml\nx-no:")
        rows = "".join(
            f'  - {{no: "{k}", title: "Вечер {k} {n}", due: "{k % 28 + 1}.11.2022"}}\n' for k in range(2, 40)
        )
        (tmp_path / f"p{n}.yaml").write_text(text + rows, "utf-8")
    (tmp_path / "city.yaml").write_text(PLAN.replace("follows:", "x-was:"), "utf-8")
    return tmp_path


def workers(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def broken_off(folder: Path, command: str, started: int, stop: Callable[[int], None]) -> tuple[int, bytes, bytes]:
    """A run in two processes of which `stop` ends something when that many have started: its code and its outputs."""
    with subprocess.Popen(
        [sys.executable, "-m", "roadmap_cli", command, ".", "--jobs", "2"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_env(ROADMAP_TODAY=TODAY),
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        try:
            while running.poll() is None and len(workers(running.pid)) < started:
                os.sched_yield()
            assert running.poll() is None
            stop(running.pid)
            out, err = running.communicate(timeout=60)
            with pytest.raises(ProcessLookupError):
                os.killpg(running.pid, 0)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
    return running.returncode, out, err


with_proc = pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="no /proc here")


@with_proc
def test_a_run_in_two_processes_of_which_one_is_killed_ends_in_a_plain_way(many: Path) -> None:
    code, out, err = broken_off(many, "gaps", 2, lambda pid: os.kill(workers(pid)[0], signal.SIGKILL))
    assert (code, out) == (2, b"")
    assert b"Traceback" not in err
    assert "запустите с --jobs 1" in err.decode()


@with_proc
@pytest.mark.parametrize("presses", [1, 2], ids=["pressed once", "pressed twice"])
@pytest.mark.parametrize("started", [1, 2], ids=["one has started", "both have started"])
def test_ctrl_c_ends_a_run_in_two_processes_and_leaves_none_behind(started: int, presses: int, many: Path) -> None:
    def press(pid: int) -> None:
        for _ in range(presses):
            os.killpg(pid, signal.SIGINT)
            for _ in range(1000):  # the run goes on meanwhile
                os.sched_yield()

    for _ in range(3):
        assert broken_off(many, "check", started, press) == (130, b"", b"\n")


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN.replace("follows:", "x-was:"), "utf-8")
    tmp_path.chmod(0o555)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "roadmap_cli", "status", "plan.yaml"],
            cwd=tmp_path,
            capture_output=True,
            env=clean_env(),
            timeout=60,
            check=False,
        )
    finally:
        tmp_path.chmod(0o755)
    assert (ended.returncode, ended.stderr) == (0, b"")
