"""``may``: the one answer to both the button and the command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from engine.actors import Actor
from engine.commands import Command
from engine.configuration import ConfigurationCommand
from engine.errors import Forbidden, NotFound
from engine.handling import Work
from processes.access.api_keys import MakeApiKey, RevokeApiKey, RotateApiKey
from processes.access.commands import ChangeOwnPassword, GrantPermissions, SetPassword
from processes.access.permissions import Permission
from processes.access.rules import Rules, against
from processes.organisation import AssignPosts, SaveAccount, SavePost, SaveUnit

#: Audience of the case that a tree holds; ``None`` when the tree is new.
AudienceOf = Callable[[Work], Collection[str] | None]

#: Which permission a change of configuration needs; packages with such commands keep a table like this.
ACCESS_CONFIGURATION: Mapping[type[ConfigurationCommand], Permission | None] = {
    SaveUnit: Permission.ORGANISATION_MANAGE,
    SavePost: Permission.ORGANISATION_MANAGE,
    SaveAccount: Permission.ORGANISATION_MANAGE,
    # Holding a post is holding its permissions.
    AssignPosts: Permission.ACCESS_MANAGE,
    GrantPermissions: Permission.ACCESS_MANAGE,
    SetPassword: Permission.ACCESS_MANAGE,
    MakeApiKey: Permission.ACCESS_MANAGE,
    RotateApiKey: Permission.ACCESS_MANAGE,
    RevokeApiKey: Permission.ACCESS_MANAGE,
    # Nobody needs a permission for what is theirs; the handler looks whose it is.
    ChangeOwnPassword: None,
}


def may_see(actor: Actor, audience: Collection[str]) -> bool:
    """Whether the actor may see a case with this audience."""
    return actor.audience is None or not actor.audience.isdisjoint(audience)


class TreeGuard:
    """``may`` for commands on trees."""

    def __init__(self, rules: Rules, audience_of: AudienceOf, *, beginning: Collection[type[Command]] = ()) -> None:
        self._rules = rules
        self._audience_of = audience_of
        #: Commands that begin a tree; all others speak of one that is there.
        self._beginning = beginning

    def __call__(self, actor: Actor, command: Command, work: Work) -> None:
        """Raises ``NotFound`` for what the actor may not even see, else what the command's rule has against it."""
        if actor.is_system:
            return
        if not self._is_in_sight(actor, command, work):
            raise NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
        rule = self._rules.get(type(command))
        if rule is None:
            raise _without_rule(command)
        if refusal := rule(actor, command, work):
            raise refusal

    def _is_in_sight(self, actor: Actor, command: Command, work: Work) -> bool:
        if work.is_new:
            return type(command) in self._beginning
        audience = self._audience_of(work)
        return audience is None or may_see(actor, audience)


class ConfigurationGuard:
    """``may`` for changes of configuration."""

    def __init__(self, permissions: Mapping[type[ConfigurationCommand], Permission | None]) -> None:
        self._permissions = permissions

    def __call__(self, actor: Actor, command: ConfigurationCommand) -> None:
        """Raises ``Forbidden`` when the actor lacks the permission."""
        if actor.is_system:
            return
        if type(command) not in self._permissions:
            raise _without_rule(command)
        permission = self._permissions[type(command)]
        if permission and (refusal := against(actor, permission)):
            raise refusal


def _without_rule(command: Command) -> Forbidden:
    name = type(command).__name__
    return Forbidden("command_without_rule", f"没有允许 {name} 的规则", f"No rule permits {name} to anyone")
