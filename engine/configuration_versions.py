"""Versions of configuration objects, for whoever is about to change one."""

from __future__ import annotations

from collections.abc import Sequence

from engine.snapshot import Snapshot
from engine.storage.database import Database

_VERSIONS = """
select c.name, c.version, e.epoch from configuration_epoch e left join configuration c on c.name = any($1::text[])
"""


class ConfigurationVersions:
    """Reads versions so that nobody is told a version newer than the content beside it."""

    def __init__(self, database: Database, snapshot: Snapshot) -> None:
        self._database = database
        self._snapshot = snapshot

    async def version(self, name: str) -> int:
        """The version (``ETag``) of an object; 0 when there is none. Raises ``Unavailable``."""
        return (await self.versions([name]))[0]

    async def versions(self, names: Sequence[str]) -> list[int]:
        """The versions of objects, in order; what is in memory then is at least as new. Raises ``Unavailable``."""
        rows = await self._database.fetch(_VERSIONS, list(names))
        found = {row["name"]: row["version"] for row in rows}
        await self._snapshot.catch_up(rows[0]["epoch"])
        return [found.get(name, 0) for name in names]
