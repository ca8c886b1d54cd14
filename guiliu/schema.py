"""The schema of the whole house: the engine's line, then the city's, then that of the outside systems."""

from __future__ import annotations

from pathlib import Path

from engine.storage.migrate import ENGINE_LINE, MigrationLine, lines_below

_ROOT = Path(__file__).parents[1]

#: In the order in which they are applied; accounts first, because others refer to them.
LINES: tuple[MigrationLine, ...] = (
    ENGINE_LINE,
    *lines_below(_ROOT / "processes", first=("organisation",)),
    MigrationLine("connectors", _ROOT / "connectors" / "migrations"),
)
