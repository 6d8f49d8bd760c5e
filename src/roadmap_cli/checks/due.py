"""RM2: deadlines, as they are written and against each other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.calendar import WEEKDAYS, is_day_off, why_off
from roadmap_cli.checks import Remark, check
from roadmap_cli.dates.resolve import YEAR_TAKEN, month_end
from roadmap_cli.dates.words import in_words, plain_days
from roadmap_cli.memo import remembered
from roadmap_cli.model import Related
from roadmap_cli.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import TypeAlias

    from roadmap_cli.model import Activity, Deliverable, Due, Plan, Span
    from roadmap_cli.project import Project

    Written: TypeAlias = tuple[Activity, Due, Span]

_NO_SEASON = "дни не заданы в настройках"
_NO_DASH = ("две даты без тире", "даты без тире")


@remembered()
def _dues(plan: Plan) -> Sequence[Written]:
    """Every written deadline once, with its place: a shared one stands at its first deliverable."""
    found: dict[Span, Written] = {}
    for activity in plan.activities:
        for deliverable in activity.deliverables:
            if deliverable.due is not None and (place := deliverable.spans.get("due")) is not None:
                found.setdefault(place, (activity, deliverable.due, place))
    return tuple(found.values())


@remembered()
def _remarked(plan: Plan) -> Sequence[Written]:
    """The deadlines that were not read, or not without a doubt."""
    return [
        one for one in _dues(plan) if (due := one[1]).repairs or due.notes or due.unclear or due.kind == "unreadable"
    ]


def _said(due: Due) -> str:
    return visible(" ".join(due.text.split())[:80])


@check("RM201", "no-due", "warning")
def no_due(plan: Plan, project: Project) -> Iterator[Remark]:
    """У результата нет срока.

    Зачем: без срока нельзя ни напомнить, ни сказать, что опоздали.

    Плохо:
        deliverable: Приказ
    Скажет: срок не указан: впишите «due» словами документа

    Хорошо:
        deliverable: Приказ
        due: до 14.10.2022
    """
    for activity in plan.activities:
        for deliverable in activity.deliverables:
            if deliverable.due is None and not activity.cancelled:
                place = deliverable.spans.get("due", deliverable.span)
                yield Remark(place, "срок не указан: впишите «due» словами документа", activity.id or activity.no)


@check("RM202", "unreadable-due", "error")
def unreadable_due(plan: Plan, project: Project) -> Iterator[Remark]:
    """Срок не прочитан.

    Зачем: программа не догадывается; за сроком, которого она не поняла, она не следит.

    Плохо:
        due: 31.02.2023
    Скажет: срок не прочитан: «31.02.2023» (нет такого дня: «31.02.2023»); напишите, например, «до 15.10.2022»

    Хорошо:
        due: 28.02.2023
    """
    for activity, due, place in _remarked(plan):
        if due.kind == "unreadable":
            why = "; ".join((*due.repairs, *due.notes))
            message = f"срок не прочитан: «{_said(due)}» ({visible(why)}); напишите, например, «до 15.10.2022»"
            yield Remark(place, message, activity.id or activity.no)


@check("RM203", "lost-dash", "warning")
def lost_dash(plan: Plan, project: Project) -> Iterator[Remark]:
    """Две даты стоят рядом без тире и без «до».

    Зачем: это либо период, у которого потерялось тире, либо два отдельных срока; программа не выбирает молча.

    Плохо:
        due: 12.10.2022 14.10.2022
    Скажет: две даты без тире: «12.10.2022 14.10.2022» — период или два срока? Поставьте тире или запятую

    Хорошо:
        due: 12.10.2022 - 14.10.2022
    """
    for activity in plan.activities:
        if len(activity.deliverables) != 2:
            continue
        bare = [d for d in activity.deliverables if d.due is not None and d.due.kind == "on" and not d.due.repairs]
        if len(bare) == 2 and _increasing(bare):
            first, second = bare
            said = f"{_text(first)} и {_text(second)}"
            message = f"два дня друг под другом без «до» и без тире ({said}): период или по сроку на каждый результат?"
            where = (Related(second.spans["due"], "второй день"),) if second.spans["due"] != first.spans["due"] else ()
            yield Remark(first.spans["due"], message, activity.id or activity.no, where)
    for activity, due, place in _remarked(plan):
        if due.unclear:
            message = f"две даты без тире: «{_said(due)}» — период или два срока? Поставьте тире или запятую"
            yield Remark(place, message, activity.id or activity.no)


def _increasing(bare: list[Deliverable]) -> bool:
    days = [d.due.end for d in bare if d.due is not None and d.due.end is not None]
    return len(days) == 2 and days[0] < days[1] and (days[1] - days[0]).days <= 31


def _text(deliverable: Deliverable) -> str:
    return in_words(deliverable.due) if deliverable.due is not None else ""


@check("RM204", "mended-due", "warning")
def mended_due(plan: Plan, project: Project) -> Iterator[Remark]:
    """Срок прочитан, но в записи пришлось исправить ошибку.

    Зачем: исправление видно здесь, чтобы поправить документ и проверить, что понято верно.

    Плохо:
        due: до 15.03..2023
    Скажет: две точки подряд: «до 15.03..2023» понято как «до 15.03.2023»

    Хорошо:
        due: до 15.03.2023
    """
    for activity, due, place in _remarked(plan):
        if due.repairs and due.kind != "unreadable":
            message = f"{visible('; '.join(due.repairs))}: «{_said(due)}» понято как «{visible(in_words(due))}»"
            yield Remark(place, message, activity.id or activity.no)


@check("RM205", "doubtful-due", "warning")
def doubtful_due(plan: Plan, project: Project) -> Iterator[Remark]:
    """Срок прочитан, но его можно понять и иначе.

    Зачем: решить, что имелось в виду, должен человек; пока взято то, что названо в скобках.

    Плохо:
        due: до 15 августа
    Скажет: «до 15 августа»: август без года: понято как 2023, но может быть и 2022 (понято: до 15.08.2023)

    Хорошо:
        due: до 15.08.2023
    """
    for activity, due, place in _remarked(plan):
        notes = [n for n in due.notes if not n.startswith((_NO_SEASON, YEAR_TAKEN, *_NO_DASH))]
        if notes and due.kind != "unreadable":
            known = f" (понято: {visible(in_words(due))})" if due.start or due.end else ""
            yield Remark(place, f"«{_said(due)}»: {visible('; '.join(notes))}{known}", activity.id or activity.no)


@check("RM206", "season-unknown", "note")
def season_unknown(plan: Plan, project: Project) -> Iterator[Remark]:
    """Срок назван каникулами или четвертью, а их дней в настройках нет.

    Зачем: пока дни неизвестны, за таким сроком программа не следит и о нём не предупредит.

    Плохо:
        due: зимние каникулы
    Скажет: «зимние каникулы»: этих дней в настройках нет; впишите их в roadmap.yaml («vacations» или «terms»)

    Хорошо:
        # plan.yaml
        due: зимние каникулы
        # roadmap.yaml
        vacations:
          2022-2023: {зимние: с 29.12.2022 по 11.01.2023}
    """
    for activity, due, place in _remarked(plan):
        if any(note.startswith(_NO_SEASON) for note in due.notes):
            message = f"«{_said(due)}»: этих дней в настройках нет; впишите их в roadmap.yaml («vacations» или «terms»)"
            yield Remark(place, message, activity.id or activity.no)


@check("RM207", "before-order", "warning")
def before_order(plan: Plan, project: Project) -> Iterator[Remark]:
    """Срок наступает раньше, чем издан приказ.

    Зачем: исполнить приказ до его издания нельзя; чаще всего это описка в дате.

    Плохо:
        order: {number: 161-а, date: 05.10.2022}
        activities:
          - {no: 1, title: Назначить координатора, due: до 04.10.2022}
    Скажет: срок «до 04.10.2022» раньше приказа от 05.10.2022: проверьте обе даты

    Хорошо:
        order: {number: 161-а, date: 05.10.2022}
        activities:
          - {no: 1, title: Назначить координатора, due: до 14.10.2022}
    """
    issued = plan.order.date.end if plan.order and plan.order.date else None
    if plan.order is None or issued is None:
        return
    for activity, due, place in _dues(plan):
        first = min((part.end for part in due.parts if part.end), default=due.end)
        if first is not None and first < issued and due.kind != "recurring":
            message = f"срок «{_said(due)}» раньше приказа от {issued:%d.%m.%Y}: проверьте обе даты"
            where = Related(plan.order.spans["date"], "дата приказа")
            yield Remark(place, message, activity.id or activity.no, (where,))


@check("RM208", "day-off", "note")
def day_off(plan: Plan, project: Project) -> Iterator[Remark]:
    """Мероприятие назначено на нерабочий день, или период в нерабочий день начинается либо кончается.

    Зачем: в выходной и праздник школа не работает; для срока «до …» это не ошибка, и о нём здесь не говорится.

    Плохо:
        due: 15.10.2022
    Скажет: назначено на нерабочий день: 15.10.2022, сб, выходной

    Хорошо:
        due: 14.10.2022
    """
    for activity, due, place in _dues(plan):
        if said := _held_on_days_off(due):
            yield Remark(place, said, activity.id or activity.no)


@lru_cache(maxsize=1024)
def _held_on_days_off(due: Due) -> str:
    return "; ".join(filter(None, (_days_off(start, end) for start, end in _held(due))))


def _held(due: Due) -> tuple[tuple[date | None, date | None], ...]:
    """The days on which something is held: a day, a period, or each of several that are listed with commas."""
    if due.kind == "dates" and not due.unclear:
        return tuple((part.start, part.end) for part in due.parts)
    return ((due.start, due.end),) if due.kind in ("on", "period") else ()


def _days_off(start: date | None, end: date | None) -> str:
    if start is None or end is None or _is_whole(start, end):
        return ""
    if start == end:
        return f"назначено на нерабочий день: {_off(start)}" if is_day_off(start) else ""
    edges = (("начинается", start), ("кончается", end))
    said = [f"{verb} в нерабочий день ({_off(day)})" for verb, day in edges if is_day_off(day)]
    return "период " + " и ".join(said) if said else ""


def _off(day: date) -> str:
    return f"{day:%d.%m.%Y}, {WEEKDAYS[day.weekday()]}, {why_off(day)}"


def _is_whole(start: date, end: date) -> bool:
    """Whole months, quarters and years begin and end where they do."""
    return start.day == 1 and end == month_end(end.year, end.month)


@check("RM209", "year-slip", "warning")
def year_slip(plan: Plan, project: Project) -> Iterator[Remark]:
    """Среди сроков следующего года стоит срок прошлого.

    Зачем: план идёт по времени, и год в такой строке — обычно описка.

    Плохо:
        - {no: 1, title: Приказ, due: до 14.10.2022}
        - {no: 2, title: Опрос, due: до 20.01.2023}
        - {no: 3, title: Планы, due: до 01.06.2023}
        - {no: 4, title: Сводка, due: до 30.08.2022}
    Скажет: «до 30.08.2022» стоит после сроков следующего года: похоже на описку в годе

    Хорошо:
        - {no: 1, title: Приказ, due: до 14.10.2022}
        - {no: 2, title: Опрос, due: до 20.01.2023}
        - {no: 3, title: Планы, due: до 01.06.2023}
        - {no: 4, title: Сводка, due: до 30.08.2023}
    """
    if any(a.section or a.period for a in plan.activities):
        return
    dated = [(a, due, due.end, place) for a, due, place in _dues(plan) if due.end and due.kind in _FIRM]
    runs: list[list[tuple[Activity, Due, Span]]] = []
    latest = 0
    running = False
    for activity, due, end, place in dated:
        if end.year < latest:
            if not running:
                runs.append([])
            runs[-1].append((activity, due, place))
        running = end.year < latest
        latest = max(latest, end.year)
    if len(runs) != 1 or len(runs[0]) * 4 > len(dated):
        return
    (activity, due, place), *others = runs[0]
    where = tuple(Related(span, f"и здесь: «{_said(other)}»") for _, other, span in others)
    message = f"«{_said(due)}» стоит после сроков следующего года: похоже на описку в годе"
    yield Remark(place, message, activity.id or activity.no, where)


_FIRM = ("on", "by", "period", "dates")
_REPORTS = ("отчет", "справк", "по результатам", "по итогам", "аналитич")


@check("RM210", "report-before-end", "warning")
def report_before_end(plan: Plan, project: Project) -> Iterator[Remark]:
    """Отчёт о мероприятии должен быть готов раньше, чем мероприятие кончится.

    Зачем: отчитаться о том, что ещё идёт, нельзя; одна из дат написана с ошибкой.

    Плохо:
        deliverables:
          - {text: Анкетирование родителей, due: до 31.10.2022}
          - {text: Отчёт о результатах, due: до 21.10.2022}
    Скажет: отчёт раньше конца мероприятия: до 21.10.2022, а оно идёт по 31.10.2022; проверьте даты

    Хорошо:
        deliverables:
          - {text: Анкетирование родителей, due: до 31.10.2022}
          - {text: Отчёт о результатах, due: до 10.11.2022}
    """
    for activity in plan.activities:
        if len(activity.deliverables) < 2:
            continue
        firm = [(d, d.due.end) for d in activity.deliverables if d.due and d.due.end and d.due.kind in _FIRM]
        for report, end in firm:
            later = [(d, last) for d, last in firm if last > end and not _is_report(d.text)]
            if later and _is_report(report.text):
                other, last = max(later, key=lambda pair: pair[1])
                said = f"{_text(report)}, а оно идёт по {last:%d.%m.%Y}"
                message = f"отчёт раньше конца мероприятия: {said}; проверьте даты"
                where = Related(other.spans.get("due", other.span), f"срок «{_text(other)}»")
                yield Remark(report.spans.get("due", report.span), message, activity.id or activity.no, (where,))


@lru_cache(maxsize=512)
def _is_report(text: str) -> bool:
    folded = fold(text)
    return any(word in folded for word in _REPORTS)


@check("RM211", "bad-done", "error")
def bad_done(plan: Plan, project: Project) -> Iterator[Remark]:
    """День исполнения не читается.

    Зачем: пока отметка не прочитана, мероприятие считается неисполненным.

    Плохо:
        due: до 14.10.2022
        done: да
    Скажет: «да» — не день исполнения; напишите, например, 12.10.2022

    Хорошо:
        due: до 14.10.2022
        done: 12.10.2022
    """
    for activity in plan.activities:
        for deliverable in activity.deliverables:
            done = deliverable.done
            if done is not None and not plain_days(done):
                message = f"«{_said(done)}» — не день исполнения; напишите, например, 12.10.2022"
                yield Remark(deliverable.spans["done"], message, activity.id or activity.no)
