"""Whoever is told of a file finds it again, also after the power was cut."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from processes.media import MediaFiles


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files and folders in the order in which they were made safe."""
    made_safe: list[Path] = []

    def fsync(descriptor: int) -> None:
        made_safe.append(Path(f"/proc/self/fd/{descriptor}").readlink())

    monkeypatch.setattr(os, "fsync", fsync)
    return made_safe


@pytest.mark.parametrize("times", [1, 2])
async def test_content_and_every_folder_on_the_way_are_on_disk(tmp_path: Path, synced: list[Path], times: int) -> None:
    files = MediaFiles(tmp_path / "media")
    for _ in range(times):
        sha = await files.keep(b"content")
    folders = [tmp_path / "media" / sha.hex()[:2], tmp_path / "media", tmp_path]
    assert synced[0].parent == folders[0]
    assert synced[1:] == folders * times


async def test_content_is_read_back_under_its_hash(tmp_path: Path) -> None:
    files = MediaFiles(tmp_path / "media")
    assert await files.read(await files.keep(b"content")) == b"content"
