"""No two different histories have the same hash by accident of spelling."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from engine.log import GENESIS, Entry, link, security_link
from engine.log.verification import StoredEntry, Verifier

ENTRY = Entry(seq=1, type="A", version=1, at=datetime(2026, 1, 1, tzinfo=UTC), actor="user:1", payload=b'{"a":1}')


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 2},
        {"type": "B"},
        {"version": 2},
        {"at": ENTRY.at + timedelta(microseconds=1)},
        {"actor": "user:2"},
        {"payload": b'{"a":2}'},
        # The same bytes, cut elsewhere.
        {"actor": 'user:1{"a"', "payload": b":1}"},
    ],
)
def test_every_member_counts(change: dict[str, object]) -> None:
    other = structs.replace(ENTRY, **change)
    assert link(GENESIS, 1, other) != link(GENESIS, 1, ENTRY)


def test_the_tree_the_chain_and_the_past_count() -> None:
    hashes = {
        link(GENESIS, 1, ENTRY),
        link(GENESIS, 2, ENTRY),
        link(b"\1" * 32, 1, ENTRY),
        security_link(GENESIS, ENTRY),
    }
    assert len(hashes) == 4


def test_the_same_moment_in_another_zone_is_the_same_moment() -> None:
    zoned = structs.replace(ENTRY, at=ENTRY.at.astimezone(timezone(timedelta(hours=8))))
    assert link(GENESIS, 1, zoned) == link(GENESIS, 1, ENTRY)


def chain(length: int) -> list[StoredEntry]:
    previous, stored = GENESIS, []
    for seq in range(1, length + 1):
        entry = structs.replace(ENTRY, seq=seq)
        previous = link(previous, 1, entry)
        stored.append(StoredEntry(entry=entry, hash=previous))
    return stored


def findings(entries: list[StoredEntry], head: StoredEntry) -> list[int]:
    verifier = Verifier("tree 1", lambda previous, entry: link(previous, 1, entry))
    verifier.follow(entries)
    return [finding.seq for finding in verifier.finish(head.entry.seq, head.hash)]


@given(st.integers(1, 12))
def test_a_sound_chain_has_no_findings(length: int) -> None:
    entries = chain(length)
    assert findings(entries, entries[-1]) == []


@given(st.data())
def test_any_one_entry_changed_or_gone_is_found(data: st.DataObject) -> None:
    entries = chain(data.draw(st.integers(1, 12)))
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = [*entries]
    changed[place] = replace(entries[place], entry=structs.replace(entries[place].entry, payload=b"{}"))
    gone = [*entries[:place], *entries[place + 1 :]]
    assert findings(changed, entries[-1]) == [place + 1]
    assert len(findings(gone, entries[-1])) >= 1
