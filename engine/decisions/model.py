"""One decision model as it is published: a file with a key, holding decisions with ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.dmn import Model
from engine.dmn.graph import DecisionService, Element, InputData, Logic
from engine.feel import Reference, Shape

#: The name under which the facts of the case are given to every decision.
CASE = "case"


@dataclass(frozen=True, eq=False)
class DecisionModel:
    """A compiled model; shared by all commands, never changed."""

    key: str
    name: str
    version_tag: str
    #: SHA-256 of the stored file.
    sha: bytes
    model: Model

    @cached_property
    def decisions(self) -> tuple[str, ...]:
        """Ids of the decisions and decision services that can be called, in the order of the file."""
        return tuple(element.id for element in (*self.model.decisions, *self.model.services))

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Id of a table → id of the decision or business knowledge it stands in."""
        elements = (*self.model.decisions, *self.model.knowledge)
        return {table.id: element.id for element in elements for table in element.tables if table.id}

    def find(self, decision: str) -> str | None:
        """The id of a decision by id or name, of the only one by an empty text; ``None`` when none is meant."""
        if not decision:
            return self.decisions[0] if len(self.decisions) == 1 else None
        by_name = (each for each in self.decisions if self.model.elements[each].name == decision)
        return decision if decision in self.decisions else next(by_name, None)

    def shape_of(self, decision: str) -> Shape:
        """What can be read from what a decision comes to; ``any`` where the model does not say it."""
        return self.model.shape_of(decision)

    def inputs_of(self, decision: str) -> frozenset[str]:
        """Names of the inputs that a decision asks for, also by way of the decisions it requires."""
        asked = self.model.elements[decision]
        if isinstance(asked, DecisionService):
            return frozenset(element.name for element in asked.inputs)
        return frozenset(element.name for element in _required(asked) if isinstance(element, InputData))

    @cached_property
    def facts(self) -> frozenset[str] | None:
        """The facts of the case that its expressions name; ``None`` when one takes the case as a whole."""
        paths = [read.path for read in self._reads() if read.path[0] == CASE]
        return None if any(len(path) == 1 for path in paths) else frozenset(path[1] for path in paths)

    def _reads(self) -> Iterator[Reference]:
        for element in (*self.model.decisions, *self.model.knowledge):
            for piece in element.pieces:
                yield from piece.expression.reads


def _required(asked: Element) -> Iterator[Element]:
    """The element and everything it requires, each once."""
    seen: set[int] = set()
    waiting = [asked]
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            continue
        seen.add(id(element))
        yield element
        if isinstance(element, Logic):
            waiting.extend(requirement.element for requirement in element.requirements)
