"""How a form is laid out: rows of fields, each with its labels, its widget and when it is shown."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Chinese and English; further languages are catalogues of their own."""

    zh: str
    en: str


class Widget(StrEnum):
    """By what a field is filled in."""

    TEXT = "text"
    TEXT_AREA = "text_area"
    NUMBER = "number"
    #: One of a few, all shown.
    CHOICE = "choice"
    #: One of many, from a list.
    SELECT = "select"
    MULTI_SELECT = "multi_select"
    CHECKBOX = "checkbox"
    DATE = "date"
    DATE_TIME = "date_time"
    #: A place, picked on the map: degrees in CGCS2000.
    PLACE = "place"
    #: Photos and files already uploaded, by references such as ``media:12``.
    PHOTOS = "photos"
    #: A unit of the organisation, by its code.
    UNIT = "unit"
    #: A filing condition of the catalogue, by its code.
    CONDITION = "condition"
    #: A sub-category of the catalogue, by its code.
    SUBCATEGORY = "subcategory"


class VisibleWhen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"values": "in"}):
    """The field is shown while another field has one of these values."""

    field: str
    values: tuple[str | bool | int, ...]


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field in its place."""

    #: Name of the property in the schema.
    field: str
    label: Text
    widget: Widget
    help: Text | None = None
    #: What each value of a choice is called.
    options: dict[str, Text] = {}
    visible_when: VisibleWhen | None = None


Layout = tuple[tuple[Field, ...], ...]
