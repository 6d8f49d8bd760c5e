"""What the reader of deadlines passes from room to room: atoms of a phrase, points of a year, school years."""

from __future__ import annotations

from functools import lru_cache

from roadmap_cli.record import NamedTuple


class Point(NamedTuple):
    """A stretch of a year: `first` and `last` are (month, day), the day 31 stands for the month's last.

    `unit` is "day" or "span". `year` is the calendar year as written, `school` the school year as written;
    without either the plan's school year decides. `years` counts calendar years that the stretch spans beyond one.
    A month of 0 is to be taken from the row's `period`, -1 marks a half of the year. `whole` is a school year,
    `closing` the end of something: «до» it includes it. `nth` is (which, weekday) of the month: (3, 3) is its
    third Thursday.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    unit: str = "span"
    year: int | None = None
    school: tuple[int, int] | None = None
    years: int = 0
    note: str = ""
    weekday: int | None = None
    whole: bool = False
    closing: bool = False
    nth: tuple[int, int] | None = None


class Frequency(NamedTuple):
    """How often: an RFC 5545 frequency (or "TERMLY"), each `interval` of it, `times` in it, on these weekdays."""

    freq: str
    interval: int = 1
    times: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    shift: int = 0


class Atom(NamedTuple):
    """A meaningful piece of a phrase; `code` is its letter in the signatures of `forms`."""

    code: str
    text: str
    point: Point | None = None
    frequency: Frequency | None = None
    number: int = 0
    kind: str = ""
    note: str = ""


class Years(NamedTuple):
    """The school year (2022, 2023), or a calendar year as (2023, 2023)."""

    first: int
    second: int

    def of(self, month: int) -> int:
        """The calendar year of a month without a year: September to December belong to the first."""
        return self.first if month >= 9 else self.second


@lru_cache(maxsize=256)
def parse_years(text: str | None) -> Years | None:
    """«2022-2023», «2022/23», «2022–2023 учебный год» or one calendar year «2023»; None for anything else."""
    if not text:
        return None
    digits = "".join(c if c in "0123456789" else " " for c in text).split()
    if not digits or len(digits) > 2 or len(digits[0]) != 4:
        return None
    first = int(digits[0])
    if len(digits) == 1:
        return Years(first, first) if 1990 <= first <= 2100 else None
    second = (
        int(digits[1]) if len(digits[1]) == 4 else first // 100 * 100 + int(digits[1]) if len(digits[1]) == 2 else 0
    )
    return Years(first, second) if second == first + 1 and 1990 <= first <= 2100 else None
