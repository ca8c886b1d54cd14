"""The table of all elements of BPMN 2.0 in docs/reference/bpmn.md: executed with its scenarios, or refused.

python -m tests.unit.spiff.elements.table
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.unit.spiff.drawing import (
    CANCEL,
    all_of,
    association,
    boundary,
    chain,
    compensation,
    element,
    event_sub,
    extensions,
    for_each,
    mapping,
    of_condition,
    repeated,
    start,
    sub,
    timer,
    transaction,
    undone,
    user,
)
from tests.unit.spiff.elements.activities import AD_HOC, CONTAINERS, GATEWAYS, REPEATED, TASKS
from tests.unit.spiff.elements.compensation import COMPENSATION
from tests.unit.spiff.elements.events import EVENTS
from tests.unit.spiff.elements.part import Part

DOCUMENT = Path(__file__).parents[4] / "docs" / "reference" / "bpmn.md"
BEGIN, END = "## Every element\n", "## Declarations\n"
INTRODUCTION = """
Written by `python -m tests.unit.spiff.elements.table`. Each scenario is played straight, cancelled, in a loop, inside a
sub-process, an event sub-process, a multi-instance (side by side and one after another) and a standard loop, each time
straight and stored and loaded after every step. A dash is refused by the lint, with the element's id.
"""
PARTS: Mapping[str, Part] = {
    part.name: part for part in (*TASKS, *CONTAINERS, *AD_HOC, *REPEATED, *GATEWAYS, *EVENTS, *COMPENSATION)
}

#: What begins a process stands in no surroundings; ``tests/unit/spiff/test_starts.py`` plays it.
BEGINNINGS: Mapping[str, str] = {
    "startEvent message": "message start",
    "startEvent signal": "signal start",
    "startEvent multiple": "multiple start",
    "startEvent timer": "timer start",
}

MULTI_INSTANCE = "multiInstanceLoopCharacteristics"


def within(drawn: str, around: str, tag: str) -> str:
    """What is drawn, with one more element inside one of its own."""
    return drawn.replace(f"</bpmn:{around}>", f"<bpmn:{tag}/></bpmn:{around}>")


#: What says how data comes and goes, and the dialect says otherwise.
OF_DATA = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation")
#: What the standard has inside a multi-instance, and the dialect says otherwise.
OF_REPETITIONS = (
    "loopDataInputRef",
    "inputDataItem",
    "loopDataOutputRef",
    "outputDataItem",
    "complexBehaviorDefinition",
)
#: What may be drawn besides events: how it is written beside a sound line, or empty where only a scenario shows it.
OTHERS: Mapping[str, str] = {
    **{tag: "" for tag in ("task", "manualTask", "userTask", "scriptTask", "businessRuleTask", "serviceTask")},
    **{tag: "" for tag in ("sendTask", "receiveTask", "subProcess", "event subProcess", "callActivity")},
    "transaction": "",
    "adHocSubProcess": "",
    MULTI_INSTANCE: "",
    "standardLoopCharacteristics": "",
    **{tag: "" for tag in ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")},
    "eventBasedGateway that begins a process": element("eventBasedGateway", "x", instantiate="true"),
    "parallel eventBasedGateway": element("eventBasedGateway", "x", eventGatewayType="Parallel"),
    "complexGateway": element("complexGateway", "x"),
    **{name: "" for name in ("conditional flow", "default flow", "several outgoing flows", "several incoming flows")},
    "lane": "",
    "laneSet": "",
    **{tag: within(user("x"), "userTask", tag) for tag in OF_DATA},
    **{tag: within(repeated(user("x"), for_each(cardinality="2")), MULTI_INSTANCE, tag) for tag in OF_REPETITIONS},
    "implicitThrowEvent": element("implicitThrowEvent", "x"),
    "choreographyTask": element("choreographyTask", "x"),
    "subChoreography": element("subChoreography", "x"),
    "callChoreography": element("callChoreography", "x"),
}
#: What is drawn for readers or declares something that variables say otherwise: accepted, without effect.
DRAWN = ("dataObject", "dataObjectReference", "dataStoreReference", "textAnnotation", "association", "group")

PARALLEL = "parallel multiple"
#: What begins a process otherwise than it is waited for.
BEGUN = {"timer": extensions(mapping(outputs={"report": "= {}"})) + timer("timeCycle", "R/P7D")}
DEFINITIONS: Mapping[str, str] = {
    "none": "",
    "message": '<bpmn:messageEventDefinition messageRef="paid"/>',
    "timer": "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>",
    "signal": '<bpmn:signalEventDefinition signalRef="alarm"/>',
    "error": '<bpmn:errorEventDefinition errorRef="error-lost"/>',
    "escalation": '<bpmn:escalationEventDefinition escalationRef="escalation-late"/>',
    "link": '<bpmn:linkEventDefinition name="over"/>',
    "terminate": "<bpmn:terminateEventDefinition/>",
    "conditional": of_condition("= met"),
    "compensate": compensation(),
    "cancel": CANCEL,
    "multiple": '<bpmn:signalEventDefinition signalRef="alarm"/><bpmn:messageEventDefinition messageRef="paid"/>',
    PARALLEL: '<bpmn:signalEventDefinition signalRef="alarm"/><bpmn:messageEventDefinition messageRef="paid"/>',
}
POSITIONS: Mapping[str, str] = {
    "startEvent": "start",
    "startEvent interrupting": "start of an event sub-process",
    "startEvent beside": "the same, not interrupting",
    "intermediateCatchEvent": "catch in the flow",
    "boundaryEvent interrupting": "border",
    "boundaryEvent beside": "border, not interrupting",
    "intermediateThrowEvent": "throw in the flow",
    "endEvent": "end",
}


def scenarios_of(row: str) -> list[str]:
    """Names of the parts that show an element."""
    return [part.name for part in PARTS.values() if row in part.shows] or [
        name for shown, name in BEGINNINGS.items() if shown == row
    ]


def _undoing_line(tag: str) -> tuple[str, ...]:
    """An event that undoes the activity before it."""
    return (start(), user("a"), undone("a"), element(tag, "x", compensation()), chain("start", "a", "x"))


def _undoing_border(interrupts: bool) -> tuple[str, ...]:
    handler = user("undo", isForCompensation="true")
    border = boundary("x", "a", compensation(), interrupts=interrupts)
    return (start(), user("a"), border, handler, association("x", "undo"), chain("start", "a"))


def _undoing_start(interrupts: bool) -> tuple[str, ...]:
    begun = event_sub("es", compensation(), user("t"), chain("on_es", "t"), interrupts=interrupts)
    around = sub("a", start("s"), user("u"), chain("s", "u"), begun.replace('"on_es"', '"x"'))
    return (start(), around, chain("start", "a"))


def _cancelling(end_: str, border: str, interrupts: bool) -> tuple[str, ...]:
    inside = transaction("a", start("s"), user("u"), element("endEvent", end_, CANCEL), chain("s", "u", end_))
    event = boundary(border, "a", CANCEL, interrupts=interrupts)
    return (start(), inside, event, user("t"), chain("start", "a"), chain(border, "t"))


#: What needs something around it to be sound, by whether it interrupts.
UNDOING: Mapping[tuple[str, str], Callable[[bool], tuple[str, ...]]] = {
    ("intermediateThrowEvent", "compensate"): lambda _: _undoing_line("intermediateThrowEvent"),
    ("endEvent", "compensate"): lambda _: _undoing_line("endEvent"),
    ("boundaryEvent", "compensate"): _undoing_border,
    ("startEvent", "compensate"): _undoing_start,
    ("endEvent", "cancel"): lambda _: _cancelling("x", "b", interrupts=True),
    ("boundaryEvent", "cancel"): lambda interrupts: _cancelling("e", "x", interrupts),
}


def drawn_at(position: str, definition: str) -> tuple[str, ...]:
    """An event ``x`` with a definition in a position of an otherwise sound process."""
    if definition == PARALLEL:
        return tuple(map(all_of, drawn_at(position, "multiple")))
    tag, _, how = position.partition(" ")
    if (tag, definition) in UNDOING and position != "startEvent":
        return UNDOING[tag, definition](not how.startswith("beside"))
    written, beside = DEFINITIONS[definition], how == "beside"
    if position == "startEvent":
        return (start("x", BEGUN.get(definition, written)), user("a"), chain("x", "a"))
    if tag == "startEvent":
        drawn = event_sub("es", written, user("t"), chain("on_es", "t"), interrupts=not beside)
        return (start(), user("a"), chain("start", "a"), drawn.replace('"on_es"', '"x"'))
    if tag == "boundaryEvent":
        host = sub("a", start("s"), user("u"), chain("s", "u"))
        event = boundary("x", "a", written, interrupts=not beside)
        return (start(), host, event, user("t"), chain("start", "a"), chain("x", "t"))
    if tag == "endEvent":
        return (start(), user("a"), element("endEvent", "x", written), chain("start", "a", "x"))
    return (start(), user("a"), element(tag, "x", written), user("b"), chain("start", "a", "x", "b"))


def text() -> str:
    """The chapter of the document."""
    return "\n".join([BEGIN.rstrip(), INTRODUCTION, *_others(), "", *_events(), ""])


def _others() -> Iterator[str]:
    yield "| element | scenarios |"
    yield "|---|---|"
    for row in OTHERS:
        yield f"| {_named(row)} | {', '.join(scenarios_of(row)) or '–'} |"
    drawn = ", ".join(f"`{tag}`" for tag in DRAWN)
    yield f"| {drawn}, pools and message flows | drawn only; said in a note where it matters |"
    yield "| several executable pools | a process each ([pools](#pools)) |"


def _events() -> Iterator[str]:
    yield "| event | " + " | ".join(POSITIONS.values()) + " |"
    yield "|---" * (len(POSITIONS) + 1) + "|"
    for definition in DEFINITIONS:
        cells = (", ".join(scenarios_of(f"{position} {definition}")) or "–" for position in POSITIONS)
        name = definition if definition in {"none", "multiple", PARALLEL} else f"`{definition}EventDefinition`"
        yield f"| {name} | " + " | ".join(cells) + " |"


def _named(row: str) -> str:
    return f"`{row}`" if " " not in row else row


def rewritten(document: str) -> str:
    """The document with the chapter as it is now."""
    before, _, rest = document.partition(BEGIN)
    return before + text() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    DOCUMENT.write_text(rewritten(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
