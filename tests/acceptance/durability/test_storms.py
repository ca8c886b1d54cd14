"""What was acknowledged while processes were being killed is there, once, and everything comes to rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.durability.storming import Storm, storm
from tests.acceptance.durability.supervised import installed

PLAN = Storm(seconds=8, pause=2)


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_in_a_storm(tmp_path: Path) -> None:
    async with installed(tmp_path) as installation:
        tally = await storm(installation, PLAN)
        judgement = await installation.judge()
        print(f"{tally}; {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert set(tally.faults) == set(PLAN.faults)
        assert judgement.unknown > 0
