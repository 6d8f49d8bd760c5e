"""Plans that state their own findings: `# expect: RM203` ends the line that a finding points at.

Adding a file to tests/cases adds a test: what `run_checks` finds in it is exactly what it expects, line by line, no
more and no less. A file without expectations has no findings at all; `# silent: RM203 …` in its head says which checks
it comes near to. Plans that need a parent stand beside it in a folder of their own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.checks import discover, run_checks
from roadmap_cli.errors import READING
from roadmap_cli.settings import Settings

if TYPE_CHECKING:
    from roadmap_cli.model import Finding

CASES = Path(__file__).parent / "cases"
FILES = sorted(path.relative_to(CASES).as_posix() for path in CASES.rglob("*.yaml"))
EXPECT = re.compile(r"# expect: (RM\d{3}(?:, RM\d{3})*)$")
SILENT = re.compile(r"^# silent: (RM\d{3}(?: RM\d{3})*)$")


def lines(name: str) -> list[str]:
    return (CASES / name).read_text(encoding="utf-8").split("\n")


def expected(name: str) -> list[tuple[int, str]]:
    found = []
    for number, line in enumerate(lines(name), 1):
        if match := EXPECT.search(line):
            found += [(number, code) for code in match[1].split(", ")]
        else:
            assert "expect:" not in line, f"{name}:{number}: an expectation that is not understood"
    return sorted(found)


def silent(name: str) -> set[str]:
    return {code for line in lines(name) if (match := SILENT.match(line)) for code in match[1].split()}


def checked(name: str) -> tuple[Finding, ...]:
    return run_checks([str(CASES / name)], lambda path: Settings(str(CASES))).findings


def found(name: str) -> list[tuple[int, str]]:
    return sorted((finding.span.line, finding.code) for finding in checked(name))


@pytest.mark.parametrize("name", FILES)
def test_a_plan_has_the_findings_it_states(name: str) -> None:
    assert found(name) == expected(name)


@pytest.mark.parametrize("name", FILES)
def test_findings_point_into_the_file(name: str) -> None:
    path = str(CASES / name)
    text = lines(name)
    for finding in checked(name):
        span = finding.span
        assert span.path == path
        assert 1 <= span.line <= span.end_line <= len(text)
        assert 1 <= span.column <= len(text[span.line - 1]) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        for other in finding.related:
            assert other.span.path.startswith(str(CASES))
            assert other.message


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("silent-")])
def test_the_name_of_a_case_says_its_code(name: str) -> None:
    code = name[:5].upper()
    assert re.fullmatch(r"rm\d{3}-[a-z-]+(/[a-z0-9-]+)?\.yaml", name)
    siblings = [one for one in FILES if one.split("/")[0] == name.split("/")[0]]
    assert code in {c for one in siblings for _, c in expected(one)}
    assert silent(name) == set()


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("silent-")])
def test_a_silent_case_says_what_it_is_silent_on(name: str) -> None:
    assert expected(name) == []
    assert silent(name)


CODES = [*sorted(READING), *(one.code for one in discover())]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_case_and_a_silent_case(code: str) -> None:
    assert any(code == c for name in FILES for _, c in expected(name)), "no case expects it"
    assert any(code in silent(name) for name in FILES), "no silent case comes near it"


def test_cases_expect_only_codes_that_exist() -> None:
    named = {c for name in FILES for _, c in expected(name)} | {c for name in FILES for c in silent(name)}
    assert named <= set(CODES)
