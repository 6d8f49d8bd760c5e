"""What the checks find on the repository's own plans (issue 2 §4), and the rules that every check keeps."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from roadmap_cli import checks
from roadmap_cli.checks import check, discover, run_checks
from roadmap_cli.config import settings_for
from roadmap_cli.errors import READING
from roadmap_cli.project import find_files
from roadmap_cli.settings import Settings

if TYPE_CHECKING:
    from roadmap_cli.model import Finding

PLANS = Path(__file__).parents[1] / "plans"
TOWN = "municipal.yaml"
SCHOOL = "school-6.yaml"


def checked(folder: Path) -> tuple[Finding, ...]:
    return run_checks(find_files([str(folder)]), lambda path: Settings(str(PLANS))).findings


@pytest.fixture(scope="module")
def found() -> tuple[Finding, ...]:
    return checked(PLANS)


def lines_of(finding: Finding) -> str:
    """The line a finding points at."""
    return Path(finding.span.path).read_text(encoding="utf-8").split("\n")[finding.span.line - 1]


# The list: (what, file, code, activity, a part of the line it points at, words of the message).
WANTED = [
    ("row 1 is due before the order's date", TOWN, "RM207", "1", "До 04.10.2022", "05.10.2022"),
    ("the double dot in row 11", TOWN, "RM204", "11", "01.03..2023", "две точки"),
    ("two dates without a dash in row 5", TOWN, "RM203", "5", "12.10.2022", "14.10.2022"),
    ("two dates without a dash in row 12", TOWN, "RM203", "12", "01.05.2023", "05.05.2023"),
    ("row 6 ends on a Saturday", TOWN, "RM208", "6", "10.10.2022 - 15.10.2022", "15.10.2022, сб"),
    ("row 8 begins on a Sunday", TOWN, "RM208", "8", "15.01.2023 - 20.01.2023", "15.01.2023, вс"),
    ("№ 5 is missing", SCHOOL, "RM102", "6", 'no: "6"', "№ 5"),
    ("№ 15 stands twice", SCHOOL, "RM101", "15", 'no: "15"', "15"),
    ("Слепкова and Сленкова", SCHOOL, "RM302", "4", "Сленкова", "Слепкова Н.А."),
    ("Слепкова Н.А. and П.А.", SCHOOL, "RM302", "11", "Слепкова П.А.", "Слепкова Н.А."),
    ("broken initials in row 11", SCHOOL, "RM304", "11", "Савина И.А,", "«И.А»"),
    ("broken initials in row 14", SCHOOL, "RM304", "14", "Савина И.А,", "«И.А»"),
    ("broken initials in row 15", SCHOOL, "RM304", "15", "Савина И.А,", "«И.А»"),
    ("broken initials in row 10", SCHOOL, "RM304", "10", "Слепкова Н.А,", "«Н.А»"),
    ("nobody is responsible for row 6", SCHOOL, "RM301", "6", 'no: "6"', "ответственн"),
    ("nobody is responsible for row 12", SCHOOL, "RM301", "12", 'no: "12"', "ответственн"),
    ("rows 12 and 13 have one title", SCHOOL, "RM106", "13", "выездной методической помощи", "№ 12"),
    ("October 2022 after January 2023", SCHOOL, "RM209", "14", "До 10.10.2022", "год"),
    ("the survey's report is due before its end", SCHOOL, "RM210", "8", "До 21.10.2022", "30.10.2022"),
    ("the school is no participant", SCHOOL, "RM402", "", "МБОУ «СОШ№6»", "участник"),
]


@pytest.mark.parametrize(
    ("file", "code", "activity", "line", "words"), [w[1:] for w in WANTED], ids=[w[0] for w in WANTED]
)
def test_a_slip_of_the_documents_is_one_finding(
    found: tuple[Finding, ...], file: str, code: str, activity: str, line: str, words: str
) -> None:
    hits = [f for f in found if f.code == code and f.activity == activity and Path(f.span.path).name == file]
    assert len(hits) == 1, hits
    assert line in lines_of(hits[0])
    assert words in hits[0].message


def test_no_other_finding_of_the_same_kind(found: tuple[Finding, ...]) -> None:
    """What the issue lists is all that there is of it, but for the school's own days and the holiday of 1 May."""
    told = Counter((Path(f.span.path).name, f.code, f.activity) for f in found)
    listed = Counter((w[1], w[2], w[3]) for w in WANTED)
    own = {(SCHOOL, "RM203", "8"), (SCHOOL, "RM203", "9"), (SCHOOL, "RM203", "14")}
    own |= {(SCHOOL, "RM208", "11"), (SCHOOL, "RM208", "15"), (TOWN, "RM208", "12")}
    kinds = {w[2] for w in WANTED}
    assert {key: n for key, n in told.items() if key[1] in kinds} == {**listed, **dict.fromkeys(own, 1)}


def test_the_year_slip_names_its_other_places(found: tuple[Finding, ...]) -> None:
    """«До 10.10.2022» stands in rows 14 and 15 and «10.10.2022 15.10.2022» between them: one finding shows all."""
    slip = next(f for f in found if f.code == "RM209")
    places = {slip.span.line, *(r.span.line for r in slip.related)}
    text = (PLANS / "schools" / SCHOOL).read_text(encoding="utf-8").split("\n")
    assert [text[n - 1].strip() for n in sorted(places)] == [
        "due: До 10.10.2022",
        "due: 10.10.2022 15.10.2022",
        "- due: До 10.10.2022",
    ]


