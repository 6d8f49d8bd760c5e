"""The page for a director: it says what the other reports say, and nothing in a plan can break it or act in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from datetime import date
from functools import cache, partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.checks import check_project, run_checks
from roadmap_cli.config import settings_for
from roadmap_cli.project import find_files, load
from roadmap_cli.render.html import made_here, page_html, signed
from roadmap_cli.render.html.tags import tag
from roadmap_cli.report.material import material_of
from roadmap_cli.report.page import page_of
from roadmap_cli.report.page.anchors import PARTS
from roadmap_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from conftest import Ran
    from roadmap_cli.project import Project
    from roadmap_cli.report.page.values import Page

    Run = Callable[..., Ran]

HERE = Path(__file__).parent
DAY = date(2022, 10, 20)
PLANS = {
    "a municipality": HERE / "district" / "plans",
    "two real plans": HERE.parent / "plans",
    "one school with its parent": HERE.parent / "plans" / "schools" / "school-6.yaml",
    "one plan": HERE.parent / "plans" / "municipal.yaml",
    "settings and persons": HERE / "sample" / "plans",
}
everywhere = pytest.mark.parametrize("place", PLANS.values(), ids=PLANS)


@cache
def project(place: Path) -> Project:
    return load(find_files([str(place)]), partial(settings_for, here=str(HERE), named=[str(place)]))


def page(place: Path, day: date = DAY) -> Page:
    read = project(place)
    return page_of(material_of(read, day), check_project(read))


@cache
def html(place: Path) -> str:
    return "".join(page_html(page(place)))


@cache
def tree(place: Path) -> Element:
    """The page as a strict reader sees it: any error in it raises."""
    return parsed(html(place))


def parsed(text: str) -> Element:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def plan(folder: Path, text: str, name: str = "plan.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


# The page as a document


@everywhere
def test_a_strict_reader_takes_it(place: Path) -> None:
    assert tree(place).get("lang") == "ru"


@everywhere
def test_ids_are_unique_and_links_have_their_targets(place: Path) -> None:
    ids = Counter(one.get("id") for one in tree(place).iter() if one.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = [one.get("href", "") for one in tree(place).iter("a")]
    assert links
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []


@everywhere
def test_headings_go_down_by_one(place: Path) -> None:
    levels = [int(one.tag[1]) for one in tree(place).iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@everywhere
def test_every_table_has_a_caption_and_its_headings_a_scope(place: Path) -> None:
    for table in tree(place).iter("table"):
        assert words(table.find("caption"))
        assert {one.get("scope") for one in table.iter("th")} <= {"col", "row", "rowgroup"}
        widths = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1


@everywhere
def test_the_policy_allows_exactly_what_is_there(place: Path) -> None:
    policy = next(one.get("content", "") for one in tree(place).iter("meta") if one.get("http-equiv"))
    for name in ("style", "script"):
        (inside,) = tree(place).iter(name)
        digest = b64encode(sha256((inside.text or "").encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@everywhere
def test_nothing_is_fetched_and_nothing_is_inline(place: Path) -> None:
    for one in tree(place).iter():
        assert not [key for key in one.attrib if key.startswith("on") or key in ("style", "src", "srcset", "action")]
        assert str(one.tag) not in ("img", "iframe", "object", "embed", "base")
    (link,) = tree(place).iter("link")
    assert link.get("href") == "data:,"
    assert re.findall(r"url\(|@import|fetch\(|XMLHttpRequest|innerHTML|https?:", html(place)) == []


# The same bytes


def test_the_same_plans_and_day_give_the_same_bytes(process: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "one.html", tmp_path / "two.html"
    plans = PLANS["a municipality"]
    runs = (("1", first, str(plans), HERE), ("2", second, "plans", plans.parent))
    for seed, out, asked, cwd in runs:
        ran = process("report", asked, "-o", str(out), "--today", "2022-10-20", cwd=cwd, PYTHONHASHSEED=seed)
        assert (ran.code, ran.out) == (0, ""), ran.err
    assert first.read_bytes() == second.read_bytes()
    assert str(HERE).encode() not in first.read_bytes()


def test_only_an_untouched_page_is_replaced(roadmap: Run, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    report = partial(roadmap, "report", "-o", str(out), "--today", "2022-10-20")
    assert report().code == report().code == 0
    assert made_here(out.read_bytes())
    out.write_bytes(out.read_bytes().replace("Сегодня".encode(), "Вчера".encode()))
    assert not made_here(out.read_bytes())
    ran = report()
    assert (ran.code, ran.out) == (2, "")
    assert "--force" in ran.err
    assert report("--force").code == 0


def test_a_page_knows_no_period(roadmap: Run, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    ran = roadmap("report", "-o", str(out), "--period", "октябрь 2022", "--today", "2022-10-20")
    assert (ran.code, out.exists()) == (2, False)
    assert "вместо --period" in ran.err


# What it says


def told(run: Run, *args: str, place: Path) -> dict[str, Any]:
    ran = run(*args, str(place), "--today", "2022-10-20", "--format", "json", cwd=HERE)
    found: dict[str, Any] = json.loads(ran.out)
    return found


@everywhere
def test_every_result_stands_there_with_the_state_that_status_tells(place: Path, roadmap: Run) -> None:
    shown = Counter(row.get("data-state") for row in rows(place))
    asked = [row["state"] for one in told(roadmap, "status", place=place)["plans"] for row in one["rows"]]
    assert shown == Counter(asked)
    assert page(place).counts == Counter(asked)


def rows(place: Path) -> Iterator[Element]:
    """The rows of the plans' own tables."""
    for table in tree(place).iter("table"):
        if "rows" in table.get("class", "").split():
            yield from (row for row in table.iter("tr") if row.get("data-state"))


