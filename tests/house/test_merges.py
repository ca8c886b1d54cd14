"""No committed file has the marks of a merge that nobody finished."""

from __future__ import annotations

import re

from tests.house.sources import ROOT, committed_files

MARK = re.compile(rb"^(?:<{7}|>{7}|\|{7}) \S", re.MULTILINE)


def test_every_merge_was_finished() -> None:
    assert [name for name in committed_files() if MARK.search((ROOT / name).read_bytes())] == []
