"""The requirement graph: input data, decisions, business knowledge and decision services."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.dmn.tables import DecisionTable
from engine.dmn.workshop import Piece
from engine.feel.embedding import FeelType, Run


@dataclass(eq=False, slots=True)
class Requirement:
    """What an element may read: another element, under a path of names.

    The path is the element's own name, behind the prefixes of the imports it comes through.
    """

    element: Element
    path: tuple[str, ...]


@dataclass(eq=False, slots=True)
class Element:
    """What every element of the graph has; `name` is what people call it, `variable` what expressions do."""

    id: str
    name: str
    variable: str
    type_: FeelType | None
    line: int | None


@dataclass(eq=False, slots=True)
class InputData(Element):
    """A value given from outside."""


@dataclass(eq=False, slots=True)
class Logic(Element):
    """An element with an expression of its own."""

    run: Run
    pieces: list[Piece]
    tables: list[DecisionTable]
    #: Names that parts of the expression introduce.
    local_names: frozenset[str]
    #: The table that its whole expression is.
    table: DecisionTable | None = None
    requirements: list[Requirement] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Decision(Logic):
    """A value worked out from what it requires."""


@dataclass(eq=False, slots=True)
class Knowledge(Logic):
    """A function that decisions may call."""


@dataclass(eq=False, slots=True)
class DecisionService(Element):
    """A part of the graph that can be called: from its inputs to its output decisions."""

    inputs: list[Element] = field(default_factory=list)
    outputs: list[Decision] = field(default_factory=list)
