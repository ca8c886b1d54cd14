"""What a route is: one row that the server, the OpenAPI document and the tests read alike.

Route  → the row: method, path, what is read, what is answered, which refusals may come
Call   → one request as a handler sees it: who asks, parameters, query, body, already checked
Reply  → what a handler answers; ``Stream`` when it comes piece by piece
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec

from api.authentication import Caller
from api.cursors import Cursors
from api.metrics import Metrics
from api.ports import Platform
from api.streams import EventStreams
from engine.commands import IdempotencyKey
from processes.access import Permission

JSON_TYPE = "application/json"
XML_TYPES = ("application/xml", "text/xml")

Query = TypeVar("Query")
Body = TypeVar("Body")


class Match(StrEnum):
    """What a route makes of ``If-Match``."""

    IGNORED = "ignored"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No query parameters, or an empty JSON body."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Call(Generic[Query, Body]):
    """One request, read and checked; it has no representation, because it may hold a password."""

    platform: Platform
    metrics: Metrics
    cursors: Cursors
    streams: EventStreams
    #: ``None`` only on open routes.
    caller: Caller | None
    #: Parameters of the path: numbers, pairs of numbers, or keys, as ``api.parameters`` says.
    path: Mapping[str, Any]
    query: Query
    body: Body
    key: IdempotencyKey | None
    #: The version named by ``If-Match``.
    expected: int | None
    #: Request headers by lower-case name, those that the route declares and no others.
    headers: Mapping[str, str]
    #: Address of the directly connected peer; forwarded headers are not believed.
    peer: str

    @property
    def signed_in(self) -> Caller:
        """The caller of a route that is not open."""
        assert self.caller is not None  # noqa: S101 - the edge lets nobody else in
        return self.caller


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer in one piece."""

    status: int = 200
    #: JSON text, or the content named by ``content_type``.
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[Cookie, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cookie:
    """The session cookie to set; an empty value takes it away."""

    value: str
    max_age: int


@dataclass(frozen=True, kw_only=True)
class Stream:
    """An answer piece by piece; the pieces end or the client leaves."""

    content_type: str
    pieces: AsyncGenerator[bytes, None]
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call[Any, Any]], Awaitable[Reply | Stream]]


def named(handler: Handler, name: str) -> Handler:
    """A handler made for one of several resources, under the name of its operation."""
    handler.__name__ = name
    return handler


@dataclass(frozen=True, kw_only=True)
class Route:
    """One method on one path."""

    method: str
    #: With parameters in braces, such as ``/tasks/{task}/complete``; ``api.parameters`` knows each name.
    path: str
    handler: Handler
    #: One line each, for the document.
    summary_zh: str
    summary_en: str
    #: Status of success and the shape of its body; ``None`` for no body or one that is not JSON.
    status: int = 200
    answer: Any = None
    #: Whether the answer holds what its length must not tell; it is sent as it is.
    tells_secret: bool = False
    #: A second status of success with the same shape: 201 beside 200 where the first of its kind is made.
    also_status: int | None = None
    answer_type: str = JSON_TYPE
    query: type[msgspec.Struct] = Nothing
    #: ``None`` reads no body at all.
    body: type[msgspec.Struct] | None = None
    #: Content types of a body that reaches the handler as bytes: not JSON, or signed and shaped as ``body``.
    body_types: tuple[str, ...] = ()
    #: Largest body in bytes; ``None`` means the server's limit.
    body_limit: int | None = None
    #: Open routes are answered without a session.
    is_open: bool = False
    #: What a read needs beside a session; commands are judged by the bus's guard alone.
    permission: Permission | None = None
    #: Whether an ``Idempotency-Key`` is required.
    keyed: bool = False
    match: Match = Match.IGNORED
    #: Request headers that the handler reads: name → what it says.
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Kinds of refusal beyond those every route of this shape has.
    refusals: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether a request of this kind may change something, as far as browsers are concerned."""
        return self.method not in ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """The routes of one resource."""

    name: str
    title_zh: str
    title_en: str
    routes: tuple[Route, ...]
    #: Where the paths begin.
    prefix: str = "/api/v1"
