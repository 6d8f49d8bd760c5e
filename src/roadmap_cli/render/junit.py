"""JUnit XML: a suite for each plan, a case for each finding; errors fail, a clean plan is one passed case."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING

from roadmap_cli.render.findings import findings, legible, message, others, placed, title
from roadmap_cli.report.check import SEVERITIES

if TYPE_CHECKING:
    from roadmap_cli.render import Screen
    from roadmap_cli.render.findings import Found
    from roadmap_cli.report import Report

_NO_XML = re.compile("[\ufffe\uffff]")
_CLEAN = "замечаний нет"


def render(report: Report, screen: Screen) -> str:
    """The suites by path; warnings and notes are passed cases that say what was found."""
    by_path: dict[str, list[Found]] = {path: [] for path in report.files}
    for found in findings(report):
        by_path.setdefault(found["path"], []).append(found)
    every = [found for some in by_path.values() for found in some]
    root = ET.Element("testsuites", {"name": "roadmap check", **_counts(every, _cases(by_path))})
    for path, some in by_path.items():
        root.append(_suite(_xml(legible(placed(path, screen))), some, screen))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    shown = text if screen.encoding.startswith("utf") else text.encode("ascii", "xmlcharrefreplace").decode()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{shown}\n'


def _cases(by_path: dict[str, list[Found]]) -> int:
    return sum(max(len(some), 1) for some in by_path.values())


def _counts(some: list[Found], cases: int) -> dict[str, str]:
    failures = sum(found["severity"] == "error" for found in some)
    return {"tests": str(cases), "failures": str(failures), "errors": "0"}


def _suite(path: str, some: list[Found], screen: Screen) -> ET.Element:
    suite = ET.Element("testsuite", {"name": path, **_counts(some, max(len(some), 1)), "skipped": "0"})
    if not some:
        ET.SubElement(suite, "testcase", {"classname": path, "name": _CLEAN, "file": path})
    named: Counter[str] = Counter()
    for found in some:
        name = _xml(f"{title(found)}: {message(found)}")
        named[name] += 1
        unique = f"{name} ({named[name]})" if named[name] > 1 else name
        case = ET.SubElement(suite, "testcase", {"classname": path, "name": unique, "file": path})
        said = f"{path}:{found['line']}:{found['column']}: {SEVERITIES[found['severity']]}"
        text = _xml("\n".join((said, message(found), *others(found, screen))))
        if found["severity"] == "error":
            shown = {"message": _xml(message(found)), "type": found["code"]}
            ET.SubElement(case, "failure", shown).text = text
        else:
            ET.SubElement(case, "system-out").text = text
    return suite


def _xml(text: str) -> str:
    return _NO_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
