"""Cells «Ответственные»: every phrase of the table, likeness of names, and laws that hold for any text."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.model import Owners, Person, Role
from roadmap_cli.people import alike, join_owners, parse, parse_owners, person_key

TABLE = Path(__file__).with_name("phrases") / "owners.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def shown(owners: Owners) -> str:
    return " | ".join(
        (one.name + (f"; {one.role}" if one.role else "")) if isinstance(one, Person) else f"role={one.name}"
        for one in owners.owners
    )


@pytest.mark.parametrize(("phrase", "owners", "told"), [row[:3] for row in ROWS], ids=[row[3] for row in ROWS])
def test_a_phrase_of_the_table_is_read(phrase: str, owners: str, told: str) -> None:
    read = parse_owners(phrase)
    assert shown(read) == owners
    assert bool(read.repairs or read.notes) == (told == "yes")
    assert read.text == phrase


def test_the_table_has_no_row_twice() -> None:
    assert len({row[0] for row in ROWS}) == len({row[3] for row in ROWS}) == len(ROWS)


def test_a_role_keeps_its_words_as_written() -> None:
    assert parse_owners("Зам.по ВР, кл. рук.").owners == (
        Role("Заместитель директора по ВР", "Зам.по ВР"),
        Role("Классные руководители", "кл. рук."),
    )


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("Савина И.А,", "в инициалах «И.А,» запятая вместо точки"),
        ("Савина И.А", "в инициалах «И.А» нет точки"),
        ("Савина\u200b И.А.", "убраны невидимые знаки"),
        ("Cавина И.А.", "латинские буквы в слове «Cавина» прочитаны как русские"),
        ("Савина И.А. Библиотекарь", "может быть его должностью"),
        ("Заместителю директора Коротких С.С.", "не в именительном падеже"),
        ("Савину И.А.", "не в именительном падеже"),
        ("РОО (по согласованию)", "по согласованию"),
        ("-", "ответственного нет"),
    ],
)
def test_what_was_mended_or_is_doubtful_is_said_in_russian(phrase: str, part: str) -> None:
    read = parse_owners(phrase)
    assert any(part in line for line in (*read.repairs, *read.notes))


def test_an_empty_cell_names_nobody() -> None:
    assert parse_owners("") == Owners("")
    assert parse_owners(" \u00a0\n").owners == ()


def test_a_new_line_parts_owners_but_not_a_role() -> None:
    assert shown(parse_owners("Савина И.А.\nСлепкова Н.А.")) == "Савина И.А. | Слепкова Н.А."
    assert shown(parse_owners("Директор\nзаместитель директора\nпо УВР")) == (
        "role=Директор | role=Заместитель директора по УВР"
    )
    assert shown(parse_owners("Савина\nИ.А.")) == "Савина И.А."


def test_the_items_of_a_list_are_read_one_by_one() -> None:
    read = join_owners(["Директор", "Савина И.А", "Слепкова Н.А."])
    assert read.text == "Директор, Савина И.А, Слепкова Н.А."
    assert shown(read) == "role=Директор | Савина И.А. | Слепкова Н.А."
    assert len(read.repairs) == 1


def test_decomposed_letters_are_the_same_letters() -> None:
    phrase = "Чайкина Й.Ё., учитель"
    assert shown(parse_owners(unicodedata.normalize("NFD", phrase))) == shown(parse_owners(phrase))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Савина И.А.", ("савина", "иа")),
        ("Савина И. А.", ("савина", "иа")),
        ("И.А. Савина", ("савина", "иа")),
        ("Савина Ирина Александровна", ("савина", "иа")),
        ("Королёва Н.", ("королева", "н")),
        ("Савина", ("савина", "")),
        ("Ли И.А.", ("ли", "иа")),
        ("", ("", "")),
    ],
)
def test_the_key_of_a_name(name: str, key: tuple[str, str]) -> None:
    assert person_key(name) == key


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Слепкова Н.А.", "Сленкова Н.А.", "strong"),
        ("Слепкова Н.А.", "Слепкова П.А.", "strong"),
        ("Слепкова Н.А.", "Слепкова И.А.", "strong"),
        ("Шукина И.А.", "Щукина И.А.", "strong"),
        ("Савина И.А.", "Cавина И.А.", "strong"),
        ("Слепкова Н.А.", "Слепкава Н.А.", "weak"),
        ("Слепкова Н.А.", "Слепоква Н.А.", "weak"),
        ("Слепкова Н.А.", "Слепкова Н.", "weak"),
        ("Слепкова Н.А.", "Слепкова", "weak"),
        ("Савина И.А.", "Савин И.А.", None),
        ("Лепский И.А.", "Лепская И.А.", None),
        ("Савина И.А.", "Савина И. А.", None),
        ("Слепкова Н.А.", "Слепкова В.А.", None),
        ("Слепкова Н.А.", "Сленкова В.Г.", None),
        ("Слепкова Н.А.", "Давыденко О.Л.", None),
        ("", "Савина И.А.", None),
    ],
)
def test_the_likeness_of_two_names(one: str, other: str, likeness: str | None) -> None:
    assert alike(one, other) == likeness
    assert alike(other, one) == likeness


WORDS = [
    "Савина",
    "И.А.",
    "и",
    ",",
    "-",
    "(",
    ")",
    ".",
    ";",
    "Зам.",
    "по",
    "УВР",
    "кл.",
    "рук",
    "5А",
    "«",
    "»",
    "\n",
    "ОО",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join), st.lists(st.sampled_from(WORDS)).map("".join))
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_an_error_and_kept(text: str) -> None:
    read = parse_owners(text)
    assert read.text == text
    assert all(isinstance(line, str) and line for line in (*read.repairs, *read.notes))
    assert all(one.name for one in read.owners)


@given(st.sampled_from([row[0] for row in ROWS]), st.data())
@settings(max_examples=300, deadline=None)
def test_noise_of_spaces_and_dashes_changes_nothing(phrase: str, data: st.DataObject) -> None:
    space = st.sampled_from([" ", "\u00a0", "  ", "\u2009 ", "\u202f"])
    dash = st.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u2212")
    noisy = "".join(data.draw(space) if c == " " else data.draw(dash) if c in "-–—" else c for c in phrase)
    assert shown(parse_owners(noisy)) == shown(parse_owners(phrase))


@given(st.text(), st.text())
@settings(deadline=None)
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) is None


@pytest.mark.parametrize("piece", ["Савина И.А. ", "А ", "«", '"', "(", "зам. ", "А.,", "\n", "1.", "слово"])
def test_a_very_long_cell_is_bounded_and_told(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    read = parse_owners(text)
    assert time.perf_counter() - start < 2
    assert read.text == text
    if text.strip() and len(text.strip()) > 6000:
        assert any("очень длинный" in note for note in read.notes)


_SURNAMES = [
    "Савина",
    "Петров",
    "Ковалёв",
    "Давыденко",
    "Савчук",
    "Голицын",
    "Магазин",
    "Кабинетов",
    "Кружков",
    "Классов",
    "Родителев",
    "Педагогов",
    "Технический",
    "Городская",
    "Родина",
    "Директорова",
    "Начальников",
    "Медведев",
    "Лев",
    "Орлова",
    "Никитин",
    "Соловьева",
]
_INITIALS = ("И.А.", "О.О.", "И.О.", "М.О.", "С.Ш.", "В.Р.", "Г.О.", "Т.П.", "Ы.Ь.")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_SURNAMES), st.sampled_from(_INITIALS)), min_size=1, max_size=4))
def test_the_short_way_reads_what_the_grammar_reads(names: list[tuple[str, str]]) -> None:
    text = ", ".join(f"{surname} {initials}" for surname, initials in names)
    assert parse._plain(text) in (None, parse._read(text))


def test_the_short_way_is_taken() -> None:
    assert parse._plain("Савина И.А., Петров С.В.") is not None
