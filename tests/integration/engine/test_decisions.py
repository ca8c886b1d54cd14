"""Decisions through the bus: bound by version in every process, recorded with their proof, failing in sight."""

from __future__ import annotations

from typing import Any

import pytest

from engine.actors import SYSTEM
from engine.commands import RetryFault
from engine.definitions import DefinitionKind, RetireDefinition
from engine.events import DecisionEvaluated, ExpressionWarned, FaultRaised, RuleMatched, TableMatched
from engine.invariants import InvariantChecker, Verdict
from engine.projections import ENGINE_PROJECTIONS
from engine.storage.engine_tables import AUDITED_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from tests.integration.engine.conftest import WRITER, House
from tests.unit.spiff.drawing import chain, document, end, exclusive, flow, rule_task, start, user
from tests.unit.spiff.test_decisions import LOW, STRICT, rating

FORM = '<zeebe:formDefinition formId="text"/>'


def asking(**binding: str) -> bytes:
    """A diagram that asks the decision after its first task."""
    return document(
        start(),
        user("write", FORM, groups="writer"),
        rule_task("rate", "rating", "rated", **binding),
        user("read", FORM, groups="writer"),
        end(),
        chain("start", "write", "rate", "read", "end"),
        key="review",
    )


async def publish_decisions(house: House, source: bytes) -> None:
    await house.publish(source, kind=DefinitionKind.DECISION, key="rates")


async def events(house: House, tree: int, kind: type[Any]) -> list[Any]:
    log = EventLog(house.database, house.catalogue)
    return [recorded.event for recorded in await log.events(tree) if isinstance(recorded.event, kind)]


async def open_elements(house: House, tree: int) -> list[str]:
    rows = await house.database.fetch("select element from task where tree = $1 and state = 'open'", tree)
    return [row["element"] for row in rows]


async def test_a_decision_is_asked_and_the_log_says_why_it_answered_so(house: House) -> None:
    await publish_decisions(house, LOW)
    await house.publish(asking())
    await house.perform(WRITER, 1, await house.report(1), body="x", level=7)
    [evaluated] = await events(house, 1, DecisionEvaluated)
    sha = await house.database.fetchval("select sha from definition where kind = 'decision'")
    assert evaluated == DecisionEvaluated(
        instance=1,
        element="rate",
        decision="rating",
        model_sha=sha.hex(),
        inputs={"level": 7},
        outputs="high",
        matched=[TableMatched(decision="rating", rules=[RuleMatched(row=2, id="row2")])],
    )
    assert await open_elements(house, 1) == ["read"]


async def test_a_new_version_decides_for_running_cases_in_every_process(house: House) -> None:
    await publish_decisions(house, LOW)
    await house.publish(asking())
    first, second = await house.report(1), await house.report(2)
    await house.perform(WRITER, 1, first, body="x", level=3)
    await publish_decisions(House(house.database), STRICT)
    await house.perform(WRITER, 2, second, body="x", level=3)
    assert [(await events(house, tree, DecisionEvaluated))[0].outputs for tree in (1, 2)] == ["low", "high"]


async def test_a_case_keeps_the_version_it_began_with_also_where_nobody_has_loaded_that_one(house: House) -> None:
    await publish_decisions(house, LOW)
    await house.publish(asking(bindingType="deployment"))
    task = await house.report(1)
    await publish_decisions(house, STRICT)
    fresh = House(house.database)
    await fresh.perform(WRITER, 1, task, body="x", level=3)
    [evaluated] = await events(house, 1, DecisionEvaluated)
    assert evaluated.outputs == "low"
    assert (await events(fresh, 1, FaultRaised)) == []


async def test_a_tagged_version_decides_until_it_is_retired(house: House) -> None:
    tagged = rating(("&lt; 5", '"low"'), ("&gt;= 5", '"high"'), tag="2026")
    await publish_decisions(house, tagged)
    await publish_decisions(house, STRICT)
    await house.publish(asking(bindingType="versionTag", versionTag="2026"))
    await house.perform(WRITER, 1, await house.report(1), body="x", level=3)
    assert (await events(house, 1, DecisionEvaluated))[0].outputs == "low"
    retire = RetireDefinition(actor=SYSTEM, kind=DefinitionKind.DECISION, key_name="rates", number=1)
    await house.bus.handle(retire)
    await house.perform(WRITER, 2, await house.report(2), body="x", level=3)
    assert [fault.code for fault in await events(house, 2, FaultRaised)] == ["decision_not_published"]


