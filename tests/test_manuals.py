"""The manuals are true: each «Плохо» yields its code with the very message told, each «Хорошо» is clean.

A snippet shows only the lines that matter and is completed to a whole plan here, as docs/checks.md says: lines that
begin with «- » are the plan's activities; lines that begin with a key of the plan's head stand beside the usual title,
school year and activities; other lines are those of the only activity. A line «# school.yaml» begins a file, which is
saved in the encoding that it names; the first file is the one that is checked; `roadmap.yaml` holds settings.
"""

from __future__ import annotations

import json
import re
import runpy
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.checks import discover, run_checks
from roadmap_cli.config import settings_for
from roadmap_cli.errors import READING, RoadmapError
from roadmap_cli.fields import FIELDS
from roadmap_cli.manuals import FAMILIES, Manual, chosen, manuals
from roadmap_cli.project import load
from roadmap_cli.report.deadlines import GROUPS, deadlines_report, warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).parents[1]

DAY = date(2022, 10, 20)
FILE = re.compile(r"# (\S+\.yaml)(?: в кодировке (\S+))?")
HEAD = {"title": "title: План школы", "school_year": "school_year: 2022-2023"}
ROWS = "activities:\n  - {no: 1, title: Приказ, deliverable: Приказ, due: до 14.10.2022, owners: Савина И.А.}"
PLAN_KEYS = {name for field in FIELDS["plan"] for name in (field.key, field.synonym)}
LEFT_OUT = {"RM104", "RM107", "RM201", "RM301"}  # what a snippet does not show is not there: not what it is about


def files(snippet: str) -> dict[str, bytes]:
    """The files of a snippet, completed, in order."""
    found: dict[str, tuple[str, list[str]]] = {}
    lines: list[str] = []
    for line in snippet.split("\n"):
        if head := FILE.fullmatch(line):
            found[head[1]] = head[2] or "utf-8", (lines := [])
        else:
            if not found:
                found["plan.yaml"] = "utf-8", lines
            lines.append(line)
    return {
        name: ("\n".join(said) if name == "roadmap.yaml" else whole(said)).encode(encoding)
        for name, (encoding, said) in found.items()
    }


def whole(lines: list[str]) -> str:
    """The text of a plan of which a snippet shows some lines."""
    keys = {line.split(":")[0] for line in lines}
    if lines[0].startswith("- "):
        return "\n".join((*HEAD.values(), "activities:", *(f"  {line}" for line in lines), ""))
    if lines[0].split(":")[0] not in PLAN_KEYS:
        row = "  - no: 1", "    title: Опрос", *(f"    {line}" for line in lines)
        return "\n".join((*HEAD.values(), "activities:", *row, ""))
    usual = [text for key, text in HEAD.items() if key not in keys]
    return "\n".join((*usual, *lines, *(() if "activities" in keys else (ROWS,)), ""))


