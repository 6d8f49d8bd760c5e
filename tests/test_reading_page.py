"""docs/reading.md says what the program does: it is what its script would write now."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_is_what_the_script_writes() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "make_reading.py"))["page"]()
    assert (ROOT / "docs" / "reading.md").read_text(encoding="utf-8") == page
