"""What is open in a tree, as others ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.effects import Procedure
from engine.spiff.activation import Activation, Armed, Opened, Requested, Subscribed
from engine.spiff.faults import Fault
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
    """A message or signal that an element waits for; the members are those of ``SubscriptionOpened``."""

    subscription: int
    instance: int
    element: str
    #: ``message`` or ``signal``.
    kind: str
    #: Name of the message or signal.
    message: str
    key: str


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
        name=behaviour.name,
        form=behaviour.form,
        form_version=opened.form_version,
        groups=opened.groups,
        assignee=opened.assignee,
        stage=activation.stage,
        priority=opened.priority,
        excluded=opened.excluded,
        opened_at=opened.opened_at,
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
    )
