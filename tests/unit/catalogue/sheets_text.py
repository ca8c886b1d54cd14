"""Small catalogue sheets for tests, in the shape that other cities' tables have."""

from __future__ import annotations

from collections.abc import Sequence

COLUMNS = (
    "kind,class_code,class_name,sub_code,sub_name,department,filing_condition,limit_value,limit_unit,"
    "closing_condition,source"
)
GRATE = "component,01,公用设施,04,雨水箅子,排水企业;产权单位,{condition},{limit},{unit},{closing},试验"


def grate(condition: str = "缺失", limit: str = "2", unit: str = "紧急工作时", closing: str = "补齐") -> str:
    """One row about storm grates."""
    return GRATE.format(condition=condition, limit=limit, unit=unit, closing=closing)


def sheet(rows: Sequence[str], *, columns: str = COLUMNS) -> bytes:
    """The rows under a header, as CSV."""
    return "\n".join((columns, *rows)).encode()
