"""Checks and traces many plans with roadmap, in turn with a plain YAML load of the same files, and prints the ratios.

    python benchmarks/plans.py [--schools 1000] [--rounds 3]
    pip install yamllint check-jsonschema      for the two rows beside it

The plans are the school's plan of this repository, each with another school, other people and other days. A row is
the median of the rounds: processor seconds of the process and its children, seconds on the clock, and the memory of
the largest process; the ratio is that of the runs taken in turn. yamllint and check-jsonschema get a tenth of the
files.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PLANS = Path(__file__).parents[1] / "plans"
SURNAMES = "Орлова Титов Гусева Котов Белова Зимин Рябова Соколов Вершинина Громов Лапина Юдин".split()  # noqa: SIM905
LOAD = """
import glob, sys, yaml
for name in glob.glob(sys.argv[1] + "/schools/*.yaml"):
    yaml.load(open(name, "rb"), yaml.CSafeLoader)
"""


class Run(NamedTuple):
    """What one run took: processor seconds, seconds on the clock, MiB of the largest process."""

    cpu: float
    wall: float
    peak: float


def make(folder: Path, schools: int) -> None:
    """The municipal plan and as many plans of schools, the same at every call."""
    chance = random.Random(1)
    text = (PLANS / "schools" / "school-6.yaml").read_text(encoding="utf-8")
    (folder / "schools").mkdir(parents=True)
    shutil.copy(PLANS / "municipal.yaml", folder)
    for number in range(1, schools + 1):
        plan = text.replace("СОШ№6", f"СОШ № {number}")
        plan = re.sub(r"[А-Я][а-я]+(?= [А-Я]\.[А-Я]\.)", lambda _: chance.choice(SURNAMES), plan)
        plan = re.sub(r"\b[0-3]\d(?=\.\d\d\.20\d\d)", lambda _: f"{chance.randrange(1, 29):02}", plan)
        (folder / "schools" / f"school-{number:05}.yaml").write_text(plan, encoding="utf-8")


def run(command: list[str]) -> Run:
    """One run of a command; its findings do not matter, a crash does."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, time.perf_counter() - start, used.ru_maxrss / 1024)


def row(name: str, command: list[str], yardstick: list[str], rounds: int) -> None:
    """Run both in turn and print the medians and their ratio."""
    taken = [(run(command), run(yardstick)) for _ in range(rounds)]
    cpu, wall = (statistics.median(getattr(one, what) for one, _ in taken) for what in ("cpu", "wall"))
    ratios = [
        statistics.median(getattr(one, what) / getattr(other, what) for one, other in taken) for what in ("cpu", "wall")
    ]
    peak = max(one.peak for one, _ in taken)
    print(f"{name:26} {cpu:8.2f} {wall:8.2f} {peak:8.1f} {ratios[0]:10.2f} {ratios[1]:10.2f}", flush=True)


def main() -> None:
    """Make the plans in a temporary folder, run every row, take the folder away."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    roadmap = [sys.executable, "-m", "roadmap_cli"]
    with tempfile.TemporaryDirectory() as base:
        folder, some = Path(base) / "all", Path(base) / "some"
        make(folder, asked.schools)
        make(some, max(asked.schools // 10, 1))
        load, load_some = ([sys.executable, "-c", LOAD, str(one)] for one in (folder, some))
        print(f"{asked.schools} plans, {asked.rounds} rounds, {os.cpu_count()} processors")
        print(f"{'':26} {'cpu, s':>8} {'wall, s':>8} {'MiB':>8} {'cpu ratio':>10} {'wall ratio':>10}")
        row("yaml.load", load, load, asked.rounds)
        for name in ("check", "gaps"):
            command = [*roadmap, name, str(folder), "--format", "json"]
            row(f"{name}, one process", [*command, "--jobs", "1"], load, asked.rounds)
            row(name, command, load, asked.rounds)
        command = [*roadmap, "check", str(some), "--format", "json", "--jobs", "1"]
        row("a tenth: check", command, load_some, asked.rounds)
        if find_spec("yamllint"):
            row("a tenth: yamllint", [sys.executable, "-m", "yamllint", "-d", "relaxed", str(some)], load_some, 1)
        if find_spec("check_jsonschema"):
            schema = Path(base) / "plan.schema.json"
            schema.write_bytes(subprocess.run([*roadmap, "schema"], capture_output=True, check=True).stdout)
            files = sorted(map(str, (some / "schools").iterdir()))
            command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *files]
            row("a tenth: check-jsonschema", command, load_some, 1)


if __name__ == "__main__":
    main()
