"""What happens, as it happens: one event stream for each page."""

from __future__ import annotations

from api.routes import Call, Nothing, Resource, Route, Stream

EVENT_STREAM = "text/event-stream"


async def open_events(call: Call[Nothing, None]) -> Stream:
    """Open the stream after ``Last-Event-ID``, else from now."""
    pieces = await call.streams.begin(call.signed_in, call.headers.get("last-event-id"))
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
            answer_type=EVENT_STREAM,
            headers={"last-event-id": "Go on after this event."},
        ),
    ),
)
