"""Functions with a signature, and the table in which expressions find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.feel.errors import ArgumentRefused, FeelLimitExceeded
from engine.feel.evaluation import Evaluation
from engine.feel.members import MEMBER_NAMES
from engine.feel.names import NameBook
from engine.feel.source import Place
from engine.feel.values import FeelFunction, Value


def anything(value: Value) -> Value:
    """Accepts every value, null too."""
    return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `accept` turns the argument into what the implementation takes, or refuses it.

    An optional parameter may be left out or null, and is then None; a repeated one takes all that is left.
    """

    name: str
    accept: Callable[[Value], Any] = anything
    optional: bool = False
    repeated: bool = False


class Signature:
    """One way to call a function; the implementation gets the evaluation and the accepted arguments."""

    __slots__ = ("implementation", "largest", "parameters", "required")

    def __init__(self, parameters: Sequence[Parameter], implementation: Callable[..., Value]) -> None:
        self.parameters = tuple(parameters)
        self.implementation = implementation
        self.required = sum(not (parameter.optional or parameter.repeated) for parameter in self.parameters)
        is_open = bool(self.parameters) and self.parameters[-1].repeated
        self.largest = 10**9 if is_open else len(self.parameters)

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.required <= count <= self.largest

    def accepted(self, arguments: Sequence[Value]) -> list[Any]:
        """The arguments as the implementation takes them; raises ArgumentRefused."""
        taken: list[Any] = []
        parameters = self.parameters
        last = len(parameters) - 1
        for index, argument in enumerate(arguments):
            parameter = parameters[min(index, last)]
            if argument is None and parameter.optional:
                taken.append(None)
            else:
                taken.append(parameter.accept(argument))
        return taken

    def in_order(self, arguments: Mapping[str, Value]) -> list[Value] | None:
        """Named arguments as positional ones; None when names are missing or unknown."""
        names = [parameter.name for parameter in self.parameters]
        if not set(arguments) <= set(names):
            return None
        if any(p.name not in arguments for p in self.parameters if not (p.optional or p.repeated)):
            return None
        given = max((index for index, name in enumerate(names) if name in arguments), default=-1)
        return [arguments.get(name) for name in names[: given + 1]]

    def __str__(self) -> str:
        return ", ".join(
            f"{p.name}…" if p.repeated else f"{p.name}?" if p.optional else p.name for p in self.parameters
        )


