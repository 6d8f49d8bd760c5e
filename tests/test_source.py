"""Reading a file: places of nodes, what is refused and how it is told, and laws that hold for any bytes."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_cli import source
from roadmap_cli.errors import READING, RoadmapError, problem
from roadmap_cli.model import Span
from roadmap_cli.source import is_plain, parse, read, span
from roadmap_cli.syntax import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from roadmap_cli.model import Finding
    from roadmap_cli.source import Node, Source

NAME = "plan.yaml"


def parsed(text: str) -> Source:
    return parse(text.encode(), NAME)


def only(result: Source) -> Finding:
    assert len(result.findings) == 1, result.findings
    return result.findings[0]


def place(finding: Finding) -> str:
    return f"{finding.span.line}:{finding.span.column}"


def plain_value(node: Node | None) -> Any:
    if node is None or node.id == "scalar":
        return node and node.value
    if node.id == "sequence":
        return [plain_value(child) for child in node.value]
    return {key.value: plain_value(value) for key, value in node.value}


def walk(node: Node) -> Iterator[Node]:
    yield node
    if node.id != "scalar":
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                yield from walk(part)


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both parsers in turn: libyaml, and the one in Python that stands in where libyaml is missing."""
    source._composers.cache_clear()
    if request.param == "python":
        monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    yield request.param
    monkeypatch.undo()
    source._composers.cache_clear()


# Nodes and their places.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no: 3.10\ndue: 2022-10-15\nyes: No\nnull: ~\n", id="what YAML would type"),
        pytest.param("no: '3.10'\ndue: \"2022-10-15\"\nyes: No\nnull: ~\n", id="in quotes"),
        pytest.param('{"no": "3.10", "due": "2022-10-15", "yes": "No", "null": "~"}', id="as JSON"),
        pytest.param("--- \nno: 3.10\ndue: 2022-10-15\nyes: No\nnull: ~\n...\n", id="with document marks"),
        pytest.param("no: !!str 3.10\ndue: 2022-10-15\nyes: No\nnull: ~\n", id="with the tag of text"),
    ],
)
def test_every_scalar_is_text(parser: str, text: str) -> None:
    result = parsed(text)
    assert result.findings == ()
    assert plain_value(result.root) == {"no": "3.10", "due": "2022-10-15", "yes": "No", "null": "~"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("a: б\n", (1, 4, 1, 5), id="plain"),
        pytest.param('a: "б в"  # г\n', (1, 4, 1, 9), id="in quotes"),
        pytest.param("😀: 𝔸 б\n", (1, 4, 1, 7), id="columns are characters, not bytes"),
        pytest.param("x: 1\r\na: б\r\n", (2, 4, 2, 5), id="CRLF"),
        pytest.param("x: 1\ra: б\r", (2, 4, 2, 5), id="CR alone"),
        pytest.param("\ufeffa: б\n", (1, 4, 1, 5), id="byte order mark"),
        pytest.param("\ufeff\ufeffa: б\n", (1, 4, 1, 5), id="two byte order marks"),
        pytest.param('x: "1\u2028 2"\na: б\n', (2, 4, 2, 5), id="a break that editors do not count"),
        pytest.param("x: 1\x852\na: б\n", (2, 4, 2, 5), id="next line, U+0085"),
        pytest.param("a: [1,\n 2]\n\n", (1, 4, 2, 4), id="flow list"),
        pytest.param("a:\n- 1\n- б: 2\n\n\n", (2, 1, 3, 7), id="block list ends with its last item"),
        pytest.param("a:\n  б: 1\n  в:\n\n# г\n", (2, 3, 3, 5), id="block mapping ends with an empty value"),
        pytest.param("a: |\n  б\n  в\n", (1, 4, 4, 1), id="block of text ends behind its last break"),
        pytest.param("x: &x 1\na:\n- 2\n- *x\n", (3, 1, 3, 4), id="an alias at the end has its place elsewhere"),
        pytest.param("x: &x 1\na:\n  б: *x\n", (3, 3, 3, 4), id="an alias as the last value"),
        pytest.param("a:\n", (1, 3, 1, 3), id="nothing"),
    ],
)
def test_a_node_has_the_place_that_an_editor_shows(text: str, where: tuple[int, int, int, int]) -> None:
    result = parsed(text)
    assert result.findings == ()
    assert result.root
    assert span(result.root.value[-1][1], NAME) == Span(NAME, *where)


