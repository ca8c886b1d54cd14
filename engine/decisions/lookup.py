"""How a published decision is found, and which of its versions holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from engine.decisions.model import DecisionModel


class Binding(StrEnum):
    """Which version of a decision a caller gets; the values are those of ``zeebe:calledDecision``."""

    #: The latest version at the moment of the call.
    LATEST = "latest"
    #: The version that was the latest when the instance started.
    DEPLOYMENT = "deployment"
    #: The latest version that bears the named tag.
    VERSION_TAG = "versionTag"


class Decisions(Protocol):
    """The published decisions of the loaded configuration epoch."""

    def latest(self, decision: str) -> DecisionModel | None:
        """The latest model that holds the decision; ``None`` when none is published."""
        ...

    def tagged(self, decision: str, tag: str) -> DecisionModel | None:
        """The latest model with the version tag that holds the decision; ``None`` when none is published."""
        ...

    def by_sha(self, sha: bytes) -> DecisionModel:
        """The very model that was bound before, published or retired."""
        ...

    def names(self) -> Collection[str]:
        """Ids of all published decisions."""
        ...


@dataclass(frozen=True)
class DecisionSet:
    """Implements ``Decisions`` over models in memory, the newest versions first."""

    models: tuple[DecisionModel, ...] = ()

    def latest(self, decision: str) -> DecisionModel | None:
        """The latest version of the model that holds the decision."""
        newest = {model.key: model for model in reversed(self.models)}
        return next((model for model in newest.values() if decision in model.decisions), None)

    def tagged(self, decision: str, tag: str) -> DecisionModel | None:
        """The latest version with the tag that holds the decision."""
        found = (model for model in self.models if model.version_tag == tag and decision in model.decisions)
        return next(found, None)

    def by_sha(self, sha: bytes) -> DecisionModel:
        """One of the models. Raises ``LookupError``."""
        return {model.sha: model for model in self.models}[sha]

    def names(self) -> Collection[str]:
        """Ids of all their decisions."""
        return {decision for model in self.models for decision in model.decisions}


NO_DECISIONS: Decisions = DecisionSet()
