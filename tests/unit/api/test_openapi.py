"""The document says of the server what the server does, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import aiohttp
import jsonschema
import pytest
from sanic import Sanic

from api import Surface, create_app
from api.front_end import FIXED
from api.openapi import Document
from api.parameters import PATH_PARAMETERS
from api.surfaces import RESOURCES
from tests.unit.api.stand_in import StandIn

ROUTES = [(resource, route) for resource in RESOURCES[Surface.INTERNAL] for route in resource.routes]

NAMES = [f"{route.method} {route.path}" for _, route in ROUTES]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return Document(RESOURCES[Surface.INTERNAL], "1").build()


#: Files for browsers, which no program asks for.
PAGES = {("GET", "/assets/{name}"), *(("GET", f"/{name}") for name in FIXED)}


@pytest.mark.parametrize("surface", Surface)
def test_the_document_and_the_server_have_the_same_routes(surface: Surface) -> None:
    app = create_app(StandIn(), surface)
    served = {
        (method, re.sub(r"<(\w+):str>", r"{\1}", "/" + route.path))
        for route in app.router.routes
        for method in route.methods
    }
    Sanic.unregister_app(app)
    paths = Document(RESOURCES[surface], "1").build()["paths"]
    told = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert served - {("GET", "/openapi.json")} - PAGES == told


async def test_the_server_answers_its_document(client: aiohttp.ClientSession) -> None:
    answer = await client.get("/openapi.json")
    assert (await answer.json())["openapi"] == "3.1.0"


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = set(re.findall(r"#/components/schemas/([\w.]+)", str(document)))
    assert names == set(document["components"]["schemas"])


def test_every_operation_has_its_own_name(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("resource", "route"), ROUTES, ids=lambda value: getattr(value, "path", value.__class__.__name__)
)
def test_a_change_by_post_needs_a_key(resource: Any, route: Any) -> None:
    # Each step of an upload may be repeated as it is; `docs/api.md` says how.
    # What outside systems send carries its own id.
    # So may staging an import; what only works something out changes nothing.
    needs_none = resource.name in ("sessions", "media", "inbound") or route.path.endswith(
        (
            "/lint",
            "/evaluate",
            "/feel/check",
            "/imports",
            "/due",
            "/preview",
            "/diff",
            "/dry-run",
            "/fix",
            "/processes/import",
            "/responsibilities/proposal",
            "/scenarios",
            "/scope",
            "/examples/run",
        )
    )
    assert route.keyed == (route.method == "POST" and not needs_none)


@pytest.mark.parametrize(
    ("resource", "route"), ROUTES, ids=lambda value: getattr(value, "path", value.__class__.__name__)
)
def test_a_route_is_described_in_both_languages(resource: Any, route: Any) -> None:
    assert re.search(r"[\u4e00-\u9fff]|Prometheus", route.summary_zh)
    assert route.summary_en.isascii()
    assert {name for name in re.findall(r"\{(\w+)\}", route.path)} <= set(PATH_PARAMETERS)


def test_only_these_are_open_to_anyone() -> None:
    assert {f"{route.method} {route.path}" for _, route in ROUTES if route.is_open} == {
        "GET /welcome",
        "POST /sessions",
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
        # Believed by its signature.
        "POST /inbound/{source}",
    }
