"""SARIF 2.1.0, which code scanning reads: the rules that were met, with their manuals, and all findings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from roadmap_cli import __version__
from roadmap_cli.manuals import manuals
from roadmap_cli.render.findings import ending, findings, message, placed, title
from roadmap_cli.render.json import encoder
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from roadmap_cli.manuals import Manual
    from roadmap_cli.render import Screen
    from roadmap_cli.render.findings import Found
    from roadmap_cli.report import Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, screen: Screen) -> str:
    """A log with one run; it does not depend on the machine or the day."""
    met: dict[str, Found] = {}
    every = list(findings(report))
    for found in every:
        met.setdefault(found["code"], found)
    codes = sorted(met)
    known = {manual.code: manual for manual in manuals()}
    driver = {
        "name": "roadmap",
        "version": __version__,
        "language": "ru",
        "rules": [_rule(met[code], known.get(code)) for code in codes],
    }
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {"driver": driver},
        "language": "ru",
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, index[found["code"]], screen) for found in every],
    }
    return encoder(screen)({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(found: Found, manual: Manual | None) -> dict[str, Any]:
    short = manual.sentence if manual else title(found)
    full = " ".join(filter(None, (short, manual.why))) if manual else short
    text = f"{full}\n\nПлохо:\n{manual.bad}\n\nХорошо:\n{manual.good}" if manual else full
    return {
        "id": found["code"],
        "name": found["name"],
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": text},
        "defaultConfiguration": {"level": manual.severity if manual else found["severity"]},
    }


def _result(found: Found, rule: int, screen: Screen) -> dict[str, Any]:
    region = {"startLine": found["line"], "startColumn": found["column"]}
    end = ending(found)
    if end is not None:
        region |= {"endLine": end[0], "endColumn": end[1]}
    result = {
        "ruleId": found["code"],
        "ruleIndex": rule,
        "level": found["severity"],
        "message": {"text": _text(message(found))},
        "locations": [{"physicalLocation": _physical(found["path"], region, screen)}],
        "partialFingerprints": {"roadmap/v1": found["fingerprint"]},
    }
    related = [_related(number, one, screen) for number, one in enumerate(found["related"], 1)]
    return result | ({"relatedLocations": related} if related else {})


def _related(number: int, one: Found, screen: Screen) -> dict[str, Any]:
    region = {"startLine": one["line"], "startColumn": one["column"]}
    return {
        "id": number,
        "message": {"text": _text(visible(one["message"]))},
        "physicalLocation": _physical(one["path"], region, screen),
    }


def _physical(path: str, region: dict[str, int], screen: Screen) -> dict[str, Any]:
    """The file as a relative URI with its base, or as an absolute one where it lies outside the repository."""
    whole = placed(path, screen)
    name = whole.encode("utf-8", "surrogateescape")
    if os.path.isabs(whole):
        file = {"uri": f"file:///{quote(name, safe='/:').lstrip('/')}"}
    else:
        file = {"uri": quote(name), "uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": file, "region": region}


def _text(said: str) -> str:
    """The message without what SARIF would take for a link «[words](address)»."""
    return said.replace("](", "] (")
