"""Is this house well? Each examination says what it looked at and what it found."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass

from engine.anchors import Anchors
from engine.invariants import InvariantChecker
from engine.storage.anchored_heads import AnchoredHeads
from guiliu.platform import Platform
from guiliu.rules import PROJECTIONS
from guiliu.tables import AUDITED, LAWS
from processes.sample import has_sample_accounts

LEAST_FREE_BYTES = 2 << 30
OLDEST_SERVER = 150000


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """What one examination found."""

    subject: str
    is_well: bool
    detail: str = ""


async def examine(platform: Platform) -> AsyncIterator[Diagnosis]:
    """The quick examinations."""
    version = int(await platform.database.fetchval("select current_setting('server_version_num')"))
    yield Diagnosis(subject="PostgreSQL ≥ 15", is_well=version >= OLDEST_SERVER, detail=str(version))
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        value = await platform.database.fetchval("select current_setting($1)", setting)
        yield Diagnosis(subject=setting, is_well=value != "off", detail=value)
    refused = [sha.hex()[:12] for sha in platform.library.refused]
    yield Diagnosis(subject="published diagrams", is_well=not refused, detail=", ".join(refused))
    refused = [sha.hex()[:12] for sha in platform.decisions.refused]
    yield Diagnosis(subject="published decisions", is_well=not refused, detail=", ".join(refused))
    free = shutil.disk_usage(platform.settings.home).free
    yield Diagnosis(subject="disk", is_well=free >= LEAST_FREE_BYTES, detail=f"{free >> 20} MiB")
    age = await platform.horizon_age()
    yield Diagnosis(subject="feed horizon", is_well=age.total_seconds() < 1, detail=str(age))
    stray = await platform.database.fetchval("select count(*) from event_default")
    yield Diagnosis(subject="event partitions", is_well=stray == 0, detail=f"{stray} stray")
    is_open = platform.is_production and await has_sample_accounts(platform.database, platform.passwords)
    yield Diagnosis(subject="sample accounts", is_well=not is_open)


async def examine_invariants(platform: Platform) -> AsyncIterator[Diagnosis]:
    """Everything that must always hold, on every case; for a house that rests."""
    verdict = await invariant_checker(platform).check()
    for law, checked in verdict.checked.items():
        broken = [violation.place for violation in verdict.violations if violation.law == law]
        yield Diagnosis(subject=law, is_well=not broken, detail="; ".join(broken[:5]) or f"{checked} ✓")
    anchors = Anchors(platform.settings.home / "anchors.jsonl", AnchoredHeads(platform.database))
    cut = await anchors.verify()
    yield Diagnosis(subject="anchors", is_well=not cut, detail="; ".join(link.message_en for link in cut[:5]))


def invariant_checker(platform: Platform) -> InvariantChecker:
    """What checks the laws of the whole house."""
    return InvariantChecker(
        database=platform.database,
        store=platform.store,
        log=platform.log,
        library=platform.library,
        projections=PROJECTIONS,
        tables=AUDITED,
        laws=LAWS,
    )
