"""Bytes → the text of a plan, or what the file is instead and how to save it right."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import problem
from roadmap_cli.files import MAX_BYTES, contents
from roadmap_cli.model import Span
from roadmap_cli.syntax import lines
from roadmap_cli.text import cut

if TYPE_CHECKING:
    from roadmap_cli.model import Finding

_REFUSALS: Final = {
    errno.ENOENT: "файл не найден: проверьте имя и папку",
    errno.ENOTDIR: "файл не найден: часть пути — не папка",
    errno.EACCES: "нет права читать этот файл: попросите его у того, кто настраивает компьютер",
    errno.EPERM: "нет права читать этот файл: попросите его у того, кто настраивает компьютер",
    errno.EISDIR: "это папка, а нужен файл плана",
    errno.ENODEV: "это не обычный файл, а канал или устройство: назовите файл",
    errno.ENXIO: "это не обычный файл, а канал или устройство: назовите файл",
    errno.ENAMETOOLONG: "слишком длинное имя файла: сократите его",
    errno.ELOOP: "ссылка на файл ведёт сама на себя: положите вместо неё сам файл",
    errno.EMFILE: "открыто слишком много файлов",
}


def refusal(error: OSError | ValueError) -> str:
    """Why a file cannot be read, in Russian."""
    if not isinstance(error, OSError):
        return "такого имени у файла быть не может"
    code = error.errno or 0
    return _REFUSALS.get(code, f"не удалось прочитать файл (ошибка {errno.errorcode.get(code, code)})")


_RESAVE: Final = "сохраните файл заново в UTF-8 (в «Блокноте»: «Файл» → «Сохранить как» → «Кодировка»)"
_OFFICE: Final = "план из него сделает roadmap import"
_RESAVED: Final = "сохраните его как .docx или .xlsx, и план из него сделает roadmap import"
_SIGNATURES: Final = (
    (b"PK\x03\x04", f"это документ Word, Excel или архив zip, а не текст: {_OFFICE}"),
    (b"\xd0\xcf\x11\xe0", f"это документ старого Word или Excel (.doc, .xls), а не текст: {_RESAVED}"),
    (b"{\\rtf", f"это документ RTF, а не текст: {_RESAVED}"),
    (b"%PDF", f"это документ PDF, а не текст: {_OFFICE}"),
    (b"\x1f\x8b", "это сжатый файл (gzip), а не текст: сначала распакуйте его"),
    (b"Rar!", "это архив RAR, а не текст: сначала распакуйте его"),
    (b"7z\xbc\xaf", "это архив 7z, а не текст: сначала распакуйте его"),
)
_BINARY: Final = "это не текст, а двоичные данные: файл повреждён или это не план"
_LETTERS: Final = {c: 33 - n for n, c in enumerate("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")}


def decode(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text without byte order marks, or None and the finding that says what the file is instead."""
    for signature, message in _SIGNATURES:
        if data.startswith(signature):
            return None, (problem("RM002", message, Span(path)),)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").lstrip("\ufeff"), ()
        except UnicodeDecodeError:
            return None, (problem("RM002", f"текст в UTF-16 испорчен: возьмите целый файл и {_RESAVE}", Span(path)),)
    try:
        text = data.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        return None, (_undecodable(data, error, path),)
    return text, _garbled(text, path)


def _undecodable(data: bytes, error: UnicodeDecodeError, path: str) -> Finding:
    """The finding on the first byte that is no UTF-8: one spoilt place, another encoding, or no text at all."""
    start = error.start
    before = lines(data[:start].decode().lstrip("\ufeff"))
    here = Span(path, len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 1)
    sample = data[:100_000]
    if wide := _wide(sample):
        return problem("RM002", f"похоже на {wide}: {_RESAVE}", Span(path))
    mended = sample.decode("utf-8", "replace")
    spoilt = mended.count("\ufffd")
    if "\0" not in mended and sum(c in _LETTERS for c in mended) > 3 * spoilt:
        if start + 4 > len(data) and "end of data" in error.reason:
            message = "файл обрывается посреди буквы: он скопирован не до конца, возьмите целый"
        else:
            message = f"здесь испорчен знак (в UTF-8 нет байта 0x{data[start]:02X}): исправьте слово и {_RESAVE}"
        return problem("RM002", message, here)
    guess = single_byte(sample)
    if not guess:
        return problem("RM002", _BINARY, here)
    title = {"cp1251": "Windows-1251 (cp1251)", "cp866": "DOS (cp866)", "koi8-r": "KOI8-R"}[guess]
    return problem("RM002", f"файл не в UTF-8, похоже на {title}: {_RESAVE}", here)


