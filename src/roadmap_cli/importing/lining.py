"""Several results, deadlines and people in one row: lined up when their counts agree, else kept together and noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.importing.headings import is_due
from roadmap_cli.model import Person
from roadmap_cli.people import parse_owners
from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Paragraphs = Sequence[str]

_BULLET: Final = re.compile(r"(?:[-–—•*·▪‣○●]|\d{1,2}\s?[.)]|[а-яa-z]\))\s*(?=\S)")
_LIST_BEGINS: Final = re.compile(r":$|:\s(?:1\s?[.)]|[-–—•])\s")
_INLINE: Final = re.compile(r"(?:^|(?<=\s))(\d{1,2})\s?[.)](?!\d)\s*(?=\D)")
_OPEN_DUE: Final = re.compile(
    r"(?:[-–—,]|(?:^|\s)(?:с|со|по|до|к|от|не позднее|не ранее|и|в|во|в течение|раз в))$", re.IGNORECASE
)
_MORE_DUE: Final = re.compile(r"[-–—,.]|(?:г|гг|года|году|год)\b|20\d\d\b(?![.,]\d)", re.IGNORECASE)
_FROM: Final = re.compile(r"(?:с|со)\s", re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?:по|до)\s", re.IGNORECASE)
_OFTEN: Final = re.compile(r"(?:еже\w+|постоянно|систематически|регулярно|раз в|\d+ раза? в|кажд\w+)", re.IGNORECASE)


_MORE_OWNERS: Final = re.compile(r"[,(–-]|(?:и|по|при|с|за|на)\s|(?:[А-ЯЁ]\.\s?){1,2}[,;.]?$")
"""What goes on with the person above: «Заместитель директора», «по УВР»; «Иванов», «И.И.»."""

_MANY: Final = 300  # paragraphs of one cell, more than any row of a plan has


class Split(NamedTuple):
    """Texts taken apart, and how sure that is: `guessed` when no paragraphs showed where to."""

    parts: tuple[str, ...]
    guessed: bool = False


def joined(paragraphs: Paragraphs) -> str:
    """All paragraphs in one text."""
    return " ".join(filter(None, paragraphs))


def results(paragraphs: Paragraphs, wanted: int) -> Split | None:
    """The cell taken apart into so many results, None when it does not come apart into just as many."""
    if len(paragraphs) > _MANY:
        return None
    return next((split for split in _results(paragraphs) if len(split.parts) == wanted), None)


def _results(paragraphs: Paragraphs) -> Iterator[Split]:
    """Every way to see several results in a cell, the surest first."""
    lines = _unwrapped(paragraphs)
    grouped = _under_heads(lines)
    yield Split(tuple(grouped))
    blocks = _blocks(paragraphs)
    yield Split(tuple(blocks))
    repeated = [part for line in lines for part in _by_first_word(line)]
    yield Split(tuple(_under_heads(repeated)), guessed=True)
    if lines and lines[0].endswith(":"):
        yield Split((joined(lines[:2]), *lines[2:]))
    numbered = by_numbers(joined(paragraphs))
    if numbered:
        yield Split(tuple(filter(None, (joined(numbered[:2]), *numbered[2:]))))
        yield Split(tuple(filter(None, numbered)))
    sentences = [part for line in lines for part in re.split(r"(?<=[.;!])\s+(?=[А-ЯЁ])", line)]
    yield Split(tuple(sentences), guessed=True)


def _unwrapped(paragraphs: Paragraphs) -> list[str]:
    """Paragraphs with those that go on in small letters joined to the ones before."""
    lines: list[str] = []
    for text in filter(None, paragraphs):
        small = text[0].islower() and not _BULLET.match(text)
        if lines and (small or lines[-1].endswith((",", "-", "–", "(", "«"))):
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
    return lines


def _under_heads(lines: Paragraphs) -> list[str]:
    """Lines with the items of a list joined to the line that announces it («Направлены письма:»)."""
    found: list[str] = []
    within = False
    for text in lines:
        if found and (within or _LIST_BEGINS.search(found[-1])) and _BULLET.match(text):
            found[-1] = f"{found[-1]} {text}"
            within = True
        else:
            found.append(text)
            within = False
    return found


def _blocks(paragraphs: Paragraphs) -> list[str]:
    """What blank paragraphs keep apart."""
    blocks = [""]
    for text in paragraphs:
        if text:
            blocks[-1] = joined((blocks[-1], text))
        elif blocks[-1]:
            blocks.append("")
    return list(filter(None, blocks))


def by_numbers(text: str) -> list[str]:
    """«Совет 1. Анализ 2. Итоги» → what stands before the first number, if anything, and each item; [] for no list."""
    cuts: list[int] = []
    for found in _INLINE.finditer(text):
        if int(found[1]) == len(cuts) + 1:
            cuts.append(found.start())
    if len(cuts) < 2:
        return []
    ends = [*cuts[1:], len(text)]
    return [text[: cuts[0]].strip(), *(text[a:b].strip() for a, b in zip(cuts, ends, strict=True))]


def _by_first_word(line: str) -> list[str]:
    """«Направлены письма края Направлены отчёты» → two texts that begin with the same word."""
    first = re.match(r"[А-ЯЁ][а-яё]{4,}", line)
    return re.split(rf"(?<=[а-яё\d»)])\s+(?={first[0]}\b)", line) if first else [line]


def dues(paragraphs: Paragraphs) -> list[str]:
    """The deadlines of a cell: a phrase that goes on in the next paragraph is one."""
    if len(paragraphs) > _MANY:
        return [joined(paragraphs)]
    found: list[str] = []
    blank = False
    for text in paragraphs:
        if not text:
            blank = True
            continue
        if found and _goes_on(found[-1], text, blank):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
        blank = False
    return found


def _goes_on(before: str, text: str, blank: bool) -> bool:
    if (
        _OPEN_DUE.search(before)
        or (_MORE_DUE.match(text) and not is_due(text))
        or re.fullmatch(r"20\d\d(?: ?г\w*\.?)?", text)
    ):
        return True
    if _FROM.match(before) and _UNTIL.match(text) and not _UNTIL.search(before):
        return True
    if blank:
        return False
    if _OFTEN.match(before) and text[0].islower():
        return True
    together = is_due(f"{before} {text}")
    return together and not (is_due(before) and is_due(text)) and (not is_due(before) or not is_due(text))


def flat_dues(phrase: str) -> list[str]:
    """«01.05.2023 05.05.2023» or «До 11.10.2022 По мере поступления» → the deadlines that stand side by side."""
    if len(phrase) > 50 * _MANY:
        return [phrase]
    cuts = [m.start() for m in re.finditer(r"(?<=[\wа-яё.)])\s+(?=(?i:до\s+)?\d{1,2}\.\d{1,2}|[А-ЯЁ])", phrase)]
    parts = [phrase[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(phrase)], strict=True)]
    whole = [part for part in _regrouped(parts) if part]
    return whole if all(map(is_due, whole)) else [phrase]


def _regrouped(parts: Sequence[str]) -> list[str]:
    """Parts joined until each can be read for itself."""
    found: list[str] = []
    for part in parts:
        starts = bool(re.match(r"(?i:до\s+)?\d{1,2}\.\d{1,2}\.\d{4}|[А-ЯЁ]", part))
        alone = starts and is_due(part) and is_due(found[-1]) if found else True
        if found and (not alone or _OPEN_DUE.search(found[-1])):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def owners(paragraphs: Paragraphs) -> list[str]:
    """The people of a cell, a paragraph each; a list that goes on behind a comma is one."""
    found: list[str] = []
    for text in filter(None, paragraphs):
        if found and (found[-1].endswith((",", "-", "–", "и")) or _MORE_OWNERS.match(text)):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found


def all_owners(units: Sequence[str]) -> str:
    """All people of a cell in one text, with commas where the cell had new lines."""
    if len(units) > _MANY:
        return ", ".join(units)
    said = ""
    for unit in units:
        if not said:
            said = unit
            continue
        named = [isinstance(owner, Person) for owner in parse_owners(said).owners]
        more = parse_owners(unit).owners
        role_and_name = named and not any(named) and len(more) == 1 and isinstance(more[0], Person) and not more[0].role
        said = f"{said} {unit}" if role_and_name or said.endswith((",", ";")) else f"{said}, {unit}"
    return said
