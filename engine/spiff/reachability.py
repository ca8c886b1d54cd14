"""From where in a scope a token could still come: computed once per definition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence


def reaching(gateway: str, flows: Sequence[tuple[str, str, str]]) -> Mapping[str, frozenset[str]]:
    """For each incoming flow of a gateway, the nodes from which it can be reached without visiting the gateway.

    ``flows`` are (id, source, target).
    """
    before: dict[str, list[str]] = {}
    for _, source, target in flows:
        before.setdefault(target, []).append(source)
    return {
        identity: upstream_of(source, before, (gateway,)) for identity, source, target in flows if target == gateway
    }


def upstream_of(start: str, before: Mapping[str, Iterable[str]], avoiding: Collection[str]) -> frozenset[str]:
    """The nodes from which a node can be reached without visiting certain others, itself included."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in avoiding:
            seen.add(name)
            waiting.extend(before.get(name, ()))
    return frozenset(seen)
