"""Draws small diagrams as BPMN text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
)


#: What events of any drawing may refer to.
ROOT_ELEMENTS = """
<bpmn:error id="error-lost" errorCode="lost"/><bpmn:error id="error-broken" errorCode="broken"/>
<bpmn:error id="error-nameless"/>
<bpmn:error id="error-computed" errorCode="= x"/>
<bpmn:escalation id="escalation-late" escalationCode="late"/>
<bpmn:escalation id="escalation-loud" escalationCode="loud"/>
<bpmn:errorEventDefinition id="any-error"/><bpmn:errorEventDefinition id="lost-error" errorRef="error-lost"/>
"""


_AT_ROOT = ("<bpmn:message ", "<bpmn:signal ")


def document(*parts: str, key: str = "demo", executable: str = ' isExecutable="true"', around: str = "") -> bytes:
    """A file with one process made of parts; messages and signals among them stand at the root, where they belong."""
    body = "\n".join(part for part in parts if not part.startswith(_AT_ROOT))
    around = "\n".join((around, *(part for part in parts if part.startswith(_AT_ROOT))))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions {NAMESPACES}>\n'
        f'<bpmn:process id="{key}" name="演示"{executable}>\n{body}\n</bpmn:process>\n{around}\n{ROOT_ELEMENTS}'
        '<bpmndi:BPMNDiagram id="picture"/>\n</bpmn:definitions>'
    ).encode()


def element(tag: str, identity: str, inner: str = "", **attributes: str) -> str:
    """Any BPMN element."""
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bpmn:{tag} id="{identity}"{written}>{inner}</bpmn:{tag}>'


def extensions(*inner: str) -> str:
    """An ``extensionElements`` with the given ones inside."""
    return f"<bpmn:extensionElements>{''.join(inner)}</bpmn:extensionElements>"


def properties(**values: str) -> str:
    """``zeebe:properties``."""
    entries = "".join(f"<zeebe:property name={quoteattr(k)} value={quoteattr(v)}/>" for k, v in values.items())
    return f"<zeebe:properties>{entries}</zeebe:properties>"


def mapping(inputs: Mapping[str, str] | None = None, outputs: Mapping[str, str] | None = None) -> str:
    """A ``zeebe:ioMapping`` from target → source."""

    def entries(tag: str, written: Mapping[str, str] | None) -> str:
        return "".join(
            f"<zeebe:{tag} source={quoteattr(source)} target={quoteattr(target)}/>"
            for target, source in (written or {}).items()
        )

    return f"<zeebe:ioMapping>{entries('input', inputs)}{entries('output', outputs)}</zeebe:ioMapping>"


def start(identity: str = "start", inner: str = "") -> str:
    return element("startEvent", identity, inner)


def end(identity: str = "end", inner: str = "") -> str:
    return element("endEvent", identity, inner)


def terminate(identity: str) -> str:
    return end(identity, "<bpmn:terminateEventDefinition/>")


def user(identity: str, *inner: str, groups: str = "desk", **attributes: str) -> str:
    """A user task offered to groups."""
    assigned = f"<zeebe:assignmentDefinition candidateGroups={quoteattr(groups)}/>" if groups else ""
    return element("userTask", identity, extensions(assigned, *inner), name=identity.upper(), **attributes)


def script(identity: str, expression: str, result: str, *inner: str) -> str:
    """A FEEL script task."""
    written = f"<zeebe:script expression={quoteattr(expression)} resultVariable={quoteattr(result)}/>"
    return element("scriptTask", identity, extensions(written, *inner))


def rule_task(identity: str, decision: str, result: str, *inner: str, **binding: str) -> str:
    """A business rule task; ``binding`` are further attributes of the call."""
    attributes = {"decisionId": decision, "resultVariable": result, **binding}
    called = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
    return element("businessRuleTask", identity, extensions(f"<zeebe:calledDecision{called}/>", *inner))


def outside(identity: str, topic: str, *inner: str, tag: str = "serviceTask", retries: str = "", **headers: str) -> str:
    """A task of an outside system."""
    written = f"<zeebe:taskDefinition type={quoteattr(topic)} retries={quoteattr(retries)}/>" if topic else ""
    entries = "".join(f"<zeebe:header key={quoteattr(k)} value={quoteattr(v)}/>" for k, v in headers.items())
    return element(tag, identity, extensions(written, f"<zeebe:taskHeaders>{entries}</zeebe:taskHeaders>", *inner))


def sub(identity: str, *parts: str, inner: str = "") -> str:
    """An embedded sub-process."""
    return element("subProcess", identity, inner + "".join(parts))


def event_sub(identity: str, cause: str, *parts: str, interrupts: bool = True, inner: str = "") -> str:
    """An event sub-process; its start bears its id with ``on_`` before it."""
    beside = {} if interrupts else {"isInterrupting": "false"}
    begin = element("startEvent", f"on_{identity}", cause, **beside)
    return element("subProcess", identity, inner + begin + "".join(parts), triggeredByEvent="true")


def call(identity: str, process: str, *inner: str, **attributes: str) -> str:
    """A call activity; ``attributes`` are further ones of the call."""
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    called = f"<zeebe:calledElement processId={quoteattr(process)}{written}/>"
    return element("callActivity", identity, extensions(called, *inner))


def timer(kind: str, text: str) -> str:
    """A timer definition with a ``timeDate``, ``timeDuration`` or ``timeCycle``."""
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{escape(text)}</bpmn:{kind}></bpmn:timerEventDefinition>"


def message(identity: str, name: str, key: str = "") -> str:
    """A message with the key by which it is correlated."""
    subscription = extensions(f"<zeebe:subscription correlationKey={quoteattr(key)}/>") if key else ""
    return element("message", identity, subscription, name=name)


def signal(identity: str, name: str) -> str:
    """A signal."""
    return element("signal", identity, name=name)


def of_message(reference: str) -> str:
    """The definition of an event that catches or throws a message."""
    return f"<bpmn:messageEventDefinition messageRef={quoteattr(reference)}/>"


def of_condition(condition: str) -> str:
    """The definition of an event that waits for a condition."""
    formal = f"<bpmn:condition>{escape(condition)}</bpmn:condition>"
    return f"<bpmn:conditionalEventDefinition>{formal}</bpmn:conditionalEventDefinition>"


def of_signal(reference: str) -> str:
    """The definition of an event that catches or throws a signal."""
    return f"<bpmn:signalEventDefinition signalRef={quoteattr(reference)}/>"


def receive(identity: str, reference: str = "", inner: str = "") -> str:
    """A task that waits for a message."""
    return element("receiveTask", identity, inner, **({"messageRef": reference} if reference else {}))


def send(identity: str, reference: str = "", inner: str = "") -> str:
    """A task that throws a message."""
    return element("sendTask", identity, inner, **({"messageRef": reference} if reference else {}))


def event_based(identity: str, **attributes: str) -> str:
    return element("eventBasedGateway", identity, **attributes)


def catch(identity: str, inner: str) -> str:
    """An event in the flow that waits."""
    return element("intermediateCatchEvent", identity, inner)


def throw(identity: str, inner: str = "") -> str:
    """An event in the flow that is passed at once."""
    return element("intermediateThrowEvent", identity, inner)


def error(reference: str = "") -> str:
    """An error definition; without reference it catches every error."""
    written = f" errorRef={quoteattr('error-' + reference)}" if reference else ""
    return f"<bpmn:errorEventDefinition{written}/>"


def escalation(reference: str = "") -> str:
    """An escalation definition; without reference it catches every escalation."""
    written = f" escalationRef={quoteattr('escalation-' + reference)}" if reference else ""
    return f"<bpmn:escalationEventDefinition{written}/>"


def link(name: str) -> str:
    """A link definition."""
    return f"<bpmn:linkEventDefinition name={quoteattr(name)}/>"


def boundary(identity: str, host: str, inner: str, *, interrupts: bool = True) -> str:
    """An event on the border of an activity."""
    cancels = {} if interrupts else {"cancelActivity": "false"}
    return element("boundaryEvent", identity, inner, attachedToRef=host, **cancels)


def all_of(event: str) -> str:
    """The same event, which goes on when each of its definitions has come."""
    return re.sub(r"<bpmn:(\w+Event) ", r'<bpmn:\1 parallelMultiple="true" ', event, count=1)


def compensation(activity: str = "", **attributes: str) -> str:
    """A compensation definition; thrown, it undoes one activity, or all of the scope."""
    named = {"activityRef": activity, **attributes} if activity else attributes
    return f"<bpmn:compensateEventDefinition{''.join(f' {name}={quoteattr(value)}' for name, value in named.items())}/>"


CANCEL = "<bpmn:cancelEventDefinition/>"


def association(source: str, target: str) -> str:
    """An association between two elements."""
    return element("association", f"{source}-to-{target}", sourceRef=source, targetRef=target)


def undone(host: str, handler: str = "") -> str:
    """What undoes an activity: a compensation event ``on_…`` on its border, and a handler, a task ``undo_…``."""
    written = handler or user(f"undo_{host}", isForCompensation="true")
    return boundary(f"on_{host}", host, compensation()) + written + association(f"on_{host}", f"undo_{host}")


def ad_hoc(identity: str, *parts: str, until: str = "", begins: str = "", **attributes: str) -> str:
    """An ad-hoc sub-process with its completion condition and what it begins with."""
    named = extensions(f"<zeebe:adHoc activeElementsCollection={quoteattr(begins)}/>") if begins else ""
    ends = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
    return element("adHocSubProcess", identity, named + "".join(parts) + ends, **attributes)


def transaction(identity: str, *parts: str) -> str:
    """A transaction."""
    return element("transaction", identity, "".join(parts))


def exclusive(identity: str, **attributes: str) -> str:
    return element("exclusiveGateway", identity, **attributes)


def parallel(identity: str) -> str:
    return element("parallelGateway", identity)


def inclusive(identity: str, **attributes: str) -> str:
    return element("inclusiveGateway", identity, **attributes)


def flow(source: str, target: str, when: str | None = None, identity: str = "") -> str:
    """A sequence flow, named ``source-target`` unless told otherwise."""
    condition = "" if when is None else f"<bpmn:conditionExpression>{escape(when)}</bpmn:conditionExpression>"
    return element("sequenceFlow", identity or f"{source}-{target}", condition, sourceRef=source, targetRef=target)


def chain(*identities: str) -> str:
    """Flows from each to the next."""
    return "\n".join(flow(one, other) for one, other in pairwise(identities))


def repeated(activity: str, characteristics: str) -> str:
    """An activity with what says how it is performed several times."""
    tag = activity[1 : activity.index(" ")]
    return activity.removesuffix(f"</{tag}>") + f"{characteristics}</{tag}>"


def for_each(
    collection: str = "",
    element_: str = "",
    *,
    output: str = "",
    yields: str = "",
    cardinality: str = "",
    until: str = "",
    **attributes: str,
) -> str:
    """Multi-instance characteristics; ``attributes`` are those of the standard, such as ``isSequential``."""
    named = {
        "inputCollection": collection,
        "inputElement": element_,
        "outputCollection": output,
        "outputElement": yields,
    }
    declared = "".join(f" {name}={quoteattr(value)}" for name, value in named.items() if value)
    inner = extensions(f"<zeebe:loopCharacteristics{declared}/>") if declared else ""
    inner += f"<bpmn:loopCardinality>{escape(cardinality)}</bpmn:loopCardinality>" if cardinality else ""
    inner += f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<bpmn:multiInstanceLoopCharacteristics{written}>{inner}</bpmn:multiInstanceLoopCharacteristics>"


def again_while(condition: str = "", **attributes: str) -> str:
    """The characteristics of a standard loop."""
    inner = f"<bpmn:loopCondition>{escape(condition)}</bpmn:loopCondition>" if condition else ""
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<bpmn:standardLoopCharacteristics{written}>{inner}</bpmn:standardLoopCharacteristics>"
