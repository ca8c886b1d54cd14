"""Procedures, ways back and deadlines with one thing wrong."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    chain,
    end,
    extensions,
    flow,
    parallel,
    properties,
    script,
    start,
    sub,
    user,
)
from tests.unit.spiff.lint_examples.parts import (
    LINE,
    Example,
    limited,
    procedure,
    process,
    returning,
)

PROCEDURE_ERRORS: dict[str, Example] = {
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
}
