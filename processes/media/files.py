"""Finished files on disk, each named by the hash of its content."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from engine.errors import NotFound, Unavailable


class MediaFiles:
    """A folder of files that are written once and never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, content: bytes) -> bytes:
        """Store the content safely; its SHA-256. Storing it again changes nothing. Raises ``Unavailable``."""
        try:
            return await asyncio.to_thread(self._keep, content)
        except OSError as error:
            raise Unavailable(
                "media_storage_unavailable",
                "文件存储暂时无法写入，请稍后重试",
                f"Expected to write into the folder of media, but: {error.strerror}; try again later",
            ) from error

    async def read(self, sha: bytes) -> bytes:
        """The content with this hash. Raises ``NotFound``."""
        try:
            return await asyncio.to_thread(self._path(sha).read_bytes)
        except FileNotFoundError:
            raise NotFound(
                "media_file_missing",
                "文件不在存储中",
                f"Expected a file with hash {sha.hex()}, but the folder of media does not hold it",
            ) from None

    def _path(self, sha: bytes) -> Path:
        name = sha.hex()
        return self._folder / name[:2] / name[2:]

    def _keep(self, content: bytes) -> bytes:
        sha = hashlib.sha256(content).digest()
        path = self._path(sha)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(path, content)
        # Also when the file was there: whoever made it may not have come so far.
        for folder in (path.parent, self._folder, self._folder.parent):
            _sync_folder(folder)
        return sha


def _write_whole(path: Path, content: bytes) -> None:
    """The name appears only when the bytes are on disk."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    """The names in a folder are on disk before anyone is told of them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
