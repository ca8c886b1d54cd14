"""Where a part may stand: straight in the flow, in a loop, inside what is nested, repeated or called, or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.unit.spiff.drawing import (
    again_while,
    chain,
    end,
    event_sub,
    exclusive,
    flow,
    for_each,
    of_message,
    parallel,
    repeated,
    start,
    sub,
    terminate,
    user,
)
from tests.unit.spiff.driving import Case
from tests.unit.spiff.elements.part import Part, driven

AFTER = (user("after"), end("done"), chain("after", "done"))


def _inside(part: Part) -> tuple[str, ...]:
    return (start("in"), *part.nodes, end("out"), chain("in", part.first), chain(part.last, "out"))


def straight(part: Part, *, reloads: bool) -> Case:
    case = driven(start(), *part.nodes, *AFTER, chain("start", part.first), chain(part.last, "after"), reloads=reloads)
    part.pass_through(case)
    return _finished(case)


def in_a_loop(part: Part, *, reloads: bool) -> Case:
    """Passed three times."""
    again = (exclusive("from"), user("ask"), exclusive("to", default="to-after"), flow("to", "from", "= again"))
    ways = (chain("start", "from", part.first), chain(part.last, "ask", "to", "after"))
    case = driven(start(), *again, *part.nodes, *AFTER, *ways, reloads=reloads)
    for goes_on in (True, True, False):
        part.pass_through(case)
        case.complete("ask", again=goes_on)
    return _finished(case)


def in_a_sub_process(part: Part, *, reloads: bool) -> Case:
    around = sub("around", *_inside(part))
    case = driven(start(), around, *AFTER, chain("start", "around", "after"), reloads=reloads)
    part.pass_through(case)
    return _finished(case)


def _repeated(part: Part, characteristics: str, times: int, *, reloads: bool) -> Case:
    around = repeated(sub("around", *_inside(part)), characteristics)
    case = driven(start(), around, *AFTER, chain("start", "around", "after"), reloads=reloads)
    for _ in range(times):
        part.pass_through(case)
    return _finished(case)


def side_by_side(part: Part, *, reloads: bool) -> Case:
    return _repeated(part, for_each(cardinality="2"), 2, reloads=reloads)


def one_after_another(part: Part, *, reloads: bool) -> Case:
    return _repeated(part, for_each("= [1, 2]", isSequential="true"), 2, reloads=reloads)


def while_a_condition_holds(part: Part, *, reloads: bool) -> Case:
    return _repeated(part, again_while("loopCounter < 2"), 2, reloads=reloads)


def in_an_event_sub_process(part: Part, *, reloads: bool) -> Case:
    nodes = (*part.nodes, *AFTER, chain("on_begun", part.first), chain(part.last, "after"))
    begun = event_sub("begun", of_message("paid"), *nodes)
    case = driven(start(), user("main"), begun, chain("start", "main"), reloads=reloads)
    assert case.correlate("on_begun")
    part.pass_through(case)
    return _finished(case)


def cancelled(part: Part, *, reloads: bool) -> Case:
    """Ended from beside by a terminate end, before anything happens in the part."""
    beside = (parallel("fork"), user("stop"), terminate("all"), chain("start", "fork", "stop", "all"))
    ways = (chain("fork", part.first), chain(part.last, "after"))
    case = driven(start(), *beside, *part.nodes, *AFTER, *ways, reloads=reloads)
    case.complete("stop")
    assert case.is_complete
    return case


SURROUNDINGS: Mapping[str, Callable[..., Case]] = {
    each.__name__: each
    for each in (
        straight,
        in_a_loop,
        in_a_sub_process,
        side_by_side,
        one_after_another,
        while_a_condition_holds,
        in_an_event_sub_process,
        cancelled,
    )
}


def _finished(case: Case) -> Case:
    assert case.open == ["after"]
    case.complete("after")
    assert case.is_complete
    return case
