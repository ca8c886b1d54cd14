"""Publishing a form concerns the tasks opened afterwards; open ones keep what they were opened with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.actors import SYSTEM
from engine.clock import DatabaseClock
from engine.commands import ClaimTask, CompleteTask, RetryFault
from engine.definitions import DefinitionKind, RetireDefinition
from engine.errors import Invalid
from engine.events import ENGINE_EVENTS
from engine.invariants import InvariantChecker
from engine.log import EventCatalogue
from engine.projections import ENGINE_PROJECTIONS
from engine.storage.database import Database
from engine.storage.engine_tables import AUDITED_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from engine.storage.tree_store import TreeStore
from forms import standard_forms
from processes.cases import AUDITED_CASE_TABLES, CASE_EVENTS, CaseProjection
from processes.timekeeping import DEADLINE_EVENTS
from tests.integration.cases.house import ACCEPTOR, REPORTER, House
from tests.integration.cases.test_task_lists import listed

FORM = "acceptance"


def with_ground() -> bytes:
    """The standard form, asking for a ground as well."""
    form: dict[str, Any] = json.loads(standard_forms()[FORM])
    form["schema"]["properties"]["ground"] = {"type": "string", "minLength": 1}
    form["schema"]["required"].append("ground")
    form["layout"].append([{"field": "ground", "label": {"zh": "依据", "en": "Ground"}, "widget": "text"}])
    return json.dumps(form).encode()


async def completed(house: House, case: int, data: Mapping[str, Any]) -> None:
    """The case's open task is claimed and completed by the acceptor."""
    task = await house.open_task(case)
    await house.bus.handle(ClaimTask(actor=ACCEPTOR, tree=case, task=task))
    await house.bus.handle(CompleteTask(actor=ACCEPTOR, tree=case, task=task, data=data))


async def bound(house: House, case: int) -> tuple[int, bool]:
    """Number of the version of the open task's form, and whether the form shown asks for a ground."""
    detail = await house.tasks.detail(ACCEPTOR, case, await house.open_task(case))
    assert detail.form is not None
    assert detail.form_key == detail.form["key"] == FORM
    return detail.form_version, "ground" in detail.form["schema"]["properties"]


async def refused_without(house: House, case: int, data: Mapping[str, Any]) -> str | None:
    """The pointer at which the data are refused."""
    with pytest.raises(Invalid) as refused:
        await completed(house, case, data)
    return refused.value.pointer


async def test_an_open_task_is_shown_and_judged_by_its_version_and_the_next_by_the_new_one(house: House) -> None:
    before = await house.report()
    await house.publish(DefinitionKind.FORM, FORM, with_ground())
    after = await house.report()

    assert (await bound(house, before), await bound(house, after)) == ((1, False), (2, True))
    assert [(task.case, task.form_key, task.form_version) for task in await listed(house, ACCEPTOR)] == [
        (before, FORM, 1),
        (after, FORM, 2),
    ]
    assert await refused_without(house, before, {"decision": "accept", "ground": "12345"}) == "/data/ground"
    assert await refused_without(house, after, {"decision": "accept"}) == "/data/ground"
    await completed(house, before, {"decision": "accept"})
    await completed(house, after, {"decision": "accept", "ground": "12345"})


async def test_another_process_and_a_retired_version_change_nothing_for_an_open_task(
    house: House, database: Database
) -> None:
    case = await house.report()
    await house.publish(DefinitionKind.FORM, FORM, with_ground())
    await house.bus.handle(RetireDefinition(actor=SYSTEM, kind=DefinitionKind.FORM, key_name=FORM, number=1))
    other = House(database)
    await other.snapshot.load()
    assert await bound(other, case) == (1, False)
    await completed(other, case, {"decision": "accept"})


async def test_when_the_last_version_is_retired_the_one_before_binds_again(house: House) -> None:
    await house.publish(DefinitionKind.FORM, FORM, with_ground())
    await house.bus.handle(RetireDefinition(actor=SYSTEM, kind=DefinitionKind.FORM, key_name=FORM, number=2))
    assert await bound(house, await house.report()) == (1, False)


async def test_a_case_whose_form_is_not_published_stands_at_a_fault_and_goes_on_after_it_is(house: House) -> None:
    await house.bus.handle(RetireDefinition(actor=SYSTEM, kind=DefinitionKind.FORM, key_name=FORM, number=1))
    case = await house.report()
    [wait] = await house.cases.waits(REPORTER, case)
    assert (wait.kind, wait.code, wait.element) == ("fault", "form_not_published", "accept")
    await house.publish(DefinitionKind.FORM, FORM, with_ground())
    assert wait.fault is not None
    await house.bus.handle(RetryFault(actor=REPORTER, tree=case, fault=wait.fault))
    assert await bound(house, case) == (2, True)


async def test_rows_of_tasks_with_versions_equal_their_recomputation(house: House, database: Database) -> None:
    await house.report()
    await house.publish(DefinitionKind.FORM, FORM, with_ground())
    await completed(house, await house.report(), {"decision": "accept", "ground": "12345"})
    checker = InvariantChecker(
        database=database,
        store=TreeStore(database, (), DatabaseClock()),
        log=EventLog(database, EventCatalogue((*ENGINE_EVENTS, *CASE_EVENTS, *DEADLINE_EVENTS))),
        library=house.library,
        projections=(*ENGINE_PROJECTIONS, CaseProjection()),
        tables=(*AUDITED_TABLES, *AUDITED_CASE_TABLES),
        laws=ENGINE_LAWS,
    )
    verdict = await checker.check()
    assert verdict.violations == []
    assert verdict.checked["task equals its recomputation"] == 2
    async with database.unit_of_work() as uow:
        await uow.execute("update task set form_version = 9 where id = (select min(id) from task)")
    assert {violation.law for violation in (await checker.check()).violations} == {"task equals its recomputation"}