def written(snippet: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The files of a snippet in the folder, which becomes the present one; the name of the first."""
    texts = files(snippet)
    for name, data in texts.items():
        (folder / name).write_bytes(data)
    monkeypatch.chdir(folder)
    return next(iter(texts))


def told(one: Manual, snippet: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Code and message of all that is found in a snippet, but for what it leaves out."""
    name = written(snippet, folder, monkeypatch)
    settings_of = partial(settings_for, here=".")
    checked = run_checks([name], settings_of).findings
    found = {(f.code, f.message) for f in checked if f.code == one.code or f.code not in LEFT_OUT}
    if one.clocked:
        alerts = warnings(load([name], settings_of), DAY, None, everything=False)
        code_of = {other.name: other.code for other in manuals() if other.clocked}
        cells = [row.cells for table in deadlines_report(alerts, DAY).tables() for row in table.rows]
        found |= {(code_of[alert.group], row[1]) for alert, row in zip(alerts, cells, strict=True)}
    return found


@pytest.mark.parametrize("one", manuals(), ids=lambda one: one.code)
def test_the_bad_snippet_yields_its_code_and_nothing_else(
    one: Manual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(one, one.bad, tmp_path, monkeypatch)
    assert {code for code, _ in found} == {one.code}
    assert one.message in {message for _, message in found}


@pytest.mark.parametrize("one", manuals(), ids=lambda one: one.code)
def test_the_good_snippet_yields_nothing(one: Manual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(one, one.good, tmp_path, monkeypatch) == set()


@pytest.mark.parametrize("one", manuals(), ids=lambda one: one.code)
def test_a_manual_has_all_its_parts(one: Manual) -> None:
    assert re.fullmatch(r"[А-ЯЁ].*\.", one.sentence)
    assert one.sentence.count(". ") == 0, "one sentence"
    assert re.fullmatch(r"[«“а-яё].*[а-яё»)]\.", one.why)
    assert one.bad != one.good
    assert one.message
    assert one.family in FAMILIES
    for line in (*one.bad.split("\n"), *one.good.split("\n")):
        assert len(line) <= 73, "a narrow terminal breaks it"


def test_every_code_has_its_manual() -> None:
    codes = [one.code for one in manuals()]
    assert codes == sorted(codes)
    assert {code for code in codes if not code.startswith("RM5")} == {*READING, *(one.code for one in discover())}
    assert {code[:3] for code in codes} == set(FAMILIES)
    assert len({one.name for one in manuals()}) == len(codes)


def test_what_is_told_on_a_day_is_no_check() -> None:
    """The fifth family are the groups of `deadlines`, but for what has no day."""
    clocked = [one for one in manuals() if one.clocked]
    assert [one.name for one in clocked] == [group for group in GROUPS if group != "undated"]
    assert {one.family for one in clocked} == {"RM5"}
    assert not {one.code for one in clocked} & {one.code for one in discover()}


# The words of an operator


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("RM203",), ["RM203"]),
        (("rm203",), ["RM203"]),
        (("РМ203",), ["RM203"]),
        (("Lost-Dash",), ["RM203"]),
        ((" RM203 ",), ["RM203"]),
        (("RM4",), ["RM401", "RM402", "RM403", "RM404"]),
        (("no-due", "RM104", "RM201"), ["RM201", "RM104"]),
        (("RM002",), ["RM002"]),
        (("overdue",), ["RM501"]),
    ],
    ids=[
        "a code",
        "small letters",
        "Russian letters",
        "a name",
        "with spaces",
        "a family",
        "several, one of them twice",
        "a reading problem",
        "of the day",
    ],
)
def test_a_word_names_a_check(words: tuple[str, ...], codes: list[str]) -> None:
    assert [one.code for one in chosen(words)] == codes


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("lost-dahs", "нет проверки «lost-dahs»; возможно, «lost-dash»"),
        ("RM299", "нет проверки «RM299»; сроки — это RM201–RM211"),
        ("RM9", "нет проверки «RM9»; все проверки покажет roadmap checks"),
        ("", "нет проверки «»; все проверки покажет roadmap checks"),
        ("RM20\x1b3", "нет проверки «RM20\\x1b3»; все проверки покажет roadmap checks"),
    ],
    ids=["a slip", "no such number", "no such family", "nothing", "an escape"],
)
def test_an_unknown_word_gets_a_hint(word: str, said: str) -> None:
    with pytest.raises(RoadmapError) as caught:
        chosen([word])
    assert str(caught.value) == said


# The commands and the page


def test_explain_without_words_says_what_it_needs(roadmap: Callable[..., Ran]) -> None:
    ran = roadmap("explain")
    assert (ran.code, ran.out) == (2, "")
    assert "roadmap explain RM203" in ran.err


def test_an_unknown_code_is_an_operators_error(roadmap: Callable[..., Ran]) -> None:
    ran = roadmap("explain", "RM203", "lost-dahs")
    assert (ran.code, ran.out) == (2, "")
    assert "lost-dash" in ran.err


def test_explain_needs_no_plans(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    for words in (("checks",), ("explain", *FAMILIES)):
        ran = roadmap(*words, "--format", "json", cwd=tmp_path)
        told = json.loads(ran.out)["checks"]
        assert (ran.code, ran.err) == (0, "")
        assert [one["code"] for one in told] == [one.code for one in manuals()]


@pytest.mark.parametrize("shape", ["table", "plain"])
def test_the_examples_keep_their_lines(roadmap: Callable[..., Ran], shape: str) -> None:
    for one in manuals():
        out = roadmap("explain", one.code, "--format", shape, COLUMNS="80").out
        shown = [line.strip() for line in out.split("\n")]
        for line in (*one.bad.split("\n"), *one.good.split("\n")):
            assert line.strip() in shown
        assert one.message in " ".join(shown)
        assert one.sentence in " ".join(shown)


def test_checks_names_every_code_once(roadmap: Callable[..., Ran]) -> None:
    lines = roadmap("checks", "--format", "plain").out.split("\n")
    assert [line[:5] for line in lines[: len(manuals())]] == [one.code for one in manuals()]


def test_deadlines_names_the_codes_of_its_groups(roadmap: Callable[..., Ran]) -> None:
    codes = {one.name: one.code for one in manuals() if one.clocked}
    rows = json.loads(roadmap("deadlines", "--all", "--format", "json").out)["rows"]
    assert {"overdue", "undated"} <= {row["group"] for row in rows}
    assert all(row["code"] == codes.get(row["group"]) for row in rows)


def test_the_page_is_what_the_script_writes() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "make_checks.py"))["page"]()
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == page


def test_every_code_has_its_anchor() -> None:
    lines = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8").split("\n")
    assert [line[4:] for line in lines if line.startswith("### ")] == [one.code for one in manuals()]
