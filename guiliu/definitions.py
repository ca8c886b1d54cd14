"""How each kind of definition is compiled and checked in this city: while it is edited, before it is published, to run.

All of it knows the same functions and facts; what is published already is looked at as the open transaction sees it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from connectors import TargetRegister
from engine.decisions import DecisionModel, Decisions, lint_decisions, load_decisions
from engine.definition import DefinitionRefused, Finding, Severity
from engine.definitions import Checked, Checks, DecisionLibrary, DefinitionKind, Library, alone
from engine.feel import FunctionTable, Shape
from engine.spiff import (
    Declared,
    Definition,
    FormField,
    Processes,
    ProcessScope,
    compile_process,
    laid_out,
    lint_process,
    scope_of_process,
)
from engine.storage.unit_of_work import UnitOfWork
from forms import Problem, lint_form
from guiliu.form_fields import form_fields
from processes.cases import FACTS, FactType, FormLibrary, check_form
from processes.timekeeping import limit_problem

#: What each type of fact is to expressions.
_SHAPES: Mapping[FactType, Shape] = {
    FactType.STRING: "string",
    FactType.NUMBER: "number",
    FactType.BOOLEAN: "boolean",
    FactType.DATE_TIME: "date and time",
    FactType.CONTEXT: "any",
    FactType.LIST: "any",
}
#: What expressions may name of a case.
FACT_SHAPES: Mapping[str, Shape] = {name: _SHAPES[fact.type] for name, fact in FACTS.items()}


class DefinitionChecks:
    """The compilers and checks of this city, over its functions, what it has published and its outside systems."""

    def __init__(
        self, functions: FunctionTable, decisions: DecisionLibrary, targets: TargetRegister, forms: FormLibrary
    ) -> None:
        self._functions = functions
        self._decisions = decisions
        self._targets = targets
        self._forms = forms
        #: The published processes, compiled here.
        self.library: Library[Definition] = Library(self.compile_process)

    @property
    def checks(self) -> Checks:
        """What publishing asks."""
        return {
            DefinitionKind.PROCESS: self._check_process,
            DefinitionKind.DECISION: self._check_decision,
            DefinitionKind.FORM: alone(check_form),
        }

    def lint(self, kind: DefinitionKind, source: bytes) -> Sequence[Finding]:
        """Everything there is to say of a source, beside the decisions published as loaded here; never raises."""
        match kind:
            case DefinitionKind.PROCESS:
                return lint_process(source, self._declared(self._decisions, self.library), functions=self._functions)
            case DefinitionKind.DECISION:
                return self._lint_decision(source, self._decisions)
            case DefinitionKind.FORM:
                return [_finding(problem) for problem in lint_form(source)]

    def scope(self, source: bytes) -> ProcessScope:
        """What expressions of a diagram may name, beside what is published as loaded here; never raises."""
        return scope_of_process(source, self._declared(self._decisions, self.library), self._functions)

    def key_of(self, kind: DefinitionKind, source: bytes) -> str:
        """The key that a source gives itself. Raises ``Invalid`` for one that cannot be compiled."""
        match kind:
            case DefinitionKind.PROCESS:
                return self.compile_process(source).view.key
            case DefinitionKind.DECISION:
                return self.load_decisions(source).key
            case DefinitionKind.FORM:
                return check_form(source).key

    def compile_process(self, source: bytes) -> Definition:
        """A diagram, ready to run. What was published once runs on, also when the city declares other facts now."""
        return compile_process(source, functions=self._functions)

    def load_decisions(self, source: bytes) -> DecisionModel:
        """A decision model, ready to be asked."""
        return load_decisions(source, functions=self._functions)

    def _declared(self, decisions: Decisions, processes: Processes) -> Declared:
        return Declared(
            facts=FACT_SHAPES,
            decisions=decisions,
            processes=processes,
            limit_problem=limit_problem,
            targets=self._targets.all.keys(),
            fields_of=self._fields_of,
            result_of=self._result_of,
        )

    def _result_of(self, target: str) -> Shape | None:
        found = self._targets.all.get(target)
        return found.result or None if found else None

    def _fields_of(self, form: str, tag: str) -> Mapping[str, FormField] | None:
        file = self._forms.newest(form, tag)
        return None if file is None else form_fields(file)

    def _lint_decision(self, source: bytes, decisions: Decisions) -> list[Finding]:
        return lint_decisions(source, functions=self._functions, facts=FACT_SHAPES, decisions=decisions)

    async def _check_process(self, source: bytes, uow: UnitOfWork) -> Checked:
        published = self.library.of(await self.library.read(uow.connection))
        declared = self._declared(await self._decisions.read(uow.connection), published)
        definition = await asyncio.to_thread(compile_process, source, declared=declared, functions=self._functions)
        view = definition.view
        return Checked(
            key=view.key,
            name=view.name,
            version_tag=view.version_tag,
            completed=await asyncio.to_thread(laid_out, source),
            starts_by=view.starts_by,
        )

    async def _check_decision(self, source: bytes, uow: UnitOfWork) -> Checked:
        published = await self._decisions.read(uow.connection)
        findings = await asyncio.to_thread(self._lint_decision, source, published)
        if any(finding.is_error for finding in findings):
            raise DefinitionRefused(tuple(findings))
        model = self.load_decisions(source)
        return Checked(key=model.key, name=model.name, version_tag=model.version_tag)


def _finding(problem: Problem) -> Finding:
    return Finding(
        rule=f"form.{problem.code}",
        severity=Severity.ERROR,
        element=problem.pointer or None,
        line=None,
        message_zh=problem.message_zh,
        message_en=problem.message_en,
    )
