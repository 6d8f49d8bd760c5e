"""`roadmap diff`: files and git revisions, what a new version means for the schools, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadmap_cli.errors import RoadmapError
from roadmap_cli.fingerprint import fingerprint
from roadmap_cli.history import at_revision, revisions
from roadmap_cli.loader import build
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Run = Callable[..., Ran]

SAMPLE = Path(__file__).parent / "sample"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
HEADS = "owners: Руководители ОО"
QUIZ = f"title: Анонимный опрос родителей о работе кружков, {HEADS}"
SITE = f"title: Страница образовательного кластера на сайте, {HEADS}"
SHIFT = f"title: Профильная смена инженерного класса, {HEADS}"


def plan(*rows: str, head: str = "") -> str:
    lines = "".join(f"  - {{no: {no}, {row}}}\n" for no, row in enumerate(rows, 1))
    return f"title: План\nschool_year: 2022-2023\n{head}activities:\n{lines}"


def school(*rows: str, number: int = 3, head: str = "") -> str:
    return plan(*rows, head=f"organization: МБОУ «СОШ №{number}»\nfollows: city.yaml\n{head}")


def written(folder: Path, **plans: str) -> Path:
    (folder / "plans").mkdir(exist_ok=True)
    for name, text in plans.items():
        (folder / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def stamp(row: str) -> str:
    loaded = build(parse(plan(row).encode(), "plan.yaml").root, "plan.yaml").plan
    assert loaded is not None
    return f"1@{fingerprint(loaded.activities[0])}"


def document(ran: Ran) -> Any:
    assert ran.err == ""
    return json.loads(ran.out)


def effects(old: str, new: str, child: str, folder: Path, roadmap: Run) -> list[tuple[list[str], int | None, str]]:
    """What the one school is told: effects, days late and reason of each row."""
    written(folder, city=new, school=child)
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    found = document(roadmap("diff", "old.yaml", "plans/city.yaml", "--format", "json", cwd=folder))
    return [(row["effects"], row["days_late"], row["reason"]) for one in found["consequences"] for row in one["rows"]]


# What it means for a school

OWN = "title: Опрос родителей, covers: ['%s'], due: до 15.10.2022"
EFFECTS = {
    "nothing that touches the link": (plan(QUIZ), plan(QUIZ, head="note: новое\n"), school(OWN % "1"), []),
    "a link without a fingerprint": (
        plan(QUIZ),
        plan(QUIZ + ", note: x, deliverable: Сводка"),
        school(OWN % "1"),
        [(["unstamped"], None, "№ 1 школы: связь «1» без отпечатка, а строка изменилась: проверьте")],
    ),
    "a fingerprint that does not fit any more": (
        plan(QUIZ),
        plan(f"{QUIZ}, deliverable: Сводка"),
        school(OWN % stamp(QUIZ)),
        [(["suspect"], None, f"№ 1 школы: строка изменилась после того, как связь «{stamp(QUIZ)}» подтвердили")],
    ),
    "a fingerprint that did not fit before": (
        plan(QUIZ),
        plan(f"{QUIZ}, deliverable: Сводка"),
        school(OWN % "1@0123456789ab"),
        [],
    ),
    "a row taken away": (
        plan(SITE, QUIZ),
        plan(SITE),
        school(OWN % "2", f"{SITE}, covers: ['1']"),
        [(["orphaned"], None, "№ 1 школы: ссылка «2» никуда не ведёт: мероприятие исключено")],
    ),
    "a row inserted above: links by number lead elsewhere": (
        plan(QUIZ),
        plan(SITE, QUIZ),
        school(OWN % "1"),
        [
            (
                ["redirected"],
                None,
                "№ 1 школы: ссылка «1» теперь ведёт к другому мероприятию, "
                "«Страница образовательного кластера на сайте»; прежнее теперь № 2, впишите «2»",
            )
        ],
    ),
    "a row inserted above: links by id stay": (
        plan(f"id: опрос, {QUIZ}"),
        plan(SITE, f"id: опрос, {QUIZ}"),
        school(OWN % "опрос", SITE),
        [],
    ),
    "a row moved up: the link leads nowhere": (
        plan(SITE, QUIZ),
        plan(QUIZ),
        school(OWN % "2"),
        [(["orphaned"], None, "№ 1 школы: ссылка «2» никуда не ведёт: мероприятие теперь № 1, впишите «1»")],
    ),
    "a link with the file keeps it": (
        plan(SITE, QUIZ),
        plan(QUIZ),
        school(OWN % "city.yaml#2"),
        [
            (
                ["orphaned"],
                None,
                "№ 1 школы: ссылка «city.yaml#2» никуда не ведёт: мероприятие теперь № 1, впишите «city.yaml#1»",
            )
        ],
    ),
    "an earlier deadline makes the school late": (
        plan(f"{QUIZ}, due: до 20.10.2022"),
        plan(f"{QUIZ}, due: до 10.10.2022"),
        school("title: Опрос родителей о работе кружков, due: до 15.10.2022"),
        [
            (
                ["late"],
                5,
                "№ 1 школы (предположительно): срок 10.10.2022, у школы 15.10.2022: позже на 5 дней",
            )
        ],
    ),
    "later than it was": (
        plan(f"{QUIZ}, due: до 14.10.2022"),
        plan(f"{QUIZ}, due: до 10.10.2022"),
        school(OWN % "1"),
        [
            (
                ["late", "unstamped"],
                5,
                "№ 1 школы: связь «1» без отпечатка, а строка изменилась: проверьте; "
                "№ 1 школы: срок 10.10.2022, у школы 15.10.2022: позже на 5 дней; прежде было позже на 1 день",
            )
        ],
    ),
    "a later deadline makes nobody late": (
        plan(f"{QUIZ}, due: до 10.10.2022"),
        plan(f"{QUIZ}, due: до 20.10.2022"),
        school("title: Опрос родителей о работе кружков, due: до 15.10.2022"),
        [],
    ),
    "a new row that the school lacks": (
        plan(QUIZ),
        plan(QUIZ, SHIFT),
        school(OWN % "1"),
        [(["uncovered"], None, "новое мероприятие")],
    ),
    "a new row of the department's own": (
        plan(QUIZ),
        plan(QUIZ, SHIFT.replace("Руководители ОО", "Начальник управления образования")),
        school(OWN % "1"),
        [],
    ),
    "a row that the school has and is bound by now": (
        plan(f"{QUIZ}, for: [МБОУ «СОШ №7»]"),
        plan(f"{QUIZ}, for: [МБОУ «СОШ №3»]"),
        school("title: Опрос родителей о работе кружков"),
        [(["binding"], None, "")],
    ),
    "a row cancelled": (
        plan(QUIZ),
        plan(f"{QUIZ}, cancelled: карантин"),
        school(OWN % "1"),
        [(["released"], None, "№ 1 школы: мероприятие отменено: карантин")],
    ),
}


@pytest.mark.parametrize("case", EFFECTS)
def test_a_school_is_told_what_to_look_at(case: str, tmp_path: Path, roadmap: Run) -> None:
    old, new, child, expected = EFFECTS[case]
    assert effects(old, new, child, tmp_path, roadmap) == expected


def test_schools_that_are_not_touched_are_only_counted(tmp_path: Path, roadmap: Run) -> None:
    fine = school(f"{QUIZ}, covers: ['1']", f"{SHIFT}, covers: ['2']", number=7)
    written(tmp_path, city=plan(QUIZ, SHIFT), a=fine, b=fine.replace("№7", "№9"), c=school(OWN % "1"))
    written(tmp_path, far=plan(QUIZ, head="follows: other.yaml\n"), other=plan(QUIZ))
    (tmp_path / "old.yaml").write_text(plan(QUIZ), encoding="utf-8")
    ran = roadmap("diff", "old.yaml", "plans/city.yaml", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1:] == [
        "plans/city.yaml:5:5: МБОУ «СОШ №3» | № 2 | ! нет в плане школы | Профильная смена инженерного класса | "
        "новое мероприятие",
        "Мероприятия: + добавлено: 1.",
        "Не задето: 2 плана школ.",
    ]
    (tmp_path / "plans" / "c.yaml").unlink()
    assert "Планы школ это не задевает (2 плана).\n" in roadmap("diff", "old.yaml", "plans/city.yaml", cwd=tmp_path).out


def test_a_school_that_cannot_be_read_is_told(tmp_path: Path, roadmap: Run) -> None:
    written(tmp_path, city=plan(QUIZ, SHIFT), a="- follows: city.yaml\n")
    (tmp_path / "old.yaml").write_text(plan(QUIZ), encoding="utf-8")
    ran = roadmap("diff", "old.yaml", "plans/city.yaml", cwd=tmp_path)
    assert ran.err == (
        "plans/a.yaml: план не прочитан, и что изменится для него, не показано; посмотрите roadmap check\n"
    )
    assert ran.code == 0


def test_plans_says_where_the_schools_are(tmp_path: Path, roadmap: Run) -> None:
    written(tmp_path, city=plan(QUIZ, SHIFT), a=school(OWN % "1"))
    (tmp_path / "old.yaml").write_text(plan(QUIZ), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    args = ("diff", "old.yaml", "plans/city.yaml", "--format", "json")
    assert len(document(roadmap(*args, cwd=tmp_path))["consequences"]) == 1
    assert document(roadmap("--plans", "empty", *args, cwd=tmp_path))["consequences"] == []
    assert roadmap("--plans", "нет", *args, cwd=tmp_path).code == 2


# The command


def test_no_difference_is_said(roadmap: Run) -> None:
    args = ("diff", "plans/municipal.yaml", "plans/municipal.yaml", "--exit-code")
    for form in ("plain", "table"):
        ran = roadmap(*args, "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.endswith("Различий нет.\n")
    found = document(roadmap(*args, "--format", "json"))
    assert not any(found[key] for key in ("plan", "added", "removed", "changed", "renumbered", "consequences"))


def test_runs_of_new_numbers_are_told_together(tmp_path: Path, roadmap: Run) -> None:
    rows = [QUIZ, SITE, SHIFT]
    written(tmp_path, a=plan(*rows), b=plan("title: Совет", *rows), c=plan("title: Совет", *rows).replace("1, ", "0, "))
    shown = roadmap("diff", "plans/a.yaml", "plans/b.yaml", "--format", "table", cwd=tmp_path).out
    assert "Другие номера: 1–3 → 2–4.\n" in shown
    only = plan(*rows).replace("no: 3", "no: 3а").replace("no: 1", "no: 7")
    written(tmp_path, c=only)
    shown = roadmap("diff", "plans/a.yaml", "plans/c.yaml", "--format", "table", cwd=tmp_path).out
    assert shown.splitlines()[2:] == ["Другие номера: 1 → 7, 3 → 3а.", "", "Мероприятия: · другой номер: 2."]


def test_exit_code_is_1_only_when_asked(roadmap: Run) -> None:
    args = ("diff", "municipal-old.yaml", "plans/municipal.yaml")
    assert roadmap(*args).code == 0
    assert roadmap(*args, "--exit-code").code == 1


def test_the_json_has_always_the_same_keys(roadmap: Run) -> None:
    keys = ["version", "report", "old", "new", "plan", "added", "removed", "changed", "renumbered"]
    for old in ("municipal-old.yaml", "plans/municipal.yaml"):
        found = document(roadmap("diff", old, "plans/municipal.yaml", "--format", "json"))
        assert list(found) == [*keys, "consequences", "unaffected"]


def test_the_way_back_says_the_opposite(roadmap: Run) -> None:
    found = document(roadmap("diff", "plans/municipal.yaml", "municipal-old.yaml", "--format", "json"))
    assert [one["no"] for one in found["added"]] == ["4", "5"]
    assert [one["no"] for one in found["removed"]] == ["4"]
    days = {change["days"] for row in found["changed"] for change in row["changes"] if change["days"]}
    assert days == {16, -15}


BAD = {
    "no such file": (("нет.yaml", "plans/municipal.yaml"), "нет файла «нет.yaml»"),
    "a folder": (("plans", "plans/municipal.yaml"), "«plans» — папка: назовите файл плана"),
    "a path of Windows is no revision": (
        ("C:\\plans\\x.yaml", "plans/municipal.yaml"),
        "нет файла «C:\\plans\\x.yaml»",
    ),
    "nothing": ((), "не хватает: БЫЛО"),
    "three": (("a", "b", "c"), "лишние слова в команде"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_call_is_told(case: str, roadmap: Run) -> None:
    args, message = BAD[case]
    ran = roadmap("diff", *args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"roadmap: {message}")


def test_what_can_be_read_is_compared_and_the_rest_is_told(tmp_path: Path, roadmap: Run) -> None:
    written(tmp_path, a=plan(QUIZ), b=plan(QUIZ, "due: май"), c="- 1\n")
    ran = roadmap("diff", "plans/a.yaml", "plans/b.yaml", cwd=tmp_path)
    assert ran.code == 0
    assert ran.err == "plans/b.yaml:5:5: у мероприятия нет ключа «title» (название мероприятия): впишите его\n"
    assert "№ 2 | + добавлено" in ran.out
    ran = roadmap("diff", "plans/a.yaml", "plans/c.yaml", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("plans/c.yaml:1:1: план должен начинаться с ключей")


@pytest.mark.parametrize("shape", ["table", "plain", "json", "csv"])
def test_no_acting_character_reaches_an_output(shape: str, tmp_path: Path, roadmap: Run) -> None:
    bad = '"=1+1\\e[31m\\u202e"'
    rows = f"title: {bad}, owners: {bad}, due: {bad}, deliverable: {bad}"
    written(tmp_path, city=plan(QUIZ, rows, head=f"organization: {bad}\n"), school=school(OWN % "1"))
    (tmp_path / "old.yaml").write_text(plan(f"{QUIZ}, note: {bad}", head=f"note: {bad}\n"), encoding="utf-8")
    ran = roadmap("diff", "old.yaml", "plans/city.yaml", "--format", shape, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert not {"\x1b", "\u202e"} & set(ran.out)
    assert ";=" not in ran.out


# Revisions


def git(folder: Path, *args: str) -> None:
    who = ("-c", "user.name=Белова", "-c", "user.email=belova@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits of plans/city.yaml and a third version on the disk."""
    git(tmp_path, "init", "-q")
    for row in (QUIZ, f"{QUIZ}, due: до 10.10.2022"):
        written(tmp_path, city=plan(row), school=school(OWN % "1"))
        git(tmp_path, "add", "plans")
        git(tmp_path, "commit", "-q", "-m", "план")
    return written(tmp_path, city=plan(f"{QUIZ}, due: до 12.10.2022"))


