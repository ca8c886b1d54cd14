"""A definition taken apart into the pieces that people see: elements, flows, rows, columns, fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of a definition."""

    id: str
    #: Such as ``userTask`` or ``rule``.
    kind: str
    name: str
    #: Everything that is written of it, by path; what belongs to other pieces left out.
    properties: Mapping[str, str] = field(default_factory=dict)
    #: Where it is drawn; pieces that are compared by their order have none.
    place: Any = None
    #: What it is called in English; empty where it does not say.
    name_en: str = ""
    #: What it stands in a row with, such as the rules of one table; empty where order means nothing.
    row_of: str = ""


#: By id, in the order of the file.
Pieces = Mapping[str, Piece]
