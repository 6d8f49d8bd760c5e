"""`roadmap diff`: what has changed between two versions of a plan, in words, and what it means for the schools."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from roadmap_cli.report import Column, Report, Row, Table
from roadmap_cli.report.gaps import dues_in_words
from roadmap_cli.text import clean, cut, days, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap_cli.changes import Change, Difference, Kept
    from roadmap_cli.consequences import Consequences, Effect
    from roadmap_cli.model import Activity

COLUMNS = (
    Column("№"),
    Column("Что", least=9, mood=True),
    Column("Мероприятие", fold=True, share=3),
    Column("Изменения", fold=True, share=4),
)
EFFECT_COLUMNS = (
    Column("№"),
    Column("Последствие", share=2, least=12, mood=True),
    Column("Вышестоящий план", fold=True, share=3),
    Column("Пояснение", fold=True, share=4),
)
RECORD_COLUMNS = (
    Column("Чей план"),
    Column("№"),
    Column("Что", mood=True),
    Column("Мероприятие"),
    Column("Изменение"),
)
MARKS = {"added": "+", "removed": "-", "changed": "~", "renumbered": "·", "effect": "!"}
WHATS = {"added": "добавлено", "removed": "исключено", "changed": "изменено", "renumbered": "другой номер"}
EFFECT_NAMES = {
    "late": "станет позже",
    "orphaned": "ссылка никуда не ведёт",
    "redirected": "ссылка ведёт не туда",
    "uncovered": "нет в плане школы",
    "suspect": "перепроверить связь",
    "unstamped": "проверить связь",
    "partial": "исполнено не всё",
    "binding": "теперь касается школы",
    "released": "больше не касается школы",
}
_SERIOUS = frozenset({"late", "orphaned", "redirected", "uncovered"})
_NAMES = {
    "id": "код",
    "title": "название",
    "section": "раздел",
    "period": "период",
    "note": "примечание",
    "evidence": "подтверждение",
    "organization": "организация",
    "school_year": "учебный год",
    "order number": "номер приказа",
    "order signed": "приказ подписал",
    "cluster": "кластер",
    "approved": "гриф утверждения",
}
# What is said when a value appears, and when it goes away.
_APPEARED = {
    "deliverable": ("результат добавлен", "результат исключён"),
    "due": ("срок назван", "срок снят"),
    "done": ("отмечено исполнение", "отметка об исполнении снята"),
    "cancelled": ("мероприятие отменено", "отмена снята; причина была"),
    "moved": ("записан перенос", "убрана запись о переносе"),
    "order date": ("дата приказа названа", "дата приказа убрана"),
}
# The same for one and for several in a list.
_LISTS = {
    "owners": ("ответственный добавлен", "ответственные добавлены", "ответственный снят", "ответственные сняты"),
    "for": ("обращено также", "обращено также", "больше не обращено", "больше не обращено"),
    "covers": ("связь добавлена", "связи добавлены", "связь убрана", "связи убраны"),
    "follows": ("исполняет также", "исполняет также", "больше не исполняет", "больше не исполняет"),
    "participants": ("участник добавлен", "участники добавлены", "участник исключён", "участники исключены"),
    "people": ("в справочник добавлено", "в справочник добавлено", "из справочника убрано", "из справочника убрано"),
    "not_applicable": ("неприменимо также", "неприменимо также", "больше не неприменимо", "больше не неприменимо"),
}
_MOVING = {"due": "срок", "done": "день исполнения", "order date": "дата приказа"}
_REWORDED = {**_MOVING, "owners": "те же ответственные", "deliverables": "порядок результатов"}
_SAME = "Различий нет."
_CONTEXT = 3  # words left around what differs


def diff_report(found: Difference, effects: Sequence[Consequences], names: tuple[str, str]) -> Report:
    """The changes of a plan, then a table for each plan that follows it and has something to look at.

    `names` are the two versions as the user called them.
    """
    touched = [one for one in effects if one.effects]

    def document() -> dict[str, Any]:
        return _document(found, touched, len(effects) - len(touched), names)

    title = clean(found.new.title or found.old.title)
    heading = (f"Что изменилось: {title}" if title else "Что изменилось", f"{names[0]} → {names[1]}")
    rows, moved = tuple(_rows(found)), _renumbered_words(found)
    footer = (moved,) if moved and rows else ()
    changes = Table(heading, COLUMNS, rows, footer, empty=moved or _SAME)
    return Report(
        document,
        lambda: (changes, *(_effects_table(one) for one in touched)),
        _summary(found, effects, touched),
        lambda: (Table((), RECORD_COLUMNS, tuple(_records(found, touched)), empty=_SAME),),
    )


def in_words(change: Change) -> str:
    """A change as one would say it: «срок до 30.10.2022 → до 14.11.2022: позже на 15 дней»."""
    said = _said(change)
    return f"{said} — «{cut(change.result.rstrip('.,;: '), 80)}»" if change.result else said


def _said(change: Change) -> str:
    field, before, after = change.field, change.before, change.after
    if change.reworded:
        return f"{_REWORDED[field]}, записано иначе: «{before}» → «{after}»"
    if field in _LISTS:
        return _list_words(field, before, after)
    if not before or not after:
        appeared = _APPEARED.get(field)
        if appeared:
            return f"{appeared[0] if after else appeared[1]}: {after or before}"
        return f"{_NAMES[field]}: добавлено «{after}»" if after else f"{_NAMES[field]}: убрано «{before}»"
    if field in _MOVING:
        moved = _moved(change.days, change.start_days)
        return f"{_MOVING[field]} {before} → {after}" + (f": {moved}" if moved else "")
    before, after = _differing(before, after)
    name = {"deliverable": "результат", "cancelled": "причина отмены"}.get(field) or _NAMES[field]
    return f"{name}: «{before}» → «{after}»"


def _list_words(field: str, before: str, after: str) -> str:
    one, several, one_gone, several_gone = _LISTS[field]
    mark = ", " if field == "owners" else "; "
    come = f"{several if mark in after else one}: {after}" if after else ""
    gone = f"{several_gone if mark in before else one_gone}: {before}" if before else ""
    return "; ".join(filter(None, (gone, come)))


def _moved(by: int | None, start: int | None) -> str:
    if by:
        return _by_days(by)
    if by is None:
        return ""
    return f"последний день тот же, начало {_by_days(start)}" if start else "последний день тот же"


def _by_days(number: int) -> str:
    return f"{'позже' if number > 0 else 'раньше'} на {days(abs(number))}"


def _differing(before: str, after: str) -> tuple[str, str]:
    """Two wordings without the long beginnings and ends that they have in common."""
    one, other = before.split(), after.split()
    room = min(len(one), len(other))
    head = next((i for i in range(room) if one[i] != other[i]), room)
    tail = next((i for i in range(room - head) if one[-1 - i] != other[-1 - i]), room - head)
    return _around(one, head, tail), _around(other, head, tail)


def _around(words: Sequence[str], head: int, tail: int) -> str:
    first, last = max(head - _CONTEXT, 0), len(words) - max(tail - _CONTEXT, 0)
    return " ".join((*(["…"] if first else []), *words[first:last], *(["…"] if last < len(words) else [])))


# Tables


def _rows(found: Difference) -> Iterable[Row]:
    if found.plan:
        yield _row("", "changed", "План в целом", "\n".join(map(in_words, found.plan)))
    for i in found.removed:
        yield _whole_row(found.old.activities[i], "removed")
    kept = {one.new: one for one in found.changed()}
    for j, activity in enumerate(found.new.activities):
        if j in found.added:
            yield _whole_row(activity, "added")
        elif j in kept:
            said = "\n".join(map(in_words, kept[j].changes))
            yield _row(_numbers(found, kept[j]), "changed", activity.title, said)._replace(span=activity.span)


def _row(no: str, what: str, title: str, said: str) -> Row:
    return Row((no, WHATS[what], title, said), None, what, MARKS[what])


def _whole_row(activity: Activity, what: str) -> Row:
    return _row(_no(activity), what, activity.title, "\n".join(_whole(activity)))._replace(span=activity.span)


def _whole(activity: Activity) -> list[str]:
    """The deadlines and the owners of a row, for one that has no other version."""
    owners = dict.fromkeys(clean(result.owners.text) for result in activity.deliverables if result.owners)
    return [said for said in (dues_in_words(activity), "; ".join(owners)) if said not in ("", "—")]


def _no(activity: Activity) -> str:
    return activity.no or activity.id or "—"


def _numbers(found: Difference, one: Kept) -> str:
    before, after = _no(found.old.activities[one.old]), _no(found.new.activities[one.new])
    return after if before == after else f"{before} → {after}"


def _renumbered_words(found: Difference) -> str:
    """«Другие номера: 2–17 → 3–18, 20 → 25.»"""
    moved = [(_no(found.old.activities[o.old]), _no(found.new.activities[o.new])) for o in found.renumbered()]
    if not moved:
        return ""

    def run(item: tuple[int, tuple[str, str]]) -> object:
        place, (old, new) = item
        plain = all(no.isascii() and no.isdigit() and len(no) < 10 for no in (old, new))
        return (int(old) - place, int(new) - place) if plain else (old, new)

    said = []
    for _, group in groupby(enumerate(moved), run):
        pairs = [pair for _, pair in group]
        (old, new), (old_end, new_end) = pairs[0], pairs[-1]
        said.append(f"{old} → {new}" if len(pairs) == 1 else f"{old}–{old_end} → {new}–{new_end}")
    return f"Другие номера: {', '.join(said)}."


def _effects_table(one: Consequences) -> Table:
    heading = (f"{_whose(one)}: что это меняет", one.child.path)
    return Table(heading, EFFECT_COLUMNS, tuple(_effect_row(effect) for effect in one.effects))


def _effect_row(effect: Effect) -> Row:
    cells = (_no(effect.activity), _effect_words(effect), effect.activity.title, "\n".join(effect.reasons))
    mood = "late" if _SERIOUS & {*effect.effects} else "suspect"
    return Row(cells, effect.activity.span, mood, MARKS["effect"])


def _effect_words(effect: Effect) -> str:
    late = f"станет позже на {days(effect.days_late)}" if effect.days_late else EFFECT_NAMES["late"]
    return ", ".join(late if what == "late" else EFFECT_NAMES[what] for what in effect.effects)


def _whose(one: Consequences) -> str:
    return one.child.organization or one.child.path


def _summary(found: Difference, effects: Sequence[Consequences], touched: Sequence[Consequences]) -> tuple[str, ...]:
    counts = {
        "added": len(found.added),
        "removed": len(found.removed),
        "changed": len(found.changed()),
        "renumbered": len(found.renumbered()),
    }
    said = ", ".join(f"{MARKS[what]} {WHATS[what]}: {number}" for what, number in counts.items() if number)
    lines = [f"Мероприятия: {said}."] if said else []
    if effects and not touched:
        lines.append(f"Планы школ это не задевает ({plural(len(effects), 'план', 'плана', 'планов')}).")
    elif touched and (rest := len(effects) - len(touched)):
        lines.append(f"Не задето: {plural(rest, 'план школы', 'плана школ', 'планов школ')}.")
    return tuple(lines)


def _records(found: Difference, touched: Sequence[Consequences]) -> Iterable[Row]:
    """Every change in a record of its own, that says which row it is about."""
    whose = clean(found.new.organization or found.old.organization) or found.new.path
    for row in _rows(found):
        no, what, title, said = row.cells
        for line in said.split("\n") if row.mood == "changed" else ["; ".join(said.split("\n"))]:
            yield row._replace(cells=(whose, no, what, title, line))
    for kept in found.renumbered():
        activity = found.new.activities[kept.new]
        row = _row(_numbers(found, kept), "renumbered", activity.title, "")
        yield row._replace(cells=(whose, *row.cells), span=activity.span)
    for one in touched:
        for effect in one.effects:
            row = _effect_row(effect)
            yield row._replace(cells=(_whose(one), *row.cells[:3], "; ".join(effect.reasons)))


# The document


def _document(
    found: Difference, touched: Sequence[Consequences], unaffected: int, names: tuple[str, str]
) -> dict[str, Any]:
    before, after = found.old.activities, found.new.activities
    return {
        "version": 1,
        "report": "diff",
        "old": names[0],
        "new": names[1],
        "plan": [_change(change) for change in found.plan],
        "added": [_activity(after[j]) for j in found.added],
        "removed": [_activity(before[i]) for i in found.removed],
        "changed": [
            {**_pair(found, one), "changes": [_change(change) for change in one.changes]} for one in found.changed()
        ],
        "renumbered": [_pair(found, one) for one in found.renumbered()],
        "consequences": [
            {
                "child": one.child.path,
                "organization": one.child.organization,
                "rows": [_effect(effect) for effect in one.effects],
            }
            for one in touched
        ],
        "unaffected": unaffected,
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {"id": activity.id, "no": activity.no, "title": activity.title, "due": dues_in_words(activity)}


def _pair(found: Difference, one: Kept) -> dict[str, Any]:
    old, new = found.old.activities[one.old], found.new.activities[one.new]
    return {"id_old": old.id, "id_new": new.id, "no_old": old.no, "no_new": new.no, "title": new.title}


def _change(change: Change) -> dict[str, Any]:
    return {
        "field": change.field.replace(" ", "."),
        "deliverable": change.result or None,
        "before": change.before or None,
        "after": change.after or None,
        "days": change.days,
        "words": in_words(change),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    activity = effect.activity
    return {
        "parent": {"id": activity.id, "no": activity.no, "title": activity.title},
        "effects": list(effect.effects),
        "before": effect.before,
        "after": effect.after,
        "days_late": effect.days_late,
        "reason": "; ".join(effect.reasons),
    }
