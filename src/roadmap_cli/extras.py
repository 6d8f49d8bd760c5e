"""Libraries that only some commands need: they are optional, and are loaded when they are used."""

from __future__ import annotations

import shlex
import sys
from importlib import import_module
from typing import Any, Final

from roadmap_cli.errors import RoadmapError

_PACKAGES: Final = {
    "docx": ("python-docx", "для файлов Word"),
    "openpyxl": ("openpyxl", "для файлов Excel"),
    "pdfplumber": ("pdfplumber", "для файлов PDF"),
    "apprise": ("apprise", "для --to apprise"),
}


def library(module: str) -> Any:
    """A library that not everybody needs; raises RoadmapError with the command that installs a missing one.

    The command names the Python that runs now: a bare `pip` may serve another one.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package, purpose = _PACKAGES[module]
        python = shlex.quote(sys.executable or "python3")
        raise RoadmapError(
            f"{purpose} нужна библиотека {package}: выполните {python} -m pip install {package}"
        ) from error
