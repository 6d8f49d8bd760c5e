"""`roadmap check --fix`: what is mended and what must not be touched; nothing is read otherwise, twice changes nothing."""

# ruff: noqa: E501 (rows of tables, look-alike letters)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.dates import parse_due
from roadmap_cli.edit import edited
from roadmap_cli.fixes import fixes, mended, mended_due, possible
from roadmap_cli.loader import build
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap_cli.fixes import Fix
    from roadmap_cli.model import Plan

    from .conftest import Ran

NAME = "plan.yaml"


def read(text: str) -> tuple[Plan, tuple[Fix, ...]]:
    root = parse(text.encode(), NAME).root
    assert root is not None
    plan = build(root, NAME).plan
    assert plan is not None
    return plan, fixes(root, plan)


def fixed(text: str) -> str:
    kept, _ = possible(text, NAME, read(text)[1])
    return edited(text, NAME, [fix.edit for fix in kept])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("01.03..2023 - 15.03.2023", "01.03.2023 - 15.03.2023", id="two dots before the year"),
        pytest.param("до15.10.2022", "до 15.10.2022", id="no space after «до»"),
        pytest.param("До1 мая 2023 года", "До 1 мая 2023 года", id="no space before a day in words"),
        pytest.param("с01.09.2022 по05.09.2022", "с 01.09.2022 по 05.09.2022", id="no spaces in a period"),
        pytest.param("до\u00a015.10.2022", "до 15.10.2022", id="a no-break space"),
        pytest.param("до \u202f 15.10.2022", "до 15.10.2022", id="a thin space among others"),
        pytest.param("до 15.\u00ad10.2022", "до 15.10.2022", id="a soft hyphen"),
        pytest.param("\ufeffдо 15.10.2022\u200b", "до 15.10.2022", id="marks that nobody sees"),
        pytest.param("дo 15 oктября", "до 15 октября", id="Latin letters"),
    ],
)
def test_a_deadline_is_mended(before: str, after: str) -> None:
    assert mended_due(before) == after
    told = [parse_due(text, "2022-2023")._replace(text="", repairs=()) for text in (before, after)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "text",
    [
        "10..12.2022",
        "01.03...2023",
        "01.03..23",
        "01.03…2023",
        "до15",
        "с5А классом",
        "до 15. 10.2022",
        "доклад15.10.2022",
        "15.10.2022..",
        "192.168..2022",
    ],
)
def test_a_deadline_that_may_mean_something_else_stays(text: str) -> None:
    assert mended_due(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Утверждeние", "Утверждение", id="one Latin letter in a word"),
        pytest.param("Cентябрь", "Сентябрь", id="the first letter"),
        pytest.param("MAОУ «Cосны»", "МАОУ «Сосны»", id="half of a short word"),
        pytest.param("г.\u00a0Находка", "г. Находка", id="a no-break space"),
        pytest.param("созда\u00adние", "создание", id="a soft hyphen inside a word"),
        pytest.param("раз\u00a0\nдва", "раз\nдва", id="at the end of a line"),
    ],
)
def test_a_text_is_mended(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "XXвек",
        "Xвек",
        "ХX",
        "XIXв.",
        "PRом",
        "IT-cектор",
        "5A класс",
        "1C-Битрикс",
        "сайт cайт@mail.ru",
        "школa/sad",
        "план_a_б",
        "И.A.",
        "два  пробела",
        "Excelе",
        "COVID-19",
        "ЕГЭ – «да»",
        "web-cайт",
    ],
)
def test_a_text_that_may_mean_something_else_stays(text: str) -> None:
    assert mended(text) == text


