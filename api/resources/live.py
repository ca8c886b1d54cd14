"""What happens, as it happens: one event stream for each page."""

from __future__ import annotations

import msgspec

from api.routes import Call, Resource, Route, Stream

EVENT_STREAM = "text/event-stream"


class EventsAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From where to go on; browsers that come back by themselves say so in ``Last-Event-ID``, which then holds."""

    #: The position that the session answered, or the id of an event.
    after: str | None = None


async def open_events(call: Call[EventsAsked, None]) -> Stream:
    """Open the stream after the last event, else after the position asked for, else from now."""
    last = call.headers.get("last-event-id") or call.query.after
    pieces = await call.streams.begin(call.signed_in, last)
    return Stream(content_type=EVENT_STREAM, pieces=pieces)


RESOURCE = Resource(
    name="live",
    title_zh="实时",
    title_en="What happens, as it happens",
    routes=(
        Route(
            method="GET",
            path="/events",
            handler=open_events,
            summary_zh="案件变动的事件流（SSE）",
            summary_en="Server-sent events of cases that the caller may see",
            query=EventsAsked,
            answer_type=EVENT_STREAM,
            headers={"last-event-id": "Go on after this event."},
        ),
    ),
)
