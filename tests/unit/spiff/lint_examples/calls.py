"""Calls with one thing wrong."""

from __future__ import annotations

from tests.unit.spiff.drawing import call, chain, element, extensions, start, user
from tests.unit.spiff.lint_examples.parts import Example


def calling(called: str) -> tuple[str, ...]:
    return (start(), called, user("a"), chain("start", "c", "a"))


CALL_ERRORS: dict[str, Example] = {
    "a call of nothing": (("call.missing", "c"), calling(element("callActivity", "c"))),
    "a call that is computed": (("call.computed", "c"), calling(call("c", "= which"))),
    "a call of itself": (("call.itself", "c"), calling(call("c", "demo"))),
    "a call of itself in the words of the standard": (
        ("call.itself", "c"),
        calling(element("callActivity", "c", calledElement="demo")),
    ),
    "a binding of a call that nobody knows": (("call.binding", "c"), calling(call("c", "x", bindingType="newest"))),
    "a call by a tag that is not written": (
        ("call.version_tag", "c"),
        calling(call("c", "x", bindingType="versionTag")),
    ),
    "a tag of a call that is not asked for": (("call.version_tag", "c"), calling(call("c", "x", versionTag="1"))),
    "a passing of variables that is neither": (
        ("call.passing", "c"),
        calling(call("c", "x", propagateAllParentVariables="some")),
    ),
    "a called element of a task": (
        ("extension.unsupported", "a"),
        (start(), user("a", '<zeebe:calledElement processId="x"/>'), chain("start", "a")),
    ),
    "another engine's binding of a call": (
        ("extension.foreign", "c"),
        calling(element("callActivity", "c", calledElement="x", **{"camunda:calledElementBinding": "latest"})),
    ),
}
CALL_NOTES: dict[str, Example] = {
    "a process called in both dialects": (
        ("dialect.overrides", "c"),
        calling(
            element("callActivity", "c", extensions('<zeebe:calledElement processId="x"/>'), calledElement="y"),
        ),
    ),
}
