"""Where the plans lie and what the project's settings say: `plans/roadmap.yaml`, read with places like a plan."""

from __future__ import annotations

import os
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from roadmap_cli.calendar import RULES, Calendar, Season
from roadmap_cli.dates import parse_due, parse_years, season_name
from roadmap_cli.dates.words import doubts
from roadmap_cli.errors import RoadmapError, problem
from roadmap_cli.project import SETTINGS_NAME
from roadmap_cli.selection import Layer, Word, split
from roadmap_cli.settings import ReminderLayer, Settings
from roadmap_cli.source import read, span
from roadmap_cli.text import nearest, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadmap_cli.calendar import Rule
    from roadmap_cli.model import Finding, Severity
    from roadmap_cli.source import Node


SETTING_KEYS = {
    "due_soon": "за сколько дней до срока предупреждать",
    "evidence": "нужно ли исполненному подтверждение: required (нужно) или optional",
    "non_working": "что делать со сроком в выходной: as-is, previous или next",
    "timezone": "часовой пояс, по которому считается сегодняшний день",
    "match_threshold": "с какого сходства предлагать связь мероприятий, от 0 до 1",
    "vacations": "каникулы по учебным годам",
    "terms": "четверти или триместры по учебным годам",
    "different_people": "имена, которые похожи, но принадлежат разным людям: пары или группы",
    "select": "какие находки показывает check: коды (RM302), их начала (RM3) или имена; иначе все",
    "ignore": "какие находки check не показывает",
    "severity": "уровень находок: error, warning или note",
    "per_path": "select, ignore, severity и reminders для части планов: путь от папки настроек",
    "reminders": "о чём, когда и кому напоминает roadmap remind",
}


EVIDENCE: Final = {"optional": False, "required": True}
"""What the setting `evidence` may say, and whether what is done has to be confirmed then."""


def find_plans(here: str, wanted: str | None) -> str:
    """The folder of plans: the one named, else `plans` in this folder or one above it.

    Raises RoadmapError when there is none.
    """
    if wanted:
        if not os.path.isdir(wanted):
            raise RoadmapError(f"нет папки планов «{visible(wanted)}»: проверьте --plans или ROADMAP_PLANS")
        return wanted
    folder = os.path.abspath(here)
    while True:
        if os.path.isfile(os.path.join(folder, SETTINGS_NAME)):
            return _shown(folder, here)
        if os.path.isdir(os.path.join(folder, "plans")):
            return _shown(os.path.join(folder, "plans"), here)
        above = os.path.dirname(folder)
        if above == folder:
            raise RoadmapError(
                "планы не найдены: нет папки «plans» ни здесь, ни выше; перейдите в папку проекта, "
                "назовите файлы или папку в команде либо укажите --plans ПАПКА"
            )
        folder = above


def _shown(folder: str, here: str) -> str:
    return os.path.relpath(folder, here)


def settings_for(path: str, here: str, named: Iterable[str] = ()) -> Settings:
    """The settings that hold for a plan file or a folder: every `roadmap.yaml` above it, the nearest deciding.

    The outermost of them is the project's root; a folder named `plans` and a repository's root end the search. Without
    any, the root is the outermost of the folders that hold the plan: `here`, where the program runs, and those `named`.
    """
    start = os.path.realpath(path)
    folder = start if os.path.isdir(start) else os.path.dirname(start)
    return _layered(folder, os.path.realpath(here), tuple(os.path.realpath(one) for one in named))


def search_folders(settings: Settings, named: Iterable[str]) -> list[str]:
    """Where plans that follow others are looked for: in the project, or without one in the folders `named`."""
    if settings.path or os.path.basename(settings.root) == "plans":
        return [settings.root]
    return [path if os.path.isdir(path) else os.path.dirname(path) or "." for path in named]


@cache
def _layered(folder: str, here: str, named: tuple[str, ...]) -> Settings:
    layers = []
    home = folder
    while True:
        if os.path.isfile(os.path.join(home, SETTINGS_NAME)):
            layers.append(home)
        above = os.path.dirname(home)
        if os.path.basename(home) == "plans" or os.path.exists(os.path.join(home, ".git")) or above == home:
            break
        home = above
    if not layers:
        if os.path.basename(home) == "plans":
            return Settings(home)
        return Settings(min((one for one in (here, *named) if _within(folder, one)), key=len, default=folder))
    settings = Settings(layers[-1])
    for layer in reversed(layers):
        settings = read_settings(os.path.join(layer, SETTINGS_NAME), layers[-1], settings, here)
    return settings


def _within(path: str, folder: str) -> bool:
    folder = os.path.realpath(folder)
    return os.path.commonpath([os.path.realpath(path), folder]) == folder


