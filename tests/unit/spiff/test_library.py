"""What we build on in SpiffWorkflow stands unchanged: our classes override these methods or rely on their calls."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import SubprocessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.workflow import Workflow

RELIED_ON: dict[Callable[..., Any], str] = {
    Task._ready: "4c051bb2c2a3d259",
    Task.run: "976c46e260fe7f72",
    Task.complete: "3ad34f7ae962ad90",
    Task.cancel: "16a6cc6f7ea48468",
    Task._drop_children: "eca5081a4b520d8d",
    Task._set_state: "86c4c1d22dc9b70f",
    Task.__init__: "5d98d6df6c602dfb",
    TaskSpec.__init__: "df987d5843e7f374",
    TaskSpec.connect: "80f6471ca8837630",
    TaskSpec._update: "6b138d31ca684e6b",
    TaskSpec._on_complete: "95d4b21bfa422d45",
    BpmnTaskSpec.__init__: "1345082eb723ed77",
    BpmnSpecMixin.__init__: "ab73ceb47a8015a7",
    SubWorkflowTask.__init__: "a2940f0ecf23c1e7",
    Workflow.__init__: "a179a75739481275",
    Workflow._remove_task: "3be421d7182884f3",
    Workflow._task_completed_notify: "a87c9bea38b2f71e",
    BpmnWorkflow.__init__: "3a81d03cfd844e1a",
    BpmnSubWorkflow.__init__: "db2b701bf21b28a0",
    BpmnParser.add_bpmn_xml: "3522d3212bb92b03",
    BpmnParser._get_parser_class: "780bbf87cb24f749",
    BpmnParser.create_parser: "447f0096c14a9014",
    BpmnParser.get_subprocess_specs: "3272fd447e073573",
    ProcessParser._parse: "c272afbfbc9ff7fa",
    ProcessParser.parse_node: "d7abbc1abdfdbf86",
    TaskParser.create_task: "cb437e26d29efcc1",
    SubprocessParser.get_subprocess_spec: "6fd37bee4d8fab8f",
}


@pytest.mark.parametrize("function", RELIED_ON, ids=lambda function: function.__qualname__)
def test_a_method_we_rely_on_is_the_one_we_read(function: Callable[..., Any]) -> None:
    assert hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16] == RELIED_ON[function]


def test_the_library_is_the_version_we_read() -> None:
    assert version("SpiffWorkflow") == "3.2.0"
