"""How large a scenario may be: playing one must end soon, whatever it says."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

#: Bytes of a file.
LARGEST_FILE: Final = 256 << 10
#: Values in a file, those inside lists and mappings counted one by one.
MOST_VALUES: Final = 20_000
DEEPEST_NESTING: Final = 20
#: Scenarios of a file, and steps of one scenario with those that it continues.
MOST_SCENARIOS: Final = 100
MOST_STEPS: Final = 200
#: Timers that fire while one scenario is played.
MOST_FIRINGS: Final = 2_000
#: How far from its start a scenario may go.
LONGEST_STORY: Final = timedelta(days=3_660)
#: Seconds for all scenarios that are played together.
PATIENCE: Final = 20.0
