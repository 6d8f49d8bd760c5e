"""The house of DESIGN §7: arrows only downwards, the edge only in cli/, nothing heavy before it is needed."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "roadmap_cli"
FILES = {path.relative_to(SOURCES).as_posix(): path for path in sorted(SOURCES.rglob("*.py"))}

# From the floor to the roof: a room imports from the rows above its own in this table, and from itself.
LAYERS = (
    ("record", "memo", "__init__"),
    ("text", "model", "addresses"),
    ("dates", "people", "calendar", "selection"),
    ("settings", "recurrence", "errors", "fields", "files"),
    ("syntax", "pool", "output", "comments", "extras"),
    ("encoding",),
    ("source",),
    ("places", "reminders", "keys"),
    ("loader", "suppression", "verdict"),
    ("project", "edit"),
    ("config", "status", "matching", "baseline", "fingerprint", "fixes"),
    ("binding", "timing", "links", "pairing", "history", "schema", "timeline"),
    ("trace", "changes", "targets"),
    ("survey", "consequences", "linking", "amend", "importing"),
    ("checks",),
    ("manuals",),
    ("report",),
    ("remind",),
    ("render", "ledger", "post"),
    ("exporting",),
    ("cli",),
    ("__main__",),
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
# Rooms of one row that may look at each other; modules still form no cycle.
NEIGHBOURS = {("calendar", "dates"), ("dates", "calendar")}

# The only files that may import these.
HOMES = {
    "click": {name for name in FILES if name.startswith("cli/")}
    - {"cli/exits.py", "cli/fixing.py", "cli/known.py", "cli/progress.py", "cli/saving.py"},
    "rich": {"render/table.py"},
    "yaml": {"source.py"},
}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "localtime", "gmtime", "perf_counter", "monotonic"}
# The only file that may change what lies on the disk, and what would do it.
WRITERS = ("edit/disk.py", "output.py", "ledger.py")
WRITING = {
    "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "write", "replace", "rename", "renames", "unlink", "remove",
    "removedirs", "rmdir", "rmtree", "mkdir", "makedirs", "truncate", "ftruncate", "symlink", "link", "chmod",
    "fchmod", "chown", "fchown", "copyfile", "copy2", "NamedTemporaryFile", "mkstemp", "mkdtemp", "TemporaryDirectory",
}  # fmt: skip
HEAVY = ("yaml", "rich", "dateutil", "json", "csv", "sqlite3", "email", "importlib.metadata", "zoneinfo")
MAX_LINES = 400


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


def module(name: str) -> str:
    """«checks/due.py» → «checks.due», «checks/__init__.py» → «checks», the package itself → «__init__»."""
    dotted = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return dotted or "__init__"


def room(name: str) -> str:
    return module(name).split(".")[0]


MODULES = {module(name): name for name in FILES}


def imported(name: str) -> list[tuple[str, int]]:
    """Every module that a file imports, at the top, in a function or for types only, with the line."""
    found = []
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: imports are absolute"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                own = inner.removeprefix("roadmap_cli.") in MODULES and inner != node.module
                found.append((inner if own else str(node.module), node.lineno))
    return found


def own_imports(name: str) -> list[tuple[str, int]]:
    """The modules of the package that a file imports; the package itself is «__init__»."""
    return [
        (target.removeprefix("roadmap_cli").removeprefix(".") or "__init__", line)
        for target, line in imported(name)
        if target.split(".")[0] == "roadmap_cli"
    ]


def test_there_are_sources() -> None:
    assert len(FILES) > 20


def test_every_room_has_its_place_in_the_table() -> None:
    assert {room(name) for name in FILES} == set(LEVEL)


@pytest.mark.parametrize("name", FILES)
def test_arrows_point_only_downwards(name: str) -> None:
    here = room(name)
    wrong = []
    for target, line in own_imports(name):
        there = target.split(".")[0]
        if there == here or (here, there) in NEIGHBOURS:
            continue
        if LEVEL[there] >= LEVEL[here]:
            wrong.append(f"{name}:{line}: {here} → {there}")
    assert wrong == []


def test_modules_form_no_cycle() -> None:
    graph = {module(name): {t for t, _ in own_imports(name)} - {module(name)} for name in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("cycle: " + " → ".join(error.args[1]))


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    users = {name for name in FILES if any(t.split(".")[0] == library for t, _ in imported(name))}
    assert users == HOMES[library]


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("cli/")])
def test_the_clock_the_environment_and_the_output_are_at_the_edge(name: str) -> None:
    wrong = []
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in ("print", "input", "exit", "quit"):
                wrong.append(f"{name}:{node.lineno}: {called.id}()")
            if isinstance(called, ast.Attribute) and called.attr in CLOCK:
                wrong.append(f"{name}:{node.lineno}: .{called.attr}()")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner, attribute = node.value.id, node.attr
            if owner == "os" and attribute in ("environ", "environb", "getenv", "getcwd"):
                wrong.append(f"{name}:{node.lineno}: os.{attribute}")
            if owner == "sys" and attribute in ("stdout", "stderr", "stdin", "argv", "exit"):
                wrong.append(f"{name}:{node.lineno}: sys.{attribute}")
            if owner == "time":
                wrong.append(f"{name}:{node.lineno}: time.{attribute}")
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "sys", "time"):
            taken = {alias.name for alias in node.names} & {"environ", "getenv", "getcwd", "stdout", "argv", "exit"}
            if taken or node.module == "time":
                wrong.append(f"{name}:{node.lineno}: from {node.module} import …")
    assert wrong == []


def writes(name: str) -> list[str]:
    """Where a file opens another one for writing, or changes, makes or removes one."""
    found = []
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            by_owner = owner in ("os", "shutil", "tempfile") and node.attr in WRITING
            if by_owner or node.attr in ("write_text", "write_bytes"):
                found.append(f"{name}:{node.lineno}: .{node.attr}")
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "shutil", "tempfile"):
            taken = WRITING & {alias.name for alias in node.names}
            found += [f"{name}:{node.lineno}: from {node.module} import {one}" for one in sorted(taken)]
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and (getattr(called, "id", "") or getattr(called, "attr", "")) == "open":
            modes = [*node.args, *(word.value for word in node.keywords if word.arg == "mode")]
            said = [set(mode.value) for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
            written = any(mode <= set("rwax+bt") and mode & set("wax+") for mode in said)
            if written and "devnull" not in ast.unparse(node.args[0]):
                found.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("name", [name for name in FILES if name not in WRITERS])
def test_only_the_writers_change_files(name: str) -> None:
    assert writes(name) == []


@pytest.mark.parametrize("name", WRITERS)
def test_the_writers_do_change_files(name: str) -> None:
    """The test above sees what it claims to see."""
    assert writes(name) != []


def files_but(known: dict[str, str]) -> list[object]:
    """All files; those that are known not to keep a rule are expected to fail, until they do."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=known[name])) if name in known else name
        for name in FILES
    ]


