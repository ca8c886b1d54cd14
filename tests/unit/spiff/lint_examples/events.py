"""Events with one thing wrong: what is thrown, what catches it, and links."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    element,
    end,
    error,
    escalation,
    event_sub,
    extensions,
    flow,
    for_each,
    link,
    mapping,
    message,
    of_condition,
    of_message,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.lint_examples.parts import LINE, Example, gate, waiting


def throwing(*borders: str, ending: str = "") -> tuple[str, ...]:
    """A sub-process whose inside ends with an error, and what stands on its border."""
    ends = (chain(border, "after") for border in ("b1", "b2") if any(f'id="{border}"' in each for each in borders))
    inside = sub("part", start("s"), user("u"), end("e", ending or error("lost")), chain("s", "u", "e"))
    return (start(), inside, *borders, user("after"), chain("start", "part", "after"), *ends)


def linked(*parts: str) -> tuple[str, ...]:
    return (start(), user("a"), throw("from", link("x")), user("b"), chain("start", "a", "from"), *parts)


EVENT_ERRORS: dict[str, Example] = {
    "an error with two definitions": (("event.several", "e"), throwing(ending=error("lost") + escalation("late"))),
    "an error that the file does not have": (("event.reference", "e"), throwing(ending=error("none"))),
    "an escalation that the file does not have": (
        ("event.reference", "b1"),
        throwing(boundary("b1", "part", escalation("none"))),
    ),
    "an error thrown without saying which": (("event.code", "e"), throwing(ending=error())),
    "an error thrown that has no code": (("event.code", "e"), throwing(ending=error("nameless"))),
    "an error caught that has no code": (("event.code", "b1"), throwing(boundary("b1", "part", error("nameless")))),
    "an escalation thrown without saying which": (
        ("event.code", "t"),
        (start(), throw("t", escalation()), user("a"), chain("start", "t", "a")),
    ),
    "a condition that is not there": (("event.condition", "w"), waiting(of_condition(" "))),
    "a border that waits for no condition": (
        ("event.condition", "b"),
        (*LINE, boundary("b", "a", "<bpmn:conditionalEventDefinition/>"), flow("b", "end")),
    ),
    "an event sub-process that waits for no condition": (
        ("event.condition", "on_x"),
        (*LINE, event_sub("x", of_condition("="), user("t"), chain("on_x", "t"))),
    ),
    "a condition that is no FEEL": (("expression.syntax", "w"), waiting(of_condition("= level >"))),
    "a condition thrown": (
        ("element.unsupported", "t"),
        (start(), throw("t", of_condition("= true")), user("a"), chain("start", "t", "a")),
    ),
    "a code that is computed": (("event.code_computed", "e"), throwing(ending=error("computed"))),
    "an error that does not interrupt": (
        ("event.not_interrupting", "b1"),
        throwing(boundary("b1", "part", error("lost"), interrupts=False)),
    ),
    "two events for one error": (
        ("event.twice", "b2"),
        throwing(boundary("b1", "part", error("lost")), boundary("b2", "part", error("lost"))),
    ),
    "two events for every escalation": (
        ("event.twice", "b2"),
        throwing(boundary("b1", "part", escalation()), boundary("b2", "part", escalation(), interrupts=False)),
    ),
    "an error caught where a person works": (
        ("event.no_thrower", "late"),
        (*LINE, boundary("late", "a", error("lost")), flow("late", "end")),
    ),
    "an error thrown in the middle": (
        ("element.unsupported", "t"),
        (start(), throw("t", error("lost")), user("a"), chain("start", "t", "a")),
    ),
    "an error waited for in the flow": (("element.unsupported", "w"), waiting(error("lost"))),
    "an event sub-process in the flow": (
        ("event_sub_process.flow", "x"),
        (*LINE, event_sub("x", timer("timeDuration", "PT1H")), flow("a", "x")),
    ),
    "an event sub-process that goes on": (
        ("event_sub_process.flow", "x"),
        (*LINE, event_sub("x", timer("timeDuration", "PT1H")), flow("x", "end")),
    ),
    "an event sub-process with a plain start": (("event_sub_process.start", "on_x"), (*LINE, event_sub("x", ""))),
    "an event sub-process without a start": (
        ("start.missing", "x"),
        (*LINE, element("subProcess", "x", user("u"), triggeredByEvent="true")),
    ),
    "two event sub-processes for every error": (
        ("event_sub_process.twice", "on_y"),
        (*LINE, event_sub("x", error()), event_sub("y", error())),
    ),
    "two event sub-processes for one message": (
        ("event_sub_process.twice", "on_y"),
        (*LINE, message("m", "paid", "= 1"), event_sub("x", of_message("m")), event_sub("y", of_message("m"))),
    ),
    "an error that leaves its scope alone": (
        ("event.not_interrupting", "on_x"),
        (*LINE, event_sub("x", error("lost"), interrupts=False)),
    ),
    "a cycle that interrupts its scope": (
        ("timer.cycle", "on_x"),
        (*LINE, event_sub("x", timer("timeCycle", "R/PT1H"))),
    ),
    "an event sub-process for each item": (
        ("element.unsupported", "x"),
        (*LINE, event_sub("x", timer("timeDuration", "PT1H"), inner=for_each(cardinality="2"))),
    ),
    "an event sub-process with a border": (
        ("boundary.detached", "late"),
        (*LINE, event_sub("x", timer("timeDuration", "PT1H")), boundary("late", "x", timer("timeDuration", "PT1H"))),
    ),
    "an event of an ordinary sub-process": (
        ("element.unsupported", "s"),
        (*LINE, sub("part", start("s", timer("timeDuration", "PT1H"))), flow("a", "part")),
    ),
    "an output of what is thrown": (
        ("extension.unsupported", "e"),
        throwing(ending=extensions(mapping(outputs={"x": "= 1"})) + error("lost")),
    ),
    "an input of what is caught": (
        ("extension.unsupported", "b1"),
        throwing(boundary("b1", "part", extensions(mapping(inputs={"x": "= 1"})) + error("lost"))),
    ),
    "an input of a plain end": (
        ("extension.unsupported", "end"),
        (start(), user("a"), end("end", extensions(mapping(inputs={"x": "= 1"}))), chain("start", "a", "end")),
    ),
    "a ring through an error": (
        ("loop.without_wait", "part"),
        (
            start(),
            sub(
                "part", start("s"), user("u"), end("e", error("lost")), end("f"), chain("s", "e"), chain("s", "u", "f")
            ),
            boundary("b1", "part", error("lost")),
            user("a"),
            chain("start", "part", "a"),
            chain("b1", "part"),
        ),
    ),
    "a ring through a link": (
        ("loop.without_wait", "g"),
        gate(
            flow("g", "t", "= x"),
            flow("g", "a", "= y"),
            flow("g", "b"),
            throw("t", link("x")),
            catch("c", link("x")),
            flow("c", "g"),
            default="g-b",
        ),
    ),
    "a link without name": (
        ("link.name", "from"),
        (start(), user("a"), throw("from", link("")), chain("start", "a", "from")),
    ),
    "a link that leads nowhere": (("link.target", "from"), linked()),
    "a link that leads to two places": (
        ("link.target", "from"),
        linked(catch("to", link("x")), catch("too", link("x")), chain("to", "b"), chain("too", "b")),
    ),
    "a link into a sub-process": (
        ("link.target", "from"),
        linked(sub("part", start("s"), catch("to", link("x")), user("u"), chain("s", "u"), chain("to", "u"))),
    ),
    "a flow out of a link": (
        ("link.flow", "from"),
        linked(catch("to", link("x")), chain("to", "b"), flow("from", "b")),
    ),
    "a flow into a link": (
        ("link.flow", "to"),
        linked(catch("to", link("x")), chain("to", "b"), flow("a", "to")),
    ),
    "a reference to no definition": (
        ("definition.unresolved", "end"),
        (
            start(),
            user("a"),
            end("end", "<bpmn:eventDefinitionRef>zz</bpmn:eventDefinitionRef>"),
            chain("start", "a", "end"),
        ),
    ),
}
