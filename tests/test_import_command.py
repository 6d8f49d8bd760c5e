"""`roadmap import` as it is called: where the plan goes, what is said, and how a new version comes into a plan."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.loader import build
from roadmap_cli.source import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran
    from roadmap_cli.model import Plan

HERE = Path(__file__).parent
HEAD = "План мероприятий школы на 2022-2023 учебный год\n\n№\tМероприятие\tРезультат\tСроки\tОтветственные\n"
OLD = (
    "1.\tУтвердить координатора\tПриказ\tдо 15.10.2022\tСавина И.А.\n"
    "2.\tПровести опрос родителей\t<p>Анкеты</p><p>Отчёт</p>\t<p>до 20.10.2022</p><p>до 30.10.2022</p>\tСлепкова Н.А.\n"
    "3.\tСобрать документы партнёров\tПапка\tдо 01.11.2022\tСавина И.А.\n"
    "4.\tЗакрыть старый сайт\tСправка\tдо 01.12.2022\tСавина И.А.\n"
)
NEW = (
    "1.\tУтвердить координатора\tПриказ\tдо 17.10.2022\tСавина И.А.\n"
    "2.\tСоздать комиссию\tПриказ о комиссии\tдо 18.10.2022\tСавина И.А.\n"
    "3.\tПровести опрос родителей\t<p>Анкеты</p><p>Справка</p><p>Отчёт</p>\t"
    "<p>до 20.10.2022</p><p>до 25.10.2022</p><p>до 30.10.2022</p>\tСлепкова Н.А.\n"
    "4.\tСобрать документы партнёров\tПапка\tдо 01.11.2022\tСавина И.А., Слепкова Н.А.\n"
)


def plan_at(path: Path) -> Plan:
    plan = build(read(str(path)).root, path.name).plan
    assert plan is not None
    return plan


@pytest.fixture
def folder(tmp_path: Path, roadmap: Callable[..., Ran]) -> Path:
    """A folder with a plan that was imported and worked on, and the new version of its document."""
    (tmp_path / "old.txt").write_text(HEAD + OLD, encoding="utf-8")
    (tmp_path / "new.txt").write_text(HEAD + NEW, encoding="utf-8")
    assert roadmap("import", "old.txt", "-o", "plan.yaml", cwd=tmp_path).code == 0
    path = tmp_path / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    for before, after in (
        ("    due: до 15.10.2022\n", '    due: до 15.10.2022  # по приказу\n    covers: ["7"]\n    done: 12.10.2022\n'),
        ("      - text: Отчёт\n", "      - text: Отчёт\n        done: 29.10.2022\n        evidence: отчёт № 3\n"),
        ('  - no: "3"\n', '  # партнёры\n  - no: "3"\n    moved: [{from: 01.10.2022, to: 01.11.2022}]\n'),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_written_is_what_is_shown(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(HEAD + OLD, encoding="utf-8")
    shown = roadmap("import", "old.txt", cwd=tmp_path)
    written = roadmap("import", "old.txt", "-o", "plan.yaml", cwd=tmp_path)
    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == shown.out
    assert shown.err in written.err.replace("записан план «plan.yaml»\n", "")


def test_the_summary_has_the_findings_of_check(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    os.symlink(HERE / "documents" / "school-6.txt", tmp_path / "school-6.txt")
    said = roadmap("import", "school-6.txt", "-o", "plan.yaml", cwd=tmp_path).err
    checked = roadmap("check", "plan.yaml", "--format", "csv", cwd=tmp_path).out
    assert "16 мероприятий, 25 результатов" in said
    shown = [line.split(": ", 1)[1] for line in said.splitlines() if line.startswith("  строка ")]
    assert 7 <= len(shown) <= 10
    assert all(line.split(": ", 1)[-1][:40] in checked for line in shown)


def test_the_summary_begins_with_guesses_and_shows_few_of_a_kind(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    rows = "".join(f"Встреча {i}\t1{i}.10.2022\tСавина И.А.\n" for i in range(5))
    last = "Опрос\t20.10.2022 30.10.2022\t15.11.2022\n"
    (tmp_path / "a.txt").write_text(f"Мероприятие\tСроки\tОтветственные\n{rows}{last}", encoding="utf-8")
    lines = roadmap("import", "a.txt", cwd=tmp_path).err.splitlines()
    begin = lines.index("посмотрите прежде всего:")
    assert lines[begin + 1].startswith("  в 1 мероприятии сроки, люди или слова разложены по догадке")
    assert lines[begin + 1].endswith("«Опрос»")
    assert sum("RM104" in line for line in lines) == 3
    assert sum("RM203" in line for line in lines) == 1
    assert lines[-1].startswith("  и ещё ")


@pytest.mark.parametrize("settings", ["", "ignore: [RM203]\nseverity: {RM106: error}\n"], ids=["plain", "settings"])
def test_what_is_only_shown_is_told_what_check_tells(
    roadmap: Callable[..., Ran], tmp_path: Path, settings: str
) -> None:
    """A plan that lies in no file is judged as the file would be, by the same settings; nothing is told twice."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "roadmap.yaml").write_text(settings, encoding="utf-8")
    document = str(HERE / "documents" / "school-6.txt")
    shown = roadmap("import", document, cwd=tmp_path).err.splitlines()
    kept = roadmap("import", document, "-o", "plans/s6.yaml", cwd=tmp_path).err.splitlines()
    told = shown[shown.index("посмотрите прежде всего:") :]
    assert len(told) == len(set(told)) > 8
    assert [*told[:-1], f"{told[-1]}: roadmap check plans/s6.yaml"] == kept[kept.index(told[0]) :]
    assert any("RM203" in line for line in told) == (not settings)


