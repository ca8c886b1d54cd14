"""How each kind of definition is checked, before it may be published and while it is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.definition import Finding, Severity
from engine.definitions import Check, Checked, DefinitionKind
from engine.feel import Shape
from engine.spiff import Declared, Definition, compile_process, lint_process
from forms import Problem, lint_form
from processes.cases import FACTS, FactType, check_form

#: What each type of fact is to expressions.
_SHAPES: Mapping[FactType, Shape] = {
    FactType.STRING: "string",
    FactType.NUMBER: "number",
    FactType.BOOLEAN: "boolean",
    FactType.DATE_TIME: "date and time",
    FactType.CONTEXT: "any",
    FactType.LIST: "any",
}
#: What expressions in diagrams may name of a case.
DECLARED = Declared(facts={name: _SHAPES[fact.type] for name, fact in FACTS.items()})


def compiled(source: bytes) -> Definition:
    """A stored diagram, ready to run. What was published once runs on, also when the city declares other facts now."""
    return compile_process(source)


def check_process(source: bytes) -> Checked:
    """What a diagram says of itself. Raises ``DefinitionRefused`` with every finding when it may not be published."""
    view = compile_process(source, declared=DECLARED).view
    return Checked(key=view.key, name=view.name, version_tag=view.version_tag)


CHECKS: Mapping[DefinitionKind, Check] = {DefinitionKind.PROCESS: check_process, DefinitionKind.FORM: check_form}


def lint(kind: DefinitionKind, source: bytes) -> Sequence[Finding]:
    """Everything there is to say of a source; never raises."""
    if kind is DefinitionKind.PROCESS:
        return lint_process(source, DECLARED)
    return [_finding(problem) for problem in lint_form(source)]


def _finding(problem: Problem) -> Finding:
    return Finding(
        rule=f"form.{problem.code}",
        severity=Severity.ERROR,
        element=problem.pointer or None,
        line=None,
        message_zh=problem.message_zh,
        message_en=problem.message_en,
    )
