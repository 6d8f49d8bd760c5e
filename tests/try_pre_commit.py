"""Tries the hooks of this repository with real pre-commit on a scratch repository: `python tests/try_pre_commit.py`.

It needs git, pre-commit (`pip install pre-commit`) and a package index, for pre-commit installs the program from here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = '  - {no: "1", title: Приказ, deliverable: Приказ, due: 14.10.2022, owners: Савина И.А.}'
GOOD = f"title: План\nactivities:\n{ROW}\n"
BAD = GOOD.replace("14.10.2022", "31.02.2023")
PARENT = GOOD.replace("Приказ", "Концерт").replace("Савина И.А.", "Руководители ОО")
CHILD = GOOD.replace("title: План\n", "title: План\nfollows: parent.yaml\n")
CONFIG = "repos:\n  - repo: {root}\n    rev: {rev}\n    hooks:\n      - id: roadmap-check\n      - id: roadmap-gaps\n"
CASES = {
    "good plans pass": ({"plans/parent.yaml": GOOD, "plans/school.yaml": CHILD}, True, ()),
    "a bad date stops the commit": ({"plans/bad.yaml": BAD}, False, ("plans/bad.yaml", "31.02.2023")),
    "a gap stops the commit": ({"plans/parent.yaml": PARENT}, False, ("Концерт", "нет в плане")),
    "files elsewhere and settings are nobody's business": ({"notes.yaml": BAD, "plans/roadmap.yaml": "{}\n"}, True, ()),
}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder, with nothing of the user's own git settings and a cache beside the folder."""
    own = {"PRE_COMMIT_HOME": str(folder.parent / "cache"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        words, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, **own}
    )


def git(folder: Path, *words: str) -> str:
    """What git says; it must not fail."""
    ended = run(folder, "git", "-c", "user.name=Проба", "-c", "user.email=proba@example.org", *words)
    if ended.returncode:
        raise SystemExit(f"git {' '.join(words)}: {ended.stderr}")
    return ended.stdout.strip()


def copied(home: Path) -> tuple[Path, str]:
    """A repository of the program as it is on the disk now, and its only commit."""
    program = home / "program"
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if name.startswith(("src/", ".pre-commit-hooks", "pyproject", "README.md", "LICENSE")):
            (program / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, program / name)
    git(program, "init", "--quiet")
    git(program, "add", ".")
    git(program, "commit", "--quiet", "-m", "program")
    return program, git(program, "rev-parse", "HEAD")


def main() -> int:
    """Runs every case as a commit would; the exit code is 1 when one ended otherwise than it should."""
    wrong = 0
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        program, rev = copied(home)
        plans = home / "plans repository"
        plans.mkdir()
        git(plans, "init", "--quiet")
        (plans / ".pre-commit-config.yaml").write_text(CONFIG.format(root=program, rev=rev), encoding="utf-8")
        for name, (files, passes, words) in CASES.items():
            for path, text in files.items():
                (plans / path).parent.mkdir(exist_ok=True)
                (plans / path).write_text(text, encoding="utf-8")
            git(plans, "add", ".")
            ran = run(plans, sys.executable, "-m", "pre_commit", "run", "--color", "never")
            as_wished = (ran.returncode == 0) is passes and all(word in ran.stdout for word in words)
            wrong += not as_wished
            sys.stdout.write(f"ok    {name}\n" if as_wished else f"WRONG {name}\n{ran.stdout}\n{ran.stderr}\n")
            if passes:
                git(plans, "commit", "--quiet", "--no-verify", "-m", name)
            else:
                git(plans, "reset", "--quiet", "--hard")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