def test_only_a_scalar_without_quotes_is_plain(parser: str) -> None:
    root = parsed("[a, 'a', \"a\", ~, [a], {a: b}]").root
    assert root
    assert [is_plain(node) for node in root.value] == [True, False, False, True, False, False]


def test_the_text_is_kept_without_its_mark_and_with_its_breaks() -> None:
    assert parsed("\ufeffa: б\u2028\r\n").text == "a: б\u2028\r\n"


def test_lines_are_those_of_an_editor() -> None:
    assert lines("а\u2028б\r\nв\rг\n\x0bд\x85") == ["а\u2028б", "в", "г", "\x0bд\x85"]


# Files.


def test_a_file_is_read_and_called_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "план.yaml"
    file.write_text("a: 1\na: 2\n", encoding="utf-8")
    assert read(str(file)).path == str(file)
    result = read(str(file), "plans/план.yaml")
    assert plain_value(result.root) == {"a": "1"}
    assert only(result).span.path == result.path == "plans/план.yaml"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("нет.yaml", "файл не найден", id="no such file"),
        pytest.param("", "файл не найден", id="no name"),
        pytest.param("dir", "это папка", id="folder"),
        pytest.param("file/x.yaml", "часть пути — не папка", id="a file for a folder"),
        pytest.param("a\0b.yaml", "такого имени", id="zero in the name"),
        pytest.param("x" * 5000, "слишком длинное имя", id="long name"),
        pytest.param("loop", "ведёт сама на себя", id="link to itself"),
        pytest.param("fifo", "не обычный файл", id="pipe that nobody writes to"),
        pytest.param("/dev/zero", "не обычный файл", id="endless device"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and devices of POSIX")
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, name: str, part: str) -> None:
    (tmp_path / "dir").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    finding = only(read(name and os.path.join(tmp_path, name), NAME))
    assert (finding.code, finding.span) == ("RM001", Span(NAME))
    assert part in finding.message


def test_a_big_file_is_refused_and_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    with file.open("wb") as stream:
        stream.truncate(10**12)
    finding = only(read(str(file)))
    assert finding.code == "RM004"
    assert "5 МБ" in finding.message


# Encodings.

TEXT = "title: Утверждение школьного координатора\n"


@pytest.mark.parametrize(
    ("data", "part", "where"),
    [
        pytest.param(TEXT.encode("cp1251"), "Windows-1251 (cp1251)", "1:8", id="cp1251"),
        pytest.param(TEXT.encode("cp866"), "DOS (cp866)", "1:8", id="cp866"),
        pytest.param(TEXT.encode("koi8-r"), "KOI8-R", "1:8", id="koi8-r"),
        pytest.param(TEXT.encode("utf-16-le"), "UTF-16 без метки", "1:1", id="UTF-16 little-endian without a mark"),
        pytest.param(TEXT.encode("utf-16-be"), "UTF-16 без метки", "1:1", id="UTF-16 big-endian without a mark"),
        pytest.param("title: A\n".encode("utf-16-le"), "UTF-16 без метки", "1:1", id="UTF-16 that is UTF-8 too"),
        pytest.param(TEXT.encode("utf-32-le"), "UTF-32 без метки", "1:1", id="UTF-32"),
        pytest.param(
            b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "текст в UTF-16 испорчен", "1:1", id="half a UTF-16 unit"
        ),
        pytest.param(b"PK\x03\x04\x14\0\x06\0", "Word, Excel или архив zip", "1:1", id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "старого Word", "1:1", id="doc"),
        pytest.param(b"\x1f\x8b\x08\0\0", "gzip", "1:1", id="gzip"),
        pytest.param(b"{\\rtf1\\ansi}", "RTF", "1:1", id="rtf"),
        pytest.param(b"%PDF-1.7\n", "PDF", "1:1", id="pdf"),
        pytest.param(bytes(range(256)) * 9, "двоичные данные", "3:115", id="noise"),
        pytest.param(bytes(99), "двоичные данные", "1:1", id="zeros"),
        pytest.param(b"a: 1\nb: \0\n", "двоичные данные", "2:4", id="one zero"),
        pytest.param(TEXT.encode() + TEXT[:20].encode() + b"\xff\n", "байта 0xFF", "2:21", id="one bad byte"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode() + b"\xc0\xaf", "байта 0xC0", "2:1", id="overlong, behind a mark"),
        pytest.param(TEXT.encode() + b"x: \xed\xa0\xbd", "байта 0xED", "2:4", id="half of a surrogate pair"),
        pytest.param(TEXT.encode()[:-2], "обрывается посреди буквы", "1:41", id="cut inside a letter"),
        pytest.param(
            f"{TEXT}\ufeff{TEXT}".encode(), "склеены два файла", "2:1", id="a mark where a second file begins"
        ),
    ],
)
def test_what_is_not_utf_8_is_named_in_one_finding(data: bytes, part: str, where: str) -> None:
    result = parse(data, NAME)
    finding = only(result)
    assert (finding.code, place(finding), result.root) == ("RM002", where, None)
    assert part in finding.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_with_a_mark_is_read(encoding: str) -> None:
    result = parse(TEXT.encode(encoding), NAME)
    assert (result.findings, result.text) == ((), TEXT)
    assert result.root