async def test_a_missing_decision_is_a_fault_that_a_retry_clears_once_it_is_published(house: House) -> None:
    await house.publish(asking())
    await house.perform(WRITER, 1, await house.report(1), body="x", level=3)
    [fault] = await events(house, 1, FaultRaised)
    assert (fault.element, fault.code) == ("rate", "decision_not_published")
    await publish_decisions(house, LOW)
    await house.bus.handle(RetryFault(actor=WRITER, tree=1, fault=fault.fault))
    assert await open_elements(house, 1) == ["read"]


async def test_what_failed_and_what_was_odd_stands_in_the_log(house: House) -> None:
    await publish_decisions(house, rating(("&gt; 1", '"a"'), ("&gt; 2", '"b"')))
    await house.publish(asking())
    await house.perform(WRITER, 1, await house.report(1), body="x", level=3)
    await house.perform(WRITER, 2, await house.report(2), body="x", level=0)
    assert [fault.code for fault in await events(house, 1, FaultRaised)] == ["decision_failed"]
    assert [match.rules for match in (await events(house, 1, DecisionEvaluated))[0].matched] == [
        [RuleMatched(row=1, id="row1"), RuleMatched(row=2, id="row2")]
    ]
    assert [warned.warnings[0]["code"] for warned in await events(house, 1, ExpressionWarned)] == ["table.several"]
    # No row matches: the decision has answered null, and the case goes on.
    assert await events(house, 2, FaultRaised) == []
    assert [warned.warnings[0]["code"] for warned in await events(house, 2, ExpressionWarned)] == ["table.none"]


def choosing(**gateway: str) -> bytes:
    flows = (flow("which", "a", "= missing.level > 3"), flow("which", "b", "= false"))
    ways = flows if not gateway else (flows[0], flow("which", "b"))
    return document(
        start(),
        user("write", FORM, groups="writer"),
        exclusive("which", **gateway),
        user("a", groups="writer"),
        user("b", groups="writer"),
        chain("start", "write", "which"),
        *ways,
        key="review",
    )


async def test_a_condition_that_is_null_is_a_fault_where_no_default_leads_on(house: House) -> None:
    await house.publish(choosing())
    await house.perform(WRITER, 1, await house.report(1), body="x")
    [fault] = await events(house, 1, FaultRaised)
    assert (fault.element, fault.code) == ("which", "condition_not_boolean")
    assert await open_elements(house, 1) == []


async def test_a_condition_that_is_null_takes_the_default_and_the_history_says_so(house: House) -> None:
    await house.publish(choosing(default="which-b"))
    await house.perform(WRITER, 1, await house.report(1), body="x")
    assert await open_elements(house, 1) == ["b"]
    warned = await events(house, 1, ExpressionWarned)
    codes = [warning["code"] for event in warned for warning in event.warnings]
    assert "condition_not_boolean" in codes
    assert all(warning["message_zh"] and warning["message_en"] for event in warned for warning in event.warnings)


@pytest.fixture
def checker(house: House) -> InvariantChecker:
    return InvariantChecker(
        database=house.database,
        store=house.store,
        log=EventLog(house.database, house.catalogue),
        library=house.library,
        projections=ENGINE_PROJECTIONS,
        tables=AUDITED_TABLES,
        laws=ENGINE_LAWS,
    )


async def test_the_laws_hold_for_cases_that_keep_their_decisions(house: House, checker: InvariantChecker) -> None:
    await publish_decisions(house, LOW)
    await house.publish(asking(bindingType="deployment"))
    await house.perform(WRITER, 1, await house.report(1), body="x", level=3)
    await house.report(2)
    verdict: Verdict = await checker.check()
    assert verdict.violations == []
