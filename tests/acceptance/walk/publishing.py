"""Drafting and publishing a diagram, by a designer who looks whether a draft was saved when nobody told him."""

from __future__ import annotations

from tests.acceptance.walk.line import Line
from tests.acceptance.walk.walking import expected

DESIGNER = "designer"


async def publish(line: Line, source: bytes) -> int:
    """Make a source the next version of the diagram of a case; its number."""
    headers = {"content-type": "application/xml", "if-match": f'"{await _draft_version(line)}"'}
    saved = await line.insist(DESIGNER, "PUT", "/processes/case/draft", data=source, headers=headers)
    if saved.status == 412:
        # An attempt that nobody answered may have saved it.
        assert (await line.insist(DESIGNER, "GET", "/processes/case/draft")).body == source
    else:
        expected(saved, 200)
    published = await line.ask(DESIGNER, "/processes/case/publish", {"note": "耐久性试验"})
    return int(expected(published, 200)["number"])


async def _draft_version(line: Line) -> int:
    listed = expected(await line.insist(DESIGNER, "GET", "/processes"), 200)
    [summary] = [item for item in listed["items"] if item["key"] == "case"]
    return int(summary["draft_version"] or 0)
