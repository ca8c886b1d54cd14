"""One place commits: nobody else opens or ends a transaction."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import ROOT, product_sources

ENDS_A_TRANSACTION = re.compile(
    r"\bin_transaction\(|\.transaction\(|\batomic\(|\.commit\(|\.rollback\("
    r"|(?<![\"'])[\"'](?:begin|commit|rollback)[\"'; ]",
    re.IGNORECASE,
)
#: Module → why it may.
MAY_COMMIT = {
    "engine/storage/unit_of_work.py": "the one place",
    "engine/storage/migrate.py": "schema changes, each in its own transaction",
}


@pytest.mark.parametrize("source", product_sources(), ids=str)
def test_only_the_unit_of_work_commits(source: str) -> None:
    text = (ROOT / source).read_text()
    lines = [number for number, line in enumerate(text.splitlines(), 1) if ENDS_A_TRANSACTION.search(line)]
    assert source in MAY_COMMIT or not lines, f"{source}: handles a transaction in lines {lines}"
