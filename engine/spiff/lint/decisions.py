"""The decisions that business rule tasks ask, compared to those that are published."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.decisions import Binding, Decisions
from engine.definition import ElementKind, Finding
from engine.spiff.attributes import Behaviour, CalledDecision
from engine.spiff.compiling import RESERVED, Compiled
from engine.spiff.diagram import Diagram
from engine.spiff.rules import finding


def check_decisions(diagram: Diagram, compiled: Compiled, decisions: Decisions) -> Iterator[Finding]:
    """Every decision asked is there, and what it asks for can have been said."""
    known = _variables(compiled)
    for behaviour in compiled.behaviours.values():
        if behaviour.decision is not None:
            yield from _check_call(diagram, behaviour, behaviour.decision, decisions, known)


def _check_call(
    diagram: Diagram,
    behaviour: Behaviour,
    called: CalledDecision,
    decisions: Decisions,
    known: frozenset[str] | None,
) -> Iterator[Finding]:
    line = diagram.nodes[behaviour.element].line
    by_tag = called.binding is Binding.VERSION_TAG
    model = decisions.tagged(called.id, called.tag) if by_tag else decisions.latest(called.id)
    if model is None:
        yield _unknown(behaviour.element, line, called, decisions)
    elif known is not None:
        given = known | {mapping.target for mapping in behaviour.inputs} | RESERVED
        for name in sorted(model.inputs_of(called.id) - given):
            yield finding("decision.input", behaviour.element, line=line, decision=called.id, input=name)


def _unknown(element: str, line: int, called: CalledDecision, decisions: Decisions) -> Finding:
    close = get_close_matches(called.id, decisions.names(), n=1)
    return finding(
        "decision.unknown",
        element,
        line=line,
        decision=called.id,
        tag_zh=f"（标签 {called.tag}）" if called.tag else "",
        tag_en=f' tagged "{called.tag}"' if called.tag else "",
        hint_zh=f"是否想写 {close[0]}？" if close and close[0] != called.id else "",
        hint_en=f" Did you mean {close[0]}?" if close and close[0] != called.id else "",
    )


def _variables(compiled: Compiled) -> frozenset[str] | None:
    """Every variable that elements set; ``None`` when a form or script sets what the diagram does not name."""
    found: set[str] = set()
    for behaviour in compiled.behaviours.values():
        if not behaviour.outputs and _answers_freely(behaviour):
            return None
        found |= {mapping.target for mapping in (*behaviour.inputs, *behaviour.outputs) if not mapping.to_fact}
        found |= {behaviour.result} - {""}
    return frozenset(found)


def _answers_freely(behaviour: Behaviour) -> bool:
    is_script = behaviour.kind is ElementKind.SCRIPT_TASK and not behaviour.result
    return is_script or (behaviour.kind is ElementKind.USER_TASK and bool(behaviour.form))
