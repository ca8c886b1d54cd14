"""From where in a scope a token could still come: computed once per definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def reaching(gateway: str, flows: Sequence[tuple[str, str, str]]) -> Mapping[str, frozenset[str]]:
    """For each incoming flow of a gateway, the nodes from which it can be reached without visiting the gateway.

    ``flows`` are (id, source, target).
    """
    before: dict[str, list[str]] = {}
    for _, source, target in flows:
        before.setdefault(target, []).append(source)
    return {identity: _upstream(source, gateway, before) for identity, source, target in flows if target == gateway}


def _upstream(start: str, gateway: str, before: Mapping[str, Sequence[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name != gateway:
            seen.add(name)
            waiting.extend(before.get(name, ()))
    return frozenset(seen)
