"""Examples of decisions: what a model is to come to for given inputs, kept beside it and asked of every draft.

Each version that is published keeps those that it was published with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.configuration import ConfigurationCommand
from engine.definitions.commands import PublishDefinition
from engine.definitions.kinds import DefinitionKind
from engine.jsontext import json_text
from engine.storage.unit_of_work import UnitOfWork

_SAVE = """
insert into decision_examples (key, examples, editor, edited_at) values ($1, $2, $3, clock_timestamp())
on conflict (key) do update
set examples = excluded.examples, editor = excluded.editor, edited_at = excluded.edited_at
"""
_FREEZE_KEPT = """
insert into published_decision_examples (key, number, examples)
select key, $2, examples from decision_examples where key = $1
"""
_FREEZE_PUBLISHED = """
insert into published_decision_examples (key, number, examples)
select key, $2, examples from published_decision_examples where key = $1 and number = $3
"""


@dataclass(frozen=True, kw_only=True)
class DecisionExample:
    """One thing that a model is to come to."""

    name: str
    #: Id or name of the decision; may be empty where the model holds one only.
    decision: str
    #: JSON values by name of the input.
    inputs: dict[str, Any]
    #: What it comes to, as JSON.
    outputs: Any


@dataclass(frozen=True, kw_only=True)
class KeptExamples:
    """The examples of a model in their order."""

    #: Their ``ETag``; 0 where none were kept yet.
    version: int
    items: Sequence[DecisionExample]


@dataclass(frozen=True, kw_only=True)
class SaveDecisionExamples(ConfigurationCommand):
    """Replace the examples of a decision model."""

    takes_effect: ClassVar[bool] = False

    key_name: str
    items: tuple[DecisionExample, ...]
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"decision-examples:{self.key_name}")


async def save_decision_examples(command: SaveDecisionExamples, uow: UnitOfWork) -> dict[str, Any]:
    """Keep the examples as they are; one that fails is kept too, until the model or the example is mended."""
    examples = json_text(command.items).decode()
    await uow.execute(_SAVE, command.key_name, examples, command.actor.id)
    line = {"key": command.key_name, "count": len(command.items)}
    uow.record("decision_examples_saved", line, actor=command.actor.id)
    return line


async def publish_examples(command: PublishDefinition, number: int, uow: UnitOfWork) -> None:
    """Keep the examples with the version that has just been made: those of the draft, or of the version come back."""
    if command.kind is not DefinitionKind.DECISION:
        return
    if command.number is None:
        await uow.execute(_FREEZE_KEPT, command.key_name, number)
    else:
        await uow.execute(_FREEZE_PUBLISHED, command.key_name, number, command.number)
