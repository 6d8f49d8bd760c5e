"""`roadmap remind`: tells the owners what is due, once each, from cron."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.exits import EXIT_UNDELIVERED, EXIT_USAGE
from roadmap_cli.cli.frame import clock, open_project, paths_argument, remark, say, tell_problems, today_option
from roadmap_cli.cli.russian import RussianCommand
from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from roadmap_cli.ledger import Ledger
    from roadmap_cli.post import Outcome
    from roadmap_cli.project import Project
    from roadmap_cli.remind import Channel, Letter
    from roadmap_cli.remind.recipients import Who
    from roadmap_cli.settings import Reminders

    Deliver: TypeAlias = Callable[[Sequence[Letter]], Iterable[Outcome]]

CHANNELS = ("stdout", "smtp", "json", "apprise")


@click.command(cls=RussianCommand)
@paths_argument
@today_option
@click.option(
    "--to",
    "channel",
    type=click.Choice(CHANNELS),
    default="stdout",
    help="Куда: stdout — одной сводкой (cron её пришлёт), smtp — каждому письмом, json, apprise.",
)
@click.option("--only", default="", metavar="ПЕРСОНА", help="Только этому человеку (часть имени или адрес).")
@click.option("--state", metavar="ФАЙЛ", help="Журнал того, что уже сказано (иначе в папке состояния системы).")
@click.option("--dry-run", is_flag=True, help="Показать, что было бы сказано; ничего не слать и не запоминать.")
@click.pass_obj
def command(
    plans_dir: str | None,
    paths: tuple[str, ...],
    today: date | None,
    channel: Channel,
    only: str,
    state: str | None,
    dry_run: bool,
) -> int:
    """Напомнить о сроках: что просрочено, сегодня, скоро, начинается, перенесено. Каждое — один раз.

    Для cron и systemd: когда сказать нечего, не печатает ничего. Как настроить — docs/reminders.md.

    \b
    roadmap remind --dry-run
    roadmap remind --to smtp
    roadmap remind --to smtp --only Савина
    """
    from roadmap_cli.ledger import Busy, opened, state_file
    from roadmap_cli.remind.items import items
    from roadmap_cli.remind.letters import Wanted, letters, people
    from roadmap_cli.reminders import for_plan

    project, settings = open_project(paths, plans_dir)
    unread = tell_problems(project)
    _tell_addresses(project, channel)
    day = clock(today, settings)
    rules = for_plan(settings.reminders, settings.root)
    found = tuple(items(project, settings.root, _called()))
    only = only.strip()
    services = _services(rules) if channel == "apprise" else {}
    wanted = Wanted(channel, only, tuple(services))
    if only:
        _check_person(only, people(project, found))
    deliver = None if dry_run else _delivery(channel, rules, services, day)
    path = state or state_file(settings.root, sys.platform, os.environ, os.path.expanduser("~"))
    delivered = True
    try:
        with opened(path, reading=dry_run) as ledger:
            written = letters(project, found, day, wanted, ledger.memory)
            if dry_run:
                _show(written, day, channel)
            else:
                delivered = _send(written, day, channel, ledger, deliver)
    except Busy:
        remark(f"roadmap: напоминания уже рассылает другой запуск (журнал «{path}»): этот ничего не отправил")
    return EXIT_UNDELIVERED if not delivered else EXIT_USAGE if unread else 0


def _called() -> dict[str, str]:
    """The short names by which a command given in this folder finds plans, by the real path of each."""
    from roadmap_cli.config import find_plans
    from roadmap_cli.project import short_names

    try:
        folder = find_plans(os.getcwd(), os.environ.get("ROADMAP_PLANS"))
    except RoadmapError:
        return {}
    return {os.path.realpath(path): name for name, path in short_names(folder).items()}


def _tell_addresses(project: Project, channel: Channel) -> None:
    """What stands in `people` as an address and is none, and whom the settings name though no address is known."""
    from roadmap_cli.remind.recipients import bad_addresses, without_address

    for key, words in without_address(project) if channel == "smtp" else ():
        remark(f"reminders.{key}: у «{words}» нет адреса в people (или он не один): впишите в настройки адрес")
    for plan in project.asked():
        for span, words in bad_addresses(plan):
            said = f"«{words}» — не почтовый адрес (до «@» только латинские буквы): письма туда не уйдут"
            remark(f"{span.path}:{span.line}:{span.column}: {said}")


def _check_person(only: str, everybody: Sequence[Who]) -> None:
    """A misspelt name must not pass for one that has nothing to do."""
    from roadmap_cli.remind.letters import is_meant

    if not any(is_meant(who, only) for who in everybody):
        names = ", ".join(dict.fromkeys(who.name for who in everybody)) or "никого"
        raise RoadmapError(f"--only: «{only}» нет среди ответственных; в планах есть: {cut(names, 300)}")


def _services(rules: Reminders) -> dict[str, str]:
    from roadmap_cli.post.services import service_urls

    return service_urls(rules.apprise)


def _delivery(channel: Channel, rules: Reminders, services: Mapping[str, str], day: date) -> Deliver | None:
    """How letters leave the machine; None where they are only printed."""
    if channel == "apprise":
        from roadmap_cli.post.services import notify

        return partial(notify, urls=services, today=day)
    if channel != "smtp":
        return None
    from datetime import UTC, datetime

    from roadmap_cli.addresses import named_address
    from roadmap_cli.post.mail import Mailer, password_of

    server = rules.smtp
    if not server.host or not server.sender:
        missing = " и ".join(name for name, value in (("host", server.host), ("from", server.sender)) if not value)
        raise RoadmapError(
            f"почта не настроена: впишите в reminders.smtp файла roadmap.yaml {missing} (docs/reminders.md)"
        )
    password = password_of(server, os.environ.get("ROADMAP_SMTP_PASSWORD", ""))
    return Mailer(server, named_address(server.sender), password, day, datetime.now(UTC).astimezone()).send


def _send(written: Sequence[Letter], day: date, channel: Channel, ledger: Ledger, deliver: Deliver | None) -> bool:
    """Deliver the letters and write down each that was taken; whether all were."""
    printed = [one for one in written if one.notices and _is_printed(one)]
    lost = bool(printed) and sys.stdout.name == os.devnull  # closed by the shell («>&-»): nobody would read it
    if lost:
        remark("roadmap: стандартный вывод закрыт, напоминания не напечатаны: они будут сказаны при следующем запуске")
        printed = []
    if printed:
        _print(printed, day, channel)
        sys.stdout.flush()
    ledger.record([*printed, *(one for one in written if not one.notices)], day.isoformat())
    waiting = [one for one in written if one.notices and not _is_printed(one)]
    troubles = 0
    for letter, trouble in deliver(waiting) if deliver and waiting else ():
        if trouble:
            troubles += 1
            remark(f"roadmap: не доставлено {letter.recipient.address}: {trouble}")
        else:
            ledger.record([letter], day.isoformat())
    return not (troubles or lost)


def _is_printed(letter: Letter) -> bool:
    return letter.recipient.key.startswith(("stdout:", "json:"))


def _print(printed: Sequence[Letter], day: date, channel: Channel) -> None:
    from roadmap_cli.remind.digest import text

    if channel == "json":
        import json

        from roadmap_cli.remind.document import document

        say(json.dumps(document(printed, day), ensure_ascii=False, indent=2))
        return
    if channel == "smtp":
        say("Этим людям письмо послать некуда: впишите people.email в план или reminders.default в roadmap.yaml.")
    say(text(printed, day).removesuffix("\n"))


def _show(written: Sequence[Letter], day: date, channel: Channel) -> None:
    """What would be sent, each letter with its address and subject."""
    from roadmap_cli.remind.digest import subject, text

    full = [one for one in written if one.notices]
    if not full:
        remark("roadmap: нового сказать нечего")
    printed = [one for one in full if _is_printed(one)]
    if printed:
        _print(printed, day, channel)
    for one in full:
        if one not in printed:
            say(f"Кому: {f'{one.recipient.name} <{one.recipient.address}>'.strip()}")
            say(f"Тема: {subject([one], day)}")
            say(f"\n{text([one], day, names=False)}")
