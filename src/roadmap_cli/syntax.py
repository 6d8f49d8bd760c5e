"""Why a file is no YAML, in plain Russian: the parser's complaint and the text around it → one finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from roadmap_cli.errors import problem
from roadmap_cli.model import Related, Span
from roadmap_cli.record import NamedTuple
from roadmap_cli.text import cut, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap_cli.model import Finding

ODD_BLANKS: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"

_ODD_INDENT = re.compile(f"[ \t]*([{ODD_BLANKS}])")
_MARKS: Final = {"*": "ссылки", "&": "метки", "!": "тега", "?": "ключа", "|": "блока", ">": "блока"}
_PAIRS: Final = {"[": "]", "{": "}"}
_UNKNOWN = "не удалось разобрать запись YAML: проверьте отступы, кавычки и двоеточия в этой строке и строкой выше"


class _Case(NamedTuple):
    """A complaint with its text; lines and columns count from 0 and lie inside the text, `opened` is the context."""

    lines: list[str]
    line: int
    column: int
    opened: tuple[int, int] | None
    complaint: str

    @property
    def before(self) -> str:
        return self.lines[self.line][: self.column]

    @property
    def char(self) -> str:
        return self.lines[self.line][self.column : self.column + 1]


class _Cause(NamedTuple):
    """What is wrong, where, and perhaps another place with its note; places count from 0."""

    message: str
    line: int
    column: int
    other: tuple[int, int, str] | None = None


def lines(text: str) -> list[str]:
    """The lines of `text` as an editor counts them: only CR, LF and CRLF end a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def explain(error: Exception, text: str, path: str) -> Finding:
    """The finding RM003 for an exception of the YAML parser, or of any other kind, over `text`."""
    case = _case(error, lines(text))
    found = (tell(case) for pattern, tell in _CAUSES if re.search(pattern, case.complaint))
    cause = next((each for each in found if each), _Cause(_UNKNOWN, case.line, case.column))
    here = _point(case.lines, cause.line, cause.column, path)
    if not cause.other:
        return problem("RM003", cause.message, here)
    line, column, note = cause.other
    return problem("RM003", cause.message, here, related=(Related(_point(case.lines, line, column, path), note),))


def _case(error: Exception, text: list[str]) -> _Case:
    complaint = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or ''}"
    opened = _place(getattr(error, "context_mark", None), text)
    line, column = _place(getattr(error, "problem_mark", None), text) or opened or (0, 0)
    return _Case(text, line, column, opened, complaint)


def _place(mark: Any, text: list[str]) -> tuple[int, int] | None:
    """The mark's line and column, moved to the end of the text when it lies behind it."""
    if mark is None:
        return None
    if mark.line >= len(text):
        return len(text) - 1, len(text[-1])
    return mark.line, min(mark.column, len(text[mark.line]))


def _point(text: list[str], line: int, column: int, path: str) -> Span:
    """The one character at a place that counts from 0; nothing at the end of a line."""
    end = min(column + 1, len(text[line]))
    return Span(path, line + 1, column + 1, line + 1, end + 1)


def _tab(case: _Case) -> _Cause | None:
    line = case.lines[case.line]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in indent and case.column <= len(indent):
        return _Cause("табуляция в отступе: замените её пробелами", case.line, indent.index("\t"))
    if case.char == "\t" and not case.before.strip(" -?:"):
        message = f"табуляция после «{case.before.strip()[-1:]}»: замените её пробелом"
        return _Cause(message, case.line, case.column)
    return None


def _odd_blank(case: _Case) -> _Cause | None:
    """A no-break space in the indent of a line that the complaint is about, or of the line above it."""
    above = next((n for n in range(case.line - 1, -1, -1) if case.lines[n].strip()), case.line)
    first = case.opened[0] if case.opened else above
    for number in range(first, case.line + 1):
        if found := _ODD_INDENT.match(case.lines[number]):
            return _Cause(odd_indent(found[1]), number, found.start(1))
    return None


