"""The numbers of the trade: divisions (12 digits), unit grids (15), components (16).

15 22 01 | 006 | 003 | 017        province, prefecture, county | street | community | unit grid
152201 | 01 | 37 | 000042         county | class | sub-category | serial of a component
"""

from __future__ import annotations

import re
from enum import StrEnum

from processes.territory.errors import TerritoryError


class Level(StrEnum):
    """The rank of an administrative division, read from its code."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    STREET = "street"
    COMMUNITY = "community"


#: How many leading digits stand for a division of a level; the rest are zeros.
SIGNIFICANT_DIGITS: dict[Level, int] = {
    Level.PROVINCE: 2,
    Level.PREFECTURE: 4,
    Level.COUNTY: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
}

DIVISION_DIGITS = 12
GRID_DIGITS = 15
COMPONENT_DIGITS = 16
#: A community numbers its unit grids 001 to 999.
LAST_GRID_SERIAL = 999

_DIGITS = re.compile(r"[0-9]+")


def _checked(code: str, *, digits: int, name_zh: str, name_en: str, pointer: str) -> str:
    if len(code) != digits or not _DIGITS.fullmatch(code):
        raise TerritoryError(
            "bad_code",
            f"{name_zh}“{code[:32]}”应为 {digits} 位数字",
            f"the {name_en} code {code[:32]!r} must have {digits} digits",
            pointer=pointer,
        )
    return code


def level_of(division_code: str) -> Level:
    """The level that the zeros at the end of a division code tell."""
    for level, digits in SIGNIFICANT_DIGITS.items():
        if not division_code[digits:].strip("0"):
            return level
    return Level.COMMUNITY


def checked_division_code(code: str, *, pointer: str = "/code") -> str:
    """The code itself, or TerritoryError `bad_code` when it is not 12 digits."""
    return _checked(code, digits=DIVISION_DIGITS, name_zh="行政区划代码", name_en="division", pointer=pointer)


def checked_grid_code(code: str, *, pointer: str = "/code") -> str:
    """The code itself, or TerritoryError `bad_code` when it is not a community's 12 digits and a serial from 001."""
    _checked(code, digits=GRID_DIGITS, name_zh="单元网格编码", name_en="unit grid", pointer=pointer)
    if level_of(community_of(code)) is not Level.COMMUNITY or code.endswith("000"):
        raise TerritoryError(
            "bad_code",
            f"单元网格编码“{code}”应为 12 位社区代码加 001–999 的序号",
            f"the unit grid code {code!r} must be a community's 12 digits and a serial 001–999",
            pointer=pointer,
        )
    return code


def checked_component_code(code: str, *, pointer: str = "/code") -> str:
    """The code itself, or TerritoryError `bad_code` when it is not 6+2+2+6 digits."""
    return _checked(code, digits=COMPONENT_DIGITS, name_zh="部件标识码", name_en="component", pointer=pointer)


def division_at(code: str, level: Level) -> str:
    """The 12-digit code of the division of `level` that a division, grid or (to the county) component lies in."""
    digits = SIGNIFICANT_DIGITS[level]
    return code[:digits].ljust(DIVISION_DIGITS, "0")


def community_of(code: str) -> str:
    """The community of a unit grid."""
    return division_at(code, Level.COMMUNITY)


def street_of(code: str) -> str:
    """The subdistrict or town of a unit grid or community."""
    return division_at(code, Level.STREET)


def county_of(code: str) -> str:
    """The county or city of a unit grid, division or component."""
    return division_at(code, Level.COUNTY)
