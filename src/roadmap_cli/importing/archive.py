"""The parts of an office document, which is a zip of XML: looked at before they are unpacked."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_XML: Final = 16_000_000  # of all XML of a document, unpacked
MAX_UNPACKED: Final = 150_000_000
_MAX_PARTS: Final = 5_000
_MAX_RATIO: Final = 150
_SMALL: Final = 1_000_000
_FORBIDDEN: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
_XML: Final = (".xml", ".rels")
BROKEN: Final = "файл повреждён или скачан не до конца: возьмите целый"


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, when it is safe to unpack; raises RoadmapError when it is broken, locked or a trap."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise RoadmapError(BROKEN) from error
    if any(part.flag_bits & 1 for part in parts):
        raise RoadmapError("файл закрыт паролем: снимите пароль и сохраните заново")
    total = sum(part.file_size for part in parts)
    large = any(p.file_size > _SMALL and p.file_size > _MAX_RATIO * max(p.compress_size, 1) for p in parts)
    if large or total > MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise RoadmapError("внутри файла столько данных, что это не план: он не распакован")
    if sum(part.file_size for part in parts if _is_text(part)) > MAX_XML:
        raise RoadmapError("документ слишком велик для плана: скопируйте из него только план в новый файл")
    for part in parts:
        if _is_text(part) and _FORBIDDEN.search(content(archive, part.filename)):
            raise RoadmapError("в файле есть объявления XML, каких не бывает в документах: он не прочитан")
    return archive


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part; raises RoadmapError when there is none, or it is broken."""
    try:
        with archive.open(name) as part:
            data = part.read(archive.getinfo(name).file_size + 1)
    except (KeyError, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile) as error:
        raise RoadmapError(BROKEN) from error
    except Exception as error:
        if type(error).__module__ not in ("zlib", "_lzma", "lzma"):
            raise
        raise RoadmapError(BROKEN) from error
    return data


def tree(archive: zipfile.ZipFile, name: str) -> Element:
    """The XML of a part; raises RoadmapError when it is broken."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        return fromstring(content(archive, name))
    except (ParseError, ValueError, LookupError) as error:
        raise RoadmapError(BROKEN) from error


def _is_text(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith(_XML)
