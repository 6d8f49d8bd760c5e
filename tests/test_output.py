"""Files that the program makes: whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from roadmap_cli.errors import RoadmapError
from roadmap_cli.output import put

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    put(str(path), "раз\n".encode())
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    put(str(link), "два\n".encode())
    assert (link.is_symlink(), path.read_text(encoding="utf-8")) == (True, "два\n")
    with pytest.raises(RoadmapError, match="нет такой папки"):
        put(str(tmp_path / "нет" / "b.txt"), b"")
    with pytest.raises(RoadmapError, match="уже есть"):
        put(str(path), "три\n".encode(), new=True)
    assert path.read_text(encoding="utf-8") == "два\n"
    (tmp_path / "folder").mkdir()
    with pytest.raises(RoadmapError, match="это папка"):
        put(str(tmp_path / "folder"), b"")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.txt", "folder", "link.txt"]


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no devices here")
def test_what_is_no_file_stays_what_it_is() -> None:
    put("/dev/null", b"text")
    assert not os.path.isfile("/dev/null")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_device_is_told() -> None:
    with pytest.raises(RoadmapError, match="нет места"):
        put("/dev/full", b"text" * 10_000)
