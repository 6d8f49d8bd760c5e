"""Coverage: the rows of the two real plans, links, time, states, fingerprints."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from roadmap_cli.fingerprint import fingerprint
from roadmap_cli.model import Activity, Deliverable, Due, Owners, Person, Plan, Role, Span
from roadmap_cli.trace import Pair, Row, trace

SPAN = Span("plan.yaml")
HEADS = Role("Руководители ОО", "Руководители ОО")
KOROTKIKH = Person("Коротких С.А.")

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap_cli.model import Kind, Owner


def day(text: str) -> date:
    d, m, y = map(int, text.split("."))
    return date(y, m, d)


def on(text: str) -> Due:
    return Due("on", text, day(text), day(text))


def by(text: str) -> Due:
    return Due("by", f"До {text}", None, day(text))


def period(first: str, last: str) -> Due:
    return Due("period", f"{first}-{last}", day(first), day(last))


def two(first: str, last: str) -> Due:
    """Two days without a dash: a period or two dates, nobody knows."""
    return Due("dates", f"{first} {last}", day(first), day(last), unclear=True)


def dateless(kind: Kind, text: str) -> Due:
    return Due(kind, text)


ALL_YEAR = Due("ongoing", "В течение года", day("01.09.2022"), day("31.08.2023"))


def result(text: str, due: Due | None = None, *owners: Owner) -> Deliverable:
    return Deliverable(text, SPAN, due, Owners(", ".join(one.name for one in owners), owners) if owners else None)


def row(no: str, title: str, *results: Deliverable, covers: tuple[str, ...] = (), **more: Any) -> Activity:
    return Activity(no, more.pop("id", no), title, results, SPAN, covers=covers, **more)


def plan(*rows: Activity, path: str = "plan.yaml", follows: tuple[str, ...] = (), **more: Any) -> Plan:
    more = {"organization": "МБОУ «СОШ№6»", "school_year": "2022-2023", **more}
    return Plan(path, "План", activities=rows, follows=follows, **more)


def only(pair: Pair) -> Row:
    (found,) = pair.rows
    return found


def linked(wanted: Due | None, given: Due | None) -> Row:
    """The only row of a parent, explicitly covered by the only row of the child."""
    return only(
        trace(
            plan(row("1", "Мониторинг", result("Проведена самодиагностика", wanted))),
            plan(row("7", "Мониторинг", result("Проведение самодиагностики", given), covers=("1",))),
        )
    )


CHECKLIST = "Проведена самодиагностика ОО на основе чек-листа, утвержденного МО ПК"
OWN_CHECKLIST = "Проведение самодиагностики ОО на основании утвержденного чек-листа."
REAL = {
    "3 in time, the second result lasts all year": (
        row(
            "3",
            "Информационное сопровождение деятельности ОО",
            result("Размещена на сайтах ОО информация о деятельности образовательных кластеров;", by("21.10.2022")),
            result("Размещены на сайтах ОО актуальные новости о деятельности и результатах работы.", ALL_YEAR),
        ),
        row(
            "6",
            "Информационное сопровождение деятельности специализированных классов.",
            result("На сайте ОО - создана и размещена фирменная ссылка, содержащая информацию.", by("15.10.2022")),
            result("На официальных сайтах ОО размещать актуальные новости по теме реализации проекта.", ALL_YEAR),
        ),
        ("covered", None, ""),
    ),
    "4 in time": (
        row(
            "4",
            "Использование ОО типовых образовательных программ",
            result("Разработаны ОО программы", by("15.12.2022")),
        ),
        row("7", "Создание банка типовых программ", result("Сформировать программы", by("20.11.2022"))),
        ("covered", None, ""),
    ),
    "5 late by 16 days": (
        row(
            "5",
            "Участие в анонимном опросе обучающихся и их родителей",
            result("Проинформированы обучающиеся и их родители о проведении опроса;", on("12.10.2022")),
            result("Проведен опрос.", on("14.10.2022")),
        ),
        row(
            "8",
            "Проведение опроса обучающихся, их родителей (анонимно, онлайн)",
            result("Анкетирование родителей", by("30.10.2022")),
            result("Информирование целевой аудитории о проведении опроса", two("20.10.2022", "30.10.2022")),
            result("Подготовить и разместить на сайте ОО отчет по результатам опроса.", by("21.10.2022")),
        ),
        ("late", 16, "срок 14.10.2022, у школы 30.10.2022: позже на 16 дней; сравнены последние дни строк"),
    ),
    "6 on the same days": (
        row("6", "Участие во входном мониторинге", result(CHECKLIST, period("10.10.2022", "15.10.2022"))),
        row(
            "9",
            "Проведение входного мониторинга",
            result("Разработать в ОО приказ о проведении мониторинга.", by("10.10.2022")),
            result(OWN_CHECKLIST, two("10.10.2022", "15.10.2022")),
        ),
        ("covered", None, ""),
    ),
    "14 in time, the later report answers to nothing": (
        row("14", "Участие в мониторинге по итогам года", result(CHECKLIST, period("15.06.2023", "20.06.2023"))),
        row(
            "15",
            "Проведение мониторинга по итогам года",
            result("Издать в ОО приказ о проведении мониторинга.", by("10.06.2023")),
            result(OWN_CHECKLIST, period("10.06.2023", "15.06.2023")),
            result("Подготовлена аналитическая справка по результатам мониторинга.", by("30.06.2023")),
        ),
        ("covered", None, ""),
    ),
}


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("explicit", [True, False], ids=["linked", "suggested"])
def test_rows_of_the_real_plans(name: str, explicit: bool) -> None:
    above, below, expected = REAL[name]
    found = only(trace(plan(above), plan(below._replace(covers=(above.no,) if explicit else ()))))
    assert (found.state, found.days_late, found.reason) == expected
    assert [child.link for child in found.children] == ["explicit" if explicit else "suggested"]


@pytest.mark.parametrize(
    ("wanted", "given", "state", "reason"),
    [
        pytest.param(by("15.10.2022"), by("15.10.2022"), "covered", "", id="the same day"),
        pytest.param(by("15.10.2022"), by("10.10.2022"), "covered", "", id="before a deadline without a beginning"),
        pytest.param(
            by("15.10.2022"),
            by("16.10.2022"),
            "late",
            "срок 15.10.2022, у школы 16.10.2022: позже на 1 день",
            id="a day after",
        ),
        pytest.param(
            period("10.10.2022", "20.10.2022"), period("12.10.2022", "15.10.2022"), "covered", "", id="inside"
        ),
        pytest.param(
            period("10.10.2022", "20.10.2022"), period("01.10.2022", "12.10.2022"), "covered", "", id="overlap"
        ),
        pytest.param(
            period("10.10.2022", "20.10.2022"),
            period("15.10.2022", "22.10.2022"),
            "late",
            "срок 20.10.2022, у школы 22.10.2022: позже на 2 дня",
            id="overlap beyond the end",
        ),
        pytest.param(
            period("10.10.2022", "20.10.2022"),
            by("09.10.2022"),
            "early",
            "у школы всё кончается 09.10.2022, а начало 10.10.2022",
            id="over before the beginning",
        ),
        pytest.param(None, by("09.10.2022"), "covered", "", id="the parent has no date"),
        pytest.param(by("09.10.2022"), None, "covered", "у школы нет срока", id="the school has no date"),
        pytest.param(
            dateless("recurring", "ежемесячно"), ALL_YEAR, "covered", "сроки не сравнимы: «ежемесячно»", id="recurring"
        ),
        pytest.param(
            by("09.10.2022"),
            ALL_YEAR,
            "covered",
            "сроки не сравнимы: у школы «В течение года»",
            id="the school all the year",
        ),
        pytest.param(
            dateless("unreadable", "31.02.2023"),
            by("09.10.2022"),
            "covered",
            "сроки не сравнимы: «31.02.2023»",
            id="bad",
        ),
    ],
)
def test_time(wanted: Due | None, given: Due | None, state: str, reason: str) -> None:
    found = linked(wanted, given)
    assert (found.state, found.reason) == (state, reason)


def test_the_latest_of_several_results_says_how_late() -> None:
    above = row("1", "Опрос", result("Разработана анкета", by("01.10.2022")), result("Собран отчет", by("10.10.2022")))
    below = row(
        "1",
        "Опрос",
        result("Сбор отчета", by("11.10.2022")),
        result("Разработка анкеты", by("06.10.2022")),
        covers=("1",),
    )
    assert only(trace(plan(above), plan(below))).days_late == 5


def test_all_children_of_a_row_count() -> None:
    above = row("1", "Опрос", result("Проведен опрос", by("10.10.2022")))
    first = row("1", "Опрос детей", result("Проведен опрос детей", on("05.10.2022")), covers=("1",))
    second = row("2", "Опрос родителей", result("Проведен опрос родителей", on("12.10.2022")), covers=("1",))
    found = only(trace(plan(above), plan(first, second)))
    assert (found.state, found.days_late, len(found.children)) == ("late", 2, 2)


def test_a_result_that_is_plainly_missing_makes_a_row_partial() -> None:
    above = row("1", "Опрос", result("Собраны анкеты родителей"), result("Изданы методические сборники"))
    below = row("1", "Опрос", result("Сбор анкет родителей"), covers=("1",))
    found = only(trace(plan(above), plan(below)))
    assert found.state == "partial"
    assert found.reason == "в плане школы не видно результата: «Изданы методические сборники»"


@pytest.mark.parametrize(
    ("covers", "parent_path"),
    [
        pytest.param("5", "municipal.yaml", id="the id"),
        pytest.param("5.", "municipal.yaml", id="a dot after the number"),
        pytest.param("municipal.yaml#5", "plans/municipal.yaml", id="with the file"),
        pytest.param("./municipal.yaml#5", "plans/municipal.yaml", id="with the file from here"),
        pytest.param("../municipal.yaml#5", "plans/municipal.yaml", id="with the path of «follows»"),
        pytest.param("../municipal.yaml#5", "../municipal.yaml", id="with that path, run from the school's folder"),
        pytest.param("№ 5", "municipal.yaml", id="with the sign of a number"),
        pytest.param("municipal.yaml#№5", "municipal.yaml", id="with the file and the sign of a number"),
    ],
)
def test_forms_of_a_link(covers: str, parent_path: str) -> None:
    above = plan(row("4", "Приказ"), row("5", "Опрос"), path=parent_path)
    pair = trace(above, plan(row("1", "Ремонт", covers=(covers,))))
    assert [found.state for found in pair.rows] == ["uncovered", "covered"]
    assert pair.extra == ()


def test_a_link_means_one_file_from_every_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path / "plans")
    child = plan(row("1", "Ремонт", covers=("plans/municipal.yaml#5",)))
    assert only(trace(plan(row("5", "Опрос"), path="municipal.yaml"), child)).state == "covered"


def test_a_printed_number_serves_when_a_row_has_another_id() -> None:
    above = plan(row("5", "Опрос", id="survey"), row("6.", "Сбор", id=""))
    pair = trace(above, plan(row("1", "Ремонт", covers=("5",)), row("2", "Кровля", covers=("6",))))
    assert [found.state for found in pair.rows] == ["covered", "covered"]


def test_what_covers_nothing_is_told_from_what_covers_in_vain() -> None:
    above = plan(row("1", "Опрос родителей о питании"))
    pair = trace(above, plan(row("1", "Ремонт кровли"), row("2", "Опрос родителей о питании", covers=("1", "99"))))
    assert [(extra.activity.no, extra.state, extra.ids) for extra in pair.extra] == [
        ("1", "unlinked", ()),
        ("2", "orphaned", ("99",)),
    ]
    assert only(pair).state == "covered"


def test_links_decide_and_suggestions_only_fill_in() -> None:
    above = plan(row("1", "Опрос родителей о питании"), row("2", "Ремонт кровли школы"))
    child = plan(row("1", "Опрос родителей о питании", covers=("2",)), row("2", "Опрос родителей о питании детей"))
    first, second = trace(above, child).rows
    assert [(one.activity.no, one.link) for one in first.children] == [("2", "suggested")]
    assert [(one.activity.no, one.link) for one in second.children] == [("1", "explicit")]
    bare = trace(above, child, suggest=False)
    assert [found.state for found in bare.rows] == ["uncovered", "covered"]
    assert [extra.activity.no for extra in bare.extra] == ["2"]


@pytest.mark.parametrize(
    ("above", "below", "state", "reason"),
    [
        pytest.param(
            row("1", "Опрос", cancelled="карантин"),
            plan(),
            "not-applicable",
            "мероприятие отменено: карантин",
            id="cancelled above",
        ),
        pytest.param(
            row("1", "Опрос"),
            plan(row("1", "Опрос", covers=("1",), cancelled="карантин")),
            "uncovered",
            "мероприятие школы отменено: карантин",
            id="cancelled below",
        ),
        pytest.param(
            row("1", "Опрос"),
            plan(not_applicable={"1.": "нет старших классов"}),
            "not-applicable",
            "нет старших классов",
            id="excused by the school",
        ),
        pytest.param(
            row("1", "Письма", result("Письма", None, KOROTKIKH)),
            plan(row("1", "Письма")),
            "not-applicable",
            "исполнитель — Коротких С.А., не школа",
            id="the department's own",
        ),
        pytest.param(
            row("1", "Письма", result("Письма", None, KOROTKIKH)),
            plan(row("1", "Письма", covers=("1",))),
            "covered",
            "исполнитель — Коротких С.А., не школа; школа всё же ссылается на него",
            id="the department's own, yet linked",
        ),
        pytest.param(
            row("1", "Смена для лицея № 6"),
            plan(),
            "uncovered",
            "под вопросом, обязательно ли оно для школы: "
            "мероприятие называет лицей № 6: номер тот же, вид или имя другие",
            id="doubtful",
        ),
        pytest.param(row("1", "Опрос"), plan(), "uncovered", "", id="nothing below"),
    ],
)
def test_states(above: Activity, below: Plan, state: str, reason: str) -> None:
    found = only(trace(plan(above), below))
    assert (found.state, found.reason) == (state, reason)
    assert found.deep == (None if state == "not-applicable" else "covered" if state == "covered" else "uncovered")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param("", 0, id="nothing covered"),
        pytest.param("1", 33, id="one of three"),
        pytest.param("123", 100, id="all"),
    ],
)
def test_coverage_counts_the_binding_rows(numbers: str, expected: int) -> None:
    above = plan(*(row(no, "Опрос") for no in "123"), row("4", "Письма", result("Письма", None, KOROTKIKH)))
    child = plan(*(row(no, "Ремонт", covers=(no,)) for no in numbers))
    assert trace(above, child, suggest=False).coverage == expected


def test_coverage_of_nothing_is_unknown() -> None:
    assert trace(plan(), plan()).coverage is None


def test_different_school_years_are_told_once_and_dates_left_alone() -> None:
    above = plan(*(row(no, "Опрос", result("Опрос", by("15.10.2021"))) for no in "12"), school_year="2021-2022")
    child = plan(*(row(no, "Опрос", result("Опрос", by("15.10.2022")), covers=(no,)) for no in "12"))
    pair = trace(above, child)
    assert [found.state for found in pair.rows] == ["covered", "covered"]
    assert pair.notes == ("у планов разные учебные годы (2021-2022 и 2022-2023): сроки не сравнивались",)


@pytest.mark.parametrize("year", ["", "2022-2023", "2022-2025", "2022/2023"])
def test_years_with_something_in_common_are_compared(year: str) -> None:
    above = plan(row("1", "Опрос", result("Опрос", by("15.10.2022"))), school_year=year)
    pair = trace(above, plan(row("1", "Опрос", result("Опрос", by("17.10.2022")), covers=("1",))))
    assert (only(pair).days_late, pair.notes) == (2, ())


SURVEY = row("5", "Опрос", result("Проведен опрос", by("14.10.2022"), HEADS))


@pytest.mark.parametrize(
    ("now", "same"),
    [
        pytest.param(SURVEY, True, id="as it was"),
        pytest.param(SURVEY._replace(no="7", id="7", note="примечание"), True, id="renumbered"),
        pytest.param(SURVEY._replace(title="Опрос\u00a0 "), True, id="spaces"),
        pytest.param(SURVEY._replace(title="Опрос родителей"), False, id="another title"),
        pytest.param(row("5", "Опрос", result("Опрос", by("14.10.2022"), HEADS)), False, id="another result"),
        pytest.param(row("5", "Опрос", result("Проведен опрос", by("15.10.2022"), HEADS)), False, id="another date"),
        pytest.param(row("5", "Опрос", result("Проведен опрос", by("14.10.2022"))), False, id="nobody owns it"),
    ],
)
def test_a_link_with_a_fingerprint_is_suspect_when_the_row_has_changed(now: Activity, same: bool) -> None:
    link = f"{now.id}@{fingerprint(SURVEY)}"
    found = only(trace(plan(now), plan(row("1", "Опрос", result("Опрос", by("10.10.2022")), covers=(link,)))))
    assert found.state == ("covered" if same else "suspect")
    assert found.deep == ("covered" if same else "uncovered")


def test_a_suspect_row_still_tells_how_late_it_is() -> None:
    found = only(trace(plan(SURVEY), plan(row("1", "Опрос", result("Опрос", by("15.10.2022")), covers=("5@abcdef",)))))
    assert (found.state, found.days_late) == ("suspect", 1)


def test_a_link_beside_one_to_a_lost_revision_is_suspect() -> None:
    above = plan(row("1", "Опрос", id="req~2"))
    found = only(trace(above, plan(row("1", "Опрос", covers=("req~1", "req~2")))))
    assert (found.state, found.deep) == ("suspect", "uncovered")
