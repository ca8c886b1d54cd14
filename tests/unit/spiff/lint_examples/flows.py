"""Ids, flows, gateways and expressions with one thing wrong."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    chain,
    element,
    end,
    exclusive,
    flow,
    mapping,
    script,
    start,
    sub,
    user,
)
from tests.unit.spiff.lint_examples.parts import (
    LINE,
    Example,
    gate,
)

FLOW_ERRORS: dict[str, Example] = {
    "a task id used twice": (("id.duplicate", "a"), (*LINE, '<bpmn:task id="a"/>')),
    "a sub-process with the id of the process": (
        ("id.duplicate", "demo"),
        (start(), sub("demo", start("s"), user("a"), chain("s", "a")), chain("start", "demo")),
    ),
    "an id that is a flow's too": (("id.duplicate", "a"), (*LINE, flow("a", "end", identity="a"))),
    "an id with a space": (("id.malformed", "a b"), (start(), user("a b"), chain("start", "a b"))),
    "an id with a path": (("id.malformed", "../x"), (start(), user("../x"), chain("start", "../x"))),
    "an id of 10 kB": (("id.malformed", "x" * 255), (start(), user("x" * 10_000), chain("start", "x" * 10_000))),
    "a node without id": (("id.missing", None), (*LINE, "<bpmn:task/>")),
    "a flow to nowhere": (("flow.dangling", "a-z"), (*LINE, flow("a", "z"))),
    "a flow to a flow": (("flow.dangling", "x"), (*LINE, flow("a", "start-a", identity="x"))),
    "a flow into a sub-process": (
        ("flow.crosses_scope", "start-in"),
        (*LINE, sub("part", start("s"), user("in"), chain("s", "in")), flow("start", "in"), flow("a", "part")),
    ),
    "a flow into the start": (("flow.into_start", "a-start"), (*LINE, flow("a", "start"))),
    "a flow out of the end": (("flow.out_of_end", "end-a"), (*LINE, flow("end", "a"))),
    "no start": (("start.missing", "demo"), (user("a"), end(), chain("a", "end"))),
    "two starts": (("start.several", "s2"), (*LINE, start("s2"), flow("s2", "a"))),
    "a sub-process without start": (
        ("start.missing", "part"),
        (*LINE, sub("part", user("in")), flow("a", "part")),
    ),
    "a dead element": (("element.unreachable", "b"), (*LINE, user("b"), flow("b", "end"))),
    "no end": (("end.missing", "demo"), (start(), user("a"), chain("start", "a"), flow("a", "a", identity="loop"))),
    "a default flow of another node": (
        ("default.not_own", "g"),
        gate(flow("g", "a", "= x"), flow("g", "b", "= y"), default="a-end"),
    ),
    "a default flow beside flows without conditions": (
        ("default.needless", "a"),
        (
            start(),
            user("a", default="a-end"),
            user("b"),
            end(),
            chain("start", "a", "end"),
            chain("a", "b", "end"),
        ),
    ),
    "a default flow of a parallel gateway": (
        ("default.needless", "g"),
        gate(flow("g", "a"), flow("g", "b"), kind="parallelGateway", default="g-a"),
    ),
    "a condition on the default flow": (
        ("flow.condition_on_default", "g-a"),
        gate(flow("g", "a", "= x"), flow("g", "b", "= y"), default="g-a"),
    ),
    "an exclusive branch without condition": (
        ("flow.condition_missing", "g-b"),
        gate(flow("g", "a", "= x"), flow("g", "b")),
    ),
    "a condition out of a parallel gateway": (
        ("flow.condition_forbidden", "g-a"),
        gate(flow("g", "a", "= x"), flow("g", "b"), kind="parallelGateway"),
    ),
    "a condition out of the start": (
        ("flow.condition_forbidden", "start-a"),
        (start(), user("a"), end(), flow("start", "a", "= x"), chain("a", "end")),
    ),
    "a ring of scripts": (
        ("loop.without_wait", "s1"),
        (
            *LINE,
            script("s1", "= 1", "x"),
            exclusive("s2", default="s2-s1"),
            flow("a", "s1"),
            chain("s1", "s2", "s1"),
            flow("s2", "end", "= x"),
        ),
    ),
    "a gateway that leads to itself": (
        ("loop.without_wait", "g"),
        gate(flow("g", "g", "= x"), flow("g", "a", "= y"), flow("g", "b"), default="g-b"),
    ),
    "a FEEL error in a condition": (
        ("expression.syntax", "g-a"),
        gate(flow("g", "a", "= x >"), flow("g", "b"), default="g-b"),
    ),
    "Python in a condition": (
        ("expression.syntax", "g-a"),
        gate(flow("g", "a", '= __import__("os").popen("id").read() == 1'), flow("g", "b"), default="g-b"),
    ),
    "an expression of another engine": (
        ("expression.language", "g-a"),
        gate(flow("g", "a", "${x > 1}"), flow("g", "b"), default="g-b"),
    ),
    "ten thousand brackets": (
        ("expression.limit", "g-a"),
        gate(flow("g", "a", "= " + "(" * 10_000), flow("g", "b"), default="g-b"),
    ),
    "a function that does not exist": (
        ("expression.unknown_function", "s"),
        (start(), script("s", "= sume([1])", "x"), chain("start", "s")),
    ),
    "too many arguments": (
        ("expression.arguments", "s"),
        (start(), script("s", "= abs(1, 2)", "x"), chain("start", "s")),
    ),
    "an unknown member of task": (
        ("expression.unknown_member", "a"),
        (start(), user("a", mapping(outputs={"x": "= task.performr"})), chain("start", "a")),
    ),
    "a start quantity": (
        ("attribute.unsupported", "a"),
        (start(), element("userTask", "a", startQuantity="2"), chain("start", "a")),
    ),
}
