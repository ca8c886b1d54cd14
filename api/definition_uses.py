"""What a definition uses, and what would be touched by a change of it."""

from __future__ import annotations

from typing import Any

import msgspec

from api.answers import answered
from api.definition_shapes import DefinitionFiles, VersionNumber
from api.lists import shown_items
from api.routes import Call, Reply, Route, named
from api.shapes import shown
from processes.access import Permission


class UsesQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which version; of the newest, else of the draft, when none is named."""

    version: VersionNumber | None = None


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the definition names at an element."""

    #: ``process``, ``decision``, ``form``, ``topic``, ``message``, ``signal``, ``calendar``, ``limit``.
    kind: str
    #: Key, name, or the limit as it is written.
    key: str
    element: str
    #: ``latest``, ``deployment`` or ``versionTag``; empty where nothing is bound.
    binding: str
    tag: str


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A published diagram that names the definition at an element."""

    process: str
    element: str
    binding: str
    tag: str


class BoundCategory(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-category whose new cases start the process."""

    subcategory: str
    name: str
    #: By which they are reported; empty for all.
    channels: list[str]


class Uses(msgspec.Struct, frozen=True, kw_only=True):
    """Both directions, over what is published."""

    uses: list[Use]
    used_by: list[User]
    #: Of a process only, as the decision ``process_of_case`` says by kind, class, sub-category and channel.
    categories: list[BoundCategory]


def definition_uses(files: DefinitionFiles) -> Route:
    """The route of one kind."""

    async def uses(call: Call[UsesQuery, None]) -> Reply:
        found = await call.platform.uses.of(files.kind, call.path[files.noun], call.query.version)
        return answered(Uses(uses=shown_items(found.uses, Use), **shown_users(found)))

    return Route(
        method="GET",
        path=f"{files.path}/uses",
        handler=named(uses, f"list_{files.noun}_uses"),
        summary_zh=f"{files.zh}用到什么、被什么用到",
        summary_en=f"What the {files.file_en} uses and what uses it",
        query=UsesQuery,
        answer=Uses,
        permission=Permission.PROCESS_READ,
    )


def shown_users(found: Any) -> dict[str, Any]:
    """Who uses a definition, and which sub-categories start it."""
    used_by = [shown(user.use, User, process=user.process) for user in found.used_by]
    return {"used_by": used_by, "categories": shown_items(found.categories, BoundCategory)}
