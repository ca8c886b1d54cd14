"""The live state of a tree as bytes: flat rows of what still waits, never the specs, never the past.

The first item is the version of the format. A released version is never edited: the next one is added with an entry in
``UPGRADES`` that turns the rows of the one before into its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from engine.effects import Procedure
from engine.spiff.activation import Armed, Come, Opened, Repeated, Requested, Subscribed, Subtask, Undoable
from engine.spiff.faults import Fault

VERSION = 6


class ScopeRow(msgspec.Struct, array_like=True):
    """One scope of variables."""

    id: int
    values: bytes
    #: Name → (moment, branch); only while several branches live.
    writings: dict[str, tuple[int, int]]


class PerformanceRow(msgspec.Struct, array_like=True):
    """Which performance of a repeated activity a waiting element belongs to."""

    number: int
    scope: ScopeRow


class UndoingRow(msgspec.Struct, array_like=True):
    """What an event undoes: how many event sub-processes outwards each was done, and what it was."""

    waiting: list[tuple[int, Undoable]]
    outside: int
    #: What is being undone, with its variables as they are now.
    undone: Undoable | None


class ActivationRow(msgspec.Struct, array_like=True):
    """One waiting element."""

    id: int
    #: Name of the spec.
    node: str
    phase: int
    branch: int
    opened: Opened | None = None
    local: ScopeRow | None = None
    #: Answer not yet written, as encoded variables.
    answer: bytes | None = None
    performer: str | None = None
    fault: Fault | None = None
    inner: TokensRow | None = None
    #: Since version 2.
    timers: tuple[Armed, ...] = ()
    requested: Requested | None = None
    #: Since version 3.
    subscriptions: tuple[Subscribed, ...] = ()
    #: The instance that a call activity calls; since version 3.
    called: InstanceRow | None = None
    #: Of an activity that is performed several times; since version 3.
    performance: PerformanceRow | None = None
    repeated: Repeated | None = None
    #: Name of the spec of the event that has come while the instance is paused.
    happened: str = ""
    #: Parts of its task that are not done.
    subtasks: tuple[Subtask, ...] = ()
    #: What was done inside it, and what it undoes; since version 5.
    undoable: list[Undoable] = []
    undoing: UndoingRow | None = None
    #: What has come of events that wait for more; since version 6.
    come: tuple[Come, ...] = ()


class TokensRow(msgspec.Struct, array_like=True):
    """The tokens of a process or of the inside of a sub-process."""

    activations: list[ActivationRow]
    arrivals: dict[str, dict[str, int]]
    fault: Fault | None = None
    #: What the scope itself waits for, and whether it was interrupted; since version 4.
    timers: tuple[Armed, ...] = ()
    subscriptions: tuple[Subscribed, ...] = ()
    is_interrupted: bool = False
    #: What is done in it and can be undone; since version 5.
    undoable: list[Undoable] = []
    #: What has come of what begins its event sub-processes; since version 6.
    come: tuple[Come, ...] = ()


class InstanceRow(msgspec.Struct, array_like=True):
    """One live instance."""

    id: int
    #: SHA-256 of the stored diagram.
    sha: bytes
    moment: int
    performers: dict[str, list[str]]
    scope: ScopeRow
    tokens: TokensRow
    #: Decision → SHA-256 of the model that holds for this instance, where a diagram binds so.
    bound: dict[str, bytes] = {}
    #: What makes it a procedure.
    procedure: Procedure | None = None
    is_paused: bool = False


class TreeRow(msgspec.Struct, array_like=True):
    """One tree."""

    version: int
    next_id: int
    instances: list[InstanceRow]


class StateUnreadable(ValueError):
    """Stored bytes that no version of the engine has written."""


Upgrade = Callable[[list[Any]], list[Any]]
#: Turns the rows of a version into those of the next.
UPGRADES: Mapping[int, Upgrade] = {
    # Nothing waited for a timer; whoever knows version 1 only must not take up what does.
    1: lambda rows: [2, *rows[1:]],
    # Nor for a message or signal, nor for a called process, nor was anything performed several times.
    2: lambda rows: [3, *rows[1:]],
    # No scope waited for anything itself.
    3: lambda rows: [4, *rows[1:]],
    # Nothing that was done could be undone.
    4: lambda rows: [5, *rows[1:]],
    # Nothing that had come was kept until more did.
    5: lambda rows: [6, *rows[1:]],
}

_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(TreeRow).decode
_VERSION_AT = 1
_DECODE_ANY = msgspec.msgpack.Decoder(list[Any]).decode


def encode_tree(row: TreeRow) -> bytes:
    """The bytes to store."""
    return _ENCODE(row)


def decode_tree(state: bytes) -> TreeRow:
    """The rows that were stored, by this or an earlier version. Raises ``StateUnreadable``."""
    try:
        # A small positive integer is one byte, so the version can be told without decoding anything else.
        if len(state) > _VERSION_AT and state[_VERSION_AT] == VERSION:
            return _DECODE(state)
        rows = _DECODE_ANY(state)
        while rows[0] != VERSION:
            rows = UPGRADES[rows[0]](rows)
        return msgspec.convert(rows, TreeRow)
    except (msgspec.MsgspecError, KeyError, IndexError, TypeError) as error:
        raise StateUnreadable(f"Expected the state of a case tree, but it cannot be read: {error}") from None
