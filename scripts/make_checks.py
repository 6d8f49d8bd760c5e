"""Writes docs/checks.md: every code with its reason, what it says, and the same lines mended.

    python scripts/make_checks.py

A test compares the page with what this script would write.
"""

from __future__ import annotations

from pathlib import Path

from roadmap_cli.manuals import FAMILIES, Manual, manuals
from roadmap_cli.report.check import SEVERITIES

TARGET = Path(__file__).parent.parent / "docs" / "checks.md"
INTRO = (
    "# Что находит проверка",
    "<!-- Сделано scripts/make_checks.py; правьте описания проверок, а не эту страницу. -->",
    "Каждый код — одна проверка. То же покажет `roadmap explain RM203` (или `roadmap explain lost-dash`), а короткий список — "
    "`roadmap checks`.",
    "Уровни: **ошибка** — план читается не весь или за сроком не проследить; **предупреждение** — вероятная описка; "
    "**замечание** — то, на что стоит взглянуть.",
    "Замечание, с которым вы согласны и которое трогать не надо, убирает примечание в строке плана: "
    "`# roadmap: ignore RM203 — причина`; во всех планах — `--ignore RM203` или настройка `ignore`.",
    "В примерах показаны только те строки, в которых дело. Строки, начинающиеся с «- », — мероприятия плана; ключи плана "
    "(`follows`, `people` …) стоят рядом с его названием, учебным годом и мероприятиями; остальные ключи (`due`, `owners` …) "
    "принадлежат одному мероприятию. Строка `# school.yaml` называет файл, `roadmap.yaml` — настройки. Примеры выполняются как "
    "тесты: «плохо» даёт именно это сообщение, «хорошо» не даёт ничего.",
)
CLOCKED = (
    "Это не ошибки плана, и `roadmap check` о них молчит: он не зависит от дня. На день запуска их показывает "
    "`roadmap deadlines`; коды стоят в его JSON, «ошибка» — просроченное. Примеры ниже — на 20.10.2022."
)


def contents() -> str:
    """The table of all codes, each leading to its place."""
    rows = [
        f"| [{one.code}](#{one.code.lower()}) | `{one.name}` | {SEVERITIES[one.severity]} | {one.sentence} |"
        for one in manuals()
    ]
    return "\n".join(("| Код | Имя | Уровень | Что не так |", "|---|---|---|---|", *rows))


def entry(one: Manual) -> list[str]:
    """The place of a code."""
    return [
        f"### {one.code}",
        f"`{one.name}` · {SEVERITIES[one.severity]}",
        one.sentence,
        f"**Зачем:** {one.why}",
        f"**Плохо:**\n\n```yaml\n{one.bad}\n```",
        f"> {one.message}",
        f"**Хорошо:**\n\n```yaml\n{one.good}\n```",
    ]


def page() -> str:
    """The whole page."""
    parts = [*INTRO, contents()]
    for family, name in FAMILIES.items():
        parts.append(f"## {family} — {name}")
        parts += (CLOCKED,) if family == "RM5" else ()
        parts += [part for one in manuals() if one.family == family for part in entry(one)]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
