"""A verb: a published diagram that declares what it attaches to and who may start it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from engine.definition import DefinitionView
from engine.effects import WARNING, EffectKind, HostKind
from engine.errors import NotFound, Refusal

#: Among those who may start a procedure: whoever works on the host, or may claim its task.
PERFORMER = "performer"


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One verb as its diagram declares it."""

    #: Key of the diagram.
    key: str
    name: str
    name_en: str
    attaches_to: HostKind
    started_by: frozenset[str]
    #: Verbs whose open procedures on the same host stand in its way; itself among them.
    excludes: frozenset[str]
    #: Key of its form; empty when nothing is asked.
    form: str
    #: Its effects, each with the property of the host that it needs, or an empty one.
    effects: frozenset[tuple[EffectKind, str]]

    def has(self, effect: EffectKind) -> bool:
        """Whether its procedure may come to the effect."""
        return any(kind is effect for kind, _ in self.effects)

    @property
    def targets(self) -> list[str]:
        """Properties that say where the host goes on; it has to declare them all."""
        return sorted({target for _, target in self.effects if target})


class Published(Protocol):
    """The published diagrams of the loaded configuration epoch."""

    def keys(self) -> tuple[str, ...]:
        """Keys that have a published version."""
        ...

    def latest(self, key: str) -> DefinitionView:
        """The latest published version. Raises ``NotFound``, or the refusal of one that cannot be compiled."""
        ...


class Verbs:
    """The verbs of a city: what is published and declares to be one."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def __iter__(self) -> Iterator[Verb]:
        """All verbs, by key; what this program refuses to run is no verb."""
        for key in sorted(self._published.keys()):
            try:
                verb = verb_of(self._published.latest(key))
            except Refusal:
                continue
            if verb is not None:
                yield verb

    def get(self, key: str) -> Verb:
        """The verb of a key. Raises ``NotFound``."""
        keys = self._published.keys()
        verb = verb_of(self._published.latest(key)) if key in keys else None
        if verb is None:
            raise NotFound("verb_not_found", f"没有“{key}”这个操作", f"Expected a verb {key}, but there is none")
        return verb


def verb_of(view: DefinitionView) -> Verb | None:
    """The verb that a diagram is; ``None`` when it attaches to nothing, or is started by deadlines that warn."""
    attaches_to, started_by = view.properties.get("attachesTo"), _names(view.properties.get("startedBy", ""))
    if attaches_to is None or started_by == {WARNING}:
        return None
    return Verb(
        key=view.key,
        name=view.name,
        name_en=view.name_en or view.name,
        attaches_to=HostKind(attaches_to),
        started_by=started_by,
        excludes=_names(view.properties.get("excludes", "")) | {view.key},
        form=view.elements[view.start].form,
        effects=frozenset(
            (EffectKind(element.properties["effect"]), element.properties.get("target", ""))
            for element in view.elements.values()
            if "effect" in element.properties
        ),
    )


def _names(written: str) -> frozenset[str]:
    return frozenset(name.strip() for name in written.split(",") if name.strip())
