"""The kinds of batch that this city knows, and on whose behalf their items are done."""

from __future__ import annotations

from engine.actors import Actor
from engine.batches import TASKS, BatchKinds, task_command
from engine.errors import Forbidden
from engine.messages import SIGNAL, Beginning, SignalItems
from engine.snapshot import Snapshot
from processes.access import People
from processes.verbs import VERB, verb_command


def batch_kinds(beginning: Beginning) -> BatchKinds:
    """What each kind makes of one of its items."""
    return {TASKS: task_command, SIGNAL: SignalItems(beginning), VERB: verb_command}


class Requesters:
    """Those who asked for batches, as they are now."""

    def __init__(self, snapshot: Snapshot, people: People) -> None:
        self._snapshot = snapshot
        self._people = people

    async def actor(self, identity: str, scopes: frozenset[str]) -> Actor:
        """The actor with an id, permitted no more than the scopes. Raises ``Forbidden`` for who may no longer sign in,
        and ``Unavailable``."""
        system = Actor(id=identity, name=identity.partition(":")[2], audience=None)
        if system.is_system:
            return system
        await self._snapshot.refresh()
        person = self._people.narrowed(identity, scopes)
        if person is None:
            raise Forbidden(
                "requester_gone", "发起人的账号已停用", "Expected whoever asked for this to have an account still"
            )
        return person
