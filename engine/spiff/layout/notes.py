"""Text annotations: what is written beside the flow of a scope."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.spiff.diagram import Diagram, text_of
from engine.spiff.xml import BPMN

_PREFIX = f"{{{BPMN}}}"
#: Pixels of a line of text, and how many characters it holds.
_WIDTH, _LINE, _CHARACTERS = 180, 18, 14


def notes_in(diagram: Diagram, scope: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Id and size of each annotation of a scope; those of the pools count as the process's."""
    holders = [diagram.process if scope == diagram.key else diagram.nodes[scope].xml]
    if scope == diagram.key:
        holders.extend(diagram.root.iterfind(f"{_PREFIX}collaboration"))
    for holder in holders:
        for note in holder.iterfind(f"{_PREFIX}textAnnotation"):
            if identity := note.get("id"):
                yield identity, _size(note)


def _size(note: etree._Element) -> tuple[int, int]:
    lines = sum(1 + len(line) // _CHARACTERS for line in text_of(note, "text").splitlines()) or 1
    return _WIDTH, _LINE * (lines + 1)
