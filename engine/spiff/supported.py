"""What of BPMN is executed, what is drawn only, and what to draw instead of the rest.

An element is executed exactly or refused by name: these tables are the whole truth about which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition import ElementKind

#: Flow nodes that are executed, by BPMN tag.
EXECUTED: Mapping[str, ElementKind] = {
    "startEvent": ElementKind.START_EVENT,
    "endEvent": ElementKind.END_EVENT,
    "task": ElementKind.TASK,
    "userTask": ElementKind.USER_TASK,
    "manualTask": ElementKind.MANUAL_TASK,
    "scriptTask": ElementKind.SCRIPT_TASK,
    "businessRuleTask": ElementKind.BUSINESS_RULE_TASK,
    "serviceTask": ElementKind.SERVICE_TASK,
    "receiveTask": ElementKind.RECEIVE_TASK,
    "sendTask": ElementKind.SEND_TASK,
    "exclusiveGateway": ElementKind.EXCLUSIVE_GATEWAY,
    "parallelGateway": ElementKind.PARALLEL_GATEWAY,
    "inclusiveGateway": ElementKind.INCLUSIVE_GATEWAY,
    "eventBasedGateway": ElementKind.EVENT_BASED_GATEWAY,
    "transaction": ElementKind.SUB_PROCESS,
    "adHocSubProcess": ElementKind.SUB_PROCESS,
    "subProcess": ElementKind.SUB_PROCESS,
    "callActivity": ElementKind.CALL_ACTIVITY,
    "intermediateCatchEvent": ElementKind.INTERMEDIATE_CATCH_EVENT,
    "intermediateThrowEvent": ElementKind.INTERMEDIATE_THROW_EVENT,
    "boundaryEvent": ElementKind.BOUNDARY_EVENT,
}

#: Flow nodes with an inside of their own.
SCOPES = frozenset({ElementKind.SUB_PROCESS, ElementKind.EVENT_SUB_PROCESS})
#: Their tags.
CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})

#: What leaves a tree and comes into another.
PUBLISHED = frozenset({"messageEventDefinition", "signalEventDefinition"})
#: What does not come from inside the scope in which it is waited for.
FROM_OUTSIDE = PUBLISHED | {"timerEventDefinition", "conditionalEventDefinition"}
#: Event definitions that are executed, by the tag of the event they stand in.
EXECUTED_EVENT_DEFINITIONS: Mapping[str, frozenset[str]] = {
    "processStart": PUBLISHED | {"timerEventDefinition"},
    "eventSubProcessStart": FROM_OUTSIDE
    | {"errorEventDefinition", "escalationEventDefinition", "compensateEventDefinition"},
    "endEvent": PUBLISHED
    | {"terminateEventDefinition", "errorEventDefinition", "escalationEventDefinition"}
    | {"compensateEventDefinition", "cancelEventDefinition"},
    "intermediateCatchEvent": FROM_OUTSIDE | {"linkEventDefinition"},
    "intermediateThrowEvent": PUBLISHED
    | {"escalationEventDefinition", "linkEventDefinition", "compensateEventDefinition"},
    "boundaryEvent": FROM_OUTSIDE
    | {"errorEventDefinition", "escalationEventDefinition"}
    | {"compensateEventDefinition", "cancelEventDefinition"},
}

#: What may stand inside a flow node without changing how it runs.
DESCRIPTIVE = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "text", "auditing", "monitoring", "category"}
)

#: What may stand inside certain flow nodes and is executed.
EXECUTED_CHILDREN: Mapping[str, frozenset[str]] = {
    "scriptTask": frozenset({"script"}),
    "userTask": frozenset({"potentialOwner", "humanPerformer", "performer", "rendering"}),
    "multiInstanceLoopCharacteristics": frozenset({"loopCardinality", "completionCondition"}),
    "standardLoopCharacteristics": frozenset({"loopCondition"}),
    "process": frozenset({"sequenceFlow", "laneSet"}),
    "subProcess": frozenset({"sequenceFlow", "laneSet"}),
    "transaction": frozenset({"sequenceFlow", "laneSet"}),
    "adHocSubProcess": frozenset({"sequenceFlow", "laneSet", "completionCondition"}),
}

#: Drawn for readers only; said nothing about.
DRAWN = frozenset({"textAnnotation", "association", "group", "categoryValue"})

#: What is shown by a name in diagrams beside flow nodes.
NAMED_BESIDE = frozenset(
    {"process", "participant", "lane", "sequenceFlow", "messageFlow", "dataObjectReference", "dataStoreReference"}
)

#: Present in the file without any effect; said in a note.
IGNORED = frozenset(
    {"dataObject", "dataObjectReference", "dataStoreReference", "property", "supports", "correlationSubscription"}
)

_FLAG = frozenset({"true", "false"})
#: Attributes with the values that are executed; others are refused.
EXECUTED_VALUES: Mapping[str, frozenset[str]] = {
    "startQuantity": frozenset({"1"}),
    "completionQuantity": frozenset({"1"}),
    "isForCompensation": _FLAG,
    "method": frozenset({"##Compensate"}),
    "triggeredByEvent": _FLAG,
    "isInterrupting": _FLAG,
    "cancelActivity": _FLAG,
    "instantiate": frozenset({"false"}),
    "parallelMultiple": _FLAG,
    "eventGatewayType": frozenset({"Exclusive"}),
    "ordering": frozenset({"Parallel", "Sequential"}),
    "cancelRemainingInstances": _FLAG,
}

#: What says how an activity is performed several times; it may stand in every activity.
REPETITIONS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
ACTIVITIES = frozenset(
    {
        ElementKind.TASK,
        ElementKind.USER_TASK,
        ElementKind.MANUAL_TASK,
        ElementKind.SCRIPT_TASK,
        ElementKind.BUSINESS_RULE_TASK,
        ElementKind.SERVICE_TASK,
        ElementKind.RECEIVE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.SUB_PROCESS,
        ElementKind.CALL_ACTIVITY,
    }
)
#: Activities that outside systems perform.
OUTSIDE = frozenset({ElementKind.SERVICE_TASK, ElementKind.SEND_TASK})
CONDITIONAL_GATEWAYS = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY})
#: Where a procedure may act on its host.
CAN_AFFECT = frozenset({ElementKind.END_EVENT, ElementKind.INTERMEDIATE_THROW_EVENT})
GATEWAYS = CONDITIONAL_GATEWAYS | {ElementKind.PARALLEL_GATEWAY, ElementKind.EVENT_BASED_GATEWAY}
#: Events that wait for something from outside.
CATCHING = frozenset({ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.BOUNDARY_EVENT})
#: Events that may take variables along, or map those that come with what they catch.
EVENTS_WITH_VARIABLES = CATCHING | {ElementKind.END_EVENT, ElementKind.INTERMEDIATE_THROW_EVENT}
#: Events of these definitions never make a token wait.
PASSED_AT_ONCE = frozenset(
    {"linkEventDefinition", "errorEventDefinition", "escalationEventDefinition", "cancelEventDefinition"}
)
#: Where a token rests until somebody acts, an outside system answers, a called process ends or time has passed.
WAITING = (
    CATCHING
    | OUTSIDE
    | {
        ElementKind.USER_TASK,
        ElementKind.RECEIVE_TASK,
        ElementKind.EVENT_BASED_GATEWAY,
        ElementKind.CALL_ACTIVITY,
    }
)
#: What a boundary event may stand on: whatever else is passed at once.
HOSTS = OUTSIDE | {
    ElementKind.USER_TASK,
    ElementKind.RECEIVE_TASK,
    ElementKind.SUB_PROCESS,
    ElementKind.CALL_ACTIVITY,
}
#: What may follow an event-based gateway, which waits in its stead.
ARMS = frozenset({ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.RECEIVE_TASK})
#: Elements that throw a message or a signal when they name one.
THROWING = frozenset({ElementKind.INTERMEDIATE_THROW_EVENT, ElementKind.END_EVENT, ElementKind.SEND_TASK})
#: Out of which activities something can be thrown, by the tag of what the boundary event catches.
THROWERS: Mapping[str, frozenset[ElementKind]] = {
    "errorEventDefinition": OUTSIDE | {ElementKind.SUB_PROCESS, ElementKind.CALL_ACTIVITY},
    "escalationEventDefinition": frozenset({ElementKind.SUB_PROCESS, ElementKind.CALL_ACTIVITY}),
}
#: What is thrown out of a scope.
THROWN = frozenset(THROWERS) | {"cancelEventDefinition"}


@dataclass(frozen=True, slots=True)
class Advice:
    """The name of something that is not executed, and what to draw instead."""

    name_zh: str
    name_en: str
    advice_zh: str
    advice_en: str


_PERSON = ("请改为用户任务，由人办理。", "Use a user task instead.")
_REPEATED = (
    "只有任务、子流程和调用活动可以重复；请把要重复的放进子流程。",
    "Only tasks, sub-processes and call activities are repeated; put what is to be repeated into a sub-process.",
)
_ITEMS = (
    "请用 zeebe:loopCharacteristics 的 inputCollection 和 inputElement。",
    "Use inputCollection and inputElement of a zeebe:loopCharacteristics.",
)
_YIELDED = (
    "请用 zeebe:loopCharacteristics 的 outputCollection 和 outputElement。",
    "Use outputCollection and outputElement of a zeebe:loopCharacteristics.",
)
_THROWN = (
    "请删除它；要在每项之后抛出事件，请把活动改为子流程，在其中画抛出事件。",
    "Delete it; to throw an event after each item, make the activity a sub-process with a throw event in it.",
)
_VARIABLES = ("请用 zeebe:ioMapping 传递变量。", "Pass variables with a zeebe:ioMapping.")

UNSUPPORTED: Mapping[str, Advice] = {
    "complexGateway": Advice(
        "复杂网关", "A complex gateway", "请用包容网关或并行网关。", "Use an inclusive or a parallel gateway."
    ),
    "implicitThrowEvent": Advice("隐式抛出事件", "An implicit throw event", "请删除它。", "Delete it."),
    "multiInstanceLoopCharacteristics": Advice("此处的多实例", "Multi-instance here", *_REPEATED),
    "standardLoopCharacteristics": Advice("此处的标准循环", "A standard loop here", *_REPEATED),
    "loopDataInputRef": Advice("循环数据输入引用", "A loopDataInputRef", *_ITEMS),
    "inputDataItem": Advice("输入数据项", "An inputDataItem", *_ITEMS),
    "loopDataOutputRef": Advice("循环数据输出引用", "A loopDataOutputRef", *_YIELDED),
    "outputDataItem": Advice("输出数据项", "An outputDataItem", *_YIELDED),
    "complexBehaviorDefinition": Advice("复杂多实例行为", "A complex behaviour definition", *_THROWN),
    "timerEventDefinition": Advice(
        "此处的定时器",
        "A timer here",
        "定时器只能用在流程和事件子流程的开始事件、中间捕获事件和边界事件。",
        "Only starts of processes and event sub-processes, intermediate catch events and boundary events have timers.",
    ),
    "messageEventDefinition": Advice(
        "此处的消息",
        "A message here",
        "子流程不由消息开始，只有流程和事件子流程可以；请在其中用捕获事件或接收任务等待它。",
        "A message begins processes and event sub-processes, no others; wait for it in an event or a receive task.",
    ),
    "signalEventDefinition": Advice(
        "此处的信号",
        "A signal here",
        "子流程不由信号开始，只有流程和事件子流程可以；请在其中用捕获事件等待它。",
        "A signal begins processes and event sub-processes, no others; wait for it in an intermediate event.",
    ),
    "errorEventDefinition": Advice(
        "此处的错误事件",
        "An error event here",
        "错误由结束事件抛出，由子流程边界上的事件或事件子流程捕获。",
        "An end event throws an error; an event on the border of a sub-process or an event sub-process catches it.",
    ),
    "escalationEventDefinition": Advice(
        "此处的升级事件",
        "An escalation event here",
        "升级由中间抛出事件或结束事件抛出，由子流程边界上的事件或事件子流程捕获。",
        "A throw event or an end event throws it; the border of a sub-process or an event sub-process catches it.",
    ),
    "linkEventDefinition": Advice(
        "此处的链接事件",
        "A link event here",
        "链接由中间抛出事件发出，由同名的中间捕获事件接收。",
        "A link leads from an intermediate throw event to the intermediate catch event of the same name.",
    ),
    "compensateEventDefinition": Advice(
        "此处的补偿",
        "A compensation here",
        "补偿由中间抛出事件或结束事件触发，由活动边上的事件或子流程内的事件子流程执行。",
        "A throw event or an end event sets it off; the border of an activity or an event sub-process carries it out.",
    ),
    "conditionalEventDefinition": Advice(
        "此处的条件",
        "A condition here",
        "条件只能用在中间捕获事件、边界事件和事件子流程的开始事件。",
        "Only intermediate catch events, boundary events and starts of event sub-processes wait for a condition.",
    ),
    "cancelEventDefinition": Advice(
        "此处的取消",
        "A cancel event here",
        "取消由事务子流程内的结束事件触发，由该事务边上的事件捕获。",
        "An end event inside a transaction cancels it; an event on the border of the transaction catches that.",
    ),
    "terminateEventDefinition": Advice(
        "此处的终止定义", "A terminate definition here", "终止只能用在结束事件。", "Only an end event may terminate."
    ),
    "ioSpecification": Advice("数据输入输出规格", "An ioSpecification", *_VARIABLES),
    "dataInputAssociation": Advice("数据输入关联", "A data input association", *_VARIABLES),
    "dataOutputAssociation": Advice("数据输出关联", "A data output association", *_VARIABLES),
}


def advice_for(tag: str) -> Advice:
    """What to say of a BPMN element that no table executes."""
    nameless = Advice(tag, f"A {tag}", "请删除它。", "Delete it.")
    return UNSUPPORTED.get(tag, nameless)
