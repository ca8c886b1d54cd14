"""Element templates: what an editor offers for tasks of outside systems."""

from __future__ import annotations

from typing import Any

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Resource, Route
from connectors import element_templates
from processes.access import Permission


class ElementTemplates(msgspec.Struct, frozen=True, kw_only=True):
    """Zeebe element templates, one for each outside system in use; neither address nor secret is told."""

    items: list[dict[str, Any]]


async def list_element_templates(call: Call[Nothing, None]) -> Reply:
    """Answer the templates, as ``bpmn-js-element-templates`` loads them."""
    return answered(ElementTemplates(items=element_templates(call.platform.targets.all)))


RESOURCE = Resource(
    name="element_templates",
    title_zh="元素模板",
    title_en="Element templates",
    routes=(
        Route(
            method="GET",
            path="/element-templates",
            handler=list_element_templates,
            summary_zh="外部系统的元素模板，供流程编辑器使用",
            summary_en="Element templates of the outside systems, for editors of diagrams",
            answer=ElementTemplates,
            permission=Permission.PROCESS_READ,
        ),
    ),
)
