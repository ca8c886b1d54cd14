"""Merged cells. Standards merge the cells of a class over its rows; each row is read with the merged text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from lxml import etree

from processes.sheets.errors import SheetError
from processes.sheets.limits import MOST_COLUMNS, MOST_MERGES, MOST_ROWS

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area; rows count from 1, columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def read_merges(part: IO[bytes]) -> tuple[Merge, ...]:
    """The merged areas of a worksheet part, in order of their first row."""
    merges: list[Merge] = []
    events = etree.iterparse(part, events=("end",), tag=("{*}row", "{*}mergeCell"), no_network=True)
    for _, element in events:
        if etree.QName(element).localname == "mergeCell":
            merges.append(_merge(element.get("ref") or ""))
        if len(merges) > MOST_MERGES:
            raise _too_many()
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return tuple(sorted(merges, key=lambda merge: merge.first_row))


class MergeFiller:
    """Gives the cells of merged areas their text, row by row from the top."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self._waiting = list(reversed(tuple(merges)))
        self._open: list[tuple[Merge, str]] = []

    def filled(self, number: int, cells: list[str]) -> list[str]:
        """The row with the texts that merged areas lay over it."""
        while self._waiting and self._waiting[-1].first_row <= number:
            merge = self._waiting.pop()
            column = merge.first_column
            self._open.append((merge, cells[column] if column < len(cells) else ""))
        self._open = [(merge, text) for merge, text in self._open if merge.last_row >= number]
        if len(self._open) > MOST_COLUMNS:
            raise _too_many()
        for merge, text in self._open:
            _lay(merge, text, cells)
        return cells


def _lay(merge: Merge, text: str, cells: list[str]) -> None:
    end = min(merge.last_column + 1, MOST_COLUMNS)
    cells.extend([""] * (end - len(cells)))
    for column in range(merge.first_column, end):
        cells[column] = cells[column] or text


def _merge(area: str) -> Merge:
    match = _AREA.fullmatch(area)
    if match is None or int(match[4]) > MOST_ROWS + 100_000:
        raise SheetError("bad_merge", f"合并区域“{area[:32]}”无效", f"{area[:32]!r} is no merged area")
    return Merge(int(match[2]), int(match[4]), _column(match[1]), _column(match[3]))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _too_many() -> SheetError:
    return SheetError("too_many_merges", "合并单元格过多或相互重叠", "too many merged areas, or they overlap")
