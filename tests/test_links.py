"""Which addresses tell rows of several parents apart, and which number a mistyped one was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap_cli.checks import run_checks
from roadmap_cli.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def messages(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """What is told of links in the first file, by code."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    found = run_checks([str(folder / next(iter(files)))], lambda path: Settings(str(folder))).findings
    return {finding.code: finding.message for finding in found if finding.code.startswith("RM4")}


def plan(*numbers: str) -> str:
    return "title: План\nactivities:\n" + "".join(f"  - {{no: '{no}', title: Мероприятие {no}}}\n" for no in numbers)


@pytest.mark.parametrize(
    ("parents", "covers", "addresses"),
    [
        (("town.yaml", "land.yaml"), "5", "«town.yaml#5» или «land.yaml#5»"),
        (("a/plan.yaml", "b/plan.yaml"), "5", "«a/plan.yaml#5» или «b/plan.yaml#5»"),
        (("a/plan.yaml", "b/plan.yaml"), "plan.yaml#5", "«a/plan.yaml#5» или «b/plan.yaml#5»"),
        (("plan.yaml", "b/plan.yaml"), "5", "«here/plan.yaml#5» или «b/plan.yaml#5»"),
        (("a.yaml", "b.yaml", "c.yaml"), "№ 5.", "«a.yaml#5» или «b.yaml#5» или «c.yaml#5»"),
    ],
    ids=["names", "one name", "a file named in vain", "one above the other", "three"],
)
def test_an_address_names_one_row_only(parents: tuple[str, ...], covers: str, addresses: str, tmp_path: Path) -> None:
    row = f"  - {{no: 1, title: Опрос, covers: '{covers}'}}\n"
    school = f"title: План\nfollows: [{', '.join(parents)}]\nactivities:\n"
    files = {name: plan("5") for name in parents}
    (folder := tmp_path / "here").mkdir()
    assert messages(folder, {"school.yaml": school + row, **files})["RM403"].endswith(f": напишите {addresses}")
    for address in addresses[1:-1].split("» или «"):
        assert messages(folder, {"school.yaml": school + row.replace(covers, address), **files}) == {}


@pytest.mark.parametrize(
    ("key", "numbers", "hint"),
    [
        ("99", ("8", "9"), "; возможно, «9»"),
        ("9a", ("8", "9", "9а"), ""),
        ("13", ("1", "2", "3"), ""),
        ("Слёты", ("слёт-1", "слёт"), "; возможно, «слёт»"),
        ("7", ("100",), ""),
    ],
    ids=["a key struck twice", "two are as near", "plain numbers", "a word", "nothing near"],
)
def test_a_hint_is_given_when_one_number_is_nearest(
    key: str, numbers: tuple[str, ...], hint: str, tmp_path: Path
) -> None:
    school = plan("1").replace("activities:", f"follows: town.yaml\nnot_applicable: {{'{key}': нет}}\nactivities:")
    said = messages(tmp_path, {"school.yaml": school, "town.yaml": plan(*numbers)})["RM404"]
    assert said == f"в вышестоящем плане нет мероприятия «{key}»: проверьте «not_applicable»{hint}"
