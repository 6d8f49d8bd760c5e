"""Writes src/roadmap_cli/workdays.txt from the `holidays` package: the days that differ from Monday–Friday, by year.

Run it in an environment of its own (`pip install holidays`) when the next year's transfers of days off are decreed:

    python scripts/make_workdays.py 2018 2027
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import holidays

TARGET = Path(__file__).parent.parent / "src" / "roadmap_cli" / "workdays.txt"
HEAD = """\
# Производственный календарь России (пятидневная неделя): год, «-» нерабочие будни, «+» рабочие субботы и воскресенья.
# Сделан scripts/make_workdays.py; годы, которых здесь нет, считаются по выходным и постоянным праздникам.
"""


def line(year: int) -> str:
    """One year: weekdays that are off and weekend days that are worked, as MM-DD."""
    russia = holidays.country_holidays("RU", years=year)
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]
    off = [day for day in days if day.weekday() < 5 and day in russia]
    on = [day for day in days if day.weekday() >= 5 and russia.is_working_day(day)]
    said = [str(year), "-", *(f"{day:%m-%d}" for day in off), "+", *(f"{day:%m-%d}" for day in on)]
    return " ".join(said)


def main() -> None:
    """Write the years from the first argument to the second."""
    first, last = map(int, sys.argv[1:3])
    TARGET.write_text(HEAD + "".join(line(year) + "\n" for year in range(first, last + 1)), encoding="utf-8")


if __name__ == "__main__":
    main()
