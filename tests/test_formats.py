"""The formats for CI: each is read back by its schema or its reader, whatever a plan says; and `--output`."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import Failure, JUnitXml

from roadmap_cli.model import Finding, Related, Span
from roadmap_cli.render import FINDING_FORMATS, FORMATS, Screen, render
from roadmap_cli.report.check import check_report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conftest import Ran

    Run = Callable[..., Ran]

SCHEMAS = Path(__file__).parent / "schemas"
GITHUB = {"GITHUB_ACTIONS": "true"}
HERE = Screen(here="/repo", root="/repo")

# The formats' own words for what a document may hold: GitLab's page on Code Quality, reviewdog's on its format.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer"}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}
POSITION = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
DIAGNOSTIC = {
    "type": "object",
    "required": ["message", "location"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string"},
        "location": {
            "type": "object",
            "required": ["path", "range"],
            "additionalProperties": False,
            "properties": {
                "path": {"type": "string"},
                "range": {
                    "type": "object",
                    "required": ["start"],
                    "additionalProperties": False,
                    "properties": {"start": POSITION, "end": POSITION},
                },
            },
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "source": {"type": "object", "required": ["name"]},
        "code": {"type": "object", "required": ["value"]},
    },
}
SARIF = Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
COMMAND = re.compile(r"::(error|warning|notice) (file=[^:]*)::(.*)")


# Readers


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands of a text, taken apart as the runner does it: every line but the last must be one."""
    *lines, last, end = text.split("\n")
    assert (end, last.lstrip().startswith("::"), "##[" in last) == ("", False, False)
    found = []
    for line in lines:
        command = COMMAND.fullmatch(line)
        assert command, line
        pairs = (pair.split("=", 1) for pair in command[2].split(","))
        found.append((command[1], {key: unescaped(value) for key, value in pairs}, unescaped(command[3])))
    return found


def unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def problems(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    Draft202012Validator(GITLAB).validate(found)
    assert len({one["fingerprint"] for one in found}) == len(found)
    return found


def log(text: str) -> dict[str, Any]:
    """The only run of a SARIF log that the published schema accepts."""
    document = json.loads(text)
    SARIF.validate(document)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    return dict(run)


def suites(text: str) -> JUnitXml:
    found = JUnitXml.fromstring(text.encode())
    counted = [(len(list(suite)), suite.tests, suite.failures) for suite in found]
    assert all(cases == tests for cases, tests, _ in counted)
    assert (found.tests, found.failures) == (sum(one[1] for one in counted), sum(one[2] for one in counted))
    for suite in found:
        assert len({case.name for case in suite}) == suite.tests
    return found


def diagnostics(text: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines()]
    for one in found:
        Draft202012Validator(DIAGNOSTIC).validate(one)
    return found


READERS: dict[str, Callable[[str], Any]] = {
    "github": annotations,
    "gitlab": problems,
    "sarif": log,
    "junit": suites,
    "rdjsonl": diagnostics,
}


def shown(name: str, found: Sequence[Finding], texts: dict[str, str] | None = None, screen: Screen = HERE) -> str:
    lines = {path: text.splitlines() for path, text in (texts or {}).items()}
    report = check_report(found, sorted({one.span.path for one in found}), lambda path: lines.get(path, ()))
    return "".join(render(report, name, screen))


def finding(message: str = "что-то не так", path: str = "plans/a.yaml", line: int = 3, **more: Any) -> Finding:
    severity = more.pop("severity", "warning")
    return Finding("RM203", "lost-dash", severity, message, Span(path, line, 7, line, 11), **more)


# What is said


def test_every_format_has_a_reader_here() -> None:
    assert tuple(READERS) == FINDING_FORMATS


@pytest.mark.parametrize("name", FINDING_FORMATS)
def test_the_sample_is_read_back(name: str, roadmap: Run) -> None:
    ran = roadmap("check", "--format", name)
    assert (ran.code, ran.err) == (1, "")
    assert READERS[name](ran.out)


def test_annotations_come_errors_first_with_their_other_places(roadmap: Run) -> None:
    out = roadmap("check", "--format", "github").out
    found = annotations(out)
    assert [kind for kind, _, _ in found] == ["error", "warning", "warning", "warning", "notice", "notice"]
    assert found[0][1] == {
        "file": "plans/schools/school-3.yaml",
        "line": "40",
        "col": "11",
        "endLine": "40",
        "endColumn": "21",
        "title": "RM202 unreadable-due",
    }
    assert found[1][2].split("\n")[1] == "→ plans/schools/school-3.yaml:12: «Лапшина Г.С.» — 2 раза, впервые здесь"
    assert out.splitlines()[-1] == "Проверено: 2 плана. 1 ошибка, 3 предупреждения, 2 замечания."


def test_annotations_are_ten_of_a_kind_and_the_rest_is_counted() -> None:
    some = [finding(line=n) for n in range(1, 24)] + [finding(line=30, severity="error")]
    out = shown("github", some)
    assert [kind for kind, _, _ in annotations(out)] == ["error"] + ["warning"] * 10
    assert "Не показано здесь: 13 находок" in out.splitlines()[-1]


def test_no_findings_are_an_empty_report() -> None:
    report = check_report((), ["plans/a.yaml"], lambda path: ())
    made = {name: READERS[name]("".join(render(report, name, HERE))) for name in FINDING_FORMATS}
    assert (made["github"], made["gitlab"], made["sarif"]["results"], made["rdjsonl"]) == ([], [], [], [])
    assert [case.result for suite in made["junit"] for case in suite] == [[]]


def test_equal_problems_have_two_fingerprints_and_an_inserted_line_changes_none(tmp_path: Path, roadmap: Run) -> None:
    twice = '  - {no: "1", title: Приказ, deliverable: Приказ, due: когда-нибудь, owners: Савина И.А.}\n' * 2
    broken = 'title: Другой\nactivities:\n  - title: "Приказ\n'
    double = "title: Третий\ntitle: Третий\nactivities: []\n"
    (tmp_path / "plans").mkdir()
    seen = []
    for above in ("", "# строка\n# ещё\n"):
        for name, text in (("a", f"title: План\nactivities:\n{twice}"), ("b", broken), ("c", double)):
            (tmp_path / "plans" / f"{name}.yaml").write_text(above + text, encoding="utf-8")
        found = problems(roadmap("check", "--format", "gitlab", cwd=tmp_path).out)
        seen.append([one["fingerprint"] for one in found])
        assert {"RM003", "RM005"} <= {one["check_name"] for one in found}
        assert max(sum(one["description"] == other["description"] for other in found) for one in found) > 1
    assert seen[0] == seen[1]


def test_sarif_explains_the_rules_that_were_met(roadmap: Run) -> None:
    run = log(roadmap("check", "--format", "sarif").out)
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in run["results"]}
    assert all("Плохо:" in rule["help"]["text"] for rule in rules)
    by_id = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}
    assert all(result["level"] == by_id[result["ruleId"]] for result in run["results"])
    similar = next(result for result in run["results"] if result["ruleId"] == "RM302")
    assert similar["relatedLocations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "plans/schools/school-3.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12, "startColumn": 20},
    }


