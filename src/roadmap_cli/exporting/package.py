"""Office files as packages: the same contents give the same bytes, which say what made them, but not when or where."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAKER = "roadmap"
_PROPERTIES = "docProps/core.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive knows
_LONGEST = 10_000  # bytes of a file of properties
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{maker}</dc:creator>'
    "<dc:language>ru-RU</dc:language><cp:lastModifiedBy>{maker}</cp:lastModifiedBy></cp:coreProperties>"
)
APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>roadmap</Application></Properties>"
)
"""The file of properties in which Word and Excel would name themselves."""


def packed(data: bytes, title: str, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The package with our properties in place of the library's, and without the time of its making."""
    core = _CORE.format(title=escape(title), maker=_MAKER).encode()
    parts = {**(replaced or {}), _PROPERTIES: core}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            new.writestr(entry, parts.get(name) or old.read(name))
    return out.getvalue()


def made_here(data: bytes) -> bool:
    """Whether these are the bytes of a document that the program made and nobody saved anew."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if file.getinfo(_PROPERTIES).file_size > _LONGEST:
                return False
            said = file.read(_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return False
    return f"<cp:lastModifiedBy>{_MAKER}</cp:lastModifiedBy></cp:coreProperties>".encode() in said
