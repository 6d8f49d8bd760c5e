"""`roadmap check` on the command line: what is selected, what is known, how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Ran

PLAN = """title: План школы
activities:
  - {no: 1, title: Приказ, deliverable: Приказ, due: 01.03..2023, owners: Савина И.А.}
  - {no: 2, title: Опрос, deliverable: Анкеты, due: когда-нибудь, owners: "Савина И.А, Юдин В.А."}
  - {no: 3, title: Сводка, due: до 14.10.2022}  # roadmap: ignore RM3 — отвечает совет
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "school.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def check(roadmap: Callable[..., Ran], folder: Path) -> Callable[..., Ran]:
    return lambda *words, cwd=folder: roadmap("check", *words, cwd=cwd)


def codes(ran: Ran) -> list[str]:
    return [finding["code"] for finding in json.loads(ran.out)["findings"]]


def test_what_comments_let_pass_is_counted(check: Callable[..., Ran]) -> None:
    ran = check()
    assert ran.code == 1
    summary = "Проверено: 1 план. 1 ошибка, 2 предупреждения, 1 замечание. Пропущено по примечаниям: 1."
    assert ran.out.splitlines()[-1] == summary
    summed = json.loads(check("--format", "json").out)["summary"]
    assert summed == {"error": 1, "warning": 2, "note": 1, "known": 0, "suppressed": 1}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--select", "RM2"], ["RM204", "RM202"]),
        (["--select", "RM204,no-deliverable"], ["RM204", "RM107"]),
        (["--select", "RM204", "--select", "RM107"], ["RM204", "RM107"]),
        (["--ignore", "RM2"], ["RM304", "RM107"]),
        (["--select", "RM2", "--ignore", "mended-due"], ["RM202"]),
    ],
    ids=["a family", "a code and a name", "twice", "without a family", "both"],
)
def test_the_command_line_selects(check: Callable[..., Ran], words: list[str], told: list[str]) -> None:
    assert codes(check(*words, "--format", "json")) == told


def test_select_begins_anew_and_ignore_adds_to_the_settings(check: Callable[..., Ran], folder: Path) -> None:
    (folder / "plans" / "roadmap.yaml").write_text("ignore: [RM2]\nper_path: {school.yaml: {ignore: [RM107]}}\n")
    assert codes(check("--format", "json")) == ["RM304"]
    assert codes(check("--format", "json", "--ignore", "RM3")) == []
    assert codes(check("--format", "json", "--select", "RM204,RM107")) == ["RM204", "RM107"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--select", "RM399"], "--select: нет находок «RM399»; есть RM301–RM306"),
        (["--ignore", "similar-peple"], "--ignore: нет находок «similar-peple»; возможно, «similar-people»"),
        (["--ignore", "RM003"], "--ignore: «RM003» не отключить"),
        (["--select", ","], "--select: назовите код"),
        (["--baseline", ""], "--baseline: назовите файл"),
        (["--write-baseline"], "--write-baseline check.txt"),
        (["--baseline", "нет.txt"], "нет файла «нет.txt»"),
        (["--fix", "--write-baseline", "a.txt"], "вместе не нужны"),
    ],
    ids=["no code", "no name", "always told", "no word", "no file", "no name of a file", "not there", "fix and write"],
)
def test_a_wrong_call_is_told(check: Callable[..., Ran], words: list[str], said: str) -> None:
    ran = check(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("{unreadable-due: note}", "error", 0),
        ("{unreadable-due: note}", "warning", 1),
        ("{RM: note}", "warning", 0),
        ("{RM2: note, RM3: note, RM202: error}", "error", 1),
        ("{RM202: error}", "never", 0),
    ],
    ids=["lighter", "lighter, yet others are not", "a family", "the more exact word", "never"],
)
def test_the_level_of_a_finding_decides_the_exit_code(
    check: Callable[..., Ran], folder: Path, severity: str, fail_on: str, code: int
) -> None:
    (folder / "plans" / "roadmap.yaml").write_text(f"severity: {severity}\n")
    assert check("--fail-on", fail_on).code == code


