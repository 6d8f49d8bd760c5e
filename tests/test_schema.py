"""The schemas of a plan and of the settings: what they take and refuse, that it is what the loader does, and their places."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from conftest import clean_env
from roadmap_cli.config import SETTING_KEYS, read_settings
from roadmap_cli.dates import parse_due, parse_years
from roadmap_cli.fields import EXAMPLES, FIELDS
from roadmap_cli.loader import build
from roadmap_cli.people import Cell
from roadmap_cli.schema import plan_schema, settings_schema, written
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PLAN_FILES = sorted(
    path
    for folder in ("plans", "tests/sample", "tests/district/plans")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.name != "roadmap.yaml"
)
SETTINGS_FILES = sorted(path for folder in ("plans", "tests") for path in (ROOT / folder).rglob("roadmap.yaml"))
TOP = "title: П\nactivities: [{title: А}]\n"


def row(lines: str) -> str:
    return "title: П\nactivities:\n  - title: А\n" + "".join(f"    {line}\n" for line in lines.splitlines())


GOOD = {
    "the least plan": TOP,
    "the least plan in Russian": "название: П\nмероприятия: [{название: А}]\n",
    "both languages in one plan": 'название: П\nactivities:\n  - номер: "1"\n    title: А\n    срок: до 5 мая\n    owners: Савина И.А.\n',
    "numbers, days and words that YAML has values for": row(
        "no: 3.10\nid: 7\ndue: 2022-10-15\ndone: 12.10.2022\nsection: yes\nnote: null\nevidence: 87"
    ),
    "a day without quotes": row("deliverables: [{text: Приказ, done: 2022-10-14}]"),
    "a title that is a number": "title: 161\nactivities: [{title: 2022}]\n",
    "keys without values": TOP + "organization:\nfollows:\nparticipants:\npeople:\nnote:\n",
    "an activity's keys without values": row("no:\ncovers:\ndeliverables:\ndue:\nowners:\ndone:\nmoved:\nfor:"),
    "lists where one text will do": row(
        "due: [12.10.2022, 14.10.2022]\nowners: [Савина И.А., Слепкова Н.А.]\ncovers: [1, '2']\nfor: [СОШ №5]"
    ),
    "texts where a list is usual": row("covers: 5\nfor: СОШ №5\ndeliverables: [Приказ, {text: Отчёт}]")
    + "follows: ../a.yaml\nparticipants: [СОШ №5, {schools: СОШ №6}]\n",
    "reasons under numbers without quotes": TOP + "not_applicable: {9: не школа, '10': }\n",
    "keys of one's own, Latin and Cyrillic": TOP + "x-a: {b: [1]}\nх-заметка: [да]\norder: {x-b: 1}\n",
    "an order": TOP + "приказ: {номер: 161-а, дата: 05.10.2022, подписал: Слепкова Н.А.}\n",
    "years as one number": TOP + "school_year: 2023\n",
    "years with a slash and words": TOP + "school_year: 2022/23 учебный год\n",
    "a move of the date": row("перенос: [{с: 15.10.2022, на: 20.10.2022, когда: 14.10.2022, причина: карантин}]"),
}
# name → (the plan, where `check-jsonschema` finds it, what the loader says)
BAD = {
    "a list for a plan": ("- title: А\n", "$", "RM007"),
    "a text for a plan": ("просто текст\n", "$", "RM007"),
    "no title": ("activities: [{title: А}]\n", "$", "RM008"),
    "no activities": ("title: П\n", "$", "RM008"),
    "an empty title": ("title: ''\nactivities: [{title: А}]\n", "$.title", "RM008"),
    "a title without a value": ("title:\nactivities: [{title: А}]\n", "$.title", "RM008"),
    "a title that is a list": ("title: [П]\nactivities: [{title: А}]\n", "$.title", "RM007"),
    "activities without a value": ("title: П\nactivities:\n", "$.activities", "RM009"),
    "an empty list of activities": ("title: П\nactivities: []\n", "$.activities", "RM009"),
    "activities that are a mapping": ("title: П\nactivities: {title: А}\n", "$.activities", "RM007"),
    "an activity that is a text": ("title: П\nactivities: [А, {title: Б}]\n", "$.activities[0]", "RM007"),
    "an activity without a title": ("title: П\nмероприятия: [{срок: до 5 мая}]\n", "$['мероприятия'][0]", "RM008"),
    "an activity with an empty title": ("title: П\nactivities: [{title: ' '}]\n", "$.activities[0].title", "RM008"),
    "an unknown key of the plan": (TOP + "titel: П\n", "$", "RM006"),
    "an unknown key of an activity": (row("ovners: Савина И.А."), "$.activities[0]", "RM006"),
    "a key of another level": (row("school_year: 2022-2023"), "$.activities[0]", "RM006"),
    "a key with a capital letter": (row("Срок: до 5 мая"), "$.activities[0]", "RM006"),
    "a key in both languages": (row("due: до 5 мая\nсрок: до 6 мая"), "$.activities[0]", "RM005"),
    "a deliverable and deliverables": (row("deliverable: Приказ\ndeliverables: [Отчёт]"), "$.activities[0]", "RM005"),
    "a deliverable and deliverables in Russian": (row("результат: Приказ\nрезультаты: [Отчёт]"), "$.activities[0]", "RM005"),
    "a number that is a list": (row("no: [1]"), "$.activities[0].no", "RM007"),
    "a due that is a mapping": (row("due: {a: b}"), "$.activities[0].due", "RM007"),
    "an empty place among days": (row("done: ['']"), "$.activities[0].done[0]", "RM007"),
    "owners that are a mapping": (row("owners: {name: Савина И.А.}"), "$.activities[0].owners", "RM007"),
    "an owner that is a mapping": (row("owners: [{name: Савина И.А.}]"), "$.activities[0].owners[0]", "RM007"),
    "an empty place among links": (row("covers: ['1', '']"), "$.activities[0].covers[1]", "RM007"),
    "a link without a value": (row("covers: ['1', ~]"), "$.activities[0].covers[1]", "RM007"),
    "a list among links": (row("covers: ['1', ['2']]"), "$.activities[0].covers[1]", "RM007"),
    "deliverables that are a text": (row("deliverables: Приказ"), "$.activities[0].deliverables", "RM007"),
    "a deliverable that is a list": (row("deliverables: [[Приказ]]"), "$.activities[0].deliverables[0]", "RM007"),
    "a deliverable's text that is a list": (row("deliverables: [{text: [а]}]"), "$.activities[0].deliverables[0].text", "RM007"),
    "moves that are a text": (row("moved: на май"), "$.activities[0].moved", "RM007"),
    "a move that is a text": (row("moved: [на май]"), "$.activities[0].moved[0]", "RM007"),
    "follows that is a mapping": (TOP + "follows: {a: b}\n", "$.follows", "RM007"),
    "a list among parents": (TOP + "follows: [[a.yaml]]\n", "$.follows[0]", "RM007"),
    "an order that is a text": (TOP + "order: № 161-а\n", "$.order", "RM007"),
    "an order without a value": (TOP + "order:\n", "$.order", "RM007"),
    "an order's date that is a mapping": (TOP + "order: {date: {a: b}}\n", "$.order.date", "RM007"),
    "participants that are a text": (TOP + "participants: все\n", "$.participants", "RM007"),
    "a cluster without schools": (TOP + "participants: [{cluster: А}]\n", "$.participants[0]", "RM008"),
    "people that are a mapping": (TOP + "people: {name: Савина И.А.}\n", "$.people", "RM007"),
    "a person that is a text": (TOP + "people: [Савина И.А.]\n", "$.people[0]", "RM007"),
    "a person without a name": (TOP + "people: [{role: координатор}]\n", "$.people[0]", "RM008"),
    "a person with an empty name": (TOP + "people: [{name: }]\n", "$.people[0].name", "RM008"),
    "reasons that are a text": (TOP + "not_applicable: нет\n", "$.not_applicable", "RM007"),
    "reasons without a value": (TOP + "not_applicable:\n", "$.not_applicable", "RM007"),
    "a reason that is a list": (TOP + "not_applicable: {'9': [нет]}\n", "$.not_applicable['9']", "RM007"),
}  # fmt: skip
BAD_YEARS = ["22-23", "год", "2022-2023-2024", "1022", "2022-3", "true", "[2022]"]
GOOD_SETTINGS = {
    "nothing": "{}\n",
    "keys without values": "due_soon:\nnon_working:\ntimezone:\nvacations:\nterms: {2022-2023: }\ndifferent_people:\n",
    "a share with a comma": "match_threshold: 0,25\n",
    "a share with a dot": "match_threshold: .5\n",
    "a number in quotes": 'due_soon: "30"\n',
    "vacations and terms": "vacations:\n  2022-2023: {осенние: с 31.10.2022 по 06.11.2022, Зимние каникулы: с 29.12.2022 по 08.01.2023}\nterms:\n  2022/23: {1 четверть: с 01.09.2022 по 30.10.2022}\n",
    "people": "different_people: [[Иванова А.А., Иванова А.Л.], [а, б, в]]\n",
    "a key of one's own": "x-note: 1\n",
    "reminders": "reminders:\n  days: [14, 1]\n  begins: нет\n  overdue: weekly\n  lookback: 30\n  default: Савина И.А.\n  copies: [a@example.org]\n  roles: {Классные руководители: a@example.org}\n  smtp: {host: mail.example.org, port: 465, tls: ssl, user: a, from: Школа <a@example.org>, password_file: secret}\n  apprise: [ntfy://topic, urls.txt]\n",
    "reminders in few words": "reminders: {days: 7, copies: a@example.org, apprise: urls.txt, smtp: }\nper_path: {a.yaml: {reminders: {days: '7, 1'}}}\n",
}
BAD_SETTINGS = {
    "a list": ("- 1\n", "$"),
    "an unknown key": ("due_son: 14\n", "$"),
    "words for a number": ("due_soon: две недели\n", "$.due_soon"),
    "too many days": ("due_soon: 400\n", "$.due_soon"),
    "half a day": ("due_soon: 1.5\n", "$.due_soon"),
    "a rule that is none": ("non_working: after\n", "$.non_working"),
    "a zone in Russian": ("timezone: Москва\n", "$.timezone"),
    "a share above one": ("match_threshold: 25\n", "$.match_threshold"),
    "a share with a comma above one": ("match_threshold: 1,5\n", "$.match_threshold"),
    "vacations without years": ("vacations: {осенние: с 31.10.2022 по 06.11.2022}\n", "$.vacations"),
    "vacations that are a text": ("vacations: зимой\n", "$.vacations"),
    "days that are words": ("reminders: {days: [завтра]}\n", "$.reminders.days[0]"),
    "an unknown key of reminders": ("reminders: {day: 1}\n", "$.reminders"),
    "an unknown way of repeating": ("reminders: {overdue: always}\n", "$.reminders.overdue"),
    "a password": ("reminders: {smtp: {password: x}}\n", "$.reminders.smtp"),
    "a port that is none": ("reminders: {smtp: {port: 70000}}\n", "$.reminders.smtp.port"),
    "a sender that is none": ("reminders: {smtp: {from: Школа}}\n", "$.reminders.smtp.from"),
    "a server for one plan": ("per_path: {a.yaml: {reminders: {smtp: {host: x}}}}\n", "$.per_path['a.yaml'].reminders"),
    "one name alone": ("different_people: [[Иванова А.А.]]\n", "$.different_people[0]"),
}  # fmt: skip


# The files and the command


def test_the_files_of_docs_are_what_the_script_writes() -> None:
    files = runpy.run_path(str(ROOT / "scripts" / "make_schema.py"))["files"]()
    assert {path.name for path in files} == {path.name for path in DOCS.glob("*.schema.json")}
    assert [path.name for path, text in files.items() if path.read_text(encoding="utf-8") != text] == []


@pytest.mark.parametrize(("args", "name"), [((), "plan"), (("--settings",), "settings")], ids=["plan", "settings"])
def test_the_command_prints_the_file_of_docs(args: tuple[str, ...], name: str, roadmap: Callable[..., Ran]) -> None:
    assert roadmap("schema", *args) == (0, (DOCS / f"{name}.schema.json").read_text(encoding="utf-8"), "")


@pytest.mark.parametrize("encoding", ["cp1251", "ascii"])
def test_the_output_is_utf_8_on_any_terminal(encoding: str, process: Callable[..., Ran]) -> None:
    ran = process("schema", PYTHONIOENCODING=encoding)
    assert ran == (0, (DOCS / "plan.schema.json").read_text(encoding="utf-8"), "")


@pytest.mark.parametrize("name", ["plan", "settings"])
def test_a_schema_says_what_it_is_in_russian(name: str) -> None:
    schema = {"plan": plan_schema, "settings": settings_schema}[name]()
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    said = [value for key, value in words(schema) if key in ("description", "errorMessage", "patternErrorMessage")]
    assert len(said) > 10
    assert [one for one in said if not re.search("[а-я]", one)] == []


def words(value: Any) -> Iterator[tuple[str, str]]:
    """Every text of a schema with its key."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield key, inner
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)


