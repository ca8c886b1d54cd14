"""Arithmetic of decimals with 34 digits.

Operations are methods of one shared context and never read the context of the thread: so an evaluation gives
the same digits in every thread and no context has to be set up for it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

#: decimal128 of IEEE 754, as the specification asks.
DECIMAL128 = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emax=6144,
    Emin=-6143,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

#: Wide enough to give any decimal128 number any scale before it is rounded back.
_WIDE = Context(prec=13_000, Emax=999_999, Emin=-999_999, traps=[InvalidOperation])

_LARGEST_SCALE = 6176
_SMALLEST_SCALE = -6111
#: Up to here a scale larger than the number's own adds zeros, which show in its text.
_PADDED_SCALE = 34


def number(value: int) -> Decimal:
    """A FEEL number from a Python integer."""
    return DECIMAL128.create_decimal(value)


def is_whole(value: Decimal) -> bool:
    """Whether a number has no fraction."""
    return value == value.to_integral_value()


def rounded(value: Decimal, scale: int, rounding: str) -> Decimal | None:
    """The number with `scale` digits after the point; None for a scale no number can have."""
    if not _SMALLEST_SCALE <= scale <= _LARGEST_SCALE:
        return None
    if scale >= max(-_exponent(value), _PADDED_SCALE):
        return value
    result = value.quantize(Decimal((0, (1,), -scale)), rounding=rounding, context=_WIDE)
    return DECIMAL128.plus(result)


def number_text(value: Decimal) -> str:
    """The digits of a number without an exponent."""
    return format(value, "f") if value else "0"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
