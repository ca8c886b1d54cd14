"""The syntax tree. Every node knows the offset at which it is reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.feel.types import FeelType
from engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out: number, string, boolean, null, `@"…"`."""

    offset: int
    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be looked up."""

    offset: int
    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """`[a, b]`."""

    offset: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf:
    """`{a: 1, b: a + 1}`; later entries see earlier ones."""

    offset: int
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf:
    """`[a..b)`."""

    offset: int
    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class ComparisonRange:
    """`(< 5)` as a value."""

    offset: int
    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Path:
    """`source.name`."""

    offset: int
    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter:
    """`source[condition]`, also an index."""

    offset: int
    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call:
    """`function(a, b)`."""

    offset: int
    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NamedCall:
    """`function(first: a, second: b)`."""

    offset: int
    function: Node
    arguments: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """`-a`."""

    offset: int
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`first + a - b`: operations of one precedence from left to right."""

    offset: int
    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left < right`."""

    offset: int
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between:
    """`value between low and high`."""

    offset: int
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In:
    """`value in (tests)`."""

    offset: int
    value: Node
    tests: tuple[UnaryTest, ...]


@dataclass(frozen=True, slots=True)
class Conjunction:
    """`a and b and c`."""

    offset: int
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """`a or b or c`."""

    offset: int
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`if condition then a else b`."""

    offset: int
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in source`, or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For:
    """`for iterators return body`."""

    offset: int
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some iterators satisfies condition`, or `every …` when `decisive` is False.

    `decisive` is the value of the condition that settles the matter.
    """

    offset: int
    decisive: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """`value instance of type`."""

    offset: int
    value: Node
    type_: FeelType


@dataclass(frozen=True, slots=True)
class FunctionOf:
    """`function(parameters) body`; without body it is external and never run."""

    offset: int
    parameters: tuple[tuple[str, FeelType | None], ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class ComparisonTest:
    """`< 5` as a test of the input."""

    offset: int
    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class ExpressionTest:
    """An expression as a test: equal to it, in it, or itself the answer when it reads `?`."""

    offset: int
    expression: Node
    reads_input: bool


@dataclass(frozen=True, slots=True)
class UnaryTests:
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
