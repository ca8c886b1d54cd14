"""What is inside the instances of a tree, for operators who have to act on them by hand."""

from __future__ import annotations

from collections.abc import Sequence

from engine.actors import Actor
from engine.bus.tree_questions import TreeQuestions
from engine.spiff import OpenGathering, OpenScope, OpenToken


class Inspection:
    """Looks into live instances."""

    def __init__(self, questions: TreeQuestions) -> None:
        self._questions = questions

    async def tokens(self, actor: Actor, tree: int, instance: int) -> Sequence[OpenToken]:
        """Where the tokens of an instance stand, oldest first; none when it has ended.

        Raises ``NotFound`` for a tree that is not there or not in sight, ``Unavailable``.
        """
        return await self._questions.ask(
            actor,
            tree,
            lambda _, work: [
                token for _, token in sorted(work.contents().tokens.items()) if token.instance == instance
            ],
        )

    async def scopes(self, actor: Actor, tree: int, instance: int) -> Sequence[OpenScope]:
        """The open scopes of an instance with their variables, its own first. Raises as ``tokens``."""
        return await self._questions.ask(
            actor,
            tree,
            lambda _, work: [scope for scope in work.contents().scopes.values() if scope.instance == instance],
        )

    async def gatherings(self, actor: Actor, tree: int) -> Sequence[OpenGathering]:
        """The events of a tree that wait until all of several things have come. Raises as ``tokens``."""
        return await self._questions.ask(actor, tree, lambda _, work: work.contents().gatherings)
