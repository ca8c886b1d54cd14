"""The diagram as it is drawn: nodes, flows and scopes with their places in the file, right or wrong.

This is what the lint looks at and what lowering starts from. Ids are those of the file; where an id is used twice the
first use is kept here and the lint names both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from engine.definition import ElementKind
from engine.spiff.dialect import Declarations, read_declarations
from engine.spiff.event_definitions import event_definitions
from engine.spiff.formal_expressions import WrittenExpression, formal_expression
from engine.spiff.offers import WrittenAdHoc, read_ad_hoc
from engine.spiff.publications import WrittenPublication, read_publications
from engine.spiff.repetitions import WrittenRepetition, read_repetition
from engine.spiff.supported import ACTIVITIES, CATCHING, CONTAINERS, EXECUTED, PASSED_AT_ONCE, SCOPES
from engine.spiff.written_timers import WrittenTimer, read_timers
from engine.spiff.xml import BPMN, line_of, local_name, local_part

_BPMN_PREFIX = f"{{{BPMN}}}"


@dataclass(kw_only=True, slots=True)
class Node:
    """One flow node that is executed."""

    id: str
    kind: ElementKind
    name: str
    line: int
    #: Id of the process or sub-process it stands in.
    scope: str
    documentation: str
    #: Id of the default flow as written, or empty.
    default: str
    declared: Declarations
    xml: etree._Element
    #: Names of the lane it lies in, or empty.
    lane: str = ""
    #: Its event definitions, those at the root that it refers to included.
    definitions: tuple[etree._Element, ...] = ()
    #: What its timer definitions say.
    timers: tuple[WrittenTimer, ...] = ()
    #: The messages and signals that it names.
    publications: tuple[WrittenPublication, ...] = ()
    #: What its conditional definitions say.
    conditions: tuple[WrittenExpression, ...] = ()
    #: How it is performed several times, when it is an activity.
    repetition: WrittenRepetition | None = None
    #: How it offers its activities, when it is an ad-hoc sub-process.
    ad_hoc: WrittenAdHoc | None = None
    #: Whether it is the start of an event sub-process, which begins when what it catches has come.
    is_event_start: bool = False
    #: Whether an event-based gateway leads here, which waits in its stead.
    is_arm: bool = False
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)

    @property
    def triggers(self) -> tuple[str, ...]:
        """Tags of its event definitions."""
        return tuple(map(local_name, self.definitions))

    @property
    def throws_message(self) -> bool:
        """Whether this is a send task that throws a message, instead of handing a job to an outside system."""
        return self.kind is ElementKind.SEND_TASK and bool(self.publications) and not self.declared.topic

    @property
    def attached_to(self) -> str:
        """Id of the activity that a boundary event stands on, as written; empty for other nodes."""
        return (self.xml.get("attachedToRef") or "") if self.kind is ElementKind.BOUNDARY_EVENT else ""

    @property
    def each(self) -> tuple[Node, ...]:
        """The event as if each of its definitions stood in it alone; itself when it has no more than one."""
        if len(self.definitions) < 2:
            return (self,)
        return tuple(_with_definition(self, definition) for definition in self.definitions)

    @property
    def is_parallel_multiple(self) -> bool:
        """Whether the event waits until each of its definitions has come, and not only for the first."""
        return len(self.definitions) > 1 and self.xml.get("parallelMultiple") == "true"

    @property
    def begins_flow(self) -> bool:
        """Whether the flow of the process or of a sub-process begins here; what begins the process has come by then."""
        return self.kind is ElementKind.START_EVENT and not self.is_event_start

    @property
    def begins_by_event(self) -> bool:
        """Whether it begins the process when something comes: a message, a signal or the moment of a timer."""
        return bool(self.definitions) and is_process_start(self.xml)

    @property
    def is_multiple(self) -> bool:
        """Whether it is an event that catches or throws several things."""
        return len(self.definitions) > 1 and not self.begins_flow

    @property
    def is_passed_at_once(self) -> bool:
        """Whether what the event names may come without anybody having waited."""
        enough = all if self.is_parallel_multiple else any
        return enough(trigger in PASSED_AT_ONCE for trigger in self.triggers)

    @property
    def is_handler(self) -> bool:
        """Whether it is an activity that undoes another one, and stands in no flow."""
        return self.kind in ACTIVITIES and self.xml.get("isForCompensation") == "true"

    @property
    def leads_to_handler(self) -> bool:
        """Whether it is the event on a border from which an association leads to what undoes the activity."""
        return self.kind is ElementKind.BOUNDARY_EVENT and "compensateEventDefinition" in self.triggers

    @property
    def is_beside_flow(self) -> bool:
        """Whether no sequence flow leads to it: it begins when something has come or is to be undone."""
        return self.kind is ElementKind.EVENT_SUB_PROCESS or self.is_handler or self.leads_to_handler

    @property
    def catches(self) -> bool:
        """Whether it is an event that catches something."""
        return self.is_event_start or self.kind in CATCHING

    @property
    def interrupts(self) -> bool:
        """Whether it ends its activity, or the scope of its event sub-process, as it does unless it says otherwise."""
        if self.is_event_start:
            return self.xml.get("isInterrupting") != "false"
        return self.kind is ElementKind.BOUNDARY_EVENT and self.xml.get("cancelActivity") != "false"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Flow:
    """One sequence flow."""

    id: str
    name: str
    line: int
    scope: str
    source: str
    target: str
    #: The condition as written; ``None`` when there is none.
    condition: str | None
    #: Language of the condition as written, or empty.
    language: str
    declared: Declarations = field(default_factory=Declarations)


@dataclass(kw_only=True, slots=True)
class Diagram:
    """The one executable process of a file."""

    root: etree._Element
    process: etree._Element
    key: str
    name: str
    declared: Declarations
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    #: What associations connect, as written.
    associations: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> int:
        """Where the process begins in the file."""
        return line_of(self.process)

    def scopes(self) -> Iterator[str]:
        """Ids of the process and all its sub-processes, outer before inner."""
        yield self.key
        yield from (node.id for node in self.nodes.values() if node.kind in SCOPES)

    def nodes_in(self, scope: str) -> list[Node]:
        """The nodes that stand directly in a scope."""
        return [node for node in self.nodes.values() if node.scope == scope]

    def beginnings(self, scope: str) -> list[Node]:
        """Where tokens begin: the starts of a scope, or what no flow leads to of an ad-hoc sub-process's activities."""
        nodes = self.nodes_in(scope)
        if not self.is_ad_hoc(scope):
            return [node for node in nodes if node.kind is ElementKind.START_EVENT]
        return [node for node in nodes if node.kind in ACTIVITIES and not node.incoming and not node.is_handler]

    def is_ad_hoc(self, scope: str) -> bool:
        """Whether a scope is the inside of an ad-hoc sub-process."""
        return scope != self.key and scope in self.nodes and self.nodes[scope].ad_hoc is not None

    def around(self, node: Node) -> Iterator[Node]:
        """A node and the sub-processes around it, innermost first; ends in every diagram, right or wrong."""
        each: Node | None = node
        while each is not None:
            yield each
            # A sub-process may wrongly bear the id of the process.
            each = None if each.scope == self.key else self.nodes.get(each.scope)

    def stage_of(self, node: Node) -> str:
        """The stage declared on a node or on the nearest sub-process around it."""
        declared = (each.declared.property_values.get("stage", "") for each in self.around(node))
        return next(filter(None, declared), "")


