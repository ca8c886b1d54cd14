"""Calls of other processes: they name one that is published, and do not lead back to where they came from."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.decisions import Binding
from engine.definition import ElementKind, Finding
from engine.errors import Refusal
from engine.feel import parse_attribute
from engine.spiff.compiling import called_process
from engine.spiff.diagram import Diagram, Node
from engine.spiff.processes import Processes
from engine.spiff.rules import finding

if TYPE_CHECKING:
    from engine.spiff.definition import Definition

_BOOLEANS = frozenset({"", "true", "false"})


def check_calls(diagram: Diagram) -> Iterator[Finding]:
    """Each call says which process and which of its versions it means."""
    for node in _calls(diagram):
        process = called_process(node)
        if not process:
            yield finding("call.missing", node.id, line=node.line)
        elif parse_attribute(process) is not None:
            yield finding("call.computed", node.id, line=node.line)
        elif process == diagram.key:
            yield finding("call.itself", node.id, line=node.line, process=process)
        if node.declared.process and node.xml.get("calledElement"):
            yield finding(
                "dialect.overrides", node.id, line=node.line, standard="calledElement", ours="zeebe:calledElement"
            )
        yield from _check_binding(node)
        yield from _check_passing(node)


def check_called(diagram: Diagram, processes: Processes) -> Iterator[Finding]:
    """Every process called is published, and none of them calls this one again."""
    for node in _calls(diagram):
        process, tag = called_process(node), node.declared.process_tag
        if not process or process == diagram.key or parse_attribute(process) is not None:
            continue
        if not _is_published(processes, process, tag):
            yield _unknown(node, process, tag, processes)
        elif _begins_by_event(processes, process, tag):
            yield finding("call.begins_by_event", node.id, line=node.line, process=process)
        elif way := _way_back(diagram.key, process, processes):
            path = " → ".join((diagram.key, *way))
            yield finding("call.round", node.id, line=node.line, path=path)


def _calls(diagram: Diagram) -> Iterator[Node]:
    return (node for node in diagram.nodes.values() if node.kind is ElementKind.CALL_ACTIVITY)


def _check_binding(node: Node) -> Iterator[Finding]:
    binding, tag = node.declared.process_binding or Binding.LATEST, node.declared.process_tag
    if binding not in list(Binding):
        yield finding("call.binding", node.id, line=node.line, binding=binding)
    elif bool(tag) is not (binding == Binding.VERSION_TAG):
        yield finding("call.version_tag", node.id, line=node.line, binding=binding, tag=tag)


def _check_passing(node: Node) -> Iterator[Finding]:
    written = {
        "propagateAllParentVariables": node.declared.passes_in,
        "propagateAllChildVariables": node.declared.passes_out,
    }
    for attribute, value in written.items():
        if value not in _BOOLEANS:
            yield finding("call.passing", node.id, line=node.line, attribute=attribute, value=value[:40])


def _is_published(processes: Processes, process: str, tag: str) -> bool:
    try:
        _called(processes, process, tag)
    except Refusal:
        return False
    return True


def _begins_by_event(processes: Processes, process: str, tag: str) -> bool:
    return bool(_called(processes, process, tag).view.starts_by)


def _called(processes: Processes, process: str, tag: str) -> Definition:
    return processes.tagged_compiled(process, tag) if tag else processes.latest_compiled(process)


def _way_back(key: str, process: str, processes: Processes) -> list[str]:
    """The calls from a process back to a key; empty when there is no such way."""
    ways, seen = [[process]], {process}
    for way in ways:
        try:
            called = processes.latest_compiled(way[-1]).calls
        except Refusal:
            continue
        if key in called:
            return [*way, key]
        ways += [[*way, further] for further in called if further not in seen]
        seen |= called
    return []


def _unknown(node: Node, process: str, tag: str, processes: Processes) -> Finding:
    close = get_close_matches(process, processes.keys(), n=1)
    return finding(
        "call.unknown",
        node.id,
        line=node.line,
        process=process,
        tag_zh=f"（标签 {tag}）" if tag else "",
        tag_en=f' tagged "{tag}"' if tag else "",
        hint_zh=f"是否想写 {close[0]}？" if close and close[0] != process else "",
        hint_en=f" Did you mean {close[0]}?" if close and close[0] != process else "",
    )