def test_the_misprinted_name_shows_both_places_and_the_usual_one(found: tuple[Finding, ...]) -> None:
    """«Сленкова» stands in rows 4 and 16."""
    text = (PLANS / "schools" / SCHOOL).read_text(encoding="utf-8").split("\n")
    misprint = next(f for f in found if f.code == "RM302" and f.activity == "4")
    assert "Сленкова Н.А." in lines_of(misprint)
    others = [text[r.span.line - 1] for r in misprint.related]
    assert sum("Сленкова" in line for line in others) == 1
    assert sum("Слепкова Н.А." in line for line in others) == 1


def test_the_documents_as_transcribed_hold_no_error(found: tuple[Finding, ...]) -> None:
    """Slips of the documents are warnings: CI of the repository stays green with the default --fail-on error."""
    assert [f for f in found if f.severity == "error"] == []
    assert [f for f in found if f.code in READING] == []


def test_findings_stand_in_the_order_of_places(found: tuple[Finding, ...]) -> None:
    assert list(found) == sorted(found, key=lambda f: (f.span, f.code, f.message))
    assert len(set(found)) == len(found)


# -- the day ----------------------------------------------------------------------------------------------------------


def test_checks_never_depend_on_the_day() -> None:
    told = []
    for today in ("2000-01-01", "2022-10-20", "2099-12-31"):
        ran = CliRunner().invoke(
            _cli(), ["check", str(PLANS), "--today", today, "--format", "json"], standalone_mode=False
        )
        told.append(json.loads(ran.stdout)["findings"])
    assert told[0] == told[1] == told[2]
    assert told[0]


def _cli() -> object:
    from roadmap_cli.cli import cli

    return cli


def test_checks_are_given_no_day_and_no_settings() -> None:
    for one in discover():
        wanted = ["plans"] if one.gather else ["plan", "project"]
        assert list(inspect.signature(one.run).parameters) == wanted, one.code


def test_the_files_of_checks_do_not_know_status_or_calendar_rules() -> None:
    for path in sorted(Path(str(checks.__file__)).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert not modules & {"roadmap_cli.status", "roadmap_cli.config", "roadmap_cli.cli", "time"}, path.name


# -- the registry -----------------------------------------------------------------------------------------------------


def test_codes_and_names_are_unique_and_speak() -> None:
    found = discover()
    codes = [one.code for one in found] + list(READING)
    names = [one.name for one in found] + [name for name, _ in READING.values()]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))
    assert [one.code for one in found] == sorted(one.code for one in found)
    assert all(re.fullmatch(r"RM[1-9]\d\d", one.code) for one in found)
    assert all(re.fullmatch(r"RM0\d\d", code) for code in READING)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert {one.severity for one in found} <= {"error", "warning", "note"}


def test_a_family_of_codes_lives_in_one_file() -> None:
    families: dict[str, set[str]] = {}
    for one in discover():
        families.setdefault(one.code[:3], set()).add(one.run.__module__)
    assert all(len(modules) == 1 for modules in families.values()), families
    assert len(families) == len(set.union(*families.values()))


def test_a_code_cannot_be_taken_twice() -> None:
    taken = discover()[0].code

    def again(plan: object, project: object) -> tuple[()]:
        """Уже есть."""
        return ()

    with pytest.raises(ValueError, match=taken):
        check(taken, "again", "note")(again)  # type: ignore[arg-type]
    assert [one.code for one in discover()].count(taken) == 1


def test_a_check_without_a_docstring_is_refused() -> None:
    with pytest.raises(ValueError, match="RM999"):
        check("RM999", "silent", "note")(lambda plan, project: ())
    assert "RM999" not in {one.code for one in discover()}


def test_reading_problems_come_with_the_checks() -> None:
    """A plan that was not asked for is not checked; a file that is no plan keeps its finding."""
    assert {Path(finding.span.path).name for finding in checked(PLANS / "schools")} == {SCHOOL}


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    """Over 150 files, with two of one school whose names are alike and one that is no plan."""
    row = "  - {{no: '1', title: Опрос, due: {}, owners: {}}}\n"
    text = "title: План\norganization: МБОУ «СОШ № {}»\nschool_year: 2022-2023\nactivities:\n" + row
    for number in range(160):
        owner = "Сленкова Н.А." if number == 0 else "Слепкова Н.А."
        school = number if number < 159 else 0
        name = tmp_path / f"school-{number:03}.yaml"
        name.write_text(text.format(school, "до 14.10..2022", owner), encoding="utf-8")
    (tmp_path / "zzz.yaml").write_text("- a\n", encoding="utf-8")
    files = find_files([str(tmp_path)])
    settings_of = partial(settings_for, here=str(tmp_path))
    one = run_checks(files, settings_of)
    assert run_checks(files, settings_of, jobs=2) == one
    assert one.unread == (str(tmp_path / "zzz.yaml"),)
    assert sorted({finding.code for finding in one.findings}) == ["RM007", "RM107", "RM204", "RM302"]
    assert [Path(f.span.path).name for f in one.findings if f.code == "RM302"] == ["school-000.yaml"]
