"""`roadmap done`, `undo`, `move`, `cancel` and `assign`: which lines of a plan change, what is said, what is refused."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import clean_env

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

HEAD = "title: План\nschool_year: 2022-2023\nactivities:\n"
ONE = '  - no: "1"\n    title: Приказ  # срочно\n    due: до 15.10.2022\n    owners: Савина И.А.\n'
TWO = (
    '  - no: "9"\n    title: Мониторинг\n    deliverables:\n'
    "      - text: Справка\n        due: до 10.10.2022\n"
    "      - text: Опрос\n        due: до 25.10.2022\n        owners: Слепкова Н.А.\n"
)
SHARED = (
    '  - no: "4"\n    title: Письма\n    due: до 01.11.2022\n    owners: Савина И.А.\n'
    "    deliverables:\n      - Первое\n      - text: Второе\n"
)
MONTHLY = '  - no: "7"\n    title: Отчёты\n    due: ежемесячно до 5 числа\n'


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[str], Path]:
    """Makes the plan «план» with these rows in the folder of plans."""

    def made(rows: str) -> Path:
        (tmp_path / "plans").mkdir(exist_ok=True)
        path = tmp_path / "plans" / "план.yaml"
        path.write_bytes((HEAD + rows).encode())
        return path

    return made


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that left a text and those that came into it."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def steps(*rows: tuple[str, str, str, list[str], list[str], str]) -> pytest.MarkDecorator:
    params = [pytest.param(*row[1:], id=row[0]) for row in rows]
    return pytest.mark.parametrize(("rows", "call", "gone", "come", "said"), params)


@steps(
    ("done today", ONE, "done план 1", [], ["    done: 20.10.2022"], "№ 1: исполнено 20.10.2022"),
    ("done on a day without its year", ONE, "done план 1 --on 14.10", [], ["    done: 14.10.2022"], "исполнено 14.10.2022"),
    ("with evidence", ONE, "done план 1 --evidence '№ 87: «об итогах»'", [],
     ["    done: 20.10.2022", '    evidence: "№ 87: «об итогах»"'], "подтверждение «№ 87: «об итогах»»"),
    ("evidence of what is done", ONE + "    done: 1.10.2022\n", "done план 1 --evidence '№ 87'", [],
     ["    evidence: № 87"], "исполнено 01.10.2022, добавлено подтверждение «№ 87»"),
    ("more evidence", ONE + "    done: 1.10.2022\n    evidence: № 87\n", "done план 1 --evidence 'фото'",
     ["    evidence: № 87"], ["    evidence: № 87; фото"], "добавлено подтверждение «фото»"),
    ("the same evidence", ONE + "    done: 1.10.2022\n    evidence: № 87\n", "done план 1 --evidence '№ 87'", [], [],
     "уже исполнено 01.10.2022, ничего не изменено"),
    ("done already", ONE + "    done: 1.10.2022\n", "done план 1", [], [], "№ 1: уже исполнено 01.10.2022"),
    ("a result", TWO, "done план 9.2", [], ["        done: 20.10.2022"], "№ 9.2: исполнено"),
    ("the result that is left", TWO + "        done: 1.10.2022\n", "done план 9", [], ["        done: 20.10.2022"],
     "№ 9.1: исполнено"),
    ("a result that is only a text", SHARED, "done план 4.1", ["      - Первое"], ["      - text: Первое", "        done: 20.10.2022"],
     "№ 4.1: исполнено"),
    ("all results", TWO, "done план 9 --all", [], ["        done: 20.10.2022"] * 2, "№ 9.1: исполнено 20.10.2022\n№ 9.2: исполнено"),
    ("several rows", ONE + TWO, "done план 1 9.1", [], ["    done: 20.10.2022", "        done: 20.10.2022"], "№ 9.1: исполнено"),
    ("the first time of many", MONTHLY, "done план 7 --on 5.9.2022", [], ["    done: 05.09.2022"], "исполнено 05.09.2022"),
    ("the second time", MONTHLY + "    done: 05.09.2022\n", "done план 7 --on 4.10.2022", ["    done: 05.09.2022"],
     ["    done: 05.09.2022, 04.10.2022"], "исполнено 04.10.2022"),
    ("in a list", MONTHLY + "    done: [05.09.2022, 04.10.2022]\n", "done план 7", ["    done: [05.09.2022, 04.10.2022]"],
     ["    done: [05.09.2022, 04.10.2022, 20.10.2022]"], "исполнено 20.10.2022"),
    ("the same time again", MONTHLY + "    done: 05.09.2022\n", "done план 7 --on 5.9.2022", [], [], "уже исполнено 05.09.2022"),
    ("undo", ONE + "    done: 1.10.2022 # да\n    evidence: № 87\n", "undo план 1", ["    done: 1.10.2022 # да", "    evidence: № 87"], [],
     "отметка снята (было: исполнено 1.10.2022, подтверждение «№ 87»)"),
    ("undo in braces", "  - {no: 1, title: Приказ, done: 1.10.2022, evidence: № 87}\n", "undo план 1",
     ["  - {no: 1, title: Приказ, done: 1.10.2022, evidence: № 87}"], ["  - {no: 1, title: Приказ}"], "отметка снята"),
    ("undo the last time of many", MONTHLY + "    done: 05.09.2022, 04.10.2022\n", "undo план 7", ["    done: 05.09.2022, 04.10.2022"],
     ["    done: 05.09.2022"], "последняя отметка снята"),
    ("undo the last of a list", MONTHLY + "    done:\n      - 05.09.2022\n      - 04.10.2022\n", "undo план 7", ["      - 04.10.2022"], [],
     "последняя отметка снята"),
    ("undo a common mark", SHARED + "    done: 1.10.2022\n    evidence: № 87\n", "undo план 4", ["    done: 1.10.2022", "    evidence: № 87"], [],
     "№ 4: отметка снята"),
    ("undo the only result that is done", TWO + "        done: 1.10.2022\n", "undo план 9", ["        done: 1.10.2022"], [], "№ 9.2: отметка снята"),
    ("undo a cancellation", ONE + "    done: 1.10.2022\n    cancelled: карантин\n", "undo план 1", ["    cancelled: карантин"], [],
     "отмена снята (была: «карантин»); отметка об исполнении осталась"),
    ("undo nothing", ONE, "undo план 1", [], [], "снимать нечего"),
    ("cancel", TWO, "cancel план 9 --reason 'нет средств'", [], ["    cancelled: нет средств"], "отменено, причина — «нет средств»"),
    ("cancel again", ONE + "    cancelled: карантин\n", "cancel план 1 --reason карантин", [], [], "уже отменено по этой причине"),
    ("move", ONE, "move план 1 --to 'до 30.10.2022' --reason карантин", ["    due: до 15.10.2022"],
     ["    due: до 30.10.2022", "    moved:", "      - from: до 15.10.2022", "        to: до 30.10.2022", "        on: 20.10.2022",
      "        reason: карантин"], "срок перенесён с «до 15.10.2022» на «до 30.10.2022», позже на 15 дней"),
    ("move without a reason, decided before", ONE, "move план 1 --to '10.10.2022' --on 1.10.2022", ["    due: до 15.10.2022"],
     ["    due: 10.10.2022", "    moved:", "      - from: до 15.10.2022", "        to: 10.10.2022", "        on: 01.10.2022"], "раньше на 5 дней"),
    ("move a second time", ONE + "    moved: [{from: май, to: до 15.10.2022}]\n", "move план 1 --to ноябрь",
     ["    due: до 15.10.2022", "    moved: [{from: май, to: до 15.10.2022}]"],
     ["    due: ноябрь", "    moved: [{from: май, to: до 15.10.2022}, {from: до 15.10.2022, to: ноябрь, on: 20.10.2022}]"], "позже на 46 дней"),
    ("move a result", TWO, "move план 9.1 --to 'до 30.10.2022'", ["        due: до 10.10.2022"],
     ["        due: до 30.10.2022", "        moved:", "          - from: до 10.10.2022", "            to: до 30.10.2022",
      "            on: 20.10.2022"], "№ 9.1: срок перенесён"),
    ("move what all results share", SHARED, "move план 4 --to 'до 30.11.2022'", ["    due: до 01.11.2022"],
     ["    due: до 30.11.2022", "    moved:", "      - from: до 01.11.2022", "        to: до 30.11.2022", "        on: 20.10.2022"],
     "№ 4: срок перенесён"),
    ("move one of them", SHARED, "move план 4.2 --to 'до 30.11.2022'", [],
     ["        due: до 30.11.2022", "        moved:", "          - from: до 01.11.2022", "            to: до 30.11.2022",
      "            on: 20.10.2022"], "№ 4.2: срок перенесён"),
    ("move what had no deadline", '  - no: "1"\n    title: Приказ\n', "move план 1 --to 'до 30.10.2022' --reason карантин", [],
     ["    due: до 30.10.2022"], "срока не было, записан «до 30.10.2022» (до 30.10.2022); это не перенос; причина не записана"),
    ("move to the same", ONE, "move план 1 --to 'До 15.10.2022'", [], [], "срок и так «до 15.10.2022»"),
    ("undo a move", ONE + "    moved:\n      - from: май\n        to: до 15.10.2022\n        reason: карантин\n", "undo план 1 --move",
     ["    due: до 15.10.2022", "    moved:", "      - from: май", "        to: до 15.10.2022", "        reason: карантин"], ["    due: май"],
     "перенос снят, срок снова «май» (был «до 15.10.2022», причина была: «карантин»)"),
    ("undo one of two moves", ONE + "    moved: [{from: июль, to: май}, {from: май, to: до 15.10.2022}]\n", "undo план 1 --move",
     ["    due: до 15.10.2022", "    moved: [{from: июль, to: май}, {from: май, to: до 15.10.2022}]"],
     ["    due: май", "    moved: [{from: июль, to: май}]"], "срок снова «май»"),
    ("undo no move", ONE, "undo план 1 --move", [], [], "переносов нет"),
    ("assign", ONE, "assign план 1 'Слепкова Н.А. Юдин В.А.'", ["    owners: Савина И.А."], ["    owners: Слепкова Н.А. Юдин В.А."],
     "ответственный — Слепкова Н.А., Юдин В.А. (был: «Савина И.А.»)"),
    ("assign what all results share", SHARED, "assign план 4 'Юдин В.А.'", ["    owners: Савина И.А."], ["    owners: Юдин В.А."], "№ 4: ответственный"),
    ("assign one of them", SHARED, "assign план 4.2 'Юдин В.А.'", [], ["        owners: Юдин В.А."], "№ 4.2: ответственный"),
    ("assign all that had nobody", TWO.replace("        owners: Слепкова Н.А.\n", ""), "assign план 9 'Юдин В.А.'", [], ["    owners: Юдин В.А."],
     "№ 9: ответственный"),
    ("assign the same", ONE, "assign план 1 'Савина И.А.'", [], [], "ответственный и так"),
    ("a Russian plan", "  - номер: 1\n    название: Приказ\n    срок: до 15.10.2022\n", "move план 1 --to май", ["    срок: до 15.10.2022"],
     ["    срок: май", "    перенос:", "      - с: до 15.10.2022", "        на: май", "        когда: 20.10.2022"], "срок перенесён"),
    ("a list of one with all keys above it", "  - no: 1\n    title: Приказ\n    due: май\n    deliverables: [Лист]\n",
     "move план 1 --to июнь", ["    due: май"], ["    due: июнь", "    moved:", "      - from: май", "        to: июнь", "        on: 20.10.2022"],
     "срок перенесён"),
    ("and its mark", "  - no: 1\n    title: Приказ\n    done: 1.10.2022\n    deliverables: [Лист]\n", "undo план 1", ["    done: 1.10.2022"], [],
     "отметка снята"),
)  # fmt: skip
def test_an_edit(
    rows: str, call: str, gone: list[str], come: list[str], said: str, plan: Callable[[str], Path], roadmap: Run
) -> None:
    import shlex

    path = plan(rows)
    for text in (HEAD + rows, "\ufeff" + (HEAD + rows).replace("\n", "\r\n")):
        path.write_bytes(text.encode())
        dry = roadmap(*shlex.split(call), "--dry-run", cwd=path.parent.parent)
        assert (dry.code, path.read_bytes()) == (0, text.encode())
        assert said in dry.err
        ran = roadmap(*shlex.split(call), cwd=path.parent.parent)
        assert (ran.code, ran.err) == (0, "")
        assert said in ran.out
        after = path.read_bytes().decode()
        assert changed(text, after) == (gone, come)
        assert after.count("\r") in (0, after.count("\n"))
        assert [line[1:] for line in dry.out.splitlines()[2:] if line[:1] == "+"] == come


def test_a_second_time_on_is_a_second_edit_and_back_again(plan: Callable[[str], Path], roadmap: Run) -> None:
    """Everything that is done can be undone, and the file is what it was, byte for byte."""
    path = plan(ONE + TWO + SHARED + MONTHLY)
    before = path.read_bytes()
    for there, back in (
        (["done", "план", "1", "9.1", "7"], ["undo", "план", "1", "9.1", "7"]),
        (["done", "план", "9", "--all"], ["undo", "план", "9", "--all"]),
        (["cancel", "план", "1", "9", "--reason", "карантин"], ["undo", "план", "9", "1"]),
        (["move", "план", "1", "9.2", "4", "--to", "май"], ["undo", "план", "1", "9.2", "4", "--move"]),
        (["move", "план", "4.2", "--to", "май"], ["undo", "план", "4.2", "--move"]),
        (["move", "план", "9", "--all", "--to", "май"], ["undo", "план", "9", "--all", "--move"]),
    ):
        assert roadmap(*there, cwd=path.parent.parent).code == 0
        assert path.read_bytes() != before
        assert roadmap(*back, cwd=path.parent.parent).code == 0
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(["done", "план", "1", "9.2", "99"], id="an unknown number"),
        pytest.param(["done", "план", "1", "9"], id="a row of several results"),
        pytest.param(["cancel", "план", "1", "9.1", "--reason", "карантин"], id="a result that cannot be cancelled"),
        pytest.param(["done", "план", "1", "5"], id="a row with an anchor"),
    ],
)
def test_all_or_nothing(call: list[str], plan: Callable[[str], Path], roadmap: Run) -> None:
    path = plan(ONE + TWO + '  - &e\n    no: "5"\n    title: Устав\n  - *e\n')
    before = path.read_bytes()
    ran = roadmap(*call, cwd=path.parent.parent)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("roadmap: ")
    assert path.read_bytes() == before


def test_a_name_like_another(plan: Callable[[str], Path], roadmap: Run) -> None:
    """The rarer of two alike names is doubtful, the other is not; nor are people who are known to be two."""
    text = "".join(f"  - {{no: {n}, title: Приказ, owners: {who}}}\n" for n, who in enumerate(
        ("Слепкова Н.А.", "Слепкова Н.А.", "Сленкова Н.А.", "Юдин В.А."), 1
    ))  # fmt: skip
    path = plan(text)
    for name, said in (
        ("Сленкова Н.А.", "«Сленкова Н.А.» похоже на «Слепкова Н.А.» (строка 4): это один человек?"),
        ("Слипкова Н.А.", "«Слипкова Н.А.» похоже на «Слепкова Н.А.» (строка 4)"),
        ("Слепкова Н.А.", ""),
        ("Белова К.Н.", ""),
    ):
        ran = roadmap("assign", str(path), "4", name, "--today", "2022-10-20")
        assert ran.code == 0
        assert said in ran.err
        assert bool(ran.err) == bool(said)
    folder = path.parent.rename(path.parents[1] / "другие")
    (folder / "roadmap.yaml").write_text("different_people: [[Слепкова Н.А., Слипкова Н.А.]]\n", encoding="utf-8")
    assert roadmap("assign", str(folder / path.name), "4", "Слипкова Н.А.").err == ""


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        pytest.param("Cавина И.А.", "Савина И.А.", "записано «Савина И.А.»", id="a Latin letter in a surname"),
        pytest.param("Савина H.A.", "Савина Н.А.", "записано «Савина Н.А.»", id="Latin initials"),
        pytest.param("Савина A", "Савина А", "записано «Савина А»", id="one initial without a dot"),
        pytest.param("Савина N.A.", "Савина N.A.", "", id="a letter that looks like no other"),
        pytest.param("Савина И.А., учитель IT", "Савина И.А., учитель IT", "", id="a Latin word"),
        pytest.param("учителя 5A, 5B", "учителя 5A, 5B", "", id="classes"),
    ],
)
def test_a_name_is_written_in_russian_letters(
    name: str, written: str, said: str, plan: Callable[[str], Path], roadmap: Run
) -> None:
    path = plan(ONE.replace("Савина", "Слепкова"))
    ran = roadmap("assign", str(path), "1", name, "--today", "2022-10-20")
    assert f"owners: {written}" in path.read_text(encoding="utf-8").replace('"', "")
    assert said in ran.err
    assert ("записано" in ran.err) == bool(said)


@pytest.mark.parametrize(
    ("due", "on", "said"),
    [
        pytest.param("октябрь, январь", "20.10.2022", "о следующих (31.01.2023) больше не напомнят", id="one is ahead"),
        pytest.param("октябрь, январь", "20.01.2023", "", id="the last one"),
        pytest.param("до 15.01.2023", "20.10.2022", "", id="one term"),
        pytest.param("12.10.2022 14.10.2022", "12.10.2022", "", id="nobody knows which day"),
        pytest.param("ежемесячно до 5 числа", "05.10.2022", "", id="each time has its own mark"),
    ],
)
def test_one_mark_for_several_terms_is_told(
    due: str, on: str, said: str, plan: Callable[[str], Path], roadmap: Run
) -> None:
    path = plan(ONE.replace("до 15.10.2022", due))
    ran = roadmap("done", str(path), "1", "--on", on, "--today", "2023-02-01")
    assert (ran.code, bool(ran.err)) == (0, bool(said))
    assert said in ran.err


def test_the_row_is_shown_as_status_shows_it(plan: Callable[[str], Path], roadmap: Run) -> None:
    path = plan(ONE + TWO)
    (path.parent / "roadmap.yaml").write_text("evidence: required\n", encoding="utf-8")
    ran = roadmap("done", "план", "1", cwd=path.parent.parent)
    status = roadmap("status", cwd=path.parent.parent, ROADMAP_TODAY="2022-10-20").out.splitlines()
    assert ran.out.splitlines()[1:] == status[:1]
    assert "± исполнено с опозданием, подтверждения нет" in status[0]
    roadmap("done", "план", "1", "--evidence", "№ 87", cwd=path.parent.parent)
    assert "подтверждения нет" not in roadmap("status", cwd=path.parent.parent).out


def test_moves_and_evidence_in_every_format(plan: Callable[[str], Path], roadmap: Run) -> None:
    path = plan(ONE + "    done: 1.10.2022\n" + TWO)
    for to in ("до 20.10.2022", "до 30.10.2022"):
        roadmap("move", "план", "9.1", "--to", to, "--reason", "карантин", cwd=path.parent.parent)

    def status(*words: str) -> str:
        return roadmap("status", str(path), *words, cwd=path.parent.parent).out

    for form in ("table", "plain", "csv"):
        assert "перенесено 2 раза" in status("--format", form)
        assert "до 20.10.2022 → до 30.10.2022 — карантин" not in status("--format", form)
        assert "перенос 20.10.2022: до 20.10.2022 → до 30.10.2022 — карантин" in status("--format", form, "--history")
        assert "подтверждения нет" not in status("--format", form)
    rows = json.loads(status("--format", "json"))["plans"][0]["rows"]
    assert [row["evidence_missing"] for row in rows] == [False, False, False]
    assert [len(row["moves"]) for row in rows] == [0, 2, 0]
    assert rows[1]["moves"][0] == {
        "from": "до 10.10.2022",
        "to": "до 20.10.2022",
        "on": "20.10.2022",
        "reason": "карантин",
    }
    path = path.parent.rename(path.parents[1] / "строго") / path.name  # settings are read once a run
    (path.parent / "roadmap.yaml").write_text("evidence: required\n", encoding="utf-8")
    for form in ("table", "plain", "csv"):
        assert status("--format", form).count("подтверждения нет") == 1
    rows = json.loads(status("--format", "json"))["plans"][0]["rows"]
    assert [row["evidence_missing"] for row in rows] == [True, False, False]


def test_the_day_is_that_of_the_settings_time_zone(plan: Callable[[str], Path], roadmap: Run) -> None:
    """Without `--today`: Kiritimati is a day ahead of Niue at any hour."""
    days = []
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        path = plan(ONE)
        path = path.parent.rename(path.parents[1] / zone.rpartition("/")[2]) / path.name
        (path.parent / "roadmap.yaml").write_text(f"timezone: {zone}\n", encoding="utf-8")
        assert roadmap("done", str(path), "1", ROADMAP_TODAY="").code == 0
        days.append(path.read_text(encoding="utf-8").partition("done: ")[2][:10])
    assert days[0] != days[1]


# Somebody is there to be asked.


def typed(cwd: Path, answers: str, *args: str) -> tuple[int, str]:
    """The exit code and the screen of a run on a terminal, to whose questions these answers are given."""
    above, below = pty.openpty()
    try:
        os.write(above, answers.encode())
        ran = subprocess.Popen(
            [sys.executable, "-m", "roadmap_cli", *args],
            cwd=cwd, stdin=below, stdout=below, stderr=below, start_new_session=True, env=clean_env(COLUMNS="80"),
        )  # fmt: skip
        os.close(below)
        screen = b""
        while True:
            try:
                piece = os.read(above, 65536)
            except OSError:
                break
            if not piece:
                break
            screen += piece
        return ran.wait(60), screen.decode()
    finally:
        os.close(above)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
@pytest.mark.parametrize(
    ("answers", "code", "days"),
    [
        pytest.param("2\n", 0, [None, "20.10.2022"], id="the second"),
        pytest.param("третий\n5\n3\n", 0, ["20.10.2022", "20.10.2022"], id="all, after words that are no choice"),
        pytest.param("\n", 130, [None, None], id="none"),
        pytest.param("\x04", 130, [None, None], id="the end of the input"),
    ],
)
def test_on_a_terminal_it_is_asked(
    answers: str, code: int, days: list[str | None], plan: Callable[[str], Path]
) -> None:
    path = plan(TWO)
    ended, screen = typed(path.parent.parent, answers, "done", "план", "9")
    assert ended == code
    assert "2) 9.2  Опрос (до 25.10.2022)" in screen
    assert "Traceback" not in screen
    after = path.read_text(encoding="utf-8").split("- text:")[1:]
    assert [day in one if day else "done" not in one for day, one in zip(days, after, strict=True)] == [True, True]
