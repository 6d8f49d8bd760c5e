"""Wording: the pairs of the two real plans, with and without scan noise, and the measures themselves."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from roadmap_cli.matching import THRESHOLD, Suggestion, share, similarity, suggest
from roadmap_cli.model import Activity, Deliverable, Span

PLANS = Path(__file__).parent.parent / "plans"
SPAN = Span("plan.yaml")
TRUE = [("1", "1"), ("2", "4"), ("3", "6"), ("4", "7"), ("5", "8"), ("6", "9"), ("8", "11"), ("11", "14")]
TRUE += [("12", "15"), ("14", "15 (2)")]
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def row(title: str, *results: str, no: str = "") -> Activity:
    return Activity(no, no, title, tuple(Deliverable(text, SPAN) for text in results), SPAN)


def rows(name: str) -> list[Activity]:
    """The wording of a plan of the repository; a number that stands twice is «15» and «15 (2)»."""
    plan = yaml.load((PLANS / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    found: list[Activity] = []
    for entry in plan["activities"]:
        twice = any(activity.no == entry["no"] for activity in found)
        results = [result.get("text", "") for result in entry.get("deliverables", [])]
        found.append(row(entry["title"], *results, no=f"{entry['no']} (2)" if twice else entry["no"]))
    return found


def noisy(activities: list[Activity], seed: int, rate: float = 0.05) -> list[Activity]:
    chance = random.Random(seed)

    def spoil(text: str) -> str:
        return "".join(chance.choice(LETTERS) if c.isalpha() and chance.random() < rate else c for c in text)

    return [row(spoil(a.title), *(spoil(d.text) for d in a.deliverables), no=a.no) for a in activities]


def pairs(found: tuple[Suggestion, ...], parent: list[Activity], child: list[Activity]) -> list[tuple[str, str]]:
    return [(parent[one.parent].no, child[one.child].no) for one in found]


def test_the_two_real_plans_give_all_true_pairs_and_no_other() -> None:
    parent, child = rows("municipal.yaml"), rows("schools/school-6.yaml")
    assert pairs(suggest(parent, child), parent, child) == TRUE


def test_true_and_false_pairs_of_the_real_plans_lie_well_apart() -> None:
    parent, child = rows("municipal.yaml"), rows("schools/school-6.yaml")
    found = suggest(parent, child, 0.0)
    scores = dict(zip(pairs(found, parent, child), [one.score for one in found], strict=True))
    assert min(scores[pair] for pair in TRUE) > THRESHOLD + 0.1
    assert max(score for pair, score in scores.items() if pair not in TRUE) < THRESHOLD


def test_one_letter_in_twenty_spoilt_on_both_sides_leaves_f1_at_085() -> None:
    right = wrong = 0
    for seed in range(20):
        parent, child = noisy(rows("municipal.yaml"), seed), noisy(rows("schools/school-6.yaml"), 100 + seed)
        found = pairs(suggest(parent, child), parent, child)
        right += len(set(found) & set(TRUE))
        wrong += len(set(found) - set(TRUE))
    assert 2 * right / (right + wrong + 20 * len(TRUE)) >= 0.85


def test_a_close_rival_makes_a_pair_unsure_and_is_listed() -> None:
    parent = [row("Проведение опроса родителей о питании", "Проведен опрос")]
    child = [
        row("Проведение опроса родителей о питании в школе", "Проведен опрос"),
        row("Проведение опроса родителей о питании в классе", "Проведен опрос"),
        row("Ремонт кровли"),
    ]
    (found,) = suggest(parent, child)
    assert (found.parent, found.child, found.unsure) == (0, 1, True)
    assert [place for place, _ in found.others] == [0]


def test_every_row_is_in_one_pair_at_most() -> None:
    parent = [row("Мониторинг за I полугодие"), row("Мониторинг за год")]
    child = [row("Мониторинг за I полугодие"), row("Мониторинг за I полугодие"), row("Мониторинг за год")]
    found = suggest(parent, child)
    assert len({one.parent for one in found}) == len({one.child for one in found}) == len(found) == 2


def test_only_the_rows_asked_for_are_paired() -> None:
    plan = [row("Мониторинг питания"), row("Ремонт кровли")]
    assert [(one.parent, one.child) for one in suggest(plan, plan, rows=[1])] == [(1, 1)]
    assert suggest(plan, plan, rows=[1], candidates=[0]) == ()


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        pytest.param([], [row("Опрос")], id="no rows above"),
        pytest.param([row("Опрос")], [], id="no rows below"),
        pytest.param([row("")], [row("")], id="rows without words"),
        pytest.param([row("№ — «»")], [row("!!!", "")], id="rows of signs only"),
    ],
)
def test_nothing_to_compare_gives_nothing(parent: list[Activity], child: list[Activity]) -> None:
    assert suggest(parent, child) == ()


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        pytest.param("Проведен опрос", "Проведен опрос", 1, 1, id="the same"),
        pytest.param("Учёба ОКОНЧЕНА", "учеба окончена.", 1, 1, id="case, ё and signs do not matter"),
        pytest.param("Проведена самодиагностика", "Проведение самодиагностики ОО", 0.6, 0.95, id="another form"),
        pytest.param("Издан приказ", "Ремонт кровли", 0, 0.1, id="nothing in common"),
        pytest.param("", "Проведен опрос", 0, 0, id="no words"),
    ],
)
def test_similarity(one: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(one, other) <= most + 1e-9
    assert similarity(one, other) == similarity(other, one)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        pytest.param("Подготовлен отчет", "Подготовка отчетов к 1 мая", 1, id="in another form"),
        pytest.param("Собраны анкеты", "Собрание родителей", 0.5, id="a half"),
        pytest.param("Собраны анкеты", "Ремонт кровли", 0, id="nothing"),
        pytest.param("Организация работы школы", "Ремонт", None, id="no telling words"),
    ],
)
def test_share_of_telling_words(part: str, whole: str, expected: float | None) -> None:
    assert share(part, whole) == expected
