"""Messages and signals that can be told apart, and gateways that wait for what can come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from engine.definition import ElementKind, Finding
from engine.feel import parse_attribute
from engine.spiff.attributes import PublicationKind, TimerKind
from engine.spiff.diagram import Diagram, Node
from engine.spiff.limits import LONGEST_NAME
from engine.spiff.moments import TimeRefused, read_time
from engine.spiff.publications import WrittenPublication
from engine.spiff.rules import finding
from engine.spiff.supported import ARMS, THROWING

_WORDS: Mapping[PublicationKind, str] = {PublicationKind.MESSAGE: "消息", PublicationKind.SIGNAL: "信号"}


def check_messages(diagram: Diagram) -> Iterator[Finding]:
    """Each message or signal has a name, and what it needs beside it."""
    for node in diagram.nodes.values():
        if node.kind is ElementKind.RECEIVE_TASK and not node.publications:
            yield finding("message.missing", node.id, line=node.line)
        for publication in node.publications:
            yield from _check_name(node, publication)
            if publication.kind is PublicationKind.MESSAGE and not node.begins_flow:
                yield from _check_message(node, publication)


def check_event_gateways(diagram: Diagram) -> Iterator[Finding]:
    """Whatever follows an event-based gateway can be waited for by it, and by it alone."""
    hosts = {node.attached_to for node in diagram.nodes.values()}
    for gateway in diagram.nodes.values():
        if gateway.kind is ElementKind.EVENT_BASED_GATEWAY:
            if len(gateway.outgoing) < 2:
                yield finding("event_gateway.arms", gateway.id, line=gateway.line, count=len(gateway.outgoing))
            for flow in gateway.outgoing:
                if flow.target in diagram.nodes:
                    yield from _check_arm(gateway, diagram.nodes[flow.target], hosts)
            yield from _check_doubles(diagram, gateway)


def _check_name(node: Node, publication: WrittenPublication) -> Iterator[Finding]:
    words = {"kind": publication.kind.value, "kind_zh": _WORDS[publication.kind]}
    name, line = publication.name, publication.line
    if name is None:
        yield finding("message.unresolved", node.id, line=line, reference=publication.reference[:40], **words)
    elif not name or name.startswith("=") or len(name) > LONGEST_NAME:
        yield finding("message.name", node.id, line=line, name=name[:40], limit=LONGEST_NAME, **words)


def _check_message(node: Node, publication: WrittenPublication) -> Iterator[Finding]:
    own = node.declared.property_values if node.kind in THROWING else {}
    if publication.name and not (own.get("correlationKey") or publication.key):
        yield finding("message.key", node.id, line=publication.line, name=publication.name[:40])
    text = own.get("timeToLive", "")
    if text and parse_attribute(text) is None:
        try:
            read_time(TimerKind.DURATION, text)
        except TimeRefused as refused:
            yield finding(
                "message.time_to_live",
                node.id,
                line=node.line,
                text=text[:40],
                detail_zh=refused.message_zh,
                detail_en=refused.message_en,
            )


def _check_arm(gateway: Node, arm: Node, hosts: set[str]) -> Iterator[Finding]:
    if arm.kind not in ARMS:
        yield finding("event_gateway.arm", gateway.id, line=gateway.line, target=arm.id)
        return
    if len(arm.incoming) > 1:
        yield finding("event_gateway.shared_arm", arm.id, line=arm.line, target=arm.id)
    if arm.declared.inputs:
        yield finding("event_gateway.inputs", arm.id, line=arm.line, target=arm.id)
    if arm.id in hosts:
        yield finding("event_gateway.border", arm.id, line=arm.line, target=arm.id)


def _check_doubles(diagram: Diagram, gateway: Node) -> Iterator[Finding]:
    arms = (diagram.nodes[flow.target] for flow in gateway.outgoing if flow.target in diagram.nodes)
    waited_for = Counter((one.kind, one.name, one.key) for arm in arms for one in arm.publications if one.name)
    for (kind, name, _), count in waited_for.items():
        if count > 1:
            words = {"kind": kind.value, "kind_zh": _WORDS[kind]}
            yield finding("event_gateway.twice", gateway.id, line=gateway.line, name=str(name)[:40], **words)
