"""Files → plans: the keys of FIELDS, places, wrong values, inheritance, parents; nothing is lost in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from roadmap_cli.errors import RoadmapError
from roadmap_cli.loader import FIELDS, Loaded, build, resolve_follows
from roadmap_cli.project import Project, find_files, load
from roadmap_cli.settings import Settings
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap_cli.model import Activity, Deliverable, Finding, Plan

NAME = "plan.yaml"


def loaded(text: str | bytes) -> Loaded:
    """A plan with the findings of both readings: of YAML and of its keys."""
    data = text if isinstance(text, bytes) else text.encode()
    source = parse(data, NAME)
    result = build(source.root, NAME)
    return Loaded(result.plan, (*source.findings, *result.findings))


def clean(text: str | bytes) -> Plan:
    plan, findings = loaded(text)
    assert findings == ()
    assert plan is not None
    return plan


def told(text: str | bytes) -> list[tuple[str, int, int]]:
    """(code, line, column) of every finding."""
    return [(f.code, f.span.line, f.span.column) for f in loaded(text).findings]


def only_finding(text: str | bytes) -> Finding:
    findings = loaded(text).findings
    assert len(findings) == 1, findings
    return findings[0]


def first(plan: Plan) -> Activity:
    return plan.activities[0]


def result(plan: Plan) -> Deliverable:
    return plan.activities[0].deliverables[0]


def row(lines: str) -> str:
    """A plan with one activity that has these lines beside its title."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    return f"title: План\nactivities:\n  - title: Раз\n{body}"


# -- every key, in English and in Russian ---------------------------------------------------------------------------

