"""Candidate groups follow from posts: a clerk of unit U12 is in ``clerk`` and in ``clerk@U12``."""

from __future__ import annotations

from collections.abc import Iterable

from processes.organisation.snapshot import Holding


def groups_of(holdings: Iterable[Holding]) -> frozenset[str]:
    """The groups to which tasks are offered for someone who holds these posts."""
    return frozenset(group for holding in holdings for group in _groups(holding))


def _groups(holding: Holding) -> tuple[str, ...]:
    return (holding.post,) if holding.unit is None else (holding.post, f"{holding.post}@{holding.unit}")
