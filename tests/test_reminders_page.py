"""docs/reminders.md says what is true: the settings are those of the program, and systemd takes the units."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from roadmap_cli.config import read_settings
from roadmap_cli.remind import GROUPS
from roadmap_cli.reminders import REMINDER_KEYS, SMTP_KEYS, for_plan
from roadmap_cli.settings import Reminders, Smtp

PAGE = (Path(__file__).parents[1] / "docs" / "reminders.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"`/etc/systemd/system/(.*?)`:\n\n```ini\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize(("name", "keys"), [("reminders", REMINDER_KEYS), ("smtp", SMTP_KEYS)])
def test_a_table_of_settings_is_that_of_the_program(name: str, keys: dict[str, str]) -> None:
    rows = "".join(f"| `{key}` | {doc} |\n" for key, doc in keys.items())
    assert f"<!-- {name} -->\n| Ключ | Что значит |\n|---|---|\n{rows}<!-- /{name} -->\n" in PAGE


def test_every_group_is_there() -> None:
    table = PAGE.partition("## О чём")[2].partition("\n\n- ")[0]
    assert [heading for heading in GROUPS.values() if heading not in table] == []


def test_the_settings_of_the_page_are_good_and_its_defaults_true(tmp_path: Path) -> None:
    text = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert text
    (tmp_path / "roadmap.yaml").write_text(text[1], encoding="utf-8")
    found = read_settings(str(tmp_path / "roadmap.yaml"), str(tmp_path))
    assert found.findings == ()
    common = for_plan(found.reminders, str(tmp_path))
    own = for_plan(found.reminders, str(tmp_path / "schools" / "school-6.yaml"))
    assert (own.days, own.default, own.overdue) == ((30, 7, 1), "school6@example.org", "weekly")
    assert common.days == Reminders().days
    assert common.lookback == Reminders().lookback == 14
    assert (Reminders().overdue, Smtp().tls) == ("once", "starttls")


def test_the_units_are_those_of_one_timer() -> None:
    assert set(UNITS) == {"roadmap-remind.service", "roadmap-remind.timer"}
    assert "Persistent=true" in UNITS["roadmap-remind.timer"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in UNITS]
    ran = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert [line for line in ran.stderr.splitlines() if "roadmap-remind" in line] == []
    at = re.search("OnCalendar=(.*)", UNITS["roadmap-remind.timer"])
    assert at
    subprocess.run(["systemd-analyze", "calendar", at[1]], capture_output=True, check=True)