# (level, key) → a value as YAML, where it is found in the plan, and what stands there.
Sample = tuple[str, "Callable[[Plan], Any]", Any]
SAMPLES: dict[tuple[str, str], Sample] = {
    ("plan", "title"): ("Дорожная карта", lambda p: p.title, "Дорожная карта"),
    ("plan", "organization"): ("МБОУ «СОШ №6»", lambda p: p.organization, "МБОУ «СОШ №6»"),
    ("plan", "school_year"): ("2022-2023", lambda p: p.school_year, "2022-2023"),
    ("plan", "follows"): ("[upper.yaml, other.yaml]", lambda p: p.follows, ("upper.yaml", "other.yaml")),
    ("plan", "order"): ("{number: 161-а}", lambda p: p.order and p.order.number, "161-а"),
    ("plan", "participants"): ("[{schools: [СОШ №5]}]", lambda p: [c.schools for c in p.participants], [("СОШ №5",)]),
    ("plan", "people"): ("[{name: Савина И.А.}]", lambda p: [one.name for one in p.people], ["Савина И.А."]),
    ("plan", "activities"): ("[{title: Два}]", lambda p: [a.title for a in p.activities], ["Два"]),
    ("plan", "not_applicable"): ('{"9": не школа}', lambda p: dict(p.not_applicable), {"9": "не школа"}),
    ("plan", "approved"): ("«УТВЕРЖДАЮ» директор", lambda p: p.approved, "«УТВЕРЖДАЮ» директор"),
    ("plan", "note"): ("со скана", lambda p: p.note, "со скана"),
    ("order", "number"): ("161-а", lambda p: p.order.number, "161-а"),
    ("order", "date"): ("05.10.2022", lambda p: p.order.date and p.order.date.end, date(2022, 10, 5)),
    ("order", "signed"): ("Слепкова Н.А.", lambda p: p.order.signed, "Слепкова Н.А."),
    ("participant", "cluster"): ("Педагогический", lambda p: p.participants[0].name, "Педагогический"),
    ("participant", "schools"): ("[СОШ №5, СОШ №6]", lambda p: p.participants[0].schools, ("СОШ №5", "СОШ №6")),
    ("person", "name"): ("Давыденко О.С.", lambda p: p.people[0].name, "Давыденко О.С."),
    ("person", "role"): ("координатор", lambda p: p.people[0].role, "координатор"),
    ("person", "email"): ("a@example.org", lambda p: p.people[0].email, "a@example.org"),
    ("person", "aliases"): ("[Давыденко О. С.]", lambda p: p.people[0].aliases, ("Давыденко О. С.",)),
    ("activity", "no"): ("3.10", lambda p: first(p).no, "3.10"),
    ("activity", "id"): ("опрос", lambda p: first(p).id, "опрос"),
    ("activity", "title"): ("Провести опрос", lambda p: first(p).title, "Провести опрос"),
    ("activity", "covers"): ("['1', '2']", lambda p: first(p).covers, ("1", "2")),
    ("activity", "deliverables"): (
        "[{text: Приказ}, Отчёт]",
        lambda p: [d.text for d in first(p).deliverables],
        ["Приказ", "Отчёт"],
    ),
    ("activity", "deliverable"): ("Приказ издан", lambda p: result(p).text, "Приказ издан"),
    ("activity", "due"): ("До 15.10.2022", lambda p: result(p).due and result(p).due.end, date(2022, 10, 15)),
    ("activity", "owners"): (
        "Савина И.А., Слепкова Н.А.",
        lambda p: result(p).owners and [o.name for o in result(p).owners.owners],
        ["Савина И.А.", "Слепкова Н.А."],
    ),
    ("activity", "done"): ("12.10.2022", lambda p: result(p).done and result(p).done.end, date(2022, 10, 12)),
    ("activity", "evidence"): ("приказ № 87", lambda p: result(p).evidence, "приказ № 87"),
    ("activity", "section"): ("Организация", lambda p: first(p).section, "Организация"),
    ("activity", "period"): ("октябрь", lambda p: first(p).period, "октябрь"),
    ("activity", "for"): ("[СОШ №5]", lambda p: first(p).addressed, ("СОШ №5",)),
    ("activity", "cancelled"): ("нет средств", lambda p: first(p).cancelled, "нет средств"),
    ("activity", "moved"): ("[{to: 20.10.2022}]", lambda p: [m.after for m in first(p).moved], ["20.10.2022"]),
    ("activity", "note"): ("со скана", lambda p: first(p).note, "со скана"),
    ("activity", "source"): (
        "plan.docx, таблица 1, строка 7",
        lambda p: first(p).source,
        "plan.docx, таблица 1, строка 7",
    ),
    ("deliverable", "text"): ("Приказ издан", lambda p: result(p).text, "Приказ издан"),
    ("deliverable", "due"): ("2022-10-15", lambda p: result(p).due and result(p).due.end, date(2022, 10, 15)),
    ("deliverable", "owners"): (
        "[Савина И.А.]",
        lambda p: result(p).owners and [o.name for o in result(p).owners.owners],
        ["Савина И.А."],
    ),
    ("deliverable", "done"): ("12.10.2022", lambda p: result(p).done and result(p).done.end, date(2022, 10, 12)),
    ("deliverable", "evidence"): ("приказ № 87", lambda p: result(p).evidence, "приказ № 87"),
    ("deliverable", "moved"): ("[{to: 20.10.2022}]", lambda p: [m.after for m in result(p).moved], ["20.10.2022"]),
    ("deliverable", "note"): ("со скана", lambda p: result(p).note, "со скана"),
    ("move", "from"): ("15.10.2022", lambda p: first(p).moved[0].before, "15.10.2022"),
    ("move", "to"): ("20.10.2022", lambda p: first(p).moved[0].after, "20.10.2022"),
    ("move", "on"): ("14.10.2022", lambda p: first(p).moved[0].on, "14.10.2022"),
    ("move", "reason"): ("карантин", lambda p: first(p).moved[0].reason, "карантин"),
}
EVERY_KEY = [(level, field) for level, fields in FIELDS.items() for field in fields]
KEY_IDS = [f"{level}-{field.key}" for level, field in EVERY_KEY]
# What must stand beside a key at its level, so that the plan is whole.
BESIDE = {
    "plan": {"title": "План", "activities": "[{title: Раз}]"},
    "order": {"number": "1"},
    "participant": {"schools": "[СОШ №1]"},
    "person": {"name": "Савина И.А."},
    "activity": {"title": "Раз"},
    "deliverable": {"text": "Отчёт"},
    "move": {"reason": "погода"},
}
FRAMES = {
    "plan": ("", "", ""),
    "order": ("title: План\nactivities: [{title: Раз}]\norder:\n", "  ", "  "),
    "participant": ("title: План\nactivities: [{title: Раз}]\nparticipants:\n", "  - ", "    "),
    "person": ("title: План\nactivities: [{title: Раз}]\npeople:\n", "  - ", "    "),
    "activity": ("title: План\nactivities:\n", "  - ", "    "),
    "deliverable": ("title: План\nactivities:\n  - title: Раз\n    deliverables:\n", "    - ", "      "),
    "move": ("title: План\nactivities:\n  - title: Раз\n    moved:\n", "    - ", "      "),
}


def written(level: str, pairs: dict[str, str]) -> str:
    """A plan with a mapping of this level; every value stands on a line of its own, where no key's length moves it."""
    head, start, indent = FRAMES[level]
    lines = [f"{key}:\n{indent}  {value}\n" for key, value in pairs.items()]
    return head + start + indent.join(lines)


def test_every_key_has_a_sample() -> None:
    assert set(SAMPLES) == {(level, field.key) for level, field in EVERY_KEY}


