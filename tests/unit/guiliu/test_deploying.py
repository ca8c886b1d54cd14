"""In which order files are deployed."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from engine.definitions import DefinitionKind
from engine.spiff import outline
from guiliu.cli import cli
from guiliu.deploying import Source, called_first, shipped_sources, sources_in
from tests.unit.spiff.drawing import call, chain, document, start, user
from tests.unit.spiff.test_pools import FLOWS, pools
from tests.unit.spiff.twins import SOUND


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


def test_a_diagram_without_a_picture_is_deployed_with_one(tmp_path: Path) -> None:
    bare, drawn = tmp_path / "bare.bpmn", tmp_path / "drawn.bpmn"
    bare.write_bytes(SOUND["loops"].replace(b'<bpmndi:BPMNDiagram id="picture"/>', b""))
    (source,) = sources_in([bare])
    assert b"BPMNShape" in source.content
    drawn.write_bytes(source.content)
    (again,) = sources_in([drawn])
    assert again.content == source.content


def test_each_executable_pool_of_a_file_is_deployed_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "pools.bpmn"
    file.write_bytes(pools(*FLOWS))
    deployed = sources_in([file])
    assert sorted(outline(each.content).key for each in deployed) == ["crew", "desk"]


def test_a_picture_is_written_into_the_file_once(tmp_path: Path) -> None:
    file = tmp_path / "bare.bpmn"
    file.write_bytes(SOUND["loops"].replace(b'<bpmndi:BPMNDiagram id="picture"/>', b""))
    runner = CliRunner()
    assert "✓" in runner.invoke(cli, ["layout", str(file)]).output
    written = file.read_bytes()
    assert b"BPMNShape" in written
    assert "✓" not in runner.invoke(cli, ["layout", str(file)]).output
    assert file.read_bytes() == written
