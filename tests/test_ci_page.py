"""docs/ci.md and the hooks for pre-commit: the examples are what their services accept, and their commands work."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from roadmap_cli.render import FINDING_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "sample"
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
PARTS = [part.partition("\n") for part in PAGE.split("\n## ")]
EXAMPLES = {name: block for name, _, text in PARTS for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)}
SCHEMAS = {"GitHub Actions": "github-workflows", "GitLab CI": "gitlab-ci", "Gitea Actions": "github-workflows"}
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from scalars(one)
    elif isinstance(value, str):
        yield value


def commands() -> list[str]:
    """Every `roadmap …` of the page's examples, without what reads its output."""
    words = [one for text in EXAMPLES.values() for one in scalars(yaml.safe_load(text))]
    words += [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    words += re.findall(r"`(roadmap \w+ --[^`]*)`", PAGE)
    return sorted({word.partition(" | ")[0] for word in words if re.match(r"roadmap \w+( |$)", word)})


def test_the_page_has_its_examples() -> None:
    assert list(EXAMPLES) == [*SCHEMAS, "pre-commit"]
    assert PAGE.count("```yaml") == len(EXAMPLES)
    assert len(commands()) > 4


@pytest.mark.parametrize("service", SCHEMAS)
def test_an_example_is_what_the_service_accepts(service: str, tmp_path: Path) -> None:
    (tmp_path / "ci.yml").write_text(EXAMPLES[service], encoding="utf-8")
    schema = f"vendor.{SCHEMAS[service]}"
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    ran = subprocess.run([*words, str(tmp_path / "ci.yml")], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_page_works(command: str, tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    folder = tmp_path / "repository"
    shutil.copytree(SAMPLE, folder)
    before = set(folder.iterdir())
    ran = roadmap(*shlex.split(command)[1:], cwd=folder)
    assert ran.code in (0, 1), ran.err
    assert {path.name for path in set(folder.iterdir()) - before} == set(re.findall(r"--output \w+:(\S+)", command))


@pytest.mark.parametrize("service", ["GitHub Actions", "GitLab CI"])
def test_the_reports_that_are_written_are_those_that_are_taken(service: str) -> None:
    text = EXAMPLES[service]
    written = set(re.findall(r"--output \w+:(\S+)", text))
    assert written == set(re.findall(r"(?:sarif_file|codequality|junit): (\S+)", text))


def test_the_page_explains_every_format() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [
        name for name in ("github", "sarif", "gitlab", "junit", "rdjsonl") if name in FINDING_FORMATS
    ]


# pre-commit


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        pytest.param("plans/a.yaml", True, id="a plan"),
        pytest.param("район/plans/schools/a.yml", True, id="a plan in a folder below"),
        pytest.param("plans/roadmap.yaml", False, id="the settings are no plan"),
        pytest.param("plans/.draft.yaml", False, id="hidden files are no plans"),
        pytest.param("plans/a.md", False, id="another kind of file"),
        pytest.param("myplans/a.yaml", False, id="another folder"),
        pytest.param("a.yaml", False, id="no folder"),
    ],
)
def test_the_hook_takes_what_the_program_takes_for_a_plan(path: str, taken: bool) -> None:
    hook = HOOKS["roadmap-check"]
    assert bool(re.search(hook["files"], path) and not re.search(hook["exclude"], path)) is taken


def test_the_page_names_the_hooks_that_there_are() -> None:
    (repo,) = yaml.safe_load(EXAMPLES["pre-commit"])["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == list(HOOKS)
    assert {hook["language"] for hook in HOOKS.values()} == {"python"}


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_runs_a_command_of_the_program(name: str, roadmap: Callable[..., Ran]) -> None:
    hook = HOOKS[name]
    files = ["plans/schools/school-3.yaml"] if hook.get("pass_filenames", True) else []
    ran = roadmap(*shlex.split(hook["entry"])[1:], *files)
    assert (ran.code, ran.err) == (1, "")
