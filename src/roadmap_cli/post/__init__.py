"""Delivers letters over the network; each way is a file that is imported only when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from roadmap_cli.remind import Letter


class Outcome(NamedTuple):
    """What became of a letter: delivered, or why not, in Russian."""

    letter: Letter
    trouble: str = ""
