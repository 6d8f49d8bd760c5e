"""`roadmap gaps` for many schools: the summary, the matrix, one activity, what fails, and the baseline in a run."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from roadmap_cli.cli.gaps import _KINDS
from roadmap_cli.render import Screen, render
from roadmap_cli.report import Column, Report, Row, Table
from roadmap_cli.report.gaps.known import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Run = Callable[..., Ran]

HERE = Path(__file__).parent
DISTRICT = HERE / "district"
GOLDEN = DISTRICT / "golden"
VIEWS = {"summary": (), "matrix": ("--matrix",), "activity": ("--activity", "3"), "details": ("--details",)}
SHAPES = {"table-80": ("table", "80"), "table-120": ("table", "120"), "plain": ("plain", "100"), "csv": ("csv", "100")}


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A copy of the district that a test may change."""
    shutil.copytree(DISTRICT / "plans", tmp_path / "plans")
    return tmp_path


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def sheet(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


# The views


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_output_is_the_expected_one(view: str, shape: str, roadmap: Run, update_golden: bool) -> None:
    form, columns = SHAPES[shape]
    ran = roadmap("gaps", *VIEWS[view], "--format", form, cwd=DISTRICT, COLUMNS=columns)
    assert (ran.code, ran.err) == (1, "")
    expected = GOLDEN / f"{view}.{shape}.txt"
    if update_golden:
        expected.write_text(ran.out, encoding="utf-8", newline="")
    assert ran.out == expected.read_bytes().decode()


def test_no_golden_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{view}.{shape}.txt" for view in VIEWS for shape in SHAPES}


def test_json_is_the_same_in_every_view(roadmap: Run) -> None:
    documents = {roadmap("gaps", *view, "--format", "json", cwd=DISTRICT).out for view in VIEWS.values()}
    assert len(documents) == 1
    assert [len(pair["rows"]) for pair in json.loads(documents.pop())["pairs"]] == [6, 6, 6, 6]


def test_one_school_is_shown_in_detail(roadmap: Run) -> None:
    out = roadmap("gaps", "plans/schools/school-2.yaml", "--format", "table", cwd=DISTRICT).out
    assert "Паспортизация музейных предметов" in out
    assert "Сравнено" not in out


def test_the_summary_is_sorted_worst_first(roadmap: Run) -> None:
    schools = [row[0] for row in sheet(roadmap("gaps", "--format", "csv", cwd=DISTRICT).out)[1:]]
    assert schools == ["МБОУ «СОШ № 10»", "МБОУ «СОШ № 7»", "МАОУ лицей «Сосны»", "МБОУ «СОШ № 2»"]


def test_schools_that_stand_alike_are_in_the_order_of_their_numbers(district: Path, roadmap: Run) -> None:
    text = (district / "plans" / "schools" / "school-2.yaml").read_text(encoding="utf-8")
    shutil.rmtree(district / "plans" / "schools")
    (district / "plans" / "schools").mkdir()
    for number in (10, 9, 100):
        copy = text.replace("№ 2", f"№ {number}")
        (district / "plans" / "schools" / f"school-{number}.yaml").write_text(copy, encoding="utf-8")
    schools = [row[0] for row in sheet(roadmap("gaps", "--format", "csv", cwd=district).out)[1:]]
    assert schools == ["МБОУ «СОШ № 9»", "МБОУ «СОШ № 10»", "МБОУ «СОШ № 100»"]


def test_remarks_on_whole_plans_are_not_lost_in_the_summary(district: Path, roadmap: Run) -> None:
    rewrite(district, "schools/school-2.yaml", "2022-2023", "2024-2025")
    said = "разные учебные годы (2022-2023 и 2024-2025): сроки не сравнивались"
    for shape in ("table", "plain", "csv"):
        out = roadmap("gaps", "--format", shape, cwd=district, COLUMNS="200").out
        assert said in out, shape


@pytest.mark.parametrize("shape", ["table", "plain"])
def test_the_parent_is_named_where_there_are_several(shape: str, district: Path, roadmap: Run) -> None:
    text = (district / "plans" / "municipal.yaml").read_text(encoding="utf-8")
    (district / "plans" / "region.yaml").write_text(text.replace("района", "края"), encoding="utf-8")
    rewrite(district, "schools/school-2.yaml", "../municipal.yaml", "[../municipal.yaml, ../region.yaml]")
    out = roadmap("gaps", "--format", shape, cwd=district).out
    assert "region.yaml" in out
    assert "Сравнено: 4 плана" in out
    matrix = roadmap("gaps", "--matrix", "--format", "csv", cwd=district).out
    assert [len(row) for row in sheet(matrix)] == [9] * 6  # the two parents have the same columns
    refused = roadmap("gaps", "--activity", "3", cwd=district)
    assert (refused.code, refused.out) == (2, "")
    assert "municipal.yaml#3 или region.yaml#3" in refused.err
    one = roadmap("gaps", "--activity", "region.yaml#3", "--format", "csv", cwd=district).out
    assert [row[2] for row in sheet(one)[1:]] == ["МБОУ «СОШ № 2»"]


# The matrix


@pytest.mark.parametrize(
    ("organizations", "expected"),
    [
        (["МБОУ «СОШ № 6»", "МАОУ Гимназия №1"], ["СОШ № 6", "Гимназия № 1"]),
        (["МБОУ «СОШ № 6»", "МБОУ «СОШ № 6» с. Ясное"], ["school-0", "school-1"]),
        (["", "МБОУ «Лицей»"], ["school-0", "МБОУ «Лицей»"]),
        (["Центр развития творчества детей и юношества", "№ 5"], ["school-0", "№ 5"]),
    ],
    ids=["numbers", "one number in two places", "no name", "a long name without a number"],
)
def test_a_school_has_a_short_name_that_means_no_other(
    organizations: list[str], expected: list[str], district: Path, roadmap: Run
) -> None:
    folder = district / "plans" / "schools"
    text = (folder / "school-2.yaml").read_text(encoding="utf-8")
    shutil.rmtree(folder)
    folder.mkdir()
    for i, organization in enumerate(organizations):
        named = f"organization: {organization}" if organization else "note: без имени"
        (folder / f"school-{i}.yaml").write_text(text.replace("organization: МБОУ «СОШ № 2»", named), encoding="utf-8")
    out = roadmap("gaps", "--matrix", "--format", "table", cwd=district).out
    for name in expected:
        assert f"\n{name} " in out


def dense(schools: int, activities: int, width: int, heading: Callable[[int], str] = str) -> str:
    columns = (Column("Школа"), Column("%", figure=True), *(Column(heading(i), symbol=True) for i in range(activities)))
    rows = [Row((f"СОШ № {n}", "100", *("+-!"[(n + i) % 3] for i in range(activities)))) for n in range(schools)]
    rows.append(Row(("Нет в планах", "", *(str(i * 3) for i in range(activities)))))
    table = Table(("План",), columns, tuple(rows), (), "dense")
    return "".join(render(Report(dict, lambda: (table,)), "table", Screen(width)))


@pytest.mark.parametrize(
    ("activities", "width", "blocks"),
    [(14, 80, 1), (25, 80, 1), (40, 120, 1), (40, 80, 2), (40, 40, 4), (1, 80, 1), (40, 20, 20)],
    ids=lambda n: str(n),
)
def test_a_matrix_is_in_blocks_only_where_it_must_be(activities: int, width: int, blocks: int) -> None:
    lines = dense(3, activities, width).splitlines()
    assert sum(line.startswith("Школа") for line in lines) == blocks
    assert all(cell_len(line) <= width for line in lines)
    for n in range(3):
        shown = "".join(line.split("100", 1)[1] for line in lines if line.startswith(f"СОШ № {n}"))
        assert shown.replace(" ", "") == "".join("+-!"[(n + i) % 3] for i in range(activities))


def test_long_numbers_of_a_matrix_stand_upright() -> None:
    lines = dense(1, 3, 80, lambda i: f"12.{i}").splitlines()
    column = lines[1].index("1")
    assert [line[column] for line in lines[1:6]] == ["1", "2", ".", "0", "+"]


def test_a_matrix_in_csv_says_which_activity_and_by_when(roadmap: Run) -> None:
    head, first, *_ = sheet(roadmap("gaps", "--matrix", "--format", "csv", cwd=DISTRICT).out)
    assert head[:5] == [
        "Школа",
        "Файл",
        "Покрыто %",
        "№ 1. Назначение руководителя музея (до 15.09.2022)",
        "№ 2. Паспортизация музейных предметов (до 14.10.2022)",
    ]
    assert first[:6] == [
        "МБОУ «СОШ № 10»",
        "plans/schools/school-10.yaml",
        "60",
        "позже на 1 день",
        "позже на 16 дней",
        "нет в плане",
    ]


# One activity


@pytest.mark.parametrize("wanted", ["3", "№ 3", "№3.", "municipal.yaml#3", "plans/municipal.yaml#3"])
def test_an_activity_is_found_by_its_number(wanted: str, roadmap: Run) -> None:
    out = roadmap("gaps", "--activity", wanted, "--format", "table", cwd=DISTRICT).out
    assert out.startswith("№ 3 Подготовка экскурсоводов")
    assert "— Зачёт по итогам занятий (15–20.12.2022)\n" in out


@pytest.mark.parametrize(
    ("wanted", "near"), [("99", "4, 5, 6"), ("0", "1, 2, 3"), ("5а", "5"), ("", "1"), ("region.yaml#3", "3")]
)
def test_an_unknown_activity_is_refused_with_those_that_are_near(wanted: str, near: str, roadmap: Run) -> None:
    ran = roadmap("gaps", "--activity", wanted, cwd=DISTRICT)
    assert (ran.code, ran.out) == (2, "")
    assert f"нет «{wanted}» в вышестоящем плане «plans/municipal.yaml»" in ran.err
    assert near in ran.err.partition("ближайшие: ")[2]


# The exit code


def test_the_option_knows_the_kinds_of_gaps() -> None:
    assert _KINDS == KINDS


@pytest.mark.parametrize(
    ("school", "failing", "code"),
    [
        ("school-2", "uncovered,late,suspect,unconfirmed", 0),
        ("school-10", "uncovered", 1),
        ("school-10", "suspect,unconfirmed", 0),
        ("school-10", "never", 0),
        ("school-7", "unconfirmed", 1),
        ("lyceum", "uncovered, late", 0),
        ("lyceum", "suspect", 1),
        ("lyceum", "unconfirmed", 0),
    ],
)
def test_what_fails_is_named(school: str, failing: str, code: int, roadmap: Run) -> None:
    assert roadmap("gaps", f"plans/schools/{school}.yaml", "--fail-on", failing, cwd=DISTRICT).code == code


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--fail-on", "late,missing"), "«missing» не годится; через запятую — uncovered, late, suspect, unconfirmed"),
        (("--fail-on", "late,never"), "«never» пишется одно"),
        (("--fail-on", ""), "«» не годится"),
        (("--matrix", "--details"), "--details и --matrix вместе не показать"),
        (("--matrix", "--activity", "3"), "--matrix и --activity вместе не показать"),
        (("--write-baseline",), "назовите файл"),
        (("--write-baseline", "b.txt", "--fail-on", "never"), "ничего не запишет"),
        (("--write-baseline", "b.txt", "--baseline", "c.txt"), "назовите один"),
        (("--write-baseline", "plans"), "не обычный файл"),
        (("--baseline", ""), "назовите файл"),
        (("--baseline", "нет.txt"), "нет файла «нет.txt»"),
        (("--baseline", "plans"), "не обычный файл"),
        (("--baseline", "plans/municipal.yaml"), "не список известных находок"),
    ],
)
def test_a_wrong_call_is_told(args: tuple[str, ...], said: str, roadmap: Run) -> None:
    ran = roadmap("gaps", *args, cwd=DISTRICT)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


