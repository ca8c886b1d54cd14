"""Tampering with the log is found: a changed byte, a deleted row, a swapped pair, a cut tail."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from engine.anchors import Anchors
from engine.storage.anchored_heads import AnchoredHeads, Moment
from engine.storage.database import Database
from engine.storage.event_log import EventLog
from tests.integration.engine.conftest import WRITER, House

UNSETTLED = "select exists (select from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))"


@pytest.fixture
async def log(house: House) -> EventLog:
    task = await house.report()
    await house.perform(WRITER, 1, task, body="初稿 𠮷 \\u0000")
    return EventLog(house.database, house.catalogue)


class SettledHeads(AnchoredHeads):
    """Looks when no transaction that another test has open in the same cluster holds the horizon back any longer."""

    async def now(self) -> Moment:
        async with asyncio.timeout(60):
            while await self._database.fetchval(UNSETTLED):  # noqa: ASYNC110 - what is waited for happens elsewhere
                await asyncio.sleep(0.02)
        return await super().now()


@pytest.fixture
def anchors(database: Database, tmp_path: Path) -> Anchors:
    return Anchors(tmp_path / "anchors" / "heads.jsonl", SettledHeads(database))


async def tamper(database: Database, *statements: str) -> None:
    async with database.unit_of_work() as uow:
        for statement in statements:
            await uow.execute(statement)


async def test_an_untouched_chain_holds(log: EventLog) -> None:
    assert list(await log.verify_tree(1)) == []
    assert list(await log.verify_security()) == []
    assert [tree async for tree in log.trees()] == [1]


async def test_events_are_read_back_as_they_were_recorded(log: EventLog) -> None:
    events = await log.events(1)
    assert [recorded.seq for recorded in events] == list(range(1, len(events) + 1))
    completed = next(recorded for recorded in events if type(recorded.event).__name__ == "TaskCompleted")
    assert completed.event.data == {"body": "初稿 𠮷 \\u0000"}  # type: ignore[attr-defined] - chosen by name


@pytest.mark.parametrize(
    "change",
    [
        "update event set payload = replace(payload, 'review', 'revise') where seq = 2",
        "update event set actor = 'user:8' where seq = 2",
        "update event set at = at + interval '1 microsecond' where seq = 2",
        "update event set type = 'TaskWithdrawn' where seq = 2",
    ],
)
async def test_a_changed_event_is_found_at_its_place(log: EventLog, database: Database, change: str) -> None:
    await tamper(database, change)
    assert [finding.seq for finding in await log.verify_tree(1)] == [2]


async def test_a_deleted_event_is_found(log: EventLog, database: Database) -> None:
    await tamper(database, "delete from event where seq = 3")
    findings = await log.verify_tree(1)
    assert [(finding.seq, finding.message_en) for finding in findings] == [(4, "entries 3 to 3 are gone")]


async def test_two_swapped_events_are_found(log: EventLog, database: Database) -> None:
    aside, swapped = "update event set seq = -seq where seq in (2, 3)", "update event set seq = 5 + seq where seq < 0"
    await tamper(database, aside, swapped)
    assert {finding.seq for finding in await log.verify_tree(1)} >= {2, 3}


async def test_a_cut_tail_is_found_by_the_head(log: EventLog, database: Database) -> None:
    await tamper(database, "delete from event where seq = (select max(seq) from event)")
    assert len(await log.verify_tree(1)) == 1


async def test_a_cut_tail_with_its_head_set_back_is_found_by_the_anchor(
    log: EventLog, database: Database, anchors: Anchors
) -> None:
    await anchors.write()
    assert await anchors.verify() == []
    await tamper(
        database,
        "delete from event where seq = (select max(seq) from event)",
        "update tree set (seq, hash) = (select seq, hash from event order by seq desc limit 1)",
    )
    assert list(await log.verify_tree(1)) == []
    assert [finding.chain for finding in await anchors.verify()] == ["tree 1"]


async def test_anchors_cover_only_what_changed_and_form_a_chain(
    house: House, log: EventLog, anchors: Anchors, tmp_path: Path
) -> None:
    first = await anchors.write()
    nothing = await anchors.write()
    await house.report(tree=2)
    second = await anchors.write()
    assert [sorted(anchor.trees) for anchor in (first, nothing, second)] == [["1"], [], ["2"]]
    assert second.previous == nothing.hash
    file = tmp_path / "anchors" / "heads.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"1":[', b'"3":['))
    assert {finding.chain for finding in await anchors.verify()} == {"anchors", "tree 3"}


async def test_an_anchor_cut_off_by_a_crash_is_written_again(log: EventLog, anchors: Anchors, tmp_path: Path) -> None:
    first = await anchors.write()
    file = tmp_path / "anchors" / "heads.jsonl"
    with file.open("ab") as lines:
        lines.write(b'{"at":"2026')
    second = await anchors.write()
    assert second.previous == first.hash
    assert await anchors.verify() == []


async def test_a_changed_security_line_is_found(log: EventLog, database: Database) -> None:
    await tamper(database, "update security_event set payload = '{}' where seq = 1")
    assert [finding.seq for finding in await log.verify_security()] == [1]


async def test_a_security_chain_cut_with_its_head_is_found_by_the_anchor(
    log: EventLog, database: Database, anchors: Anchors
) -> None:
    await anchors.write()
    await tamper(
        database,
        "delete from security_event where seq = (select seq from security_head)",
        "update security_head set seq = 0, hash = decode(repeat('00', 32), 'hex')",
    )
    assert list(await log.verify_security()) == []
    assert [finding.chain for finding in await anchors.verify()] == ["security"]
