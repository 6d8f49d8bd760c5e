"""The page for a director in a real browser: it fits every width, the filters work, nothing is complained of."""

from __future__ import annotations

import base64
import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="pip install -e '.[dev]'")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Chrome

    from conftest import Ran

HERE = Path(__file__).parent
BROWSER = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
DRIVER = shutil.which("chromedriver")
SWITCHES = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
WIDTHS = (360, 1024, 1920)
EVIL = """title: '"><script>document.title = "taken"</script>'
organization: '<img src=x onerror=alert(1)>'
follows: plans/municipal.yaml
activities:
  - {no: 1, title: '</script><script>alert(1)</script>', due: до 14.10.2022, owners: "<b>Савина И.А.</b>"}
"""
PARENT = """title: План района
school_year: 2022-2023
activities:
  - {no: 1, title: Приказ о наставничестве, due: до 14.10.2022, owners: Руководители ОО}
  - {no: 2, title: Анкетирование учителей, due: 12.10.2022 14.10.2022, owners: Руководители ОО}
"""
CHILD = """title: План школы
organization: МБОУ «СОШ № %s»
school_year: 2022-2023
follows: municipal.yaml
activities:
  - {no: 1, title: Приказ о наставничестве, covers: [1], due: до 15.10.2022, owners: Савина И.А., done: 12.10.2022}
  - {no: 3, title: Своё дело, section: Разное, due: в течение года, owners: Юдин В.А}
"""

