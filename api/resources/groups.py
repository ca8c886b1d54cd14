"""Groups: the posts that people hold, what each may do, and who holds it. Tasks are offered to groups."""

from __future__ import annotations

from typing import Annotated

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import etag, not_found
from api.register_routes import with_etag
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import PERMISSION_WORDS, GrantPermissions, Permission, Register
from processes.organisation import SavePost

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class GroupShown(msgspec.Struct, frozen=True, kw_only=True):
    """A group."""

    key: str
    name_zh: str
    name_en: str
    #: How many hold it at this moment.
    members: int


class GroupList(msgspec.Struct, frozen=True, kw_only=True):
    """Every group, by key."""

    items: list[GroupShown]


class GroupMember(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who holds the post."""

    #: Id of the account.
    user: int
    username: str
    name: str
    #: Code of the unit; ``null`` where it is held for the city as a whole.
    unit: str | None
    is_disabled: bool


class GroupDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A group with those who hold it."""

    key: str
    name_zh: str
    name_en: str
    #: ``ETag``.
    version: int
    members: list[GroupMember]


class GroupBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a group is to be called."""

    name_zh: Name
    name_en: Name


class GroupSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The group as it is kept now."""

    post: str
    version: int


class PermissionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A permission in words."""

    name: Permission
    zh: str
    en: str


class GroupPermissions(msgspec.Struct, frozen=True, kw_only=True):
    """What a group may do."""

    #: ``ETag``.
    version: int
    permissions: list[Permission]
    #: Every permission there is.
    known: list[PermissionShown]


class PermissionsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a group is to be permitted; what is not named is taken away."""

    permissions: Annotated[list[Permission], msgspec.Meta(max_length=len(Permission))]


class PermissionsSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The permissions as they are kept now."""

    post: str
    permissions: list[Permission]
    version: int


async def list_groups(call: Call[Nothing, None]) -> Reply:
    """Answer every group."""
    register = call.platform.people.register
    posts = sorted(register.organisation.posts.values(), key=lambda post: post.key)
    items = [shown(post, GroupShown, members=len(_members(post.key, register))) for post in posts]
    return answered(GroupList(items=items))


async def get_group(call: Call[Nothing, None]) -> Reply:
    """Answer a group with those who hold it."""
    key = call.path["group"]
    version = await call.platform.versions.version(f"post:{key}")
    register = call.platform.people.register
    if key not in register.organisation.posts:
        raise not_found()
    detail = shown(register.organisation.posts[key], GroupDetail, version=version, members=_members(key, register))
    return answered(detail, headers={"etag": etag(version)})


async def put_group(call: Call[Nothing, GroupBody]) -> Reply:
    """Make a group or change its names."""
    command = SavePost(
        actor=call.signed_in.actor,
        expected=call.expected,
        post=call.path["group"],
        name_zh=call.body.name_zh,
        name_en=call.body.name_en,
    )
    return with_etag(await carry_out(call, command))


async def get_group_permissions(call: Call[Nothing, None]) -> Reply:
    """Answer what a group may do."""
    key = call.path["group"]
    version = await call.platform.versions.version(f"permissions:{key}")
    register = call.platform.people.register
    if key not in register.organisation.posts:
        raise not_found()
    held = register.permissions.get(key, frozenset())
    body = GroupPermissions(
        version=version,
        permissions=[permission for permission in Permission if permission in held],
        known=[PermissionShown(name=name, zh=words.zh, en=words.en) for name, words in PERMISSION_WORDS.items()],
    )
    return answered(body, headers={"etag": etag(version)})


async def put_group_permissions(call: Call[Nothing, PermissionsBody]) -> Reply:
    """Replace what a group may do."""
    command = GrantPermissions(
        actor=call.signed_in.actor,
        expected=call.expected,
        post=call.path["group"],
        permissions=frozenset(call.body.permissions),
    )
    return with_etag(await carry_out(call, command))


def _members(post: str, register: Register) -> list[GroupMember]:
    organisation = register.organisation
    held = ((account, holding) for account, holdings in organisation.holdings.items() for holding in holdings)
    members = [
        GroupMember(
            user=account,
            username=organisation.accounts[account].username,
            name=organisation.accounts[account].name,
            unit=holding.unit,
            is_disabled=organisation.accounts[account].is_disabled,
        )
        for account, holding in held
        if holding.post == post
    ]
    return sorted(members, key=lambda member: (member.user, member.unit or ""))


RESOURCE = Resource(
    name="groups",
    title_zh="岗位（候选组）",
    title_en="Groups",
    routes=(
        Route(
            method="GET",
            path="/groups",
            handler=list_groups,
            summary_zh="岗位列表",
            summary_en="Groups",
            answer=GroupList,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="GET",
            path="/groups/{group}",
            handler=get_group,
            summary_zh="岗位及其人员",
            summary_en="A group with those who hold it",
            answer=GroupDetail,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="PUT",
            path="/groups/{group}",
            handler=put_group,
            summary_zh="新建岗位或改名",
            summary_en="Make a group or change its names",
            body=GroupBody,
            answer=GroupSaved,
            also_status=201,
            match=Match.REQUIRED,
        ),
        Route(
            method="GET",
            path="/groups/{group}/permissions",
            handler=get_group_permissions,
            summary_zh="岗位的权限",
            summary_en="What a group may do",
            answer=GroupPermissions,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="PUT",
            path="/groups/{group}/permissions",
            handler=put_group_permissions,
            summary_zh="设定岗位的权限",
            summary_en="Replace what a group may do",
            body=PermissionsBody,
            answer=PermissionsSaved,
            also_status=201,
            match=Match.REQUIRED,
        ),
    ),
)
