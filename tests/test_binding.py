"""Whom a row binds: schools in every form of writing, owners, clusters, participants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap_cli.binding import Binding, binding, identity, participant, same, schools
from roadmap_cli.model import Activity, Cluster, Deliverable, Owners, Person, Plan, Role, Span

SPAN = Span("plan.yaml")
KOROTKIKH = Person("Коротких С.А.")
HEADS = Role("Руководители ОО", "Руководители ОО")
CLUSTERS = (
    Cluster("Естественно-научный", ("МАОУ «СОШ №12 имени Сметанкина В.Н.» Находкинского городского округа",), SPAN),
    Cluster("Технологический", ("МАОУ «СОШ №11» НГО", "МАОУ «СОШ №19 «Выбор» НГО", "МАОУ «СОШ «Лидер-2» НГО"), SPAN),
    Cluster("Педагогический", ("МАОУ «СОШ №5» Находкинского городского округа",), SPAN),
)

if TYPE_CHECKING:
    from roadmap_cli.model import Owner


def owned(*people: Owner, text: str = "") -> Owners:
    words = [one.name if isinstance(one, Person) else one.text for one in people]
    return Owners(text or ", ".join(words), people)


def result(text: str = "Издан приказ", owners: Owners | None = None) -> Deliverable:
    return Deliverable(text, SPAN, owners=owners)


def row(title: str, *results: Deliverable, addressed: tuple[str, ...] = ()) -> Activity:
    return Activity("1", "1", title, results or (result(owners=owned(HEADS)),), SPAN, addressed=addressed)


def plan(organization: str, *, participants: tuple[Cluster, ...] = ()) -> Plan:
    return Plan("plan.yaml", "План", organization, "2022-2023", (), participants=participants)


ABOVE = plan("Управление образования администрации городского округа", participants=CLUSTERS)


def judged(activity: Activity, school: str = "МБОУ «СОШ№6»") -> Binding:
    return binding(activity, ABOVE, plan(school))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("МАОУ СОШ №№11,19 (инженерный класс)", ["СОШ 11", "СОШ 19"], id="two numbers, two signs"),
        pytest.param("для СОШ № 5, № 7 и № 9", ["СОШ 5", "СОШ 7", "СОШ 9"], id="a sign before each"),
        pytest.param("школы 1, 3–5", ["школа 1", "школа 3", "школа 4", "школа 5"], id="a range without a sign"),
        pytest.param("класса МАОУ «СОШ №5» НГО", ["СОШ 5"], id="in quotes"),
        pytest.param('МБОУ "СОШ № 5" и МБОУ "Гимназия № 7"', ["СОШ 5", "гимназия 7"], id="in straight quotes"),
        pytest.param("гимназии № 1 и лицею № 2", ["гимназия 1", "лицей 2"], id="in another case"),
        pytest.param("средних общеобразовательных школ № 1, 2", ["СОШ 1", "СОШ 2"], id="in full words"),
        pytest.param("МБОУСОШ№6", ["СОШ 6"], id="without spaces"),
        pytest.param("МБДОУ № 12, детские сады № 3", ["детский сад 12", "детский сад 3"], id="kindergartens"),
        pytest.param("школа-интернат № 2", ["интернат 2"], id="a boarding school"),
        pytest.param("лицеем № 3, 10 классы", ["лицей 3"], id="classes are not schools"),
        pytest.param("СОШ №5 - 15 человек", ["СОШ 5"], id="people are not schools"),
        pytest.param("для школ 5-9 классов", [], id="classes only"),
        pytest.param("школы 2022-2023 учебного года", [], id="a school year"),
        pytest.param("на сайте школы 15.10.2022", [], id="a date"),
        pytest.param("в школе 1 сентября", [], id="a day and a month"),
        pytest.param("школьный координатор, школы-участники", [], id="no number and no name"),
        pytest.param("школа ١٢", [], id="digits that are not ours"),
    ],
)
def test_schools_named_in_a_text(text: str, expected: list[str]) -> None:
    assert [f"{school.kind} {school.number}" for school in schools(text)] == expected


def test_a_place_and_an_exception_are_told_from_addressees() -> None:
    text = "Смена для СОШ №11 на базе IT-куб (МАОУ «СОШ №22») для всех, кроме СОШ №3"
    assert [(school.number, school.part) for school in schools(text)] == [
        ("11", "addressee"),
        ("22", "place"),
        ("3", "exception"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("МАОУ «СОШ №5»", "СОШ № 5", True, id="quotes, spaces and form"),
        pytest.param("МБОУ «СОШ№6»", "МАОУ «СОШ №6» НГО", True, id="another legal form"),
        pytest.param("школа 6", "МБОУ «СОШ №6»", True, id="kind not told"),
        pytest.param("СОШ №12 им. В.Н. Сметанкина", "СОШ №12 имени Сметанкина В.Н.", True, id="the name turned round"),
        pytest.param("СОШ №12", "МАОУ «СОШ №12 имени Сметанкина В.Н.»", True, id="the name left out"),
        pytest.param("школа «Выбор»", "МАОУ «СОШ №19 «Выбор»", True, id="the own name alone"),
        pytest.param("СОШ «ЛИДЕР-2»", "МАОУ «СОШ «Лидер-2» НГО", True, id="a name with a number in it"),
        pytest.param("лицей № 6", "СОШ № 6", None, id="the number without the kind"),
        pytest.param("СОШ №12 им. Гагарина", "СОШ №12 имени Сметанкина В.Н.", None, id="another's name"),
        pytest.param("СОШ № 5", "СОШ № 15", False, id="another number"),
        pytest.param("СОШ «Лидер-2»", "СОШ № 2", False, id="a name is not a number"),
    ],
)
def test_one_school_or_two(one: str, other: str, expected: bool | None) -> None:
    first, second = identity(one), identity(other)
    assert first
    assert second
    assert same(first, second) is same(second, first) is expected


@pytest.mark.parametrize(
    ("owners", "state"),
    [
        pytest.param(owned(HEADS), "binds", id="heads of schools"),
        pytest.param(owned(Role("все ОО", "все ОО")), "binds", id="all schools"),
        pytest.param(owned(Role("Школы-участники", "школы-участники")), "binds", id="schools that take part"),
        pytest.param(owned(Role("Директор школы", "директора школ")), "binds", id="directors"),
        pytest.param(owned(Role("Классный руководитель", "Классные руководители")), "binds", id="class teachers"),
        pytest.param(owned(KOROTKIKH, HEADS), "binds", id="a person and the heads: a school has a share"),
        pytest.param(None, "binds", id="nobody named"),
        pytest.param(owned(Role("МБОУ СОШ № 6", "МБОУ СОШ № 6")), "binds", id="this school by name"),
        pytest.param(owned(KOROTKIKH), "not", id="the department's person"),
        pytest.param(owned(Role("Отдел общего образования", "отдел общего образования")), "not", id="a department"),
        pytest.param(owned(Role("МБОУ СОШ № 5", "МБОУ СОШ № 5")), "not", id="another school by name"),
        pytest.param(owned(Role("Рабочая группа", "рабочая группа")), "doubtful", id="somebody unclear"),
        pytest.param(owned(Person("Иванова И.И.", "учитель школы")), "doubtful", id="a teacher of no told school"),
    ],
)
def test_owners_say_whose_duty_it_is(owners: Owners | None, state: str) -> None:
    assert judged(row("Проведение опроса", result(owners=owners))).state == state


@pytest.mark.parametrize(
    ("activity", "state", "reason"),
    [
        pytest.param(
            row("Смена для обучающихся МАОУ СОШ №№11,19 на базе IT-куб (МАОУ «СОШ №22»)"),
            "not",
            "мероприятие называет другие школы: МАОУ СОШ №№ 11, 19",
            id="row 9: others named",
        ),
        pytest.param(
            row("Практика для класса МАОУ «СОШ №5» НГО", result(owners=owned(KOROTKIKH, HEADS))),
            "not",
            "мероприятие называет другую школу: МАОУ СОШ № 5",
            id="row 13: another named, though schools own it",
        ),
        pytest.param(
            row("Направление писем", result(owners=owned(KOROTKIKH))),
            "not",
            "исполнитель — Коротких С.А., не школа",
            id="row 2: only the department's person",
        ),
        pytest.param(row("Смена на базе СОШ №22"), "binds", "", id="a place alone narrows nothing"),
        pytest.param(
            row("Смена для МАОУ СОШ № 6"),
            "binds",
            "в плане школа названа МАОУ, в её собственном плане — МБОУ",
            id="this school under another legal form",
        ),
        pytest.param(
            row("Смена для лицея № 6"),
            "doubtful",
            "мероприятие называет лицей № 6: номер тот же, вид или имя другие",
            id="the number of another kind",
        ),
        pytest.param(
            row("Опрос всех школ, кроме СОШ № 6"), "not", "мероприятие исключает эту школу", id="excepted by name"
        ),
        pytest.param(
            row("Смена для ОО технологического кластера"),
            "not",
            "мероприятие для другого кластера: Технологический",
            id="another cluster in the title",
        ),
        pytest.param(row("Работа образовательных кластеров"), "binds", "", id="clusters in general"),
        pytest.param(
            row("Опрос", addressed=("СОШ № 5", "СОШ № 7")),
            "not",
            "мероприятие обращено к другим: СОШ № 5, СОШ № 7",
            id="addressed to others",
        ),
        pytest.param(row("Опрос", addressed=("СОШ № 5", "СОШ № 6")), "binds", "", id="addressed to this one too"),
        pytest.param(row("Опрос", addressed=("все ОО",)), "binds", "", id="addressed to all"),
        pytest.param(
            row("Опрос", addressed=("сельские",)),
            "doubtful",
            "неясно, к этой ли школе обращено мероприятие: сельские",
            id="addressed to nobody knows whom",
        ),
        pytest.param(
            row("Смена для СОШ № 6", result(owners=owned(KOROTKIKH))),
            "doubtful",
            "мероприятие называет эту школу, но исполнитель — Коротких С.А., не школа",
            id="this school named, the department owns",
        ),
    ],
)
def test_a_row_binds_school_6(activity: Activity, state: str, reason: str) -> None:
    found = judged(activity)
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize(
    ("school", "state"),
    [
        pytest.param("МАОУ «СОШ №11»", "binds", id="a member"),
        pytest.param("МАОУ «СОШ «Лидер-2»", "binds", id="a member by its own name"),
        pytest.param("МАОУ «СОШ №5»", "not", id="a member of another cluster"),
    ],
)
@pytest.mark.parametrize("form", ["title", "for"])
def test_clusters(school: str, state: str, form: str) -> None:
    by_title = row("Смена для технологического образовательного кластера")
    activity = by_title if form == "title" else row("Смена", addressed=("Технологический кластер",))
    assert judged(activity, school).state == state


def test_only_the_results_that_bind_are_kept() -> None:
    activity = row(
        "Участие в мероприятиях",
        result("Направлен план", owned(KOROTKIKH)),
        result("Организовано участие", owned(HEADS)),
        result("Проведена смена для СОШ № 5", owned(HEADS)),
    )
    assert judged(activity) == Binding("binds", "", (1,))


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        pytest.param("МБОУ «СОШ№6»", False, id="not named"),
        pytest.param("СОШ № 5", True, id="named by number"),
        pytest.param("МАОУ СОШ №12 им. В.Н. Сметанкина", True, id="named by number and name"),
        pytest.param("МАОУ «СОШ «Лидер-2»", True, id="named by its own name"),
        pytest.param("", False, id="no organization"),
    ],
)
def test_participants(school: str, expected: bool) -> None:
    assert participant(ABOVE, plan(school)) is expected


def test_a_plan_that_names_nobody_does_not_exclude_anybody() -> None:
    assert participant(plan("Управление образования"), plan("СОШ № 5")) is None


@pytest.mark.parametrize(
    ("owner", "state"),
    [
        pytest.param(Role("Министерство образования края", "министерство образования края"), "not", id="the region"),
        pytest.param(Role("Управление образования", "управления образования"), "binds", id="the municipalities"),
    ],
)
def test_a_municipality_under_a_regional_plan(owner: Role, state: str) -> None:
    region = plan("Министерство образования Приморского края")
    found = binding(row("Мониторинг", result(owners=owned(owner))), region, plan("Управление образования города"))
    assert found.state == state


@pytest.mark.parametrize("text", ["школа " * 3000, "№ 1, " * 3000, "МАОУ «СОШ №" * 3000, "на базе " * 3000, "«" * 9000])
def test_long_texts_are_read_in_reasonable_time(text: str) -> None:
    assert len(schools(text)) < 10_000
