"""What can be asked about supervision orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.commands import TreeCommand


class OrderStep(StrEnum):
    """What becomes of an order, as tasks of its diagram declare under ``supervision``."""

    ANSWER = "answer"
    #: Lift the order, or ask for another answer.
    LIFT = "lift"


@dataclass(frozen=True, kw_only=True)
class TakeOrderStep(TreeCommand):
    """Complete the open task of an order that is declared to be a step."""

    #: Number of the order's procedure.
    order: int
    step: OrderStep
    #: The answer to the task's form.
    data: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
