"""Call activities: another process runs as an instance of its own inside the call.

The called instance has its own root scope and its own diagram, whose version stays the same until it ends. It hangs at
the activation of the call: it ends with it, and what it throws and does not catch goes on outwards from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.decisions import Binding
from engine.errors import Refusal
from engine.events import InstanceStarted
from engine.feel import Value
from engine.spiff.activation import Activation, Phase
from engine.spiff.deciding import models_to_keep
from engine.spiff.faults import Stuck
from engine.spiff.limits import MOST_NESTED_CALLS
from engine.spiff.scopes import Scope
from engine.spiff.variables import write
from engine.spiff.workflow import InstanceWorkflow

if TYPE_CHECKING:
    from engine.spiff.attributes import Call
    from engine.spiff.definition import Definition
    from engine.spiff.run import Run
    from engine.spiff.step import Step

#: Before the key of a process among what an instance has bound; no decision has such an id.
_PROCESS = "process:"


def begin_call(run: Run, activation: Activation) -> None:
    """Start an instance of what an activation calls. Raises ``Stuck`` when there is no such process."""
    call: Call = activation.task_spec.behaviour.call
    _refuse_depth(activation)
    definition = _definition(run, call)
    workflow = InstanceWorkflow(definition, run.next_id(), Scope(run.next_id(), None))
    workflow.around = activation
    workflow.bound = bindings_at_start(definition, run.step)
    run.workflow.calls[activation.id] = workflow
    run.step.emit(started_event(workflow))
    begin(run.beside(workflow), _passed_in(activation, call))


def started_event(workflow: InstanceWorkflow) -> InstanceStarted:
    """The event of an instance that begins."""
    around = workflow.around
    return InstanceStarted(
        instance=workflow.instance,
        definition_key=workflow.definition.view.key,
        definition_sha=workflow.definition.sha.hex(),
        caller=None if around is None else around.workflow.top_workflow.instance,
        caller_element="" if around is None else around.task_spec.element,
    )


def begin(run: Run, variables: Mapping[str, Value]) -> None:
    """Put the first token of an instance on its start event, with the variables it begins with."""
    start = run.start(run.workflow)
    if variables:
        write(run, start, variables, run.workflow.scope)


def return_from_call(run: Run, activation: Activation) -> None:
    """Let the token at a call go on, for the instance it called is complete."""
    called, call = run.workflow, activation.task_spec.behaviour.call
    calling = run.beside(activation.workflow.top_workflow)
    if call.passes_out or activation.task_spec.behaviour.outputs:
        activation.answer = dict(called.scope.values)
    del calling.workflow.calls[activation.id]
    called.release()
    activation.phase = Phase.ANSWERED
    calling.resume(activation)


def bindings_at_start(definition: Definition, step: Step) -> dict[str, bytes]:
    """The models and diagrams that an instance keeps from its start to its end."""
    bound, waiting = models_to_keep(definition, step), [definition]
    while waiting:
        for key in sorted(waiting.pop().kept_processes):
            if _PROCESS + key not in bound and (latest := _latest(key, step)):
                bound[_PROCESS + key] = latest.sha
                waiting.append(latest)
    return bound


def _latest(key: str, step: Step) -> Definition | None:
    try:
        return step.processes.latest_compiled(key)
    except Refusal:
        return None


def _passed_in(activation: Activation, call: Call) -> dict[str, Value]:
    """The variables that a called instance begins with: copies of what the call sees, or of its inputs alone."""
    if call.passes_in:
        return activation.scope.seen()
    return {} if activation.local is None else dict(activation.local.values)


def _definition(run: Run, call: Call) -> Definition:
    processes = run.step.processes
    try:
        if call.binding is Binding.VERSION_TAG:
            return processes.tagged_compiled(call.process, call.tag)
        kept = _kept(run.workflow, _PROCESS + call.process) if call.binding is Binding.DEPLOYMENT else None
        return processes.latest_compiled(call.process) if kept is None else processes.compiled(kept)
    except Refusal as refusal:
        raise Stuck(
            "process_not_published",
            f"不能调用流程“{call.process}”：{refusal.message_zh}。",
            f'Expected a process "{call.process}" that can be called, but: {refusal.message_en}.',
        ) from None


def _kept(workflow: InstanceWorkflow, name: str) -> bytes | None:
    """What the outermost instance that bound it has bound."""
    around = workflow.around
    outer = None if around is None else _kept(around.workflow.top_workflow, name)
    return workflow.bound.get(name) if outer is None else outer


def _refuse_depth(activation: Activation) -> None:
    depth, around = 0, activation.workflow.top_workflow.around
    while around is not None:
        depth, around = depth + 1, around.workflow.top_workflow.around
    if depth >= MOST_NESTED_CALLS:
        raise Stuck(
            "call_depth",
            f"调用已套了 {MOST_NESTED_CALLS} 层，不能再深。",
            f"Expected calls to nest at most {MOST_NESTED_CALLS} deep, but this one is deeper.",
        )
