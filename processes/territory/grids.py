"""Unit grids and their register. A code that was given once is never given again, not even after its grid is void."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shapely import Polygon

from processes.territory.codes import LAST_GRID_SERIAL, checked_grid_code, community_of
from processes.territory.errors import TerritoryError


class GridState(StrEnum):
    """Whether a unit grid is in use."""

    VALID = "valid"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class UnitGrid:
    """The smallest unit of management, with a boundary in CGCS2000 degrees."""

    #: 15 digits: the community's 12 and a serial 001–999.
    code: str
    boundary: Polygon
    state: GridState = GridState.VALID
    #: First day of use; None when older than the register.
    since: date | None = None
    #: First day out of use; None while valid.
    voided_on: date | None = None
    #: Codes of the grids that took its place.
    replaced_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_grid_code(self.code)


class GridRegister:
    """All unit grids a city ever had. Changes return a new register; nothing is removed."""

    def __init__(self, grids: Iterable[UnitGrid] = ()) -> None:
        by_code: dict[str, UnitGrid] = {}
        for grid in grids:
            if grid.code in by_code:
                raise _code_taken(grid.code, pointer="/code")
            by_code[grid.code] = grid
        self._by_code: Mapping[str, UnitGrid] = MappingProxyType(by_code)
        self._last_serials = _last_serials(by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[UnitGrid]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def grid(self, code: str) -> UnitGrid:
        """The grid of a code, valid or void, or TerritoryError `unknown_grid`."""
        if code not in self._by_code:
            raise TerritoryError(
                "unknown_grid", f"没有单元网格 {code}", f"there is no unit grid {code}", pointer="/code"
            )
        return self._by_code[code]

    def require_free(self, code: str, *, pointer: str = "/code") -> None:
        """Refuse a code that was ever used (TerritoryError `code_taken`)."""
        if code in self._by_code:
            raise _code_taken(code, pointer=pointer)

    def valid(self) -> tuple[UnitGrid, ...]:
        """The grids in use, in order of code."""
        in_use = (grid for grid in self._by_code.values() if grid.state is GridState.VALID)
        return tuple(sorted(in_use, key=lambda grid: grid.code))

    def with_grids(self, grids: Iterable[UnitGrid]) -> GridRegister:
        """The register with new grids; a code that was ever used is refused (`code_taken`)."""
        return GridRegister((*self._by_code.values(), *grids))

    def with_void(self, code: str, on: date, *, replaced_by: tuple[str, ...] = ()) -> GridRegister:
        """The register with a grid taken out of use from a day on; its code stays taken."""
        grid = self.grid(code)
        if grid.state is GridState.VOID:
            raise TerritoryError(
                "already_void", f"单元网格 {code} 已经作废", f"unit grid {code} is void already", pointer="/state"
            )
        for place, successor in enumerate(replaced_by):
            if successor == code or successor not in self:
                raise TerritoryError(
                    "no_successor",
                    f"没有可替代的单元网格 {successor}",
                    f"there is no other unit grid {successor} to take its place",
                    pointer=f"/replaced_by/{place}",
                )
        void = replace(grid, state=GridState.VOID, voided_on=on, replaced_by=replaced_by)
        return GridRegister(void if each.code == code else each for each in self)

    def with_valid(self, code: str) -> GridRegister:
        """The register with a void grid in use again, as it was before; whether its ground is still free is for
        ``restored``.
        """
        grid = self.grid(code)
        if grid.state is GridState.VALID:
            raise TerritoryError(
                "already_valid", f"单元网格 {code} 本来就有效", f"unit grid {code} is in use already", pointer="/state"
            )
        valid = replace(grid, state=GridState.VALID, voided_on=None, replaced_by=())
        return GridRegister(valid if each.code == code else each for each in self)

    def next_code(self, community: str) -> str:
        """The lowest code above all that a community ever used, or TerritoryError `serials_used_up`."""
        serial = self._last_serials.get(community, 0) + 1
        if serial > LAST_GRID_SERIAL:
            raise TerritoryError(
                "serials_used_up",
                f"社区 {community} 的 {LAST_GRID_SERIAL} 个网格序号已用完",
                f"community {community} has used all its {LAST_GRID_SERIAL} grid serials",
                pointer="/community",
            )
        return checked_grid_code(f"{community}{serial:03d}")


def _last_serials(codes: Iterable[str]) -> dict[str, int]:
    last: dict[str, int] = {}
    for code in codes:
        community = community_of(code)
        last[community] = max(last.get(community, 0), int(code[len(community) :]))
    return last


def _code_taken(code: str, *, pointer: str) -> TerritoryError:
    return TerritoryError(
        "code_taken",
        f"单元网格编码 {code} 已使用过，编码不得重复使用",
        f"the unit grid code {code} was used before; codes are never used again",
        pointer=pointer,
    )
