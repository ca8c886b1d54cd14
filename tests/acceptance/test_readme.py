"""What documents tell their readers to paste does what they say it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.city import City
from tests.acceptance.commands import Commands, run

pytestmark = pytest.mark.asyncio(loop_scope="module")
DOCUMENTS = ("README.md", "docs/for-departments.md", "docs/for-designers.md", "docs/for-supervisors.md")


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_what_a_document_shows_happens(city: City, tmp_path: Path, document: str) -> None:
    commands = Commands.of(document)
    ran = await run(commands, city.address, tmp_path)
    assert ran.status == 0, (ran.complaints, ran.lines[-5:])
    assert commands.promised, f"{document} promises nothing"
    missing = [line for line in commands.promised if line not in ran.lines]
    assert not missing, (missing, ran.lines)


async def test_a_document_that_promises_what_does_not_happen_is_caught(city: City, tmp_path: Path) -> None:
    wrong = Commands(script=f"curl -sSf {city.address}/api/v1/me", promised=())
    assert (await run(wrong, city.address, tmp_path)).status != 0