def test_a_plan_names_its_parent_and_its_schema(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "plan.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "plans" / "schools").mkdir(parents=True)
    (tmp_path / "plans" / "top.yaml").write_text("title: План\nactivities: [{title: Раз}]\n", encoding="utf-8")
    (tmp_path / "old.txt").write_text(HEAD + OLD, encoding="utf-8")
    ran = roadmap("import", "old.txt", "-o", "plans/schools/a.yaml", "--follows", "plans/top.yaml", cwd=tmp_path)
    assert ran.code == 0
    lines = (tmp_path / "plans" / "schools" / "a.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../docs/plan.schema.json"
    assert 'follows: "../top.yaml"' in lines


def test_an_update_keeps_what_people_wrote(roadmap: Callable[..., Ran], folder: Path) -> None:
    ran = roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "- № 4 исключено: Закрыть старый сайт",
        "~ № 1 Утвердить координатора: срок до 15.10.2022 → до 17.10.2022: позже на 2 дня",
        "+ № 2 добавлено: Создать комиссию",
        "~ № 3 Провести опрос родителей: результат добавлен: Справка; до 25.10.2022; Слепкова Н.А.",
        "~ № 4 Собрать документы партнёров: ответственный добавлен: Слепкова Н.А.",
        "· № 2 теперь № 3: Провести опрос родителей",
        "· № 3 теперь № 4: Собрать документы партнёров",
    ]
    plan = plan_at(folder / "plan.yaml")
    assert [(a.no, a.id, a.title) for a in plan.activities] == [
        ("1", "1", "Утвердить координатора"),
        ("2", "", "Создать комиссию"),
        ("3", "2", "Провести опрос родителей"),
        ("4", "3", "Собрать документы партнёров"),
    ]
    first, _, third, fourth = plan.activities
    assert first.covers == ("7",)
    assert first.deliverables[0].done is not None
    assert [(one.text, one.evidence) for one in third.deliverables] == [
        ("Анкеты", ""),
        ("Справка", ""),
        ("Отчёт", "отчёт № 3"),
    ]
    assert fourth.moved[0].after == "01.11.2022"
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    assert "# по приказу" in text
    assert "# партнёры" in text
    again = roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder)
    assert "не изменился" in again.err


