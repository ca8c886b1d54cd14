"""Files of scenarios beside a process: listed, kept under the version that was seen, taken away.

GET PUT DELETE  …/scenarios/{scenario}        any text may be kept; what cannot be played is told when it is played
GET             …/versions/{n}/scenarios      those that a version was published with
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import etag
from api.resources.scenarios import LARGEST_BODY, ScenarioSource
from api.routes import Call, Match, Nothing, Reply, Route
from api.shapes import shown
from engine.definitions import KeepScenarios, KeptScenarioFile, RemoveScenarios
from engine.jsontext import json_value
from processes.access import Permission
from processes.cases import Names

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\S")]


class ScenarioText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file as it is to be kept."""

    title: Title
    text: ScenarioSource


class ScenarioFileSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A file, without its text."""

    name: str
    title: str
    #: Its ``ETag``.
    version: int
    editor: str
    editor_name: str
    edited_at: datetime


class ScenarioFileText(ScenarioFileSummary, frozen=True, kw_only=True):
    """A file with its text."""

    text: str


class ScenarioFileList(msgspec.Struct, frozen=True, kw_only=True):
    """All files beside a process, by title."""

    items: list[ScenarioFileSummary]


class PublishedScenarioFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as a version was published with it."""

    name: str
    title: str
    text: str


class PublishedScenarioFileList(msgspec.Struct, frozen=True, kw_only=True):
    """All files that a version was published with, by title."""

    items: list[PublishedScenarioFile]


class ScenarioFileKept(msgspec.Struct, frozen=True, kw_only=True):
    """The file as it is kept now, or the version under which it can be kept again."""

    process: str
    scenario: str
    #: Its ``ETag``.
    version: int


async def list_scenarios(call: Call[Nothing, None]) -> Reply:
    """Every file beside the process."""
    files = await call.platform.scenario_files.kept(call.path["process"])
    return answered(ScenarioFileList(items=[_shown(call, file, ScenarioFileSummary) for file in files]))


async def get_scenarios(call: Call[Nothing, None]) -> Reply:
    """One file with its text."""
    file = await call.platform.scenario_files.one(call.path["process"], call.path["scenario"])
    return answered(_shown(call, file, ScenarioFileText, text=file.source), headers={"etag": etag(file.version)})


async def put_scenarios(call: Call[Nothing, ScenarioText]) -> Reply:
    """Keep a file."""
    command = KeepScenarios(
        actor=call.signed_in.actor,
        expected=call.expected,
        process=call.path["process"],
        name=call.path["scenario"],
        title=call.body.title.strip(),
        source=call.body.text,
    )
    return _tagged(await carry_out(call, command))


async def remove_scenarios(call: Call[Nothing, None]) -> Reply:
    """Take a file away."""
    command = RemoveScenarios(
        actor=call.signed_in.actor,
        expected=call.expected,
        process=call.path["process"],
        name=call.path["scenario"],
    )
    return _tagged(await carry_out(call, command))


async def list_published_scenarios(call: Call[Nothing, None]) -> Reply:
    """The files that a version was published with."""
    key, number = call.path["process"], call.path["version"]
    files = await call.platform.scenario_files.published(key, number)
    items = [PublishedScenarioFile(name=file.name, title=file.title, text=file.source) for file in files]
    return answered(PublishedScenarioFileList(items=items))


def _shown(
    call: Call[Nothing, None], file: KeptScenarioFile, shape: type[ScenarioFileSummary], **more: str
) -> ScenarioFileSummary:
    people = call.platform.people
    editor_name = Names(organisation=lambda: people.register.organisation).person(file.editor)
    one: ScenarioFileSummary = shown(file, shape, editor_name=editor_name, **more)
    return one


def _tagged(reply: Reply) -> Reply:
    return replace(reply, headers={"etag": etag(json_value(reply.body)["version"])})


ROUTES = (
    Route(
        method="GET",
        path="/processes/{process}/scenarios",
        handler=list_scenarios,
        summary_zh="流程旁保存的场景文件",
        summary_en="The files of scenarios beside a process",
        answer=ScenarioFileList,
        permission=Permission.PROCESS_READ,
    ),
    Route(
        method="GET",
        path="/processes/{process}/scenarios/{scenario}",
        handler=get_scenarios,
        summary_zh="一个场景文件",
        summary_en="A file of scenarios",
        answer=ScenarioFileText,
        permission=Permission.PROCESS_READ,
    ),
    Route(
        method="PUT",
        path="/processes/{process}/scenarios/{scenario}",
        handler=put_scenarios,
        summary_zh="保存场景文件，可改标题",
        summary_en="Keep a file of scenarios, under a title that may be another one",
        body=ScenarioText,
        body_limit=LARGEST_BODY,
        answer=ScenarioFileKept,
        also_status=201,
        match=Match.REQUIRED,
    ),
    Route(
        method="DELETE",
        path="/processes/{process}/scenarios/{scenario}",
        handler=remove_scenarios,
        summary_zh="删除场景文件；以所答的版本再保存即恢复",
        summary_en="Take a file of scenarios away; kept again under the version answered, it is back",
        answer=ScenarioFileKept,
        match=Match.REQUIRED,
    ),
    Route(
        method="GET",
        path="/processes/{process}/versions/{version}/scenarios",
        handler=list_published_scenarios,
        summary_zh="某一版本发布时的场景文件",
        summary_en="The files of scenarios that a version was published with",
        answer=PublishedScenarioFileList,
        permission=Permission.PROCESS_READ,
    ),
)
