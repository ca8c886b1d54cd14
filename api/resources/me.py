"""Who am I: the signed-in person as the pages show and ask."""

from __future__ import annotations

import msgspec

from api.answers import answered
from api.authentication import Caller
from api.ports import Platform
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown


class UnitOfPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A unit someone belongs to."""

    code: str
    name: str
    name_en: str


class PostOfPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A post someone holds."""

    key: str
    name_zh: str
    name_en: str
    unit: str | None = None


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in person."""

    id: str
    username: str
    name: str
    #: The first unit in which a post is held.
    unit: UnitOfPerson | None
    posts: list[PostOfPerson]
    groups: list[str]
    permissions: list[str]


def me(platform: Platform, caller: Caller) -> Me:
    """The person behind a session."""
    person = platform.people.person(caller.account)
    assert person is not None  # noqa: S101 - the session's account has just been found
    return Me(
        id=caller.actor.id,
        username=person.username,
        name=person.name,
        unit=shown(person.unit, UnitOfPerson) if person.unit else None,
        posts=[shown(post, PostOfPerson) for post in person.posts],
        groups=sorted(caller.actor.groups),
        permissions=sorted(caller.actor.permissions),
    )


async def get_me(call: Call[Nothing, None]) -> Reply:
    """Answer the signed-in person."""
    return answered(me(call.platform, call.signed_in))


RESOURCE = Resource(
    name="me",
    title_zh="本人",
    title_en="The signed-in person",
    routes=(
        Route(
            method="GET",
            path="/me",
            handler=get_me,
            summary_zh="当前登录者：账号、单位、岗位、组、权限",
            summary_en="The signed-in person: account, unit, posts, groups, permissions",
            answer=Me,
        ),
    ),
)
