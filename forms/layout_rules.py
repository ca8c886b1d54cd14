"""Does the layout show exactly what the schema asks for, each field by a widget that can hold it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.errors import Problem
from forms.layout import Field, Layout, Widget
from forms.limits import MAX_FIELDS
from forms.pointers import child, pointer_of
from forms.schema_rules import resolve

_CHOICES = frozenset({Widget.CHOICE, Widget.SELECT, Widget.MULTI_SELECT})
_TYPES: Mapping[Widget, frozenset[str]] = {
    Widget.NUMBER: frozenset({"number", "integer"}),
    Widget.CHECKBOX: frozenset({"boolean"}),
    Widget.MULTI_SELECT: frozenset({"array"}),
    Widget.PHOTOS: frozenset({"array"}),
    Widget.PLACE: frozenset({"object"}),
}
#: What a place is made of, and how far it may reach in degrees.
_DEGREES: Mapping[str, int] = {"lon": 180, "lat": 90}
_TEXT = frozenset({"string"})
_FORMATS: Mapping[Widget, str] = {Widget.DATE: "date", Widget.DATE_TIME: "date-time"}


def layout_problems(layout: Layout, schema: Mapping[str, Any]) -> list[Problem]:
    """Everything in which ``layout`` and the (checked) ``schema`` do not fit each other."""
    properties = {name: _as_object(resolve(_as_object(part), schema)) for name, part in schema["properties"].items()}
    problems: list[Problem] = []
    seen: set[str] = set()
    for pointer, field in _placed(layout):
        if field.field not in properties or field.field in seen:
            problems.append(_unexpected(pointer, field, known=field.field in properties))
            continue
        seen.add(field.field)
        problems += _field_problems(pointer, field, properties)
    problems += [_not_laid_out(name) for name in properties if name not in seen]
    if len(seen) > MAX_FIELDS:
        problems.append(_problem("", "too_many_fields", f"字段超过 {MAX_FIELDS} 个", f"has over {MAX_FIELDS} fields"))
    return problems


def _placed(layout: Layout) -> Iterator[tuple[str, Field]]:
    for row_index, row in enumerate(layout):
        for index, field in enumerate(row):
            yield pointer_of((row_index, index)), field


def _field_problems(pointer: str, field: Field, properties: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    schema = properties[field.field]
    allowed = _TYPES.get(field.widget, _TEXT)
    if schema.get("type") not in allowed or schema.get("format") != _FORMATS.get(field.widget, schema.get("format")):
        wanted = " / ".join(sorted(allowed)) + (f" ({_FORMATS[field.widget]})" if field.widget in _FORMATS else "")
        yield _problem(
            child(pointer, "widget"),
            "widget",
            f"此控件需要类型 {wanted}",
            f"{field.widget} needs a property of type {wanted}",
        )
    if field.widget is Widget.PLACE and not _holds_a_place(schema):
        yield _problem(
            child(pointer, "widget"),
            "place",
            "位置需要且只需要两个必填数字：lon（-180 至 180）和 lat（-90 至 90）",
            "needs a property of two required numbers and no other: lon from -180 to 180, lat from -90 to 90",
        )
    yield from _option_problems(pointer, field, schema)
    yield from _visibility_problems(pointer, field, properties)


def _holds_a_place(schema: Mapping[str, Any]) -> bool:
    parts = _as_object(schema.get("properties"))
    return set(parts) == set(schema.get("required", ())) == set(_DEGREES) and all(
        _as_object(parts[name]) == {"type": "number", "minimum": -most, "maximum": most}
        for name, most in _DEGREES.items()
    )


def _option_problems(pointer: str, field: Field, schema: Mapping[str, Any]) -> Iterator[Problem]:
    chosen_from = _as_object(schema.get("items")) if field.widget is Widget.MULTI_SELECT else schema
    values = chosen_from.get("enum", []) if field.widget in _CHOICES else []
    if field.widget in _CHOICES and not values:
        yield _problem(child(pointer, "widget"), "options", "选择项需要 enum", "needs an enum to choose from")
    if set(field.options) != {str(value) for value in values}:
        yield _problem(
            child(pointer, "options"),
            "options",
            "选项名称必须与 enum 的值一一对应",
            "must name each value of the enum, and no other",
        )


def _visibility_problems(pointer: str, field: Field, properties: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    condition = field.visible_when
    if condition is None:
        return
    place = child(pointer, "visible_when")
    if condition.field == field.field or condition.field not in properties:
        yield _problem(
            child(place, "field"), "visible_when", "必须是本表单的另一个字段", "must be another field of this form"
        )
        return
    values = properties[condition.field].get("enum", [True, False])
    if not condition.values or any(value not in values for value in condition.values):
        yield _problem(
            child(place, "in"), "visible_when", "含有该字段不会取的值", "names a value that the field never has"
        )


def _as_object(schema: Any) -> Mapping[str, Any]:
    return schema if isinstance(schema, Mapping) else {}


def _unexpected(pointer: str, field: Field, *, known: bool) -> Problem:
    if known:
        return _problem(child(pointer, "field"), "layout", "字段已在别处布局", "is laid out already")
    return _problem(
        child(pointer, "field"),
        "layout",
        f"模式中没有字段 {field.field}",
        f"{field.field} is no property of the schema",
    )


def _not_laid_out(name: str) -> Problem:
    return _problem("", "layout", f"字段 {name} 没有布局", f"leaves out the field {name}")


def _problem(pointer: str, code: str, message_zh: str, message_en: str) -> Problem:
    return Problem(pointer=pointer, code=code, message_zh=message_zh, message_en=message_en)
