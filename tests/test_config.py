"""Where the plans lie, and what plans/roadmap.yaml says: wrong values are told with their place, the default holds."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roadmap_cli.calendar import Calendar, Season
from roadmap_cli.config import SETTING_KEYS, find_plans, read_settings, search_folders, settings_for
from roadmap_cli.errors import RoadmapError
from roadmap_cli.settings import Settings

NO_PLAN = "title: План\nactivities: []\n"


def put(folder: Path, name: str, text: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settings(folder: Path, text: str) -> Settings:
    return read_settings(str(put(folder, "roadmap.yaml", text)), str(folder))


def clean(folder: Path, text: str) -> Settings:
    found = settings(folder, text)
    assert found.findings == ()
    return found


def told(found: Settings) -> list[tuple[str, int, int]]:
    return [(f.code, f.span.line, f.span.column) for f in found.findings]


def values(found: Settings) -> dict[str, Any]:
    """The settings without their own place."""
    return {key: value for key, value in found._asdict().items() if key not in ("root", "path", "findings")}


DEFAULTS = {
    "due_soon": 14,
    "evidence_required": False,
    "timezone": "",
    "match_threshold": 0.25,
    "calendar": Calendar(),
    "different": frozenset(),
    "selection": (),
    "reminders": (),
}


# -- finding the plans ----------------------------------------------------------------------------------------------


def same(shown: str, here: Path, folder: Path) -> bool:
    return os.path.realpath(here / shown) == os.path.realpath(folder)


def test_plans_lie_in_this_folder(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert find_plans(str(tmp_path), None) == "plans"


@pytest.mark.parametrize("inside", ["src", "src/deep/deeper", "plans", "plans/schools"])
def test_plans_are_found_from_below(tmp_path: Path, inside: str) -> None:
    (tmp_path / "plans").mkdir()
    here = tmp_path / inside
    here.mkdir(parents=True, exist_ok=True)
    assert same(find_plans(str(here), None), here, tmp_path / "plans")


def test_the_nearest_plans_win(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    near = tmp_path / "town" / "plans"
    near.mkdir(parents=True)
    assert same(find_plans(str(tmp_path / "town"), None), tmp_path / "town", near)


def test_settings_mark_a_folder_of_plans_whatever_its_name(tmp_path: Path) -> None:
    put(tmp_path, "карты/roadmap.yaml")
    here = tmp_path / "карты" / "школы"
    here.mkdir()
    assert same(find_plans(str(here), None), here, tmp_path / "карты")


def test_a_file_named_plans_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    put(tmp_path, "inner/plans")
    assert same(find_plans(str(tmp_path / "inner"), None), tmp_path / "inner", tmp_path / "plans")


def test_the_folder_that_was_named_is_taken(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    other = tmp_path / "other"
    other.mkdir()
    assert find_plans(str(tmp_path), str(other)) == str(other)


@pytest.mark.parametrize("name", ["nowhere", "plan.yaml"])
def test_a_named_folder_that_is_none_is_an_operators_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, "plan.yaml", NO_PLAN)
    with pytest.raises(RoadmapError, match="--plans") as told_why:
        find_plans(str(tmp_path), str(tmp_path / name))
    assert "ROADMAP_PLANS" in str(told_why.value)


def test_no_plans_at_all_says_what_to_do(tmp_path: Path) -> None:
    if any((folder / name).exists() for folder in tmp_path.parents for name in ("plans", "roadmap.yaml")):
        pytest.skip("this machine has plans above its temporary folder")
    with pytest.raises(RoadmapError, match="планы не найдены") as told_why:
        find_plans(str(tmp_path), None)
    assert "--plans" in str(told_why.value)
    assert told_why.value.exit_code == 2


# -- which settings hold --------------------------------------------------------------------------------------------


def test_settings_of_a_folder_hold_for_the_plans_below_it(tmp_path: Path) -> None:
    put(tmp_path, "plans/roadmap.yaml", "due_soon: 7\n")
    school = put(tmp_path, "plans/schools/school.yaml", NO_PLAN)
    for start in (tmp_path / "plans", school, school.parent):
        found = settings_for(str(start), str(tmp_path))
        assert found.due_soon == 7
        assert os.path.realpath(found.root) == os.path.realpath(tmp_path / "plans")
        assert found.path == os.path.join("plans", "roadmap.yaml")


def test_the_nearest_settings_have_the_last_word(tmp_path: Path) -> None:
    put(tmp_path, "plans/roadmap.yaml", "due_soon: 7\ntimezone: Asia/Vladivostok\nnon_working: next\n")
    put(tmp_path, "plans/town/roadmap.yaml", "due_soon: 21\nnon_working: никак\n")
    school = put(tmp_path, "plans/town/school.yaml", NO_PLAN)
    found = settings_for(str(school), str(tmp_path))
    assert (found.due_soon, found.timezone, found.calendar.rule) == (21, "Asia/Vladivostok", "next")
    assert told(found) == [("RM007", 2, 14)]
    assert os.path.realpath(found.root) == os.path.realpath(tmp_path / "plans")
    assert settings_for(str(tmp_path / "plans"), str(tmp_path)).due_soon == 7


def test_settings_above_a_folder_of_plans_do_not_reach_in(tmp_path: Path) -> None:
    put(tmp_path, "roadmap.yaml", "due_soon: 7\n")
    school = put(tmp_path, "plans/school.yaml", NO_PLAN)
    assert settings_for(str(school), str(tmp_path)).due_soon == 14


def test_vacations_of_two_levels_are_all_known(tmp_path: Path) -> None:
    put(tmp_path, "plans/roadmap.yaml", "vacations: {2022-2023: {зимние: с 29.12.2022 по 08.01.2023}}\n")
    nearer = "vacations: {2022-2023: {зимние: с 31.12.2022 по 10.01.2023, весенние: с 25.03.2023 по 02.04.2023}}\n"
    put(tmp_path, "plans/town/roadmap.yaml", nearer)
    calendar = settings_for(str(tmp_path / "plans" / "town"), str(tmp_path)).calendar
    from roadmap_cli.dates.values import Years

    assert calendar.season("зимние каникулы", Years(2022, 2023)) == (date(2022, 12, 31), date(2023, 1, 10))
    assert calendar.season("весенние каникулы", Years(2022, 2023)) == (date(2023, 3, 25), date(2023, 4, 2))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[[Иванова А.А., Иванова А.Л.]]", {frozenset({"Иванова А.А.", "Иванова А.Л."})}),
        ("[]", set()),
        ("", set()),
    ],
)
def test_people_who_only_look_alike(tmp_path: Path, line: str, expected: set[frozenset[str]]) -> None:
    assert clean(tmp_path, f"different_people: {line}\n").different == expected


@pytest.mark.parametrize("line", ["Иванова А.А.", "[Иванова А.А.]", "[[Иванова А.А.]]", "{Иванова А.А.: Иванова А.Л.}"])
def test_people_who_are_no_pair_are_told(tmp_path: Path, line: str) -> None:
    found = settings(tmp_path, f"different_people: {line}\n")
    assert [f.code for f in found.findings] == ["RM007"]
    assert found.different == frozenset()


def test_here_may_be_another_folder_than_that_of_the_process(tmp_path: Path) -> None:
    put(tmp_path, "plans/roadmap.yaml", "due_soon: 7\n")
    assert settings_for(str(tmp_path / "plans"), str(tmp_path)).due_soon == 7


def test_without_settings_the_defaults_hold_inside_plans(tmp_path: Path) -> None:
    school = put(tmp_path, "plans/schools/school.yaml", NO_PLAN)
    found = settings_for(str(school), str(tmp_path))
    assert values(found) == DEFAULTS
    assert found.findings == ()
    assert os.path.realpath(found.root) == os.path.realpath(tmp_path / "plans")


def test_a_lone_file_may_follow_what_lies_in_the_working_folder(tmp_path: Path) -> None:
    school = put(tmp_path, "schools/school.yaml", NO_PLAN)
    found = settings_for(str(school), str(tmp_path))
    assert values(found) == DEFAULTS
    assert os.path.realpath(found.root) in {os.path.realpath(p) for p in (tmp_path, *tmp_path.parents)}


# -- values ---------------------------------------------------------------------------------------------------------


def test_the_defaults_are_those_of_the_design() -> None:
    assert values(Settings("")) == DEFAULTS
    assert Settings("").calendar.rule == "as-is"
    assert Settings("").calendar.seasons == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# due_soon: 7\n",
        "{}\n",
        "x-note: школа\n",
        "due_soon:\nnon_working: ~\ntimezone: ''\nmatch_threshold:\nvacations: {}\nterms:\n",
        "vacations:\n  2022-2023: {}\n",
        "vacations:\n  2022-2023:\n    зимние:\n    летние: ''\n",
    ],
)
def test_what_is_not_filled_in_keeps_its_default(tmp_path: Path, text: str) -> None:
    assert values(clean(tmp_path, text)) == DEFAULTS


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("due_soon: 30", "due_soon", 30),
        ("due_soon: 0", "due_soon", 0),
        ("due_soon: 366", "due_soon", 366),
        ("timezone: Asia/Vladivostok", "timezone", "Asia/Vladivostok"),
        ("timezone: Etc/GMT+10", "timezone", "Etc/GMT+10"),
        ("match_threshold: 0.4", "match_threshold", 0.4),
        ("match_threshold: '0,4'", "match_threshold", 0.4),
        ("match_threshold: 0", "match_threshold", 0.0),
        ("match_threshold: 1", "match_threshold", 1.0),
    ],
)
def test_values_are_read(tmp_path: Path, line: str, key: str, expected: Any) -> None:
    assert values(clean(tmp_path, line + "\n")) == {**DEFAULTS, key: expected}


@pytest.mark.parametrize("rule", ["as-is", "previous", "next"])
def test_the_rule_for_days_off_is_read(tmp_path: Path, rule: str) -> None:
    assert clean(tmp_path, f"non_working: {rule}\n").calendar.rule == rule


WRONG = [
    ("due_soon: скоро", (1, 11)),
    ("due_soon: -1", (1, 11)),
    ("due_soon: 367", (1, 11)),
    ("due_soon: 14.5", (1, 11)),
    ("due_soon: 1e2", (1, 11)),
    ("due_soon: ١٤", (1, 11)),
    ("due_soon: [14]", (1, 11)),
    ("due_soon: {days: 14}", (1, 11)),
    ("due_soon: " + "9" * 400, (1, 11)),
    ("match_threshold: 1.5", (1, 18)),
    ("match_threshold: 0.2.5", (1, 18)),
    ("match_threshold: nan", (1, 18)),
    ("match_threshold: .", (1, 18)),
    ("match_threshold: []", (1, 18)),
    ("non_working: завтра", (1, 14)),
    ("non_working: Next", (1, 14)),
    ("non_working: [next]", (1, 14)),
    ("evidence: да", (1, 11)),
    ("evidence: [required]", (1, 11)),
    ("timezone: Владивосток", (1, 11)),
    ("timezone: Asia Vladivostok", (1, 11)),
    ("timezone: ../../etc/passwd", (1, 11)),
    ("timezone: [Asia/Vladivostok]", (1, 11)),
    ("vacations: зимние", (1, 12)),
    ("vacations: [2022-2023]", (1, 12)),
    ("vacations: {зимой: {зимние: с 29.12.2022 по 08.01.2023}}", (1, 13)),
    ("vacations: {2022-2024: {зимние: с 29.12.2022 по 08.01.2023}}", (1, 13)),
    ("vacations: {2022-2023: с 29.12.2022 по 08.01.2023}", (1, 24)),
    ("vacations: {2022-2023: {новогодние: с 29.12.2022 по 08.01.2023}}", (1, 25)),
    ("vacations: {2022-2023: {1 четверть: с 01.09.2022 по 28.10.2022}}", (1, 25)),
    ("vacations: {2022-2023: {зимние: 29.12.2022}}", (1, 33)),
    ("vacations: {2022-2023: {зимние: до 08.01.2023}}", (1, 33)),
    ("vacations: {2022-2023: {зимние: 29.12.2022 08.01.2023}}", (1, 33)),
    ("vacations: {2022-2023: {зимние: когда-нибудь}}", (1, 33)),
    ("vacations: {2022-2023: {зимние: [29.12.2022]}}", (1, 33)),
    ("terms: {2022-2023: {зимние: с 29.12.2022 по 08.01.2023}}", (1, 21)),
    ("terms: {2022-2023: {1 четверть: осень}}", (1, 33)),
]


@pytest.mark.parametrize(("line", "place"), WRONG, ids=[w[0][:60] for w in WRONG])
def test_a_wrong_value_is_told_and_the_default_holds(tmp_path: Path, line: str, place: tuple[int, int]) -> None:
    found = settings(tmp_path, line + "\n")
    assert told(found) == [("RM007", *place)]
    assert values(found) == DEFAULTS
    assert found.findings[0].span.path.endswith("roadmap.yaml")


def test_a_wrong_value_takes_no_other_with_it(tmp_path: Path) -> None:
    found = settings(tmp_path, "due_soon: 7\nnon_working: никак\nmatch_threshold: 5\ntimezone: Europe/Moscow\n")
    assert sorted(told(found)) == [("RM007", 2, 14), ("RM007", 3, 18)]
    assert (found.due_soon, found.timezone) == (7, "Europe/Moscow")


def test_a_wrong_vacation_takes_no_other_with_it(tmp_path: Path) -> None:
    text = (
        "vacations:\n  2022-2023:\n    осенние: осенью\n    зимние: с 29.12.2022 по 08.01.2023\n  скоро: {}\n"
        "  2023-2024:\n    весенние: с 23.03.2024 по 31.03.2024\n"
    )
    found = settings(tmp_path, text)
    assert told(found) == [("RM007", 3, 14), ("RM007", 5, 3)]
    assert [season.name.split()[0] for season in found.calendar.seasons] == ["зимние", "весенние"]


@pytest.mark.parametrize(
    ("key", "guess"),
    [
        ("due_son", "due_soon"),
        ("Due_Soon", "due_soon"),
        ("timezon", "timezone"),
        ("vacation", "vacations"),
        ("term", "terms"),
        ("non-working", "non_working"),
    ],
)
def test_an_unknown_setting_says_what_it_may_be(tmp_path: Path, key: str, guess: str) -> None:
    found = settings(tmp_path, f"# настройки\n{key}: 1\n")
    assert told(found) == [("RM006", 2, 1)]
    assert f"возможно, «{guess}»" in found.findings[0].message
    assert values(found) == DEFAULTS


def test_an_unknown_setting_like_nothing_has_no_hint(tmp_path: Path) -> None:
    found = settings(tmp_path, "бюджет: 100\n")
    assert told(found) == [("RM006", 1, 1)]
    assert "возможно" not in found.findings[0].message


@pytest.mark.parametrize(("text", "code"), [("- 14\n", "RM007"), ("due_soon\n", "RM007"), ("due_soon: [\n", "RM003")])
def test_settings_of_another_shape_are_told_once(tmp_path: Path, text: str, code: str) -> None:
    found = settings(tmp_path, text)
    assert [f.code for f in found.findings] == [code]
    assert values(found) == DEFAULTS


def test_every_setting_says_what_it_is() -> None:
    assert all(SETTING_KEYS.values())
    assert {"due_soon", "non_working", "timezone", "match_threshold", "vacations", "terms"} <= set(SETTING_KEYS)


# -- vacations and terms --------------------------------------------------------------------------------------------

CALENDAR = """\
vacations:
  2022-2023:
    осенние: с 29.10.2022 по 06.11.2022
    зимние: 29.12.2022 - 08.01.2023
    весенние: с 25 марта по 2 апреля
    летние: 01.06.2023–31.08.2023
  2023-2024:
    зимние: с 30.12.2023 по 08.01.2024