@everywhere
def test_urgent_is_what_deadlines_tells(place: Path, roadmap: Run) -> None:
    asked = Counter(row["group"] for row in told(roadmap, "deadlines", place=place)["rows"])
    assert {alarm.group: len(alarm.rows) for alarm in page(place).alarms} == asked


@everywhere
def test_the_gaps_are_those_of_gaps(place: Path, roadmap: Run) -> None:
    shown = [(one.coverage, len(one.rows)) for sheet in page(place).sheets for one in sheet.carried]
    ran = roadmap("gaps", str(place), "--format", "json", cwd=HERE)
    asked = json.loads(ran.out)["pairs"] if ran.out else []
    assert sorted(shown, key=str) == sorted(((one["coverage"], len(one["rows"])) for one in asked), key=str)


def test_the_matrix_is_that_of_gaps_and_each_cell_leads_to_its_reason() -> None:
    (matrix,) = page(PLANS["a municipality"]).matrices
    assert ["".join(cell.symbol for cell in school.cells) for school in matrix.schools] == [
        "!!-+-·",
        "~!~~-·",
        "?+<+··",
        "+++++·",
    ]
    late = tree(PLANS["a municipality"]).find(".//tr[@id='school-10-gap-1']")
    assert late is not None
    assert "позже на" in words(late)


PICTURES = {
    "a municipality": (
        "Из 25 результатов в 5 планах исполнено 0, просрочено 9, у 5 срок наступает в ближайшие 14 дней; впереди — 11.",
        "Отметок об исполнении в планах нет: просроченным считается всё, чей срок прошёл.",
        "Больше всего просрочено: Отдел образования Сосновского района — 2; МАОУ лицей «Сосны» — 2; "
        "МБОУ «СОШ № 2» — 2; столько же ещё в 1 плане.",
        "Вышестоящий план учтён в среднем на 85 %: не хватает 3 мероприятий, сроки позже — у 3.",
    ),
    "two real plans": (
        "Из 45 результатов в 2 планах исполнено 0, просрочено 13, у 8 срок наступает в ближайшие 14 дней; "
        "впереди — 15, постоянно — 3, без даты — 6.",
        "Отметок об исполнении в планах нет: просроченным считается всё, чей срок прошёл.",
    ),
    "one school with its parent": (
        "Из 26 результатов исполнено 0, просрочено 7, у 7 срок наступает в ближайшие 14 дней; "
        "впереди — 9, постоянно — 1, без даты — 2.",
    ),
}


@pytest.mark.parametrize(("name", "said"), PICTURES.items(), ids=PICTURES)
def test_today_in_words(name: str, said: tuple[str, ...]) -> None:
    assert page(PLANS[name]).picture[: len(said)] == said


