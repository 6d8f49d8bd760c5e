"""What a link remembers of a row, and which fields it says have changed."""

from __future__ import annotations

import pytest

from roadmap_cli.fingerprint import changed_fields, fingerprint, same, wording
from roadmap_cli.model import Activity, Deliverable, Due, Owners, Span

SPAN = Span("plan.yaml")


def row(title: str = "Опрос", *results: tuple[str, str, str], no: str = "5") -> Activity:
    """A row with results of a text, a deadline and owners each."""
    made = (Deliverable(text, SPAN, Due("event", due), Owners(owners)) for text, due, owners in results)
    return Activity(no, no, title, tuple(made), SPAN)


FIRST = ("Сведения", "До 12.10.2022", "Савина И.А.")
SECOND = ("Отчёт", "До 14.10.2022", "Савина И.А.")
BEFORE = row("Опрос", FIRST, SECOND)


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        pytest.param(BEFORE, (), id="as it was"),
        pytest.param(row("Опрос\u00a0", FIRST, SECOND, no="7"), (), id="another number and a stray space"),
        pytest.param(row("Опрос родителей", FIRST, SECOND), ("title",), id="title"),
        pytest.param(row("Опрос", FIRST, ("Сводка", *SECOND[1:])), ("results",), id="a result"),
        pytest.param(row("Опрос", FIRST, ("Отчёт", "До 15.10.2022", "Савина И.А.")), ("dues",), id="a deadline"),
        pytest.param(row("Опрос", FIRST, (*SECOND[:2], "Слепкова Н.А.")), ("owners",), id="an owner"),
        pytest.param(
            row("Опрос", FIRST, ("Отчёт", "", "Слепкова Н.А.")), ("dues", "owners"), id="a deadline and an owner"
        ),
        pytest.param(row("Опрос", FIRST), ("results", "dues"), id="a result taken away, the owner is the same"),
    ],
)
def test_a_fingerprint_tells_which_fields_have_changed(now: Activity, changed: tuple[str, ...]) -> None:
    stamp = fingerprint(BEFORE)
    assert changed_fields(now, stamp) == changed
    assert same(fingerprint(now), stamp) == (not changed)


@pytest.mark.parametrize("length", [6, 8, 12])
def test_a_shorter_fingerprint_tells_only_whether(length: int) -> None:
    stamp = fingerprint(BEFORE)[:length]
    other = row("Другое", FIRST, SECOND)
    assert (same(fingerprint(BEFORE), stamp), same(fingerprint(other), stamp)) == (True, False)
    assert changed_fields(other, stamp) == ()


def test_the_wording_says_once_what_all_results_have() -> None:
    assert wording(BEFORE) == {
        "title": ("Опрос",),
        "results": ("Сведения", "Отчёт"),
        "dues": ("До 12.10.2022", "До 14.10.2022"),
        "owners": ("Савина И.А.",),
    }


def test_a_fingerprint_stays_what_it_is() -> None:
    """Links in plans hold it: another way to make it would turn all of them suspect."""
    assert fingerprint(BEFORE) == "8549f6b4534e43c5"
