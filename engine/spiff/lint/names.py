"""The names that expressions read, compared to those that are known to exist.

What is judged is what is declared in one place: facts of the case, members of ``task``, functions and their arguments,
and the facts that output mappings set. Plain names may come from whoever starts the process: see ``variables``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from engine.decisions import Decisions
from engine.definition import Finding
from engine.feel import FunctionTable, Shape, lint_expression
from engine.spiff.attributes import Attribute, Behaviour
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram
from engine.spiff.following import DEADLINE, HOST
from engine.spiff.lint.evaluated import attributes_of
from engine.spiff.lint.shapes import VariableShapes
from engine.spiff.processes import Processes
from engine.spiff.rules import finding

#: What ``task`` holds; instants and numbers are named by their FEEL types.
TASK_SHAPE: Shape = {"id": "number", "element": "string", "performer": "string", "opened_at": "date and time"}

#: Which rule speaks for each code of FEEL's own lint; codes that are absent cannot be judged here.
_RULES: Mapping[str, str] = {
    "lint.path": "expression.unknown_member",
    "lint.function": "expression.unknown_function",
    "lint.arguments": "expression.arguments",
    "lint.compare": "expression.comparison",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FormField:
    """A field of a form: what is typed into it, and what it is called."""

    shape: Shape = "any"
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """What the city declares for expressions."""

    #: What each fact of a case holds: a FEEL type, members, or ``any``.
    facts: Mapping[str, Shape]
    #: The published decisions; ``None`` where they are not known, so that calls are not judged.
    decisions: Decisions | None = None
    #: What is wrong, in Chinese and English, with a deadline's limit written as text; ``None`` when nothing.
    limit_problem: Callable[[str], tuple[str, str] | None] = lambda _: None
    #: Names of the outside systems; ``None`` where they are not known.
    targets: Collection[str] | None = None
    #: The published processes; ``None`` where they are not known, so that calls of them are not judged.
    processes: Processes | None = None
    #: Fields by name of the form, by key and tag, that a task opened now would have; ``None`` where that is not known.
    fields_of: Callable[[str, str], Mapping[str, FormField] | None] = lambda _form, _tag: None
    #: What the body of a good answer of an outside system holds, by its name; ``None`` where that is not declared.
    result_of: Callable[[str], Shape | None] = lambda _target: None


def check_names(
    diagram: Diagram, compiled: Compiled, declared: Declared | None, functions: FunctionTable
) -> Iterator[Finding]:
    """Names that cannot be meant as written, with the closest one that exists."""
    names: dict[str, Shape] = {"task": TASK_SHAPE, "case": "any" if declared is None else declared.facts}
    if "attachesTo" in diagram.declared.property_values:
        names[HOST] = host_shape(functions)
    shapes = None if declared is None else VariableShapes(diagram, compiled, declared)
    for node in diagram.nodes.values():
        outputs = {mapping.source for mapping in compiled.behaviours[node.id].outputs}
        for element, attribute in attributes_of(node, compiled):
            held = {} if shapes is None else shapes.seen_by(node, of_answer=attribute in outputs)
            yield from _check_expression(element, attribute, {**held, **names}, functions)
    if declared is not None:
        for behaviour in compiled.behaviours.values():
            yield from _check_targets(behaviour, declared.facts)


def host_shape(functions: FunctionTable) -> Shape:
    """What ``host`` holds: its deadline looks like what the function of that name answers."""
    answer = functions.get(DEADLINE)
    deadline: Shape = dict.fromkeys(answer.members, "any") if answer and answer.members else "any"
    return {"element": "string", "deadline": deadline}


def _check_expression(
    element: str, attribute: Attribute, names: Mapping[str, Shape], functions: FunctionTable
) -> Iterator[Finding]:
    if attribute.expression is None:
        return
    for noted in lint_expression(attribute.expression, names, functions):
        if noted.code in _RULES:
            yield finding(
                _RULES[noted.code],
                element,
                line=attribute.line,
                attribute=attribute.name,
                column=noted.position.column,
                detail_zh=noted.message_zh,
                detail_en=noted.message_en,
            )


def _check_targets(behaviour: Behaviour, facts: Collection[str]) -> Iterator[Finding]:
    for mapping in behaviour.outputs:
        if mapping.to_fact and mapping.target not in facts:
            close = get_close_matches(mapping.target, list(facts), n=1)
            yield finding(
                "mapping.unknown_fact",
                behaviour.element,
                line=mapping.source.line,
                target=mapping.target,
                hint_zh=f"是否想写 case.{close[0]}？" if close else "",
                hint_en=f"Did you mean case.{close[0]}?" if close else "",
            )
