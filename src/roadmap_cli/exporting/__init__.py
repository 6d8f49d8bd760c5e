"""Documents to be handed on: the paper is built without any format, then written by the file that its ending names."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap_cli.exporting.paper import Paper

_WRITERS = {".docx": "docx", ".xlsx": "xlsx", ".csv": "csv", ".md": "md"}
ENDINGS = tuple(_WRITERS)
"""The endings of the documents, each with a writer of its own."""


def written(paper: Paper, ending: str) -> bytes:
    """The bytes of the document; the same paper gives the same bytes.

    Raises RoadmapError where a library is missing, or the format cannot hold the paper.
    """
    write: Callable[[Paper], bytes] = import_module(f"roadmap_cli.exporting.{_WRITERS[ending]}").write
    return write(paper)
