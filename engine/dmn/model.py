"""A loaded model, ready to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.dmn.errors import DmnError
from engine.dmn.graph import Decision, DecisionService, Element, Knowledge
from engine.dmn.inquiry import DecisionTrace, Inquiry, service_answer
from engine.dmn.shapes import Shapes
from engine.dmn.table_evaluation import TableMatch
from engine.dmn.tables import DecisionTable
from engine.feel import Evaluation, FeelLimitExceeded, FunctionTable, Shape, Value
from engine.feel.embedding import FeelType, check_result


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What a decision came to, and the proof of why."""

    #: The value of the decision.
    outputs: Value
    #: The tables that were run and their matching rows, in the order in which they were run.
    matched: tuple[TableMatch, ...]
    #: The input data that were read, as they were understood.
    inputs: Mapping[str, Value]
    #: The decisions worked out on the way, the asked one last.
    decisions: tuple[DecisionTrace, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """A decision model; it holds no state and serves any number of evaluations."""

    #: Id of its `definitions`; empty when there is none.
    id: str
    name: str
    namespace: str
    #: The elements of its graph by id, in the order of the file.
    elements: Mapping[str, Element]
    #: The types it defines, by name.
    types: Mapping[str, FeelType]
    #: The names in it that are more than one word.
    names: frozenset[str]
    #: The models it imports, by the prefix it gives them.
    imports: Mapping[str, Model]
    functions: FunctionTable
    #: The `zeebe:versionTag` of the file; empty when there is none.
    version_tag: str = ""

    @cached_property
    def _askable(self) -> Mapping[str, Decision | DecisionService]:
        """Decisions and services by name and by id; an id goes before a name."""
        found = [element for element in self.elements.values() if isinstance(element, Decision | DecisionService)]
        return {element.name: element for element in found} | {element.id: element for element in found}

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in the order of the file."""
        return tuple(element for element in self.elements.values() if isinstance(element, Decision))

    @property
    def knowledge(self) -> tuple[Knowledge, ...]:
        """The business knowledge models in the order of the file."""
        return tuple(element for element in self.elements.values() if isinstance(element, Knowledge))

    @property
    def services(self) -> tuple[DecisionService, ...]:
        """The decision services in the order of the file."""
        return tuple(element for element in self.elements.values() if isinstance(element, DecisionService))

    def shape_of(self, element: str) -> Shape:
        """What can be read from what a decision or decision service comes to; ``any`` where nothing says it."""
        return Shapes().answered_by(self.elements[element])

    @property
    def tables(self) -> tuple[DecisionTable, ...]:
        """All decision tables of decisions and business knowledge."""
        return tuple(table for element in (*self.decisions, *self.knowledge) for table in element.tables)

    def evaluate(self, decision: str, inputs: Mapping[str, Value], evaluation: Evaluation) -> DecisionResult:
        """Work out a decision or a decision service by its name or id.

        `inputs` are the values of input data by name. What went wrong stands in the evaluation's warnings;
        raises DmnError for an unknown decision and FeelLimitExceeded, nothing else.
        """
        element = self._askable.get(decision)
        if element is None:
            raise DmnError("decision.unknown", name=decision)
        inquiry = Inquiry(evaluation, inputs)
        start = len(evaluation.trail)
        try:
            value = _asked(element, inquiry, inputs)
            check_result(value, evaluation)
        except RecursionError as error:
            raise FeelLimitExceeded("depth", evaluation.limits.depth) from error
        matched = tuple(entry for entry in evaluation.trail[start:] if isinstance(entry, TableMatch))
        return DecisionResult(value, matched, inquiry.used, tuple(inquiry.traces))


def _asked(element: Decision | DecisionService, inquiry: Inquiry, inputs: Mapping[str, Value]) -> Value:
    if isinstance(element, Decision):
        return inquiry.value(element)
    for given in element.inputs:
        if isinstance(given, Decision):
            inquiry.give(given, inputs.get(given.name))
    return service_answer(element, inquiry)
