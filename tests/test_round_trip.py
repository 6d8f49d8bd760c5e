"""A plan that was exported and imported again is the same plan, as far as a document tells it."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadmap_cli.exporting import written
from roadmap_cli.exporting.plans import plans_paper
from roadmap_cli.loader import build
from roadmap_cli.project import load
from roadmap_cli.report.material import material_of
from roadmap_cli.settings import Settings
from roadmap_cli.source import parse

importing = pytest.importorskip("roadmap_cli.importing")

if TYPE_CHECKING:
    from roadmap_cli.model import Plan

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "plans", ROOT / "tests" / "district" / "plans", ROOT / "tests" / "sample" / "plans")
PLANS = [path for folder in FOLDERS for path in sorted(folder.rglob("*.yaml")) if path.name != "roadmap.yaml"]
TITLES = ("Опрос родителей", "Неделя музеев", "Приказ о координаторе", "Совещание классных руководителей", "Слёт")
RESULTS = ("Издан приказ", "Отчёт на сайте школы", "Справка по итогам", "Анкеты 5-11 классов", "справка, фото", "")
DUES = ("до 15.10.2022", "10.11.2022 - 15.11.2022", "В течение года", "ежемесячно до 5 числа", "октябрь", "")
OWNERS = ("Савина И.А.", "Слепкова Н.А., Давыденко О.С.", "Классные руководители", "")


def back(plan: Path, ending: str, folder: Path, root: Path) -> tuple[Plan, Any]:
    """The plan that the document of this one gives, and what was made of the document."""
    from roadmap_cli.importing.plan import plan_of
    from roadmap_cli.importing.writing import yaml_of

    found = material_of(load([str(plan)], lambda _: Settings(str(root))), date(2022, 10, 20))
    path = folder / f"plan{ending}"
    path.write_bytes(written(plans_paper(found, ending, marked=True), ending))
    imported = plan_of(importing.read_document(str(path)))
    made = build(parse(yaml_of(imported.draft).encode(), str(path)).root, str(path)).plan
    assert made is not None
    return made, imported


def rows(plan: Plan) -> list[Any]:
    """What a row of the five columns and the marks says."""
    return [
        (
            (activity.no, activity.title, activity.section, activity.period),
            [
                (
                    result.text,
                    result.due.text if result.due else "",
                    result.owners.text if result.owners else "",
                    result.done.text if result.done else "",
                    result.evidence,
                )
                for result in activity.deliverables
            ],
        )
        for activity in plan.activities
    ]


def head(plan: Plan) -> tuple[Any, ...]:
    order = plan.order
    clusters = [(cluster.name, cluster.schools) for cluster in plan.participants]
    said = (order.number, order.date and order.date.text, order.signed) if order else None
    return plan.title, plan.organization, plan.school_year, said, clusters


def original(path: Path, root: Path) -> Plan:
    return load([str(path)], lambda _: Settings(str(root))).plans[str(path)]


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv", ".md"])
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_an_example_comes_back(path: Path, ending: str, tmp_path: Path) -> None:
    made, imported = back(path, ending, tmp_path, ROOT)
    wanted = original(path, ROOT)
    assert rows(made) == rows(wanted)
    assert imported.unplaced == ()
    if ending != ".csv":
        assert head(made) == head(wanted)


def generated(number: int) -> str:
    """A plan of invented rows, the same for the same number."""
    pick = random.Random(number)
    activities = []
    for no in range(1, pick.randint(3, 12)):
        results = [
            {"text": pick.choice(RESULTS) or f"Итог {no}", "due": pick.choice(DUES), "owners": pick.choice(OWNERS)}
            for _ in range(pick.choice((1, 1, 2, 3)))
        ]
        filled = [{key: text for key, text in one.items() if text} for one in results]
        activities.append({"no": str(no), "title": f"{pick.choice(TITLES)} {no}", "deliverables": filled})
    plan = {"title": f"План работы {number}", "school_year": "2022-2023", "activities": activities}
    return json.dumps(plan, ensure_ascii=False)


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv", ".md"])
@pytest.mark.parametrize("number", range(8))
def test_a_generated_plan_comes_back(number: int, ending: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(generated(number), encoding="utf-8")
    made, _ = back(path, ending, tmp_path, tmp_path)
    assert rows(made) == rows(original(path, tmp_path))


def changed(path: Path, cells: dict[str, str]) -> Any:
    """What import makes of an exported workbook in which somebody has written into some cells."""
    import openpyxl

    from roadmap_cli.importing.plan import plan_of

    book = openpyxl.load_workbook(path)
    for place, text in cells.items():
        book.active[place] = text
    book.save(path)
    return plan_of(importing.read_document(str(path)))


ONE = """title: План
school_year: 2022-2023
activities:
  - {no: "1", title: Слёт, deliverable: Отчёт, due: до 15 октября, owners: Савина И.А.}
  - {no: "2", title: Сбор, deliverable: Справка, due: октябрь, owners: Савина И.А.}
"""


def test_what_was_written_into_an_exported_workbook_is_told(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(ONE, encoding="utf-8")
    back(plan, ".xlsx", tmp_path, tmp_path)
    untouched = changed(tmp_path / "plan.xlsx", {})
    assert (untouched.unplaced, untouched.remarks) == ((), ())
    moved = changed(tmp_path / "plan.xlsx", {"F4": "25.11.2022", "H4": "сделано, приказ № 5"})
    assert [one.text for one in moved.unplaced] == ["25.11.2022"]
    assert moved.draft.activities[0].results[0].due == "до 15 октября"
    assert moved.draft.activities[0].note == "Состояние на 20.10.2022: сделано, приказ № 5."


HEADINGS = """title: План
activities:
  - {title: Слёт, section: Раздел I}
  - {title: Сбор, section: Раздел I, period: Октябрь}
  - {title: Линейка, section: Раздел II, period: Октябрь}
  - {title: Поход, period: Октябрь}
  - {title: Опрос, section: Раздел II}
  - {title: Музей}
"""


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv", ".md"])
def test_headings_come_back_where_they_end_and_begin(ending: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(HEADINGS, encoding="utf-8")
    made, imported = back(plan, ending, tmp_path, tmp_path)
    assert rows(made) == rows(original(plan, tmp_path))
    assert imported.unplaced == ()
