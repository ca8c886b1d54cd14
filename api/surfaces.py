"""Which zone's routes a server answers: the one table of resources by surface."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from api.resources import (
    api_keys,
    attention,
    audit,
    batches,
    bulk_tasks,
    calendars,
    cases,
    catalogue,
    catalogue_editing,
    components,
    connectors,
    deadlines,
    decisions,
    deliveries,
    diagrams,
    duplicates,
    duty_grids,
    faults,
    feel,
    forms,
    grids,
    groups,
    inbound,
    instances,
    interventions,
    live,
    me,
    media,
    messages,
    operations,
    outlines,
    oversight,
    own_password,
    pictures,
    processes,
    proposals,
    responsibilities,
    responsibility_editing,
    sessions,
    stages,
    supervision,
    tasks,
    time_limits,
    units,
    users,
    verbs,
    welcome,
)
from api.routes import Resource


class Surface(StrEnum):
    """The zones of a city's network, each with its own server."""

    INTERNAL = "internal"
    PUBLIC = "public"
    EXCHANGE = "exchange"


RESOURCES: Mapping[Surface, tuple[Resource, ...]] = {
    Surface.INTERNAL: (
        welcome.RESOURCE,
        sessions.RESOURCE,
        me.RESOURCE,
        cases.RESOURCE,
        deadlines.RESOURCE,
        verbs.RESOURCE,
        attention.RESOURCE,
        duplicates.RESOURCE,
        diagrams.RESOURCE,
        tasks.RESOURCE,
        bulk_tasks.RESOURCE,
        batches.RESOURCE,
        media.RESOURCE,
        instances.RESOURCE,
        interventions.RESOURCE,
        messages.RESOURCE,
        faults.RESOURCE,
        deliveries.RESOURCE,
        connectors.RESOURCE,
        inbound.RESOURCE,
        processes.RESOURCE,
        stages.RESOURCE,
        decisions.RESOURCE,
        forms.RESOURCE,
        feel.RESOURCE,
        supervision.RESOURCE,
        oversight.RESOURCE,
        catalogue.RESOURCE,
        catalogue_editing.RESOURCE,
        calendars.RESOURCE,
        time_limits.RESOURCE,
        pictures.RESOURCE,
        grids.RESOURCE,
        outlines.RESOURCE,
        duty_grids.RESOURCE,
        components.RESOURCE,
        proposals.RESOURCE,
        responsibilities.RESOURCE,
        responsibility_editing.RESOURCE,
        units.RESOURCE,
        users.RESOURCE,
        groups.RESOURCE,
        own_password.RESOURCE,
        api_keys.RESOURCE,
        live.RESOURCE,
        audit.RESOURCE,
        operations.RESOURCE,
        operations.NUMBERS,
    ),
    # Strangers are shown whether the server lives and nothing else; outside systems are also listened to.
    Surface.PUBLIC: (operations.RESOURCE,),
    Surface.EXCHANGE: (inbound.RESOURCE, operations.RESOURCE),
}
