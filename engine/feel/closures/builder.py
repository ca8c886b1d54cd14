"""What every maker of closures is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.feel.functions import FunctionTable
from engine.feel.nodes import Node
from engine.feel.scope import Run
from engine.feel.source import Place, Source

#: Makes the closure of one kind of node; the table by type guarantees the kind.
Maker: TypeAlias = "Callable[[Any, Builder], Run]"


class Builder:
    """Builds the closures of one expression."""

    __slots__ = ("_makers", "functions", "source")

    def __init__(self, source: Source, functions: FunctionTable, makers: Mapping[type, Maker]) -> None:
        self.source = source
        self.functions = functions
        self._makers = makers

    def build(self, node: Node) -> Run:
        """The closure of a node."""
        return self._makers[type(node)](node, self)

    def place(self, offset: int) -> Place:
        """The place warnings name."""
        return Place(self.source, offset)
