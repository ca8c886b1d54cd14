"""A place in the feed, as clients hold it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import Malformed

_TEXT = re.compile(r"([0-9]{1,18})-([0-9]{1,19})-([0-9]{1,18})-([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, order=True)
class FeedPosition:
    """After which event to go on; comparable within one epoch."""

    #: Number of the cluster's life; a restore begins another one, in which old positions mean nothing.
    epoch: int
    #: Transaction id.
    xid: int
    tree: int
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.xid}-{self.tree}-{self.seq}"

    @classmethod
    def parse(cls, text: str) -> FeedPosition:
        """The position a client sends back. Raises ``Malformed``."""
        match = _TEXT.fullmatch(text)
        if match is None:
            raise Malformed("bad_feed_position", "事件位置无法识别", "Expected a feed position such as 1-7042-1024-7")
        return cls(*map(int, match.groups()))
