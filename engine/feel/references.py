"""What an expression reads and calls, as far as its text tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.feel import nodes
from engine.feel.errors import Position
from engine.feel.functions import FunctionTable
from engine.feel.nodes import Node, UnaryTest
from engine.feel.source import Source

ITEM = "item"
PARTIAL = "partial"
INPUT = "?"

#: A name and the members that are followed from it.
Names: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A name the expression takes from outside, with the members it follows from there.

    Inside filters the name may instead be a member of the filtered elements: `filters` are the paths of what is
    filtered, from the outermost, None where the text does not tell. A name that is only called is no read of a
    value: `is_called`.
    """

    path: Names
    position: Position
    filters: tuple[Names | None, ...] = ()
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
    """The names a part of an expression defines for itself, and the filters it stands in.

    A local name that runs over the elements of something from outside is known by the path of that.
    """

    local: Mapping[str, Names | None] = field(default_factory=dict)
    filters: tuple[Names | None, ...] = ()

    def defining(self, name: str, source: Names | None = None) -> Within:
        """With a further name."""
        return Within({**self.local, name: source}, self.filters)

    def filtering(self, source: Names | None) -> Within:
        """Inside a filter, where the members of the elements are names too."""
        return Within({**self.local, ITEM: source}, (*self.filters, source))

    def outside(self, path: Names) -> Names | None:
        """The path as seen from outside; None when it begins with a name of unknown origin."""
        if path[0] not in self.local:
            return path
        source = self.local[path[0]]
        return None if source is None else (*source, *path[1:])

    def source_of(self, node: Node) -> Names | None:
        """The path of what is filtered or run over."""
        while isinstance(node, nodes.Filter):
            node = node.source
        path = path_of(node)
        return None if path is None or path[0] == INPUT else self.outside(path)


Part = tuple["Node | UnaryTest", Within]


def parts_of(node: Node | UnaryTest, within: Within) -> Iterator[Part]:
    """The direct parts of a node, each with the names it sees from inside the expression."""
    return _PARTS.get(type(node), _plain_parts)(node, within)


def _filter_parts(node: nodes.Filter, within: Within) -> Iterator[Part]:
    yield node.source, within
    yield node.condition, within.filtering(within.source_of(node.source))


def _context_parts(node: nodes.ContextOf, within: Within) -> Iterator[Part]:
    for key, entry in node.entries:
        yield entry, within
        within = within.defining(key)


def _for_parts(node: nodes.For, within: Within) -> Iterator[Part]:
    return _iteration(node.iterators, node.body, within.defining(PARTIAL))


def _quantified_parts(node: nodes.Quantified, within: Within) -> Iterator[Part]:
    return _iteration(node.iterators, node.condition, within)


def _function_parts(node: nodes.FunctionOf, within: Within) -> Iterator[Part]:
    for name, _ in node.parameters:
        within = within.defining(name)
    if node.body is not None:
        yield node.body, within


def _in_parts(node: nodes.In, within: Within) -> Iterator[Part]:
    yield node.value, within
    yield from ((test, within.defining(INPUT)) for test in node.tests)


def _iteration(iterators: tuple[nodes.Iterator, ...], body: Node, within: Within) -> Iterator[Part]:
    for iterator in iterators:
        yield iterator.source, within
        if iterator.end is not None:
            yield iterator.end, within
        source = within.source_of(iterator.source) if iterator.end is None else None
        within = within.defining(iterator.name, source)
    yield body, within


def _plain_parts(node: Node | UnaryTest, within: Within) -> Iterator[Part]:
    """The parts of a node that defines no names, found in its fields."""
    for name in node.__struct_fields__:
        yield from ((part, within) for part in _nodes_in(getattr(node, name)))


def _nodes_in(value: object) -> Iterator[Node | UnaryTest]:
    if isinstance(value, nodes.Node | nodes.UnaryTest):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


#: The nodes whose parts see names that others do not; the table by type guarantees the kind.
_PARTS: Mapping[type, Callable[[Any, Within], Iterator[Part]]] = {
    nodes.Filter: _filter_parts,
    nodes.ContextOf: _context_parts,
    nodes.For: _for_parts,
    nodes.Quantified: _quantified_parts,
    nodes.FunctionOf: _function_parts,
    nodes.In: _in_parts,
}


def walk(node: Node | UnaryTest) -> Iterator[Part]:
    """Every node with the names it sees from inside the expression, from the whole to the parts."""
    waiting: list[Part] = [(node, Within())]
    while waiting:
        current, within = waiting.pop()
        yield current, within
        waiting.extend(reversed(list(parts_of(current, within))))


def path_of(node: Node | UnaryTest) -> Names | None:
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
        outside = _read(path, within, functions)
        if outside is not None:
            filters = within.filters if outside == path else ()
            position = source.position(_start(node))
            found.append(Reference(outside, position, filters, id(node) in called))
    return tuple(found)


def _read(path: Names | None, within: Within, functions: FunctionTable) -> Names | None:
    """The path from outside; None for what is local or a function."""
    if path is None or path[0] == INPUT:
        return None
    outside = within.outside(path)
    is_whole_local = outside != path and len(path) == 1
    is_function = len(path) == 1 and path[0] in functions
    return None if is_whole_local or is_function else outside


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


def texts_given_to(tree: Node, function: str) -> tuple[str | None, ...]:
    """The first argument of each call of a function by its name, in the order of the text; ``None`` when computed."""
    return tuple(
        _text(node.arguments[0])
        for node, within in walk(tree)
        if isinstance(node, nodes.Call | nodes.NamedCall)
        and isinstance(node.function, nodes.Name)
        and node.function.name == function
        and function not in within.local
        and node.arguments
    )


def _text(argument: Node | tuple[str, Node]) -> str | None:
    value = argument[1] if isinstance(argument, tuple) else argument
    return value.value if isinstance(value, nodes.Literal) and isinstance(value.value, str) else None