@pytest.mark.parametrize("path", sorted((ROOT / "plans").rglob("*.yaml")), ids=lambda path: path.name)
def test_an_example_plan_names_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    kind = "settings" if path.name == "roadmap.yaml" else "plan"
    assert (path.parent / found[1]).resolve() == (DOCS / f"{kind}.schema.json").resolve()


# The tables


def test_every_key_is_there_in_both_languages() -> None:
    schema = plan_schema()
    levels = [schema] + [
        inner
        for one in schema["definitions"].values()
        for inner in (one, one.get("items", {}))
        if "additionalProperties" in inner and "properties" in inner
    ]
    assert len({str(level["properties"]) for level in levels}) == len(FIELDS)
    found = {(name, one["$ref"]) for level in levels for name, one in level["properties"].items()}
    assert found == {
        (name, f"#/definitions/{level}-{field.key}")
        for level, fields in FIELDS.items()
        for field in fields
        for name in (field.key, field.synonym)
    }
    assert list(settings_schema()["properties"]) == list(SETTING_KEYS)


def test_the_rules_for_days_off_have_labels() -> None:
    rule = settings_schema()["properties"]["non_working"]
    assert len(rule["enum"]) == len(rule["enumDescriptions"]) > 3


EVERY_EXAMPLE = [(key, example) for key, examples in EXAMPLES.items() for example in examples]


