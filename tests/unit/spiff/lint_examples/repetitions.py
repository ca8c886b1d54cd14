"""Repeated activities with one thing wrong, each beside a sound twin that differs in that alone."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    again_while,
    catch,
    chain,
    element,
    event_based,
    for_each,
    message,
    properties,
    receive,
    repeated,
    start,
    timer,
    user,
)
from tests.unit.spiff.lint_examples.parts import Example

EACH = for_each("= people", "p")
PAID = message("m", "paid", "= order")


def doing(characteristics: str, *inner: str) -> tuple[str, ...]:
    return (start(), repeated(user("a", *inner), characteristics), chain("start", "a"))


def answering(task: str) -> tuple[str, ...]:
    late = catch("late", timer("timeDuration", "PT1H"))
    return (PAID, start(), event_based("g"), task, late, chain("start", "g", "r"), chain("g", "late"))


#: Of each rule: where it speaks, the wrong parts and the sound ones.
TWINS: dict[str, tuple[tuple[str, str], tuple[str, ...], tuple[str, ...]]] = {
    "two ways of repeating": (
        ("repetition.several", "a"),
        doing(EACH + again_while("= x")),
        doing(EACH),
    ),
    "a repeated arm": (
        ("repetition.arm", "r"),
        answering(repeated(receive("r", "m"), EACH)),
        answering(receive("r", "m")),
    ),
    "events for each item": (
        ("repetition.behavior", "a"),
        doing(for_each("= people", behavior="One")),
        doing(for_each("= people", behavior="All")),
    ),
    "events for no item": (
        ("repetition.behavior", "a"),
        doing(for_each("= people", behavior="None")),
        doing(for_each("= people")),
    ),
    "events by rules of their own": (
        ("repetition.behavior", "a"),
        doing(for_each("= people", behavior="Complex")),
        doing(for_each("= people")),
    ),
    "a sequence that is neither": (
        ("repetition.flag", "a"),
        doing(for_each("= people", isSequential="yes")),
        doing(for_each("= people", isSequential="true")),
    ),
    "a test before that is neither": (
        ("repetition.flag", "a"),
        doing(again_while("= x", testBefore="yes")),
        doing(again_while("= x", testBefore="true")),
    ),
    "a multi-instance of nothing": (("repetition.unbounded", "a"), doing(for_each()), doing(EACH)),
    "a multi-instance counted twice": (
        ("repetition.counted_twice", "a"),
        doing(for_each("= people", "p", cardinality="3")),
        doing(for_each(cardinality="3")),
    ),
    "a collection that is a text": (
        ("repetition.literal", "a"),
        doing(for_each("people")),
        doing(for_each("= people")),
    ),
    "an output element that is a text": (
        ("repetition.literal", "a"),
        doing(for_each("= people", output="votes", yields="vote")),
        doing(for_each("= people", output="votes", yields="= vote")),
    ),
    "an input element that is no name": (
        ("repetition.variable", "a"),
        doing(for_each("= people", "1st")),
        doing(for_each("= people", "first")),
    ),
    "an input element of a reserved name": (
        ("repetition.variable", "a"),
        doing(for_each("= people", "case")),
        doing(for_each("= people", "matter")),
    ),
    "an input element that is the counter": (
        ("repetition.variable", "a"),
        doing(for_each("= people", "loopCounter")),
        doing(for_each("= people", "counter")),
    ),
    "an output collection of a reserved name": (
        ("repetition.variable", "a"),
        doing(for_each("= people", output="task", yields="= vote")),
        doing(for_each("= people", output="votes", yields="= vote")),
    ),
    "an element of no collection": (
        ("repetition.element", "a"),
        doing(for_each("", "p", cardinality="3")),
        doing(for_each(cardinality="3")),
    ),
    "an output element without collection": (
        ("repetition.output", "a"),
        doing(for_each("= people", yields="= vote")),
        doing(for_each("= people", output="votes", yields="= vote")),
    ),
    "an output collection without element": (
        ("repetition.output", "a"),
        doing(for_each("= people", output="votes")),
        doing(EACH),
    ),
    "a negative cardinality": (
        ("repetition.cardinality", "a"),
        doing(for_each(cardinality="-1")),
        doing(for_each(cardinality="1")),
    ),
    "a broken cardinality": (
        ("repetition.cardinality", "a"),
        doing(for_each(cardinality="= 1.5")),
        doing(for_each(cardinality="= 1")),
    ),
    "a cardinality beyond the limit": (
        ("repetition.cardinality", "a"),
        doing(for_each(cardinality="201")),
        doing(for_each(cardinality="200")),
    ),
    "a cardinality beyond the limit of its own": (
        ("repetition.cardinality", "a"),
        doing(for_each(cardinality="1000"), properties(mostItems="999")),
        doing(for_each(cardinality="1000"), properties(mostItems="1000")),
    ),
    "a limit beyond the limit": (
        ("repetition.limit", "a"),
        doing(EACH, properties(mostItems="1001")),
        doing(EACH, properties(mostItems="1000")),
    ),
    "a limit of nothing": (
        ("repetition.limit", "a"),
        doing(EACH, properties(mostItems="0")),
        doing(EACH, properties(mostItems="1")),
    ),
    "a limit that is no number": (
        ("repetition.limit", "a"),
        doing(EACH, properties(mostItems="many")),
        doing(EACH, properties(mostItems="20")),
    ),
    "a loop without end": (("repetition.endless", "a"), doing(again_while()), doing(again_while("= x"))),
    "a loop of negative length": (
        ("repetition.maximum", "a"),
        doing(again_while("= x", loopMaximum="-1")),
        doing(again_while("= x", loopMaximum="1")),
    ),
    "a loop of no length": (
        ("repetition.maximum", "a"),
        doing(again_while(loopMaximum="0")),
        doing(again_while(loopMaximum="3")),
    ),
    "items by the words of the standard": (
        ("element.unsupported", "a"),
        doing(EACH.replace("</bpmn:multi", "<bpmn:loopDataInputRef>d</bpmn:loopDataInputRef></bpmn:multi")),
        doing(EACH),
    ),
    "events by a definition of their own": (
        ("element.unsupported", "a"),
        doing(EACH.replace("</bpmn:multi", "<bpmn:complexBehaviorDefinition/></bpmn:multi")),
        doing(EACH),
    ),
    "a gateway for each item": (
        ("element.unsupported", "g"),
        (start(), element("exclusiveGateway", "g", EACH), user("a"), chain("start", "g", "a")),
        (start(), element("exclusiveGateway", "g"), user("a"), chain("start", "g", "a")),
    ),
    "an event again and again": (
        ("element.unsupported", "e"),
        (start(), user("a"), element("endEvent", "e", again_while("= x")), chain("start", "a", "e")),
        (start(), user("a"), element("endEvent", "e"), chain("start", "a", "e")),
    ),
    "items declared beside the multi-instance": (
        ("extension.unsupported", "a"),
        doing("", '<zeebe:loopCharacteristics inputCollection="= people"/>'),
        doing(for_each("= people")),
    ),
    "other declarations in the multi-instance": (
        ("extension.unsupported", "a"),
        doing(EACH.replace("<zeebe:loop", "<zeebe:ioMapping/><zeebe:loop")),
        doing(EACH),
    ),
    "another engine's collection": (
        ("extension.foreign", "a"),
        doing(for_each("= people", **{"camunda:collection": "people"})),
        doing(for_each("= people")),
    ),
    "a completion condition that is no expression": (
        ("expression.syntax", "a"),
        doing(for_each("= people", until="= a b c =")),
        doing(for_each("= people", until="= a")),
    ),
    "a loop condition of another language": (
        ("expression.language", "a"),
        doing(again_while("${x}")),
        doing(again_while("x")),
    ),
}
REPETITION_ERRORS: dict[str, Example] = {name: (where, wrong) for name, (where, wrong, _) in TWINS.items()}
REPETITION_SOUND = {name: sound for name, (_, _, sound) in TWINS.items()}
