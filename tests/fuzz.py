"""Plans that nobody would write, for a bounded time: `python tests/fuzz.py --seconds 60`; each crash becomes a fixture.

Text → nodes → plan → checks → every format at several widths and encodings: nothing raises, nothing acts on a terminal,
JSON, CSV and the page can be read again.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import re
import sys
import tempfile
import time
import traceback
from datetime import date
from pathlib import Path

import html5lib
from docx import Document
from openpyxl import load_workbook

from roadmap_cli.checks import check_project, run_checks
from roadmap_cli.encoding import read_lines
from roadmap_cli.exporting import ENDINGS, written
from roadmap_cli.exporting.certificate import certificate
from roadmap_cli.exporting.gaps import gaps_paper
from roadmap_cli.exporting.plans import plans_paper
from roadmap_cli.project import load
from roadmap_cli.render import CALENDAR_FORMATS, FINDING_FORMATS, FORMATS, Screen, render
from roadmap_cli.render.html import page_html
from roadmap_cli.report.check import check_report
from roadmap_cli.report.deadlines import deadlines_report, warnings
from roadmap_cli.report.gaps import gaps_report
from roadmap_cli.report.material import material_of
from roadmap_cli.report.page import page_of
from roadmap_cli.report.status import Filters, load_report, status_report
from roadmap_cli.report.timeline import timeline_report
from roadmap_cli.settings import Settings
from roadmap_cli.survey import survey

ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
KEYS = """
title organization school_year follows order participants people activities no id deliverables deliverable text due
owners done evidence section period for covers cancelled moved note срок название ответственные x-а нет
""".split()  # noqa: SIM905 (a list of words is longer)
WORDS = (
    "до 15.10.2022", "ежемесячно до 5 числа", "31.02.2023", "постоянно", "Савина И.А., Слепкова Н.А.", "2022-2023",
    "зам. директора по УВР", "a.yaml", "../..", "=1+1", "::error::x%0A", "<b>&amp;", "\x1b[31m", "\u202e", "~",
    "\u2028", "1", "[", "]", "{", "}", "*a", "&a", "!!str", "|", ">", "#х", "'", '"', "\t", "\r", "ё", "😀",
    "[bold]", "[/]", "\ud7ff",
)  # fmt: skip


def main() -> int:
    """Run until the time is over; the text of each failure is written out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    folder = tempfile.TemporaryDirectory()
    os.chdir(folder.name)
    end, number, failed = time.monotonic() + asked.seconds, asked.seed, 0
    while time.monotonic() < end:
        number += 1
        data = text_of(random.Random(number))
        try:
            judge(data)
        except Exception:
            failed += 1
            sys.stdout.write(f"seed {number}: {data!r}\n{traceback.format_exc()}\n")
    sys.stdout.write(f"{number - asked.seed} plans, {failed} failures\n")
    return 1 if failed else 0


def text_of(dice: random.Random) -> bytes:
    """A plan of odd values, then in two cases of three some bytes changed."""
    activities = [{key: value(dice, 2) for key in dice.sample(KEYS, 6)} for _ in range(dice.randrange(5))]
    plan = {key: value(dice, 3) for key in dice.sample(KEYS, dice.randrange(9))}
    plan |= {"title": value(dice, 1), "activities": activities} if dice.random() < 0.9 else {}
    data = bytearray(json.dumps(plan, ensure_ascii=dice.random() < 0.3, indent=dice.choice((None, 1))).encode())
    for _ in range(dice.choice((0, 1, 30))):
        at = dice.randrange(len(data))
        new = dice.choice((bytes([dice.randrange(256)]), b"\n", b"", dice.choice(WORDS).encode()))
        data[at : at + dice.randrange(3)] = new
        data = data or bytearray(b"a")
    return bytes(data)


def value(dice: random.Random, depth: int) -> object:
    """A phrase, or a list or a mapping of them."""
    kind = dice.random()
    if depth and kind < 0.15:
        return [value(dice, depth - 1) for _ in range(dice.randrange(4))]
    if depth and kind < 0.3:
        return {key: value(dice, depth - 1) for key in dice.sample(KEYS, dice.randrange(4))}
    return " ".join(dice.choice(WORDS) for _ in range(dice.randrange(4)))


def judge(data: bytes) -> None:
    """The whole way of one plan that also follows a sound one; an assertion or any exception is a failure."""
    Path("a.yaml").write_bytes(data)
    Path("b.yaml").write_bytes(data.replace(b"{", b'{"follows": "a.yaml", ', 1))
    files, day = ["a.yaml", "b.yaml"], date(2022, 10, 20)
    project = load(files, settings_of)
    traced = survey(files, settings_of)
    found = run_checks(files, settings_of).findings
    checked = check_report(found, files, read_lines)
    reports = [checked, status_report(project, day, Filters()), load_report(project, day, Filters())]
    reports.append(deadlines_report(warnings(project, day, None, everything=True), day, 0, project))
    reports += [gaps_report(traced.pairs, view) for view in ("details", "summary", "matrix")] if traced.pairs else []
    reports += [timeline_report(project, day, "", by_owner) for by_owner in (False, True)]
    for report in reports:
        more = FINDING_FORMATS if report is checked else CALENDAR_FORMATS if report.agenda else ()
        for name in (*FORMATS, *more):
            for screen in (Screen(40), Screen(100, True), Screen(130, False, "ascii"), Screen(80, False, "cp1251")):
                seen(name, "".join(render(report, name, screen)), screen)
    material = material_of(project, day)
    papers = [certificate(material), plans_paper(material, ".xlsx", marked=True)]
    papers += [gaps_paper(traced.pairs, ".docx")] if traced.pairs else []
    for paper in papers:
        for ending in ENDINGS:
            if paper.pages:
                opened(ending, written(paper, ending))
    page = page_of(material, check_project(project))
    seen("html", "".join(page_html(page)), Screen())


def settings_of(path: str) -> Settings:
    """The settings of every plan."""
    return Settings(".")


def seen(name: str, text: str, screen: Screen) -> None:
    """Whether an output keeps its promises."""
    bare = re.sub("\x1b\\[[0-9;]*m", "", text) if screen.color and name == "table" else text
    found = ACTING.findall(bare)
    assert not found, found
    text.encode(screen.encoding, "backslashreplace")
    if name in ("json", "gitlab", "sarif"):
        json.loads(text)
    elif name == "html":
        html5lib.HTMLParser(strict=True).parse(text)
    elif name == "csv":
        list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True))


def opened(ending: str, data: bytes) -> None:
    """Whether the libraries of others read a document, and its texts act on nothing."""
    if ending == ".docx":
        document = Document(io.BytesIO(data))
        said = [paragraph.text for paragraph in document.paragraphs]
    elif ending == ".xlsx":
        cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type in ("f", "e") for cell in cells)
        said = [str(cell.value) for cell in cells]
    else:
        said = [data.decode()]
    found = [text for text in said if ACTING.search(text)]
    assert not found, found


if __name__ == "__main__":
    sys.exit(main())