def executable_processes(root: etree._Element) -> list[etree._Element]:
    """The processes marked executable."""
    return [process for process in root.iterfind(f"{_BPMN_PREFIX}process") if process.get("isExecutable") == "true"]


def kind_of(element: etree._Element) -> ElementKind:
    """The kind of a flow node that is executed."""
    if local_name(element) == "subProcess" and element.get("triggeredByEvent") == "true":
        return ElementKind.EVENT_SUB_PROCESS
    return EXECUTED[local_name(element)]


def read_diagram(root: etree._Element, process: etree._Element) -> Diagram:
    """The diagram of one process of a document."""
    diagram = Diagram(
        root=root,
        process=process,
        key=process.get("id") or "",
        name=process.get("name") or process.get("id") or "",
        declared=read_declarations(process),
        associations=tuple(_read_associations(root)),
    )
    _read_scope(diagram, process, diagram.key)
    for flow in diagram.flows.values():
        if flow.source in diagram.nodes:
            diagram.nodes[flow.source].outgoing.append(flow)
        if flow.target in diagram.nodes:
            diagram.nodes[flow.target].incoming.append(flow)
            diagram.nodes[flow.target].is_arm |= _chooses_by_event(diagram, flow.source)
    _connect_links(diagram)
    for node_id, lane in _lanes(process).items():
        if node_id in diagram.nodes:
            diagram.nodes[node_id].lane = lane
    return diagram


def _chooses_by_event(diagram: Diagram, identity: str) -> bool:
    return identity in diagram.nodes and diagram.nodes[identity].kind is ElementKind.EVENT_BASED_GATEWAY


def _read_scope(diagram: Diagram, container: etree._Element, scope: str) -> None:
    for child in container.iterfind(f"{_BPMN_PREFIX}*"):
        tag, identity = local_name(child), child.get("id") or ""
        if tag == "sequenceFlow":
            diagram.flows.setdefault(identity, _read_flow(child, scope))
        elif tag in EXECUTED:
            if identity not in diagram.nodes:
                diagram.nodes[identity] = _read_node(child, scope)
            if tag in CONTAINERS:
                _read_scope(diagram, child, identity)


