"""The driver takes lists and tuples for arrays, and asks nothing of the standard library about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized

from asyncpg.protocol import protocol

from engine.storage.arrays import tell_arrays_by_type


def test_the_driver_still_asks_by_the_names_that_are_set() -> None:
    names = ("IterableABC", "SizedABC", "MappingABC")
    before = {name: getattr(protocol, name) for name in names}
    try:
        tell_arrays_by_type()
        kinds = [getattr(protocol, name) for name in names]
    finally:
        for name, kind in before.items():
            setattr(protocol, name, kind)
    assert kinds == [(list, tuple), (list, tuple), dict]
    assert set(before.values()) <= {Iterable, Sized, Mapping, (list, tuple), dict}
