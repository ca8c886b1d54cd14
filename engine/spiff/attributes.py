"""What a flow node does when a token comes by, compiled: nothing in here is parsed again while running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.decisions import Binding
from engine.definition import ElementKind
from engine.effects import EffectKind
from engine.feel import Expression
from engine.spiff.limits import USUAL_ITEMS


@dataclass(frozen=True, slots=True)
class Attribute:
    """A declared value: text taken literally, or an expression."""

    #: Where it is written, such as ``candidateGroups`` or ``output:case.level``.
    name: str
    line: int
    literal: str = ""
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Mapping_:  # noqa: N801 - Mapping is Python's own word
    """One input or output mapping."""

    source: Attribute
    #: Name of a variable, or of a fact when ``to_fact``.
    target: str
    to_fact: bool = False


class TimerKind(StrEnum):
    """What a timer's text says, by the tag it is written in."""

    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, slots=True)
class Timer:
    """When a catching event is to go on."""

    kind: TimerKind
    when: Attribute
    #: Names of the deadlines that the moment follows.
    follows: frozenset[str] = frozenset()
    #: Whether it follows the deadline that the procedure stands on.
    follows_host: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredDeadline:
    """A time limit that begins with an element."""

    name: str
    limit: Attribute
    #: Who is held responsible.
    unit: Attribute | None = None
    #: Key of the calendar; empty for the usual one.
    calendar: str = ""


class TriggerKind(StrEnum):
    """What an event throws or catches inside its tree, by the tag it is written in."""

    ERROR = "errorEventDefinition"
    ESCALATION = "escalationEventDefinition"
    COMPENSATION = "compensateEventDefinition"
    CANCEL = "cancelEventDefinition"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event throws inside its tree, or what a boundary event or an event sub-process catches."""

    kind: TriggerKind
    #: Of an error or escalation; empty for an event that catches every one. Of a compensation that is thrown, the id of
    #: the activity that is undone; empty for all of the scope.
    code: str = ""


class PublicationKind(StrEnum):
    """What goes out of a tree or comes to those who wait in it, by the tag of what names it."""

    MESSAGE = "message"
    SIGNAL = "signal"
    #: Sent by nobody: it comes when it has become true.
    CONDITION = "condition"
    #: Somebody's wish to begin an activity that an ad-hoc sub-process offers.
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Publication:
    """The message or signal that an element waits for or throws, or the condition or beginning that it waits for."""

    kind: PublicationKind
    #: Of a condition or an activity, the id of the element.
    name: str
    #: Correlation key; signals have none.
    key: Attribute | None = None
    #: How long a thrown message is kept for a receiver.
    time_to_live: Attribute | None = None
    condition: Attribute | None = None


@dataclass(frozen=True, slots=True)
class CalledDecision:
    """Which decision a business rule task asks, and which of its versions."""

    id: str
    binding: Binding
    #: The tag that ``Binding.VERSION_TAG`` names, else empty.
    tag: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredEffect:
    """What a procedure does to its host here."""

    kind: EffectKind
    #: The property of the host's diagram that says where it goes on; empty for other effects.
    target: str = ""
    #: How much time is added, in units of the limit; ``None`` leaves it to the city's rule.
    amount: Attribute | None = None
    #: Verbs whose other procedures on the host end with it.
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideJob:
    """What a service or send task asks of an outside system."""

    topic: Attribute
    #: The outside system; empty when it is named like the topic.
    target: str = ""
    retries: Attribute | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """Which process a call activity calls, which of its versions, and what is passed besides the mappings."""

    process: str
    binding: Binding
    #: The tag that ``Binding.VERSION_TAG`` names, else empty.
    tag: str = ""
    #: Whether the called process begins with every variable that the call sees, not only with the call's inputs.
    passes_in: bool = True
    #: Whether without outputs every variable of the called process is written back.
    passes_out: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class MultiInstance:
    """An activity is performed once for each item of a collection, or a number of times."""

    is_sequential: bool
    #: ``None`` when a number says how often.
    collection: Attribute | None = None
    #: Variable of each performance that takes its item.
    element: str = ""
    cardinality: Attribute | None = None
    #: Variable that takes what the performances yield, in the order of the items.
    output: str = ""
    #: What each yields.
    yields: Attribute | None = None
    #: Variable that each performance has of its own because what it yields is read from it.
    kept: str = ""
    #: Evaluated after each performance; when it is true the others are given up.
    until: Attribute | None = None
    #: How many performances are refused as too many.
    most: int = USUAL_ITEMS


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardLoop:
    """An activity is performed again and again while a condition holds."""

    condition: Attribute | None = None
    #: Whether the condition is asked before the first performance too.
    tests_before: bool = False
    #: ``None`` when only the condition ends the loop.
    maximum: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AdHoc:
    """A sub-process whose activities begin when they are named or somebody wants them, in any order and often."""

    #: Whether no two of its activities are under way at once.
    is_sequential: bool
    #: A list with the ids of the activities that begin with it.
    begins: Attribute | None = None
    #: Evaluated after each activity; when it is true the sub-process ends. Without, it ends when nothing is under way.
    until: Attribute | None = None
    #: Whether what is still under way is given up then.
    cancels_rest: bool = True
    #: To whom activities are offered that are no user tasks with candidates of their own.
    starters: Attribute | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """The compiled declarations of one flow node."""

    element: str
    kind: ElementKind
    name: str
    #: The stage declared on the element itself, or empty.
    own_stage: str = ""
    #: The stage a token is in here: its own, or that of the enclosing sub-process.
    stage: str = ""
    inputs: tuple[Mapping_, ...] = ()
    outputs: tuple[Mapping_, ...] = ()
    script: Attribute | None = None
    decision: CalledDecision | None = None
    call: Call | None = None
    #: Variable that takes the script's or decision's value; empty when a script's entries are taken one by one.
    result: str = ""
    form: str = ""
    #: Tag of the form's versions that a task may be bound to; empty for all of them.
    form_tag: str = ""
    assignee: Attribute | None = None
    groups: Attribute | None = None
    users: Attribute | None = None
    priority: Attribute | None = None
    separate_from: tuple[str, ...] = ()
    #: Whether another element wants to know who performed this one.
    is_remembered: bool = False
    #: Whether reaching this end event ends every token of its scope.
    terminates: bool = False
    #: The moment that a catching event waits for.
    timer: Timer | None = None
    #: The message or signal that is waited for or thrown, or the condition that is waited for.
    publication: Publication | None = None
    #: What reaching this event throws.
    throws: Trigger | None = None
    #: What a boundary event or the start of an event sub-process catches from inside.
    catches: Trigger | None = None
    #: Id of the activity that a boundary event stands on, else empty.
    attached_to: str = ""
    #: Whether a boundary event ends its activity, or the start of an event sub-process its scope.
    interrupts: bool = False
    effect: DeclaredEffect | None = None
    #: The time limit of the activity itself.
    deadline: DeclaredDeadline | None = None
    #: The time limit of the whole process, where it begins with this element.
    begins: DeclaredDeadline | None = None
    #: Whether the time limit of the whole process is met with this element.
    meets: bool = False
    job: OutsideJob | None = None
    #: How the activity is performed several times.
    repeats: MultiInstance | StandardLoop | None = None
    #: How an ad-hoc sub-process offers its activities.
    ad_hoc: AdHoc | None = None
    #: What each of several definitions of an event does; empty when it has no more than one.
    each: tuple[Behaviour, ...] = ()
    #: How far a deadline has come of which the task tells somebody; empty for any other task.
    escalation: str = ""
