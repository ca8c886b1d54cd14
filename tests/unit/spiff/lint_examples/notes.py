"""Diagrams with something worth a word, and what the lint has to say of each."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    chain,
    element,
    extensions,
    flow,
    mapping,
    properties,
    start,
    user,
)
from tests.unit.spiff.lint_examples.parts import (
    LINE,
    Example,
    gate,
    process,
    returning,
)

PLAIN_NOTES: dict[str, Example] = {
    "a way back that only a caller can know": (("reentry.unknown", "a"), returning("dispatch")),
    "a way back of the process that only a caller can know": (
        ("reentry.unknown", "demo"),
        (process(onVoid="voided"), *LINE),
    ),
    "an implicit end": (("end.implicit", "a"), (start(), user("a"), chain("start", "a"))),
    "a task nobody is offered": (("task.unassigned", "a"), (start(), user("a", groups=""), chain("start", "a"))),
    "a manual task": (("task.manual", "m"), (start(), element("manualTask", "m"), chain("start", "m"))),
    "a gateway without default": (
        ("default.missing", "g"),
        gate(flow("g", "a", "= x"), flow("g", "b", "= y")),
    ),
    "a data object": (("element.ignored", "d"), (*LINE, element("dataObject", "d"))),
    "a harmless extension of another engine": (
        ("extension.ignored", "a"),
        (start(), element("userTask", "a", **{"camunda:asyncBefore": "true"}), chain("start", "a")),
    ),
    "an English name of what nobody reads the name of": (
        ("name.english_place", "d"),
        (*LINE, element("dataObject", "d", extensions(properties(nameEn="Data")))),
    ),
    "an English name that says nothing": (
        ("name.english_empty", "a"),
        (start(), user("a", properties(nameEn=" ")), chain("start", "a")),
    ),
    "an English name beside no name": (
        ("name.english_alone", "start"),
        (start("start", extensions(properties(nameEn="Reported"))), user("a"), chain("start", "a")),
    ),
    "an English name under another name": (
        ("name.english_misspelt", "a"),
        (start(), user("a", properties(name_en="Review")), chain("start", "a")),
    ),
    "both dialects": (
        ("dialect.overrides", "s"),
        (
            start(),
            element(
                "scriptTask",
                "s",
                extensions('<zeebe:script expression="= 1" resultVariable="x"/>') + "<bpmn:script>2</bpmn:script>",
            ),
            chain("start", "s"),
        ),
    ),
    "a comparison that never holds": (
        ("expression.comparison", "a"),
        (start(), user("a", mapping(outputs={"x": "= task.performer = 3"})), chain("start", "a")),
    ),
}
