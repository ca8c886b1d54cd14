"""What a language around FEEL needs beyond evaluating expressions: scopes, types, functions, filters."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.closures.access import filtered
from engine.feel.closures.calls import UserFunction
from engine.feel.closures.iteration import NotIterable, elements
from engine.feel.comparison import equal, less
from engine.feel.constants import constant_value, is_constant
from engine.feel.expression import check_result
from engine.feel.scope import Names, Run, Scope
from engine.feel.source import Place, Source
from engine.feel.types import (
    ANY,
    NAMED_TYPES,
    ConstrainedType,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    SimpleType,
    coerce,
    is_instance,
    unconstrained,
)

__all__ = [
    "ANY",
    "NAMED_TYPES",
    "ConstrainedType",
    "ContextType",
    "FeelType",
    "FunctionType",
    "ListType",
    "Names",
    "NotIterable",
    "Place",
    "Run",
    "Scope",
    "SimpleType",
    "Source",
    "UserFunction",
    "check_result",
    "coerce",
    "constant_value",
    "elements",
    "equal",
    "filtered",
    "is_constant",
    "is_instance",
    "less",
    "nodes",
    "unconstrained",
]
