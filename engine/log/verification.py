"""Following a chain from its beginning and saying where it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.log.chain import GENESIS, BrokenLink, Entry

#: Makes the hash of an entry from the one before it.
Rehash = Callable[[bytes, Entry], bytes]


@dataclass(frozen=True, kw_only=True)
class StoredEntry:
    """An entry and the hash that is stored with it."""

    entry: Entry
    hash: bytes


class Verifier:
    """Follows one chain piece by piece, so that a long one need not fit into memory."""

    def __init__(self, chain: str, rehash: Rehash) -> None:
        self._chain = chain
        self._rehash = rehash
        self._seq = 0
        self._hash = GENESIS
        self.findings: list[BrokenLink] = []

    def follow(self, entries: Iterable[StoredEntry]) -> None:
        """Take the next entries, in order."""
        for stored in entries:
            seq = stored.entry.seq
            if seq != self._seq + 1:
                first, last = self._seq + 1, seq - 1
                self._say(seq, f"第 {first} 条至第 {last} 条缺失", f"entries {first} to {last} are gone")
            elif self._rehash(self._hash, stored.entry) != stored.hash:
                self._say(seq, "内容与散列不符", "content and hash do not agree")
            # Going on from what is stored, one changed entry is one finding.
            self._seq, self._hash = seq, stored.hash

    def finish(self, seq: int, hash_: bytes) -> Sequence[BrokenLink]:
        """All findings, given what is recorded as the head of the chain."""
        if (seq, hash_) != (self._seq, self._hash):
            end = self._seq
            self._say(seq, f"链头为第 {seq} 条，链止于第 {end} 条", f"the head is entry {seq}, the chain ends at {end}")
        return self.findings

    def _say(self, seq: int, zh: str, en: str) -> None:
        self.findings.append(BrokenLink(chain=self._chain, seq=seq, message_zh=zh, message_en=en))
