"""Deadlines: declared where something waits, with a limit, and followed by timers that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.definition import Finding
from engine.feel import parse_attribute
from engine.spiff.attributes import TimerKind
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram
from engine.spiff.dialect import Declarations
from engine.spiff.following import DEADLINE
from engine.spiff.limits import LONGEST_STAGE
from engine.spiff.lint.names import Declared
from engine.spiff.rules import finding
from engine.spiff.supported import HOSTS, SCOPES

NAME, LIMIT, UNIT, CALENDAR = "deadline", "deadlineLimit", "deadlineUnit", "deadlineCalendar"
FROM, UNTIL = "deadlineFrom", "deadlineUntil"
_ANYWHERE = (NAME, LIMIT, UNIT, CALENDAR)


def check_deadlines(diagram: Diagram, declared: Declared | None) -> Iterator[Finding]:
    """Each deadline has a name and a limit, and stands where something waits."""
    yield from _check_declaration(diagram.key, diagram.line, diagram.declared, declared)
    for reference in (diagram.declared.property_values.get(name, "") for name in (FROM, UNTIL)):
        if reference and (reference not in diagram.nodes or diagram.nodes[reference].scope != diagram.key):
            yield finding("deadline.reference", diagram.key, line=diagram.line, reference=reference[:40])
    for node in diagram.nodes.values():
        values = node.declared.property_values
        yield from _check_declaration(node.id, node.line, node.declared, declared)
        if node.kind not in HOSTS | SCOPES and any(name in values for name in _ANYWHERE):
            yield finding("deadline.place", node.id, line=node.line)
        for name in (FROM, UNTIL):
            if name in values:
                yield finding("deadline.of_process", node.id, line=node.line, property=name)


def check_followers(diagram: Diagram, compiled: Compiled) -> Iterator[Finding]:
    """Timers that follow a deadline name it, and are no cycles."""
    known = {diagram.declared.property_values.get(NAME)}
    known.update(node.declared.property_values.get(NAME) for node in diagram.nodes.values())
    behaviours = (one for whole in compiled.behaviours.values() for one in (whole, *whole.each))
    for behaviour in behaviours:
        timer = behaviour.timer
        expression = timer.when.expression if timer else None
        given = expression.texts_given_to(DEADLINE) if expression else ()
        if timer is None or not given:
            continue
        if None in given:
            yield finding("timer.deadline_computed", behaviour.element, line=timer.when.line)
        if timer.kind is TimerKind.CYCLE:
            yield finding("timer.deadline_cycle", behaviour.element, line=timer.when.line)
        for name in sorted(timer.follows.difference(name for name in known if name)):
            yield finding("timer.deadline_elsewhere", behaviour.element, line=timer.when.line, name=name[:40])


def _check_declaration(
    element: str, line: int, declarations: Declarations, declared: Declared | None
) -> Iterator[Finding]:
    values = declarations.property_values
    if NAME not in values:
        for name in (LIMIT, UNIT, CALENDAR, FROM, UNTIL):
            if name in values:
                yield finding("deadline.nameless", element, line=line, property=name)
        return
    if not _is_name(values[NAME]):
        yield finding("deadline.malformed", element, line=line, name=values[NAME][:40], limit=LONGEST_STAGE)
    if not values.get(LIMIT):
        yield finding("deadline.limit", element, line=line, name=values[NAME][:40])
    else:
        yield from _check_limit(element, line, values, declared)


def _check_limit(element: str, line: int, values: Mapping[str, str], declared: Declared | None) -> Iterator[Finding]:
    if declared is None or parse_attribute(values[LIMIT]) is not None:
        return
    problem = declared.limit_problem(values[LIMIT])
    if problem is not None:
        zh, en = problem
        yield finding("deadline.unusable", element, line=line, text=values[LIMIT][:40], detail_zh=zh, detail_en=en)


def _is_name(name: str) -> bool:
    return bool(name) and name == name.strip() and len(name) <= LONGEST_STAGE
