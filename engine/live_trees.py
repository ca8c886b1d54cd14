"""Where commands get the live instances of a tree from, and where they leave them.

take(head) → LiveTree → the command steps it → give_back(live, state)
"""

from __future__ import annotations

from typing import Protocol

from engine.definitions.library import Library
from engine.spiff import Definition, LiveTree
from engine.store import TreeHead


class LiveTrees(Protocol):
    """Lends the live instances of a tree to one attempt of one command."""

    def take(self, head: TreeHead | None) -> LiveTree:
        """The live instances as of the head; an empty tree without one. Raises ``MissingDefinition``."""
        ...

    def give_back(self, live: LiveTree, state: bytes | None) -> None:
        """The command needs them no longer; ``state`` is what it dumped of them, ``None`` when it failed half way."""
        ...


class StoredTrees:
    """Loads them anew for every command and frees them after it: nothing live is kept."""

    def __init__(self, library: Library[Definition]) -> None:
        self._library = library

    def take(self, head: TreeHead | None) -> LiveTree:
        """What the stored state says."""
        return LiveTree.load(head.state, self._library.compiled) if head else LiveTree.empty()

    def give_back(self, live: LiveTree, _state: bytes | None) -> None:
        """Free them: their objects point at one another."""
        live.free()


class KeptTrees:
    """Keeps them from command to command, for scenarios that prove that storing and loading changes nothing."""

    def __init__(self, library: Library[Definition]) -> None:
        self._stored = StoredTrees(library)
        self._kept: dict[bytes, LiveTree] = {}

    def take(self, head: TreeHead | None) -> LiveTree:
        """Those whose dump the head holds; loaded when there are none, because the command before failed half way."""
        kept = self._kept.pop(head.state, None) if head else None
        return kept or self._stored.take(head)

    def give_back(self, live: LiveTree, state: bytes | None) -> None:
        """Keep them for whoever comes with the state."""
        if state is None:
            self._stored.give_back(live, None)
        else:
            self._kept[state] = live
