"""What a language around FEEL needs beyond evaluating expressions: scopes, types, functions, filters."""

from __future__ import annotations

from engine.feel.closures.access import filtered
from engine.feel.closures.calls import UserFunction
from engine.feel.closures.iteration import NotIterable, elements
from engine.feel.comparison import equal
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
    "Source",
    "UserFunction",
    "check_result",
    "coerce",
    "elements",
    "equal",
    "filtered",
    "is_instance",
    "unconstrained",
]
