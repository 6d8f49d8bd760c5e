"""Links to write down: the questions about a traced plan and the `covers` of the answers, without files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap_cli.fingerprint import fingerprint
from roadmap_cli.linking import (
    Answer,
    Question,
    former,
    link_to,
    new_covers,
    questions,
    renewed_covers,
    rows_named,
    sure,
    suspects,
)
from roadmap_cli.links import Index
from roadmap_cli.model import Activity, Deliverable, Owners, Person, Plan, Span
from roadmap_cli.report.link import left_words, question_words
from roadmap_cli.trace import Pair, trace

if TYPE_CHECKING:
    from collections.abc import Sequence

SPAN = Span("plan.yaml")
KOROTKIKH = Owners("Коротких С.А.", (Person("Коротких С.А."),))
SURVEY, MONITOR, SITE = "Опрос родителей", "Входной мониторинг условий", "Страница на сайте гимназии"


def row(no: str, title: str, *covers: str, ident: str | None = None, owners: Owners | None = None) -> Activity:
    result = Deliverable("", SPAN, None, owners)
    return Activity(no, no if ident is None else ident, title, (result,), SPAN, covers=covers)


def plan(*rows: Activity, path: str = "municipal.yaml") -> Plan:
    return Plan(path, "План", "МБОУ «СОШ№6»", "2022-2023", rows)


def traced(child: Plan, *parents: Plan) -> list[Pair]:
    return [trace(one, child, siblings=[other for other in parents if other is not one]) for one in parents]


def stamped(no: str, title: str) -> str:
    return f"{no}@{fingerprint(row(no, title))}"


ABOVE = plan(row("1", SURVEY), row("2", MONITOR), row("3", SITE))


@pytest.mark.parametrize(
    ("child", "asked"),
    [
        pytest.param([row("7", SITE), row("8", SURVEY)], [(0, [1]), (1, []), (2, [0])], id="nothing linked"),
        pytest.param([row("8", "Опрос", "1"), row("9", SITE)], [(1, []), (2, [1])], id="what is linked is not asked"),
        pytest.param([row("8", SURVEY), row("9", SURVEY)], [(0, [0, 1]), (1, []), (2, [])], id="two as good"),
    ],
)
def test_the_rows_without_a_link_are_asked(child: Sequence[Activity], asked: list[tuple[int, list[int]]]) -> None:
    found = questions(traced(plan(*child), ABOVE))
    assert [(one.place, [c.place for c in one.candidates]) for one in found] == asked


def test_a_row_that_does_not_bind_the_school_is_not_asked() -> None:
    above = plan(row("1", SURVEY, owners=KOROTKIKH), row("2", MONITOR))
    assert [one.place for one in questions(traced(plan(row("1", SURVEY)), above))] == [1]


@pytest.mark.parametrize(
    ("least", "taken"),
    [pytest.param(0, [2], id="the unsure one is left"), pytest.param(1.1, [], id="none is as alike as that")],
)
def test_only_sure_suggestions_are_accepted(least: float, taken: list[int]) -> None:
    asked = questions(traced(plan(row("7", SITE), row("8", SURVEY), row("9", SURVEY)), ABOVE))
    assert [answer.question.place for answer in sure(asked, least)] == taken


@pytest.mark.parametrize(
    ("parents", "link"),
    [
        pytest.param([plan(row("1", SURVEY))], stamped("1", SURVEY), id="the only parent"),
        pytest.param(
            [plan(row("1", SURVEY)), plan(row("1", SITE), path="region.yaml")],
            f"municipal.yaml#{stamped('1', SURVEY)}",
            id="the number is in another parent too",
        ),
        pytest.param(
            [plan(row("1", SURVEY), path="../b/plan.yaml"), plan(row("1", SITE), path="../c/plan.yaml")],
            f"b/plan.yaml#{stamped('1', SURVEY)}",
            id="the other parent has the same file name",
        ),
        pytest.param([plan(row("1", SURVEY, ident="a"))], stamped("a", SURVEY), id="an id"),
        pytest.param([plan(row("", SURVEY))], "", id="neither number nor id"),
        pytest.param([plan(row("1", SURVEY, ident=""), row("1", SITE, ident=""))], "", id="the number is there twice"),
    ],
)
def test_a_link_points_at_one_row_only(parents: list[Plan], link: str) -> None:
    assert link_to(Index(parents[0]), 0, [Index(one) for one in parents[1:]]) == link
    if link:
        found = trace(parents[0], plan(row("1", "Иное", link)), siblings=parents[1:])
        assert [child.suspect for child in found.rows[0].children] == [False]


@pytest.mark.parametrize(
    ("answers", "edits"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(0, 0)], [(0, ("x", "1@f"))], id="what stood there stays"),
        pytest.param([(0, 1), (1, 1)], [(1, ("1@f", "2@f"))], id="one row for two of the parent's"),
        pytest.param([(0, 1), (0, 0)], [(0, ("x", "1@f")), (1, ("1@f",))], id="two rows for one of the parent's"),
        pytest.param([(0, 1), (0, 1)], [(1, ("1@f",))], id="the same twice"),
    ],
)
def test_the_answers_become_covers(answers: list[tuple[int, int]], edits: list[tuple[int, tuple[str, ...]]]) -> None:
    child = plan(row("1", SURVEY, "x"), row("2", SITE))
    given = [Answer(Question(ABOVE, place, f"{place + 1}@f"), at) for place, at in answers]
    assert [(edit.activity, edit.value) for edit in new_covers(child, given)] == edits
    assert all(edit.key == "covers" for edit in new_covers(child, given))


@pytest.mark.parametrize(
    ("name", "places"),
    [
        pytest.param("2", [1], id="number"),
        pytest.param("№ 2.", [1], id="as people write it"),
        pytest.param("а-1", [2], id="id"),
        pytest.param("15", [2, 3], id="two of that number"),
        pytest.param("1", [0], id="an id goes before a number"),
        pytest.param("99", [], id="none"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_rows_are_named_by_id_and_number(name: str, places: list[int]) -> None:
    rows = (
        row("10", SURVEY, ident="1"), row("2", SITE), row("15", SURVEY, ident="А-1"), row("15", SITE, ident=""),
        row("1", SITE, ident="b"),
    )  # fmt: skip
    assert rows_named(name, plan(*rows)) == places


# Links to confirm again

NOW = plan(row("1", "Опрос учеников"), row("2", MONITOR))
OLD = stamped("1", SURVEY)
NEW = stamped("1", "Опрос учеников")


@pytest.mark.parametrize(
    ("covers", "after"),
    [
        pytest.param((OLD,), (NEW,), id="the row has changed"),
        pytest.param((OLD[:8],), (NEW,), id="a short fingerprint"),
        pytest.param(("2", OLD, "elsewhere"), ("2", NEW, "elsewhere"), id="its neighbours stay"),
        pytest.param((f"municipal.yaml#{OLD}",), (f"municipal.yaml#{NEW}",), id="with the parent's file"),
        pytest.param((NEW, stamped("2", MONITOR)), None, id="nothing to confirm"),
    ],
)
def test_a_confirmed_link_gets_the_new_fingerprint(covers: tuple[str, ...], after: tuple[str, ...] | None) -> None:
    child = plan(row("9", "Иное", *covers), path="school.yaml")
    found = suspects(traced(child, NOW))
    edits = renewed_covers(child, [NOW], found)
    assert [edit.value for edit in edits] == ([after] if after else [])
    if after:
        again = plan(row("9", "Иное", *after), path="school.yaml")
        assert suspects(traced(again, NOW)) == ()


@pytest.mark.parametrize(
    ("covers", "was"),
    [
        pytest.param(("req~1", "req~2"), "req~1", id="written by hand"),
        pytest.param(("req~1@a1b2c3d4", "req~2"), "req~1", id="confirmed before"),
    ],
)
def test_a_new_revision_takes_the_place_of_the_old_one(covers: tuple[str, ...], was: str) -> None:
    above = plan(row("1", SURVEY, ident="req~2"))
    child = plan(row("9", "Иное", *covers))
    (found,) = suspects(traced(child, above))
    assert found.was == was
    assert [edit.value for edit in renewed_covers(child, [above], [found])] == [(stamped("req~2", SURVEY),)]


def test_a_link_that_means_rows_of_two_parents_becomes_two() -> None:
    """One fingerprint cannot be that of both rows: confirmed for one, it would be suspect for the other for ever."""
    other = plan(row("1", SITE), path="region.yaml")
    child = plan(row("9", "Иное", OLD))
    before = plan(row("1", SURVEY))
    (found,) = suspects(traced(child, before, other))
    (edit,) = renewed_covers(child, [before, other], [found])
    assert edit.value == (f"municipal.yaml#{OLD}", f"region.yaml#{stamped('1', SITE)}")
    assert suspects(traced(plan(row("9", "Иное", *edit.value)), before, other)) == ()


def test_a_link_to_several_rows_cannot_be_confirmed() -> None:
    above = plan(row("1", SURVEY, ident=""), row("1", SITE, ident=""))
    assert [one.single for one in suspects(traced(plan(row("9", "Иное", OLD)), above))] == [False]


@pytest.mark.parametrize(
    ("versions", "title"),
    [
        pytest.param([NOW, plan(row("1", SURVEY))], SURVEY, id="the revision before"),
        pytest.param([plan(row("2", SURVEY)), plan(row("1", SITE))], None, id="never with this number and these words"),
        pytest.param([], None, id="no history"),
    ],
)
def test_the_former_row_is_the_one_of_the_fingerprint(versions: list[Plan], title: str | None) -> None:
    (found,) = suspects(traced(plan(row("9", "Иное", OLD)), NOW))
    before = former(found, versions)
    assert (before and before.title) == title


def test_what_was_not_sought_is_not_called_missing() -> None:
    above = plan(*(row(str(n), f"{SURVEY} {n}") for n in range(700)))
    child = plan(*(row(str(n), f"{SURVEY} {n}") for n in range(600)), path="school.yaml")
    few = questions(traced(plan(row("1", SITE), path="school.yaml"), plan(row("1", MONITOR))))
    many = questions(traced(child, above))
    words = [left_words(asked[:1], (), child, 0.6, 100).splitlines()[1] for asked in (few, many)]
    assert words == ["   № 1 (похожего нет)", "   № 0 (похожее не искалось: в планах слишком много строк)"]
    assert "Похожее не искалось" in question_words(many[0], None, child, "1 из 700", 80)
