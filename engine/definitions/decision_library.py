"""The published decision models of one process: each loaded once by hash, found by the decisions they hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import asyncpg

from engine.decisions import DecisionModel
from engine.definitions.kinds import DefinitionKind
from engine.definitions.library import MissingDefinition
from engine.errors import Refusal

#: Of each key the newest version with each tag; the newest of all is among them.
_PUBLISHED = """
select distinct on (key, version_tag) number, sha, source from definition
where kind = $1 and state = 'published' order by key, version_tag, number desc
"""


@dataclass(frozen=True)
class PublishedDecisions:
    """What is published at one moment, the newest versions first; implements ``engine.decisions.Decisions``."""

    models: tuple[DecisionModel, ...]
    by_hash: Callable[[bytes], DecisionModel]

    def latest(self, decision: str) -> DecisionModel | None:
        """The latest version of the model that holds the decision."""
        newest = {model.key: model for model in reversed(self.models)}
        return next((model for model in newest.values() if decision in model.decisions), None)

    def tagged(self, decision: str, tag: str) -> DecisionModel | None:
        """The latest version with the tag."""
        found = (model for model in self.models if model.version_tag == tag and decision in model.decisions)
        return next(found, None)

    def by_sha(self, sha: bytes) -> DecisionModel:
        """Any version. Raises ``MissingDefinition``."""
        return self.by_hash(sha)

    def names(self) -> Collection[str]:
        """Ids of all decisions."""
        return {decision for model in self.models for decision in model.decisions}


class DecisionLibrary:
    """The part of the snapshot that knows the published decisions; implements ``engine.decisions.Decisions``."""

    def __init__(self, load: Callable[[bytes], DecisionModel]) -> None:
        self._load = load
        self._by_sha: dict[bytes, DecisionModel] = {}
        self._published = PublishedDecisions((), self.by_sha)
        #: Published versions that this program refuses, by hash.
        self.refused: dict[bytes, Refusal] = {}

    def add(self, sha: bytes, source: bytes) -> None:
        """Load a stored model unless it is known. Raises ``DefinitionRefused``."""
        if sha not in self._by_sha:
            self._by_sha[sha] = self._load(source)

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

    async def read(self, connection: asyncpg.Connection) -> PublishedDecisions:
        """What is published as the open transaction sees it; one that is refused does not keep the others away."""
        rows = await connection.fetch(_PUBLISHED, DefinitionKind.DECISION)
        await asyncio.to_thread(self._add_all, [(row["sha"], row["source"]) for row in rows])
        newest_first = sorted(rows, key=_number, reverse=True)
        shas = [row["sha"] for row in newest_first if row["sha"] in self._by_sha]
        return PublishedDecisions(tuple(self._by_sha[sha] for sha in shas), self.by_sha)

    def replace(self, content: PublishedDecisions) -> None:
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
