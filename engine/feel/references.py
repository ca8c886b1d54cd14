"""What an expression reads and calls, as far as its text tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel import nodes
from engine.feel.errors import Position
from engine.feel.functions import FunctionTable
from engine.feel.nodes import Node, UnaryTest
from engine.feel.source import Source

ITEM = "item"
PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Reference:
    """A name the expression takes from outside, with the members it follows from there.

    Inside a filter the name may instead be a member of the filtered elements: `in_filter`. A name that is
    only called is no read of a value: `is_called`.
    """

    path: tuple[str, ...]
    position: Position
    in_filter: bool = False
    is_called: bool = False

    @property
    def text(self) -> str:
        """The path as it is written."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class CallReference:
    """A call of a function of the table, or of a name that is neither local nor in the table."""

    name: str
    argument_count: int
    position: Position
    argument_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """The names a part of an expression defines for itself."""

    local: frozenset[str] = frozenset()
    in_filter: bool = False

    def defining(self, *names: str) -> Within:
        """With further names."""
        return Within(self.local.union(names), self.in_filter)

    def filtering(self) -> Within:
        """Inside a filter, where the members of unknown elements are names too."""
        return Within(self.local | {ITEM}, True)


Part = tuple["Node | UnaryTest", Within]


def parts_of(node: Node | UnaryTest, within: Within) -> Iterator[Part]:  # noqa: C901 - one case a kind
    """The direct parts of a node, each with the names it sees from inside the expression."""
    match node:
        case nodes.Filter(source=source, condition=condition):
            yield source, within
            yield condition, within.filtering()
        case nodes.ContextOf(entries=entries):
            for key, entry in entries:
                yield entry, within
                within = within.defining(key)
        case nodes.For(iterators=iterators, body=body):
            yield from _iteration(iterators, body, within.defining(PARTIAL))
        case nodes.Quantified(iterators=iterators, condition=condition):
            yield from _iteration(iterators, condition, within)
        case nodes.FunctionOf(parameters=parameters, body=body):
            if body is not None:
                yield body, within.defining(*(name for name, _ in parameters))
        case nodes.In(value=value, tests=tests):
            yield value, within
            yield from ((test, within.defining("?")) for test in tests)
        case _:
            yield from ((part, within) for part in _plain_parts(node))


def _iteration(iterators: tuple[nodes.Iterator, ...], body: Node, within: Within) -> Iterator[Part]:
    for iterator in iterators:
        yield iterator.source, within
        if iterator.end is not None:
            yield iterator.end, within
        within = within.defining(iterator.name)
    yield body, within


def _plain_parts(node: Node | UnaryTest) -> Iterator[Node | UnaryTest]:
    """The parts of a node that defines no names, found in its fields."""
    for field in node.__slots__:
        yield from _nodes_in(getattr(node, field))


def _nodes_in(value: object) -> Iterator[Node | UnaryTest]:
    if isinstance(value, nodes.Node | nodes.UnaryTest):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


def walk(node: Node | UnaryTest) -> Iterator[Part]:
    """Every node with the names it sees from inside the expression, from the whole to the parts."""
    waiting: list[Part] = [(node, Within())]
    while waiting:
        current, within = waiting.pop()
        yield current, within
        waiting.extend(reversed(list(parts_of(current, within))))


def path_of(node: Node | UnaryTest) -> tuple[str, ...] | None:
    """`a.b.c` as its names; None for anything that is not a name followed by members."""
    names: list[str] = []
    while isinstance(node, nodes.Path):
        names.append(node.name)
        node = node.source
    if not isinstance(node, nodes.Name):
        return None
    return (node.name, *reversed(names))


def reads_of(tree: Node, source: Source, functions: FunctionTable) -> tuple[Reference, ...]:
    """The names taken from outside, each with its longest path, in the order of the text."""
    found: list[Reference] = []
    inside_path: set[int] = set()
    called: set[int] = set()
    for node, within in walk(tree):
        path = None if id(node) in inside_path else path_of(node)
        if isinstance(node, nodes.Path):
            inside_path.add(id(node.source))
        elif isinstance(node, nodes.Call | nodes.NamedCall):
            called.add(id(node.function))
        if path is None or path[0] in within.local or path[0] == "?":
            continue
        if not (len(path) == 1 and path[0] in functions):
            position = source.position(_start(node))
            found.append(Reference(path, position, within.in_filter, id(node) in called))
    return tuple(found)


def _start(node: Node | UnaryTest) -> int:
    while isinstance(node, nodes.Path):
        node = node.source
    return node.offset


def calls_of(tree: Node, source: Source) -> tuple[CallReference, ...]:
    """The calls of functions that are not the expression's own."""
    found: list[CallReference] = []
    for node, within in walk(tree):
        if not isinstance(node, nodes.Call | nodes.NamedCall) or not isinstance(node.function, nodes.Name):
            continue
        name = node.function.name
        if name not in within.local:
            names = () if isinstance(node, nodes.Call) else tuple(name for name, _ in node.arguments)
            found.append(CallReference(name, len(node.arguments), source.position(node.offset), names))
    return tuple(found)
