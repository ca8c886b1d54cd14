"""Where a position lies, for expressions: a row for the table of FEEL functions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel import ArgumentRefused, Evaluation, Parameter, TableFunction, Value, kind_of, table_function
from processes.territory.errors import TerritoryError
from processes.territory.locate import Place
from processes.territory.points import Point

#: Asked at each call, since the grids may be replaced while compiled expressions live on.
PlaceOf = Callable[[Point], Place | None]


def place_functions(place_of: PlaceOf) -> tuple[TableFunction, ...]:
    """``place at`` over the city's unit grids; what is no position is null with a warning that says why."""

    def place_at(_evaluation: Evaluation, lon: Decimal, lat: Decimal) -> Value:
        try:
            place = place_of(Point(float(lon), float(lat)))
        except TerritoryError as error:
            raise ArgumentRefused(error.message_zh, error.message_en) from error
        if place is None:
            return None
        return {"grid": place.grid, "community": place.community, "street": place.street, "county": place.county}

    return (
        table_function(
            "place at",
            (Parameter("lon", _degrees), Parameter("lat", _degrees)),
            place_at,
            help_zh="该位置（CGCS2000，度）所在的单元网格、社区、街道和县级区划的代码；不在任何网格内时为 null",
            help_en="The codes of grid, community, street and county of a position (CGCS2000); null outside all grids",
            example="place at(0, 0) = null",
        ),
    )


def _degrees(value: Value) -> Decimal:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, Decimal):
        return value
    found = kind_of(value)
    raise ArgumentRefused(f"应为数字（度），却是 {found}", f"expected a number of degrees, but got a {found}")
