"""A letter as a message for the mail: plain text with a simple HTML part; no word of a plan can become a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.remind.digest import page, subject, text
from roadmap_cli.remind.items import digest
from roadmap_cli.text import clean, visible

if TYPE_CHECKING:
    from datetime import date, datetime
    from email.message import EmailMessage

    from roadmap_cli.remind import Letter


def message(letter: Letter, sender: tuple[str, str], today: date, now: datetime) -> EmailMessage:
    """The message of a letter; `sender` is a name and an address, `now` the time for the header Date.

    The Message-ID is the same whenever the same things are said to the same recipient.
    """
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    name, address = sender
    domain = address.rpartition("@")[2]
    sent = EmailMessage(policy=SMTP)
    sent["From"] = Address(_header(name) or "Дорожная карта", addr_spec=address)
    sent["To"] = Address(_header(letter.recipient.name), addr_spec=letter.recipient.address)
    sent["Subject"] = _header(subject([letter], today))
    sent["Date"] = format_datetime(now)
    sent["Message-ID"] = f"<{message_key(letter)}@{domain}>"
    sent["Auto-Submitted"] = "auto-generated"
    sent["X-Auto-Response-Suppress"] = "All"
    sent["Precedence"] = "bulk"
    sent["List-Id"] = f"<roadmap.{domain}>"
    sent.set_content(text([letter], today, names=False), cte="base64")
    sent.add_alternative(page(letter, today), subtype="html", cte="base64")
    return sent


def message_key(letter: Letter) -> str:
    """Hex digits of all that a letter says."""
    said = sorted(
        f"{n.item.plan_key}\t{n.item.key}\t{n.threshold}\t{n.day or ''}\t{n.item.seen.signature}\t{n.was}"
        for n in letter.notices
    )
    return digest([letter.recipient.key, *said])[:32]


def _header(words: str) -> str:
    return visible(clean(words))