@pytest.mark.parametrize(("level", "field"), EVERY_KEY, ids=KEY_IDS)
def test_a_key_and_its_synonym_read_alike(level: str, field: Any) -> None:
    value, find, expected = SAMPLES[level, field.key]
    beside = {key: v for key, v in BESIDE[level].items() if key != field.key}
    plans = [clean(written(level, {name: value, **beside})) for name in (field.key, field.synonym)]
    assert find(plans[0]) == expected
    assert plans[0] == plans[1]
    if beside:
        without = loaded(written(level, beside)).plan
        assert without is None or find(without) != expected


def test_synonyms_are_words_of_their_own() -> None:
    for level, fields in FIELDS.items():
        names = [name for field in fields for name in (field.key, field.synonym)]
        assert len(names) == len(set(names)), level
        assert all(field.key.isascii() and not field.synonym.isascii() and field.doc for field in fields), level


@pytest.mark.parametrize(
    ("level", "field"),
    [(level, field) for level, field in EVERY_KEY if field.required],
    ids=[f"{level}-{field.key}" for level, field in EVERY_KEY if field.required],
)
def test_a_required_key_is_missed(level: str, field: Any) -> None:
    other = {"title": "activities", "activities": "title"} if level == "plan" else {}
    pairs = {"x-note": "1", **{key: v for key, v in BESIDE[level].items() if key == other.get(field.key)}}
    finding = only_finding(written(level, pairs))
    assert finding.code == "RM008"
    assert f"«{field.key}»" in finding.message


def test_required_keys_are_those_of_the_design() -> None:
    required = {(level, field.key) for level, field in EVERY_KEY if field.required}
    assert {("plan", "title"), ("plan", "activities"), ("activity", "title")} <= required
    assert ("plan", "organization") not in required
    assert ("activity", "no") not in required


# -- places ---------------------------------------------------------------------------------------------------------

PLACED = """\
title: План школы
организация: МБОУ «СОШ №6»
order: {number: 161-а, date: 05.10.2022}
activities:
  - no: "1"
    название: Издать приказ
    covers: ["1"]
    deliverables:
      - text: Приказ
        due: До 15.10.2022
        ответственные: Савина И.А.
      - Отчёт
  - {no: 2, title: Опрос, due: 12.10.2022}
"""
PLACES: list[tuple[str, Callable[[Plan], Any], tuple[int, int]]] = [
    ("title", lambda p: p.spans["title"], (1, 8)),
    ("organization", lambda p: p.spans["organization"], (2, 14)),
    ("order number", lambda p: p.order.spans["number"], (3, 17)),
    ("order date", lambda p: p.order.spans["date"], (3, 30)),
    ("first activity", lambda p: p.activities[0].span, (5, 5)),
    ("number", lambda p: p.activities[0].spans["no"], (5, 9)),
    ("activity title", lambda p: p.activities[0].spans["title"], (6, 15)),
    ("covers", lambda p: p.activities[0].spans["covers"], (7, 13)),
    ("deliverable", lambda p: p.activities[0].deliverables[0].span, (9, 9)),
    ("text", lambda p: p.activities[0].deliverables[0].spans["text"], (9, 15)),
    ("due", lambda p: p.activities[0].deliverables[0].spans["due"], (10, 14)),
    ("owners", lambda p: p.activities[0].deliverables[0].spans["owners"], (11, 24)),
    ("deliverable of one word", lambda p: p.activities[0].deliverables[1].span, (12, 9)),
    ("second activity", lambda p: p.activities[1].span, (13, 5)),
    ("due on the activity", lambda p: p.activities[1].deliverables[0].spans["due"], (13, 32)),
]


