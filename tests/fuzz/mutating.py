"""Damages sound diagrams: their elements, their attributes, their texts and their bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random

from lxml import etree

from engine.spiff import lint_process
from engine.spiff.supported import EXECUTED, UNSUPPORTED
from tests.unit.spiff.drawing import chain, document, end, start
from tests.unit.spiff.elements.part import ROOTS
from tests.unit.spiff.elements.table import PARTS
from tests.unit.spiff.generating import repeating, structured
from tests.unit.spiff.twins import SOUND

SHIPPED = Path(__file__).parents[2] / "bpmn"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TAGS = (*EXECUTED, *UNSUPPORTED, "sequenceFlow", "process", "laneSet", "message", "error")
TEXTS = ("", "true", "false", "1", "-1", "= x >", "= v", "${x}", "P1D", "R/PT0S", "\N{ZERO WIDTH SPACE}", "x" * 300)
Damage = Callable[[Random, etree._Element, etree._Element], None]


@cache
def corpus() -> Sequence[bytes]:
    """Sound diagrams: every part by itself, those of the twins, those that are shipped."""
    parts = [
        document(start(), *part.nodes, end(), *ROOTS, chain("start", part.first), chain(part.last, "end"))
        for part in PARTS.values()
    ]
    shipped = [path.read_bytes() for path in sorted(SHIPPED.glob("*.bpmn"))]
    sound = [source for source in shipped if not any(finding.is_error for finding in lint_process(source))]
    return [*parts, *SOUND.values(), *sound]


def mutated(seed: int) -> bytes:
    """A diagram with one to three damages; the same for the same seed."""
    random = Random(seed)
    source = random.choice([random.choice(corpus()), _drawn_at_random(seed)])
    if random.random() < 0.1:
        return _bytes_damaged(random, source)
    root = etree.fromstring(source)
    for _ in range(random.randint(1, 3)):
        elements = list(root.iter(f"{BPMN}*"))[1:]
        if elements:
            random.choice(DAMAGES)(random, root, random.choice(elements))
    return etree.tostring(root)


def _drawn_at_random(seed: int) -> bytes:
    draw = structured if seed % 2 else repeating
    return draw(seed).source()


def _remove(_random: Random, _root: etree._Element, element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(_random: Random, _root: etree._Element, element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.append(deepcopy(element))


def _rename(random: Random, _root: etree._Element, element: etree._Element) -> None:
    element.tag = BPMN + random.choice(TAGS)


def _rewrite(random: Random, root: etree._Element, element: etree._Element) -> None:
    if element.attrib:
        ids = [other.get("id") or "" for other in root.iter(f"{BPMN}*")]
        element.set(random.choice(list(element.attrib)), random.choice([*ids, *TEXTS]))


def _unset(random: Random, _root: etree._Element, element: etree._Element) -> None:
    if element.attrib:
        del element.attrib[random.choice(list(element.attrib))]


def _reword(random: Random, _root: etree._Element, element: etree._Element) -> None:
    holders = [other for other in element.iter() if other.text]
    if holders:
        random.choice(holders).text = random.choice(TEXTS)


def _move(random: Random, root: etree._Element, element: etree._Element) -> None:
    other = random.choice(list(root.iter(f"{BPMN}*")))
    if other not in element.iter():
        other.append(element)


def _graft(random: Random, _root: etree._Element, element: etree._Element) -> None:
    """Put in a piece of another diagram."""
    pieces = list(etree.fromstring(random.choice(corpus())).iter(f"{BPMN}*"))
    element.append(deepcopy(random.choice(pieces)))


DAMAGES: Sequence[Damage] = (_remove, _double, _rename, _rewrite, _rewrite, _unset, _reword, _move, _graft)


def _bytes_damaged(random: Random, source: bytes) -> bytes:
    at, length = random.randrange(len(source)), random.randint(0, 40)
    match random.randrange(4):
        case 0:
            return source[:at]
        case 1:
            return source[:at] + random.randbytes(length) + source[at:]
        case 2:
            return source[:at] + source[at + length :]
    return source[:at] + source[at : at + length] * random.choice((2, 50)) + source[at + length :]
