"""The bytes of a text file in whatever encoding a Russian office program leaves them, and the paragraphs of a cell."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from roadmap_cli.encoding import single_byte
from roadmap_cli.errors import RoadmapError
from roadmap_cli.text import tidy

_DECLARED: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)|encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:p|br|div|li|ul|ol|b|i|u|strong|em|span|sub|sup)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK: Final = re.compile(r"</?(?:p|br|div|li)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NO_TEXT: Final = "это не текст: назовите файл .docx, .xlsx, .odt, .pdf, .html, .csv или .txt"


def text_of(data: bytes, declared: bool = False) -> str:
    """The text: UTF-8, UTF-16, cp1251, cp866 or koi8-r; with `declared` what the page itself says comes first.

    Raises RoadmapError for what is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data.decode("utf-16", "replace"))
    if b"\0" in data[:1000]:
        little = data[1:400:2].count(0) >= data[0:400:2].count(0)
        return _checked(data.decode("utf-16-le" if little else "utf-16-be", "replace"))
    if declared and (found := _DECLARED.search(data[:3000])) is not None:
        name = (found[1] or found[2]).decode("ascii", "replace")
        try:
            return _checked(data.decode(name))
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return _checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        encoding = single_byte(data[:200_000])
    if not encoding:
        raise RoadmapError(_NO_TEXT)
    return _checked(data.decode(encoding, "replace"))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a cell: lines, or what stands between `<p>` and `</p>`."""
    if _TAG.search(text):
        text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = [tidy(line) for line in text.split("\n")]
    return tuple(line for line in lines if line)


def _checked(text: str) -> str:
    if "\0" in text or text.count("\ufffd") > len(text) // 50:
        raise RoadmapError(_NO_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
