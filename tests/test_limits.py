"""What a plan may hold: a big one is read, a hostile one is refused in a sentence, in bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from itertools import combinations, product
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from conftest import clean_env
from roadmap_cli import loader, matching, source
from roadmap_cli.loader import build
from roadmap_cli.pairing import same_results
from roadmap_cli.people import alike
from roadmap_cli.people.likeness import near
from roadmap_cli.source import parse
from roadmap_cli.text import distance

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap_cli.model import Activity

HEAD = "title: План\norganization: МБОУ «СОШ № 6»\nschool_year: 2022-2023\n"
MEMORY = 300_000_000


def word(number: int) -> str:
    """A word of five letters, another one for each number up to 11 million."""
    letters = []
    for _ in range(5):
        number, letter = divmod(number, 26)
        letters.append("абвгдежзиклмнопрстуфхцчшэю"[letter])
    return "".join(letters)


def rows(count: int, **fields: str) -> str:
    """Activities with these fields, in which {n} is the number of the row and {w} a word of its own."""
    lines = [f"{key}: {value}" for key, value in {"no": "{n}", "title": "Вечер {w}", **fields}.items()]
    made = ["  - " + "\n    ".join(lines).format(n=n, w=word(n * 7919)) for n in range(1, count + 1)]
    return "activities:\n" + "\n".join(made) + "\n"


def limited(*args: str, cwd: Path) -> tuple[int, str, str]:
    """A process of its own that may hold 300 MB of data and is given a minute; nothing it says is a traceback."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    ended = subprocess.run(
        [sys.executable, "-m", "roadmap_cli", *args],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=clean_env(ROADMAP_DEBUG="1"),
        timeout=60,
        check=False,
        preexec_fn=limit,
    )
    out, err = ended.stdout.decode(), ended.stderr.decode()
    assert "Traceback" not in err, err[-2000:]
    assert "MemoryError" not in out
    return ended.returncode, out, err


# Files

DENSE = [
    pytest.param("[" + "a," * 2_400_000 + "]", id="words on a line"),
    pytest.param("activities: [" + "{}," * 1_600_000 + "]", id="empty rows on a line"),
    pytest.param("activities:\n" + "- a:\n" * 900_000, id="rows with one key"),
    pytest.param("".join(f"k{n}:\n" for n in range(300_000)), id="keys"),
]


@pytest.mark.parametrize("text", DENSE)
def test_a_file_of_more_nodes_than_any_plan_has_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    code, out, _ = limited("check", "plan.yaml", cwd=tmp_path)
    assert code == 1
    assert "RM004 limits | в файле больше 450 тысяч ключей и значений" in out


@pytest.mark.parametrize("command", ["check", "status", "deadlines"])
def test_a_plan_of_twenty_thousand_activities_is_read(command: str, tmp_path: Path) -> None:
    fields = {"deliverable": "Приказ {w}", "due": "01.11.2022", "owners": "Савина И.А.", "note": "да", "section": "а"}
    (tmp_path / "plan.yaml").write_text(HEAD + rows(20_000, **fields), encoding="utf-8")
    code, out, err = limited(command, "plan.yaml", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert "RM004" not in out


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('t: &t "' + "ы" * 32_000 + '"\nx: [' + "*t," * 500 + "]", id="a long text"),
        pytest.param("t: &t [" + "а," * 1_000 + "]\nx: [" + "*t," * 500 + "]", id="a long list"),
    ],
)
def test_what_aliases_write_out_counts(text: str) -> None:
    (finding,) = parse(text.encode(), "a.yaml").findings
    assert (finding.code, "размножают" in finding.message) == ("RM004", True)


def test_the_nodes_are_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_NODES", 11)
    assert parse(b"a: [b, c]\nd: {e: f}\n? g\n: h", "a.yaml").root
    assert parse(b"a: [b, c]\nd: {e: f}\n? g\n: [h]", "a.yaml").root is None


# Rows and findings


def test_findings_of_reading_are_told_up_to_a_thousand() -> None:
    text = HEAD + "activities: []\n" + "".join(f"titl{n}: а\n" for n in range(3_000))
    findings = build(parse(text.encode(), "a.yaml").root, "a.yaml").findings
    assert len(findings) == source.MAX_FINDINGS + 1
    assert (findings[-1].code, "остальные не показаны" in findings[-1].message) == ("RM004", True)


def test_rows_and_results_have_a_limit_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "MAX_ROWS", 5)
    loaded = build(parse((HEAD + rows(9, deliverables="[а, б]")).encode(), "a.yaml").root, "a.yaml")
    assert loaded.plan is not None
    assert [finding.code for finding in loaded.findings if finding.code == "RM004"] == ["RM004"]
    assert len(loaded.plan.activities) == 3
    monkeypatch.undo()
    many = build(parse((HEAD + rows(1, deliverables="[" + "а," * 900 + "]")).encode(), "a.yaml").root, "a.yaml")
    assert many.plan is not None
    assert "больше 500" in many.findings[0].message


def test_the_short_way_to_a_distance_is_the_distance() -> None:
    words = ["".join(letters) for size in range(4) for letters in product("абв", repeat=size)]
    for one, other in product(words, words):
        far = distance(one, other, 3)
        assert distance(one, other, 1) == min(far, 2), (one, other)


