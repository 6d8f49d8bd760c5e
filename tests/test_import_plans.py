"""The two example plans, imported from texts of their documents: the same dates, people and words as in `plans/`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from office import HEAD, docx_file, xlsx_file
from roadmap_cli.importing import read_document
from roadmap_cli.importing.plan import plan_of
from roadmap_cli.importing.writing import yaml_of
from roadmap_cli.loader import build
from roadmap_cli.source import parse, read

if TYPE_CHECKING:
    from roadmap_cli.model import Activity, Plan

HERE = Path(__file__).parent
PLANS = HERE.parent / "plans"

# Rows that the scan has torn: in `plans/` their results, deadlines and people stand where they belong by their meaning
# (each row's note says so), and a program that reads only what is printed leaves them where they are.
TORN = {"8", "9", "11", "12", "14", "15"}


def imported(name: str) -> Plan:
    text = yaml_of(plan_of(read_document(str(HERE / "documents" / name))).draft)
    plan = build(parse(text.encode(), name).root, name).plan
    assert plan is not None
    return plan


def written(name: str) -> Plan:
    plan = build(read(str(PLANS / name)).root, name).plan
    assert plan is not None
    return plan


def said(activity: Activity) -> list[object]:
    """All that an activity says, but for links, notes and its place."""
    results = [
        (one.text, one.due and one.due.text, one.owners and one.owners.text, one.due, one.owners and one.owners.owners)
        for one in activity.deliverables
    ]
    return [activity.no, activity.title, *results]


@pytest.mark.parametrize("place", range(14))
def test_every_row_of_the_municipal_plan(place: int) -> None:
    old, new = written("municipal.yaml"), imported("municipal.txt")
    assert said(new.activities[place]) == said(old.activities[place])


@pytest.mark.parametrize("place", range(16))
def test_every_whole_row_of_the_school_plan(place: int) -> None:
    old, new = written("schools/school-6.yaml"), imported("school-6.txt")
    if old.activities[place].no in TORN:
        assert said(new.activities[place])[:2] == said(old.activities[place])[:2]
    else:
        assert said(new.activities[place]) == said(old.activities[place])


def test_torn_rows_keep_all_their_deadlines_and_people() -> None:
    old, new = written("schools/school-6.yaml"), imported("school-6.txt")
    plans = [[(a.no, one) for a in plan.activities if a.no in TORN for one in a.deliverables] for plan in (old, new)]
    dues, owners = (
        [sorted(value.text for _, one in plan if (value := getattr(one, key))) for plan in plans]
        for key in ("due", "owners")
    )
    assert set(dues[0]) == set(dues[1])
    assert {name for text in owners[0] for name in text.split()} == {
        name for text in owners[1] for name in text.split()
    }


def test_the_head_of_the_municipal_plan() -> None:
    old, new = written("municipal.yaml"), imported("municipal.txt")
    assert new.title == old.title
    assert new.school_year == old.school_year
    assert new.order is not None
    assert old.order is not None
    assert new.order[:3] == old.order[:3]
    assert [one[:2] for one in new.participants] == [one[:2] for one in old.participants]
    # The letterhead names the region too.
    assert new.organization == f"{old.organization} Приморского края"
    assert new.approved.endswith("« 05 » 10 2022 № 161-а")


def test_the_head_of_the_school_plan() -> None:
    old, new = written("schools/school-6.yaml"), imported("school-6.txt")
    assert (new.title, new.organization, new.school_year) == (old.title, old.organization, old.school_year)


@pytest.mark.parametrize("name", ["municipal.txt", "school-6.txt"])
def test_nothing_is_left_over(name: str) -> None:
    assert plan_of(read_document(str(HERE / "documents" / name))).unplaced == ()


def test_a_row_knows_where_it_comes_from() -> None:
    assert imported("school-6.txt").activities[0].source == "school-6.txt, таблица 1, строка 5"


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv"])
@pytest.mark.parametrize("name", ["municipal.yaml", "schools/school-6.yaml"])
def test_a_table_with_a_row_for_each_result_gives_the_plan_back(name: str, ending: str, tmp_path: Path) -> None:
    plan = written(name)
    rows, areas = [HEAD], []
    for activity in plan.activities:
        areas.append((len(rows), len(rows) + len(activity.deliverables) - 1))
        for number, one in enumerate(activity.deliverables):
            own = ["", ""] if number else [f"{activity.no}.", activity.title]
            rows.append([*own, one.text, *(value.text if value else "" for value in (one.due, one.owners))])

    def merge(document: Any) -> None:
        for first, last in areas:
            for column in (0, 1) if last > first else ():
                if ending == ".docx":
                    table = document.tables[0]
                    table.cell(first, column).merge(table.cell(last, column))
                else:
                    document.active.merge_cells(
                        start_row=first + 1, end_row=last + 1, start_column=column + 1, end_column=column + 1
                    )

    path = tmp_path / f"plan{ending}"
    if ending == ".docx":
        docx_file(path, plan.title, rows, change=merge)
    elif ending == ".xlsx":
        xlsx_file(path, rows, merge)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    found = plan_of(read_document(str(path)))
    again = build(parse(yaml_of(found.draft).encode(), name).root, name).plan
    assert again is not None
    assert [(a.no, a.title) for a in again.activities] == [(a.no, a.title) for a in plan.activities]
    assert [
        [(one.text, one.due and one.due.text, one.owners and one.owners.owners) for one in a.deliverables]
        for a in again.activities
    ] == [
        [(one.text, one.due and one.due.text, one.owners and one.owners.owners) for one in a.deliverables]
        for a in plan.activities
    ]
    assert found.unplaced == ()
