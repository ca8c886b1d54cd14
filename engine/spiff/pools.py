"""Files with several executable pools: each pool is a process of its own, and gets a file of its own.

In the file of one pool the others are there for readers only. Messages between them go the way of all messages, by name
and key; a message flow says which is meant, and that both its ends speak of the same one is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from engine.definition import Finding
from engine.spiff.attributes import PublicationKind
from engine.spiff.diagram import Node, executable_processes, read_diagram
from engine.spiff.limits import MOST_POOLS
from engine.spiff.rules import finding
from engine.spiff.supported import THROWING
from engine.spiff.xml import BPMN, DocumentRefused, line_of, local_part, read_document

_FLOW = f"{{{BPMN}}}collaboration/{{{BPMN}}}messageFlow"


def apart(source: bytes) -> Sequence[bytes]:
    """A file for each executable process of a file; the file itself when it has one or too many, or cannot be read."""
    try:
        root = read_document(source)
    except DocumentRefused:
        return [source]
    processes = executable_processes(root)
    if not 1 < len(processes) <= MOST_POOLS or any(check_message_flows(root)):
        return [source]
    return [_alone(root, process, processes) for process in processes]


def check_message_flows(root: etree._Element) -> Iterator[Finding]:
    """Each message flow between executable pools leads from who throws a message to who waits for the same."""
    pools = [read_diagram(root, process).nodes for process in executable_processes(root)]
    owners: Mapping[str, int] = {identity: number for number, nodes in enumerate(pools) for identity in nodes}
    for flow in root.iterfind(_FLOW):
        source, target = (local_part(flow.get(end) or "") for end in ("sourceRef", "targetRef"))
        if source in owners and target in owners:
            yield from _check_flow(flow, pools[owners[source]][source], pools[owners[target]][target])


def _check_flow(flow: etree._Element, source: Node, target: Node) -> Iterator[Finding]:
    thrown = _messages(source) if source.kind in THROWING else set()
    caught = _messages(target) if target.kind not in THROWING else set()
    if not thrown & caught:
        facts = {"source": source.id, "target": target.id, "thrown": _told(thrown), "caught": _told(caught)}
        yield finding("message_flow.ends", flow.get("id"), line=line_of(flow), **facts)


def _messages(node: Node) -> set[str]:
    return {one.name for one in node.publications if one.kind is PublicationKind.MESSAGE and one.name}


def _told(names: set[str]) -> str:
    return "、".join(sorted(names)) or "–"


def _alone(root: etree._Element, process: etree._Element, processes: Sequence[etree._Element]) -> bytes:
    for each in processes:
        each.set("isExecutable", "true" if each is process else "false")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
