"""RM1: numbers, ids, titles and the frame of a plan."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap_cli.checks import Remark, catalogue, check
from roadmap_cli.dates import parse_years
from roadmap_cli.memo import remembered
from roadmap_cli.model import Related
from roadmap_cli.project import MAX_LEVELS
from roadmap_cli.selection import trouble
from roadmap_cli.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from roadmap_cli.model import Activity, Plan
    from roadmap_cli.project import Project


@remembered()
def _parts(plan: Plan) -> Collection[Sequence[Activity]]:
    """The activities under each heading: numbers may begin anew in every section and month."""
    by_heading: dict[tuple[str, str], list[Activity]] = {}
    for activity in plan.activities:
        by_heading.setdefault((activity.section, activity.period), []).append(activity)
    return by_heading.values()


@remembered()
def _numbered(plan: Plan) -> Sequence[Sequence[tuple[int, Activity]]]:
    """The same parts, of each the activities whose number is one, with it."""
    return [[(int(row.no.rstrip(".")), row) for row in part if _is_number(row.no)] for part in _parts(plan)]


@check("RM101", "duplicate-number", "warning")
def duplicate_number(plan: Plan, project: Project) -> Iterator[Remark]:
    """Один номер стоит у двух мероприятий.

    Зачем: на номер ссылаются другие планы и отчёты; по повторённому номеру не понять, о чём речь.

    Плохо:
        - {no: 14, title: Опрос родителей}
        - {no: 14, title: Сводка по опросу}
    Скажет: номер 14 повторяется; поправьте номер или дайте мероприятиям разные «id»

    Хорошо:
        - {no: 14, title: Опрос родителей}
        - {no: 15, title: Сводка по опросу}
    """
    for part in _parts(plan):
        first: dict[str, Activity] = {}
        for activity in part:
            number = activity.no.rstrip(".")
            if number and number in first:
                where = Related(first[number].spans["no"], f"№ {number} уже стоит здесь")
                message = f"номер {visible(number)} повторяется; поправьте номер или дайте мероприятиям разные «id»"
                yield Remark(activity.spans["no"], message, activity.id or activity.no, (where,))
            elif number:
                first[number] = activity


@check("RM102", "missing-number", "warning")
def missing_number(plan: Plan, project: Project) -> Iterator[Remark]:
    """В нумерации пропущен номер.

    Зачем: чаще всего это строка документа, потерянная при переписывании.

    Плохо:
        - {no: 4, title: Опрос родителей}
        - {no: 6, title: Сводка по опросу}
    Скажет: после № 4 идёт № 6: пропущен № 5; проверьте, не потеряна ли строка

    Хорошо:
        - {no: 4, title: Опрос родителей}
        - {no: 5, title: Опрос учащихся}
        - {no: 6, title: Сводка по опросу}
    """
    for part in _numbered(plan):
        last = 0
        seen = {number for number, _ in part}
        for number, activity in part:
            skipped = range(last + 1, number) if last and number - last < 100 else ()
            if lost := [n for n in skipped if n not in seen]:
                said = f"пропущен № {lost[0]}" if len(lost) == 1 else f"пропущены № {lost[0]}–{lost[-1]}"
                message = f"после № {last} идёт № {number}: {said}; проверьте, не потеряна ли строка"
                yield Remark(activity.spans["no"], message, activity.id or activity.no)
            last = max(last, number)


@check("RM103", "number-order", "warning")
def number_order(plan: Plan, project: Project) -> Iterator[Remark]:
    """Номера идут не по порядку.

    Зачем: либо строки переставлены, либо в номере описка.

    Плохо:
        - {no: 1, title: Опрос родителей}
        - {no: 3, title: Опрос учащихся}
        - {no: 2, title: Сводка по опросу}
    Скажет: № 2 стоит после № 3; проверьте номер и порядок строк

    Хорошо:
        - {no: 1, title: Опрос родителей}
        - {no: 2, title: Опрос учащихся}
        - {no: 3, title: Сводка по опросу}
    """
    for part in _numbered(plan):
        last = 0
        for number, activity in part:
            if number < last:
                message = f"№ {number} стоит после № {last}; проверьте номер и порядок строк"
                yield Remark(activity.spans["no"], message, activity.id or activity.no)
            last = number


def _is_number(text: str) -> bool:
    digits = text.rstrip(".")
    return digits.isascii() and digits.isdigit() and len(digits) < 6


@check("RM104", "no-number", "warning")
def no_number(plan: Plan, project: Project) -> Iterator[Remark]:
    """У мероприятия нет ни номера, ни кода («id»).

    Зачем: на такое мероприятие нельзя сослаться ни в другом плане, ни в команде.

    Плохо:
        - title: Опрос родителей
    Скажет: у мероприятия «Опрос родителей» нет номера: впишите «no» или «id»

    Хорошо:
        - no: 1
          title: Опрос родителей
    """
    for activity in plan.activities:
        if not activity.no and not activity.id:
            yield Remark(
                activity.span, f"у мероприятия «{visible(activity.title[:60])}» нет номера: впишите «no» или «id»"
            )


@check("RM105", "duplicate-id", "error")
def duplicate_id(plan: Plan, project: Project) -> Iterator[Remark]:
    """Один код («id») стоит у двух мероприятий.

    Зачем: ссылка на него указывает сразу на оба.

    Плохо:
        - {no: 1, id: опрос, title: Опрос родителей}
        - {no: 2, id: опрос, title: Опрос учащихся}
    Скажет: id «опрос» повторяется: дайте каждому мероприятию свой

    Хорошо:
        - {no: 1, id: опрос-родителей, title: Опрос родителей}
        - {no: 2, id: опрос-учащихся, title: Опрос учащихся}
    """
    first: dict[str, Activity] = {}
    for activity in plan.activities:
        if "id" not in activity.spans or not activity.id:
            continue
        if activity.id in first:
            where = Related(first[activity.id].spans["id"], "первый раз — здесь")
            message = f"id «{visible(activity.id)}» повторяется: дайте каждому мероприятию свой"
            yield Remark(activity.spans["id"], message, activity.id, (where,))
        else:
            first[activity.id] = activity


@check("RM106", "duplicate-title", "warning")
def duplicate_title(plan: Plan, project: Project) -> Iterator[Remark]:
    """Два мероприятия названы одинаково.

    Зачем: чаще всего это строка, переписанная дважды, или название, съехавшее при сканировании.

    Плохо:
        - {no: 12, title: Участие в методических днях}
        - {no: 13, title: Участие в методических днях}
    Скажет: название то же, что у № 12: «Участие в методических днях»; проверьте, не переписана ли строка дважды

    Хорошо:
        - {no: 12, title: Участие в методических днях}
        - {no: 13, title: Выездная методическая помощь}
    """
    first: dict[tuple[str, str, str], Activity] = {}
    for activity in plan.activities:
        key = activity.section, activity.period, _compared(activity.title)
        if not activity.title:
            continue
        if key in first:
            other = first[key]
            where = Related(other.spans.get("title", other.span), f"так же названо № {other.no or '—'}")
            same = f"название то же, что у № {visible(other.no) or '—'}: «{visible(activity.title[:80])}»"
            message = f"{same}; проверьте, не переписана ли строка дважды"
            yield Remark(activity.spans.get("title", activity.span), message, activity.id or activity.no, (where,))
        else:
            first[key] = activity


@lru_cache(maxsize=512)
def _compared(title: str) -> str:
    return fold(title).rstrip(".")


@check("RM107", "no-deliverable", "note")
def no_deliverable(plan: Plan, project: Project) -> Iterator[Remark]:
    """Не сказано, чем мероприятие кончается: нет характеристики результата.

    Зачем: без результата нельзя сказать, исполнено ли мероприятие.

    Плохо:
        due: до 14.10.2022
    Скажет: результат не указан: впишите «deliverable» — чем мероприятие кончается

    Хорошо:
        due: до 14.10.2022
        deliverable: Приказ о назначении координатора
    """
    for activity in plan.activities:
        for deliverable in activity.deliverables:
            if not deliverable.text and not activity.cancelled:
                message = "результат не указан: впишите «deliverable» — чем мероприятие кончается"
                yield Remark(deliverable.span, message, activity.id or activity.no)


@check("RM108", "school-year", "error")
def school_year(plan: Plan, project: Project) -> Iterator[Remark]:
    """Учебный год плана не читается.

    Зачем: по нему определяется год у дат, которые напечатаны без года.

    Плохо:
        school_year: 2022-2024
    Скажет: «2022-2024» — не учебный год; напишите два года подряд: 2022-2023

    Хорошо:
        school_year: 2022-2023
    """
    if plan.school_year and parse_years(plan.school_year) is None:
        message = f"«{visible(plan.school_year)}» — не учебный год; напишите два года подряд: 2022-2023"
        yield Remark(plan.spans["school_year"], message)


@check("RM109", "follows-cycle", "error")
def follows_cycle(plan: Plan, project: Project) -> Iterator[Remark]:
    """План через другие планы исполняет сам себя.

    Зачем: у круга нет вышестоящего плана, и сравнивать не с чем.

    Плохо:
        # school.yaml
        follows: municipal.yaml
        # municipal.yaml
        follows: school.yaml
    Скажет: планы исполняют друг друга по кругу: school.yaml → municipal.yaml → school.yaml; уберите лишний «follows»

    Хорошо:
        # school.yaml
        follows: municipal.yaml
        # municipal.yaml
        title: План района
    """
    waiting: list[tuple[str, tuple[str, ...]]] = [(parent, (plan.path,)) for parent in plan.follows]
    seen: set[str] = set()
    while waiting:
        path, way = waiting.pop()
        if path == plan.path:
            circle = " → ".join(map(visible, (*way, path)))
            message = f"планы исполняют друг друга по кругу: {circle}; уберите лишний «follows»"
            yield Remark(plan.spans["follows"], message)
            return
        if path not in seen and path in project.plans and len(way) <= MAX_LEVELS:
            seen.add(path)
            waiting += [(parent, (*way, path)) for parent in project.plans[path].follows]


@check("RM110", "quoted-number", "warning")
def quoted_number(plan: Plan, project: Project) -> Iterator[Remark]:
    """Кавычки вокруг номера стали частью номера.

    Зачем: “1” в кавычках из Word — это не номер 1, и ссылка на него не сработает; в YAML годятся прямые кавычки.

    Плохо:
        - {no: “1”, title: Опрос родителей}
    Скажет: кавычки стали частью номера “1”: уберите их или поставьте прямые ("1")

    Хорошо:
        - {no: "1", title: Опрос родителей}
    """
    for activity in plan.activities:
        for key, value in (("no", activity.no), ("id", activity.id)):
            if key in activity.spans and value.strip("“”„«»\"'’‘") != value:
                message = f'кавычки стали частью номера {visible(value)}: уберите их или поставьте прямые ("1")'
                yield Remark(activity.spans[key], message, activity.id or activity.no)


@check("RM111", "suppression-without-reason", "warning")
def suppression_without_reason(plan: Plan, project: Project) -> Iterator[Remark]:
    """В примечании «roadmap: ignore» нет причины, и оно не действует.

    Зачем: тот, кто откроет план через год, должен узнать, почему находку решили пропустить.

    Плохо:
        - no: 1  # roadmap: ignore RM301
          title: Дежурство по школе
    Скажет: нет причины, и примечание не действует; допишите её: # roadmap: ignore RM301 — причина

    Хорошо:
        - no: 1  # roadmap: ignore RM301 — дежурят все по графику
          title: Дежурство по школе
    """
    for one in plan.suppressions:
        if one.words and not one.reason:
            said = ", ".join(map(visible, one.words))
            message = f"нет причины, и примечание не действует; допишите её: # roadmap: ignore {said} — причина"
            yield Remark(one.span, message)


@check("RM112", "unused-suppression", "note")
def unused_suppression(plan: Plan, project: Project) -> Iterator[Remark]:
    """Примечание «roadmap: ignore» ничего не пропускает: таких находок здесь нет.

    Зачем: ошибку исправили, а примечание осталось и скроет следующую; или оно стоит не у той строки.

    Плохо:
        - no: 1  # roadmap: ignore RM301 — дежурят все по графику
          title: Дежурство по школе
          owners: Савина И.А.
    Скажет: RM301: здесь нет таких находок; уберите примечание или поставьте его у своей строки

    Хорошо:
        - no: 1
          title: Дежурство по школе
          owners: Савина И.А.
    """
    yield from ()  # `verdict` finds them, when all other findings are known


@check("RM113", "unknown-suppression", "warning")
def unknown_suppression(plan: Plan, project: Project) -> Iterator[Remark]:
    """В примечании «roadmap: ignore» не назван код, или такого кода нет.

    Зачем: примечание с опиской в коде не действует.

    Плохо:
        - no: 1  # roadmap: ignore nobodi — дежурят все по графику
          title: Дежурство по школе
    Скажет: нет находок «nobodi»; возможно, «nobody»

    Хорошо:
        - no: 1  # roadmap: ignore nobody — дежурят все по графику
          title: Дежурство по школе
    """
    for one in plan.suppressions:
        wrong = [said for word in one.words if (said := trouble(word, catalogue()))]
        if not one.words:
            wrong = ["не назван код; напишите так: # roadmap: ignore RM302 — причина"]
        for message in wrong:
            yield Remark(one.span, message)
