"""Many plans traced in one process and in several: the same pairs, problems told once, little kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.config import settings_for
from roadmap_cli.project import find_files
from roadmap_cli.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap_cli.settings import Settings

PARENT = """title: План управления образования
school_year: 2022-2023
activities:
  - {no: "1", title: Провести опрос родителей, due: до 14.10.2022, owners: Руководители ОО}
  - {no: "2", title: Издать приказ о координаторе, due: до 04.10.2022, owners: Руководители ОО}
"""
CHILD = """title: План школы
organization: МАОУ СОШ № NUMBER
school_year: 2022-2023
follows: ../municipal.yaml
activities:
  - {no: "1", title: Опрос родителей, covers: ["1"], due: до DAY.10.2022, owners: Савина И.А.}
"""


@pytest.fixture
def schools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """160 schools, every eighth late, one that is no plan and one that follows nothing that exists."""
    (tmp_path / "plans" / "schools").mkdir(parents=True)
    (tmp_path / "plans" / "municipal.yaml").write_text(PARENT, encoding="utf-8")
    for number in range(1, 161):
        text = CHILD.replace("NUMBER", str(number)).replace("DAY", "20" if number % 8 == 0 else "14")
        (tmp_path / "plans" / "schools" / f"school-{number:03}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "plans" / "schools" / "broken.yaml").write_text("- a\n", encoding="utf-8")
    lost = CHILD.replace("../municipal.yaml", "../lost.yaml")
    (tmp_path / "plans" / "schools" / "lost.yaml").write_text(lost, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings_of(folder: Path) -> Callable[[str], Settings]:
    return partial(settings_for, here=str(folder))


def said(found: Survey) -> tuple[list[tuple[object, ...]], list[str], tuple[str, ...]]:
    pairs: list[tuple[object, ...]] = [
        (pair.parent.path, pair.child.path, pair.coverage, *(row.state for row in pair.rows)) for pair in found.pairs
    ]
    return pairs, [f"{f.span.path} {f.code}" for f in found.findings], found.unread


def test_several_processes_say_what_one_says(schools: Path) -> None:
    files = find_files(["plans"])
    pairs, findings, unread = said(survey(files, settings_of(schools)))
    assert said(survey(files, settings_of(schools), jobs=2)) == (pairs, findings, unread)
    assert len(pairs) == 160
    assert [row[1] for row in pairs if "late" in row] == [f"plans/schools/school-{n:03}.yaml" for n in range(8, 161, 8)]
    assert findings == ["plans/schools/broken.yaml RM007", "plans/schools/lost.yaml RM001"]
    assert unread == ("plans/schools/broken.yaml", "plans/schools/lost.yaml")


def test_a_parent_that_cannot_be_read_is_told_at_every_child(schools: Path) -> None:
    (schools / "plans" / "municipal.yaml").write_text("- a\n", encoding="utf-8")
    found = survey(["plans/schools/school-001.yaml", "plans/schools/school-002.yaml"], settings_of(schools))
    assert [f"{f.span.path}:{f.span.line} {f.code}" for f in found.findings] == [
        "plans/schools/school-001.yaml:4 RM001",
        "plans/schools/school-002.yaml:4 RM001",
    ]
    assert found.pairs == ()


def test_several_processes_know_the_parent_under_one_name(schools: Path) -> None:
    files = find_files(["plans/municipal.yaml", str(schools / "plans" / "schools")])
    alone, together = (survey(files, settings_of(schools), jobs=jobs) for jobs in (1, 2))
    assert {pair.parent.path for pair in alone.pairs} == {"plans/municipal.yaml"}
    assert said(together) == said(alone)


def test_several_processes_tell_of_a_broken_parent_what_one_tells(schools: Path) -> None:
    (schools / "plans" / "municipal.yaml").write_text("- a\n", encoding="utf-8")
    files = find_files(["plans"])
    assert survey(files, settings_of(schools), jobs=2) == survey(files, settings_of(schools))


def test_a_plan_read_as_a_parent_and_as_itself_is_told_once(schools: Path) -> None:
    (schools / "plans" / "municipal.yaml").write_text(PARENT + "опечатка: да\n", encoding="utf-8")
    found = survey(["plans/municipal.yaml", "plans/schools/school-001.yaml"], settings_of(schools))
    assert [f.code for f in found.findings] == ["RM006"]


def test_no_suggestions(schools: Path) -> None:
    text = CHILD.replace('covers: ["1"], ', "").replace("NUMBER", "1").replace("DAY", "14")
    (schools / "plans" / "schools" / "school-001.yaml").write_text(text, encoding="utf-8")
    files = ["plans/schools/school-001.yaml"]
    states = [
        [row.state for row in survey(files, settings_of(schools), suggest=s).pairs[0].rows] for s in (True, False)
    ]
    assert states == [["covered", "uncovered"], ["uncovered", "uncovered"]]
