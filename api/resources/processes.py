"""Diagrams: drafted, checked, published as versions that stay for ever."""

from __future__ import annotations

from api.definition_routes import definition_editing, definition_reading
from api.definition_shapes import DefinitionFiles
from api.resources import diagram_repairs, dry_runs, process_scope, reach, scenario_files, scenarios
from api.routes import Resource
from engine.definitions import DefinitionKind

FILES = DefinitionFiles(
    kind=DefinitionKind.PROCESS,
    noun="process",
    nouns="processes",
    suffix="bpmn",
    zh="流程",
    en="Processes",
    file_zh="流程图（BPMN）",
    file_en="diagram (BPMN)",
)
RESOURCE = Resource(
    name="processes",
    title_zh="流程",
    title_en="Processes",
    routes=(
        *definition_reading(FILES),
        *definition_editing(FILES),
        process_scope.ROUTE,
        scenarios.ROUTE,
        *scenario_files.ROUTES,
        reach.ROUTE,
        dry_runs.ROUTE,
        *diagram_repairs.ROUTES,
    ),
)