terms:
  2022-2023:
    1 четверть: с 01.09.2022 по 28.10.2022
    4 четверть: с 03.04.2023 по 31.05.2023
    2 триместр: с 14.11.2022 по 17.02.2023
"""
SEASONS = {
    (2022, "осенние каникулы"): (date(2022, 10, 29), date(2022, 11, 6)),
    (2022, "зимние каникулы"): (date(2022, 12, 29), date(2023, 1, 8)),
    (2022, "весенние каникулы"): (date(2023, 3, 25), date(2023, 4, 2)),
    (2022, "летние каникулы"): (date(2023, 6, 1), date(2023, 8, 31)),
    (2023, "зимние каникулы"): (date(2023, 12, 30), date(2024, 1, 8)),
    (2022, "1 четверть"): (date(2022, 9, 1), date(2022, 10, 28)),
    (2022, "4 четверть"): (date(2023, 4, 3), date(2023, 5, 31)),
    (2022, "2 триместр"): (date(2022, 11, 14), date(2023, 2, 17)),
}


def test_vacations_and_terms_are_read(tmp_path: Path) -> None:
    seasons = clean(tmp_path, CALENDAR).calendar.seasons
    assert set(seasons) == {Season(year, name, *days) for (year, name), days in SEASONS.items()}
    assert len(seasons) == len(SEASONS)


@pytest.mark.parametrize("year", ["2022-2023", "2022/2023", "2022/23", "2022–2023", "2022-2023 учебный год"])
@pytest.mark.parametrize("name", ["зимние", "Зимние", "зимние каникулы"])
def test_a_vacation_gives_its_deadline_days(tmp_path: Path, year: str, name: str) -> None:
    from roadmap_cli.dates import parse_due

    calendar = clean(tmp_path, f"vacations:\n  {year}:\n    {name}: с 29.12.2022 по 08.01.2023\n").calendar
    due = parse_due("Зимние каникулы", "2022-2023", calendar)
    assert (due.kind, due.start, due.end) == ("season", date(2022, 12, 29), date(2023, 1, 8))
    other = parse_due("Зимние каникулы", "2023-2024", calendar)
    assert (other.start, other.end) == (None, None)
    assert other.notes != ()


def test_the_settings_of_this_repository_are_clean_and_hold_no_invented_day() -> None:
    plans = Path(__file__).parents[1] / "plans"
    found = read_settings(str(plans / "roadmap.yaml"), str(plans))
    assert found.findings == ()
    assert found.calendar.seasons == ()
    assert found.due_soon == 14


def test_without_settings_the_root_is_the_outermost_folder_named(tmp_path: Path) -> None:
    folder = tmp_path / "town" / "schools"
    folder.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    roots = [
        settings_for(str(folder), here, named).root
        for here, named in (
            (str(elsewhere), ()),
            (str(elsewhere), (str(tmp_path / "town"),)),
            (str(tmp_path), (str(tmp_path / "town"),)),
            (str(tmp_path / "town"), (str(folder),)),
        )
    ]
    town = str(tmp_path / "town")
    assert roots == [str(folder), town, str(tmp_path), town]


def test_plans_below_are_looked_for_in_the_project_or_in_the_folders_named(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    named = [str(folder), str(folder / "a.yaml")]
    assert search_folders(settings_for(str(folder), str(tmp_path), named), named) == [str(folder), str(folder)]
    project = tmp_path / "project"
    plan = put(project, "schools/a.yaml", NO_PLAN)
    put(project, "roadmap.yaml", "due_soon: 7\n")
    assert search_folders(settings_for(str(plan), str(tmp_path)), [str(plan)]) == [str(project)]