@pytest.mark.parametrize(("key", "example"), EVERY_EXAMPLE, ids=[f"{key}: {example}" for key, example in EVERY_EXAMPLE])
def test_an_example_is_read_without_a_doubt(key: str, example: str) -> None:
    holds = {field.holds for fields in FIELDS.values() for field in fields if field.key == key}
    assert holds
    assert len(EXAMPLES[key]) > 1
    if "due" in holds or key in ("from", "to", "on", "period"):
        due = parse_due(example, "2022-2023")
        assert due.kind != "unreadable"
        assert due.repairs == ()
    if "owners" in holds:
        cell = Cell.of((example,))
        assert (cell.repairs, cell.notes) == ((), ())


# Real plans, by the real program


def check(*args: object) -> dict[str, Any]:
    """What `check-jsonschema` says, without the network."""
    program = [sys.executable, "-m", "check_jsonschema", "--output-format", "json", *map(str, args)]
    ran = subprocess.run(
        program, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60, env=clean_env()
    )
    assert ran.stderr == ""
    return {**json.loads(ran.stdout), "code": ran.returncode}


def put(folder: Path, files: dict[str, str]) -> list[Path]:
    paths = []
    for number, text in enumerate(files.values()):
        paths.append(folder / f"{number}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def refused(folder: Path, files: dict[str, str], schema: str) -> dict[str, list[str]]:
    """name → where the program finds something wrong, every place of every file."""
    paths = put(folder, files)
    said = check("--verbose", "--schemafile", DOCS / f"{schema}.schema.json", *paths)
    assert said.get("parse_errors", []) == []
    places: dict[str, list[str]] = {name: [] for name in files}
    for error in said["errors"]:
        places[list(files)[int(Path(error["filename"]).stem)]].append(error["path"])
    return places


def test_the_schemas_are_schemas() -> None:
    assert check("--check-metaschema", *DOCS.glob("*.schema.json"))["code"] == 0


def test_real_plans_and_settings_are_taken() -> None:
    assert len(PLAN_FILES) > 9
    assert len(SETTINGS_FILES) > 1
    assert check("--schemafile", DOCS / "plan.schema.json", *PLAN_FILES)["code"] == 0
    assert check("--schemafile", DOCS / "settings.schema.json", *SETTINGS_FILES)["code"] == 0


def test_good_plans_are_taken(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD, "plan") == {name: [] for name in GOOD}
    assert {name: shape_codes(text.encode()) for name, text in GOOD.items()} == {name: set() for name in GOOD}


def test_bad_plans_are_refused_where_they_are_bad(tmp_path: Path) -> None:
    found = refused(tmp_path, {name: text for name, (text, _, _) in BAD.items()}, "plan")
    assert {name: place for name, (_, place, _) in BAD.items() if place not in found[name]} == {}
    codes = {name: shape_codes(text.encode()) for name, (text, _, _) in BAD.items()}
    assert codes == {name: {code} for name, (_, _, code) in BAD.items()}


def test_a_school_year_that_is_none_is_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, {year: f"{TOP}school_year: {year}\n" for year in BAD_YEARS}, "plan")
    assert [year for year, places in found.items() if "$.school_year" not in places] == []


