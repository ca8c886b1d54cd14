"""Compiles a stored diagram into what instances share: checked once, compiled once, never changed by running."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.decisions import Binding
from engine.definition import DefinitionRefused, DefinitionView, Element, ElementKind, Finding, SequenceFlow
from engine.feel import STANDARD, FunctionTable
from engine.spiff.attributes import Behaviour, Publication, PublicationKind
from engine.spiff.beginnings import beginning_of
from engine.spiff.branches import Branches
from engine.spiff.compensation import Compensations
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.handler_reads import names_read_by
from engine.spiff.lint import Checked, Declared, check, check_whole
from engine.spiff.lowered import Lowered, LoweredFlow, LoweredNode, Role, lowered_id
from engine.spiff.lowering import lower
from engine.spiff.parser import parse
from engine.spiff.reachability import reaching
from engine.spiff.repairs import with_repairs
from engine.spiff.specs import EventGateway, EventStart, HandlerStart, InclusiveGateway, Offer, OfferedStart, Outgoing
from engine.spiff.specs import Node as SpecNode


class Definition:
    """One compiled diagram: what readers ask (``view``) and what the engine runs."""

    def __init__(self, view: DefinitionView, spec: Any, sub_specs: Mapping[str, Any], compiled: Compiled) -> None:
        self.view = view
        #: SpiffWorkflow's spec of the process.
        self.spec = spec
        #: Specs of the sub-processes by name.
        self.sub_specs = sub_specs
        #: Decisions whose version is chosen when an instance starts.
        self.kept_decisions = _kept_decisions(compiled)
        calls = [behaviour.call for behaviour in compiled.behaviours.values() if behaviour.call is not None]
        #: Keys of the processes that it calls.
        self.calls = frozenset(call.process for call in calls)
        #: Keys of those whose version is chosen when an instance starts.
        self.kept_processes = frozenset(call.process for call in calls if call.binding is Binding.DEPLOYMENT)
        publications = (
            one.publication for behaviour in compiled.behaviours.values() for one in (behaviour, *behaviour.each)
        )
        #: Whether something in it may wait for a condition.
        self.has_conditions = any(each is not None and each.condition is not None for each in publications)
        #: What its start event declares.
        self.beginning = beginning_of(compiled.behaviours[view.start])
        #: Whether the deadline of the whole process is met when the process ends, whatever its end.
        self.is_met_by_ending = not any(behaviour.meets for behaviour in compiled.behaviours.values())

    @property
    def sha(self) -> bytes:
        """SHA-256 of the stored diagram."""
        return self.view.sha


def compile_process(
    source: bytes, *, declared: Declared | None = None, functions: FunctionTable = STANDARD
) -> Definition:
    """The definition of a stored diagram. Raises ``DefinitionRefused`` with every finding when one is an error.

    What is declared is asked of a diagram that is to be published; what was published runs on without.
    """
    checked = check(source, None, functions) if declared is None else check_whole(source, declared, functions)
    if checked.diagram is None or any(finding.is_error for finding in checked.findings):
        raise DefinitionRefused(checked.findings)
    lowered = lower(checked.diagram)
    spec, sub_specs = parse(lowered.root, lowered.process)
    for part in (spec, *sub_specs.values()):
        _furnish(part, lowered, checked.compiled)
        _furnish_undoing(part, checked.diagram, lowered.compensations, checked.compiled)
    view = _view(source, checked.diagram, checked)
    return Definition(view, spec, sub_specs, checked.compiled)


def lint_process(
    source: bytes, declared: Declared | None = None, *, functions: FunctionTable = STANDARD
) -> list[Finding]:
    """Everything a check has to say of any bytes: errors, warnings and notes; never raises."""
    checked = check_whole(source, declared, functions)
    return with_repairs(checked.findings, checked.diagram)


def _furnish(spec: Any, lowered: Lowered, compiled: Compiled) -> None:
    """Give each spec what was compiled for it: behaviour, flows, and for joins where tokens may come from."""
    nodes = {name: node for name, node in spec.task_specs.items() if name in lowered.nodes}
    handlers = {held.undone: name for name, held in lowered.nodes.items() if held.undone}
    flows = [flow for flow in lowered.flows.values() if flow.source in nodes]
    for name, node in nodes.items():
        node.is_hidden = lowered.nodes[name].is_hidden
        node.behaviour = _behaviour(compiled, lowered.nodes[name])
        node.incoming = ()
        node.outgoing = ()
        node.boundaries = ()
        node.handler = handlers.get(lowered.nodes[name].element, "")
        node.is_arm = False
        node.awaited = ()
    _furnish_wholes(nodes, lowered)
    attached = [(lowered_id(node.behaviour.attached_to), node) for node in nodes.values() if node.is_on_border]
    for host, node in attached:
        nodes[host].boundaries += (node,)
    for flow in flows:
        _connect(flow, nodes, compiled)
    spec.flow_elements = {flow.id: flow.element for flow in flows}
    spec.event_starts = tuple(node for node in nodes.values() if isinstance(node, EventStart))
    spec.offer = next((node for node in nodes.values() if isinstance(node, Offer)), None)
    spec.offered = tuple(node for node in nodes.values() if isinstance(node, OfferedStart))
    spec.merges = frozenset(name for name, node in nodes.items() if isinstance(node, InclusiveGateway))
    # A token at an activity can also leave it by its border.
    borders = [("", host, node.name) for host, node in attached]
    ways = [*((flow.id, flow.source, flow.target) for flow in flows), *borders]
    for name in spec.merges:
        nodes[name].reaching = reaching(name, ways)
    spec.branches = Branches(nodes, ways)


def _furnish_wholes(nodes: Mapping[str, SpecNode], lowered: Lowered) -> None:
    """Tell events what has to come for them: themselves, or each definition of a parallel multiple event."""
    wholes = {node.whole for node in lowered.nodes.values()}
    for name, node in nodes.items():
        node.whole = nodes[lowered.nodes[name].whole or name]
        if name not in wholes:
            node.whole.awaited += (node,)


def _connect(flow: LoweredFlow, nodes: Mapping[str, SpecNode], compiled: Compiled) -> None:
    outgoing = Outgoing(
        id=flow.id,
        element=flow.element,
        target=nodes[flow.target],
        condition=compiled.conditions.get(flow.element),
        is_default=flow.is_default,
    )
    nodes[flow.source].outgoing += (outgoing,)
    nodes[flow.target].incoming += (flow.id,)
    nodes[flow.target].is_arm |= isinstance(nodes[flow.source], EventGateway)


def _furnish_undoing(spec: Any, diagram: Diagram, compensations: Compensations, compiled: Compiled) -> None:
    """Give an inside the node at which undoing begins in it, if any; when it holds a handler, also what that reads."""
    begins = next(
        (node for node in spec.task_specs.values() if isinstance(node, SpecNode) and node.begins_undoing), None
    )
    spec.undone_at, spec.handler_reads = begins, None
    if isinstance(begins, HandlerStart):
        (handler,) = compensations.handlers[begins.element]
        spec.handler_reads = names_read_by(handler.id, diagram, compiled)


def _behaviour(compiled: Compiled, node: LoweredNode) -> Behaviour:
    """What a lowered node does of what its source element declares."""
    behaviour = compiled.behaviours[node.element]
    if node.definition is not None:
        return behaviour.each[node.definition]
    match node.role:
        case Role.ITSELF:
            return behaviour
        case Role.WHOLE:
            return replace(behaviour, inputs=(), outputs=())
        case Role.PERFORMANCE:
            return replace(behaviour, deadline=None)
        case Role.OFFER:
            wish = Publication(PublicationKind.ACTIVITY, behaviour.element)
            return replace(behaviour, inputs=(), outputs=(), timer=None, publication=wish)


def _kept_decisions(compiled: Compiled) -> tuple[str, ...]:
    called = (behaviour.decision for behaviour in compiled.behaviours.values())
    kept = (decision.id for decision in called if decision and decision.binding is Binding.DEPLOYMENT)
    return tuple(dict.fromkeys(kept))


def _view(source: bytes, diagram: Diagram, checked: Checked) -> DefinitionView:
    behaviours = checked.compiled.behaviours
    stages = dict.fromkeys(behaviour.own_stage for behaviour in behaviours.values() if behaviour.own_stage)
    return DefinitionView(
        key=diagram.key,
        name=diagram.name,
        sha=hashlib.sha256(source).digest(),
        version_tag=diagram.declared.version_tag,
        elements={node.id: _element(diagram, node, behaviours[node.id]) for node in diagram.nodes.values()},
        flows={
            flow.id: SequenceFlow(
                id=flow.id,
                name=flow.name,
                source=flow.source,
                target=flow.target,
                condition=(flow.condition or "").removeprefix("=").strip(),
                name_en=flow.declared.name_en,
            )
            for flow in diagram.flows.values()
        },
        stages=tuple(stages),
        forms=frozenset(behaviour.form for behaviour in behaviours.values() if behaviour.form),
        start=_start(diagram),
        starts_by=_starts_by(diagram),
        name_en=diagram.declared.name_en,
        properties=diagram.declared.property_values,
        findings=checked.findings,
    )


def _start(diagram: Diagram) -> str:
    starts = (node.id for node in diagram.nodes_in(diagram.key) if node.kind is ElementKind.START_EVENT)
    return next(starts, "")


def _starts_by(diagram: Diagram) -> tuple[str, ...]:
    start = diagram.nodes[_start(diagram)]
    named = (f"{each.kind.value}:{each.name}" for each in start.publications)
    return tuple(dict.fromkeys((*named, *(f"timer:{each.kind.value}" for each in start.timers))))


def _element(diagram: Diagram, node: Node, behaviour: Behaviour) -> Element:
    return Element(
        id=node.id,
        kind=node.kind,
        name=node.name,
        name_en=node.declared.name_en,
        parent=None if node.scope == diagram.key else node.scope,
        stage=behaviour.stage,
        form=behaviour.form,
        separate_from=behaviour.separate_from,
        documentation=node.documentation,
        properties=node.declared.property_values,
    )