NAMED = "срок назван: до 10.10.2022"
MOVED = "срок до 10.10.2022 → до 12.10.2022: позже на 2 дня"
CALLS = {
    "a revision and the file": ("", ("HEAD:plans/city.yaml", "plans/city.yaml"), MOVED),
    "two revisions": ("", ("HEAD~1:plans/city.yaml", "HEAD:plans/city.yaml"), NAMED),
    "a lone file": ("", ("plans/city.yaml",), MOVED),
    "a lone revision": ("", ("HEAD:plans/city.yaml",), MOVED),
    "the index": ("", (":plans/city.yaml", "plans/city.yaml"), MOVED),
    "from a folder, by the path from the top": ("plans", ("HEAD:plans/city.yaml", "city.yaml"), MOVED),
    "from a folder, by the path from here": ("plans", ("HEAD:./city.yaml", "city.yaml"), MOVED),
    "from a folder, a lone file": ("plans", ("city.yaml",), MOVED),
}


@needs_git
@pytest.mark.parametrize("case", CALLS)
def test_a_version_may_be_a_revision(case: str, repository: Path, roadmap: Run) -> None:
    folder, args, said = CALLS[case]
    found = document(roadmap("diff", *args, "--format", "json", cwd=repository / folder))
    assert [change["words"] for row in found["changed"] for change in row["changes"]] == [said]
    assert [row["effects"] for one in found["consequences"] for row in one["rows"]]


