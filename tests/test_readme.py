"""The READMEs say what is true: their tables are those of the code, their examples are run, CI runs their command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from roadmap_cli.cli import cli
from roadmap_cli.config import SETTING_KEYS
from roadmap_cli.dates import parse_due
from roadmap_cli.loader import FIELDS
from roadmap_cli.report.parse import due_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.ru.md")
EXAMPLE = re.compile(r"```console\n\$ (?P<command>roadmap [^\n]*)\n(?P<output>.*?)```\n", re.DOTALL)
LEFT_OUT = "…\n"
DAYLESS = ("gaps", "link", "diff", "check", "checks", "explain", "import", "parse", "schema", "completion")
WRITING = ("export", "report")  # commands that make a file
# Commands that are no reports.
FORMATLESS = ("done", "undo", "move", "cancel", "assign", "remind", "link", "import", "schema", "completion", *WRITING)
TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[dev]' && .venv/bin/python -m pytest"
SHOW_COMMAND = "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/roadmap status"


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def put(readme: str, old: str, new: str) -> None:
    """Write a block anew, for `--update-golden`."""
    (ROOT / readme).write_text(text_of(readme).replace(old, new, 1), encoding="utf-8")


# Examples


def examples() -> Iterator[tuple[str, str, str]]:
    for readme in READMES:
        for found in EXAMPLE.finditer(text_of(readme)):
            yield readme, found["command"], found["output"]


def run(command: str, roadmap: Callable[..., Ran], folder: Path) -> str:
    """What the command shows on a terminal of 100 columns; one that writes a file does it in a folder of its own."""
    args = shlex.split(command, comments=True)[1:]
    shape = ("--format", "table") if "--format" not in args and args[0] not in FORMATLESS else ()
    here = ROOT
    if args[0] in WRITING:
        here = folder
        for name in ("plans", "tests"):
            (folder / name).symlink_to(ROOT / name)
    ran = roadmap(*args, *shape, cwd=here, COLUMNS="100")
    return ran.out + ran.err


def cut_as(shown: str, output: str) -> str:
    """The output with as many first and last lines as the block has around its «…»."""
    head, gap, tail = f"\n{shown}".partition(f"\n{LEFT_OUT}")
    if not gap:
        return output
    lines = output.splitlines(keepends=True)
    first, last = head.count("\n"), tail.count("\n")
    return "".join((*lines[:first], LEFT_OUT, *(lines[len(lines) - last :] if last else ())))


@pytest.mark.parametrize(("readme", "command", "shown"), list(examples()))
def test_an_example_shows_what_the_program_shows(
    readme: str, command: str, shown: str, roadmap: Callable[..., Ran], update_golden: bool, tmp_path: Path
) -> None:
    output = run(command, roadmap, tmp_path)
    if update_golden:
        block = f"```console\n$ {command}\n%s```\n"
        put(readme, block % shown, block % cut_as(shown, output))
        shown = cut_as(shown, output)
    pattern = ".*".join(re.escape(part) for part in shown.split(LEFT_OUT))
    assert re.fullmatch(pattern, output, re.DOTALL), f"{readme}: {command} shows\n{output}"


@pytest.mark.parametrize("readme", READMES)
def test_no_example_depends_on_the_day(readme: str) -> None:
    for _, command, _ in (one for one in examples() if one[0] == readme):
        assert "--today 2022-10-20" in command or command.split()[1] in DAYLESS, command


def commands() -> Iterator[str]:
    context = click.Context(cli)
    for name in cli.list_commands(context):
        inner = getattr(cli.get_command(context, name), "commands", None)
        yield from (f"{name} {one}" for one in inner) if inner else (name,)


@pytest.mark.parametrize("readme", READMES)
def test_every_command_has_an_example(readme: str) -> None:
    shown = [command for one, command, _ in examples() if one == readme]
    assert [name for name in commands() if not any(one.startswith(f"roadmap {name}") for one in shown)] == []


# Tables


def field_tables() -> dict[str, str]:
    """The table of keys of each level, as the README must have it between its two marks."""
    tables = {}
    for level, fields in FIELDS.items():
        rows = [
            f"| `{f.key}` | `{f.synonym}` | {'да' if f.required else ''} | {f.doc.replace('|', chr(92) + '|')} |\n"
            for f in fields
        ]
        tables[f"keys:{level}"] = "".join(
            ("| Ключ | По-русски | Обязателен | Что значит |\n", "|---|---|---|---|\n", *rows)
        )
    settings = [f"| `{key}` | {doc} |\n" for key, doc in SETTING_KEYS.items()]
    tables["settings"] = "".join(("| Ключ | Что значит |\n", "|---|---|\n", *settings))
    return tables


def between(text: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->\n", text, re.DOTALL)
    assert found, f"README.ru.md has no table «{name}»"
    return found[1]


@pytest.mark.parametrize("name", [*(f"keys:{level}" for level in FIELDS), "settings"])
def test_a_table_of_keys_is_that_of_the_program(name: str, update_golden: bool) -> None:
    expected = field_tables()[name]
    mark = f"<!-- {name} -->\n"
    found = between(text_of("README.ru.md"), name)
    if update_golden:
        put("README.ru.md", mark + found, mark + expected)
        found = expected
    assert found == expected


def test_every_deadline_of_the_table_is_read_as_it_says(update_golden: bool) -> None:
    """The first column is given; how it is understood and which days it means is the program's word."""
    found = between(text_of("README.ru.md"), "dues")
    head, rule, *rows = found.splitlines(keepends=True)
    phrases = [row.split("|")[1].strip().strip("«»") for row in rows]
    assert len(phrases) > 10
    cells = [row.cells for row in due_report([parse_due(phrase, "2022-2023") for phrase in phrases]).tables()[0].rows]
    lines = [
        f"| «{phrase}» | {kind} | {days} | {doubts} |\n"
        for phrase, (_, kind, days, doubts) in zip(phrases, cells, strict=True)
    ]
    expected = "".join((head, rule, *lines))
    if update_golden:
        put("README.ru.md", found, expected)
        found = expected
    assert found == expected


# Commands and links


@pytest.mark.parametrize("readme", READMES)
def test_two_commands_do_the_set_up(readme: str) -> None:
    assert f"```sh\n{SHOW_COMMAND}\n```" in text_of(readme)
    assert f"```sh\n{TEST_COMMAND}\n```" in text_of(readme)


def test_ci_runs_the_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert TEST_COMMAND in [line.strip() for line in script.splitlines()]


@pytest.mark.parametrize(("readme", "other"), [READMES, READMES[::-1]])
def test_each_readme_leads_to_the_other(readme: str, other: str) -> None:
    assert f"]({other})" in text_of(readme)


@pytest.mark.parametrize("readme", READMES)
def test_every_link_to_a_file_leads_somewhere(readme: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(readme))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_exit_codes_are_all_there(readme: str) -> None:
    assert re.findall(r"^\| (\d+) \|", text_of(readme), re.MULTILINE) == ["0", "1", "2", "3", "130"]


def test_the_plan_of_the_readme_is_a_good_plan(tmp_path: Path, roadmap: Callable[..., Ran]) -> None:
    found = re.search(r"```yaml\n(title: .*?)```", text_of("README.ru.md"), re.DOTALL)
    assert found
    (tmp_path / "plan.yaml").write_text(found[1], encoding="utf-8")
    ran = roadmap("check", "plan.yaml", "--fail-on", "note", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, ""), ran.out
