"""The gallery of errors: every message of the program with the bad file or call that gives it, word for word.

A file of tests/gallery is a case: a title, what to do, then files («=== name (how it is made)»), commands
(«=== $ roadmap …») with what they say, stderr before stdout, and their exit codes. `pytest --update-golden` rewrites
what is said, and docs/messages.md, which is made of the cases.
"""

from __future__ import annotations

import ast
import errno
import os
import re
import runpy
import shlex
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from roadmap_cli.encoding import _REFUSALS, _SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "roadmap_cli"
PAGE = runpy.run_path(str(ROOT / "scripts" / "make_messages.py"))
CASES = {case.name: case for case in PAGE["cases"]()}


def contents(recipe: str, text: str) -> bytes:
    """The bytes of a file: in «bytes» «\\xd0» is a byte, «\\u00a0» a character, and the last line has no end."""
    if recipe == "bytes":
        return re.sub(
            rb"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})",
            lambda m: bytes([int(m[1], 16)]) if m[1] else chr(int(m[2], 16)).encode(),
            text.removesuffix("\n").encode(),
        )
    if recipe.startswith("×"):
        return text.removesuffix("\n").encode() * int(recipe[1:])
    return text.encode(recipe if recipe in PAGE["RECIPES"] and recipe[:3] in ("cp1", "cp8", "koi", "utf") else "utf-8")


def make(folder: Path, made: Any) -> None:
    """One file of a case."""
    path = folder / made.name
    path.parent.mkdir(parents=True, exist_ok=True)
    how, _, target = made.recipe.partition(" → ")
    if how == "folder":
        path.mkdir()
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "link":
        path.symlink_to(target)
    else:
        path.write_bytes(contents(how, made.text))
    if how in ("locked", "read-only"):
        path.chmod(0o000 if how == "locked" else 0o444)


def commit(folder: Path) -> None:
    """Commit everything to a repository in the folder."""
    settings = ("user.name=x", "user.email=x@example.org", "commit.gpgsign=false")
    git = ["git", "-C", str(folder), *(word for one in settings for word in ("-c", one))]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "план"]):
        subprocess.run([*git, *words], check=True, capture_output=True)


def needs_rights(case: Any) -> bool:
    """Whether a case is about a file that must not be read, which root may."""
    return any(getattr(step, "recipe", "") == "locked" for step in case.steps)


def play(case: Any, folder: Path, roadmap: Callable[..., Any]) -> Any:
    """The case with what its commands say now."""
    steps = []
    for step in case.steps:
        if hasattr(step, "command"):
            words = shlex.split(step.command)
            env = {}
            while "=" in words[0]:
                name, _, env[name] = words.pop(0).partition("=")
            assert words[0] == "roadmap"
            ran = roadmap(*words[1:], cwd=folder, **env)
            said = (ran.err + ran.out).replace(str(folder.resolve()), "/работа")
            step = step._replace(output=said, code=ran.code)
        elif hasattr(step, "recipe"):
            make(folder, step)
        else:
            commit(folder)
        steps.append(step)
    return case._replace(steps=tuple(steps))


@pytest.mark.parametrize("name", CASES)
def test_a_case_says_what_it_states(
    name: str, tmp_path: Path, roadmap: Callable[..., Any], update_golden: bool
) -> None:
    case = CASES[name]
    if needs_rights(case) and os.geteuid() == 0:
        pytest.skip("root may read everything")
    played = play(case, tmp_path, roadmap)
    file = PAGE["GALLERY"] / f"{name}.txt"
    if update_golden:
        file.write_text(played.text(), encoding="utf-8")
    assert played.text() == file.read_text(encoding="utf-8")
    for call in played.calls:
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]|Traceback|[a-z]Error", call.output)


