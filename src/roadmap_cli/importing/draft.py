"""A plan as it comes out of a document: texts in the document's own words, nothing read yet."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from roadmap_cli.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadmap_cli.importing.values import Row


class DraftResult(NamedTuple):
    """A result with its deadline and people; "" for what the document does not say."""

    text: str = ""
    due: str = ""
    owners: str = ""
    done: str = ""
    evidence: str = ""
    note: str = ""


class DraftActivity(NamedTuple):
    """A row of the plan, the place that it comes from, and the rows of the document that it is made of."""

    no: str
    title: str
    results: tuple[DraftResult, ...]
    section: str = ""
    period: str = ""
    note: str = ""
    source: str = ""
    rows: tuple[Row, ...] = ()

    def texts(self) -> Iterator[str]:
        """All that is said of the activity."""
        yield from (self.no, self.title, self.section, self.period, self.note)
        for result in self.results:
            yield from result


class DraftCluster(NamedTuple):
    """Schools that the plan binds, under their heading."""

    name: str
    schools: tuple[str, ...]


class Draft(NamedTuple):
    """A plan before it is written; the keys are those of a plan file."""

    title: str = ""
    organization: str = ""
    school_year: str = ""
    number: str = ""
    date: str = ""
    signed: str = ""
    approved: str = ""
    participants: tuple[DraftCluster, ...] = ()
    note: str = ""
    activities: tuple[DraftActivity, ...] = ()

    def frame(self) -> Iterator[str]:
        """All that is said of the plan as a whole."""
        yield from (self.title, self.organization, self.school_year, self.number, self.date, self.signed)
        yield from (self.approved, self.note)
        for cluster in self.participants:
            yield cluster.name
            yield from cluster.schools


_WORD: Final = re.compile(r"[^\W_]+")


def words(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in texts; marks are no words."""
    return Counter(word for text in texts for word in _WORD.findall(text))
