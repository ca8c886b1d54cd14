"""Which inclusive gateways need not wait any longer, and which joins wait for a token that can never come.

The rule of BPMN 2.0 for an inclusive gateway: it waits while a token elsewhere can reach one of its empty incoming
flows without visiting it, unless that token can also reach an incoming flow that already holds a token. Where tokens
can get to is computed when the definition is compiled; here only sets are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spiff.faults import Stuck

if TYPE_CHECKING:
    from engine.spiff.specs import InclusiveGateway
    from engine.spiff.workflow import Tokens


def next_merge(tokens: Tokens) -> InclusiveGateway | None:
    """The first inclusive gateway of a scope that may fire; to be asked only when nothing else can move."""
    waiting = [name for name in tokens.arrivals if name in tokens.spec.merges]
    if not waiting:
        return None
    standing = {activation.task_spec.name for activation in tokens.live_activations()}
    for name in waiting:
        gateway: InclusiveGateway = tokens.spec.task_specs[name]
        occupied = frozenset(standing | (tokens.arrivals.keys() - {name}))
        if gateway.may_fire(tokens.arrivals[name], occupied):
            return gateway
    return None


def starvation(tokens: Tokens) -> tuple[str, Stuck] | None:
    """The element and cause when tokens wait at joins and no other token is left that could come."""
    if tokens.live or not tokens.arrivals:
        return None
    name = next(iter(tokens.arrivals))
    join = tokens.spec.task_specs[name]
    missing = "、".join(tokens.spec.flow_elements[flow] for flow in join.incoming if flow not in tokens.arrivals[name])
    return join.element, Stuck(
        "join_starved",
        f"汇合网关在等顺序流 {missing} 上的令牌，但已没有令牌能到达。",
        f"Expected a token to come by {missing}, but none is left that could.",
    )