HEAD = "title: П\u00a0П\nactivities:\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "- no: 1  # так\n  due: 01.03..2023  # в приказе\n",
            "- no: 1  # так\n  due: 01.03.2023  # в приказе\n",
            id="comments stay",
        ),
        pytest.param("- title: 'Прикaз'\n", "- title: 'Приказ'\n", id="quotes stay"),
        pytest.param('- title: "А\u00a0# Б"\n', '- title: "А # Б"\n', id="a hash in quotes"),
        pytest.param("- title: А\u00a0#Б\n", '- title: "А #Б"\n', id="a hash gets quotes"),
        pytest.param(
            "- title: >-\n    Прикaз\u00a0о\n\n    шко\u00adле\n",
            "- title: >-\n    Приказ о\n\n    школе\n",
            id="a folded block stays folded",
        ),
        pytest.param(
            "- title: |  # так\n    Прикaз  о\n      школе\u00a0\n  no: 1\n",
            "- title: |  # так\n    Приказ  о\n      школе\n  no: 1\n",
            id="a block keeps its lines",
        ),
        pytest.param(
            "- title: Прикaз\n    о школе\n", "- title: Приказ\n    о школе\n", id="a plain text of two lines"
        ),
        pytest.param("- title: 'Прикaз\n    о школе'\n", "- title: 'Приказ\n    о школе'\n", id="quotes of two lines"),
        pytest.param(
            "- owners: [Сaвина И.А., Юдин В.А.]\n", "- owners: [Савина И.А., Юдин В.А.]\n", id="a list in brackets"
        ),
        pytest.param(
            "- owners:\n    - Сaвина И.А.  # да\n    - Юдин В.А.\n",
            "- owners:\n    - Савина И.А.  # да\n    - Юдин В.А.\n",
            id="a list of lines",
        ),
        pytest.param(
            "- deliverables:\n    - Прикaз\n    - {text: А, due: до15.10.2022 }\n",
            "- deliverables:\n    - Приказ\n    - {text: А, due: до 15.10.2022 }\n",
            id="results",
        ),
        pytest.param(
            "- номер: 1\n  срок: до15.10.2022\n  результаты:\n    - текст: Прикaз\n",
            "- номер: 1\n  срок: до 15.10.2022\n  результаты:\n    - текст: Приказ\n",
            id="Russian keys",
        ),
        pytest.param(
            "- title: &x А\u00a0Б\n  note: Прикaз\n",
            "- title: &x А\u00a0Б\n  note: Приказ\n",
            id="what is anchored stays, the rest is mended",
        ),
    ],
)
def test_a_plan_is_mended_where_it_is_wrong(before: str, after: str, newline: str) -> None:
    first, last = ((HEAD + text).replace("\n", newline) for text in (before, after))
    assert fixed(first) == last
    assert fixed(last) == last


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- no: 1а\n  id: cмена\n", id="numbers and codes"),
        pytest.param('- covers: ["cмена"]\n  for: [Cосны]\n', id="links and addresses"),
        pytest.param("- section: Cосны\n  period: сентябрь\u00a02022\n", id="headings"),
        pytest.param("- note: ~\n  owners: []\n  due:\n", id="nothing"),
        pytest.param('- note: "\u00a0"\n', id="nothing but a blank"),
        pytest.param("- due: {a: до15.10.2022}\n- Прикaз\n", id="what is no text"),
    ],
)
def test_other_keys_stay(text: str) -> None:
    assert read(HEAD + text)[1] == ()


def test_the_code_of_a_repair_is_that_of_its_finding() -> None:
    _, found = read(HEAD + "- title: Прикaз\n  due: до15.10.2022\n  owners: Сaвина И.А.\n")
    assert [(fix.code, fix.span.line, fix.before, fix.after) for fix in found] == [
        ("", 3, "Прикaз", "Приказ"),
        ("RM204", 4, "до15.10.2022", "до 15.10.2022"),
        ("RM304", 5, "Сaвина И.А.", "Савина И.А."),
    ]