# The baseline


def write(district: Path, roadmap: Run, *args: str) -> None:
    ran = roadmap("gaps", *args, "--write-baseline", "gaps.txt", cwd=district)
    assert ran.code == 0
    assert "записано известных разрывов" in ran.err


def test_known_gaps_pass_and_new_ones_fail(district: Path, roadmap: Run) -> None:
    write(district, roadmap)
    known = roadmap("gaps", "--baseline", "gaps.txt", cwd=district)
    assert known.code == 0
    assert known.out.endswith("Новых разрывов нет, известных: 6.\n")
    rewrite(district, "schools/school-2.yaml", "до 14.10.2022", "до 24.10.2022")
    new = roadmap("gaps", "--baseline", "gaps.txt", cwd=district)
    assert new.code == 1
    assert new.out.endswith(
        "Новых разрывов: 1, известных: 6.\n"
        "  plans/schools/school-2.yaml: № 2 Паспортизация музейных предметов (plans/municipal.yaml): позже на 10 дней\n"
    )
    for shape in ("json", "csv"):
        assert "Новых разрывов: 1" in roadmap("gaps", "--baseline", "gaps.txt", "--format", shape, cwd=district).err


def test_a_late_row_stays_late_when_its_link_has_to_be_looked_at_again(district: Path, roadmap: Run) -> None:
    rewrite(district, "schools/lyceum.yaml", "до 15.09.2022", "до 18.09.2022")
    lyceum = ("gaps", "plans/schools/lyceum.yaml")
    assert roadmap(*lyceum, cwd=district).code == 1
    write(district, roadmap, "--fail-on", "uncovered,late,suspect")
    assert "№ 1 Назначение руководителя музея (plans/municipal.yaml): позже на 3 дня\n" in (
        district / "gaps.txt"
    ).read_text(encoding="utf-8")
    rewrite(district, "municipal.yaml", "до 15.09.2022", "до 13.09.2022")
    ran = roadmap(*lyceum, "--baseline", "gaps.txt", cwd=district)
    assert ran.code == 1
    assert "позже на 5 дней, было на 3 дня\n" in ran.out


