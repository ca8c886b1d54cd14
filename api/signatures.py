"""Requests that a program signed with its key instead of sending it.

    Authorization: Guiliu-HMAC-SHA256 key=league, moment=1790000000, signature=<64 hex digits>
    X-Content-SHA256: <SHA-256 of the body in hex; of nothing where there is no body>

What is signed says ``processes/access/key_secrets.py``; ``docs/api.md`` shows it in a few lines of shell.
"""

from __future__ import annotations

import hashlib
import re

from sanic import Request

from engine.errors import Malformed
from processes.access import SignedRequest

SCHEME = "guiliu-hmac-sha256"
_MEMBERS = re.compile(r"key=([a-z][a-z0-9-]{0,31}), *moment=([0-9]{1,12}), *signature=([0-9a-f]{64})", re.ASCII)
_DIGEST = "x-content-sha256"


def signed_request(request: Request) -> SignedRequest | None:
    """What was signed; ``None`` for a request of any other scheme. Raises ``Malformed``."""
    scheme, _, members = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != SCHEME:
        return None
    found = _MEMBERS.fullmatch(members.strip())
    if found is None:
        raise Malformed(
            "signature_unreadable",
            "Authorization 应为 Guiliu-HMAC-SHA256 key=…, moment=…, signature=…",
            "Authorization must be Guiliu-HMAC-SHA256 key=…, moment=…, signature=…",
        )
    return SignedRequest(
        key=found[1],
        method=request.method,
        target=request.path + (f"?{request.query_string}" if request.query_string else ""),
        moment=int(found[2]),
        idempotency_key=request.headers.get("idempotency-key", ""),
        digest=request.headers.get(_DIGEST, ""),
        signature=found[3],
    )


def check_digest(request: Request) -> None:
    """Raises ``Malformed`` when the body is not the one whose digest was signed; to be asked once it is read."""
    if signed_request(request) is None:
        return
    if hashlib.sha256(request.body).hexdigest() != request.headers.get(_DIGEST, ""):
        raise Malformed(
            "digest_wrong",
            "X-Content-SHA256 与请求内容不符",
            "X-Content-SHA256 is not the digest of the body",
        )