@pytest.mark.parametrize(("find", "expected"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_a_value_knows_its_place(find: Callable[[Plan], Any], expected: tuple[int, int]) -> None:
    span = find(clean(PLACED))
    assert (span.path, span.line, span.column) == (NAME, *expected)


def test_a_place_ends_behind_its_last_character() -> None:
    span = clean(PLACED).activities[0].deliverables[0].spans["due"]
    assert (span.end_line, span.end_column) == (10, 14 + len("До 15.10.2022"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + PLACED.encode(), id="BOM"),
        pytest.param(PLACED.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(PLACED.replace("\n", "\r").encode(), id="CR"),
        pytest.param(b"\xef\xbb\xbf" + PLACED.replace("\n", "\r\n").encode(), id="BOM and CRLF"),
        pytest.param(b"\xff\xfe" + PLACED.encode("utf-16-le"), id="UTF-16 LE"),
        pytest.param(b"\xfe\xff" + PLACED.encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param(b"\xff\xfe" + PLACED.replace("\n", "\r\n").encode("utf-16-le"), id="UTF-16 and CRLF"),
        pytest.param(PLACED.rstrip("\n").encode(), id="no line break at the end"),
    ],
)
def test_the_bytes_of_a_file_do_not_change_the_plan(data: bytes) -> None:
    assert clean(data) == clean(PLACED)


# -- scalars are text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [
        ("3.10", "3.10"),
        ("0777", "0777"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("No", "No"),
        ("yes", "yes"),
        ("2022-10-15", "2022-10-15"),
        ('"3.10"', "3.10"),
        ("' 7 '", "7"),
        ("4а", "4а"),
        ("~", ""),
        ("", ""),
    ],
)
def test_yaml_types_nothing(written_as: str, read_as: str) -> None:
    assert first(clean(row(f"no: {written_as}"))).no == read_as


def test_an_iso_date_is_read_as_a_day() -> None:
    due = result(clean(row("due: 2022-10-15"))).due
    assert due is not None
    assert (due.kind, due.start, due.end) == ("on", date(2022, 10, 15), date(2022, 10, 15))


def test_a_title_over_several_lines_is_one_line() -> None:
    plan = clean("title: >-\n  План\n  мероприятий\nactivities: [{title: 'Раз   два'}]\n")
    assert (plan.title, first(plan).title) == ("План мероприятий", "Раз два")


def test_the_school_year_gives_dates_their_year_wherever_it_stands() -> None:
    text = "title: П\nactivities:\n  - {title: Раз, due: до 15 октября}\n  - {title: Два, due: до 15 мая}\n"
    days = [a.deliverables[0].due.end for a in clean(text + "school_year: 2022-2023\n").activities]
    assert days == [date(2022, 10, 15), date(2023, 5, 15)]


# -- ids ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        (["{no: 1, title: А}", "{no: 2, title: Б}"], ["1", "2"]),
        (["{no: 15, title: А}", "{no: 15, title: Б}"], ["", ""]),
        (["{no: 15, title: А}", "{no: 15, id: 15а, title: Б}"], ["15", "15а"]),
        (["{no: 15, id: 15а, title: А}", "{no: 15, id: 15б, title: Б}"], ["15а", "15б"]),
        (["{title: А}", "{title: Б}"], ["", ""]),
        (["{id: опрос, title: А}", "{no: 2, title: Б}"], ["опрос", "2"]),
        (["{no: 3.1, title: А}", "{no: 3.10, title: Б}"], ["3.1", "3.10"]),
        (["{no: 1, id: '2', title: А}", "{no: 2, title: Б}"], ["2", ""]),
    ],
    ids=[
        "numbers serve",
        "a doubled number serves nobody",
        "one of two has an id",
        "both have ids",
        "nothing",
        "an id without a number",
        "numbers are text",
        "a number that is another's id",
    ],
)
def test_default_ids(rows: list[str], ids: list[str]) -> None:
    text = "title: П\nactivities:\n" + "".join(f"  - {one}\n" for one in rows)
    assert [a.id for a in clean(text).activities] == ids


# -- inheritance and empty values -----------------------------------------------------------------------------------

MERGED = """\
due: До 01.11.2022
owners: Савина И.А.
deliverables:
  - text: Положение
  - {text: Отчёт, due: До 15.11.2022, owners: Слепкова Н.А.}
  - Письмо
"""


def test_due_and_owners_of_the_activity_serve_its_deliverables() -> None:
    found = first(clean(row(MERGED))).deliverables
    assert [d.due and d.due.text for d in found] == ["До 01.11.2022", "До 15.11.2022", "До 01.11.2022"]
    assert [d.owners and d.owners.text for d in found] == ["Савина И.А.", "Слепкова Н.А.", "Савина И.А."]
    assert found[0].spans["due"] == found[2].spans["due"] == first(clean(row(MERGED))).spans["due"]


def test_an_empty_value_of_a_deliverable_is_its_own() -> None:
    text = row("due: До 01.11.2022\nowners: Савина И.А.\ndeliverables:\n  - {text: Приказ, due: , owners: ''}")
    assert (result(clean(text)).due, result(clean(text)).owners) == (None, None)


def test_a_single_deliverable_may_stand_on_the_activity() -> None:
    one = row("deliverable: Приказ\ndue: 14.10.2022\nowners: Савина И.А.\ndone: 12.10.2022\nevidence: № 87")
    listed = row(
        "deliverables:\n  - {text: Приказ, due: 14.10.2022, owners: Савина И.А., done: 12.10.2022, evidence: № 87}"
    )
    bare = [result(clean(text))._replace(span=None, spans={}) for text in (one, listed)]
    assert bare[0] == bare[1]


def test_deliverable_beside_deliverables_is_told() -> None:
    finding = only_finding(row("deliverable: Приказ\ndeliverables: [Отчёт]"))
    assert (finding.code, finding.span.line) == ("RM005", 4)


