"""Every way a scope can go: each arrangement of its tokens once, the nearest ones first.

Where several tokens could move at once only one is moved, because the order does not matter to where they come to rest;
which of the waiting elements goes on next, and which way a token takes, is tried in every combination.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.definition import ElementKind
from engine.spiff.diagram import Node
from engine.spiff.soundness.net import OFFERED, Net, Token

Tokens = frozenset[tuple[Token, int]]
_NONE: Final[Tokens] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """What a token passed on the way from one arrangement to the next: ids of elements and flows."""

    path: tuple[str, ...]
    tokens: Tokens
    #: Elements that were entered.
    entered: tuple[str, ...]


@dataclass(kw_only=True)
class Explored:
    """What was found out about one scope."""

    net: Net
    #: How each arrangement was first come to.
    before: dict[Tokens, tuple[Tokens, Step]] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)
    #: Whether some way comes to the end.
    completes: bool = False
    #: Arrangements in which nothing can move any more, though tokens are left; the nearest first.
    stuck: list[Tokens] = field(default_factory=list)
    #: The first element that two tokens are at, and the arrangement.
    doubled: tuple[str, Tokens] | None = None
    #: Whether something was not looked at, because there was too much of it.
    gave_up: bool = False
    #: Moves that were played, each counted once for every token that lies about.
    moves: int = 0

    def way_to(self, tokens: Tokens) -> tuple[str, ...]:
        """Elements and flows that are passed on the shortest way to an arrangement."""
        steps: list[Step] = []
        while tokens in self.before:
            tokens, step = self.before[tokens]
            steps.append(step)
        return tuple(identity for step in reversed(steps) for identity in step.path)


def explore(net: Net, most_moves: int) -> Explored:
    """Play the scope from its start; gives up after so many moves."""
    found = Explored(net=net)
    origin: Tokens = frozenset({(Token(-1, ""), 1)})
    seen = {origin}
    waiting = deque((origin,))
    while waiting:
        tokens = waiting.popleft()
        goes_on = False
        for step in _begin(net) if tokens is origin else _steps(net, tokens):
            goes_on = True
            found.moves += 1 + len(step.tokens)
            if found.moves > most_moves:
                found.gave_up = True
                return found
            found.entered.update(step.entered)
            if step.tokens not in seen:
                seen.add(step.tokens)
                found.before[step.tokens] = (tokens, step)
                if _watch(found, step.tokens):
                    waiting.append(step.tokens)
        if not goes_on:
            found.stuck.append(tokens)
    return found


def _begin(net: Net) -> Iterator[Step]:
    if net.offers:
        yield Step((), _frozen(Counter(net.on(flow, OFFERED) for flow in net.offers)), ())
    for start in net.starts:
        yield from _left(net, net.nodes[start], Counter(), 0, path=(start,), entered=(start,))


def _watch(found: Explored, tokens: Tokens) -> bool:
    """Note where tokens meet; whether this arrangement is worth going on from."""
    if not tokens:
        found.completes = True
        return False
    standing: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for token, count in tokens:
        standing.setdefault((token.flow, token.node), []).append((token.strand, count))
    for (_, node), held in standing.items():
        count = sum(number for _, number in held)
        strands = {strand for strand, _ in held}
        if count > 1 and found.doubled is None and (len(strands) > 1 or 0 in strands):
            found.doubled = (node, tokens)
        if count > 2 + len(found.net.offers):
            # Tokens grow without end from here; nothing that follows is judged.
            found.gave_up = True
            return False
    return True


def _steps(net: Net, tokens: Tokens) -> Iterator[Step]:
    """What may happen next."""
    held = Counter(dict(tokens))
    standing = [token for token in held if token.flow < 0]
    full = _full(held)
    if at_once := _at_once(net, held, full):
        yield from _moved(net, at_once, held)
    elif merging := next((node for node in net.reaching if _may_merge(net, node, held, full)), None):
        yield from _merged(net, merging, held)
    else:
        for token in sorted(standing, key=_order):
            yield from _woken(net, token, held)


def _order(token: Token) -> tuple[int, str, int, tuple[str, ...]]:
    return (token.flow, token.node, token.strand, tuple(sorted(token.set_off)))


def _full(held: Counter[Token]) -> dict[str, set[int]]:
    """By element, the flows into it that hold a token."""
    full: dict[str, set[int]] = {}
    for token in held:
        if token.flow >= 0:
            full.setdefault(token.node, set()).add(token.flow)
    return full


def _at_once(net: Net, held: Counter[Token], full: Mapping[str, set[int]]) -> Token | None:
    """The first token that nothing holds up."""
    moving = [
        token
        for token in held
        if token.flow >= 0 and (not net.is_join(token.node) or _is_complete(net, token.node, full[token.node]))
    ]
    return min(moving, key=_order, default=None)


def _is_complete(net: Net, join: str, full: set[int]) -> bool:
    return net.nodes[join].kind is ElementKind.PARALLEL_GATEWAY and len(full) == len(net.entering[join])


def _moved(net: Net, token: Token, held: Counter[Token]) -> Iterator[Step]:
    node = net.nodes[token.node]
    if net.is_join(node.id):
        yield from _merged(net, node.id, held)
        return
    left = held - Counter([token])
    flow = net.flows[token.flow].id
    path = (flow, node.id) if flow else (node.id,)
    if net.clears(node):
        yield Step(path, _NONE, (node.id,))
    elif net.waits(node):
        yield Step(path, _frozen(left + Counter([Token(-1, node.id, token.strand)])), (node.id,))
    else:
        yield from _left(net, node, left, token.strand, path=path, entered=(node.id,))


def _merged(net: Net, node: str, held: Counter[Token]) -> Iterator[Step]:
    """Take one token from each flow that has any."""
    taken = {token.flow: token for token in sorted(held, key=_order) if token.flow >= 0 and token.node == node}
    strand = min(token.strand for token in taken.values())
    path = (*(net.flows[flow].id for flow in taken if net.flows[flow].id), node)
    yield from _left(net, net.nodes[node], held - Counter(taken.values()), strand, path=path, entered=(node,))


def _may_merge(net: Net, node: str, held: Counter[Token], full: Mapping[str, set[int]]) -> bool:
    """The rule of BPMN 2.0 for an inclusive gateway."""
    arrived = full.get(node)
    if not arrived or not net.is_join(node):
        return False
    elsewhere = {token.node for token in held if token.flow < 0 or token.node != node}
    nowhere: frozenset[int] = frozenset()
    reached = (net.reaching[node].get(place, nowhere) for place in elsewhere)
    return all(flows <= arrived or not flows.isdisjoint(arrived) for flows in reached)


def _woken(net: Net, token: Token, held: Counter[Token]) -> Iterator[Step]:
    """The element goes on, or one of its boundary events fires."""
    node, left = net.nodes[token.node], held - Counter([token])
    yield from _left(net, node, left, token.strand)
    for event in net.borders.get(node.id, ()):
        if event.interrupts:
            yield from _left(net, event, left, token.strand, path=(event.id,), entered=(event.id,))
        elif event.id not in token.set_off:
            stays = Token(-1, node.id, token.strand, token.set_off | {event.id})
            beside = net.strands[event.id]
            yield from _left(net, event, left + Counter([stays]), beside, path=(event.id,), entered=(event.id,))


def _left(
    net: Net,
    node: Node,
    held: Mapping[Token, int],
    strand: int,
    *,
    path: tuple[str, ...] = (),
    entered: tuple[str, ...] = (),
) -> Iterator[Step]:
    """Leave an element by every choice of flows."""
    for flows in net.ways(node):
        yield Step(path, _frozen(Counter(held) + Counter(net.on(flow, strand) for flow in flows)), entered)


def _frozen(held: Mapping[Token, int]) -> Tokens:
    return frozenset(held.items())
