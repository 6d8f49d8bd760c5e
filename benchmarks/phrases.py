"""Reads 1,000 distinct deadline phrases with roadmap and with `dateparser`, in turn, and counts what came out.

    pip install dateparser && python benchmarks/phrases.py

right    the days that the phrase means (the phrases are made from days, so these are known)
silent   other days, with nothing said about a doubt — dateparser never says anything
refused  not read, or read otherwise with a doubt told
A period is right for dateparser when it finds either of its ends: it answers with one day.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.dates import parse_due

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
YEAR = "2022-2023"


class Phrase(NamedTuple):
    """A phrase and the first and last day it means (None: open)."""

    text: str
    start: date | None
    end: date | None


def phrases(number: int, seed: int = 1) -> list[Phrase]:
    """Distinct phrases of the forms that school plans use most."""
    dice = random.Random(seed)
    found: dict[str, Phrase] = {}
    while len(found) < number:
        day = date(2022, 9, 1) + timedelta(dice.randrange(330))
        last = day + timedelta(dice.randrange(1, 20))
        words = f"{day.day} {MONTHS[day.month - 1]}"
        phrase = dice.choice(
            (
                Phrase(f"{day:%d.%m.%Y}", day, day),
                Phrase(f"до {day:%d.%m.%Y}", None, day),
                Phrase(f"не позднее {words} {day.year} г.", None, day),
                Phrase(f"{words} {day.year} года", day, day),
                Phrase(f"{day:%d.%m}", day, day),
                Phrase(f"до {words}", None, day),
                Phrase(f"{day:%d.%m.%Y} - {last:%d.%m.%Y}", day, last),
                Phrase(f"с {day:%d.%m.%Y} по {last:%d.%m.%Y}", day, last),
                Phrase(f"{day:%d.%m}-{last:%d.%m}", day, last),
            )
        )
        if not {day.month, last.month} & {8}:
            found[phrase.text] = phrase
    return list(found.values())


def judge(phrase: Phrase, start: date | None, end: date | None, told: bool) -> str:
    """right, silent or refused for a reading with both ends."""
    if (start, end) == (phrase.start, phrase.end):
        return "right"
    return "refused" if told or (start is None and end is None) else "silent"


def ours(phrase: Phrase) -> str:
    """What roadmap makes of a phrase."""
    due = parse_due.__wrapped__(phrase.text, YEAR)
    return judge(phrase, due.start, due.end, bool(due.repairs or due.notes))


def theirs(phrase: Phrase) -> str:
    """What dateparser makes of it; one day is all that it can answer, so either end will do."""
    import dateparser

    settings = {"DATE_ORDER": "DMY"}
    found = dateparser.parse(phrase.text, languages=["ru"], settings=settings)
    if found is None:
        return "refused"
    return "right" if found.date() in (phrase.start, phrase.end) else "silent"


def measure(read: Callable[[Phrase], str], sample: list[Phrase]) -> tuple[float, dict[str, int]]:
    """CPU seconds and the counts of outcomes over the sample."""
    begun = time.process_time()
    outcomes = [read(phrase) for phrase in sample]
    spent = time.process_time() - begun
    return spent, {name: outcomes.count(name) for name in ("right", "silent", "refused")}


def main() -> None:
    """Print both rows, medians of three rounds taken in turn."""
    sample = phrases(1000)
    measure(ours, sample[:20])
    measure(theirs, sample[:20])
    rounds = [(measure(ours, sample), measure(theirs, sample)) for _ in range(3)]
    for name, at in (("roadmap", 0), ("dateparser", 1)):
        seconds = statistics.median(one[at][0] for one in rounds)
        print(f"{name:10} {seconds * 1000:8.1f} ms  " + "  ".join(f"{k} {v}" for k, v in rounds[0][at][1].items()))
    ratio = statistics.median(b[0] / a[0] for a, b in rounds)
    print(f"roadmap is {ratio:.1f} times faster")


if __name__ == "__main__":
    main()
