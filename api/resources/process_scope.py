"""What expressions of a diagram may name where they stand: for editors that complete what is typed."""

from __future__ import annotations

import asyncio

import msgspec

from api.answers import answered
from api.definition_shapes import LARGEST_FILE
from api.routes import XML_TYPES, Call, Nothing, Reply, Route
from engine.feel import Shape
from engine.spiff import Variable
from processes.access import Permission


class VariableMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a context."""

    name: str
    #: A FEEL type; ``context`` where members are told, ``any`` where nothing is known.
    type: str
    members: list[VariableMember]


class VariableSource(msgspec.Struct, frozen=True, kw_only=True):
    """Something that sets a variable."""

    #: ``form``, ``output``, ``decision``, ``script``, ``outside``, ``message``, ``call``, ``collected``, ``input``,
    #: ``item``, ``counter``, ``task``; ``start`` and ``host`` for what a process begins with.
    origin: str
    #: Id of the element, or of the process.
    element: str


class NamedVariable(VariableMember, frozen=True, kw_only=True):
    """A variable."""

    sources: list[VariableSource]
    #: What the field of a form is called; empty for everything else.
    zh: str
    en: str


class ElementScope(msgspec.Struct, frozen=True, kw_only=True):
    """What expressions of one element may read, as places in ``variables``, counted from 0."""

    #: Id of an element, of a sequence flow, or of the process.
    element: str
    #: What may have been set when it is entered; for a flow, when it is taken.
    variables: list[int]
    #: What its output mappings see before all else.
    answer: list[int]


class ScopeOfProcess(msgspec.Struct, frozen=True, kw_only=True):
    """What expressions of a diagram may name beside ``case``."""

    variables: list[NamedVariable]
    elements: list[ElementScope]
    #: Ids of elements that may set variables of other names too.
    unknown: list[str]


async def scope_of_process(call: Call[Nothing, bytes]) -> Reply:
    """Answer, element by element, which variables can have been set, what they hold and what sets them."""
    found = await asyncio.to_thread(call.platform.scope, call.body)
    elements = [
        ElementScope(element=element, variables=list(numbers), answer=list(found.answers.get(element, ())))
        for element, numbers in found.elements.items()
    ]
    variables = [_shown(variable) for variable in found.variables]
    return answered(ScopeOfProcess(variables=variables, elements=elements, unknown=list(found.unknown)))


def _shown(variable: Variable) -> NamedVariable:
    held = _member(variable.name, variable.shape)
    return NamedVariable(
        name=held.name,
        type=held.type,
        members=held.members,
        sources=[VariableSource(origin=each.origin.value, element=each.element) for each in variable.sources],
        zh=variable.zh,
        en=variable.en,
    )


def _member(name: str, shape: Shape) -> VariableMember:
    if isinstance(shape, str):
        return VariableMember(name=name, type=shape, members=[])
    members = [_member(inner, held) for inner, held in shape.items()]
    return VariableMember(name=name, type="context", members=members)


ROUTE = Route(
    method="POST",
    path="/processes/{process}/scope",
    handler=scope_of_process,
    summary_zh="流程图里每个元素的表达式能用哪些变量、是什么类型、从哪里来，不保存",
    summary_en="Which variables expressions may read at each element, of which type and from where; nothing is kept",
    body_types=XML_TYPES,
    body_limit=LARGEST_FILE,
    answer=ScopeOfProcess,
    permission=Permission.PROCESS_READ,
)
