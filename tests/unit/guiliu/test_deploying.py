"""In which order files are deployed."""

from __future__ import annotations

from engine.definitions import DefinitionKind
from guiliu.deploying import Source, called_first, shipped_sources
from tests.unit.spiff.drawing import call, chain, document, start, user


def diagram(key: str, *called: str) -> Source:
    calls = [call(f"c{number}", process) for number, process in enumerate(called)]
    names = [f"c{number}" for number, _ in enumerate(called)]
    content = document(start(), user("u"), *calls, chain("start", "u", *names), key=key)
    return Source(name=f"{key}.bpmn", kind=DefinitionKind.PROCESS, content=content)


def test_a_diagram_comes_after_those_that_it_calls() -> None:
    sources = [diagram("a", "c", "elsewhere"), diagram("b"), diagram("c", "d"), diagram("d", "b")]
    names = [source.name for source in called_first(sources)]
    assert sorted(names) == ["a.bpmn", "b.bpmn", "c.bpmn", "d.bpmn"]
    assert names.index("b.bpmn") < names.index("d.bpmn") < names.index("c.bpmn") < names.index("a.bpmn")


def test_what_is_no_diagram_keeps_its_place_before_them() -> None:
    form = Source(name="form.json", kind=DefinitionKind.FORM, content=b"{}")
    unreadable = Source(name="x.bpmn", kind=DefinitionKind.PROCESS, content=b"<")
    assert called_first([form, diagram("a"), unreadable])[0] is form


def test_a_ring_of_calls_is_left_as_it_is_for_the_lint_to_refuse() -> None:
    sources = [diagram("a", "b"), diagram("b", "a")]
    assert called_first(sources) == sources


def test_what_is_shipped_is_in_the_order_of_deployment() -> None:
    kinds = [source.kind for source in shipped_sources()]
    assert kinds == sorted(kinds, key=[DefinitionKind.FORM, DefinitionKind.DECISION, DefinitionKind.PROCESS].index)
