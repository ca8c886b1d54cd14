"""JSON text in its one spelling: what is hashed, stored and replayed.

Decimals are written as numbers and read back as ``Decimal``, so nothing is lost between writing and reading.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


def json_text(value: Any) -> bytes:
    """The canonical text of a JSON value or struct: keys of mappings sorted, no spaces."""
    return _ENCODER.encode(value)


def json_value(text: bytes | str) -> Any:
    """The value of a JSON text; fractions as ``Decimal``."""
    return _DECODER.decode(text)