def test_junit_fails_only_where_there_is_an_error() -> None:
    found = suites(
        shown("junit", [finding(), finding(line=9), finding(severity="error"), finding(path="plans/b.yaml")])
    )
    results = [[type(one) for one in case.result] for suite in found for case in suite]
    assert results == [[], [], [Failure], []]
    assert "plans/a.yaml:3:7: предупреждение" in next(iter(next(iter(found)))).system_out


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param(
            "\n\nключ: срок", {"line": 3, "column": 11}, {"line": 3, "column": 19}, id="Cyrillic is two bytes"
        ),
        pytest.param("\n\nключ: 😀рок", {"line": 3, "column": 11}, {"line": 3, "column": 21}, id="an emoji is four"),
        pytest.param("\n\nkey", {"line": 3}, {"line": 3}, id="a line that is too short gives no column"),
        pytest.param(None, {"line": 3}, {"line": 3}, id="no text gives no column"),
    ],
)
def test_columns_for_reviewdog_are_bytes(text: str | None, start: dict[str, int], end: dict[str, int]) -> None:
    (one,) = diagnostics(shown("rdjsonl", [finding()], {} if text is None else {"plans/a.yaml": text}))
    assert one["location"]["range"] == {"start": start, "end": end}


@pytest.mark.parametrize(
    ("path", "here", "wanted", "uri"),
    [
        pytest.param("plans/a.yaml", "/repo", "plans/a.yaml", "plans/a.yaml", id="at the root"),
        pytest.param("./a.yaml", "/repo/plans", "plans/a.yaml", "plans/a.yaml", id="in a folder below"),
        pytest.param("../plans/a.yaml", "/repo/ci", "plans/a.yaml", "plans/a.yaml", id="beside"),
        pytest.param("/repo/plans/a.yaml", "/repo/ci", "plans/a.yaml", "plans/a.yaml", id="absolute"),
        pytest.param("/other/a b.yaml", "/repo", "/other/a b.yaml", "file:///other/a%20b.yaml", id="elsewhere"),
        pytest.param(
            "план 1%.yaml",
            "/repo",
            "план 1%.yaml",
            "%D0%BF%D0%BB%D0%B0%D0%BD%201%25.yaml",
            id="Cyrillic, space, percent",
        ),
        pytest.param("a\udcff:b.yaml", "/repo", "a\\udcff:b.yaml", "a%FF%3Ab.yaml", id="bytes that are no text"),
        pytest.param("a\xa0b.yaml", "/repo", "a\xa0b.yaml", "a%C2%A0b.yaml", id="a space that stays"),
    ],
)
@pytest.mark.skipif(os.sep != "/", reason="paths of POSIX")
def test_paths_start_at_the_root_of_the_repository(path: str, here: str, wanted: str, uri: str) -> None:
    screen = Screen(here=here, root="/repo")
    found = [finding(path=path)]
    assert annotations(shown("github", found, screen=screen))[0][1]["file"] == wanted
    assert problems(shown("gitlab", found, screen=screen))[0]["location"]["path"] == wanted
    assert diagnostics(shown("rdjsonl", found, screen=screen))[0]["location"]["path"] == wanted
    place = log(shown("sarif", found, screen=screen))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


