"""Procedures in the live tree: what surrounds a host, which effect a procedure has come to, when it is moot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.effects import WARNING, Effect, EffectKind, Host, Place, Procedure
from engine.errors import InvalidState, Refusal
from engine.events import EffectTaken, ProcedureMoot, ProcedureStarted
from engine.feel import Value, to_json
from engine.spiff.compiling import names_in
from engine.spiff.faults import Stuck
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.deadlines import Deadlines
    from engine.spiff.activation import Activation
    from engine.spiff.attributes import DeclaredEffect
    from engine.spiff.live import LiveTree
    from engine.spiff.run import Run
    from engine.spiff.workflow import InstanceWorkflow


def places_around(activation: Activation) -> Iterator[Place]:
    """An open activity and those around it, innermost first, then the outermost instance as a whole."""
    for around in activation.outwards():
        workflow, element = around.workflow.top_workflow, around.task_spec.element
        properties = workflow.definition.view.elements[element].properties
        yield Place(host=Host(workflow.instance, around.id, element), properties=properties)
    yield whole(activation.workflow.top_workflow.outermost)


def whole(workflow: InstanceWorkflow) -> Place:
    """An instance as a host."""
    return Place(host=Host(workflow.instance), properties=workflow.definition.view.properties)


def started(instance: int, procedure: Procedure, data: Mapping[str, Value], comment: str) -> ProcedureStarted:
    """The event of a procedure that is attached."""
    host = procedure.host
    return ProcedureStarted(
        instance=instance,
        verb=procedure.verb,
        host_instance=host.instance,
        host_activity=host.activity,
        host_element=host.element,
        data={name: to_json(value) for name, value in data.items()},
        comment=comment,
    )


def moot_event(workflow: InstanceWorkflow) -> ProcedureMoot:
    """The event of a procedure that ends without having come to its end."""
    element = workflow.procedure.host.element if workflow.procedure else ""
    return ProcedureMoot(instance=workflow.instance, host_element=element)


def affect(tree: LiveTree, run: Run, activation: Activation) -> None:
    """Carry out the effect that an element of a procedure declares. Raises ``Stuck`` when that cannot be."""
    declared: DeclaredEffect = activation.task_spec.behaviour.effect
    effect = _effect(run, activation, declared)
    try:
        _carry_out(tree, run, effect, declared)
    except Refusal as refusal:
        raise Stuck(refusal.code, refusal.message_zh, refusal.message_en) from refusal
    tree.end_others(declared.ends, effect, run.step)


def entry(places: Iterable[Place], target: str) -> str:
    """The element that the innermost place declares to go on from. Raises ``InvalidState`` when none declares it."""
    for place in places:
        if target in place.properties:
            return place.properties[target]
    raise InvalidState(
        "target_not_declared",
        f"流程图没有声明 {target}，不知道从哪里继续。",
        f"Expected the diagram to declare {target}, but it does not say where to go on.",
    )


def _effect(run: Run, activation: Activation, declared: DeclaredEffect) -> Effect:
    procedure = run.workflow.procedure
    if procedure is None:
        raise Stuck(
            "effect_without_host",
            "本流程没有附着在任何案件或环节上，效果无处可施。",
            "Expected the instance to be attached to a host, but it was started by itself.",
        )
    return Effect(
        kind=declared.kind,
        instance=run.instance,
        element=activation.task_spec.element,
        host=procedure.host,
        values={"amount": evaluate(run, activation, declared.amount)} if declared.amount else {},
    )


def _carry_out(tree: LiveTree, run: Run, effect: Effect, declared: DeclaredEffect) -> None:
    host, step = effect.host, run.step
    match effect.kind:
        case EffectKind.REENTER if host.activity is not None:
            tree.reenter(host.activity, entry(tree.places(host.activity), declared.target), step)
        case EffectKind.VOID:
            tree.restart(host.instance, entry([tree.instance_place(host.instance)], declared.target), step)
        case _:
            step.deadlines.affect(effect)
    step.emit(_taken(effect))


def _taken(effect: Effect) -> EffectTaken:
    return EffectTaken(
        instance=effect.instance,
        element=effect.element,
        effect=effect.kind,
        host_instance=effect.host.instance,
        host_activity=effect.host.activity,
        host_element=effect.host.element,
        values={name: to_json(value) for name, value in effect.values.items()},
    )


def is_moot(workflow: InstanceWorkflow, instances: Mapping[int, InstanceWorkflow], deadlines: Deadlines) -> bool:
    """Whether an instance is a procedure whose host has gone on or ended, or whose deadline does not warn any more."""
    if workflow.procedure is None:
        return False
    host = workflow.procedure.host
    hosting = instances.get(host.instance)
    if hosting is None or (_began_with_warning(workflow) and not deadlines.has_warned(host.deadline)):
        return True
    return host.activity is not None and not any(
        activation.id == host.activity for tokens in hosting.parts() for activation in tokens.live_activations()
    )


def _began_with_warning(workflow: InstanceWorkflow) -> bool:
    return WARNING in names_in(workflow.definition.view.properties.get("startedBy", ""))


def is_settled(workflow: InstanceWorkflow, verbs: Collection[str], host: Host) -> bool:
    """Whether an instance is a procedure of one of the verbs on this host."""
    procedure = workflow.procedure
    return procedure is not None and procedure.verb in verbs and procedure.host == host
