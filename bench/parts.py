"""The parts of a command's cost in the server: which module's time belongs to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bench.sampling import Stack

#: Beginning of a module's name, or whole → part. The innermost frame that has one decides, so what
#: libraries do counts for who called them.
_PARTS: Mapping[str, str] = {
    "asyncpg": "database driver",
    "engine.storage.database": "database driver",
    "engine.storage.connections": "database driver",
    "engine.storage.failures": "database driver",
    "engine.storage": "rows to and from arrays",
    "processes.cases.tables": "rows to and from arrays",
    "processes.timekeeping.tables": "rows to and from arrays",
    "processes.media.links": "rows to and from arrays",
    "engine.projection": "projections",
    "processes.cases.projection": "projections",
    "processes.timekeeping.projection": "projections",
    "engine.jsontext": "JSON text",
    "engine.log": "hash chain",
    "engine.work": "work: recording, head",
    "engine.spiff.codec": "state: load and dump",
    "engine.spiff.snapshot": "state: load and dump",
    "engine.spiff.stored_values": "state: load and dump",
    "engine.spiff": "step",
    "engine.feel": "step: FEEL",
    "processes.cases.values": "step: case facts",
    "processes.timekeeping": "step: deadlines",
    "processes.deadlines": "step: deadlines",
    "processes.calendars": "step: deadlines",
    "SpiffWorkflow": "step",
    "forms": "form judged",
    "processes.cases.form_library": "form judged",
    "jsonschema": "form judged",
    "processes.access.sessions": "who asks",
    "processes.access.people": "who asks",
    "api.authentication": "who asks",
    "processes.access": "guard",
    "engine.handlers": "handler",
    "engine.bus": "bus",
    "engine.feed": "notifier and feed",
    "processes": "handler",
    "prometheus_client": "metrics",
    "api.bodies": "body read and typed",
    "api.validation": "body read and typed",
    "api": "edge",
    "sanic": "HTTP server and event loop",
    "asyncio": "HTTP server and event loop",
}
#: Where no frame has a part.
ELSEWHERE = "elsewhere"


def by_part(seen: Counter[Stack]) -> Counter[str]:
    """How often each part was seen at work."""
    parts = Counter[str]()
    for stack, count in seen.items():
        parts[_part_of(stack)] += count
    return parts


def _part_of(stack: Stack) -> str:
    for frame in stack:
        module = frame.partition(":")[0]
        while module:
            if module in _PARTS:
                return _PARTS[module]
            module = module.rpartition(".")[0]
    return ELSEWHERE
