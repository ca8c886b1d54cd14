"""Where a running expression finds its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from engine.feel.evaluation import Evaluation
from engine.feel.values import Value


class Names(Protocol):
    """The names an expression may read; a dict is one, an engine's chain of scopes another."""

    def __contains__(self, name: object, /) -> bool:
        """Whether there is such a name."""

    def __getitem__(self, name: str, /) -> Any:
        """The value of a name."""

    def get(self, name: str, default: Any = None, /) -> Any:
        """The value of a name, or `default`."""


class Scope:
    """The names of one level and the levels around it."""

    __slots__ = ("evaluation", "names", "outer")

    def __init__(self, names: Names, outer: Scope | None, evaluation: Evaluation) -> None:
        self.names = names
        self.outer = outer
        self.evaluation = evaluation

    def inner(self, names: Names) -> Scope:
        """A level inside this one."""
        return Scope(names, self, self.evaluation)


#: A compiled expression: the value in a scope.
Run: TypeAlias = Callable[[Scope], Value]
#: A compiled test of a value.
Test: TypeAlias = Callable[[Scope, Value], "bool | None"]