@pytest.mark.parametrize(
    ("line", "find", "expected"),
    [
        ("covers: []", lambda a: a.covers, ()),
        ("covers:", lambda a: a.covers, ()),
        ("owners: []", lambda a: a.deliverables[0].owners, None),
        ("owners:", lambda a: a.deliverables[0].owners, None),
        ("due: []", lambda a: a.deliverables[0].due, None),
        ("due: ~", lambda a: a.deliverables[0].due, None),
        ("done:", lambda a: a.deliverables[0].done, None),
        ("moved: []", lambda a: a.moved, ()),
        ("for: []", lambda a: a.addressed, ()),
        ("deliverables: []", lambda a: [d.text for d in a.deliverables], [""]),
        ("deliverables:", lambda a: [d.text for d in a.deliverables], [""]),
    ],
)
def test_empty_values_are_no_value_and_no_problem(line: str, find: Callable[[Activity], Any], expected: Any) -> None:
    assert find(first(clean(row(line)))) == expected


def test_owners_as_a_list_are_read_one_by_one() -> None:
    owners = result(clean(row("owners: [Савина И.А., Классные руководители]"))).owners
    assert owners is not None
    assert [o.name for o in owners.owners] == ["Савина И.А.", "Классные руководители"]


def test_a_list_of_dues_is_one_reading_of_several_terms() -> None:
    due = result(clean(row("due: [12.10.2022, 14.10.2022]"))).due
    assert due is not None
    assert (due.kind, [part.end for part in due.parts]) == ("dates", [date(2022, 10, 12), date(2022, 10, 14)])
    assert not due.unclear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: П\nactivities: []\n", [("RM009", 2, 13)]),
        ("title: П\nactivities:\n", [("RM009", 2, 12)]),
        ("title: ''\nactivities: [{title: А}]\n", [("RM008", 1, 8)]),
        ("title: П\nactivities: [{title: }]\n", [("RM008", 2, 22)]),
        ("title: П\nactivities: [{title: А}]\npeople: [{name: ' '}]\n", [("RM008", 3, 17)]),
    ],
    ids=["no activities", "nothing under activities", "an empty title", "an empty activity title", "an empty name"],
)
def test_an_empty_value_of_a_required_key_is_told_where_it_stands(text: str, expected: list[Any]) -> None:
    assert told(text) == expected


# -- wrong types ----------------------------------------------------------------------------------------------------

TOP = "title: П\nactivities: [{title: А}]\n"
WRONG: list[tuple[str, str, tuple[int, int]]] = [
    ("a title that is a list", "title: [П]\nactivities: [{title: А}]\n", (1, 8)),
    ("a school year that is a mapping", TOP + "school_year: {a: b}\n", (3, 14)),
    ("follows that is a mapping", TOP + "follows: {a: b}\n", (3, 10)),
    ("an item of follows that is a list", TOP + "follows: [[a.yaml]]\n", (3, 11)),
    ("an empty item of follows", TOP + "follows: [a.yaml, ~]\n", (3, 19)),
    ("an order that is text", TOP + "order: № 161-а\n", (3, 8)),
    ("an order's date that is a mapping", TOP + "order: {date: {a: b}}\n", (3, 15)),
    ("participants that are text", TOP + "participants: все\n", (3, 15)),
    ("people that are a mapping", TOP + "people: {name: Савина И.А.}\n", (3, 9)),
    ("a person that is text", TOP + "people: [Савина И.А.]\n", (3, 10)),
    ("reasons that are text", TOP + "not_applicable: нет\n", (3, 17)),
    ("activities that are a mapping", "title: П\nactivities: {title: А}\n", (2, 13)),
    ("an activity that is text", "title: П\nactivities:\n  - А\n  - {title: Б}\n", (3, 5)),
    ("an activity that is a list", "title: П\nactivities:\n  - [А]\n  - {title: Б}\n", (3, 5)),
    ("a number that is a list", row("no: [1]"), (4, 9)),
    ("covers that is a mapping", row("covers: {a: b}"), (4, 13)),
    ("an item of covers that is a list", row("covers: ['1', ['2']]"), (4, 19)),
    ("an empty item of covers", row("covers: ['1', '']"), (4, 19)),
    ("a due that is a mapping", row("due: {a: b}"), (4, 10)),
    ("owners that are a mapping", row("owners: {name: Савина И.А.}"), (4, 13)),
    ("an item of owners that is a mapping", row("owners: [{name: Савина И.А.}]"), (4, 14)),
    ("done that is a mapping", row("done: {a: b}"), (4, 11)),
    ("deliverables that are text", row("deliverables: Приказ"), (4, 19)),
    ("a deliverable that is a list", row("deliverables: [[Приказ]]"), (4, 20)),
    ("a deliverable's text that is a list", row("deliverables: [{text: [а]}]"), (4, 27)),
    ("moved that is text", row("moved: на май"), (4, 12)),
    ("a cancellation that is a list", row("cancelled: [да]"), (4, 16)),
]


