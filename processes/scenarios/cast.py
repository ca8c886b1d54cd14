"""Who acts in a scenario: people with posts, made for the story; what a post may do is the city's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from engine.actors import Actor
from engine.errors import Invalid
from processes.access import Register
from processes.organisation import AccountEntry, Holding
from processes.scenarios.scenario import CompleteStep, RetryStep, Scenario, StartStep, UseStep


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody in a story."""

    #: The city's register with the people of the story in place of its own.
    register: Register
    #: By the name that the story uses.
    actors: Mapping[str, Actor]


def cast_of(scenario: Scenario, city: Register) -> Cast:
    """The people whom a scenario names. Raises ``Invalid`` for posts and units that the city does not have."""
    names = {name: place for place, name in enumerate(_names(scenario), 1)}
    holdings = {account: _holdings(name, scenario, city) for name, account in names.items()}
    accounts = {
        account: AccountEntry(id=account, username=name, name=name, is_disabled=False)
        for name, account in names.items()
    }
    organisation = replace(city.organisation, accounts=accounts, holdings=holdings)
    register = Register(organisation=organisation, permissions=city.permissions)
    actors = {name: actor for name, account in names.items() if (actor := register.actor(account)) is not None}
    return Cast(register=register, actors=actors)


def _names(scenario: Scenario) -> list[str]:
    """In the order in which they appear; those who are declared come first."""
    acting = [step.action.by for step in scenario.steps if isinstance(step.action, _ACTING)]
    return list(dict.fromkeys([*scenario.given.people, scenario.given.report.by, *acting]))


#: Steps that somebody takes.
_ACTING: Final = CompleteStep | StartStep | RetryStep | UseStep


def _holdings(name: str, scenario: Scenario, city: Register) -> tuple[Holding, ...]:
    return tuple(_holding(post, scenario, city) for post in scenario.given.people.get(name, (name,)))


def _holding(written: str, scenario: Scenario, city: Register) -> Holding:
    post, _, unit = written.partition("@")
    if post not in city.organisation.posts:
        known = "、".join(city.organisation.posts)
        raise _unknown(
            scenario, f"没有岗位“{post}”，有的是：{known}", f"Expected one of the posts {known}, not {post!a}"
        )
    if unit and unit not in city.organisation.units:
        raise _unknown(scenario, f"没有单位“{unit}”", f"Expected a unit of the city, but {unit!a} is none")
    return Holding(post=post, unit=unit or None)


def _unknown(scenario: Scenario, message_zh: str, message_en: str) -> Invalid:
    return Invalid(
        "scenario_person_unknown", message_zh, message_en, line=scenario.line, details={"file": scenario.file}
    )
