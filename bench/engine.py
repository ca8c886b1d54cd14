"""What one step of a case costs: load, complete a task, run to rest, dump — ours and SpiffWorkflow's plain way.

Figures are CPU microseconds per completed task (median over cases) and bytes of stored state after the last rework.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.report import Bar, Report
from engine.feel import Evaluation, Value
from engine.spiff import LiveTree, Step, compile_process

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
BPMN = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
STAGES = {
    "accept": "acceptance",
    "filing": "filing",
    "dispatch": "dispatch",
    "verify": "verification",
    "close": "closure",
}


def diagram(level: str, rework: str, *, is_ours: bool) -> bytes:
    """A case of eight user tasks: intake to closure, disposal in a sub-process, rework after a failed verification."""

    def user(name: str) -> str:
        stage = f'<zeebe:properties><zeebe:property name="stage" value="{STAGES.get(name)}"/></zeebe:properties>'
        ours = (
            f'<bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="{name}"/>'
            f'<zeebe:formDefinition formId="{name}"/>{stage if name in STAGES else ""}</bpmn:extensionElements>'
        )
        return f'<bpmn:userTask id="{name}" name="{name}">{ours if is_ours else ""}</bpmn:userTask>'

    def flow(source: str, target: str, condition: str = "") -> str:
        inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        return (
            f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}'
            "</bpmn:sequenceFlow>"
        )

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions {BPMN} {ZEEBE} targetNamespace="urn:bench"><bpmn:process id="case" isExecutable="true">
<bpmn:startEvent id="start"/>{user("intake")}{user("accept")}
<bpmn:exclusiveGateway id="serious" default="serious_rejected"/>{user("filing")}
<bpmn:exclusiveGateway id="again"/>{user("dispatch")}
<bpmn:subProcess id="disposal"><bpmn:startEvent id="d_start"/>{user("sign")}{user("dispose")}<bpmn:endEvent id="d_end"/>
{flow("d_start", "sign")}{flow("sign", "dispose")}{flow("dispose", "d_end")}</bpmn:subProcess>
{user("verify")}<bpmn:exclusiveGateway id="passed" default="passed_close"/>{user("close")}
<bpmn:endEvent id="end"/><bpmn:endEvent id="rejected"/>
{flow("start", "intake")}{flow("intake", "accept")}{flow("accept", "serious")}{flow("serious", "filing", level)}
{flow("serious", "rejected")}{flow("filing", "again")}{flow("again", "dispatch")}{flow("dispatch", "disposal")}
{flow("disposal", "verify")}{flow("verify", "passed")}{flow("passed", "again", rework)}{flow("passed", "close")}
{flow("close", "end")}
</bpmn:process></bpmn:definitions>""".encode()


#: Cases of the plain way by reworks; it grows too slow for more.
PLAIN_CASES = {0: 8, 5: 8, 50: 1}
#: However often a case was reworked, its steps stay cheap and its state small.
LATE = 2000
LATE_STEP_BAR, STATE_BAR = Bar(at_most=1000), Bar(at_most=4096)

ANSWERS: dict[str, dict[str, Value]] = {
    "intake": {"title": "井盖破损", "description": "某路某号井盖破损，存在安全隐患。" * 6, "level": Decimal(2)},
    "accept": {"accepted": True},
    "filing": {"number": "A-2026-001"},
    "dispatch": {"unit": "U12", "note": "请尽快处理"},
    "sign": {"signed": True},
    "dispose": {"result": "已更换井盖" * 5},
    "verify": {"rework": False, "score": Decimal(5)},
    "close": {"summary": "办结"},
}


class NoFacts:
    """A case without facts."""

    def values(self) -> dict[str, Value]:
        return {}

    def assign(self, name: str, value: Value) -> None:
        raise NotImplementedError


def ours(reworks: int) -> Callable[[], tuple[list[float], int]]:
    """Runs one case of ours: CPU seconds per step, bytes at the last verification."""
    definition = compile_process(diagram("= level &gt; 1", "= rework", is_ours=True))

    def step() -> Step:
        evaluation = Evaluation(now=NOW, zone=ZONE)
        return Step(
            now=NOW,
            evaluation=evaluation,
            facts=NoFacts(),
            form_version=lambda _form, _tag: 1,
            emit=lambda _event: None,
            actor="user:1",
        )

    def run() -> tuple[list[float], int]:
        tree = LiveTree.empty()
        tree.start(definition, {}, step())
        state, costs, size, left = tree.dump(), [], 0, reworks
        tree.free()
        while True:
            begin = time.process_time()
            tree = LiveTree.load(state, lambda _sha: definition)
            task = next(iter(tree.tasks.values()), None)
            if task is None:
                return costs, size
            answer = ANSWERS[task.element]
            if task.element == "verify":
                answer, left, size = {**answer, "rework": left > 0}, left - 1, len(state)
            tree.complete(task.task, answer, step(), "")
            state = tree.dump()
            tree.free()
            costs.append(time.process_time() - begin)

    return run


def plain(reworks: int) -> Callable[[], tuple[list[float], int]]:
    """Runs one case as the library alone would: the whole workflow from and to JSON at every step."""
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(diagram("level &gt; 1", "rework", is_ours=False)))
    spec, subs = parser.get_spec("case"), parser.get_subprocess_specs("case")
    serializer = BpmnWorkflowSerializer()

    def run() -> tuple[list[float], int]:
        workflow = BpmnWorkflow(spec, subs)
        workflow.do_engine_steps()
        state, costs, size, left = serializer.serialize_json(workflow), [], 0, reworks
        while True:
            begin = time.process_time()
            workflow = serializer.deserialize_json(state)
            task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)), None)
            if task is None:
                return costs, size
            answer = {name: _plain(value) for name, value in ANSWERS[task.task_spec.name].items()}
            if task.task_spec.name == "verify":
                answer, left, size = {**answer, "rework": left > 0}, left - 1, len(state)
            task.data.update(answer)
            task.run()
            workflow.do_engine_steps()
            state = serializer.serialize_json(workflow)
            costs.append(time.process_time() - begin)

    return run


def _plain(value: Value) -> object:
    return int(value) if isinstance(value, Decimal) else value


def measured(run: Callable[[], tuple[list[float], int]], cases: int, last: int) -> tuple[float, int]:
    """Median CPU microseconds of the last steps of each case, and bytes."""
    costs: list[float] = []
    size = 0
    for _ in range(cases):
        taken, size = run()
        costs.extend(taken[-last:])
    return statistics.median(costs) * 1e6, size


def main(report: Report) -> None:
    """Median CPU of one step and bytes of the state, beside the library's plain way."""
    gc.freeze()
    for reworks, cases in ((0, 60), (1, 60), (5, 30), (50, 5), (2000, 1)):
        cost, size = measured(ours(reworks), cases, 12)
        report.add(f"a step after {reworks} reworks", cost, "µs", LATE_STEP_BAR if reworks == LATE else None)
        report.add("  state", size, "B", STATE_BAR if reworks == LATE else None)
        if reworks in PLAIN_CASES:
            theirs, bytes_ = measured(plain(reworks), PLAIN_CASES[reworks], 12)
            report.add("  plain SpiffWorkflow", theirs, "µs")
            report.add("  its state", bytes_, "B")
            report.add("  plain / ours", theirs / cost, "×")


if __name__ == "__main__":
    main(Report())
