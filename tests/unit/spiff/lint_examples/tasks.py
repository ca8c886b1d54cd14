"""Tasks with one thing wrong: what outside systems, decisions, scripts and people are asked."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    chain,
    element,
    extensions,
    mapping,
    outside,
    properties,
    rule_task,
    script,
    start,
    user,
)
from tests.unit.spiff.lint_examples.parts import (
    LINE,
    Example,
    asked,
    rules,
)


def _way(written: str) -> str:
    inner = extensions(f"<zeebe:properties>{written}</zeebe:properties>")
    return element("sequenceFlow", "way", inner, sourceRef="start", targetRef="a", name="去")


TASK_ERRORS: dict[str, Example] = {
    "a service task without a topic": (("job.topic", "s"), asked(element("serviceTask", "s"))),
    "a send task without a topic": (("job.topic", "s"), asked(element("sendTask", "s"))),
    "a topic beyond the limit": (("job.name", "s"), asked(outside("s", "t" * 65))),
    "a target beyond the limit": (("job.name", "s"), asked(outside("s", "t", target="t" * 65))),
    "retries that are no count": (("job.retries", "s"), asked(outside("s", "t", retries="0"))),
    "a header given twice": (
        ("job.header_duplicate", "s"),
        asked(
            element(
                "serviceTask",
                "s",
                extensions(
                    '<zeebe:taskDefinition type="t"/>',
                    '<zeebe:taskHeaders><zeebe:header key="path" value="/a"/><zeebe:header key="path" value="/b"/>'
                    "</zeebe:taskHeaders>",
                ),
            )
        ),
    ),
    "a password in a header": (("job.secret", "s"), asked(outside("s", "t", password="x"))),
    "a bearer token in a header": (("job.secret", "s"), asked(outside("s", "t", extra="Bearer abcdefghijkl"))),
    "a key in a literal input": (("job.secret", "s"), asked(outside("s", "t", mapping({"api_key": "abc"})))),
    "a key in a computed input": (("job.secret", "s"), asked(outside("s", "t", mapping({"token": '= "abc"'})))),
    "a password in an address": (
        ("job.secret", "s"),
        asked(outside("s", "t", mapping({"to": "https://a:b@example.org/"}))),
    ),
    "a topic of another engine": (
        ("extension.foreign", "s"),
        asked(element("serviceTask", "s", **{"camunda:topic": "t"})),
    ),
    "a topic on a user task": (
        ("extension.unsupported", "s"),
        asked(element("userTask", "s", extensions('<zeebe:taskDefinition type="t"/>'))),
    ),
    "a business rule task without a decision": (("decision.missing", "r"), rules(element("businessRuleTask", "r"))),
    "a decision named by an expression": (("decision.computed", "r"), rules(rule_task("r", "= x", "y"))),
    "a decision whose result is lost": (("decision.result", "r"), rules(rule_task("r", "d", ""))),
    "a binding nobody knows": (("decision.binding", "r"), rules(rule_task("r", "d", "y", bindingType="newest"))),
    "a binding by tag without a tag": (
        ("decision.version_tag", "r"),
        rules(rule_task("r", "d", "y", bindingType="versionTag")),
    ),
    "a tag that is not asked for": (("decision.version_tag", "r"), rules(rule_task("r", "d", "y", versionTag="1"))),
    "a decision asked by a script task": (
        ("extension.unsupported", "s"),
        (*LINE, element("scriptTask", "s", extensions('<zeebe:calledDecision decisionId="d"/>'))),
    ),
    "a decision of another engine": (
        ("extension.foreign", "r"),
        rules(element("businessRuleTask", "r", **{"camunda:decisionRef": "d"})),
    ),
    "a script in another language": (
        ("expression.language", "s"),
        (
            start(),
            element("scriptTask", "s", "<bpmn:script>1</bpmn:script>", scriptFormat="python"),
            chain("start", "s"),
        ),
    ),
    "a script task without script": (
        ("script.missing", "s"),
        (start(), element("scriptTask", "s"), chain("start", "s")),
    ),
    "a script without result": (("script.result", "s"), (start(), script("s", "= 1", ""), chain("start", "s"))),
    "a mapping to a path": (
        ("mapping.target", "a"),
        (start(), user("a", mapping(outputs={"x.y": "= 1"})), chain("start", "a")),
    ),
    "an input mapping to a fact": (
        ("mapping.target", "a"),
        (start(), user("a", mapping(inputs={"case.level": "= 1"})), chain("start", "a")),
    ),
    "a mapping to a reserved name": (
        ("mapping.reserved", "a"),
        (start(), user("a", mapping(outputs={"task": "= 1"})), chain("start", "a")),
    ),
    "a mapping without source": (
        ("mapping.source", "a"),
        (start(), user("a", mapping(outputs={"x": ""})), chain("start", "a")),
    ),
    "a separation from nothing": (
        ("task.separate_unknown", "a"),
        (start(), user("a", properties(separateFrom="zz")), chain("start", "a")),
    ),
    "a priority out of range": (
        ("task.priority", "a"),
        (start(), user("a", '<zeebe:priorityDefinition priority="500"/>'), chain("start", "a")),
    ),
    "an assignee by username": (
        ("task.person", "a"),
        (
            start(),
            element("userTask", "a", extensions('<zeebe:assignmentDefinition assignee="zhang"/>')),
            chain("start", "a"),
        ),
    ),
    "a post among the candidate users": (
        ("task.person", "a"),
        (
            start(),
            element("userTask", "a", extensions('<zeebe:assignmentDefinition candidateUsers="user:7, clerk"/>')),
            chain("start", "a"),
        ),
    ),
    "a form bound to the deployment": (
        ("form.binding", "a"),
        (
            start(),
            user("a", '<zeebe:formDefinition formId="f" bindingType="deployment"/>'),
            chain("start", "a"),
        ),
    ),
    "a form bound by a tag that is not written": (
        ("form.version_tag", "a"),
        (
            start(),
            user("a", '<zeebe:formDefinition formId="f" bindingType="versionTag"/>'),
            chain("start", "a"),
        ),
    ),
    "a tag of a form that is bound to the latest version": (
        ("form.version_tag", "a"),
        (start(), user("a", '<zeebe:formDefinition formId="f" versionTag="spring"/>'), chain("start", "a")),
    ),
    "a blank stage": (
        ("stage.malformed", "a"),
        (start(), user("a", properties(stage=" ")), chain("start", "a")),
    ),
    "a property written twice": (
        ("property.duplicate", "a"),
        (
            start(),
            user("a", '<zeebe:properties><zeebe:property name="x"/><zeebe:property name="x"/></zeebe:properties>'),
            chain("start", "a"),
        ),
    ),
    "a property of a flow written twice": (
        ("property.duplicate", "way"),
        (start(), user("a"), _way('<zeebe:property name="nameEn" value="x"/>' * 2)),
    ),
    "another engine's attribute": (
        ("extension.foreign", "a"),
        (start(), element("userTask", "a", **{"camunda:assignee": "x"}), chain("start", "a")),
    ),
    "another engine's element": (
        ("extension.foreign", "a"),
        (start(), user("a", "<camunda:inputOutput/>"), chain("start", "a")),
    ),
    "a declaration of the dialect that is not executed": (
        ("extension.unsupported", "a"),
        (start(), user("a", '<zeebe:taskSchedule dueDate="= now()"/>'), chain("start", "a")),
    ),
    "a declaration where it has no effect": (
        ("extension.unsupported", "g"),
        (
            start(),
            element("exclusiveGateway", "g", extensions(mapping(outputs={"x": "= 1"}))),
            user("a"),
            chain("start", "g", "a"),
        ),
    ),
}
