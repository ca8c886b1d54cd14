"""The syntax tree. Every node knows the offset at which it is reported.

Nodes are structs: a model of a few tables has thousands, and they are made much faster than frozen dataclasses.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from engine.feel.types import FeelType
from engine.feel.values import Value


class Literal(Struct, frozen=True):
    """A value written out: number, string, boolean, null, `@"…"`."""

    offset: int
    value: Value


class Name(Struct, frozen=True):
    """A name to be looked up."""

    offset: int
    name: str


class ListOf(Struct, frozen=True):
    """`[a, b]`."""

    offset: int
    items: tuple[Node, ...]


class ContextOf(Struct, frozen=True):
    """`{a: 1, b: a + 1}`; later entries see earlier ones."""

    offset: int
    entries: tuple[tuple[str, Node], ...]


class RangeOf(Struct, frozen=True):
    """`[a..b)`."""

    offset: int
    start: Node
    end: Node
    start_included: bool
    end_included: bool


class ComparisonRange(Struct, frozen=True):
    """`(< 5)` as a value."""

    offset: int
    operator: str
    operand: Node


class Path(Struct, frozen=True):
    """`source.name`."""

    offset: int
    source: Node
    name: str


class Filter(Struct, frozen=True):
    """`source[condition]`, also an index."""

    offset: int
    source: Node
    condition: Node


class Call(Struct, frozen=True):
    """`function(a, b)`."""

    offset: int
    function: Node
    arguments: tuple[Node, ...]


class NamedCall(Struct, frozen=True):
    """`function(first: a, second: b)`."""

    offset: int
    function: Node
    arguments: tuple[tuple[str, Node], ...]


class Negation(Struct, frozen=True):
    """`-a`."""

    offset: int
    operand: Node


class Arithmetic(Struct, frozen=True):
    """`first + a - b`: operations of one precedence from left to right."""

    offset: int
    first: Node
    rest: tuple[tuple[str, Node], ...]


class Comparison(Struct, frozen=True):
    """`left < right`."""

    offset: int
    operator: str
    left: Node
    right: Node


class Between(Struct, frozen=True):
    """`value between low and high`."""

    offset: int
    value: Node
    low: Node
    high: Node


class In(Struct, frozen=True):
    """`value in (tests)`."""

    offset: int
    value: Node
    tests: tuple[UnaryTest, ...]


class Conjunction(Struct, frozen=True):
    """`a and b and c`."""

    offset: int
    operands: tuple[Node, ...]


class Disjunction(Struct, frozen=True):
    """`a or b or c`."""

    offset: int
    operands: tuple[Node, ...]


class If(Struct, frozen=True):
    """`if condition then a else b`."""

    offset: int
    condition: Node
    then: Node
    otherwise: Node


class Iterator(Struct, frozen=True):
    """`name in source`, or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


class For(Struct, frozen=True):
    """`for iterators return body`."""

    offset: int
    iterators: tuple[Iterator, ...]
    body: Node


class Quantified(Struct, frozen=True):
    """`some iterators satisfies condition`, or `every …` when `decisive` is False.

    `decisive` is the value of the condition that settles the matter.
    """

    offset: int
    decisive: bool
    iterators: tuple[Iterator, ...]
    condition: Node


class InstanceOf(Struct, frozen=True):
    """`value instance of type`."""

    offset: int
    value: Node
    type_: FeelType


class FunctionOf(Struct, frozen=True):
    """`function(parameters) body`; without body it is external and never run."""

    offset: int
    parameters: tuple[tuple[str, FeelType | None], ...]
    body: Node | None


class ComparisonTest(Struct, frozen=True):
    """`< 5` as a test of the input."""

    offset: int
    operator: str
    operand: Node


class ExpressionTest(Struct, frozen=True):
    """An expression as a test: equal to it, in it, or itself the answer when it reads `?`."""

    offset: int
    expression: Node
    reads_input: bool


class UnaryTests(Struct, frozen=True):
    """The tests of a table cell, any of which must hold; without tests everything passes (`-`)."""

    offset: int
    tests: tuple[UnaryTest, ...]
    negated: bool = False


UnaryTest: TypeAlias = ComparisonTest | ExpressionTest
Node: TypeAlias = (
    Literal
    | Name
    | ListOf
    | ContextOf
    | RangeOf
    | ComparisonRange
    | Path
    | Filter
    | Call
    | NamedCall
    | Negation
    | Arithmetic
    | Comparison
    | Between
    | In
    | Conjunction
    | Disjunction
    | If
    | For
    | Quantified
    | InstanceOf
    | FunctionOf
    | UnaryTests
)
