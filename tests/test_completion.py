"""What the shells are offered, asked as they ask, by bash itself too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import clean_env

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Run = Callable[..., Ran]

ROOT = Path(__file__).parents[1]
SHELLS = ("bash", "zsh", "fish", "powershell")


def asked(run: Run, shell: str, words: list[str], cwd: Path = ROOT) -> str:
    """What the program answers to a shell in which these words are typed, the last of them unfinished."""
    joined = "\n".join(["roadmap", *words])
    at = words[-1] if shell == "fish" else str(len(words))
    ran = run(cwd=cwd, _ROADMAP_COMPLETE=f"{shell}_complete", COMP_WORDS=joined, COMP_CWORD=at)
    assert ran.err == ""
    return ran.out


def offered(run: Run, words: list[str], cwd: Path = ROOT) -> list[str]:
    """The words that bash is offered."""
    return [line.partition(",")[2] for line in asked(run, "bash", words, cwd).splitlines() if line]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param(["mo"], ["move"], id="a command"),
        pytest.param(["done", ""], ["municipal", "school-6"], id="the plans"),
        pytest.param(["link", "sch"], ["school-6"], id="the plans of link"),
        pytest.param(["done", "school-6", "9"], ["9", "9.1", "9.2"], id="a number and its results"),
        pytest.param(["done", "school-6", "9.1", "9"], ["9", "9.2"], id="what is named already is not offered"),
        pytest.param(["done", "school-6", "15"], ["15:1", "15:1.1", "15:1.2", "15:2", "15:2.1", "15:2.2", "15:2.3"],
                     id="two rows of one number"),
        pytest.param(["done", "school-6", "15", ":", "2."], ["2.1", "2.2", "2.3"], id="as bash takes a colon apart"),
        pytest.param(["done", "plans/municipal.yaml", "12"], ["12", "12.1", "12.2"], id="a plan by its path"),
        pytest.param(["done", "school-6", "1", "--ev"], ["--evidence"], id="an option"),
        pytest.param(["completion", ""], list(SHELLS), id="the shells"),
        pytest.param(["done", "нет", ""], [], id="a plan that is not there"),
        pytest.param(["done", "school-6", "99"], [], id="a number that is not there"),
    ],
)  # fmt: skip
def test_what_is_offered(words: list[str], found: list[str], roadmap: Run) -> None:
    assert offered(roadmap, words) == found


def test_a_process_of_its_own_answers_the_same(process: Run) -> None:
    assert offered(process, ["done", "school-6", "9"]) == ["9", "9.1", "9.2"]


def test_titles_are_shown_where_the_shell_shows_them(roadmap: Run) -> None:
    title = "Разработать в ОО приказ о проведении мониторинга."
    for shell in ("zsh", "fish", "powershell"):
        if shell == "powershell":
            pytest.importorskip("click.shell_completion").__dict__.get("PowerShellComplete") or pytest.skip("old click")
        assert title in asked(roadmap, shell, ["done", "school-6", "9"])


@pytest.mark.parametrize("text", [None, "", "title: [", "\x00", "title: План\nactivities: нет\n"])
def test_a_plan_that_cannot_be_read_offers_nothing(text: str | None, tmp_path: Path, roadmap: Run) -> None:
    (tmp_path / "plans").mkdir()
    if text is not None:
        (tmp_path / "plans" / "план.yaml").write_text(text, encoding="utf-8")
    assert offered(roadmap, ["done", "план", ""], tmp_path) == []


def test_two_plans_of_one_name_are_offered_by_their_paths(tmp_path: Path, roadmap: Run) -> None:
    for folder in ("а", "б"):
        (tmp_path / "plans" / folder).mkdir(parents=True)
        (tmp_path / "plans" / folder / "план.yaml").write_text("title: План\n", encoding="utf-8")
    assert offered(roadmap, ["done", ""], tmp_path) == ["plans/а/план.yaml", "plans/б/план.yaml"]


@pytest.mark.parametrize("asking", ["bash_complete", "bash", "нет_complete", "powershell_"])
def test_odd_questions_are_no_noise(asking: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "roadmap_cli"],
        cwd=ROOT, env=clean_env(_ROADMAP_COMPLETE=asking), capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == (b"", b"")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_every_shell(shell: str, roadmap: Run) -> None:
    ran = roadmap("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert "_ROADMAP_COMPLETE" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_bash_itself(tmp_path: Path) -> None:
    program = tmp_path / "roadmap"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m roadmap_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = (
        'eval "$(roadmap completion bash)"\n'
        'ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()\n'
        '_roadmap_completion roadmap; echo "${COMPREPLY[*]}"; }\n'
        'ask roadmap done sch\nask roadmap undo school-6 9.\nask roadmap undo school-6 15 : 1.\n'
        "complete -p roadmap\n"
    )  # fmt: skip
    env = clean_env(PATH=f"{tmp_path}:{os.environ['PATH']}", PYTHONPATH=os.pathsep.join(sys.path))
    ran = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    expected = ["school-6", "9.1 9.2", "1.1 1.2", "complete -o nosort -F _roadmap_completion roadmap"]
    assert (ran.stdout.splitlines(), ran.stderr) == (expected, "")
