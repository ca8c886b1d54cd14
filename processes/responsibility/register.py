"""Facility rows from the component register, which records the keepers of each component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from processes.responsibility.rows import FacilityRow
from processes.territory import Component, ComponentState


def facility_rows(components: Iterable[Component]) -> Iterator[FacilityRow]:
    """One row for each component that stands and has a keeper."""
    for component in components:
        kept = component.owner or component.manager or component.maintainer
        if kept and component.state is not ComponentState.REMOVED:
            yield FacilityRow(
                component.code,
                component.subcategory,
                component.code,
                owner=component.owner,
                manager=component.manager,
                maintainer=component.maintainer,
            )
