"""What the driver takes for an array: lists and tuples, told by their type.

It asks the abstract classes of the standard library of every array and of every value in one, in Python; a flush has a
hundred arrays, so that this would be a third of what sending it costs. ``tests/unit/engine/test_arrays.py`` fails when
the driver no longer asks so.
"""

from __future__ import annotations

from asyncpg.protocol import protocol


def tell_arrays_by_type() -> None:
    """For all connections of this process; anything else that can be counted through is refused from now on."""
    protocol.IterableABC = protocol.SizedABC = (list, tuple)
    protocol.MappingABC = dict