@pytest.mark.parametrize("through", ["cp1251", "latin-1", "cp866"])
def test_text_encoded_twice_is_told_and_read(through: str) -> None:
    result = parse("title: а\nnote: ".encode() + "Проведение опроса".encode().decode(through, "replace").encode(), NAME)
    assert result.root
    assert (only(result).code, place(only(result))) == ("RM002", "2:7")
    assert "двойной перекодировкой" in only(result).message


@pytest.mark.parametrize(
    ("char", "part"),
    [
        pytest.param("\x0b", "U+000B (мягкий перенос строки из Word)", id="vertical tabulation"),
        pytest.param("\x0c", "U+000C (разрыв страницы)", id="form feed"),
        pytest.param("\x1b", "U+001B", id="escape"),
        pytest.param("\x7f", "U+007F", id="delete"),
        pytest.param("\x9b", "U+009B", id="C1"),
        pytest.param("\ufeff", "U+FEFF", id="a mark inside a line"),
        pytest.param("\uffff", "U+FFFF", id="no character"),
    ],
)
def test_a_control_character_is_told_once_and_read_as_a_blank(parser: str, char: str, part: str) -> None:
    result = parsed(f"a: 1\nb: в{char}г{char}\nc: 2\n")
    assert plain_value(result.root) == {"a": "1", "b": "в г", "c": "2"}
    assert (only(result).code, place(only(result))) == ("RM002", "2:5")
    assert part in only(result).message
    assert "всего таких знаков 2" in only(result).message
    assert only(result).message.isprintable()


@pytest.mark.parametrize("text", ["", " \n\t\n", "# примечание\n", "---\n", "---\n...\n", "\ufeff", "\r\n"])
def test_a_file_without_a_word_is_empty(parser: str, text: str) -> None:
    result = parsed(text)
    assert (only(result).code, result.root) == ("RM009", None)


def test_no_value_at_the_top_is_left_to_the_loader() -> None:
    assert plain_value(parsed("~\n").root) == "~"


# Syntax.

