"""Forms: published versions, to be shown and filled in."""

from __future__ import annotations

from typing import Any

from api.answers import answered
from api.definition_routes import DefinitionList, DefinitionSummary, DefinitionVersion, VersionList
from api.lists import shown_items
from api.parameters import etag
from api.routes import JSON_TYPE, Call, Nothing, Reply, Resource, Route
from engine.definitions import DefinitionKind
from processes.access import Permission

KIND = DefinitionKind.FORM


async def list_forms(call: Call[Nothing, None]) -> Reply:
    """Answer every form with its latest version."""
    summaries = await call.platform.definitions.summaries(KIND)
    return answered(DefinitionList(items=shown_items(summaries, DefinitionSummary)))


async def list_form_versions(call: Call[Nothing, None]) -> Reply:
    """Answer all versions of a form."""
    versions = await call.platform.definitions.versions(KIND, call.path["form"])
    return answered(VersionList(items=shown_items(versions, DefinitionVersion)))


async def get_form_version(call: Call[Nothing, None]) -> Reply:
    """Answer the form of a version, byte for byte."""
    number = call.path["version"]
    source = await call.platform.definitions.source(KIND, call.path["form"], number)
    return Reply(body=source, content_type=JSON_TYPE, headers={"etag": etag(number)})


def _reading(path: str, handler: Any, words: tuple[str, str], answer: Any) -> Route:
    return Route(
        method="GET",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        answer=answer,
        permission=Permission.PROCESS_READ,
    )


RESOURCE = Resource(
    name="forms",
    title_zh="表单",
    title_en="Forms",
    routes=(
        _reading("/forms", list_forms, ("表单列表", "Forms"), DefinitionList),
        _reading("/forms/{form}/versions", list_form_versions, ("表单版本", "Versions"), VersionList),
        _reading(
            "/forms/{form}/versions/{version}",
            get_form_version,
            ("某一版本的表单", "The form of a version"),
            dict[str, Any],
        ),
    ),
)
