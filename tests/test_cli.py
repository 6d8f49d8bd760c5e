"""The program as people and scripts meet it: every command's output, the exit codes, and what goes wrong outside."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap_cli.report.parse import rule_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

    Run = Callable[..., Ran]

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SAMPLE = HERE / "sample"
PLANS = HERE.parent / "plans"

DUES = "\n".join(
    (
        "до 15.10.2022",
        "с 1 по 15 марта\t2022-2023",
        "01.03..2023 - 15.03.2023",
        "10.10.2022 15.10.2022",
        "ежемесячно до 5 числа",
        "Постоянно\t2022-2023",
        "Осенние каникулы\t2022-2023",
        "по мере поступления",
        "31.02.2023",
        "=1+1",
    )
)
CELLS = "\n".join(
    (
        "Лапшина Г.С., Юдин В.А.",
        "зам. директора по УВР Юдин В.А",
        "Классные руководители 5А, 5Б",
        "",
        "Лапшина Г.С. Юдин В.А.",
    )
)
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "status": (("status",), ""),
    "status-by-owner": (("status", "--by", "owner"), ""),
    "deadlines": (("deadlines",), ""),
    "deadlines-all": (("deadlines", "--all"), ""),
    "gaps": (("gaps",), ""),
    "diff": (("diff", "municipal-old.yaml", "plans/municipal.yaml"), ""),
    "check": (("check",), ""),
    "calendar": (("calendar", "октябрь 2022"), ""),
    "timeline": (("timeline",), ""),
    "timeline-by-owner": (("timeline", "--by", "owner"), ""),
    "parse-due": (("parse", "due"), DUES),
    "parse-owners": (("parse", "owners"), CELLS),
    "checks": (("checks", "RM4", "lost-dash"), ""),
    "explain": (("explain", "RM203", "overdue"), ""),
}
# Those that need no file of the sample's own.
REPORTS = [args for name, (args, stdin) in COMMANDS.items() if not stdin and name != "diff"]
# Those that show every word; a timeline has room for the beginning of a title only.
WHOLE = [args for args in REPORTS if args[0] != "timeline"]
SHAPES = {
    "table-80": ("table", "80"),
    "table-120": ("table", "120"),
    "plain": ("plain", "100"),
    "json": ("json", "100"),
    "csv": ("csv", "100"),
}


def plan_text(rows: str, head: str = "") -> str:
    return f"title: План\nschool_year: 2022-2023\n{head}activities:\n{rows}"


# The expected outputs


def golden(name: str, shape: str) -> Path:
    return GOLDEN / f"{name}.{shape}.txt"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_output_is_the_expected_one(name: str, shape: str, roadmap: Run, update_golden: bool) -> None:
    args, stdin = COMMANDS[name]
    form, columns = SHAPES[shape]
    ran = roadmap(*args, "--format", form, stdin=stdin.encode(), COLUMNS=columns)
    assert ran.err == ""
    expected = golden(name, shape)
    if update_golden:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(ran.out, encoding="utf-8", newline="")
    assert ran.out == expected.read_bytes().decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_process_of_its_own_writes_the_same(name: str, process: Run) -> None:
    args, stdin = COMMANDS[name]
    for shape in ("plain", "csv"):
        ran = process(*args, "--format", shape, stdin=stdin.encode())
        assert (ran.out, ran.err) == (golden(name, shape).read_bytes().decode(), "")


def test_no_golden_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{shape}.txt" for name in COMMANDS for shape in SHAPES}


@pytest.mark.parametrize("args", REPORTS, ids=" ".join)
def test_a_report_that_goes_to_a_file_is_plain(args: tuple[str, ...], roadmap: Run) -> None:
    assert roadmap(*args).out == roadmap(*args, "--format", "plain").out


@pytest.mark.parametrize("args", REPORTS, ids=" ".join)
def test_json_always_says_its_version_and_report(args: tuple[str, ...], roadmap: Run) -> None:
    document = json.loads(roadmap(*args, "--format", "json").out)
    assert document["version"] == 1
    assert document["report"] == ("load" if args[:2] == ("status", "--by") else args[0])


def test_parse_due_knows_the_vacations_of_the_settings(roadmap: Run) -> None:
    ran = roadmap("parse", "due", "Осенние каникулы", "--school-year", "2022-2023", "--format", "json")
    assert json.loads(ran.out)[0]["start"] == "2022-10-31"


def test_parse_due_needs_no_plans(tmp_path: Path, roadmap: Run) -> None:
    ran = roadmap("parse", "due", "до 15.10.2022", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "до 15.10.2022 | не позднее этого дня | до 15.10.2022\n", "")
    assert roadmap("--plans", "нигде", "parse", "due", "до 15.10.2022", cwd=tmp_path).code == 2


# The screen


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if cell_len(line) > 80]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def holds(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in `text` one behind another."""
    return f" {' '.join(words(wanted))} " in f" {' '.join(words(text))} "


