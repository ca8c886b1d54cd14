"""Changing one's own password."""

from __future__ import annotations

from typing import Annotated

import msgspec

from api.commands import carry_out
from api.routes import Call, Nothing, Reply, Resource, Route

Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class OwnPasswordBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password as it is, and as it is to be; all one's sessions end, this one too."""

    current: Password
    password: Password


async def put_own_password(call: Call[Nothing, OwnPasswordBody]) -> Reply:
    """Change one's own password."""
    caller, body = call.signed_in, call.body
    command = await call.platform.own_password.command(
        caller.actor, caller.account, current=body.current, new=body.password, address=call.peer
    )
    await carry_out(call, command)
    return Reply(status=204)


RESOURCE = Resource(
    name="own-password",
    title_zh="本人密码",
    title_en="One's own password",
    routes=(
        Route(
            method="PUT",
            path="/me/password",
            handler=put_own_password,
            summary_zh="修改本人密码；所有登录随即失效",
            summary_en="Change one's own password; all one's sessions end",
            body=OwnPasswordBody,
            status=204,
            refusals=("stale", "too_many"),
        ),
    ),
)
