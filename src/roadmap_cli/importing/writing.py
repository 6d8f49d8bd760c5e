"""A plan as the YAML of a plan file: texts as they are, quotes only where YAML would take them for something else."""

from __future__ import annotations

import re
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from roadmap_cli.edit.scalar import written
from roadmap_cli.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadmap_cli.importing.draft import Draft, DraftActivity, DraftResult
    from roadmap_cli.model import Move

_WIDTH: Final = 110
_LONG: Final = 96
_FOLDED: Final = re.compile(r"[^\s\x00-\x1f].*")


def yaml_of(draft: Draft, schema: str = "", follows: str = "") -> str:
    """The text of a plan file; `schema` is the path of its JSON Schema for editors, `follows` that of its parent."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += _pair("title", draft.title if tidy(draft.title) else "План", "")
    lines += _pair("organization", draft.organization, "")
    lines += [f"school_year: {draft.school_year}"] if draft.school_year else []
    lines += _pair("follows", follows, "")
    order = [("number", draft.number), ("date", draft.date), ("signed", draft.signed)]
    if any(value for _, value in order):
        said = ", ".join(f"{key}: {written(tidy(value), chr(34), flow=True)}" for key, value in order if value)
        lines.append(f"order: {{{said}}}")
    lines += _pair("approved", draft.approved, "")
    if draft.participants:
        lines.append("participants:")
        for cluster in draft.participants:
            lines += _item(_pair("cluster", cluster.name, "    ") if cluster.name else [])
            lines += ["    schools:", *(f"      - {written(tidy(school), chr(34))}" for school in cluster.schools)]
    lines += _pair("note", draft.note, "")
    lines += ["", "activities:"]
    for number, activity in enumerate(draft.activities):
        lines += [""] * bool(number)
        lines += activity_lines(activity)
    return "\n".join(lines) + "\n"


def activity_lines(activity: DraftActivity, indent: str = "  ") -> list[str]:
    """The lines of an activity as an item of a list at that indent."""
    inner = f"{indent}  "
    lines = [f"{inner}no: {written(tidy(activity.no), chr(34), quoted=True)}"] if activity.no else []
    lines += _pair("title", activity.title, inner, empty=True)
    for key in ("section", "period", "note", "source"):
        lines += _pair(key, getattr(activity, key), inner)
    return _item([*lines, *result_lines(activity.results, inner)], indent)


def result_lines(
    results: Sequence[DraftResult], indent: str, moves: Mapping[int, Sequence[Move]] = MappingProxyType({})
) -> list[str]:
    """The results of an activity: keys of its own when there is one, else a list, what all have in common above it.

    `moves` are those of single results, by their place.
    """
    if len(results) == 1 and not results[0].note and not moves.get(0):
        return list(_single(results[0], indent))
    shared = {key: _common(results, key) for key in ("due", "owners")} if len(results) > 1 else {}
    lines = [line for key, value in shared.items() for line in _pair(key, value, indent)]
    lines += [f"{indent}deliverables:"] if results else []
    for number, result in enumerate(results):
        rest = result._replace(**{key: "" for key, value in shared.items() if value})
        inner = f"{indent}    "
        lines += _item([*_result(rest, inner), *_moves(moves.get(number, ()), inner)], f"{indent}  ")
    return lines


def _moves(moves: Sequence[Move], indent: str) -> list[str]:
    lines = [f"{indent}moved:"] if moves else []
    for move in moves:
        said = zip(("from", "to", "on", "reason"), move, strict=True)
        lines += _item([line for key, text in said for line in _pair(key, text, f"{indent}    ")], f"{indent}  ")
    return lines


def _single(result: DraftResult, indent: str) -> Iterator[str]:
    yield from _pair("deliverable", result.text, indent)
    for key in ("due", "owners", "done", "evidence"):
        yield from _pair(key, getattr(result, key), indent)


def _result(result: DraftResult, indent: str) -> list[str]:
    lines = [line for key, value in zip(result._fields, result, strict=True) for line in _pair(key, value, indent)]
    return lines or [f'{indent}text: ""']


def _common(results: Sequence[DraftResult], key: str) -> str:
    """What all results have alike, which then stands at the activity."""
    said = {getattr(result, key) for result in results}
    return str(said.pop()) if len(said) == 1 else ""


def _item(lines: Sequence[str], indent: str = "  ") -> list[str]:
    """The lines of a mapping as an item of a list: «- » before the first."""
    return [f"{indent}- {lines[0][len(indent) + 2 :]}", *lines[1:]] if lines else [f"{indent}-"]


def _pair(key: str, text: str, indent: str, *, empty: bool = False) -> list[str]:
    """A key with its text: on its line, or folded below it when it is long or has paragraphs."""
    paragraphs = [tidy(line) for line in text.split("\n") if tidy(line)]
    whole = " ".join(paragraphs)
    if not whole:
        return [f'{indent}{key}: ""'] if empty else []
    if len(paragraphs) == 1 and len(indent) + len(key) + len(whole) < _LONG:
        return [f"{indent}{key}: {written(whole, chr(34))}"]
    body = f"{indent}  "
    lines = [
        part
        for line in paragraphs
        for part in wrap(line, _WIDTH - len(body), break_long_words=False, break_on_hyphens=False)
    ]
    return [f"{indent}{key}: >-", *(body + line for line in lines)]
