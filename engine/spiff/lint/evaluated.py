"""Everything that elements and flows evaluate."""

from __future__ import annotations

from collections.abc import Iterator

from engine.spiff.attributes import AdHoc, Attribute, Behaviour, MultiInstance, StandardLoop
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Node


def expressions_of(behaviour: Behaviour) -> Iterator[Attribute]:
    """Everything that an element may evaluate."""
    mappings = (*behaviour.inputs, *behaviour.outputs)
    single = (behaviour.script, behaviour.assignee, behaviour.groups, behaviour.users, behaviour.priority)
    timers = (one.timer.when for one in (behaviour, *behaviour.each) if one.timer)
    amount = behaviour.effect.amount if behaviour.effect else None
    limits = [part for one in (behaviour.deadline, behaviour.begins) if one for part in (one.limit, one.unit)]
    job = (behaviour.job.topic, behaviour.job.retries) if behaviour.job else ()
    publications = (one.publication for one in (behaviour, *behaviour.each) if one.publication)
    message = (part for one in publications for part in (one.key, one.time_to_live, one.condition))
    sources = (mapping.source for mapping in mappings)
    several = (*_repeating(behaviour.repeats), *_offering(behaviour.ad_hoc))
    for attribute in (*sources, *single, *timers, amount, *limits, *job, *message, *several):
        if attribute is not None:
            yield attribute


def attributes_of(node: Node, compiled: Compiled) -> Iterator[tuple[str, Attribute]]:
    """What an element evaluates, and the conditions of the flows out of it, by the id of element or flow."""
    yield from ((node.id, attribute) for attribute in expressions_of(compiled.behaviours[node.id]))
    for flow in node.outgoing:
        if (condition := compiled.conditions.get(flow.id)) is not None:
            yield flow.id, condition


def _offering(ad_hoc: AdHoc | None) -> tuple[Attribute | None, ...]:
    return () if ad_hoc is None else (ad_hoc.begins, ad_hoc.until, ad_hoc.starters)


def _repeating(repeats: MultiInstance | StandardLoop | None) -> tuple[Attribute | None, ...]:
    match repeats:
        case MultiInstance():
            return repeats.collection, repeats.cardinality, repeats.yields, repeats.until
        case StandardLoop():
            return (repeats.condition,)
    return ()
