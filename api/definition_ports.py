"""What the routes of definitions are handed by the composition root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from engine.commands import IdempotencyKey
from engine.configuration import ConfigurationCommand
from engine.definition import DefinitionView
from engine.definitions import DefinitionKind
from engine.errors import Refusal
from engine.store import Answer
from processes.scenarios import Attempt, Coverage, DryRun, Outcome


class Configuring(Protocol):
    """Tries changes of configuration out, changing nothing."""

    async def has_answered(self, key: IdempotencyKey | None) -> bool:
        """Whether a command with the key got its answer, which it gets again. Raises ``Unavailable``."""
        ...

    async def rehearse(self, command: ConfigurationCommand) -> Answer:
        """What it would be answered. Raises what the command would be refused with, ``Unavailable``."""
        ...


class Uses(Protocol):
    """What each definition uses, and what uses it."""

    async def of(self, kind: DefinitionKind, key: str, number: int | None = None) -> Any:
        """Of a version, else of the newest, else of the draft. Raises ``NotFound``."""
        ...

    async def handled(self, process: str) -> frozenset[str]:
        """The sub-categories whose cases run a process, begun by it or called, also through others."""
        ...


class Comparing(Protocol):
    """Compares definitions."""

    async def compare(self, kind: DefinitionKind, key: str, before: bytes, after: bytes) -> Any:
        """What is different in ``after``. Raises ``Invalid`` for what cannot be read."""
        ...


class DiagramNames(Protocol):
    """The published diagrams, as far as they say what things are called."""

    def keys(self) -> tuple[str, ...]:
        """Keys that have a published version."""
        ...

    def latest(self, key: str) -> DefinitionView:
        """The latest published version. Raises the refusal of one that cannot be compiled."""
        ...

    def name_en(self, element: str, name: str) -> str:
        """What an element of this name is called in English; empty where no diagram says so."""
        ...


class Performance(Protocol):
    """How scenarios went."""

    @property
    def outcomes(self) -> Sequence[Outcome]: ...
    @property
    def unreadable(self) -> Mapping[str, Refusal]:
        """File → why its scenarios could not be played at all."""
        ...

    @property
    def coverage(self) -> Sequence[Coverage]: ...


class Tried(Protocol):
    """Where an attempt has led."""

    @property
    def run(self) -> DryRun: ...
    @property
    def scenario(self) -> str: ...
    @property
    def library(self) -> DiagramNames: ...
    @property
    def forms(self) -> Mapping[tuple[str, int], Mapping[str, Any]]:
        """Form and number of its version → its file."""
        ...

    @property
    def verbs(self) -> Sequence[Any]:
        """What may be asked of the case beside its tasks."""
        ...


class Scenarios(Protocol):
    """Plays scenarios, which keeps nothing."""

    async def try_out(self, key: str, source: bytes, attempt: Attempt) -> Tried:
        """Where steps lead with ``source`` in place of what is published. Raises ``Invalid``, ``Unavailable``."""
        ...

    async def play(self, key: str, source: bytes, text: bytes) -> Performance:
        """With ``source`` in place of what is published under the key. Raises ``Invalid``, ``Unavailable``."""
        ...

    async def play_kept(self, key: str, source: bytes) -> Performance:
        """Those in the files beside the process. Raises as ``play``, for the diagram only."""
        ...

    async def failing(self, key: str, source: bytes) -> Sequence[str]:
        """Titles of the kept ones that do not go as they are told. Raises ``Unavailable``."""
        ...