class TableFunction(FeelFunction):
    """A function of the table, with its help in both languages and one example that comes to true."""

    __slots__ = ("_name", "example", "help_en", "help_zh", "members", "signatures")

    def __init__(
        self,
        name: str,
        signatures: Sequence[Signature],
        *,
        help_zh: str,
        help_en: str,
        example: str,
        members: Sequence[str] = (),
    ) -> None:
        self._name = name
        self.signatures = tuple(signatures)
        self.help_zh = help_zh
        self.help_en = help_en
        self.example = example
        #: Names of the members of the context it answers, if it does.
        self.members = tuple(members)

    @property
    def name(self) -> str:
        """The name by which expressions call it."""
        return self._name

    @property
    def signature_text(self) -> str:
        """The ways to call it, for people."""
        return " | ".join(f"{self._name}({signature})" for signature in self.signatures)

    def accepts(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return any(signature.takes(count) for signature in self.signatures)

    def accepts_named(self, names: Iterable[str]) -> bool:
        """Whether it can be called with arguments of these names."""
        given = dict.fromkeys(names)
        return any(signature.in_order(given) is not None for signature in self.signatures)

    def call(self, arguments: Sequence[Value], evaluation: Evaluation, place: Place | None = None) -> Value:
        """The value for arguments in order; limits are enforced here for every function."""
        candidates = [signature for signature in self.signatures if signature.takes(len(arguments))]
        if not candidates:
            return self._no_signature(evaluation, place)
        evaluation.spend(1 + sum(_weight(argument) for argument in arguments))
        for signature in candidates[:-1]:
            try:
                taken = signature.accepted(arguments)
            except ArgumentRefused:
                continue
            return self._run(signature, taken, evaluation, place)
        return self._run_last(candidates[-1], arguments, evaluation, place)

    def call_named(self, arguments: Mapping[str, Value], evaluation: Evaluation, place: Place | None = None) -> Value:
        """The value for arguments by name."""
        for signature in self.signatures:
            ordered = signature.in_order(arguments)
            if ordered is not None:
                evaluation.spend(1 + sum(_weight(argument) for argument in ordered))
                return self._run_last(signature, ordered, evaluation, place)
        return self._no_signature(evaluation, place)

    def _no_signature(self, evaluation: Evaluation, place: Place | None) -> Value:
        evaluation.warn("call.arguments", place, name=self._name, signatures=self.signature_text)
        return None

    def _run_last(
        self, signature: Signature, arguments: Sequence[Value], evaluation: Evaluation, place: Place | None
    ) -> Value:
        try:
            taken = signature.accepted(arguments)
        except ArgumentRefused as refusal:
            return self._refused(refusal, evaluation, place)
        return self._run(signature, taken, evaluation, place)

    def _run(self, signature: Signature, taken: list[Any], evaluation: Evaluation, place: Place | None) -> Value:
        try:
            result = signature.implementation(evaluation, *taken)
        except ArgumentRefused as refusal:
            return self._refused(refusal, evaluation, place)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            evaluation.warn("call.failed", place, name=self._name, reason=error)
            return None
        check_size(result, evaluation)
        return result

    def _refused(self, refusal: ArgumentRefused, evaluation: Evaluation, place: Place | None) -> Value:
        evaluation.warn(
            "call.refused",
            place,
            name=self._name,
            reason_zh=refusal.reason_zh,
            reason_en=refusal.reason_en,
        )
        return None


def table_function(
    name: str,
    parameters: Sequence[Parameter],
    implementation: Callable[..., Value],
    *,
    help_zh: str,
    help_en: str,
    example: str,
    members: Sequence[str] = (),
) -> TableFunction:
    """A function with one signature; `implementation(evaluation, *arguments)` may raise ArgumentRefused."""
    signature = Signature(parameters, implementation)
    return TableFunction(name, (signature,), help_zh=help_zh, help_en=help_en, example=example, members=members)


def _weight(argument: Value) -> int:
    if type(argument) is list:
        return len(argument)
    return len(argument) >> 6 if type(argument) is str else 0


def check_size(value: Value, evaluation: Evaluation) -> None:
    """Raise FeelLimitExceeded for a list or string longer than the limits allow."""
    if type(value) is list and len(value) > evaluation.limits.items:
        raise FeelLimitExceeded("items", evaluation.limits.items)
    if type(value) is str and len(value) > evaluation.limits.characters:
        raise FeelLimitExceeded("characters", evaluation.limits.characters)


class FunctionTable:
    """An immutable table of functions by name."""

    def __init__(self, functions: Iterable[TableFunction]) -> None:
        self._by_name: dict[str, TableFunction] = {}
        for function in functions:
            if function.name in self._by_name:
                raise ValueError(f"the function {function.name} is in the table twice")
            self._by_name[function.name] = function

    def get(self, name: str) -> TableFunction | None:
        """The function of that name."""
        return self._by_name.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[TableFunction]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all functions."""
        return tuple(self._by_name)

    def extended(self, functions: Iterable[TableFunction]) -> FunctionTable:
        """A larger table; raises ValueError for a name that is already taken."""
        return FunctionTable((*self, *functions))

    @cached_property
    def name_book(self) -> NameBook:
        """The names of several words that every expression over this table knows."""
        of_results = (member for function in self for member in function.members)
        return NameBook((*self.names, *MEMBER_NAMES, *of_results))
