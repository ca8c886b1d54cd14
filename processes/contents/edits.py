"""One row put into a content or taken out of it; every other line stays as it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from processes.contents.changes import key_of_line
from processes.contents.lines import Lines


def line_of_key(lines: Sequence[str], key: str) -> str | None:
    """The row that is known by a key or a code; ``None`` when there is none."""
    return next((line for line in lines if key_of_line(line) == key), None)


def with_line(lines: Lines, line: str) -> Lines:
    """The rows with one more, or with one in the place of that of the same key; new ones stand last."""
    keys = [key_of_line(each) for each in lines]
    key = key_of_line(line)
    place = keys.index(key) if key in keys else len(keys)
    return (*lines[:place], line, *lines[place + 1 :])


def with_coded_line(lines: Lines, line: str) -> Lines:
    """The same of rows that stand in the order of their codes."""
    codes = [key_of_line(each) for each in lines]
    code = key_of_line(line)
    place = bisect_left(codes, code)
    rest = place + (place < len(codes) and codes[place] == code)
    return (*lines[:place], line, *lines[rest:])


def without_line(lines: Lines, key: str) -> Lines:
    """The rows but that of a key."""
    return tuple(line for line in lines if key_of_line(line) != key)
