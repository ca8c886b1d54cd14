"""The names that expressions read, compared to those that are known to exist.

Variables may come from any form, so only what is declared in one place is judged: facts of the case, members of
``task``, functions, and the targets of output mappings to facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from engine.definition import Finding
from engine.feel import FunctionTable, Reference
from engine.spiff.attributes import Attribute, Behaviour
from engine.spiff.compiling import Compiled
from engine.spiff.rules import finding

_TASK_MEMBERS = ("id", "element", "performer", "opened_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """What the city declares for expressions."""

    #: Names of the facts of a case.
    facts: Collection[str]


def check_names(compiled: Compiled, declared: Declared | None, functions: FunctionTable) -> Iterator[Finding]:
    """Names that cannot be meant as written, with the closest one that exists."""
    for element, attribute in _attributes(compiled):
        yield from _check_paths(element, attribute, declared)
        yield from _check_calls(element, attribute, functions)
    if declared is not None:
        for behaviour in compiled.behaviours.values():
            yield from _check_targets(behaviour, declared)


def _attributes(compiled: Compiled) -> Iterator[tuple[str, Attribute]]:
    for behaviour in compiled.behaviours.values():
        mappings = (*behaviour.inputs, *behaviour.outputs)
        single = (behaviour.script, behaviour.assignee, behaviour.groups, behaviour.users, behaviour.priority)
        for attribute in (*(mapping.source for mapping in mappings), *single):
            if attribute is not None:
                yield behaviour.element, attribute
    yield from compiled.conditions.items()


def _check_paths(element: str, attribute: Attribute, declared: Declared | None) -> Iterator[Finding]:
    if attribute.expression is None:
        return
    for reference in attribute.expression.reads:
        members = _members(reference, declared)
        if members is None or reference.in_filter or len(reference.path) < 2 or reference.path[1] in members:
            continue
        rule = "expression.unknown_fact" if reference.path[0] == "case" else "expression.names"
        yield finding(
            rule,
            element,
            line=attribute.line,
            attribute=attribute.name,
            detail_zh=f"没有 {reference.path[0]}.{reference.path[1]}（第 {reference.position.column} 个字符）。",
            detail_en=f"there is no {reference.path[0]}.{reference.path[1]} (character {reference.position.column}).",
            **_suggestion(reference.path[0] + ".", reference.path[1], members),
        )


def _check_calls(element: str, attribute: Attribute, functions: FunctionTable) -> Iterator[Finding]:
    calls = attribute.expression.calls if attribute.expression is not None else ()
    for call in calls:
        if functions.get(call.name) is None:
            yield finding(
                "expression.unknown_function",
                element,
                line=attribute.line,
                attribute=attribute.name,
                name=call.name,
                column=call.position.column,
                **_suggestion("", call.name, functions.names),
            )


def _members(reference: Reference, declared: Declared | None) -> Collection[str] | None:
    if reference.path[0] == "task":
        return _TASK_MEMBERS
    if reference.path[0] == "case" and declared is not None:
        return declared.facts
    return None


def _check_targets(behaviour: Behaviour, declared: Declared) -> Iterator[Finding]:
    for mapping in behaviour.outputs:
        if mapping.to_fact and mapping.target not in declared.facts:
            hint = _suggestion("case.", mapping.target, declared.facts)
            yield finding(
                "mapping.unknown_fact", behaviour.element, line=mapping.source.line, target=mapping.target, **hint
            )


def _suggestion(prefix: str, name: str, known: Collection[str]) -> dict[str, str]:
    close = get_close_matches(name, list(known), n=1)
    if not close:
        return {"hint_zh": "", "hint_en": ""}
    return {"hint_zh": f"是否想写 {prefix}{close[0]}？", "hint_en": f"Did you mean {prefix}{close[0]}?"}
