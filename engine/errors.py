"""The closed set of refusals.

    Refusal
    ├── Malformed            the request cannot be read
    ├── Unauthenticated      who asks is not known
    ├── Forbidden            who asks may not do this
    ├── NotFound             no such thing, or none the caller may see
    ├── InvalidState         the thing exists but its state forbids this
    ├── Stale                the caller's version is behind
    ├── Unsupported          a content type or form that is not spoken here
    ├── Invalid              read, understood, and wrong in what it says
    ├── PreconditionMissing  a change of this kind needs the version it starts from
    ├── TooMany              asked more often or for more than is allowed
    └── Unavailable          cannot be served just now; nothing happened

A refusal carries texts in Chinese and English and names the place that is wrong. It changes nothing but its own
idempotency row and, where permission was lacking, a line in the security chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A command or query that is not carried out, said in words."""

    kind = "invalid"

    def __init__(
        self,
        code: str,
        message_zh: str,
        message_en: str,
        *,
        pointer: str | None = None,
        element: str | None = None,
        line: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message_en)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en
        #: JSON pointer (RFC 6901) into the caller's document.
        self.pointer = pointer
        #: Id of the diagram element.
        self.element = element
        #: Line of the uploaded file, counted from 1.
        self.line = line
        #: More facts that the caller may see, JSON values only.
        self.details = dict(details or {})

    def as_json(self) -> dict[str, Any]:
        """The members of a problem document that come from the refusal itself; absent places are left out."""
        places = {"pointer": self.pointer, "element": self.element, "line": self.line}
        return {
            "code": self.code,
            "message_zh": self.message_zh,
            "message_en": self.message_en,
            **{name: place for name, place in places.items() if place is not None},
            **self.details,
        }


class Malformed(Refusal):
    """The request cannot be read."""

    kind = "malformed"


class Unauthenticated(Refusal):
    """Who asks is not known."""

    kind = "unauthenticated"


class Forbidden(Refusal):
    """Who asks may not do this."""

    kind = "forbidden"


class NotFound(Refusal):
    """No such thing, or none the caller may see."""

    kind = "not_found"


class InvalidState(Refusal):
    """The thing exists but its state forbids this."""

    kind = "invalid_state"


class Stale(Refusal):
    """The caller's version is behind."""

    kind = "stale"


class Unsupported(Refusal):
    """A content type or form that is not spoken here."""

    kind = "unsupported"


class Invalid(Refusal):
    """Read, understood, and wrong in what it says."""

    kind = "invalid"


class PreconditionMissing(Refusal):
    """A change of this kind needs the version it starts from."""

    kind = "precondition_missing"


class TooMany(Refusal):
    """Asked more often or for more than is allowed."""

    kind = "too_many"


class Unavailable(Refusal):
    """Cannot be served just now; nothing happened."""

    kind = "unavailable"


REFUSALS: Mapping[str, type[Refusal]] = {
    refusal.kind: refusal
    for refusal in (
        Malformed,
        Unauthenticated,
        Forbidden,
        NotFound,
        InvalidState,
        Stale,
        Unsupported,
        Invalid,
        PreconditionMissing,
        TooMany,
        Unavailable,
    )
}