WRONG = {
    "no such revision": ("HEAD~9:plans/city.yaml", "git не знает ревизии «HEAD~9»"),
    "an option": ("--output=x:plans/city.yaml", "git не знает ревизии «--output=x»"),
    "no such file": ("HEAD:plans/town.yaml", "в ревизии «HEAD» нет файла «plans/town.yaml»"),
    "a folder": ("HEAD:plans", "в ревизии «HEAD» нет файла «plans»"),
    "a file that is not there and no revision": ("план: новый.yaml", "git не знает ревизии «план»"),
}


@needs_git
@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_revision_is_told(case: str, repository: Path, roadmap: Run) -> None:
    name, message = WRONG[case]
    ran = roadmap("diff", "--", name, "plans/city.yaml", cwd=repository)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"roadmap: {message}")
    assert sorted(path.name for path in repository.iterdir()) == [".git", "plans"]


@needs_git
def test_a_folder_without_a_repository_is_told(tmp_path: Path, roadmap: Run) -> None:
    written(tmp_path, city=plan(QUIZ))
    ran = roadmap("diff", "plans/city.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert "не лежит в репозитории git" in ran.err


def test_a_machine_without_git_is_told(tmp_path: Path, roadmap: Run) -> None:
    written(tmp_path, city=plan(QUIZ))
    ran = roadmap("diff", "plans/city.yaml", cwd=tmp_path, PATH="")
    assert (ran.code, ran.err) == (2, "roadmap: git не запускается: установите его или сравнивайте файлы без ревизий\n")


@needs_git
def test_the_history_of_a_file(repository: Path) -> None:
    path = os.fspath(repository / "plans" / "city.yaml")
    found = list(revisions(path))
    assert [at_revision(path, rev).decode() for rev in found] == [plan(f"{QUIZ}, due: до 10.10.2022"), plan(QUIZ)]
    assert list(revisions(f"{path}.new")) == []
    with pytest.raises(RoadmapError, match="нет файла"):
        at_revision(f"{path}.new", "HEAD")
