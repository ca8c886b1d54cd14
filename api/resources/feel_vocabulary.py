"""The words of the city's expressions: functions and facts, each with a word of help."""

from __future__ import annotations

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Route
from engine.feel import FunctionTable, Signature, TableFunction
from processes.access import Permission
from processes.cases import FACTS, Fact


class FeelParameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a function."""

    name: str
    optional: bool
    #: Whether it takes all arguments that are left.
    repeated: bool


class FeelFunctionHelp(msgspec.Struct, frozen=True, kw_only=True):
    """A function that every expression may call."""

    name: str
    #: The ways to call it.
    signatures: list[list[FeelParameter]]
    help_zh: str
    help_en: str
    #: An expression that comes to true.
    example: str
    #: Of the context it answers; empty where it answers something else.
    members: list[str]


class FactHelp(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that every expression may read as ``case.<name>``."""

    name: str
    #: ``string``, ``number``, ``boolean``, ``date-time``, ``context`` or ``list``.
    type: str
    zh: str
    en: str
    #: The only values it may have; empty: any of its type.
    values: list[str]
    #: Whether it is set when the case is reported and by nothing else.
    is_given: bool


class FeelVocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """What expressions may name everywhere."""

    functions: list[FeelFunctionHelp]
    facts: list[FactHelp]


async def feel_vocabulary(call: Call[Nothing, None]) -> Reply:
    """Answer the functions and facts of this city."""
    facts = [_fact(fact) for fact in FACTS.values()]
    return answered(FeelVocabulary(functions=_functions(call.platform.functions), facts=facts))


def _functions(table: FunctionTable) -> list[FeelFunctionHelp]:
    return [_function(function) for function in table]


def _function(function: TableFunction) -> FeelFunctionHelp:
    return FeelFunctionHelp(
        name=function.name,
        signatures=[_parameters(signature) for signature in function.signatures],
        help_zh=function.help_zh,
        help_en=function.help_en,
        example=function.example,
        members=list(function.members),
    )


def _parameters(signature: Signature) -> list[FeelParameter]:
    return [
        FeelParameter(name=each.name, optional=each.optional, repeated=each.repeated) for each in signature.parameters
    ]


def _fact(fact: Fact) -> FactHelp:
    return FactHelp(
        name=fact.name,
        type=fact.type.value,
        zh=fact.zh,
        en=fact.en,
        values=list(fact.values),
        is_given=fact.is_given,
    )


ROUTE = Route(
    method="GET",
    path="/feel/vocabulary",
    handler=feel_vocabulary,
    summary_zh="表达式处处能用的函数和案件事实，各有一句说明",
    summary_en="The functions and facts that every expression may name, each with a word of help",
    answer=FeelVocabulary,
    permission=Permission.PROCESS_READ,
)
