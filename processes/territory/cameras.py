"""The register of cameras: where they stand and who owns them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from processes.territory.codes import checked_grid_code
from processes.territory.errors import TerritoryError
from processes.territory.nearest import Near, PointIndex
from processes.territory.points import Point


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera whose pictures may become reports."""

    #: The number in its video platform; GB/T 28181 numbers have 20 digits, others are taken as they are.
    code: str
    name: str
    point: Point
    owner: str
    #: The unit grid it stands in, 15 digits.
    grid: str

    def __post_init__(self) -> None:
        checked_grid_code(self.grid, pointer="/grid")
        if not self.code.strip():
            raise TerritoryError("bad_code", "摄像机编号为空", "a camera needs a number", pointer="/code")


class CameraRegister:
    """All cameras, found by number and by distance. A number stands once (`duplicate_code`)."""

    def __init__(self, cameras: Iterable[Camera] = ()) -> None:
        self._by_code: dict[str, Camera] = {}
        for camera in cameras:
            if camera.code in self._by_code:
                raise TerritoryError(
                    "duplicate_code",
                    f"摄像机编号 {camera.code} 重复",
                    f"the camera number {camera.code} stands twice",
                    pointer="/code",
                )
            self._by_code[camera.code] = camera
        self._index = PointIndex((camera.point, camera) for camera in self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Camera]:
        return iter(self._by_code.values())

    def camera(self, code: str) -> Camera | None:
        """The camera of a number, or None."""
        return self._by_code.get(code)

    def nearest(self, point: Point, *, within_metres: float, most: int = 5) -> tuple[Near[Camera], ...]:
        """The cameras around a point, nearest first."""
        return self._index.nearest(point, within_metres=within_metres, most=most)
