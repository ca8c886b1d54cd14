"""``Bus.handle``: where every command goes in, whatever it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from engine.bus.configuration_commands import ConfigurationCommands
from engine.bus.tree_commands import TreeCommands
from engine.commands import Command, TreeCommand
from engine.configuration import ConfigurationCommand
from engine.crash import crash_point
from engine.store import Answer


class Bus:
    """The one door. A command that has begun runs to its end, also when its caller no longer waits."""

    def __init__(
        self, trees: TreeCommands, configuration: ConfigurationCommands, after_commit: Callable[[], None]
    ) -> None:
        self._trees = trees
        self._configuration = configuration
        self._after_commit = after_commit
        self._running: set[asyncio.Task[Answer]] = set()

    async def handle(self, command: Command) -> Answer:
        """The answer of the command, this time or the first time its key was used. Raises a ``Refusal``."""
        running = asyncio.create_task(self._handle(command))
        self._running.add(running)
        running.add_done_callback(self._forget)
        return await asyncio.shield(running)

    async def drain(self) -> None:
        """Wait until every command that has begun has ended."""
        while self._running:
            await asyncio.wait(self._running)

    async def _handle(self, command: Command) -> Answer:
        match command:
            case TreeCommand():
                answer = await self._trees.handle(command)
            case ConfigurationCommand():
                answer = await self._configuration.handle(command)
            case _:
                raise TypeError(f"{type(command).__name__} is neither a command on a tree nor on configuration")
        self._after_commit()
        crash_point("bus.before_answer")
        return answer

    def _forget(self, ended: asyncio.Task[Answer]) -> None:
        self._running.discard(ended)
        if not ended.cancelled():
            # Looked at here, so that the failure of a command nobody waits for is not reported as forgotten.
            ended.exception()
