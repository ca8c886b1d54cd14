"""Cursors of lists: where the next page begins, opaque to the caller and sealed against change."""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

import msgspec

from engine.errors import Invalid

_SEAL_SIZE = 16
LONGEST_CURSOR = 1000


class Cursors:
    """Seals and opens cursors with the installation's secret, which all its processes share."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"guiliu cursor\0" + secret.encode()).digest()

    def seal(self, position: Sequence[Any], scope: str) -> str:
        """A cursor for a position; it opens only under the same scope (list, caller, filter)."""
        content = msgspec.json.encode(position)
        return urlsafe_b64encode(self._seal(content, scope) + content).rstrip(b"=").decode()

    def open(self, cursor: str, scope: str) -> list[Any]:
        """The position in a cursor. Raises ``Invalid`` when it was changed or belongs to another list."""
        try:
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except (binascii.Error, ValueError):
            raise _bad_cursor() from None
        seal, content = sealed[:_SEAL_SIZE], sealed[_SEAL_SIZE:]
        if not hmac.compare_digest(seal, self._seal(content, scope)):
            raise _bad_cursor()
        return msgspec.json.decode(content, type=list[Any])

    def _seal(self, content: bytes, scope: str) -> bytes:
        return hmac.digest(self._key, scope.encode() + b"\0" + content, "sha256")[:_SEAL_SIZE]


def _bad_cursor() -> Invalid:
    return Invalid(
        "bad_cursor",
        "游标无效：请从第一页重新开始",
        "The cursor is not valid here: begin again with the first page",
        details={"parameter": "cursor"},
    )
