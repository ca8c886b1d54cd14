"""Why an element cannot go on."""

from __future__ import annotations

import msgspec


class Stuck(Exception):
    """Raised inside a step when an element cannot go on; the run loop turns it into a fault of that element."""

    def __init__(self, code: str, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """One open fault as it is kept in the state of a tree."""

    id: int
    #: Id of the source element.
    element: str
    code: str
    message_zh: str
    message_en: str
