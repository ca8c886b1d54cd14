"""Item definitions: the types a model gives names to."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.dmn.xml import child, children, kind, text_in
from engine.feel import Evaluation, UnaryTests, Value
from engine.feel.embedding import (
    ANY,
    NAMED_TYPES,
    ConstrainedType,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    Scope,
)

#: Type names as XML Schema and older versions of DMN write them.
_ALIASES = {
    "dateTime": "date and time",
    "date time": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "double": "number",
    "integer": "number",
    "long": "number",
}

CompileTests = Callable[[etree._Element], UnaryTests]


class ItemTypes:
    """The types of a model by name; a type that refers to itself is Any at that point."""

    def __init__(self, root: etree._Element, types: dict[str, FeelType], compile_tests: CompileTests) -> None:
        self._definitions = {
            element.get("name") or "": element for element in root if kind(element) == "itemDefinition"
        }
        self._compile_tests = compile_tests
        # Shared with the workshop, whose expressions may name a type as soon as it is known.
        self._types = types

    def define_all(self) -> None:
        """Work out every type of the model."""
        for name in self._definitions:
            self.named(name)

    def named(self, reference: str | None) -> FeelType | None:
        """The type a `typeRef` names; None without one, Any for an unknown one."""
        if reference is None or not reference.strip():
            return None
        name = reference.strip()
        if name in self._types:
            return self._types[name]
        definition = self._definitions.get(name)
        if definition is not None:
            self._types[name] = ANY
            self._types[name] = self._of_item(definition)
            return self._types[name]
        plain = name if name in NAMED_TYPES else name.rpartition(":")[2]
        return NAMED_TYPES.get(_ALIASES.get(plain, plain), ANY)

    def of(self, element: etree._Element | None) -> FeelType | None:
        """The type an element's `typeRef` attribute names."""
        return self.named(element.get("typeRef")) if element is not None else None

    def _of_item(self, element: etree._Element) -> FeelType:
        type_ = self._constrained(self._unconstrained(element), child(element, "allowedValues"))
        if element.get("isCollection") == "true":
            type_ = ListType(type_)
        return self._constrained(type_, child(element, "typeConstraint"))

    def _unconstrained(self, element: etree._Element) -> FeelType:
        components = list(children(element, "itemComponent"))
        if components:
            return ContextType({part.get("name") or "": self._of_item(part) for part in components})
        function = child(element, "functionItem")
        if function is not None:
            parameters = tuple(self.of(part) or ANY for part in children(function, "parameters"))
            return FunctionType(parameters, self.named(function.get("outputTypeRef")) or ANY)
        reference = child(element, "typeRef")
        return (self.named(reference.text) if reference is not None else None) or ANY

    def _constrained(self, type_: FeelType, constraint: etree._Element | None) -> FeelType:
        if constraint is None or not text_in(constraint).strip():
            return type_
        return ConstrainedType(type_, _allows(self._compile_tests(constraint)))


def _allows(tests: UnaryTests) -> Callable[[Value, Evaluation], bool]:
    def allows(value: Value, evaluation: Evaluation) -> bool:
        return tests.test(Scope({"?": value}, None, evaluation), value) is True

    return allows