def test_a_gap_is_the_same_wherever_its_line_moves(district: Path, roadmap: Run) -> None:
    write(district, roadmap)
    for name in ("municipal.yaml", "schools/school-10.yaml"):
        rewrite(district, name, "activities:", "note: строка\n\nactivities:")
    assert roadmap("gaps", "--baseline", "gaps.txt", cwd=district).code == 0
    moved = roadmap("gaps", "--baseline", "../gaps.txt", cwd=district / "plans")
    assert moved.code == 0


def test_a_row_that_became_later_is_new_and_one_less_late_is_known(district: Path, roadmap: Run) -> None:
    write(district, roadmap)
    rewrite(district, "schools/school-10.yaml", "до 30.10.2022", "до 20.10.2022")
    assert roadmap("gaps", "--baseline", "gaps.txt", cwd=district).code == 0
    rewrite(district, "schools/school-10.yaml", "до 20.10.2022", "до 31.10.2022")
    ran = roadmap("gaps", "--baseline", "gaps.txt", cwd=district)
    assert ran.code == 1
    assert "позже на 17 дней, было на 16 дней\n" in ran.out


def test_gaps_that_are_gone_are_named(district: Path, roadmap: Run) -> None:
    write(district, roadmap)
    rewrite(district, "schools/school-10.yaml", "до 30.10.2022", "до 14.10.2022")
    (district / "plans" / "schools" / "school-7.yaml").unlink()
    ran = roadmap("gaps", "--baseline", "gaps.txt", cwd=district)
    assert ran.code == 0
    assert "Исчезло известных разрывов: 3 — обновите файл: roadmap gaps --baseline gaps.txt --write-baseline" in ran.out
    assert "  plans/schools/school-10.yaml: № 2 Паспортизация" in ran.out
    assert "  plans/schools/school-7.yaml: № 5 Сбор воспоминаний" in ran.out
    part = roadmap("gaps", "plans/schools/school-2.yaml", "--baseline", "gaps.txt", cwd=district)
    assert "Исчезло" not in part.out
    rewrite(district, "schools/school-10.yaml", "title: План музея", "title: [")
    unread = roadmap("gaps", "--baseline", "gaps.txt", cwd=district)
    assert unread.code == 2
    assert "Исчезло" not in unread.out


