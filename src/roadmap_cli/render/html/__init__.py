"""One self-contained page: no network, a content-security policy, the same bytes for the same plans and day."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from roadmap_cli.render.html.matrix import matrix
from roadmap_cli.render.html.parts import alarms, loads, today
from roadmap_cli.render.html.rows import People
from roadmap_cli.render.html.sheets import sheet
from roadmap_cli.render.html.svg import timeline
from roadmap_cli.render.html.tags import Markup, join, tag, verbatim
from roadmap_cli.status import STATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap_cli.report.page.values import Page

GENERATOR = "roadmap"
"""Whom the page names as its maker."""
_UNFOLDED = 3  # up to so many plans nothing is folded


def page_html(page: Page) -> Iterator[str]:
    """The page in pieces, to be joined and written as UTF-8."""
    style, script = _resource("page.css"), _resource("page.js")
    people = People(page)
    yield "<!DOCTYPE html>\n"
    yield '<html lang="ru">\n'
    yield _head(page, style, script)
    yield "<body>\n"
    yield tag("a", "К содержанию", href="#main", class_="skip")
    yield _banner(page)
    yield _contents(page)
    yield _filters(page, people)
    yield '<main id="main">\n'
    yield from _main(page, people)
    yield "</main>\n"
    yield _footer(page)
    yield tag("dialog", id="panel", aria_labelledby="panel-title")
    yield tag("script", verbatim(script))
    yield "\n</body>\n</html>\n"


def signed(text: str) -> bytes:
    """The page as the bytes of a file, with a mark at the end by which it is known until somebody changes it."""
    data = text.encode("utf-8", "backslashreplace")
    return data + _mark(data)


def made_here(data: bytes) -> bool:
    """Whether these are the bytes of a page that the program made and nobody changed."""
    size = len(_mark(b""))
    return data[-size:] == _mark(data[:-size])


def _mark(data: bytes) -> bytes:
    return f"<!-- roadmap {sha256(data).hexdigest()} -->\n".encode()


def _resource(name: str) -> str:
    return files("roadmap_cli.render.html").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _head(page: Page, style: str, script: str) -> Markup:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=GENERATOR),
        tag("title", f"{page.title} — на {page.day}"),
        tag("link", rel="icon", href="data:,"),
        tag("style", verbatim(style)),
    )


def _banner(page: Page) -> Markup:
    return tag(
        "header",
        tag("p", page.organization, class_="over") if page.organization else None,
        tag("h1", page.title),
        tag("p", "Состояние на ", tag("strong", page.day), class_="day"),
        class_="banner",
    )


def _contents(page: Page) -> Markup:
    known = (
        ("today", "Сегодня", True),
        ("urgent", "Просрочено и скоро", bool(page.alarms)),
        ("year", "Год", page.timeline is not None),
        ("load", "Нагрузка и дисциплина", any(one.loads for one in page.sheets)),
        *((one.anchor, "Школы × мероприятия", True) for one in page.matrices[:1]),
        ("plans", "Планы" if len(page.sheets) > 1 else "План по строкам", bool(page.sheets)),
    )
    links = (tag("li", tag("a", words, href=f"#{anchor}")) for anchor, words, there in known if there)
    return tag("nav", tag("ul", *links), aria_label="Разделы", class_="contents")


def _filters(page: Page, people: People) -> Markup:
    """The choices of school, person and state; without the script the form stays hidden and everything is shown."""
    states = {line.state for one in page.sheets for block in one.blocks for line in block.lines}
    schools = [(one.anchor, one.name) for one in page.sheets]
    fields = (
        _select("school", "План", "все планы", schools) if len(schools) > 1 else None,
        _select("who", "Ответственный", "все люди", [(name, name) for name in people.names]),
        _select("state", "Состояние", "любое", [(s, words) for s, words in STATE_NAMES.items() if s in states]),
        tag("button", "Показать всё", type="reset"),
        tag("output", role="status", aria_live="polite", id="found"),
    )
    return tag("form", *fields, id="filter", hidden=True, aria_label="Что показать")


def _select(name: str, label: str, everything: str, options: list[tuple[str, str]]) -> Markup:
    shown = (tag("option", words, value=value) for value, words in options)
    return tag("label", tag("span", label), tag("select", tag("option", everything, value=""), *shown, name=name))


def _main(page: Page, people: People) -> Iterator[str]:
    yield today(page)
    yield alarms(page, people)
    if page.timeline:
        yield timeline(page.timeline)
    yield loads(page, people)
    for one in page.matrices:
        yield matrix(one)
    several = len(page.sheets) > 1
    if page.sheets:
        yield '<section id="plans">'
        yield tag("h2", "Планы" if several else "План по строкам")
        if several:
            words = "Раскройте план, чтобы увидеть его строки; печатаются раскрытые."
            unfold = tag("button", "Раскрыть все", type="button", id="unfold", hidden=True)
            yield tag("p", words, " ", unfold, class_="screen")
        for plan in page.sheets:
            yield sheet(plan, people, several, len(page.sheets) <= _UNFOLDED)
            yield "\n"
        yield "</section>\n"


def _footer(page: Page) -> Markup:
    said = (
        f"Составлено программой roadmap по файлам планов на {page.day}.",
        "Сроки приведены словами документа; рядом — как они прочитаны, если это не одно и то же.",
    )
    return tag("footer", join((tag("p", one) for one in said), "\n"))