# What makes a message. Plans that an edit refuses have their own table of cases in test_edit.py, and documents that
# cannot be imported, which are no texts, in test_import_refusals.py.
MAKERS = {
    "problem",
    "self.tell",
    "self._tell",
    "reader.tell",
    "Remark",
    "RoadmapError",
    "click.BadParameter",
    "_Cause",
    "_Refused",
    "remark",
}
FILES = {
    path.relative_to(SOURCES).as_posix(): path
    for path in sorted(SOURCES.rglob("*.py"))
    if path.parent.name not in ("edit", "importing")
}
UNREACHED = {
    "baseline.py: RoadmapError(f'файл «{shown}» не читается: {refusal(error)}')": "for root, who may read everything",
    "cli/__init__.py: remark(f'roadmap: вывод не записан": "needs a full disk",
    "cli/__init__.py: remark(f'roadmap: ошибка в самой программе": "needs a bug in the program",
    "cli/check.py: remark(line)": "hands on what the report says",
    "cli/gaps.py: remark(line)": "hands on what the report says",
    "cli/parse.py: RoadmapError('стандартный ввод не читается": "needs a stdin that fails",
    "cli/remind.py: remark('roadmap: стандартный вывод закрыт": "needs a closed stdout",
    "cli/parse.py: RoadmapError('читать нечего": "needs a closed stdin",
    "cli/shells.py: RoadmapError": "needs an older click",
    "cli/remind.py: remark(f'roadmap: напоминания уже рассылает": "needs another run that holds the ledger",
    "ledger.py: RoadmapError(f'«{visible(path)}» — не журнал": "needs a database of another program",
    "ledger.py: RoadmapError(f'журнал напоминаний «{visible(path)}» сделан": "needs a database of a newer program",
    "extras.py: RoadmapError": "needs a library that is not there",
    "exporting/xlsx.py: RoadmapError": "needs a text of 33,000 characters",
    "output.py: RoadmapError(f'файл «{visible(path)}» уже есть": "needs a file that appears meanwhile",
    "pool.py: RoadmapError": "needs a process that the system has ended",
    "syntax.py: _Cause('табуляция перед текстом": "only the parser that is written in Python complains so",
}
"""Messages without a case, by the beginning of their call, and why."""


class Site(NamedTuple):
    """A call that makes a message: its file and its place there, as the interpreter has it."""

    file: str
    place: tuple[int | None, int | None, int | None, int | None]
    words: str


@cache
def sites() -> tuple[Site, ...]:
    """Every call that makes a message."""
    found = []
    for name, path in FILES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called not in MAKERS:
                continue
            place = (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)
            found.append(Site(name, place, ast.unparse(node)))
    return tuple(found)


@contextmanager
def watched() -> Iterator[set[Site]]:
    """The sites that are reached meanwhile, filled at the end."""
    names = {str(path): name for name, path in FILES.items() if any(site.file == name for site in sites())}
    seen: set[tuple[CodeType, int]] = set()

    def each(frame: FrameType, event: str, _: object) -> Any:
        if event == "opcode":
            seen.add((frame.f_code, frame.f_lasti))
        return each

    def enter(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in names:
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return each

    reached: set[Site] = set()
    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield reached
    finally:
        sys.settrace(before)
        places = {(site.file, site.place): site for site in sites()}
        tables: dict[CodeType, list[Any]] = {}
        for code, at in seen:
            if code not in tables:
                tables[code] = list(code.co_positions())
            site = places.get((names[code.co_filename], tables[code][at // 2]))
            reached |= {site} if site else set()


def test_every_message_is_in_the_gallery(tmp_path: Path, roadmap: Callable[..., Any]) -> None:
    with watched() as reached:
        for number, case in enumerate(CASES.values()):
            if not (needs_rights(case) and os.geteuid() == 0):
                (tmp_path / str(number)).mkdir()
                play(case, tmp_path / str(number), roadmap)
    missing = {f"{site.file}: {site.words[:200]}" for site in set(sites()) - reached}
    excused = {line for line in missing if any(line.startswith(key) for key in UNREACHED)}
    assert not missing - excused, "\n".join(sorted(missing - excused))
    needless = {key for key in UNREACHED if not any(line.startswith(key) for line in missing)}
    assert needless <= {key for key in UNREACHED if os.geteuid() and "root" in UNREACHED[key]}


def test_every_reason_for_an_unreadable_file_is_in_the_gallery() -> None:
    said = "".join(call.output for case in CASES.values() for call in case.calls)
    reasons = {*_REFUSALS.values(), *(message for _, message in _SIGNATURES)}
    # The first needs a run out of handles, the second a file that becomes a folder while it is opened.
    assert {one for one in reasons if one not in said} == {_REFUSALS[errno.EMFILE], _REFUSALS[errno.EISDIR]}


def test_titles_are_told_apart_by_their_anchors() -> None:
    titles = [*(case.title for case in CASES.values()), *(title for title, _ in PAGE["SECTIONS"].values())]
    anchors = [PAGE["_anchor"](title) for title in titles]
    assert {one for one in anchors if anchors.count(one) > 1} == set()


def test_the_page_is_what_the_script_writes(update_golden: bool) -> None:
    page = PAGE["page"]()
    if update_golden:
        PAGE["TARGET"].write_text(page, encoding="utf-8")
    assert PAGE["TARGET"].read_text(encoding="utf-8") == page