@pytest.mark.parametrize("cwd", [SAMPLE, PLANS.parent], ids=["sample", "real"])
@pytest.mark.parametrize("args", WHOLE, ids=" ".join)
def test_at_80_columns_no_line_is_longer_and_no_word_is_lost(args: tuple[str, ...], cwd: Path, roadmap: Run) -> None:
    table = roadmap(*args, "--format", "table", cwd=cwd, COLUMNS="80").out
    assert lines_of(table) == []
    document = json.loads(roadmap(*args, "--format", "json", cwd=cwd).out)
    texts = set(texts_of(document))
    assert texts
    assert [text for text in texts if not holds(table, text)] == []


@pytest.mark.parametrize("cwd", [SAMPLE, PLANS.parent], ids=["sample", "real"])
@pytest.mark.parametrize("args", WHOLE, ids=" ".join)
def test_at_120_columns_no_word_is_broken(args: tuple[str, ...], cwd: Path, roadmap: Run) -> None:
    table = roadmap(*args, "--format", "table", cwd=cwd, COLUMNS="120").out
    shown = set(table.split())
    document = json.loads(roadmap(*args, "--format", "json", cwd=cwd).out)
    wanted = {word for text in texts_of(document) for word in text.split() if len(word) <= 26}
    assert {word for word in wanted if word not in shown and not any(word in one for one in shown)} == set()
    for day in re.findall(r"\d\d\.\d\d\.20\d\d", roadmap(*args, cwd=cwd).out):
        assert day in table or args[0] == "calendar"  # which shows them as numbers of a month


@pytest.mark.parametrize("columns", [100, 119])
def test_below_120_columns_a_plan_is_a_list(columns: int, roadmap: Run) -> None:
    shown = roadmap("gaps", "--format", "table", COLUMNS=str(columns)).out
    assert "─" not in shown
    assert "№ 4  весь учебный год  - нет в плане\n" in shown


