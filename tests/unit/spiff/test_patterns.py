"""The control-flow patterns of van der Aalst, ter Hofstede and Russell that can be drawn, with their expected traces.

A trace is what happens and which elements are passed then: nothing for the start, ``a`` when the task ``a`` is
completed, ``~`` when a timer fires, ``!w`` when what ``w`` waits for comes. Numbers are those of the catalogue.
"""

from __future__ import annotations

import pytest

from engine.events import TokensMoved
from tests.unit.spiff.drawing import (
    again_while,
    boundary,
    catch,
    chain,
    document,
    end,
    error,
    event_based,
    event_sub,
    exclusive,
    flow,
    for_each,
    inclusive,
    message,
    of_message,
    parallel,
    receive,
    repeated,
    start,
    sub,
    terminate,
    timer,
    user,
)
from tests.unit.spiff.driving import Case

GO = message("go", "go", '= "k"')
ABC = (user("a"), user("b"), user("c"))
SPLIT = (parallel("f"), chain("start", "f", "a"), chain("f", "b"))
#: Name → the process and its trace.
PATTERNS: dict[str, tuple[tuple[str, ...], str]] = {
    "1 sequence": ((start(), *ABC, end(), chain("start", "a", "b", "c", "end")), "start a | a: b | b: c | c: end"),
    "2 parallel split, 11 implicit termination": ((start(), *SPLIT, *ABC[:2]), "start f a b | b: | a:"),
    "3 synchronisation": (
        (start(), *SPLIT, *ABC, parallel("j"), chain("a", "j", "c"), chain("b", "j")),
        "start f a b | b: | a: j c | c:",
    ),
    "4 exclusive choice, 5 simple merge": (
        (start(), exclusive("x", default="x-b"), *ABC, exclusive("m"), flow("x", "a", "= v > 0"), flow("x", "b"),
         chain("start", "x"), chain("a", "m", "c"), chain("b", "m")),
        "start x a | a: m c | c:",
    ),
    "6 multi-choice, 7 structured synchronising merge": (
        (start(), inclusive("x", default="x-c"), *ABC, inclusive("m"), user("d"), flow("x", "a", "= v > 0"),
         flow("x", "b", "= v < 9"), flow("x", "c"), chain("start", "x"), chain("a", "m", "d"), chain("b", "m"),
         chain("c", "m")),
        "start x a b | b: | a: m d | d:",
    ),
    "8 multi-merge": (
        (start(), *SPLIT, *ABC, chain("a", "c"), chain("b", "c")), "start f a b | a: c | b: c | c: | c:",
    ),
    "29 cancelling discriminator": (
        (start(), sub("s", start("in"), parallel("f"), *ABC[:2], terminate("first"), chain("in", "f", "a", "first"),
                      chain("f", "b", "first")), user("c"), chain("start", "s", "c")),
        "start s in f a b | b: first c | c:",
    ),
    "10 arbitrary cycles": (
        (start(), exclusive("i"), user("a"), exclusive("k"), user("b"), exclusive("x", default="x-end"), end(),
         chain("start", "i", "a", "k", "b", "x", "end"), flow("x", "i", "= v = 1"), flow("x", "k", "= v = 2")),
        "start i a | a: k b | b=1: x i a | a: k b | b=2: x k b | b=3: x end",
    ),
    "12 multiple instances without synchronisation": (
        (start(), user("a"), boundary("more", "a", of_message("go"), interrupts=False), user("b"), user("c"),
         chain("start", "a", "c"), chain("more", "b")),
        "start a | !more: more b | !more: more b | a: c | b: | c: | b:",
    ),
    "13 multiple instances known when drawn": (
        (start(), repeated(user("a"), for_each(cardinality="2")), user("b"), chain("start", "a", "b")),
        "start a | a: | a: b | b:",
    ),
    "14 multiple instances known when begun": (
        (start(), repeated(user("a"), for_each("= [v, v, v]", "n")), user("b"), chain("start", "a", "b")),
        "start a | a: | a: | a: b | b:",
    ),
    "15 multiple instances known while they run": (
        (start(), sub("s", start("in"), user("a"), chain("in", "a"),
                      event_sub("more", of_message("go"), user("b"), chain("on_more", "b"), interrupts=False)),
         user("c"), chain("start", "s", "c")),
        "start s in a | !on_more: on_more more b | a: | !on_more: on_more more b | b: | b: c | c:",
    ),
    "16 deferred choice": (
        (start(), event_based("g"), receive("w", "go"), catch("t", timer("timeDuration", "PT1H")), *ABC[:2],
         chain("start", "g", "w", "a"), chain("g", "t", "b")),
        "start g | !w: w a | a:",
    ),
    "16 deferred choice, the other way": (
        (start(), event_based("g"), receive("w", "go"), catch("t", timer("timeDuration", "PT1H")), *ABC[:2],
         chain("start", "g", "w", "a"), chain("g", "t", "b")),
        "start g | ~: t b | b:",
    ),
    "19 cancel task": (
        (start(), user("a"), boundary("stop", "a", of_message("go")), *ABC[1:], chain("start", "a", "b"),
         chain("stop", "c")),
        "start a | !stop: stop c | c:",
    ),
    "20 cancel case, 43 explicit termination": (
        (start(), *SPLIT, *ABC[:2], terminate("all"), user("c"), chain("a", "all"), chain("b", "c")),
        "start f a b | b: c | a: all",
    ),
    "21 structured loop": (
        (start(), repeated(user("a"), again_while("v = 1")), user("b"), chain("start", "a", "b")),
        "start a | a=1: | a=1: | a=0: b | b:",
    ),
    "24 persistent trigger": (
        (start(), user("a"), receive("w", "go"), user("b"), chain("start", "a", "w", "b")),
        "start a | a: w | !w: b | b:",
    ),
    "25 cancel region": (
        (start(), sub("s", start("in"), parallel("f"), *ABC[:2], end("e", error("lost")), chain("in", "f", "a", "e"),
                      chain("f", "b")), boundary("x", "s", error("lost")), user("c"), user("d"),
         chain("start", "s", "d"), chain("x", "c")),
        "start s in f a b | a: e x c | c:",
    ),
    "26 cancel multiple instances": (
        (start(), repeated(user("a"), for_each(cardinality="3")), boundary("x", "a", timer("timeDuration", "PT1H")),
         user("b"), user("c"), chain("start", "a", "b"), chain("x", "c")),
        "start a | a: | ~: x c | c:",
    ),
    "27 complete multiple instances": (
        (start(), repeated(user("a"), for_each(cardinality="3", until="numberOfCompletedInstances = 2")), user("b"),
         chain("start", "a", "b")),
        "start a | a: | a: b | b:",
    ),
    "18 milestone": (
        (start(), sub("s", start("in"), user("a"), user("b"), chain("in", "a", "b"),
                      event_sub("late", timer("timeDuration", "PT1H"), user("c"), chain("on_late", "c"))),
         user("d"), chain("start", "s", "d")),
        "start s in a | a: b | ~: on_late late c | c: d | d:",
    ),
    "41 thread merge, 42 thread split": (
        (start(), *SPLIT, *ABC[:2], parallel("j"), parallel("g"), user("c"), user("d"), chain("a", "j", "g", "c"),
         chain("b", "j"), chain("g", "d")),
        "start f a b | a: | b: j g c d | c: | d:",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reloads", [False, True], ids=["straight", "stored and loaded"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_leaves_its_trace(pattern: str, reloads: bool) -> None:
    parts, trace = PATTERNS[pattern]
    driven = Case(document(*parts, GO), reloads=reloads)
    begun, *steps = (step.strip() for step in trace.split("|"))
    driven.start(v=1)
    assert _passed(driven, 0) == begun.split()
    for step in steps:
        act, _, expected = step.partition(":")
        before = len(driven.events)
        _make(driven, act)
        assert _passed(driven, before) == expected.split(), step
    assert driven.is_complete


def _make(driven: Case, act: str) -> None:
    if act == "~":
        assert driven.fire()
    elif act.startswith("!"):
        assert driven.correlate(act[1:])
    else:
        task, _, v = act.partition("=")
        driven.complete(task, **({"v": int(v)} if v else {}))


def _passed(driven: Case, since: int) -> list[str]:
    """Elements passed since an event, without the flows between them."""
    moved = [event for event in driven.events[since:] if isinstance(event, TokensMoved)]
    return [item for event in moved for item in event.path if "-" not in item]
