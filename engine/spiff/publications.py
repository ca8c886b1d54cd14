"""Reads which message or signal an element names, as written; what is wrong with it is said by ``lint.messages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from engine.spiff.attributes import PublicationKind
from engine.spiff.dialect import read_declarations
from engine.spiff.event_definitions import referenced
from engine.spiff.xml import line_of, local_name

_KINDS: Mapping[str, PublicationKind] = {
    "messageEventDefinition": PublicationKind.MESSAGE,
    "signalEventDefinition": PublicationKind.SIGNAL,
}
_TASKS = frozenset({"receiveTask", "sendTask"})


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenPublication:
    """One message or signal that an element refers to."""

    kind: PublicationKind
    #: The id that is referred to, or empty.
    reference: str
    #: Name of the message or signal; ``None`` when the reference leads nowhere.
    name: str | None
    #: Correlation key that the message declares, or empty.
    key: str
    line: int


def read_publications(element: etree._Element, definitions: Sequence[etree._Element]) -> tuple[WrittenPublication, ...]:
    """What an event's definitions or a task's ``messageRef`` name; a task that names nothing has none."""
    if local_name(element) in _TASKS:
        return (_publication(PublicationKind.MESSAGE, element),) if element.get("messageRef") else ()
    named = ((_KINDS.get(local_name(definition)), definition) for definition in definitions)
    return tuple(_publication(kind, definition) for kind, definition in named if kind is not None)


def _publication(kind: PublicationKind, holder: etree._Element) -> WrittenPublication:
    attribute = f"{kind.value}Ref"
    meant = referenced(holder, attribute)
    return WrittenPublication(
        kind=kind,
        reference=(holder.get(attribute) or "").strip(),
        name=None if meant is None else (meant.get("name") or "").strip(),
        key="" if meant is None else read_declarations(meant).correlation_key,
        line=line_of(holder),
    )