# Hostile words

HOSTILE = (
    "%0A::error::взлом", "::error file=a::взлом", "##[error]взлом", "]]>", "<failure/>", "&amp;", "\x1b[31m",
    "\u202e", "\udcff", "\x00", "\ufffe", "\n::warning::взлом\n", "\r", "[сюда](https://example.org)", "{0}",
    ",title=взлом", "\u2028", "\x85", "%25",
)  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=4).map("".join)
PATHS = st.one_of(
    st.binary(min_size=1, max_size=8).map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.sampled_from([one for one in HOSTILE if "\x00" not in one]),
).map(lambda name: f"plans/{name}.yaml")
SPANS = st.builds(Span, PATHS, *[st.integers(1, 5)] * 4)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["RM003", "RM203", "RM302"]),
    st.just("a-name"),
    st.sampled_from(["error", "warning", "note"]),
    WORDS,
    SPANS,
    WORDS,
    st.lists(st.builds(Related, SPANS, WORDS), max_size=2).map(tuple),
)
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@pytest.mark.parametrize("name", FINDING_FORMATS)
@given(found=st.lists(FINDINGS, max_size=4), words=WORDS)
@settings(deadline=None, max_examples=150)
def test_nothing_that_a_plan_says_acts_or_breaks_a_report(name: str, found: list[Finding], words: str) -> None:
    texts = {one.span.path: words for one in found}
    out = shown(name, found, texts)
    assert not ACTING.search(out)
    READERS[name](out)
    ascii_only = shown(name, found, texts, HERE._replace(encoding="cp1251"))
    if name != "github":
        assert ascii_only.isascii()
        READERS[name](ascii_only)


@given(found=st.lists(FINDINGS, max_size=4))
@settings(deadline=None, max_examples=100)
def test_sarif_names_the_very_file(found: list[Finding]) -> None:
    results = log(shown("sarif", found))["results"]
    named = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert [os.path.normpath(unquote(uri, errors="surrogateescape")) for uri in named] == [
        os.path.normpath(one.span.path) for one in found
    ]
    assert all("](" not in result["message"]["text"] for result in results)


# Where it goes


def test_in_github_actions_the_annotations_come_by_themselves(roadmap: Run) -> None:
    assert roadmap("check", **GITHUB).out == roadmap("check", "--format", "github").out
    assert roadmap("status", **GITHUB).out == roadmap("status").out
    assert roadmap("check", "--format", "plain", **GITHUB).out == roadmap("check").out
    assert roadmap("check", GITEA_ACTIONS="true", **GITHUB).out == roadmap("check").out


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_ci_says_where_the_repository_begins(variable: str, roadmap: Run) -> None:
    sample = Path(__file__).parent / "sample"
    in_plans = roadmap("check", ".", "--format", "gitlab", cwd=sample / "plans", **{variable: str(sample)})
    paths = {one["location"]["path"] for one in problems(in_plans.out)}
    assert paths == {"plans/municipal.yaml", "plans/schools/school-3.yaml"}
    elsewhere = roadmap("check", ".", "--format", "gitlab", cwd=sample / "plans", **{variable: "/nowhere"})
    assert {one["location"]["path"] for one in problems(elsewhere.out)} == {"municipal.yaml", "schools/school-3.yaml"}


def test_files_are_written_beside_the_screen(tmp_path: Path, roadmap: Run) -> None:
    wanted = {name: tmp_path / f"o.{name}" for name in (*FORMATS, *FINDING_FORMATS)}
    ran = roadmap("check", *(f"--output={name}:{path}" for name, path in wanted.items()))
    assert ran == roadmap("check")
    for name, path in wanted.items():
        assert path.read_bytes().decode() == roadmap("check", "--format", name).out, name
    assert roadmap("status", "--output", f"csv:{tmp_path / 's:1.csv'}").err == ""
    assert (tmp_path / "s:1.csv").read_bytes().decode() == roadmap("status", "--format", "csv").out


