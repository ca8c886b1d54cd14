"""What a file says of itself without being checked: which process it holds and which ones that calls."""

from __future__ import annotations

from typing import NamedTuple

from engine.definition import ElementKind
from engine.spiff.compiling import called_process
from engine.spiff.diagram import executable_processes, read_diagram
from engine.spiff.xml import DocumentRefused, read_document


class Outline(NamedTuple):
    """One process and its calls; empty when the file cannot be read."""

    key: str = ""
    version_tag: str = ""
    calls: tuple[str, ...] = ()
    name: str = ""


def outline(source: bytes) -> Outline:
    """The outline of any bytes; never raises."""
    try:
        root = read_document(source)
    except DocumentRefused:
        return Outline()
    for process in executable_processes(root)[:1]:
        diagram = read_diagram(root, process)
        calls = (node for node in diagram.nodes.values() if node.kind is ElementKind.CALL_ACTIVITY)
        return Outline(
            diagram.key, diagram.declared.version_tag, tuple(sorted(set(map(called_process, calls)))), diagram.name
        )
    return Outline()
