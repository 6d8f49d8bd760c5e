"""The editing commands on awkward files and disks: exactly the wanted lines change, or none and the reason is told."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from conftest import clean_env

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Run = Callable[..., Ran]

PLANS = Path(__file__).parents[1] / "plans"
HEAD = "title: План\nactivities:\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")

# What stands there, then what stands there after `done 1`; None where the file must stay as it is, for the reason said.
FILES: dict[str, tuple[str, str | None, str]] = {
    "a key written with a question mark": ("- ? no\n  : 1\n  ? note\n  : ждём\n", None, "записан через «?»"),
    "numbers that are almost one": ("- no: 1\n  note: да\n- no: 1.0\n  note: да\n", "- no: 1\n  done: 20.10.2022\n  note: да\n- no: 1.0\n  note: да\n", ""),
    "a row that is written twice by an alias": ("- &i\n  no: 1\n  note: ждём\n- *i\n", None, "несколько мест"),
    "a line separator above": ('- {no: 0, title: "а\u2028б"}\n- no: 1\n  title: А\n', '- {no: 0, title: "а\u2028б"}\n- no: 1\n  title: А\n  done: 20.10.2022\n', ""),
    "keys that are inserted": ("- <<: *b\n  no: 1\n", None, "строка 3"),
    "no key yet": ("- no: 1\n  title: Опрос\n", "- no: 1\n  title: Опрос\n  done: 20.10.2022\n", ""),
    "an alias beside it": ("- no: 0\n  note: &s ждём\n- no: 1\n  note: *s\n", "- no: 0\n  note: &s ждём\n- no: 1\n  done: 20.10.2022\n  note: *s\n", ""),
    "an anchor beside it": ("- no: 1\n  note: &s ждём\n- no: 2\n  note: *s\n", "- no: 1\n  done: 20.10.2022\n  note: &s ждём\n- no: 2\n  note: *s\n", ""),
    "an anchor at the day itself": ("- no: 1\n  done: &d\n- no: 2\n  done: *d\n", None, "строка 4"),
    "a block of text in between": ("- no: 1\n  due: >-\n    до\n    мая\n\n  note: x # да\n", "- no: 1\n  due: >-\n    до\n    мая\n  done: 20.10.2022\n\n  note: x # да\n", ""),
    "a key that stands twice": ("- no: 1\n  note: раз\n  note: два\n", None, "уже есть"),
    "an empty key": ("- no: 1\n  done:   # когда?\n  note: x\n", "- no: 1\n  done: 20.10.2022   # когда?\n  note: x\n", ""),
    "wide indents": ("      -    no:    1\n           note:     ждём   \n", "      -    no:    1\n           done: 20.10.2022\n           note:     ждём   \n", ""),
    "braces over two lines": ("- {no: 1, title: Приказ,\n   note: ждём} # да\n", "- {no: 1, title: Приказ, done: 20.10.2022,\n   note: ждём} # да\n", ""),
    "quotes": ("- 'no': '1'\n  \"title\": 'Приказ ''срочно'''\n", "- 'no': '1'\n  \"title\": 'Приказ ''срочно'''\n  done: 20.10.2022\n", ""),
    "a long folded text": ("- no: 1\n  title: Проведение\n    входного   мониторинга # о чём\n    создания\n", None, "строка 5"),
    "a long text in quotes": ("- no: 1\n  title: \"Проведение\n    входного   мониторинга\\\n    создания\"\n", "- no: 1\n  title: \"Проведение\n    входного   мониторинга\\\n    создания\"\n  done: 20.10.2022\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("shape", ["LF", "CRLF and a mark", "no last break"])
def test_an_awkward_file(name: str, shape: str, tmp_path: Path, roadmap: Run) -> None:
    before, after, said = FILES[name]
    path = tmp_path / "план.yaml"

    def shaped(rows: str) -> bytes:
        text = HEAD + rows
        if shape == "no last break":
            text = text.removesuffix("\n")
        return ("\ufeff" + text.replace("\n", "\r\n") if "CRLF" in shape else text).encode()

    path.write_bytes(shaped(before))
    ran = roadmap("done", str(path), "1" if "alias" not in name or "beside" in name else "@3")
    if after is None:
        assert ran.code == 2
        assert said in ran.err
        assert path.read_bytes() == shaped(before)
    else:
        assert (ran.code, ran.err) == (0, "")
        assert path.read_bytes() == shaped(after)
        undone = roadmap("undo", str(path), "1")
        assert (undone.code, undone.err) == (0, "")
        kept = shaped(before.replace("  done:   # когда?\n", ""))
        assert path.read_bytes() == kept


@pytest.mark.parametrize("name", ["municipal", "schools/school-6"])
def test_every_row_of_the_plans_there_and_back(name: str, tmp_path: Path, roadmap: Run) -> None:
    """All edits at once, then all of them taken back: the file is what it was, byte for byte."""
    path = tmp_path / "план.yaml"
    before = (PLANS / f"{name}.yaml").read_bytes().replace(b"follows: ", b"x-follows: ")
    path.write_bytes(before)
    listed = roadmap("status", str(path), "--format", "csv").out.count("\n") - 1

    def lines(text: bytes) -> list[str]:
        """The lines of all results that have a deadline of their own; others would get one."""
        found = list(enumerate(text.decode().splitlines(), 1))
        starts = [number for number, line in found if "- text:" in line] + [len(found) + 1]
        items = itertools.pairwise(starts)
        return [f"@{at}" for at, end in items if any("        due:" in line for _, line in found[at - 1 : end - 1])]

    words = lines(before)
    assert len(words) in range(listed // 2, listed + 1)
    for there, back in (
        (["done", *words, "--evidence", "№ 87"], ["undo", *words]),
        (["move", *words, "--to", "30.08.2023", "--reason", "№ 9: «б»"], ["undo", *words, "--move"]),
    ):
        assert roadmap(there[0], str(path), *there[1:]).code == 0
        now = lines(path.read_bytes())
        assert len(now) == len(words)
        assert now != words
        assert roadmap(back[0], str(path), *now, *back[1 + len(words) :]).code == 0
        assert path.read_bytes() == before


def ended(args: list[str], limit: str = "") -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, after `limit` has been done to it."""
    code = f"import sys; {limit or 'pass'}\nfrom roadmap_cli.cli import main; sys.argv[0] = 'roadmap'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False, env=clean_env(), timeout=60
    )