@pytest.mark.parametrize(("text", "place"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_type_is_one_finding_at_its_place(text: str, place: tuple[int, int]) -> None:
    plan = loaded(text).plan
    assert told(text) == [("RM007", *place)]
    assert plan is not None
    assert plan.title or "title: [" in text


@pytest.mark.parametrize("text", ["просто текст\n", "- title: А\n", "[]\n"], ids=["text", "list", "empty list"])
def test_a_file_that_is_no_mapping_has_no_plan(text: str) -> None:
    plan, findings = loaded(text)
    assert plan is None
    assert [f.code for f in findings] == ["RM007"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# nothing yet\n", b"---\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_once(data: bytes) -> None:
    plan, findings = loaded(data)
    assert plan is None
    assert [f.code for f in findings] == ["RM009"]


def test_activities_that_are_text_are_told_once() -> None:
    assert told("title: П\nactivities: потом\n") == [("RM007", 2, 13)]


def test_a_shared_value_of_a_wrong_type_is_told_once() -> None:
    text = row("due: {a: b}\nowners: {c: d}\ndeliverables: [Приказ, Отчёт, Письмо]")
    assert told(text) == [("RM007", 4, 10), ("RM007", 5, 13)]


# -- unknown keys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "guess"),
    [
        ("titel", "title"),
        ("organisation", "organization"),
        ("Title", "title"),
        ("ORGANIZATION", "organization"),
        ("Организация", "организация"),
        ("органзация", "организация"),
        ("schoolyear", "school_year"),
        ("school-year", "school_year"),
        ("учебный год", "учебный_год"),
        ("оrganization", "organization"),
        ("nоte", "note"),
        ("оrdеr", "order"),
        ("opганизация", "организация"),
        ("note\u200b", "note"),
        ("note\u00a0", "note"),
    ],
)
def test_an_unknown_key_says_what_it_may_be(key: str, guess: str) -> None:
    text = f"title: П\n{key}: слово\nactivities: [{{title: А}}]\n"
    hits = [f for f in loaded(text).findings if f.code == "RM006"]
    assert [f.span.line for f in hits] == [2]
    assert f"возможно, «{guess}»" in hits[0].message
    assert hits[0].severity == "warning"


@pytest.mark.parametrize(
    ("line", "guess"),
    [("dues: 01.10.2022", "due"), ("Срок: 01.10.2022", "срок"), ("сроk: 01.10.2022", "срок"), ("оwners: а", "owners")],
)
def test_unknown_keys_of_an_activity(line: str, guess: str) -> None:
    finding = only_finding(row(line))
    assert (finding.code, finding.span.line, finding.span.column) == ("RM006", 4, 5)
    assert f"возможно, «{guess}»" in finding.message


@pytest.mark.parametrize("key", ['"note "', '" note"', '"note\\t"'])
def test_blanks_around_a_key_are_told(key: str) -> None:
    finding = only_finding(f"title: П\n{key}: слово\nactivities: [{{title: А}}]\n")
    assert finding.code == "RM006"
    assert "возможно, «note»" in finding.message


def test_a_key_like_nothing_has_no_hint() -> None:
    finding = only_finding("title: П\nбюджет: 100\nactivities: [{title: А}]\n")
    assert (finding.code, finding.span.line, finding.span.column) == ("RM006", 2, 1)
    assert "возможно" not in finding.message


def test_a_key_of_another_level_is_unknown_here() -> None:
    assert told(row("school_year: 2022-2023")) == [("RM006", 4, 5)]


def test_hostile_keys_are_shown_safely() -> None:
    finding = only_finding('title: П\n"\\e[31mzzz": 1\nactivities: [{title: А}]\n')
    assert "\x1b" not in finding.message


@pytest.mark.parametrize("level", FIELDS)
@pytest.mark.parametrize("key", ["x-note", "х-заметка"])
def test_keys_of_ones_own_are_ignored_everywhere(level: str, key: str) -> None:
    value = SAMPLES[level, FIELDS[level][0].key][0]
    pairs = {**BESIDE[level], FIELDS[level][0].key: value}
    assert clean(written(level, {**pairs, key: "что угодно"})) is not None


# -- the same key twice ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("due", "срок"), ("срок", "due"), ("due", "due"), ("срок", "срок")],
)
def test_a_key_given_twice_counts_once(one: str, other: str) -> None:
    text = row(f"{one}: 14.10.2022\n{other}: 20.10.2022")
    plan, findings = loaded(text)
    assert [(f.code, f.span.line, f.span.column) for f in findings] == [("RM005", 5, 5)]
    assert plan is not None
    due = result(plan).due
    assert due is not None
    assert due.text == "14.10.2022"


# -- parents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("municipal.yaml", "plan.yaml", "municipal.yaml"),
        ("municipal.yaml", "plans/plan.yaml", "plans/municipal.yaml"),
        ("../municipal.yaml", "plans/schools/school-6.yaml", "plans/municipal.yaml"),
        ("./municipal.yaml", "plans/plan.yaml", "plans/municipal.yaml"),
        ("a/../b.yaml", "plans/plan.yaml", "plans/b.yaml"),
        ("../municipal.yaml", "plans\\schools\\school-6.yaml", "plans/municipal.yaml"),
        ("План города.yaml", "/home/plans/a.yaml", "/home/plans/План города.yaml"),
        ("https://example.org/plan.yaml", "plans/plan.yaml", None),
        ("file:///etc/passwd", "plans/plan.yaml", None),
        ("//server/share/plan.yaml", "plans/plan.yaml", None),
        ("\\\\server\\share\\plan.yaml", "plans/plan.yaml", None),
        ("..\\municipal.yaml", "plans/plan.yaml", None),
        ("/etc/passwd", "plans/plan.yaml", None),
        ("C:\\plans\\plan.yaml", "plans/plan.yaml", None),
        ("C:/plans/plan.yaml", "plans/plan.yaml", None),
        ("c:plan.yaml", "plans/plan.yaml", None),
        ("~/plan.yaml", "plans/plan.yaml", None),
        ("plan\0.yaml", "plans/plan.yaml", None),
        ("", "plans/plan.yaml", None),
    ],
)
def test_where_a_parent_lies(name: str, path: str, expected: str | None) -> None:
    assert resolve_follows(name, path) == expected


