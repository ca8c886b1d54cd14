"""A task may be offered to a person by name: that person finds, sees and claims it, and nobody else does."""

from __future__ import annotations

import pytest

from engine.actors import Actor
from engine.commands import ClaimTask
from engine.definitions import DefinitionKind
from engine.errors import NotFound
from processes.access import Permission, Register
from processes.organisation import AccountEntry, Holding, OrganisationSnapshot
from tests.integration.cases.house import DIAGRAMS, LEADER, House
from tests.integration.cases.test_task_lists import Wanted, cases, listed

REGISTER = Register(
    organisation=OrganisationSnapshot(
        accounts={
            number: AccountEntry(id=number, username=f"u{number}", name=f"人员{number}", is_disabled=False)
            for number in (2, 12)
        },
        holdings={number: (Holding(post="helper", unit=None),) for number in (2, 12)},
    ),
    permissions={"helper": frozenset({Permission.TASK_PERFORM})},
)


def somebody(account: int) -> Actor:
    actor = REGISTER.actor(account)
    assert actor is not None
    return actor


async def reported(house: House, candidate: str) -> int:
    """A case whose acceptance is offered to one person."""
    diagram = DIAGRAMS["filing"].decode().replace('candidateGroups="acceptor"', f'candidateUsers="{candidate}"')
    await house.publish(DefinitionKind.PROCESS, "filing", diagram.encode())
    return await house.report()


async def test_a_candidate_user_finds_and_performs_the_task(house: House) -> None:
    case = await reported(house, "user:12")
    assert await cases(house, somebody(12)) == [case]
    assert (await house.tasks.detail(somebody(12), case, await house.open_task(case))).groups == ("user:12",)
    await house.perform(case, somebody(12), decision="accept")


async def test_a_task_offered_to_one_person_is_hidden_from_others(house: House) -> None:
    case = await reported(house, "user:12")
    task = await house.open_task(case)
    assert await listed(house, somebody(2)) == []
    with pytest.raises(NotFound):
        await house.tasks.detail(somebody(2), case, task)
    with pytest.raises(NotFound):
        await house.bus.handle(ClaimTask(actor=somebody(2), tree=case, task=task))


async def test_whom_a_case_waits_for_is_told_by_name(house: House) -> None:
    case = await reported(house, "user:2")
    [wait] = await house.cases.waits(LEADER, case)
    assert (wait.who_zh, wait.who_en) == ("待张受理签收", "To be claimed by: 张受理")
    page = await house.tasks.list(LEADER, Wanted(), None, 10)
    assert page.count == 0
