"""What a confirmed link remembers of the parent's row: whether it has changed since, and which of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap_cli.model import Activity

_WHOLE = 8  # hex digits of the whole row: they decide whether it has changed
_PART = 2  # hex digits of each field: they only tell which one has, and miss one change in 256


def wording(activity: Activity) -> dict[str, tuple[str, ...]]:
    """The fields that a link remembers, as written: a value for each result, or one that is the same for all."""
    results = activity.deliverables
    return {
        "title": (clean(activity.title),),
        "results": _once(result.text for result in results),
        "dues": _once(result.due.text if result.due else "" for result in results),
        "owners": _once(result.owners.text if result.owners else "" for result in results),
    }


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    found = tuple(map(clean, texts))
    return found[:1] if len(set(found)) == 1 else found


def fingerprint(activity: Activity) -> str:
    """Title, results, dates and owners as written, never the number: 8 hex digits for all, then 2 for each field."""
    words = [activity.title]
    for deliverable in activity.deliverables:
        due, owners = deliverable.due, deliverable.owners
        words += [deliverable.text, due.text if due else "", owners.text if owners else ""]
    return _hash(map(clean, words))[:_WHOLE] + "".join(_parts(activity).values())


def same(now: str, stamp: str) -> bool:
    """Whether a row whose fingerprint is `now` is as `stamp` remembers it; its beginning is enough."""
    return now.startswith(stamp[:_WHOLE])


def changed_fields(activity: Activity, stamp: str) -> tuple[str, ...]:
    """The fields of `wording` that are not as the fingerprint remembers them; () when it cannot tell."""
    parts = _parts(activity)
    if len(stamp) != _WHOLE + _PART * len(parts):
        return ()
    old = [stamp[at : at + _PART] for at in range(_WHOLE, len(stamp), _PART)]
    return tuple(name for (name, part), was in zip(parts.items(), old, strict=True) if part != was)


def _parts(activity: Activity) -> dict[str, str]:
    return {name: _hash(texts)[:_PART] for name, texts in wording(activity).items()}


def _hash(texts: Iterable[str]) -> str:
    from hashlib import sha256

    return sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
