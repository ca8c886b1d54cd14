"""Ad-hoc sub-processes: what offers their activities, and what begins one of them."""

from __future__ import annotations

from engine.spiff import offering
from engine.spiff.activation import Activation
from engine.spiff.run import Run
from engine.spiff.specs.events import BoundaryEvent
from engine.spiff.specs.node import Node


class Offer(Node):
    """Where the token stands that holds an ad-hoc sub-process open; it goes on when enough has been done in there."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.repeated is None:
            offering.begin(run, activation)
        elif offering.is_enough(run, activation):
            return True
        return None if offering.goes_on(run, activation) else True


class OfferedStart(BoundaryEvent):
    """Where a token begins that somebody wants to begin an activity with."""

    @property
    def begins_anew(self) -> bool:
        """Always: its scope has waited for it."""
        return True

    def _execute(self, run: Run, activation: Activation) -> bool:
        offering.take_turn(run, activation.workflow)
        return super()._execute(run, activation)
