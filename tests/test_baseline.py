"""Baselines: their text, what is refused and how findings are compared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap_cli.baseline import Entry, compare, fingerprint, load, read_text, relative, to_replace, written
from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from pathlib import Path

ONE = Entry(fingerprint("1"), "plans/a.yaml", "late", "№ 2 Опрос: позже на 3 дня", 3)
TWO = Entry(fingerprint("2"), "plans/a.yaml", "uncovered", "№ 10 Итоги: нет в плане")
HEAD = "# roadmap baseline 1 gaps\n"


def line(entry: Entry) -> str:
    return written([entry], "gaps").splitlines()[-1]


def test_what_is_written_is_read_again_in_the_order_of_numbers() -> None:
    text = written([TWO, ONE], "gaps")
    assert text.startswith(HEAD)
    assert read_text(text, "b.txt", "gaps") == (ONE, TWO)


def test_text_of_plans_cannot_break_the_file() -> None:
    entry = ONE._replace(words="№ 2 Опрос\nстрока | вторая\x1b[31m", path="plans/a | b.yaml")
    (found,) = read_text(written([entry], "gaps"), "b.txt", "gaps")
    assert found == ONE._replace(words="№ 2 Опрос строка / вторая\\x1b[31m", path="plans/a / b.yaml")


@pytest.mark.parametrize(
    "data",
    [
        written([ONE, TWO], "gaps").replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + written([ONE, TWO], "gaps").encode(),
        written([ONE, TWO], "gaps").encode("utf-16"),
        f"{HEAD}\n{line(TWO)}  \n# примечание\n{line(ONE._replace(amount=1))}\n{line(ONE)}\n".encode(),
    ],
    ids=["CRLF", "byte order mark", "UTF-16", "blank lines, remarks and a double"],
)
def test_what_editors_make_of_the_file_is_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(data)
    assert set(load(str(path), "gaps")) == {ONE, TWO}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "пуст"),
        (b" \r\n", "пуст"),
        ("title: План\n".encode(), "не список известных находок"),
        (b"# roadmap baseline 2 gaps\n", "более новой программой (версия 2): обновите roadmap"),
        (b"# roadmap baseline 1 check\n", "командой «roadmap check», а не «roadmap gaps»"),
        (f"{HEAD}<<<<<<< HEAD\n".encode(), "b.txt:2: след слияния git"),
        (f"{HEAD}{line(ONE)}\nстрока\n".encode(), "b.txt:3: строка не читается"),
        (f"{HEAD}{line(ONE)}\n".encode("cp1251"), "Windows-1251"),
        (b"PK\x03\x04", "Word, Excel"),
    ],
    ids=["empty", "blank", "a plan", "newer", "of another command", "a conflict", "a bad line", "cp1251", "an archive"],
)
def test_what_is_no_baseline_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(data)
    with pytest.raises(RoadmapError) as refused:
        load(str(path), "gaps")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "needed", "kept"),
    [("", True, ()), (written([ONE], "gaps"), True, (ONE,)), (f"{HEAD}строка\n", False, ())],
    ids=["empty", "a baseline", "broken lines that nobody needs"],
)
def test_a_file_that_may_be_written_anew(text: str, needed: bool, kept: tuple[Entry, ...], tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text(text, encoding="utf-8")
    assert to_replace(str(path), "gaps", needed=needed) == kept


@pytest.mark.parametrize(
    ("text", "needed"),
    [("заметки\n", False), ("# roadmap baseline 9 gaps\n", False), (f"{HEAD}строка\n", True)],
    ids=["not ours", "newer", "broken lines that some need"],
)
def test_a_file_that_must_stay(text: str, needed: bool, tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RoadmapError):
        to_replace(str(path), "gaps", needed=needed)


def test_paths_are_told_from_the_folder_of_the_file(tmp_path: Path) -> None:
    assert relative(str(tmp_path / "plans" / "a.yaml"), str(tmp_path / "b.txt")) == "plans/a.yaml"
    assert relative(str(tmp_path / "a.yaml"), str(tmp_path / "ci" / "b.txt")) == "../a.yaml"


def test_findings_are_known_new_grown_or_gone() -> None:
    grown = ONE._replace(amount=4)
    late = compare([grown, TWO], [ONE, TWO], lambda entry: True, lambda path: True)
    assert (late.known, late.new, late.grown, late.vanished) == ((TWO,), (grown,), {ONE.fingerprint: 3}, ())
    less = compare([ONE._replace(amount=1)], [ONE, TWO], lambda entry: True, lambda path: True)
    assert (len(less.known), less.new, less.vanished) == (1, (), (TWO,))


def test_what_does_not_count_is_neither_new_nor_gone() -> None:
    compared = compare([ONE, TWO], [ONE], lambda entry: entry.kind == "uncovered", lambda path: True)
    assert (compared.known, compared.new, compared.vanished) == ((), (TWO,), ())
    elsewhere = compare([], [ONE], lambda entry: True, lambda path: path != ONE.path)
    assert elsewhere.vanished == ()
