"""Runs the checks over an uploaded file, the outer ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from engine.definition import Finding
from engine.feel import FunctionTable
from engine.spiff.compiling import Compiled, compile_declarations
from engine.spiff.diagram import Diagram, executable_processes, read_diagram
from engine.spiff.lint.ad_hoc import check_ad_hoc
from engine.spiff.lint.calls import check_called, check_calls
from engine.spiff.lint.compensation import check_compensation, check_transactions
from engine.spiff.lint.data_flow import check_data_flow
from engine.spiff.lint.deadlines import check_deadlines, check_followers
from engine.spiff.lint.decisions import check_decisions
from engine.spiff.lint.document import check_elements, check_ids, check_picture, check_processes, check_size
from engine.spiff.lint.effects import check_effects, check_entries, check_procedure
from engine.spiff.lint.english_names import check_english_names
from engine.spiff.lint.event_sub_processes import check_event_sub_processes
from engine.spiff.lint.events import check_catches, check_events, check_links
from engine.spiff.lint.extensions import check_extensions
from engine.spiff.lint.flows import check_conditions, check_flows
from engine.spiff.lint.graph import check_loops, check_path_length
from engine.spiff.lint.jobs import check_jobs, check_targets, check_templates
from engine.spiff.lint.ladders import check_escalations, check_ladder
from engine.spiff.lint.messages import check_event_gateways, check_messages
from engine.spiff.lint.names import Declared, check_names
from engine.spiff.lint.references import (
    check_directions,
    check_lanes,
    check_listed_flows,
    check_places,
    check_references,
)
from engine.spiff.lint.repetitions import check_repetitions
from engine.spiff.lint.scopes import check_scopes
from engine.spiff.lint.soundness import check_soundness
from engine.spiff.lint.starts import check_start_names, check_starts
from engine.spiff.lint.tasks import check_properties, check_tasks
from engine.spiff.lint.timers import check_boundaries, check_timers
from engine.spiff.lint.variables import check_variables
from engine.spiff.pools import check_message_flows
from engine.spiff.xml import DocumentRefused, read_document

Check = Callable[[Diagram], Iterator[Finding]]

#: Every check that needs nothing but the diagram.
CHECKS: Sequence[Check] = (
    check_picture,
    check_ids,
    check_elements,
    check_references,
    check_places,
    check_listed_flows,
    check_directions,
    check_lanes,
    check_extensions,
    check_flows,
    check_conditions,
    check_scopes,
    check_loops,
    check_path_length,
    check_tasks,
    check_properties,
    check_english_names,
    check_timers,
    check_boundaries,
    check_events,
    check_catches,
    check_links,
    check_event_sub_processes,
    check_compensation,
    check_transactions,
    check_ad_hoc,
    check_procedure,
    check_effects,
    check_entries,
    check_ladder,
    check_escalations,
    check_jobs,
    check_messages,
    check_starts,
    check_event_gateways,
    check_calls,
    check_repetitions,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What the checks found, and what they read on the way."""

    #: In the order of the lines they are about.
    findings: tuple[Finding, ...]
    #: ``None`` when no single executable process can be read from the file.
    diagram: Diagram | None = None
    compiled: Compiled = field(default_factory=Compiled)


def check_whole(source: bytes, declared: Declared | None, functions: FunctionTable) -> Checked:
    """All findings about a file, what comes of playing it included; never raises for any bytes."""
    checked = check(source, declared, functions)
    if checked.diagram is None or any(each.is_error for each in checked.findings):
        return checked
    played = check_soundness(checked.diagram)
    findings = [*checked.findings, *check_data_flow(checked.diagram, checked.compiled), *played]
    return replace(checked, findings=tuple(sorted(findings, key=_line)))


def _check_published(diagram: Diagram, compiled: Compiled, declared: Declared) -> Iterator[Finding]:
    """What the diagram names of other definitions and of outside systems, as far as those are known."""
    if declared.decisions is not None:
        yield from check_decisions(diagram, compiled, declared.decisions)
    if declared.targets is not None:
        yield from check_targets(compiled, declared.targets)
        yield from check_templates(diagram, declared.targets)
    if declared.processes is not None:
        yield from check_called(diagram, declared.processes)


def check(source: bytes, declared: Declared | None, functions: FunctionTable) -> Checked:
    """What must hold of a file so that it can be run; never raises for any bytes."""
    try:
        root = read_document(source)
    except DocumentRefused as refused:
        return Checked(findings=(refused.finding,))
    findings = [*check_processes(root), *check_message_flows(root)]
    executable = executable_processes(root)
    if len(executable) != 1:
        return Checked(findings=tuple(findings))
    diagram = read_diagram(root, executable[0])
    # The other checks take more than linear time.
    if too_large := tuple(check_size(diagram)):
        return Checked(findings=too_large)
    for one in CHECKS:
        findings.extend(one(diagram))
    compiled = compile_declarations(diagram, functions)
    findings.extend(compiled.findings)
    findings.extend(check_names(diagram, compiled, declared, functions))
    findings.extend(check_deadlines(diagram, declared))
    findings.extend(check_followers(diagram, compiled))
    findings.extend(check_start_names(diagram, compiled, functions))
    if declared is not None:
        findings.extend(check_variables(diagram, compiled, declared, functions))
        findings.extend(_check_published(diagram, compiled, declared))
    return Checked(findings=tuple(sorted(findings, key=_line)), diagram=diagram, compiled=compiled)


def _line(finding: Finding) -> int:
    return finding.line or 0
