"""Forms: drafted, checked, published as versions that tasks keep."""

from __future__ import annotations

from typing import Any

from api.definition_routes import definition_editing, definition_reading
from api.definition_shapes import DefinitionFiles
from api.routes import JSON_TYPE, Resource
from engine.definitions import DefinitionKind

FILES = DefinitionFiles(
    kind=DefinitionKind.FORM,
    noun="form",
    nouns="forms",
    suffix="json",
    zh="表单",
    en="Forms",
    file_zh="表单",
    file_en="form",
    types=(JSON_TYPE,),
    document=dict[str, Any],
)
RESOURCE = Resource(
    name="forms",
    title_zh="表单",
    title_en="Forms",
    routes=(*definition_reading(FILES), *definition_editing(FILES)),
)
