"""What checks tell of a plan, for the page: no folders of anybody's machine, each finding at its activity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmap_cli.report.page.anchors import file_name
from roadmap_cli.report.page.values import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.model import Finding
    from roadmap_cli.report.page.rows import Read

_TOLD = ("error", "warning")
_OF_FILES = "RM0"  # findings that may name folders as well
_FOLDERS = re.compile(r"(?<=«)[^«»]*[/\\](?=[^«»/\\]+»)")
_BEFORE_PLANS = re.compile(r"[^\s«»\"'(),;]*[/\\](?=[^\s«»/\\]+\.ya?ml\b)")


def doubts_of(one: Read, findings: Sequence[Finding]) -> tuple[Doubt, ...]:
    """The errors and the warnings in a plan, in the order of their places."""
    found = []
    for finding in findings:
        if finding.severity in _TOLD:
            block = one.block_at(finding.span.line) if finding.activity else None
            number, anchor = (block.number, block.anchor) if block else ("", "")
            found.append(Doubt(number, anchor, finding.severity, _message(finding), finding.code))
    return tuple(found)


def unread_words(path: str, findings: Sequence[Finding]) -> str:
    """«school-9.yaml, строка 3: …»: a file that is no plan, and why."""
    first = next((one for one in findings if one.severity == "error"), None)
    if first is None:
        return file_name(path)
    return f"{file_name(path)}, строка {first.span.line}: {_message(first)}"


def _message(finding: Finding) -> str:
    """The message with files, and folders where it may speak of them, named without what lies above them."""
    said = _BEFORE_PLANS.sub("", finding.message)
    return _FOLDERS.sub("", said) if finding.code.startswith(_OF_FILES) else said
