"""A step that cannot be taken, or not as it was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processes.scenarios.judging import Difference


class StepFailed(Exception):
    """The story goes no further."""

    def __init__(
        self,
        message_zh: str,
        message_en: str,
        *,
        code: str = "",
        pointer: str = "",
        differences: Sequence[Difference] = (),
    ) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en
        #: Code of the refusal, when the house refused.
        self.code = code
        #: Place in what was sent with the step, when the house refused.
        self.pointer = pointer
        self.differences = differences
