"""Ad-hoc sub-processes: they offer their activities, and end when enough has been done.

A token that stands at no element of the diagram holds the sub-process open, and judges it whenever one of its
activities is done or a token has come to an end. What is offered is waited for by the scope, like what begins an event
sub-process; to begin one is somebody's wish, and it is offered again at once unless only one may be under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from engine.feel import Value, kind_of
from engine.spiff import watching
from engine.spiff.activation import Activation, Phase, Repeated, Subscribed
from engine.spiff.faults import Stuck
from engine.spiff.limits import USUAL_ITEMS
from engine.spiff.opening import candidates
from engine.spiff.repeating import holds, progress
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.spiff.attributes import AdHoc
    from engine.spiff.run import Run
    from engine.spiff.specs import OfferedStart
    from engine.spiff.workflow import Tokens


def begin(run: Run, offer: Activation) -> None:
    """Take up what is to begin with the sub-process. Raises ``Stuck``, with nothing begun, when that cannot be told."""
    named = [element.encode() for element in _named(run, offer)]
    if len(named) > USUAL_ITEMS:
        raise Stuck(
            "too_many_items",
            f"自由子流程最多以 {USUAL_ITEMS} 个活动开始，activeElementsCollection 却有 {len(named)} 个。",
            f"Expected activeElementsCollection to name at most {USUAL_ITEMS} activities, but it names {len(named)}.",
        )
    run.step.effort.items += len(named)
    watching.begin(run, offer.workflow, watching.plan(run, offer.workflow))
    offer.repeated = Repeated(total=len(named), waiting=named)


def is_enough(run: Run, offer: Activation) -> bool:
    """Whether what has been done, if anything, is enough; then the rest is given up, or done without anything new.

    Raises ``Stuck`` when the completion condition is none.
    """
    tokens: Tokens = offer.workflow
    declared = _declared(tokens)
    if declared.until is None or not progress(offer).completed or not holds(run, offer, declared.until, {}):
        return False
    if declared.cancels_rest:
        run.clear(tokens, survivor=offer)
    withdraw(run, tokens)
    return True


def goes_on(run: Run, offer: Activation) -> bool:
    """Begin what has its turn and offer the rest; ``False`` when nothing is left to wait for."""
    tokens: Tokens = offer.workflow
    declared = _declared(tokens)
    _begin_named(run, offer, declared)
    if _is_idle(tokens) and declared.until is None:
        withdraw(run, tokens)
        return False
    if not declared.is_sequential or _is_idle(tokens):
        _offer(run, tokens, declared)
    return True


def take_turn(run: Run, tokens: Tokens) -> None:
    """One of what is offered begins: where only one may be under way, the others are offered no longer."""
    if _declared(tokens).is_sequential:
        withdraw(run, tokens)


def withdraw(run: Run, tokens: Tokens) -> None:
    """Offer nothing any more."""
    watching.end_each(run, tokens, [event.name for event in tokens.spec.offered])


def is_offer(activation: Activation, subscribed: Subscribed) -> bool:
    """Whether it is somebody's wish that is waited for, and nothing that comes by itself."""
    return any(event.name == subscribed.node for event in activation.workflow.spec.offered)


def look_again(run: Run, tokens: Tokens) -> None:
    """Something in a scope is done: let what holds an ad-hoc sub-process open judge it."""
    if tokens.spec.offer is None:
        return
    for activation in tokens.live_activations():
        if activation.task_spec is tokens.spec.offer and activation.phase is not Phase.ARRIVED:
            # Not entered yet, so that it is judged after a pause too.
            activation.phase = Phase.ARRIVED
            progress(activation).completed += 1
            run.resume(activation)


def _offer(run: Run, tokens: Tokens, declared: AdHoc) -> None:
    """Offer what is not offered yet: user tasks to their candidates, everything else to those who may begin it."""
    for event in tokens.spec.offered:
        if event.name not in tokens.watches:
            ((watch, waits),) = watching.plan_each(run, tokens, [event])
            task = event.behaviour
            groups, users = (task.groups, task.users) if task.groups or task.users else (declared.starters, None)
            to = candidates(run, watch, groups, users)
            offered = [replace(wait, groups=to) for wait in waits if isinstance(wait, Subscribed)]
            watching.begin_each(run, tokens, [(watch, [*offered])])


def _declared(tokens: Tokens) -> AdHoc:
    declared: AdHoc | None = tokens.spec.offer.behaviour.ad_hoc
    if declared is None:
        raise RuntimeError(f"{tokens.spec.offer.element} is no ad-hoc sub-process")
    return declared


def _begin_named(run: Run, offer: Activation, declared: AdHoc) -> None:
    repeated, tokens = progress(offer), offer.workflow
    starts = {event.element: event for event in tokens.spec.offered}
    while repeated.waiting and (not declared.is_sequential or _is_idle(tokens)):
        start = starts[repeated.waiting.pop(0).decode()]
        repeated.begun += 1
        run.begin_at(tokens, start.outgoing[0].target)


def _is_idle(tokens: Tokens) -> bool:
    """Whether nothing but the offer itself is under way."""
    return tokens.live == 1 and not tokens.arrivals


def _named(run: Run, offer: Activation) -> list[str]:
    """The activities that begin with the sub-process."""
    tokens: Tokens = offer.workflow
    begins = _declared(tokens).begins
    named = [] if begins is None else evaluate(run, offer, begins)
    offered: tuple[OfferedStart, ...] = tokens.spec.offered
    known = [event.element for event in offered]
    if isinstance(named, list) and all(one in known for one in named):
        return [str(one) for one in named]
    raise Stuck(
        "activities_unusable",
        f"activeElementsCollection 应得到这些活动的标识的列表：{'、'.join(known)}；得到的却是 {_shown(named)}。",
        f"Expected activeElementsCollection to be a list of ids among {', '.join(known)}, but it is {_shown(named)}.",
    )


def _shown(value: Value) -> str:
    if not isinstance(value, list):
        return kind_of(value)
    return f"[{', '.join(one if isinstance(one, str) else kind_of(one) for one in value)[:80]}]"
