"""What a definition declares and what a check has to say of it, in words that need no BPMN library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from engine.errors import Invalid
from engine.repairs import Repair


class ElementKind(StrEnum):
    """The kinds of flow node, in snake_case of their BPMN names."""

    START_EVENT = "start_event"
    END_EVENT = "end_event"
    TASK = "task"
    USER_TASK = "user_task"
    MANUAL_TASK = "manual_task"
    SCRIPT_TASK = "script_task"
    BUSINESS_RULE_TASK = "business_rule_task"
    SERVICE_TASK = "service_task"
    RECEIVE_TASK = "receive_task"
    SEND_TASK = "send_task"
    EXCLUSIVE_GATEWAY = "exclusive_gateway"
    PARALLEL_GATEWAY = "parallel_gateway"
    INCLUSIVE_GATEWAY = "inclusive_gateway"
    EVENT_BASED_GATEWAY = "event_based_gateway"
    SUB_PROCESS = "sub_process"
    EVENT_SUB_PROCESS = "event_sub_process"
    CALL_ACTIVITY = "call_activity"
    INTERMEDIATE_CATCH_EVENT = "intermediate_catch_event"
    INTERMEDIATE_THROW_EVENT = "intermediate_throw_event"
    BOUNDARY_EVENT = "boundary_event"


class Severity(StrEnum):
    """How much a finding matters: an error refuses the diagram, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing a check has to say of a definition."""

    #: Stable rule id such as ``flow.dangling`` or ``expression.unknown_name``.
    rule: str
    severity: Severity
    #: Id of the element in the stored file; ``None`` when the file itself is meant.
    element: str | None
    #: Line in the file, counted from 1, where known.
    line: int | None
    message_zh: str
    message_en: str
    #: What to draw or write instead, one sentence each; empty when the message already says it.
    fix_zh: str = ""
    fix_en: str = ""
    #: Row of the decision table that is meant, counted from 1.
    row: int | None = None
    #: Ids of elements and flows that are passed in order on the way to what is meant; empty where no way is.
    path: tuple[str, ...] = ()
    #: What of the element is meant, such as the name of an extension; empty where the element says enough.
    subject: str = ""
    #: What a machine can do about it; empty where somebody has to think.
    repair: Repair = ()

    @property
    def is_error(self) -> bool:
        """Whether it keeps the definition from being published."""
        return self.severity is Severity.ERROR

    def as_json(self) -> dict[str, Any]:
        """Its members as JSON values."""
        return {**asdict(self), "severity": self.severity.value}


class DefinitionRefused(Invalid):
    """The definition has errors; ``details["findings"]`` lists all findings and the first error names the place."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = next(finding for finding in findings if finding.is_error)
        super().__init__(
            "definition_refused",
            first.message_zh,
            first.message_en,
            element=first.element,
            line=first.line,
            details={"findings": [finding.as_json() for finding in findings]},
        )
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class Element:
    """One flow node as the diagram declares it."""

    id: str
    kind: ElementKind
    name: str
    #: What it is called in English; empty where the diagram does not say.
    name_en: str = ""
    #: Id of the enclosing sub-process, ``None`` on the top level.
    parent: str | None = None
    #: The stage a token enters here, inherited from the enclosing sub-process where not declared; may be empty.
    stage: str = ""
    #: Key of the form; only tasks of persons have one.
    form: str = ""
    #: Ids of the elements whose performer may not perform this one.
    separate_from: tuple[str, ...] = ()
    documentation: str = ""
    #: All ``zeebe:property`` entries as written.
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SequenceFlow:
    """One sequence flow."""

    id: str
    name: str
    source: str
    target: str
    #: FEEL text of the condition, empty when there is none.
    condition: str = ""
    #: As of an ``Element``.
    name_en: str = ""


@dataclass(frozen=True, kw_only=True)
class DefinitionView:
    """The declarations of one compiled diagram: what lists, boards, histories and editors read."""

    key: str
    name: str
    #: SHA-256 of the stored bytes.
    sha: bytes
    version_tag: str
    elements: Mapping[str, Element]
    flows: Mapping[str, SequenceFlow]
    #: Stages in the order in which the document declares them.
    stages: tuple[str, ...]
    #: Form keys that tasks of this diagram name.
    forms: frozenset[str]
    #: Id of the start event.
    start: str = ""
    #: The messages, signals and kinds of timer that begin it, such as ``message:paid`` and ``timer:timeCycle``; none
    #: for a plain start event.
    starts_by: tuple[str, ...] = ()
    #: As of an ``Element``.
    name_en: str = ""
    #: All ``zeebe:property`` entries of the process as written.
    properties: Mapping[str, str] = field(default_factory=dict)
    #: Warnings and notes of the lint; errors never get this far.
    findings: tuple[Finding, ...] = ()
