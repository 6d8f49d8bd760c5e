"""Former versions of a file from git: real repositories, and everything that may be missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.errors import RoadmapError
from roadmap_cli.history import at_revision, revisions

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["plan.yaml", "план (1).yaml", "-rf.yaml", "[a]*.yaml"]


def git(folder: Path, *args: str) -> None:
    """Run git without anybody's settings, as somebody invented."""
    who = ("-c", "user.name=Савина", "-c", "user.email=savina@example.org", "-c", "commit.gpgsign=false")
    plain = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *who, *args], cwd=folder, env=plain, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "-m", message)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


@needs_git
@pytest.mark.parametrize("name", NAMES)
def test_every_version_of_a_file_newest_first(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    git(tmp_path, "init")
    for text in ("первый", "второй"):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / "a.yaml").write_text(text + "!", encoding="utf-8")
        commit(tmp_path, text)
    (folder / "a.yaml").write_text("третий", encoding="utf-8")
    commit(tmp_path, "другой файл")
    monkeypatch.chdir(folder)
    for path in (str(folder / name), name if name[0] != "-" else f"./{name}", f"../plans/{name}"):
        found = [at_revision(path, revision) for revision in revisions(path)]
        assert found == ["второй".encode(), "первый".encode()]
    assert at_revision(name, "HEAD~1") == "второй".encode()


@needs_git
@pytest.mark.parametrize("revision", ["HEAD~99", "--textconv", "HEAD:a.yaml\0", "нет такой"])
def test_a_revision_that_is_not_there(revision: str, tmp_path: Path) -> None:
    git(tmp_path, "init")
    (tmp_path / "a.yaml").write_text("a", encoding="utf-8")
    commit(tmp_path, "a")
    with pytest.raises(RoadmapError):
        at_revision(str(tmp_path / "a.yaml"), revision)


@needs_git
def test_a_file_as_it_is_staged(tmp_path: Path) -> None:
    git(tmp_path, "init")
    (tmp_path / "a.yaml").write_text("a", encoding="utf-8")
    git(tmp_path, "add", "a.yaml")
    assert at_revision(str(tmp_path / "a.yaml"), "") == b"a"


def test_a_file_outside_git_has_no_past(tmp_path: Path) -> None:
    for ask in (revisions, lambda path: at_revision(path, "HEAD")):
        with pytest.raises(RoadmapError):
            ask(str(tmp_path / "a.yaml"))


def test_without_git_there_is_no_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RoadmapError, match="git не запускается"):
        revisions(str(tmp_path / "a.yaml"))
