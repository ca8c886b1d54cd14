"""Boxed expressions: every way DMN has to write down a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from lxml import etree

from engine.dmn.item_types import ItemTypes
from engine.dmn.table_evaluation import table_run
from engine.dmn.tables import DecisionTable, read_table
from engine.dmn.warnings import warn
from engine.dmn.workshop import Workshop
from engine.dmn.xml import child, children, error_at, kind, text_in
from engine.feel import Evaluation, FeelFunction, Value, kind_of
from engine.feel.embedding import ANY, FeelType, NotIterable, Run, Scope, UserFunction, coerce, elements, filtered

#: A name that a boxed expression introduces, its value and its type.
Entry: TypeAlias = tuple[str | None, Run, FeelType | None]


def typed(run: Run, type_: FeelType | None, name: str) -> Run:
    """The value as one of the type; null with a warning when it does not conform."""
    if type_ is None or type_ == ANY:
        return run
    known = type_

    def converted(scope: Scope) -> Value:
        return conforming(run(scope), known, name, scope.evaluation)

    return converted


def conforming(value: Value, type_: FeelType | None, name: str, evaluation: Evaluation) -> Value:
    """The value as one of the type; null with a warning when it does not conform."""
    if value is None or type_ is None:
        return value
    result = coerce(value, type_, evaluation)
    if result is None:
        warn(evaluation, "value.type", name=name, type=type_)
    return result


class Boxes:
    """Makes the boxed expressions of one model."""

    def __init__(self, workshop: Workshop, types: ItemTypes) -> None:
        self.workshop = workshop
        self.types = types
        #: Every decision table in the order of the file, for checks.
        self.tables: list[DecisionTable] = []

    def inside(self, element: etree._Element | None) -> Run:
        """The expression among an element's children; null when there is none."""
        found = next(iter(self._among(element)), None) if element is not None else None
        return self.run(found) if found is not None else _null

    def run(self, element: etree._Element) -> Run:
        """The expression an element is."""
        made = _MAKERS[kind(element)](self, element)
        return typed(made, self.types.of(element), element.get("label") or kind(element))

    def all_inside(self, element: etree._Element) -> list[Run]:
        """All expressions among an element's children."""
        return [self.run(found) for found in self._among(element)]

    def part(self, element: etree._Element, name: str) -> Run:
        """The expression inside a named part of an element."""
        part = child(element, name)
        if part is None:
            raise error_at(element, "model.missing", kind=kind(element), part=name)
        return self.inside(part)

    def parameters(self, element: etree._Element) -> list[tuple[str, FeelType | None]]:
        """The formal parameters of a function."""
        formal = children(element, "formalParameter")
        return [(parameter.get("name") or "", self.types.of(parameter)) for parameter in formal]

    def _among(self, element: etree._Element) -> Iterator[etree._Element]:
        return (part for part in element if kind(part) in _MAKERS)


def _null(_scope: Scope) -> Value:
    return None


def _literal(boxes: Boxes, element: etree._Element) -> Run:
    if not text_in(element).strip():
        return _null
    return boxes.workshop.expression(element).run


def _table(boxes: Boxes, element: etree._Element) -> Run:
    table = read_table(element, boxes.workshop, boxes.types)
    boxes.tables.append(table)
    return table_run(table)


def _context(boxes: Boxes, element: etree._Element) -> Run:
    """Entries see the ones before them; an entry without a name is the result."""
    entries = [_entry(boxes, entry) for entry in children(element, "contextEntry")]

    def run(scope: Scope) -> Value:
        members: dict[str, Value] = {}
        inner = scope.inner(members)
        for name, value, type_ in entries:
            if name is None:
                return value(inner)
            members[name] = conforming(value(inner), type_, name, scope.evaluation)
        return members

    return run


def _entry(boxes: Boxes, element: etree._Element) -> Entry:
    variable = child(element, "variable")
    name = variable.get("name") if variable is not None else None
    return name, boxes.inside(element), boxes.types.of(variable)


def _invocation(boxes: Boxes, element: etree._Element) -> Run:
    function = boxes.inside(element)
    bindings = [_binding(boxes, binding) for binding in children(element, "binding")]

    def run(scope: Scope) -> Value:
        called = function(scope)
        arguments = {name: conforming(value(scope), type_, name, scope.evaluation) for name, value, type_ in bindings}
        if not isinstance(called, FeelFunction):
            warn(scope.evaluation, "function.none", kind=kind_of(called))
            return None
        return called.call_named(arguments, scope.evaluation)

    return run


