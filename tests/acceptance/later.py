"""Time passing in a house that is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.bus import Bus, ConfigurationCommands, TreeCommands
from engine.clock import VirtualClock
from engine.storage.tree_store import TreeStore
from engine.timers import TimerClaims, TimerWorker
from guiliu.platform import Platform
from guiliu.rules import city_rules
from guiliu.tables import TABLES
from processes.escalations import DeadlineWatch, WarningClaims


async def let_escalate(platform: Platform, span: timedelta) -> None:
    """Let deadlines warn and timers fire as the house does by itself, at a later moment."""
    clock = VirtualClock(datetime.now(UTC) + span)
    store = TreeStore(platform.database, TABLES, clock)
    trees = TreeCommands(store, city_rules(platform.memory), platform.snapshot)
    configuration = ConfigurationCommands(platform.database, {}, lambda _actor, _command: None)
    bus = Bus(trees, configuration, platform.notifier.committed)
    timers = TimerWorker(bus, TimerClaims(platform.database, clock))
    moved = await DeadlineWatch(bus, WarningClaims(platform.database, clock)).warn_due()
    while moved:
        # No timer is due sooner than a second after it was armed.
        clock.now += timedelta(seconds=1)
        moved = await timers.fire_due()
