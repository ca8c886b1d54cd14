"""The edge: from a Sanic request to a handler's call, and from its reply or refusal to a response.

    path → who asks → query → headers → body → handler → response

Whatever a handler does not refuse itself ends here as a problem with a log line; no trace leaves the house.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sanic import HTTPResponse, Request

from api.authentication import Caller, caller_of, check_origin, cookie_name
from api.bodies import check_content_encoding, check_content_type, read_json
from api.cursors import Cursors
from api.errors import Failed, TooLarge, problem
from api.languages import preferred_language
from api.metrics import Metrics
from api.packing import is_worth_packing, packed, takes
from api.parameters import precondition_missing, read_idempotency_key, read_if_match, read_path, read_query
from api.ports import Platform
from api.responses import SecureResponse
from api.routes import JSON_TYPE, Call, Cookie, Match, Reply, Route, Stream
from api.signatures import check_digest
from api.streams import EventStreams
from api.validation import typed
from engine.errors import Malformed, Refusal
from processes.access import against

SanicHandler = Callable[..., Coroutine[Any, Any, HTTPResponse | None]]
_log = structlog.get_logger("guiliu.api")


@dataclass(frozen=True, kw_only=True)
class Edge:
    """What all routes of one server share."""

    platform: Platform
    metrics: Metrics
    cursors: Cursors
    streams: EventStreams

    def endpoint(self, route: Route) -> SanicHandler:
        """The Sanic handler of a route."""
        latency = self.metrics.latency.labels(route.method, route.path)

        async def answer(request: Request, **path: str) -> HTTPResponse | None:
            with latency.time():
                response = await self._answer(route, request, path)
            if isinstance(response, Stream):
                self._count(route, 200)
                await _send_stream(request, response)
                return None
            self._count(route, response.status)
            if self.streams.are_closed:
                _end_connection(request)
            return response

        return answer

    async def _answer(self, route: Route, request: Request, path: dict[str, str]) -> HTTPResponse | Stream:
        try:
            reply = await route.handler(await self._call(route, request, path))
        except Refusal as refusal:
            return refused(request, refusal)
        except Exception as error:  # the edge's last resort: a defect becomes a log line and a plain answer
            return failed(request, error)
        if isinstance(reply, Stream):
            return reply
        if is_worth_packing(route, reply):
            reply = await _as_taken(reply, request.headers.get("accept-encoding", ""))
        return self._response(reply)

    async def _call(self, route: Route, request: Request, path: dict[str, str]) -> Call[Any, Any]:
        parameters = read_path(path)
        caller = await self._caller(route, request)
        query = read_query(request.query_string, route.query)
        body = await _read_body(route, request)
        check_digest(request)
        actor = caller.actor.id if caller else ""
        return Call(
            platform=self.platform,
            metrics=self.metrics,
            cursors=self.cursors,
            streams=self.streams,
            caller=caller,
            path=parameters,
            query=query,
            body=body,
            key=_key(request, actor) if route.keyed else None,
            expected=_expected(route, request),
            headers={name: request.headers[name] for name in route.headers if name in request.headers},
            peer=request.ip,
        )

    async def _caller(self, route: Route, request: Request) -> Caller | None:
        if route.is_open:
            if route.changes:
                check_origin(request, self.platform)
            return None
        caller = await caller_of(request, self.platform)
        if route.permission and (refusal := against(caller.actor, route.permission)):
            raise refusal
        return caller

    def _response(self, reply: Reply) -> HTTPResponse:
        response = SecureResponse(reply.body, reply.status, dict(reply.headers), content_type=reply.content_type)
        for cookie in reply.cookies:
            self._set_cookie(response, cookie)
        return response

    def _set_cookie(self, response: HTTPResponse, cookie: Cookie) -> None:
        is_production = self.platform.is_production
        response.add_cookie(
            cookie_name(is_production=is_production),
            cookie.value,
            max_age=cookie.max_age,
            httponly=True,
            samesite="Lax",
            secure=is_production,
        )

    def _count(self, route: Route, status: int) -> None:
        self.metrics.requests.labels(route.method, route.path, str(status)).inc()


def refused(request: Request, refusal: Refusal) -> HTTPResponse:
    """The problem document of a refusal."""
    found = problem(refusal, preferred_language(request.headers.get("accept-language")))
    return SecureResponse(found.body, found.status, dict(found.headers), content_type="application/problem+json")


def failed(request: Request, error: Exception) -> HTTPResponse:
    """The answer to a defect of ours: an id that stands in the log as well, and nothing of what happened."""
    failure = secrets.token_hex(8)
    _log.error("request_failed", failure=failure, method=request.method, path=request.path, exc_info=error)
    refusal = Failed(
        "internal_error",
        f"内部错误，编号 {failure}；请联系运维人员",
        f"Internal error {failure}; please tell the operators",
        details={"failure": failure},
    )
    return refused(request, refusal)


async def _as_taken(reply: Reply, accepted: str) -> Reply:
    headers = {**reply.headers, "vary": "accept-encoding"}
    if not takes("gzip", accepted):
        return replace(reply, headers=headers)
    return replace(reply, body=await packed(reply.body), headers={**headers, "content-encoding": "gzip"})


async def _read_body(route: Route, request: Request) -> Any:
    if route.body_limit is not None:
        await _receive(request, route.body_limit)
    if route.body is None and not route.body_types:
        if request.body:
            raise Malformed("body_unexpected", "此处不接收请求内容", "No body is read here")
        return None
    check_content_encoding(request.headers.get("content-encoding"))
    content_type = request.headers.get("content-type")
    if route.body_types:
        check_content_type(content_type, route.body_types)
        return request.body
    if not request.body:
        return typed({}, route.body)  # type: ignore[arg-type]  # one of the two is set, as checked above
    check_content_type(content_type, (JSON_TYPE,))
    return typed(read_json(request.body), route.body)  # type: ignore[arg-type]  # as above


async def _receive(request: Request, limit: int) -> None:
    stream = request.stream
    assert stream is not None  # noqa: S101 - set by the server for every request
    stream.request_max_size = limit
    if int(request.headers.get("content-length", 0)) > limit:
        raise TooLarge("body_too_large", f"内容超过 {limit} 字节", f"The body is larger than {limit} bytes")
    await request.receive_body()  # type: ignore[no-untyped-call]  # the library says no type


def _key(request: Request, actor: str) -> Any:
    target = request.path + ("?" + request.query_string if request.query_string else "")
    return read_idempotency_key(request.headers.get("idempotency-key"), actor, (request.method, target, request.body))


def _expected(route: Route, request: Request) -> int | None:
    if route.match is Match.IGNORED:
        return None
    expected = read_if_match(request.headers.get("if-match"))
    if expected is None and route.match is Match.REQUIRED:
        raise precondition_missing()
    return expected


def _end_connection(request: Request) -> None:
    """Say with this answer that the next request has to find another server; a busy connection would never rest."""
    assert request.stream is not None  # noqa: S101 - set by the server for every request
    request.stream.keep_alive = False  # type: ignore[attr-defined]  # the library types only what HTTP/3 has too


async def _send_stream(request: Request, stream: Stream) -> None:
    head = SecureResponse(None, 200, dict(stream.headers), content_type=stream.content_type)
    response = await request.respond(head)
    assert response is not None  # noqa: S101 - only middleware, which we have none of, could take it
    async with aclosing(stream.pieces) as pieces:
        async for piece in pieces:
            await response.send(piece)
    await response.eof()
