"""Diagrams with one thing wrong or worth a word, and what the lint has to say of each."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    element,
    end,
    event_based,
    exclusive,
    extensions,
    flow,
    mapping,
    message,
    of_message,
    of_signal,
    outside,
    parallel,
    properties,
    receive,
    rule_task,
    script,
    send,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)

LINE = (start(), user("a"), end(), chain("start", "a", "end"))

#: (rule, element), and the parts of the process.
Example = tuple[tuple[str, str | None], tuple[str, ...]]


def gate(*flows: str, kind: str = "exclusiveGateway", **attributes: str) -> tuple[str, ...]:
    nodes = (start(), element(kind, "g", **attributes), user("a"), user("b"), end(), chain("start", "g"))
    return (*nodes, *flows, chain("a", "end"), chain("b", "end"))


def waiting(inner: str) -> tuple[str, ...]:
    return (start(), catch("w", inner), end(), chain("start", "w", "end"))


def repeating(cycle: str) -> tuple[str, ...]:
    return (*LINE, boundary("late", "a", timer("timeCycle", cycle), interrupts=False))


def limited(**declared: str) -> tuple[str, ...]:
    return (start(), user("a", properties(**declared)), end(), chain("start", "a", "end"))


PAID = message("m", "paid", "= order")
ALARM = signal("s", "alarm")


def choice(arm: str, identity: str, **attributes: str) -> tuple[str, ...]:
    """An event-based gateway with its first arm."""
    return (start(), event_based("g", **attributes), arm, user("a"), end(), chain("start", "g", identity, "a", "end"))


ARMS = (*choice(catch("x", of_message("m")), "x"), catch("y", of_signal("s")), flow("g", "y"), chain("y", "a"))


def rules(task: str) -> tuple[str, ...]:
    return (start(), task, user("a"), chain("start", "r", "a"))


def process(**values: str) -> str:
    """Properties of the process."""
    return extensions(properties(**values))


def procedure(written: dict[str, str], attaches_to: str = "activity", kind: str = "endEvent") -> tuple[str, ...]:
    """A procedure with one effect."""
    acting = element(kind, "act", extensions(properties(**written)))
    about = process(attachesTo=attaches_to, startedBy="performer")
    return (about, start(), user("a"), acting, chain("start", "a", "act"))


def returning(target: str, *more: str) -> tuple[str, ...]:
    return (start(), user("a", properties(onReturn=target)), end(), chain("start", "a", "end"), *more)


def asked(task: str) -> tuple[str, ...]:
    return (start(), task, user("a"), chain("start", "s", "a"))


ERRORS: dict[str, Example] = {
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
    "a start quantity": (
        ("attribute.unsupported", "a"),
        (start(), element("userTask", "a", startQuantity="2"), chain("start", "a")),
    ),
    "a timer start": (
        ("element.unsupported", "start"),
        (start("start", "<bpmn:timerEventDefinition/>"), user("a"), chain("start", "a")),
    ),
    "a terminate definition at the start": (
        ("element.unsupported", "start"),
        (start("start", "<bpmn:terminateEventDefinition/>"), user("a"), chain("start", "a")),
    ),
    "a flow into a boundary event": (
        ("flow.into_boundary", "a-late"),
        (*LINE, boundary("late", "a", timer("timeDuration", "PT1H")), flow("a", "late")),
    ),
    "a catch event that waits for nothing": (("timer.missing", "w"), waiting("")),
    "a timer without a moment": (("timer.missing", "w"), waiting("<bpmn:timerEventDefinition/>")),
    "an empty timer": (("timer.missing", "w"), waiting(timer("timeDate", " "))),
    "two moments of one timer": (
        ("timer.several", "w"),
        waiting(
            timer("timeDuration", "PT1H").replace(
                "</bpmn:timer", "<bpmn:timeDate>2030-01-01</bpmn:timeDate></bpmn:timer"
            )
        ),
    ),
    "a duration of nothing": (("timer.unusable", "w"), waiting(timer("timeDuration", "PT0S"))),
    "a duration backwards": (("timer.unusable", "w"), waiting(timer("timeDuration", "-PT5M"))),
    "a duration beyond ten years": (("timer.unusable", "w"), waiting(timer("timeDuration", "P99999999Y"))),
    "a duration beyond all numbers": (("timer.unusable", "w"), waiting(timer("timeDuration", "P" + "9" * 80 + "D"))),
    "a duration as a date": (("timer.unusable", "w"), waiting(timer("timeDate", "PT10M"))),
    "a date as a duration": (("timer.unusable", "w"), waiting(timer("timeDuration", "2026-05-01"))),
    "a moment that is none": (("timer.unusable", "w"), waiting(timer("timeDate", "2026-02-30T08:00:00"))),
    "a FEEL error in a timer": (("expression.syntax", "w"), waiting(timer("timeDuration", "= duration("))),
    "a cycle in the flow": (("timer.cycle", "w"), waiting(timer("timeCycle", "R3/PT1H"))),
    "a cycle that interrupts": (
        ("timer.cycle", "late"),
        (*LINE, boundary("late", "a", timer("timeCycle", "R3/PT1H"))),
    ),
    "a cycle of nothing": (("timer.unusable", "late"), repeating("R1000000/PT0S")),
    "a cycle that never fires": (("timer.unusable", "late"), repeating("R0/PT1H")),
    "a cycle that fires too often": (("timer.unusable", "late"), repeating("R10001/PT1H")),
    "a cycle of calendar months": (("timer.unusable", "late"), repeating("R/P1M")),
    "a cycle that is a cron line": (("timer.unusable", "late"), repeating("0 0 9 * * *")),
    "a boundary event on nothing": (
        ("boundary.detached", "late"),
        (*LINE, boundary("late", "zz", timer("timeDuration", "PT1H"))),
    ),
    "a boundary event on a script": (
        ("boundary.detached", "late"),
        (start(), script("s", "= 1", "x"), boundary("late", "s", timer("timeDuration", "PT1H")), chain("start", "s")),
    ),
    "a boundary event on a task of another scope": (
        ("boundary.detached", "late"),
        (
            *LINE,
            sub("part", start("s"), user("b"), boundary("late", "a", timer("timeDuration", "PT1H")), chain("s", "b")),
            flow("a", "part"),
        ),
    ),
    "an effect nobody knows": (("effect.unknown", "act"), procedure({"effect": "explode"})),
    "an effect of a user task": (
        ("effect.place", "act"),
        procedure({"effect": "reenter", "target": "onReturn"}, kind="scriptTask"),
    ),
    "an effect with nothing to act on": (
        ("effect.no_host", "end"),
        (start(), user("a"), end("end", extensions(properties(effect="pause"))), chain("start", "a", "end")),
    ),
    "an effect on another host": (("effect.other_host", "act"), procedure({"effect": "pause"})),
    "a return to nowhere": (("effect.target_missing", "act"), procedure({"effect": "reenter"})),
    "a return to an element of the procedure": (
        ("effect.target_malformed", "act"),
        procedure({"effect": "reenter", "target": "dispatch"}),
    ),
    "a pause with a target": (
        ("effect.parameter", "act"),
        procedure({"effect": "pause", "target": "onReturn"}, "deadline"),
    ),
    "an amount of nothing": (
        ("effect.parameter", "act"),
        procedure({"effect": "resume", "amount": "= 1"}, "deadline"),
    ),
    "a FEEL error in an amount": (
        ("expression.syntax", "act"),
        procedure({"effect": "extend", "amount": "= 1 +"}, "deadline"),
    ),
    "a procedure that attaches to a moon": (
        ("procedure.host", "demo"),
        (process(attachesTo="moon", startedBy="performer"), *LINE),
    ),
    "a procedure nobody may start": (("procedure.nobody", "demo"), (process(attachesTo="case", startedBy=" ,"), *LINE)),
    "starters of no procedure": (("procedure.detached", "demo"), (process(startedBy="performer"), *LINE)),
    "a ladder on a case": (
        ("procedure.warning_host", "demo"),
        (process(attachesTo="case", startedBy="warning"), *LINE),
    ),
    "a ladder that people may start too": (
        ("procedure.warning_alone", "demo"),
        (process(attachesTo="deadline", startedBy="warning, supervisor"), *LINE),
    ),
    "a ladder that asks": (
        ("procedure.warning_form", "start"),
        (
            process(attachesTo="deadline", startedBy="warning"),
            start(inner=extensions('<zeebe:formDefinition formId="urging"/>')),
            user("a"),
            end(),
            chain("start", "a", "end"),
        ),
    ),
    "an escalation in a flow of its own": (
        ("escalation.place", "a"),
        (start(), user("a", properties(escalation="overdue")), end(), chain("start", "a", "end")),
    ),
    "an escalation of no level": (
        ("escalation.level", "a"),
        (
            process(attachesTo="deadline", startedBy="warning"),
            start(),
            user("a", properties(escalation=" ")),
            end(),
            chain("start", "a", "end"),
        ),
    ),
    "a way back into another sub-process": (
        ("reentry.scope", "a"),
        returning("in", sub("part", start("s"), user("in"), chain("s", "in")), flow("a", "part")),
    ),
    "a way back to the start": (("reentry.unusable", "a"), returning("start")),
    "a way back to a join": (
        ("reentry.unusable", "b"),
        (
            start(),
            parallel("split"),
            user("a"),
            user("b", properties(onReturn="join")),
            parallel("join"),
            end(),
            chain("start", "split", "a", "join", "end"),
            chain("split", "b", "join"),
        ),
    ),
    "a deadline without limit": (("deadline.limit", "a"), limited(deadline="work")),
    "a deadline without name": (("deadline.nameless", "a"), limited(deadlineLimit="4 work_hour")),
    "a deadline with an empty name": (("deadline.malformed", "a"), limited(deadline=" ", deadlineLimit="4 work_hour")),
    "a FEEL error in a limit": (("expression.syntax", "a"), limited(deadline="work", deadlineLimit="= 4 work")),
    "a deadline where nothing waits": (
        ("deadline.place", "s"),
        (
            start(),
            script("s", "= 1", "x", properties(deadline="work", deadlineLimit="4 work_hour")),
            chain("start", "s"),
        ),
    ),
    "a deadline of a task that begins elsewhere": (
        ("deadline.of_process", "a"),
        limited(deadline="work", deadlineLimit="4 work_hour", deadlineFrom="start"),
    ),
    "a deadline of the process that begins nowhere": (
        ("deadline.reference", "demo"),
        (extensions(properties(deadline="case", deadlineLimit="4 work_hour", deadlineFrom="zz")), *LINE),
    ),
    "a message that starts a sub-process": (
        ("element.unsupported", "s"),
        (PAID, start(), sub("part", start("s", of_message("m")), user("a"), chain("s", "a")), chain("start", "part")),
    ),
    "a message that starts what attaches to a case": (
        ("message.begins_procedure", "start"),
        (
            process(attachesTo="case", startedBy="performer"),
            *(PAID, start("start", of_message("m")), user("a"), chain("start", "a")),
        ),
    ),
    "a process that begins with a message or a signal": (
        ("event.several", "start"),
        (PAID, ALARM, start("start", of_message("m") + of_signal("s")), user("a"), chain("start", "a")),
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
NOTES: dict[str, Example] = {
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