def test_the_file_is_updated_in_place_and_keeps_the_plans_that_were_not_asked_for(district: Path, roadmap: Run) -> None:
    write(district, roadmap)
    before = (district / "gaps.txt").read_text(encoding="utf-8")
    rewrite(district, "schools/school-10.yaml", "до 30.10.2022", "до 14.10.2022")
    ran = roadmap("gaps", "plans/schools/school-10.yaml", "--baseline", "gaps.txt", "--write-baseline", cwd=district)
    assert ran.code == 0
    after = (district / "gaps.txt").read_text(encoding="utf-8")
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    assert [line.split(" | ")[1:3] for line in gone] == [["plans/schools/school-10.yaml", "late 16"]]
    assert [line for line in after.splitlines() if line not in before.splitlines()] == []
    assert sorted(path.name for path in district.iterdir()) == ["gaps.txt", "plans"]


def test_a_plan_is_never_overwritten_by_a_baseline(district: Path, roadmap: Run) -> None:
    plan = district / "plans" / "schools" / "school-2.yaml"
    before = plan.read_bytes()
    ran = roadmap("gaps", "--write-baseline", "plans/schools/school-2.yaml", cwd=district)
    assert ran.code == 2
    assert "не список известных находок" in ran.err
    assert plan.read_bytes() == before


def test_nothing_is_written_where_a_plan_was_not_read(district: Path, roadmap: Run) -> None:
    rewrite(district, "schools/school-10.yaml", "title: План музея", "title: [")
    ran = roadmap("gaps", "--write-baseline", "gaps.txt", cwd=district)
    assert ran.code == 2
    assert "не записан, потому что прочитаны не все планы" in ran.err
    assert not (district / "gaps.txt").exists()


@pytest.mark.parametrize("paths", [(), ("plans/schools/school-10.yaml",)], ids=["among others", "alone"])
def test_a_plan_whose_parent_cannot_be_read_is_not_passed_over(
    paths: tuple[str, ...], district: Path, roadmap: Run
) -> None:
    rewrite(district, "schools/school-10.yaml", "follows: ../municipal.yaml", "follows: ../municipel.yaml")
    ran = roadmap("gaps", *paths, "--fail-on", "never", cwd=district)
    assert ran.code == 2
    assert "нет файла «plans/municipel.yaml»" in ran.err
    assert "ни у одного плана нет «follows" not in ran.err


def test_a_known_row_is_marked_in_the_details(district: Path, roadmap: Run) -> None:
    write(district, roadmap)
    for view in (("plans/schools/school-10.yaml",), ("--activity", "2")):
        assert "позже на 16 дней (известно)" in roadmap("gaps", *view, "--baseline", "gaps.txt", cwd=district).out
