"""Says in words what a JSON Schema validator found, at the place where the typist can mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError

from forms.errors import Problem
from forms.pointers import child, pointer_of

Words = tuple[str, str]

_TYPE_NAMES: Mapping[str, str] = {
    "string": "文字",
    "number": "数",
    "integer": "整数",
    "boolean": "是或否",
    "array": "列表",
    "object": "对象",
    "null": "空",
}


def problems_of(errors: Iterable[ValidationError]) -> list[Problem]:
    """One problem per place and rule, in the order of the pointers."""
    found = {(problem.pointer, problem.code): problem for error in errors for problem in _problems_of(error)}
    return [found[place] for place in sorted(found)]


def _problems_of(error: ValidationError) -> Iterator[Problem]:
    pointer = pointer_of(error.absolute_path)
    keyword = str(error.validator) if error.validator is not None else "unexpected"
    for place in _places(pointer, keyword, error):
        message_zh, message_en = _words(keyword, error.validator_value)
        yield Problem(pointer=place, code=_CODES.get(keyword, keyword), message_zh=message_zh, message_en=message_en)


def _places(pointer: str, keyword: str, error: ValidationError) -> Iterator[str]:
    """Where it has to be mended: a missing or needless member is named itself, not the object around it."""
    instance: Any = error.instance
    limit: Any = error.validator_value
    if keyword == "required":
        yield from (child(pointer, name) for name in limit if name not in instance)
    elif keyword == "dependentRequired":
        demanded = (name for key, names in limit.items() if key in instance for name in names)
        yield from (child(pointer, name) for name in demanded if name not in instance)
    elif keyword == "additionalProperties" and isinstance(error.schema, Mapping):
        known = error.schema.get("properties", {})
        yield from (child(pointer, name) for name in instance if name not in known)
    else:
        yield pointer


def _words(keyword: str, limit: Any) -> Words:
    words = _WORDS.get(keyword)
    return words(limit) if words else ("不符合表单的规定", "does not satisfy the form")


def _type(names: Any) -> Words:
    listed = [names] if isinstance(names, str) else list(names)
    return f"必须是{'或'.join(_TYPE_NAMES[name] for name in listed)}", f"must be of type {' or '.join(listed)}"


def _enum(values: Any) -> Words:
    shown = ", ".join(str(value) for value in values[:20]) + (" …" if len(values) > 20 else "")
    return f"只能是以下之一：{shown}", f"must be one of: {shown}"


def _fixed(message_zh: str, message_en: str) -> Callable[[Any], Words]:
    return lambda _: (message_zh, message_en)


def _limited(message_zh: str, message_en: str) -> Callable[[Any], Words]:
    return lambda limit: (message_zh.format(limit), message_en.format(limit))


_WORDS: Mapping[str, Callable[[Any], Words]] = {
    "required": _fixed("必填", "is required"),
    "dependentRequired": _fixed("因其他字段已填而必填", "is required because of another field"),
    "additionalProperties": _fixed("表单没有这个字段", "is not a field of this form"),
    "unexpected": _fixed("此时不应填写", "must not be given here"),
    "type": _type,
    "enum": _enum,
    "const": _limited("只能是 {}", "must be {}"),
    "minLength": _limited("至少 {} 个字符", "must have at least {} characters"),
    "maxLength": _limited("最多 {} 个字符", "must have at most {} characters"),
    "pattern": _limited("格式不对，应符合 {}", "must match {}"),
    "format": _limited("格式不对，应为 {}", "must be a {}"),
    "minimum": _limited("不能小于 {}", "must be at least {}"),
    "maximum": _limited("不能大于 {}", "must be at most {}"),
    "exclusiveMinimum": _limited("必须大于 {}", "must be more than {}"),
    "exclusiveMaximum": _limited("必须小于 {}", "must be less than {}"),
    "multipleOf": _limited("必须是 {} 的整数倍", "must be a multiple of {}"),
    "minItems": _limited("至少 {} 项", "must have at least {} entries"),
    "maxItems": _limited("最多 {} 项", "must have at most {} entries"),
    "uniqueItems": _fixed("不能有重复项", "must not repeat an entry"),
    "minProperties": _limited("至少 {} 个字段", "must have at least {} members"),
    "maxProperties": _limited("最多 {} 个字段", "must have at most {} members"),
    "anyOf": _fixed("不符合任何一种允许的形式", "fits none of the allowed forms"),
    "oneOf": _fixed("必须恰好符合一种允许的形式", "must fit exactly one of the allowed forms"),
    "not": _fixed("属于不允许的内容", "is what the form excludes"),
}
_CODES: Mapping[str, str] = {"additionalProperties": "unexpected", "dependentRequired": "required"}
