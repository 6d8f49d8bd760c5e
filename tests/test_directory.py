"""A plan's `people` joins spellings, full names and roles; a school's plans are looked at together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.checks import run_checks
from roadmap_cli.model import DirectoryPerson, Person, Role
from roadmap_cli.people.directory import Directory
from roadmap_cli.project import find_files, with_followers
from roadmap_cli.settings import Settings

if TYPE_CHECKING:
    from roadmap_cli.model import Owner

PEOPLE = (
    DirectoryPerson("Савина И.А.", role="Школьный координатор", aliases=("Савина Ирина Александровна", "Савина А.И.")),
    DirectoryPerson("Слепкова Н.А.", role="Классные руководители"),
    DirectoryPerson("Давыденко О.С.", role="Классные руководители"),
)

PLAN = """\
title: План
organization: МБОУ «СОШ №6»
school_year: 2022-2023
activities:
  - {{no: "1", title: Опрос, deliverable: Отчёт, due: до 14.10.2022, owners: "{}"}}
"""


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        pytest.param(Person("Савина И.А."), "Савина И.А.", id="the name itself"),
        pytest.param(Person("Савина Ирина Александровна"), "Савина И.А.", id="a full name"),
        pytest.param(Person("Савина А.И."), "Савина И.А.", id="an alias with swapped initials"),
        pytest.param(Person("Сленкова Н.А."), "Сленкова Н.А.", id="a look-alike is never joined"),
        pytest.param(Role("Школьный координатор"), "Савина И.А.", id="a role that one person has"),
        pytest.param(Role("Классные руководители"), "Классные руководители", id="a role that two people have"),
        pytest.param(Role("Директор"), "Директор", id="a role that nobody has"),
    ],
)
def test_an_owner_is_counted_under_the_name_of_the_directory(owner: Owner, name: str) -> None:
    assert Directory(PEOPLE).name(owner) == name


def similar(folder: Path, different: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    pairs = frozenset({frozenset(different)}) if different else frozenset()
    settings = Settings(str(folder), different=pairs)
    found = run_checks(find_files([str(folder)]), lambda path: settings).findings
    return [(Path(finding.span.path).name, finding.code) for finding in found if finding.code in ("RM302", "RM303")]


def test_similar_people_of_two_plans_of_a_school_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PLAN.format("Слепкова Н.А., Савина И.А."), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PLAN.format("Сленкова Н.А."), encoding="utf-8")
    assert similar(tmp_path) in ([("a.yaml", "RM302")], [("b.yaml", "RM302")])


def test_people_of_different_schools_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PLAN.format("Слепкова Н.А."), encoding="utf-8")
    other = PLAN.format("Сленкова Н.А.").replace("№6", "№7")
    (tmp_path / "b.yaml").write_text(other, encoding="utf-8")
    assert similar(tmp_path) == []


def test_two_people_can_be_declared_different(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PLAN.format("Слепкова Н.А., Слепкова П.А."), encoding="utf-8")
    assert similar(tmp_path) == [("a.yaml", "RM302")]
    assert similar(tmp_path, ("Слепкова Н.А.", "Слепкова П.А.")) == []


def test_the_plans_below_are_found_at_any_number_of_levels(tmp_path: Path) -> None:
    for name, parent in (("top", ""), ("middle", "top.yaml"), ("low", "middle.yaml"), ("alone", "")):
        text = PLAN.format("Савина И.А.") + (f"follows: {parent}\n" if parent else "")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = with_followers([str(tmp_path / "top.yaml")], [str(tmp_path)])
    assert sorted(Path(path).name for path in found) == ["low.yaml", "middle.yaml"]
