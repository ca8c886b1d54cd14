"""What variables hold, as far as it is declared: results of decisions, and what outside systems answer.

A name is judged only when whatever sets it in the diagram says what it holds, and nothing in it may set names that the
diagram does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.decisions import Binding
from engine.definition import ElementKind
from engine.feel import ANY_SHAPE, Shape, shape_of
from engine.spiff.attributes import Attribute, Behaviour, CalledDecision, MultiInstance
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.lint.data_flow import own_names, settings_of

if TYPE_CHECKING:
    from engine.decisions import Decisions
    from engine.spiff.lint.names import Declared, FormField


class VariableShapes:
    """The shapes of the variables of one diagram."""

    def __init__(self, diagram: Diagram, compiled: Compiled, declared: Declared) -> None:
        self._diagram, self._compiled, self._declared = diagram, compiled, declared
        anything, _ = settings_of(diagram, compiled)
        # People answer what they are asked for: the fields of a form.
        is_open = any(diagram.nodes[element].kind is not ElementKind.USER_TASK for element, _ in anything)
        found: dict[str, list[Shape]] = {}
        for behaviour in () if is_open else compiled.behaviours.values():
            for name, shape in self.set_by(behaviour):
                found.setdefault(name, []).append(shape)
        typed_in = {name for behaviour in compiled.behaviours.values() for name in self.fields_of(behaviour)}
        #: Shapes by name, of those names alone that are known.
        self.known: Mapping[str, Shape] = {
            name: shape
            for name, shapes in found.items()
            if name not in typed_in and (shape := merged(shapes)) != ANY_SHAPE
        }

    def seen_by(self, node: Node, *, of_answer: bool) -> Mapping[str, Shape]:
        """What an expression of an element sees; outputs see the answer of the element before all else."""
        own = own_names(self._diagram, self._compiled, node)
        seen = {name: shape for name, shape in self.known.items() if name not in own}
        return {**seen, **self.answered(self._compiled.behaviours[node.id])} if of_answer else seen

    def answered(self, behaviour: Behaviour) -> Mapping[str, Shape]:
        """What the outputs of an element see of its answer."""
        if behaviour.decision is not None:
            return {behaviour.result: _decided(behaviour.decision, self._declared.decisions)}
        job = behaviour.job
        body = None if job is None else self._declared.result_of(job.target or job.topic.literal)
        if job is None or body is None:
            return {}
        if job.headers.get("callback") == "true":
            # It reports back later, by the names of the members.
            return {} if isinstance(body, str) else body
        return {"response": {"status": "number", "body": body}}

    def set_by(self, behaviour: Behaviour) -> Iterator[tuple[str, Shape]]:
        """Each name that an element sets by itself, with what it is set to."""
        answered = self.answered(behaviour)
        for mapping in behaviour.outputs:
            if not mapping.to_fact:
                yield mapping.target, read_from(mapping.source, answered)
        if not behaviour.outputs and behaviour.result:
            yield behaviour.result, answered.get(behaviour.result, ANY_SHAPE)
        if isinstance(behaviour.repeats, MultiInstance) and behaviour.repeats.output:
            yield behaviour.repeats.output, ANY_SHAPE

    def fields_of(self, behaviour: Behaviour) -> Mapping[str, FormField]:
        """The fields of the form that is filled in at an element, as far as they are known."""
        return (self._declared.fields_of(behaviour.form, behaviour.form_tag) if behaviour.form else None) or {}


def _decided(called: CalledDecision, decisions: Decisions | None) -> Shape:
    if decisions is None:
        return ANY_SHAPE
    by_tag = called.binding is Binding.VERSION_TAG
    model = decisions.tagged(called.id, called.tag) if by_tag else decisions.latest(called.id)
    return ANY_SHAPE if model is None else model.shape_of(called.id)


def read_from(source: Attribute, held: Mapping[str, Shape]) -> Shape:
    """What a declared value holds where it is read from what is known."""
    return ANY_SHAPE if source.expression is None else shape_of(source.expression, held)


def merged(shapes: Sequence[Shape]) -> Shape:
    """What may be read from one of them or another."""
    if all(shape == shapes[0] for shape in shapes):
        return shapes[0]
    members = [shape for shape in shapes if not isinstance(shape, str)]
    if len(members) < len(shapes):
        return ANY_SHAPE
    return {name: ANY_SHAPE for shape in members for name in shape}
