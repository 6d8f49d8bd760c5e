"""`roadmap remind` as it runs from cron: silence, letters, refusals, a kill between two letters, two runs at once."""

from __future__ import annotations

import email
import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from email.policy import default as modern
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

import mailbox_server as mail
from conftest import clean_env

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

PLAN = """title: План работы
organization: МБОУ «СОШ №6»
school_year: 2022-2023
people:
  - {name: Савина И.А., email: savina@example.org}
  - {name: Орлова А.А., email: orlova@example.org}
  - {name: Иванова Б.Б., email: ivanova@example.org}
activities:
  - {no: 1, title: Педсовет, deliverable: Приказ, due: до 15.10.2022, owners: Савина И.А.}
  - {no: 2, title: Совещание, due: до 20.10.2022, owners: "Орлова А.А., Слепкова Н.А."}
  - {no: 3, title: Отчёт, due: до 25.10.2022, owners: Иванова Б.Б.}
  - {no: 4, title: Давно исполнено, due: до 01.10.2022, done: 01.10.2022, owners: Савина И.А.}
"""
EVERYBODY = ["ivanova@example.org", "orlova@example.org", "savina@example.org", "zavuch@example.org"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "school-6.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def settings(project: Path, port: int, more: str = "") -> None:
    text = (
        "reminders:\n  default: zavuch@example.org\n"
        f"  smtp: {{host: 127.0.0.1, port: {port}, tls: none, from: roadmap@example.org}}\n{more}"
    )
    (project / "plans" / "roadmap.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def remind(project: Path, roadmap: Callable[..., Ran]) -> Callable[..., Ran]:
    """`remind("2022-10-12", "--to", "smtp")` in the project, with a ledger of its own."""

    def run(today: str, *args: str, state: str = "ledger", **env: str) -> Ran:
        return roadmap("remind", "--today", today, "--state", state, *args, cwd=project, **env)

    return run


# On the screen


def test_it_says_a_thing_once_and_then_nothing(remind: Callable[..., Ran]) -> None:
    first = remind("2022-10-12")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("Напоминание о сроках на 12.10.2022, ср\n\n== Иванова Б.Б. ==\n\nСкоро: 1\n")
    assert "Давно исполнено" not in first.out
    assert "   Срок: «до 15.10.2022» — 15.10.2022, сб — выходной: через 3 дня\n" in first.out
    assert remind("2022-10-12") == (0, "", "")
    assert remind("2022-10-01") == (0, "", "")
    again = remind("2022-10-13")
    assert (again.code, again.err) == (0, "")
    assert "== Орлова А.А. ==" in again.out
    assert "== Савина И.А. ==" not in again.out


def test_without_anything_to_say_it_is_silent(remind: Callable[..., Ran]) -> None:
    for channel in ("stdout", "json"):
        assert remind("2022-05-12", "--to", channel) == (0, "", "")


def test_a_dry_run_remembers_nothing(remind: Callable[..., Ran], project: Path) -> None:
    assert remind("2022-10-12", "--dry-run") == remind("2022-10-12", "--dry-run")
    assert not (project / "ledger").exists()
    said = remind("2022-10-12").out
    assert remind("2022-10-12", "--dry-run") == (0, "", "roadmap: нового сказать нечего\n")
    assert remind("2022-10-12", "--dry-run", state="other").out == said


def test_a_dry_run_shows_letters(remind: Callable[..., Ran], project: Path) -> None:
    settings(project, 1)
    ran = remind("2022-10-12", "--to", "smtp", "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert "Кому: Савина И.А. <savina@example.org>\nТема: Сроки на 12.10.2022: скоро 1\n\nНапоминание" in ran.out
    assert "Кому: <zavuch@example.org>\n" in ran.out


def test_only_one_person(remind: Callable[..., Ran]) -> None:
    ran = remind("2022-10-12", "--only", "орлова")
    assert ran.code == 0
    assert "== Орлова А.А. ==" in ran.out
    assert "Савина" not in ran.out
    assert "== Савина И.А. ==" in remind("2022-10-12").out


def test_other_systems_get_a_document(remind: Callable[..., Ran]) -> None:
    ran = remind("2022-10-12", "--to", "json", "--only", "Савина")
    document = json.loads(ran.out)
    row = document["recipients"][0].pop("rows")[0]
    assert document == {
        "version": 1,
        "report": "remind",
        "as_of": "2022-10-12",
        "recipients": [
            {"name": "Савина И.А.", "address": "savina@example.org", "subject": "Сроки на 12.10.2022: скоро 1"}
        ],
    }
    keys = ("group", "threshold", "day", "days_left", "was", "doubt", "deliverable", "line", "command")
    assert [row[key] for key in keys] == [
        "soon", "in 3", "2022-10-15", 3, None, None, "Приказ", 9, "roadmap done school-6 1",
    ]  # fmt: skip


def test_an_unread_plan_is_told_and_the_others_are_not_forgotten(remind: Callable[..., Ran], project: Path) -> None:
    (project / "plans" / "bad.yaml").write_text("a: [", encoding="utf-8")
    ran = remind("2022-10-12")
    assert ran.code == 2
    assert "bad.yaml:1:" in ran.err
    assert "== Савина И.А. ==" in ran.out


def test_a_plan_outside_the_folder_of_plans_is_called_by_its_path(
    roadmap: Callable[..., Ran], project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    path = project / "plans" / "school-6.yaml"
    for cwd, word in [(project, "school-6"), (elsewhere, str(path))]:
        ran = roadmap("remind", "--today", "2022-10-15", "--dry-run", str(path), cwd=cwd)
        assert f"Если исполнено: roadmap done {word} 1\n" in ran.out
        assert roadmap("done", word, "1", "--dry-run", cwd=cwd).code == 0


def test_what_could_not_be_printed_was_not_said(remind: Callable[..., Ran], process: Any, project: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        ran = process("remind", "--today", "2022-10-12", "--state", "ledger", cwd=project, stdout=full)
    assert ran.code == 2
    assert "== Савина И.А. ==" in remind("2022-10-12").out


# Letters


def test_what_nobody_could_read_was_not_said(remind: Callable[..., Ran], project: Path) -> None:
    line = f'exec "{sys.executable}" -m roadmap_cli remind --today 2022-10-12 --state ledger >&-'
    ran = subprocess.run(line, shell=True, cwd=project, env=clean_env(), capture_output=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr.count("\n")) == (3, 1)
    assert "стандартный вывод закрыт" in ran.stderr
    assert remind("2022-10-12").out.startswith("Напоминание о сроках")


def test_each_gets_a_letter_and_nobody_a_second_one(remind: Callable[..., Ran], project: Path) -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port:
        settings(project, port)
        assert remind("2022-10-12", "--to", "smtp") == (0, "", "")
        assert remind("2022-10-12", "--to", "smtp") == (0, "", "")
        assert sorted(address for address, _ in box.taken) == EVERYBODY
        box.taken.clear()
        assert remind("2022-10-14", "--to", "smtp") == (0, "", "")
    assert sorted(address for address, _ in box.taken) == EVERYBODY[1:]


def test_rows_without_an_address_are_printed_once(remind: Callable[..., Ran], project: Path) -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port:
        settings(project, port)
        file = project / "plans" / "roadmap.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("  default: zavuch@example.org\n", ""), "utf-8")
        ran = remind("2022-10-12", "--to", "smtp")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Этим людям письмо послать некуда")
        assert "== Слепкова Н.А. ==" in ran.out
        assert "== Орлова" not in ran.out
        assert remind("2022-10-12", "--to", "smtp") == (0, "", "")


def test_what_is_refused_is_told_and_tried_again_and_the_rest_goes(remind: Callable[..., Ran], project: Path) -> None:
    box = mail.Mailbox()
    box.refuse = {"orlova@example.org": "451 later", "savina@example.org": "550 nobody"}
    with mail.serving(box) as port:
        settings(project, port)
        ran = remind("2022-10-12", "--to", "smtp")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err == (
            "roadmap: не доставлено orlova@example.org: временный отказ, будет повторено (451 later)\n"
            "roadmap: не доставлено savina@example.org: отказ (550 nobody)\n"
        )
        assert sorted(address for address, _ in box.taken) == ["ivanova@example.org", "zavuch@example.org"]
        box.refuse, box.taken = {}, []
        assert remind("2022-10-13", "--to", "smtp") == (0, "", "")
    assert sorted(address for address, _ in box.taken) == EVERYBODY[1:]


def test_a_server_that_goes_away_leaves_the_rest_for_the_next_run(remind: Callable[..., Ran], project: Path) -> None:
    box = mail.Mailbox()
    box.leave_after = [2, 2]
    with mail.serving(box) as port:
        settings(project, port)
        ran = remind("2022-10-12", "--to", "smtp")
        assert ran.code == 3
        assert ran.err.count("сервер закрыл соединение") == 2
        assert remind("2022-10-12", "--to", "smtp") == (0, "", "")
    assert sorted(address for address, _ in box.taken) == EVERYBODY


class Killer(mail.Mailbox):
    """Kills the sender when it has taken a letter and before it says so."""

    victim = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.taken) == 2 and self.victim:
            os.kill(self.victim, 9)
            self.victim = 0
        return answer


def command() -> list[str]:
    words = ("remind", "--to", "smtp", "--today", "2022-10-12", "--state", "ledger")
    return [sys.executable, "-m", "roadmap_cli", *words]


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_killed_between_two_letters_only_the_unconfirmed_one_comes_again_under_its_id(
    remind: Callable[..., Ran], project: Path
) -> None:
    box = Killer()
    with mail.serving(box) as port:
        settings(project, port)
        read_end, write_end = os.pipe()
        held = f"import os, sys; os.read({read_end}, 1); os.execv(sys.executable, {command()!r})"
        sender = subprocess.Popen([sys.executable, "-c", held], cwd=project, env=clean_env(), pass_fds=[read_end])
        box.victim = sender.pid
        os.write(write_end, b"x")
        assert sender.wait(30) == -9
        os.close(read_end)
        os.close(write_end)
        assert remind("2022-10-12", "--to", "smtp") == (0, "", "")
    got = [address for address, _ in box.taken]
    assert sorted(set(got)) == EVERYBODY
    assert len(got) == 5
    twice = [email.message_from_bytes(data, policy=modern) for address, data in box.taken if address == got[1]]
    assert len(twice) == 2
    assert twice[0]["Message-ID"] == twice[1]["Message-ID"]


def test_two_runs_at_once_send_once(project: Path) -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port, ThreadPoolExecutor() as pool:
        settings(project, port)
        runs = [
            pool.submit(subprocess.run, command(), cwd=project, env=clean_env(), capture_output=True, check=False)
            for _ in range(3)
        ]
        assert [(run.result().returncode, run.result().stdout, run.result().stderr) for run in runs] == [
            (0, b"", b"")
        ] * 3
    assert sorted(address for address, _ in box.taken) == EVERYBODY


def test_a_run_that_cannot_wait_longer_says_so_and_sends_nothing(
    remind: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from roadmap_cli import ledger

    with ledger.opened(str(project / "ledger")):
        monkeypatch.setattr(ledger, "WAIT_SECONDS", 0)
        said = "roadmap: напоминания уже рассылает другой запуск (журнал «ledger»): этот ничего не отправил\n"
        assert remind("2022-10-12") == (0, "", said)
    assert remind("2022-10-12").out


def test_a_damaged_ledger_sends_nothing(remind: Callable[..., Ran], project: Path) -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port:
        settings(project, port)
        (project / "ledger").write_bytes(b"")
        ran = remind("2022-10-12", "--to", "smtp")
    assert (ran.code, ran.out, box.taken) == (2, "", [])
    assert "журнал напоминаний «ledger» повреждён" in ran.err


def test_the_ledger_lies_in_the_state_folder(roadmap: Callable[..., Ran], project: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("another folder there")
    ran = roadmap("remind", "--today", "2022-10-12", cwd=project, XDG_STATE_HOME=str(project / "state"))
    assert ran.code == 0
    found = list((project / "state" / "roadmap").iterdir())
    assert len(found) == 1
    with sqlite3.connect(found[0]) as connection:
        assert connection.execute("SELECT count(*) FROM told").fetchone()[0] > 0
    connection.close()


def test_words_of_a_plan_do_not_become_headers(remind: Callable[..., Ran], project: Path) -> None:
    name = '"Савина И.А.\\r\\nBcc: x@example.org"'
    text = PLAN.replace("name: Савина И.А.", f"name: {name}, aliases: [Савина И.А.]")
    (project / "plans" / "school-6.yaml").write_text(text, encoding="utf-8")
    box = mail.Mailbox()
    with mail.serving(box) as port:
        settings(project, port)
        assert remind("2022-10-12", "--to", "smtp").code == 0
    assert sorted(address for address, _ in box.taken) == EVERYBODY
    assert [email.message_from_bytes(data, policy=modern)["Bcc"] for _, data in box.taken] == [None] * 4


# Other services


@pytest.fixture
def service() -> Iterator[Any]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.server.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
            self.send_response(self.server.answer)  # type: ignore[attr-defined]
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            pass

    server: Any = HTTPServer(("127.0.0.1", 0), Answer)
    server.taken, server.answer = [], 200
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_service_gets_all_in_one_message(process: Callable[..., Ran], project: Path, service: Any) -> None:
    pytest.importorskip("apprise")
    urls = project / "plans" / "urls.txt"
    urls.write_text(f"# куда\njson://127.0.0.1:{service.server_port}/key\n", encoding="utf-8")
    urls.chmod(0o600)
    (project / "plans" / "roadmap.yaml").write_text("reminders: {apprise: urls.txt}\n", encoding="utf-8")
    words = ("remind", "--today", "2022-10-12", "--state", "ledger", "--to", "apprise")
    service.answer = 500
    ran = process(*words, cwd=project)
    assert ran.code == 3
    assert "служба не приняла сообщение" in ran.err
    assert "key" not in ran.err
    service.answer = 200
    service.taken.clear()
    assert process(*words, cwd=project) == (0, "", "")
    assert process(*words, cwd=project) == (0, "", "")
    assert [one["title"] for one in service.taken] == ["Сроки на 12.10.2022: скоро 3"]
    assert "№ 2. Совещание" in service.taken[0]["message"]


def test_without_the_library_of_services_nothing_counts_as_said(
    remind: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "plans" / "roadmap.yaml").write_text("reminders: {apprise: ['json://127.0.0.1:9/']}\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "apprise", None)
    ran = remind("2022-10-12", "--to", "apprise")
    assert (ran.code, ran.out) == (2, "")
    command = f"{sys.executable} -m pip install apprise"
    assert ran.err.endswith(f"для --to apprise нужна библиотека apprise: выполните {command}\n")
    assert remind("2022-10-12", "--to", "apprise") == ran, "it would be silent if the first run had counted"