@pytest.mark.parametrize("name", list(FILES))
def test_no_file_is_longer_than_four_hundred_lines(name: str) -> None:
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def undocumented(body: list[ast.stmt], prefix: str) -> list[str]:
    found = []
    for node in body:
        if isinstance(node, ast.If | ast.Try):
            branches = [*node.body, *node.orelse, *getattr(node, "finalbody", [])]
            found += undocumented(branches, prefix)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            found.append(prefix + node.name)
        if isinstance(node, ast.ClassDef):
            found += undocumented(node.body, f"{prefix}{node.name}.")
    return found


@pytest.mark.parametrize("name", list(FILES))
def test_every_public_thing_says_what_it_is(name: str) -> None:
    if FILES[name].stat().st_size:
        assert ast.get_docstring(tree(name)), "the module"
    assert undocumented(tree(name).body, "") == []


def test_no_room_for_leftovers() -> None:
    assert not {"utils", "core", "helpers", "common", "misc"} & {part for m in MODULES for part in m.split(".")}


def fresh(code: str, *arguments: str) -> set[str]:
    """The modules that a new interpreter has after `code`; they are told on stderr's last line."""
    ending = "import sys; sys.stderr.write('\\n' + ' '.join(sys.modules))"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ROADMAP_", "PYTHON", "COVERAGE"))}
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"{code}\n{ending}", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=environment,
        cwd=ROOT,
    )
    return set(ran.stderr.splitlines()[-1].split())


def test_a_start_imports_nothing_heavy() -> None:
    brought = fresh("import roadmap_cli.cli") - fresh("import click")
    assert "roadmap_cli.cli" in brought
    assert brought & set(HEAVY) == set()


# As `main` does it, but without its leaving, which would leave nobody to ask.
RUN = "from roadmap_cli.cli import cli; assert not cli.main(standalone_mode=False)"


def test_plain_status_needs_neither_rich_nor_dateutil(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    text = "title: План\nactivities:\n  - {no: 1, title: Приказ, due: до 14.10.2022, owners: Савина И.А.}\n"
    plan.write_text(text, encoding="utf-8")
    brought = fresh(RUN, "status", "--format", "plain", "--today", "2022-10-20", str(plan))
    assert {"yaml", "roadmap_cli.report.status", "roadmap_cli.render.plain"} <= brought
    assert brought & {"rich", "dateutil", "sqlite3", "email", "zoneinfo", "importlib.metadata"} == set()
    assert brought & {"roadmap_cli.checks", "roadmap_cli.manuals", "roadmap_cli.report.explain"} == set()


def test_table_status_brings_rich(tmp_path: Path) -> None:
    """The test above sees what it claims to see."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("title: План\nactivities:\n  - {no: 1, title: Приказ}\n", encoding="utf-8")
    assert "rich" in fresh(RUN, "status", "--format", "table", "--today", "2022-10-20", str(plan))