SYNTAX = [
    pytest.param("a: x\nb:\n\tc: 1\n", "3:1", "табуляция в отступе", id="tabulation as indent"),
    pytest.param("-\ta: 1\n  b: 2\n", "1:2", "табуляция после «-»", id="tabulation behind a dash"),
    pytest.param("a: б: в\n", "1:5", 'возьмите текст в кавычки: a: "б: в"', id="colon in text"),
    pytest.param("a: письма:\n", "1:10", 'a: "письма:"', id="colon at the end of text"),
    pytest.param(
        "a:б\nв: 1\n", "1:2", "после двоеточия нужен пробел: a: б", id="no blank behind the colon, then a key"
    ),
    pytest.param("a: 1\nв:г\nд: 1\n", "2:2", "после двоеточия нужен пробел", id="no blank behind a later colon"),
    pytest.param("a:\n  б: 1\n   в: 2\n", "3:4", "неверный отступ — 3 пробела: у строк выше он 0 или 2", id="too deep"),
    pytest.param("a:\n    б: 1\n  в: 2\n", "3:3", "2 пробела: у строк выше он 0 или 4", id="between two levels"),
    pytest.param("a:\n- б: 1\n   в: 2\n", "3:4", "3 пробела: у строк выше он 0 или 2", id="too deep in an item"),
    pytest.param("  a: 1\nб: 2\n", "2:1", "0 пробелов: у строк выше он 2", id="left of the first line"),
    pytest.param("a:\n  б в\n  г: д\n", "3:4", "ключ внутри текста", id="a key inside running text"),
    pytest.param("a: 1\n- б: 1\n", "2:1", "над списком нужен ключ с двоеточием", id="list without its key"),
    pytest.param("a: 1\n: 2\n", "2:1", "пустой ключ", id="no key before the colon"),
    pytest.param("a: 1\nпродолжение\nб: 2\n", "2:1", "здесь нет «ключ: значение»", id="a line that is no key"),
    pytest.param(
        "a: 1\n\u00a0\u00a0б: 2\n- в\n", "2:1", "неразрывный пробел U+00A0", id="no-break indent, broken below"
    ),
    pytest.param("a: 1\n\u00a0\u00a0б: 2\n", "2:1", "неразрывный пробел U+00A0", id="no-break indent, otherwise sound"),
    pytest.param("a: @школа\n", "1:4", 'знака «@»: возьмите его в кавычки: "@школа"', id="starts with @"),
    pytest.param("a: `б`\n", "1:4", "знака «`»", id="starts with a backtick"),
    pytest.param("a: %5\n", "1:4", "знака «%»", id="starts with %"),
    pytest.param("a: *Опрос*\n", "1:4", "знак ссылки", id="starts with *, no name"),
    pytest.param("a: *b\n", "1:4", "метки «&b» выше нет", id="starts with *, a name"),
    pytest.param("a: &Опрос\n", "1:4", "знак метки", id="starts with &"),
    pytest.param("a: !Срочно\n", "1:4", "знак тега", id="starts with !"),
    pytest.param("a: !x!y б\n", "1:4", "знак тега", id="a tag of nobody"),
    pytest.param("a: ? б\n", "1:4", "знак ключа", id="starts with ?"),
    pytest.param("a: , б\n", "1:4", "знака «,»", id="starts with a comma"),
    pytest.param("a: ] б\n", "1:4", "знака «]»", id="starts with a closing bracket"),
    pytest.param("a: - б\n", "1:4", "список не может начинаться в строке ключа", id="starts with a dash"),
    pytest.param("a: > 5 человек\n", "1:4", "после «>» текст начинают с новой строки", id="starts with >"),
    pytest.param(
        "a: {б} в\n", "1:8", 'после «}» остался текст: возьмите в кавычки всё значение: "{б} в"', id="after }"
    ),
    pytest.param("a: [1] в\n", "1:8", "после «]» остался текст", id="after ]"),
    pytest.param('a: "б" в\n', "1:8", "всё значение: '\"б\" в'", id="after a quote"),
    pytest.param("- 'б' в\n", "1:7", "после «'» остался текст", id="after a single quote, in an item"),
    pytest.param('a: "б\nв: 1\n', "1:4", 'кавычка «"», открытая в строке 1, не закрыта', id="open quote"),
    pytest.param('a: "б\nв: "г"\n', "1:4", "открытая в строке 1, не закрыта в ней", id="quote closed by the next one"),
    pytest.param("a: 'б\n---\nв'\n", "1:4", "кавычка «'», открытая в строке 1", id="document mark in quotes"),
    pytest.param(
        "a: [б, в\nг: 1\nд: [е]\n", "1:4", "скобка «[», открытая в строке 1, не закрыта: допишите «]»", id="open ["
    ),
    pytest.param("a: {б: 1\nг: 1\n", "1:4", "скобка «{», открытая в строке 1", id="open {"),
    pytest.param("a: [1, 2", "1:4", "скобка «[», открытая в строке 1", id="open [ at the end of the file"),
    pytest.param('a: ["б" "в"]\n', "1:9", "не хватает запятой", id="no comma in a list"),
    pytest.param("a: [б, , в]\n", "1:8", "лишняя запятая", id="two commas"),
    pytest.param("a: [б}\n", "1:6", "скобка «}» не подходит", id="wrong bracket"),
    pytest.param("a: 1\n]\n", "2:1", "лишняя скобка «]»", id="bracket that nothing opened"),
    pytest.param('a: "C:\\Планы"\n', "1:7", "обратная черта в двойных кавычках", id="backslash"),
    pytest.param('a: "C:\\users"\n', "1:7", "обратная черта в двойных кавычках", id="backslash and a hexadecimal code"),
    pytest.param('a: "\\ud83d"\n', "1:5", "код «\\ud83d» не обозначает знака", id="half of a surrogate pair"),
    pytest.param(
        "a: б #12\n   в\n", "1:6", "« #» начинает примечание и обрывает текст", id="text goes on behind a comment"
    ),
    pytest.param("a: 1\n...\nхвост\n", "3:1", "в строке 2 план закончен", id="text behind the end"),
    pytest.param("a: 1\n---\nб: 1\n", "2:1", "больше одного документа", id="two documents"),
    pytest.param("%YAML 3.0\n---\na: 1\n", "1:1", "начинается с «%»", id="directive"),
    pytest.param("a: &x 1\nб: &x 2\n", "2:4", "метка «&x» уже стоит в строке 1", id="label twice"),
    pytest.param("...\n", "1:1", "не удалось разобрать запись YAML", id="of unknown cause"),
]


