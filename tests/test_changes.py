"""Two versions of a plan: which rows are the same, what differs in them, and in which words it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.changes import Difference, difference
from roadmap_cli.loader import build
from roadmap_cli.report.diff import in_words
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from roadmap_cli.model import Plan

HEAD = "title: План\nschool_year: 2022-2023\n"
QUIZ = "Анонимный опрос родителей о работе кружков"
SHIFT = "Профильная смена инженерного класса"
SITE = "Страница образовательного кластера на сайте"
COUNCIL = "Заседание педагогического совета"


def read(text: str, head: str = HEAD) -> Plan:
    found = build(parse(f"{head}activities:\n{text}".encode(), "plan.yaml").root, "plan.yaml")
    assert found.plan is not None
    assert found.findings == ()
    return found.plan


def rows(*titles: str, first: int = 1) -> str:
    return "".join(f"  - {{no: {no}, title: {title}}}\n" for no, title in enumerate(titles, first))


def one(fields: str) -> str:
    return f"  - {{no: 1, title: {QUIZ}, {fields}}}\n"


def told(found: Difference) -> list[str]:
    """The difference as short lines: «+ 4», «- 5», «6 → 5», «№ 3: …»."""
    before, after = found.old.activities, found.new.activities
    return [
        *(f"- {before[i].no}" for i in found.removed),
        *(f"+ {after[j].no}" for j in found.added),
        *(f"{before[one.old].no} → {after[one.new].no}" for one in found.renumbered()),
        *(f"№ {after[one.new].no}: {in_words(c)}" for one in found.changed() for c in one.changes),
    ]


ROWS = {
    "nothing": (rows(QUIZ, SHIFT), rows(QUIZ, SHIFT), []),
    "a row inserted above renumbers the others": (
        rows(QUIZ, SHIFT),
        rows(SITE, QUIZ, SHIFT),
        ["+ 1", "1 → 2", "2 → 3"],
    ),
    "a row taken away": (rows(SITE, QUIZ, SHIFT), rows(QUIZ, SHIFT), ["- 1", "2 → 1", "3 → 2"]),
    "two rows swapped": (rows(QUIZ, SHIFT), rows(SHIFT, QUIZ), ["2 → 1", "1 → 2"]),
    "another text under the number is another row": (rows(QUIZ, SHIFT), rows(QUIZ, SITE), ["- 2", "+ 2"]),
    "a title written otherwise under the number": (
        rows(QUIZ),
        rows("Опрос родителей о работе школьных кружков"),
        ["№ 1: название: «Анонимный опрос родителей о работе кружков» → «Опрос родителей о работе школьных кружков»"],
    ),
    "renumbered and written otherwise": (
        rows(SITE, QUIZ),
        rows(QUIZ.replace("кружков", "секций")),
        ["- 1", "2 → 1", "№ 1: название: «… родителей о работе кружков» → «… родителей о работе секций»"],
    ),
    "case, spaces and dashes of a number are no difference": (
        "  - {no: 1., title: Опрос - начало}\n",
        "  - {no: '1', title: Опрос –  начало}\n",
        [],
    ),
    "of rows with one title those with the same number are the same": (
        f"  - {{no: 1, title: {COUNCIL}, due: 10.09.2022}}\n  - {{no: 2, title: {COUNCIL}, due: 10.10.2022}}\n",
        f"  - {{no: 1, title: {COUNCIL}, due: 10.10.2022}}\n  - {{no: 2, title: {COUNCIL}, due: 10.11.2022}}\n",
        [
            "№ 1: срок 10.09.2022 → 10.10.2022: позже на 30 дней",
            "№ 2: срок 10.10.2022 → 10.11.2022: позже на 31 день",
        ],
    ),
    "of rows with one title and moved numbers those with the same dates": (
        f"  - {{no: 1, title: {COUNCIL}, due: 10.09.2022}}\n  - {{no: 2, title: {COUNCIL}, due: 10.10.2022}}\n",
        f"  - {{no: 1, title: {SITE}}}\n  - {{no: 2, title: {COUNCIL}, due: 10.09.2022}}\n"
        f"  - {{no: 3, title: {COUNCIL}, due: 10.10.2022}}\n",
        ["+ 1", "1 → 2", "2 → 3"],
    ),
    "an id in the file decides, whatever the words": (
        f"  - {{no: 1, id: a, title: {QUIZ}}}\n  - {{no: 2, id: b, title: {SHIFT}}}\n",
        f"  - {{no: 1, id: b, title: {QUIZ}}}\n",
        ["- 1", "2 → 1", f"№ 1: название: «{SHIFT}» → «{QUIZ}»"],
    ),
    "another id of the same row": (
        f"  - {{no: 1, id: a, title: {QUIZ}}}\n",
        f"  - {{no: 1, id: b, title: {QUIZ}}}\n",
        ["№ 1: код: «a» → «b»"],
    ),
    "two rows with ids of their own are two rows": (
        f"  - {{id: a, title: {QUIZ}, due: 10.10.2022}}\n",
        f"  - {{id: b, title: {QUIZ}, due: 20.10.2022}}\n",
        ["- ", "+ "],
    ),
    "an id given that is the number changes nothing": (rows(QUIZ), f"  - {{no: 1, id: '1', title: {QUIZ}}}\n", []),
}


@pytest.mark.parametrize("case", ROWS)
def test_rows_are_told_by_id_and_wording(case: str) -> None:
    old, new, expected = ROWS[case]
    assert told(difference(read(old), read(new))) == expected


RESULTS = "deliverables: [{text: Издан приказ, due: %s}, {text: Проведено анкетирование, due: %s}]"
FIELDS = {
    "later": ("due: до 30.10.2022", "due: до 14.11.2022", "срок до 30.10.2022 → до 14.11.2022: позже на 15 дней"),
    "earlier": ("due: 02.10.2022", "due: 01.10.2022", "срок 02.10.2022 → 01.10.2022: раньше на 1 день"),
    "the end of a period": (
        "due: 10.10.2022 - 15.10.2022",
        "due: 10.10.2022 - 18.10.2022",
        "срок 10–15.10.2022 → 10–18.10.2022: позже на 3 дня",
    ),
    "only the beginning of a period": (
        "due: 10.10.2022 - 15.10.2022",
        "due: 12.10.2022 - 15.10.2022",
        "срок 10–15.10.2022 → 12–15.10.2022: последний день тот же, начало позже на 2 дня",
    ),
    "on the day, by the day": (
        "due: 15.10.2022",
        "due: до 15.10.2022",
        "срок 15.10.2022 → до 15.10.2022: последний день тот же",
    ),
    "the day written otherwise": (
        "due: до 15.10.2022",
        "due: не позднее 15 октября 2022 г.",
        "срок, записано иначе: «до 15.10.2022» → «не позднее 15 октября 2022 г.»",
    ),
    "no day on one side": ("due: по плану", "due: до 15.10.2022", "срок по плану → до 15.10.2022"),
    "all year on one side": ("due: постоянно", "due: до 15.10.2022", "срок весь учебный год → до 15.10.2022"),
    "another rule": (
        "due: ежемесячно до 5 числа",
        "due: ежемесячно до 10 числа",
        "срок ежемесячно до 5 числа → ежемесячно до 10 числа",
    ),
    "no days at all": ("due: по плану", "due: по графику", "срок по плану → по графику"),
    "named": ("owners: Савина И.А.", "owners: Савина И.А., due: май", "срок назван: май 2023"),
    "taken away": ("owners: Савина И.А., due: май", "owners: Савина И.А.", "срок снят: май 2023"),
    "somebody added": (
        "owners: Савина И.А.",
        "owners: 'Савина И.А., Юдин В.А.'",
        "ответственный добавлен: Юдин В.А.",
    ),
    "two added": (
        "owners: Савина И.А.",
        "owners: 'Савина И.А., Юдин В.А., Лапшина Г.С.'",
        "ответственные добавлены: Юдин В.А., Лапшина Г.С.",
    ),
    "somebody else": (
        "owners: Савина И.А.",
        "owners: Классные руководители",
        "ответственный снят: Савина И.А.; ответственный добавлен: Классные руководители",
    ),
    "the same person written otherwise": (
        "owners: Савина И.А",
        "owners: И.А. Савина",
        "те же ответственные, записано иначе: «Савина И.А» → «И.А. Савина»",
    ),
    "a result written otherwise": (
        "deliverable: Издан приказ по школе",
        "deliverable: Подписан приказ по школе",
        "результат: «Издан приказ по школе» → «Подписан приказ по школе»",
    ),
    "the long same part of two texts is left out": (
        "note: начальник управления образования администрации округа доводит приказ до школ",
        "note: начальник управления образования администрации округа доводит письмо до школ",
        "примечание: «… администрации округа доводит приказ до школ» → «… администрации округа доводит письмо до школ»",
    ),
    "both results moved alike are said once": (
        RESULTS % ("01.10.2022", "01.10.2022"),
        RESULTS % ("03.10.2022", "03.10.2022"),
        "срок 01.10.2022 → 03.10.2022: позже на 2 дня",
    ),
    "one of two results moved": (
        RESULTS % ("01.10.2022", "01.10.2022"),
        RESULTS % ("01.10.2022", "03.10.2022"),
        "срок 01.10.2022 → 03.10.2022: позже на 2 дня — «Проведено анкетирование»",
    ),
    "a result added": (
        "deliverables: [{text: Издан приказ}]",
        "deliverables: [{text: Издан приказ}, {text: Проведено анкетирование, due: май, owners: Юдин В.А.}]",
        "результат добавлен: Проведено анкетирование; май 2023; Юдин В.А.",
    ),
    "results in another order": (
        "deliverables: [Издан приказ, Проведено анкетирование]",
        "deliverables: [Проведено анкетирование, Издан приказ]",
        "порядок результатов, записано иначе: «Издан приказ; Проведено анкетирование» → "
        "«Проведено анкетирование; Издан приказ»",
    ),
    "done": ("due: май", "due: май, done: 12.05.2023", "отмечено исполнение: 12.05.2023"),
    "done on another day": (
        "done: 12.05.2023",
        "done: 13.05.2023",
        "день исполнения 12.05.2023 → 13.05.2023: позже на 1 день",
    ),
    "evidence": ("due: май", "due: май, evidence: приказ № 87", "подтверждение: добавлено «приказ № 87»"),
    "cancelled": ("due: май", "due: май, cancelled: карантин", "мероприятие отменено: карантин"),
    "not cancelled any more": ("cancelled: карантин", "due: ''", "отмена снята; причина была: карантин"),
    "for": (
        "for: [СОШ №3]",
        "for: [СОШ №3, СОШ №7]",
        "обращено также: СОШ №7",
    ),
    "links": ("covers: ['1']", "covers: ['2', '3']", "связь убрана: 1; связи добавлены: 2; 3"),
    "section": ("section: Кадры", "section: Кадры и учёба", "раздел: «Кадры» → «Кадры и учёба»"),
    "a move on record": (
        "due: май",
        "due: май, moved: [{from: апрель, to: май, on: 10.04.2023, reason: карантин}]",
        "записан перенос: с апрель на май (решение 10.04.2023; карантин)",
    ),
    "a move of one result": (
        "deliverables: [Издан приказ, {text: Проведено анкетирование, due: май}]",
        "deliverables: [Издан приказ, {text: Проведено анкетирование, due: май, moved: [{from: апрель, to: май}]}]",
        "записан перенос: с апрель на май — «Проведено анкетирование»",
    ),
}


@pytest.mark.parametrize("case", FIELDS)
def test_a_field_is_said_in_words(case: str) -> None:
    old, new, expected = FIELDS[case]
    found = difference(read(one(old)), read(one(new)))
    assert told(found) == ([f"№ 1: {expected}"] if expected else [])


def test_a_person_of_the_directory_is_one_under_every_spelling() -> None:
    people = HEAD + "people: [{name: Савина И.А., aliases: [Савина Ирина Александровна, Завина И.А.]}]\n"
    found = difference(read(one("owners: Завина И.А.")), read(one("owners: Савина И.А."), people))
    assert told(found) == ["№ 1: те же ответственные, записано иначе: «Завина И.А.» → «Савина И.А.»"]


def test_a_year_that_the_plan_gives_moves_dates_without_one() -> None:
    next_year = HEAD.replace("2022-2023", "2023-2024")
    found = difference(read(one("due: до 25 ноября")), read(one("due: до 25 ноября"), next_year))
    assert told(found) == ["№ 1: срок до 25.11.2022 → до 25.11.2023: позже на 365 дней"]


PLANS = {
    "title": ("title: План\n", "title: План района\n", "название: «План» → «План района»"),
    "order": (
        "title: План\norder: {number: 1, date: 01.09.2022}\n",
        "title: План\norder: {number: 2, date: 05.09.2022, signed: Белова К.Н.}\n",
        "номер приказа: «1» → «2»; дата приказа 01.09.2022 → 05.09.2022: позже на 4 дня; "
        "приказ подписал: добавлено «Белова К.Н.»",
    ),
    "school year": (
        "title: План\nschool_year: 2022-2023\n",
        "title: План\nschool_year: 2023-2024\n",
        "учебный год: «2022-2023» → «2023-2024»",
    ),
    "a school joins, another leaves": (
        "title: План\nparticipants: [{cluster: А, schools: [СОШ №3, СОШ №5]}]\n",
        "title: План\nparticipants: [{cluster: А, schools: [СОШ №5, СОШ №7]}]\n",
        "участник исключён: СОШ №3; участник добавлен: СОШ №7",
    ),
    "a school changes its cluster": (
        "title: План\nparticipants: [{cluster: А, schools: [СОШ №3, СОШ №5]}]\n",
        "title: План\nparticipants: [{cluster: А, schools: [СОШ №3]}, {cluster: Б, schools: [СОШ №5]}]\n",
        "кластер: «А» → «Б» — «СОШ №5»",
    ),
    "people": (
        "title: План\npeople: [{name: Савина И.А.}]\n",
        "title: План\npeople: [{name: Савина И.А., role: завуч}]\n",
        "из справочника убрано: Савина И.А.; в справочник добавлено: Савина И.А. (завуч)",
    ),
    "not applicable": (
        "title: План\n",
        'title: План\nnot_applicable: {"9": нет инженерного класса}\n',
        "неприменимо также: № 9: нет инженерного класса",
    ),
    "follows": ("title: План\n", "title: План\nfollows: municipal.yaml\n", "исполняет также: municipal.yaml"),
}


@pytest.mark.parametrize("case", PLANS)
def test_what_changed_in_the_plan_itself(case: str) -> None:
    old, new, expected = PLANS[case]
    found = difference(read(rows(QUIZ), old), read(rows(QUIZ), new))
    assert "; ".join(map(in_words, found.plan)) == expected
    assert found.anything()


# Laws

LINES = st.fixed_dictionaries(
    {"title": st.sampled_from([QUIZ, SHIFT, SITE, COUNCIL, QUIZ.replace("кружков", "секций")])},
    optional={
        "due": st.sampled_from(["до 15.10.2022", "10.10.2022 - 15.10.2022", "май", "постоянно", "по плану"]),
        "owners": st.sampled_from(["Савина И.А.", "'Савина И.А., Юдин В.А.'", "Руководители ОО"]),
        "deliverable": st.sampled_from(["Издан приказ", "Проведён опрос"]),
        "id": st.sampled_from("абв"),
        "cancelled": st.just("карантин"),
    },
)
TABLES = st.lists(LINES, min_size=1, max_size=6)


def plan_of(lines: list[dict[str, str]], first: int = 1) -> Plan:
    said = [", ".join(f"{key}: {value}" for key, value in line.items()) for line in lines]
    return read("".join(f"  - {{no: {no}, {fields}}}\n" for no, fields in enumerate(said, first)))


@given(TABLES)
@settings(deadline=None)
def test_a_plan_does_not_differ_from_itself(lines: list[dict[str, str]]) -> None:
    found = difference(plan_of(lines), plan_of(lines))
    assert not found.anything()
    assert [(one.old, one.new) for one in found.kept] == [(i, i) for i in range(len(lines))]


@given(TABLES, st.integers(1, 9))
@settings(deadline=None)
def test_new_numbers_alone_are_no_change(lines: list[dict[str, str]], by: int) -> None:
    found = difference(plan_of(lines), plan_of(lines, 1 + by))
    assert (found.added, found.removed, found.changed(), found.plan) == ((), (), (), ())
    assert found.renumbered()


@given(TABLES, TABLES)
@settings(deadline=None)
def test_the_way_back_mirrors_the_way(one: list[dict[str, str]], other: list[dict[str, str]]) -> None:
    there, back = difference(plan_of(one), plan_of(other)), difference(plan_of(other), plan_of(one))
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {(one.old, one.new) for one in there.kept} == {(one.new, one.old) for one in back.kept}

    def changes(found: Difference, way: int) -> set[object]:
        return {
            (kept.new if way > 0 else kept.old, c.field, *(c.before, c.after)[::way], (c.days or 0) * way)
            for kept in found.kept
            for c in kept.changes
        }

    assert changes(there, 1) == changes(back, -1)