@pytest.mark.parametrize(
    "name", ["https://example.org/plan.yaml", "/etc/passwd", '"\\\\\\\\server\\\\share"', '"a\\0b.yaml"', "~/plan.yaml"]
)
def test_a_parent_that_is_no_path_is_told_at_follows(name: str) -> None:
    plan, findings = loaded(f"title: П\nfollows: {name}\nactivities: [{{title: А}}]\n")
    told_here = [(f.code, f.span.line, f.span.column) for f in findings if f.code == "RM011"]
    assert told_here == [("RM011", 2, 10)]
    assert plan is not None
    assert plan.follows == ()


PLAIN = "title: П\nactivities: [{title: А}]\n"


def put(folder: Path, name: str, text: str | bytes = PLAIN) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def opened(files: list[str], root: Path) -> Project:
    """The plans of these files, which may read what lies in `root`."""
    return load(files, lambda path: Settings(str(root)))


def codes(project: Project) -> list[tuple[str, str, int]]:
    return [(f.code, f.span.path, f.span.line) for f in project.findings]


def test_a_parent_is_read_though_nobody_asked_for_it(tmp_path: Path) -> None:
    parent = put(tmp_path, "municipal.yaml")
    child = put(tmp_path, "schools/school.yaml", "follows: ../municipal.yaml\n" + PLAIN)
    project = opened([child], tmp_path)
    assert project.findings == ()
    assert set(project.plans) == {child, parent}
    assert project.plans[child].follows == (parent,)
    assert [plan.path for plan in project.asked()] == [child]


def test_several_parents_and_levels(tmp_path: Path) -> None:
    region = put(tmp_path, "region.yaml")
    town = put(tmp_path, "town.yaml", "follows: region.yaml\n" + PLAIN)
    other = put(tmp_path, "other.yaml")
    child = put(tmp_path, "school.yaml", "follows: [town.yaml, other.yaml]\n" + PLAIN)
    project = opened([child], tmp_path)
    assert project.findings == ()
    assert project.plans[child].follows == (town, other)
    assert project.plans[town].follows == (region,)


def test_a_parent_outside_the_project_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.yaml")
    child = put(tmp_path, "plans/school.yaml", "follows: ../secret.yaml\n" + PLAIN)
    project = opened([child], tmp_path / "plans")
    assert codes(project) == [("RM011", child, 1)]
    assert set(project.plans) == {child}
    assert project.plans[child].follows == ()


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.yaml")
    child = put(tmp_path, "plans/school.yaml", "follows: inner.yaml\n" + PLAIN)
    (tmp_path / "plans" / "inner.yaml").symlink_to(secret)
    project = opened([child], tmp_path / "plans")
    assert codes(project) == [("RM011", child, 1)]


def test_a_sibling_folder_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    put(tmp_path, "plans-old/town.yaml")
    child = put(tmp_path, "plans/school.yaml", "follows: ../plans-old/town.yaml\n" + PLAIN)
    assert codes(opened([child], tmp_path / "plans")) == [("RM011", child, 1)]


