"""Case numbers: county, day, serial. 19 digits such as ``1522012026070100042``.

The serial is the tree's id modulo 100,000. Ids come from one sequence, so two cases of one day share a serial only
after 100,000 ids within that day, and then the database's unique constraint refuses the second. Gaps are normal: each
process takes ids in blocks and what is left of a block when it ends stays unused, and a refused report uses an id up.
"""

from __future__ import annotations

import re
from datetime import datetime

from processes.cases.settings import CaseSettings

_SERIALS = 100_000
_SHAPE = re.compile(r"[0-9]{19}")


def case_number(tree: int, reported_at: datetime, settings: CaseSettings) -> str:
    """The number of the case in ``tree``."""
    day = reported_at.astimezone(settings.zone)
    return f"{settings.county}{day:%Y%m%d}{tree % _SERIALS:05d}"


def is_case_number(text: str) -> bool:
    """Whether a text has the shape of a whole case number."""
    return _SHAPE.fullmatch(text) is not None
