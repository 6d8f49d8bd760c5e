"""Letters to a mail server: one connection for all, and one more when the server goes away."""

from __future__ import annotations

import errno
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.post import Outcome
from roadmap_cli.post.message import message
from roadmap_cli.post.secrets import secret
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from roadmap_cli.remind import Letter
    from roadmap_cli.settings import Smtp

TIMEOUT_SECONDS = 30
_PORTS = {"starttls": 587, "ssl": 465, "none": 25}
_NO_LINE: Final = {
    errno.ECONNREFUSED: "на этом порту никто не отвечает",
    errno.EHOSTUNREACH: "он недоступен по сети",
    errno.ENETUNREACH: "сети нет",
    errno.ECONNRESET: "он оборвал соединение",
}
_OWN = ("localhost", "127.0.0.1", "::1")


def password_of(server: Smtp, given: str) -> str:
    """The password for the server: the one `given` (from the environment), else that of the file; «» without a user.

    Raises RoadmapError when there is none, or when it would go over the network in the clear.
    """
    if not server.user:
        return ""
    password = given or (secret(server.password_file) if server.password_file else "")
    if not password:
        raise RoadmapError(
            f"нет пароля для «{visible(server.user)}» на «{visible(server.host)}»: задайте переменную "
            "ROADMAP_SMTP_PASSWORD или reminders.smtp.password_file в настройках"
        )
    if not (server.user + password).isascii():
        raise RoadmapError("имя и пароль для почтового сервера могут быть только из латинских букв, цифр и знаков")
    if server.tls == "none" and server.host not in _OWN:
        raise RoadmapError("пароль без шифрования не посылается: в reminders.smtp укажите tls: starttls или tls: ssl")
    return password


class Mailer:
    """Sends letters through a server; an address of the sender must stand in its settings."""

    def __init__(self, server: Smtp, sender: tuple[str, str], password: str, today: date, now: datetime) -> None:
        self._server = server
        self._sender = sender
        self._password = password
        self._today = today
        self._now = now
        self._line: smtplib.SMTP | None = None
        self._lines_left = 2
        self._lost = ""

    def send(self, letters: Sequence[Letter]) -> Iterator[Outcome]:
        """What became of each letter, at once when the server has answered."""
        try:
            for letter in letters:
                yield Outcome(letter, self._deliver(letter))
        finally:
            self._close()

    def _deliver(self, letter: Letter) -> str:
        """Why a letter was not taken, or «»; when the line breaks it is tried once more over a new one."""
        try:
            if self._line is None:
                if not self._lines_left:
                    return self._lost
                self._lines_left -= 1
                self._line = self._connect()
            sent = message(letter, self._sender, self._today, self._now)
            self._line.send_message(sent, self._sender[1], [letter.recipient.address])
        except smtplib.SMTPServerDisconnected:
            return self._again(letter, "сервер закрыл соединение")
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return self._refused(code, words)
        except smtplib.SMTPAuthenticationError as error:
            return self._hopeless(f"сервер не принял имя и пароль ({error.smtp_code} {_said(error.smtp_error)})")
        except smtplib.SMTPResponseException as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return self._hopeless(f"сервер не умеет того, что просят настройки ({_said(error)}): проверьте tls и user")
        except ssl.SSLError as error:
            unknown = getattr(error, "verify_message", "")
            why = f"сертификат сервера не подтверждён ({_said(unknown)})" if unknown else _said(error.reason)
            return self._hopeless(f"защищённое соединение не установлено: {why}")
        except (OSError, smtplib.SMTPException) as error:
            return self._again(letter, f"нет связи с сервером: {_why(error)}")
        return ""

    def _refused(self, code: int, words: bytes | str) -> str:
        """The server's answer; what begins with 4 is a refusal for now only, and with 421 the server goes."""
        later = "временный отказ, будет повторено" if 400 <= code < 500 else "отказ"
        trouble = f"{later} ({code} {_said(words)})"
        if code == 421 or self._line is None:
            self._drop(trouble)
        return trouble

    def _again(self, letter: Letter, trouble: str) -> str:
        self._drop(trouble)
        return self._deliver(letter)

    def _hopeless(self, trouble: str) -> str:
        """No other letter would fare better."""
        self._drop(trouble)
        self._lines_left = 0
        return trouble

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        port = server.port or _PORTS[server.tls]
        line: smtplib.SMTP
        if server.tls == "ssl":
            safe = ssl.create_default_context()
            line = smtplib.SMTP_SSL(server.host, port, timeout=TIMEOUT_SECONDS, context=safe)
        else:
            line = smtplib.SMTP(server.host, port, timeout=TIMEOUT_SECONDS)
        try:
            line.ehlo_or_helo_if_needed()
            if server.tls == "starttls":
                line.starttls(context=ssl.create_default_context())
            if server.user:
                _log_in(line, server.user, self._password)
        except BaseException:
            line.close()
            raise
        return line

    def _drop(self, trouble: str) -> None:
        self._lost = trouble
        if self._line is not None:
            self._line.close()
            self._line = None

    def _close(self) -> None:
        if self._line is not None:
            try:
                self._line.quit()
            except (OSError, smtplib.SMTPException):
                self._line.close()
            self._line = None


def _log_in(line: smtplib.SMTP, user: str, password: str) -> None:
    """Log in; a server that hangs up on a wrong password has refused it."""
    try:
        line.login(user, password)
    except smtplib.SMTPServerDisconnected as error:
        raise smtplib.SMTPAuthenticationError(535, "сервер закрыл соединение") from error


def _why(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "имя сервера не найдено"
    if isinstance(error, TimeoutError):
        return f"он не ответил за {TIMEOUT_SECONDS} секунд"
    number = getattr(error, "errno", None) or 0
    return _NO_LINE.get(number, _said(getattr(error, "strerror", "") or error))


def _said(words: object) -> str:
    shown = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return visible(" ".join(shown.split()))[:200]
