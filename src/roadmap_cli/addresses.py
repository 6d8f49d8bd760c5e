"""Mail addresses as people write them: which of them are addresses at all, and the form in which servers take them."""

from __future__ import annotations

import re

_LONGEST = 254
_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x20\x7f]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>[^<>\r\n]*)<(?P<address>[^<>]*)>")


def address(text: str) -> str:
    """The address in a text, its domain in ASCII («почта.рф» in punycode); «» when the text is none.

    One address, without a name, quotes or comments. Other letters than Latin ones before the «@» few servers take and
    Python's mail library does not: such an address is none.
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or not local.isascii() or ".." in f".{local}.":
        return ""
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    if not all(_LABEL.fullmatch(label) for label in ascii_domain.split(".")):
        return ""
    found = f"{local}@{ascii_domain}"
    return found if len(found) <= _LONGEST else ""


def named_address(text: str) -> tuple[str, str]:
    """«Школа <a@example.org>» or «a@example.org» → the name and the address; ("", "") when there is no address."""
    match = _NAMED.fullmatch(text.strip())
    found = address(match["address"] if match else text)
    return (match["name"].strip().strip('"'), found) if match and found else ("", found)