# Many rows against many rows


def activities(text: str) -> tuple[Activity, ...]:
    plan = build(parse((HEAD + text).encode(), "a.yaml").root, "a.yaml").plan
    assert plan is not None
    return plan.activities


def test_too_many_rows_get_no_suggestions_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "city.yaml").write_text(HEAD + rows(2_000, due="01.11.2022", owners="Руководители ОО"), "utf-8")
    (tmp_path / "school.yaml").write_text(HEAD + "follows: city.yaml\n" + rows(2_000, due="01.11.2022"), "utf-8")
    code, out, err = limited("gaps", "school.yaml", cwd=tmp_path)
    assert (code, err) == (1, "")
    assert "слишком много строк" in out


@pytest.mark.parametrize("title", ["Вечер {w}", "Вечер"], ids=["titles of their own", "one title"])
def test_two_versions_of_two_thousand_rows_are_compared(title: str, tmp_path: Path) -> None:
    for name, deliverable in (("old.yaml", "Приказ {w}"), ("new.yaml", "Справка {w}")):
        other = "а {w} б" if name == "old.yaml" else "{w} в"
        text = rows(2_000, title=f"{title} {other}" if "{w}" in title else title, deliverable=deliverable)
        (tmp_path / name).write_text(HEAD + text, "utf-8")
    code, out, err = limited("diff", "old.yaml", "new.yaml", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert "2000" in out


def test_suggestions_look_only_at_the_rivals_of_a_pair() -> None:
    same = activities(rows(300, title="Вечер"))
    looked: list[int] = []

    def suggestion(score: float, i: int, j: int, row: matching.Ranked, column: matching.Ranked) -> matching.Suggestion:
        looked.append(len(row) + len(column))
        return matching.Suggestion(i, j, score, unsure=False)

    with patch.object(matching, "_suggestion", suggestion):
        matching.suggest(same, same)
    assert max(looked) == 600


def test_a_parent_of_many_rows_is_made_ready_in_one_pass() -> None:
    texts = tuple(f"Вечер {word(n)}" for n in range(3_000))
    field = matching.Field(texts)
    assert field.scores.cache_parameters()["maxsize"] == 166
    assert field.scores(texts[7])[7] == pytest.approx(1)


def test_equal_results_are_one_however_many_there_are() -> None:
    (old,) = activities(rows(1, deliverables="[" + "".join(f"{word(n)}," for n in range(99)) + "]"))
    (new,) = activities(rows(1, deliverables="[" + "".join(f"{word(n)}," for n in range(98, 0, -1)) + "]"))
    assert same_results(old.deliverables, new.deliverables) == [(98 - n, n) for n in range(98)]


# Many people


def test_only_names_that_may_be_alike_are_compared() -> None:
    names = [f"{word(n * 7919).capitalize()} А.Б." for n in range(2_000)]
    assert len(near(names)) < 2_000


@pytest.mark.parametrize("initials", ["А.Б.", "А.", ""])
def test_no_pair_that_is_alike_is_passed_over(initials: str) -> None:
    forms = ["Слепкова", "Сленкова", "Слепков", "Слекпова", "Слепкоав", "лепкова", "Слепкова-", "Cлепкова", "Петрова"]
    names = [f"{form} {ending}".strip() for form in forms for ending in (initials, "Н.А.", "П.А.", "Н.")]
    pairs = {pair for pair in combinations(dict.fromkeys(names), 2) if alike(*pair)}
    assert pairs
    assert pairs <= near(names)


def test_a_plan_of_four_thousand_people_is_checked(tmp_path: Path) -> None:
    people = "people:\n" + "".join(f"  - name: {word(n * 31).capitalize()} А.Б.\n" for n in range(4_000))
    (tmp_path / "plan.yaml").write_text(HEAD + people + rows(4_000, owners="{w}ов А.Б."), "utf-8")
    code, out, err = limited("check", "plan.yaml", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert "RM306" in out


# Many plans


@pytest.mark.parametrize("last", ["p0.yaml", "p999.yaml"], ids=["a circle", "a chain with an end that follows itself"])
def test_a_long_chain_of_plans_is_read_to_a_bound_that_is_told(last: str, tmp_path: Path) -> None:
    for n in range(1_000):
        above = f"p{n + 1}.yaml" if n < 999 else last
        (tmp_path / f"p{n}.yaml").write_text(f"title: а\nfollows: {above}\n" + rows(1), "utf-8")
    code, out, _ = limited("check", ".", cwd=tmp_path)
    assert code == 1
    assert "вышестоящих планов друг над другом больше 20" in out


def test_the_directory_of_a_plan_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = "people:\n" + "".join(f"  - name: {word(n * 31).capitalize()} А.Б.\n" for n in range(3_000))
    (tmp_path / "plan.yaml").write_text(HEAD + people + rows(3_000, owners="{w}ов А.Б."), "utf-8")
    code, _, err = limited("status", "plan.yaml", "--by", "owner", cwd=tmp_path)
    assert (code, err) == (0, "")
