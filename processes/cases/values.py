"""Facts between what is stored (JSON) and what expressions see (FEEL)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.errors import Invalid
from engine.feel import DateTime, NotConvertible, Value, from_datetime, from_json, to_datetime, to_json
from processes.cases.codes import class_of, kind_of, subcategory_of
from processes.cases.commands import Location
from processes.cases.facts import FACTS, Fact, FactType
from processes.cases.places import situated
from processes.cases.registers import Registers
from processes.cases.rows import ONLY, CaseRow
from processes.cases.settings import CaseSettings
from processes.territory import Crs, PlaceOf


class CaseFacts:
    """Implements ``engine.handling.Facts`` for one command."""

    def __init__(self, row: CaseRow | None, zone: tzinfo, place_of: PlaceOf) -> None:
        self._zone = zone
        self._place_of = place_of
        self._values = values_of(row)

    def values(self) -> Mapping[str, Value]:
        """All facts by name; those never set are ``None``."""
        return self._values

    def assign(self, name: str, value: Value) -> Mapping[str, Any]:
        """Set a fact; what is to be recorded: the fact, or nothing where a case is left in its place.

        Raises ``Invalid`` for unknown and given facts and for wrong values.
        """
        fact = FACTS.get(name)
        if fact is None:
            raise Invalid(
                "unknown_fact", f"没有事实 case.{name}", f"Expected a fact of the case, but there is no case.{name}"
            )
        if fact.is_given:
            raise Invalid(
                "given_fact",
                f"case.{name} 由上报确定，不能改写",
                f"Expected a fact that diagrams may set, but case.{name} is given by the report",
            )
        if name == "location":
            return self._move(value)
        stored = None if value is None else self._stored(fact, value)
        self._values[name] = value
        if name == "condition" and isinstance(value, str):
            self._values.update(classified(subcategory_of(value)))
        return {name: stored}

    def _move(self, value: Value) -> Mapping[str, Any]:
        """A case that is elsewhere is in the grid, community and street of that place."""
        members = situated(self._location(value), self._place_of)
        placed = _placed(members)
        if placed["location"] == self._values["location"]:
            return {}
        self._values.update(placed)
        # As whoever reads the log will find them.
        return {"location": {**members, **{name: from_json(members[name]) for name in ("lon", "lat")}}}

    def _location(self, value: Value) -> Location:
        """Where an output mapping says that the case is; the address stays when none is named."""
        known: Any = self._values["location"]
        stated = {"crs": Crs.CGCS2000.value, "address": known["address"], **(value if isinstance(value, dict) else {})}
        if {name: type(member) for name, member in stated.items()} != _LOCATION:
            raise Invalid(
                "fact_type",
                "case.location（位置）应有数字 lon 和 lat，可有文本 crs 和 address",
                f"Expected case.location to have numbers lon and lat, texts crs and address, but got {value!s:.99}",
            )
        return Location(**{**stated, "lon": float(stated["lon"]), "lat": float(stated["lat"])})

    def _stored(self, fact: Fact, value: Value) -> Any:
        if not _IS_OF_TYPE[fact.type](value):
            raise Invalid(
                "fact_type",
                f"case.{fact.name}（{fact.zh}）应为 {fact.type}",
                f"Expected case.{fact.name} to be a {fact.type}, but got {value!s:.100}",
            )
        if fact.values and value not in fact.values:
            allowed = ", ".join(fact.values)
            raise Invalid(
                "fact_value",
                f"case.{fact.name}（{fact.zh}）只能是：{allowed}",
                f"Expected case.{fact.name} to be one of {allowed}, but got {value!s:.100}",
            )
        return self._as_json(fact, value)

    def _as_json(self, fact: Fact, value: Value) -> Any:
        try:
            return to_datetime(value, self._zone).isoformat() if isinstance(value, DateTime) else to_json(value)
        except NotConvertible as error:
            raise Invalid("fact_value", f"case.{fact.name} 的值无法保存", f"case.{fact.name}: {error}") from error


def values_of(row: CaseRow | None) -> dict[str, Value]:
    """All facts of a case by name; those never set are ``None``."""
    values: dict[str, Value] = dict.fromkeys(FACTS)
    if row is not None:
        values.update(_given(row))
        values.update({name: _from_stored(name, value) for name, value in row.facts.items()})
    return values


def facts_of(settings: CaseSettings, registers: Registers) -> Callable[[Mapping[str, Mapping[int, Any]]], CaseFacts]:
    """What the engine calls to see the facts of a loaded tree."""

    def facts(rows: Mapping[str, Mapping[int, Any]]) -> CaseFacts:
        return CaseFacts(rows["cases"].get(ONLY), settings.zone, registers.place_of)

    return facts


_LOCATION: Mapping[str, type] = {"crs": str, "address": str, "lon": Decimal, "lat": Decimal}
_IS_OF_TYPE: Mapping[FactType, Callable[[Value], bool]] = {
    FactType.STRING: lambda value: isinstance(value, str),
    FactType.NUMBER: lambda value: isinstance(value, Decimal),
    FactType.BOOLEAN: lambda value: isinstance(value, bool),
    FactType.DATE_TIME: lambda value: isinstance(value, DateTime),
    FactType.CONTEXT: lambda value: isinstance(value, dict),
    FactType.LIST: lambda value: isinstance(value, list),
}


def _given(row: CaseRow) -> dict[str, Value]:
    return {
        "number": row.number,
        **classified(row.subcategory),
        "channel": row.channel,
        **_placed({name: getattr(row, name) for name in ("lon", "lat", "address", "grid", "community", "street")}),
        "description": row.description,
        "reported_at": from_datetime(row.reported_at),
        "media": list(row.media),
        "condition": row.condition,
    }


def _placed(members: Mapping[str, Any]) -> dict[str, Value]:
    """The facts that a place says by itself."""
    return {
        "location": {
            "lon": from_json(members["lon"]),
            "lat": from_json(members["lat"]),
            "crs": Crs.CGCS2000.value,
            "address": members["address"],
        },
        **{division: members[division] or None for division in ("grid", "community", "street")},
    }


def classified(subcategory: str) -> dict[str, Value]:
    """The facts that a sub-category says by itself."""
    return {"subcategory": subcategory, "category": class_of(subcategory), "kind": kind_of(subcategory)}


def _from_stored(name: str, value: Any) -> Value:
    if value is None or type(value) is str:
        return _moment(value) if value and FACTS[name].type is FactType.DATE_TIME else value
    return from_json(value)


@lru_cache(maxsize=4096)
def _moment(text: str) -> Value:
    """Read once: every command on a case comes with all its moments, and adds one or two."""
    return from_datetime(datetime.fromisoformat(text))
