"""Which zone's routes a server answers: the one table of resources by surface."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from api.resources import (
    audit,
    cases,
    diagrams,
    forms,
    instances,
    live,
    me,
    media,
    operations,
    processes,
    sessions,
    supervision,
    tasks,
)
from api.routes import Resource


class Surface(StrEnum):
    """The zones of a city's network, each with its own server."""

    INTERNAL = "internal"
    PUBLIC = "public"
    EXCHANGE = "exchange"


RESOURCES: Mapping[Surface, tuple[Resource, ...]] = {
    Surface.INTERNAL: (
        sessions.RESOURCE,
        me.RESOURCE,
        cases.RESOURCE,
        diagrams.RESOURCE,
        tasks.RESOURCE,
        media.RESOURCE,
        instances.RESOURCE,
        processes.RESOURCE,
        forms.RESOURCE,
        supervision.RESOURCE,
        live.RESOURCE,
        audit.RESOURCE,
        operations.RESOURCE,
        operations.NUMBERS,
    ),
    # Zones that strangers reach show whether the server lives and nothing else.
    Surface.PUBLIC: (operations.RESOURCE,),
    Surface.EXCHANGE: (operations.RESOURCE,),
}