def test_good_settings_are_taken(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD_SETTINGS, "settings") == {name: [] for name in GOOD_SETTINGS}
    for path in tmp_path.iterdir():
        assert read_settings(str(path), str(tmp_path)).findings == ()


def test_bad_settings_are_refused_where_they_are_bad(tmp_path: Path) -> None:
    found = refused(tmp_path, {name: text for name, (text, _) in BAD_SETTINGS.items()}, "settings")
    assert {name: place for name, (_, place) in BAD_SETTINGS.items() if place not in found[name]} == {}
    for path in tmp_path.iterdir():
        assert read_settings(str(path), str(tmp_path)).findings != ()


# The law: the schema takes a plan exactly when the loader has nothing to say of its shape.

SHAPE = {"RM005", "RM006", "RM007", "RM008", "RM009"}
VALIDATOR = Draft7Validator(plan_schema())
ODD = [None, "", " ", "Савина И.А.", "null", 7, 3.5, True, [], [""], [None], ["а"], [["а"]], [{}], {}, {"а": "б"}, {"а": []}]  # fmt: skip
LEVEL_IN = {"order": "order", "participants": "participant", "people": "person", "activities": "activity",
            "deliverables": "deliverable", "moves": "move"}  # fmt: skip


def shape_codes(data: bytes) -> set[str]:
    source = parse(data, "plan.yaml")
    return {finding.code for finding in (*source.findings, *build(source.root, "plan.yaml").findings)} & SHAPE