def _binding(boxes: Boxes, element: etree._Element) -> tuple[str, Run, FeelType | None]:
    parameter = child(element, "parameter")
    if parameter is None:
        raise error_at(element, "model.missing", kind="binding", part="parameter")
    return parameter.get("name") or "", boxes.inside(element), boxes.types.of(parameter)


def _function(boxes: Boxes, element: etree._Element) -> Run:
    return function_run(boxes, element, name="function", result_type=None)


def function_run(boxes: Boxes, element: etree._Element, *, name: str, result_type: FeelType | None) -> Run:
    """The function a `functionDefinition` describes, in the scope where it stands.

    The function sees itself under its name; an external one yields null.
    """
    parameters = boxes.parameters(element)
    external = element.get("kind", "FEEL")
    body = boxes.inside(element) if external == "FEEL" else _external(external)

    def run(scope: Scope) -> Value:
        own: dict[str, Value] = {}
        around = scope.inner(own)

        def in_scope(arguments: dict[str, Value], evaluation: Evaluation) -> Value:
            return body(Scope(arguments, around, evaluation))

        function = UserFunction(parameters, in_scope, result_type=result_type, name=name)
        own[name] = function
        return function

    return run


def _external(language: str) -> Run:
    def run(scope: Scope) -> Value:
        warn(scope.evaluation, "function.external", kind=language)
        return None

    return run


def _relation(boxes: Boxes, element: etree._Element) -> Run:
    columns = [column.get("name") or "" for column in children(element, "column")]
    rows = [boxes.all_inside(row) for row in children(element, "row")]
    for row, cells in zip(children(element, "row"), rows, strict=True):
        if len(cells) != len(columns):
            raise error_at(row, "model.missing", kind="row", part="expression")

    def run(scope: Scope) -> Value:
        return [{name: cell(scope) for name, cell in zip(columns, row, strict=True)} for row in rows]

    return run


def _list(boxes: Boxes, element: etree._Element) -> Run:
    items = boxes.all_inside(element)
    return lambda scope: [item(scope) for item in items]


def _conditional(boxes: Boxes, element: etree._Element) -> Run:
    condition, then, otherwise = (boxes.part(element, name) for name in ("if", "then", "else"))

    def run(scope: Scope) -> Value:
        value = condition(scope)
        if value is not None and not isinstance(value, bool):
            return None
        return then(scope) if value else otherwise(scope)

    return run


def _filter(boxes: Boxes, element: etree._Element) -> Run:
    return filtered(boxes.part(element, "in"), boxes.part(element, "match"), None)


def _for(boxes: Boxes, element: etree._Element) -> Run:
    name = element.get("iteratorVariable") or "item"
    source, body = boxes.part(element, "in"), boxes.part(element, "return")

    def run(scope: Scope) -> Value:
        results: list[Value] = []
        try:
            for value in elements(source(scope), scope.evaluation, None):
                scope.evaluation.spend(1)
                results.append(body(scope.inner({name: value, "partial": results})))
        except NotIterable:
            return None
        return results

    return run


def _some(boxes: Boxes, element: etree._Element) -> Run:
    return _quantified(boxes, element, decisive=True)


def _every(boxes: Boxes, element: etree._Element) -> Run:
    return _quantified(boxes, element, decisive=False)


def _quantified(boxes: Boxes, element: etree._Element, *, decisive: bool) -> Run:
    """Three-valued: `decisive` is the answer that settles the matter; a condition of another type makes it null."""
    name = element.get("iteratorVariable") or "item"
    source, condition = boxes.part(element, "in"), boxes.part(element, "satisfies")

    def run(scope: Scope) -> Value:
        result: bool | None = not decisive
        try:
            for value in elements(source(scope), scope.evaluation, None):
                scope.evaluation.spend(1)
                answer = condition(scope.inner({name: value}))
                if answer is decisive:
                    return decisive
                if not isinstance(answer, bool | None):
                    return None
                result = None if answer is None else result
        except NotIterable:
            return None
        return result

    return run


Maker: TypeAlias = Callable[[Boxes, etree._Element], Run]

_MAKERS: Mapping[str, Maker] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": _function,
    "relation": _relation,
    "list": _list,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _some,
    "every": _every,
}
