"""What comes to a case from outside in a story, what a case waits for, and where its deadlines stand."""

from __future__ import annotations

from dataclasses import replace

from guiliu.scenarios import Theatre
from processes.scenarios import Outcome
from tests.scenario.shipped import SCENERY, told
from tests.unit.spiff.drawing import (
    ad_hoc,
    boundary,
    catch,
    chain,
    document,
    end,
    flow,
    mapping,
    message,
    of_signal,
    outside,
    properties,
    receive,
    signal,
    start,
    user,
)

ASKING = document(
    start(),
    outside("ask", "http-json", mapping(outputs={"wind": "= wind"}), target="meteo", retries="2"),
    boundary("unknown", "ask", '<bpmn:errorEventDefinition errorRef="error-lost"/>'),
    receive("paid", "m"),
    catch("calm", of_signal("s")),
    user("a", properties(deadline="act", deadlineLimit="10 minute"), groups="acceptor"),
    end(),
    end("lost"),
    message("m", "paid", "= number"),
    signal("s", "calm"),
    chain("start", "ask", "paid", "calm", "a", "end"),
    flow("unknown", "lost"),
    key="asking",
)


OFFERING = document(
    start(),
    ad_hoc("meet", user("look", groups="acceptor"), user("ask", groups="verifier"), until="= true"),
    end(),
    chain("start", "meet", "end"),
    key="asking",
)


def story(steps: str, asking: bytes = ASKING) -> Outcome:
    theatre = Theatre(replace(SCENERY, processes={**SCENERY.processes, "asking": asking}))
    text = f"given: {{process: asking, variables: {{number: A-1}}}}\nscenarios:\n  - name: it\n    steps:\n{steps}"
    [outcome] = told(text, theatre)
    return outcome


def words_of(outcome: Outcome) -> str:
    assert outcome.failure is not None
    return outcome.failure.message_en


def test_outside_systems_answer_and_messages_and_signals_come() -> None:
    outcome = story("""
      - wait: PT0S
        then: {deliveries: [{element: ask, topic: http-json, target: meteo, state: open}], messages: []}
      - {answer: http-json, result: {wind: 3}}
      - wait: PT0S
        then: {deliveries: [], variables: {wind: 3}, messages: [{element: paid, name: paid, key: A-1, kind: message}]}
      - {message: paid, key: A-2, refused: message_without_receiver}
      - {message: paid, key: A-1, variables: {amount: 12}}
      - wait: PT0S
        then: {messages: [{element: calm, kind: signal}], variables: {amount: 12}}
      - signal: calm
        then: {messages: [], open: [a]}
""")
    assert outcome.failure is None, outcome.failure


def test_an_error_of_an_outside_system_is_caught_by_the_diagram() -> None:
    assert story("      - {answer: ask, error: lost, then: {ended: lost, deliveries: []}}\n").failure is None


def test_tries_in_vain_come_again_after_the_longest_pause_until_somebody_must_look() -> None:
    outcome = story("""
      - {answer: ask, failure: timeout, then: {deliveries: [ask], faults: []}}
      - wait: PT1S
      - answer: ask
        failure: timeout
        then: {deliveries: [{element: ask, state: failed}], faults: [ask]}
""")
    assert outcome.failure is None, outcome.failure
    early = story("      - {answer: ask, failure: timeout}\n      - {answer: ask, result: {}}\n")
    assert "not sent again before 2026-07-01T08:30:01+08:00" in words_of(early)


def test_what_nobody_asks_or_waits_for_is_a_failure() -> None:
    assert "0 requests wait to be sent at nobody" in words_of(story("      - {answer: nobody, result: {}}\n"))
    assert "nobody waits for the signal calm" in words_of(story("      - {signal: calm}\n"))


def test_deadlines_are_told_with_their_lamps() -> None:
    outcome = story("""
      - {answer: ask, result: {}, then: {deadlines: {act: null}}}
      - {message: paid, key: A-1}
      - signal: calm
        then:
          deadlines: {act: {due_at: 2026-07-01T08:40:00+08:00, warn_at: 2026-07-01T08:38:00+08:00, lamp: green}}
      - {wait: PT8M, then: {deadlines: {act: {lamp: yellow, paused: false, met: false}}}}
      - {wait: PT3M, then: {deadlines: {act: {lamp: red}}}}
      - {complete: a, by: acceptor, then: {deadlines: {act: {lamp: red, met: true}}}}
""")
    assert outcome.failure is None, outcome.failure
    ready = "      - {answer: ask, result: {}}\n      - {message: paid, key: A-1}\n"
    wrong = "      - {signal: calm, then: {deadlines: {act: {due_at: 2026-07-01T08:41:00+08:00}}}}\n"
    said = "act.due_at is 2026-07-01T08:40:00+08:00, not 2026-07-01T08:41:00+08:00"
    assert words_of(story(ready + wrong)) == said
    assert "there is no deadline rest" in words_of(story("      - {wait: PT0S, then: {deadlines: {rest: {}}}}\n"))
    began = story(ready + "      - {signal: calm, then: {deadlines: {act: null}}}\n")
    assert "the deadline act began" in words_of(began)


def test_people_begin_what_an_ad_hoc_sub_process_offers_to_them() -> None:
    outcome = story(
        """
      - {start: ask, by: acceptor, refused: not_a_candidate}
      - start: look
        by: acceptor
        then: {open: [look], messages: [{element: ask, kind: activity}, {element: look}]}
      - {complete: look, by: acceptor, then: {messages: [], ended: end}}
""",
        OFFERING,
    )
    assert outcome.failure is None, words_of(outcome)
    assert "nothing waits at gone" in words_of(story("      - {start: gone, by: acceptor}", OFFERING))