def read_settings(path: str, root: str, base: Settings | None = None, here: str = "") -> Settings:
    """The settings of a file over those of `base`; a wrong value is a finding with its place, and the base holds."""
    base = base or Settings(root)
    shown = os.path.relpath(path, here) if here and _within(path, here) else path
    source = read(path, shown)
    reader = _SettingsReader(
        shown,
        os.path.dirname(os.path.realpath(path)),
        [*base.findings, *(f for f in source.findings if f.code != "RM009")],
    )
    node = source.root
    found: dict[str, tuple[Node, Node]] = {}
    if node is not None and node.id == "mapping":
        found = {key.value: (key, value) for key, value in node.value if key.id == "scalar"}
    elif node is not None and not _is_empty(node):
        reader.tell("RM007", "настройки — это ключи и значения («due_soon: 14»)", node)
    return reader.settings(found, base)._replace(path=shown)


class _SettingsReader:
    def __init__(self, path: str, folder: str, findings: list[Finding]) -> None:
        self.path = path
        self.folder = folder
        self.findings = findings

    def tell(self, code: str, message: str, node: Node) -> None:
        self.findings.append(problem(code, message, span(node, self.path)))

    def settings(self, found: dict[str, tuple[Node, Node]], base: Settings) -> Settings:
        for key, (node, _) in found.items():
            if key not in SETTING_KEYS and not key.startswith("x-"):
                guess = nearest(key, tuple(SETTING_KEYS))
                hint = f"; возможно, «{guess}»" if guess else f"; есть {', '.join(SETTING_KEYS)}"
                self.tell("RM006", f"неизвестная настройка «{visible(key)}»{hint}", node)
        values = {key: value for key, (_, value) in found.items()}
        parts = [("", values), *self.per_path(values.get("per_path"))]
        rule = self.choice(values.get("non_working"), base.calendar.rule)
        seasons = (*self.seasons(values.get("vacations"), "vacations"), *self.seasons(values.get("terms"), "terms"))
        return base._replace(
            due_soon=int(self.number(values.get("due_soon"), "due_soon", base.due_soon, 0, 366, whole=True)),
            evidence_required=self.evidence(values.get("evidence"), base.evidence_required),
            timezone=self.zone(values.get("timezone"), base.timezone),
            match_threshold=self.number(values.get("match_threshold"), "match_threshold", base.match_threshold, 0, 1),
            calendar=Calendar((*seasons, *base.calendar.seasons), rule),
            different=base.different | self.different(values.get("different_people")),
            selection=(*base.selection, *(one for glob, said in parts for one in self.layer(said, glob))),
            reminders=(*base.reminders, *(one for glob, said in parts for one in self.reminders(said, glob))),
            findings=tuple(self.findings),
        )

    def different(self, node: Node | None) -> frozenset[frozenset[str]]:
        """[[Иванова А.А., Иванова А.Л.], …] → every pair of each group."""
        pairs: set[frozenset[str]] = set()
        if node is None or _is_empty(node):
            return frozenset()
        for group in node.value if node.id == "sequence" else [node]:
            names = [n.value.strip() for n in group.value if n.id == "scalar"] if group.id == "sequence" else []
            if len(names) < 2:
                self.tell("RM007", "«different_people»: ожидаются пары имён: [[Иванова А.А., Иванова А.Л.]]", group)
            pairs |= {frozenset(pair) for pair in combinations(names, 2)}
        return frozenset(pairs)

    def per_path(self, node: Node | None) -> Iterator[tuple[str, dict[str, Node]]]:
        """The globs of `per_path`, each with what is said for its plans."""
        expected = "select, ignore, severity или reminders"
        for glob, value in self.mapping(node, "per_path", f"пути, а в них {expected}"):
            text = glob.value.strip().replace("\\", "/")
            if not text.strip("/") or text.startswith("/") or text[1:2] == ":" or ".." in text.split("/"):
                self.tell("RM007", "ожидается путь от папки этих настроек, например schools/school-6.yaml", glob)
                continue
            found = dict(self.mapping(value, "per_path", expected))
            for key in found:
                if key.value not in _BY_PATH:
                    guess = nearest(key.value, _BY_PATH)
                    hint = f"; возможно, «{guess}»" if guess else f"; ожидается {', '.join(_BY_PATH)}"
                    self.tell("RM006", f"неизвестная настройка «{visible(key.value)}»{hint}", key)
            yield text, {key.value: inner for key, inner in found.items()}

    def reminders(self, values: dict[str, Node], glob: str = "") -> Iterator[ReminderLayer]:
        """What is said of reminders, if anything."""
        node = values.get("reminders")
        if node is None or _is_empty(node):
            return
        from roadmap_cli.reminders import Reader

        said = Reader(self.path, self.folder, self.tell).read(node, whole=not glob)
        if said:
            yield ReminderLayer(said, self.folder, glob)

    def layer(self, values: dict[str, Node], glob: str = "") -> Iterator[Layer]:
        """The layer of these settings, if they say anything."""
        chosen = self.words(values.get("select"), "select")
        layer = Layer(
            chosen,
            self.words(values.get("ignore"), "ignore") or (),
            tuple(self.severities(values.get("severity"))),
            self.folder,
            glob,
        )
        if layer.select is not None or layer.ignore or layer.severity:
            yield layer

    def words(self, node: Node | None, what: str) -> tuple[Word, ...] | None:
        """The codes and names of a list, or of a text with commas; None where nothing is said."""
        if node is None or _is_empty(node):
            return None
        items = node.value if node.id == "sequence" else [node]
        found: list[Word] = []
        for item in items:
            said = split(item.value) if item.id == "scalar" else []
            found += [Word(word, span(item, self.path)) for word in said]
            if not said:
                self.tell("RM007", f"«{what}»: ожидаются коды или имена находок: [RM302, RM1]", item)
        return tuple(found) if found else None

    def severities(self, node: Node | None) -> Iterator[tuple[Word, Severity]]:
        for key, value in self.mapping(node, "severity", "коды и уровни (RM302: note)"):
            level = next(
                (one for one in _SEVERITIES if value.id == "scalar" and value.value.strip().lower() == one), None
            )
            if level is None:
                expected = "ожидается error (ошибка), warning (предупреждение) или note (замечание)"
                self.tell("RM007", f"«{visible(key.value)}»: {expected}", value)
            else:
                yield Word(key.value, span(key, self.path)), level

    def mapping(self, node: Node | None, what: str, expected: str) -> list[tuple[Node, Node]]:
        if node is None or _is_empty(node):
            return []
        if node.id != "mapping":
            self.tell("RM007", f"«{what}»: ожидаются {expected}", node)
            return []
        return [(key, value) for key, value in node.value if key.id == "scalar"]

    def number(
        self, node: Node | None, what: str, default: float, low: float, high: float, whole: bool = False
    ) -> float:
        if node is None or _is_empty(node):
            return default
        text = node.value.replace(",", ".") if node.id == "scalar" else ""
        digits = text.replace(".", "", 0 if whole else 1)
        if digits.isascii() and digits.isdigit() and low <= float(text) <= high:
            return float(text)
        kind = "целое число" if whole else "число"
        self.tell("RM007", f"«{what}»: ожидается {kind} от {low} до {high}; учтено {default}", node)
        return default

    def choice(self, node: Node | None, default: Rule) -> Rule:
        if node is None or _is_empty(node):
            return default
        for rule in RULES:
            if node.id == "scalar" and node.value == rule:
                return rule
        self.tell(
            "RM007",
            "«non_working»: ожидается одно из: as-is (как есть), previous (перед выходным), next (после выходного)",
            node,
        )
        return default

    def evidence(self, node: Node | None, default: bool) -> bool:
        if node is None or _is_empty(node):
            return default
        if node.id == "scalar" and node.value in EVIDENCE:
            return EVIDENCE[node.value]
        self.tell("RM007", "«evidence»: ожидается одно из: optional (не обязательно), required (обязательно)", node)
        return default

    def zone(self, node: Node | None, default: str) -> str:
        if node is None or _is_empty(node):
            return default
        if node.id != "scalar" or not all(c.isascii() and (c.isalnum() or c in "/_+-") for c in node.value):
            self.tell("RM007", "«timezone»: часовой пояс пишется так: Asia/Vladivostok, Europe/Moscow", node)
            return default
        name: str = node.value
        return name

    def seasons(self, node: Node | None, what: str) -> list[Season]:
        """{2022-2023: {зимние: с 29.12.2022 по 08.01.2023}} → days; what is not a period of two days is told."""
        found: list[Season] = []
        for year_node, year in self.pairs(node, what):
            years = parse_years(year_node.value)
            if years is None:
                self.tell("RM007", f"«{what}»: ожидается учебный год, например 2022-2023, а под ним периоды", year_node)
                continue
            for name_node, value in self.pairs(year, what):
                if _is_empty(value):
                    continue
                due = parse_due(value.value if value.id == "scalar" else "", year_node.value)
                name = _season_name(name_node.value, what)
                if name is None:
                    said = f"неизвестное название «{visible(name_node.value)}»; есть {_SEASON_HELP[what]}"
                    self.tell("RM007", f"«{what}»: {said}", name_node)
                elif due.kind != "period" or due.start is None or due.end is None or doubts(due):
                    self.tell("RM007", f"«{what}»: ожидается период, например: с 29.12.2022 по 08.01.2023", value)
                else:
                    found.append(Season(years.first, name, due.start, due.end))
        return found

    def pairs(self, node: Node | None, what: str) -> list[tuple[Node, Node]]:
        return self.mapping(node, what, f"учебные годы с периодами внутри, например 2022-2023: {_SEASON_SAMPLE[what]}")


_BY_PATH = ("select", "ignore", "severity", "reminders")
_SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
_SEASON_HELP = {
    "vacations": "осенние, зимние, весенние и летние",
    "terms": "1 четверть … 4 четверть и 1 триместр … 3 триместр",
}
_SEASON_SAMPLE = {
    "vacations": "{зимние: с 29.12.2022 по 08.01.2023}",
    "terms": "{1 четверть: с 01.09.2022 по 28.10.2022}",
}


def _season_name(text: str, what: str) -> str | None:
    name = season_name(f"{text} каникулы" if what == "vacations" and "каникул" not in text else text)
    return name if name and (what == "terms") == (name[0] in "1234") else None


def _is_empty(node: Node) -> bool:
    return node.id == "scalar" and node.value in ("", "~", "null")
