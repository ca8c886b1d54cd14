"""Variables that nothing sets, where something is set that is written nearly so: a slip that would be null for ever.

A name that is like no other is not judged: it may come from whoever starts the process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from engine.definition import Finding
from engine.feel import FunctionTable
from engine.spiff.attributes import Attribute, Behaviour
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.following import HOST
from engine.spiff.lint.data_flow import names_read, own_names, settings_of
from engine.spiff.lint.names import Declared, expressions_of
from engine.spiff.rules import finding

#: What expressions may name everywhere.
_ALWAYS = frozenset({"case", "task", HOST})
#: How like each other two names are that may be meant the same; 1 is equal.
_LIKENESS = 0.8


def check_variables(
    diagram: Diagram, compiled: Compiled, declared: Declared, functions: FunctionTable
) -> Iterator[Finding]:
    """Each variable that is read is one that mappings, decisions, scripts or forms set, or like none of them."""
    set_here = _set_here(diagram, compiled, declared)
    for node in diagram.nodes.values():
        own = own_names(diagram, compiled, node)
        known = _ALWAYS | set_here | own | set(functions.names)
        for element, attribute in _attributes(node, compiled):
            for name in names_read(attribute, known):
                if meant := _meant(name, set_here | own):
                    facts = {"attribute": attribute.name, "name": name, "meant": meant}
                    yield finding("variable.unknown", element, line=attribute.line, **facts)


def _set_here(diagram: Diagram, compiled: Compiled, declared: Declared) -> frozenset[str]:
    """Names of what the elements of the diagram set, and of the fields of its forms."""
    _, named = settings_of(diagram, compiled)
    fields = (field for behaviour in compiled.behaviours.values() for field in _fields(behaviour, declared))
    return frozenset((*named, *fields))


def _fields(behaviour: Behaviour, declared: Declared) -> Collection[str]:
    return declared.fields_of(behaviour.form, behaviour.form_tag) or () if behaviour.form else ()


def _attributes(node: Node, compiled: Compiled) -> Iterator[tuple[str, Attribute]]:
    """What an element evaluates, and the conditions of the flows out of it."""
    yield from ((node.id, attribute) for attribute in expressions_of(compiled.behaviours[node.id]))
    for flow in node.outgoing:
        if (condition := compiled.conditions.get(flow.id)) is not None:
            yield flow.id, condition


def _meant(name: str, known: Collection[str]) -> str:
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=_LIKENESS)), "")
