"""A sound diagram, damaged at random: refused with reasons, or run without ever standing still in silence."""

from __future__ import annotations

from copy import deepcopy
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.definition import Severity
from engine.spiff import Declared, DefinitionRefused, compile_process, lint_process
from tests.unit.spiff.driving import Case
from tests.unit.spiff.generating import structured

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TAGS = ["task", "subProcess", "userTask", "exclusiveGateway", "parallelGateway", "startEvent", "endEvent", "script"]


def remove(random: Random, root: etree._Element, element: etree._Element) -> None:
    element.getparent().remove(element)


def double(random: Random, root: etree._Element, element: etree._Element) -> None:
    element.getparent().append(deepcopy(element))


def rename(random: Random, root: etree._Element, element: etree._Element) -> None:
    element.tag = BPMN + random.choice(TAGS)


def rewrite(random: Random, root: etree._Element, element: etree._Element) -> None:
    if element.attrib:
        values = [other.get("id") or "" for other in root.iter(f"{BPMN}*")]
        element.set(random.choice(list(element.attrib)), random.choice([*values, "true", "= x >"]))


def move(random: Random, root: etree._Element, element: etree._Element) -> None:
    other = random.choice(list(root.iter(f"{BPMN}*")))
    if other not in element.iter():
        other.append(element)


DAMAGES = [remove, double, rename, rewrite, rewrite, move]


def damaged(seed: int) -> bytes:
    random = Random(seed)
    root = etree.fromstring(structured(seed).source())
    for _ in range(random.randint(1, 2)):
        elements = list(root.iter(f"{BPMN}*"))[1:]
        if elements:
            random.choice(DAMAGES)(random, root, random.choice(elements))
    return etree.tostring(root)


@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_damaged_diagram_is_refused_or_never_stands_still_in_silence(seed: int) -> None:
    source = damaged(seed)
    if any(finding.severity is Severity.ERROR for finding in lint_process(source)):
        with pytest.raises(DefinitionRefused):
            compile_process(source, declared=Declared(facts={}))
        return
    driven = Case(source, reloads=True)
    random = Random(seed)
    driven.start(v=random.randint(0, 4))
    for _ in range(10):
        assert driven.is_complete or driven.tree.tasks or driven.tree.faults
        if driven.tree.tasks:
            driven.complete_task(random.choice(sorted(driven.tree.tasks)), v=random.randint(0, 4))
