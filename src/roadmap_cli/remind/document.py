"""Letters for other systems: the same keys always, days in ISO form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.remind.digest import doubt_words, subject
from roadmap_cli.report import due_document, owner_documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap_cli.remind import Letter, Notice


def document(letters: Sequence[Letter], today: date) -> dict[str, Any]:
    """What is to be said to whom, as one document."""
    return {
        "version": 1,
        "report": "remind",
        "as_of": today.isoformat(),
        "recipients": [
            {
                "name": letter.recipient.name or None,
                "address": letter.recipient.address or None,
                "subject": subject([letter], today),
                "rows": [_row(notice) for notice in letter.notices],
            }
            for letter in letters
        ],
    }


def _row(notice: Notice) -> dict[str, Any]:
    item, deliverable = notice.item, notice.item.deliverable
    return {
        "group": notice.group,
        "threshold": notice.threshold,
        "day": notice.day and notice.day.isoformat(),
        "days_left": notice.left,
        "was": notice.was or None,
        "doubt": doubt_words(deliverable.due if deliverable else None) or None,
        "plan": {"path": item.plan.path, "title": item.plan.title, "organization": item.plan.organization},
        "activity": {"id": item.activity.id, "no": item.activity.no, "title": item.activity.title},
        "deliverable": deliverable.text if deliverable else None,
        "due": due_document(deliverable.due) if deliverable else None,
        "owners": owner_documents(deliverable.owners) if deliverable else [],
        "line": (deliverable or item.activity).span.line,
        "command": f"roadmap done {item.target}" if item.target and deliverable else None,
    }
