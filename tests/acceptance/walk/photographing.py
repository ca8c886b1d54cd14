"""Sending a photo piece by piece, taken up again where it stopped."""

from __future__ import annotations

from guiliu.load import Outcome
from tests.acceptance.walk.history import Answer
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.walking import expected

INSPECTOR = "inspector"
PIECES = 2


async def photograph(line: Line, content: bytes) -> int:
    """Upload a picture; the id of the media."""
    announced = {"name": "现场.png", "bytes": len(content), "usage": "report"}
    upload = expected(await line.insist(INSPECTOR, "POST", "/media", json=announced), 201)["id"]
    while (received := await _received(line, upload)) < len(content):
        await _append(line, upload, received, content[received : received + len(content) // PIECES + 1])
    finished = await line.insist(INSPECTOR, "POST", f"/media/uploads/{upload}/finish")
    return int(expected(finished, 200)["id"])


async def _received(line: Line, upload: int) -> int:
    shown = await line.insist(INSPECTOR, "GET", f"/media/uploads/{upload}")
    return int(expected(shown, 200)["received"])


async def _append(line: Line, upload: int, start: int, piece: bytes) -> None:
    """Whether it came through is asked afterwards; a piece that came twice is refused."""
    headers = {"upload-offset": str(start), "content-type": "application/octet-stream"}
    answer: Answer = await line.insist(INSPECTOR, "PATCH", f"/media/uploads/{upload}", data=piece, headers=headers)
    assert answer.outcome is Outcome.OK or answer.json["code"] == "chunk_out_of_place"
