"""A city's rules about deadlines. Each is a setting; the defaults are the usual ones."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from processes.deadlines.deadline import DEFAULT_WARN_SHARE


class SuccessorLimit(StrEnum):
    """What the clock that follows another one gets."""

    FULL = "full"
    REMAINDER = "remainder"


class ExtensionAmount(StrEnum):
    """How much time one extension adds."""

    ORIGINAL_LIMIT = "original_limit"
    AS_REQUESTED = "as_requested"


class ExtensionWindow(StrEnum):
    """Until when an extension may be granted."""

    BEFORE_DUE = "before_due"
    WHILE_OPEN = "while_open"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineSettings:
    """The rules of one city. What a work day means is a setting of the calendar, since due times depend on it."""

    warn_share: Decimal = DEFAULT_WARN_SHARE
    #: What the next unit gets after an approved return.
    after_return: SuccessorLimit = SuccessorLimit.FULL
    #: What the unit gets when it must do its work again.
    after_rework: SuccessorLimit = SuccessorLimit.FULL
    most_extensions: int = 2
    extension_amount: ExtensionAmount = ExtensionAmount.ORIGINAL_LIMIT
    extension_window: ExtensionWindow = ExtensionWindow.BEFORE_DUE
    most_suspensions: int = 1
    #: The longest time from the suspension to its planned lifting, in natural days.
    longest_suspension_days: int = 365
