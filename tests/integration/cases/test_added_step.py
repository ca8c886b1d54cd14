"""A designer inserts a step and publishes: lists, board, history and waits follow, and no code was changed."""

from __future__ import annotations

from engine.definitions import DefinitionKind
from tests.integration.cases.house import ACCEPTOR, DIAGRAMS, LEAD, LEADER, REPORTER, House, person
from tests.integration.cases.test_case_lists import Wanted as CasesWanted
from tests.integration.cases.test_task_lists import cases, listed

COUNSEL = person(40, "counsel")
STEP = """
    <bpmn:userTask id="advise" name="法制审核">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="counsel" />
        <zeebe:properties><zeebe:property name="stage" value="法制审核" /></zeebe:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>is_filed</bpmn:incoming>
      <bpmn:outgoing>is_advised</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="is_advised" sourceRef="advise" targetRef="rate" />
"""


def with_step() -> bytes:
    """The shipped diagram of filing with a legal review between filing and dispatch."""
    text = DIAGRAMS["filing"].decode()
    rerouted = text.replace('sourceRef="filed" targetRef="rate"', 'sourceRef="filed" targetRef="advise"')
    rerouted = rerouted.replace("<bpmn:incoming>is_filed</bpmn:incoming>", "<bpmn:incoming>is_advised</bpmn:incoming>")
    assert rerouted != text
    return rerouted.replace("  </bpmn:process>", f"{STEP}  </bpmn:process>").encode()


async def test_a_new_step_shows_up_everywhere_once_it_is_published(house: House) -> None:
    before = await house.report()
    await house.publish(DefinitionKind.PROCESS, "filing", with_step())
    after = await house.report()

    await house.file(before)
    await house.file(after)

    assert (await house.cases.detail(REPORTER, before)).stage == "dispatch"
    assert (await house.cases.detail(REPORTER, after)).stage == "法制审核"
    board = {(cell.stage, cell.count) for cell in await house.cases.board(LEADER)}
    assert board == {("dispatch", 1), ("法制审核", 1)}
    page = await house.cases.list(LEADER, CasesWanted(stage="法制审核"), None, 10)
    assert [item.id for item in page.items] == [after]
    assert [(task.case, task.name, task.stage) for task in await listed(house, COUNSEL)] == [
        (after, "法制审核", "法制审核")
    ]
    [wait] = await house.cases.waits(REPORTER, after)
    assert (wait.name, wait.element) == ("法制审核", "advise")
    [called] = await house.database.fetch(
        "select id from instance where tree = $1 and definition_key = 'filing'", after
    )
    assert (await house.cases.instance(REPORTER, after, called["id"])).definition_number == 2

    await house.perform(after, COUNSEL)

    assert (await house.cases.detail(COUNSEL, after)).stage == "dispatch"
    history = await house.cases.history(COUNSEL, after, None, 200)
    assert [entry.actor for entry in history.items if entry.type == "TaskCompleted"] == [
        ACCEPTOR.id,
        LEAD.id,
        COUNSEL.id,
    ]
    assert await cases(house, COUNSEL) == []
