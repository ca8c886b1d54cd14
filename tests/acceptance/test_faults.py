"""A case that cannot move is seen to stand still, by whom it concerns, and may be set going again."""

from __future__ import annotations

import pytest

from tests.acceptance.city import FILING, City

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: Accepting sets a fact to a value that it cannot have.
FAULTY = FILING.replace(
    b'<zeebe:output source="=decision" target="case.acceptance_decision" />',
    b'<zeebe:output source="=&quot;nonsense&quot;" target="case.acceptance_decision" />',
)


async def test_a_fault_is_shown_and_retried_by_those_who_may(city: City) -> None:
    await city.publish("filing", FAULTY)
    reported = await city.report()
    case, acceptor, lead = reported["case"], await city.person("acceptor"), await city.person("shift-lead")
    done = await acceptor.perform(reported["opened"][0]["id"], {"decision": "accept"})
    assert (done.status, done.body["opened"]) == (200, [])

    (wait,) = (await lead.get(f"/cases/{case}/waits")).body["items"]
    assert (wait["kind"], wait["element"], wait["task"]) == ("fault", "accept", None)
    _frame, diagram = (await lead.get(f"/cases/{case}/diagram")).body["items"]
    assert diagram["faulted"] == {"accept": 1}
    instance = (await lead.get(f"/instances/{diagram['instance']}")).body
    assert [(fault["fault"], fault["state"]) for fault in instance["faults"]] == [(wait["fault"], "open")]

    (listed,) = (await lead.get("/faults", case=case)).body["items"]
    assert (listed["element"], listed["instance"]) == ("accept", diagram["instance"])
    assert (await lead.get("/faults", case=case + 1)).body["items"] == []
    retry = f"/instances/{diagram['instance']}/retry"
    assert [action["path"] for action in wait["actions"]] == [retry]
    assert (await acceptor.get(f"/cases/{case}/waits")).body["items"][0]["actions"] == []
    assert (await acceptor.post(retry, {"fault": wait["fault"]})).status == 403
    retried = await lead.post(retry, {"fault": wait["fault"]})
    assert (retried.status, retried.body["cleared"]) == (200, False)
    (still,) = (await lead.get(f"/cases/{case}/waits")).body["items"]
    assert still["kind"] == "fault"
