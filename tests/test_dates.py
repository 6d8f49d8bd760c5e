"""Deadlines: every phrase of the table, the wording of repairs and notes, context, and laws that hold for any text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.calendar import Calendar, Season
from roadmap_cli.dates import parse_due, parse_years, season_name
from roadmap_cli.dates.forms import FORMS, read_forms
from roadmap_cli.dates.lexer import LONGEST, lex
from roadmap_cli.dates.points import to_atoms
from roadmap_cli.dates.resolve import YEAR_TAKEN
from roadmap_cli.dates.values import Years
from roadmap_cli.dates.words import in_words

if TYPE_CHECKING:
    from roadmap_cli.model import Due

YEAR = "2022-2023"
START = datetime(2022, 9, 1)  # noqa: DTZ001 – a rule of days has no zone
TABLE = Path(__file__).with_name("phrases") / "dates.tsv"
COLUMNS = 8
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def written(cell: str) -> str:
    r"""A phrase of the table with its «\n» and «\u00a0» put back."""
    return re.sub(r"\\u([0-9a-f]{4})|\\n", lambda m: chr(int(m[1], 16)) if m[1] else "\n", cell)


def day(text: str) -> date:
    d, m, y = map(int, text.split("."))
    return date(y, m, d)


def shown(one: date | None) -> str:
    return one.isoformat() if one else ""


def same_rule(rule: str | None) -> dict[str, list[str]]:
    """A rule with its parts and their values in any order."""
    parts = (part.partition("=") for part in (rule or "").split(";") if part)
    return {name: sorted(values.split(",")) for name, _, values in parts}


def value(due: Due) -> tuple[object, ...]:
    return due.kind, due.start, due.end, due.parts, due.rule


# A phrase that is known to be read wrongly stands in the table with the right reading and «?» before its id.
def row(cells: list[str]) -> object:
    name = cells[-1]
    marks = [pytest.mark.xfail(reason="a known gap", strict=True)] if name.startswith("?") else []
    return pytest.param(*cells[:-1], id=name.lstrip("?"), marks=marks)


def gap(*cells: object) -> object:
    return pytest.param(*cells, marks=pytest.mark.xfail(reason="a known gap", strict=True))


@pytest.mark.parametrize(("phrase", "year", "kind", "start", "end", "rule", "told"), [row(r) for r in ROWS])
def test_a_phrase_of_the_table_is_read(
    phrase: str, year: str, kind: str, start: str, end: str, rule: str, told: str
) -> None:
    due = parse_due(written(phrase), year or None)
    read = {"kind": due.kind, "start": shown(due.start), "end": shown(due.end)}
    wanted = {"kind": kind, "start": start, "end": end}
    assert read == {key: read[key] if cell == "*" else cell for key, cell in wanted.items()}, due
    if rule != "*":
        assert same_rule(due.rule) == same_rule(rule), due
    said = due.repairs + due.notes
    doubts = [note for note in said if not note.startswith(YEAR_TAKEN)]
    assert doubts if told == "yes" else not doubts or told == "", said


def test_the_table_has_whole_rows_and_names_each_once() -> None:
    assert [r for r in ROWS if len(r) != COLUMNS] == []
    names = [r[-1].lstrip("?") for r in ROWS]
    assert len(set(names)) == len(names)
    phrases = [(r[0], r[1]) for r in ROWS]
    assert len(set(phrases)) == len(phrases)
    assert {r[6] for r in ROWS} == {"yes", "no", ""}


# --- forms -----------------------------------------------------------------------------------------------------------


# «до» before «не позднее» and «по» before «до» are not read as marks, so that no phrase reaches these two forms.
@pytest.mark.parametrize(("signature", "example"), [(s, e) for s, f in FORMS.items() for e in f.examples])
def test_an_example_of_a_form_is_read_as_that_form(signature: str, example: str) -> None:
    atoms = [atom for atom in to_atoms(lex(example).tokens) if atom.code in "Pufpa-"]
    assert "".join(atom.code for atom in atoms) == signature
    reading = read_forms(atoms)
    built = FORMS[signature].build([a.point for a in atoms if a.point is not None])
    assert [term._replace(inclusive=False) for term in reading.terms] == [built._replace(inclusive=False)]
    assert not reading.failed
    assert parse_due(example, YEAR).kind in ("on", "by", "period")


def test_every_form_has_an_example() -> None:
    assert [signature for signature, form in FORMS.items() if not form.examples] == []


# --- what is said ----------------------------------------------------------------------------------------------------

REPAIRS = [
    ("01.03..2023", "две точки подряд"),
    ("22. 02", "лишний пробел внутри даты"),
    ("до01.09", "нет пробела после «до»"),
    ("25мая", "нет пробела перед «мая»"),
    ("15.10.2О22", "буква вместо цифры: «15.10.2о22» понято как «15.10.2022»"),
    ("14 октбря", "«октбря» понято как «октября»"),
    ("Сентябр ьдекабр ь", "слова разорваны или слиты: «сентябр ьдекабр ь» понято как «сентябрь декабрь»"),
    ("1 cентября", "латинские буквы вместо русских в слове «сентября»"),
    ("П квартал 2023", "«П» понято как римское II"),
]
NOTES = [
    ("12.10.2022 14.10.2022", "две даты без тире: период или два срока?"),
    ("12.10 14.10 16.10", "даты без тире и запятых: период или отдельные сроки?"),
    ("25.05.23", "год из двух цифр: понято как 2023"),
    ("14.10.2022 (среда)", "14.10.2022 — это пятница, а написано «среда»"),
    ("август", "август без года: понято как 2023, но может быть и 2022"),
    ("14.10.2002", "14.10.2002 далеко от учебного года 2022-2023"),
    ("31.02.2023", "нет такого дня: «31.02.2023»"),
    ("29.02.2023", "нет такого дня: 29.02.2023"),
    ("15.13.2022", "нет месяца 13: «15.13.2022»"),
    ("20.01.2023-15.01.2023", "начало позже конца: 20.01.2023 – 15.01.2023"),
    ("до октября", "«до» и не день: понято как до 30.09.2022 включительно"),
    ("по 15.10.2022", "«по» без «с»: понято как «до … включительно»"),
    ("после 15.10.2022", "«после» не называет последнего дня"),
    ("1 неделя октября", "1-я неделя: понято как 1–7 числа"),
    ("конец октября", "конец месяца: понято как 21–последнее числа"),
    ("I полугодие", "полугодие понято как учебное"),
    ("зимние каникулы", "дни не заданы в настройках: зимние каникулы"),
    ("октябрь, по графику", "кроме дня названо ещё: «по графику»"),
    ("ориентировочно 15 октября", "срок назван приблизительно"),
    ("15 октября Маша", "не прочитано: «маша»"),
    ("1 раз в четверть", "как часто — понято, дни не названы"),
    ("I неделя", "месяц не указан, а у строки нет «период»"),
    ("октябрь, кроме выходных", "оговорка «кроме» не разобрана"),
    ("2022-2023", "«2022-2023»: понято как учебный год"),
    ("5 квартал", "нет такого квартала: «5 квартал»"),
    ("", "срок не назван"),
    (" — ", "срок не назван"),
    ("когда-нибудь", "день не назван, слова не разобраны"),
]


@pytest.mark.parametrize(("phrase", "said"), REPAIRS)
def test_a_repair_says_what_was_mended(phrase: str, said: str) -> None:
    assert parse_due(phrase, YEAR).repairs == (said,)


@pytest.mark.parametrize(("phrase", "said"), NOTES)
def test_a_note_says_what_is_doubtful(phrase: str, said: str) -> None:
    assert said in parse_due(phrase, YEAR).notes


def test_two_bare_dates_are_marked_unclear_and_two_with_a_comma_are_not() -> None:
    assert parse_due("12.10.2022 14.10.2022").unclear
    assert not parse_due("12.10.2022, 14.10.2022").unclear


def test_a_day_without_any_year_is_left_without_days() -> None:
    due = parse_due("до 1 марта")
    assert value(due)[:3] == ("by", None, None)
    assert due.notes == ("год не указан, и учебного года у плана нет",)


def test_parts_of_a_list_hold_each_its_days() -> None:
    parts = parse_due("октябрь, 15.01, 12-14 апреля", YEAR).parts
    assert [(shown(p.start), shown(p.end)) for p in parts] == [
        ("2022-10-01", "2022-10-31"),
        ("2023-01-15", "2023-01-15"),
        ("2023-04-12", "2023-04-14"),
    ]


def test_until_before_a_list_holds_for_every_day_of_it() -> None:
    assert [p.start for p in parse_due("до 15.01, 15.04, 15.07", YEAR).parts] == [None, None, None]


# --- in words --------------------------------------------------------------------------------------------------------

WORDS = [
    ("14 октября 2022 г.", "14.10.2022"),
    ("не позднее 15 октября", "до 15.10.2022"),
    ("с 10 по 15 октября", "10–15.10.2022"),
    ("10 октября – 5 ноября", "10.10–05.11.2022"),
    ("25.12-10.01", "25.12.2022–10.01.2023"),
    ("в октябре", "октябрь 2022"),
    ("с 1 сентября", "с 01.09.2022"),
    ("12 и 14 октября", "12.10.2022, 14.10.2022"),
    ("12.10 14.10", "12.10.2022 14.10.2022"),
    ("октябрь; апрель", "октябрь 2022, апрель 2023"),
    ("в теч. года", "весь учебный год"),
    ("ежемесячно  до 5 числа", "ежемесячно до 5 числа"),
    ("по  отдельному графику", "по отдельному графику"),
    ("31.02.2023", "31.02.2023"),
    ("зимние каникулы", "зимние каникулы"),
]


@pytest.mark.parametrize(("phrase", "words"), WORDS)
def test_a_reading_in_words(phrase: str, words: str) -> None:
    assert in_words(parse_due(phrase, YEAR)) == words


# --- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", [written(r[0]) for r in ROWS if r[2] == "recurring"])
def test_a_rule_is_one_that_calendars_read(phrase: str) -> None:
    rule = parse_due(phrase, YEAR).rule
    if rule is not None:
        assert rrulestr(rule, dtstart=START)[0] >= START


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("ежемесячно до 5 числа", ["2022-09-05", "2022-10-05", "2022-11-05"]),
        ("каждый понедельник", ["2022-09-05", "2022-09-12", "2022-09-19"]),
        ("последняя пятница месяца", ["2022-09-30", "2022-10-28", "2022-11-25"]),
        ("ежегодно к 1 февраля", ["2023-02-01", "2024-02-01", "2025-02-01"]),
        (
            "ежеквартально до 5 числа месяца, следующего за отчетным кварталом",
            ["2022-10-05", "2023-01-05", "2023-04-05"],
        ),
    ],
)
def test_a_rule_falls_on_the_days_that_are_meant(phrase: str, days: list[str]) -> None:
    rule = parse_due(phrase, YEAR).rule
    assert rule is not None
    found = rrulestr(rule, dtstart=START)
    assert [found[i].date().isoformat() for i in range(3)] == days


# --- the row's period ------------------------------------------------------------------------------------------------


PERIODS = [
    ("I неделя", "period", "2022-10-01", "2022-10-07"),
    ("2-3 неделя", "period", "2022-10-08", "2022-10-21"),
    ("1, 3 неделя", "dates", "2022-10-01", "2022-10-21"),
    ("последняя неделя", "period", "2022-10-25", "2022-10-31"),
    ("5 неделя", "period", "2022-10-29", "2022-10-31"),
    ("2-я декада", "period", "2022-10-11", "2022-10-20"),
    ("первая половина месяца", "period", "2022-10-01", "2022-10-15"),
    ("в конце месяца", "period", "2022-10-21", "2022-10-31"),
    ("до конца месяца", "by", "", "2022-10-31"),
    ("в течение месяца", "ongoing", "2022-10-01", "2022-10-31"),
    ("В теч. мес.", "ongoing", "2022-10-01", "2022-10-31"),
    ("до 12 числа", "by", "", "2022-10-12"),
    ("до 32 числа", "unreadable", "", ""),
    ("15.11", "on", "2022-11-15", "2022-11-15"),
    ("постоянно", "ongoing", "2022-09-01", "2023-08-31"),
    ("12 числа", "on", "2022-10-12", "2022-10-12"),
    ("10-15 числа", "period", "2022-10-10", "2022-10-15"),
    ("с 10 по 15 число", "period", "2022-10-10", "2022-10-15"),
    ("12 и 14 числа", "dates", "2022-10-12", "2022-10-14"),
    ("последняя суббота", "on", "2022-10-29", "2022-10-29"),
    gap("1 неделя, понедельник", "on", "2022-10-03", "2022-10-03"),
]


@pytest.mark.parametrize(("phrase", "kind", "start", "end"), PERIODS)
def test_a_phrase_is_read_in_the_month_of_its_row(phrase: str, kind: str, start: str, end: str) -> None:
    due = parse_due(phrase, YEAR, period="Октябрь")
    assert (due.kind, shown(due.start), shown(due.end)) == (kind, start, end)


@pytest.mark.parametrize("period", ["октябрь", "ОКТЯБРЬ", "Октябрь 2022 г.", "в октябре"])
def test_a_period_is_itself_a_phrase(period: str) -> None:
    assert parse_due("I неделя", YEAR, period=period).start == date(2022, 10, 1)


def test_a_week_of_a_quarter_has_no_days() -> None:
    assert parse_due("I неделя", YEAR, period="IV квартал").start is None


# --- the calendar ----------------------------------------------------------------------------------------------------

CALENDAR = Calendar(
    tuple(
        Season(2022, name, day(start), day(end))
        for name, start, end in [
            ("осенние каникулы", "31.10.2022", "06.11.2022"),
            ("зимние каникулы", "29.12.2022", "08.01.2023"),
            ("1 четверть", "01.09.2022", "30.10.2022"),
            ("2 четверть", "07.11.2022", "28.12.2022"),
            ("3 четверть", "09.01.2023", "19.03.2023"),
        ]
    )
)
SEASONS = [
    ("зимние каникулы", "season", "2022-12-29", "2023-01-08"),
    ("в период осенних каникул", "season", "2022-10-31", "2022-11-06"),
    ("ЗИМНИЕ КАНИКУЛЫ", "season", "2022-12-29", "2023-01-08"),
    ("I четверть", "season", "2022-09-01", "2022-10-30"),
    ("2-я четверть", "season", "2022-11-07", "2022-12-28"),
    ("в течение третьей четверти", "season", "2023-01-09", "2023-03-19"),
    ("летние каникулы", "season", "", ""),
    ("зимние каникулы (29.12-08.01)", "period", "2022-12-29", "2023-01-08"),
    ("до зимних каникул", "by", "", "2022-12-28"),
    ("до окончания I четверти", "by", "", "2022-10-30"),
    ("до конца I четверти", "by", "", "2022-10-30"),
    gap("конец I четверти", "on", "2022-10-30", "2022-10-30"),
]


@pytest.mark.parametrize(("phrase", "kind", "start", "end"), SEASONS)
def test_a_vacation_or_a_term_has_the_days_of_the_calendar(phrase: str, kind: str, start: str, end: str) -> None:
    due = parse_due(phrase, YEAR, CALENDAR)
    assert (due.kind, shown(due.start), shown(due.end)) == (kind, start, end)


# Which kind such a reading is may be argued; that its days end with the last season named may not, unless it is told.
@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("1-2 четверть", "2022-09-01", "2022-12-28"),
        ("I, III четверть", "2022-09-01", "2023-03-19"),
        ("I четверть, III четверть", "2022-09-01", "2023-03-19"),
        ("с 1 по 3 четверть", "2022-09-01", "2023-03-19"),
        ("осенние каникулы, зимние каникулы", "2022-10-31", "2023-01-08"),
    ],
)
def test_several_seasons_are_not_read_as_the_first_of_them(phrase: str, start: str, end: str) -> None:
    due = parse_due(phrase, YEAR, CALENDAR)
    assert due.notes or (shown(due.start), shown(due.end)) == (start, end)


def test_a_vacation_of_another_school_year_is_not_taken() -> None:
    due = parse_due("зимние каникулы", "2023-2024", CALENDAR)
    assert (due.kind, due.start) == ("season", None)
    assert due.notes == ("дни не заданы в настройках: зимние каникулы",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Зимние каникулы", "зимние каникулы"),
        ("осенних каникул", "осенние каникулы"),
        ("каникулы", "каникулы"),
        ("I четверть", "1 четверть"),
        ("третья четверть", "3 четверть"),
        ("II триместр", "2 триместр"),
        ("октябрь", None),
        ("1 полугодие", None),
        ("", None),
        ("зимние каникулы, весенние каникулы", None),
    ],
)
def test_the_name_of_a_season(text: str, name: str | None) -> None:
    assert season_name(text) == name


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022-2023", Years(2022, 2023)),
        ("2022/23", Years(2022, 2023)),
        ("2022–2023 учебный год", Years(2022, 2023)),
        ("2022/2023 уч. г.", Years(2022, 2023)),
        ("2023", Years(2023, 2023)),
        ("2022-2024", None),
        ("2023-2022", None),
        ("22-23", None),
        ("1789", None),
        ("٢٠٢٢-٢٠٢٣", None),
        ("", None),
        (None, None),
    ],
)
def test_the_years_of_a_plan(text: str | None, years: Years | None) -> None:
    assert parse_years(text) == years


# --- length ----------------------------------------------------------------------------------------------------------

NASTY = [
    "1",
    "1 и ",
    "1, ",
    "1-",
    "12.10 ",
    "15.10.",
    ". ",
    "–-",
    "до ",
    "с по ",
    "I",
    "октябр ь",
    "октябряноября",
    "с е н т я б р ь ",
    "последняя неделя ",
    "каждый ",
    "раз в ",
    "в течение ",
    "за 10 дней до ",
    "2022-",
    "конец ",
    "«",
    "ё",
    "З1",
    "О.",
    "\n",
    "\u00ad",
    "е\u0301",
]


@pytest.mark.parametrize("piece", NASTY)
@pytest.mark.parametrize("head", ["", "1 ", "до ", "в течение "])
def test_nasty_repetition_is_read_to_an_end(head: str, piece: str) -> None:
    text = (head + piece * LONGEST)[:LONGEST]
    assert parse_due(text, YEAR).text == text


def test_a_text_that_is_too_long_is_no_deadline() -> None:
    longest = "до 15.10.2022" + " " * (LONGEST - len("до 15.10.2022"))
    assert parse_due(longest).kind == "by"
    due = parse_due(longest + " ")
    assert (due.kind, due.end) == ("unreadable", None)
    assert due.notes == (f"текст длиннее {LONGEST} знаков: это не срок",)
    assert parse_due("до 15.10.2022 " * 100_000).kind == "unreadable"


# --- laws ------------------------------------------------------------------------------------------------------------

WORDS_OF_DEADLINES = """
до с по к и или не позднее после за в течение от ежегодно ежемесячно каждый понедельник раз 2 1-я I IV 5 числа
сентября октябрь мая август 12.10 31.12 29.02.2024 15.10.2022 2022 2022-2023 год г. уч. квартал неделя декада
полугодие четверть каникулы зимние конец начало последняя первая половина месяца года дней рабочих постоянно
графику 14.00 каб. № класс среда - – , ; / ( ) . « » далее следующего отчетным
"""
PIECES = [*WORDS_OF_DEADLINES.split(), "\n"]
phrases = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
years = st.sampled_from([None, YEAR, "2023", "2023-2024"])
quick = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def lawful(due: Due, text: str) -> None:
    assert due.text == text
    if due.kind != "recurring":
        assert due.start is None or due.end is None or due.start <= due.end
    assert all(p.start is None or p.end is None or p.start <= p.end for p in due.parts)
    assert due.kind != "unreadable" or (due.start is None and due.end is None and due.notes)
    assert due.kind != "on" or due.start == due.end
    assert due.kind != "by" or due.start is None
    assert (due.kind == "dates") == bool(due.parts)
    assert due.rule is None or due.kind == "recurring"


def test_the_bounds_of_a_rule_are_in_order() -> None:
    due = parse_due("ежегодно сентябрь, до сентября", YEAR)
    assert due.start is None or due.end is None or due.start <= due.end


@quick
@given(st.text(max_size=LONGEST + 20), years)
def test_any_text_has_a_reading(text: str, year: str | None) -> None:
    lawful(parse_due(text, year), text)


@quick
@given(phrases, years, st.sampled_from([None, "Октябрь", "август", "2022 год"]))
def test_any_words_of_deadlines_have_a_reading(text: str, year: str | None, period: str | None) -> None:
    lawful(parse_due(text, year, CALENDAR, period), text)


numbers = st.integers(1, 28)
months = st.integers(1, 12)
OF_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
MONTHS = OF_MONTHS.split()
MONTHS_ALONE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
NAMES = MONTHS_ALONE.split()
tails = st.sampled_from(["", ".2022", ".2023", ".2023 г.", ".23"])
days = st.one_of(
    st.builds(lambda d, m, tail: f"{d:02}.{m:02}{tail}", numbers, months, tails),
    st.builds(
        lambda d, m, tail: f"{d} {MONTHS[m - 1]}{tail}", numbers, months, st.sampled_from(["", " 2022", " 2023 года"])
    ),
)
stretches = st.one_of(
    st.builds(lambda m, tail: NAMES[m - 1] + tail, months, st.sampled_from(["", " 2022", " 2023 г."])),
    st.builds(lambda n, tail: f"{n} квартал{tail}", st.integers(1, 4), st.sampled_from(["", " 2023"])),
    st.builds(lambda n, m: f"{n} декада {MONTHS[m - 1]}", st.integers(1, 3), months),
    st.builds(lambda n, m: f"{n}-я неделя {MONTHS[m - 1]}", st.integers(1, 5), months),
)
dated = st.one_of(
    days,
    stretches,
    st.builds("{} {}".format, st.sampled_from(["до", "не позднее", "к", "с", "с"]), days),
    st.builds("{} - {}".format, days, days),
    st.builds("с {} по {}".format, days, days),
    st.builds("{}–{}".format, stretches, stretches),
    st.lists(days, min_size=2, max_size=4).map(", ".join),
    st.lists(stretches, min_size=2, max_size=3).map("; ".join),
    st.lists(days, min_size=2, max_size=3).map(" ".join),
)


@quick
@given(dated)
def test_a_reading_in_words_is_read_as_the_same(text: str) -> None:
    due = parse_due(text, YEAR)
    if due.kind in ("on", "by", "period", "dates") and (due.start or due.end):
        again = parse_due(in_words(due), YEAR)
        kind = "on" if due.kind == "period" and due.start == due.end else due.kind
        assert (again.kind, again.start, again.end) == (kind, due.start, due.end), in_words(due)


@quick
@given(numbers, months, st.integers(2020, 2030))
def test_a_written_day_is_that_day(d: int, m: int, y: int) -> None:
    for text in (f"{d}.{m}.{y}", f"{d:02}.{m:02}.{y}", f"{d} {MONTHS[m - 1]} {y} г.", f"{y}-{m:02}-{d:02}"):
        due = parse_due(text)
        assert (due.kind, due.start, due.repairs) == ("on", date(y, m, d), ())


def spread(text: str, what: str, into: str) -> str:
    return text.replace(what, into)


NOISE = {
    "unbreakable spaces": lambda text: spread(text, " ", "\u00a0"),
    "narrow spaces": lambda text: spread(text, " ", "\u202f"),
    "double spaces": lambda text: spread(text, " ", "  "),
    "tabs": lambda text: spread(text, " ", "\t"),
    "spaces at both ends": lambda text: f"  {text}\t ",
    "en dashes": lambda text: spread(text, "-", "\u2013"),
    "em dashes": lambda text: spread(text, "-", "\u2014"),
    "minuses": lambda text: spread(text, "-", "\u2212"),
    "unbreakable hyphens": lambda text: spread(text, "-", "\u2011"),
    "ё for е": lambda text: spread(text, "е", "ё"),
    "е for ё": lambda text: spread(text, "ё", "е"),
    "capitals": str.upper,
    "titles": lambda text: text[:1].upper() + text[1:],
    "letters taken apart": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[а-я]{2})(?=[а-я]{2})", "\u00ad", text),
    "zero-width spaces": lambda text: re.sub(r"(?<=[а-я]{2})(?=[а-я]{2})", "\u200b", text),
    "a byte order mark": lambda text: "\ufeff" + text,
    "brackets": lambda text: f"({text})",
}


@pytest.mark.parametrize("noise", NOISE)
def test_the_noise_of_a_scan_does_not_change_a_phrase_of_the_table(noise: str) -> None:
    changed = []
    for cells in ROWS:
        phrase = written(cells[0])
        if "\n" not in phrase:
            due, noisy = parse_due(phrase, cells[1]), parse_due(NOISE[noise](phrase), cells[1])
            if value(noisy) != value(due):
                changed.append((phrase, due, noisy))
    assert changed == []


@quick
@given(dated, st.sampled_from(sorted(NOISE)), st.sampled_from(sorted(NOISE)))
def test_the_noise_of_a_scan_does_not_change_a_reading(text: str, first: str, second: str) -> None:
    due, noisy = parse_due(text, YEAR), parse_due(NOISE[second](NOISE[first](text)), YEAR)
    assert value(noisy) == value(due)


@pytest.mark.parametrize(
    ("phrase", "last"),
    [
        pytest.param("в течение 5 рабочих дней после 10.10.2022", "2022-10-17", id="working days"),
        pytest.param("в течение 5 рабочих дней со дня 30.12.2022", "2023-01-13", id="over the New Year holidays"),
        pytest.param("за 3 рабочих дня до 15.10.2022", "2022-10-12", id="working days back"),
        pytest.param("не позднее чем за 10 дней до 1 сентября 2023 г.", "2023-08-22", id="calendar days back"),
        pytest.param("за неделю до 15.10.2022", "2022-10-08", id="a week back"),
        pytest.param("в течение месяца со дня 31.01.2023", "2023-02-28", id="a month that is shorter"),
    ],
)
def test_a_length_is_counted_from_the_day_it_names(phrase: str, last: str) -> None:
    due = parse_due(phrase, YEAR)
    assert (due.kind, shown(due.end)) == ("by", last)
    assert any("отсчитано" in note for note in due.notes)


@pytest.mark.parametrize(
    ("phrase", "note"), [("15.01", "года нет: понято как 2023"), ("до 5 мая", "года нет: понято как 2023")]
)
def test_a_day_without_a_year_says_which_it_was_given(phrase: str, note: str) -> None:
    assert parse_due(phrase, YEAR).notes == (note,)


@pytest.mark.parametrize(
    ("phrase", "kind", "rule"),
    [
        ("через день", "recurring", "FREQ=DAILY;INTERVAL=2"),
        ("через неделю", "recurring", "FREQ=WEEKLY;INTERVAL=2"),
        ("через 3 дня", "event", None),
        ("через неделю после каникул", "event", None),
    ],
)
def test_every_other_day_is_told_from_a_wait(phrase: str, kind: str, rule: str | None) -> None:
    due = parse_due(phrase, YEAR)
    assert (due.kind, due.rule) == (kind, rule)
    assert due.notes or rule is None


@given(day=st.dates(date(1950, 1, 1), date(2100, 12, 31)), word=st.sampled_from(["", "до ", "До "]))
@settings(derandomize=True, database=None, deadline=None, max_examples=150)
def test_the_short_way_of_a_plain_day_reads_as_the_grammar_does(day: date, word: str) -> None:
    text = f"{word}{day:%d.%m}.{day.year}"
    short, long = parse_due(text, YEAR), parse_due(f"{text} ", YEAR)
    assert short == long._replace(text=text)
