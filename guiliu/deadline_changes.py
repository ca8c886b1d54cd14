"""A calendar or the settings of deadlines were published: every case whose open deadlines were counted otherwise counts
them anew.

Which cases are left is in the rows themselves, so the work goes on where it stopped, whoever does it.
"""

from __future__ import annotations

import structlog

from engine.actors import Actor
from engine.errors import Refusal, Unavailable
from guiliu.platform import Platform
from processes.timekeeping import RederiveDeadlines, outdated_cases

CALENDAR = Actor(id="system:calendar", name="calendar", audience=None)
#: Cases looked for at a time.
AT_ONCE = 500

_log = structlog.get_logger("guiliu.work")


async def rederive_deadlines(platform: Platform) -> int:
    """Count anew what an earlier calendar or earlier settings counted; how many cases. Raises ``Unavailable``."""
    await platform.snapshot.refresh()
    done = after = 0
    while True:
        in_force = platform.registers.in_force
        versions = {key: calendar.version for key, calendar in in_force.calendars.items()}
        share = in_force.deadline_settings.warn_share
        cases = await outdated_cases(platform.database, versions, share, after=after, limit=AT_ONCE)
        for case in cases:
            done += await _rederive(platform, case)
        if len(cases) < AT_ONCE:
            break
        after = cases[-1]
    if done:
        _log.info("deadlines_rederived", cases=done)
    return done


async def _rederive(platform: Platform, case: int) -> bool:
    try:
        await platform.bus.handle(RederiveDeadlines(actor=CALENDAR, tree=case))
    except Unavailable:
        raise
    except Refusal as refusal:
        # One case that the new calendar cannot count must not keep the others waiting.
        _log.warning("deadline_not_rederived", tree=case, code=refusal.code)
        return False
    return True
