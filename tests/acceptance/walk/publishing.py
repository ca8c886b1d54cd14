"""Drafting and publishing a diagram, by a designer who looks whether a draft was saved when nobody told him."""

from __future__ import annotations

from tests.acceptance.walk.line import Line
from tests.acceptance.walk.walking import expected

DESIGNER = "designer"


async def publish(line: Line, key: str, source: bytes) -> int:
    """Make a source the next version of a diagram; its number."""
    headers = {"content-type": "application/xml", "if-match": f'"{await _draft_version(line, key)}"'}
    saved = await line.insist(DESIGNER, "PUT", f"/processes/{key}/draft", data=source, headers=headers)
    if saved.status == 412:
        # An attempt that nobody answered may have saved it.
        assert (await line.insist(DESIGNER, "GET", f"/processes/{key}/draft")).body == source
    else:
        expected(saved, 200)
    published = await line.ask(DESIGNER, f"/processes/{key}/publish", {"note": "耐久性试验"})
    return int(expected(published, 200)["number"])


async def _draft_version(line: Line, key: str) -> int:
    listed = expected(await line.insist(DESIGNER, "GET", "/processes"), 200)
    [summary] = [item for item in listed["items"] if item["key"] == key]
    return int(summary["draft_version"] or 0)