PIECES = st.sampled_from(
    [
        "до",
        "До",
        "с",
        "по",
        "15.10.2022",
        "01.03..2023",
        "1..2.2023",
        "октябрь",
        "oктябрь",
        "мaя",
        "\u00a0",
        " ",
        "\u00ad",
        "\u200b",
        "..",
        ".",
        "-",
        ",",
        "\n",
        "Сaвина",
        "Савина",
        "И.А.",
        "И.A",
        "X",
        "III",
        "квартал",
        "дирeктор",
        "5A",
        "#",
        ":",
        "'",
        '"',
        "(",
        "2022",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map("".join)


def quoted(text: str) -> str:
    from json import dumps

    return dumps(text, ensure_ascii=False)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_nothing_is_read_otherwise_and_twice_is_as_once(due: str, owners: str, title: str) -> None:
    text = f"title: П\nschool_year: 2022-2023\nactivities:\n- title: {quoted(title)}\n  due: {quoted(due)}\n  owners: {quoted(owners)}\n"
    if parse(text.encode(), NAME).root is None:
        return
    once = fixed(text)
    assert fixed(once) == once
    before, after = (read(one)[0].activities[0].deliverables[0] for one in (text, once))
    assert (before.due is None) == (after.due is None)
    if before.due and after.due:
        assert before.due._replace(text="", repairs=()) == after.due._replace(text="", repairs=())
    names = [[owner.name for owner in one.owners.owners] if one.owners else [] for one in (before, after)]
    assert names[0] == names[1]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_mending_twice_is_mending_once(text: str) -> None:
    assert mended(mended(text)) == mended(text)
    assert mended_due(mended_due(text)) == mended_due(text)


# -- the command --------------------------------------------------------------------------------------------------------

PLAN = """# «Дорожная карта»
title: План школы
activities:
  - no: 1
    title: Утверждeние координатора  # так в приказе
    deliverable: Приказ
    due: до15.10.2022
    owners: Сaвина И.А.
  - no: 2
    title: Опрос
    deliverable: Анкеты
    due: 01.03..2023  # roadmap: ignore RM204 — так в приказе
    owners: Савина И.А, Юдин В.А.
"""
MENDED = PLAN.replace("Утверждeние", "Утверждение").replace("до15", "до 15").replace("Сaвина", "Савина")


def put(folder: Path, text: str = PLAN) -> Path:
    path = folder / "plan.yaml"
    path.write_bytes(text.encode())
    return path


def test_fix_mends_and_shows_what_is_left(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    path = put(tmp_path)
    ran = roadmap("check", "plan.yaml", "--fix", cwd=tmp_path)
    assert path.read_bytes().decode() == MENDED
    assert (ran.code, ran.err) == (0, "исправлено: 3 места в 1 плане\n")
    assert "RM304" in ran.out
    assert "RM204" not in ran.out
    again = roadmap("check", "plan.yaml", "--fix", cwd=tmp_path)
    assert (again.code, again.err, again.out) == (0, "исправлять нечего\n", ran.out)


def test_diff_only_shows(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    path = put(tmp_path)
    ran = roadmap("check", "plan.yaml", "--diff", cwd=tmp_path)
    assert path.read_bytes().decode() == PLAN
    assert (ran.code, ran.err) == (1, "было бы исправлено: 3 места в 1 плане\n")
    assert ran.out.startswith("--- a/plan.yaml\n+++ b/plan.yaml\n")
    assert [line for line in ran.out.splitlines() if line.startswith("+ ")] == [
        "+    title: Утверждение координатора  # так в приказе",
        "+    due: до 15.10.2022",
        "+    owners: Савина И.А.",
    ]
    put(tmp_path, MENDED)
    assert roadmap("check", "plan.yaml", "--fix", "--diff", cwd=tmp_path) == (0, "", "исправлять нечего\n")


def test_a_selection_holds_for_repairs_too(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    path = put(tmp_path)
    roadmap("check", "plan.yaml", "--fix", "--select", "RM204", cwd=tmp_path)
    assert path.read_bytes().decode() == PLAN.replace("до15", "до 15")
    roadmap("check", "plan.yaml", "--fix", "--ignore", "RM3", cwd=tmp_path)
    assert path.read_bytes().decode() == MENDED.replace("Савина И.А.\n  - no: 2", "Сaвина И.А.\n  - no: 2")


def test_what_cannot_be_written_is_told(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    path = put(tmp_path, PLAN.replace("owners: Сaвина И.А.", "owners: &who Сaвина И.А."))
    ran = roadmap("check", "plan.yaml", "--fix", cwd=tmp_path)
    assert ran.code == 2
    assert "строка 8: здесь стоит метка «&»" in ran.err
    assert ran.err.endswith("исправлено: 2 места в 1 плане\n")
    assert "до 15.10.2022" in path.read_text(encoding="utf-8")


def test_a_plan_that_cannot_be_read_is_left_to_the_check(roadmap: Callable[..., Ran], tmp_path: Path) -> None:
    put(tmp_path, "title: [\n")
    ran = roadmap("check", "plan.yaml", "--fix", cwd=tmp_path)
    assert (ran.code, ran.err) == (1, "исправлять нечего\n")
    assert "RM003" in ran.out