WORDS = {
    "one overdue of one": (
        "- {no: 1, title: Т, due: до 14.10.2022}",
        ("Из 1 результата исполнено 0, просрочено 1.", "Отметок об исполнении в планах нет"),
    ),
    "done in time and late": (
        "- {no: 1, title: Т, due: до 14.10.2022, done: 12.10.2022}\n"
        "  - {no: 2, title: Т, due: до 14.10.2022, done: 16.10.2022}",
        (
            "Из 2 результатов исполнено 2 (из них с опозданием 1), просрочено 0.",
            "Исполнительская дисциплина — 50 %",
        ),
    ),
    "today and cancelled": (
        "- {no: 1, title: Т, due: 20.10.2022}\n  - {no: 2, title: Т, due: до 14.10.2022, cancelled: нет средств}",
        ("Из 2 результатов исполнено 0, просрочено 0, у 1 срок наступает в ближайшие 14 дней; отменено — 1.",),
    ),
    "nothing": ("[]", ("В планах нет ни одного результата.",)),
}


@pytest.mark.parametrize(("rows", "said"), WORDS.values(), ids=WORDS)
def test_a_sentence_fits_its_figures(rows: str, said: tuple[str, ...], tmp_path: Path) -> None:
    shown = page(plan(tmp_path, f"title: План\nactivities:\n  {rows}\n")).picture
    for words_of, found in zip(said, shown, strict=False):
        assert found.startswith(words_of)


def test_a_mended_or_unclear_deadline_is_marked_where_it_is_shown() -> None:
    found = tree(PLANS["one plan"])
    row = found.find(".//tr[@id='municipal-11.1']")
    assert row is not None
    assert "01.03..2023 - 15.03.2023" in words(row)
    assert "01–15.03.2023" in words(row)
    assert "исправлено при чтении: две точки подряд" in words(row)


def test_a_move_is_told_where_it_was_decided(tmp_path: Path) -> None:
    rows = """
title: План
activities:
  - no: 1
    title: Смотр
    moved: [{from: до 01.10.2022, to: до 03.10.2022}]
    deliverables:
      - {text: Приказ, due: до 03.10.2022}
      - {text: Отчёт, due: до 25.10.2022, moved: [{from: до 22.10.2022, to: до 25.10.2022, reason: карантин}]}
"""
    (block,) = page(plan(tmp_path, rows)).sheets[0].blocks
    assert block.facts == ("Срок перенесён с «до 01.10.2022» на «до 03.10.2022»",)
    assert [line.facts for line in block.lines] == [
        (),
        ("Срок перенесён с «до 22.10.2022» на «до 25.10.2022» (карантин)",),
    ]


def test_a_mark_that_is_no_day_is_not_called_done(tmp_path: Path) -> None:
    path = plan(tmp_path, "title: План\nactivities:\n  - {no: 1, title: Смотр, due: до 03.10.2022, done: да}\n")
    (line,) = page(path).sheets[0].blocks[0].lines
    assert (line.state, line.facts) == ("overdue", ("отметка не прочитана: «да»",))


def test_a_year_of_the_school_year_is_no_doubt(tmp_path: Path) -> None:
    text = "title: План\nschool_year: 2022-2023\nactivities:\n  - {no: 1, title: Смотр, due: до 3 октября}\n"
    (line,) = page(plan(tmp_path, text)).sheets[0].blocks[0].lines
    assert (line.read, line.due_doubts) == ("до 03.10.2022", ())


def test_a_plan_that_was_not_read_is_named(roadmap: Run, tmp_path: Path) -> None:
    plan(tmp_path, "title: План\nactivities:\n  - {no: 1, title: Приказ, due: до 14.10.2022}\n")
    plan(tmp_path, "title: [", "torn.yaml")
    ran = roadmap("report", str(tmp_path), "-o", str(tmp_path / "r.html"), "--today", "2022-10-20", cwd=tmp_path)
    assert ran.code == 2
    shown = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Этих файлов в отчёте нет: их не удалось прочитать." in shown
    assert "<li>torn.yaml, строка " in shown
    assert "Не прочитано: 1 файл — сроки из него в отчёт не вошли." in words(parsed(shown))


@everywhere
def test_the_findings_are_those_of_check(place: Path) -> None:
    read = project(place)
    settings_of = partial(settings_for, here=str(HERE), named=[str(place)])
    asked = run_checks(list(read.named), settings_of).findings
    assert check_project(read) == tuple(one for one in asked if one.span.path in read.named)


# Places


TWICE = """title: План
activities:
  - {no: 15, title: Опрос, due: до 14.10.2022}
  - no: 15
    title: Мониторинг
    deliverables:
      - {text: Приказ, due: до 14.10.2022%s}
      - {text: Справка, due: до 20.10.2022}
  - {no: "15.2", title: Отчёт}
"""


