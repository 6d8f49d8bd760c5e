"""Atoms of a phrase → its reading, by a table of forms.

A form is the signature of one stretch between commas: P a point of the year, u «до/не позднее/к», f «с», p «по»,
a «после», - a dash. The reader looks the signature up in `FORMS`; to read a new form, add its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, TypeAlias

    from roadmap_cli.dates.values import Atom, Point

    Shape: TypeAlias = Literal["point", "by", "since", "after", "range"]


class Term(NamedTuple):
    """A stretch as its form reads it: one point, or the first and the last of a range."""

    shape: Shape
    first: Point
    last: Point
    note: str = ""
    inclusive: bool = False


def is_bound(term: Term) -> bool:
    """Whether a term says from when or in which years, and not on which days."""
    first = term.first
    whole_years = first.first == (1, 1) and term.last.last == (12, 31) and first.unit == "span"
    return term.shape == "since" or whole_years or first.whole


class Form(NamedTuple):
    """A row of the table: what the signature means, and phrases of that form."""

    build: Callable[[Sequence[Point]], Term]
    examples: tuple[str, ...]


def _point(points: Sequence[Point]) -> Term:
    return Term("point", points[0], points[0])


def _by(points: Sequence[Point]) -> Term:
    return Term("by", points[0], points[0])


def _by_range(points: Sequence[Point]) -> Term:
    return Term("by", points[-1], points[-1], "«до» стоит перед двумя днями: взят последний")


def _since(points: Sequence[Point]) -> Term:
    return Term("since", points[0], points[0])


def _through(points: Sequence[Point]) -> Term:
    return Term("by", points[0], points[0], "«по» без «с»: понято как «до … включительно»", inclusive=True)


def _after(points: Sequence[Point]) -> Term:
    return Term("after", points[0], points[0], "«после» не называет последнего дня")


def _range(points: Sequence[Point]) -> Term:
    return Term("range", points[0], points[1])


FORMS: dict[str, Form] = {
    "P": Form(
        _point,
        ("14.10.2022", "1 сентября 2022 г.", "октябрь 2022", "I квартал 2023 года", "2-я декада мая 2023", "2018 год"),
    ),
    "uP": Form(_by, ("До 15.10.2022", "не позднее 10 июня 2017 года", "к 25.01.2019 г", "до конца октября 2022")),
    "uuP": Form(_by, ("в срок до не позднее 10.06.2017",)),
    "fP": Form(_since, ("с 1 сентября 2022", "не ранее 15.10.2022")),
    "pP": Form(_through, ("по 15.10.2022",)),
    "aP": Form(_after, ("после 15.10.2022",)),
    "P-P": Form(
        _range, ("15.01.2023- 20.01.2023", "20-24.11.2022", "сентябрь-октябрь 2022", "10 октября – 5 ноября 2022")
    ),
    "PpP": Form(_range, ("1 по 15 марта 2023",)),
    "PuP": Form(_range, ("1 марта 2023 до 15 марта 2023",)),
    "fPpP": Form(_range, ("с 1 по 15 марта 2023", "с 01.01.2018 по 31.12.2022")),
    "fPuP": Form(_range, ("с 1 марта до 15 марта 2023",)),
    "fPpuP": Form(_range, ("с 1 марта по до 15 марта 2023",)),
    "fP-P": Form(_range, ("с 10.10.2022 - 15.10.2022",)),
    "fP-pP": Form(_range, ("с 15.10.2022 - по 20.10.2022",)),
    "fP-uP": Form(_range, ("с 10.10.2022 - до 15.10.2022",)),
    "P-uP": Form(_range, ("10.10.2022 - до 15.10.2022",)),
    "uP-P": Form(_by_range, ("до 10-15 октября 2022",)),
    "uPpP": Form(_by_range, ("до 10 по 15 октября 2022",)),
}


class Reading(NamedTuple):
    """All stretches of a phrase and what else it says, before any year is known."""

    terms: tuple[Term, ...]
    bare: bool
    others: tuple[Atom, ...]
    notes: tuple[str, ...]
    failed: str = ""
    until: bool = False


def read_forms(atoms: Sequence[Atom]) -> Reading:
    """Match every stretch between commas with a form; `bare` when days follow each other with no dash or comma."""
    terms: list[Term] = []
    others: list[Atom] = []
    notes: list[str] = []
    bare = False
    unread: list[str] = []
    until = False
    for segment in _segments(atoms):
        until = until or any(a.code == "u" for a in segment)
        segment, note = _last_number(segment)
        notes += [note] if note else []
        others += [a for a in segment if a.code in "ROEUSNqmo~" and a.code]
        whole = [a for a in segment if a.code in "Pufpa-"]
        core = _trim(whole)
        if core and whole[-1] is not core[-1] and segment[-1] is whole[-1]:
            notes.append(f"после «{core[-1].text}» стоит «{whole[-1].text}», а дальше ничего нет")
        unread += [a.text for a in segment if a.code == "x"]
        if not core:
            continue
        found = _match(core)
        if found is None:
            return Reading((), False, tuple(others), (), "сочетание слов и дат не разобрано")
        if len(found) > 1:
            bare = True
        terms += found
    bare = bare or _under_each_other(atoms)
    terms = _bounds_together(terms)
    if any(c in "0123456789" for c in "".join(unread)) and terms and not any(t.first.unit == "day" for t in terms):
        return Reading((), False, tuple(others), (), f"числа не разобраны: «{' '.join(unread)}»")
    if len({t.shape for t in terms} - {"point", "range"}) and len({t.shape for t in terms}) > 1:
        notes.append("сроки разного рода стоят рядом: проверьте, что понято верно")
    if len({t.first.unit for t in terms}) > 1 and not any(t.shape == "range" for t in terms):
        notes.append("рядом названы и день, и более длинный срок")
    if unread and (terms or others):
        notes.append(f"не прочитано: «{' '.join(unread)}»")
    notes += [t.note for t in terms if t.note]
    return Reading(tuple(terms), bare and len(terms) > 1, tuple(others), tuple(notes), until=until)


def _last_number(segment: list[Atom]) -> tuple[list[Atom], str]:
    """«с 1 по 5 число»: of a stretch of numbers the last one counts, and that is said."""
    codes = "".join(a.code or " " for a in segment)
    for stretch in ("N-N", "NpN"):
        at = codes.find(stretch)
        if at >= 0:
            note = f"числа {segment[at].number}–{segment[at + 2].number}: взято последнее"
            return [*segment[:at], *segment[at + 2 :]], note
    return segment, ""


def _bounds_together(terms: list[Term]) -> list[Term]:
    """«не ранее 15 октября и не позднее 30 октября» is one range; «до 15.01, 15.04» are two terms with «до»."""
    if [t.shape for t in terms] == ["since", "by"]:
        return [Term("range", terms[0].first, terms[1].last)]
    if (
        len(terms) > 1
        and terms[0].shape == "by"
        and all(t.shape == "point" and t.first.unit == "day" for t in terms[1:])
    ):
        return [terms[0], *(t._replace(shape="by") for t in terms[1:])]
    return terms


def _match(core: Sequence[Atom]) -> list[Term] | None:
    """The terms of one stretch: a form, or several forms one behind another."""
    signature = "".join(a.code for a in core)
    form = FORMS.get(signature)
    if form is not None:
        return [_built(form, core)]
    for end in range(len(core) - 1, 0, -1):
        head = FORMS.get(signature[:end])
        if head is not None and core[end].code not in "-p":
            rest = _match(core[end:])
            if rest is not None:
                return [_built(head, core[:end]), *rest]
    return None


def _built(form: Form, core: Sequence[Atom]) -> Term:
    term = form.build([a.point for a in core if a.point is not None])
    inclusive = term.inclusive or any(a.kind == "inclusive" for a in core)
    return term._replace(inclusive=inclusive)


def _segments(atoms: Sequence[Atom]) -> list[list[Atom]]:
    segments: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.code in (",", "¶"):
            segments.append([])
        else:
            segments[-1].append(atom)
    return segments


def _trim(core: list[Atom]) -> list[Atom]:
    while core and core[0].code == "-":
        core = core[1:]
    while core and core[-1].code in "-pufa":
        core = core[:-1]
    return core


def _under_each_other(atoms: Sequence[Atom]) -> bool:
    """Two terms on two lines: a lost dash is as likely as two deadlines."""
    codes = "".join(a.code for a in atoms if a.code in ("P", "u", "f", ",", "¶"))
    return "P¶P" in codes
