"""Several executable pools in one file: a process for each, with messages between them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.definition import Finding
from engine.spiff import apart, compile_process, lint_process, outline, taken_apart
from engine.spiff.limits import MOST_POOLS
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    element,
    end,
    message,
    of_message,
    receive,
    send,
    start,
    user,
)
from tests.unit.spiff.driving import Case

MESSAGES = (message("order", "crew.order", "= number"), message("done", "crew.done", "= number"))
ASKING = (start(), send("ask", "order"), receive("wait", "done"), end(), chain("start", "ask", "wait", "end"))
WORKING = (start("asked", of_message("order")), user("work"), end("told", of_message("done")),
           chain("asked", "work", "told"))  # fmt: skip


def message_flow(source: str, target: str) -> str:
    return element("messageFlow", f"{source}-to-{target}", sourceRef=source, targetRef=target)


FLOWS = (message_flow("ask", "asked"), message_flow("told", "wait"))


def pools(*flows: str, working: Sequence[str] = WORKING, executable: str = "true") -> bytes:
    """A file with two pools."""
    crew = element("process", "crew", "".join(working), isExecutable=executable)
    participants = (element("participant", f"pool_{key}", processRef=key) for key in ("desk", "crew"))
    collaboration = element("collaboration", "both", "".join((*participants, *flows)))
    return document(*ASKING, *MESSAGES, key="desk", around=crew + collaboration)


def errors(source: bytes) -> list[Finding]:
    return [finding for finding in lint_process(source) if finding.is_error]


def test_each_executable_pool_is_a_process_of_its_own() -> None:
    desk, crew = apart(pools(*FLOWS))
    assert [compile_process(one).view.key for one in (desk, crew)] == ["desk", "crew"]
    assert compile_process(crew).view.starts_by == ("message:crew.order",)
    assert {finding.rule for finding in lint_process(desk)} >= {"process.ignored", "message_flow.ignored"}
    assert compile_process(desk).sha != compile_process(crew).sha


def test_a_process_of_the_one_file_runs_like_any_other() -> None:
    case = Case(apart(pools(*FLOWS))[0], reloads=True)
    case.start(number="7")
    assert case.subscribed == [("wait", "crew.done", "7")]
    assert case.correlate("wait")
    assert case.is_complete


def test_a_file_of_another_tool_is_taken_in_as_its_processes() -> None:
    undrawn = pools(*FLOWS).replace(b'<bpmndi:BPMNDiagram id="picture"/>', b"")
    taken = taken_apart(undrawn.replace(b'id="desk"', b'id="desk" camunda:versionTag="7"'), lint_process)
    assert [outline(each.source).key for each in taken] == ["desk", "crew"]
    assert [finding for each in taken for finding in each.findings if finding.is_error] == []
    assert all(b"BPMNShape" in each.source for each in taken)
    assert [[finding.element for finding in each.mended] for each in taken] == [["desk"], []]


def test_too_many_pools_are_left_together_and_refused() -> None:
    more = "".join(element("process", f"p{number}", isExecutable="true") for number in range(MOST_POOLS))
    source = document(*ASKING, *MESSAGES, around=more)
    assert apart(source) == [source]
    (refused,) = [finding for finding in errors(source) if finding.rule == "process.several"]
    assert str(MOST_POOLS) in refused.fix_en


def test_taken_apart_they_are_not_taken_apart_again() -> None:
    for one in apart(pools(*FLOWS)):
        assert apart(one) == [one]


@pytest.mark.parametrize("source", [b"", b"<a/>", document(start(), user("a"), chain("start", "a"))])
def test_what_has_no_several_pools_stays_as_it_is(source: bytes) -> None:
    assert apart(source) == [source]


def test_the_whole_file_is_refused_where_one_process_is_wanted_and_told_how_to_deploy_it() -> None:
    (refused,) = errors(pools(*FLOWS))
    assert refused.rule == "process.several"
    assert "guiliu deploy" in refused.fix_en


def test_flows_to_whole_pools_and_to_pools_for_readers_say_nothing() -> None:
    assert len(apart(pools(*FLOWS, message_flow("ask", "pool_crew")))) == 2
    drawn = (start("asked"), user("work"), chain("asked", "work"))
    assert not errors(pools(message_flow("ask", "work"), working=drawn, executable="false"))


BORDERED = (*WORKING[:2], boundary("late", "work", of_message("done")), *WORKING[2:])
WRONG = {
    "to another message": (message_flow("ask", "wait"), WORKING),
    "from who waits": (message_flow("asked", "wait"), WORKING),
    "to who throws": (message_flow("ask", "told"), WORKING),
    "from a task of people": (message_flow("work", "wait"), WORKING),
    "to a task of people": (message_flow("ask", "work"), WORKING),
    "to a border that waits for another": (message_flow("ask", "late"), BORDERED),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_message_flow_leads_from_who_throws_a_message_to_who_waits_for_it(name: str) -> None:
    flow, working = WRONG[name]
    sound, wrong = pools(*FLOWS, working=working), pools(*FLOWS, flow, working=working)
    assert [finding.rule for finding in errors(sound)] == ["process.several"]
    (found,) = [finding for finding in errors(wrong) if finding.rule != "process.several"]
    source, _, target = found.element.partition("-to-") if found.element else ("", "", "")
    assert (found.rule, message_flow(source, target)) == ("message_flow.ends", flow)
    assert apart(wrong) == [wrong]


def test_an_event_in_the_flow_may_wait_too() -> None:
    waiting = (*WORKING[:2], catch("again", of_message("order")), end("told", of_message("done")),
               chain("asked", "work", "again", "told"))  # fmt: skip
    assert len(apart(pools(*FLOWS, message_flow("ask", "again"), working=waiting))) == 2
