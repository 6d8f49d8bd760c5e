"""Writing a plan: one of many writers at a time, the old file or the new one at any moment, and nothing left behind."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from roadmap_cli.edit import Change, Edit, Refused, disk, edit_plan
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from roadmap_cli.model import Plan

TEXT = 'title: План\nactivities:\n  - no: "1"\n    title: Приказ\n  - no: "2"\n    title: Собрание\n'
AFTER = TEXT.replace("    title: Приказ\n", "    title: Приказ\n    done: 12.10.2022\n")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")


def done(plan: Plan) -> Sequence[Edit]:
    return [Edit(0, "done", "12.10.2022")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "план.yaml"
    place.write_bytes(TEXT.encode())
    return place


def alone(path: Path) -> bool:
    """Whether nothing lies beside the plan."""
    return [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_plan_is_edited(path: Path) -> None:
    assert edit_plan(str(path), done) == Change(str(path), TEXT, AFTER)
    assert path.read_bytes() == AFTER.encode()
    assert alone(path)


def test_what_is_asked_for_sees_the_plan_as_it_is_now(path: Path) -> None:
    def wanted(plan: Plan) -> Sequence[Edit]:
        return [Edit(number, "covers", (activity.id,)) for number, activity in enumerate(plan.activities)]

    assert edit_plan(str(path), wanted).after.count("covers") == 2


def test_a_dry_run_and_an_edit_of_nothing_leave_the_file(path: Path) -> None:
    before = path.stat()
    assert edit_plan(str(path), done, dry_run=True).after == AFTER
    assert edit_plan(str(path), lambda plan: []).after == TEXT
    assert path.stat() == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_the_encoding_stays(path: Path, encoding: str) -> None:
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    path.write_bytes((mark + TEXT.replace("\n", "\r\n")).encode(encoding))
    edit_plan(str(path), done)
    assert path.read_bytes() == (mark + AFTER.replace("\n", "\r\n")).encode(encoding)


def test_what_somebody_else_wrote_is_not_lost(path: Path) -> None:
    with pytest.raises(Refused, match="изменился"):
        edit_plan(str(path), done, expected=b"title: \n")
    assert edit_plan(str(path), done, expected=TEXT.encode()).after == AFTER

    def wanted(plan: Plan) -> Sequence[Edit]:
        path.write_bytes(TEXT.encode())  # an editor that knows of no locks saves meanwhile
        return [Edit(1, "note", "ждём")]

    with pytest.raises(Refused, match="изменился"):
        edit_plan(str(path), wanted)
    assert path.read_bytes() == TEXT.encode()
    assert alone(path)


@posix
def test_rights_and_links_stay(path: Path) -> None:
    path.chmod(0o640)
    link = path.parent / "ссылка.yaml"
    link.symlink_to(path.name)
    edit_plan(str(link), done)
    assert link.is_symlink()
    assert path.read_bytes() == AFTER.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@posix
def test_a_plan_that_may_not_be_written_is_let_be(path: Path) -> None:
    path.chmod(0o444)
    with pytest.raises(RoadmapError, match="нет права менять этот файл"):
        edit_plan(str(path), done)
    assert path.read_bytes() == TEXT.encode()
    assert edit_plan(str(path), done, dry_run=True).after == AFTER


def test_what_is_no_plan_file(tmp_path: Path) -> None:
    for place, said in ((tmp_path, "это папка"), (tmp_path / "нет.yaml", "файл не найден")):
        for dry_run in (False, True):
            with pytest.raises(RoadmapError, match=said):
                edit_plan(str(place), done, dry_run=dry_run)
    empty = tmp_path / "пусто.yaml"
    empty.write_bytes(b"")
    with pytest.raises(Refused, match="файл пуст"):
        edit_plan(str(empty), done)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "канал.yaml")
        with pytest.raises(RoadmapError, match="не обычный файл"):
            edit_plan(str(tmp_path / "канал.yaml"), done)


# The disk fails.


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "fchmod"])
@pytest.mark.parametrize("code", ["ENOSPC", "EIO", "EROFS", "ENOTTY"])
def test_a_disk_that_fails(path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: str) -> None:
    said = {"ENOSPC": "нет места", "EIO": "отвечает ошибкой", "EROFS": "только для чтения", "ENOTTY": "ошибка ENOTTY"}

    def fail(*args: Any) -> None:
        raise OSError(getattr(errno, code), "")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(RoadmapError, match=said[code]) as told:
        edit_plan(str(path), done)
    monkeypatch.undo()
    assert str(path) in str(told.value)
    assert path.read_bytes() == TEXT.encode()
    assert alone(path)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    really = os.open

    def opened(place: Any, flags: int, *rest: Any) -> int:
        if flags & os.O_CREAT:
            raise OSError(code, "")
        return really(place, flags, *rest)

    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(RoadmapError, match=r"нет права писать|только для чтения"):
        edit_plan(str(path), done)
    assert path.read_bytes() == TEXT.encode()


def test_writing_by_small_pieces(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: really(handle, data[:7]))
    edit_plan(str(path), done)
    assert path.read_bytes() == AFTER.encode()


@posix
def test_a_disk_without_room_for_all_of_it(path: Path) -> None:
    code = (
        "import resource, signal, sys; from roadmap_cli.edit import Edit, edit_plan\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))\n"
        "try: edit_plan(sys.argv[1], lambda plan: [Edit(0, 'done', '12.10.2022')])\n"
        "except Exception as error: sys.exit(type(error).__name__)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert ran.stderr.strip() == "RoadmapError"
    assert path.read_bytes() == TEXT.encode()
    assert alone(path)


# Many writers, and writers that die.


@posix
def test_a_writer_that_holds_the_plan_too_long(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    monkeypatch.setattr(disk, "WAIT_SECONDS", 0.05)
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(RoadmapError, match="занят другой правкой"):
            edit_plan(str(path), done)
        assert edit_plan(str(path), done, dry_run=True).after == AFTER
    assert edit_plan(str(path), done).after == AFTER


@posix
def test_a_lock_on_a_file_that_is_no_longer_there_counts_for_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is replaced between the opening and the lock: the writer starts anew, on the new file."""
    really, newer = disk._locked, TEXT.replace("Собрание", "Совещание")

    def late(handle: int, name: str) -> bool:
        monkeypatch.setattr(disk, "_locked", really)
        fresh = path.with_name("свежий")
        fresh.write_bytes(newer.encode())
        fresh.replace(path)
        return really(handle, name)

    monkeypatch.setattr(disk, "_locked", late)
    assert edit_plan(str(path), done).before == newer


