"""The server does what its document says: generated requests to every route, right ones and wrong ones."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from api import Surface
from api.openapi import Document
from api.surfaces import RESOURCES
from processes.access import GrantPermissions, Permission
from tests.acceptance.city import SEED, City

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOCUMENT = Document(RESOURCES[Surface.INTERNAL], "1").build()
#: One has no end, the other ends the session that asks; both have tests of their own.
LEFT_OUT = {("get", "/api/v1/events"), ("delete", "/api/v1/sessions")}
OPERATIONS = [
    (method, path)
    for path, operations in DOCUMENT["paths"].items()
    for method in operations
    if (method, path) not in LEFT_OUT
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    missing_required_header,
    unsupported_method,
]
#: What is judged of right and of wrong requests; that nobody gets through without signing in needs a right one.
JUDGED = {GenerationMode.POSITIVE: [*CHECKS, ignored_auth], GenerationMode.NEGATIVE: CHECKS}
BOUNDED = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[f"{method} {path}" for method, path in OPERATIONS])
async def test_a_route_does_what_the_document_says(city: City, method: str, path: str) -> None:
    # Whoever may do everything gets furthest.
    grant = GrantPermissions(actor=SEED, post="admin", permissions=frozenset(Permission))
    await city.platform.bus.handle(grant)
    headers = {"Authorization": f"Bearer {city.tokens['admin']}"}
    await asyncio.to_thread(conforms, city.address, (method, path), headers)


@cache
def read_schema(address: str) -> BaseSchema:
    """The document as the generator sees it, read once for all routes."""
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.config.update(base_url=address, request_timeout=60)
    # A parameter may be wrong by being so long that the headers of the request are.
    schema.config.checks.negative_data_rejection.expected_statuses.append("413")
    return schema


def conforms(address: str, operation: tuple[str, str], headers: dict[str, str]) -> None:
    method, path = operation
    cases = read_schema(address)[path][method].as_strategy
    told = DOCUMENT["paths"][path][method]
    can_be_wrong = bool(told["parameters"]) or "requestBody" in told
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)[: 1 + can_be_wrong]:
        judge(cases(generation_mode=mode), JUDGED[mode], headers)


def judge(requests: SearchStrategy[Case[Any]], checks: list[Any], headers: dict[str, str]) -> None:
    """Send some of the requests; every answer passes the checks."""

    @BOUNDED
    @given(case=requests)
    def check(case: Case[Any]) -> None:
        case.call_and_validate(checks=checks, headers=headers)

    check()
