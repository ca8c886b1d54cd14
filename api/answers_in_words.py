"""What was answered in a form, in the words of the version that was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from api.naming import unit_names
from api.ports import Platform
from engine.errors import Refusal
from processes.catalogue import CatalogueError
from processes.territory import Point

_YES_NO = {True: ("是", "Yes"), False: ("否", "No")}


class AnswerInWords(msgspec.Struct, frozen=True, kw_only=True):
    """One field that was answered; photos are not words and stand in the payload."""

    field: str
    label_zh: str
    label_en: str
    value_zh: str
    value_en: str


def answers_in_words(platform: Platform, form: str, version: int, data: Any) -> list[AnswerInWords]:
    """The answered fields in the order of the form; nothing when the version cannot be used any more."""
    try:
        file = platform.form_library.shown(form, version)
    except Refusal:
        return []
    return list(_answered(platform, file, data if isinstance(data, Mapping) else {}))


def _answered(platform: Platform, file: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[AnswerInWords]:
    for placed in (placed for row in file["layout"] for placed in row):
        value = data.get(placed["field"])
        if value is None or value == "" or placed["widget"] == "photos":
            continue
        values = [_value(platform, placed, each) for each in (value if isinstance(value, list) else [value])]
        yield AnswerInWords(
            field=placed["field"],
            label_zh=placed["label"]["zh"],
            label_en=placed["label"]["en"],
            value_zh="、".join(zh for zh, _ in values),
            value_en=", ".join(en for _, en in values),
        )


def _value(platform: Platform, placed: Mapping[str, Any], value: Any) -> tuple[str, str]:
    """A value in Chinese and English; what bears no name is called by itself."""
    option = placed.get("options", {}).get(str(value))
    if option is not None:
        return option["zh"], option["en"]
    if isinstance(value, bool):
        return _YES_NO[value]
    match placed["widget"]:
        case "place":
            return _placed(platform, value)
        case "unit":
            return unit_names(platform, str(value))
        case "condition" | "subcategory":
            return _catalogued(platform, placed["widget"], str(value))
    return str(value), str(value)


def _placed(platform: Platform, value: Any) -> tuple[str, str]:
    """The divisions of a place and its degrees; only these outside all grids."""
    in_force = platform.registers.in_force
    place = in_force.locator.place_of(Point(value["lon"], value["lat"]))
    names = [in_force.divisions.name_of(code) for code in (place.street, place.community)] if place else []
    text = " · ".join([*names, f"{value['lon']:.5f}, {value['lat']:.5f}"])
    return text, text


def _catalogued(platform: Platform, kind: str, key: str) -> tuple[str, str]:
    catalogue = platform.registers.in_force.catalogue
    try:
        if kind == "condition":
            text = catalogue.condition(key).text
            return text, text
        entry = catalogue.subcategory(key)
    except CatalogueError:
        return key, key
    return entry.name, entry.name_en or entry.name
