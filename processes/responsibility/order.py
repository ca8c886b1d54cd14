"""Which list is asked first: components go by owner and then by territory, incidents by territory and then by owner.

The order is a decision: facts in, names of steps out. It stands here as a table; a decision table that a city edits
takes its place (``decided_order``), because a proposal asks any function of this shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """A place to look for the unit."""

    OWNER = "owner"
    MAINTAINER = "maintainer"
    MANAGER = "manager"
    BOUNDARY = "boundary"
    AREA = "area"
    SUBDISTRICT = "subdistrict"


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What the order may depend on."""

    kind: str
    subcategory: str
    #: Whether the case names a component of the register.
    has_component: bool


#: A decision on the order of steps.
Order = Callable[[OrderFacts], Sequence[Step]]

#: The kind of a row that holds for all other kinds.
_ANY = "*"
_FACILITY = (Step.OWNER, Step.MAINTAINER, Step.MANAGER)
_TERRITORY = (Step.BOUNDARY, Step.AREA)

#: 部件先属主后属地，事件先属地后属主，最后由属地街道兜底.
STANDARD_ORDER: dict[str, tuple[Step, ...]] = {
    "component": (*_FACILITY, *_TERRITORY, Step.SUBDISTRICT),
    "incident": (*_TERRITORY, *_FACILITY, Step.SUBDISTRICT),
    _ANY: (*_TERRITORY, Step.SUBDISTRICT),
}


def standard_order(facts: OrderFacts) -> Sequence[Step]:
    """The order of the trade, by kind."""
    return STANDARD_ORDER.get(facts.kind, STANDARD_ORDER[_ANY])