def test_an_update_keeps_the_moves(roadmap: Callable[..., Ran], folder: Path) -> None:
    """What people have put off stays so while the document repeats the former day, in results written anew too."""
    assert roadmap("move", "plan.yaml", "2.1", "--to", "до 26.10.2022", "--reason", "карантин", cwd=folder).code == 0
    assert roadmap("move", "plan.yaml", "1", "--to", "до 19.10.2022", cwd=folder).code == 0
    (folder / "new.txt").write_text(HEAD + NEW.replace("17.10.2022", "15.10.2022"), encoding="utf-8")
    ran = roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder)
    assert ran.code == 0
    assert "перенос" not in ran.out
    first, _, third, _ = plan_at(folder / "plan.yaml").activities
    assert [(one.text, one.due and one.due.text, [m[:2] for m in one.moved]) for one in third.deliverables] == [
        ("Анкеты", "до 26.10.2022", [("до 20.10.2022", "до 26.10.2022")]),
        ("Справка", "до 25.10.2022", []),
        ("Отчёт", "до 30.10.2022", []),
    ]
    assert (first.deliverables[0].due or first.deliverables[0]).text == "до 19.10.2022"
    assert [move[:2] for move in first.moved] == [("до 15.10.2022", "до 19.10.2022")]


def test_a_mark_beside_another_deadline_is_told(roadmap: Callable[..., Ran], folder: Path) -> None:
    (folder / "new.txt").write_text(HEAD + NEW.replace("01.11.2022", "03.11.2022"), encoding="utf-8")
    err = roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder).err
    assert "№ 4 «Собрать документы партнёров»: срок теперь другой, а запись о переносе на 01.11.2022 осталась" in err
    assert "№ 1 «Утвердить координатора»: срок теперь другой, а отметка об исполнении 12.10.2022 осталась" in err


def test_the_difference_alone_writes_nothing(roadmap: Callable[..., Ran], folder: Path) -> None:
    before = (folder / "plan.yaml").read_bytes()
    ran = roadmap("import", "new.txt", "-o", "plan.yaml", "--update", "--diff", cwd=folder)
    assert ran.code == 0
    assert "+    title: Создать комиссию" in ran.out
    assert (folder / "plan.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("    title: Закрыть старый сайт\n", "    title: Закрыть старый сайт\n    done: 01.11.2022\n", "№ 4 «Закрыть"),
        ("        evidence: отчёт № 3\n", "        evidence: отчёт № 3  # и письмо\n", "примечание «#»"),
        ("school_year: 2022-2023\n", "school_year: 2022-2023\nслово\n", "строка"),
    ],
    ids=["a completed row would go", "a comment would go", "the plan cannot be read"],
)
def test_an_update_that_would_lose_something_is_refused(
    before: str, after: str, said: str, roadmap: Callable[..., Ran], folder: Path
) -> None:
    path = folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    old = path.read_bytes()
    ran = roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder)
    assert (ran.code, path.read_bytes()) == (2, old)
    assert said in ran.err


def test_a_cancelled_row_stays(roadmap: Callable[..., Ran], folder: Path) -> None:
    path = folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    mark = "    title: Закрыть старый сайт\n"
    path.write_text(text.replace(mark, f"{mark}    done: 01.11.2022\n    cancelled: исключено\n"), encoding="utf-8")
    assert roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder).code == 0
    assert [a.title for a in plan_at(path).activities][-1] == "Закрыть старый сайт"


def test_windows_line_ends_stay(roadmap: Callable[..., Ran], folder: Path) -> None:
    path = folder / "plan.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert roadmap("import", "new.txt", "-o", "plan.yaml", "--update", cwd=folder).code == 0
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


def test_the_example_plan_is_not_changed_by_its_own_document(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes((HERE.parent / "plans" / "municipal.yaml").read_bytes())
    document = str(HERE / "documents" / "municipal.txt")
    ran = roadmap("import", document, "-o", str(plan), "--update", cwd=tmp_path)
    assert ran.code == 0
    assert plan.read_bytes() == (HERE.parent / "plans" / "municipal.yaml").read_bytes()