def test_four_writers_lose_nothing(path: Path) -> None:
    rows = "".join(f'  - no: "{n}"\n    title: Мероприятие\n' for n in range(40))
    path.write_text("title: План\nactivities:\n" + rows, encoding="utf-8")
    code = (
        "import sys; from roadmap_cli.edit import Edit, edit_plan\n"
        "for n in range(int(sys.argv[2]), 40, 4):\n"
        "    edit_plan(sys.argv[1], lambda plan: [Edit(n, 'done', f'{n}.10.2022')])"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), str(n)]) for n in range(4)]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    text = path.read_text(encoding="utf-8")
    assert [f"done: {n}.10.2022\n" in text for n in range(40)] == [True] * 40
    assert alone(path)


STEPS = ("open", "read", "write", "fchown", "fchmod", "fsync", "close", "replace", "unlink")


def die_at(step: int, path: Path) -> bool:
    """An edit in a process of its own that kills itself before its call number `step`; False when it lived through."""
    child = os.fork()
    if not child:
        left = step

        def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
            def instead(*args: Any, **named: Any) -> Any:
                nonlocal left
                left -= 1
                if not left:
                    if name == "write":
                        call(args[0], args[1][:50])
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*args, **named)

            return instead

        for name in STEPS:
            setattr(os, name, counted(name, getattr(os, name)))
        try:
            edit_plan(str(path), done)
        finally:
            os._exit(0)
    return bool(os.WIFSIGNALED(os.waitpid(child, 0)[1]))


@posix
def test_whoever_is_killed_leaves_the_old_plan_or_the_new_one(path: Path) -> None:
    step, seen = 1, []
    while die_at(step, path):
        text = path.read_bytes().decode()
        assert text in (TEXT, AFTER)
        seen.append(text)
        edit_plan(str(path), done)  # the next one finds its way, and clears up
        assert path.read_bytes() == AFTER.encode()
        assert alone(path)
        path.write_bytes(TEXT.encode())
        step += 1
    assert {TEXT, AFTER} == set(seen)
    assert step > 10
