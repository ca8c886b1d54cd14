"""Events as parts: each position with each definition that is executed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.unit.spiff.drawing import (
    all_of,
    boundary,
    catch,
    chain,
    element,
    end,
    error,
    escalation,
    event_sub,
    exclusive,
    link,
    of_condition,
    of_message,
    of_signal,
    outside,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import Case
from tests.unit.spiff.elements.part import Act, Part, complete, correlate, fire, meet, reject

#: What comes from outside, by what the table calls it.
FROM_OUTSIDE: Mapping[str, tuple[str, str]] = {
    "message": (of_message("paid"), "message"),
    "signal": (of_signal("alarm"), "signal"),
    "timer": (timer("timeDuration", "PT1H"), "timer"),
    "date timer": (timer("timeDate", "2030-01-01T08:00:00+08:00"), "timer"),
    "condition": (of_condition("= met"), "conditional"),
    "several": (of_signal("alarm") + of_message("paid") + timer("timeDuration", "PT1H"), "multiple"),
    "all of several": (of_signal("alarm") + of_message("paid") + timer("timeDuration", "PT1H"), "parallel multiple"),
}
CYCLE = (timer("timeCycle", "R2/PT1H"), "timer")
#: What is thrown inside, and what is thrown by.
FROM_INSIDE: Mapping[str, tuple[str, str]] = {
    "error": (error("lost"), end("thrown", error("lost"))),
    "escalation": (escalation("late"), end("thrown", escalation("late"))),
}


def come(kind: str, element_: str) -> Act:
    """What an element waits for comes."""

    def everything(case: Case) -> None:
        for act in (correlate(element_), fire, correlate(element_)):
            act(case)

    acts = {"timer": fire, "conditional": meet, "parallel multiple": everything}
    return acts.get(kind) or correlate(element_)


def waiting(kind: str, event: str) -> str:
    """An event, as it waits for what its kind says."""
    return all_of(event) if kind == "parallel multiple" else event


CATCHES = [
    Part(
        name=f"catch {name}",
        shows=[f"intermediateCatchEvent {kind}"],
        nodes=[waiting(kind, catch("x", definition))],
        first="x",
        last="x",
        acts=[come(kind, "x")],
    )
    for name, (definition, kind) in FROM_OUTSIDE.items()
]
THROWS = [
    Part(
        name=f"throw {kind}", shows=[f"intermediateThrowEvent {kind}"], nodes=[throw("x", written)], first="x", last="x"
    )
    for kind, written in {
        "none": "",
        "message": of_message("paid"),
        "signal": of_signal("alarm"),
        "escalation": escalation("late"),
        "multiple": of_message("paid") + of_signal("alarm") + escalation("late"),
    }.items()
]
LINK = Part(
    name="link",
    shows=["intermediateThrowEvent link", "intermediateCatchEvent link"],
    nodes=[throw("x", link("over")), catch("y", link("over"))],
    first="x",
    last="y",
)


def ending(kind: str, written: str, *around: str, last: str = "x") -> Part:
    """A sub-process that comes to an end event."""
    inside = (start("s"), user("u"), user("other"), end("e", written), chain("s", "u", "e"), chain("s", "other"))
    acts = [complete("u"), *([complete("other")] if kind in {"none", "message", "signal"} else [])]
    return Part(
        name=f"end {kind}",
        shows=[f"endEvent {kind}"],
        nodes=[sub("x", *inside), *around],
        first="x",
        last=last,
        acts=acts,
    )


def caught(kind: str, written: str) -> Part:
    around = (boundary("b", "x", written), exclusive("y"), chain("x", "y"), chain("b", "y"))
    return ending(kind, written, *around, last="y")


ENDS = [
    ending("none", ""),
    ending("message", of_message("paid")),
    ending("signal", of_signal("alarm")),
    ending("terminate", "<bpmn:terminateEventDefinition/>"),
    ending("multiple", "<bpmn:terminateEventDefinition/>" + of_message("paid") + of_signal("alarm")),
    caught("error", error("lost")),
    caught("escalation", escalation("late")),
]


def on_border(name: str, kind: str, definition: str, acts: Sequence[Act], host: str, *, interrupts: bool) -> Part:
    """A boundary event: it goes on instead of its host, or beside it to an end of its own."""
    where = "interrupting" if interrupts else "beside"
    after = [exclusive("y"), chain("x", "y"), chain("b", "t", "y")] if interrupts else [chain("b", "t")]
    nodes = [host, waiting(kind, boundary("b", "x", definition, interrupts=interrupts)), user("t"), *after]
    shown = f"boundaryEvent {where} {kind}"
    return Part(
        name=f"border {where} {name}", shows=[shown], nodes=nodes, first="x", last="y" if interrupts else "x", acts=acts
    )


BORDERS = [
    *(
        on_border(name, kind, definition, [come(kind, "b"), complete("t")], user("x"), interrupts=True)
        for name, (definition, kind) in FROM_OUTSIDE.items()
    ),
    *(
        on_border(name, kind, definition, [come(kind, "b"), complete("t"), complete("x")], user("x"), interrupts=False)
        for name, (definition, kind) in {**FROM_OUTSIDE, "cycle timer": CYCLE}.items()
    ),
    on_border("error", "error", error("lost"), [reject("x"), complete("t")], outside("x", "send"), interrupts=True),
    *(
        on_border(
            "escalation",
            "escalation",
            escalation("late"),
            acts,
            sub(
                "x",
                start("s"),
                user("u"),
                throw("thrown", escalation("late")),
                user("v"),
                chain("s", "u", "thrown", "v"),
            ),
            interrupts=interrupts,
        )
        for interrupts, acts in (
            (True, [complete("u"), complete("t")]),
            (False, [complete("u"), complete("t"), complete("v")]),
        )
    ),
]


def _begun(
    name: str, kind: str, definition: str, inside: Sequence[str], acts: Sequence[Act], *, interrupts: bool
) -> Part:
    """A sub-process whose event sub-process begins."""
    where = "interrupting" if interrupts else "beside"
    begun = waiting(kind, event_sub("es", definition, user("t"), chain("on_es", "t"), interrupts=interrupts))
    shown = [f"startEvent {where} {kind}", "event subProcess"]
    return Part(
        name=f"event sub-process {where} {name}",
        shows=shown,
        nodes=[sub("x", *inside, begun)],
        first="x",
        last="x",
        acts=acts,
    )


_WAITING = (start("s"), user("u"), chain("s", "u"))
EVENT_SUB_PROCESSES = [
    *(
        _begun(
            name,
            kind,
            definition,
            _WAITING,
            [come(kind, "on_es"), complete("t"), *([] if interrupts else [complete("u")])],
            interrupts=interrupts,
        )
        for interrupts in (True, False)
        for name, (definition, kind) in FROM_OUTSIDE.items()
    ),
    _begun("cycle timer", "timer", CYCLE[0], _WAITING, [fire, complete("t"), complete("u")], interrupts=False),
    *(
        _begun(
            kind,
            kind,
            definition,
            (start("s"), user("u"), thrown, chain("s", "u", "thrown")),
            [complete("u"), complete("t")],
            interrupts=interrupts,
        )
        for kind, (definition, thrown) in FROM_INSIDE.items()
        for interrupts in ((True,) if kind == "error" else (True, False))
    ),
]
PLAIN = Part(name="plain start and end", shows=["startEvent none"], nodes=[element("task", "x")], first="x", last="x")
EVENTS = [PLAIN, *CATCHES, *THROWS, LINK, *ENDS, *BORDERS, *EVENT_SUB_PROCESSES]
