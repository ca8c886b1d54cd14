"""What operators are told to paste before production makes a city that production accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from processes.sample import has_sample_accounts
from tests.acceptance.city import City
from tests.acceptance.commands import Commands, run

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_after_going_live_no_sample_account_works(city: City, tmp_path: Path) -> None:
    assert await has_sample_accounts(city.platform.database, city.platform.passwords)
    commands = Commands.of("docs/for-operators.md")
    ran = await run(commands, city.address, tmp_path)
    assert ran.status == 0, (ran.complaints, ran.lines[-5:])
    assert commands.promised
    assert set(commands.promised) <= set(ran.lines)
    assert not await has_sample_accounts(city.platform.database, city.platform.passwords)
