"""Commands on trees: decided in memory, written once, repeated on conflict, answered once per key."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from engine.commands import ClaimTask, CompleteTask, RetryFault
from engine.errors import Forbidden, Invalid, InvalidState, NotFound, Stale
from engine.jsontext import json_value
from tests.integration.engine.conftest import CHECKER, CLERK, GUEST, WRITER, House, key, task_of
from tests.integration.engine.sample_city import ReportNote, SetReadiness


async def test_a_case_runs_from_report_to_end(house: House) -> None:
    task = await house.report()
    answer = await house.perform(WRITER, 1, task, body="初稿")
    assert (answer["stage"], answer["opened"][0]["groups"]) == ("checking", ["checker"])
    again = await house.perform(CHECKER, 1, task_of(answer), approved=False)
    assert again["opened"][0]["element"] == "write"
    await house.bus.handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    answer = await house.perform(WRITER, 1, task_of(again), body="二稿")
    answer = await house.perform(CHECKER, 1, task_of(answer), approved=True)
    first, second = task_of(answer), task_of(answer, 1)
    await house.perform(CLERK, 1, first)
    last = await house.perform(CLERK, 1, second)
    assert (last["opened"], last["stage"]) == ([], "done")
    assert await house.database.fetchval("select state from instance") == "completed"
    assert await house.database.fetchval("select stage from note") == "done"
    assert await house.database.fetchval("select count(*) from task where state = 'open'") == 0
    events, last_seq = await events_and_seq(house)
    assert events == list(range(1, last_seq + 1))


async def events_and_seq(house: House) -> tuple[list[int], int]:
    rows = await house.database.fetch("select seq from event where tree = 1 order by seq")
    return [row["seq"] for row in rows], await house.database.fetchval("select seq from tree where id = 1")


async def test_twenty_parallel_calls_with_one_key_have_one_effect_and_one_answer(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    command = CompleteTask(actor=WRITER, tree=1, task=task, data={"body": "x"}, key=key(WRITER, "k"))
    answers = await asyncio.gather(*(house.bus.handle(command) for _ in range(20)))
    assert len({answer.body for answer in answers}) == 1
    assert await house.database.fetchval("select version from tree") == 2
    assert await house.database.fetchval("select count(*) from event where type = 'TaskCompleted'") == 1


async def test_twenty_parallel_completions_without_a_key_complete_once(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    command = CompleteTask(actor=WRITER, tree=1, task=task, data={"body": "x"})
    outcomes = await asyncio.gather(*(house.bus.handle(command) for _ in range(20)), return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, InvalidState)]
    assert len(refused) == 19
    assert {refusal.code for refusal in refused} == {"task_not_open"}


async def test_two_parallel_branches_of_one_case_are_both_completed(house: House) -> None:
    task = await house.report()
    await house.bus.handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    answer = await house.perform(WRITER, 1, task, body="x")
    answer = await house.perform(CHECKER, 1, task_of(answer), approved=True)
    both = [task_of(answer), task_of(answer, 1)]
    for one in both:
        await house.bus.handle(ClaimTask(actor=CLERK, tree=1, task=one))
    await asyncio.gather(*(house.bus.handle(CompleteTask(actor=CLERK, tree=1, task=one)) for one in both))
    assert await house.database.fetchval("select state from instance") == "completed"
    assert await house.database.fetchval("select count(*) from event where type = 'InstanceCompleted'") == 1


async def test_a_case_is_created_once_whatever_the_rush(house: House) -> None:
    command = ReportNote(actor=WRITER, tree=5, title="x", key=key(WRITER, "k"))
    answers = await asyncio.gather(*(house.bus.handle(command) for _ in range(10)))
    assert {answer.outcome for answer in answers} == {"created"}
    assert await house.database.fetchval("select count(*) from note") == 1


async def test_a_refusal_is_replayed_to_the_letter_even_when_it_would_succeed_by_now(house: House) -> None:
    task = await house.report()
    command = CompleteTask(actor=WRITER, tree=1, task=task, data={"body": "x"}, key=key(WRITER, "k"))
    with pytest.raises(InvalidState) as first:
        await house.bus.handle(command)
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    with pytest.raises(InvalidState) as second:
        await house.bus.handle(command)
    assert first.value.as_json() == second.value.as_json()
    assert first.value.code == "task_not_claimed"
    with pytest.raises(InvalidState) as reused:
        await house.bus.handle(replace(command, key=key(WRITER, "k", b"other")))
    assert reused.value.code == "idempotency_key_reused"


async def test_a_refused_form_changes_nothing_but_its_key(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    before = await house.database.fetchrow("select * from tree")
    with pytest.raises(Invalid) as refused:
        await house.bus.handle(CompleteTask(actor=WRITER, tree=1, task=task, data={}, key=key(WRITER, "k")))
    assert refused.value.details == {"errors": ["/body"]}
    assert await house.database.fetchrow("select * from tree") == before
    assert await house.database.fetchval("select outcome from idempotency") == "invalid"


async def test_a_task_without_a_form_takes_no_data(house: House) -> None:
    task = await house.report()
    await house.bus.handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    answer = await house.perform(WRITER, 1, task, body="x")
    answer = await house.perform(CHECKER, 1, task_of(answer), approved=True)
    with pytest.raises(Invalid) as refused:
        await house.perform(CLERK, 1, task_of(answer), approved=True)
    assert refused.value.code == "form_missing"


async def test_a_missing_permission_is_written_to_the_security_chain(house: House) -> None:
    await house.report()
    with pytest.raises(Forbidden):
        await house.bus.handle(SetReadiness(actor=GUEST, tree=1, ready=True, key=key(GUEST, "k")))
    row = await house.database.fetchrow("select actor, payload from security_event where type = 'refused'")
    assert row is not None
    assert row["actor"] == "user:9"
    assert json_value(row["payload"]) == {"command": "SetReadiness", "tree": 1, "code": "permission_missing"}


async def test_a_fault_waits_until_its_cause_is_gone_and_is_retried(house: House) -> None:
    task = await house.report()
    answer = await house.perform(WRITER, 1, task, body="x")
    answer = await house.perform(CHECKER, 1, task_of(answer), approved=True)
    fault = await house.database.fetchrow("select id, element, state from fault")
    assert fault is not None
    assert (fault["element"], fault["state"], answer["opened"]) == ("gate", "open", [])
    retry = RetryFault(actor=CLERK, tree=1, fault=fault["id"])
    assert json_value((await house.bus.handle(retry)).body)["cleared"] is False
    await house.bus.handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    held = json_value((await house.bus.handle(retry)).body)
    assert (held["cleared"], [task["element"] for task in held["opened"]]) == (True, ["print", "file"])
    with pytest.raises(NotFound):
        await house.bus.handle(retry)


async def test_an_unknown_case_and_an_unknown_task_are_not_found(house: House) -> None:
    task = await house.report()
    for command in (
        CompleteTask(actor=WRITER, tree=77, task=task),
        CompleteTask(actor=WRITER, tree=1, task=999),
        RetryFault(actor=WRITER, tree=77, fault=1),
    ):
        with pytest.raises(NotFound):
            await house.bus.handle(command)


async def test_a_version_the_caller_did_not_see_is_stale(house: House) -> None:
    task = await house.report()
    await house.bus.handle(ClaimTask(actor=WRITER, tree=1, task=task, expected=1))
    with pytest.raises(Stale) as refused:
        await house.bus.handle(CompleteTask(actor=WRITER, tree=1, task=task, expected=1, data={"body": "x"}))
    assert refused.value.details == {"current_version": 2}


async def test_a_command_runs_to_its_end_when_its_caller_leaves(house: House) -> None:
    caller = asyncio.create_task(house.bus.handle(ReportNote(actor=WRITER, tree=8, title="x")))
    await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await house.bus.drain()
    assert await house.database.fetchval("select title from note where tree = 8") == "x"


async def test_the_separation_of_duties_holds(house: House) -> None:
    task = await house.report()
    answer = await house.perform(CHECKER, 1, task, body="x")
    with pytest.raises(Forbidden) as refused:
        await house.bus.handle(ClaimTask(actor=CHECKER, tree=1, task=task_of(answer)))
    assert refused.value.code == "separation_of_duties"
