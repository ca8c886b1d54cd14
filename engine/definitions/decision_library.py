"""The published decision models of one process: each loaded once by hash, found by the decisions they hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable

import asyncpg

from engine.decisions import DecisionModel, DecisionSet
from engine.definitions.kinds import DefinitionKind
from engine.definitions.library import MissingDefinition
from engine.errors import NotFound, Refusal

#: Of each key the newest version with each tag; the newest of all is among them.
_PUBLISHED = """
select distinct on (key, version_tag) number, sha, source from definition
where kind = $1 and state = 'published' order by key, version_tag, number desc
"""


class DecisionLibrary:
    """The part of the snapshot that knows the published decisions; implements ``engine.decisions.Decisions``.

    Unlike a ``DecisionSet`` it also knows versions that are no longer the newest, once they were asked for.
    """

    def __init__(self, load: Callable[[bytes], DecisionModel]) -> None:
        self._load = load
        self._by_sha: dict[bytes, DecisionModel] = {}
        self._published = DecisionSet()
        #: Published versions that this program refuses, by hash.
        self.refused: dict[bytes, Refusal] = {}

    def add(self, sha: bytes, source: bytes) -> None:
        """Load a stored model unless it is known. Raises ``DefinitionRefused``."""
        if sha not in self._by_sha:
            self._by_sha[sha] = self._load(source)

    def of_key(self, key: str) -> DecisionModel:
        """The latest published version of a model. Raises ``NotFound``."""
        found = next((model for model in self._published.models if model.key == key), None)
        if found is None:
            raise NotFound(
                "definition_not_published",
                f"决策 {key} 尚未发布",
                f"Expected a published decision model {key}, but none is",
            )
        return found

    def latest(self, decision: str) -> DecisionModel | None:
        """The latest published model that holds the decision."""
        return self._published.latest(decision)

    def tagged(self, decision: str, tag: str) -> DecisionModel | None:
        """The latest published model with the tag that holds the decision."""
        return self._published.tagged(decision, tag)

    def by_sha(self, sha: bytes) -> DecisionModel:
        """Any version loaded here. Raises ``MissingDefinition``."""
        try:
            return self._by_sha[sha]
        except KeyError:
            raise MissingDefinition(sha, self) from None

    def names(self) -> Collection[str]:
        """Ids of all published decisions."""
        return self._published.names()

    async def read(self, connection: asyncpg.Connection) -> DecisionSet:
        """What is published as the open transaction sees it; one that is refused does not keep the others away."""
        rows = await connection.fetch(_PUBLISHED, DefinitionKind.DECISION)
        await asyncio.to_thread(self._add_all, [(row["sha"], row["source"]) for row in rows])
        newest_first = sorted(rows, key=_number, reverse=True)
        shas = [row["sha"] for row in newest_first if row["sha"] in self._by_sha]
        return DecisionSet(tuple(self._by_sha[sha] for sha in shas))

    def replace(self, content: DecisionSet) -> None:
        """Decide by these from now on."""
        self._published = content

    def _add_all(self, stored: Iterable[tuple[bytes, bytes]]) -> None:
        for sha, source in stored:
            try:
                self.add(sha, source)
            except Refusal as refusal:
                self.refused[sha] = refusal


def _number(row: asyncpg.Record) -> int:
    return int(row["number"])
