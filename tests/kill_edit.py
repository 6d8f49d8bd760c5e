"""Kills a process that runs `done` and `undo` on a plan without rest, 150 times at any moment.

    python tests/kill_edit.py [TIMES]

After each death the plan must be one of the two texts between which the process goes to and fro.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Event

ROWS = "".join(f'  - no: "{number}"\n    title: Мероприятие {number}\n' for number in range(60))
OLD = f"title: План\nactivities:\n{ROWS}"
NEW = OLD.replace('"7"\n    title: Мероприятие 7\n', '"7"\n    title: Мероприятие 7\n    done: 12.10.2022\n')
EDITOR = """
import itertools, sys
from roadmap_cli.cli import cli
marked = "    done: 12.10.2022" in open(sys.argv[1], encoding="utf-8").read()
for command in itertools.cycle(["undo", "done"] if marked else ["done", "undo"]):
    day = ["--on", "12.10.2022"] if command == "done" else []
    cli.main([command, sys.argv[1], "7", *day], prog_name="roadmap", standalone_mode=False)
    sys.stdout.flush()
"""


def main(times: int) -> int:
    """Kills `times` times; the exit code is 1 when the plan was neither text."""
    left = {OLD: 0, NEW: 0}
    litter = 0
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder, "план.yaml")
        plan.write_text(OLD, encoding="utf-8", newline="\n")
        for _ in range(times):
            editor = subprocess.Popen([sys.executable, "-c", EDITOR, str(plan)], stdout=subprocess.PIPE)
            assert editor.stdout is not None
            editor.stdout.read(1)
            Event().wait(random.random() / 20)
            editor.kill()
            editor.wait()
            editor.stdout.close()
            text = plan.read_bytes().decode()
            if text not in left:
                sys.stdout.write(f"neither the old plan nor the new one:\n{text}")
                return 1
            left[text] += 1
            litter += len(list(Path(folder).iterdir())) - 1
    sys.stdout.write(f"{times} kills: {left[OLD]} old, {left[NEW]} new, {litter} with a hidden file to be cleared up\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 150))