@pytest.mark.parametrize(("text", "where", "part"), SYNTAX)
def test_a_slip_is_told_where_it_is_and_how_to_mend_it(parser: str, text: str, where: str, part: str) -> None:
    result = parsed(text)
    finding = only(result)
    assert (finding.code, place(finding), result.root) == ("RM003", where, None), finding.message
    assert part in finding.message
    assert not any(word in finding.message for word in ("expected", "found", "while"))


def test_a_slip_names_the_other_place_too() -> None:
    related = only(parsed('a: "б\nв: "г"\n')).related[0]
    assert (related.span, related.message) == (Span(NAME, 2, 4, 2, 5), "здесь она закрылась")


@pytest.mark.parametrize("char", ["\x1b", "\u202e", "\u2066", "\x9b", "\r", "\u2028"])
def test_a_message_never_carries_a_control_character(char: str) -> None:
    for text in (f'a: @"{char}б', f"{char}a: 1\n{char}a: 2", f"a: !<{char}> б", f"a: б #{char}в", f"*{char}: 1"):
        for finding in parsed(text).findings:
            assert finding.message.isprintable()


# Limits.


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("x: " + "[" * 100 + "]" * 100, "1:103", id="one level too many"),
        pytest.param("[" * 50_000 + "]" * 50_000, "1:101", id="enough to break the C parser"),
        pytest.param("[" * 100_000, "1:101", id="never closed"),
        pytest.param("{a: " * 30_000, "1:401", id="mappings"),
        pytest.param("- " * 30_000, "1:201", id="dashes on a line"),
        pytest.param("? " * 30_000, "1:201", id="question marks on a line"),
        pytest.param("".join(" " * n + "a:\n" for n in range(600)), "101:101", id="by indentation"),
        pytest.param("".join(" " * n + "a:\r" for n in range(600)), "101:101", id="by indentation, CR alone"),
        pytest.param("x: &x 1\ny: " + "[" * 100 + "*x" + "]" * 100, None, id="beside a label"),
        pytest.param("".join(f"- &a{n} [{f'*a{n - 1}' if n else ''}]\n" for n in range(200)), "101:3", id="by aliases"),
        pytest.param("- &a\n  - *a\n", "1:3", id="an alias inside itself"),
        pytest.param("x: &a {b: *a}\n", "1:4", id="a mapping inside itself"),
        pytest.param(
            "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 30)), None, id="a bomb"
        ),
    ],
)
def test_nesting_and_repetition_have_a_limit(parser: str, text: str, where: str | None) -> None:
    result = parsed(text)
    finding = only(result)
    assert (finding.code, result.root) == ("RM004", None)
    assert where in (None, place(finding)), finding


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100 + "]" * 100, id="a hundred levels"),
        pytest.param("a: &x [1, 2]\nb: *x\nc: [*x, *x]\n", id="aliases"),
        pytest.param("a: &x {b: 1}\nc:\n- *x\n- *x\n", id="aliases of a mapping"),
        pytest.param("a: 5 * 5 & 6\n", id="their signs in text"),
        pytest.param("".join(f"a{n}: [{n}, {{b: c}}]\n" for n in range(1000)), id="many brackets"),
        pytest.param(json.dumps({"a": [{"no": str(n), "owners": ["Иванов И.И."]} for n in range(2000)]}), id="JSON"),
        pytest.param("a: |\n" + " " * 200 + "б\n", id="text that stands far right"),
    ],
)
def test_what_keeps_within_the_limits_is_read(text: str) -> None:
    result = parsed(text)
    assert result.findings == ()
    assert result.root


