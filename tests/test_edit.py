"""Editing a plan: which characters change, what is refused, and laws that hold for any plan and any edit."""

# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.dates import parse_due
from roadmap_cli.edit import Change, Edit, Refused, diff, edited
from roadmap_cli.edit.scalar import written
from roadmap_cli.fields import FIELDS
from roadmap_cli.loader import build
from roadmap_cli.source import parse

if TYPE_CHECKING:
    from typing import Any

    from roadmap_cli.model import Plan

NAME = "plan.yaml"
HEAD = "title: План\nactivities:\n"
FIRST = '  - no: "1"\n    title: Назначить координатора\n'
OTHER = '  - no: "2"\n    title: Провести собрание  # в актовом зале\n'
MOVE = {"from": "до 1.10.2022", "to": "до 1.12.2022", "on": "05.10.2022", "reason": "карантин"}


def plan_of(text: str) -> Plan:
    plan = build(parse(text.encode(), NAME).root, NAME).plan
    assert plan is not None
    return plan


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that left and those that came, as `diff` tells them; a missing last line break does not count."""
    said = diff(Change(NAME, f"{before}\n", f"{after}\n")).splitlines()[2:]
    return [s[1:] for s in said if s[:1] == "-"], [s[1:] for s in said if s[:1] == "+"]


def many(*rows: tuple[str, str, list[Edit], list[str], list[str]]) -> pytest.MarkDecorator:
    params = [pytest.param(*row[1:], id=row[0]) for row in rows]
    return pytest.mark.parametrize(("text", "edits", "gone", "come"), params)


@many(
    ("a new key goes behind the one before it", FIRST + "    due: до 15.10.2022\n",
     [Edit(0, "covers", ("1", "2@ab12cd34"))], [], ['    covers: ["1", "2@ab12cd34"]']),
    ("before the first key when none precedes it", "  - title: Приказ\n    note: нет\n",
     [Edit(0, "no", "7")], ["  - title: Приказ"], ['  - no: "7"', "    title: Приказ"]),
    ("the greatest of the keys before it counts, not the last", "  - due: до 15.10.2022\n    title: Приказ\n",
     [Edit(0, "covers", ("1",))], [], ['    covers: ["1"]']),
    ("Russian keys beget Russian keys", "  - номер: 1\n    название: Приказ\n    срок: до 15.10.2022\n",
     [Edit(0, "done", "12.10.2022"), Edit(0, "moved", (MOVE,))], [],
     ["    выполнено: 12.10.2022", "    перенос:", "      - с: до 1.10.2022", "        на: до 1.12.2022",
      "        когда: 05.10.2022", "        причина: карантин"]),
    ("braces", '  - {no: "1", title: Приказ, due: до 15.10.2022} # срочно\n', [Edit(0, "covers", ("1",))],
     ['  - {no: "1", title: Приказ, due: до 15.10.2022} # срочно'],
     ['  - {no: "1", title: Приказ, covers: ["1"], due: до 15.10.2022} # срочно']),
    ("first in braces", "  - {title: Приказ}\n", [Edit(0, "no", "1")],
     ["  - {title: Приказ}"], ['  - {no: "1", title: Приказ}']),
    ("JSON stays JSON", '  - {"no": "1", "title": "Приказ"}\n', [Edit(0, "note", "ждём"), Edit(0, "covers", ("1",))],
     ['  - {"no": "1", "title": "Приказ"}'], ['  - {"no": "1", "title": "Приказ", "covers": ["1"], "note": "ждём"}']),
    ("a value is replaced before its comment", FIRST + "    done: 12.10.2022   # по журналу\n",
     [Edit(0, "done", "14.10.2022")], ["    done: 12.10.2022   # по журналу"], ["    done: 14.10.2022   # по журналу"]),
    ("its quotes stay", FIRST + "    done: '12.10.2022'\n", [Edit(0, "done", "14.10.2022")],
     ["    done: '12.10.2022'"], ["    done: '14.10.2022'"]),
    ("a Russian key is replaced on its line", FIRST + "    выполнено: вчера\n", [Edit(0, "done", "14.10.2022")],
     ["    выполнено: вчера"], ["    выполнено: 14.10.2022"]),
    ("nothing behind the colon", FIRST + "    done:\n", [Edit(0, "done", "14.10.2022")],
     ["    done:"], ["    done: 14.10.2022"]),
    ("only a comment behind the colon", FIRST + "    done:  # когда?\n", [Edit(0, "done", "14.10.2022")],
     ["    done:  # когда?"], ["    done: 14.10.2022  # когда?"]),
    ("a tilde", FIRST + "    done: ~\n", [Edit(0, "done", "14.10.2022")], ["    done: ~"], ["    done: 14.10.2022"]),
    ("nothing, for a list of moves", FIRST + "    moved:  # нет\n", [Edit(0, "moved", ({"from": "а", "to": "б"},))],
     [], ["      - from: а", "        to: б"]),
    ("nothing in braces", "  - {title: Приказ, done: }\n", [Edit(0, "done", "14.10.2022")],
     ["  - {title: Приказ, done: }"], ["  - {title: Приказ, done: 14.10.2022}"]),
    ("a block of text", FIRST + "    note: >-  # важно\n      ждём\n      письма\n\n    section: I\n", [Edit(0, "note", "готово")],
     ["    note: >-  # важно", "      ждём", "      письма"], ["    note: готово  # важно"]),
    ("behind a block of text, before its blank lines", FIRST + "    due: >-\n      до\n      15.10.2022\n\n",
     [Edit(0, "done", "14.10.2022")], [], ["    done: 14.10.2022"]),
    ("behind a block of text that ends the file", FIRST + "    due: |\n      до 15.10.2022\n", [Edit(0, "done", "14.10.2022")],
     [], ["    done: 14.10.2022"]),
    ("behind a block that keeps its blank lines", FIRST + "    due: |+\n      до 15.10.2022\n\n    note: ждём\n",
     [Edit(0, "done", "14.10.2022")], [], ["    done: 14.10.2022"]),
    ("a text of several lines", FIRST + "    note: ждём\n      письма # два\n", [Edit(0, "note", "готово")],
     ["    note: ждём", "      письма # два"], ["    note: готово # два"]),
    ("wide indents and blanks", "  -    no:    1\n       title:  Приказ   \n", [Edit(0, "title", "Устав"), Edit(0, "id", "у")],
     ["       title:  Приказ   "], ["       id: у", "       title:  Устав   "]),
    ("a number is not taken for another", "  - no: 3.10\n    title: А\n  - no: 3.1\n    title: Б\n", [Edit(1, "done", "1.10.2022")],
     [], ["    done: 1.10.2022"]),
    ("behind an alias", "  - {title: А, note: &p ждём}\n  - title: Б\n    note: *p\n    x-1: да\n", [Edit(1, "done", "1.10.2022")],
     [], ["    done: 1.10.2022"]),
    ("away with a key and its comment", FIRST + "    done: 12.10.2022 # да\n    # о сроке\n    note: ждём\n", [Edit(0, "done", None)],
     ["    done: 12.10.2022 # да"], []),
    ("away with the first key", "  - no: 1 # раз\n    # о названии\n    title: Приказ\n", [Edit(0, "no", None)],
     ["  - no: 1 # раз", "    # о названии"], ["  - # о названии"]),
    ("away with the first key in braces", "  - {no: 1, title: Приказ, note: ждём}\n", [Edit(0, "no", None), Edit(0, "note", None)],
     ["  - {no: 1, title: Приказ, note: ждём}"], ["  - {title: Приказ}"]),
    ("a key that is not there", FIRST, [Edit(0, "done", None)], [], []),
    ("the value that is there", FIRST + "    due: до 1.10.2022\n", [Edit(0, "due", "до 1.10.2022")], [], []),
    ("the text that is there and a day more", FIRST + "    note: |\n      ждём\n", [Edit(0, "note", "ждём\n"), Edit(0, "done", "1.10.2022")],
     [], ["    done: 1.10.2022"]),
    ("the last of two edits of one key", FIRST, [Edit(0, "note", "раз"), Edit(0, "note", "два", 0)], [], ["    note: два"]),
    ("activities that the loader drops do not count", "  - просто строка\n" + FIRST, [Edit(0, "done", "1.10.2022")],
     [], ["    done: 1.10.2022"]),
)  # fmt: skip
def test_a_key(text: str, edits: list[Edit], gone: list[str], come: list[str]) -> None:
    for head, newline in ((HEAD, "\n"), ("\ufeff" + HEAD, "\r\n")):
        whole = (head + text).replace("\n", newline)
        for before in (whole, whole.removesuffix(newline) if "|+" not in text else whole):
            after = edited(before, NAME, edits)
            assert changed_lines(before, after) == (gone, come)
            assert after.startswith(head[:1])
            assert after.endswith(newline) == before.endswith(newline)
            assert after.count("\r") in (0, after.count("\n"))


@many(
    ("a list in brackets grows", '    covers: ["1"]  # да\n', [Edit(0, "covers", ("1", "2"))],
     ['    covers: ["1"]  # да'], ['    covers: ["1", "2"]  # да']),
    ("in its own quotes", "    covers: ['1', 2]\n", [Edit(0, "covers", ("1", "3"))],
     ["    covers: ['1', 2]"], ["    covers: ['1', \"3\"]"]),
    ("an empty list", "    covers: []\n", [Edit(0, "covers", ("1",))], ["    covers: []"], ['    covers: ["1"]']),
    ("a list of lines grows", "    covers:\n    - 'а'  # да\n    # всё\n", [Edit(0, "covers", ("а", "б"))], [], ["    - 'б'"]),
    ("a list of lines grows at both ends", "    covers:\n      - а\n", [Edit(0, "covers", ("в", "а", "б"))],
     [], ["      - в", "      - б"]),
    ("a list of lines loses some", "    covers:\n      - а\n      - б # да\n      - в\n", [Edit(0, "covers", ("а", "г"))],
     ["      - б # да", "      - в"], ["      - г # да"]),
    ("a list of lines becomes empty", "    covers: # чего\n      - а\n      - б\n", [Edit(0, "covers", ())],
     ["    covers: # чего", "      - а", "      - б"], ["    covers: [] # чего"]),
    ("a list of lines becomes a text", "    due:\n      - до 1.10.2022\n      - до 2.10.2022\n", [Edit(0, "due", "до 3.10.2022")],
     ["    due:", "      - до 1.10.2022", "      - до 2.10.2022"], ["    due: до 3.10.2022"]),
    ("one text for one text", "    covers: '1'\n", [Edit(0, "covers", ("2",))], ["    covers: '1'"], ["    covers: '2'"]),
    ("two texts for one", "    covers: 1 # да\n", [Edit(0, "covers", ("1", "2"))],
     ["    covers: 1 # да"], ['    covers: ["1", "2"] # да']),
    ("a move more", "    moved:\n      - {from: а, to: б} # раз\n", [Edit(0, "moved", ({"from": "а", "to": "б"}, MOVE))], [],
     ["      - {from: до 1.10.2022, to: до 1.12.2022, on: 05.10.2022, reason: карантин}"]),
    ("a move less", "    moved:\n      - from: а\n        to: б\n      - from: в\n        to: г\n", [Edit(0, "moved", ({"from": "а", "to": "б"},))],
     ["      - from: в", "        to: г"], []),
    ("a move more in brackets", "    moved: [{from: а, to: б}]\n", [Edit(0, "moved", ({"from": "а", "to": "б"}, {"from": "б", "to": "в"}))],
     ["    moved: [{from: а, to: б}]"], ["    moved: [{from: а, to: б}, {from: б, to: в}]"]),
)  # fmt: skip
def test_a_list(text: str, edits: list[Edit], gone: list[str], come: list[str]) -> None:
    before = HEAD + FIRST + text + OTHER
    assert changed_lines(before, edited(before, NAME, edits)) == (gone, come)
    before = HEAD + FIRST + text.rstrip("\n")
    assert changed_lines(before, edited(before, NAME, edits)) == (gone, come)


DELIVERABLES = FIRST + "    deliverables:\n"


@many(
    ("a text gets keys", "      - Издан приказ # да\n      - План\n", [Edit(0, "done", "1.10.2022", 0), Edit(0, "evidence", "№ 5", 0)],
     ["      - Издан приказ # да"], ["      - text: Издан приказ # да", "        done: 1.10.2022", "        evidence: № 5"]),
    ("a block of text keeps its lines", "      - >-\n          Издан\n          приказ\n      - План\n", [Edit(0, "done", "1.10.2022", 0)],
     ["      - >-"], ["      - text: >-", "        done: 1.10.2022"]),
    ("lines that stand too far left move", "      - Издан\n        приказ\n", [Edit(0, "done", "1.10.2022", 0)],
     ["      - Издан", "        приказ"], ["      - text: Издан", "          приказ", "        done: 1.10.2022"]),
    ("a text in brackets", "      [Издан приказ, План]\n", [Edit(0, "done", "1.10.2022", 1)],
     ["      [Издан приказ, План]"], ["      [Издан приказ, {text: План, done: 1.10.2022}]"]),
    ("a text in JSON", '      ["План"]\n  - {"no": 3, "title": "А", "deliverables": ["Б"]}\n', [Edit(1, "done", "1.10.2022", 0)],
     ['  - {"no": 3, "title": "А", "deliverables": ["Б"]}'],
     ['  - {"no": 3, "title": "А", "deliverables": [{"text": "Б", "done": "1.10.2022"}]}']),
    ("the text itself", "      - Издан приказ # да\n", [Edit(0, "text", "Издан устав", 0)],
     ["      - Издан приказ # да"], ["      - Издан устав # да"]),
    ("the text and its day", "      - Издан приказ\n", [Edit(0, "text", "Издан устав", 0), Edit(0, "done", "1.10.2022", 0)],
     ["      - Издан приказ"], ["      - text: Издан устав", "        done: 1.10.2022"]),
    ("the day and its text", "      - Издан приказ\n", [Edit(0, "done", "1.10.2022", 0), Edit(0, "text", "Издан устав", 0)],
     ["      - Издан приказ"], ["      - text: Издан устав", "        done: 1.10.2022"]),
    ("a shared deadline stays where it is", "      - text: А\n      - text: Б\n    due: до 1.10.2022\n", [Edit(0, "due", "до 2.10.2022", 1)],
     [], ["        due: до 2.10.2022"]),
    ("the list has one dash less", "      - text: А\n        done: 1.10.2022\n      - Б\n", [Edit(0, "done", None, 0)],
     ["        done: 1.10.2022"], []),
)  # fmt: skip
def test_a_deliverable(text: str, edits: list[Edit], gone: list[str], come: list[str]) -> None:
    before = HEAD + DELIVERABLES + text + OTHER
    assert changed_lines(before, edited(before, NAME, edits)) == (gone, come)


def test_the_only_deliverable_is_the_activity() -> None:
    before = HEAD + FIRST + "    deliverable: Приказ\n"
    after = edited(before, NAME, [Edit(0, "done", "1.10.2022", 0), Edit(0, "text", "Устав", 0)])
    assert after == HEAD + FIRST + "    deliverable: Устав\n    done: 1.10.2022\n"


@pytest.mark.parametrize(
    ("text", "edit", "said"),
    [
        pytest.param(
            "  - &a\n    title: А\n  - *a\n",
            Edit(0, "done", "1.10.2022"),
            "строка 3: на эту запись ведёт ссылка «*», и правка изменила бы несколько мест; "
            "впишите в файл сами: «done: 1.10.2022»",
            id="an activity that stands twice",
        ),
        pytest.param("  - &a\n    title: А\n", Edit(0, "done", "x"), "строка 3: здесь стоит метка «&»", id="an anchor"),
        pytest.param(
            "  - {title: А, note: &p ждём}\n  - {title: Б, note: *p}\n",
            Edit(1, "note", "готово"),
            "строка 4: ключ «note» связан ссылкой «*» с другим местом",
            id="a value that is an alias",
        ),
        pytest.param(
            "  - {title: А, note: &p ждём}\n", Edit(0, "note", None), "уберите ключ «note» в файле сами", id="removal"
        ),
        pytest.param(
            "  - title: А\n    note: !!str 5\n", Edit(0, "note", "6"), "строка 4: здесь стоит тег «!»", id="tag"
        ),
        pytest.param(
            "  - ? title\n    : А\n", Edit(0, "note", "6"), "строка 3: ключ «title» записан через «?»", id="?"
        ),
        pytest.param("  - {title: А, note}\n", Edit(0, "note", "6"), "записан без двоеточия", id="a key alone"),
        pytest.param(
            "  - title: А\n    note: раз\n    note: два\n",
            Edit(0, "done", "1.10.2022"),
            "строка 5: ключ «note» уже есть в строке 4: оставьте один; исправьте это и повторите команду",
            id="a key twice",
        ),
        pytest.param("  - title: А\n    done: x\n    выполнено: y\n", Edit(0, "done", "z"), "строка 5", id="synonyms"),
        pytest.param("  - title: А\n    <<: {note: ждём}\n", Edit(0, "note", "6"), "вставка «<<»", id="merge"),
        pytest.param(
            "  - title: А\n    due: {a: b}\n", Edit(0, "due", "1.10.2022"), "ожидается текст", id="a wrong type"
        ),
        pytest.param("  - title: А\n    no: 1\n", Edit(0, "title", None), "нет ключа «title»", id="a needed key"),
        pytest.param("  - title: А\n", Edit(0, "title", None), "единственный ключ", id="the only key"),
        pytest.param("  - title: А\n", Edit(0, "note", "\udcff"), "который нельзя записать", id="half a character"),
        pytest.param(
            "  - {title: А, covers: [а, # раз\n      б]}\n",
            Edit(0, "covers", ("в",)),
            "строка 3: внутри скобок стоит примечание «#»",
            id="a comment in brackets",
        ),
        pytest.param(
            "  - title: А\n    done: 1.10.2022\n    deliverables:\n      - Б\n",
            Edit(0, "done", None, 0),
            "строка 4: ключ «done» стоит у мероприятия и общий для всех его результатов",
            id="what the activity gives to all",
        ),
        pytest.param("  - title: А\n    due: [\n", Edit(0, "done", "x"), "потом повторите команду", id="no YAML"),
    ],
)
def test_what_is_refused(text: str, edit: Edit, said: str) -> None:
    with pytest.raises(Refused) as told:
        edited(HEAD + text, NAME, [edit])
    assert said in str(told.value)
    assert str(told.value).startswith("«plan.yaml», строка ")


def test_anchors_elsewhere_are_no_hindrance() -> None:
    before = HEAD + "  - {title: А, note: &p ждём}\n  - title: Б\n    note: *p\n" + OTHER
    assert changed_lines(before, edited(before, NAME, [Edit(2, "done", "1.10.2022")])) == ([], ["    done: 1.10.2022"])


def test_no_such_place_or_key_is_the_callers_fault() -> None:
    for edit in (Edit(1, "done", "x"), Edit(0, "done", "x", 1)):
        with pytest.raises(IndexError):
            edited(HEAD + FIRST, NAME, [edit])
    with pytest.raises(ValueError, match="no key"):
        edited(HEAD + FIRST, NAME, [Edit(0, "выполнено", "x")])


def test_a_diff_is_safe_to_show() -> None:
    said = diff(Change("./пл\x1bан.yaml", "а\t\x1b[1m\n  б\nв", "а\t\x1b[1m\n  бб\nв"))
    assert said.splitlines() == [
        "--- a/пл\\x1bан.yaml", "+++ b/пл\\x1bан.yaml", "@@ -1,3 +1,3 @@", " а \\x1b[1m", "-  б", "+  бб", " в",
        "\\ в конце файла нет перевода строки",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        *((text, True) for text in ("до 15.10.2022", "12.10.2022", "приказ № 87", "МБОУ «СОШ№6»", "а#б", "10:30 утра")),
        *((text, False) for text in ("", "да", "No", "null", "~", "3.10", "1_0", "0x1F", "1e5", "2022-10-14", "10:30")),
        *((text, False) for text in ("а: б", "а #б", "- а", "@а", "а:", " а", "=", "<<", ".inf", "2022-10-14 10:00")),
    ],
)
def test_what_is_written_plain(text: str, plain: bool) -> None:
    assert (written(text, '"') == text) is plain
    assert written(text, "'") in (text, "'" + text.replace("'", "''") + "'")


@given(st.text(), st.sampled_from("'\""), st.booleans())
def test_what_is_written_reads_the_same(text: str, quote: str, flow: bool) -> None:
    pytest.importorskip("yaml")
    import yaml

    said = written(text, quote, flow=flow)
    assert "\n" not in said
    assert yaml.safe_load(f"[{said}, 1]" if flow else f"k: {said} # c\n") == ([text, 1] if flow else {"k": text})


@pytest.mark.parametrize("name", ["municipal.yaml", "schools/school-6.yaml"])
def test_a_real_plan(name: str) -> None:
    before = (Path(__file__).parents[1] / "plans" / name).read_bytes().decode()
    rows = range(len(plan_of(before).activities))
    free = [n for n in rows if not plan_of(before).activities[n].covers]
    linked = edited(before, NAME, [Edit(number, "covers", ("1", "2@ab12cd34")) for number in free])
    assert changed_lines(before, linked) == ([], ['    covers: ["1", "2@ab12cd34"]'] * len(free))
    assert edited(linked, NAME, [Edit(number, "covers", None) for number in free]) == before
    results = [(n, d) for n in rows for d in range(len(plan_of(before).activities[n].deliverables))]
    finished = plan_of(edited(before, NAME, [Edit(n, "done", "1.10.2022", d) for n, d in results]))
    assert {d.done.text for a in finished.activities for d in a.deliverables if d.done} == {"1.10.2022"}


# Any plan, any edit.

WORDS = st.sampled_from(["Приказ", "до 15.10.2022", "план: срок", "«Школа» № 6", "да", "3.10", "it's", 'a "b"', "x #y"])
TEXTS = ("section", "note", "due", "done", "evidence", "cancelled", "period", "owners")
LISTS = ("covers", "for")
RUSSIAN = {field.key: field.synonym for field in FIELDS["activity"]}


@st.composite
def scalars(draw: Any, flow: bool = False) -> str:
    text = draw(WORDS)
    return written(text, draw(st.sampled_from("'\"")), flow=flow, quoted=draw(st.booleans()))


@st.composite
def activities(draw: Any, russian: bool, indent: str) -> str:
    names: dict[str, str] = RUSSIAN if russian else {}
    pairs = [("название" if russian else "title", draw(scalars(flow=True)))]
    flow = draw(st.booleans())
    for key in draw(st.lists(st.sampled_from((*TEXTS, *LISTS)), unique=True)):
        value = draw(scalars(flow=True))
        if key in LISTS:
            kinds = [f"[{value}]", f"[ {value} ]", value, ""]
            value = draw(
                st.sampled_from(kinds if flow else [*kinds, f"\n{indent}  - {value}", f"\n{indent}    - {value}"])
            )
        elif not flow:
            value = draw(
                st.sampled_from(
                    [value, f">-\n{indent}      раз\n\n{indent}      два", f"|\n{indent}    раз\n", "~", ""]
                )
            )
        pairs.append((names.get(key, key), value))
    pairs = draw(st.permutations(pairs))
    comment = draw(st.sampled_from(["", "  # примечание", f"\n{indent}  # на своей строке"]))
    if flow:
        return f"{indent}- {{{', '.join(f'{k}: {v}' for k, v in pairs)}}}{comment}\n"
    lines = [f"{k}: {v}{'' if v[:1] in '>|' and v else comment}" for k, v in pairs]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


@st.composite
def plans(draw: Any) -> str:
    indent = draw(st.sampled_from(["", "  "]))
    russian = draw(st.booleans())
    rows = draw(st.lists(activities(russian, indent), min_size=1, max_size=4))
    text = ("название: П\nмероприятия:\n" if russian else "title: П\nactivities:\n") + "".join(rows)
    text = draw(st.sampled_from(["", "\ufeff", "# план\n"])) + text
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return str(text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))))


def shown(plan: Plan, number: int, key: str) -> Any:
    activity = plan.activities[number]
    if key in ("due", "done", "owners"):
        cell = getattr(activity.deliverables[0], key)
        return cell.text if cell else ""
    if key == "evidence":
        return activity.deliverables[0].evidence
    return activity.addressed if key == "for" else getattr(activity, key)


VALUES = st.text(max_size=12).filter(lambda t: t.strip("\ufeff") == t) | WORDS


@settings(max_examples=150, deadline=None)
@given(plans(), st.data())
def test_the_edit_is_what_was_wanted_and_nothing_else(text: str, data: st.DataObject) -> None:
    old = plan_of(text.lstrip("\ufeff"))
    number = data.draw(st.integers(0, len(old.activities) - 1))
    key = data.draw(st.sampled_from((*TEXTS, *LISTS)))
    value: Any = data.draw(VALUES if key in TEXTS else st.lists(WORDS, max_size=3).map(tuple))
    after = edited(text, NAME, [Edit(number, key, value)])
    new = plan_of(after.lstrip("\ufeff"))
    wanted = " ".join(value.split()) if isinstance(value, str) else value
    if key in ("due", "done"):
        wanted = parse_due(value.strip()).text if value.strip() else ""
    if key != "owners":
        assert shown(new, number, key) == wanted
    for other in (k for k in (*TEXTS, *LISTS) if k != key and (key, k) not in [("period", "due"), ("period", "done")]):
        assert shown(new, number, other) == shown(old, number, other)
    place, now = old.activities[number].span, new.activities[number].span
    before_lines, after_lines = text.split("\n"), after.split("\n")
    assert after_lines[: now.line - 1] == before_lines[: place.line - 1]
    tail = len(before_lines) - place.end_line
    assert tail <= 0 or after_lines[-tail:] == before_lines[-tail:]
    assert edited(after, NAME, [Edit(number, key, value)]) == after


@settings(max_examples=150, deadline=None)
@given(plans(), st.data())
def test_a_new_key_comes_and_goes_without_a_trace(text: str, data: st.DataObject) -> None:
    plan = plan_of(text.lstrip("\ufeff"))
    number = data.draw(st.integers(0, len(plan.activities) - 1))
    free = [key for key in ("no", "id", *TEXTS, *LISTS, "moved") if key not in plan.activities[number].spans]
    free = [key for key in free if key not in plan.activities[number].deliverables[0].spans]
    edits = []
    for key in data.draw(st.lists(st.sampled_from(free), unique=True, min_size=1)):
        value: Any = (
            data.draw(VALUES) if key not in (*LISTS, "moved") else (MOVE, MOVE) if key == "moved" else ("1", "2")
        )
        edits.append(Edit(number, key, value))
    after = edited(text, NAME, edits)
    assert after != text
    assert edited(after, NAME, [Edit(number, edit.key, None) for edit in reversed(edits)]) == text