def texts_of(value: object) -> Iterator[str]:
    """The words of a JSON report: titles, deliverables, names, messages, explanations."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("title", "deliverable", "owner", "message", "reason", "sentence", "why") and isinstance(
                inner, str
            ):
                if words(inner):
                    yield inner
            else:
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


WORD = st.text("абвгдежзиклмнопрстуфхцчшщыьэюя№«».,-()0123456789", min_size=1, max_size=60)
TEXT = st.lists(WORD, min_size=1, max_size=25).map(" ".join).filter(words)


def plan_of(titles: list[tuple[str, str]], head: str = "") -> str:
    """A plan file with these activities and deliverables; JSON strings are YAML strings."""
    rows = "".join(
        f'  - {{no: "{no}", title: {json.dumps(title)}, deliverable: {json.dumps(text)}, due: до 15.10.2022}}\n'
        for no, (title, text) in enumerate(titles, 1)
    )
    return plan_text(rows, head)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), st.sampled_from((80, 81, 99, 100, 120, 200)))
def test_no_table_is_wider_than_its_screen_and_a_narrow_one_keeps_every_word(
    roadmap: Run, tmp_path_factory: pytest.TempPathFactory, titles: list[tuple[str, str]], width: int
) -> None:
    project = tmp_path_factory.mktemp("wide")
    (project / "plans").mkdir()
    (project / "plans" / "city.yaml").write_text(plan_of(titles), encoding="utf-8")
    (project / "plans" / "school.yaml").write_text(plan_of(titles, "follows: city.yaml\n"), encoding="utf-8")
    for command in ("status", "deadlines", "gaps", "check"):
        table = roadmap(command, "--format", "table", cwd=project, COLUMNS=str(width)).out
        assert all(cell_len(line) <= width for line in table.splitlines())
        if width == 80 and command != "check":
            for title, text in titles:
                assert squeezed(title) in squeezed(table)
                assert command == "gaps" or squeezed(text) in squeezed(table)


def squeezed(text: str) -> str:
    """The text without its blanks: a word of sixty letters may be broken, and «-» may end a line."""
    return "".join(text.split())


def on_a_terminal(*args: str, columns: int = 100, **env: str) -> str:
    """What the program shows on a terminal of that many columns."""
    from conftest import clean_env

    ours, theirs = pty.openpty()
    given_env = {key: value for key, value in clean_env(**env).items() if key != "COLUMNS"}
    if columns:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-m", "roadmap_cli", *args]
    with subprocess.Popen(command, cwd=SAMPLE, stdout=theirs, stderr=subprocess.PIPE, env=given_env) as running:
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(ours)
        assert running.wait(60) == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_a_terminal_gets_a_coloured_table_as_wide_as_it_is(roadmap: Run) -> None:
    shown = on_a_terminal("status", columns=120, TERM="xterm")
    assert "\x1b[31m" in shown
    plain = re.sub(r" *$", "", re.sub(r"\x1b\[[0-9;]*m", "", shown), flags=re.MULTILINE)
    assert plain == golden("status", "table-120").read_text(encoding="utf-8")


def test_no_color_takes_the_colour_from_a_terminal(roadmap: Run) -> None:
    shown = on_a_terminal("status", columns=80, TERM="xterm", NO_COLOR="1")
    assert shown == golden("status", "table-80").read_text(encoding="utf-8")


def test_a_terminal_of_unknown_width_gets_its_table() -> None:
    assert "Назначение муниципального координатора" in on_a_terminal("status", columns=0, TERM="xterm")


def test_colour_is_as_the_option_says(roadmap: Run) -> None:
    assert "\x1b[" in roadmap("status", "--format", "table", "--color", "always", NO_COLOR="1").out
    assert "\x1b[" not in roadmap("status", "--format", "table", FORCE_COLOR="1").out


# Encodings


@pytest.mark.parametrize("shape", ["table", "plain", "csv"])
@pytest.mark.parametrize("args", REPORTS, ids=" ".join)
def test_cp1251_shows_everything_as_it_is(args: tuple[str, ...], shape: str, process: Run) -> None:
    ran = process(*args, "--format", shape, encoding="cp1251", PYTHONIOENCODING="cp1251", COLUMNS="120")
    assert ran.err == ""
    assert re.findall(r"\\u[0-9a-f]{4}", ran.out) == []


@pytest.mark.parametrize("shape", ["table", "plain", "json", "csv"])
def test_ascii_loses_nothing(shape: str, process: Run) -> None:
    ran = process("status", "--format", shape, encoding="ascii", PYTHONIOENCODING="ascii")
    assert (ran.code, ran.err) == (0, "")
    assert "МБОУ" in ran.out.encode().decode("unicode_escape") or shape in ("plain", "csv")
    assert "Юдин" in ran.out.encode().decode("unicode_escape")


@pytest.mark.parametrize("env", [{"LANG": "C", "LC_ALL": "C"}, {"LANG": "C", "PYTHONUTF8": "0", "LC_ALL": "C"}])
def test_the_locale_c_is_no_obstacle(env: dict[str, str], process: Run) -> None:
    assert process("status", "--format", "csv", **env).code == 0
    ran = process("status", "нет.yaml", **env)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err


# Exit codes


ROW = '  - {no: "1", title: Опрос, deliverable: Сводка, due: %s, owners: Юдин В.А.}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one clean plan and its parent, which it carries out in time."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "city.yaml").write_text(plan_text(ROW % "до 15.10.2022"), encoding="utf-8")
    child = plan_text(ROW % "до 14.10.2022", "organization: МБОУ «СОШ №3»\nfollows: city.yaml\n")
    (tmp_path / "plans" / "school.yaml").write_text(child, encoding="utf-8")
    return tmp_path


def rewrite(project: Path, name: str, *change: str) -> None:
    path = project / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")


def assert_plain_refusal(ran: Ran, *said: str) -> None:
    """Exit 2, nothing on stdout, and a sentence in Russian without a word of Python or click."""
    assert (ran.code, ran.out) == (2, "")
    for word in said:
        assert word in ran.err
    assert re.search("[а-яё]{4}", ran.err)
    assert not re.search(r"Traceback|Error|Usage|Try |Invalid|No such|Missing|Got unexpected", ran.err)


def test_no_arguments_show_where_to_begin(roadmap: Run) -> None:
    ran = roadmap()
    assert ran.code == 0
    assert "С чего начать" in ran.out


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        *((*args, "--help") for args, _ in COMMANDS.values()),
    ],
    ids=" ".join,
)
def test_help_is_in_russian(args: tuple[str, ...], roadmap: Run) -> None:
    ran = roadmap(*args)
    assert ran.code == 0
    assert not re.search(r"Usage|OPTIONS|Options|Commands|Show this|default:", ran.out)
    assert args[0] != "check" or "по умолчанию error" in " ".join(ran.out.split())


def test_the_program_calls_itself_roadmap(process: Run) -> None:
    assert process("--help").out.startswith("Вызов: roadmap [ПАРАМЕТРЫ]")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("statsu",), ("status",)),
        (("status", "--fromat", "json"), ("--fromat", "--format")),
        (("status", "--format", "xml"), ("--format", "json")),
        (("status", "--format"), ("--format",)),
        (("status", "--state", "late"), ("--state", "overdue")),
        (("status", "--today", "завтра"), ("--today", "завтра", "2022-10-20")),
        (("status", "--today", "31.02.2023"), ("--today", "31.02.2023")),
        (("status", "--today", ""), ("--today",)),
        (("deadlines", "--within", "неделя"), ("--within", "неделя", "14")),
        (("deadlines", "--within", "-3"), ("--within", "-3")),
        (("deadlines", "--fail-on", "late"), ("--fail-on", "overdue")),
        (("check", "--fail-on", "all"), ("--fail-on", "warning")),
        (("parse", "dates"), ("due",)),
        (("status", "plans/school-99.yaml"), ("school-99.yaml", "проверьте")),
        (("status", "нет\x1b[31m.yaml"), ("нет\\x1b[31m.yaml",)),
        (("--plans", "нигде", "status"), ("нигде", "--plans")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_is_refused_in_plain_russian(args: tuple[str, ...], said: tuple[str, ...], roadmap: Run) -> None:
    assert_plain_refusal(roadmap(*args), *said)


def test_a_wrong_day_in_the_environment_is_refused(roadmap: Run) -> None:
    assert_plain_refusal(roadmap("status", ROADMAP_TODAY="вчера"), "вчера")


@pytest.mark.parametrize("command", ["status", "deadlines", "gaps", "check"])
def test_without_plans_the_next_step_is_said(command: str, tmp_path: Path, roadmap: Run) -> None:
    assert_plain_refusal(roadmap(command, cwd=tmp_path), "планы не найдены", "--plans")
    (tmp_path / "plans").mkdir()
    assert_plain_refusal(roadmap(command, cwd=tmp_path), "plans", "положите")
    (tmp_path / "plans" / "roadmap.yaml").write_text("due_soon: 7\n", encoding="utf-8")
    assert_plain_refusal(roadmap(command, cwd=tmp_path), "plans", "положите")


@pytest.mark.parametrize("text", ["", "# только примечание\n", "title: План\nactivities: []\n", "title: План\n"])
def test_an_empty_plan_is_told_with_its_place(text: str, tmp_path: Path, roadmap: Run) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text(text, encoding="utf-8")
    for command in ("status", "deadlines", "gaps"):
        ran = roadmap(command, cwd=tmp_path)
        assert ran.code in (0, 2)
        assert re.match(r"plans/a\.yaml:\d+:\d+: ", ran.err)
    checked = roadmap("check", cwd=tmp_path)
    assert checked.code == 1
    assert re.match(r"plans/a\.yaml:\d+:\d+: ошибка", checked.out)


def test_a_plan_that_cannot_be_read_hides_no_other(project: Path, roadmap: Run) -> None:
    (project / "plans" / "broken.yaml").write_text("title: [\n", encoding="utf-8")
    for command in ("status", "deadlines", "gaps"):
        ran = roadmap(command, cwd=project)
        assert ran.code == 2, command
        assert "broken.yaml:" in ran.err
        assert "Опрос" in ran.out
    rewrite(project, "school.yaml", "до 14.10.2022", "31.02.2023")
    checked = roadmap("check", cwd=project)
    assert checked.code == 1
    assert "broken.yaml:" in checked.out
    assert "RM202" in checked.out


def test_a_file_that_cannot_be_opened_is_2(project: Path, roadmap: Run) -> None:
    (project / "plans" / "gone.yaml").symlink_to(project / "nowhere.yaml")
    for command in ("status", "deadlines", "gaps", "check"):
        assert roadmap(command, cwd=project).code == 2, command


def test_a_report_is_0_whatever_it_shows(roadmap: Run) -> None:
    assert [roadmap(*args).code for args in REPORTS] == [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_gaps_are_1_when_a_duty_is_late_or_missing_and_else_0(project: Path, roadmap: Run) -> None:
    rewrite(project, "city.yaml", "Юдин В.А.", "Руководители ОО")
    assert roadmap("gaps", cwd=project).code == 0
    rewrite(project, "school.yaml", "до 14.10.2022", "до 16.10.2022")
    assert roadmap("gaps", cwd=project).code == 1
    rewrite(project, "school.yaml", "Опрос", "Выезд на экскурсию")
    rewrite(project, "school.yaml", "Сводка", "Билеты")
    assert roadmap("gaps", cwd=project).code == 1
    assert_plain_refusal(roadmap("gaps", "plans/city.yaml", cwd=project), "follows")


# What a report must say in every shape


def second_school(project: Path) -> None:
    rewrite(project, "city.yaml", "Юдин В.А.", "Руководители ОО")
    text = (project / "plans" / "school.yaml").read_text(encoding="utf-8")
    (project / "plans" / "school-7.yaml").write_text(text.replace("СОШ №3", "СОШ №7"), encoding="utf-8")


@pytest.mark.parametrize("shape", ["table", "plain"])
def test_gaps_say_the_coverage(shape: str, roadmap: Run) -> None:
    assert "покрыто 67 %" in roadmap("gaps", "--format", shape).out


@pytest.mark.parametrize("shape", ["plain", "csv"])
def test_every_row_of_gaps_says_whose_it_is(shape: str, project: Path, roadmap: Run) -> None:
    second_school(project)
    out = roadmap("gaps", "--details", "--format", shape, cwd=project).out
    rows = [line for line in out.splitlines() if "Опрос" in line]
    assert len(rows) == 2
    assert len(set(rows)) == 2


def test_the_bar_has_a_symbol_for_every_result_while_there_is_room(roadmap: Run) -> None:
    shown = roadmap("status", "plans/schools", "--format", "table").out
    assert "• скоро: 3, · впереди: 1" in shown
    assert "[•••·=?±]" in shown


@pytest.mark.parametrize("shape", ["plain", "csv"])
def test_every_record_of_status_names_its_activity(shape: str, roadmap: Run) -> None:
    out = roadmap("status", "plans/municipal.yaml", "--format", shape).out
    assert out.count("Информирование родителей о программе наставничества") == 2


def test_gaps_never_pass_over_a_delay_silently(project: Path, roadmap: Run) -> None:
    parent = (
        '  - no: "1"\n    title: Опрос\n    owners: Руководители ОО\n    deliverables:\n'
        "      - {text: Страница на сайте, due: до 15.10.2022}\n"
        "      - {text: Собрания, due: 24.10.2022 - 28.10.2022}\n"
    )
    child = parent.replace("до 15.10.2022", "до 28.10.2022").replace(" - 28.10", " 28.10")
    (project / "plans" / "city.yaml").write_text(plan_text(parent), encoding="utf-8")
    head = "organization: МБОУ «СОШ №3»\nfollows: city.yaml\n"
    (project / "plans" / "school.yaml").write_text(plan_text(child, head), encoding="utf-8")
    row = json.loads(roadmap("gaps", "--format", "json", cwd=project).out)["pairs"][0]["rows"][0]
    assert row["state"] == "late" or row["reason"]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("до 14.10.2022", "срок 15.10.2022, у школы 28.10.2022: позже на 13 дней"),
        ("до 27.10.2022", "срок 15.10.2022, у школы 28.10.2022: позже на 13 дней"),
        ("01.11.2022", "срок 28.10.2022, у школы 01.11.2022: позже на 4 дня; сравнены последние дни строк"),
    ],
)
def test_gaps_tell_the_greatest_delay_of_results_that_are_certain(
    due: str, said: str, project: Path, roadmap: Run
) -> None:
    head = '  - no: "1"\n    title: Опрос\n    owners: Руководители ОО\n    deliverables:\n'
    parent = (
        head + "      - {text: Страница, due: до 15.10.2022}\n      - {text: Собрания, due: 24.10.2022 - 28.10.2022}\n"
    )
    (project / "plans" / "city.yaml").write_text(plan_text(parent), encoding="utf-8")
    first = "28.10.2022" if due == "01.11.2022" else "до 28.10.2022"
    child = f"{head}      - {{text: Страница, due: {first}}}\n      - {{text: Собрания, due: {due}}}\n"
    (project / "plans" / "school.yaml").write_text(plan_text(child, "follows: city.yaml\n"), encoding="utf-8")
    assert json.loads(roadmap("gaps", "--format", "json", cwd=project).out)["pairs"][0]["rows"][0]["reason"] == said


def test_gaps_in_time_by_the_last_days_only_say_so(project: Path, roadmap: Run) -> None:
    rows = (
        '  - no: "1"\n    title: Опрос\n    owners: Руководители ОО\n    deliverables:\n'
        "      - {text: Анкеты, due: 12.10.2022}\n      - {text: Сводка, due: 14.10.2022}\n"
    )
    (project / "plans" / "city.yaml").write_text(plan_text(rows), encoding="utf-8")
    (project / "plans" / "school.yaml").write_text(plan_text(rows, "follows: city.yaml\n"), encoding="utf-8")
    row = json.loads(roadmap("gaps", "--format", "json", cwd=project).out)["pairs"][0]["rows"][0]
    assert (row["state"], row["reason"]) == ("covered", "сравнены только последние дни строк")


def test_a_school_row_beside_one_that_does_not_bind_is_the_schools_own(roadmap: Run) -> None:
    pair = json.loads(roadmap("gaps", "--format", "json").out)["pairs"][0]
    assert [row["state"] for row in pair["rows"] if row["children"] and row["children"][0]["no"] == "1"] == [
        "not-applicable"
    ]
    assert (pair["extra"][0]["no"], pair["extra"][0]["state"]) == ("1", "unlinked")
    assert "своё мероприятие | № 1 Издание приказа" in roadmap("gaps").out


def test_an_owner_leaves_out_the_plans_that_do_not_know_him(project: Path, roadmap: Run) -> None:
    second_school(project)
    rewrite(project, "school-7.yaml", "Юдин В.А.", "Лапшина Г.С.")
    for shape in ("table", "plain"):
        out = roadmap("status", "--owner", "Лапшина", "--format", shape, cwd=project).out
        assert "school-7.yaml" in out
        assert "city.yaml" not in out
        assert out.endswith("Ещё в 2 планах подходящих строк нет.\n")
        nobody = roadmap("status", "--owner", "Никто", "--format", shape, cwd=project)
        assert nobody.out == "Ни одна строка не подходит под условия.\n"
    plans = json.loads(roadmap("status", "--owner", "Лапшина", "--format", "json", cwd=project).out)["plans"]
    assert [len(plan["rows"]) for plan in plans] == [0, 1, 0]


def test_deadlines_of_a_plan_that_cannot_be_read_are_unknown(tmp_path: Path, roadmap: Run) -> None:
    (tmp_path / "plan.yaml").write_text("title: [\n", encoding="utf-8")
    for shape in ("table", "plain"):
        ran = roadmap("deadlines", "plan.yaml", "--format", shape, cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "Не прочитано: 1 план, их сроки неизвестны.\n")


@pytest.mark.parametrize("shape", ["plain", "csv"])
def test_every_record_of_deadlines_names_its_group(shape: str, roadmap: Run) -> None:
    out = roadmap("deadlines", "--all", "--format", shape).out
    found = [group for group in re.findall(r"[:;]\d+[:;](?:\d+: )?([а-я ]+?)(?: \||;)", out) if group]
    assert found == ["просрочено", "сегодня", *["скоро"] * 3, *["без даты"] * 4]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("январь 2023", "01.01.2023–31.01.2023: рабочих дней — 17, сроков — 0."),
        ("ноябрь 2022", "06.11.2022, вс | осенние каникулы: конец"),
        ("ноябрь 2022", "04.11.2022, пт | праздник"),
        ("март 2022", "05.03.2022, сб | рабочий день (перенос)"),
        ("1999", "Переносов выходных 1999 года в программе нет"),
        ("2090", "Переносы выходных 2090 года ещё не известны"),
    ],
)
def test_the_calendar_of_a_file_is_a_line_for_every_day_with_something(when: str, said: str, roadmap: Run) -> None:
    out = roadmap("calendar", when).out
    assert said in out
    assert "пн | вт" not in out


def test_holidays_are_told_as_ranges(roadmap: Run) -> None:
    assert "праздники: 1–8" in roadmap("calendar", "2023", "--format", "table").out


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=5", "каждый месяц, 5-го числа"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", "каждый месяц, 10-го и 25-го числа"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "каждый месяц, в последний день"),
        ("FREQ=MONTHLY;BYDAY=2TU", "каждый месяц, во второй вторник"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "каждый месяц, в последнюю пятницу"),
        ("FREQ=MONTHLY;INTERVAL=3", "раз в 3 месяца"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "каждую неделю, с понедельника по пятницу"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "каждую неделю, по вторникам и четвергам"),
        ("FREQ=WEEKLY;INTERVAL=2", "раз в 2 недели"),
        ("FREQ=YEARLY;BYMONTH=4,10", "каждый год, в апреле и октябре"),
        ("FREQ=YEARLY;BYMONTH=3,5,8", "каждый год, в марте, мае и августе"),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=15", "каждый год, 15.09"),
        ("FREQ=YEARLY;INTERVAL=5", "раз в 5 лет"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", ""),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", ""),
        ("FREQ=HOURLY", ""),
    ],
)
def test_a_rule_in_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words


@pytest.mark.parametrize(
    ("today", "codes"),
    [("2022-09-01", (0, 0)), ("2022-10-10", (0, 1)), ("2022-10-14", (0, 1)), ("2022-10-15", (1, 1))],
)
def test_deadlines_fail_only_on_what_is_asked(today: str, codes: tuple[int, int], project: Path, roadmap: Run) -> None:
    assert roadmap("deadlines", "--today", today, cwd=project).code == 0
    failing = ("overdue", "due-soon")
    assert tuple(roadmap("deadlines", "--today", today, "--fail-on", x, cwd=project).code for x in failing) == codes


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (("", ""), (0, 0, 0, 0)),
        (("deliverable: Сводка, ", ""), (0, 0, 0, 1)),
        (("до 14.10.2022", "до 14.10..2022"), (0, 0, 1, 1)),
        (("до 14.10.2022", "31.02.2023"), (0, 1, 1, 1)),
    ],
    ids=["clean", "note", "warning", "error"],
)
def test_check_fails_from_the_severity_that_is_asked(
    change: tuple[str, str], codes: tuple[int, ...], project: Path, roadmap: Run
) -> None:
    rewrite(project, "school.yaml", *change)
    levels = ("never", "error", "warning", "note")
    assert tuple(roadmap("check", "--fail-on", level, cwd=project).code for level in levels) == codes
    assert roadmap("check", cwd=project).code == codes[1]


def test_check_does_not_know_the_day(project: Path, roadmap: Run) -> None:
    days = ("2000-01-01", "2022-10-20", "2090-12-31")
    assert len({roadmap("check", "--today", day, cwd=project).out for day in days}) == 1


# The world outside


@pytest.mark.parametrize("args", [*REPORTS, ("parse", "due", "до 5 мая"), ("--help",)], ids=" ".join)
def test_a_reader_that_has_gone_is_no_error(args: tuple[str, ...], process: Run) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        ran = process(*args, stdout=gone)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("args", [("status",), ("status", "--format", "csv"), ("parse", "due", "x")], ids=" ".join)
def test_a_full_disk_is_told(args: tuple[str, ...], process: Run) -> None:
    with open("/dev/full", "wb") as full:
        ran = process(*args, stdout=full)
    assert ran.code == 2
    assert ran.err == "roadmap: вывод не записан: на диске нет места\n"
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("command", "closed"),
    [
        ("status", ">&-"),
        ("parse due", ">&-"),
        ("status нет.yaml", ">&-"),
        ("parse due", "<&-"),
        ("status", "<&-"),
        ("status", "2>&-"),
        ("status нет.yaml", "2>&-"),
    ],
)
def test_a_closed_stream_shows_no_traceback(command: str, closed: str) -> None:
    from conftest import clean_env

    line = f'exec "{sys.executable}" -m roadmap_cli {command} {closed}'
    ended = subprocess.run(
        ["sh", "-c", line], cwd=SAMPLE, stdin=subprocess.DEVNULL, capture_output=True, env=clean_env(), check=False
    )
    assert ended.returncode == (2 if "нет.yaml" in command or (command, closed) == ("parse due", "<&-") else 0)
    assert b"Traceback" not in ended.stderr
    assert "ошибка в самой программе" not in ended.stderr.decode()


def waiting(pipe: int) -> int:
    """How many bytes nobody has read yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]


