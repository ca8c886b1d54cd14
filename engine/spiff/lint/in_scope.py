"""What expressions of each element may name beside the facts of the case, for whoever writes one.

The same readings by which ``data_flow`` tells what is read too early tell here what may have been set in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.definition import ElementKind
from engine.feel import ANY_SHAPE, FunctionTable, Shape
from engine.spiff.attributes import Attribute, Behaviour, MultiInstance
from engine.spiff.compiling import Compiled, names_in
from engine.spiff.diagram import Diagram, Node
from engine.spiff.following import HOST
from engine.spiff.lint.check import check
from engine.spiff.lint.data_flow import DONE, ENTERED, LEFT, Moment, moments_after, settings_of, ways
from engine.spiff.lint.names import TASK_SHAPE, Declared, host_shape
from engine.spiff.lint.shapes import VariableShapes, merged, read_from
from engine.spiff.lint.variables import START_VARIABLES
from engine.spiff.multi_instance import COUNTS
from engine.spiff.repeating import COUNTER


class Origin(StrEnum):
    """How a variable comes to be."""

    #: Passed by whoever starts the process.
    START = "start"
    #: A field of the form that is filled in.
    FORM = "form"
    OUTPUT = "output"
    DECISION = "decision"
    SCRIPT = "script"
    #: What an outside system answers.
    OUTSIDE = "outside"
    #: What comes with a message, signal or event.
    MESSAGE = "message"
    #: What a called process comes to.
    CALL = "call"
    #: What the performances of a multi-instance activity yield.
    COLLECTED = "collected"
    INPUT = "input"
    #: The item of a performance, and its number.
    ITEM = "item"
    COUNTER = "counter"
    TASK = "task"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a variable comes from."""

    origin: Origin
    #: Id of the element; that of the process for what it begins with.
    element: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Variable:
    """A name that expressions may read."""

    name: str
    shape: Shape
    sources: tuple[Source, ...]
    #: What a field of a form is called; empty for everything else.
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessScope:
    """What expressions of one diagram may name."""

    variables: tuple[Variable, ...] = ()
    #: Id of an element, a sequence flow or the process → which of the variables may be set when it is evaluated.
    elements: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    #: Id of an element → what its outputs see before all else.
    answers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    #: Ids of elements that may set variables of other names too.
    unknown: tuple[str, ...] = ()


def scope_of_process(source: bytes, declared: Declared, functions: FunctionTable) -> ProcessScope:
    """What expressions of a diagram may name, right or wrong as it is; never raises for any bytes."""
    checked = check(source, None, functions)
    if checked.diagram is None:
        return ProcessScope()
    return _Reading(checked.diagram, checked.compiled, declared, functions).scope()


