"""The types of FEEL: what a value is an instance of, which type conforms to which, implicit conversions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.feel.evaluation import Evaluation
from engine.feel.temporal import UTC, Date, DateTime, Time
from engine.feel.values import KINDS, FeelFunction, Range, Value, kind_of


@dataclass(frozen=True, slots=True)
class SimpleType:
    """A type without parts, by its FEEL name."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType:
    """A list of one type, or any list."""

    element: FeelType | None = None

    def __str__(self) -> str:
        return f"list<{self.element}>" if self.element else "list"


@dataclass(frozen=True, slots=True)
class RangeType:
    """A range over one type, or any range."""

    element: FeelType | None = None

    def __str__(self) -> str:
        return f"range<{self.element}>" if self.element else "range"


@dataclass(frozen=True, slots=True)
class ContextType:
    """A context with at least these members, or any context."""

    members: Mapping[str, FeelType] | None = None

    def __str__(self) -> str:
        # Members are named without their types, which may share parts and be endless when written out.
        return "context" if self.members is None else f"context<{', '.join(self.members)}>"


@dataclass(frozen=True, slots=True)
class FunctionType:
    """A function from these parameters to a result, or any function."""

    parameters: tuple[FeelType, ...] | None = None
    result: FeelType | None = None

    def __str__(self) -> str:
        if self.parameters is None:
            return "function"
        return f"function<{', '.join(map(str, self.parameters))}> -> {self.result}"


@dataclass(frozen=True, slots=True)
class ConstrainedType:
    """A type narrowed to the values that a test allows."""

    of: FeelType
    allows: Callable[[Value, Evaluation], bool]

    def __str__(self) -> str:
        return str(self.of)


FeelType: TypeAlias = SimpleType | ListType | RangeType | ContextType | FunctionType | ConstrainedType

ANY = SimpleType("Any")
NULL = SimpleType("Null")

_SIMPLE_NAMES = (
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)

#: The types that have a name of their own.
NAMED_TYPES: Mapping[str, FeelType] = {
    **{name: SimpleType(name) for name in _SIMPLE_NAMES},
    "day and time duration": SimpleType("days and time duration"),
    "year and month duration": SimpleType("years and months duration"),
    "Any": ANY,
    "Null": NULL,
    "list": ListType(),
    "range": RangeType(),
    "context": ContextType(),
    "function": FunctionType(),
}


def unconstrained(type_: FeelType) -> FeelType:
    """The type below its constraints."""
    while isinstance(type_, ConstrainedType):
        type_ = type_.of
    return type_


def is_instance(value: Value, type_: FeelType, evaluation: Evaluation) -> bool:
    """Whether a value is of a type; constraints apart. null is only of Null."""
    if isinstance(type_, SimpleType):
        return _is_simple(value, type_)
    if isinstance(type_, ConstrainedType):
        return is_instance(value, type_.of, evaluation)
    if isinstance(type_, ListType):
        return type(value) is list and _all_are(value, type_.element, evaluation)
    if isinstance(type_, RangeType):
        return type(value) is Range and _all_are([value.start, value.end], type_.element, evaluation)
    if isinstance(type_, ContextType):
        return type(value) is dict and _has_members(value, type_, evaluation)
    return isinstance(value, FeelFunction) and function_conforms(value, type_)


def _is_simple(value: Value, type_: SimpleType) -> bool:
    if type_ == ANY:
        return value is not None
    if type_ == NULL:
        return value is None
    return value is not None and kind_of(value) == type_.name


def _all_are(values: list[Value], type_: FeelType | None, evaluation: Evaluation) -> bool:
    if type_ is None:
        return True
    evaluation.spend(len(values))
    return all(item is None or is_instance(item, type_, evaluation) for item in values)


def _has_members(value: dict[str, Value], type_: ContextType, evaluation: Evaluation) -> bool:
    if type_.members is None:
        return True
    evaluation.spend(len(type_.members))
    return all(
        name in value and (value[name] is None or is_instance(value[name], member, evaluation))
        for name, member in type_.members.items()
    )


