"""Secrets from files that others cannot read."""

from __future__ import annotations

import os
import stat

from roadmap_cli.encoding import refusal
from roadmap_cli.errors import RoadmapError
from roadmap_cli.files import contents
from roadmap_cli.text import visible


def secret(path: str) -> str:
    """The text of a file with a secret; RoadmapError when it cannot be read, or others can read it."""
    shown = visible(path)
    try:
        data = contents(path)
        mode = stat.S_IMODE(os.stat(path).st_mode)
        text = data.decode("utf-8-sig")
    except UnicodeError as error:
        raise RoadmapError(f"«{shown}»: это не текст в UTF-8") from error
    except (OSError, ValueError) as error:
        raise RoadmapError(f"«{shown}»: {refusal(error)}") from error
    if os.name != "nt" and mode & 0o077:
        raise RoadmapError(f"«{shown}» могут читать другие (права {mode:04o}): выполните chmod 600 {shown}")
    return text.strip("\r\n")
