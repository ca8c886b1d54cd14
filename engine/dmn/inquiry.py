"""Working out decisions along their requirements, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.boxed import conforming
from engine.dmn.graph import Decision, DecisionService, Element, InputData, Knowledge, Logic
from engine.feel import Evaluation, Value
from engine.feel.embedding import FeelType, FunctionType, Scope, UserFunction, unconstrained


@dataclass(frozen=True, slots=True)
class DecisionTrace:
    """A decision that was worked out on the way, and its value."""

    decision_id: str
    name: str
    value: Value


class Inquiry:
    """One run through the graph; the values it was given or has found are kept by element."""

    def __init__(self, evaluation: Evaluation, inputs: Mapping[str, Value]) -> None:
        self.evaluation = evaluation
        self._inputs = inputs
        self._known: dict[int, Value] = {}
        self.traces: list[DecisionTrace] = []
        self.used: dict[str, Value] = {}

    def give(self, element: Element, value: Value) -> None:
        """Take the value of an element as given."""
        self._known[id(element)] = conforming(value, element.type_, element.name, self.evaluation)

    def value(self, element: Element, prefixes: tuple[str, ...] = ()) -> Value:
        """The value of an element, worked out at its first use; `prefixes` lead to its model."""
        key = id(element)
        if key not in self._known:
            self._known[key] = self._worked_out(element, prefixes)
        return self._known[key]

    def _worked_out(self, element: Element, prefixes: tuple[str, ...]) -> Value:
        if isinstance(element, InputData):
            return self._input(element, prefixes)
        if isinstance(element, Decision):
            return self._decided(element, prefixes)
        if isinstance(element, Knowledge):
            return element.run(self._scope(element, prefixes))
        return service_function(element) if isinstance(element, DecisionService) else None

    def _input(self, element: InputData, prefixes: tuple[str, ...]) -> Value:
        """An input of an imported model is given under its prefixes, else under its plain name."""
        value = _under(self._inputs, (*prefixes, element.name)) if prefixes else None
        if value is None:
            value = self._inputs.get(element.name)
        value = conforming(value, element.type_, element.name, self.evaluation)
        self.used[element.name] = value
        return value

    def _decided(self, decision: Decision, prefixes: tuple[str, ...]) -> Value:
        value = decision.run(self._scope(decision, prefixes))
        value = conforming(value, decision.type_, decision.name, self.evaluation)
        self.traces.append(DecisionTrace(decision.id, decision.name, value))
        return value

    def _scope(self, element: Logic, prefixes: tuple[str, ...]) -> Scope:
        names: dict[str, Value] = {}
        for requirement in element.requirements:
            value = self.value(requirement.element, (*prefixes, *requirement.path[:-1]))
            _put(names, requirement.path, value)
        return Scope(names, None, self.evaluation)


def _under(inputs: Mapping[str, Value], path: tuple[str, ...]) -> Value:
    """The value at the end of a path through contexts."""
    value: Value = inputs.get(path[0])
    for name in path[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _put(names: dict[str, Value], path: tuple[str, ...], value: Value) -> None:
    for name in path[:-1]:
        inner = names.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        names = inner
    names[path[-1]] = value


def service_function(service: DecisionService) -> UserFunction:
    """A decision service as a function of its inputs."""
    parameters = [(element.variable, element.type_) for element in service.inputs]

    def in_scope(arguments: dict[str, Value], evaluation: Evaluation) -> Value:
        inquiry = Inquiry(evaluation, {})
        for element in service.inputs:
            inquiry.give(element, arguments.get(element.variable))
        return service_value(service, inquiry)

    return UserFunction(parameters, in_scope, result_type=_result_type(service), name=service.name)


def service_answer(service: DecisionService, inquiry: Inquiry) -> Value:
    """What a service comes to when it is asked, as one of the type that it declares."""
    value = service_value(service, inquiry)
    return conforming(value, _result_type(service), service.name, inquiry.evaluation)


def service_value(service: DecisionService, inquiry: Inquiry) -> Value:
    """The one output of a service, or its outputs as a context."""
    outputs = {decision.variable: inquiry.value(decision) for decision in service.outputs}
    return next(iter(outputs.values())) if len(outputs) == 1 else outputs


def _result_type(service: DecisionService) -> FeelType | None:
    """A service is a function: of a function's type it is the result."""
    plain = unconstrained(service.type_) if service.type_ is not None else None
    return plain.result if isinstance(plain, FunctionType) else service.type_
