"""How a published decision is found, and which of its versions holds."""

from __future__ import annotations

from collections.abc import Collection
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


class _NoDecisions:
    """A house without decisions."""

    def latest(self, _decision: str) -> DecisionModel | None:
        """``None``."""
        return None

    def tagged(self, _decision: str, _tag: str) -> DecisionModel | None:
        """``None``."""
        return None

    def by_sha(self, sha: bytes) -> DecisionModel:
        """Raises ``LookupError``: nothing can have been bound."""
        raise LookupError(sha.hex())

    def names(self) -> Collection[str]:
        """None."""
        return ()


NO_DECISIONS: Decisions = _NoDecisions()