def test_a_missing_parent_is_told_at_follows(tmp_path: Path) -> None:
    child = put(tmp_path, "school.yaml", "title: П\nfollows: town.yaml\nactivities: [{title: А}]\n")
    project = opened([child], tmp_path)
    assert codes(project) == [("RM001", child, 2)]
    assert set(project.plans) == {child}


def test_a_folder_is_no_parent(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    child = put(tmp_path, "school.yaml", "follows: town\n" + PLAIN)
    assert codes(opened([child], tmp_path)) == [("RM001", child, 1)]


def test_a_parent_that_cannot_be_read_is_told_though_nobody_asked_for_it(tmp_path: Path) -> None:
    put(tmp_path, "town.yaml", "title: [П\n")
    child = put(tmp_path, "school.yaml", "follows: town.yaml\n" + PLAIN)
    assert opened([child], tmp_path).findings != ()


def test_a_circle_of_plans_is_read_once_each(tmp_path: Path) -> None:
    one = put(tmp_path, "one.yaml", "follows: two.yaml\n" + PLAIN)
    two = put(tmp_path, "two.yaml", "follows: one.yaml\n" + PLAIN)
    project = opened([one], tmp_path)
    assert set(project.plans) == {one, two}
    assert (project.plans[one].follows, project.plans[two].follows) == ((two,), (one,))


def test_a_plan_that_follows_itself_is_read_once(tmp_path: Path) -> None:
    one = put(tmp_path, "one.yaml", "follows: one.yaml\n" + PLAIN)
    assert set(opened([one], tmp_path).plans) == {one}


def test_one_file_under_two_names_is_one_plan(tmp_path: Path) -> None:
    one = put(tmp_path, "one.yaml")
    (tmp_path / "again.yaml").symlink_to(one)
    assert len(opened([one, str(tmp_path / "again.yaml")], tmp_path).plans) == 1


# -- all problems of all files --------------------------------------------------------------------------------------

BAD = """\
titel: План
school_year: [2022]
activities:
  - no: {a: b}
    due: {c: d}
    zzz: 1
  - текст
  - title: Раз
    covers: [[1]]
    title: Два
"""


def test_all_problems_of_a_file_in_one_run() -> None:
    assert sorted(told(BAD)) == sorted(
        [
            ("RM006", 1, 1),
            ("RM008", 1, 1),
            ("RM007", 2, 14),
            ("RM007", 4, 9),
            ("RM007", 5, 10),
            ("RM006", 6, 5),
            ("RM008", 4, 5),
            ("RM007", 7, 5),
            ("RM007", 9, 14),
            ("RM005", 10, 5),
        ]
    )


def test_a_bad_file_hides_no_other(tmp_path: Path) -> None:
    files = [
        put(tmp_path, "broken.yaml", "title: [П\nactivities: 1\n"),
        put(tmp_path, "cp1251.yaml", "title: План мероприятий школы\nactivities: [{title: Приказ}]\n".encode("cp1251")),
        put(tmp_path, "empty.yaml", b""),
        put(tmp_path, "good.yaml", "zzz: 1\n" + PLAIN),
        put(tmp_path, "wrong.yaml", "title: П\nactivities: [{title: А, no: [1]}]\n"),
    ]
    project = opened(files, tmp_path)
    assert {(f.code, f.span.path) for f in project.findings} == {
        ("RM003", files[0]),
        ("RM002", files[1]),
        ("RM009", files[2]),
        ("RM006", files[3]),
        ("RM007", files[4]),
    }
    assert set(project.plans) == {files[3], files[4]}


# -- which files are plans ------------------------------------------------------------------------------------------


def test_a_folder_means_all_yaml_files_below_it(tmp_path: Path) -> None:
    names = ["a.yaml", "b.yml", "schools/6.yaml", "schools/deep/7.yaml"]
    wanted = sorted(put(tmp_path, name) for name in names)
    for name in ("roadmap.yaml", ".hidden.yaml", ".git/x.yaml", "notes.txt", "schools/roadmap.yaml"):
        put(tmp_path, name)
    assert sorted(find_files([str(tmp_path)])) == wanted


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    one = put(tmp_path, "one.yaml")
    assert find_files([one, str(tmp_path), one]) == [one]


def test_a_named_file_may_have_any_name(tmp_path: Path) -> None:
    one = put(tmp_path, "plan.txt")
    assert find_files([one]) == [one]


@pytest.mark.parametrize("name", ["no.yaml", "no-folder/plan.yaml"])
def test_a_missing_path_is_an_operators_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(RoadmapError, match="нет файла или папки"):
        find_files([str(tmp_path / name)])


def test_a_folder_without_plans_is_an_operators_error(tmp_path: Path) -> None:
    put(tmp_path, "roadmap.yaml", "due_soon: 14\n")
    with pytest.raises(RoadmapError, match="нет планов"):
        find_files([str(tmp_path)])
