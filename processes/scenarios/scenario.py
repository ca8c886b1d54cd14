"""A scenario: a story of one case, told step by step, with what is expected after each; as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.deliveries import Completed, Failed, Rejected


@dataclass(frozen=True, kw_only=True)
class Report:
    """How the case is reported."""

    by: str
    subcategory: str
    condition: str | None
    channel: str
    description: str
    #: Degrees.
    lon: float
    lat: float
    crs: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """What there is before the first step."""

    #: When the case is reported (aware).
    start: datetime
    report: Report
    #: Posts of the people who are more than "somebody who holds a post", by name.
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Key of the diagram to start; ``None`` starts the one that the city decides upon.
    process: str | None = None
    #: What begins it in the stead of a report, ``timer``, ``message:paid`` or ``signal:storm``; then the variables are
    #: what comes with that, and its start event says what is reported.
    begun_by: str | None = None
    #: What the diagram starts with.
    variables: Mapping[str, Any] = field(default_factory=dict)
    #: Facts of the case that are set before the diagram starts.
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: Rows of a calendar to work by; ``None`` takes the city's.
    calendar: Mapping[str, Any] | None = None
    #: The city's settings that differ from its own.
    settings: Mapping[str, Any] = field(default_factory=dict)
    #: Its settings of deadlines that differ.
    deadline_settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CompleteStep:
    """Somebody claims and completes the open task of an element."""

    element: str
    by: str
    data: Mapping[str, Any]
    comment: str


@dataclass(frozen=True, kw_only=True)
class RetryStep:
    """Somebody runs the element again at which the case stands still."""

    element: str
    by: str


@dataclass(frozen=True, kw_only=True)
class StartStep:
    """Somebody starts an activity that an ad-hoc sub-process offers."""

    element: str
    by: str


@dataclass(frozen=True, kw_only=True)
class UseStep:
    """Somebody uses a verb on the case, or on the open task of an element."""

    verb: str
    by: str
    data: Mapping[str, Any]
    comment: str
    #: Element of the task; ``None`` leaves it to the verb.
    on: str | None


@dataclass(frozen=True, kw_only=True)
class MessageStep:
    """A message comes from outside, for the one place that waits for it."""

    name: str
    #: Correlation key.
    key: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class SignalStep:
    """A signal comes from outside, for every place that waits for it."""

    name: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AnswerStep:
    """An outside system is asked, and this comes of it."""

    #: Element that asks, or topic of what is asked.
    place: str
    outcome: Completed | Rejected | Failed


@dataclass(frozen=True, kw_only=True)
class WaitStep:
    """Time passes; timers fire on the way, each at its moment."""

    duration: timedelta


@dataclass(frozen=True, kw_only=True)
class WorkStep:
    """Working time passes, by the city's calendar: whole work days first, then hours, minutes and seconds of work."""

    days: int
    time: timedelta


@dataclass(frozen=True, kw_only=True)
class UntilStep:
    """Time passes until a moment; ``None`` is the moment of the timer that is due next."""

    moment: datetime | None


Action = (
    CompleteStep
    | StartStep
    | RetryStep
    | UseStep
    | MessageStep
    | SignalStep
    | AnswerStep
    | WaitStep
    | WorkStep
    | UntilStep
)


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What is expected at one place of a story."""

    line: int
    #: As written, by name; ``processes.scenarios.expecting`` knows the names.
    wanted: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a story."""

    line: int
    #: As it is written, such as ``complete: file``.
    words: str
    action: Action
    then: Expectation | None = None
    #: Code of the refusal that is expected instead of success.
    refused: str | None = None


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One story; steps of the scenarios that it continues stand before its own."""

    #: File in which it stands, as it was named.
    file: str
    name: str
    title: str
    line: int
    given: Given
    steps: tuple[Step, ...]
    #: Expected in the end.
    then: Expectation | None
