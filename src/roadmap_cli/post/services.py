"""Letters to messengers and other services, by the library apprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.errors import RoadmapError
from roadmap_cli.extras import library
from roadmap_cli.post import Outcome
from roadmap_cli.post.secrets import secret
from roadmap_cli.remind.digest import subject, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from roadmap_cli.remind import Letter


def service_urls(named: Iterable[str]) -> dict[str, str]:
    """The addresses of the services, from files too, by a key that gives no secret away.

    Raises RoadmapError for a file that cannot be read or that others can read, and when there is no address at all.
    """
    from roadmap_cli.remind.items import digest

    urls = []
    for one in named:
        lines = [one] if "://" in one else secret(one).splitlines()
        urls += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not urls:
        raise RoadmapError("некуда слать: впишите в настройки reminders.apprise адреса служб или файл с ними")
    return {f"{url.partition('://')[0][:20]}-{digest([url])[:12]}": url for url in urls}


def notify(letters: Sequence[Letter], urls: Mapping[str, str], today: date) -> Iterator[Outcome]:
    """What became of each letter; its recipient's address is a key of `urls`."""
    apprise = library("apprise")
    for letter in letters:
        service = apprise.Apprise()
        if not service.add(urls[letter.recipient.address]):
            yield Outcome(letter, "apprise не понимает этого адреса: проверьте reminders.apprise")
            continue
        body = text([letter], today)
        sent = service.notify(body=body, title=subject([letter], today), body_format=apprise.NotifyFormat.TEXT)
        yield Outcome(letter, "" if sent else "служба не приняла сообщение")