def single_byte(data: bytes) -> str:
    """The encoding with a byte a letter in which the data is Russian: "cp1251", "cp866" or "koi8-r"; else ""."""
    guess, trust = max(((name, _russian(data, name)) for name in ("cp1251", "cp866", "koi8-r")), key=lambda g: g[1])
    return guess if trust >= 15 and b"\0" not in data else ""


def _russian(data: bytes, encoding: str) -> float:
    """How much like Russian small letters the bytes above 0x7F are in this encoding, from 0 to 33."""
    letters = [c for c in data.decode(encoding, "replace") if c > "\x7f"]
    return sum(_LETTERS.get(c, 0) for c in letters) / len(letters) if letters else 0


def _wide(data: bytes) -> str:
    """«UTF-16 …» or «UTF-32 …» when most of the bytes are text in it, else «»."""
    if b"\0" not in data:
        return ""
    for encoding, size in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = data[: len(data) // size * size].decode(encoding, "replace")
        usual = sum(" " <= c <= "~" or "Ё" <= c <= "ё" or c in "\t\r\n«»№–—" for c in text)
        if text and usual > 0.9 * len(text):
            return f"{encoding[:6].upper()} без метки порядка байтов"
    return ""


def _garbled(text: str, path: str) -> tuple[Finding, ...]:
    """A finding on UTF-8 that was read in another encoding and saved again: «РџР»Р°РЅ» for «План»."""
    if not any(mark in text for mark in "ѕÐ╨"):
        return ()
    high = "[\u0401-\u040f\u0451-\u045f\u0490\u0491\u00a0-\u00bf\u2013-\u203a\u20ac\u2116\u2122\ufffd]"
    found = re.search(f"(?:[РС]{high}){{3,}}|(?:[ÐÑ][^\\sА-яa-zA-Z]){{3,}}|(?:[╨╤][^\\sa-zA-Z]){{3,}}", text)
    if not found:
        return ()
    encoding = {"Р": "cp1251", "С": "cp1251", "╨": "cp866", "╤": "cp866"}.get(found[0][0], "latin-1")
    meant = found[0].encode(encoding, "ignore").decode("utf-8", "ignore")
    message = f"текст испорчен двойной перекодировкой («{cut(found[0], 12)}» вместо «{meant}»): возьмите исходный файл"
    return (problem("RM002", message, _at(text, found.start(), path)),)


_BREAKS: Final = "\x85\u2028\u2029"
_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_NAMES: Final = {
    "\x0b": " (мягкий перенос строки из Word)",
    "\x0c": " (разрыв страницы)",
    "\ufeff": " (метка начала файла)",
}


def characters(text: str, path: str) -> tuple[str | None, list[Finding]]:
    """The text to parse, as long as `text`: no breaks that editors do not count, no control characters.

    The very `text` when it has none of them; None when the file is no text, or is two files put together.
    """
    clean = text
    for char in _BREAKS:
        clean = clean.replace(char, " ")
    first = _CONTROL.search(text)
    if not first:
        return clean, []
    if "\0" in text:
        wide = _wide(text[:100_000].encode("utf-8", "replace"))
        if wide:
            return None, [problem("RM002", f"похоже на {wide}: {_RESAVE}", Span(path))]
        return None, [problem("RM002", _BINARY, _at(text, text.index("\0"), path))]
    if joint := re.search("[\r\n]\ufeff", text):
        message = "метка начала файла U+FEFF внутри текста: похоже, здесь склеены два файла; разделите их"
        return None, [problem("RM002", message, _at(text, joint.start() + 1, path))]
    clean, number = _CONTROL.subn(" ", clean)
    count = f"; всего таких знаков {number}" if number > 1 else ""
    message = f"служебный знак U+{ord(first[0]):04X}{_NAMES.get(first[0], '')}: удалите его{count}"
    return clean, [problem("RM002", message, _at(text, first.start(), path))]


def _at(text: str, index: int, path: str) -> Span:
    before = lines(text[:index])
    return Span(path, len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 2)


def read_lines(path: str) -> list[str]:
    """The lines of a file, for excerpts; none when it cannot be read."""
    try:
        text, _ = decode(contents(path)[:MAX_BYTES], path)
    except (OSError, ValueError):
        return []
    return lines(text or "")