def odd_indent(char: str) -> str:
    """The message on a character that looks like an indent and is none."""
    name = "неразрывный пробел" if char == "\u00a0" else "особый пробел"
    return f"в отступе стоит {name} U+{ord(char):04X}: замените его обычными пробелами"


def _documents(case: _Case) -> _Cause:
    return _Cause("в файле больше одного документа: оставьте один план, удалите «---»", case.line, case.column)


def _anchor_twice(case: _Case) -> _Cause:
    name = _word(case.lines[case.line][case.column :])
    line, column = case.opened or (case.line, case.column)
    message = f"метка «{name}» уже стоит в строке {line + 1}: назовите вторую иначе или уберите"
    return _Cause(message, case.line, case.column, (line, column, "первая такая метка"))


def _lost_alias(case: _Case) -> _Cause:
    name = _word(case.lines[case.line][case.column :])
    message = (
        f"значение начинается со знака «*», в YAML это ссылка, а метки «&{name[1:]}» выше нет: "
        f"уберите «*» или возьмите текст в кавычки: {_quoted(case, case.line, case.column)}"
    )
    return _Cause(message, case.line, case.column)


def _starts(case: _Case) -> _Cause | None:
    line, column = case.opened or (case.line, case.column)
    char = case.lines[line][column : column + 1]
    if char == "\t":
        return _Cause("табуляция перед текстом: замените её пробелом", line, column)
    if char in {"", ".", "-"}:
        return None
    role = f" (в YAML это знак {_MARKS[char]})" if char in _MARKS else ""
    sample = _quoted(case, line, column)
    return _Cause(f"текст начинается со знака «{char}»{role}: возьмите его в кавычки: {sample}", line, column)


def _block_text(case: _Case) -> _Cause:
    line, column = case.opened or (case.line, case.column)
    char = case.lines[line][column : column + 1]
    message = (
        f"после «{char}» текст начинают с новой строки, с отступом; "
        f"если «{char}» — часть текста, возьмите его в кавычки: {_quoted(case, line, column)}"
    )
    return _Cause(message, line, column)


def _escape(case: _Case) -> _Cause:
    line = case.lines[case.line]
    column = line.rfind("\\", 0, case.column + 1)
    if column < 0:
        column = max(line.find("\\"), 0)
    if "invalid Unicode" in case.complaint:
        message = f"код «{line[column : column + 6]}» не обозначает знака: вставьте сам знак"
    else:
        message = (
            f"обратная черта в двойных кавычках — служебный знак, а «{line[column : column + 2]}» ничего не значит: "
            "удвойте её («\\\\») или возьмите текст в одинарные кавычки"
        )
    return _Cause(message, case.line, column)


def _open_quote(case: _Case) -> _Cause:
    line, column = case.opened or (case.line, case.column)
    char = case.lines[line][column : column + 1]
    return _Cause(f"кавычка «{char}», открытая в строке {line + 1}, не закрыта: допишите её", line, column)


def _dash(case: _Case) -> _Cause | None:
    if not case.before.rstrip().endswith(":"):
        return None
    message = (
        "список не может начинаться в строке ключа: перенесите «- …» на новую строку, "
        f"а если это текст, возьмите его в кавычки: {_quoted(case, case.line, case.column)}"
    )
    return _Cause(message, case.line, case.column)


def _flow(case: _Case) -> _Cause | None:
    """Brackets: never closed, closed by the wrong one, or a comma too few or too many inside."""
    ended = not any(line.strip() for line in (case.lines[case.line][case.column :], *case.lines[case.line + 1 :]))
    places = [case.opened or (0, 0), *((number, 0) for number in range(case.line) if ended)]
    opened = next((found for place in places if (found := _unclosed(case.lines, place))), None)
    if opened:
        char = case.lines[opened[0]][opened[1]]
        message = f"скобка «{char}», открытая в строке {opened[0] + 1}, не закрыта: допишите «{_PAIRS[char]}»"
        return _Cause(message, *opened)
    if case.char in {"]", "}"}:
        return _Cause(f"скобка «{case.char}» не подходит к открытой: исправьте её", case.line, case.column)
    if case.char == ",":
        return _Cause("лишняя запятая: перед ней ничего нет", case.line, case.column)
    return _Cause(
        "внутри скобок не хватает запятой перед этим местом, или здесь двоеточие в тексте без кавычек",
        case.line,
        case.column,
    )


