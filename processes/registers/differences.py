"""What two contents of a register differ in, row by row and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from processes.calendars import rows_by_place
from processes.catalogue import Action, Difference, FieldChange, differences_between
from processes.contents import CALENDAR_PREFIX, Lines, RegisterName, catalogue_of, key_of_line

#: More are counted and not listed.
MOST_DIFFERENCES = 1_000
#: Characters of a value; the ground of an area would fill pages.
_LONGEST = 200
_NAMES = ("name_zh", "name", "text", "note")


def register_differences(register: str, before: Lines, after: Lines) -> tuple[Difference, ...]:
    """The differences in order of key, the catalogue's by sort of entry."""
    if register == RegisterName.CATALOGUE:
        return differences_between(catalogue_of(before), catalogue_of(after))
    old, new = _by_key(register, before), _by_key(register, after)
    changed = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    return tuple(_difference(key, old.get(key), new.get(key)) for key in changed)


def _by_key(register: str, lines: Lines) -> Mapping[str, Any]:
    """Rows by key; those of a calendar, which is one line, by where they stand in it; settings under their name."""
    if register == RegisterName.DEADLINE_SETTINGS:
        return dict(zip([register], lines, strict=False))
    if register.startswith(CALENDAR_PREFIX):
        return {key: row for line in lines for key, row in rows_by_place(msgspec.json.decode(line)).items()}
    return {key_of_line(line): line for line in lines}


def _difference(key: str, old: Any, new: Any) -> Difference:
    before, after = _fields(old), _fields(new)
    if old is None:
        return Difference(Action.ADDED, "row", key, _title(after))
    if new is None:
        return Difference(Action.REMOVED, "row", key, _title(before))
    return Difference(Action.CHANGED, "row", key, _title(after), tuple(_changes(before, after)))


def _fields(row: Any) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = msgspec.json.decode(row) if isinstance(row, str) else row or {}
    return fields


def _title(fields: Mapping[str, Any]) -> str:
    return next((str(fields[name]) for name in _NAMES if fields.get(name)), "")


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield FieldChange(name, _text(old), _text(new))


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
