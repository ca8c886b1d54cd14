"""What would follow of a command: decided in memory by the very rules that decide it, and thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from engine.actors import Actor
from engine.bus.tree_commands import TreeRules
from engine.bus.tree_questions import TreeQuestions
from engine.commands import TreeCommand
from engine.consequences import Consequence, NameEn, consequences_of
from engine.handling import Work


class Rehearsal:
    """Tries commands out on trees as they stand."""

    def __init__(self, questions: TreeQuestions, rules: TreeRules, name_en: NameEn) -> None:
        self._questions = questions
        self._rules = rules
        self._name_en = name_en

    async def follow(self, command: TreeCommand) -> Sequence[Consequence]:
        """What the command would lead to. Raises what the command would be refused with, ``Unavailable``."""

        def decide(actor: Actor, work: Work) -> Sequence[Consequence]:
            self._rules.guard(actor, command, work)
            self._rules.handlers[type(command)](command, work)
            return consequences_of(work, self._name_en)

        return await self._questions.ask(command.actor, command.tree, decide)