def _unclosed(text: list[str], start: tuple[int, int]) -> tuple[int, int] | None:
    """The bracket at or behind `start` that nothing closes (quotes are not heeded), or None."""
    stack: list[tuple[int, int]] = []
    for number in range(start[0], len(text)):
        for found in re.finditer(r"[\[\]{}]", text[number][start[1] if number == start[0] else 0 :]):
            if found[0] in _PAIRS:
                stack.append((number, found.start() + (start[1] if number == start[0] else 0)))
            elif stack:
                stack.pop()
        if not stack:
            return None
    return stack[0] if stack else None


def _colon(case: _Case) -> _Cause | None:
    """«: » in unquoted text, when the line has a key before it; else the line is indented wrong."""
    line = case.lines[case.line]
    key = re.match(r"[ ?-]*[^:]*:[ \t]+", line)
    if key and key.end() <= case.column:
        sample = _quote(line[key.end() :].strip())
        message = f"двоеточие в тексте без кавычек: возьмите текст в кавычки: {key[0].strip()} {sample}"
        return _Cause(message, case.line, case.column)
    above = next((n for n in range(case.line - 1, -1, -1) if case.lines[n].strip()), case.line)
    cause = _no_space(case.lines, above) or _indent(case)
    if cause and cause.line < case.line:
        return cause
    also = "если это продолжение текста с двоеточием, возьмите весь текст в кавычки"
    if cause:
        return cause._replace(message=f"{cause.message}; {also}")
    return _Cause(f"ключ внутри текста: выровняйте его с ключами выше, а {also}", case.line, case.column)


def _bracket_colon(case: _Case) -> _Cause:
    return _Cause("двоеточие в тексте внутри скобок: возьмите текст в кавычки", case.line, case.column)


def _cut_above(case: _Case) -> _Cause | None:
    """A text that goes on below a line where « #» has cut it."""
    line = case.opened[0] if case.opened and "simple key" in case.complaint else case.line
    above = next((n for n in range(line - 1, -1, -1) if case.lines[n].strip()), line)
    found = re.match(r".*?[^\s#-][ \t]+(#)", case.lines[above])
    if not found or above == line or re.search(r":(?:\s|$)", case.lines[line].split(" #")[0]):
        return None
    message = "« #» начинает примечание и обрывает текст, который идёт дальше: возьмите весь текст в кавычки"
    return _Cause(message, above, found.start(1), (line, 0, "продолжение текста"))


def _no_colon(case: _Case) -> _Cause:
    line, column = case.opened or (case.line, case.column)
    message = (
        "здесь нет «ключ: значение»: если это продолжение текста строкой выше, сдвиньте строку вправо, "
        "если ключ — поставьте после него двоеточие и пробел"
    )
    return _no_space(case.lines, line) or _Cause(message, line, column)


def _no_space(text: list[str], line: int) -> _Cause | None:
    found = re.match(r"[ -]*(\w+):(?!//)([^\s:].*)", text[line])
    if not found:
        return None
    message = f"после двоеточия нужен пробел: {found[1]}: {cut(found[2], 30)}"
    return _Cause(message, line, found.start(2) - 1)


def _directive(case: _Case) -> _Cause | None:
    for number in range(case.line + 1):
        if case.lines[number].startswith("%"):
            return _Cause("строка начинается с «%», в YAML она служебная: удалите её", number, 0)
    return None


def _after_end(case: _Case) -> _Cause | None:
    for number in range(case.line):
        if re.match(r"\.\.\.(?:\s|$)", case.lines[number]):
            other = (number, 0, "здесь план закончен")
            message = f"текст после «...»: в строке {number + 1} план закончен; удалите «...» или то, что ниже"
            return _Cause(message, case.line, case.column, other)
    return None


