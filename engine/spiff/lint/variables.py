"""Variables that nothing sets.

Where a process says what whoever starts it passes (property ``startVariables``), and everything else that may set
variables is known, each name that is read has to be set somewhere. Elsewhere a name is told that is written nearly like
one that is set: one that is like no other may come from whoever starts the process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from engine.definition import ElementKind, Finding
from engine.feel import FunctionTable
from engine.spiff.attributes import Attribute, Behaviour, MultiInstance
from engine.spiff.compiling import Compiled, names_in
from engine.spiff.diagram import Diagram, Node
from engine.spiff.following import HOST
from engine.spiff.lint.data_flow import names_read, own_names, settings_of
from engine.spiff.lint.evaluated import attributes_of
from engine.spiff.lint.names import Declared
from engine.spiff.lint.shapes import VariableShapes
from engine.spiff.multi_instance import COUNTS
from engine.spiff.rules import finding
from engine.spiff.supported import OUTSIDE

#: The property of a process that names what whoever starts it passes.
START_VARIABLES = "startVariables"
#: What expressions may name everywhere.
_ALWAYS = frozenset({"case", "task", HOST})
#: How like each other two names are that may be meant the same; 1 is equal.
_LIKENESS = 0.8


def check_variables(
    diagram: Diagram, compiled: Compiled, declared: Declared, functions: FunctionTable
) -> Iterator[Finding]:
    """Each variable that is read is one that mappings, decisions, scripts or forms set, or like none of them."""
    set_here = _set_here(diagram, compiled, declared)
    shapes = VariableShapes(diagram, compiled, declared)
    is_closed = _is_closed(diagram, compiled, declared)
    for node in diagram.nodes.values():
        behaviour = compiled.behaviours[node.id]
        own = own_names(diagram, compiled, node) | shapes.answered(behaviour).keys()
        known = _ALWAYS | set_here | own | set(functions.names) | _counts(behaviour)
        for element, attribute in attributes_of(node, compiled):
            rule = "variable.nowhere" if is_closed and not _takes_anything(node, behaviour, attribute) else ""
            for name in names_read(attribute, known):
                yield from _told(rule, element, attribute, name, set_here | own)


def _told(rule: str, element: str, attribute: Attribute, name: str, set_here: Collection[str]) -> Iterator[Finding]:
    meant = next(iter(get_close_matches(name, sorted(set_here), n=1, cutoff=_LIKENESS)), "")
    if rule or meant:
        hints = {"hint_zh": f"是否想写 {meant}？", "hint_en": f"Did you mean {meant}?"} if meant else {}
        facts = {"attribute": attribute.name, "name": name, "hint_zh": "", "hint_en": "", **hints, "meant": meant}
        yield finding(rule or "variable.unknown", element, line=attribute.line, **facts)


def _set_here(diagram: Diagram, compiled: Compiled, declared: Declared) -> frozenset[str]:
    """Names of what the elements of the diagram set, of the fields of its forms, and of what is passed to it."""
    _, named = settings_of(diagram, compiled)
    fields = (field for behaviour in compiled.behaviours.values() for field in _fields(behaviour, declared) or ())
    passed = names_in(diagram.declared.property_values.get(START_VARIABLES, ""))
    return frozenset((*named, *fields, *passed))


def _is_closed(diagram: Diagram, compiled: Compiled, declared: Declared) -> bool:
    """Whether everything that may set variables is known."""
    if START_VARIABLES not in diagram.declared.property_values:
        return False
    anything, _ = settings_of(diagram, compiled)
    return all(_fields(compiled.behaviours[element], declared) is not None for element, _ in anything)


def _fields(behaviour: Behaviour, declared: Declared) -> Collection[str] | None:
    """The fields of the form of a task; ``None`` where there is none that is known."""
    return declared.fields_of(behaviour.form, behaviour.form_tag) if behaviour.form else None


def _takes_anything(node: Node, behaviour: Behaviour, attribute: Attribute) -> bool:
    """Whether an expression is an output that sees an answer of which the names are not known."""
    is_output = any(attribute is mapping.source for mapping in behaviour.outputs)
    comes_from_elsewhere = node.catches or node.kind in OUTSIDE | {
        ElementKind.RECEIVE_TASK,
        ElementKind.CALL_ACTIVITY,
    }
    return is_output and comes_from_elsewhere


def _counts(behaviour: Behaviour) -> frozenset[str]:
    return COUNTS if isinstance(behaviour.repeats, MultiInstance) else frozenset()
