"""What stands around the tables: title, organization, year, order, approval, and the schools that the plan binds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.dates import parse_due
from roadmap_cli.importing.draft import Draft, DraftCluster
from roadmap_cli.model import Person
from roadmap_cli.people import parse_owners
from roadmap_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TITLE: Final = re.compile(
    r"(?:\W*)(?:(?:календарн\w+|комплексн\w+|перспективн\w+|годов\w+|учебн\w+|рабоч\w+|муниципальн\w+|школьн\w+|сводн\w+|"
    r"единый|примерный|план-график|ежемесячный|\d{4}\S*)\s+)*"
    r"(?:план|дорожная карта|«?дорожная|комплекс мер|программа|график|циклограмма)(?![а-яё])",
    re.IGNORECASE,
)
_SPACED: Final = re.compile(r"(?:[А-ЯЁ] ){3,}[А-ЯЁ]")
_ORDER: Final = re.compile(r"(?:приказ|распоряжение|постановление|решение)", re.IGNORECASE)
_STAMP: Final = re.compile(
    r"\W*(?:утвержд(?:аю|ен|ена|ено|ены)|согласован[оаы]?|принят[оаы]?|рассмотрен[оаы]?|приложение|"
    r"(?:к )?приказ(?:ом|у)|распоряжением|постановлением|решением|протокол(?:ом)?)(?![а-яё])",
    re.IGNORECASE,
)
_APPROVES: Final = re.compile(
    r"утвержд(?:аю|ен)|согласован|принят|рассмотрен|приказом|распоряжением|постановлением", re.IGNORECASE
)
_IN_STAMP: Final = re.compile(r"утверждаю|согласовано", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/\\]\s*(?:20)?(\d\d)(?!\d)")
_YEARS: Final = re.compile(rf"{_YEAR.pattern}\W*(?:г\.?|гг\.?|год\w*)?\W*(?:уч\w*|год\w*|г)?", re.IGNORECASE)
_DATE: Final = re.compile(
    r"[«\"“]?\s*(\d{1,2})\s*[»\"”]?\s*[. ]\s*(\d{1,2}|[а-я]{3,8})[. ]\s*(20\d\d)(?:\s*г(?:ода|\.)?)?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:№|N)\s*([\w/-]*\d[\w/-]*)")
_REASON: Final = re.compile(
    r"\W*(?:во? (?:исполнение|соответстви[ие]|целях)|на основании|руководствуясь)", re.IGNORECASE
)
_NAME_ONLY: Final = re.compile(
    r"[_\s/]*((?:[А-ЯЁ]\.\s?){1,2}\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ][а-яё]+ (?:[А-ЯЁ]\.\s?){2})\s*"
)
_SIGNED: Final = re.compile(r"(?:_{3,}|,)\s*([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? (?:[А-ЯЁ]\.\s?){1,2})$")
_BLANK_FORM: Final = re.compile(r"(?:утвержд\w+|руководитель|директор|начальник|[\W_]|20(?=[\W_])|г\b)*", re.IGNORECASE)
_FORM: Final = (
    r"(?:М[АБК]?ОУ|М[АБК]?ДОУ|МОБУ|МОАУ|МКУ|МБУ|МАУ|[ГК]?[БАК]ОУ|ГБПОУ|ГОУ|ГБДОУ|ЧОУ|СОШ|ООШ|НОШ|"
    r"[Мм]униципальн\w+ (?:автономн\w+|бюджетн\w+|казенн\w+|казённ\w+)? ?(?:обще)?образовательн\w+ учреждени\w+)"
)
_SCHOOL: Final = re.compile(
    rf"{_FORM}(?![а-яё])(?:\s+(?:[А-ЯЁ]{{2,}}|ДО|имени|им\.))*\s*(?:[«\"„“][^»\"”]*[»\"”]{{1,2}}|№\s?\d+)?(?:\s*(?:№\s?\d+|с\.\s?[А-ЯЁ][\w-]+))?"
)
_OFFICE: Final = re.compile(
    r"(?:управление|отдел|департамент|комитет|министерство)\s+(?:по\s+)?(?:\w+\s+)?образовани\w+[^.;:№]*", re.IGNORECASE
)
_SCHOOL_WORD: Final = re.compile(rf"{_FORM}|гимнази|лице[йя]|школ[аы]|детск\w+ сад|№\s?\d", re.IGNORECASE)
_ITEM: Final = re.compile(r"(?:\d{1,3}[.)]|[-–—•*])\s*(.+)")
_PAGE: Final = re.compile(r"\W*(?:стр\w*\.?\s*)?\d{0,3}\W*")


def framed(before: Sequence[str], after: Sequence[str], cells: Iterable[str]) -> tuple[Draft, tuple[str, ...]]:
    """The plan's head, out of the paragraphs before and after its tables; what fits no key becomes its `note`.

    `cells` are searched for the school year when nothing around the tables names it. Beside the head, the words that
    only say what the others are: «ПРИКАЗ», «кластер», the numbers of a list.
    """
    lines = [*before, "", *after]
    used: set[int] = set()
    title, place = _title(before)
    used |= place
    approved = _approved(lines, used)
    number, day, signed, places = _order(lines, used, approved)
    used |= places
    participants, places_of_schools = _participants(lines, used)
    used |= places_of_schools
    organization, places = _organization(before, title, used)
    used |= places
    note = "\n".join(
        line
        for i, line in enumerate(lines)
        if i not in used and line and not _PAGE.fullmatch(line) and not _is_order(line)
    )
    draft = Draft(
        title,
        organization,
        school_year((title, *lines), cells),
        number,
        day,
        signed,
        approved,
        participants,
        note,
    )
    forms = (i for i in used if lines[i] and not approved and _BLANK_FORM.fullmatch(lines[i]))
    marks = [*(line for line in lines if _is_order(line)), *(lines[i] for i in sorted(forms))]
    for i in places_of_schools:
        item = _ITEM.fullmatch(lines[i])
        marks.append(lines[i][: item.start(1)] if item else "кластер" if "кластер" in lines[i] else "")
    return draft, tuple(marks)


def _is_order(line: str) -> bool:
    return _ORDER.fullmatch(_closed(line)) is not None


def _closed(line: str) -> str:
    """«П Р И К А З» → «ПРИКАЗ»."""
    return line.replace(" ", "") if _SPACED.fullmatch(line) else line


def _title(before: Sequence[str]) -> tuple[str, set[int]]:
    """The lines of the title: the last that begins as titles of plans do, with those that go on with it."""
    starts = [
        i for i, line in enumerate(before) if _TITLE.match(line) and len(line) < 400 and not line.rstrip().endswith(";")
    ]
    free = [i for i in starts if not month_in(before, i)] or starts
    if not free:
        free = [
            i
            for i, line in enumerate(before)
            if re.search(r"дорожн\w+ карт|план\w* (?:мероприятий|работы)", fold(line))
        ][-1:]
    if not free:
        return "", set()
    start = end = free[-1]
    while start > 0 and start - 1 in free and before[start - 1]:
        start -= 1
    lines = {start}
    blank = 0
    for i in range(start + 1, len(before)):
        line = before[i]
        if not line:
            blank += 1
            if blank > 3:
                break
            continue
        on = i - end == 1 and not _STAMP.match(line) and (i not in starts or i in free)
        told = _YEARS.search(line) or (_SCHOOL.match(line) and len(line) < 120)
        if not (on or told) or len(line) > 300 or (i in starts and i not in free) or _PAGE.fullmatch(line):
            break
        lines.add(i)
        end = i
    return " ".join(before[i] for i in sorted(lines)), lines


def month_in(lines: Sequence[str], place: int) -> bool:
    """Whether a title, or the line behind it, is about one month only."""
    from roadmap_cli.importing.rows import month_of

    following = lines[place + 1] if place + 1 < len(lines) else ""
    return bool(month_of(lines[place]) or month_of(following))


def _approved(lines: Sequence[str], used: set[int]) -> str:
    """The approval stamps: each goes on until a blank line or the title; the lines are marked as used."""
    found: list[str] = []
    within = 0
    for i, line in enumerate(lines):
        if i in used or not line or _REASON.match(line) or _is_order(line):
            within = 0
            continue
        starts = (_STAMP.match(line) and len(line) < 200) or _IN_STAMP.search(line)
        if starts and not within:
            block = " ".join(lines[i : i + 6])
            within = 8 if _APPROVES.search(block) or re.match(r"\W*приложение", fold(line)) else 0
        if within:
            within -= 1
            found.append(line)
            used.add(i)
    return "" if all(map(_BLANK_FORM.fullmatch, found)) else "\n".join(found)


def _order(lines: Sequence[str], used: set[int], approved: str) -> tuple[str, str, str, set[int]]:
    """The number, the day and the signature of the order that the plan belongs to, and the lines they take up."""
    head = next((i for i, line in enumerate(lines) if _is_order(line)), None)
    if head is None:
        stamp = approved if _ORDER.search(approved) else ""
        signed = next((found[1] for line in stamp.split("\n") if (found := _SIGNED.search(line))), "")
        return _first(_NUMBER, stamp), _day(stamp), signed, set()
    places: set[int] = set()
    number = day = ""
    for i in range(head + 1, min(head + 12, len(lines))):
        line = lines[i]
        if _REASON.match(line) or i in used:
            break
        here = _NUMBER.match(line) if not number else None
        if not number and (found := _NUMBER.search(line)) and (here or _DATE.search(line)):
            number = found[1]
            places |= {i} if not _NUMBER.sub("", _DATE.sub("", line)).strip(" .,от") else set()
        if not day and (_DATE.match(line) or _DATE.match(re.sub(r"^\W*от\s+", "", line))):
            day = _day(line)
            places |= {i} if day and not _NUMBER.sub("", _DATE.sub("", line)).strip(" .,от") else set()
    signed = ""
    for i in range(head + 1, len(lines)):
        if i not in used and (found := _NAME_ONLY.fullmatch(lines[i])):
            people = parse_owners(found[1]).owners
            if len(people) == 1 and isinstance(people[0], Person):
                signed = people[0].name
                places.add(i)
                break
    return number, day, signed, places


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _day(text: str) -> str:
    """The first day that a text names, «05.10.2022»; "" when none can be read without doubt."""
    found = _DATE.search(text)
    due = parse_due((". " if found[2].isdigit() else " ").join(found.groups())) if found else None
    return f"{due.end:%d.%m.%Y}" if due and due.kind == "on" and due.end and not due.notes else ""


def _participants(lines: Sequence[str], used: set[int]) -> tuple[tuple[DraftCluster, ...], set[int]]:
    """The schools of a list under headings with a colon («Технологический кластер:»)."""
    found: list[DraftCluster] = []
    places: set[int] = set()
    filled = [i for i, line in enumerate(lines) if line and i not in used]
    at = 0
    while at < len(filled):
        head = lines[filled[at]]
        items = []
        for place in filled[at + 1 :]:
            item = _ITEM.fullmatch(lines[place])
            if item is None or not _SCHOOL_WORD.search(item[1]):
                break
            items.append((place, item[1].rstrip(";,").strip()))
        if (
            head.endswith(":")
            and items
            and len(head) < 120
            and re.search(r"кластер|групп|участник|школ|учрежден", fold(head))
        ):
            name = re.sub(r"\s*кластер\s*$", "", head.rstrip(": "), flags=re.IGNORECASE)
            found.append(DraftCluster(name, tuple(text for _, text in items)))
            places |= {filled[at], *(place for place, _ in items)}
            at += len(items)
        at += 1
    return tuple(found), places


def _organization(before: Sequence[str], title: str, used: set[int]) -> tuple[str, set[int]]:
    """Whose plan it is: a school or an office of education, named in the title or at the head of the document."""
    named = _SCHOOL.search(title) if _SCHOOL_WORD.search(title) else None
    if named and re.search(r"[«\"№]|с\.", named[0]):
        return named[0].strip(), set()
    for i, line in enumerate(before[:25]):
        if i in used or not line or _REASON.match(line) or len(line) > 250:
            continue
        if (found := _SCHOOL.match(line)) and (len(found[0]) > 6 or _SCHOOL_WORD.search(line, found.end())):
            return line, {i}
        if _OFFICE.match(line):
            places = {i}
            if (
                i + 1 < len(before)
                and i + 1 not in used
                and before[i + 1]
                and not _is_order(before[i + 1])
                and len(before[i + 1]) < 90
            ):
                places.add(i + 1)
            return " ".join(before[j] for j in sorted(places)), places
    office = _OFFICE.search(title)
    return (office[0].strip() if office else named[0].strip() if named else ""), set()


def school_year(lines: Iterable[str], cells: Iterable[str]) -> str:
    """«2022-2023» as the document names it: around the tables first, else in the cells; "" when nobody does."""
    for texts in (lines, cells):
        found: list[str] = []
        for text in texts:
            for one in _YEARS.finditer(text):
                first, second = int(one[1]), int(one[2])
                if (first + 1) % 100 == second and ("уч" in one[0].lower() or "план" in fold(text)):
                    found.append(f"{first}-{first + 1}")
        if found:
            return max(dict.fromkeys(found), key=found.count)
    return ""