pytestmark = pytest.mark.skipif(not BROWSER or not DRIVER, reason="needs chromium and chromedriver")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, roadmap: Callable[..., Ran]) -> Path:
    """The folder with pages of a municipality, of one school, and of a plan that tries to act."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "plans").symlink_to(HERE / "district" / "plans")
    (folder / "evil.yaml").write_text(EVIL, encoding="utf-8")
    school = str(HERE.parent / "plans" / "schools")
    few = folder / "few"
    few.mkdir()
    (few / "municipal.yaml").write_text(PARENT, encoding="utf-8")
    for number in ("1", "2"):
        (few / f"school-{number}.yaml").write_text(CHILD % number, encoding="utf-8")
    for name, plans in (("all", "plans"), ("one", school), ("few", str(few)), ("evil", "evil.yaml")):
        assert roadmap("report", plans, "-o", f"{name}.html", "--today", "2022-10-20", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = BROWSER or ""
    for switch in (*SWITCHES.split(), f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(DRIVER)
    browser = webdriver.Chrome(options=options, service=service)
    yield browser
    browser.quit()


@pytest.fixture
def show(chrome: Chrome, pages: Path) -> Iterator[Callable[..., Chrome]]:
    """`show("all", "state=overdue", width=360)`: the page in the browser, which must have nothing to complain of."""

    def shown(name: str, place: str = "", width: int = 1024, scheme: str = "light") -> Chrome:
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        chrome.get("about:blank")
        chrome.get(f"{(pages / f'{name}.html').as_uri()}{place and '#'}{place}")
        return chrome

    yield shown
    assert chrome.get_log("browser") == []


def ask(browser: Chrome, code: str, *args: Any) -> Any:
    return browser.execute_script(f"return {code}", *args)


def states(browser: Chrome) -> set[str]:
    return set(ask(browser, "[...document.querySelectorAll('tr[data-state]:not([hidden])')].map(r => r.dataset.state)"))


def visible(browser: Chrome, where: str) -> int:
    found: int = ask(
        browser, "[...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length", where
    )
    return found


def press(browser: Chrome, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


@pytest.mark.parametrize("name", ["all", "one", "evil"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out(show: Callable[..., Chrome], name: str, width: int) -> None:
    browser = show(name, width=width)
    assert ask(browser, "innerWidth") == width
    assert ask(browser, "document.documentElement.scrollWidth") == ask(browser, "document.documentElement.clientWidth")


def test_a_choice_shows_only_its_rows_and_stands_in_the_address(show: Callable[..., Chrome]) -> None:
    from selenium.webdriver.support.ui import Select

    browser = show("all")
    assert len(states(browser)) > 1
    total = visible(browser, "#urgent tr[data-state]")
    Select(browser.find_element("name", "state")).select_by_value("overdue")
    assert states(browser) == {"overdue"}
    assert browser.current_url.endswith("#state=overdue")
    assert browser.find_element("id", "found").text.startswith("Показано результатов: ")
    assert 0 < visible(browser, "#urgent tr[data-state]") < total
    browser.find_element("css selector", "button[type=reset]").click()
    browser.execute_async_script("setTimeout(arguments[0])")
    assert len(states(browser)) > 1
    assert visible(browser, "#urgent tr[data-state]") == total


def test_a_sent_link_shows_the_same_choice(show: Callable[..., Chrome]) -> None:
    browser = show("all", "school=school-10&state=overdue")
    assert states(browser) == {"overdue"}
    assert visible(browser, "#school-10 tr[data-state]") > 0
    assert visible(browser, "#school-2") == 0
    assert ask(browser, "document.querySelectorAll('.matrix tbody tr:not([hidden])').length") == 1


def test_people_are_chosen_with_the_keyboard(show: Callable[..., Chrome]) -> None:
    from selenium.webdriver import Keys

    browser = show("one")
    browser.execute_script("document.querySelector('[name=who]').focus()")
    press(browser, Keys.ARROW_DOWN)
    name = ask(browser, "document.querySelector('[name=who]').value")
    assert name
    rows = ask(browser, "[...document.querySelectorAll('#plans tr[data-state]:not([hidden])')].map(r => r.innerText)")
    assert rows
    assert [row for row in rows if name.split()[0] not in row] == []


def test_a_deep_link_opens_what_is_folded(show: Callable[..., Chrome]) -> None:
    browser = show("all", "school-7-3.1")
    assert ask(browser, "document.activeElement.id") == "school-7-3.1"
    assert visible(browser, "#school-7-3\\.1") == 1
    assert 0 <= ask(browser, "document.activeElement.getBoundingClientRect().top") < 800


def test_a_cell_tells_its_reason_with_mouse_and_keyboard(show: Callable[..., Chrome]) -> None:
    from selenium.webdriver import Keys

    browser = show("all")
    cell = browser.find_element("css selector", ".cell a[href='#school-10-gap-1']")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", cell)
    cell.click()
    assert "позже на" in browser.find_element("id", "panel").text
    press(browser, Keys.ESCAPE)
    assert not browser.find_element("id", "panel").is_displayed()
    assert ask(browser, "document.activeElement.hash") == "#school-10-gap-1"
    press(browser, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.find_element("id", "panel").is_displayed()
    assert "МБОУ «СОШ № 7» — № 2" in browser.find_element("id", "panel").text
    press(browser, Keys.ENTER)
    assert not browser.find_element("id", "panel").is_displayed()


def test_a_script_in_a_title_stays_text(show: Callable[..., Chrome]) -> None:
    browser = show("evil")
    assert "<script>" in browser.find_element("tag name", "h1").text
    assert "taken" not in browser.title.split()
    assert ask(browser, "document.scripts.length") == 1


def test_without_a_script_everything_is_shown(show: Callable[..., Chrome]) -> None:
    browser = show("one")
    shown = visible(browser, "tr[data-state]")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.refresh()
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert visible(browser, "tr[data-state]") == shown
    assert visible(browser, "#filter") == 0


@pytest.mark.parametrize("name", ["all", "one"])
def test_paper_is_wide_enough(show: Callable[..., Chrome], name: str) -> None:
    """No page of the print is narrower than its contents: Chromium would shrink them all."""
    browser = show(name)
    sheet = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", base64.b64decode(sheet["data"]))
    assert pages
    assert {(round(float(wide)), round(float(high))) for wide, high in pages} == {(595, 842)}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 703, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    )
    assert ask(browser, "document.documentElement.scrollWidth") <= 703
    assert visible(browser, "#filter, nav, dialog") == 0
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1024])
def test_axe_finds_nothing_serious(show: Callable[..., Chrome], width: int, scheme: str) -> None:
    pytest.importorskip("axe_core_python", reason="pip install -e '.[dev]'")
    browser = show("few", width=width, scheme=scheme)
    browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    browser.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = browser.execute_async_script("axe.run().then(arguments[0])")
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in serious] == []
