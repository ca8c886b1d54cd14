"""Rules about how elements are connected."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

FLOW_RULES: Mapping[str, Rule] = {
    "flow.dangling": Rule(
        "顺序流的{end_zh}“{reference}”不存在或不是流程节点。",
        'The {end_en} "{reference}" of the sequence flow does not exist or is not a flow node.',
        "请把顺序流的两端都接到节点上。",
        "Connect both ends of the flow to a node.",
    ),
    "flow.crosses_scope": Rule(
        "顺序流从“{source}”到“{target}”穿过了子流程的边界。",
        'The sequence flow from "{source}" to "{target}" crosses the border of a sub-process.',
        "请让顺序流停在子流程边上，再从子流程本身引出。",
        "Let the flow end inside, and leave from the sub-process itself.",
    ),
    "flow.into_start": Rule(
        "顺序流不能进入开始事件“{target}”。",
        'A sequence flow must not enter the start event "{target}".',
        "请接到开始事件之后的节点。",
        "Connect it to the node after the start event.",
    ),
    "flow.into_boundary": Rule(
        "顺序流不能进入边界事件“{target}”。",
        'A sequence flow must not enter the boundary event "{target}".',
        "边界事件由它所在的活动触发，请把流接到活动上。",
        "It begins with the activity it stands on; connect the flow to the activity.",
    ),
    "flow.out_of_end": Rule(
        "顺序流不能从结束事件“{source}”引出。",
        'A sequence flow must not leave the end event "{source}".',
        "请把结束事件改为普通节点，或删除这条流。",
        "Replace the end event, or delete the flow.",
    ),
    "flow.condition_on_default": Rule(
        "默认流不能带条件。",
        "A default flow must not have a condition.",
        "请删除条件，或改选别的默认流。",
        "Delete the condition, or choose another default flow.",
    ),
    "flow.condition_missing": Rule(
        "排他网关“{source}”的这条分支既没有条件也不是默认流。",
        'This flow out of the exclusive gateway "{source}" has no condition and is not the default.',
        "请写条件，或设为默认流。",
        "Write a condition, or make it the default flow.",
    ),
    "flow.condition_forbidden": Rule(
        "“{source}”引出的顺序流不能带条件，条件不会被计算。",
        'A flow out of "{source}" must not have a condition; it would not be evaluated.',
        "请在其后放一个排他网关，把条件写在网关的分支上。",
        "Put an exclusive gateway after it and write the condition there.",
    ),
    "default.not_own": Rule(
        "默认流“{flow}”不是从这个节点引出的。",
        'The default flow "{flow}" does not leave this element.',
        "请从该节点自己的分支里选默认流。",
        "Choose one of the element's own outgoing flows.",
    ),
    "default.needless": Rule(
        "节点有默认流“{flow}”，但没有带条件的分支，默认流没有意义。",
        'The default flow "{flow}" has no meaning here, for no other flow has a condition.',
        "请给其他分支写条件，或取消默认流。",
        "Write conditions on the other flows, or clear the default.",
    ),
    "default.missing": Rule(
        "节点没有默认流：所有条件都不成立时会停在这里成为故障。",
        "The element has no default flow: when no condition holds, the instance stops here with a fault.",
        "请设一条默认流。",
        "Choose a default flow.",
        severity=Severity.WARNING,
    ),
    "flow.listed": Rule(
        "节点的 {tag} 列出“{flow}”，但没有这样一条流（{attribute} 不是这个节点）。",
        'The {tag} "{flow}" of the element is no such flow: its {attribute} is not this element.',
        "请用编辑器重新连线，或删除这一行。",
        "Connect it again in an editor, or delete the line.",
    ),
    "gateway.direction": Rule(
        "网关写着 gatewayDirection“{direction}”，与它的连线不符。",
        'The gateway says gatewayDirection "{direction}", and its flows say otherwise.',
        "请改正方向，或删除该属性；又汇合又分支的网关请拆成两个。",
        "Correct or delete the attribute; let one gateway join and another one branch.",
    ),
    "start.missing": Rule(
        "{scope} 没有开始事件。",
        "There is no start event in {scope}.",
        "请画一个（无类型的）开始事件。",
        "Draw one plain start event.",
    ),
    "start.several": Rule(
        "{scope} 有多个开始事件：{ids}。",
        "There are several start events in {scope}: {ids}.",
        "请只保留一个开始事件，其后再分支。",
        "Keep one start event and branch after it.",
    ),
    "end.missing": Rule(
        "{scope} 走不到任何结束。",
        "No end can be reached in {scope}.",
        "请画一个结束事件。",
        "Draw an end event.",
    ),
    "end.implicit": Rule(
        "节点没有引出的流，到这里即结束。",
        "No flow leaves this element: a token ends here.",
        "请画明结束事件。",
        "Draw an end event.",
        severity=Severity.NOTE,
    ),
    "element.unreachable": Rule(
        "从开始事件走不到这个节点。",
        "This element cannot be reached from the start event.",
        "请连上它，或删除它。",
        "Connect it, or delete it.",
    ),
    "loop.without_wait": Rule(
        "环路 {path} 中没有任何等待（用户任务、定时器、消息或信号），会无休止地转。",
        "The loop {path} holds no wait state (user task, timer, message or signal); it would turn for ever.",
        "请在环路里放一个用户任务或定时器，或用 FEEL 的列表函数代替循环。",
        "Put a user task or a timer into the loop, or use FEEL's list functions instead of looping.",
    ),
    "path.too_long": Rule(
        "一条路径上有 {count} 个节点，超过上限 {limit} 个。",
        "There are {count} nodes on one path; the limit is {limit}.",
        "请用子流程分段。",
        "Cut it into sub-processes.",
    ),
}