def takes(plan: Any) -> bool:
    """Whether roadmap has nothing to say of the shape; JSON is YAML, too."""
    if shape_codes(json.dumps(plan, ensure_ascii=False).encode()):
        return False
    years = next((plan[key] for key in ("school_year", "учебный_год") if key in plan), None)
    said = "" if years is None else json.dumps(years).strip('" ')
    return not said or parse_years(said) is not None


@st.composite
def mappings(draw: st.DrawFn, level: str) -> dict[str, Any]:
    """A mapping of the level as it should be."""
    found = {}
    for field in FIELDS[level]:
        if field.required or draw(st.integers(0, 3)) == 0:
            found[draw(st.sampled_from((field.key, field.synonym)))] = draw(values(field.holds))
    if level == "activity" and found.keys() & {"deliverables", "результаты"}:
        found = {key: value for key, value in found.items() if key not in ("deliverable", "результат")}
    return found


def values(holds: str) -> st.SearchStrategy[Any]:
    text = st.sampled_from(["Савина И.А.", "до 15.10.2022", "5", 5, 3.1, False])
    if holds == "order":
        return mappings("order")
    if holds in LEVEL_IN:
        return st.lists(mappings(LEVEL_IN[holds]), min_size=1, max_size=2)
    if holds == "years":
        return st.sampled_from(["2022-2023", "2022/23", 2023, None])
    if holds == "reasons":
        return st.dictionaries(st.sampled_from(["9", "10"]), text)
    return text if holds == "text" else text | st.lists(text, max_size=2)


def containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list) and value:
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from containers(inner)


