"""Sound diagrams, and for each structural rule what makes one of them wrong: one change of their text.

``twins.txt`` holds the changes: the rule and its element, the text of the sound diagram, and what stands there instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.unit.spiff.drawing import (
    CANCEL,
    again_while,
    boundary,
    call,
    catch,
    chain,
    compensation,
    document,
    element,
    end,
    error,
    escalation,
    event_based,
    event_sub,
    exclusive,
    flow,
    for_each,
    inclusive,
    link,
    message,
    of_message,
    of_signal,
    outside,
    parallel,
    properties,
    receive,
    repeated,
    script,
    send,
    signal,
    start,
    sub,
    throw,
    timer,
    transaction,
    undone,
    user,
)


def _read(text: str) -> Iterator[tuple[str, str, str | None, str, str]]:
    """(sound diagram, rule, element, text of the diagram, what stands there instead) of each twin."""
    sound = ""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("# "):
            sound = line.removeprefix("# ")
        elif line:
            rule, _, element_ = line.partition(" ")
            yield sound, rule, element_ or None, next(lines)[2:], next(lines)[2:]


def _listing(drawn: str, *flows: tuple[str, str]) -> str:
    """A node that lists its flows as the standard has it."""
    listed = "".join(f"<bpmn:{tag}>{name}</bpmn:{tag}>" for tag, name in flows)
    return drawn.replace("></", f">{listed}</", 1)


FLOWS = document(
    start(),
    user("a"),
    exclusive("choice", default="choice-b", gatewayDirection="Diverging"),
    user("b"),
    user("c"),
    exclusive("merge", gatewayDirection="Converging"),
    inclusive("some", default="some-e"),
    user("d"),
    user("e"),
    inclusive("all"),
    parallel("fork"),
    user("f"),
    user("g"),
    parallel("join"),
    sub("part", start("inside"), user("h"), end("out"), chain("inside", "h", "out")),
    sub("deep", start("in2"), sub("deeper", start("in3"), user("i"), end("out3"), chain("in3", "i", "out3")),
        end("out2"), chain("in2", "deeper", "out2")),
    _listing(element("task", "listed"), ("incoming", "deep-listed"), ("outgoing", "listed-end")),
    end(),
    element("laneSet", "lanes", element("lane", "one", "<bpmn:flowNodeRef>a</bpmn:flowNodeRef>")
            + element("lane", "two", "<bpmn:flowNodeRef>b</bpmn:flowNodeRef><bpmn:flowNodeRef>c</bpmn:flowNodeRef>")),
    element("dataObject", "thing"),
    element("dataObjectReference", "seen", dataObjectRef="thing"),
    chain("start", "a", "choice"),
    flow("choice", "b"),
    flow("choice", "c", "= x"),
    chain("b", "merge"),
    chain("c", "merge", "some"),
    flow("some", "d", "= y"),
    flow("some", "e"),
    chain("d", "all"),
    chain("e", "all", "fork"),
    chain("fork", "f", "join"),
    chain("fork", "g", "join", "part", "deep", "listed", "end"),
    around=element("collaboration", "pools", element("participant", "pool", processRef="demo")),
)  # fmt: skip
EVENTS = document(
    message("m", "paid", "= order"),
    signal("s", "alarm"),
    start(),
    sub("part", start("in"), user("u"), throw("tell", escalation("late")), end("fail", error("lost")),
        chain("in", "u", "tell", "fail")),
    boundary("on_lost", "part", error("lost")),
    boundary("on_any", "part", error()),
    boundary("on_late", "part", escalation("late"), interrupts=False),
    boundary("on_loud", "part", escalation("loud")),
    boundary("on_time", "part", timer("timeDuration", "PT1H")),
    boundary("on_turn", "part", timer("timeCycle", "R3/PT2H"), interrupts=False),
    boundary("on_paid", "part", of_message("m")),
    outside("o", "send"),
    boundary("on_refused", "o", error("broken")),
    event_based("first"),
    catch("w1", timer("timeDuration", "PT3H")),
    catch("w2", of_signal("s")),
    receive("w3", "m"),
    exclusive("merge"),
    throw("away", link("over")),
    catch("here", link("over")),
    send("told", "m"),
    end(),
    chain("start", "part", "o", "first", "w1", "merge"),
    chain("first", "w2", "merge"),
    chain("first", "w3", "merge", "away"),
    chain("here", "told", "end"),
    *(chain(border, "merge") for border in ("on_lost", "on_any", "on_late", "on_loud", "on_time", "on_turn")),
    *(chain(border, "merge") for border in ("on_paid", "on_refused")),
    event_sub("es", of_message("m"), user("t"), end("done"), chain("on_es", "t", "done"), interrupts=False),
    event_sub("es2", error("lost"), user("t2"), end("done2"), chain("on_es2", "t2", "done2")),
    event_sub("es3", escalation("late"), user("t3"), end("done3"), chain("on_es3", "t3", "done3")),
    event_sub("es4", timer("timeCycle", "R5/PT4H"), user("t4"), end("done4"), chain("on_es4", "t4", "done4"),
              interrupts=False),
)  # fmt: skip
LOOPS = document(
    message("m", "paid", "= order"),
    signal("s", "alarm"),
    start(),
    repeated(user("each", properties(mostItems="300")),
             for_each("= people", "person", output="votes", yields="= vote", isSequential="true")),
    repeated(sub("part", start("in"), user("u"), end("out"), chain("in", "u", "out")), for_each(cardinality="3")),
    repeated(user("again"), again_while("loopCounter < 7", loopMaximum="5", testBefore="true")),
    repeated(user("twice"), again_while(loopMaximum="2")),
    repeated(user("until"), again_while("more")),
    call("called", "other"),
    call("called2", "another", bindingType="versionTag", versionTag="spring", propagateAllChildVariables="false"),
    event_based("g1"),
    catch("w1", timer("timeDuration", "PT1H")),
    catch("w2", of_signal("s")),
    event_based("g2"),
    catch("a1", of_message("m")),
    catch("a2", of_signal("s")),
    exclusive("merge"),
    exclusive("in1"),
    script("s1", "= 1", "n"),
    user("rest"),
    exclusive("back", default="back-end"),
    end(),
    chain("start", "each", "part", "again", "twice", "until", "called", "called2", "g1", "w1", "merge"),
    chain("g1", "w2", "merge"),
    receive("r1", "m"),
    chain("g1", "r1", "g2"),
    chain("g2", "a1", "merge"),
    chain("g2", "a2", "merge", "in1", "s1", "rest", "back", "end"),
    flow("back", "in1", "= more"),
)  # fmt: skip
UNDOING = document(
    start(),
    user("a"),
    undone("a"),
    user("b"),
    undone("b"),
    sub("part", start("s1"), user("c"), undone("c"), throw("c_back", compensation("c")), end("e1"),
        chain("s1", "c", "c_back", "e1")),
    throw("part_back", compensation("part")),
    sub("own", start("s2"), user("d"), undone("d"), end("e2"), chain("s2", "d", "e2"),
        event_sub("es", compensation(), user("tell"), end("all_back", compensation()),
                  chain("on_es", "tell", "all_back"))),
    transaction("deal", start("s3"), user("f"), undone("f"), exclusive("ok", default="ok-e3"), end("e3"),
                end("no", CANCEL), chain("s3", "f", "ok", "e3"), flow("ok", "no", "= x")),
    boundary("cancelled", "deal", CANCEL),
    repeated(sub("each", start("s4"), transaction("deal2", start("s5"), user("g"), end("no2", CANCEL),
                                                    chain("s5", "g", "no2")),
        boundary("cancelled2", "deal2", CANCEL), end("e4"), chain("s4", "deal2", "e4"), chain("cancelled2", "e4")),
        for_each(cardinality="2")),
    sub("plain", start("s6"), user("h"), throw("passed"), end("e6"), chain("s6", "h", "passed", "e6")),
    user("i"),
    end("end"),
    chain("start", "a", "b", "part", "part_back", "own", "deal", "each", "plain", "i", "end"),
    flow("cancelled", "end"),
)  # fmt: skip
SOUND = {"flows": FLOWS, "events": EVENTS, "loops": LOOPS, "undoing": UNDOING}

TWINS = list(_read(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")))
