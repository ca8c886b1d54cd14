"""The secrets of API keys: worked out, never stored; and how a request is signed with one. Pure.

    secret     base64url(HMAC-SHA-256(secret of the installation, "api-key" key salt))
    token      gk_KEY_SECRET, sent as ``Authorization: Bearer …``
    signature  hex(HMAC-SHA-256(SECRET, method ⏎ target ⏎ moment ⏎ idempotency key ⏎ SHA-256 of the body in hex))

A signed request shows the secret to nobody on its way, and nobody can send it again later or with another body.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta

TOKEN_PREFIX = "gk_"  # noqa: S105 - how tokens begin, no token
SALT_BYTES = 32
#: How far the moment of a signed request may lie from the database's.
FRESHNESS = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class SignedRequest:
    """What a program signed."""

    key: str
    method: str
    #: Path with the query string, as sent.
    target: str
    #: Seconds since 1970.
    moment: int
    #: Empty where none was sent.
    idempotency_key: str
    #: SHA-256 of the body in hex; of nothing where there is none.
    digest: str
    signature: str = field(repr=False)


def secret_of(installation: str, key: str, salt: bytes) -> str:
    """The secret of a key."""
    worked_out = hmac.digest(installation.encode(), b"\0".join((b"api-key", key.encode(), salt)), "sha256")
    return urlsafe_b64encode(worked_out).rstrip(b"=").decode()


def token_of(key: str, secret: str) -> str:
    """What a program sends."""
    return f"{TOKEN_PREFIX}{key}_{secret}"


def split_token(token: str) -> tuple[str, str] | None:
    """Key and secret; ``None`` for anything that is no token of a key."""
    if not token.startswith(TOKEN_PREFIX):
        return None
    key, _, secret = token.removeprefix(TOKEN_PREFIX).partition("_")
    return (key, secret) if key and secret else None


def is_same(given: str, right: str) -> bool:
    """Whether two texts are the same, in a time that says nothing of how far they are."""
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def signature_of(secret: str, request: SignedRequest) -> str:
    """The right signature of a request."""
    parts = (request.method, request.target, str(request.moment), request.idempotency_key, request.digest)
    return hmac.new(secret.encode(), "\n".join(parts).encode(errors="replace"), hashlib.sha256).hexdigest()