NAMES = sorted({name for fields in FIELDS.values() for field in fields for name in (field.key, field.synonym)})


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan with none to two places of it spoilt: a value changed, a key taken away or put in."""
    plan = deepcopy(draw(mappings("plan")))
    for _ in range(draw(st.integers(0, 2))):
        places = list(containers(plan))
        place = places[draw(st.integers(0, len(places) - 1))] if places else plan
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        what = draw(st.sampled_from(["change", "take", "put"]))
        if what == "put" and isinstance(place, dict):
            place[draw(st.sampled_from([*NAMES, "x-а", "х-б", "срокъ"]))] = deepcopy(draw(st.sampled_from(ODD)))
        elif keys and what == "take":
            del place[draw(st.sampled_from(keys))]
        elif keys:
            place[draw(st.sampled_from(keys))] = deepcopy(draw(st.sampled_from(ODD)))
    return plan


def canonical(level: str, mapping: dict[str, Any]) -> dict[str, Any]:
    names = {name: field.key for field in FIELDS[level] for name in (field.key, field.synonym)}
    return {names.get(key, key): value for key, value in mapping.items()}


def overrides_all(plan: dict[str, Any]) -> bool:
    """Whether all results of an activity have a key of their own, so that nobody reads that of the activity."""
    for row in mappings_of("activity", canonical("plan", plan).get("activities")):
        results = mappings_of("deliverable", row.get("deliverables"))
        if any(key in row and all(key in one for one in results) for key in ("due", "owners", "done", "evidence")):
            return bool(results)
    return False


def mappings_of(level: str, listed: Any) -> list[dict[str, Any]]:
    """The mappings of a list with their keys in English; none when it is no list."""
    return [canonical(level, one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


@settings(deadline=None)
@given(plans())
def test_the_schema_takes_what_the_loader_takes(plan: dict[str, Any]) -> None:
    assume(not overrides_all(plan))
    assert VALIDATOR.is_valid(plan) == takes(plan)


EVERY_KEY = [(level, field) for level, fields in FIELDS.items() for field in fields]


@pytest.mark.parametrize(("level", "field"), EVERY_KEY, ids=[f"{level}-{field.key}" for level, field in EVERY_KEY])
def test_a_value_of_any_shape_under_any_key(level: str, field: Any) -> None:
    beside = {"plan": {"title": "П", "activities": [{"title": "А"}]}, "activity": {"title": "А"}}
    beside |= {"person": {"name": "А"}, "participant": {"schools": "А"}}
    for odd in ODD:
        plan = around(level, {**beside.get(level, {}), field.key: odd})
        assert VALIDATOR.is_valid(plan) == takes(plan), plan


def around(level: str, one: Any) -> dict[str, Any]:
    """A plan with this mapping of the level in it."""
    if level == "plan":
        return one
    if level in ("deliverable", "move"):
        return around("activity", {"title": "А", {"deliverable": "deliverables", "move": "moved"}[level]: [one]})
    plan = {"title": "П", "activities": [{"title": "А"}]}
    key = {"activity": "activities", "order": "order", "participant": "participants", "person": "people"}[level]
    return {**plan, key: one if level == "order" else [one]}


# docs/editor.md


def blocks() -> list[Any]:
    page = (DOCS / "editor.md").read_text(encoding="utf-8")
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]


def matchers() -> list[dict[str, Any]]:
    return next(block["tasks"][0] for block in blocks() if "tasks" in block)["problemMatcher"]


@pytest.mark.parametrize(
    "paths", [("plans",), ("tests/cases",), ("tests/sample/plans", "tests/district/plans")], ids=" ".join
)
def test_the_matchers_of_the_page_find_every_finding(paths: tuple[str, ...], roadmap: Callable[..., Ran]) -> None:
    severities = {"error": "error", "warning": "warning", "info": "note"}
    found = []
    for line in roadmap("check", *paths, "--format", "plain", cwd=ROOT).out.splitlines():
        for matcher in matchers():
            pattern = matcher["pattern"]
            if hit := re.search(pattern["regexp"], line):
                place = (hit[pattern["file"]], int(hit[pattern["line"]]), int(hit[pattern["column"]]))
                found.append((severities[matcher["severity"]], *place, hit[pattern["code"]], hit[pattern["message"]]))
    document = json.loads(roadmap("check", *paths, "--format", "json", cwd=ROOT).out)
    expected = [tuple(f[key] for key in ("severity", "path", "line", "column", "code")) for f in document["findings"]]
    assert [one[:5] for one in found] == expected
    assert len(found) > 5
    for one, finding in zip(found, document["findings"], strict=True):
        assert finding["message"].split("→")[0] in one[5]
        assert not re.search(r" \| \d+( \||$)", one[5])


def test_the_task_of_the_page_is_a_call_of_the_program(roadmap: Callable[..., Ran]) -> None:
    task = next(block["tasks"][0] for block in blocks() if "tasks" in block)
    assert roadmap(*task["args"], cwd=ROOT).code in (0, 1)
    assert os.path.basename(task["command"]) == "roadmap"


def test_the_schema_is_written_the_same_every_time() -> None:
    assert written(plan_schema()) == written(plan_schema())
    assert written(settings_schema()).endswith("}\n")