class _Reading:
    """One look at a diagram."""

    def __init__(self, diagram: Diagram, compiled: Compiled, declared: Declared, functions: FunctionTable) -> None:
        self._diagram, self._behaviours, self._functions = diagram, compiled.behaviours, functions
        self._shapes = VariableShapes(diagram, compiled, declared)
        self._anything, _ = settings_of(diagram, compiled)
        after = ways(diagram)
        set_by = {node.id: tuple(self._set_by(node)) for node in diagram.nodes.values()}
        self._set = [
            (variables, moments_after(after, (element, DONE))) for element, variables in set_by.items() if variables
        ]
        self._begun_with = tuple(self._passed())
        self._numbers: dict[tuple[object, ...], int] = {}
        self._variables: list[Variable] = []

    def scope(self) -> ProcessScope:
        """What may be named, element by element."""
        elements = {self._diagram.key: self._numbered(self._reaching((self._diagram.key, ENTERED)))}
        answers = {}
        for node in self._diagram.nodes.values():
            entered = self._seen(node, (node.id, ENTERED))
            elements[node.id] = self._numbered(entered.values())
            answers[node.id] = self._numbered(self._answer(node))
            left = self._numbered(self._seen(node, (node.id, LEFT)).values())
            elements.update({flow.id: left for flow in node.outgoing})
        return ProcessScope(
            variables=tuple(self._variables),
            elements=elements,
            answers={element: numbers for element, numbers in answers.items() if numbers},
            unknown=tuple(self._unknown()),
        )

    def _passed(self) -> Iterator[Variable]:
        declared, key = self._diagram.declared.property_values, self._diagram.key
        for name in names_in(declared.get(START_VARIABLES, "")):
            yield _variable(name, ANY_SHAPE, Origin.START, key)
        if "attachesTo" in declared:
            yield _variable(HOST, host_shape(self._functions), Origin.HOST, key)

    def _set_by(self, node: Node) -> Iterator[Variable]:
        """What may be set when an element is done."""
        behaviour = self._behaviours[node.id]
        collected = behaviour.repeats.output if isinstance(behaviour.repeats, MultiInstance) else None
        for name, shape in self._shapes.set_by(behaviour):
            yield _variable(name, shape, Origin.COLLECTED if name == collected else _origin(node, behaviour), node.id)
        if not behaviour.outputs:
            yield from self._fields(behaviour)

    def _fields(self, behaviour: Behaviour) -> Iterator[Variable]:
        for name, each in self._shapes.fields_of(behaviour).items():
            source = Source(Origin.FORM, behaviour.element)
            yield Variable(name=name, shape=each.shape, sources=(source,), zh=each.zh, en=each.en)

    def _answer(self, node: Node) -> Iterator[Variable]:
        """What the outputs of an element see of what was done in it."""
        behaviour = self._behaviours[node.id]
        for name, shape in self._shapes.answered(behaviour).items():
            yield _variable(name, shape, _origin(node, behaviour), node.id)
        yield from self._fields(behaviour)
        if node.kind is ElementKind.USER_TASK:
            yield _variable("task", TASK_SHAPE, Origin.TASK, node.id)
        if isinstance(behaviour.repeats, MultiInstance):
            yield from (_variable(name, "number", Origin.COUNTER, node.id) for name in sorted(COUNTS))

    def _reaching(self, moment: Moment) -> Iterator[Variable]:
        """What may have been set by a moment."""
        yield from self._begun_with
        for variables, later in self._set:
            if moment in later:
                yield from variables

    def _seen(self, node: Node, moment: Moment) -> dict[str, Variable]:
        """The same as an element sees it, with what it and what is around it have of their own."""
        seen = {variable.name: variable for variable in _joined(self._reaching(moment))}
        for around in reversed([*self._diagram.around(node)]):
            shapes = {name: variable.shape for name, variable in seen.items()}
            seen.update((own.name, own) for own in self._own(around, shapes))
        return seen

    def _own(self, node: Node, held: Mapping[str, Shape]) -> Iterator[Variable]:
        behaviour = self._behaviours[node.id]
        if isinstance(behaviour.repeats, MultiInstance):
            yield _variable(COUNTER, "number", Origin.COUNTER, node.id)
            if behaviour.repeats.element:
                shape = _items_of(behaviour.repeats.collection, held)
                yield _variable(behaviour.repeats.element, shape, Origin.ITEM, node.id)
        for mapping in behaviour.inputs:
            yield _variable(mapping.target, read_from(mapping.source, held), Origin.INPUT, node.id)

    def _unknown(self) -> Iterator[str]:
        for element, _ in self._anything:
            if not self._shapes.fields_of(self._behaviours[element]):
                yield element

    def _numbered(self, variables: Iterable[Variable]) -> tuple[int, ...]:
        """The places of variables among all of them; equal ones share theirs."""
        return tuple(self._number(variable) for variable in _joined(variables))

    def _number(self, variable: Variable) -> int:
        key = (variable.name, variable.sources)
        if key not in self._numbers:
            self._numbers[key] = len(self._variables)
            self._variables.append(variable)
        return self._numbers[key]


def _variable(name: str, shape: Shape, origin: Origin, element: str) -> Variable:
    return Variable(name=name, shape=shape, sources=(Source(origin, element),))


def _joined(variables: Iterable[Variable]) -> Iterator[Variable]:
    """Each name once, with everything that sets it."""
    by_name: dict[str, list[Variable]] = {}
    for variable in variables:
        by_name.setdefault(variable.name, []).append(variable)
    for name, same in by_name.items():
        first, sources = same[0], dict.fromkeys(source for variable in same for source in variable.sources)
        shape = merged([variable.shape for variable in same])
        yield Variable(name=name, shape=shape, sources=tuple(sources), zh=first.zh, en=first.en)


def _items_of(collection: Attribute | None, held: Mapping[str, Shape]) -> Shape:
    """What an item of a collection holds: the members of a list of contexts are given like those of one of them."""
    shape = ANY_SHAPE if collection is None else read_from(collection, held)
    return ANY_SHAPE if isinstance(shape, str) else shape


_ORIGINS: Mapping[ElementKind, Origin] = {
    ElementKind.BUSINESS_RULE_TASK: Origin.DECISION,
    ElementKind.SCRIPT_TASK: Origin.SCRIPT,
    ElementKind.SERVICE_TASK: Origin.OUTSIDE,
    ElementKind.SEND_TASK: Origin.OUTSIDE,
    ElementKind.RECEIVE_TASK: Origin.MESSAGE,
    ElementKind.CALL_ACTIVITY: Origin.CALL,
}


def _origin(node: Node, behaviour: Behaviour) -> Origin:
    if node.catches:
        return Origin.MESSAGE
    return _ORIGINS.get(behaviour.kind, Origin.OUTPUT)
