"""Coverage over several levels and several parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.model import Activity, Plan, Span
from roadmap_cli.trace import Pair, to_the_bottom, trace, trace_all, trace_each

if TYPE_CHECKING:
    from collections.abc import Mapping

SPAN = Span("plan.yaml")


def row(no: str, title: str, covers: tuple[str, ...] = ()) -> Activity:
    return Activity(no, no, title, (), SPAN, covers=covers)


def plan(
    *rows: Activity, path: str, follows: tuple[str, ...] = (), not_applicable: Mapping[str, str] | None = None
) -> Plan:
    return Plan(path, "План", "", "2022-2023", rows, follows=follows, not_applicable=not_applicable or {})


def chain(**covers: Mapping[str, tuple[str, ...]]) -> dict[str, Plan]:
    """Plans one under another: name → {row: the rows above that it covers}, the uppermost first."""
    plans: dict[str, Plan] = {}
    above: tuple[str, ...] = ()
    for name, rows in covers.items():
        plans[name] = plan(
            *(row(no, f"Мероприятие {no}", covers=links) for no, links in rows.items()), path=name, follows=above
        )
        above = (name,)
    return plans


def traced(plans: Mapping[str, Plan], suggest: bool = True) -> tuple[Pair, ...]:
    """The pairs in full, which are the same in brief but for what nobody asks of them."""
    pairs = trace_all(plans.values(), plans.get, lambda path: 0.25 if suggest else None)
    brief = to_the_bottom(trace_each(plans.values(), plans.get, lambda path: 0.25 if suggest else None, brief=True))
    assert [shown(pair) for pair in pairs] == [shown(pair) for pair in brief]
    return pairs


def shown(pair: Pair) -> tuple[object, ...]:
    rows = [(r.state, r.reason, r.days_late, r.deep, [(c.activity.no, c.link) for c in r.children]) for r in pair.rows]
    return (
        pair.parent.path,
        pair.child.path,
        pair.bound,
        pair.coverage,
        rows,
        [(e.activity.no, e.ids) for e in pair.extra],
    )


def deeply(plans: Mapping[str, Plan]) -> dict[str, dict[str, str | None]]:
    pairs = traced(plans, suggest=False)
    return {pair.parent.path: {found.activity.no: found.deep for found in pair.rows} for pair in pairs}


def test_a_row_is_covered_to_the_bottom_only_when_every_covering_row_is() -> None:
    plans = chain(
        region={"a": (), "b": (), "c": ()},
        town={"1": ("a",), "2": ("a", "b"), "3": ("b",)},
        school={"x": ("1", "2")},
    )
    assert deeply(plans) == {
        "region": {"a": "covered", "b": "uncovered", "c": "uncovered"},
        "town": {"1": "covered", "2": "covered", "3": "uncovered"},
    }


def test_every_plan_below_has_to_cover_what_binds_it() -> None:
    plans = chain(region={"a": ()}, town={"1": ("a",)}, school={"x": ("1",)})
    plans["other"] = plan(path="other", follows=("town",))
    assert {pair.child.path: pair.rows[0].deep for pair in traced(plans, suggest=False)} == {
        "town": "uncovered",
        "school": "covered",
        "other": "uncovered",
    }
    plans["other"] = plans["other"]._replace(not_applicable={"1": "нет таких классов"})
    assert [pair.rows[0].deep for pair in traced(plans, suggest=False)] == ["covered", "covered", None]


def test_plans_in_a_circle_end() -> None:
    plans = {
        "one": plan(row("1", "Опрос", covers=("1",)), path="one", follows=("two",)),
        "two": plan(row("1", "Опрос", covers=("1",)), path="two", follows=("one",)),
        "self": plan(row("1", "Опрос", covers=("1",)), path="self", follows=("self",)),
    }
    pairs = traced(plans)
    assert len(pairs) == 3
    assert {found.state for pair in pairs for found in pair.rows} == {"covered"}
    assert {found.deep for pair in pairs for found in pair.rows} == {"uncovered"}


def test_a_thousand_levels_are_no_trouble() -> None:
    plans = chain(**{f"p{i}": {"1": ("1",) if i else ()} for i in range(1000)})
    assert {pair.rows[0].deep for pair in traced(plans, suggest=False)} == {"covered"}


def test_an_id_of_another_parent_is_not_orphaned() -> None:
    plans = {
        "a.yaml": plan(row("1", "Опрос"), path="a.yaml"),
        "b.yaml": plan(row("2", "Сбор"), path="b.yaml"),
        "c.yaml": plan(row("x", "Опрос", covers=("1", "b.yaml#2", "9")), path="c.yaml", follows=("a.yaml", "b.yaml")),
    }
    pairs = traced(plans)
    assert [found.state for pair in pairs for found in pair.rows] == ["covered", "covered"]
    assert [extra.ids for pair in pairs for extra in pair.extra] == [("9",), ("9",)]


def test_every_row_may_name_another_parent() -> None:
    plans = {
        "a.yaml": plan(row("1", "Опрос"), row("2", "Сбор"), path="a.yaml"),
        "b.yaml": plan(row("3", "Смотр"), path="b.yaml"),
        "c.yaml": plan(
            row("x", "Опрос", covers=("1",)),
            row("y", "Сбор", covers=("2",)),
            path="c.yaml",
            follows=("a.yaml", "b.yaml"),
        ),
    }
    assert [extra for pair in traced(plans) for extra in pair.extra] == []
    assert trace(plans["b.yaml"], plans["c.yaml"], siblings=(plans["a.yaml"],)).extra == ()


def test_a_parent_that_is_not_read_gives_no_pair() -> None:
    assert traced({"c.yaml": plan(path="c.yaml", follows=("lost.yaml",))}) == ()


def test_each_child_is_matched_by_its_own_threshold() -> None:
    likely = row("7", "Проведение опроса обучающихся и их родителей")
    plans = {
        "top": plan(row("1", "Участие в опросе обучающихся и их родителей"), path="top"),
        "lenient": plan(likely, path="lenient", follows=("top",)),
        "strict": plan(likely, path="strict", follows=("top",)),
    }
    pairs = trace_all(plans.values(), plans.get, lambda path: 1.0 if path == "strict" else 0.25)
    assert {pair.child.path: len(pair.rows[0].children) for pair in pairs} == {"lenient": 1, "strict": 0}
