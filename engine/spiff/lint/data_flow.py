"""Variables that are read before anything can have set them.

A name is judged only when an element of the diagram sets it, for others may come from whoever starts the instance; and
only when every way to whatever may set it leads through the reader and none leads back: what is null in the first round
of a loop may be meant. Answers without output mappings may set any name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from engine.definition import ElementKind, Finding
from engine.spiff.attributes import Attribute, Behaviour, MultiInstance
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.lint.dominators import Dominators
from engine.spiff.lint.evaluated import expressions_of
from engine.spiff.repeating import COUNTER
from engine.spiff.rules import finding
from engine.spiff.supported import PUBLISHED, SCOPES, THROWERS

#: An element (or the process) as it is entered, has done its work, and is left.
Moment: TypeAlias = tuple[str, int]
ENTERED, DONE, LEFT = range(3)
#: What sets variables of any name unless output mappings say otherwise; so do events with which variables come.
_ANSWERED = frozenset({ElementKind.USER_TASK, ElementKind.RECEIVE_TASK, ElementKind.CALL_ACTIVITY})
_COME_WITH_VARIABLES = PUBLISHED | THROWERS.keys()


def check_data_flow(diagram: Diagram, compiled: Compiled) -> Iterator[Finding]:
    """Each variable that the diagram sets may be set before it is read."""
    after = ways(diagram)
    dominators = Dominators((diagram.key, ENTERED), after)
    anything, setters = settings_of(diagram, compiled)
    for moment, element, attribute, name in _readings(diagram, compiled):
        named = [one for one in setters.get(name, ()) if one in dominators]
        possible = [*named, *(one for one in anything if one in dominators)]
        if not named or moment not in dominators or not all(dominators.dominates(moment, one) for one in possible):
            continue
        if not any(moment in moments_after(after, one) for one in possible):
            facts = {"attribute": attribute.name, "name": name, "setter": named[0][0]}
            yield finding("variable.early", element, line=attribute.line, **facts)


def ways(diagram: Diagram) -> dict[Moment, list[Moment]]:
    """What may happen next, through all scopes."""
    after: dict[Moment, list[Moment]] = {}
    for scope in diagram.scopes():
        # The events that begin event sub-processes are waited for from the start of their scope.
        beside = [node for node in diagram.nodes_in(scope) if node.kind is ElementKind.EVENT_SUB_PROCESS]
        after[scope, ENTERED] = [(node.id, ENTERED) for node in (*diagram.beginnings(scope), *beside)]
        if diagram.is_ad_hoc(scope):
            after[scope, ENTERED].append((scope, DONE))
    for node in diagram.nodes.values():
        if node.kind not in SCOPES:
            after[node.id, ENTERED] = [(node.id, DONE)]
        after[node.id, DONE] = [(node.id, LEFT)]
        targets = [(flow.target, ENTERED) for flow in node.outgoing if flow.target in diagram.nodes]
        # What an ad-hoc sub-process offers may begin again.
        ended = (node.scope, ENTERED if diagram.is_ad_hoc(node.scope) else DONE)
        after[node.id, LEFT] = targets or [ended]
    for node in diagram.nodes.values():
        if node.attached_to in diagram.nodes and not node.leads_to_handler:
            after[node.attached_to, ENTERED].append((node.id, ENTERED))
    after[diagram.key, DONE] = []
    return after


def moments_after(after: Mapping[Moment, Sequence[Moment]], first: Moment) -> set[Moment]:
    """A moment and everything that it may lead to."""
    found: set[Moment] = set()
    waiting = [first]
    while waiting:
        moment = waiting.pop()
        if moment not in found:
            found.add(moment)
            waiting.extend(after.get(moment, ()))
    return found


def settings_of(diagram: Diagram, compiled: Compiled) -> tuple[list[Moment], dict[str, list[Moment]]]:
    """When something is set that may have any name, and when each name is set by itself."""
    anything: list[Moment] = []
    named: dict[str, list[Moment]] = {}
    for node in diagram.nodes.values():
        behaviour = compiled.behaviours[node.id]
        names = [mapping.target for mapping in behaviour.outputs if not mapping.to_fact]
        if not behaviour.outputs and _answers_anything(node, behaviour):
            anything.append((node.id, DONE))
        elif not behaviour.outputs and behaviour.result:
            names.append(behaviour.result)
        if isinstance(behaviour.repeats, MultiInstance) and behaviour.repeats.output:
            names.append(behaviour.repeats.output)
        for name in names:
            named.setdefault(name, []).append((node.id, DONE))
    return anything, named


def _answers_anything(node: Node, behaviour: Behaviour) -> bool:
    if node.catches:
        return not _COME_WITH_VARIABLES.isdisjoint(node.triggers)
    return node.kind in _ANSWERED or (node.kind is ElementKind.SCRIPT_TASK and not behaviour.result)


def _readings(diagram: Diagram, compiled: Compiled) -> Iterator[tuple[Moment, str, Attribute, str]]:
    """When each name is read, by what."""
    for node in diagram.nodes.values():
        behaviour, own = compiled.behaviours[node.id], own_names(diagram, compiled, node)
        for attribute in _read_on_entry(behaviour):
            for name in names_read(attribute, own):
                yield (node.id, ENTERED), node.id, attribute, name
        for flow in node.outgoing:
            if (condition := compiled.conditions.get(flow.id)) is not None:
                yield from (((node.id, LEFT), flow.id, condition, name) for name in names_read(condition, own))


def _read_on_entry(behaviour: Behaviour) -> Sequence[Attribute]:
    """What is evaluated when a token comes; outputs see the answer, and conditions of repetition what was done."""
    late = {mapping.source for mapping in behaviour.outputs}
    if behaviour.ad_hoc is not None and behaviour.ad_hoc.until is not None:
        late.add(behaviour.ad_hoc.until)
    if isinstance(behaviour.repeats, MultiInstance):
        late |= {one for one in (behaviour.repeats.yields, behaviour.repeats.until) if one is not None}
    elif behaviour.repeats is not None and behaviour.repeats.condition is not None:
        late.add(behaviour.repeats.condition)
    return [attribute for attribute in expressions_of(behaviour) if attribute not in late]


def own_names(diagram: Diagram, compiled: Compiled, node: Node) -> set[str]:
    """Variables that the element, or something around it, has of its own."""
    names = {COUNTER}
    for each in diagram.around(node):
        behaviour = compiled.behaviours[each.id]
        names.update(mapping.target for mapping in behaviour.inputs)
        if isinstance(behaviour.repeats, MultiInstance):
            names.update((behaviour.repeats.element, behaviour.repeats.kept))
    return names


def names_read(attribute: Attribute, own: Collection[str]) -> Iterator[str]:
    """The variables that an expression reads, but those of its element's own."""
    if attribute.expression is None:
        return
    reads = (read for read in attribute.expression.reads if not read.filters and not read.is_called)
    yield from (name for name in dict.fromkeys(read.path[0] for read in reads) if name not in own)
