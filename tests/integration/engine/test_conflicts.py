"""What happens when the world moves between a command's load and its flush."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from engine.commands import AssignTask, ClaimTask, CompleteTask, ReleaseTask, SaveDraft
from engine.errors import Forbidden, InvalidState, Stale, Unavailable
from engine.jsontext import json_value
from engine.store import Conflict, Flush, Loaded, LoadRequest, Store
from tests.integration.engine.conftest import CHECKER, CLERK, DIAGRAM, WRITER, House
from tests.integration.engine.sample_city import ReportNote, SetReadiness


class DisturbedStore:
    """Does something once, between the first load and the first flush."""

    def __init__(self, store: Store, disturb: Callable[[], Awaitable[object]]) -> None:
        self._store = store
        self._disturb: Callable[[], Awaitable[object]] | None = disturb
        self.loads = 0

    async def load(self, request: LoadRequest) -> Loaded:
        self.loads += 1
        return await self._store.load(request)

    async def flush(self, flush: Flush) -> None:
        if self._disturb is not None:
            disturb, self._disturb = self._disturb, None
            await disturb()
        await self._store.flush(flush)

    async def definition_source(self, sha: bytes) -> bytes:
        return await self._store.definition_source(sha)


class HopelessStore(DisturbedStore):
    """Never lets anything through."""

    async def flush(self, flush: Flush) -> None:
        raise Conflict(f"tree {flush.tree}, as always")


async def test_a_command_overtaken_by_another_is_decided_again(house: House) -> None:
    await house.report()
    store = DisturbedStore(house.store, lambda: house.bus.handle(SetReadiness(actor=CLERK, tree=1, ready=False)))
    await house.bus_over(store).handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    assert store.loads == 2
    assert await house.database.fetchval("select ready from note")
    assert await house.database.fetchval("select version from tree") == 3


async def test_a_command_decided_under_an_old_epoch_is_decided_again_under_the_new_one(house: House) -> None:
    newer = DIAGRAM.replace("撰写".encode(), "起草".encode())
    store = DisturbedStore(house.store, lambda: house.publish(newer))
    await house.bus_over(store).handle(ReportNote(actor=WRITER, tree=1, title="x"))
    assert await house.database.fetchval("select name from task") == "起草"


async def test_a_completion_whose_task_was_given_to_another_meanwhile_is_refused(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    assign = AssignTask(actor=CLERK, tree=1, task=task, assignee=CHECKER.id)
    bus = house.bus_over(DisturbedStore(house.store, lambda: house.bus.handle(assign)))
    with pytest.raises(Forbidden):
        await bus.handle(CompleteTask(actor=WRITER, tree=1, task=task, data={"body": "x"}))
    assert await house.database.fetchval("select count(*) from event where type = 'TaskCompleted'") == 0


async def test_a_claim_does_not_disturb_a_command_on_another_task(house: House) -> None:
    task = await house.report()
    claim = ClaimTask(actor=WRITER, tree=1, task=task)
    store = DisturbedStore(house.store, lambda: house.bus.handle(claim))
    await house.bus_over(store).handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    assert store.loads == 1
    assert await house.database.fetchval("select assignee from task") == WRITER.id


async def test_a_command_that_never_gets_through_says_so(house: House) -> None:
    bus = house.bus_over(HopelessStore(house.store, asyncio.Event().wait))
    with pytest.raises(Unavailable) as refused:
        await bus.handle(ReportNote(actor=WRITER, tree=1, title="x"))
    assert refused.value.code == "too_much_contention"


async def test_twenty_claims_at_once_give_the_task_to_one(house: House) -> None:
    task = await house.report()
    claims = [ClaimTask(actor=actor, tree=1, task=task) for actor in (WRITER, CHECKER) * 10]
    outcomes = await asyncio.gather(*(house.bus.handle(claim) for claim in claims), return_exceptions=True)
    codes = {outcome.code for outcome in outcomes if isinstance(outcome, InvalidState)}
    assert codes == {"task_already_claimed"}
    assert await house.database.fetchval("select version from task") == 2


async def test_a_released_task_can_be_claimed_by_another(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    with pytest.raises(Forbidden):
        await house.bus.handle(ReleaseTask(actor=CHECKER, tree=1, task=task))
    await house.bus.handle(ReleaseTask(actor=WRITER, tree=1, task=task))
    answer = await house.bus.handle(ClaimTask(actor=CHECKER, tree=1, task=task))
    assert json_value(answer.body) == {"task": f"1.{task}", "assignee": "user:2", "version": 4}


async def test_who_is_in_no_candidate_group_cannot_claim(house: House) -> None:
    task = await house.report()
    with pytest.raises(Forbidden) as refused:
        await house.bus.handle(ClaimTask(actor=CLERK, tree=1, task=task))
    assert refused.value.code == "not_a_candidate"


async def test_of_two_drafts_saved_at_once_one_is_stale_and_none_is_lost(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    drafts = [SaveDraft(actor=WRITER, tree=1, task=task, expected=0, data={"body": text}) for text in "甲乙"]
    outcomes = await asyncio.gather(*(house.bus.handle(draft) for draft in drafts), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Answer", "Stale"]
    assert any(isinstance(outcome, Stale) for outcome in outcomes)
    assert await house.database.fetchval("select version from task_draft") == 1


async def test_a_draft_goes_when_its_task_is_completed(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    await house.bus.handle(SaveDraft(actor=WRITER, tree=1, task=task, data={"body": "x"}))
    await house.bus.handle(CompleteTask(actor=WRITER, tree=1, task=task, data={"body": "x"}))
    assert await house.database.fetchval("select count(*) from task_draft") == 0


async def test_another_process_compiles_the_version_that_a_case_runs(house: House) -> None:
    task = await house.report()
    await house.publish(DIAGRAM.replace("撰写".encode(), "起草".encode()))
    other = House(house.database)
    answer = await other.perform(WRITER, 1, task, body="x")
    assert answer["opened"][0]["element"] == "check"
    assert other.snapshot.epoch == await house.database.fetchval("select epoch from configuration_epoch")
