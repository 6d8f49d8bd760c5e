"""The words of `roadmap link`: what is asked, what has changed in a row, what was written and what is left."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from roadmap_cli.dates.words import in_words
from roadmap_cli.fingerprint import changed_fields, wording
from roadmap_cli.report.gaps.words import dues_in_words, number
from roadmap_cli.text import plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadmap_cli.linking import Answer, Candidate, Question, Suspect
    from roadmap_cli.model import Activity, Plan

_UNSOUGHT = "похожее не искалось: в планах слишком много строк"
_BESIDE = 120  # columns from which two rows stand beside each other
_FIELDS = {"title": "мероприятие", "results": "результат", "dues": "срок", "owners": "ответственные"}


def plan_words(child: Plan, asked: Sequence[Question], width: int) -> str:
    """Which plan the next questions are about, and how many they are."""
    parents = ", ".join(dict.fromkeys(question.parent.path for question in asked))
    count = plural(len(asked), "мероприятие", "мероприятия", "мероприятий")
    who = child.organization or child.path
    return "\n".join(_wrapped([f"{who}: {child.path} → {parents}, без связи {count}"], width))


def question_words(question: Question, best: Candidate | None, child: Plan, place: str, width: int) -> str:
    """The parent's row and the school's row that may carry it out, one beside the other where there is room."""
    above = _row(f"{place}. Вышестоящий план", question.activity)
    below = ["В плане школы похожего нет." if question.sought else f"{_UNSOUGHT[:1].upper()}{_UNSOUGHT[1:]}."]
    if best is not None:
        doubt = ", неуверенно" if best.unsure else ""
        below = _row("План школы", child.activities[best.place], f"  [{best.score:.2f}{doubt}]")
        rest = [one for one in question.candidates if one.score < best.score]
        if rest:
            also = ", ".join(f"{number(child.activities[one.place])} [{one.score:.2f}]" for one in rest)
            below.append(f"Ещё похожи: {also}")
    if width < _BESIDE:
        return "\n".join([*_wrapped(above, width), *_wrapped(below, width)])
    half = (width - 3) // 2
    lines = zip_longest(_wrapped(above, half), _wrapped(below, half), fillvalue="")
    return "\n".join(f"{left:<{half}} │ {right}".rstrip() for left, right in lines)


def _row(label: str, activity: Activity, score: str = "") -> list[str]:
    """A row of a plan: number, dates and score; title; results, each with its date where they are several."""
    results = activity.deliverables
    lines = [f"{label}, {number(activity)}  {dues_in_words(activity)}{score}", f"   {activity.title}"]
    for result in results:
        due = f" ({in_words(result.due)})" if result.due and len(results) > 1 else ""
        if result.text:
            lines.append(f"   — {result.text}{due}")
    return lines


def _wrapped(lines: Iterable[str], width: int) -> list[str]:
    found = []
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        text = visible(line.strip())
        found += wrap(
            text, max(width, 20), initial_indent=indent, subsequent_indent=indent or "   ", break_on_hyphens=False
        )
    return found


def choice_words(places: Sequence[int], child: Plan, width: int) -> str:
    """The school's rows that share a number, for the one that was meant."""
    rows = [child.activities[place] for place in places]
    lines = [f"{n}) {number(row)} {row.title} ({dues_in_words(row)})" for n, row in enumerate(rows, 1)]
    return "\n".join(_wrapped(lines, width))


def numbers_words(plan: Plan) -> str:
    """All numbers of a plan, each once."""
    return visible(", ".join(dict.fromkeys(a.no or a.id for a in plan.activities if a.no or a.id)))


def suspect_words(suspect: Suspect, child: Plan, before: Activity | None, width: int) -> str:
    """What has changed in the parent's row since the link was confirmed, field by field."""
    mine, above = child.activities[suspect.child], f"{number(suspect.activity)} плана {suspect.parent.path}"
    return "\n".join(
        _wrapped(
            (
                f"{child.path}: {number(mine)} {mine.title}",
                f"исполняет {above}; с тех пор, как связь подтвердили,",
                *(_compared(suspect, before) if before else _unknown(suspect)),
            ),
            width,
        )
    )


def _compared(suspect: Suspect, before: Activity) -> Iterator[str]:
    was, now = wording(before), wording(suspect.activity)
    changed = [name for name in now if now[name] != was[name]]
    yield "изменилось:" if changed else "слова те же, но иначе разложены по результатам:"
    for name in changed:
        yield f"   {_FIELDS[name]}, было: {_told(was[name])}"
        yield f"   {_FIELDS[name]}, стало: {_told(now[name])}"
    if not changed:
        yield from (f"   {_FIELDS[name]}: {_told(now[name])}" for name in now)


def _unknown(suspect: Suspect) -> Iterator[str]:
    """The present words, when git does not know the former ones; the fingerprint may still tell what to look at."""
    now = wording(suspect.activity)
    named = changed_fields(suspect.activity, suspect.stamp)
    yield "изменилось:" if named else "изменилось что-то из этого:"
    yield from (f"   {_FIELDS[name]}, теперь: {_told(now[name])}" for name in named or now)
    yield "   Прежние слова неизвестны: в истории git их не нашлось."


def _told(texts: Sequence[str]) -> str:
    return "; ".join(f"«{text}»" if text else "не указано" for text in texts) or "не указано"


def single_words(suspect: Suspect) -> str:
    """Why a link that points at several rows cannot be confirmed."""
    who = f"{number(suspect.activity)} в плане {suspect.parent.path}"
    return f"{who} не один, и связь не подтвердить: дайте этим строкам id и впишите его в covers"


def written_words(path: str, count: int, verb: str, dry_run: bool = False) -> str:
    """«plans/school-6.yaml: записано 9 связей»; `verb` comes without its ending."""
    links = plural(count, "связь", "связи", "связей")
    end = "а" if links.endswith("ь") else "о"
    said = f"{f'был{end} бы ' if dry_run else ''}{verb}{end} {links}"
    return visible(f"{path}: {said if count else f'не {verb}о ничего'}")


def left_words(
    asked: Sequence[Question], answers: Sequence[Answer], child: Plan, least: float | None, width: int
) -> str:
    """The rows of the parent that stay without a link, each with the reason; `least` is the score of `--accept`."""
    taken = {id(answer.question) for answer in answers}
    left = [question for question in asked if id(question) not in taken]
    several = len({question.parent.path for question in asked}) > 1
    if not left:
        return "   Всё, что касается школы, связано."
    said = [_left(question, child, least, several) for question in left]
    return "\n".join(_wrapped(["   Без связи:", *(f"   {one}" for one in said)], width))


def _left(question: Question, child: Plan, least: float | None, several: bool) -> str:
    who = f"{question.parent.path} " if several else ""
    who += number(question.activity)
    if not question.link:
        return f"{who} (ссылаться не на что: дайте строке вышестоящего плана свой id)"
    if not question.candidates:
        return f"{who} ({'похожего нет' if question.sought else _UNSOUGHT})"
    best = question.candidates[0]
    found = f"{number(child.activities[best.place])} [{best.score:.2f}]"
    if best.unsure:
        return f"{who} (неуверенно: {found})"
    return (
        f"{who} (сходство меньше {least:.2f}: {found})"
        if least and round(best.score, 2) < least
        else f"{who} ({found})"
    )


def lost_words(answers: Sequence[Answer], child: Plan) -> list[str]:
    """The answers that could not be written, for writing them by hand."""
    return [
        f"   не записано: {number(child.activities[answer.place])} — covers: «{answer.question.link}»"
        for answer in answers
    ]
