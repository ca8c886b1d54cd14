"""Posts get permissions as data, through the same door as everything."""

from __future__ import annotations

import pytest

from engine.actors import SYSTEM, Actor
from engine.errors import Forbidden, Invalid
from processes.access import GrantPermissions, Permission
from processes.organisation import PostHeld, SaveUnit, UnitKind
from tests.integration.city import City


def grant(*permissions: Permission, post: str = "clerk", actor: Actor = SYSTEM) -> GrantPermissions:
    return GrantPermissions(actor=actor, post=post, permissions=frozenset(permissions))


async def test_permissions_of_a_post_are_replaced_as_a_whole(city: City) -> None:
    account = await city.hire("ada", PostHeld(post="clerk", unit="U12"))
    await city.change(grant(Permission.TASK_PERFORM, Permission.CASE_REPORT))
    await city.change(grant(Permission.TASK_PERFORM, Permission.MEDIA_UPLOAD))
    actor = city.people.actor(account)
    assert actor is not None
    assert actor.permissions == {"task.perform", "media.upload"}


async def test_a_post_that_does_not_exist_gets_no_permissions(city: City) -> None:
    with pytest.raises(Invalid):
        await city.change(grant(post="nobody"))


async def test_only_who_may_manage_the_organisation_changes_it(city: City) -> None:
    await city.change(grant(Permission.ORGANISATION_MANAGE))
    account = await city.hire("ada", PostHeld(post="clerk", unit="U12"))
    ada = city.people.actor(account)
    assert ada is not None
    await city.change(SaveUnit(actor=ada, code="U20", name="环卫", kind=UnitKind.ENTERPRISE))
    with pytest.raises(Forbidden):
        await city.change(grant(*Permission, actor=ada))
    line = await city.database.fetchrow("select actor, type, payload from security_event order by seq desc limit 1")
    assert line is not None
    assert tuple(line) == (
        ada.id,
        "refused",
        '{"code":"permission_missing","command":"GrantPermissions","object":"permissions:clerk"}',
    )
