"""Letters go to a real mail server on this machine: what it takes, refuses, and what it is told when it goes away."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

import email
import os
import ssl
from datetime import UTC, date, datetime
from email.policy import default as modern
from typing import TYPE_CHECKING, Any

import pytest

import mailbox_server as mail
from roadmap_cli.addresses import address, named_address
from roadmap_cli.errors import RoadmapError
from roadmap_cli.model import Activity, Deliverable, Plan, Span
from roadmap_cli.post.mail import Mailer, password_of
from roadmap_cli.post.message import message, message_key
from roadmap_cli.remind import Item, Letter, Mark, Notice, Recipient, Seen
from roadmap_cli.settings import Smtp

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

TODAY = date(2022, 10, 12)
NOW = datetime(2022, 10, 12, 7, 0, tzinfo=UTC)
SENDER = ("Школа № 6", "roadmap@example.org")


def letter(address: str, name: str = "Савина И.А.", title: str = "Педсовет") -> Letter:
    span = Span("a.yaml")
    result = Deliverable("Приказ", span)
    activity = Activity("1", "1", title, (result,), span)
    item = Item(
        Plan("a.yaml", "", "", "", (activity,)), "a.yaml", activity, result, "1", "a 1", Seen("/2022-10-15", "")
    )
    notice = Notice(item, "soon", "in 3", date(2022, 10, 15), 3, marks=(Mark("a.yaml", "1", "2022-10-15", "in 3"),))
    return Letter(Recipient(f"smtp:{address}", name, address), (notice,), {})


def send(port: int, *addresses: str, **server: Any) -> dict[str, str]:
    found = Smtp(**{"host": "127.0.0.1", "port": port, "tls": "none", **server})
    mailer = Mailer(found, SENDER, "secret" if found.user else "", TODAY, NOW)
    return {one.recipient.address: trouble for one, trouble in mailer.send([letter(one) for one in addresses])}


def read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=modern)  # type: ignore[return-value]


A, B, C = "a@example.org", "b@example.org", "c@example.org"


def test_each_recipient_gets_one_message_over_one_line() -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port:
        assert send(port, A, B, C) == {A: "", B: "", C: ""}
    assert [address for address, _ in box.taken] == [A, B, C]
    assert box.lines == 1


def test_a_message_says_what_it_is_and_keeps_answering_machines_quiet() -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port:
        send(port, A)
    found = read(box.taken[0][1])
    assert found["From"] == "Школа № 6 <roadmap@example.org>"
    assert found["To"] == '"Савина И.А." <a@example.org>'
    assert found["Subject"] == "Сроки на 12.10.2022: скоро 1"
    assert (found["Auto-Submitted"], found["Precedence"]) == ("auto-generated", "bulk")
    assert found["Date"] == "Wed, 12 Oct 2022 07:00:00 +0000"
    plain, html = (found.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert "№ 1. Педсовет\n   План: a.yaml\n   Результат: Приказ\n" in plain.get_content().replace("\r\n", "\n")
    assert "roadmap done a 1" in plain.get_content()
    assert html is not None
    assert "<b>№ 1. Педсовет</b>" in html.get_content()
    box.taken[0][1].decode("ascii")


REFUSALS = {
    "not now": ({B: "450 4.2.1 mailbox busy"}, {A: "", B: "временный отказ, будет повторено (450 4.2.1 mailbox busy)", C: ""}),
    "never": ({B: "550 5.1.1 нет такого"}, {A: "", B: "отказ (550 5.1.1 нет такого)", C: ""}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSALS)
def test_one_refusal_does_not_keep_the_rest_back(case: str) -> None:
    box = mail.Mailbox()
    box.refuse, expected = REFUSALS[case]
    with mail.serving(box, enable_SMTPUTF8=True) as port:
        assert send(port, A, B, C) == expected
    assert [address for address, _ in box.taken] == [A, C]


@pytest.mark.parametrize("answer", ["452 disk full", "554 spam"])
def test_a_letter_that_is_refused_after_its_text_is_told(answer: str) -> None:
    box = mail.Mailbox()
    box.after_data = answer
    with mail.serving(box) as port:
        assert [answer in said for said in send(port, A, B).values()] == [True, True]


def test_a_server_that_goes_away_once_is_called_again_for_the_rest() -> None:
    box = mail.Mailbox()
    box.leave_after = [1]
    with mail.serving(box) as port:
        assert send(port, A, B, C) == {A: "", B: "", C: ""}
    assert [address for address, _ in box.taken] == [A, B, C]
    assert box.lines == 2


def test_a_server_that_goes_away_again_is_told_for_every_letter_left() -> None:
    box = mail.Mailbox()
    box.leave_after = [1, 1]
    with mail.serving(box) as port:
        found = send(port, A, B, C)
    assert found == {A: "", B: "сервер закрыл соединение", C: "сервер закрыл соединение"}
    assert box.lines == 2


def test_nobody_there_is_told() -> None:
    found = send(mail.free_port(), A, B)
    assert [said == "нет связи с сервером: на этом порту никто не отвечает" for said in found.values()] == [True, True]


def test_a_server_without_tls_gets_nothing_in_the_clear() -> None:
    box = mail.Mailbox()
    with mail.serving(box) as port:
        assert "не умеет" in send(port, A, tls="starttls")[A]
        assert "нет связи" in send(port, A, tls="ssl")[A] or "не установлено" in send(port, A, tls="ssl")[A]
    assert box.taken == []


@pytest.fixture
def authority() -> Any:
    return pytest.importorskip("trustme").CA()


@pytest.mark.parametrize("tls", ["starttls", "ssl"])
def test_certificates_are_verified(tls: str, authority: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    box = mail.Mailbox()
    how = {"ssl_context": context} if tls == "ssl" else {"tls_context": context}
    with mail.serving(box, **how) as port:
        assert "защищённое соединение не установлено" in send(port, A, B, tls=tls)[B]
        assert box.taken == []
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert send(port, A, tls=tls) == {A: ""}


@pytest.mark.parametrize("accepted", [True, False])
def test_the_password_is_given_and_a_wrong_one_is_told_once(accepted: bool) -> None:
    from aiosmtpd.smtp import AuthResult

    tried = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        tried.append((data.login, data.password))
        return AuthResult(success=accepted, handled=False)

    box = mail.Mailbox()
    with mail.serving(box, authenticator=check, auth_require_tls=False) as port:
        found = send(port, A, B, user="school6")
    assert {bool(said) for said in found.values()} == {not accepted}
    assert set(tried) == {(b"school6", b"secret")}
    assert accepted or "не принял имя и пароль" in found[A]


NAMES = [
    "Савина\r\nBcc: x@example.org",
    "А\x00Б\x1b[31m",
    '"О"Нил" <x@y>, z@w',
    "=?utf-8?b?QmNjOg==?=\n",
    "Я" * 500,
    "\u202eА",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_becomes_a_header(name: str) -> None:
    sent = message(letter(A, name, title=f"Педсовет {name}"), (name, SENDER[1]), TODAY, NOW)
    found = read(sent.as_bytes())
    assert found["Bcc"] is None
    assert [one.addr_spec for one in found["To"].addresses] == [A]
    assert [one.addr_spec for one in found["From"].addresses] == [SENDER[1]]
    assert set(found.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence",
        "List-Id", "MIME-Version", "Content-Type",
    }  # fmt: skip


def test_a_letter_has_the_same_id_when_it_says_the_same() -> None:
    assert message_key(letter(A)) == message_key(letter(A, "Орлова А.А."))
    one = letter(A)
    other = one._replace(notices=(one.notices[0]._replace(threshold="in 1"),))
    assert len({message_key(letter(A)), message_key(letter(B)), message_key(other)}) == 3


# The password

USER = Smtp("mail.example.org", user="school6")


def test_the_password_is_that_of_the_environment_or_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "пароль"
    file.write_text("from the file\n", encoding="utf-8")
    file.chmod(0o600)
    with_file = USER._replace(password_file=str(file))
    assert password_of(with_file, "") == "from the file"
    assert password_of(with_file, "from outside") == "from outside"
    assert password_of(Smtp("mail.example.org"), "") == ""


@pytest.mark.skipif(os.name == "nt", reason="no such rights there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_file_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "пароль"
    file.write_text("x")
    file.chmod(mode)
    with pytest.raises(RoadmapError, match=f"права {mode:04o}"):
        password_of(USER._replace(password_file=str(file)), "")


@pytest.mark.parametrize(
    ("server", "given", "said"),
    [
        pytest.param(USER, "", "нет пароля для «school6»", id="none"),
        pytest.param(USER._replace(password_file="/нет/такого"), "", "/нет/такого", id="no file"),
        pytest.param(USER._replace(tls="none"), "x", "без шифрования", id="in the clear"),
        pytest.param(USER, "тайна", "только из латинских", id="in Cyrillic"),
    ],
)
def test_without_a_safe_password_nothing_begins(server: Smtp, given: str, said: str) -> None:
    with pytest.raises(RoadmapError, match=said):
        password_of(server, given)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (" savina@example.org ", "savina@example.org"),
        ("Savina.I+a@Example.ORG", "Savina.I+a@example.org"),
        ("school6@почта.рф", "school6@xn--80a1acny.xn--p1ai"),
        ("савина@example.org", ""),
        ("savina", ""),
        ("@example.org", ""),
        ("a@b@example.org", ""),
        ("a b@example.org", ""),
        ("a@example.org\nBcc: b@example.org", ""),
        ("a@exam ple.org", ""),
        ("a@-x.org", ""),
        ("a@x..org", ""),
        ("a..b@example.org", ""),
        ("<a@example.org>", ""),
        ("a,b@example.org", ""),
        ("a@" + "x" * 64 + ".org", ""),
        ("", ""),
    ],
)
def test_an_address_is_told_from_what_is_none(words: str, found: str) -> None:
    assert address(words) == found


def test_a_sender_may_have_a_name() -> None:
    assert named_address('"Школа № 6" <a@example.org>') == ("Школа № 6", "a@example.org")
    assert named_address("a@example.org") == ("", "a@example.org")
    assert named_address("Школа <нет>") == ("", "")
