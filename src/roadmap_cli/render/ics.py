"""A calendar file (RFC 5545): an all-day event or a task for each entry; the same bytes for the same entries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from roadmap_cli.render import Screen
    from roadmap_cli.report import Report
    from roadmap_cli.report.events import Agenda, Event

_OCTETS = 75  # of a line, without its end
_HOUR = 9  # at which alarms go off
_EVENT = {"open": "CONFIRMED", "done": "CONFIRMED", "unclear": "TENTATIVE", "cancelled": "CANCELLED"}
_TASK = {"open": "NEEDS-ACTION", "done": "COMPLETED", "unclear": "NEEDS-ACTION", "cancelled": "CANCELLED"}


def render(report: Report, screen: Screen) -> Iterator[str]:
    """The report's agenda, always in UTF-8; raises RoadmapError for a report that has none."""
    if report.agenda is None:
        raise RoadmapError("в этом отчёте нет дней для календаря: ics дают status без --by и deadlines")
    agenda = report.agenda()
    yield from _lines(_head(agenda))
    for event in agenda.events:
        yield from _lines(_task(event) if agenda.tasks else _event(event))
    yield "END:VCALENDAR\r\n"


def _lines(lines: Iterator[str]) -> Iterator[str]:
    return (folded(line) + "\r\n" for line in lines)


def _head(agenda: Agenda) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//roadmap-cli//roadmap//RU"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escaped(agenda.name)}"
    if agenda.timezone:
        yield f"X-WR-TIMEZONE:{escaped(agenda.timezone)}"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _named(event)
    yield f"DTSTART;VALUE=DATE:{_day(event.start)}"
    yield f"DTEND;VALUE=DATE:{_day(event.end + timedelta(1))}"
    yield f"STATUS:{_EVENT[event.standing]}"
    yield "TRANSP:TRANSPARENT"
    long = event.start != event.end
    for days in event.alarms:
        # The end of a period is the midnight after its last day; an event of one day is counted from its beginning.
        yield from _alarm(event, f";RELATED=END:-P{days}DT{24 - _HOUR}H" if long else f":{_before(days)}")
    yield "END:VEVENT"


def _task(event: Event) -> Iterator[str]:
    yield "BEGIN:VTODO"
    yield from _named(event)
    if event.start != event.end:
        yield f"DTSTART;VALUE=DATE:{_day(event.start)}"
    yield f"DUE;VALUE=DATE:{_day(event.end)}"
    yield f"STATUS:{_TASK[event.standing]}"
    if event.completed and event.standing == "done":
        yield f"COMPLETED:{_day(event.completed)}T000000Z"
        yield "PERCENT-COMPLETE:100"
    for days in event.alarms:
        yield from _alarm(event, f";RELATED=END:{_before(days)}")
    yield "END:VTODO"


def _named(event: Event) -> Iterator[str]:
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_day(event.stamp)}T000000Z"
    yield f"SEQUENCE:{event.revision}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{_BREAK.join(map(escaped, event.description))}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(escaped, event.categories))}"


def _alarm(event: Event, trigger: str) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER{trigger}"
    yield f"DESCRIPTION:{escaped(event.summary)}"
    yield "END:VALARM"


def _before(days: int) -> str:
    """So many days before a midnight, but in the morning of that day: «-P13DT15H» is nine o'clock 14 days before."""
    return f"-P{days - 1}DT{24 - _HOUR}H" if days > 1 else f"-PT{24 - _HOUR}H"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


_BREAK = "\\n"


def escaped(text: str) -> str:
    """Text of a plan as a value: on one line, nothing in it acts."""
    return visible(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each but the first behind a space; no character is split."""
    octets = line.encode()
    pieces = []
    start, end = 0, _OCTETS
    while end < len(octets):
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + _OCTETS - 1
    return b"\r\n ".join((*pieces, octets[start:])).decode()
