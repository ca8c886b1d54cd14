"""Decisions: drafted, checked, published, and tried out with the proof of why."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.definition_routes import definition_editing, definition_reading
from api.definition_shapes import DefinitionFiles
from api.resources import decision_examples
from api.routes import Call, Nothing, Reply, Resource, Route
from api.trials import FeelWarning, shown_warning, shown_warnings
from engine.decisions import DecisionAnswer, told
from engine.definitions import DefinitionKind
from engine.events import TableMatched
from engine.trials import try_decision
from processes.access import Permission

#: A file, escaped as JSON, with the inputs beside it.
LARGEST_TRIAL = 4 << 20

FILES = DefinitionFiles(
    kind=DefinitionKind.DECISION,
    noun="decision",
    nouns="decisions",
    suffix="dmn",
    zh="决策",
    en="Decision models",
    file_zh="决策模型（DMN）",
    file_en="decision model (DMN)",
)


class Trial(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision to be worked out; nothing is kept."""

    #: Id or name; may be left out where the model holds one decision only.
    decision: Annotated[str, msgspec.Meta(max_length=255)] = ""
    #: By name of the input.
    inputs: dict[str, Any] = {}
    #: A model (DMN) to ask instead of the published one.
    source: str | None = None


class WorkedOut(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that was worked out on the way."""

    decision: str
    name: str
    value: Any


class DecisionTried(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision came to, and why."""

    decision: str
    model_sha: str
    outputs: Any
    #: The inputs that were read, as they were understood.
    inputs: dict[str, Any]
    #: The tables that were run, each with its matching rows.
    matched: list[TableMatched]
    #: Every decision on the way, the asked one last.
    worked_out: list[WorkedOut]
    warnings: list[FeelWarning]
    #: Why a case that asked so would stand still; ``null`` when it would go on.
    failure: FeelWarning | None


async def evaluate_decision(call: Call[Nothing, Trial]) -> Reply:
    """Answer what a decision of the latest published version, or of a posted model, comes to."""
    key, trial = call.path["decision"], call.body
    evaluation = await call.platform.evaluation()
    if trial.source is None:
        model = call.platform.decisions.of_key(key)
    else:
        model = await asyncio.to_thread(call.platform.load_decisions, trial.source.encode())
    # Within its bounds an evaluation still takes long enough for others to notice.
    answer = await asyncio.to_thread(try_decision, model, trial.decision, trial.inputs, evaluation)
    return answered(_shown(answer))


def _shown(answer: DecisionAnswer) -> DecisionTried:
    worked_out = [
        WorkedOut(decision=each.decision_id, name=each.name, value=told(each.value)) for each in answer.worked_out
    ]
    return DecisionTried(
        decision=answer.decision,
        model_sha=answer.model_sha,
        outputs=told(answer.value),
        inputs=dict(answer.inputs),
        matched=list(answer.matched),
        worked_out=worked_out,
        warnings=shown_warnings(answer.warnings),
        failure=shown_warning(answer.failure) if answer.failure else None,
    )


RESOURCE = Resource(
    name="decisions",
    title_zh="决策",
    title_en="Decisions",
    routes=(
        *definition_reading(FILES),
        *definition_editing(FILES),
        Route(
            method="POST",
            path=f"{FILES.path}/evaluate",
            handler=evaluate_decision,
            summary_zh="试算决策，给出命中的行，不保存",
            summary_en="Work out a decision with the rows that match; nothing is kept",
            body=Trial,
            body_limit=LARGEST_TRIAL,
            answer=DecisionTried,
            permission=Permission.PROCESS_READ,
        ),
        *decision_examples.ROUTES,
    ),
)