def test_a_windows_path_is_a_path(tmp_path: Path, roadmap: Run) -> None:
    roadmap("check", str(Path(__file__).parent / "sample"), "--output", r"sarif:C:\x.sarif", cwd=tmp_path)
    if os.sep == "/":
        assert [path.name for path in tmp_path.iterdir()] == [r"C:\x.sarif"]


def test_a_file_that_cannot_be_written_is_told_after_the_report(tmp_path: Path, roadmap: Run) -> None:
    good = tmp_path / "good.json"
    ran = roadmap("check", "--output", f"sarif:{tmp_path}/no/a.sarif", "--output", f"json:{good}")
    assert (ran.code, ran.out) == (2, roadmap("check").out)
    assert ran.err == f"roadmap: файл «{tmp_path}/no/a.sarif» не записан: нет такой папки\n"
    assert json.loads(good.read_text(encoding="utf-8"))["files"] == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(("check", "--output", "sarif:-"), "нужно имя файла", id="not to the screen"),
        pytest.param(("check", "--output", "sarif:"), "нужно имя файла", id="no file"),
        pytest.param(("check", "--output", "report.sarif"), "нужно ВИД:ФАЙЛ", id="no format"),
        pytest.param(("check", "--output", "pdf:a.pdf"), ", ".join((*FORMATS, *FINDING_FORMATS)), id="no such format"),
        pytest.param(("gaps", "--output", "sarif:a"), "виды этой команды: table, plain, json, csv\n", id="not there"),
        pytest.param(("gaps", "--format", "sarif"), "годится только table, plain, json, csv\n", id="not on the screen"),
        pytest.param(("check", "--output", "sarif:a", "--output", "junit:./a"), "назван дважды", id="one file twice"),
    ],
)
def test_a_wrong_output_is_told_in_words(args: tuple[str, ...], words: str, tmp_path: Path, roadmap: Run) -> None:
    ran = roadmap(*args, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_name_that_is_no_text_breaks_no_format(tmp_path: Path, process: Run) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\x1b.yaml"
    try:
        with open(name, "wb") as file:
            file.write("title: План\nactivities: нет\n".encode())
    except OSError:
        pytest.skip("this disk has only names that are text")
    for form in (*FORMATS, *FINDING_FORMATS):
        ran = process("check", ".", "--format", form, cwd=tmp_path, PYTHONIOENCODING="utf-8:strict")
        assert (ran.code, ran.err) == (1, ""), form
        assert ran.out
        assert not ACTING.search(ran.out.removeprefix("\ufeff").replace("\r\n", "\n")), form


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("deadlines", "--all"),
        ("gaps",),
        ("link", "--dry-run"),
        ("timeline",),
        ("status", "--format", "ics"),
        ("remind", "--state", "said.db"),
        ("export", "-o", "plans.xlsx"),
        ("export", "--gaps", "-o", "gaps.docx"),
        ("report", "-o", "page.html"),
    ],
    ids=" ".join,
)
def test_file_names_that_are_no_text_break_no_command(command: tuple[str, ...], tmp_path: Path, process: Run) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    row = "activities:\n  - {no: 1, title: Педсовет, deliverable: Приказ, due: до 03.10.2022, owners: Орлова А.А.}\n"
    (folder / "up.yaml").write_text(f"title: План\n{row}", encoding="utf-8")
    try:
        for byte in (b"\x80", b"\x81"):
            with open(os.fsencode(folder) + b"/" + byte + b".yaml", "wb") as file:
                file.write(f"title: План\nfollows: up.yaml\n{row}".encode())
    except OSError:
        pytest.skip("this disk has only names that are text")
    ran = process(*command, cwd=tmp_path)
    assert ran.code in (0, 1), ran.err
    assert "ошибка" not in ran.err


def test_alike_findings_of_two_files_whose_names_are_no_text_have_a_fingerprint_each() -> None:
    found = [finding("слово", path=f"plans/{mark}.yaml") for mark in ("\udc80", "\udc81")]
    assert len(problems(shown("gitlab", found))) == 2


def test_junit_stays_xml_for_other_encodings() -> None:
    out = shown("junit", [finding("слово ]]> & <b>")], screen=Screen(encoding="cp1251"))
    (case,) = ET.fromstring(out.encode("cp1251")).iter("testcase")
    assert case.get("name") == "RM203 lost-dash: слово ]]> & <b>"
