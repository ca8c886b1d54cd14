"""The OpenAPI 3.1 document, built from the rows that the server runs on; nothing is described by hand twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from api.errors import KINDS, PROBLEM_TYPE
from api.parameters import PATH_PARAMETERS
from api.routes import JSON_TYPE, Match, Nothing, Resource, Route

Json = dict[str, Any]
_IN_BRACES = re.compile(r"\{(\w+)\}")
#: Kinds of refusal that any request may meet.
_ALWAYS = ("malformed", "unavailable", "too_many", "failed", "too_large")


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    message_zh: str
    message_en: str
    pointer: str | msgspec.UnsetType = msgspec.UNSET
    element: str | msgspec.UnsetType = msgspec.UNSET
    line: int | msgspec.UnsetType = msgspec.UNSET
    #: Every error of a form, each with its pointer.
    errors: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


class Document:
    """Builds the document of one server from its resources."""

    def __init__(self, resources: Iterable[Resource], version: str) -> None:
        self._resources = tuple(resources)
        self._version = version
        routes = [route for resource in self._resources for route in resource.routes]
        shapes = [Problem, *(shape for route in routes for shape in _shapes(route))]
        unique = list(dict.fromkeys(shapes))
        references, self._components = msgspec.json.schema_components(
            unique, ref_template="#/components/schemas/{name}"
        )
        self._schemas: Mapping[Any, Json] = dict(zip(unique, references, strict=True))

    def build(self) -> Json:
        """The whole document."""
        paths: dict[str, Json] = {}
        for resource in self._resources:
            for route in resource.routes:
                path = paths.setdefault(resource.prefix + route.path, {})
                path[route.method.lower()] = self._operation(resource, route)
        return {
            "openapi": "3.1.0",
            "info": {"title": "归流 Guiliu", "version": self._version, "license": {"name": "Apache-2.0"}},
            "servers": [{"url": "/"}],
            "tags": [
                {"name": resource.name, "description": f"{resource.title_zh} / {resource.title_en}"}
                for resource in self._resources
            ],
            "paths": paths,
            "components": {"schemas": self._components, "securitySchemes": _SECURITY_SCHEMES},
        }

    def _operation(self, resource: Resource, route: Route) -> Json:
        operation: Json = {
            "operationId": route.handler.__name__,
            "summary": f"{route.summary_zh} / {route.summary_en}",
            "tags": [resource.name],
            "parameters": [*_path_parameters(route), *self._query_parameters(route), *_header_parameters(route)],
            "responses": {**self._successes(route), **self._problems(route)},
            "security": [] if route.is_open else [{"bearer": []}, {"cookie": []}],
        }
        if body := self._request_body(route):
            operation["requestBody"] = body
        return operation

    def _query_parameters(self, route: Route) -> list[Json]:
        if route.query is Nothing:
            return []
        _, components = _schemas([route.query])
        schema = components[route.query.__name__]
        return [
            {
                "name": name,
                "in": "query",
                "required": name in schema["required"],
                "schema": _plain(property_, components),
            }
            for name, property_ in schema["properties"].items()
        ]

    def _request_body(self, route: Route) -> Json | None:
        if route.body_types and route.body is None:
            content = {kind: {"schema": _schema_of_bytes(kind)} for kind in route.body_types}
            return {"required": True, "content": content}
        if route.body is None:
            return None
        reference = self._schemas[route.body]
        return {"required": not _may_be_empty(route.body), "content": {JSON_TYPE: {"schema": reference}}}

    def _successes(self, route: Route) -> Json:
        response: Json = {"description": route.summary_en}
        if route.answer is not None:
            response["content"] = {route.answer_type: {"schema": self._schemas[route.answer]}}
        elif route.answer_type != JSON_TYPE:
            # What may be of any type may be JSON too.
            schema = {} if route.answer_type == "*/*" else {"type": "string"}
            response["content"] = {route.answer_type: {"schema": schema}}
        return {str(status): response for status in (route.status, route.also_status) if status}

    def _problems(self, route: Route) -> Json:
        content = {PROBLEM_TYPE: {"schema": self._schemas[Problem]}}
        by_status = {KINDS[kind].status: KINDS[kind].title_en for kind in _refusals(route)}
        return {str(status): {"description": title, "content": content} for status, title in sorted(by_status.items())}


_SECURITY_SCHEMES: Json = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "The token answered by POST /api/v1/sessions."},
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "guiliu",
        "description": "Set by POST /api/v1/sessions; changes also need the header X-CSRF-Token.",
    },
}


def _schema_of_bytes(content_type: str) -> Json:
    """Of a body that the handler reads itself, whatever it says."""
    if content_type == JSON_TYPE:
        return {}
    return {"type": "string"} if "xml" in content_type else {"type": "string", "format": "binary"}


def _shapes(route: Route) -> Iterable[Any]:
    return (shape for shape in (route.body, route.answer) if shape is not None)


def _schemas(shapes: Iterable[Any]) -> tuple[Mapping[Any, Json], Json]:
    """The schema of each shape, and the components that they refer to."""
    unique = list(dict.fromkeys(shapes))
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    return dict(zip(unique, schemas, strict=True)), components


def _refusals(route: Route) -> Iterable[str]:
    yield from _ALWAYS
    yield from route.refusals
    if not route.is_open:
        yield from ("unauthenticated", "forbidden")
    if "{" in route.path:
        yield "not_found"
    if route.query is not Nothing or route.body is not None:
        yield "invalid"
    if route.body is not None or route.body_types:
        yield "unsupported"
    if route.changes:
        yield from ("forbidden", "invalid_state")
    if route.match is not Match.IGNORED:
        yield "stale"
    if route.match is Match.REQUIRED:
        yield "precondition_missing"


def _path_parameters(route: Route) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_PARAMETERS[name].description,
            "schema": {"type": "string", "pattern": f"^{PATH_PARAMETERS[name].pattern}$"},
        }
        for name in _IN_BRACES.findall(route.path)
    ]


def _header_parameters(route: Route) -> list[Json]:
    headers: list[Json] = []
    if route.keyed:
        headers.append(
            _header("Idempotency-Key", "Names this attempt; repeating it replays the answer.", required=True)
            | {"schema": {"type": "string", "pattern": "^[!-~]{1,200}$"}}
        )
    if route.match is not Match.IGNORED:
        required = route.match is Match.REQUIRED
        headers.append(
            _header("If-Match", "The ETag of the version to change.", required=required)
            | {"schema": {"type": "string", "pattern": '^"(0|[1-9][0-9]{0,17})"$'}}
        )
    return [*headers, *(_header(name, text, required=False) for name, text in route.headers.items())]


def _header(name: str, description: str, *, required: bool) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": "string"},
    }


def _plain(schema: Json, components: Json) -> Json:
    """The schema of a query parameter: without references, and absent rather than null."""
    if "anyOf" in schema:
        choices = [_plain(choice, components) for choice in schema["anyOf"]]
        return _without_null({**schema, "anyOf": choices})
    if "$ref" not in schema:
        return schema
    rest = {name: value for name, value in schema.items() if name != "$ref"}
    return {**components[schema["$ref"].rpartition("/")[2]], **rest}


def _without_null(schema: Json) -> Json:
    choices = [choice for choice in schema["anyOf"] if choice != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**choices[0], **rest} if len(choices) == 1 else {**rest, "anyOf": choices}


def _may_be_empty(body: type[msgspec.Struct]) -> bool:
    return not any(field.required for field in msgspec.structs.fields(body))
