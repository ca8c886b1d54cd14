"""What would run for ever or out of memory is refused, or stands still as a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from engine.errors import Invalid
from engine.spiff import lint_process
from tests.unit.spiff.drawing import (
    call,
    catch,
    chain,
    document,
    element,
    end,
    exclusive,
    flow,
    for_each,
    repeated,
    script,
    start,
    timer,
    user,
)
from tests.unit.spiff.driving import Case


def _waiting(kind: str, text: str) -> bytes:
    return document(start(), catch("w", timer(kind, text)), chain("start", "w"))


def _chain(length: int) -> bytes:
    names = [f"t{number}" for number in range(length)]
    return document(start(), *(element("task", name) for name in names), chain("start", *names))


def _chosen(condition: str) -> bytes:
    again = exclusive("g", default="g-a"), flow("g", "end", condition)
    return document(start(), user("a"), *again, end(), chain("start", "a", "g", "a"))


#: Diagrams that hang or kill engines without bounds, and the rule that refuses each.
REFUSED: Mapping[str, tuple[str, bytes]] = {
    "a chain of 600": ("path.too_long", _chain(600)),
    "a cycle without time": ("timer.unusable", _waiting("timeCycle", "R1000000/PT0S")),
    "a cycle of many firings": ("timer.unusable", _waiting("timeCycle", "R1000000/PT1H")),
    "a wait beyond all years": ("timer.unusable", _waiting("timeDuration", "P99999999Y")),
    "a loop without a wait": (
        "loop.without_wait",
        document(start(), exclusive("m"), script("s", "= 1", "x"), exclusive("g", default="g-m"), end(),
                 chain("start", "m", "s", "g", "m"), flow("g", "end", "= x > 1")),
    ),
    "too much expression": ("document.too_much_expression", _chosen("= x = " + "1" * 100_001)),
    "an expression that nests too deep": ("expression.limit", _chosen("= " + "(" * 500 + "1" + ")" * 500)),
    "a process that calls itself": ("call.itself", document(start(), call("c", "demo"), chain("start", "c"))),
    "items without number": (
        "repetition.cardinality",
        document(start(), repeated(user("a"), for_each(cardinality="3000")), chain("start", "a")),
    ),
}  # fmt: skip
#: Those that only running shows, with the fault that each becomes.
FAULTS: Mapping[str, tuple[str, bytes]] = {
    "3,000 items": (
        "too_many_items",
        document(start(), repeated(user("a"), for_each("= for i in 1..3000 return i", "i")), chain("start", "a")),
    ),
    "an expression without end": (
        "expression_limit",
        document(start(), script("s", "= count(for i in 1..9999, j in 1..9999, k in 1..9999 return i)", "x"),
                 chain("start", "s")),
    ),
    "a loop of calls that pass at once": (
        "step_limit",
        document(start(), exclusive("m"), call("c", "passed"), exclusive("g", default="g-m"), end(),
                 chain("start", "m", "c", "g", "m"), flow("g", "end", "= false")),
    ),
}  # fmt: skip
PASSED = document(start("begin"), end("over"), chain("begin", "over"), key="passed")


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_bounds_is_refused(name: str) -> None:
    rule, source = REFUSED[name]
    assert rule in {finding.rule for finding in lint_process(source) if finding.is_error}


@pytest.mark.parametrize("name", FAULTS)
def test_what_only_running_shows_stands_still_as_a_fault(name: str) -> None:
    code, source = FAULTS[name]
    case = Case(source, PASSED)
    case.start()
    assert set(case.fault_codes) == {code}


def test_a_state_that_has_grown_too_large_is_refused_as_a_whole() -> None:
    case = Case(document(start(), user("a"), chain("start", "a")))
    case.start(text="x" * 5_000_000)
    dump: Callable[[], bytes] = case.tree.dump
    with pytest.raises(Invalid) as refused:
        dump()
    assert refused.value.code == "state_too_large"
