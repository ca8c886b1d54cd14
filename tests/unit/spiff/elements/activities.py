"""Tasks, sub-processes, calls, repetition and gateways as parts."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    ad_hoc,
    again_while,
    all_of,
    call,
    catch,
    chain,
    element,
    end,
    event_based,
    exclusive,
    flow,
    for_each,
    inclusive,
    mapping,
    of_message,
    of_signal,
    outside,
    parallel,
    receive,
    repeated,
    rule_task,
    script,
    send,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.elements.part import Part, answer, begin, complete, correlate, fire

MESSAGE, HOUR, DAY = of_message("paid"), timer("timeDuration", "PT1H"), timer("timeDuration", "P1D")


def task(tag: str, node: str, *acts: object) -> Part:
    return Part(name=tag, shows=[tag], nodes=[node], first="x", last="x", acts=acts)  # type: ignore[arg-type]


TASKS = [
    task("task", element("task", "x")),
    task("manualTask", element("manualTask", "x")),
    task("userTask", user("x"), complete("x", n=1)),
    task("scriptTask", script("x", "= v + 1", "w")),
    task("businessRuleTask", rule_task("x", "rating", "rated")),
    task("serviceTask", outside("x", "send"), answer("x")),
    task("sendTask", outside("x", "send", tag="sendTask"), answer("x")),
    task("receiveTask", receive("x", "paid"), correlate("x")),
    Part(name="sendTask with a message", shows=["sendTask"], nodes=[send("x", "paid")], first="x", last="x"),
]
INSIDE = (start("s"), user("u"), end("e"), chain("s", "u", "e"))
CONTAINERS = [
    Part(name="subProcess", shows=["subProcess"], nodes=[sub("x", *INSIDE)], first="x", last="x", acts=[complete("u")]),
    Part(
        name="nested subProcess",
        shows=["subProcess"],
        nodes=[sub("x", start("s0"), sub("y", *INSIDE), chain("s0", "y"))],
        first="x",
        last="x",
        acts=[complete("u")],
    ),
    Part(
        name="callActivity",
        shows=["callActivity"],
        nodes=[call("x", "called", mapping({"given": "= v"}, {"taken": "= given"}), bindingType="deployment")],
        first="x",
        last="x",
        acts=[complete("inside")],
    ),
]
OFFERED = (user("a"), user("b"))
AD_HOC = [
    Part(
        name=name,
        shows=["adHocSubProcess"],
        nodes=[ad_hoc("x", *inside, **declared)],
        first="x",
        last="x",
        acts=acts,
    )
    for name, inside, declared, acts in (
        (
            "adHocSubProcess",
            OFFERED,
            {"until": "= enough"},
            [begin("b"), begin("a"), complete("b", enough=False), begin("b"), complete("a", enough=True)],
        ),
        (
            "adHocSubProcess with activeElementsCollection",
            (*OFFERED, user("c"), chain("a", "c")),
            {"begins": '= ["a"]'},
            [complete("a"), begin("b"), complete("c"), complete("b")],
        ),
        (
            "sequential adHocSubProcess",
            OFFERED,
            {"begins": '= ["b", "a"]', "until": "= enough", "ordering": "Sequential"},
            [complete("b", enough=False), complete("a"), begin("b"), complete("b", enough=True)],
        ),
        (
            "adHocSubProcess whose rest is done",
            OFFERED,
            {"begins": '= ["a", "b"]', "until": "= true", "cancelRemainingInstances": "false"},
            [complete("b"), complete("a")],
        ),
    )
]
THRICE, TWICE = (
    for_each(cardinality="3"),
    for_each("= [1, 2]", "item", output="all", yields="= item", isSequential="true"),
)
SHOWN = "multiInstanceLoopCharacteristics"
REPEATED = [
    Part(
        name="parallel multi-instance",
        shows=[SHOWN],
        nodes=[repeated(user("x"), THRICE)],
        first="x",
        last="x",
        acts=[complete("x")] * 3,
    ),
    Part(
        name="sequential multi-instance",
        shows=[SHOWN],
        nodes=[repeated(user("x"), TWICE)],
        first="x",
        last="x",
        acts=[complete("x")] * 2,
    ),
    Part(
        name="multi-instance until enough",
        shows=[SHOWN],
        nodes=[repeated(sub("x", *INSIDE), for_each(cardinality="4", until="numberOfCompletedInstances = 2"))],
        first="x",
        last="x",
        acts=[complete("u")] * 2,
    ),
    Part(
        name="multi-instance call",
        shows=[SHOWN],
        nodes=[repeated(call("x", "called"), TWICE)],
        first="x",
        last="x",
        acts=[complete("inside")] * 2,
    ),
    Part(
        name="standard loop",
        shows=["standardLoopCharacteristics"],
        nodes=[repeated(user("x"), again_while("loopCounter < 2"))],
        first="x",
        last="x",
        acts=[complete("x")] * 2,
    ),
]
GATEWAYS = [
    Part(
        name="exclusiveGateway",
        shows=["exclusiveGateway", "conditional flow", "default flow"],
        nodes=[
            exclusive("x", default="x-a"),
            user("a"),
            user("b"),
            exclusive("y"),
            flow("x", "b", "= v > 0"),
            chain("x", "a", "y"),
            chain("b", "y"),
        ],
        first="x",
        last="y",
        acts=[complete("b")],
    ),
    Part(
        name="parallelGateway",
        shows=["parallelGateway"],
        nodes=[parallel("x"), user("a"), user("b"), parallel("y"), chain("x", "a", "y"), chain("x", "b", "y")],
        first="x",
        last="y",
        acts=[complete("b"), complete("a")],
    ),
    Part(
        name="inclusiveGateway",
        shows=["inclusiveGateway", "conditional flow", "default flow"],
        nodes=[
            inclusive("x", default="x-c"),
            user("a"),
            user("b"),
            user("c"),
            inclusive("y"),
            flow("x", "a", "= v > 0"),
            flow("x", "b", "= v > 0"),
            flow("x", "c"),
            chain("a", "y"),
            chain("b", "y"),
            chain("c", "y"),
        ],
        first="x",
        last="y",
        acts=[complete("b"), complete("a")],
    ),
    Part(
        name="eventBasedGateway with several in an arm",
        shows=["eventBasedGateway"],
        nodes=[
            event_based("x"),
            catch("a", MESSAGE + HOUR),
            all_of(catch("b", of_signal("alarm") + DAY)),
            exclusive("y"),
            *(chain("x", arm, "y") for arm in "ab"),
        ],
        first="x",
        last="y",
        acts=[fire],
    ),
    Part(
        name="eventBasedGateway",
        shows=["eventBasedGateway"],
        nodes=[
            event_based("x"),
            catch("a", MESSAGE),
            catch("b", DAY),
            catch("c", HOUR),
            exclusive("y"),
            *(chain("x", arm, "y") for arm in "abc"),
        ],
        first="x",
        last="y",
        acts=[fire],
    ),
    Part(
        name="several flows out of an activity",
        shows=["several outgoing flows"],
        nodes=[user("x"), user("a"), user("b"), parallel("y"), chain("x", "a", "y"), chain("x", "b", "y")],
        first="x",
        last="y",
        acts=[complete("x"), complete("a"), complete("b")],
    ),
    Part(
        name="conditional flows out of an activity",
        shows=["conditional flow", "default flow"],
        nodes=[
            user("x", default="x-a"),
            user("a"),
            user("b"),
            inclusive("y"),
            flow("x", "b", "= v > 0"),
            chain("x", "a", "y"),
            chain("b", "y"),
        ],
        first="x",
        last="y",
        acts=[complete("x"), complete("b")],
    ),
    Part(
        name="several flows into an activity",
        shows=["several incoming flows"],
        nodes=[
            sub(
                "x",
                start("s"),
                user("a"),
                user("b"),
                user("m"),
                chain("s", "a", "m"),
                chain("s", "b", "m"),
            )
        ],
        first="x",
        last="x",
        acts=[complete("a"), complete("b"), complete("m"), complete("m")],
    ),
    Part(
        name="lane",
        shows=["lane", "laneSet"],
        nodes=[
            element("laneSet", "lanes", element("lane", "lane", "<bpmn:flowNodeRef>x</bpmn:flowNodeRef>", name="desk")),
            element("userTask", "x"),
        ],
        first="x",
        last="x",
        acts=[complete("x")],
    ),
]
