"""The city's rules about deadlines: when they warn, what follows a return, how often they are extended or suspended."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import etag
from api.register_routes import answer_versions, differences_route, with_etag
from api.register_shapes import RegisterPublished, RegisterVersionList, VersionPaging
from api.resources.time_limits import Moment, StuckClock, stuck_clock
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from processes.access import Permission
from processes.contents import RegisterName, deadline_settings_lines, deadline_settings_of
from processes.deadlines import (
    DeadlineSettings,
    ExtensionAmount,
    ExtensionWindow,
    Lamp,
    SettingsMove,
    SuccessorLimit,
    preview_settings,
)

REGISTER = RegisterName.DEADLINE_SETTINGS
MOST_MOVES = 1_000
Times = Annotated[int, msgspec.Meta(ge=0, le=100)]


class DeadlineSettingsShape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings as a whole."""

    #: The share of a limit after which it warns.
    warn_share: Annotated[float, msgspec.Meta(gt=0, le=1)]
    #: What the next unit gets after an approved return.
    after_return: SuccessorLimit
    #: What the unit gets when it must do its work again.
    after_rework: SuccessorLimit
    most_extensions: Times
    extension_amount: ExtensionAmount
    #: Until when an extension may be asked for.
    extension_window: ExtensionWindow
    most_suspensions: Times
    #: Natural days from the suspension to its planned lifting.
    longest_suspension_days: Annotated[int, msgspec.Meta(ge=1, le=3_650)]

    def settings(self) -> DeadlineSettings:
        """As deadlines know them."""
        members = msgspec.structs.asdict(self)
        return DeadlineSettings(**{**members, "warn_share": Decimal(str(self.warn_share))})


class SettingsPreviewAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings that are not in force yet."""

    settings: DeadlineSettingsShape
    #: The moment at which lamps and rights are judged.
    at: Moment


class MovedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """An open deadline that would stand otherwise."""

    #: Such as ``1024.7``: the case and the deadline in it.
    name: str
    warn_before: datetime | None
    warn_after: datetime | None
    lamp_before: Lamp
    lamp_after: Lamp
    may_extend_before: bool
    may_extend_after: bool
    may_suspend_before: bool
    may_suspend_after: bool


class DeadlineSettingsPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What other settings would do to the open deadlines of the cases that the caller may see."""

    examined: int
    #: How many would stand otherwise; the first thousand are listed.
    moved: int
    begin_to_warn: int
    stop_warning: int
    lose_extension: int
    gain_extension: int
    lose_suspension: int
    gain_suspension: int
    moves: list[MovedDeadline]
    obstacles: list[StuckClock]


async def get_settings(call: Call[Nothing, None]) -> Reply:
    """Answer the settings in force."""
    in_force = call.platform.registers.in_force
    return _shown(in_force.deadline_settings, in_force.number(REGISTER))


async def put_settings(call: Call[Nothing, DeadlineSettingsShape]) -> Reply:
    """Replace the settings; ``If-Match: "0"`` stands for the usual ones."""
    assert call.expected is not None  # noqa: S101 - the route requires If-Match
    lines, editing = deadline_settings_lines(call.body.settings()), call.platform.editing
    edited = await editing.edited(REGISTER, lambda _: lines, expected=call.expected)
    return with_etag(await carry_out(call, await editing.command(edited, actor=call.signed_in.actor)))


async def preview(call: Call[Nothing, SettingsPreviewAsked]) -> Reply:
    """Answer which open deadlines would stand otherwise; nothing is kept."""
    in_force = call.platform.registers.in_force
    judged = partial(
        preview_settings,
        await call.platform.deadlines.open_clocks(call.signed_in.actor),
        call.platform.deadlines.calendar_of,
        current=in_force.deadline_settings,
        proposed=call.body.settings.settings(),
        at=call.body.at,
    )
    # Twenty thousand deadlines take long enough for others to notice.
    found = await asyncio.to_thread(judged)
    return answered(
        DeadlineSettingsPreview(
            examined=found.examined,
            moved=len(found.moves),
            begin_to_warn=found.gained(lambda standing: standing.lamp is Lamp.YELLOW),
            stop_warning=found.lost(lambda standing: standing.lamp is Lamp.YELLOW),
            lose_extension=found.lost(lambda standing: standing.may_extend),
            gain_extension=found.gained(lambda standing: standing.may_extend),
            lose_suspension=found.lost(lambda standing: standing.may_suspend),
            gain_suspension=found.gained(lambda standing: standing.may_suspend),
            moves=[_moved(each) for each in found.moves[:MOST_MOVES]],
            obstacles=[stuck_clock(each) for each in found.obstacles[:MOST_MOVES]],
        )
    )


async def list_versions(call: Call[VersionPaging, None]) -> Reply:
    """Answer the versions of the settings."""
    return await answer_versions(call, REGISTER)


async def get_version(call: Call[Nothing, None]) -> Reply:
    """Answer the settings of a version."""
    number = call.path["version"]
    return _shown(deadline_settings_of(await call.platform.archive.lines_of_version(REGISTER, number)), number)


def _shown(settings: DeadlineSettings, number: int) -> Reply:
    members: dict[str, Any] = {**asdict(settings), "warn_share": float(settings.warn_share)}
    return answered(DeadlineSettingsShape(**members), headers={"etag": etag(number)})


def _moved(move: SettingsMove) -> MovedDeadline:
    before, after = move.before, move.after
    return MovedDeadline(
        name=before.deadline.subject.deadline_id,
        warn_before=before.deadline.warn_at,
        warn_after=after.deadline.warn_at,
        lamp_before=before.lamp,
        lamp_after=after.lamp,
        may_extend_before=before.may_extend,
        may_extend_after=after.may_extend,
        may_suspend_before=before.may_suspend,
        may_suspend_after=after.may_suspend,
    )


RESOURCE = Resource(
    name="deadline-settings",
    title_zh="时限规则",
    title_en="Settings of deadlines",
    routes=(
        Route(
            method="GET",
            path="/deadline-settings",
            handler=get_settings,
            summary_zh="时限规则：预警、退单返工后的时限、延期、挂账",
            summary_en="The settings of deadlines in force",
            answer=DeadlineSettingsShape,
        ),
        Route(
            method="PUT",
            path="/deadline-settings",
            handler=put_settings,
            summary_zh="保存时限规则为新版本",
            summary_en="Save the settings of deadlines as their next version",
            body=DeadlineSettingsShape,
            answer=RegisterPublished,
            also_status=201,
            match=Match.REQUIRED,
            permission=Permission.CALENDAR_MANAGE,
        ),
        Route(
            method="POST",
            path="/deadline-settings/preview",
            handler=preview,
            summary_zh="预览：改用新规则后哪些时限的预警、延期、挂账会变",
            summary_en="What other settings would do to open deadlines, before they are saved",
            body=SettingsPreviewAsked,
            answer=DeadlineSettingsPreview,
            permission=Permission.CALENDAR_MANAGE,
        ),
        Route(
            method="GET",
            path="/deadline-settings/versions",
            handler=list_versions,
            summary_zh="时限规则历次版本",
            summary_en="Versions of the settings of deadlines",
            query=VersionPaging,
            answer=RegisterVersionList,
        ),
        Route(
            method="GET",
            path="/deadline-settings/versions/{version}",
            handler=get_version,
            summary_zh="时限规则某一版本的内容",
            summary_en="A version of the settings of deadlines",
            answer=DeadlineSettingsShape,
        ),
        differences_route(
            "/deadline-settings", "deadline_settings", lambda _: REGISTER, ("时限规则", "Settings of deadlines")
        ),
    ),
)
