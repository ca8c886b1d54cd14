"""Is this data that every part of the system can hold? Asked before any schema is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from forms.errors import Problem
from forms.limits import MAX_DEPTH, MAX_DIGITS, MAX_NAME, MAX_NUMBER, MAX_TEXT, MAX_VALUES
from forms.pointers import child

_TEXTS = {
    "nul": ("不能含有空字符（U+0000）", "must not contain the NUL character"),
    "surrogate": ("含有不成对的代理字符，不是合法文本", "contains a lone surrogate and is not text"),
    "text_too_long": (f"文字过长，最多 {MAX_TEXT} 个字符", f"is too long: at most {MAX_TEXT} characters"),
    "name_too_long": (f"字段名过长，最多 {MAX_NAME} 个字符", f"has a name of more than {MAX_NAME} characters"),
    "name_not_text": ("字段名必须是文字", "has a name that is not text"),
    "not_finite": ("必须是有限的数", "must be a finite number"),
    "number_too_large": ("数值超出 ±2^53", "is beyond ±2^53"),
    "too_many_digits": (f"有效数字过多，最多 {MAX_DIGITS} 位", f"has more than {MAX_DIGITS} significant digits"),
    "too_deep": (f"嵌套过深，最多 {MAX_DEPTH} 层", f"is nested deeper than {MAX_DEPTH}"),
    "too_many_values": (f"内容过多，最多 {MAX_VALUES} 项", f"holds more than {MAX_VALUES} values"),
    "not_json": ("不是 JSON 数据", "is not a JSON value"),
}


def plain_problems(data: Any) -> list[Problem]:
    """What makes ``data`` impossible to store, hash or hand to expressions; empty when nothing does."""
    problems: list[Problem] = []
    for count, (pointer, code) in enumerate(_walk(data)):
        if code:
            problems.append(_problem(pointer, code))
        if count >= MAX_VALUES:
            problems.append(_problem("", "too_many_values"))
            break
    return problems


def _walk(data: Any) -> Iterator[tuple[str, str]]:
    """Each value's place with what is wrong there (empty: nothing)."""
    open_values: list[tuple[str, int, Any]] = [("", 0, data)]
    while open_values:
        pointer, depth, value = open_values.pop()
        if depth > MAX_DEPTH:
            yield pointer, "too_deep"
            continue
        if isinstance(value, list):
            yield pointer, ""
            open_values.extend((child(pointer, index), depth + 1, item) for index, item in enumerate(value))
        elif isinstance(value, Mapping):
            yield from ((child(pointer, name), code) for name in value if (code := _name_code(name)))
            yield pointer, ""
            open_values.extend((child(pointer, name), depth + 1, item) for name, item in value.items())
        else:
            yield pointer, _scalar_code(value)


def _scalar_code(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return _text_code(value) or ("text_too_long" if len(value) > MAX_TEXT else "")
    if isinstance(value, int | float | Decimal):
        return _number_code(value)
    return "not_json"


def _number_code(value: int | float | Decimal) -> str:
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if not finite:
        return "not_finite"
    if not -MAX_NUMBER <= value <= MAX_NUMBER:
        return "number_too_large"
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > MAX_DIGITS:
        return "too_many_digits"
    return ""


def _name_code(name: Any) -> str:
    if not isinstance(name, str):
        return "name_not_text"
    return _text_code(name) or ("name_too_long" if len(name) > MAX_NAME else "")


def _text_code(text: str) -> str:
    if "\x00" in text:
        return "nul"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "surrogate"
    return ""


def _problem(pointer: str, code: str) -> Problem:
    message_zh, message_en = _TEXTS[code]
    return Problem(pointer=pointer, code=code, message_zh=message_zh, message_en=message_en)
