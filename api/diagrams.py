"""What a running diagram looks like: which elements and flows were passed, where it waits, where it stands still.

Folded from the events of the case and from nothing else; a pure function of the log, which can be put down as text
after any event and taken up again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from engine.delivery_events import (
    DeliveryCancelled,
    DeliveryCompleted,
    DeliveryRejected,
    DeliveryRequested,
    DeliverySkipped,
)
from engine.event import Event
from engine.events import (
    FaultCleared,
    FaultRaised,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    ProcedureMoot,
    Recorded,
    TaskCompleted,
    TaskOpened,
    TaskWithdrawn,
    TimerArmed,
    TimerCancelled,
    TimerFired,
    TokensMoved,
)
from engine.message_events import SubscriptionClosed, SubscriptionCorrelated, SubscriptionOpened

#: Events with which something begins to be waited for at an element, each with what its number is called.
_BEGINNINGS: Final[Mapping[type[Event], str]] = {
    TaskOpened: "task",
    TimerArmed: "timer",
    SubscriptionOpened: "subscription",
    DeliveryRequested: "delivery",
    FaultRaised: "fault",
}
#: Events with which it is no longer waited for.
_ENDINGS: Final[Mapping[type[Event], str]] = {
    **dict.fromkeys((TaskCompleted, TaskWithdrawn), "task"),
    **dict.fromkeys((TimerFired, TimerCancelled), "timer"),
    **dict.fromkeys((SubscriptionCorrelated, SubscriptionClosed), "subscription"),
    **dict.fromkeys((DeliveryCompleted, DeliveryRejected, DeliverySkipped, DeliveryCancelled), "delivery"),
    FaultCleared: "fault",
}


@dataclass
class RunningDiagram:
    """One instance on its diagram."""

    instance: int
    definition_key: str
    definition_sha: str
    #: The instance and its call activity that called this one; ``None`` and empty when nobody did.
    caller: int | None = None
    caller_element: str = ""
    is_open: bool = True
    #: Ids of elements and sequence flows, each with how often a token passed it.
    passed: Counter[str] = field(default_factory=Counter)
    #: What is waited for, such as ``task 7`` or ``call 12``, each with the id of the element where it is.
    open: dict[str, str] = field(default_factory=dict)

    @property
    def waiting(self) -> Counter[str]:
        """Ids of elements that wait, each with for how many people, moments, messages, deliveries and calls."""
        return Counter(element for what, element in self.open.items() if not what.startswith("fault "))

    @property
    def faulted(self) -> Counter[str]:
        """Ids of elements with faults, each with how many."""
        return Counter(element for what, element in self.open.items() if what.startswith("fault "))


class RunningDiagrams:
    """The diagrams of one case, brought forward event by event."""

    def __init__(self, folded: bytes | None = None) -> None:
        """Take up what ``text`` put down, or begin."""
        diagrams = msgspec.json.decode(folded) if folded else []
        self._by_instance = {diagram["instance"]: _taken_up(diagram) for diagram in diagrams}

    def text(self) -> bytes:
        """All that was folded so far, as JSON."""
        return msgspec.json.encode(self.values())

    def values(self) -> list[RunningDiagram]:
        """In the order in which the instances began."""
        return list(self._by_instance.values())

    def fold(self, recorded: Recorded) -> None:
        """Bring forward by one event; events of no concern change nothing."""
        event = recorded.event
        match event:
            case InstanceStarted():
                self._begin(event)
            case InstanceCompleted(instance=instance) | InstanceCancelled(instance=instance):
                self._end(self._by_instance[instance])
            case ProcedureMoot(instance=instance):
                self._end(self._by_instance[instance])
            case TokensMoved(instance=instance, path=path):
                self._by_instance[instance].passed.update(path)
            case _:
                self._fold_wait(event)

    def _begin(self, started: InstanceStarted) -> None:
        self._by_instance[started.instance] = RunningDiagram(
            started.instance, started.definition_key, started.definition_sha, started.caller, started.caller_element
        )
        if started.caller is not None:
            self._by_instance[started.caller].open[f"call {started.instance}"] = started.caller_element

    def _end(self, ended: RunningDiagram) -> None:
        ended.is_open = False
        if ended.caller is not None:
            self._by_instance[ended.caller].open.pop(f"call {ended.instance}", None)

    def _fold_wait(self, event: Any) -> None:
        kind = type(event)
        if (what := _BEGINNINGS.get(kind)) is not None and not getattr(event, "attached_to", ""):
            self._by_instance[event.instance].open[f"{what} {getattr(event, what)}"] = event.element
        elif (what := _ENDINGS.get(kind)) is not None:
            self._by_instance[event.instance].open.pop(f"{what} {getattr(event, what)}", None)


def _taken_up(text: dict[str, Any]) -> RunningDiagram:
    return RunningDiagram(**{**text, "passed": Counter(text["passed"])})
