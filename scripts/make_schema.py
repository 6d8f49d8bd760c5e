"""Writes docs/plan.schema.json and docs/settings.schema.json: what `roadmap schema` prints.

    python scripts/make_schema.py

A test compares the files with what this script would write.
"""

from __future__ import annotations

from pathlib import Path

from roadmap_cli.schema import plan_schema, settings_schema, written

DOCS = Path(__file__).parent.parent / "docs"


def files() -> dict[Path, str]:
    """What each of the files must hold."""
    return {
        DOCS / "plan.schema.json": written(plan_schema()),
        DOCS / "settings.schema.json": written(settings_schema()),
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
