"""Request bodies, read strictly: what is ambiguous or cannot be stored exactly is refused with its place.

JSON is read by the standard library because only it offers hooks for double keys and for numbers as they were written;
fractions become ``Decimal``, so that no digit is lost on the way to an expression.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from api.validation import pointer_of
from engine.errors import Invalid, Malformed, Refusal, Unsupported

DEEPEST = 32
#: Integers beyond ±2^53 do not survive readers that know only doubles.
LARGEST_INTEGER = 2**53
LONGEST_NUMBER = 64


class _Unusable:
    """A number that JSON can write and we do not take."""

    def __init__(self, text: str) -> None:
        self.text = text


def check_content_type(given: str | None, accepted: tuple[str, ...]) -> None:
    """Raises ``Unsupported`` unless the header names one of ``accepted`` in UTF-8."""
    kind, *parameters = [part.strip().lower() for part in (given or "").split(";")]
    plain = [parameter.replace('"', "") for parameter in parameters if parameter]
    if kind not in accepted or any(parameter != "charset=utf-8" for parameter in plain):
        expected = ", ".join(accepted)
        raise Unsupported(
            "content_type_unsupported",
            f"内容类型应为 {expected}（UTF-8）",
            f"Expected the content type {expected} in UTF-8",
        )


def check_content_encoding(given: str | None) -> None:
    """Raises ``Unsupported`` for compressed bodies: a small one may unfold into a huge one."""
    if given is not None and given.strip().lower() != "identity":
        raise Unsupported("content_encoding_unsupported", "不接收压缩的内容", "Compressed bodies are not read here")


def read_json(body: bytes) -> Any:
    """The plain value of a JSON text. Raises ``Malformed`` (not JSON, double keys, too deep) or ``Invalid``."""
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("not_utf8", "内容不是 UTF-8 编码", "The body is not UTF-8") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise Malformed(
            "not_json",
            f"不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 列",
            f"Not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}",
            line=error.lineno,
        ) from None
    check_plain(value)
    return value


def check_plain(value: Any) -> None:
    """Raises a refusal for texts and numbers that cannot be stored exactly, and for nesting deeper than ``DEEPEST``."""
    waiting: list[tuple[Any, list[str | int]]] = [(value, [])]
    while waiting:
        item, steps = waiting.pop()
        if isinstance(item, str):
            _check_text(item, steps)
        elif isinstance(item, _Unusable):
            raise _unusable_number(item, steps)
        elif isinstance(item, (dict, list)):
            if len(steps) >= DEEPEST:
                raise _too_deep()
            waiting.extend(_children(item, steps))


def _children(item: dict[str, Any] | list[Any], steps: list[str | int]) -> Iterator[tuple[Any, list[str | int]]]:
    if isinstance(item, list):
        for index, child in enumerate(item):
            yield child, [*steps, index]
        return
    for name, child in item.items():
        _check_text(name, steps)
        yield child, [*steps, name]


def _check_text(text: str, steps: list[str | int]) -> None:
    if text.isascii() and "\0" not in text:
        return
    unusable = "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)
    if unusable:
        raise Invalid(
            "unusable_character",
            "文本中含有不能保存的字符（空字符或不成对的代理项）",
            "The text holds a character that cannot be stored (NUL or a lone surrogate)",
            pointer=pointer_of(steps),
        )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Malformed(
            "double_key", f"键 {double!a} 出现了不止一次", f"The key {double!a} stands more than once in one object"
        )
    return members


def _whole(text: str) -> Any:
    if len(text) > LONGEST_NUMBER or abs(int(text)) > LARGEST_INTEGER:
        return _Unusable(text)
    return int(text)


def _fraction(text: str) -> Any:
    if len(text) > LONGEST_NUMBER or not math.isfinite(float(text)) or (float(text) == 0 and Decimal(text) != 0):
        return _Unusable(text)
    return Decimal(text)


def _unusable_number(item: _Unusable, steps: list[str | int]) -> Refusal:
    shown = item.text if len(item.text) <= 30 else item.text[:30] + "…"
    return Invalid(
        "unusable_number",
        f"数字 {shown} 不能准确保存",
        f"The number {shown} cannot be stored exactly",
        pointer=pointer_of(steps),
    )


def _too_deep() -> Refusal:
    return Malformed("too_deep", f"嵌套超过 {DEEPEST} 层", f"Nested deeper than {DEEPEST} levels")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_fraction, parse_int=_whole, parse_constant=_Unusable
)
