"""Calls, functions written in FEEL, and `if`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.feel import nodes
from engine.feel.closures.builder import Builder
from engine.feel.evaluation import Evaluation
from engine.feel.scope import Run, Scope
from engine.feel.source import Place
from engine.feel.types import ANY, FeelType, FunctionType, coerce
from engine.feel.values import FeelFunction, Value, kind_of


def if_(node: nodes.If, builder: Builder) -> Run:
    """The first branch when the condition is true, else the second."""
    condition, then, otherwise = (builder.build(part) for part in (node.condition, node.then, node.otherwise))
    place = builder.place(node.condition.offset)

    def run(scope: Scope) -> Value:
        value = condition(scope)
        if value is True:
            return then(scope)
        if value is not None and value is not False:
            scope.evaluation.warn("condition.not_boolean", place, kind=kind_of(value))
        return otherwise(scope)

    return run


def call(node: nodes.Call, builder: Builder) -> Run:
    """A call with arguments in order."""
    function = builder.build(node.function)
    arguments = [builder.build(argument) for argument in node.arguments]
    place, shown = builder.place(node.offset), _shown(node.function)

    def run(scope: Scope) -> Value:
        called = function(scope)
        if not isinstance(called, FeelFunction):
            return _not_function(called, shown, scope.evaluation, place)
        return called.call([argument(scope) for argument in arguments], scope.evaluation, place)

    return run


def named_call(node: nodes.NamedCall, builder: Builder) -> Run:
    """A call with arguments by name."""
    function = builder.build(node.function)
    arguments = [(name, builder.build(argument)) for name, argument in node.arguments]
    place, shown = builder.place(node.offset), _shown(node.function)

    def run(scope: Scope) -> Value:
        called = function(scope)
        if not isinstance(called, FeelFunction):
            return _not_function(called, shown, scope.evaluation, place)
        given = {name: argument(scope) for name, argument in arguments}
        return called.call_named(given, scope.evaluation, place)

    return run


def _shown(function: nodes.Node) -> str:
    return function.name if isinstance(function, nodes.Name | nodes.Path) else "(…)"


def _not_function(value: Value, name: str, evaluation: Evaluation, place: Place) -> Value:
    evaluation.warn("call.not_function", place, name=name if value is None else f"{name} ({kind_of(value)})")
    return None


class UserFunction(FeelFunction):
    """A function written in FEEL or DMN: it runs in the scope in which it was written."""

    __slots__ = ("_body", "_name", "parameters", "result_type", "types")

    def __init__(
        self,
        parameters: Sequence[tuple[str, FeelType | None]],
        body: Callable[[dict[str, Value], Evaluation], Value],
        *,
        result_type: FeelType | None = None,
        name: str = "function",
    ) -> None:
        self.parameters = tuple(parameter for parameter, _ in parameters)
        self.types = tuple(type_ or ANY for _, type_ in parameters)
        self.result_type = result_type
        self._body = body
        self._name = name

    @property
    def name(self) -> str:
        """The name by which messages speak of it."""
        return self._name

    @property
    def type_(self) -> FunctionType:
        """The type of the function as it was declared."""
        return FunctionType(self.types, self.result_type)

    def accepts(self, count: int) -> bool:
        """Whether it has so many parameters."""
        return count == len(self.parameters)

    def call(self, arguments: Sequence[Value], evaluation: Evaluation, place: Place | None = None) -> Value:
        """The value of the body for arguments in order."""
        if len(arguments) != len(self.parameters):
            return self._not_accepted(evaluation, place)
        accepted: dict[str, Value] = {}
        for name, type_, argument in zip(self.parameters, self.types, arguments, strict=True):
            accepted[name] = coerce(argument, type_, evaluation)
            if accepted[name] is None and argument is not None:
                evaluation.warn("coercion.failed", place, kind=kind_of(argument), type=type_)
                return None
        evaluation.spend(1)
        evaluation.enter_call()
        try:
            result = self._body(accepted, evaluation)
        finally:
            evaluation.leave_call()
        return result if self.result_type is None else coerce(result, self.result_type, evaluation)

    def call_named(self, arguments: Mapping[str, Value], evaluation: Evaluation, place: Place | None = None) -> Value:
        """The value of the body for arguments by name."""
        if set(arguments) != set(self.parameters):
            return self._not_accepted(evaluation, place)
        return self.call([arguments[name] for name in self.parameters], evaluation, place)

    def _not_accepted(self, evaluation: Evaluation, place: Place | None) -> Value:
        wanted = ", ".join(self.parameters)
        evaluation.warn("call.arguments", place, name=self._name, signatures=f"({wanted})")
        return None


def function_of(node: nodes.FunctionOf, builder: Builder) -> Run:
    """A function value that remembers the scope it is written in; an external one is null."""
    place = builder.place(node.offset)
    if node.body is None:
        return lambda scope: scope.evaluation.warn("external.function", place)
    body, parameters = builder.build(node.body), node.parameters

    def run(scope: Scope) -> Value:
        def in_scope(arguments: dict[str, Value], evaluation: Evaluation) -> Value:
            return body(Scope(arguments, scope, evaluation))

        return UserFunction(parameters, in_scope)

    return run
