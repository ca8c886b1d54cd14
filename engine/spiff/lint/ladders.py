"""Ladders: procedures that a deadline starts when it warns, and tasks that tell somebody of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.effects import WARNING, HostKind
from engine.spiff.compiling import STARTED_BY, names_in
from engine.spiff.diagram import Diagram
from engine.spiff.limits import LONGEST_STAGE
from engine.spiff.lint.effects import ATTACHES_TO
from engine.spiff.rules import finding
from engine.spiff.xml import line_of

#: Property of a task that tells somebody of a deadline: how far that has come.
ESCALATION = "escalation"


def check_ladder(diagram: Diagram) -> Iterator[Finding]:
    """What a deadline starts stands on one, is started by nobody else, and asks nobody anything."""
    properties, line = diagram.declared.property_values, line_of(diagram.process)
    starters = names_in(properties.get(STARTED_BY, ""))
    if WARNING not in starters or ATTACHES_TO not in properties:
        return
    if properties[ATTACHES_TO] != HostKind.DEADLINE:
        yield finding("procedure.warning_host", diagram.key, line=line, attaches_to=properties[ATTACHES_TO])
    if len(starters) > 1:
        yield finding("procedure.warning_alone", diagram.key, line=line)
    for node in diagram.nodes.values():
        if node.kind is ElementKind.START_EVENT and node.declared.form:
            yield finding("procedure.warning_form", node.id, line=node.line)


def check_escalations(diagram: Diagram) -> Iterator[Finding]:
    """Whoever is told of a deadline is told by a task, in a procedure that stands on one, of a usable level."""
    stands_on = diagram.declared.property_values.get(ATTACHES_TO)
    for node in diagram.nodes.values():
        level = node.declared.property_values.get(ESCALATION)
        if level is None:
            continue
        if node.kind is not ElementKind.USER_TASK or stands_on != HostKind.DEADLINE:
            yield finding("escalation.place", node.id, line=node.line)
        if not level or level != level.strip() or len(level) > LONGEST_STAGE:
            yield finding("escalation.level", node.id, line=node.line, level=level[:40], limit=LONGEST_STAGE)
