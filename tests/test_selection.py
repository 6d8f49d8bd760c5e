"""Which findings are told: words, layers, paths, levels; and comments in a plan that let findings pass."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap_cli.checks import catalogue, run_checks
from roadmap_cli.config import read_settings, settings_for
from roadmap_cli.selection import ALWAYS, Layer, Selection, Word, for_plan, split, trouble
from roadmap_cli.source import parse
from roadmap_cli.suppression import suppressions

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap_cli.settings import Settings


def words(text: str) -> tuple[Word, ...]:
    return tuple(map(Word, split(text)))


def layer(select: str = "", ignore: str = "") -> Layer:
    return Layer(words(select) or None, words(ignore))


def taken(*layers: Layer) -> set[str]:
    """The codes that are told, but for those that always are."""
    return {code for code, name in catalogue().items() if Selection(layers).takes(code, name)} - ALWAYS


PEOPLE = {code for code in catalogue() if code.startswith("RM3")}
EVERY = set(catalogue()) - ALWAYS


@pytest.mark.parametrize(
    ("layers", "told"),
    [
        pytest.param([], EVERY, id="nothing said: everything"),
        pytest.param([layer("RM302")], {"RM302"}, id="a code"),
        pytest.param([layer("similar-people")], {"RM302"}, id="a name"),
        pytest.param([layer("RM3")], PEOPLE, id="a family"),
        pytest.param([layer("RM301,RM302; nobody")], {"RM301", "RM302"}, id="several"),
        pytest.param([layer("рм302")], {"RM302"}, id="typed with Russian letters"),
        pytest.param([layer("RM3", "RM301")], PEOPLE - {"RM301"}, id="a family without a code"),
        pytest.param([layer("RM302", "RM3")], {"RM302"}, id="a code out of an ignored family"),
        pytest.param([layer("RM302", "RM302")], set(), id="ignore wins over the same word"),
        pytest.param([layer("", "RM3")], EVERY - PEOPLE, id="all but a family"),
        pytest.param([layer("RM3"), layer("", "RM302")], PEOPLE - {"RM302"}, id="a nearer ignore adds"),
        pytest.param([layer("RM2", "RM302"), layer("RM3")], PEOPLE, id="a nearer select begins anew"),
    ],
)
def test_what_is_told(layers: list[Layer], told: set[str]) -> None:
    assert taken(*layers) == told


def test_what_keeps_a_file_from_being_read_is_always_told() -> None:
    for selection in (Selection((layer("RM302"),)), Selection((layer("", "RM"),))):
        assert all(selection.takes(code, catalogue()[code]) for code in ALWAYS)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("RM399", "есть RM301–RM306"),
        ("RM999", "есть RM0–RM4"),
        ("similar-peple", "возможно, «similar-people»"),
        ("R302", "возможно, «RM302»"),
        ("банан", "код и имя стоят"),
        ("RM003", "не отключить"),
        ("syntax", "не отключить"),
    ],
    ids=[
        "no such code",
        "no such family",
        "a slip in a name",
        "a slip in a code",
        "no word at all",
        "always",
        "by name",
    ],
)
def test_a_wrong_word_is_told(word: str, said: str) -> None:
    assert said in trouble(word, catalogue())


@pytest.mark.parametrize("word", ["RM", "RM0", "RM30", "rm302", "РМ302", "nobody"])
def test_a_right_word_is_not(word: str) -> None:
    assert trouble(word, catalogue()) == ""


def test_a_code_that_is_always_told_may_be_selected() -> None:
    assert trouble("RM003", catalogue(), silences=False) == ""


@pytest.mark.parametrize(
    ("glob", "path", "meant"),
    [
        pytest.param("schools/school-6.yaml", "schools/school-6.yaml", True, id="a file"),
        pytest.param("schools/*", "schools/school-6.yaml", True, id="all of a folder"),
        pytest.param("schools", "schools/north/school-6.yaml", True, id="a folder means what is in it"),
        pytest.param("schools/", "schools/school-6.yaml", True, id="a folder with a slash"),
        pytest.param("./schools/*", "schools/school-6.yaml", True, id="from here"),
        pytest.param("schools/*.yaml", "schools/north/school-6.yaml", False, id="a star stays in its folder"),
        pytest.param("schools/**/*.yaml", "schools/school-6.yaml", True, id="two stars do not"),
        pytest.param("school-?.yaml", "schools/school-6.yaml", True, id="a name at any depth"),
        pytest.param("school-6.yaml", "schools/xschool-6.yaml", False, id="a name is whole"),
        pytest.param("школы/*", "школы/школа 6.yaml", True, id="Russian letters and spaces"),
        pytest.param("a[1].yaml", "a1.yaml", False, id="brackets are letters"),
        pytest.param("schools/*", "../schools/school-6.yaml", False, id="another folder's"),
    ],
)
def test_a_path(glob: str, path: str, meant: bool, tmp_path: Path) -> None:
    plan = tmp_path / "plans" / path
    layers = [Layer(None, words("RM3"), (), str((tmp_path / "plans").resolve()), glob)]
    assert bool(for_plan(layers, str(plan)).layers) is meant


# -- settings -----------------------------------------------------------------------------------------------------------


def read(folder: Path, text: str, base: Settings | None = None) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "roadmap.yaml"
    path.write_text(text, encoding="utf-8")
    return read_settings(str(path), str(folder), base)


SETTINGS = """select: [RM2, RM3]
ignore: RM301, day-off
severity: {RM302: error, RM3: note}
per_path:
  schools/*:
    ignore: [RM3]
    severity: {RM204: note}
"""


def test_settings_hold_for_all_plans_and_for_those_of_a_path(tmp_path: Path) -> None:
    found = read(tmp_path, SETTINGS)
    assert found.findings == ()
    town, school = (for_plan(found.selection, str(tmp_path / name)) for name in ("town.yaml", "schools/a.yaml"))
    assert [
        one.takes(*pair) for one in (town, school) for pair in (("RM302", "similar-people"), ("RM208", "day-off"))
    ] == [True, False, False, False]
    assert [
        town.level(*rest)
        for rest in (
            ("RM302", "similar-people", "warning"),
            ("RM304", "mended-owners", "warning"),
            ("RM204", "mended-due", "warning"),
        )
    ] == ["error", "note", "warning"]
    assert school.level("RM204", "mended-due", "warning") == "note"
    assert school.level("RM003", "syntax", "error") == "error"


def test_nearer_settings_add_and_begin_anew(tmp_path: Path) -> None:
    (tmp_path / "plans" / "school").mkdir(parents=True)
    (tmp_path / "plans" / "roadmap.yaml").write_text("ignore: [RM3]\n", encoding="utf-8")
    (tmp_path / "plans" / "school" / "roadmap.yaml").write_text("ignore: [RM2]\n", encoding="utf-8")
    found = settings_for(str(tmp_path / "plans" / "school"), str(tmp_path))
    assert taken(*found.selection) == {code for code in EVERY if code[:3] not in ("RM2", "RM3")}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        pytest.param("ignore: {RM3: 1}\n", "RM007", "ожидаются коды", id="ignore is a mapping"),
        pytest.param("select: [[RM3]]\n", "RM007", "ожидаются коды", id="a list in a list"),
        pytest.param("severity: [RM3]\n", "RM007", "ожидаются коды и уровни", id="severity is a list"),
        pytest.param("severity: {RM302: fatal}\n", "RM007", "warning (предупреждение)", id="no such level"),
        pytest.param("per_path: schools\n", "RM007", "ожидаются пути", id="per_path is a text"),
        pytest.param(
            "per_path: {schools: RM3}\n", "RM007", "select, ignore, severity или reminders", id="a path without keys"
        ),
        pytest.param("per_path: {schools: {ignor: RM3}}\n", "RM006", "возможно, «ignore»", id="a slip in a key"),
        pytest.param("per_path: {../other: {ignore: RM3}}\n", "RM007", "путь от папки", id="a path outside"),
        pytest.param("per_path: {/etc: {ignore: RM3}}\n", "RM007", "путь от папки", id="a path from the root"),
    ],
)
def test_a_wrong_setting_is_told(text: str, code: str, words: str, tmp_path: Path) -> None:
    found = read(tmp_path, text)
    assert [finding.code for finding in found.findings] == [code]
    assert words in found.findings[0].message
    assert found.selection == ()


def test_empty_settings_say_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, "select:\nignore: []\nseverity: {}\nper_path:\n")
    assert (found.selection, found.findings) == ((), ())


ROW = "title: П\nactivities:\n  - {no: 1, title: Приказ, deliverable: Приказ, due: 01.03..2023, owners: Савина И.А.}\n"


def test_a_word_that_means_nothing_is_told_at_its_place(tmp_path: Path) -> None:
    settings = read(tmp_path, "ignore: [RM204, RM999, RM003]\nselect: RM003, RM204\n")
    (tmp_path / "plan.yaml").write_text(ROW, encoding="utf-8")
    found = run_checks([str(tmp_path / "plan.yaml")], lambda path: settings).findings
    assert [(f.code, f.span.line, f.span.column) for f in found] == [("RM007", 1, 17), ("RM007", 1, 24)]


def test_levels_are_what_the_settings_say(tmp_path: Path) -> None:
    settings = read(tmp_path, "severity: {mended-due: error}\n")
    (tmp_path / "plan.yaml").write_text(ROW, encoding="utf-8")
    found = run_checks([str(tmp_path / "plan.yaml")], lambda path: settings).findings
    assert [(f.code, f.severity) for f in found] == [("RM204", "error")]


# -- comments -----------------------------------------------------------------------------------------------------------

HEAD = "title: П\nactivities:\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "- no: 1  # roadmap: ignore RM302 — причина\n  title: А\n",
            [(("RM302",), "причина", 3, 4)],
            id="an activity",
        ),
        pytest.param(
            "# roadmap: ignore RM302 — причина\n- no: 1\n  title: А\n",
            [(("RM302",), "причина", 4, 5)],
            id="the line above",
        ),
        pytest.param(
            "# roadmap: ignore RM3 — да\n# ещё\n- no: 1\n", [(("RM3",), "да", 5, 5)], id="with a comment between"
        ),
        pytest.param(
            "# roadmap: ignore RM3 — да\n\n- no: 1\n", [(("RM3",), "да", 0, 0)], id="a blank line between: nothing"
        ),
        pytest.param("- no: 1\n  # roadmap: ignore RM3 — да\n", [(("RM3",), "да", 0, 0)], id="the last line: nothing"),
        pytest.param(
            "- no: 1\n  due: до 1 мая # roadmap: ignore RM2 - да\n  note: А\n", [(("RM2",), "да", 4, 4)], id="a key"
        ),
        pytest.param(
            "- no: 1\n  owners: # roadmap: ignore RM3 – да\n    - А\n    - Б\n  note: А\n",
            [(("RM3",), "да", 4, 6)],
            id="a key with a list",
        ),
        pytest.param(
            "- no: 1\n  owners:  # roadmap: ignore RM3: да\n  - А\n  - Б\n  note: А\n",
            [(("RM3",), "да", 4, 6)],
            id="a list under its key",
        ),
        pytest.param(
            "- no: 1\n  owners:\n    - А  # roadmap: ignore RM3 — да\n    - Б\n", [(("RM3",), "да", 5, 5)], id="an item"
        ),
        pytest.param(
            "- no: 1\n  owners: [А, # roadmap: ignore RM3 — да\n    Б]\n", [(("RM3",), "да", 4, 5)], id="in brackets"
        ),
        pytest.param(
            "- no: 1\n  owners: [А,\n    Б]  # roadmap: ignore RM3 — да\n",
            [(("RM3",), "да", 4, 5)],
            id="behind brackets of two lines",
        ),
        pytest.param(
            "- {no: 1, title: А}  # roadmap: ignore RM3 — да\n", [(("RM3",), "да", 3, 3)], id="an activity in brackets"
        ),
        pytest.param(
            "- no: 1\n  title: >-  # roadmap: ignore RM1 — да\n    А\n    Б\n  note: А\n",
            [(("RM1",), "да", 4, 6)],
            id="behind the mark of a block",
        ),
        pytest.param(
            "- no: 1\n  title: А\n    Б  # roadmap: ignore RM1 — да\n  note: А\n",
            [(("RM1",), "да", 4, 5)],
            id="behind a text of two lines",
        ),
        pytest.param(
            "- no: 1\n  deliverables:\n    - text: А  # roadmap: ignore RM2 — да\n      due: Б\n",
            [(("RM2",), "да", 5, 6)],
            id="a result",
        ),
        pytest.param(
            "- no: 1\n  note: &x А  # roadmap: ignore RM2 — да\n  title: *x\n",
            [(("RM2",), "да", 4, 4)],
            id="beside an anchor",
        ),
        pytest.param(
            "- no: 1  # roadmap: ignore РМ302, similar-people - да\n",
            [(("РМ302", "similar-people"), "да", 3, 3)],
            id="Russian letters and a name",
        ),
        pytest.param(
            "- no: 1  # Roadmap:Ignore RM301 RM302 так в приказе\n",
            [(("RM301", "RM302"), "так в приказе", 3, 3)],
            id="without a dash",
        ),
        pytest.param("- no: 1  # roadmap: ignore RM302-так\n", [(("RM302",), "так", 3, 3)], id="a dash without spaces"),
        pytest.param(
            "- no: 1  # roadmap: ignore RM302 — # причина\n",
            [(("RM302",), "", 3, 3)],
            id="another comment is no reason",
        ),
        pytest.param(
            "- no: 1  # roadmap: ignore RM1 — а # roadmap: ignore RM2 — б\n",
            [(("RM1",), "а", 3, 3), (("RM2",), "б", 3, 3)],
            id="two in a line",
        ),
        pytest.param("- no: 1  # roadmap: ignore — причина\n", [((), "причина", 3, 3)], id="no code"),
        pytest.param("- no: 1  # roadmap: план на год\n", [], id="other words"),
        pytest.param("- no: 1  # не roadmap: ignore RM302 — причина\n", [], id="not at the beginning"),
        pytest.param('- no: 1\n  note: "А # roadmap: ignore RM1 — б"\n', [], id="in double quotes"),
        pytest.param("- no: 1\n  note: 'А\n    # roadmap: ignore RM1 — б'\n", [], id="in quotes of two lines"),
        pytest.param("- no: 1\n  note: |\n    А\n    # roadmap: ignore RM1 — б\n", [], id="in a block"),
        pytest.param("- no: 1\n  note: >-\n    А # roadmap: ignore RM1 — б\n", [], id="in a folded block"),
        pytest.param("- no: 1\n  note: А#roadmap: ignore RM1 — б\n", [], id="inside a word"),
    ],
)
def test_comments_are_found(text: str, said: list[tuple[tuple[str, ...], str, int, int]], newline: str) -> None:
    source = parse((HEAD + text).replace("\n", newline).encode(), "plan.yaml")
    assert [one[1:] for one in suppressions(source)] == said


def test_a_comment_has_its_place() -> None:
    (one,) = suppressions(parse((HEAD + "- no: 1  # roadmap: ignore RM302 — да\n").encode(), "plan.yaml"))
    assert (one.span.path, one.span.line, one.span.column, one.span.end_column) == ("plan.yaml", 3, 10, 38)


def test_a_comment_above_the_title_holds_for_the_title_alone() -> None:
    (one,) = suppressions(parse(("# roadmap: ignore RM1 — да\n" + HEAD + "- no: 1\n").encode(), "plan.yaml"))
    assert (one.first, one.last) == (2, 2)


def checked(folder: Path, *texts: str, settings: str = "") -> tuple[list[str], list[str]]:
    """The codes that are told, and those that comments let pass."""
    read_in = read(folder, settings)
    files = []
    for number, text in enumerate(texts):
        path = folder / f"plan{number}.yaml"
        path.write_text(text, encoding="utf-8")
        files.append(str(path))
    found = run_checks(files, lambda path: read_in)
    return [f.code for f in found.findings], [f.code for f in found.passed]


SIMILAR = """title: П
organization: Школа
activities:
  - {no: 1, title: А, deliverable: А, due: до 14.10.2022, owners: "Слепкова Н.А., Савина И.А."}
  - {no: 2, title: Б, deliverable: Б, due: до 14.10.2022, owners: Слепкова Н.А.}
"""
SLIP = (
    SIMILAR.replace("Слепкова", "Сленкова")
    .replace("no: 2, title: Б", "no: 2, title: В")
    .replace(', owners: "', ', note: "')
)
PASSED = SLIP.replace("owners: Сленкова Н.А.}", "owners: Сленкова Н.А.}  # roadmap: ignore RM302 — так в приказе")


def test_a_check_across_plans_can_be_let_pass(tmp_path: Path) -> None:
    told, passed = checked(tmp_path, SIMILAR, PASSED)
    assert (told, passed) == (["RM301"], ["RM302"])


def test_a_check_across_plans_is_not_called_unused_in_a_run_of_one_plan(tmp_path: Path) -> None:
    told, passed = checked(tmp_path, PASSED)
    assert (told, passed) == (["RM301"], [])


def test_what_is_not_selected_is_not_called_unused(tmp_path: Path) -> None:
    plan = ROW.replace("01.03..2023", "01.03.2023").replace("}", "}  # roadmap: ignore RM204 — так в приказе")
    assert checked(tmp_path, plan) == (["RM112"], [])
    assert checked(tmp_path, plan, settings="ignore: RM2\n") == ([], [])
    assert checked(tmp_path, plan, settings="severity: {RM112: error}\nignore: [unused-suppression]\n") == ([], [])


def test_a_problem_of_reading_can_be_let_pass_unless_the_file_is_not_read(tmp_path: Path) -> None:
    plan = "title: П\nstart: 1  # roadmap: ignore RM006 — для другой программы\nactivities: []  # roadmap: ignore RM009 — нет\n"
    told, passed = checked(tmp_path, plan)
    assert (sorted(told), passed) == (["RM009", "RM113"], ["RM006"])