def test_a_file_of_nothing_but_slips_is_given_up() -> None:
    result = parsed("a: 1\n" * 3000)
    assert result.root is None
    assert len(result.findings) == source.MAX_FINDINGS


# Keys, tags and lost text.


@pytest.mark.parametrize(
    ("text", "code", "where", "part", "left"),
    [
        pytest.param("a: 1\na: 2\n", "RM005", "2:1", "«a» уже есть в строке 1", {"a": "1"}, id="twice"),
        pytest.param("a: 1\n'a': 2\n", "RM005", "2:1", "«a»", {"a": "1"}, id="twice, once in quotes"),
        pytest.param("{a: 1, a: 2}\n", "RM005", "1:8", "«a»", {"a": "1"}, id="twice on a line"),
        pytest.param("a: 1\n'a ': 2\n", "RM005", "2:1", "«a»", {"a": "1"}, id="twice, once with a blank"),
        pytest.param("й: 1\nи\u0306: 2\n", "RM005", "2:1", "«й»", {"й": "1"}, id="twice, once in two characters"),
        pytest.param("<<: {a: 1}\nb: 2\n", "RM010", "1:1", "«<<»", {"b": "2"}, id="merge key"),
        pytest.param("? [a]\n: 1\nb: 2\n", "RM007", "1:3", "список", {"b": "2"}, id="list as a key"),
        pytest.param("{a: 1}: 1\n", "RM007", "1:1", "набор ключей", {}, id="mapping as a key"),
        pytest.param("'': 1\nb: 2\n", "RM007", "1:1", "пустой ключ", {"b": "2"}, id="empty key"),
        pytest.param("~: 1\nb: 2\n", "RM007", "1:1", "пустой ключ", {"b": "2"}, id="null key"),
        pytest.param("a: !!int 1\n", "RM010", "1:4", "тег «!!int»", {"a": "1"}, id="tag of a type"),
        pytest.param("a: !include /etc/passwd\n", "RM010", "1:4", "тег «!include»", {"a": "/etc/passwd"}, id="own tag"),
        pytest.param("a: !<x> 1\n", "RM010", "1:4", "тег «x»", {"a": "1"}, id="tag in full"),
        pytest.param("a: ! 1\n", "RM010", "1:4", "тег «!»", {"a": "1"}, id="bare sign of a tag"),
        pytest.param(
            "a: !!python/object/apply:os.system [x]\n", "RM010", "1:4", "тег «!!python", {"a": ["x"]}, id="Python tag"
        ),
        pytest.param("a: каб. #12 и #13\n", "RM012", "1:9", "«#12 и #13» не прочитано", {"a": "каб."}, id="lost text"),
        pytest.param("a: #12\nb: 2\n", "RM012", "1:4", "«#12»", {"a": "", "b": "2"}, id="lost value"),
        pytest.param("a: [б #1\n]\n", "RM012", "1:7", "«#1»", {"a": ["б"]}, id="lost text in a list"),
    ],
)
def test_what_has_no_place_in_a_plan_is_told_and_left_out(
    parser: str, text: str, code: str, where: str, part: str, left: dict[str, Any]
) -> None:
    result = parsed(text)
    assert (only(result).code, place(only(result))) == (code, where)
    assert part in only(result).message
    assert plain_value(result.root) == left


