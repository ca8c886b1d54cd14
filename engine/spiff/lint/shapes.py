"""What variables hold, as far as it is declared: results of decisions, and what outside systems answer.

A name is judged only when whatever sets it in the diagram says what it holds, and nothing in it may set names that the
diagram does not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.decisions import Binding
from engine.definition import ElementKind
from engine.feel import Shape
from engine.spiff.attributes import Attribute, Behaviour, CalledDecision, MultiInstance
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.lint.data_flow import own_names, settings_of

if TYPE_CHECKING:
    from engine.decisions import Decisions
    from engine.spiff.lint.names import Declared

_ANY: Shape = "any"


class VariableShapes:
    """The shapes of the variables of one diagram."""

    def __init__(self, diagram: Diagram, compiled: Compiled, declared: Declared) -> None:
        self._diagram, self._compiled, self._declared = diagram, compiled, declared
        anything, _ = settings_of(diagram, compiled)
        # People answer what they are asked for: the fields of a form.
        is_open = any(diagram.nodes[element].kind is not ElementKind.USER_TASK for element, _ in anything)
        found: dict[str, list[Shape]] = {}
        for name, shape in () if is_open else self._settings(compiled):
            found.setdefault(name, []).append(shape)
        #: Shapes by name, of those names alone that are known.
        self.known: Mapping[str, Shape] = {
            name: shape for name, shapes in found.items() if (shape := _merged(shapes)) != _ANY
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

    def _settings(self, compiled: Compiled) -> Iterator[tuple[str, Shape]]:
        """Each name that is set, with what it is set to."""
        for behaviour in compiled.behaviours.values():
            answered = self.answered(behaviour)
            for mapping in behaviour.outputs:
                if not mapping.to_fact:
                    yield mapping.target, _read_from(mapping.source, answered)
            if not behaviour.outputs and behaviour.result:
                yield behaviour.result, answered.get(behaviour.result, _ANY)
            if isinstance(behaviour.repeats, MultiInstance) and behaviour.repeats.output:
                yield behaviour.repeats.output, _ANY
            if behaviour.form:
                fields: Collection[str] = self._declared.fields_of(behaviour.form, behaviour.form_tag) or ()
                yield from ((name, _ANY) for name in fields)


def _decided(called: CalledDecision, decisions: Decisions | None) -> Shape:
    if decisions is None:
        return _ANY
    by_tag = called.binding is Binding.VERSION_TAG
    model = decisions.tagged(called.id, called.tag) if by_tag else decisions.latest(called.id)
    return _ANY if model is None else model.shape_of(called.id)


def _read_from(source: Attribute, answered: Mapping[str, Shape]) -> Shape:
    """The shape of a name that an expression is; any of every other expression."""
    return _ANY if source.expression is None else answered.get(source.expression.text.strip(), _ANY)


def _merged(shapes: list[Shape]) -> Shape:
    """What may be read from one of them or another."""
    if all(shape == shapes[0] for shape in shapes):
        return shapes[0]
    members = [shape for shape in shapes if not isinstance(shape, str)]
    if len(members) < len(shapes):
        return _ANY
    return {name: _ANY for shape in members for name in shape}
