"""Writes docs/messages.md: what the program says of bad files and calls, from the tested cases of tests/gallery.

    python scripts/make_messages.py

A test runs the cases, and compares the page with what this script would write.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.checks import discover
from roadmap_cli.errors import READING
from roadmap_cli.report.check import SEVERITIES

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "tests" / "gallery"
TARGET = ROOT / "docs" / "messages.md"

SECTIONS = {
    "file": ("Файл не читается", "Файла нет, он не в той кодировке, слишком велик или пуст."),
    "yaml": ("Запись YAML", "Отступы, кавычки, двоеточия и скобки: файл открылся, но не разбирается или теряет текст."),
    "plan": ("Ключи плана", "Файл разобран, но ключа такого нет, он не на месте или стоит не то значение."),
    "structure": ("Номера и названия", "Проверки RM1: строение плана."),
    "due": ("Сроки", "Проверки RM2. Как читается каждая форма срока — в [reading.md](reading.md)."),
    "people": ("Ответственные", "Проверки RM3: люди и должности."),
    "links": ("Связи с вышестоящим планом", "Проверки RM4 и чтение плана, который назван в «follows»."),
    "settings": ("Настройки", "Файл roadmap.yaml. О настройках говорит каждая команда, `check` — вместе с остальным."),
    "call": ("Вызов", "Команда набрана неверно или не находит планов. Код выхода 2, ничего не записано."),
    "gaps": ("Команда gaps и список известных разрывов", "О чём говорит `roadmap gaps`, кроме самих разрывов."),
    "selection": (
        "Какие находки показывать и исправлять",
        "Примечания в плане, настройки, --select, --baseline и --fix.",
    ),
    "edit": (
        "Команды done, undo, move, cancel и assign",
        "Почему план не изменён или в чём сомнение. Записывается всё названное или ничего.",
    ),
    "remind": ("Команда remind", "Почему напоминания не ушли. Как их настроить — в [reminders.md](reminders.md)."),
    "link": ("Команда link", "Почему связь не записана."),
    "import": ("Команда import", "Чего не сделать с документом и планом; сами документы — в [import.md](import.md)."),
    "diff": ("Команда diff", "Почему редакции не сравнить."),
    "export": ("Команды export и report", "Почему документ не записан, и о чём в нём надо знать."),
}
"""The folders of the gallery in the order of the page."""

READING_ABOUT = {
    "RM001": "Файл не открылся.",
    "RM002": "Файл не в UTF-8, это не текст, или в тексте служебные знаки.",
    "RM003": "Запись YAML не разобрать.",
    "RM004": "Файл слишком велик или запутан.",
    "RM005": "Ключ стоит дважды.",
    "RM006": "Ключ программе неизвестен и не учтён.",
    "RM007": "На месте стоит не то значение.",
    "RM008": "Нет ключа, без которого нельзя, или он пуст.",
    "RM009": "Файл или план пуст.",
    "RM010": "Возможность YAML, которая в плане не действует.",
    "RM011": "Вышестоящий план назван не путём или лежит вне проекта.",
    "RM012": "Часть текста потеряна.",
}
"""The codes of reading; those of the checks tell it themselves."""

RECIPES = {
    "bytes": "показаны и байты, которых не видно",
    "cp1251": "в кодировке Windows-1251",
    "cp866": "в кодировке DOS (cp866)",
    "koi8-r": "в кодировке KOI8-R",
    "utf-16-le": "в UTF-16 без метки порядка байтов",
    "utf-16-be": "в UTF-16 без метки порядка байтов",
    "utf-32-le": "в UTF-32 без метки порядка байтов",
    "folder": "папка",
    "pipe": "именованный канал",
    "locked": "нельзя читать",
    "read-only": "нельзя менять",
    "link": "символическая ссылка",
}


class Made(NamedTuple):
    """A file of a case: «bytes», an encoding, «folder», «pipe», «×2000» and the like tell how its text becomes it."""

    name: str
    recipe: str
    text: str


class Commit(NamedTuple):
    """Here everything made so far is committed to git."""


class Call(NamedTuple):
    """A command with what it must say, stderr before stdout, and its exit code."""

    command: str
    output: str
    code: int


class Case(NamedTuple):
    """A case of the gallery: its section, its title, what to do, and the files and calls in their order."""

    name: str
    title: str
    advice: str
    steps: tuple[Made | Commit | Call, ...]

    @property
    def section(self) -> str:
        """The folder that the case lies in."""
        return self.name.split("/")[0]

    @property
    def calls(self) -> tuple[Call, ...]:
        """The commands of the case."""
        return tuple(step for step in self.steps if isinstance(step, Call))

    def text(self) -> str:
        """The file of the case, as `read_case` reads it."""
        parts = ["\n".join(filter(None, (self.title, self.advice))) + "\n"]
        for step in self.steps:
            if isinstance(step, Made):
                parts.append(f"=== {step.name}{f' ({step.recipe})' if step.recipe else ''}\n{step.text}")
            elif isinstance(step, Commit):
                parts.append("=== git commit\n")
            else:
                parts.append(f"=== $ {step.command}\n{step.output}=== код выхода: {step.code}\n")
        return "".join(parts)


_STEP = re.compile(r"^=== (.*)\n", re.MULTILINE)


def read_case(name: str, text: str) -> Case:
    """The case that a text holds; ValueError where a command has no exit code, or a code no command."""
    head, *pieces = _STEP.split(text)
    steps: list[Made | Commit | Call] = []
    waiting: tuple[str, str] | None = None
    for mark, body in zip(pieces[::2], pieces[1::2], strict=True):
        if (waiting is not None) != mark.startswith("код выхода: "):
            raise ValueError(f"{name}: «=== {mark}»: a command is followed by its exit code")
        if waiting is not None:
            steps.append(Call(*waiting, int(mark.removeprefix("код выхода: "))))
            waiting = None
        elif mark.startswith("$ "):
            waiting = mark[2:], body
        elif mark == "git commit":
            steps.append(Commit())
        else:
            named = re.fullmatch(r"(.*?)(?: \((.*)\))?", mark)
            assert named
            steps.append(Made(named[1], named[2] or "", body))
    title, _, advice = head.strip().partition("\n")
    if waiting is not None or not title or not any(isinstance(step, Call) for step in steps):
        raise ValueError(f"{name}: no title, no command, or no exit code behind the last command")
    return Case(name, title, advice, tuple(steps))


def cases() -> list[Case]:
    """All cases, by the order of sections, by code and by name."""
    order = list(SECTIONS)
    names = [path.relative_to(GALLERY).with_suffix("").as_posix() for path in GALLERY.rglob("*.txt")]
    found = [read_case(name, (GALLERY / f"{name}.txt").read_text(encoding="utf-8")) for name in names]
    return sorted(found, key=lambda case: (order.index(case.section), codes(case)[:1], case.name))


_FINDING = re.compile(r"(?P<place>\S+:\d+:\d+): (?P<level>\w+) \| (?P<code>RM\d{3}) (?P<name>\S+) \| (?P<said>.*)")
_SUMMARY = re.compile(r"Проверено: .*|Справка: .*")


def codes(case: Case) -> list[str]:
    """The codes of the findings of a case."""
    found = [match["code"] for call in case.calls for match in _FINDING.finditer(call.output)]
    return list(dict.fromkeys(found))


def _quoted(line: str) -> str:
    found = _FINDING.fullmatch(line)
    if not found:
        return f"> {_marked(line)}"
    said = re.sub(r" \| \d+ \| .*", "", found["said"])
    return f"> **{found['level']} {found['code']}** `{found['place']}`<br>\n> {_marked(said)}"


def _marked(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*<\[\]|~])", r"\\\1", text)


def _fenced(made: Made) -> str:
    how = made.recipe.split(" → ")[0]
    note = RECIPES.get(how, f"этот текст {how[1:]} раз подряд" if how[:1] == "×" else "")
    name = f"`{made.name}`{f' ({note})' if note else ''}"
    if not made.text:
        return f"{name}"
    fence = "```" if "```" not in made.text else "````"
    return f"{name}\n\n{fence}yaml\n{made.text if made.text.endswith(chr(10)) else made.text + chr(10)}{fence}"


def _entry(case: Case) -> str:
    parts = [f"### {case.title}"]
    for step in case.steps:
        if isinstance(step, Made):
            parts.append(_fenced(step))
        elif isinstance(step, Call):
            told = {f"{found['place']}: {found['said']}" for found in _FINDING.finditer(step.output)}
            said = [one for one in step.output.splitlines() if one not in told and not _SUMMARY.fullmatch(one)]
            parts += [f"`$ {step.command}`", "\n>\n".join(map(_quoted, said))] if said else [f"`$ {step.command}`"]
    why = {one.code: one.doc.partition("Зачем: ")[2].strip() for one in discover()}
    parts += [f"Зачем проверяется: {why[code]}" for code in codes(case)[:1] if why.get(code)]
    if case.advice:
        parts.append(f"**Что делать.** {case.advice}")
    return "\n\n".join(parts)


def _anchor(title: str) -> str:
    return "#" + re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _link(title: str) -> str:
    return f"[{_marked(title)}]({_anchor(title)})"


def _codes_table(everything: list[Case]) -> str:
    names = {code: (name, severity, READING_ABOUT[code]) for code, (name, severity) in READING.items()}
    names |= {one.code: (one.name, one.severity, one.doc.strip().split("\n")[0]) for one in discover()}
    rows = ["| Код | Имя | Уровень | О чём | Сообщения |", "|---|---|---|---|---|"]
    for code, (name, severity, about) in names.items():
        here = ", ".join(_link(case.title) for case in everything if code in codes(case)[:1])
        rows.append(f"| {code} | `{name}` | {SEVERITIES[severity]} | {about} | {here} |")
    return "\n".join(rows)


def page() -> str:
    """The whole page."""
    everything = cases()
    parts = [
        "# Сообщения программы",
        "<!-- Сделано scripts/make_messages.py из tests/gallery; правьте их, а не эту страницу. -->",
        "Все сообщения, каждое с самым коротким плохим файлом или вызовом, который его даёт. Страница сделана из случаев, "
        "которые проверяются тестом: здесь стоит ровно то, что программа выводит. Ищите по словам своего сообщения "
        "(Ctrl-F), без имён и чисел из своего плана.",
        "Перед замечанием стоит место: файл, строка и знак в строке. Ошибка даёт код выхода 1, предупреждение и замечание — "
        "нет (это меняет `--fail-on`). Файл, который не открылся, и неверный вызов дают код 2.",
        "## Содержание",
    ]
    for section, (title, _) in SECTIONS.items():
        links = " · ".join(_link(case.title) for case in everything if case.section == section)
        parts.append(f"**{_link(title)}** {links}")
    parts.append(f"**{_link('Коды')}**")
    for section, (title, about) in SECTIONS.items():
        parts += [f"## {title}", about, *(_entry(case) for case in everything if case.section == section)]
    parts += ["## Коды", _codes_table(everything)]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page(), encoding="utf-8")
