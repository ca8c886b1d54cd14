"""Messages, signals and event-based gateways with one thing wrong."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    all_of,
    boundary,
    catch,
    chain,
    element,
    exclusive,
    extensions,
    flow,
    mapping,
    message,
    of_message,
    of_signal,
    properties,
    receive,
    send,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.lint_examples.parts import (
    ALARM,
    ARMS,
    PAID,
    Example,
    choice,
    process,
    waiting,
)

MESSAGE_ERRORS: dict[str, Example] = {
    "a message that starts a sub-process": (
        ("element.unsupported", "s"),
        (PAID, start(), sub("part", start("s", of_message("m")), user("a"), chain("s", "a")), chain("start", "part")),
    ),
    "a message that starts what attaches to a case": (
        ("start.procedure", "start"),
        (
            process(attachesTo="case", startedBy="performer"),
            *(PAID, start("start", of_message("m")), user("a"), chain("start", "a")),
        ),
    ),
    "a process that begins with a message and a signal": (
        ("event.parallel_place", "start"),
        (PAID, ALARM, all_of(start("start", of_message("m") + of_signal("s"))), user("a"), chain("start", "a")),
    ),
    "one of two timers of an event that is no time": (
        ("timer.unusable", "w"),
        (PAID, *waiting(of_message("m") + timer("timeDuration", "soon"))),
    ),
    "a message that is nowhere": (("message.unresolved", "w"), (PAID, *waiting(of_message("x")))),
    "an event that names no message": (
        ("message.unresolved", "w"),
        (PAID, *waiting("<bpmn:messageEventDefinition/>")),
    ),
    "a signal that is nowhere": (("message.unresolved", "w"), (PAID, *waiting(of_signal("m")))),
    "a message without name": (("message.name", "w"), (message("m", "", "= k"), *waiting(of_message("m")))),
    "a message with a computed name": (("message.name", "w"), (message("m", "= n", "= k"), *waiting(of_message("m")))),
    "a signal with a computed name": (("message.name", "w"), (signal("s", '= "x"'), *waiting(of_signal("s")))),
    "a message whose name is too long": (
        ("message.name", "w"),
        (message("m", "n" * 256, "= k"), *waiting(of_message("m"))),
    ),
    "a message without key": (("message.key", "w"), (message("m", "paid"), *waiting(of_message("m")))),
    "a thrown message without key": (
        ("message.key", "t"),
        (message("m", "paid"), start(), throw("t", of_message("m")), user("a"), chain("start", "t", "a")),
    ),
    "a receive task without message": (
        ("message.missing", "r"),
        (start(), receive("r"), user("a"), chain("start", "r", "a")),
    ),
    "a border around a send task that does not wait": (
        ("boundary.detached", "late"),
        (
            PAID,
            start(),
            send("r", "m"),
            boundary("late", "r", timer("timeDuration", "PT1H")),
            user("a"),
            chain("start", "r", "a"),
            chain("late", "a"),
        ),
    ),
    "a loop through a send task that does not wait": (
        ("loop.without_wait", "x"),
        (
            PAID,
            start(),
            exclusive("x", default="x-a"),
            send("r", "m"),
            user("a"),
            chain("start", "x", "a"),
            flow("x", "r", "= again"),
            flow("r", "x"),
        ),
    ),
    "a FEEL error in a key": (
        ("expression.syntax", "w"),
        (message("m", "paid", "= 1 +"), *waiting(of_message("m"))),
    ),
    "a function in a key that there is not": (
        ("expression.unknown_function", "w"),
        (message("m", "paid", "= uper(x)"), *waiting(of_message("m"))),
    ),
    "a time to live that is none": (
        ("message.time_to_live", "t"),
        (PAID, start(), send("t", "m", extensions(properties(timeToLive="soon"))), user("a"), chain("start", "t", "a")),
    ),
    "an event-based gateway with one arm": (
        ("event_gateway.arms", "g"),
        (PAID, *choice(catch("x", of_message("m")), "x")),
    ),
    "a user task behind an event-based gateway": (
        ("event_gateway.arm", "g"),
        (PAID, *choice(catch("x", of_message("m")), "x"), flow("g", "a")),
    ),
    "an arm that another flow enters": (
        ("event_gateway.shared_arm", "x"),
        (PAID, ALARM, *ARMS, user("b"), flow("a", "b"), flow("b", "x")),
    ),
    "an arm with a boundary event": (
        ("event_gateway.border", "x"),
        (
            PAID,
            ALARM,
            *choice(receive("x", "m"), "x"),
            catch("y", of_signal("s")),
            flow("g", "y"),
            chain("y", "a"),
            boundary("late", "x", timer("timeDuration", "PT1H")),
            chain("late", "a"),
        ),
    ),
    "an arm with inputs": (
        ("event_gateway.inputs", "x"),
        (
            PAID,
            ALARM,
            *choice(receive("x", "m", extensions(mapping(inputs={"y": "= 1"}))), "x"),
            catch("y", of_signal("s")),
            flow("g", "y"),
            chain("y", "a"),
        ),
    ),
    "two arms with the same message": (
        ("event_gateway.twice", "g"),
        (PAID, *choice(catch("x", of_message("m")), "x"), catch("y", of_message("m")), flow("g", "y"), chain("y", "a")),
    ),
    "a gateway that begins an instance": (
        ("attribute.unsupported", "g"),
        (
            PAID,
            ALARM,
            *choice(catch("x", of_message("m")), "x", instantiate="true"),
            catch("y", of_signal("s")),
            flow("g", "y"),
            chain("y", "a"),
        ),
    ),
    "an event gateway that waits for all": (
        ("attribute.unsupported", "g"),
        (
            PAID,
            ALARM,
            *choice(catch("x", of_message("m")), "x", eventGatewayType="Parallel"),
            catch("y", of_signal("s")),
            flow("g", "y"),
            chain("y", "a"),
        ),
    ),
    "a condition behind an event-based gateway": (
        ("flow.condition_forbidden", "g-y"),
        (
            PAID,
            ALARM,
            *choice(catch("x", of_message("m")), "x"),
            catch("y", of_signal("s")),
            flow("g", "y", "= z"),
            chain("y", "a"),
        ),
    ),
    "a receive task that begins an instance": (
        ("attribute.unsupported", "r"),
        (
            PAID,
            start(),
            element("receiveTask", "r", messageRef="m", instantiate="true"),
            user("a"),
            chain("start", "r", "a"),
        ),
    ),
    "a subscription written in the event": (
        ("extension.unsupported", "w"),
        (PAID, *waiting(extensions('<zeebe:subscription correlationKey="= k"/>') + of_message("m"))),
    ),
}
