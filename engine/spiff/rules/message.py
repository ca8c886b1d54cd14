"""Rules about messages and signals, and about the gateway that waits for several of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

MESSAGE_RULES: Mapping[str, Rule] = {
    "message.unresolved": Rule(
        "{kind_zh}引用“{reference}”在文件里不存在。",
        'The {kind} reference "{reference}" leads nowhere in this file.',
        "请选择或新建{kind_zh}。",
        "Choose a {kind}, or make one.",
    ),
    "message.name": Rule(
        "{kind_zh}的名称“{name}”不能用：不能为空，不以 = 开头，最多 {limit} 个字符。",
        '"{name}" cannot be the name of a {kind}: not empty, no leading =, at most {limit} characters.',
        "请写固定的名称；要区分不同的案件，请用关联键。",
        "Write a fixed name; a correlation key tells cases apart.",
    ),
    "message.missing": Rule(
        "任务没有写明是哪个消息。",
        "The task does not say which message it means.",
        "请选择消息（messageRef）。",
        "Choose a message (messageRef).",
    ),
    "message.key": Rule(
        "消息“{name}”没有关联键，收到时不知道是哪个案件的。",
        'The message "{name}" has no correlation key, so nobody could tell which case it is for.',
        "请在消息上写 zeebe:subscription 的 correlationKey，例如 = case.number；抛出时也可写属性 correlationKey。",
        "Write correlationKey in a zeebe:subscription of the message, such as = case.number; "
        "whoever throws it may also have a property correlationKey.",
    ),
    "message.time_to_live": Rule("timeToLive“{text}”：{detail_zh}", 'timeToLive "{text}": {detail_en}'),
    "message_flow.ends": Rule(
        "消息流的两端说的不是同一个消息：“{source}”抛出 {thrown}，“{target}”等待 {caught}。",
        'The ends speak of different messages: "{source}" throws {thrown}, "{target}" waits for {caught}.',
        "请从抛出消息的任务或事件连到等待同名消息的任务或事件。",
        "Lead it from what throws a message to what waits for the message of the same name.",
    ),
    "event_gateway.arms": Rule(
        "事件网关只有 {count} 个分支，没有可选的。",
        "The event-based gateway has {count} outgoing flows: there is nothing to choose.",
        "请至少画两个分支，或去掉网关。",
        "Draw two at least, or leave the gateway out.",
    ),
    "event_gateway.arm": Rule(
        "事件网关之后只能是中间捕获事件或接收任务，“{target}”不是。",
        'Only intermediate catch events and receive tasks may follow an event-based gateway; "{target}" is neither.',
        "请在其间放一个捕获事件。",
        "Put a catch event in between.",
    ),
    "event_gateway.shared_arm": Rule(
        "“{target}”在事件网关之后，不能再有别的流进入。",
        '"{target}" follows an event-based gateway, so no other flow may enter it.',
        "请让别的流接到它之后，或另画一个事件。",
        "Let the other flow enter after it, or draw an event of its own.",
    ),
    "event_gateway.border": Rule(
        "“{target}”在事件网关之后，不在此等待，边上不能有边界事件。",
        '"{target}" follows an event-based gateway and does not wait itself: no boundary event may stand on it.',
        "请把边界事件改为网关的另一个分支。",
        "Let the boundary event be another arm of the gateway.",
    ),
    "event_gateway.inputs": Rule(
        "“{target}”在事件网关之后，不在此等待，不能有输入映射。",
        '"{target}" follows an event-based gateway and does not wait itself: it cannot have input mappings.',
        "请在网关之前的活动上算好变量。",
        "Compute the variables in an activity before the gateway.",
    ),
    "event_gateway.twice": Rule(
        "事件网关有两个分支等同一个{kind_zh}“{name}”，来了不知道走哪个。",
        'Two arms of the event-based gateway wait for the same {kind} "{name}": nobody could tell which to take.',
        "请只保留一个，其后用排他网关分支。",
        "Keep one, and branch after it with an exclusive gateway.",
    ),
}
