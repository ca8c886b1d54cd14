"""Positions in the feed survive the client and are ordered as the feed is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.feed import FeedPosition

POSITIONS = st.builds(
    FeedPosition,
    st.integers(1, 9),
    st.integers(0, 2**62),
    st.integers(0, 10**17),
    st.integers(0, 10**8),
)


@given(POSITIONS)
def test_a_position_survives_being_written(position: FeedPosition) -> None:
    assert FeedPosition.parse(str(position)) == position


@given(POSITIONS, POSITIONS)
def test_positions_are_ordered_by_transaction_then_tree_then_event(one: FeedPosition, two: FeedPosition) -> None:
    assert (one < two) == ((one.epoch, one.xid, one.tree, one.seq) < (two.epoch, two.xid, two.tree, two.seq))
