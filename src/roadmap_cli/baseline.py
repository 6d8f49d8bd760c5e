"""A baseline: findings that are known and let pass, one a line in a text file, so that only new ones fail."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from roadmap_cli.encoding import decode, refusal
from roadmap_cli.errors import RoadmapError
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

VERSION = 1
_HEADER = re.compile(r"# roadmap baseline (?P<version>[0-9]{1,6})(?: (?P<report>[a-z-]+))?.*")
_LINE = re.compile(
    r"(?P<mark>[0-9a-f]{16}) \| (?P<path>.*?) \| (?P<kind>[\w-]+)(?: (?P<amount>[0-9]{1,6}))? \| (?P<words>.*)"
)


class Entry(NamedTuple):
    """A finding as a baseline keeps it: `fingerprint` tells it from others, the rest is for people.

    `path` is the plan that it was found in, relative to the folder of the file; a finding whose `amount` (days late)
    has grown is a new one.
    """

    fingerprint: str
    path: str
    kind: str
    words: str
    amount: int = 0


class Comparison(NamedTuple):
    """Findings against a baseline; `grown` holds the amounts that were known of new findings, by fingerprint."""

    known: tuple[Entry, ...]
    new: tuple[Entry, ...]
    grown: Mapping[str, int]
    vanished: tuple[Entry, ...]


def fingerprint(*parts: str) -> str:
    """Sixteen characters that stand for these words."""
    from hashlib import blake2b

    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def relative(path: str, file: str) -> str:
    """The path as a baseline in `file` names it: from the file's folder, with «/», safe to show."""
    folder = os.path.dirname(os.path.realpath(file))
    return _plain(os.path.relpath(os.path.realpath(path), folder).replace(os.sep, "/"))


def compare(
    found: Iterable[Entry], before: Sequence[Entry], counts: Callable[[Entry], bool], looked: Callable[[str], bool]
) -> Comparison:
    """The findings that count, known or new, and the entries of plans that were looked at which found no finding."""
    amounts = {entry.fingerprint: entry.amount for entry in before}
    seen = set()
    known, new, grown = [], [], {}
    for entry in found:
        seen.add(entry.fingerprint)
        if not counts(entry):
            continue
        amount = amounts.get(entry.fingerprint)
        if amount is not None and entry.amount <= amount:
            known.append(entry)
            continue
        new.append(entry)
        if amount is not None:
            grown[entry.fingerprint] = amount
    vanished = tuple(entry for entry in before if entry.fingerprint not in seen and looked(entry.path))
    return Comparison(tuple(known), tuple(new), grown, vanished)


def written(entries: Iterable[Entry], report: str) -> str:
    """The text of a report's baseline: a header, what the file is for, and the entries by path and words."""
    lines = [
        f"# roadmap baseline {VERSION} {report}",
        f"# Известное: не меняет код выхода «roadmap {report} --baseline». Обновляется с --write-baseline.",
    ]
    for entry in sorted(entries, key=lambda e: (e.path, _natural(e.words), e.kind, e.fingerprint)):
        amount = f" {entry.amount}" if entry.amount else ""
        lines.append(f"{entry.fingerprint} | {_plain(entry.path)} | {entry.kind}{amount} | {_plain(entry.words)}")
    return "\n".join(lines) + "\n"


def read_text(text: str, name: str, report: str) -> tuple[Entry, ...]:
    """The entries of a report's baseline, each once; raises RoadmapError, with `name` and the line, when it is none."""
    if not text.strip():
        raise RoadmapError(f"файл известных находок «{visible(name)}» пуст: создайте его заново с --write-baseline")
    lines = [line.rstrip() for line in text.split("\n")]
    _check_header(lines[0], name, report)
    found: dict[str, Entry] = {}
    for place, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            why = "след слияния git" if re.match("<{7}|={7}|>{7}", line) else "строка не читается"
            raise RoadmapError(
                f"{visible(name)}:{place}: {why}: исправьте строку или создайте файл заново с --write-baseline"
            )
        entry = Entry(match["mark"], match["path"], match["kind"], match["words"], int(match["amount"] or 0))
        double = found.get(entry.fingerprint)
        if double is None or double.amount < entry.amount:
            found[entry.fingerprint] = entry
    return tuple(found.values())


def load(path: str, report: str) -> tuple[Entry, ...]:
    """The entries of a report's baseline; raises RoadmapError when the file cannot be read."""
    if not os.path.lexists(path):
        raise RoadmapError(f"--baseline: нет файла «{visible(path)}»: создайте его с --write-baseline")
    return read_text(_text(path), path, report)


def to_replace(path: str, report: str, *, needed: bool) -> tuple[Entry, ...]:
    """The entries of a file that is about to be written anew; none when there is no file, or an empty one.

    Raises RoadmapError for a file that is not the report's baseline, and, where its entries are `needed` because some
    stay, for one with lines that cannot be read.
    """
    if not os.path.lexists(path):
        return ()
    text = _text(path)
    if not text.strip():
        return ()
    _check_header(text.partition("\n")[0].rstrip(), path, report)
    try:
        return read_text(text, path, report)
    except RoadmapError:
        if needed:
            raise
        return ()


def _text(path: str) -> str:
    shown = visible(path)
    if not os.path.isfile(path):
        raise RoadmapError(f"«{shown}» — не обычный файл: назовите файл с известными находками")
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError) as error:
        raise RoadmapError(f"файл «{shown}» не читается: {refusal(error)}") from error
    text, findings = decode(data, path)
    if text is None:
        raise RoadmapError(f"файл «{shown}» не читается: {findings[0].message}")
    return text


def _check_header(line: str, name: str, report: str) -> None:
    shown = visible(name)
    header = _HEADER.fullmatch(line)
    if header is None:
        raise RoadmapError(
            f"«{shown}» — не список известных находок: первая строка не «# roadmap baseline {VERSION} {report}»; "
            "назовите другой файл или создайте новый с --write-baseline"
        )
    if int(header["version"]) > VERSION:
        raise RoadmapError(f"«{shown}» записан более новой программой (версия {header['version']}): обновите roadmap")
    if header["report"] != report:
        other = f"записан командой «roadmap {header['report']}», а не «roadmap {report}»"
        raise RoadmapError(f"«{shown}» {other}: назовите другой файл")


def _plain(text: str) -> str:
    """The text on one line, without the sign that stands between two columns."""
    return visible(text).replace(" | ", " / ")


def _natural(text: str) -> list[str | int]:
    return [int(part) if i % 2 else part for i, part in enumerate(re.split("([0-9]{1,18})", text))]
