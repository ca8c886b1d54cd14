"""What a dry run shows: where the case stands after the last step, and how it came there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class ShownInstance(msgspec.Struct, frozen=True, kw_only=True):
    """A diagram that runs, and the elements at which its tokens wait."""

    instance: int
    process: str
    #: The instance that called it.
    caller: int | None
    tokens: list[str]


class ShownTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task that is open."""

    instance: int
    element: str
    name: str
    name_en: str
    stage: str
    #: Each can be the ``by`` of a step: a post, or a post at a unit.
    groups: list[str]
    priority: int
    assignee: str | None
    due_at: datetime | None
    form: str
    form_version: int
    #: The file of the form.
    schema: dict[str, Any] | None


class ShownTimer(msgspec.Struct, frozen=True, kw_only=True):
    """A timer that is armed; the one due first stands in front."""

    instance: int
    element: str
    name: str
    name_en: str
    attached_to: str
    due_at: datetime | None


class ShownDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """A time limit, the last one of its name."""

    name: str
    element: str
    unit: str
    #: Such as ``4 work_hour``.
    limit: str
    started_at: datetime
    warn_at: datetime | None
    due_at: datetime | None
    lamp: str
    is_paused: bool
    is_met: bool


class ShownDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an outside system has not answered."""

    instance: int
    element: str
    name: str
    name_en: str
    topic: str
    target: str
    state: str
    attempts: int
    next_at: datetime
    payload: dict[str, Any]


class ShownMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message or signal that is waited for."""

    instance: int
    element: str
    attached_to: str
    #: ``message`` or ``signal``.
    kind: str
    name: str
    key: str


class ShownActivity(msgspec.Struct, frozen=True, kw_only=True):
    """An activity that an ad-hoc sub-process offers; a step can ``start`` it."""

    instance: int
    element: str
    name: str
    name_en: str
    #: Each can be the ``by`` of a step.
    groups: list[str]


class ShownCondition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that is waited for; it comes true by what is done otherwise."""

    instance: int
    element: str
    name: str
    name_en: str
    attached_to: str


class ShownVerb(msgspec.Struct, frozen=True, kw_only=True):
    """Something that may be asked of the case beside its tasks; whether it is allowed is judged when it is used."""

    verb: str
    name: str
    name_en: str
    #: Each can be the ``by`` of a step.
    posts: list[str]
    #: Elements of open tasks that it can be used ``on``; empty for the case as a whole.
    on: list[str]
    #: The file of its form; ``null`` when nothing is asked.
    schema: dict[str, Any] | None


class ShownEscalation(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody was told of a deadline and has not acknowledged it."""

    element: str
    name: str
    name_en: str
    level: str
    groups: list[str]


class ShownFault(msgspec.Struct, frozen=True, kw_only=True):
    """An element at which the case stands still."""

    instance: int
    element: str
    code: str
    message_zh: str
    message_en: str


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the elements and flows that were passed in one diagram, in order."""

    instance: int
    process: str
    path: list[str]


class TakenStep(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning, which is 0, or a step."""

    number: int
    #: The clock after it.
    at: datetime
    passed: list[Way]
    #: Names of the messages and signals that left the case.
    thrown: list[str]


class ShownProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at."""

    #: 0 for the beginning.
    step: int
    #: ``refused`` when the step was not taken and nothing changed, ``fault`` when the case stands still, ``warning``.
    kind: str
    code: str
    message_zh: str
    message_en: str
    element: str = ""
    #: Of a refusal, place in what was sent; of a warning, the attribute of the expression.
    pointer: str = ""


class DryRunAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The case after the last step that was taken."""

    now: datetime
    stage: str
    #: Id of the end it reached; ``null`` while it runs.
    ended: str | None
    instances: list[ShownInstance]
    tasks: list[ShownTask]
    timers: list[ShownTimer]
    deadlines: list[ShownDeadline]
    deliveries: list[ShownDelivery]
    messages: list[ShownMessage]
    activities: list[ShownActivity]
    conditions: list[ShownCondition]
    verbs: list[ShownVerb]
    escalations: list[ShownEscalation]
    faults: list[ShownFault]
    #: What was written last under each name.
    variables: dict[str, Any]
    facts: dict[str, Any]
    steps: list[TakenStep]
    problems: list[ShownProblem]
    #: The steps that were taken as a file of scenarios, with what held after each (YAML).
    scenario: str
