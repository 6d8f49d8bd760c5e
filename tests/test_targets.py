"""The words that name rows and results: what each means, and that every place has a word that means it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.errors import RoadmapError
from roadmap_cli.loader import build
from roadmap_cli.source import parse
from roadmap_cli.targets import Ambiguous, Place, Targets

if TYPE_CHECKING:
    from roadmap_cli.model import Plan

TEXT = """title: План
activities:
  - {no: "1", title: Приказ}
  - no: "9"
    title: Мониторинг
    deliverables: [Приказ, Опрос, Справка]
  - {no: "9.2", title: Сбор}
  - {no: "15.", id: весна, title: Опрос}
  - no: "15."
    title: Отчёт
    deliverables:
      - Сводка
      - Выводы
  - {no: "3.10", title: Сайт}
  - title: Без номера
    deliverables:
      - Письмо
      - Ответ
  - {id: "5:2", title: Зачёт}
  - {no: "7 а", title: Слёт}
"""


def plan_of(text: str) -> Plan:
    plan = build(parse(text.encode(), "план.yaml").root, "план.yaml").plan
    assert plan is not None
    return plan


PLAN = plan_of(TEXT)


@pytest.mark.parametrize(
    ("word", "places"),
    [
        pytest.param("1", [(0, None)], id="a number"),
        pytest.param("№ 1.", [(0, None)], id="as it is printed"),
        pytest.param("1.1", [(0, None)], id="the only result is the row"),
        pytest.param("9", [(1, None)], id="a row of several results"),
        pytest.param("9.1", [(1, 0)], id="a result"),
        pytest.param("9.2", [(1, 1), (2, None)], id="a result and a row printed so"),
        pytest.param("9.2:1", [(2, None)], id="the row printed so"),
        pytest.param("9:1.2", [(1, 1)], id="the result"),
        pytest.param("9.2.1", [(2, None)], id="the result of a row with a point"),
        pytest.param("15", [(3, None), (4, None)], id="two rows of one number"),
        pytest.param("15:2", [(4, None)], id="the second of them"),
        pytest.param("15:2.2", [(4, 1)], id="its second result"),
        pytest.param("Весна", [(3, None)], id="an id in other letters"),
        pytest.param("3.10", [(5, None)], id="a number with a point"),
        pytest.param("3.1", [], id="another number with a point"),
        pytest.param("5:2", [(7, None)], id="an id with a colon"),
        pytest.param("7 а", [(8, None)], id="a number of two words"),
        pytest.param("@3", [(0, None)], id="a line"),
        pytest.param("@12", [(4, 0)], id="the line of a result"),
        pytest.param("@10", [(4, None)], id="a line above the results"),
        pytest.param("@17", [(6, 0)], id="a row without a number"),
        pytest.param("@1", [], id="a line of no row"),
        pytest.param("9.0", [], id="no result is the zeroth"),
        pytest.param("15:0", [], id="and no row"),
        pytest.param("9.٢", [], id="only ASCII digits are digits"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_a_word_means(word: str, places: list[tuple[int, int | None]]) -> None:
    targets = Targets(PLAN)
    assert targets.meanings(word) == [Place(*place) for place in places]
    if len(places) == 1:
        assert targets.find([word]) == {Place(*places[0]): word}
    else:
        with pytest.raises(Ambiguous if places else RoadmapError):
            targets.find([word])


def test_several_words() -> None:
    targets = Targets(PLAN)
    assert list(targets.find(["№", "1", "9.1", "1"])) == [Place(0), Place(1, 0)]


def test_a_choice_names_words_that_mean_one_place() -> None:
    targets = Targets(PLAN)
    for word, instead in (("9.2", ("9:1.2", "9.2:1")), ("15", ("15:1", "15:2"))):
        with pytest.raises(Ambiguous) as told:
            targets.find([word])
        assert told.value.instead == instead


NAMES = st.sampled_from(["", "1", "1.", "1.1", "1.2", "2", "1:2", "1:1.2", "а", "@3", "№ 1", "2 б"])
ROWS = st.lists(st.tuples(NAMES, NAMES, st.integers(1, 3)), min_size=1, max_size=6)


@given(ROWS)
def test_every_place_is_spelled_so_that_it_alone_is_meant(rows: list[tuple[str, str, int]]) -> None:
    lines = []
    for no, ident, count in rows:
        lines.append("  - title: Приказ")
        lines += [f'    {key}: "{value}"' for key, value in (("no", no), ("id", ident)) if value]
        lines += ["    deliverables:", *["      - Приказ"] * count]
    plan = plan_of("title: План\nactivities:\n" + "\n".join(lines) + "\n")
    targets = Targets(plan)
    for place in targets.everywhere():
        word = targets.spelled(place)
        assert not word or targets.find([word]) == {place: word}
        assert targets.label(place)
