"""Examples of a decision model, asked of a source."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from api.routes import Call
from engine.decision_examples import ExampleOutcome, run_examples
from engine.definition import DefinitionRefused
from engine.definitions import DecisionExample


async def examples_asked(
    call: Call[Any, Any], source: bytes, examples: Sequence[DecisionExample]
) -> list[ExampleOutcome]:
    """How each goes. Raises ``DefinitionRefused`` for a source that is no model."""
    model = await asyncio.to_thread(call.platform.load_decisions, source)
    evaluation = await call.platform.evaluation()
    # Within their bounds they still take long enough for others to notice.
    return await asyncio.to_thread(run_examples, model, examples, evaluation)


async def failing_examples(call: Call[Any, Any], key: str, source: bytes) -> tuple[str, ...]:
    """Names of the kept examples that do not hold; of a source that is no model nothing is said here."""
    kept = await call.platform.definitions.examples(key)
    if not kept.items:
        return ()
    try:
        outcomes = await examples_asked(call, source, kept.items)
    except DefinitionRefused:
        return ()
    return tuple(outcome.example.name for outcome in outcomes if not outcome.passed)