def test_every_second_key_is_told_with_the_first() -> None:
    findings = parsed("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n").findings
    assert [place(finding) for finding in findings] == ["2:11", "3:1", "4:1"]
    assert [finding.related[0].span.line for finding in findings] == [2, 1, 1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: <<\n'<<': 1\n'~': 2\n", id="signs as text"),
        pytest.param("a: 1 # примечание\nb: 2 ## примечание\n", id="a comment with its blank"),
        pytest.param("a: '№ #1' #в\nb: а#1\n", id="a hash in quotes, behind quotes and inside a word"),
        pytest.param("a: #список\n- 1\nb: #набор\n  c: 1\n", id="a comment before a list"),
        pytest.param("#а\na: |\n  б #1\n  #2\n#в\n", id="a hash in a block of text"),
        pytest.param("a: Ура! Да !\nb: '! 1'\n", id="exclamation marks"),
        pytest.param("'a ': 1\n'\u200bb': 2\n", id="keys for the loader to judge"),
    ],
)
def test_what_only_looks_odd_is_left_alone(parser: str, text: str) -> None:
    result = parsed(text)
    assert result.findings == ()
    assert result.root


# The catalogue.


def test_a_problem_takes_its_name_and_severity_from_the_catalogue() -> None:
    finding = problem("RM006", "ключ «\x1b»", Span(NAME), activity="1")
    assert finding[:4] == ("RM006", "unknown-key", "warning", "ключ «\\x1b»")
    assert finding.activity == "1"


def test_the_catalogue_is_consistent() -> None:
    assert list(READING) == [f"RM{number:03}" for number in range(1, len(READING) + 1)]
    assert len({name for name, _ in READING.values()}) == len(READING)
    assert RoadmapError.exit_code == 2


# Laws.

SIGNS = "aб: \n\r\t[]{},\"'#!~%\\@`\u00a0\u2028\x85\ufeff\x0b😀"
WORDS = (": ", "- ", "\r\n", "  ", " #", "&x ", "*x", "!!str ", "|\n", ">-\n", "? ", "<<", "---\n", "...\n", "\\u12")
PAIRS = ("a: 1\n", "- a: 1\n  b: 2\n", "Рѕ")
YAMLISH = st.lists(st.sampled_from([*SIGNS, *WORDS, *PAIRS]), max_size=30).map("".join)


def assert_inside(place: Span, text: list[str]) -> None:
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    assert start <= end
    for line, column in (start, end):
        assert 1 <= line <= len(text)
        assert 1 <= column <= len(text[line - 1]) + 1


@given(st.binary() | st.binary().map(lambda data: b"\xff\xfe" + data))
def test_any_bytes_give_a_value(data: bytes) -> None:
    result = parse(data, NAME)
    assert result.findings or result.root
    for finding in result.findings:
        assert (finding.name, finding.severity) == READING[finding.code]
        assert finding.message.isprintable()


@settings(max_examples=300)
@given(YAMLISH | st.text())
@example("a: |\n  б")
@example("a: [1, 2")
@example("- *x\n- &x")
@example("? a")
@example("a:\n- б\n- 'в\n")
def test_every_place_lies_inside_the_text(text: str) -> None:
    result = parsed(text.encode("utf-8", "replace").decode())
    rows = [*lines(result.text), ""]  # a file without a last break ends where the next line would begin
    for finding in result.findings:
        if result.text:
            assert_inside(finding.span, rows)
        for related in finding.related:
            assert_inside(related.span, rows)
    if result.root:
        for node in walk(result.root):
            assert_inside(span(node, NAME), rows)


@given(YAMLISH)
def test_keys_of_a_mapping_are_words_each_once(text: str) -> None:
    result = parsed(text)
    for node in walk(result.root) if result.root else ():
        if node.id == "mapping":
            keys = [key.value.strip() for key, _ in node.value]
            assert all(keys)
            assert len(keys) == len(set(keys))
