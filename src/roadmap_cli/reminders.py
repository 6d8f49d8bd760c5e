"""The settings under `reminders`: their keys, the reading of their values, and what holds for a plan."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.addresses import address, named_address
from roadmap_cli.selection import is_meant
from roadmap_cli.settings import Reminders, Smtp
from roadmap_cli.text import fold, nearest, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadmap_cli.settings import ReminderLayer
    from roadmap_cli.source import Node

    Tell = Callable[[str, str, Node], None]

REMINDER_KEYS: Final = {
    "days": "за сколько дней до срока напоминать; 0 — в сам день",
    "begins": "напоминать ли о дне, когда период начинается: да или нет",
    "overdue": "о просроченном: once — один раз, weekly — ещё и по понедельникам, daily — каждый день",
    "lookback": "за сколько дней наверстать пропущенные запуски",
    "default": "кому строки, у ответственных которых нет адреса",
    "copies": "кому ещё копия всего",
    "roles": "кто стоит за должностью или группой: должность и человек из people или адрес",
    "smtp": "почтовый сервер: host, port, tls, user, from, password_file",
    "apprise": "адреса служб (Telegram, Matrix, ntfy …) или файл с ними",
}
"""The keys under `reminders` and what they mean; the last two are those of a whole run and not of a plan."""

SMTP_KEYS: Final = {
    "host": "имя сервера",
    "port": "порт; иначе 587, для ssl — 465, для none — 25",
    "tls": "starttls (если не задано), ssl или none — без шифрования",
    "user": "имя, если сервер его спрашивает",
    "from": "адрес отправителя",
    "password_file": "файл с паролем, который читает только владелец; иначе переменная ROADMAP_SMTP_PASSWORD",
}
"""The keys under `reminders.smtp`."""

WHOLE_RUN: Final = ("smtp", "apprise")
"""What cannot differ from plan to plan."""

OVERDUE: Final = ("once", "weekly", "daily")
TLS: Final = ("starttls", "ssl", "none")
_YES_NO: Final = {"да": True, "yes": True, "true": True, "нет": False, "no": False, "false": False}
_FURTHEST = 366
_WHO = "ожидается адрес (savina@example.org) или имя человека из people"


def for_plan(layers: Iterable[ReminderLayer], path: str) -> Reminders:
    """What holds for the plan at a path: of two places that say something the later, of `roles` both."""
    place = os.path.realpath(path)
    found = Reminders()
    for layer in layers:
        if not layer.glob or is_meant(layer.folder, layer.glob, place):
            roles = {**found.roles, **layer.said.get("roles", {})}
            found = found._replace(**{**layer.said, "roles": roles})
    return found


class Reader:
    """Reads the value of `reminders`; what is wrong goes to `tell`, and what it says nothing of stays as it was."""

    def __init__(self, path: str, folder: str, tell: Tell) -> None:
        self._path = path
        self._folder = folder
        self._tell = tell

    def read(self, node: Node, whole: bool) -> dict[str, Any]:
        """The fields of Reminders that are said; `whole` lets those be said that hold for a whole run."""
        known = tuple(key for key in REMINDER_KEYS if whole or key not in WHOLE_RUN)
        values = self._values(node, "reminders", known, "days: [14, 7, 3, 1, 0]")
        read = {
            "days": self._days,
            "begins": self._flag,
            "overdue": lambda value: self._choice(value, "overdue", OVERDUE),
            "lookback": lambda value: self._number(value, "lookback", 0, _FURTHEST),
            "default": self._who,
            "copies": lambda value: tuple(filter(None, map(self._who, self._items(value)))),
            "roles": self._roles,
            "smtp": self._smtp,
            "apprise": self._services,
        }
        said = {key: read[key](value) for key, value in values.items()}
        return {key: value for key, value in said.items() if value is not None}

    def _values(self, node: Node, what: str, known: tuple[str, ...], sample: str) -> dict[str, Node]:
        if node.id != "mapping":
            self._tell("RM007", f"«{what}»: ожидаются ключи и значения, например «{sample}»", node)
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if key.id == "scalar" else ""
            if name == "password":
                said = "пароль в настройках не хранят: уберите его отсюда, смените и дайте через переменную"
                self._tell("RM007", f"«password»: {said} ROADMAP_SMTP_PASSWORD или password_file", key)
            elif name in known:
                found |= {} if _is_empty(value) else {name: value}
            elif not name.startswith("x-"):
                guess = nearest(name, known)
                if name in REMINDER_KEYS:
                    hint = "; она общая для всего запуска, её место — в reminders, а не в per_path"
                else:
                    hint = f"; возможно, «{guess}»" if guess else f"; есть {', '.join(known)}"
                self._tell("RM006", f"неизвестная настройка «{visible(name)}»{hint}", key)
        return found

    def _text(self, node: Node) -> str:
        return " ".join(node.value.split()) if node.id == "scalar" else ""

    def _items(self, node: Node) -> list[Node]:
        return list(node.value) if node.id == "sequence" else [node]

    def _days(self, node: Node) -> tuple[int, ...] | None:
        found = set()
        for item in self._items(node):
            for word in self._text(item).replace(",", " ").split() or [""]:
                if not (word.isascii() and word.isdigit() and len(word) < 5 and int(word) <= _FURTHEST):
                    self._tell("RM007", f"«days»: ожидаются числа дней от 0 до {_FURTHEST}: [14, 7, 3, 1, 0]", item)
                    return None
                found.add(int(word))
        return tuple(sorted(found, reverse=True))

    def _flag(self, node: Node) -> bool | None:
        found = _YES_NO.get(self._text(node).lower())
        if found is None:
            self._tell("RM007", "«begins»: ожидается да или нет", node)
        return found

    def _choice(self, node: Node, what: str, choices: tuple[str, ...]) -> str | None:
        text = self._text(node).lower()
        if text not in choices:
            self._tell("RM007", f"«{what}»: ожидается одно из: {', '.join(choices)}", node)
            return None
        return text

    def _number(self, node: Node, what: str, low: int, high: int) -> int | None:
        text = self._text(node)
        if not (text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high):
            self._tell("RM007", f"«{what}»: ожидается целое число от {low} до {high}", node)
            return None
        return int(text)

    def _who(self, node: Node) -> str | None:
        text = self._text(node)
        if not text or ("@" in text and not address(text)):
            self._tell("RM007", _WHO, node)
            return None
        return text

    def _roles(self, node: Node) -> dict[str, str] | None:
        if node.id != "mapping":
            self._tell("RM007", "«roles»: ожидаются должности и люди: «Классные руководители: Орлова А.А.»", node)
            return None
        found = {}
        for key, value in node.value:
            who = self._who(value)
            if key.id == "scalar" and who:
                found[fold(key.value)] = who
        return found

    def _smtp(self, node: Node) -> Smtp | None:
        values = self._values(node, "smtp", (*SMTP_KEYS,), "host: mail.example.org")
        said: dict[str, Any] = {key: self._text(values[key]) for key in ("host", "user") if key in values}
        if "port" in values:
            said["port"] = self._number(values["port"], "port", 1, 65535)
        if "tls" in values:
            said["tls"] = self._choice(values["tls"], "tls", TLS)
        if "from" in values:
            said["sender"] = self._text(values["from"])
            if not named_address(said["sender"])[1]:
                self._tell("RM007", "«from»: ожидается адрес отправителя, например roadmap@example.org", values["from"])
                said["sender"] = None
        if "password_file" in values:
            named = os.path.expanduser(self._text(values["password_file"]))
            said["password_file"] = os.path.join(self._folder, named)
        return Smtp(**{key: value for key, value in said.items() if value is not None})

    def _services(self, node: Node) -> tuple[str, ...] | None:
        found = []
        for item in self._items(node):
            text = self._text(item)
            if not text:
                self._tell("RM007", "«apprise»: ожидаются адреса служб (ntfy://тема) или файл с ними", item)
                return None
            found.append(text if "://" in text else os.path.join(self._folder, os.path.expanduser(text)))
        return tuple(found)


def _is_empty(node: Node) -> bool:
    return node.id == "scalar" and node.value in ("", "~", "null")
