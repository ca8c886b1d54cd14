"""Rows as lines of JSON and back, nothing lost: shapes as WKB in hex, numbers and days as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from processes.calendars import Calendar, calendar_from_json, calendar_to_json
from processes.catalogue import Catalogue, CategoryClass, FilingCondition, SubCategory, Term
from processes.deadlines import DeadlineSettings

Lines = tuple[str, ...]
Row = TypeVar("Row")


class Coded(Protocol):
    """A row that is known by its code."""

    @property
    def code(self) -> str: ...


class _CatalogueLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a catalogue, under the name of its sort."""

    kind: Term | None = None
    category_class: CategoryClass | None = None
    subcategory: SubCategory | None = None
    condition: FilingCondition | None = None


def lines_of(rows: Iterable[object]) -> Lines:
    """Each row as a line."""
    return tuple(_ENCODER.encode(row).decode() for row in rows)


def coded_lines(rows: Iterable[Coded]) -> Lines:
    """Rows with codes as lines, in the order of the codes: equal rows are equal lines, however they came."""
    in_order = sorted(rows, key=lambda row: row.code)
    return lines_of(in_order)


def rows_of(lines: Sequence[str], sort: type[Row]) -> tuple[Row, ...]:
    """The rows of a sort that lines hold. Raises what a row refuses, which no stored line holds."""
    decoder = msgspec.json.Decoder(sort, dec_hook=_decoded)
    return tuple(decoder.decode(line) for line in lines)


def catalogue_lines(catalogue: Catalogue) -> Lines:
    """Every entry of a catalogue as a line."""
    return lines_of(
        (
            *(_CatalogueLine(kind=each) for each in catalogue.kinds),
            *(_CatalogueLine(category_class=each) for each in catalogue.classes),
            *(_CatalogueLine(subcategory=each) for each in catalogue.subcategories),
            *(_CatalogueLine(condition=each) for each in catalogue.conditions),
        )
    )


def catalogue_of(lines: Sequence[str]) -> Catalogue:
    """The catalogue that lines hold; an empty one when there are none."""
    entries = rows_of(lines, _CatalogueLine)
    return Catalogue(
        tuple(entry.kind for entry in entries if entry.kind),
        tuple(entry.category_class for entry in entries if entry.category_class),
        tuple(entry.subcategory for entry in entries if entry.subcategory),
        tuple(entry.condition for entry in entries if entry.condition),
    )


def condition_mark(subcategory: str) -> str:
    """What every line of a filing condition of a sub-category holds."""
    return f'"condition":{{"subcategory":"{subcategory}",'


def conditions_of(lines: Sequence[str]) -> tuple[FilingCondition, ...]:
    """The filing conditions among lines of a catalogue, of one version or of several."""
    return tuple(entry.condition for entry in rows_of(lines, _CatalogueLine) if entry.condition)


def calendar_lines(calendar: Calendar) -> Lines:
    """A calendar as one line."""
    return lines_of((calendar_to_json(calendar),))


def calendar_of(lines: Sequence[str]) -> Calendar:
    """The calendar that its line holds."""
    (line,) = lines
    return calendar_from_json(msgspec.json.decode(line))


def deadline_settings_lines(settings: DeadlineSettings) -> Lines:
    """The settings of a city as one line."""
    return lines_of((settings,))


def deadline_settings_of(lines: Sequence[str]) -> DeadlineSettings:
    """The settings that their line holds."""
    (settings,) = rows_of(lines, DeadlineSettings)
    return settings


def _encoded(value: object) -> str:
    if isinstance(value, BaseGeometry):
        return value.wkb_hex
    raise NotImplementedError(type(value).__name__)


def _decoded(sort: type[Any], value: Any) -> Any:
    if issubclass(sort, BaseGeometry):
        return shapely.from_wkb(value)
    raise NotImplementedError(sort.__name__)


_ENCODER = msgspec.json.Encoder(enc_hook=_encoded, order="deterministic")
