"""Anchors: what the heads of the chains were, written outside the database and chained to one another.

Whoever cuts the tail of a chain can also set its head back; a line in a file that lies elsewhere still knows the old
one. Each line covers the trees that changed since the line before and the security chain.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from engine.crash import crash_point
from engine.jsontext import json_text
from engine.log import GENESIS, BrokenLink
from engine.storage.anchored_heads import AnchoredHeads, Head


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file."""

    at: datetime
    #: Heads of everything committed below this point of the feed are covered by this or an earlier line.
    feed_epoch: int
    horizon: int
    #: Tree → number and hex hash of its last event.
    trees: dict[str, tuple[int, str]]
    security: tuple[int, str]
    #: Hash of the line before.
    previous: str
    #: SHA-256 over the rest of the line.
    hash: str = ""

    def digest(self) -> str:
        """What ``hash`` has to be."""
        return hashlib.sha256(json_text(msgspec.structs.replace(self, hash=""))).hexdigest()


class Anchors:
    """The file of anchors; one process writes it."""

    def __init__(self, path: Path, heads: AnchoredHeads) -> None:
        self._path = path
        self._heads = heads

    async def write(self) -> Anchor:
        """Append a line for what changed since the last one."""
        last = await asyncio.to_thread(self._last)
        now = await self._heads.now()
        since = last.horizon if last and last.feed_epoch == now.feed_epoch else 0
        trees = await self._heads.changed(since, now.horizon)
        anchor = Anchor(
            at=now.at,
            feed_epoch=now.feed_epoch,
            horizon=now.horizon,
            trees={str(tree): (head.seq, head.hash.hex()) for tree, head in trees.items()},
            security=(now.security.seq, now.security.hash.hex()),
            previous=last.hash if last else GENESIS.hex(),
        )
        anchor = msgspec.structs.replace(anchor, hash=anchor.digest())
        crash_point("anchor.before_write")
        await asyncio.to_thread(self._append, anchor)
        crash_point("anchor.after_write")
        return anchor

    async def verify(self) -> list[BrokenLink]:
        """Where file and database disagree, and where the file's own chain does not hold."""
        findings: list[BrokenLink] = []
        previous = GENESIS.hex()
        for number, anchor in enumerate(await asyncio.to_thread(lambda: list(self._lines())), 1):
            if anchor.previous != previous or anchor.digest() != anchor.hash:
                findings.append(
                    _finding("anchors", number, "锚定文件第 {} 行被改动", "line {} of the anchors was changed")
                )
            findings += await self._missing(anchor)
            previous = anchor.hash
        return findings

    async def _missing(self, anchor: Anchor) -> list[BrokenLink]:
        expected: Mapping[int, Head] = {
            int(tree): Head(seq=seq, hash=bytes.fromhex(hash_)) for tree, (seq, hash_) in anchor.trees.items()
        }
        zh, en = "第 {} 条与锚定不符或已缺失", "entry {} is gone or not what was anchored"
        broken = [
            _finding(f"tree {tree}", expected[tree].seq, zh, en) for tree in await self._heads.not_in_log(expected)
        ]
        security = Head(seq=anchor.security[0], hash=bytes.fromhex(anchor.security[1]))
        if not await self._heads.is_in_security_chain(security):
            broken.append(_finding("security", security.seq, zh, en))
        return broken

    def _lines(self) -> Iterator[Anchor]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                # A line without its end was cut off by a crash before it counted.
                if line.endswith(b"\n"):
                    yield msgspec.json.decode(line, type=Anchor)

    def _last(self) -> Anchor | None:
        last = None
        for last in self._lines():  # noqa: B007 - the last one is wanted
            pass
        return last

    def _append(self, anchor: Anchor) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab+") as file:
            _end_line(file.fileno())
            file.write(json_text(anchor) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def _end_line(file: int) -> None:
    """Cut off a line that a crash left unfinished."""
    size = os.fstat(file).st_size
    keep = size
    while keep and os.pread(file, 1, keep - 1) != b"\n":
        keep -= 1
    if keep != size:
        os.ftruncate(file, keep)


def _finding(chain: str, seq: int, zh: str, en: str) -> BrokenLink:
    return BrokenLink(chain=chain, seq=seq, message_zh=zh.format(seq), message_en=en.format(seq))