def _closed_early(case: _Case) -> _Cause | None:
    """Text behind a closing quote or bracket, or a quote that a later quote has closed by chance."""
    before = case.before.rstrip()
    last = before[-1:]
    if not last or last not in "\"']}":
        return None
    if last in "\"'" and before.count(last) == 1:
        for number in range(case.line - 1, -1, -1):
            column = case.lines[number].rfind(last)
            if column >= 0:
                other = (case.line, len(before) - 1, "здесь она закрылась")
                message = f"кавычка «{last}», открытая в строке {number + 1}, не закрыта в ней: допишите её"
                return _Cause(message, number, column, other)
    key = re.match(r"[ ?-]*(?:[^:\"'\[{]*:[ \t]+)?", before)
    start = key.end() if key else 0
    message = f"после «{last}» остался текст: возьмите в кавычки всё значение: {_quoted(case, case.line, start)}"
    return _Cause(message, case.line, case.column)


def _indent(case: _Case) -> _Cause | None:
    """A line that stands under no line above it, or a dash or colon without its key."""
    line = case.lines[case.line]
    body = line.lstrip(" ")
    own = len(line) - len(body)
    if case.char in {"]", "}"} and not case.before.strip():
        return _Cause(f"лишняя скобка «{case.char}»: удалите её", case.line, case.column)
    if case.char == ":" and not case.before.strip(" -?"):
        return _Cause("пустой ключ: перед двоеточием нет слова", case.line, case.column)
    levels = _levels(case)
    if own not in levels and levels:
        *others, last = map(str, sorted(levels))
        known = f"{', '.join(others)} или {last}" if others else last
        message = f"неверный отступ — {plural(own, 'пробел', 'пробела', 'пробелов')}: у строк выше он {known}"
        return _Cause(message, case.line, own)
    if body.startswith("- ") and own == case.column:
        message = "пункт списка стоит на месте ключа: над списком нужен ключ с двоеточием, например «activities:»"
        return _Cause(message, case.line, case.column)
    return None


def _levels(case: _Case) -> set[int]:
    """The indents at which a line may stand here: those of the lines above that are still open."""
    found: set[int] = set()
    for line in reversed(case.lines[: case.line]):
        opening = re.match(r"( *)((?:- +)*)(?=[^\s#])", line)
        if opening and (not found or len(opening[1]) < min(found)):
            found |= {len(opening[1]), len(opening[0])}
            if not opening[1]:
                break
    return found


def _word(text: str) -> str:
    """What stands up to the first blank or bracket, shortened."""
    return cut(re.split(r"[\s,\]}]", text, maxsplit=1)[0], 30)


def _quoted(case: _Case, line: int, column: int) -> str:
    """The text at a place as it should be written in quotes; a key without its value, an item without the list."""
    before, rest = case.lines[line][:column], case.lines[line][column:]
    if re.search(r"[\[{][^\]}]*$", before):
        rest = re.split(r"[,\]}]", rest, maxsplit=1)[0]
    elif not before.strip(" -") and rest[:1] not in _PAIRS:
        rest = re.split(r":(?:\s|$)", rest, maxsplit=1)[0]
    return _quote(rest.strip())


def _quote(text: str) -> str:
    text = cut(text, 50)
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


_CAUSES: Final[tuple[tuple[str, Callable[[_Case], _Cause | None]], ...]] = (
    ("", _tab),
    ("another document", _documents),
    ("duplicate anchor", _anchor_twice),
    ("undefined alias", _lost_alias),
    ("an alias|an anchor|a tag|tag handle|any token|keys are not allowed", _starts),
    ("block scalar", _block_text),
    ("escape|hexa?decimal", _escape),
    ("quoted scalar", _open_quote),
    ("entries are not allowed", _dash),
    ("a flow", _flow),
    ("expected|mapping values", _odd_blank),
    ("mapping values", _colon),
    ("unexpected ':'", _bracket_colon),
    ("find expected|block end", _cut_above),
    ("find expected ':'", _no_colon),
    ("directive|YAML|document start", _directive),
    ("document start", _after_end),
    ("expected key|'-' indicator|block end|document start|not allowed", _closed_early),
    ("expected key|'-' indicator|block end|document start", _indent),
    ("node content", _starts),
)
