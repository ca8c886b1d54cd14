"""Supervision: how many cases stand where."""

from __future__ import annotations

import msgspec

from api.answers import answered
from api.lists import shown_items
from api.routes import Call, Nothing, Reply, Resource, Route
from processes.access import Permission


class BoardCell(msgspec.Struct, frozen=True, kw_only=True):
    """How many open cases of one unit stand in one stage."""

    stage: str
    #: Code of the responsible unit; ``null`` before there is one.
    unit: str | None
    count: int


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases that the caller may see, by stage and unit."""

    cells: list[BoardCell]
    total: int


async def get_board(call: Call[Nothing, None]) -> Reply:
    """Answer the counts as of the last commit."""
    cells = shown_items(await call.platform.cases.board(call.signed_in.actor), BoardCell)
    return answered(Board(cells=cells, total=sum(cell.count for cell in cells)))


RESOURCE = Resource(
    name="supervision",
    title_zh="督察",
    title_en="Supervision",
    routes=(
        Route(
            method="GET",
            path="/supervision/board",
            handler=get_board,
            summary_zh="督察看板：各阶段、各单位在办数",
            summary_en="Open cases by stage and unit",
            answer=Board,
            permission=Permission.SUPERVISION_READ,
        ),
    ),
)