def test_ctrl_c_is_130_and_silent() -> None:
    from conftest import clean_env

    with subprocess.Popen(
        [sys.executable, "-m", "roadmap_cli", "parse", "due"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_env(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write("до 5 мая\n".encode())
        running.stdin.flush()
        while waiting(running.stdin.fileno()):  # until the program has begun to read its input
            os.sched_yield()
        for _ in range(5):  # a signal that comes between two reads of Python's own loop is seen at the next one
            running.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(5)
                break
        assert running.wait(1) == 130
        assert (running.stdout.read(), running.stderr.read().strip()) == (b"", b"")


# What a plan holds never acts on a terminal or in a spreadsheet

HOSTILE = """\
title: "\\e[31mПлан\\u202e\\u2066\\x9b\\u2028"
organization: "МБОУ\\e]0;x\\a"
school_year: 2022-2023
follows: "city\\e.yaml"
people:
  - {name: "Юдин\\e В.А."}
activities:
  - no: "1\\e[1m"
    title: "=HYPERLINK(1)\\e[2J\\u200f\\x00"
    deliverable: "@SUM(1)\\r\\b"
    due: "до 15.10.2022\\e[1m"
    owners: "+Юдин\\e В.А."
  - {no: "-1", title: "-2+3", due: "=1", owners: "\\t=Юдин В.А.", "\\e]8;;": x, done: "\\e"}
"""
ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text(HOSTILE, encoding="utf-8")
    child = HOSTILE.replace('"city\\e.yaml"', "a.yaml")
    (tmp_path / "plans" / "b.yaml").write_text(child, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("shape", ["table", "plain", "json", "csv"])
@pytest.mark.parametrize("args", [*REPORTS, ("deadlines", "--within", "9999")], ids=" ".join)
def test_no_acting_character_reaches_an_output(args: tuple[str, ...], shape: str, hostile: Path, roadmap: Run) -> None:
    ran = roadmap(*args, "--format", shape, cwd=hostile)
    assert ran.code in ((2,) if args[0] == "gaps" else (0, 1))  # the file that a.yaml follows is not there
    assert ran.out
    assert ACTING.findall(ran.out) == []
    assert ACTING.findall(ran.err) == []


@pytest.mark.parametrize("shape", ["table", "plain", "json", "csv"])
@pytest.mark.parametrize("what", ["due", "owners"])
def test_no_acting_character_of_a_phrase_reaches_an_output(what: str, shape: str, roadmap: Run) -> None:
    phrases = "до 15.10.2022\x1b[1m\n\u202eЮдин В.А.\x9b\x07\n\x00\n".encode() + b"\xff\xfe\n"
    ran = roadmap("parse", what, "--format", shape, stdin=phrases)
    assert ran.code == 0
    assert ACTING.findall(ran.out) == []


@pytest.mark.parametrize("args", REPORTS, ids=" ".join)
def test_no_cell_of_a_csv_is_a_formula(args: tuple[str, ...], hostile: Path, roadmap: Run) -> None:
    text = roadmap(*args, "--format", "csv", cwd=hostile).out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert len(cells) > 10
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)] == []


@pytest.mark.parametrize("args", REPORTS, ids=" ".join)
def test_the_program_writes_no_cell_of_its_own_that_looks_like_a_formula(args: tuple[str, ...], roadmap: Run) -> None:
    text = roadmap(*args, "--format", "csv").out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell.startswith("'")] == []


def test_every_row_of_a_csv_has_as_many_cells_as_its_header(roadmap: Run) -> None:
    for args in REPORTS:
        text = roadmap(*args, "--format", "csv").out.removeprefix("\ufeff")
        length = 0
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            length = len(row) if row[0] == "Файл" else length
            assert len(row) == length


@settings(deadline=None)
@given(phrase=st.text(max_size=80))
def test_any_phrase_gets_an_answer(roadmap: Run, phrase: str) -> None:
    for what in ("due", "owners"):
        ran = roadmap("parse", what, "--format", "json", stdin=phrase.encode("utf-8", "replace"))
        assert (ran.code, ran.err) == (0, "")
        json.loads(ran.out)


def test_a_school_s_own_settings_decide_which_links_are_suggested(tmp_path: Path) -> None:
    row = '  - {{no: "1", title: {}, deliverable: отчёт, due: до 14.10.2022, owners: {}}}\n'
    head = "title: План\norganization: {}\nschool_year: 2022-2023\n"
    (tmp_path / "roadmap.yaml").write_text("match_threshold: 0.25\n", encoding="utf-8")
    top = head.format("Управление") + "activities:\n" + row.format("Участие в опросе родителей", "Руководители ОО")
    (tmp_path / "top.yaml").write_text(top, encoding="utf-8")
    for school, threshold in (("one", ""), ("two", "match_threshold: 1\n")):
        (tmp_path / school).mkdir()
        text = (
            head.format(school) + "follows: ../top.yaml\nactivities:\n" + row.format("Опрос родителей", "Савина И.А.")
        )
        (tmp_path / school / "plan.yaml").write_text(text, encoding="utf-8")
        (tmp_path / school / "roadmap.yaml").write_text(threshold, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "roadmap_cli", "gaps", str(tmp_path), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = {Path(pair["child"]).parent.name: pair["rows"][0]["state"] for pair in json.loads(ran.stdout)["pairs"]}
    assert found == {"one": "covered", "two": "uncovered"}
    assert ran.returncode == 1


def test_wrong_settings_of_any_school_are_told(tmp_path: Path) -> None:
    plan = "title: План\nschool_year: 2022-2023\nactivities:\n  - {no: '1', title: Опрос, due: 14.10.2022}\n"
    for school, written in (("one", "due_soon: 7\n"), ("two", "due_soon: скоро\n")):
        (tmp_path / school).mkdir()
        (tmp_path / school / "plan.yaml").write_text(plan, encoding="utf-8")
        (tmp_path / school / "roadmap.yaml").write_text(written, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "roadmap_cli", "check", str(tmp_path), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    told = [f for f in json.loads(ran.stdout)["findings"] if Path(f["path"]).name == "roadmap.yaml"]
    assert [(Path(f["path"]).parent.name, f["code"], f["line"]) for f in told] == [("two", "RM007", 1)]
    assert ran.returncode == 1
