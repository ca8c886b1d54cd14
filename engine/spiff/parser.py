"""Parses a lowered document with SpiffWorkflow's parser into our own spec classes.

Nodes are created first and connected afterwards, so a long chain costs no recursion; flows keep the order of the file
and their own identity, so two flows between the same nodes stay two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.spiff import specs
from engine.spiff.xml import BPMN, local_name

_PREFIX = f"{{{BPMN}}}"


class _NodeParser(TaskParser):
    """Creates the spec of one node."""

    @property
    def bpmn_attributes(self) -> dict[str, Any]:
        """Nothing but the id matters to the library; the rest is compiled by us."""
        return {}

    def parse_node(self) -> specs.Node:
        """The spec of the node alone; its flows are connected by the process parser."""
        self.task = self.create_task()
        return self.task


class _StartParser(_NodeParser):
    def create_task(self) -> specs.Node:
        """A spec that the library's own start leads to."""
        task = super().create_task()
        self.spec.start.connect(task)
        return task


class _SubProcessParser(_NodeParser):
    def create_task(self) -> specs.Node:
        """A spec that knows the name of the spec of its inside; that needs none of the library's own ends."""
        parser = self.process_parser.parser
        parser.create_parser(self.node, filename=self.filename, lane=self.lane)
        parser.process_parsers[self.bpmn_id].parent = self.process_parser
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=self.bpmn_id)


class _ProcessParser(ProcessParser):
    """Parses one process or the inside of one sub-process."""

    def add_tasks(self) -> None:
        """Create every node, then connect every flow."""
        for node in self.node:
            if local_name(node) != "sequenceFlow":
                self.parse_node(node)
        for flow in self.node.iterfind(f"{_PREFIX}sequenceFlow"):
            source = self.spec.task_specs[flow.get("sourceRef")]
            source.connect(self.spec.task_specs[flow.get("targetRef")])


class Parser(BpmnParser):
    """SpiffWorkflow's parser with our spec classes bound to the tags."""

    PROCESS_PARSER_CLASS = _ProcessParser
    PARSER_CLASSES: Mapping[str, tuple[type, type]] = {}
    OVERRIDE_PARSER_CLASSES = {
        f"{_PREFIX}startEvent": (_StartParser, specs.StartEvent),
        f"{_PREFIX}endEvent": (_NodeParser, specs.EndEvent),
        f"{_PREFIX}task": (_NodeParser, specs.PassedTask),
        f"{_PREFIX}manualTask": (_NodeParser, specs.PassedTask),
        f"{_PREFIX}userTask": (_NodeParser, specs.UserTask),
        f"{_PREFIX}scriptTask": (_NodeParser, specs.ScriptTask),
        f"{_PREFIX}businessRuleTask": (_NodeParser, specs.BusinessRuleTask),
        f"{_PREFIX}serviceTask": (_NodeParser, specs.OutsideTask),
        f"{_PREFIX}receiveTask": (_NodeParser, specs.ReceiveTask),
        f"{_PREFIX}sendTask": (_NodeParser, specs.SendTask),
        f"{_PREFIX}callActivity": (_NodeParser, specs.CallActivity),
        f"{_PREFIX}subProcess": (_SubProcessParser, specs.SubProcess),
        f"{_PREFIX}multiInstance": (_SubProcessParser, specs.MultiInstance),
        f"{_PREFIX}standardLoop": (_SubProcessParser, specs.StandardLoop),
        f"{_PREFIX}performanceEnd": (_NodeParser, specs.PerformanceEnd),
        f"{_PREFIX}eventStart": (_NodeParser, specs.EventStart),
        f"{_PREFIX}awaited": (_NodeParser, specs.Awaited),
        f"{_PREFIX}furtherThrow": (_NodeParser, specs.FurtherThrow),
        f"{_PREFIX}furtherEnd": (_NodeParser, specs.FurtherEnd),
        f"{_PREFIX}handler": (_SubProcessParser, specs.Handler),
        f"{_PREFIX}handlerStart": (_StartParser, specs.HandlerStart),
        f"{_PREFIX}undoAll": (_NodeParser, specs.UndoAll),
        f"{_PREFIX}offer": (_StartParser, specs.Offer),
        f"{_PREFIX}offeredStart": (_NodeParser, specs.OfferedStart),
        f"{_PREFIX}undoingThrow": (_NodeParser, specs.UndoingThrow),
        f"{_PREFIX}undoingEnd": (_NodeParser, specs.UndoingEnd),
        f"{_PREFIX}cancelEnd": (_NodeParser, specs.CancelEnd),
        f"{_PREFIX}intermediateCatchEvent": (_NodeParser, specs.CatchEvent),
        f"{_PREFIX}intermediateThrowEvent": (_NodeParser, specs.ThrowEvent),
        f"{_PREFIX}boundaryEvent": (_NodeParser, specs.BoundaryEvent),
        f"{_PREFIX}exclusiveGateway": (_NodeParser, specs.ExclusiveGateway),
        f"{_PREFIX}parallelGateway": (_NodeParser, specs.ParallelGateway),
        f"{_PREFIX}inclusiveGateway": (_NodeParser, specs.InclusiveGateway),
        f"{_PREFIX}eventBasedGateway": (_NodeParser, specs.EventGateway),
    }


def parse(root: etree._Element, process: str) -> tuple[BpmnProcessSpec, Mapping[str, BpmnProcessSpec]]:
    """The spec of a process of a lowered document, and the specs of its sub-processes by name."""
    parser = Parser()
    parser.add_bpmn_xml(root)
    return parser.get_spec(process), parser.get_subprocess_specs(process)
