"""How many rows differ from one content to the next, told by the keys that rows are known by."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class ChangeCount(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of the second content against the first."""

    added: int = 0
    removed: int = 0
    changed: int = 0


class _Known(msgspec.Struct, frozen=True):
    """What a row is known by: its key, else its code."""

    key: str | None = None
    code: str | None = None


_DECODER = msgspec.json.Decoder(_Known)


def count_changes(before: Sequence[str], after: Sequence[str]) -> ChangeCount:
    """What became of the rows of lists and registers."""
    old, new = _by_key(before), _by_key(after)
    common = old.keys() & new.keys()
    return ChangeCount(
        added=len(new) - len(common),
        removed=len(old) - len(common),
        changed=sum(old[key] != new[key] for key in common),
    )


def key_of_line(line: str) -> str:
    """What the row of a line is known by."""
    known = _DECODER.decode(line)
    return known.key or known.code or line


def _by_key(lines: Sequence[str]) -> dict[str, str]:
    return {key_of_line(line): line for line in lines}
