"""What whoever asks may do about a fault, or about an activity that is offered."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from api.resources.deliveries import VERBS
from api.resources.interventions import HANDS
from engine.actors import Actor
from processes.access import Permission, against, against_beginning

#: The hands that can set an instance going that stands still.
_HELPING = ("variables", "move", "cancel")


class NextAction(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the caller may do."""

    #: Where to post it.
    path: str
    name_zh: str
    name_en: str


def beginning(actor: Actor, path: str, groups: Collection[str]) -> list[NextAction]:
    """About an activity that is offered to some groups."""
    if against_beginning(actor, groups):
        return []
    return [NextAction(path=path, name_zh="发起", name_en="Let it begin")]


def next_actions(actor: Actor, instance: str, delivery: str | None) -> list[NextAction]:
    """About a fault in an instance: a delivery in vain is decided on as one, anything else is tried again; and what an
    operator may do by hand."""
    tries = _about_delivery(actor, delivery) if delivery else _trying_again(actor, instance)
    return tries + _by_hand(actor, instance)


def _about_delivery(actor: Actor, delivery: str) -> list[NextAction]:
    return [
        NextAction(path=f"/deliveries/{delivery}/{verb.name}", name_zh=verb.name_zh, name_en=verb.name_en)
        for verb in VERBS
        if against(actor, verb.permission) is None
    ]


def _trying_again(actor: Actor, instance: str) -> list[NextAction]:
    if against(actor, Permission.FAULT_RETRY):
        return []
    return [NextAction(path=f"/instances/{instance}/retry", name_zh="重试", name_en="Try again")]


def _by_hand(actor: Actor, instance: str) -> list[NextAction]:
    if against(actor, Permission.INSTANCE_CONTROL):
        return []
    return [
        NextAction(path=f"/instances/{instance}/{hand.name}", name_zh=hand.name_zh, name_en=hand.name_en)
        for hand in HANDS
        if hand.name in _HELPING
    ]