def test_places_stay_when_something_is_done_and_namesakes_differ(tmp_path: Path) -> None:
    before = anchors(plan(tmp_path, TWICE % ""))
    project.cache_clear()
    assert anchors(plan(tmp_path, TWICE % ", done: 12.10.2022")) == before
    assert before == [
        ("plan-15", ["plan-15.1"]),
        ("plan-15_2", ["plan-15.1_2", "plan-15.2"]),
        ("plan-15.2_2", ["plan-15.2.1"]),
    ]


def anchors(path: Path) -> list[tuple[str, list[str]]]:
    (sheet,) = page(path).sheets
    return [(block.anchor, [line.anchor for line in block.lines]) for block in sheet.blocks]


def test_a_plan_may_have_the_name_of_a_part_of_the_page(tmp_path: Path) -> None:
    names = ("main", "today", "year", "plans", "matrix", "year-title")
    for name in names:
        plan(tmp_path, TWICE % "", f"{name}.yaml")
    found = parsed(html(tmp_path))
    ids = [one.get("id") for one in found.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {f"{name}_2" for name in names if name != "matrix"} <= set(ids)
    assert set(ids) >= PARTS - {"year-desc"}


def test_no_folder_of_a_machine_is_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        plan(tmp_path, "title: План\nactivities:\n  - {no: 5, title: Опрос}\n", f"{name}.yaml")
    follows = "title: План\nfollows: [one.yaml, two.yaml, none.yaml, ../out.yaml]\n"
    shown = html(plan(tmp_path, follows + "activities:\n  - {no: 5, title: Т, covers: 5}\n", "school.yaml"))
    assert "RM403" in shown
    assert "none.yaml" in shown
    assert str(tmp_path) not in shown


# Odd plans

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;\u202e\x1b[31m]]><!--"


def test_a_plan_can_put_nothing_but_text_into_the_page(tmp_path: Path) -> None:
    text = json.dumps(EVIL, ensure_ascii=True)
    parent = f"""{{title: {text}, organization: {text}, school_year: 2022-2023, activities: [
      {{no: {text}, title: {text}, section: {text}, deliverable: {text}, due: {text}, owners: {text}, note: {text}}},
      {{no: 2, title: {text}, due: 12.10.2022 14.10.2022, owners: {text}, cancelled: {text}}}]}}"""
    plan(tmp_path, parent, "parent.yaml")
    for name in ("<b>", "b", "c"):
        child = parent.replace("{title", f"{{follows: parent.yaml, not_applicable: {{2: {text}}}, title", 1)
        plan(tmp_path, child, f"{name}.yaml")
    shown = html(tmp_path)
    found = parsed(shown)
    assert len(list(found.iter("script"))) == 1
    assert list(found.iter("img")) == []
    assert {name for one in found.iter() for name in one.attrib if name.startswith("on")} == set()
    assert visible(EVIL) in words(found.find(".//h1"))
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown) == []


@pytest.mark.parametrize(
    "text",
    [
        "title: Пусто\nactivities: []\n",
        "title: ''\nactivities:\n  - {title: ''}\n",
        "title: План\nactivities:\n  - {no: 1, title: Т, due: до 31.12.9999}\n",
        "title: План\nactivities:\n  - {no: 1, title: Т, due: 01.01.0001 - 31.12.9999}\n",
        "title: План\nschool_year: 2022-2023\nactivities:\n  - {no: 1, title: Т, due: ежемесячно до 5 числа}\n",
        "title: План\nactivities:\n  - {no: 1, title: Т, due: до 31.02.2023, done: вчера}\n",
    ],
    ids=["no activities", "empty titles", "the last day", "all days", "every month", "unreadable"],
)
def test_an_odd_plan_has_its_page(text: str, tmp_path: Path) -> None:
    found = parsed(html(plan(tmp_path, text)))
    assert found.find(".//main") is not None


texts = st.text(max_size=40).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))


@given(texts, texts)
def test_any_text_comes_back_as_text(inside: str, attribute: str) -> None:
    shown = tag("p", inside, title=attribute)
    (found,) = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    assert len(found) == 0
    assert found.keys() == ["title"]
    assert plain(found.text or "") == plain(inside)
    assert plain(found.get("title")) == plain(attribute)


def plain(text: str) -> str:
    return re.sub("[\ufdd0-\ufdef\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", visible(text))


def test_a_page_is_known_by_its_bytes() -> None:
    assert made_here(signed("<!DOCTYPE html>"))
    assert not made_here(b"")
    assert not made_here(signed("<!DOCTYPE html>") + b" ")
