"""Tables with a character between the cells: .csv and .tsv as spreadsheets save them."""

from __future__ import annotations

import re
from typing import Final

from roadmap_cli.errors import RoadmapError
from roadmap_cli.importing.decoding import paragraphs, text_of
from roadmap_cli.importing.values import Cell, Document, Row, Table

_DELIMITERS: Final = ";\t,|"
_GUARDED: Final = re.compile(r"\A'(?=[=+\-@＝＋－＠])")


def read(data: bytes, name: str) -> Document:
    """The rows of the file, each under the number of the line that it begins in; «;», «,» and tabs are told apart."""
    import csv

    text = text_of(data)
    lines, delimiter = text.splitlines(keepends=True), _delimiter(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=False)
    rows: list[Row] = []
    number = begun = 1
    try:
        for cells in reader:
            rows.append(Row(number, tuple(Cell(paragraphs(_GUARDED.sub("", cell, count=1))) for cell in cells)))
            begun, number = number, reader.line_num + 1
        several, number = number > begun + 1, begun
        if several:
            # Only the strict reading tells of a quote that nobody has closed before the file ends.
            list(csv.reader(lines[begun - 1 :], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise RoadmapError(f"строка {number}: ячейка не закрыта кавычкой или длиннее дозволенного") from error
    return Document(name, (Table("", tuple(rows)),))


def _delimiter(text: str) -> str:
    """The character that stands outside quotes in the most lines, the same number of times in most of them."""
    lines = [line for line in re.sub(r'"(?:[^"]|"")*"', "", text).split("\n")[:200] if line.strip()]
    best = {}
    for mark in _DELIMITERS:
        counts = [line.count(mark) for line in lines if mark in line]
        usual = max(set(counts), key=counts.count, default=0)
        best[mark] = (counts.count(usual) * (2 if mark != "," else 1), usual)
    return max(_DELIMITERS, key=lambda mark: best[mark])
