"""The register of components 部件: manhole covers, lamps, trees, each with its number, state and keepers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from processes.territory.codes import checked_component_code, checked_grid_code
from processes.territory.errors import TerritoryError
from processes.territory.nearest import Near, PointIndex
from processes.territory.points import Point


class ComponentState(StrEnum):
    """The condition a component is in."""

    INTACT = "intact"
    DAMAGED = "damaged"
    LOST = "lost"
    ABANDONED = "abandoned"
    REMOVED = "removed"


#: The names that registers in use write.
STATE_NAMES_ZH: dict[ComponentState, str] = {
    ComponentState.INTACT: "完好",
    ComponentState.DAMAGED: "破损",
    ComponentState.LOST: "丢失",
    ComponentState.ABANDONED: "废弃",
    ComponentState.REMOVED: "移除",
}


@dataclass(frozen=True, slots=True)
class Component:
    """One managed thing."""

    #: 16 digits: county 6, class 2, sub-category 2, serial 6.
    code: str
    name: str
    point: Point
    #: The unit grid it stands in, 15 digits.
    grid: str
    state: ComponentState = ComponentState.INTACT
    #: Unit that owns it 权属单位.
    owner: str = ""
    #: Department in charge 主管部门.
    manager: str = ""
    #: Unit that maintains it 养护单位.
    maintainer: str = ""
    #: Day it was first recorded.
    recorded_on: date | None = None
    #: Day its record was last changed.
    changed_on: date | None = None
    #: How its position was found: 实测, 地形图, 其他.
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        checked_component_code(self.code)
        checked_grid_code(self.grid, pointer="/grid")

    @property
    def subcategory(self) -> str:
        """The key of its sub-category in the catalogue: component-0104."""
        return f"component-{self.code[6:10]}"


class ComponentRegister:
    """All components, found by number and by distance. A number stands once (`duplicate_code`)."""

    def __init__(self, components: Iterable[Component] = ()) -> None:
        self._by_code: dict[str, Component] = {}
        for component in components:
            if component.code in self._by_code:
                raise TerritoryError(
                    "duplicate_code",
                    f"部件标识码 {component.code} 重复",
                    f"the component code {component.code} stands twice",
                    pointer="/code",
                )
            self._by_code[component.code] = component
        standing = (each for each in self._by_code.values() if each.state is not ComponentState.REMOVED)
        self._index = PointIndex((component.point, component) for component in standing)

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Component]:
        return iter(self._by_code.values())

    def component(self, code: str) -> Component | None:
        """The component of a number, or None."""
        return self._by_code.get(code)

    def nearest(
        self, point: Point, *, within_metres: float, most: int = 5, subcategory: str = ""
    ) -> tuple[Near[Component], ...]:
        """The components around a point that were not removed, nearest first; of one sub-category if one is given."""

        def counts(component: Component) -> bool:
            return not subcategory or component.subcategory == subcategory

        return self._index.nearest(point, within_metres=within_metres, most=most, where=counts)

    def next_code(self, county: str, subcategory: str) -> str:
        """The next number for a sub-category such as component-0104 in a county (its 6 digits)."""
        prefix = county[:6] + subcategory.removeprefix("component-")
        last = max((int(code[10:]) for code in self._by_code if code.startswith(prefix)), default=0)
        return checked_component_code(f"{prefix}{last + 1:06d}")