# -- the baseline ---------------------------------------------------------------------------------------------------


def test_known_findings_pass_and_new_ones_fail(check: Callable[..., Ran], folder: Path) -> None:
    written = check("--write-baseline", "known.txt")
    assert (written.code, written.err) == (0, "записано известных находок: 4 → known.txt\n")
    known = check("--baseline", "known.txt")
    assert (known.code, known.err) == (0, "")
    assert known.out == (
        "Проверено: 1 план. Новых замечаний нет. Известных, не показано: 4. Пропущено по примечаниям: 1.\n"
    )
    plan = folder / "plans" / "school.yaml"
    plan.write_text("# строкой ниже\n" + PLAN.replace("title: Сводка,", "title: Сводка, id: 3а,"), encoding="utf-8")
    moved = check("--baseline", "known.txt", "--fail-on", "note")
    assert moved.code == 1
    assert "RM107" in moved.out
    assert "Исчезло известных находок: 1 — обновите файл" in moved.out
    assert check("--baseline", "known.txt").code == 0
    as_json = check("--baseline", "known.txt", "--format", "json")
    assert [finding["known"] for finding in json.loads(as_json.out)["findings"]] == [True, True, True, False]
    assert "Исчезло известных находок: 1" in as_json.err


@pytest.mark.parametrize("shape", ["github", "gitlab", "junit", "rdjsonl", "sarif"])
def test_ci_is_not_told_what_is_known(check: Callable[..., Ran], shape: str) -> None:
    check("--write-baseline", "known.txt")
    assert "RM202" in check("--format", shape).out
    assert "RM202" not in check("--format", shape, "--baseline", "known.txt").out


def test_a_baseline_is_the_same_from_any_folder(check: Callable[..., Ran], folder: Path) -> None:
    (folder / "plans" / "town.yaml").write_text("title: Т\nparticipants: [Лицей]\nactivities:\n  - {no: 1, title: А}\n")
    plan = PLAN.replace("\n", "\norganization: Школа\nfollows: town.yaml\n", 1)
    (folder / "plans" / "school.yaml").write_text(plan, encoding="utf-8")
    check("--write-baseline", "known.txt")
    assert "RM402" in (folder / "known.txt").read_text(encoding="utf-8")
    ran = check("--baseline", "../known.txt", "--fail-on", "note", cwd=folder / "plans")
    assert ran.code == 0
    assert "Новых замечаний нет" in ran.out


def test_what_is_not_looked_at_stays_known(check: Callable[..., Ran], folder: Path) -> None:
    (folder / "plans" / "other.yaml").write_text(PLAN, encoding="utf-8")
    check("--write-baseline", "known.txt")
    before = (folder / "known.txt").read_bytes()
    for words in (["--select", "RM2"], ["plans/other.yaml"], ["--ignore", "RM2", "plans/school.yaml"]):
        assert "Исчезло" not in check("--baseline", "known.txt", *words).out
        check("--baseline", "known.txt", "--write-baseline", *words)
        assert (folder / "known.txt").read_bytes() == before


def test_a_plan_that_cannot_be_read_is_never_known(check: Callable[..., Ran], folder: Path) -> None:
    check("--write-baseline", "known.txt")
    (folder / "plans" / "broken.yaml").write_text("title: [\n", encoding="utf-8")
    ran = check("--baseline", "known.txt", "--write-baseline")
    assert ran.code == 2
    assert "не записан, потому что прочитаны не все планы" in ran.err
    assert check("--baseline", "known.txt").code == 1


def test_a_baseline_of_another_report_is_refused(check: Callable[..., Ran], folder: Path) -> None:
    (folder / "gaps.txt").write_text("# roadmap baseline 1 gaps\n")
    ran = check("--baseline", "gaps.txt")
    assert ran.code == 2
    assert "записан командой «roadmap gaps»" in ran.err
