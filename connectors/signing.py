"""Signatures in the form of Standard Webhooks: over id, time and the exact bytes of the body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

_PREFIX = "whsec_"
#: How far the clocks of two systems may be apart.
TOLERANCE = timedelta(minutes=5)
SHORTEST_SECRET = 24


class SecretUnusable(Exception):
    """A secret is missing or too short; the text never holds it."""


class Secrets:
    """Secrets as files of one folder, one secret a line: the first signs, all of them are believed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> Sequence[bytes]:
        """The secrets of a name, the newest first. Raises ``SecretUnusable``."""
        try:
            text = (self._folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SecretUnusable(f"secrets/{name} cannot be read") from None
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:
            raise SecretUnusable(f"secrets/{name} is empty")
        return [_secret(name, line) for line in lines]


def _secret(name: str, line: str) -> bytes:
    try:
        secret = (
            base64.b64decode(line.removeprefix(_PREFIX), validate=True) if line.startswith(_PREFIX) else line.encode()
        )
    except binascii.Error:
        raise SecretUnusable(f"secrets/{name} is no base64 after {_PREFIX}") from None
    if len(secret) < SHORTEST_SECRET:
        raise SecretUnusable(f"secrets/{name} is shorter than {SHORTEST_SECRET} bytes")
    return secret


def signed(secret: bytes, identity: str, moment: datetime, body: bytes) -> dict[str, str]:
    """The headers of a signed message."""
    timestamp = str(int(moment.timestamp()))
    return {
        "webhook-id": identity,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{_signature(secret, identity, timestamp, body)}",
    }


def is_signed(secrets: Sequence[bytes], headers: Mapping[str, str], now: datetime, body: bytes) -> bool:
    """Whether one of the secrets has signed exactly this body, lately."""
    identity, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not identity or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(datetime.fromtimestamp(int(timestamp), UTC) - now) > TOLERANCE:
        return False
    given = [part[3:] for part in headers.get("webhook-signature", "").split() if part.startswith("v1,")]
    wanted = [_signature(secret, identity, timestamp, body) for secret in secrets]
    # Every pair is compared, each in constant time.
    return any([hmac.compare_digest(one.encode(), other.encode()) for one in given[:10] for other in wanted])


def _signature(secret: bytes, identity: str, timestamp: str, body: bytes) -> str:
    content = f"{identity}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()
