"""What the schema of scenarios has against a file, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from jsonschema import ValidationError

from processes.scenarios.source import Source

Words = tuple[str, str]


def problem_of(error: ValidationError, source: Source) -> Mapping[str, Any]:
    """The place and the words for one error."""
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in error.absolute_path)
    message_zh, message_en = _WORDS.get(str(error.validator), _unlike)(error, error.validator_value)
    return {"pointer": pointer, "line": source.line(pointer), "message_zh": message_zh, "message_en": message_en}


def _read(part: Any) -> Any:
    """Parts of an error are there once it was found; the library's types cannot say so."""
    return part


def _type(_: ValidationError, rule: Any) -> Words:
    return f"应为 {rule}", f"Expected a value of type {rule}"


def _required(error: ValidationError, rule: Any) -> Words:
    missing = "、".join(name for name in rule if name not in _read(error.instance))
    return f"缺少 {missing}", f"Expected {missing}, but it is missing"


def _dependent(error: ValidationError, rule: Any) -> Words:
    found = _read(error.instance)
    for name, needed in rule.items():
        missing = [other for other in needed if name in found and other not in found]
        if missing:
            return f"{name} 还需要 {'、'.join(missing)}", f"{name} needs {', '.join(missing)} beside it"
    return _unlike(error, rule)


def _additional(error: ValidationError, _: Any) -> Words:
    schema, found = _read(error.schema), _read(error.instance)
    known = schema.get("properties", {})
    unknown = "、".join(name for name in found if name not in known)
    return (
        f"没有 {unknown}；可用的是 {'、'.join(known)}",
        f"There is no {unknown} here, only {', '.join(known)}",
    )


def _one_of(error: ValidationError, rule: Any) -> Words:
    choices = [choice["required"][0] for choice in rule if "required" in choice]
    if not choices:
        return _unlike(error, rule)
    return (
        f"每一步恰好一个动作：{'、'.join(choices)}",
        f"Expected exactly one of {', '.join(choices)} in a step",
    )


def _pattern(error: ValidationError, rule: Any) -> Words:
    shape = _SHAPES.get(rule)
    if shape is None:
        return _unlike(error, rule)
    return f"应写成 {shape}", f"Expected it to be written like {shape}"


def _format(error: ValidationError, _: Any) -> Words:
    found = f"{error.instance!a:.80}"
    return f"{found} 不是有效的日期时间", f"{found} is no moment that calendars know"


def _unlike(error: ValidationError, rule: Any) -> Words:
    found = f"{error.instance!a:.80}"
    return f"{found} 不能用在这里", f"{found} cannot stand here: {error.validator} {rule!a:.200}"


#: An example of what each pattern lets through.
_SHAPES: Final[Mapping[str, str]] = {
    "^[0-9]{6}$": "152201",
    "^(timer|(message|signal):.{1,255})$": "timer, message:paid, signal:storm",
    "^P(?=.)([0-9]{1,5}D)?(T(?=.)([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?$": "P1DT2H30M",
    (
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$"
    ): "2026-07-01T08:30:00+08:00",
}
_WORDS: Final[Mapping[str, Callable[[ValidationError, Any], Words]]] = {
    "type": _type,
    "required": _required,
    "dependentRequired": _dependent,
    "additionalProperties": _additional,
    "oneOf": _one_of,
    "pattern": _pattern,
    "format": _format,
}
