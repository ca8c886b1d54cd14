"""Runs the checks over an uploaded file, the outer ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from engine.definition import Finding
from engine.feel import FunctionTable
from engine.spiff.compiling import Compiled, compile_declarations
from engine.spiff.diagram import Diagram, executable_processes, read_diagram
from engine.spiff.rules import finding
from engine.spiff.xml import DocumentRefused, read_document


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What the checks found, and what they read on the way."""

    findings: tuple[Finding, ...]
    #: ``None`` when the file is so wrong that no diagram can be read from it.
    diagram: Diagram | None = None
    compiled: Compiled = field(default_factory=Compiled)


Check = Callable[[Diagram], Iterator[Finding]]
CHECKS: Sequence[Check] = ()


def check(source: bytes, functions: FunctionTable) -> Checked:
    """All findings about a file, in the order of its lines; never raises for any bytes."""
    try:
        root = read_document(source)
    except DocumentRefused as refused:
        return Checked(findings=(refused.finding,))
    processes = executable_processes(root)
    if len(processes) != 1:
        return Checked(findings=(finding("process.missing"),))
    diagram = read_diagram(root, processes[0])
    compiled = compile_declarations(diagram, functions)
    return Checked(findings=tuple(compiled.findings), diagram=diagram, compiled=compiled)