@posix
@pytest.mark.parametrize(
    "words", [["done", "1"], ["cancel", "1", "--reason", "карантин"], ["move", "1", "--to", "май"]]
)
def test_a_disk_without_room(words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "план.yaml"
    path.write_text(HEAD + '- no: "1"\n  title: Приказ\n  due: до 15.10.2022\n' * 1, encoding="utf-8")
    before = path.read_bytes()
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))"
    ran = ended([words[0], str(path), *words[1:]], limit)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "файл не изменён" in ran.stderr
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_plan_that_may_not_be_written(tmp_path: Path, roadmap: Run) -> None:
    path = tmp_path / "план.yaml"
    path.write_text(HEAD + "- {no: 1, title: Приказ}\n", encoding="utf-8")
    path.chmod(0o444)
    ran = roadmap("done", str(path), "1")
    assert (ran.code, ran.out) == (2, "")
    assert "нет права менять этот файл" in ran.err
    assert roadmap("done", str(path), "1", "--dry-run").code == 0


def test_four_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "план.yaml"
    rows = "".join(f'- no: "{n}"\n  title: Мероприятие\n' for n in range(1, 13))
    path.write_text(HEAD + rows, encoding="utf-8")
    code = (
        "import sys; from roadmap_cli.cli import cli\n"
        "for n in range(int(sys.argv[2]), 13, 4):\n"
        "    code = cli.main(['done', sys.argv[1], str(n), '--evidence', f'№ {n}'], standalone_mode=False)\n"
        "    assert code == 0"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(n)], stdout=subprocess.DEVNULL, env=clean_env())
        for n in range(1, 5)
    ]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    text = path.read_text(encoding="utf-8")
    assert [
        f'no: "{n}"\n  title: Мероприятие\n  done: 20.10.2022\n  evidence: № {n}\n' in text for n in range(1, 13)
    ] == [True] * 12


@posix
def test_killed_at_any_moment_it_is_the_old_plan_or_the_new_one(tmp_path: Path) -> None:
    """A few deaths here; tests/kill_edit.py has 150."""
    path = tmp_path / "план.yaml"
    texts = [HEAD + "- no: 7\n  title: Приказ\n" + mark for mark in ("", "  done: 20.10.2022\n")]
    path.write_text(texts[0], encoding="utf-8")
    code = (
        "import itertools, sys; from roadmap_cli.cli import cli\n"
        "for word in itertools.cycle(['undo', 'done']): cli.main([word, sys.argv[1], '7'], standalone_mode=False); sys.stdout.flush()"
    )
    for moment in range(4):
        editor = subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, env=clean_env(), start_new_session=True
        )
        assert editor.stdout is not None
        editor.stdout.read(1)
        Event().wait(moment * 0.003)
        os.killpg(editor.pid, signal.SIGKILL)
        editor.wait()
        editor.stdout.close()
        assert path.read_text(encoding="utf-8") in texts
