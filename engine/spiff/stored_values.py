"""FEEL values as bytes and back, exactly: digits, scale and kind survive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from engine.feel import Date, DateTime, DayTimeDuration, Time, Value, YearMonthDuration
from engine.feel.temporal.reading import temporal_from_text

_DECIMAL = 1
_TEMPORAL = 2
_LARGEST_PLAIN = 2**63


class NotStorable(TypeError):
    """A value that only lives while an expression runs, such as a function."""


def encode_values(values: Mapping[str, Value]) -> bytes:
    """The variables as bytes. Raises ``NotStorable`` for functions and ranges."""
    return _ENCODE({name: _to_plain(value) for name, value in values.items()})


def decode_values(encoded: bytes) -> dict[str, Value]:
    """The variables that ``encode_values`` stored."""
    return {name: _to_value(plain) for name, plain in _DECODE(encoded).items()}


def encode_value(value: Value) -> bytes:
    """One value as bytes. Raises ``NotStorable`` for functions and ranges."""
    return _ENCODE(_to_plain(value))


def decode_value(encoded: bytes) -> Value:
    """The value that ``encode_value`` stored."""
    return _to_value(_DECODE_ONE(encoded))


def check_storable(value: Value) -> None:
    """Raise ``NotStorable`` unless the value can be kept."""
    _to_plain(value)


def _to_plain(value: Value) -> Any:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    try:
        return _PLAIN[kind](value)
    except KeyError:
        raise NotStorable(kind.__name__) from None


def _plain_decimal(value: Decimal) -> Any:
    # Only a number written without point or exponent comes back as the same digits from an integer.
    if value.as_tuple().exponent == 0 and -_LARGEST_PLAIN < value < _LARGEST_PLAIN and (value or not value.is_signed()):
        return int(value)
    return msgspec.msgpack.Ext(_DECIMAL, str(value).encode("ascii"))


def _plain_temporal(value: Value) -> Any:
    return msgspec.msgpack.Ext(_TEMPORAL, str(value).encode("utf-8"))


_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    Decimal: _plain_decimal,
    list: lambda items: [_to_plain(item) for item in items],
    dict: lambda entries: {name: _to_plain(item) for name, item in entries.items()},
    Date: _plain_temporal,
    Time: _plain_temporal,
    DateTime: _plain_temporal,
    DayTimeDuration: _plain_temporal,
    YearMonthDuration: _plain_temporal,
}


def _to_value(plain: Any) -> Value:
    kind = type(plain)
    if kind is int:
        return Decimal(plain)
    if kind is list:
        return [_to_value(item) for item in plain]
    if kind is dict:
        return {name: _to_value(item) for name, item in plain.items()}
    return plain


def _read_extension(code: int, data: memoryview) -> Any:
    text = bytes(data).decode("utf-8")
    return Decimal(text) if code == _DECIMAL else temporal_from_text(text)


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE_ONE = msgspec.msgpack.Decoder(Any, ext_hook=_read_extension).decode
_DECODE = msgspec.msgpack.Decoder(dict[str, Any], ext_hook=_read_extension).decode
