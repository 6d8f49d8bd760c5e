"""The ledger: what it remembers, who waits for whom, and every way in which its file can be wrong."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.errors import RoadmapError
from roadmap_cli.ledger import VERSION, Busy, opened, state_file
from roadmap_cli.model import Activity, Plan, Span
from roadmap_cli.remind import Item, Letter, Mark, Memory, Notice, Recipient, Seen

if TYPE_CHECKING:
    from collections.abc import Callable

MARKS = (Mark("a.yaml", "1", "2022-10-15", "in 3"), Mark("a.yaml", "1", "2022-10-15", "in 7"))
SEEN = {("a.yaml", "1"): Seen("/2022-10-15", "до 15.10.2022")}


def letter(
    key: str = "smtp:a@example.org", marks: tuple[Mark, ...] = MARKS, seen: dict[tuple[str, str], Seen] = SEEN
) -> Letter:
    activity = Activity("1", "1", "А", (), Span("a.yaml"))
    plan = Plan("a.yaml", "", "", "", (activity,))
    item = Item(plan, "a.yaml", activity, None, "1", "", Seen("", ""))
    return Letter(Recipient(key, "А", "a@example.org"), (Notice(item, "soon", "in 3", marks=marks),), seen)


def write(path: Path, *letters: Letter) -> None:
    with opened(str(path)) as ledger:
        ledger.record(letters or [letter()], "2022-10-12")


def memory(path: Path, key: str = "smtp:a@example.org") -> Memory:
    with opened(str(path), reading=True) as ledger:
        return ledger.memory(key)


def test_it_remembers_what_was_told_to_whom(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "l.sqlite3"
    write(path)
    write(path)
    assert memory(path) == Memory(frozenset(MARKS), SEEN)
    assert memory(path, "smtp:b@example.org") == Memory()
    assert os.listdir(path.parent) == ["l.sqlite3"]
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0


def test_what_was_seen_is_replaced_and_what_was_told_stays(tmp_path: Path) -> None:
    path = tmp_path / "l"
    write(path)
    new = {("a.yaml", "1"): Seen("/2022-11-30", "до 30.11.2022")}
    write(path, letter(marks=(), seen=new))
    assert memory(path) == Memory(frozenset(MARKS), new)


def test_a_look_makes_no_file(tmp_path: Path) -> None:
    assert memory(tmp_path / "l") == Memory()
    assert os.listdir(tmp_path) == []


def test_one_run_waits_for_the_other_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap_cli.ledger.WAIT_SECONDS", 0)
    path = str(tmp_path / "l")
    with opened(path) as first:
        first.record([letter()], "2022-10-12")
        with pytest.raises(Busy), opened(path):
            pass
        with pytest.raises(Busy), opened(path, reading=True) as second:
            second.memory("smtp:a@example.org")
    with opened(path) as third:
        assert third.memory("smtp:a@example.org").told


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (title TEXT)")
    connection.close()


def without_a_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE seen")
    connection.close()


def torn(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * 2000 + data[6096:])


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "повреждён (он пуст)"),
    "a text": (lambda path: path.write_text("привет" * 1000, encoding="utf-8"), "повреждён"),
    "a torn page": (torn, "повреждён"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:5000]), "повреждён"),
    "a table is gone": (without_a_table, "повреждён (в нём потеряны записи)"),
    "newer": (newer, "более новой версией roadmap"),
    "another program's": (foreign, "не журнал напоминаний"),
    "a link to nowhere": (lambda path: (path.unlink(), path.symlink_to("nowhere")), "это не обычный файл"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "это не обычный файл"),
}


@pytest.mark.parametrize("reading", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_an_error_and_stays_as_it_is(case: str, reading: bool, tmp_path: Path) -> None:
    spoil, said = WRONG[case]
    path = tmp_path / "журнал.sqlite3"
    write(path)
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(RoadmapError) as caught, opened(str(path), reading=reading) as ledger:
        ledger.memory("smtp:a@example.org")
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RoadmapError, match="не рассылаются"), opened(str(tmp_path / "file" / "l")):
        pass


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        pytest.param("linux", {}, "/home/a/.local/state/roadmap", id="Linux"),
        pytest.param("linux", {"XDG_STATE_HOME": "/var/lib/x"}, "/var/lib/x/roadmap", id="Linux, named"),
        pytest.param("linux", {"XDG_STATE_HOME": "x"}, "/home/a/.local/state/roadmap", id="Linux, not a whole path"),
        pytest.param("darwin", {"XDG_STATE_HOME": "/x"}, "/home/a/Library/Application Support/roadmap", id="macOS"),
        pytest.param("win32", {"LOCALAPPDATA": "/l"}, "/l/roadmap", id="Windows"),
    ],
)
def test_the_folder_is_that_of_the_platform(platform: str, environment: dict[str, str], folder: str) -> None:
    found = state_file("/srv/школа/plans", platform, environment, "/home/a")
    assert Path(found).parent == Path(folder)
    assert Path(found).name.startswith("школа-")


def test_each_project_has_its_own_ledger() -> None:
    assert state_file("/a/plans", "linux", {}, "/h") != state_file("/b/plans", "linux", {}, "/h")
