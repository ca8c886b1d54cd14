"""The HTTP server of one surface, made from the house and the table of resources."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace

import sanic.exceptions as from_sanic
from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.config import Config

from api.cursors import Cursors
from api.edge import Edge, SanicHandler, failed, refused
from api.errors import AddressTooLong, ExpectationFailed, MethodNotAllowed, TimedOut, TooLarge
from api.front_end import FIXED, FrontEnd, is_page
from api.metrics import Metrics
from api.openapi import Document
from api.ports import Platform
from api.responses import SecureResponse
from api.routes import Resource
from api.streams import EventStreams
from api.surfaces import RESOURCES, Surface
from engine.errors import Malformed, NotFound, Refusal, Unavailable
from engine.jsontext import json_text

Server = Sanic[Config, SimpleNamespace]

VERSION = "1"
_NO_SUCH_FILE = from_sanic.NotFound("no such file")
MEBIBYTE = 1 << 20
#: Of every route: unless it is told, Sanic parses the source of each handler to guess it.
ERROR_FORMAT = "json"

SETTINGS = {
    "REQUEST_MAX_SIZE": MEBIBYTE,
    "REQUEST_TIMEOUT": 20,
    "RESPONSE_TIMEOUT": 60,
    "KEEP_ALIVE_TIMEOUT": 75,
    "GRACEFUL_SHUTDOWN_TIMEOUT": 10.0,
    "ACCESS_LOG": False,
    "AUTO_EXTEND": False,
    "MOTD": False,
    "NOISY_EXCEPTIONS": False,
    "FALLBACK_ERROR_FORMAT": ERROR_FORMAT,
    # Forwarded headers are believed from nobody: limits and audit speak of the connected peer.
    "PROXIES_COUNT": None,
    "REAL_IP_HEADER": None,
    "FORWARDED_SECRET": None,
}


def create_app(platform: Platform, surface: Surface = Surface.INTERNAL, *, name: str | None = None) -> Server:
    """A server for one surface over a house that is open while it serves; nothing is shared between two of them.

    Sanic tells servers apart by name: without one, this server gets a name of its own.
    """
    app = Sanic(
        name or f"guiliu-{surface}-{secrets.token_hex(4)}",
        config=Config(env_prefix=None),
        strict_slashes=True,
        configure_logging=False,
    )
    app.config.update(SETTINGS)
    metrics = Metrics()
    streams = EventStreams(platform, metrics.streams)
    edge = Edge(platform=platform, metrics=metrics, cursors=Cursors(platform.secret), streams=streams)
    for resource in RESOURCES[surface]:
        app.blueprint(_blueprint(resource, edge))
    _add_document(app, surface)
    if surface is Surface.INTERNAL:
        _add_front_end(app, FrontEnd(platform.pages))
    _end_streams_first(app, streams)
    app.error_handler.add(Exception, _answer_exception)
    return app


def _blueprint(resource: Resource, edge: Edge) -> Blueprint:
    blueprint = Blueprint(resource.name, url_prefix=resource.prefix or None)
    for route in resource.routes:
        blueprint.add_route(
            edge.endpoint(route),
            route.path.replace("{", "<").replace("}", ":str>"),
            methods=[route.method],
            name=route.handler.__name__,
            stream=route.body_limit is not None,
            strict_slashes=True,
            error_format=ERROR_FORMAT,
        )
    return blueprint


@cache
def openapi_document(surface: Surface) -> bytes:
    """The OpenAPI document, the same for all servers of a surface."""
    return json_text(Document(RESOURCES[surface], VERSION).build())


def _add_document(app: Server, surface: Surface) -> None:
    text = openapi_document(surface)

    async def answer_document(_request: Request) -> HTTPResponse:
        return SecureResponse(text, 200, content_type="application/json")

    app.add_route(answer_document, "/openapi.json", methods=["GET"], name="openapi", error_format=ERROR_FORMAT)


def _add_front_end(app: Server, front_end: FrontEnd) -> None:
    async def answer_asset(request: Request, name: str) -> HTTPResponse:
        return await front_end.asset(name, _encodings(request)) or _answer_exception(request, _NO_SUCH_FILE)

    def answering(name: str) -> SanicHandler:
        async def answer_fixed(request: Request) -> HTTPResponse:
            return await front_end.fixed(name, _encodings(request)) or _answer_exception(request, _NO_SUCH_FILE)

        return answer_fixed

    async def answer_page(request: Request, error: from_sanic.NotFound) -> HTTPResponse:
        if is_page(request.method, request.path, request.headers.get("accept", "")):
            return await front_end.page(request.path, _encodings(request))
        return _answer_exception(request, error)

    app.add_route(answer_asset, "/assets/<name:str>", methods=["GET"], name="asset", error_format=ERROR_FORMAT)
    for name in FIXED:
        named = name.replace(".", "_")
        app.add_route(answering(name), f"/{name}", methods=["GET"], name=named, error_format=ERROR_FORMAT)
    app.error_handler.add(from_sanic.NotFound, answer_page)


def _encodings(request: Request) -> str:
    return request.headers.get("accept-encoding", "")


def _end_streams_first(app: Server, streams: EventStreams) -> None:
    """A stop waits for open requests; streams never end by themselves."""

    async def end_streams(_app: Server) -> None:
        streams.close()

    app.register_listener(end_streams, "before_server_stop")


def _answer_exception(request: Request, error: Exception) -> HTTPResponse:
    """What Sanic itself refuses, as problems of ours."""
    for kind, refusal in _FROM_SANIC.items():
        if isinstance(error, kind):
            return refused(request, refusal(error))
    return failed(request, error)


def _method_not_allowed(error: Exception) -> Refusal:
    headers: Mapping[str, str] = getattr(error, "headers", {})
    allowed = sorted(method.strip() for method in headers.get("Allow", "").split(",") if method.strip())
    return MethodNotAllowed(
        "method_not_allowed",
        "此地址不支持该方法",
        "This address does not take that method",
        details={"allowed": allowed},
    )


#: Looked through in this order; the last three are the roots of many.
_FROM_SANIC: Mapping[type[Exception], Callable[[Exception], Refusal]] = {
    from_sanic.MethodNotAllowed: _method_not_allowed,
    from_sanic.NotFound: lambda _: NotFound("route_not_found", "没有这个地址", "There is no such address"),
    from_sanic.PayloadTooLarge: lambda _: TooLarge(
        "too_large", "请求头或内容过大", "The headers or the body are too large"
    ),
    from_sanic.URITooLong: lambda _: AddressTooLong("address_too_long", "地址过长", "The address is too long"),
    from_sanic.RequestTimeout: lambda _: TimedOut(
        "request_timed_out", "请求未按时到达", "The request did not arrive in time"
    ),
    from_sanic.ExpectationFailed: lambda _: ExpectationFailed(
        "expectation_failed", "无法满足 Expect 请求头", "The Expect header cannot be met"
    ),
    from_sanic.ServiceUnavailable: lambda _: Unavailable(
        "answer_took_too_long", "未能按时作答，请重试", "The answer took too long; try again"
    ),
    from_sanic.BadRequest: lambda _: Malformed("bad_request", "请求无法读取", "The request cannot be read"),
}
