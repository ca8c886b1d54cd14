"""What is open in a tree, as others ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.effects import Procedure
from engine.feel import to_json
from engine.spiff.activation import Activation, Armed, Opened, Phase, Requested, Subscribed, Subtask
from engine.spiff.faults import Fault
from engine.spiff.scopes import Scope
from engine.spiff.subscriptions import publication_of, subscribed_event
from engine.spiff.workflow import InstanceWorkflow


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTask:
    """A person's work item that is open; the members are those of ``TaskOpened``."""

    task: int
    instance: int
    element: str
    name: str
    form: str
    form_version: int
    groups: list[str]
    assignee: str | None
    stage: str
    priority: int
    excluded: list[str]
    opened_at: datetime
    #: The task that it is a part of; 0 for one that a diagram has opened.
    parent: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenToken:
    """An activity or event that a token stands at."""

    activity: int
    instance: int
    element: str
    name: str
    #: The activity whose inside it is in, or that called its instance; ``None`` on the top level.
    around: int | None
    #: Whether something has come for it that is kept while the instance is paused.
    is_held: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenScope:
    """A level of variables, as JSON values."""

    scope: int
    instance: int
    #: The activity whose own variables they are, and its element; ``None`` and empty for the instance's.
    activity: int | None
    element: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenFault:
    """An element that cannot go on; the members are those of ``FaultRaised``."""

    fault: int
    instance: int
    element: str
    code: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArmedTimer:
    """A moment that an element waits for."""

    timer: int
    instance: int
    #: Id of the source element that catches it.
    element: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDelivery:
    """Something that an outside system has not answered yet."""

    delivery: int
    instance: int
    element: str
    target: str
    topic: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSubscription:
    """What an element waits for with a subscription; the members are those of ``SubscriptionOpened``."""

    subscription: int
    instance: int
    element: str
    kind: str
    message: str
    key: str
    groups: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveInstance:
    """An instance that is not complete."""

    definition_sha: bytes
    key: str
    #: What it is attached to, when it is a procedure.
    procedure: Procedure | None = None


def open_task(workflow: InstanceWorkflow, activation: Activation, opened: Opened) -> OpenTask:
    """The task that is open at an activation."""
    behaviour = activation.task_spec.behaviour
    return OpenTask(
        task=activation.id,
        instance=workflow.instance,
        element=behaviour.element,
        name=opened.name or behaviour.name,
        form=behaviour.form,
        form_version=opened.form_version,
        groups=opened.groups,
        assignee=opened.assignee,
        stage=activation.stage,
        priority=opened.priority,
        excluded=opened.excluded,
        opened_at=opened.opened_at,
    )


def open_subtask(workflow: InstanceWorkflow, activation: Activation, subtask: Subtask) -> OpenTask:
    """A part of the task that is open at an activation."""
    behaviour, opened = activation.task_spec.behaviour, activation.opened
    return OpenTask(
        task=subtask.id,
        instance=workflow.instance,
        element=behaviour.element,
        name=subtask.name,
        form="",
        form_version=0,
        groups=subtask.groups,
        assignee=subtask.assignee,
        stage=activation.stage,
        priority=subtask.priority,
        excluded=[] if opened is None else opened.excluded,
        opened_at=subtask.opened_at,
        parent=activation.id,
    )


def open_fault(workflow: InstanceWorkflow, fault: Fault) -> OpenFault:
    """A fault of an instance."""
    return OpenFault(
        fault=fault.id,
        instance=workflow.instance,
        element=fault.element,
        code=fault.code,
        message_zh=fault.message_zh,
        message_en=fault.message_en,
    )


def armed_timer(workflow: InstanceWorkflow, activation: Activation, armed: Armed) -> ArmedTimer:
    """A timer that is armed at an activation."""
    event = activation.workflow.spec.task_specs[armed.node]
    return ArmedTimer(timer=armed.id, instance=workflow.instance, element=event.element, due_at=armed.due_at)


def open_delivery(workflow: InstanceWorkflow, activation: Activation, requested: Requested) -> OpenDelivery:
    """What an outside system was asked for at an activation."""
    return OpenDelivery(
        delivery=requested.id,
        instance=workflow.instance,
        element=activation.task_spec.element,
        target=requested.target,
        topic=requested.topic,
    )


def open_subscription(workflow: InstanceWorkflow, activation: Activation, subscribed: Subscribed) -> OpenSubscription:
    """A subscription that is open at an activation."""
    event = subscribed_event(activation, subscribed)
    publication = publication_of(event)
    return OpenSubscription(
        subscription=subscribed.id,
        instance=workflow.instance,
        element=event.element,
        kind=publication.kind.value,
        message=publication.name,
        key=subscribed.key,
        groups=subscribed.groups,
    )


def open_token(workflow: InstanceWorkflow, activation: Activation) -> OpenToken:
    """A token as others see it."""
    around = activation.workflow.around
    return OpenToken(
        activity=activation.id,
        instance=workflow.instance,
        element=activation.task_spec.element,
        name=activation.task_spec.behaviour.name,
        around=around.id if around is not None else None,
        is_held=activation.fault is None and activation.phase is not Phase.ENTERED,
    )


def open_scope(workflow: InstanceWorkflow, scope: Scope, activation: Activation | None) -> OpenScope:
    """A scope as others see it."""
    return OpenScope(
        scope=scope.id,
        instance=workflow.instance,
        activity=activation.id if activation is not None else None,
        element=activation.task_spec.element if activation is not None else "",
        variables={name: to_json(value) for name, value in scope.values.items()},
    )
