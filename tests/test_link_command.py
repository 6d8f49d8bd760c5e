"""`roadmap link` on real files: dialogues, what is written, what is shown, and what happens when it is broken off."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import chdir
from typing import TYPE_CHECKING, Any

import click
import pytest

from conftest import clean_env
from roadmap_cli.fingerprint import fingerprint
from roadmap_cli.loader import build
from roadmap_cli.project import load
from roadmap_cli.settings import Settings
from roadmap_cli.source import parse
from test_history import commit, git, needs_git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran
    from roadmap_cli.model import Plan

PARENT = """\
title: План района
school_year: 2022-2023
activities:
  - no: "1"
    title: Опрос родителей о качестве обучения
    deliverable: Проведён опрос
    due: До 14.10.2022
    owners: Руководители ОО
  - no: "2"
    title: Входной мониторинг условий
    deliverable: Справка
    due: До 20.10.2022
    owners: Руководители ОО
  - no: "3"
    title: Издание методических писем
    owners: Коротких С.А.
  - no: "4"
    title: Неделя профориентации старшеклассников
    due: До 01.12.2022
    owners: Руководители ОО
"""
CHILD = """\
# Комментарий в начале
title: План школы   # и в строке
organization: МБОУ «СОШ №6»
school_year: 2022-2023
follows: ../municipal.yaml

activities:
  - no: "7"
    title: Опрос родителей о качестве обучения в школе
    due: До 13.10.2022   # как в приказе
  - no: "8"
    title: Входной мониторинг условий в школе
    due: До 25.10.2022
  - no: "8"
    title: Ремонт спортивного зала
"""


def written(path: Path) -> Plan:
    plan = build(parse(path.read_bytes(), "plan.yaml").root, "plan.yaml").plan
    assert plan is not None
    return plan


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    (tmp_path / "plans" / "schools").mkdir(parents=True)
    (tmp_path / "plans" / "municipal.yaml").write_text(PARENT, encoding="utf-8")
    school = tmp_path / "plans" / "schools" / "school-6.yaml"
    school.write_bytes(CHILD.replace("\n", "\r\n").encode())
    return tmp_path


def school(plans: Path) -> Path:
    return plans / "plans" / "schools" / "school-6.yaml"


def links(plans: Path) -> list[str]:
    """«7→1»: the rows with their links, in the order of the plan, fingerprints checked and left out."""
    above = written(plans / "plans" / "municipal.yaml")
    stamps = {activity.id: fingerprint(activity) for activity in above.activities}
    found = []
    for activity in written(school(plans)).activities:
        for link in activity.covers:
            ident, _, stamp = link.partition("@")
            assert stamp == stamps[ident]
            found.append(f"{activity.title.split()[0]}→{ident}")
    return found


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap_cli.cli.link.on_terminal", lambda: True)


def other_lines(plans: Path) -> list[bytes]:
    return [line for line in school(plans).read_bytes().splitlines(keepends=True) if b"covers" not in line]


DIALOGUE = """\
МБОУ «СОШ №6»: plans/schools/school-6.yaml → plans/municipal.yaml, без связи 3
   мероприятия

1 из 3. Вышестоящий план, № 1  до 14.10.2022
   Опрос родителей о качестве обучения
   — Проведён опрос
План школы, № 7  до 13.10.2022  [0.70]
   Опрос родителей о качестве обучения в школе
Связать? да / нет / другой / пропустить / стоп [да]: нет

2 из 3. Вышестоящий план, № 2  до 20.10.2022
   Входной мониторинг условий
   — Справка
План школы, № 8  до 25.10.2022  [0.66]
   Входной мониторинг условий в школе
Связать? да / нет / другой / пропустить / стоп [да]: да

3 из 3. Вышестоящий план, № 4  до 01.12.2022
   Неделя профориентации старшеклассников
В плане школы похожего нет.
Связать? другой / пропустить / стоп [пропустить]: стоп

plans/schools/school-6.yaml: записана 1 связь
   Без связи:
   № 1 (№ 7 [0.70])
   № 4 (похожего нет)