def function_conforms(function: FeelFunction, type_: FunctionType) -> bool:
    """Whether a function can stand where a function of the type is asked for."""
    if type_.parameters is None:
        return True
    own = getattr(function, "type_", None)
    if not isinstance(own, FunctionType) or own.parameters is None:
        return function.accepts(len(type_.parameters))
    if len(own.parameters) != len(type_.parameters):
        return False
    asked = zip(own.parameters, type_.parameters, strict=True)
    if not all(mine == ANY or conforms(theirs, mine) for mine, theirs in asked):
        return False
    return own.result is None or type_.result is None or conforms(own.result, type_.result)


def conforms(type_: FeelType, wanted: FeelType) -> bool:
    """Whether every value of a type is a value of the wanted one."""
    if wanted == ANY or type_ in (NULL, wanted):
        return True
    if isinstance(type_, ListType | RangeType):
        return type(wanted) is type(type_) and _part_conforms(type_.element, wanted.element)
    if isinstance(type_, ContextType) and isinstance(wanted, ContextType):
        return _members_conform(type_, wanted)
    if isinstance(type_, FunctionType) and isinstance(wanted, FunctionType):
        return _functions_conform(type_, wanted)
    return False


def _part_conforms(part: FeelType | None, wanted: FeelType | None) -> bool:
    return wanted is None or (part is not None and conforms(part, wanted))


def _members_conform(type_: ContextType, wanted: ContextType) -> bool:
    if wanted.members is None:
        return True
    members = type_.members or {}
    return all(name in members and conforms(members[name], member) for name, member in wanted.members.items())


def _functions_conform(type_: FunctionType, wanted: FunctionType) -> bool:
    if wanted.parameters is None:
        return True
    if type_.parameters is None or len(type_.parameters) != len(wanted.parameters):
        return False
    pairs = zip(type_.parameters, wanted.parameters, strict=True)
    return all(conforms(theirs, mine) for mine, theirs in pairs) and _part_conforms(type_.result, wanted.result)


def coerce(value: Value, type_: FeelType, evaluation: Evaluation) -> Value:
    """The value as one of the type, by the implicit conversions of the specification; else null.

    A single value becomes a list of it, a list of one its element, a date the midnight in UTC it begins.
    """
    if value is None or type_ is ANY or (type(type_) is SimpleType and KINDS.get(type(value)) == type_.name):
        return value
    plain = unconstrained(type_)
    if plain == ANY:
        return value if satisfies(value, type_, evaluation) else None
    converted = _as_list(value, plain, evaluation) if isinstance(plain, ListType) else _single(value, plain)
    if isinstance(plain, ContextType) and type(converted) is dict:
        converted = _with_members(converted, plain, evaluation)
    if converted is None:
        return None
    fits = is_instance(converted, plain, evaluation) and satisfies(converted, type_, evaluation)
    return converted if fits else None


def _single(value: Value, type_: FeelType) -> Value:
    if type(value) is list and len(value) == 1 and type_ != ANY:
        value = value[0]
    if type(value) is Date and type_ == NAMED_TYPES["date and time"]:
        return DateTime(value, Time(0, UTC))
    return value


def _as_list(value: Value, type_: ListType, evaluation: Evaluation) -> Value:
    items = value if type(value) is list else [value]
    if type_.element is None:
        return items
    evaluation.spend(len(items))
    converted = [coerce(item, type_.element, evaluation) for item in items]
    lost = any(new is None and old is not None for new, old in zip(converted, items, strict=True))
    return None if lost else converted


def _with_members(value: dict[str, Value], type_: ContextType, evaluation: Evaluation) -> Value:
    members = dict(value)
    evaluation.spend(len(type_.members or ()))
    for name, member in (type_.members or {}).items():
        if members.get(name) is not None:
            members[name] = coerce(members[name], member, evaluation)
            if members[name] is None:
                return None
    return members


def satisfies(value: Value, type_: FeelType, evaluation: Evaluation) -> bool:
    """Whether a value that is an instance of the type also meets the constraints in it."""
    if value is None:
        return True
    if isinstance(type_, ConstrainedType):
        return satisfies(value, type_.of, evaluation) and type_.allows(value, evaluation)
    if isinstance(type_, ListType) and type_.element and type(value) is list:
        element = type_.element
        return all(satisfies(item, element, evaluation) for item in value)
    if isinstance(type_, ContextType) and type_.members and type(value) is dict:
        return all(satisfies(value.get(name), part, evaluation) for name, part in type_.members.items())
    return True
