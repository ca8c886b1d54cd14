"""Typed reading of plain values: what msgspec finds wrong, said in two languages and with the place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from engine.errors import Invalid

Shape = TypeVar("Shape")

_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_TYPES_ZH = {
    "str": "字符串",
    "int": "整数",
    "float": "数字",
    "decimal": "数字",
    "bool": "布尔值",
    "object": "对象",
    "array": "数组",
    "null": "空值",
    "datetime": "带时区的日期时间",
    "date": "日期",
}


def _expected_type(found: re.Match[str]) -> tuple[str, str, str]:
    wanted = "或".join(_TYPES_ZH.get(name.strip(), name.strip()) for name in found[1].split("|"))
    got = _TYPES_ZH.get(found[2], found[2])
    return "wrong_type", f"应为{wanted}，实际是{got}", found[0]


def _unknown_field(found: re.Match[str]) -> tuple[str, str, str]:
    return "unknown_field", f"没有名为 {found[1]} 的字段", f"There is no field named {found[1]}"


def _missing_field(found: re.Match[str]) -> tuple[str, str, str]:
    return "missing_field", f"缺少字段 {found[1]}", f"The field {found[1]} is missing"


def _out_of_bounds(found: re.Match[str]) -> tuple[str, str, str]:
    return "out_of_bounds", f"超出范围：应满足 {found[1]}", f"Out of bounds: expected {found[1]}"


#: How msgspec words its findings, and what we say instead: (pattern, words, whether the match names a field).
_FINDINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str, str]], bool], ...] = (
    (re.compile(r"Expected `([^`]+)`, got `([^`]+)`"), _expected_type, False),
    (re.compile(r"Object contains unknown field `(.*)`", re.DOTALL), _unknown_field, True),
    (re.compile(r"Object missing required field `(.*)`"), _missing_field, True),
    (re.compile(r"Expected `(?:str|array|object)` of (length .*)"), _out_of_bounds, False),
    (re.compile(r"Expected `\w+` ([<>]=? .*)"), _out_of_bounds, False),
)


def typed(value: Any, shape: type[Shape]) -> Shape:
    """``value`` as the shape, nothing coerced. Raises ``Invalid`` with the JSON pointer of the first thing wrong."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None


def typed_text(value: dict[str, Any], shape: type[Shape]) -> Shape:
    """Query parameters as the shape; numbers, truths and times are read from their text. Raises ``Invalid``."""
    try:
        read = msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        refusal = _invalid(str(error))
        parameter = (refusal.pointer or "").removeprefix("/").partition("/")[0]
        raise _bad_parameter(parameter, refusal.message_zh, refusal.message_en) from None
    for name in value:
        # The library takes the word "null" for no value.
        if getattr(read, name) is None:
            raise _bad_parameter(name, "有此参数就须有值", "Expected a value, but got none")
    return read


def _bad_parameter(name: str, message_zh: str, message_en: str) -> Invalid:
    return Invalid(
        "bad_parameter",
        f"查询参数 {name}：{message_zh}",
        f"Query parameter {name}: {message_en}",
        details={"parameter": name},
    )


def pointer_of(steps: list[str | int]) -> str:
    """The JSON pointer (RFC 6901) of a place."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _invalid(text: str) -> Invalid:
    place = _PLACE.match(text)
    what, path = (place["what"], place["path"] or "") if place else (text, "")
    steps: list[str | int] = [name or index for name, index in _STEP.findall(path)]
    for pattern, words, names_field in _FINDINGS:
        if found := pattern.fullmatch(what):
            code, message_zh, message_en = words(found)
            return Invalid(
                code, message_zh, message_en, pointer=pointer_of([*steps, found[1]] if names_field else steps)
            )
    return Invalid("wrong_value", f"值不可用（{what}）", what, pointer=pointer_of(steps))