"""

DIALOGUES = [
    pytest.param(["", "", ""], ["Опрос→1", "Входной→2"], id="Enter takes what is sure and skips the rest"),
    pytest.param(["да", "Д", "п"], ["Опрос→1", "Входной→2"], id="yes in several ways"),
    pytest.param(["нет", "y", "пропустить"], ["Входной→2"], id="no, yes"),
    pytest.param(["п", "П", ""], [], id="all skipped"),
    pytest.param(["да", "стоп"], ["Опрос→1"], id="stop keeps what was answered"),
    pytest.param(["да", "c"], ["Опрос→1"], id="a Latin «c» stops too"),
    pytest.param(["стоп"], [], id="stop at once"),
    pytest.param(["ага", "", "", ""], ["Опрос→1", "Входной→2"], id="not understood, asked again"),
    pytest.param(["п", "п", "др", "7"], ["Опрос→4"], id="another one for a row that nothing is like"),
    pytest.param(["да", "п", "другой", "7"], ["Опрос→1", "Опрос→4"], id="one row for two of the parent's"),
    pytest.param(["др", "7, 8", "1", "п", "п"], ["Опрос→1", "Входной→1"], id="two rows for one, one number twice"),
    pytest.param(["др", "8", "2", "п", "п"], ["Ремонт→1"], id="the second of one number"),
    pytest.param(["др", "8", "5", "", "п", "п", "п"], [], id="neither of one number, and back"),
    pytest.param(["др", "99", "№ 7", "п", "п"], ["Опрос→1"], id="no such number"),
    pytest.param(["др", "", "да", "п", "п"], ["Опрос→1"], id="back from another one"),
]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("said", "expected"), DIALOGUES)
def test_a_dialogue_writes_the_links(
    said: list[str], expected: list[str], plans: Path, roadmap: Callable[..., Ran]
) -> None:
    before = other_lines(plans)
    ran = roadmap("link", "school-6", cwd=plans, stdin="".join(f"{line}\n" for line in said).encode())
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert links(plans) == expected
    assert other_lines(plans) == before, "other lines, comments and line ends stay"
    if not expected:
        assert school(plans).read_bytes() == CHILD.replace("\n", "\r\n").encode()
        assert "не записано ничего" in ran.out


@pytest.mark.usefixtures("terminal")
def test_what_a_dialogue_shows(plans: Path, roadmap: Callable[..., Ran]) -> None:
    ran = roadmap("link", "school-6", cwd=plans, stdin="нет\nда\nстоп\n".encode(), COLUMNS="80")
    assert ran.out == DIALOGUE


@pytest.mark.usefixtures("terminal")
def test_on_a_wide_terminal_the_rows_stand_side_by_side(plans: Path, roadmap: Callable[..., Ran]) -> None:
    ran = roadmap("link", "school-6", cwd=plans, stdin="стоп\n".encode(), COLUMNS="130")
    (line,) = (line for line in ran.out.splitlines() if "Вышестоящий план, № 1" in line)
    assert "│ План школы, № 7" in line
    assert max(map(len, ran.out.splitlines())) <= 130


@pytest.mark.usefixtures("terminal")
def test_the_end_of_the_input_keeps_what_was_answered(plans: Path, roadmap: Callable[..., Ran]) -> None:
    ran = roadmap("link", cwd=plans, stdin="да\n".encode())
    assert (ran.code, links(plans)) == (130, ["Опрос→1"])
    assert "school-6.yaml: записана 1 связь" in ran.out


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("end", [click.Abort, KeyboardInterrupt])
def test_ctrl_c_keeps_what_was_answered(
    end: type[BaseException], plans: Path, roadmap: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(["да"])

    def prompt(*_: Any, **__: Any) -> str:
        for word in said:
            return word
        raise end

    monkeypatch.setattr(click, "prompt", prompt)
    ran = roadmap("link", cwd=plans)
    assert (ran.code, links(plans)) == (130, ["Опрос→1"])
    assert "school-6.yaml: записана 1 связь" in ran.out


def test_ctrl_d_on_a_real_terminal(plans: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    args = [sys.executable, "-m", "roadmap_cli", "link", "school-6"]
    running = subprocess.Popen(args, cwd=plans, stdin=theirs, stdout=theirs, stderr=theirs, env=clean_env())
    os.close(theirs)
    try:
        heard = until(ours, "Связать?")
        os.write(ours, b"\n")
        heard += until(ours, "Связать?")
        os.write(ours, b"\x04")
        heard += until(ours, "записана 1 связь")
        assert running.wait(timeout=30) == 130
    finally:
        running.kill()
        running.wait()
        os.close(ours)
    assert links(plans) == ["Опрос→1"]
    assert "Traceback" not in heard


def until(terminal: int, wanted: str) -> str:
    """What the terminal shows up to and with the wanted words."""
    heard = b""
    end = time.monotonic() + 30
    while wanted.encode() not in heard and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            heard += os.read(terminal, 4096)
    assert wanted in heard.decode(errors="replace")
    return heard.decode(errors="replace")


@pytest.mark.usefixtures("terminal")
def test_a_file_that_changed_meanwhile_is_left_and_the_answers_told(
    plans: Path, roadmap: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = school(plans).read_bytes() + "note: Правка соседа\r\n".encode()
    said = iter(["да", "стоп"])

    def prompt(*_: Any, **__: Any) -> str:
        school(plans).write_bytes(changed)
        return next(said)

    monkeypatch.setattr(click, "prompt", prompt)
    ran = roadmap("link", cwd=plans)
    assert (ran.code, school(plans).read_bytes()) == (2, changed)
    assert "не записано: № 7 — covers: «1@" in ran.err


# Without questions


def test_accept_writes_sure_links_without_a_terminal(plans: Path, roadmap: Callable[..., Ran]) -> None:
    ran = roadmap("link", "--accept", "0,6", cwd=plans)
    assert (ran.code, ran.err, links(plans)) == (0, "", ["Опрос→1", "Входной→2"])
    assert ran.out == ("plans/schools/school-6.yaml: записано 2 связи\n   Без связи:\n   № 4 (похожего нет)\n")
    again = roadmap("link", "--accept", "0.6", cwd=plans)
    assert again.out.splitlines()[0] == "plans/schools/school-6.yaml: не записано ничего"


def test_accept_names_what_it_leaves(plans: Path, roadmap: Callable[..., Ran]) -> None:
    twin = '  - no: "9"\n    title: Опрос родителей о качестве обучения в школе\n'
    school(plans).write_text(CHILD.replace('  - no: "8"', twin + '  - no: "8"', 1), encoding="utf-8")
    ran = roadmap("link", "--accept", "0.99", cwd=plans)
    assert links(plans) == []
    assert "№ 1 (неуверенно: № 7 [" in ran.out
    assert "№ 2 (сходство меньше 0.99: № 8 [" in ran.out


def test_a_dry_run_shows_a_diff_and_writes_nothing(plans: Path, roadmap: Callable[..., Ran]) -> None:
    before = school(plans).read_bytes()
    ran = roadmap("link", "school-6", "--dry-run", cwd=plans)
    assert (ran.code, school(plans).read_bytes()) == (0, before)
    lines = ran.out.splitlines()
    assert lines[0].startswith("--- ")
    changed = [line for line in lines[2:] if line[:1] in "+-" and line[1:].strip()]
    assert changed
    assert all("covers" in line or '"' in line for line in changed), ran.out
    assert "было бы записано 2 связи" in ran.err


def test_a_dry_run_and_a_run_agree(plans: Path, roadmap: Callable[..., Ran]) -> None:
    shown = roadmap("link", "--accept", "0.6", "--dry-run", cwd=plans).out
    roadmap("link", "--accept", "0.6", cwd=plans)
    added = [line[1:].rstrip("\r") for line in shown.split("\n") if line.startswith("+") and "+++" not in line]
    text = school(plans).read_text(encoding="utf-8")
    assert added
    assert all(line in text for line in added)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["link"], "спросить некого", id="no terminal"),
        pytest.param(["link", "--confirm", "1"], "--yes или --dry-run", id="no terminal to confirm at"),
        pytest.param(["link", "--yes"], "--confirm", id="yes to what"),
        pytest.param(["link", "--accept", "0.6", "--confirm", "1"], "вместе", id="two things at once"),
        pytest.param(["link", "--accept", "60"], "от 0 до 1", id="per cent"),
        pytest.param(["link", "--accept", "nan"], "от 0 до 1", id="not a number"),
        pytest.param(["link", "shcool-6", "--dry-run"], "возможно, «school-6»", id="a slip in the name"),
        pytest.param(["link", "гимназия", "--dry-run"], "есть municipal, school-6", id="no such school"),
        pytest.param(["link", "municipal", "--dry-run"], "ни у одного плана нет «follows", id="nothing above it"),
        pytest.param(["link", "--confirm", "99", "--yes"], "нет № «99»; есть 1, 2, 3, 4", id="no such row"),
        pytest.param(["link", "--confirm", "1", "--yes"], "изменившихся строк нет", id="nothing has changed"),
    ],
)
def test_wrong_calls_are_told(args: list[str], said: str, plans: Path, roadmap: Callable[..., Ran]) -> None:
    ran = roadmap(*args, cwd=plans)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("name", ["school-6", "School-6", "school-6.yaml", "plans/schools/school-6.yaml", "plans"])
def test_a_school_is_named_by_file_folder_or_short_name(name: str, plans: Path, roadmap: Callable[..., Ran]) -> None:
    assert roadmap("link", name, "--accept", "0.6", cwd=plans).code == 0
    assert links(plans) == ["Опрос→1", "Входной→2"]


def test_a_short_name_of_two_plans_is_told(plans: Path, roadmap: Callable[..., Ran]) -> None:
    (plans / "plans" / "school-6.yml").write_text(CHILD, encoding="utf-8")
    ran = roadmap("link", "school-6", "--dry-run", cwd=plans)
    assert ran.code == 2
    assert "планов «school-6» несколько (plans/school-6.yml, plans/schools/school-6.yaml)" in ran.err


def test_a_link_that_was_written_is_no_suggestion_any_more(plans: Path, roadmap: Callable[..., Ran]) -> None:
    roadmap("link", "--accept", "0.6", cwd=plans)
    with chdir(plans):
        project = load(["plans/schools/school-6.yaml"], lambda _: Settings(str(plans / "plans")))
    assert project.findings == ()
    gaps = roadmap("gaps", "--no-suggest", cwd=plans)
    assert "+ раньше" not in gaps.out
    assert "< раньше: 1, ! позже: 1, - нет в плане: 1" in gaps.out or "в срок" in gaps.out


# Rows that have changed since


@pytest.fixture
def changed(plans: Path, roadmap: Callable[..., Ran]) -> Path:
    """The plans linked, and then two rows of the parent changed."""
    roadmap("link", "--accept", "0.6", cwd=plans)
    return plans


def change(plans: Path) -> None:
    text = PARENT.replace("До 14.10.2022", "До 07.10.2022").replace("Входной мониторинг", "Первый мониторинг")
    (plans / "plans" / "municipal.yaml").write_text(text, encoding="utf-8")


@needs_git
def test_confirming_shows_what_changed_from_history(changed: Path, roadmap: Callable[..., Ran]) -> None:
    git(changed, "init")
    commit(changed, "связано")
    change(changed)
    commit(changed, "район изменил план")
    ran = roadmap("link", "school-6", "--confirm", "1", "--yes", cwd=changed)
    assert ran.code == 0
    assert ran.out.splitlines()[2:] == [
        "изменилось:",
        "   срок, было: «До 14.10.2022»",
        "   срок, стало: «До 07.10.2022»",
        "plans/schools/school-6.yaml: подтверждена 1 связь",
    ]
    assert "? перепроверить: 1" in roadmap("gaps", cwd=changed).out


def test_confirming_without_history_names_the_fields(changed: Path, roadmap: Callable[..., Ran]) -> None:
    change(changed)
    ran = roadmap("link", "--confirm", "all", "--yes", cwd=changed)
    assert (ran.code, links(changed)) == (0, ["Опрос→1", "Входной→2"])
    assert ran.out.count("   Прежние слова неизвестны: в истории git их не нашлось.") == 2
    assert "   срок, теперь: «До 07.10.2022»" in ran.out
    assert "   мероприятие, теперь: «Первый мониторинг условий»" in ran.out
    assert ran.out.endswith("подтверждено 2 связи\n")
    assert "перепроверить" not in roadmap("gaps", cwd=changed).out
    assert "Подтверждать нечего" in roadmap("link", "--confirm", "all", "--yes", cwd=changed).out


def test_a_short_fingerprint_shows_the_whole_row(changed: Path, roadmap: Callable[..., Ran]) -> None:
    text = school(changed).read_text(encoding="utf-8")
    (link,) = (link for activity in written(school(changed)).activities for link in activity.covers if link[0] == "1")
    school(changed).write_text(text.replace(link, link[:10]), encoding="utf-8")
    change(changed)
    ran = roadmap("link", "--confirm", "1", "--dry-run", cwd=changed)
    assert "изменилось что-то из этого:" in ran.err
    assert "ответственные, теперь: «Руководители ОО»" in ran.err
    assert ran.out.startswith("---")


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    ("said", "left", "code"),
    [
        pytest.param("да\nда\n", 0, 0, id="both"),
        pytest.param("\nда\n", 1, 0, id="Enter does not confirm"),
        pytest.param("да\nстоп\n", 1, 0, id="stop keeps the first"),
        pytest.param("да\n", 1, 130, id="the end of the input keeps the first"),
        pytest.param("нет\nн\n", 2, 0, id="neither"),
    ],
)
def test_confirming_asks(said: str, left: int, code: int, changed: Path, roadmap: Callable[..., Ran]) -> None:
    change(changed)
    assert roadmap("link", "--confirm", "all", cwd=changed, stdin=said.encode()).code == code
    gaps = roadmap("gaps", cwd=changed).out
    assert (f"перепроверить: {left}" in gaps) == bool(left)


def test_only_the_number_that_was_named_is_confirmed(changed: Path, roadmap: Callable[..., Ran]) -> None:
    change(changed)
    ran = roadmap("link", "--confirm", "3", "--yes", cwd=changed)
    assert (ran.code, ran.err) == (2, "roadmap: связь с № 3 подтверждать не нужно: перепроверить надо № 1, № 2\n")
    assert roadmap("link", "--confirm", "2", "--yes", cwd=changed).code == 0
    assert "перепроверить: 1" in roadmap("gaps", cwd=changed).out


def test_a_file_that_may_not_be_written_keeps_nobody_from_the_next_one(
    plans: Path, roadmap: Callable[..., Ran]
) -> None:
    first = plans / "plans" / "schools" / "school-5.yaml"
    first.write_bytes(school(plans).read_bytes())
    first.chmod(0o444)
    ran = roadmap("link", "--accept", "0.6", cwd=plans)
    assert ran.code == 2
    assert "«plans/schools/school-5.yaml»: нет права менять этот файл" in ran.err
    assert "не записано: № 7 — covers: «1@" in ran.err
    assert links(plans) == ["Опрос→1", "Входной→2"]


def test_a_plan_whose_parent_cannot_be_read_is_not_said_to_have_none(plans: Path, roadmap: Callable[..., Ran]) -> None:
    (plans / "plans" / "municipal.yaml").unlink()
    ran = roadmap("link", "school-6", "--accept", "0.6", cwd=plans)
    assert ran.code == 2
    assert "нет файла «plans/municipal.yaml»" in ran.err
    assert "ни у одного плана нет «follows" not in ran.err


def test_a_short_name_may_be_written_with_its_ending_in_any_letters(plans: Path, roadmap: Callable[..., Ran]) -> None:
    assert roadmap("link", "School-6.YAML", "--accept", "0.6", cwd=plans).code == 0
    assert links(plans) == ["Опрос→1", "Входной→2"]
