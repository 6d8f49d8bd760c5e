"""CSV as a Russian Excel opens it: the rows of all tables under one heading."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from roadmap_cli.exporting.paper import Table, flat
from roadmap_cli.render.csv import safe_cell

if TYPE_CHECKING:
    from roadmap_cli.exporting.paper import Paper


def write(paper: Paper) -> bytes:
    """«;» between cells, a byte order mark, and no cell that acts as a formula; headings and stamps are left out."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    header: list[str] = []
    for table in (block for page in paper.pages for block in page.blocks if isinstance(block, Table)):
        kept = [i for i, column in enumerate(table.columns) if not column.extra]
        headings = [table.columns[i].heading for i in kept]
        if headings != header:
            writer.writerow(headings)
            header = headings
        for row in flat(table).rows:
            writer.writerow([safe_cell(str(row[i])) for i in kept])
    return out.getvalue().encode()