def _read_node(element: etree._Element, scope: str) -> Node:
    # What ends other tokens is thrown last.
    definitions = tuple(
        sorted(event_definitions(element), key=lambda each: local_name(each) == "terminateEventDefinition")
    )
    kind = kind_of(element)
    return Node(
        id=element.get("id") or "",
        kind=kind,
        name=element.get("name") or "",
        line=line_of(element),
        scope=scope,
        documentation=text_of(element, "documentation"),
        default=element.get("default") or "",
        declared=read_declarations(element),
        xml=element,
        definitions=definitions,
        timers=read_timers(definitions),
        publications=read_publications(element, definitions),
        conditions=_read_conditions(definitions),
        repetition=read_repetition(element) if kind in ACTIVITIES else None,
        ad_hoc=read_ad_hoc(element),
        is_event_start=is_event_start(element),
    )


def _read_associations(root: etree._Element) -> Iterator[tuple[str, str]]:
    for each in root.iter(f"{_BPMN_PREFIX}association"):
        yield local_part(each.get("sourceRef") or ""), local_part(each.get("targetRef") or "")


def _with_definition(node: Node, definition: etree._Element) -> Node:
    alone = (definition,)
    return replace(
        node,
        definitions=alone,
        timers=read_timers(alone),
        publications=read_publications(node.xml, alone),
        conditions=_read_conditions(alone),
    )


def _read_conditions(definitions: tuple[etree._Element, ...]) -> tuple[WrittenExpression, ...]:
    conditional = (each for each in definitions if local_name(each) == "conditionalEventDefinition")
    return tuple(formal_expression(each, "condition") for each in conditional)


def is_process_start(element: etree._Element) -> bool:
    """Whether an element is the start of a process."""
    around = element.getparent()
    return around is not None and local_name(around) == "process" and local_name(element) == "startEvent"


def is_event_start(element: etree._Element) -> bool:
    """Whether an element is the start of an event sub-process."""
    around = element.getparent()
    is_inside = around is not None and around.get("triggeredByEvent") == "true"
    return is_inside and local_name(element) == "startEvent"


def _read_flow(element: etree._Element, scope: str) -> Flow:
    condition = element.find(f"{_BPMN_PREFIX}conditionExpression")
    return Flow(
        id=element.get("id") or "",
        name=element.get("name") or "",
        line=line_of(element),
        scope=scope,
        source=element.get("sourceRef") or "",
        target=element.get("targetRef") or "",
        condition=None if condition is None else (condition.text or "").strip(),
        language="" if condition is None else condition.get("language") or "",
        declared=read_declarations(element),
    )


def _connect_links(diagram: Diagram) -> None:
    """Between the two ends of a link runs a flow that is not drawn: it has no id."""
    for source in diagram.nodes.values():
        if source.kind is ElementKind.INTERMEDIATE_THROW_EVENT and (name := link_name(source)):
            for target in link_targets(diagram, source.scope, name)[:1]:
                flow = Flow(
                    id="",
                    name=name,
                    line=source.line,
                    scope=source.scope,
                    source=source.id,
                    target=target.id,
                    condition=None,
                    language="",
                )
                source.outgoing.append(flow)
                target.incoming.append(flow)


def link_targets(diagram: Diagram, scope: str, name: str) -> list[Node]:
    """The catch events of a scope to which links of a name lead."""
    return [
        node
        for node in diagram.nodes_in(scope)
        if node.kind is ElementKind.INTERMEDIATE_CATCH_EVENT and link_name(node) == name
    ]


def link_name(node: Node) -> str:
    """The name of the link of an event; empty when it has none."""
    links = (each for each in node.definitions if local_name(each) == "linkEventDefinition")
    return next(((link.get("name") or "").strip() for link in links), "")


def _lanes(process: etree._Element) -> Mapping[str, str]:
    """The innermost lane's name (or id) of each node that lies in one."""
    found: dict[str, str] = {}
    for lane in process.iter(f"{_BPMN_PREFIX}lane"):
        label = (lane.get("name") or lane.get("id") or "").strip()
        for reference in lane.iterfind(f"{_BPMN_PREFIX}flowNodeRef"):
            found[(reference.text or "").strip()] = label
    return found


def text_of(element: etree._Element, tag: str) -> str:
    """The plain text of all BPMN children of one tag, joined by line breaks."""
    texts = (
        "".join(str(part) for part in child.itertext()).strip() for child in element.iterfind(f"{_BPMN_PREFIX}{tag}")
    )
    return "\n".join(text for text in texts if text)
