"""Long answers packed with gzip for callers who take it.

An answer that tells a secret is never packed: from how short it gets, whoever can put words of his own beside the
secret could guess it letter by letter.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from typing import Final

from api.routes import JSON_TYPE, Reply, Route

#: In bytes: what is no longer than the first ten packets of a connection arrives as early either way.
SHORTEST: Final = 14 * 1024
#: The quickest: packing harder takes four times as long and takes off another fiftieth of what was long.
_LEVEL: Final = 1
_REFUSED = re.compile(r"q=0(\.0{0,3})?")


def takes(encoding: str, accepted: str) -> bool:
    """Whether an ``Accept-Encoding`` names an encoding, other than to refuse it."""
    for each in accepted.lower().replace(" ", "").split(","):
        name, _, quality = each.partition(";")
        if name == encoding:
            return not _REFUSED.fullmatch(quality)
    return False


def is_worth_packing(route: Route, reply: Reply) -> bool:
    """Whether an answer is long enough, not packed in itself, and holds nothing that its length must not tell."""
    return len(reply.body) >= SHORTEST and reply.content_type == JSON_TYPE and not route.tells_secret


async def packed(body: bytes) -> bytes:
    """The body by gzip, made beside the loop."""
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
