"""Examples of a decision model: kept beside it and with each version, asked of a draft, a version or a posted file."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.definition_shapes import VersionNumber
from api.definition_sources import source_of
from api.example_runs import examples_asked
from api.lists import shown_items
from api.parameters import etag
from api.routes import Call, Match, Nothing, Reply, Route
from api.trials import FeelWarning, shown_warning, shown_warnings
from engine.decision_examples import ExampleOutcome
from engine.decisions import told
from engine.definitions import DecisionExample, DefinitionKind, SaveDecisionExamples
from engine.events import TableMatched
from engine.jsontext import json_value
from processes.access import Permission

MOST_EXAMPLES = 200
#: A file, escaped as JSON, with the examples beside it.
LARGEST_RUN = 4 << 20
PATH = "/decisions/{decision}/examples"


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a model is to come to."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    #: Id or name; may be empty where the model holds one decision only.
    decision: Annotated[str, msgspec.Meta(max_length=255)] = ""
    #: By name of the input.
    inputs: dict[str, Any] = {}
    outputs: Any = None


Items = Annotated[list[Example], msgspec.Meta(max_length=MOST_EXAMPLES)]


class Examples(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All examples of a model in their order."""

    items: Items


class ExamplesSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The examples as they are kept now."""

    key: str
    count: int
    #: Their ``ETag``.
    version: int


class ExamplesToRun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which model is asked: the posted one, a version, or else the draft; and for what."""

    source: str | None = None
    version: VersionNumber | None = None
    #: Asked in the place of those that are kept.
    items: Items | None = None


class ExampleRun(msgspec.Struct, frozen=True, kw_only=True):
    """How an example went."""

    name: str
    passed: bool
    #: What the model comes to; ``null`` also when it could not be asked.
    outputs: Any
    matched: list[TableMatched]
    warnings: list[FeelWarning]
    #: Why a case that asked so would stand still, or why it could not be asked; ``null`` when neither.
    failure: FeelWarning | None


class ExamplesRun(msgspec.Struct, frozen=True, kw_only=True):
    """How all of them went, in their order."""

    passed: bool
    items: list[ExampleRun]


async def get_decision_examples(call: Call[Nothing, None]) -> Reply:
    """Answer the examples that are kept; an empty list where there are none."""
    kept = await call.platform.definitions.examples(call.path["decision"])
    reply = answered(Examples(items=shown_items(kept.items, Example)))
    return replace(reply, headers={"etag": etag(kept.version)})


async def list_published_examples(call: Call[Nothing, None]) -> Reply:
    """Answer the examples that a version was published with."""
    kept = await call.platform.definitions.published_examples(call.path["decision"], call.path["version"])
    return answered(Examples(items=shown_items(kept, Example)))


async def put_decision_examples(call: Call[Nothing, Examples]) -> Reply:
    """Keep the examples."""
    command = SaveDecisionExamples(
        actor=call.signed_in.actor,
        expected=call.expected,
        key_name=call.path["decision"],
        items=_given(call.body.items),
    )
    reply = await carry_out(call, command)
    return replace(reply, headers={"etag": etag(json_value(reply.body)["version"])})


async def run_decision_examples(call: Call[Nothing, ExamplesToRun]) -> Reply:
    """Ask the model for every example."""
    key, wanted = call.path["decision"], call.body
    source = await source_of(call, DefinitionKind.DECISION, key, wanted)
    kept = await call.platform.definitions.examples(key) if wanted.items is None else None
    examples = kept.items if kept is not None else _given(wanted.items or [])
    items = [_shown(outcome) for outcome in await examples_asked(call, source, examples)]
    return answered(ExamplesRun(passed=all(item.passed for item in items), items=items))


def _given(items: list[Example]) -> tuple[DecisionExample, ...]:
    return tuple(
        DecisionExample(name=item.name, decision=item.decision, inputs=item.inputs, outputs=item.outputs)
        for item in items
    )


def _shown(outcome: ExampleOutcome) -> ExampleRun:
    answer, name = outcome.answer, outcome.example.name
    if answer is None:
        return ExampleRun(name=name, passed=False, outputs=None, matched=[], warnings=[], failure=_refused(outcome))
    return ExampleRun(
        name=name,
        passed=outcome.passed,
        outputs=told(answer.value),
        matched=list(answer.matched),
        warnings=shown_warnings(answer.warnings),
        failure=shown_warning(answer.failure) if answer.failure else None,
    )


def _refused(outcome: ExampleOutcome) -> FeelWarning | None:
    refusal = outcome.refusal
    if refusal is None:
        return None
    return FeelWarning(
        code=refusal.code, message_zh=refusal.message_zh, message_en=refusal.message_en, line=None, column=None
    )


ROUTES = (
    Route(
        method="GET",
        path=PATH,
        handler=get_decision_examples,
        summary_zh="决策的例子：给什么输入该得什么",
        summary_en="The examples of a decision model: what it is to come to",
        answer=Examples,
        permission=Permission.PROCESS_READ,
    ),
    Route(
        method="GET",
        path="/decisions/{decision}/versions/{version}/examples",
        handler=list_published_examples,
        summary_zh="某一版本发布时的例子",
        summary_en="The examples that a version was published with",
        answer=Examples,
        permission=Permission.PROCESS_READ,
    ),
    Route(
        method="PUT",
        path=PATH,
        handler=put_decision_examples,
        summary_zh="保存决策的例子",
        summary_en="Keep the examples of a decision model",
        body=Examples,
        answer=ExamplesSaved,
        also_status=201,
        match=Match.REQUIRED,
    ),
    Route(
        method="POST",
        path=f"{PATH}/run",
        handler=run_decision_examples,
        summary_zh="对草稿、某一版本或所给的模型试算全部例子，不保存",
        summary_en="Ask the draft, a version or a posted model for every example; nothing is kept",
        body=ExamplesToRun,
        body_limit=LARGEST_RUN,
        answer=ExamplesRun,
        permission=Permission.PROCESS_READ,
    ),
)
