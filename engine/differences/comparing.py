"""Comparing two versions of a definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from engine.differences.pieces import Piece, Pieces
from engine.differences.words import Words


class Change(StrEnum):
    """What became of a piece."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    #: Only its place is another.
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class PropertyDifference:
    """One thing that is written otherwise."""

    #: Path within the piece, such as ``timerEventDefinition/timeDuration``.
    property: str
    before: str | None
    after: str | None
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class PieceDifference:
    """One piece that is different."""

    id: str
    kind: str
    name: str
    change: Change
    #: Whether it is drawn, or stands in its row, elsewhere.
    is_moved: bool
    zh: str
    en: str
    properties: tuple[PropertyDifference, ...] = ()


def compared(before: Pieces, after: Pieces, words: Words) -> list[PieceDifference]:
    """Every piece that is different: those of the later version in its order, then those that are gone."""
    moved = _moved(before, after)
    found = [_difference(before.get(key), piece, key in moved, words) for key, piece in after.items()]
    gone = [_whole(piece, Change.REMOVED, words) for key, piece in before.items() if key not in after]
    return [difference for difference in (*found, *gone) if difference is not None]


def _difference(before: Piece | None, after: Piece, is_moved: bool, words: Words) -> PieceDifference | None:
    if before is None:
        return _whole(after, Change.ADDED, words)
    properties = tuple(_properties(_written(before, after), _written(after, before), words))
    if not properties and not is_moved:
        return None
    change = Change.CHANGED if properties else Change.MOVED
    return _whole(after, change, words, is_moved=is_moved, properties=properties)


def _written(piece: Piece, other: Piece) -> Mapping[str, str]:
    """The properties of a piece, with its kind where that is another."""
    return piece.properties if piece.kind == other.kind else {"kind": piece.kind, **piece.properties}


def _whole(
    piece: Piece,
    change: Change,
    words: Words,
    *,
    is_moved: bool = False,
    properties: tuple[PropertyDifference, ...] = (),
) -> PieceDifference:
    zh, en = words.piece(piece, change)
    return PieceDifference(
        id=piece.id,
        kind=piece.kind,
        name=piece.name,
        change=change,
        is_moved=is_moved,
        zh=zh,
        en=en,
        properties=properties,
    )


def _properties(before: Mapping[str, str], after: Mapping[str, str], words: Words) -> Iterator[PropertyDifference]:
    for path in dict.fromkeys((*after, *before)):
        old, new = before.get(path), after.get(path)
        if old != new:
            zh, en = words.property(path, old, new)
            yield PropertyDifference(property=path, before=old, after=new, zh=zh, en=en)


def _moved(before: Pieces, after: Pieces) -> frozenset[str]:
    drawn = {key for key, piece in after.items() if key in before and before[key].place != piece.place}
    rows = dict.fromkeys(piece.row_of for piece in after.values() if piece.row_of)
    ordered = {key for row in rows for key in _out_of_order(_row(before, after, row), _row(after, before, row))}
    return frozenset(drawn | ordered)


def _row(pieces: Pieces, others: Pieces, row: str) -> list[str]:
    """What stands in the row in both versions, in the order of this one."""
    return [key for key, piece in pieces.items() if piece.row_of == row and key in others and others[key].row_of == row]


def _out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    kept = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after).difference(*(after[block.b : block.b + block.size] for block in kept))
